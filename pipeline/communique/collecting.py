"""Files and folders → records: those that are kept as JSON or JSON Lines, and statements, which are extracted.

A folder is read with all below it, in the order of names. Taken are ``.json``, ``.jsonl`` and ``.ndjson`` as records,
``.md``, ``.markdown`` and ``.txt`` as statements; ``README`` files, gold annotation (``*.gold.md``), hidden files and
JSON that is no record are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
from pydantic import ValidationError

from communique.errors import InputError
from communique.extraction import Statement, extract_many
from communique.model import DEFAULT_MODEL
from communique.overrides import FILES
from communique.readers import read
from communique.records import Record
from communique.validation import check_record

_RECORDS = (".json", ".jsonl", ".ndjson")
_STATEMENTS = (".md", ".markdown", ".txt")


def collect(paths: Iterable[Path], *, model: str = DEFAULT_MODEL) -> list[Record]:
    """The records in these files and folders, each text once; a kept record goes before one extracted now.

    Raises InputError when a file cannot be read, a named file holds no record, or a record cannot be relied on.
    """
    records: list[Record] = []
    statements: list[Statement] = []
    for path in paths:
        files = _files(path) if path.is_dir() else [path]
        for file in files:
            if file.suffix.lower() in _STATEMENTS:
                statements.append(read(str(file)))
            else:
                records += _kept(file, named=not path.is_dir())
    found = {record.statement.id: record for record in reversed(records)}
    for record in extract_many(statements, model=model):
        found.setdefault(record.statement.id, record)
    return list(found.values())


def overrides_beside(paths: Iterable[Path]) -> Path | None:
    """The file of the user's own series in the first of the folders that has one."""
    return next((path / name for path in paths for name in FILES if (path / name).is_file()), None)


def _files(folder: Path) -> list[Path]:
    found = (p for p in folder.rglob("*") if p.suffix.lower() in (*_RECORDS, *_STATEMENTS) and p.is_file())
    return sorted(p for p in found if not _passed_over(p.relative_to(folder)))


def _passed_over(path: Path) -> bool:
    aside = path.stem.upper() == "README" or path.name.endswith(".gold.md") or path.name in FILES
    return aside or any(part.startswith(".") for part in path.parts)


def _kept(file: Path, *, named: bool) -> Iterator[Record]:
    try:
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{file}: cannot be read: {reason}") from None
    whole = _loaded(data)
    if isinstance(whole, dict):
        items: list[tuple[str, object]] = [(str(file), whole)]
    else:
        lines = enumerate(data.split(b"\n"), 1)
        items = [(f"{file}:{number}", _loaded(line)) for number, line in lines if line.strip()]
    for place, item in items:
        if isinstance(item, dict) and "statement" in item:
            yield _record(place, item)
        elif named or not isinstance(whole, dict):
            raise InputError(f"{place}: is no record: give what communique extract writes, or a statement")


def _loaded(data: bytes) -> object:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _record(place: str, item: dict[str, object]) -> Record:
    fault = next(iter(check_record(item)), None)
    if fault is not None:
        raise InputError(f"{place}: the record cannot be relied on: {fault.path}: {fault.message}")
    try:
        return Record.model_validate(item)
    except ValidationError as error:
        raise InputError(f"{place}: the record cannot be relied on: {error.errors()[0]['msg']}") from None
