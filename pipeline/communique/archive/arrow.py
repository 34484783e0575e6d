"""The work of an archive as one function from an Arrow batch to an Arrow batch.

What can hand Arrow batches to a Python function can run it: Ray Data's ``map_batches``, Spark's ``mapInArrow``, Dask's
``map_partitions``. The model is loaded once in each process that calls it.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.archive.processing import Extractor, Result, failure
from communique.archive.sources import as_name
from communique.errors import InputError
from communique.model import DEFAULT_MODEL

if TYPE_CHECKING:
    import pyarrow as pa

    from communique.extraction import Statement

MEDIA_TYPE = "application/vnd.apache.parquet"
COLUMNS = ("sha256", "statement", "title", "published", "uri", "media_type", "error", "record")
"""What `extract_batch` gives for each row, all of it text: the record is JSON, and null where ``error`` is not."""
_ROWS = 64


def pyarrow() -> Any:
    """The library. Raises InputError, saying how to install it, where it is not."""
    try:
        import pyarrow as pa
    except ImportError:
        raise InputError("this needs Arrow: pip install 'communique[parquet]'") from None
    return pa


@lru_cache(maxsize=2)
def _extractor(model: str) -> Extractor:
    return Extractor(model)


def extract_batch(batch: pa.RecordBatch | pa.Table, *, model: str = DEFAULT_MODEL) -> pa.RecordBatch | pa.Table:
    """For each row of a batch what became of it, in `COLUMNS`.

    The batch has a column ``text`` (and may have ``title``, ``published`` and ``uri``), or a column ``path`` with the
    names of files. Raises ModelError when the model cannot be loaded, InputError when the batch has neither column.
    """
    pa = pyarrow()
    names = batch.schema.names
    if not {"text", "path", "content"} & set(names):
        raise InputError(f"a batch with the columns {', '.join(names) or 'none'}: give text or path")
    extractor = _extractor(model)
    results = [_result(extractor, row) for row in batch.to_pylist()]
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    columns = [pa.array([_cell(result, name) for result in results], pa.string()) for name in COLUMNS]
    made = pa.Table if isinstance(batch, pa.Table) else pa.RecordBatch
    return made.from_arrays(columns, schema=schema)


def extract_batches(
    batches: Iterable[pa.RecordBatch], *, model: str = DEFAULT_MODEL
) -> Iterator[pa.RecordBatch | pa.Table]:
    """`extract_batch` for each of many, one after the other: the form that ``mapInArrow`` asks for."""
    for batch in batches:
        yield extract_batch(batch, model=model)


def _cell(result: Result, name: str) -> str | None:
    if name == "record":
        return result.record.decode() if isinstance(result.record, bytes) else None
    value: str | None = result.facts.get(name)
    return value


def _result(extractor: Extractor, row: dict[str, Any]) -> Result:
    if (content := row.get("content")) is not None:
        return extractor.row(json.loads(content), row["sha256"])
    if (path := row.get("path")) is not None:
        return extractor.file(os.fsdecode(path), row.get("name") or as_name(os.fsdecode(path)))
    text = row.get("text")
    if text is None:
        return failure("there is neither text nor path in the row")
    fields = {name: _text(row.get(name)) for name in ("title", "published")}
    source = {"uri": _text(row.get("uri")), "media_type": "text/plain", "sha256": sha256(text.encode()).hexdigest()}
    return extractor.row({"text": text, **fields, "source": source}, source["sha256"])


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


# Tables --------------------------------------------------------------------------------------------------------------


def rows(path: str) -> Iterator[Statement | InputError]:
    """The statements in a Parquet table, known by the same columns as those of other tables.

    What is wrong with a row stands in its place; a table that cannot be read is one such error.
    """
    pa = pyarrow()
    name = as_name(path)
    try:
        for number, row in enumerate(_parquet_rows(path), 1):
            yield _statement(row, name, number) if isinstance(row, dict) else InputError(f"{name}: row {number}: {row}")
    except (pa.ArrowException, OSError, ValueError) as error:
        # ValueError: names of columns that are no text.
        yield InputError(f"{name}: cannot be read: {' '.join(str(error).split())[:200]}")
    except InputError as error:
        yield InputError(f"{name}: {error}")


def _parquet_rows(path: str) -> Iterator[dict[str, Any] | InputError]:
    from pyarrow import parquet

    from communique.readers import table

    known = {*table.TEXT, *table.TITLE, *table.PUBLISHED, *table.ADDRESS}
    with Path(path).open("rb") as stream:
        file = parquet.ParquetFile(stream)
        columns = [column for column in file.schema_arrow.names if column.strip().casefold() in known]
        if not {column.strip().casefold() for column in columns} & set(table.TEXT):
            raise InputError(f"no table of statements: name one of its columns {table.TEXT[0]!r}")
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns):
            plain = [_plain(column) for column in batch.columns]
            for row in range(batch.num_rows):
                try:
                    yield {name: column[row].as_py() for name, column in zip(columns, plain, strict=True)}
                except ValueError:
                    yield InputError("holds bytes that are no text, or a day that is none")


def _plain(column: Any) -> Any:
    """The column, its times as text: Python has none as fine, nor of every year."""
    pa = pyarrow()
    return column.cast(pa.string()) if pa.types.is_temporal(column.type) else column


def _statement(row: dict[str, Any], name: str, number: int) -> Statement | InputError:
    from communique.extraction import Statement
    from communique.readers import table
    from communique.records import Source

    # Through the reader of JSON Lines, so that a row counts for the same whatever kept it; days become text.
    (found,) = table.read_json_lines(io.StringIO(json.dumps(row, default=str)))
    reading = found.reading
    if isinstance(reading, InputError):
        return InputError(f"{name}: row {number}: {reading}")
    source = Source(
        uri=reading.uri or f"{name}#{number}",
        media_type=MEDIA_TYPE,
        sha256=sha256(reading.text.encode()).hexdigest(),
    )
    return Statement(reading.text, reading.title, reading.published, source)
