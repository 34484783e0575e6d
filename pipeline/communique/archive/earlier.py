"""What earlier runs made, by what it was made of: so that nothing is processed twice.

Both tables here lie in a database of SQLite's own temporary kind, which goes to disk where it grows, and is gone with
the process: all that lasts is in the dataset's own files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import orjson

from communique.archive import record_files
from communique.archive.folder import Kept
from communique.archive.processing import Result, Stored
from communique.archive.sources import Input
from communique.errors import InputError

FACTS = ("sha256", "statement", "title", "published", "uri", "media_type")
"""What a line of the list of sources says of an input whatever stands around it."""


class Earlier:
    """Results of earlier runs. Files are read when they are added, records only when they are asked for."""

    def __init__(self) -> None:
        self._files: list[Kept] = []
        self._database = _temporary()
        self._database.execute(
            "CREATE TABLE results (key BLOB PRIMARY KEY, file INTEGER, line INTEGER, facts BLOB) WITHOUT ROWID"
        )
        self._database.execute("CREATE TABLE walked (statement TEXT PRIMARY KEY) WITHOUT ROWID")
        self._empty = True
        self._reader = _Lines()

    def add(self, kept: Kept, *, whole: bool) -> int:
        """Take in the results of a part. One that may be torn is read as far as its lines are whole; its number."""
        number = len(self._files)
        self._files.append(kept)
        if kept.records.exists():
            rows = (
                (key(fields["input"], fields["sha256"]), number, line, orjson.dumps({f: fields[f] for f in FACTS}))
                for fields, line in _usable(kept, whole=whole)
            )
            self._database.executemany("INSERT OR IGNORE INTO results VALUES (?, ?, ?, ?)", rows)
            self._empty = False
        return number

    def moved(self, number: int, kept: Kept) -> None:
        """Say where a part's files lie now."""
        self._files[number] = kept

    def knows_nothing(self) -> bool:
        """Whether there is no earlier run."""
        return self._empty

    def result(self, item: Input, digest: str | None) -> Result | None:
        """The result of the same input in an earlier run; None where it must be made.

        Inputs are to be asked for in their order: a text that was stored with another input counts only once that one
        has been passed.
        """
        if digest is None or self._empty:
            return None
        row = self._database.execute(
            "SELECT file, line, facts FROM results WHERE key = ?", (key(item.name, digest),)
        ).fetchone()
        if row is None:
            return None
        file, line, facts = row[0], row[1], orjson.loads(row[2])
        if line is None and not self._passed(facts["statement"]):
            return None
        self._database.execute("INSERT OR IGNORE INTO walked VALUES (?)", (facts["statement"],))
        return Result(facts, None if line is None else Stored(file, line))

    def _passed(self, statement: str) -> bool:
        found = self._database.execute("SELECT 1 FROM walked WHERE statement = ?", (statement,)).fetchone()
        return found is not None

    def record(self, stored: Stored) -> bytes:
        """The record's line."""
        return self._reader.line(self._files[stored.file], stored.line)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


class Seen:
    """Where each text's record is stored."""

    def __init__(self) -> None:
        self._database = _temporary()
        self._database.execute(
            "CREATE TABLE places (statement TEXT PRIMARY KEY, part INTEGER, line INTEGER) WITHOUT ROWID"
        )

    def place(self, statement: str) -> tuple[int, int] | None:
        """The part and line of the text's record; None where there is none yet."""
        found: tuple[int, int] | None = self._database.execute(
            "SELECT part, line FROM places WHERE statement = ?", (statement,)
        ).fetchone()
        return found

    def add(self, statement: str, part: int, line: int) -> None:
        """Say where a text's record is stored."""
        self._database.execute("INSERT INTO places VALUES (?, ?, ?)", (statement, part, line))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def key(name: str, digest: str) -> bytes:
    """What a result is known by: what was read, and the name it was read under."""
    return sha256(f"{digest}\0{name}".encode("utf-8", "surrogatepass")).digest()[:16]


def _temporary() -> sqlite3.Connection:
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    return database


def _usable(kept: Kept, *, whole: bool) -> Iterator[tuple[dict[str, Any], int | None]]:
    """The facts of each input that has a record, and the record's line where it is in the same file."""
    count = 0
    records = record_files.lines(kept.records)
    with kept.sources.open("rb") as sources:
        for line in sources:
            fields = _whole_line(line)
            if fields is not None and "error" in fields:
                continue
            if fields is None or not _says_all(fields):
                return
            if not fields["stored"]:
                yield fields, None
                continue
            if not whole and not _holds(next(records, b""), fields["statement"]):
                return
            yield fields, count
            count += 1


def _says_all(fields: dict[str, Any]) -> bool:
    """Whether a line says of its input all that one of ours does."""
    texts = (fields.get(name) for name in ("input", "sha256", "statement"))
    return {"stored", *FACTS} <= fields.keys() and all(isinstance(text, str) for text in texts)


def _whole_line(line: bytes) -> dict[str, Any] | None:
    try:
        fields: dict[str, Any] = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return fields if line.endswith(b"\n") and isinstance(fields, dict) else None


def _holds(line: bytes, statement: str) -> bool:
    record = _whole_line(line)
    known = record.get("statement") if record is not None else None
    return isinstance(known, dict) and known.get("id") == statement


class _Lines:
    """Records of files by their number; those that follow one another are read in one go."""

    def __init__(self) -> None:
        self._open: tuple[Kept, Iterator[bytes]] | None = None
        self._next = 0

    def line(self, kept: Kept, number: int) -> bytes:
        if self._open is None or self._open[0] != kept or number < self._next:
            self._open, self._next = (kept, record_files.lines(kept.records)), 0
        line = b""
        while self._next <= number:
            line = next(self._open[1], b"")
            if not line:
                raise InputError(f"{kept.records}: lacks records that its list has: --redo makes everything anew")
            self._next += 1
        return line
