"""``communique export``: records as tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """What the tables are written as."""

    parquet = "parquet"
    csv = "csv"
    duckdb = "duckdb"
    jsonl = "jsonl"


def export(
    dataset: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that batch made, or a file of records.")],
    to: Annotated[Format, typer.Option(help="What to write.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Where to; export/FORMAT in DIR if not given.")
    ] = None,
) -> None:
    """Write what was extracted as tables that join.

    Statements, mentions, dates, commitments, positions and delegations have one each.

    A `datapackage.json` beside them says what every column is. CSV opens in Excel; Parquet and DuckDB have
    types and need `pip install 'communique[parquet]'` or `'communique[duckdb]'`.

    \b
    Examples:
      communique export dataset --to csv
      communique export dataset --to duckdb --out tables  # and then: duckdb tables/communique.duckdb
    """
    from communique.export.exporting import export as write

    target = out or (dataset if dataset.is_dir() else dataset.parent) / "export" / to.value
    counts = write(dataset, to.value, target)
    typer.echo(f"{target}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()))
