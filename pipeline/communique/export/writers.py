"""Tables to files: CSV, JSON Lines, Parquet, and a DuckDB database."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

import orjson

from communique.errors import InputError
from communique.export.tables import TABLES, Json, Table

LIST_DELIMITER = ";"
"""Between the values of a list in CSV."""
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ROWS = 2048
"""Rows that are held in memory before they are written."""
_DUCKDB_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE", "list": "VARCHAR[]"}


class TableWriter(Protocol):
    """Takes the rows of all tables, and says which file holds each. What it opens closes with the stack it is given."""

    def add(self, table: Table, rows: Iterable[Json]) -> None:
        """Write rows of a table."""

    def finish(self) -> dict[str, Path]:
        """Close everything; the file of each table."""


class CsvWriter:
    """CSV (RFC 4180) as Excel opens it: UTF-8 with a byte order mark, and no cell that a spreadsheet would compute.

    A cell that begins like a formula gets an apostrophe before it (OWASP, CSV Injection).
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._streams: dict[str, IO[str]] = {}
        self._writers: dict[str, Any] = {}
        for table in TABLES:
            stream = stack.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline=""))
            stream.write(_BOM)
            self._streams[table.name] = stream
            self._writers[table.name] = csv.writer(stream)
            self._writers[table.name].writerow([column.name for column in table.columns])

    def add(self, table: Table, rows: Iterable[Json]) -> None:
        """Write rows of a table."""
        names = [column.name for column in table.columns]
        self._writers[table.name].writerows([_cell(row[name]) for name in names] for row in rows)

    def finish(self) -> dict[str, Path]:
        """Close everything; the file of each table."""
        for stream in self._streams.values():
            stream.close()
        return {name: Path(stream.name) for name, stream in self._streams.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = LIST_DELIMITER.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


class JsonLinesWriter:
    """A JSON object in each line; days as text, lists as lists."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._streams = {t.name: stack.enter_context((folder / f"{t.name}.jsonl").open("wb")) for t in TABLES}

    def add(self, table: Table, rows: Iterable[Json]) -> None:
        """Write rows of a table."""
        names = [column.name for column in table.columns]
        stream = self._streams[table.name]
        for row in rows:
            stream.write(orjson.dumps({name: row[name] for name in names}, option=orjson.OPT_APPEND_NEWLINE))

    def finish(self) -> dict[str, Path]:
        """Close everything; the file of each table."""
        for stream in self._streams.values():
            stream.close()
        return {name: Path(stream.name) for name, stream in self._streams.items()}


class ParquetWriter:
    """Parquet with types: 64-bit integers, days, lists of text. Raises InputError where Arrow is not installed."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError:
            raise InputError("Parquet needs Arrow: pip install 'communique[parquet]'") from None
        types = {
            "string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(),
            "list": pa.list_(pa.string()),
        }  # fmt: skip
        self._batch = pa.RecordBatch
        self._schemas = {t.name: pa.schema([(c.name, types[c.type]) for c in t.columns]) for t in TABLES}
        self._paths = {table.name: folder / f"{table.name}.parquet" for table in TABLES}
        self._writers = {
            name: stack.enter_context(parquet.ParquetWriter(path, self._schemas[name], compression="zstd"))
            for name, path in self._paths.items()
        }
        self._waiting: dict[str, list[Json]] = {table.name: [] for table in TABLES}

    def add(self, table: Table, rows: Iterable[Json]) -> None:
        """Write rows of a table, many at a time."""
        self._waiting[table.name] += rows
        if len(self._waiting[table.name]) >= _ROWS:
            self._flush(table.name)

    def _flush(self, name: str) -> None:
        if self._waiting[name]:
            self._writers[name].write_batch(self._batch.from_pylist(self._waiting[name], schema=self._schemas[name]))
            self._waiting[name] = []

    def finish(self) -> dict[str, Path]:
        """Close everything; the file of each table."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()
        return self._paths


@contextmanager
def _duckdb_errors(kind: type[Exception], path: Path) -> Iterator[None]:
    """Says in one line what DuckDB cannot do: it has no room, or may not write there."""
    try:
        yield
    except kind as error:
        raise InputError(f"{path.name}: cannot be written: {' '.join(str(error).split())[:300]}") from None


class DuckDbWriter:
    """One database with all tables, typed and keyed. Raises InputError where DuckDB is not installed."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        try:
            import duckdb
        except ImportError:
            raise InputError("DuckDB is not installed: pip install 'communique[duckdb]'") from None
        self._path = folder / "communique.duckdb"
        # Nothing may be fetched from the network behind the user's back.
        offline: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        stack.enter_context(_duckdb_errors(duckdb.Error, self._path))
        self._database = stack.enter_context(duckdb.connect(str(self._path), config=offline))
        self._lines = JsonLinesWriter(folder, stack)

    def add(self, table: Table, rows: Iterable[Json]) -> None:
        """Write rows of a table aside: DuckDB reads a file far faster than rows one by one."""
        self._lines.add(table, rows)

    def finish(self) -> dict[str, Path]:
        """Close everything; the file of each table."""
        for name, path in self._lines.finish().items():
            table = next(table for table in TABLES if table.name == name)
            columns = {column.name: _DUCKDB_TYPES[column.type] for column in table.columns}
            defined = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
            keys = ", ".join(f'"{column}"' for column in table.key)
            self._database.execute(f'CREATE TABLE "{name}" ({defined}, PRIMARY KEY ({keys}))')
            self._database.execute(
                f'INSERT INTO "{name}" SELECT * FROM read_json(?, columns = {columns!r}, '  # noqa: S608 - names of our own
                "format = 'newline_delimited', maximum_object_size = 268435456)",
                [str(path)],
            )
            path.unlink()
        self._database.close()
        return {table.name: self._path for table in TABLES}


WRITERS: dict[str, Callable[[Path, ExitStack], TableWriter]] = {
    "csv": CsvWriter,
    "duckdb": DuckDbWriter,
    "jsonl": JsonLinesWriter,
    "parquet": ParquetWriter,
}
"""The writer of each format."""
