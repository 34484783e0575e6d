"""`communique report`: parses, calls, prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique import cli_compare
from communique.errors import InputError
from communique.model import DEFAULT_MODEL


def report(
    path: Annotated[
        str,
        typer.Argument(metavar="RECORD|DIR", help="A record, a statement (file, address, - for input) or a folder."),
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the page here.")] = None,
    name: cli_compare.Name = None,
    first: cli_compare.First = None,
    last: cli_compare.Last = None,
    fix: cli_compare.Fix = None,
    model: cli_compare.Model = DEFAULT_MODEL,
) -> None:
    """Make a page for people.

    It is one HTML file that holds all it needs and opens offline.

    A record (or a statement, which is extracted on the way) gives a brief in chapters by theme, beside the full text
    with every name, date, commitment and position marked: a click on either side finds the other. A folder gives the
    page of a series: its time line, themes and names by edition, and the ledger of commitments with filters.

    \b
    Examples:
      communique report record.json -o page.html
      communique report archive --series "Civil Space Dialogue" -o series.html
    """
    from communique import writing

    if Path(path).is_dir():
        page = cli_compare.page([path], name, fix, model, (first, last))
    else:
        page = _of_statement(path, model)
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

    records = collect([path], model=model)
    if len(records) != 1:
        raise InputError(f"{path}: holds {len(records)} records: give a file of one, or a folder of a series")
    return statement_page(records[0])
