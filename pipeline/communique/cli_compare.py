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


class Format(StrEnum):
    """How a comparison is written."""

    table = "table"
    json = "json"
    md = "md"
    csv = "csv"
    html = "html"


def series(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Records (JSON, JSON Lines) or statements.")],
    fix: Fix = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """List the series of meetings in a folder, with their editions, dates and gaps.

    A folder may hold records, as [cyan]communique extract -o[/cyan] writes them, or statements (.md, .txt), which are
    extracted on the way. Where the grouping is wrong, a file [cyan]series.toml[/cyan] beside them sets it right:
    tables [cyan]\\[\\[series]][/cyan] with [cyan]name[/cyan] and [cyan]statements[/cyan], a list of ids, titles or file
    names.

    [bold]Example[/bold]

    [cyan]communique series archive[/cyan]
    """
    from communique.terminal_series import show_series

    show_series(_series([folder], fix, model))


def compare(
    paths: Annotated[list[Path], typer.Argument(metavar="DIR|FILE...", help="A folder, or two files or more.")],
    name: Annotated[
        str | None,
        typer.Option("--series", metavar="NAME", help="Which series of the folder: id, name or words of it."),
    ] = None,
    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Leave earlier editions out.")] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Leave later editions out.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here.")] = None,
    fix: Fix = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Compare the editions of a series: who came and went, and what became of each commitment and position.

    From a folder one series is chosen; two files or more, given by name, are compared as they are. An edition that
    does not speak of a commitment is "not mentioned", which is no claim that it was given up.

    [bold]Examples[/bold]

    [cyan]communique compare archive --series "Civil Space Dialogue" --from 2021[/cyan]

    [cyan]communique compare 2023.json 2025.json --format md -o changes.md[/cyan]
    """
    from communique import writing
    from communique.comparison import formats
    from communique.comparison.comparing import compare as compare_records

    records, title = _chosen(paths, name, fix, model)
    comparison = compare_records(_between(records, first, last), series=title, model=model)
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


def _page(comparison: Comparison, model: str) -> bytes:
    from communique.comparison.rules import rules
    from communique.report.series import series_page

    return series_page(comparison, rules(model).party_names)


def _show(comparison: Comparison) -> None:
    from communique.terminal_series import show

    show(comparison)


def _series(paths: list[Path], fix: Path | None, model: str) -> list[Series]:
    from communique.collecting import collect, overrides_beside
    from communique.overrides import read_overrides
    from communique.series import group

    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder")
    own = fix or overrides_beside(paths)
    overrides = read_overrides(own) if own is not None else []
    records = collect(paths, model=model)
    if not records:
        raise InputError(f"{paths[0]}: holds no records and no statements")
    return group(records, overrides, model=model)


def _chosen(paths: list[Path], name: str | None, fix: Path | None, model: str) -> tuple[list[Record], str | None]:
    """The records to compare, and the name of their series."""
    from communique.series import find

    found = _series(paths, fix, model)
    if name is not None:
        one = find(name, found)
        return one.records, one.name
    if not any(path.is_dir() for path in paths):
        return [record for s in found for record in s.records], found[0].name if len(found) == 1 else None
    several = [s for s in found if len(s.editions) > 1]
    if len(several) != 1:
        listed = ", ".join(s.id for s in several) or "none has two editions"
        raise InputError(f"choose a series with --series: {listed}")
    return several[0].records, several[0].name


def _between(records: list[Record], first: int | None, last: int | None) -> list[Record]:
    """The records of these years."""
    from communique.comparison.editions import meetings

    return [
        record
        for meeting in meetings(records)
        if (first is None or meeting.start.year >= first) and (last is None or meeting.start.year <= last)
        for record in meeting.records
    ]
