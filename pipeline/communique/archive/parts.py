"""The dataset's parts, written in the order of the input: each is whole or absent.

Where a part of an earlier run already says what would be written, it is left alone; from the first that does not, all
later ones are put aside and written anew.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

import orjson

from communique.archive.earlier import Earlier, Seen
from communique.archive.folder import Folder
from communique.archive.processing import Result, Stored
from communique.archive.record_files import RecordFile, flush, record_file
from communique.archive.sources import Input

PART_SIZE = 500
"""Inputs in one part."""


@dataclass(slots=True)
class Counts:
    """What has been written, or was there already."""

    inputs: int = 0
    records: int = 0
    duplicates: int = 0
    failures: int = 0
    parts: int = 0
    processed: int = 0
    sources: list[tuple[int, Any]] = field(default_factory=list)
    """For each source its inputs, and the hash of their hashes."""


class Writer:
    """Writes parts in order. ``numbers`` says which file of ``earlier`` each part in the folder is."""

    def __init__(self, folder: Folder, earlier: Earlier, numbers: dict[int, int], *, size: int = PART_SIZE) -> None:
        self.counts = Counts()
        self._folder, self._earlier, self._numbers, self._size = folder, earlier, numbers, size
        self._seen = Seen()
        self._part = self._inputs = self._records = 0
        self._expected: list[bytes] | None = None
        self._files: tuple[RecordFile, IO[bytes]] | None = None
        self._begin()

    def add(self, item: Input, result: Result) -> None:
        """Write what became of the next input."""
        self._count(item, result)
        line, stored = self._line(item, result)
        if self._expected is not None and (self._inputs >= len(self._expected) or self._expected[self._inputs] != line):
            self._leave_earlier()
        if self._expected is None:
            self._write(line, result.record if stored else None)
        self._inputs += 1
        self._records += stored
        if self._inputs == self._size:
            self._end()

    def finish(self) -> None:
        """Write the last part, and take away what earlier runs had beyond it."""
        if self._inputs:
            self._end()
        if self._expected is not None:
            self._leave_earlier()
        self._discard()

    def close(self) -> None:
        """Let go of all files; what is unfinished stays for the next run."""
        self._discard()
        self._seen.close()

    def _count(self, item: Input, result: Result) -> None:
        self.counts.inputs += 1
        self.counts.failures += result.failed
        while len(self.counts.sources) <= item.source:
            self.counts.sources.append((0, sha256()))
        number, found = self.counts.sources[item.source]
        found.update(f"{result.facts['sha256'] or '-'}  {item.name}\n".encode())
        self.counts.sources[item.source] = (number + 1, found)

    def _line(self, item: Input, result: Result) -> tuple[bytes, bool]:
        """The input's line in the list of sources, and whether the record is stored with it."""
        fields: dict[str, Any] = {"input": item.name, "row": item.row, **result.facts}
        stored = False
        if not result.failed:
            statement = result.facts["statement"]
            place = self._seen.place(statement)
            stored = place is None
            if place is None:
                place = (self._part, self._records)
                self._seen.add(statement, *place)
            fields |= {"stored": stored, "part": place[0], "line": place[1]}
            self.counts.records += stored
            self.counts.duplicates += not stored
        return orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE), stored

    def _write(self, line: bytes, record: bytes | Stored | None) -> None:
        if self._files is None:
            self._files = self._create()
        records, sources = self._files
        if record is not None:
            records.add(self._earlier.record(record) if isinstance(record, Stored) else record)
        sources.write(line)
        sources.flush()

    # Parts -----------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._inputs = self._records = 0
        if self._part in self._numbers:
            self._expected = self._folder.sources(self._part).read_bytes().splitlines(keepends=True)
        else:
            self._expected = None

    def _create(self) -> tuple[RecordFile, IO[bytes]]:
        unfinished = self._folder.unfinished(self._part)
        return record_file(unfinished.records), unfinished.sources.open("wb")

    def _end(self) -> None:
        if self._expected is not None and len(self._expected) > self._inputs:
            self._leave_earlier()
        if self._files is not None:
            records, sources = self._files
            records.finish()
            flush(sources)
            sources.close()
            self._files = None
            self._folder.commit(self._part)
        self.counts.parts += 1
        self._part += 1
        self._begin()

    def _leave_earlier(self) -> None:
        """Put this part and the later ones of the earlier run aside, and write anew what this part holds so far."""
        before = (self._expected or [])[: self._inputs]
        number = self._numbers[self._part]
        for part, kept in self._folder.put_aside(self._part).items():
            if part in self._numbers:
                self._earlier.moved(self._numbers[part], kept)
        self._numbers = {}
        self._expected = None
        at = 0
        for line in before:
            stored = orjson.loads(line).get("stored", False)
            self._write(line, Stored(number, at) if stored else None)
            at += stored

    def _discard(self) -> None:
        """Close the files of the part that has been begun as they are."""
        if self._files is not None:
            for stream in self._files:
                # What cannot be written (the disk is full) is lost: the next run makes it again.
                with suppress(OSError):
                    stream.close()
            self._files = None
