"""Proof that a record still follows from its source: the source read again, and the record made anew from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from communique.archive import record_files, sources
from communique.archive.processing import statement_of_file, statement_of_row
from communique.errors import CommuniqueError, InputError
from communique.extraction import Statement, extract_many
from communique.model import DEFAULT_MODEL
from communique.readers import finding
from communique.validation import check_record
from communique.writing import to_json

_LINES = (".jsonl", ".ndjson", record_files.PARQUET)
_FILES = (*_LINES, ".json")

Json = dict[str, Any]


class Finding(StrEnum):
    """What can be said of a record."""

    PROVED = "proved"
    FAULTY = "faulty"
    """It is no record, or a quote or reference in it does not hold."""
    MISSING = "source missing"
    """Its source is not named, is an address, or cannot be read."""
    CHANGED = "source changed"
    """Its source has other bytes, or another text, than it was made from."""
    OTHER_VERSION = "other version"
    """Another version of communique, the model or spaCy made it."""
    DIFFERS = "differs"
    """The same version makes another record, or other bytes, of the same source."""
    LOST = "record missing"
    """The dataset's list of sources has records that are not there."""


class Verified(NamedTuple):
    """One record: the file it stands in with the line, what was found, and why."""

    place: str
    finding: Finding
    reason: str = ""


def verify(dataset: Path, *, root: Path | None = None, model: str = DEFAULT_MODEL) -> Iterator[Verified]:
    """Every record of a folder that ``batch`` made, of another folder of records, or of a file, in order.

    In a dataset the list of sources says which file and row a record is of; elsewhere the record does, and what
    its source does not give of title and day is taken as an option's. Sources that have a relative path are looked for
    in ``root``, or else in the working directory. Nothing is fetched from the web. Raises InputError when there is no
    record, ModelError when the model cannot be loaded.
    """
    found = False
    reader = _Sources(root or Path())
    for path in _files(dataset):
        listed = _listed(path)
        count = 0
        for number, line in _lines(path):
            place = f"{path}:{number}" if number else str(path)
            listing = listed[count] if listed is not None and count < len(listed) else None
            yield Verified(place, *_verified(line, listing, reader, model))
            count += 1
        found = found or count > 0 or bool(listed)
        if listed is not None and count < len(listed):
            yield Verified(str(path), Finding.LOST, f"{len(listed) - count} that the list of sources has are not there")
    if not found:
        raise InputError(f"{dataset}: holds no records: give a folder that communique batch made, or files of records")


def _files(dataset: Path) -> list[Path]:
    """The files with records, those too that a list of sources speaks of and that are not there."""
    folder = dataset / "records" if (dataset / "records").is_dir() else dataset
    if not folder.is_dir():
        return [dataset]
    # A dataset's own folder also holds run.json and failures.jsonl, which are no records.
    found = [path for path in folder.iterdir() if path.suffix in _FILES and path.is_file()]
    parts = {path.stem for path in found}
    lists = dataset.glob("sources/*.jsonl") if folder != dataset else ()
    return sorted([*found, *(folder / path.name for path in lists if path.stem not in parts)])


def _lines(path: Path) -> Iterator[tuple[int | None, bytes]]:
    if not path.exists() and _list_of(path).exists():
        return
    try:
        if path.suffix in _LINES:
            for number, line in enumerate(record_files.lines(path), 1):
                if line.strip():
                    yield number, line
        else:
            yield None, path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _list_of(path: Path) -> Path:
    return path.parent.parent / "sources" / f"{path.stem}.jsonl"


def _listed(path: Path) -> list[Json] | None:
    """What a dataset's list of sources says of each record of a part; None where the file is of no dataset."""
    file = _list_of(path)
    if path.parent.name != "records" or sources.unreadable(str(file)):
        return None
    try:
        lines = [orjson.loads(line) for line in file.read_bytes().splitlines()]
        return [line for line in lines if line.get("stored") and (line["input"], line["row"], line["statement"])]
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise InputError(f"{file}: is no list of sources: {error}: communique batch --redo makes it anew") from None


def _verified(line: bytes, listing: Json | None, reader: _Sources, model: str) -> tuple[Finding, str]:
    try:
        record: Json = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Finding.FAULTY, f"is no JSON: {error}"
    faults = check_record(record)
    if faults:
        return Finding.FAULTY, f"{faults[0].path}: {faults[0].message}"
    if listing is not None and listing["statement"] != record["statement"]["id"]:
        return Finding.FAULTY, f"stands where the list of sources has {listing['statement']}"
    try:
        statement = reader.read(record["statement"], listing)
    except _Unproved as unproved:
        return unproved.finding, unproved.reason
    if listing is None:
        known = record["statement"]
        statement = replace(
            statement, title=statement.title or known["title"], published=statement.published or known["published"]
        )
    return _made_anew(line, record, statement, model)


class _Unproved(Exception):
    def __init__(self, finding: Finding, reason: str) -> None:
        self.finding, self.reason = finding, reason


class _Sources:
    """Reads sources again; the rows of a table one after the other, as records follow each other."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._table: tuple[str, Iterator[sources.Input]] | None = None
        self._last = 0

    def read(self, known: Json, listing: Json | None) -> Statement:
        """The statement as its source has it now. Raises _Unproved when it cannot be had or is another."""
        named, digest = known["source"]["uri"], known["source"]["sha256"]
        if named is None or digest is None:
            raise _Unproved(Finding.MISSING, "the record names no file with its hash")
        if listing is None and finding.is_address(named):
            raise _Unproved(Finding.MISSING, f"{named}: an address, from which nothing is fetched")
        try:
            name, row = self._place(named) if listing is None else (listing["input"], listing["row"])
            path = self._root / name
            if reason := sources.unreadable(str(path)):
                raise InputError(f"{name}: {reason}")
            statement = self._file(path, name, digest) if row is None else self._row(path, name, row)
        except (OSError, CommuniqueError) as error:
            raise _Unproved(Finding.MISSING, str(error)) from None
        if statement.source.sha256 != digest:
            raise _Unproved(Finding.CHANGED, f"{named}: its SHA-256 is {statement.source.sha256}, not {digest}")
        if statement.text != known["text"]:
            raise _Unproved(Finding.CHANGED, f"{named}: the text read from it is another")
        return statement

    def _place(self, named: str) -> tuple[str, int | None]:
        """The file and the row that a record names."""
        path, mark, row = named.rpartition("#")
        if mark and row.isascii() and row.isdigit() and not (self._root / named).exists():
            return path, int(row)
        return named, None

    def _file(self, path: Path, name: str, digest: str) -> Statement:
        data = finding.find(str(path)).data
        found = sha256(data).hexdigest()
        if found != digest:
            raise _Unproved(Finding.CHANGED, f"{name}: its SHA-256 is {found}, not {digest}")
        return statement_of_file(data, str(path), name)

    def _row(self, path: Path, name: str, row: int) -> Statement:
        if self._table is None or self._table[0] != str(path) or row <= self._last:
            self._table = str(path), sources.inputs([str(path)])
        for item in self._table[1]:
            if item.row is not None and item.row >= row:
                self._last = item.row
                if item.row == row and item.content is not None:
                    statement = statement_of_row(orjson.loads(item.content))
                    return _renamed(statement, f"{item.name}#{row}", f"{name}#{row}")
                break
        raise InputError(f"{name}: has no row {row} that can be read")


def _renamed(statement: Statement, found: str, known: str) -> Statement:
    """The statement of a row that has no address of its own, by the name that its table goes by."""
    source = statement.source
    return replace(statement, source=source.model_copy(update={"uri": known})) if source.uri == found else statement


def _made_anew(line: bytes, record: Json, statement: Statement, model: str) -> tuple[Finding, str]:
    try:
        (made,) = extract_many([statement], model=model)
    except InputError as error:
        return Finding.DIFFERS, str(error)
    if line.strip() in (to_json(made).strip(), to_json(made, pretty=True).strip()):
        return Finding.PROVED, ""
    written = orjson.loads(to_json(made))
    if written == record:
        return Finding.DIFFERS, "the same values in other bytes than communique writes"
    if written["provenance"] != record["provenance"]:
        ours, theirs = (" ".join(f"{k} {v}" for k, v in p["provenance"].items()) for p in (written, record))
        return Finding.OTHER_VERSION, f"made by {theirs}; this is {ours}"
    fields = [name for name in written if name != "statement" and written[name] != record.get(name)]
    fields += [f"statement.{n}" for n, v in written["statement"].items() if v != record["statement"].get(n)]
    return Finding.DIFFERS, f"made anew it has other {', '.join(fields)}"
