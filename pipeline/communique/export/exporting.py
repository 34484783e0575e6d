"""A dataset's records to the files of one format."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson

from communique.archive import record_files
from communique.errors import InputError
from communique.export.package import datapackage
from communique.export.tables import TABLES
from communique.export.writers import WRITERS
from communique.validation import check_record

_LINES = (".jsonl", ".ndjson")


def export(dataset: Path, to: str, out: Path) -> dict[str, int]:
    """Write the tables of a dataset's records, or of a file of records, to ``out``; the rows of each table.

    Files of the same names are replaced once all new ones are whole. Raises InputError when there are no records, one
    of them cannot be relied on, what the format needs is not installed, or the files cannot be written.
    """
    counts = {table.name: 0 for table in TABLES}
    try:
        out.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            aside = Path(tempfile.mkdtemp(prefix=".new-", dir=out))
            stack.callback(shutil.rmtree, aside, ignore_errors=True)
            writer = WRITERS[to](aside, stack)
            for record in records(dataset):
                for table in TABLES:
                    rows = list(table.rows(record))
                    counts[table.name] += len(rows)
                    writer.add(table, rows)
            description = datapackage(writer.finish(), counts, to)
            (aside / "datapackage.json").write_bytes(
                orjson.dumps(description, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            )
            for path in sorted(aside.iterdir()):
                path.replace(out / path.name)
    except OSError as error:
        raise InputError(f"{error.filename or out}: cannot be written: {error.strerror}") from None
    return counts


def records(dataset: Path) -> Iterator[dict[str, Any]]:
    """The records of a dataset's folder in their order, or of one file. Raises InputError as `export` does."""
    found = False
    for path in _files(dataset):
        for number, line in enumerate(_lines(path), 1):
            if line.strip():
                found = True
                yield _record(line, f"{path}:{number}")
    if not found:
        raise InputError(f"{dataset}: holds no records: give a folder that communique batch made, or JSON Lines")


def _files(dataset: Path) -> list[Path]:
    folder = dataset / "records"
    if folder.is_dir():
        return sorted(
            path for path in folder.iterdir() if path.suffix in (*_LINES, record_files.PARQUET) and path.is_file()
        )
    if dataset.is_dir():
        return sorted(path for path in dataset.iterdir() if path.suffix in (*_LINES, ".json") and path.is_file())
    return [dataset]


def _lines(path: Path) -> Iterator[bytes]:
    try:
        if path.suffix == ".json":
            yield path.read_bytes()
        else:
            yield from record_files.lines(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _record(line: bytes, place: str) -> dict[str, Any]:
    try:
        record: dict[str, Any] = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{place}: is no JSON: {error}") from None
    if check_record(record):
        raise InputError(f"{place}: is no record that can be relied on: communique validate says why")
    return record
