"""Whatever holds statements or their records → records.

Taken is all that ``extract`` and ``batch`` read (pages, PDF, Word, text, tables, addresses), which is extracted on the
way, and records as they are kept: JSON, JSON Lines, Parquet, the folder of a dataset. In a folder, ``README`` files,
gold annotation (``*.gold.md``), TOML, hidden files, JSON that is no record and what else stands in a dataset are passed
over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from communique.archive import folder, processing, record_files, sources, walking
from communique.errors import InputError
from communique.extraction import Statement, extract_many
from communique.model import DEFAULT_MODEL
from communique.overrides import FILES
from communique.readers import finding, read
from communique.records import Record
from communique.validation import check_record

_LINES = (".jsonl", ".ndjson", record_files.PARQUET)

OnError = Callable[[InputError], None]


def collect(
    paths: Iterable[str | Path], *, model: str = DEFAULT_MODEL, on_error: OnError | None = None
) -> list[Record]:
    """The records in these files, folders, patterns and addresses, each text once.

    A kept record goes before one extracted now. What cannot be read in a folder or pattern is handed to ``on_error``,
    where there is one, and passed over. Raises InputError when a source is not there, a named file cannot be read, or a
    kept record cannot be relied on.
    """
    kept: list[Record] = []
    statements: list[tuple[Statement, OnError]] = []
    for source in map(str, paths):
        single = source == "-" or finding.is_address(source)
        told = on_error if on_error is not None and not single and not Path(source).is_file() else _raised
        for file in [source] if single else _files(source):
            if not single and _holds_records(file):
                kept += _kept(file)
            else:
                found = [read(file)] if single else _statements(file, told)
                statements += [(statement, told) for statement in found]
    records = {record.statement.id: record for record in reversed(kept)}
    for statement, told in statements:
        for record in _extracted(statement, model, told):
            records.setdefault(record.statement.id, record)
    return list(records.values())


def overrides_beside(paths: Iterable[str | Path]) -> Path | None:
    """The file of the user's own series in the first of the folders that has one."""
    beside = (Path(path) / name for path in paths for name in FILES)
    return next((path for path in beside if path.is_file()), None)


def _raised(error: InputError) -> None:
    raise error


def _files(source: str) -> Iterator[str]:
    """The files of a source without those that are passed over; a file that is named itself is taken as it is."""
    if Path(source).is_file():
        return iter([source])
    return (file for file in walking.files(source) if not _passed_over(Path(file)))


def _passed_over(file: Path) -> bool:
    aside = file.stem.upper() == "README" or file.name.endswith(".gold.md") or file.name in FILES
    if aside or file.suffix.lower() == ".toml" or (file.suffix.lower() == ".json" and not _is_record(_loaded(file))):
        return True
    return any(_is_dataset(above) for above in file.parents) and file.parent.name != "records"


def _is_dataset(path: Path) -> bool:
    return (path / folder.RUN).is_file() and (path / "records").is_dir()


# Kept records ---------------------------------------------------------------------------------------------------------


def _holds_records(file: str) -> bool:
    """Whether a file holds records and no table of statements, by its first line."""
    path = Path(file)
    if path.suffix.lower() == ".json":
        return True
    if path.suffix.lower() not in _LINES:
        return False
    return any(_is_record(_json(line)) for line in _first_line(path))


def _first_line(path: Path) -> Iterator[bytes]:
    try:
        if path.suffix.lower() == record_files.PARQUET and not _has_column(path):
            return
        yield from (line for line, _ in zip(record_files.lines(path), range(1), strict=False))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _has_column(path: Path) -> bool:
    """Whether a Parquet file has a column of records."""
    from communique.archive.arrow import pyarrow

    pa = pyarrow()
    from pyarrow import parquet

    try:
        return "record" in parquet.read_schema(path).names
    except (pa.ArrowException, OSError):
        return False


def _kept(file: str) -> Iterator[Record]:
    path = Path(file)
    if path.suffix.lower() == ".json":
        yield _record(file, _loaded(path))
        return
    try:
        for number, line in enumerate(record_files.lines(path), 1):
            if line.strip():
                yield _record(f"{file}:{number}", _json(line))
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None


def _loaded(path: Path) -> Any:
    try:
        return _json(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path}: cannot be read: {reason}") from None


def _json(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _is_record(item: Any) -> bool:
    return isinstance(item, dict) and "statement" in item


def _record(place: str, item: Any) -> Record:
    if not _is_record(item):
        raise InputError(f"{place}: is no record: give what communique extract writes, or a statement")
    fault = next(iter(check_record(item)), None)
    if fault is not None:
        raise InputError(f"{place}: the record cannot be relied on: {fault.path}: {fault.message}")
    try:
        return Record.model_validate(item)
    except ValidationError as error:
        raise InputError(f"{place}: the record cannot be relied on: {error.errors()[0]['msg']}") from None


# Statements -----------------------------------------------------------------------------------------------------------


def _statements(file: str, told: OnError) -> Iterator[Statement]:
    """The statement in a file, or those in a table."""
    if reason := sources.unreadable(file):
        told(InputError(f"{file}: {reason}"))
        return
    for item in sources.inputs([file]):
        try:
            if item.error is not None:
                raise InputError(item.error)
            if item.content is not None:
                yield processing.statement_of_row(orjson.loads(item.content))
            elif item.path is not None:
                yield processing.statement_of_file(finding.find(item.path).data, item.path, item.name)
        except InputError as error:
            told(error)


def _extracted(statement: Statement, model: str, told: OnError) -> Iterator[Record]:
    try:
        yield from extract_many([statement], model=model)
    except InputError as error:
        told(InputError(f"{statement.source.uri or statement.title or 'a statement'}: {error}"))
