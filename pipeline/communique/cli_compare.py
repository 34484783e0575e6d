"""`communique series` and `communique compare`: parses, calls, prints."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.errors import InputError
from communique.model import DEFAULT_MODEL

if TYPE_CHECKING:
    from communique.comparison.records import Comparison
    from communique.records import Record
    from communique.series import Series

Model = Annotated[str, typer.Option("--model", metavar="NAME", help="Rule model: a name or a directory.")]
Fix = Annotated[
    Path | None,
    typer.Option("--fix", metavar="FILE", help="Your own grouping; series.toml or series.json in DIR is taken too."),
]
Name = Annotated[
    str | None, typer.Option("--series", metavar="NAME", help="Which series of the folder: id, name or words of it.")
]
First = Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Leave earlier editions out.")]
Last = Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Leave later editions out.")]


class Format(StrEnum):
    """How a comparison is written."""

    table = "table"
    json = "json"
    md = "md"
    csv = "csv"
    html = "html"


def series(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Records, a dataset, or statements of any kind.")],
    fix: Fix = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """List the series of meetings in a folder, with dates and gaps.

    A folder may hold records, as `communique extract -o` and `communique batch` write them, or
    whatever these read, which is extracted on the way. Where the grouping is wrong, a file `series.toml`
    beside them sets it right: tables `[[series]]` with `name` and `statements`, a
    list of ids, titles or file names.

    \b
    Example:
      communique series archive
    """
    from communique.terminal_series import show_series

    show_series(_series([folder], fix, model))


def compare(
    paths: Annotated[list[str], typer.Argument(metavar="DIR|FILE...", help="A folder, or two files or more.")],
    name: Name = None,
    first: First = None,
    last: Last = None,
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here.")] = None,
    fix: Fix = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Compare the editions of a series.

    Who came and went, and what became of each commitment and position.

    From a folder one series is chosen; two files or more, given by name, are compared as they are. An edition that
    does not speak of a commitment is "not mentioned", which is no claim that it was given up.

    \b
    Examples:
      communique compare archive --series "Civil Space Dialogue" --from 2021
      communique compare 2023.json 2025.json --format md -o changes.md
    """
    from communique import writing
    from communique.comparison import formats
    from communique.comparison.comparing import compare as compare_records

    records, title = chosen(paths, name, fix, model, (first, last))
    comparison = compare_records(records, series=title, model=model)
    if form is Format.table and output is None:
        _show(comparison)
        return
    if form is Format.table:
        raise InputError("a table is for the terminal: give --format json, md, csv or html with -o")
    write = {Format.json: formats.to_json, Format.md: formats.to_markdown, Format.csv: formats.to_csv}
    written = _page(comparison, model) if form is Format.html else write[form](comparison)
    if output is None:
        writing.write_out(written)
    else:
        writing.write_whole(output, written)


def page(
    paths: list[str], name: str | None, fix: Path | None, model: str, years: tuple[int | None, int | None]
) -> bytes:
    """The page of a series."""
    from communique.comparison.comparing import compare as compare_records

    records, title = chosen(paths, name, fix, model, years)
    return _page(compare_records(records, series=title, model=model), model)


def _page(comparison: Comparison, model: str) -> bytes:
    from communique.comparison.rules import rules
    from communique.report.series import series_page

    return series_page(comparison, rules(model).party_names)


def _show(comparison: Comparison) -> None:
    from communique.terminal_series import show

    show(comparison)


def _series(paths: list[str], fix: Path | None, model: str) -> list[Series]:
    from communique.collecting import collect, overrides_beside
    from communique.overrides import read_overrides
    from communique.series import group

    own = fix or overrides_beside(paths)
    overrides = read_overrides(own) if own is not None else []
    records = collect(paths, model=model, on_error=_tell)
    if not records:
        raise InputError(f"{paths[0]}: holds no records and no statements")
    return group(_dated(records), overrides, model=model)


def _tell(error: InputError) -> None:
    typer.echo(f"passed over: {error}", err=True)


def _dated(records: list[Record]) -> list[Record]:
    """The records that a day places among others; what lacks one is told, and left out where there are others."""
    from communique.comparison.editions import first_day

    dated = [record for record in records if first_day(record) is not None]
    if not dated:
        return records
    for record in records:
        if first_day(record) is None:
            name = record.statement.title or record.statement.source.uri or record.statement.id
            _tell(
                InputError(f"{name}: neither the meeting nor the publication has a date: extract it with --published")
            )
    return dated


def chosen(
    paths: list[str], name: str | None, fix: Path | None, model: str, years: tuple[int | None, int | None]
) -> tuple[list[Record], str | None]:
    """The records to compare, and the name of their series."""
    from communique.series import find

    found = _series(paths, fix, model)
    if name is not None:
        one = find(name, found)
        return _between(one.records, *years), one.name
    if all(Path(path).is_file() for path in paths):
        records = [record for s in found for record in s.records]
        return _between(records, *years), found[0].name if len(found) == 1 else None
    several = [s for s in found if len(s.editions) > 1]
    if len(several) != 1:
        listed = ", ".join(s.id for s in several) or "none has two editions"
        raise InputError(f"choose a series with --series: {listed}")
    return _between(several[0].records, *years), several[0].name


def _between(records: list[Record], first: int | None, last: int | None) -> list[Record]:
    """The records of these years."""
    from communique.comparison.editions import meetings

    return [
        record
        for meeting in meetings(records)
        if (first is None or meeting.start.year >= first) and (last is None or meeting.start.year <= last)
        for record in meeting.records
    ]
