"""The file with the records of one part: JSON Lines, or Parquet with the record as JSON beside what finds it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Protocol


class RecordFile(Protocol):
    """Takes records, each a line of JSON."""

    def add(self, record: bytes) -> None:
        """Write the next record."""

    def finish(self) -> None:
        """Close the file so that it is whole on the disk."""

    def close(self) -> None:
        """Close the file as it is."""


def record_file(path: Path) -> RecordFile:
    """A new file of the kind that its name says."""
    return JsonLines(path)


class JsonLines:
    """Records as they come, a line each."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def add(self, record: bytes) -> None:
        """Write the next record."""
        self._stream.write(record)

    def finish(self) -> None:
        """Close the file so that it is whole on the disk."""
        flush(self._stream)
        self._stream.close()

    def close(self) -> None:
        """Close the file as it is."""
        self._stream.close()


def flush(stream: IO[bytes]) -> None:
    """Have what was written outlive a loss of power."""
    stream.flush()
    os.fsync(stream.fileno())
