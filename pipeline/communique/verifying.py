"""Proof that a record still follows from its source: the source read again, and the record made anew from it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from communique.archive import record_files, sources
from communique.archive.processing import statement_of_row
from communique.errors import CommuniqueError, InputError
from communique.extraction import Statement, extract_many
from communique.model import DEFAULT_MODEL
from communique.readers import finding
from communique.records import Source
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
    """The same version makes another record of the same source."""


class Verified(NamedTuple):
    """One record: the file it stands in with the line, what was found, and why."""

    place: str
    finding: Finding
    reason: str = ""


def verify(dataset: Path, *, root: Path | None = None, model: str = DEFAULT_MODEL) -> Iterator[Verified]:
    """Every record of a folder that ``batch`` made, of another folder of records, or of a file, in order.

    Sources that records name by a relative path are looked for in ``root``, or else in the working directory. Where a
    record names an address, its file is the one of that hash in the dataset's list of sources. Nothing is fetched from
    the web. Raises InputError when there is no record, ModelError when the model cannot be loaded.
    """
    found = False
    reader = _Sources(root or Path(), _listed(dataset))
    for path in _files(dataset):
        for number, line in _lines(path):
            found = True
            place = f"{path}:{number}" if number else str(path)
            yield Verified(place, *_verified(line, reader, model))
    if not found:
        raise InputError(f"{dataset}: holds no records: give a folder that communique batch made, or files of records")


def _files(dataset: Path) -> list[Path]:
    folder = dataset / "records" if (dataset / "records").is_dir() else dataset
    if not folder.is_dir():
        return [dataset]
    # A dataset's own folder also holds run.json and failures.jsonl, which are no records.
    return sorted(path for path in folder.iterdir() if path.suffix in _FILES and path.is_file())


def _lines(path: Path) -> Iterator[tuple[int | None, bytes]]:
    try:
        if path.suffix in _LINES:
            for number, line in enumerate(record_files.lines(path), 1):
                if line.strip():
                    yield number, line
        else:
            yield None, path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _verified(line: bytes, reader: _Sources, model: str) -> tuple[Finding, str]:
    try:
        record: Json = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Finding.FAULTY, f"is no JSON: {error}"
    faults = check_record(record)
    if faults:
        return Finding.FAULTY, f"{faults[0].path}: {faults[0].message}"
    try:
        statement = reader.read(record["statement"])
    except _Unproved as unproved:
        return unproved.finding, unproved.reason
    return _made_anew(record, statement, model)


class _Unproved(Exception):
    def __init__(self, finding: Finding, reason: str) -> None:
        self.finding, self.reason = finding, reason


def _listed(dataset: Path) -> dict[str, str]:
    """Files by the hash of what was read, as the dataset's list of sources has them."""
    found: dict[str, str] = {}
    for path in sorted((dataset / "sources").glob("*.jsonl")) if dataset.is_dir() else ():
        for line in path.read_bytes().splitlines():
            try:
                facts = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise InputError(f"{path}: is no JSON: {error}") from None
            if facts.get("row") is None and facts.get("sha256"):
                found.setdefault(facts["sha256"], facts["input"])
    return found


class _Sources:
    """Reads sources again; the rows of a table one after the other, as records follow each other."""

    def __init__(self, root: Path, listed: dict[str, str]) -> None:
        self._root, self._listed = root, listed
        self._table: tuple[str, Iterator[sources.Input]] | None = None
        self._last = 0

    def read(self, known: Json) -> Statement:
        """The statement as its source has it now. Raises _Unproved when it cannot be had or is another."""
        named, digest = known["source"]["uri"], known["source"]["sha256"]
        if named is None or digest is None:
            raise _Unproved(Finding.MISSING, "the record names no file with its hash")
        try:
            statement = self._statement(named, digest)
        except (OSError, CommuniqueError) as error:
            raise _Unproved(Finding.MISSING, str(error)) from None
        if statement.source.sha256 != digest:
            raise _Unproved(Finding.CHANGED, f"{named}: its SHA-256 is {statement.source.sha256}, not {digest}")
        if statement.text != known["text"]:
            raise _Unproved(Finding.CHANGED, f"{named}: the text read from it is another")
        return statement

    def _statement(self, named: str, digest: str) -> Statement:
        from communique import readers

        path, mark, row = named.rpartition("#")
        if mark and row.isascii() and row.isdigit() and not (self._root / named).exists():
            return self._row(self._root / path, int(row))
        file = self._root / (named if (self._root / named).exists() else self._listed.get(digest, named))
        if reason := sources.unreadable(str(file)):
            raise InputError(f"{named}: {reason}")
        return readers.read_bytes(finding.find(str(file)).data, name=str(file), uri=named)

    def _row(self, path: Path, row: int) -> Statement:
        if self._table is None or self._table[0] != str(path) or row <= self._last:
            self._table = str(path), sources.inputs([str(path)])
        for item in self._table[1]:
            if item.row is not None and item.row >= row:
                self._last = item.row
                if item.row == row and item.content is not None:
                    return statement_of_row(orjson.loads(item.content))
                break
        raise InputError(f"{path}: has no row {row} that can be read")


def _made_anew(record: Json, statement: Statement, model: str) -> tuple[Finding, str]:
    known = record["statement"]
    # What the user may have given by options stands in the record only.
    again = Statement(statement.text, known["title"], known["published"], Source(**known["source"]), statement.pages)
    try:
        (made,) = extract_many([again], model=model)
    except InputError as error:
        return Finding.DIFFERS, str(error)
    written = orjson.loads(to_json(made))
    if written == record:
        return Finding.PROVED, ""
    if written["provenance"] != record["provenance"]:
        ours, theirs = (" ".join(f"{k} {v}" for k, v in p["provenance"].items()) for p in (written, record))
        return Finding.OTHER_VERSION, f"made by {theirs}; this is {ours}"
    fields = [name for name in written if written[name] != record.get(name)]
    return Finding.DIFFERS, f"made anew it has other {', '.join(fields)}"
