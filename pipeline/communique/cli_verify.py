"""``communique verify``: proves that records still follow from their sources."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from communique.model import DEFAULT_MODEL


def verify(
    dataset: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="A folder of batch, or files of records.")],
    root: Annotated[
        Path | None, typer.Option("--root", metavar="DIR", help="Where relative paths of sources begin.")
    ] = None,
    model: Annotated[str, typer.Option(metavar="NAME", help="Rule model: a name or a directory.")] = DEFAULT_MODEL,
) -> None:
    """Prove that each record still follows from its source.

    By its hash, every quote, and the same record made anew, byte for byte.

    What does not is one line each: `faulty`, `source missing`, `source changed`, `other version`, `differs` or
    `record missing`, with the reason. Nothing is fetched from the web. Outside a dataset of batch, a title or day that
    the source does not give may have come from an option, and is taken as given.

    \b
    Examples:
      communique verify dataset
      communique verify dataset --root /data/archive

    Exit codes: 0 all proved, 1 some are not, 2 the input cannot be used.
    """
    from communique.verifying import Finding
    from communique.verifying import verify as verified

    counts: Counter[str] = Counter()
    for place, finding, reason in verified(dataset, root=root, model=model):
        counts[finding] += 1
        if finding is not Finding.PROVED:
            typer.echo(_one_line(f"{place}: {finding}: {reason}"))
    total = sum(counts.values())
    typer.echo(f"{counts[Finding.PROVED]:,} of {total:,} proved", err=True)
    if counts[Finding.PROVED] < total:
        raise typer.Exit(1)


def _one_line(message: str) -> str:
    """The message without what would steer a terminal: it quotes the user's files."""
    return "".join(c if c.isprintable() else " " for c in message)
