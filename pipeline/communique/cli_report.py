"""`communique report`: parses, calls, prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.errors import InputError
from communique.model import DEFAULT_MODEL


def report(
    path: Annotated[
        str,
        typer.Argument(metavar="RECORD|DIR", help="A record, a statement (file, address, - for input) or a folder."),
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the page here.")] = None,
    name: Annotated[
        str | None,
        typer.Option("--series", metavar="NAME", help="Which series of the folder: id, name or words of it."),
    ] = None,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="Rule model: a name or a directory.")
    ] = DEFAULT_MODEL,
) -> None:
    """Make a page for people: one HTML file that holds all it needs and opens offline.

    A record (or a statement, which is extracted on the way) gives a brief in chapters by theme, beside the full text
    with every name, date, commitment and position marked: a click on either side finds the other. A folder gives the
    page of a series: its time line, themes and names by edition, and the ledger of commitments with filters.

    [bold]Examples[/bold]

    [cyan]communique report record.json -o page.html[/cyan]

    [cyan]communique report archive --series "Civil Space Dialogue" -o series.html[/cyan]
    """
    from communique import writing

    page = _of_folder(Path(path), name, model) if Path(path).is_dir() else _of_statement(path, model)
    if output is None:
        writing.write_out(page)
    else:
        writing.write_whole(output, page)


def _of_statement(path: str, model: str) -> bytes:
    from communique.report.statement import statement_page

    if not path.lower().endswith((".json", ".jsonl", ".ndjson")):
        from communique.readers import read

        statement = read(path)
        # spaCy takes longest to import: what is wrong with the file has been said by now.
        from communique.extraction import extract_many

        return statement_page(next(extract_many([statement], model=model)))
    from communique.collecting import collect

    records = collect([Path(path)], model=model)
    if len(records) != 1:
        raise InputError(f"{path}: holds {len(records)} records: give a file of one, or a folder of a series")
    return statement_page(records[0])


def _of_folder(path: Path, name: str | None, model: str) -> bytes:
    from communique.collecting import collect, overrides_beside
    from communique.comparison.comparing import compare
    from communique.comparison.rules import rules
    from communique.overrides import read_overrides
    from communique.report.series import series_page
    from communique.series import find, group

    own = overrides_beside([path])
    found = group(collect([path], model=model), read_overrides(own) if own else [], model=model)
    several = [find(name, found)] if name is not None else [s for s in found if len(s.editions) > 1]
    if len(several) != 1:
        listed = ", ".join(s.id for s in several) or "none has two editions"
        raise InputError(f"{path}: choose a series with --series: {listed}")
    comparison = compare(several[0].records, series=several[0].name, model=model)
    return series_page(comparison, rules(model).party_names)
