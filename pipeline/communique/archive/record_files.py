"""The file with the records of one part: JSON Lines, or Parquet with the record as JSON beside what finds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Protocol

import orjson

PARQUET = ".parquet"
_ROWS = 64
"""Records in one row group, which is what is held in memory."""


class RecordFile(Protocol):
    """Takes records, each a line of JSON."""

    def add(self, record: bytes) -> None:
        """Write the next record, so that it outlives the process where the format can hold a part of a file."""

    def finish(self) -> None:
        """Close the file so that it is whole on the disk."""

    def close(self) -> None:
        """Close the file as it is."""


def record_file(path: Path) -> RecordFile:
    """A new file of the kind that its name says. Raises InputError when what writes that kind is not installed."""
    return _Parquet(path) if path.suffix == PARQUET else _JsonLines(path)


def lines(path: Path) -> Iterator[bytes]:
    """The records of a file, each a line of JSON. Of a Parquet file that was not finished nothing can be read."""
    if path.suffix != PARQUET:
        with path.open("rb") as stream:
            yield from stream
        return
    import pyarrow as pa
    from pyarrow import parquet

    with path.open("rb") as stream:
        try:
            file = parquet.ParquetFile(stream)
        except pa.ArrowInvalid:
            return
        for batch in file.iter_batches(batch_size=_ROWS, columns=["record"]):
            for record in batch.column(0):
                yield record.as_py().encode() + b"\n"


class _JsonLines:
    """Records as they come, a line each."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def add(self, record: bytes) -> None:
        self._stream.write(record)
        self._stream.flush()

    def finish(self) -> None:
        flush(self._stream)
        self._stream.close()

    def close(self) -> None:
        self._stream.close()


class _Parquet:
    """A row for each record: its statement's id, title, day and address, and all of it as JSON."""

    def __init__(self, path: Path) -> None:
        from communique.archive.arrow import pyarrow

        pa = pyarrow()
        from pyarrow import parquet

        names = ("statement", "title", "published", "uri", "record")
        self._schema = pa.schema([(name, pa.string()) for name in names])
        self._batch = pa.RecordBatch
        self._stream = path.open("wb")
        self._writer = parquet.ParquetWriter(self._stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, record: bytes) -> None:
        statement = orjson.loads(record)["statement"]
        facts = {"statement": statement["id"], "title": statement["title"], "published": statement["published"]}
        self._rows.append({**facts, "uri": statement["source"]["uri"], "record": record.decode().rstrip("\n")})
        if len(self._rows) >= _ROWS:
            self._flush_rows()

    def _flush_rows(self) -> None:
        if self._rows:
            self._writer.write_batch(self._batch.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def finish(self) -> None:
        self._flush_rows()
        self._writer.close()
        flush(self._stream)
        self._stream.close()

    def close(self) -> None:
        # Without its end: what is left must not look like a whole file.
        self._stream.close()


def flush(stream: IO[bytes]) -> None:
    """Have what was written outlive a loss of power."""
    stream.flush()
    os.fsync(stream.fileno())
