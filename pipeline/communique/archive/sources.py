"""From what was named on the command line to the statements to be read, one after the other, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.archive import walking
from communique.errors import InputError

if TYPE_CHECKING:
    from communique.extraction import Statement

_SINGLE = (".txt", ".pdf", ".docx")
_PARQUET = (".parquet",)
_HEAD = 1 << 16
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """One statement to be: a file, or a row of a table."""

    name: str
    """The file as the user named it, as text."""
    source: int
    """Which of the sources named it."""
    path: str | None = None
    """The file to be read; None for a row."""
    row: int | None = None
    """Number of the row in its table, from 1."""
    content: bytes | None = None
    """The row as JSON, in the fields of `row_json`."""
    error: str | None = None
    """Why it cannot be read, where that is known already."""


def inputs(sources: Sequence[str], *, without: Path | None = None) -> Iterator[Input]:
    """Every statement of the sources in order; the folder ``without`` is left out.

    Raises InputError when a source is not there or names nothing.
    """
    for number, source in enumerate(sources):
        for path in walking.files(source, without=without):
            yield from _file(path, number)


def require(sources: Sequence[str], *, without: Path | None = None) -> None:
    """Raise InputError when a source is not there or matches nothing, or there is no file in any of them."""
    found = [next(walking.files(source, without=without), None) for source in sources]
    if not any(found):
        raise InputError(f"{', '.join(sources)}: no file in it: give files, folders, patterns or tables")


def _file(path: str, number: int) -> Iterator[Input]:
    name = as_name(path)
    if reason := unreadable(path):
        yield Input(name, number, error=f"{name}: {reason}")
    elif is_table(path):
        yield from _rows(path, name, number)
    else:
        yield Input(name, number, path=path)


def as_name(path: str) -> str:
    """The path as text that JSON holds, alike on every system."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")


def unreadable(path: str) -> str | None:
    """Why the path is no file that can be opened without waiting for ever; None where it is one."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL in it.
        return f"cannot be read: {error.strerror if isinstance(error, OSError) else error}"
    if stat.S_ISDIR(mode):
        return "is a folder that cannot be opened"
    return None if stat.S_ISREG(mode) else "is no regular file"


def is_table(path: str) -> bool:
    """Whether the file holds many statements: by its name, and where that leaves it open by how it begins."""
    from communique.readers import formats

    claimed = formats.named(path)
    if claimed is not None or path.lower().endswith(_SINGLE):
        return claimed in formats.TABLES
    if path.lower().endswith(_PARQUET):
        return True
    head = _head(path)
    return b"%PDF-" not in head and formats.text_format(head.decode(errors="ignore"), None) in formats.TABLES


def _head(path: str) -> bytes:
    """How the file begins, unpacked; nothing where it cannot be read."""
    from communique.readers import compressed

    try:
        with Path(path).open("rb") as stream:
            head = stream.read(_HEAD)
            if not compressed.is_compressed(head):
                return head
            stream.seek(0)
            unpacked: bytes = compressed.opened(stream, head[:4]).read(_HEAD)
            return unpacked
    except InputError:
        return b""
    except compressed.errors():
        return b""


def _rows(path: str, name: str, number: int) -> Iterator[Input]:
    for row, statement in enumerate(_read_table(path), 1):
        if isinstance(statement, InputError):
            yield Input(name, number, row=row, error=str(statement))
        else:
            yield Input(name, number, row=row, content=row_json(statement))


def _read_table(path: str) -> Iterator[Statement | InputError]:
    """The rows of a table; what is wrong with one stands in its place."""
    if path.lower().endswith(_PARQUET):
        from communique.archive import arrow

        yield from arrow.rows(path)
        return
    from communique import readers

    wrong: list[InputError] = []
    try:
        for statement in readers.read_many(path, on_error=wrong.append):
            yield from wrong
            wrong.clear()
            yield statement
    except InputError as error:
        wrong.append(error)
    yield from wrong


def row_json(statement: Statement) -> bytes:
    """The statement as JSON of its fields, which is also what a row's hash is taken of."""
    import orjson

    source = statement.source
    fields: dict[str, Any] = {
        "text": statement.text,
        "title": statement.title,
        "published": statement.published,
        "source": {"uri": source.uri, "media_type": source.media_type, "sha256": source.sha256},
    }
    if statement.pages is not None:
        fields["pages"] = [{"number": page.number, "start": page.start} for page in statement.pages]
    return orjson.dumps(fields)


def digest(item: Input) -> str | None:
    """SHA-256 of the file's bytes or of the row; None where it cannot be read."""
    if item.content is not None:
        return sha256(item.content).hexdigest()
    return file_digest(item.path) if item.path is not None else None


def file_digest(path: str) -> str | None:
    """SHA-256 of a file's bytes; None where it cannot be read."""
    found = sha256()
    try:
        with Path(path).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                found.update(chunk)
    except (OSError, ValueError):
        return None
    return found.hexdigest()
