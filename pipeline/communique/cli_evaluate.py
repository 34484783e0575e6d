"""``communique evaluate``: how well the program does on statements that people have annotated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.model import DEFAULT_MODEL

if TYPE_CHECKING:
    from communique.evaluate import Change, Comparison, Evaluation


def evaluate(
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="Folder of statements: <slug>.md or <slug>.txt.")],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder of gold: <slug>.gold.md, <slug>.gold.json or <slug>.json.")
    ],
    against: Annotated[
        Path | None,
        typer.Option(metavar="RECORDS", help="Records of another version, a file or a folder: show gains and losses."),
    ] = None,
    errors: Annotated[
        str | None, typer.Option(metavar="KIND", help="List what is wrong in a category, such as agency or 'date mod'.")
    ] = None,
    json: Annotated[Path | None, typer.Option(metavar="OUT", help="Write figures and faults here as JSON.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="SLUG", help="Only this statement; may be repeated.")
    ] = None,
    model: Annotated[str, typer.Option(metavar="NAME", help="Rule model: a name or a directory.")] = DEFAULT_MODEL,
) -> None:
    """Measure precision, recall and F1 of each category against gold.

    A name or a date counts where its words overlap with the gold's; `strict` where they are the same.
    A commitment counts where its operator words overlap.

    \b
    Examples:
      communique evaluate corpus corpus
      communique evaluate corpus corpus --errors commitment  # each fault in its context
      communique evaluate corpus corpus --against records.jsonl  # before and after a change
    """
    import orjson

    from communique import writing
    from communique.evaluate import evaluate as measure

    result = measure(texts, gold, model=model, only=only or (), against=against)
    if errors is not None:
        _print_faults(result, errors)
    typer.echo(f"{len(result.statements)} statements, model {result.model}")
    typer.echo(result.table())
    typer.echo(f"\n{result.confusion_table()}")
    if result.against is not None:
        _print_comparison(result, result.against)
    if json is not None:
        writing.write_whole(
            json, orjson.dumps(result.to_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )


def _print_faults(result: Evaluation, kind: str) -> None:
    from communique.terminal import safe

    for slug, fault in result.faults(kind):
        context = f" «{fault.before}[{fault.words}]{fault.after}»" if fault.before or fault.after else f" {fault.words}"
        typer.echo(safe(f"{slug}: {fault.category}: {fault.what}:{context}".replace("\n", " ")))


def _print_comparison(result: Evaluation, comparison: Comparison) -> None:
    typer.echo("\nF1 before and after")
    for category, counts in result.total.counts.items():
        before = comparison.before.counts.get(category)
        if before is not None and abs(before.f1 - counts.f1) >= 0.0005:
            typer.echo(f"{category:24} {before.f1:6.3f} {counts.f1:6.3f} {counts.f1 - before.f1:+7.3f}")
    _print_changes("gains", comparison.gains)
    _print_changes("losses", comparison.losses)
    if comparison.missing:
        typer.echo(f"\nno earlier record of: {', '.join(comparison.missing)}")


def _print_changes(heading: str, changes: list[Change]) -> None:
    from communique.terminal import safe

    typer.echo(f"\n{sum(change.times for change in changes)} {heading}")
    for change in changes:
        times = f" ({change.times} times)" if change.times > 1 else ""
        words = change.words.replace("\n", " ")
        typer.echo(safe(f"  {change.slug}: {change.category}: {change.what}: {words}{times}"))
