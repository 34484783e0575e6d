"""``communique show``: records for reading in a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


def show(
    records: Annotated[Path, typer.Argument(metavar="RECORD|DIR", help="A record, JSON Lines, or a folder of batch.")],
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="WORDS", help="Only these words in title or address, or this id."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most this many.")] = 10,
    list_: Annotated[bool, typer.Option("--list", "-l", help="A line for each statement, all of them.")] = False,
) -> None:
    """Show what was extracted, for reading.

    The statement comes with its names coloured, its commitments and its meeting.

    \b
    Examples:
      communique show record.json
      communique show dataset --list
      communique show dataset --only "Space Dialogue" | less -R
    """
    from itertools import islice

    from communique import terminal
    from communique.export.exporting import records as read
    from communique.records import Record

    found = (record for record in read(records) if only is None or _answers(record, only))
    if list_:
        shown = _list(found)
    else:
        shown = 0
        for data in islice(found, limit):
            terminal.show(Record.model_validate(data))
            shown += 1
        if next(found, None) is not None:
            typer.echo(f"more than {limit}: --limit shows them, --list lists them, --only chooses", err=True)
    if not shown:
        typer.echo(f"no statement has {only!r} as its id or in its title or address", err=True)
        raise typer.Exit(1)


def _answers(record: dict[str, Any], words: str) -> bool:
    statement = record["statement"]
    named = f"{statement['title'] or ''}\n{statement['source']['uri'] or ''}".casefold()
    return bool(statement["id"] == words or words.casefold() in named)


def _list(found: Iterator[dict[str, Any]]) -> int:
    from communique.terminal import safe

    shown = 0
    for record in found:
        shown += 1
        statement = record["statement"]
        counts = f"{len(record['mentions']):>5} {len(record['commitments']):>4}"
        title = statement["title"] or statement["source"]["uri"] or "untitled"
        typer.echo(safe(f"{statement['id']}  {statement['published'] or '':10}  {counts}  {title}".replace("\n", " ")))
    return shown
