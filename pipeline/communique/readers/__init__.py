"""Bytes → statement: the text with what is known of it, whatever it was kept in.

Each format is a module with one function ``read``, which gives a `Reading`; `formats` chooses among them by what the
bytes hold, and `finding` has the bytes. The text of plain text and Markdown is the file's own, character for character:
line ends, non-breaking spaces and typographic quotes stay, and only a byte order mark is dropped. What each other
format keeps and leaves out stands in its module; ``docs/readers.md`` has the bounds.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from typing import IO, TYPE_CHECKING

from communique.errors import InputError
from communique.readers import compressed, finding, formats, markdown, plain, table
from communique.readers.encoding import decode, encoding
from communique.readers.formats import Format
from communique.readers.reading import Reading

if TYPE_CHECKING:
    from communique.extraction import Statement

__all__ = ["as_unicode", "decode", "read", "read_bytes", "read_many"]

_HEAD = 65_536
"""Bytes by which a table is known from other text."""


def read(file: str) -> Statement:
    """The statement in a file, at an address (``https://…``), or on standard input for ``-``.

    Raises InputError when it cannot be had or read, holds no text, or is a table of several statements.
    """
    found = finding.find(file)
    name = "standard input" if file == "-" else file
    uri = found.address or (as_unicode(file) if file != "-" else None)
    return read_bytes(found.data, name=name, uri=uri, media_type=found.media_type)


def read_bytes(data: bytes, *, name: str, uri: str | None = None, media_type: str | None = None) -> Statement:
    """The statement in bytes; ``name`` is what messages call them.

    The format is decided by the bytes; where these leave it open, by ``media_type`` (with the ``charset`` of a page,
    if it says one), or else by the ending of ``name``.

    Raises InputError when the bytes cannot be read, or hold no text.
    """
    claimed = formats.of_media_type(media_type) or formats.named(name)
    try:
        unpacked = compressed.unpack(data, finding.MAX_BYTES) if compressed.is_compressed(data) else data
        if compressed.is_compressed(unpacked):
            raise InputError("compressed more than once: unpack it")
        chosen = formats.binary_format(unpacked, claimed)
        if chosen is None and claimed is not Format.HTML:
            text = decode(unpacked, name)
            chosen = formats.text_format(text, claimed)
            if chosen in (Format.PLAIN, Format.MARKDOWN):
                return _statement(
                    (markdown if chosen is Format.MARKDOWN else plain).read(text), data, uri, chosen, name
                )
            if chosen in formats.TABLES:
                return _only(_table(io.BytesIO(unpacked), name, uri, chosen))
        chosen = chosen or Format.HTML
        reading = _binary(unpacked, chosen, uri, media_type)
    except InputError as error:
        raise error if str(error).startswith(f"{name}: ") else InputError(f"{name}: {error}") from None
    return _statement(reading, data, uri, chosen, name)


def read_many(file: str, *, on_error: Callable[[InputError], None] | None = None) -> Iterator[Statement]:
    """The statements in a table, row by row; of any other file or address, the one that `read` gives.

    A row's address is its own or else the table's with ``#`` and the number of the row; its hash is that of its text.
    Raises InputError when the table cannot be read, and for a row that cannot be used; with ``on_error`` that row's
    error is handed there instead, and the next row follows.
    """
    if file == "-" or finding.is_address(file):
        found = finding.find(file)
        name, uri = ("standard input", None) if file == "-" else (file, found.address)
        with io.BytesIO(found.data) as stream:
            rows = _rows_of(stream, name, uri, formats.of_media_type(found.media_type) or formats.named(name))
            if rows is None:
                yield read_bytes(found.data, name=name, uri=uri, media_type=found.media_type)
            else:
                yield from _reported(rows, on_error)
        return
    with finding.opened(file) as stream:
        # What cannot be read twice is not looked into.
        rows = _rows_of(stream, file, as_unicode(file), formats.named(file)) if stream.seekable() else None
        if rows is not None:
            yield from _reported(rows, on_error)
            return
    yield read(file)


def as_unicode(argument: str) -> str:
    """What was given on the command line, with a sign for each byte of it that is no text: JSON holds none of these."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _binary(data: bytes, chosen: Format, uri: str | None, media_type: str | None) -> Reading:
    # Each is imported when it is needed: what it is made with may not be installed.
    if chosen is Format.HTML:
        from communique.readers import html

        charset = (media_type or "").lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
        return html.read(data, charset=charset or None, address=uri if uri and finding.is_address(uri) else None)
    module = import_module(f"communique.readers.{'pdf' if chosen is Format.PDF else 'docx'}")
    reading: Reading = module.read(data)
    return reading


def _statement(reading: Reading, data: bytes, uri: str | None, chosen: Format, name: str) -> Statement:
    if not reading.text.strip():
        raise InputError(f"{name}: there is no text in it: give the statement's words")

    # Imported where all that could be wrong with the bytes has been said: these bring spaCy and pydantic.
    from communique.extraction import Statement
    from communique.records import Page, Source

    source = Source(uri=reading.uri or uri, media_type=str(chosen), sha256=sha256(data).hexdigest())
    pages = None if reading.pages is None else [Page(number=number, start=start) for number, start in reading.pages]
    return Statement(reading.text, reading.title, reading.published, source, pages)


# Tables --------------------------------------------------------------------------------------------------------------


def _rows_of(
    stream: IO[bytes], name: str, uri: str | None, claimed: Format | None
) -> Iterator[Statement | InputError] | None:
    """The rows, where the stream holds a table; else None."""
    try:
        head = stream.read(_HEAD)
        stream.seek(0)
        unpacked = stream
        if compressed.is_compressed(head):
            start = head[:4]
            head = compressed.opened(stream, start).read(_HEAD)
            stream.seek(0)
            unpacked = compressed.opened(stream, start)
    except compressed.errors() as error:
        raise InputError(f"{name}: a damaged compressed file: {error}") from None
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    if (
        claimed in (Format.HTML, Format.MARKDOWN, Format.PDF, Format.DOCX)
        or b"%PDF-" in head[:1024]
        or head[:2] == b"PK"
    ):
        return None
    mark, used = encoding(head)
    chosen = formats.text_format(head[len(mark) :].decode(used, "ignore"), claimed)
    return _table(unpacked, name, uri, chosen) if chosen in formats.TABLES else None


def _table(stream: IO[bytes], name: str, uri: str | None, chosen: Format) -> Iterator[Statement | InputError]:
    number, used = 0, "utf-8"
    try:
        mark, used = encoding(stream.read(4))
        stream.seek(len(mark))
        with table.as_text(stream, used) as text:
            rows = table.read_json_lines(text) if chosen is Format.JSON_LINES else table.read_csv(text)
            for number, reading in rows:
                if isinstance(reading, InputError):
                    yield InputError(f"{name}: row {number}: {reading}")
                else:
                    row_uri = f"{uri}#{number}" if uri else None
                    yield _statement(reading, reading.text.encode(), row_uri, chosen, name)
    except UnicodeDecodeError:
        yield InputError(f"{name}: after row {number}: not {used.upper()}: save the table as UTF-8")
    except compressed.errors() as error:
        yield InputError(f"{name}: after row {number}: a damaged compressed file: {error}")
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def _reported(
    rows: Iterator[Statement | InputError], on_error: Callable[[InputError], None] | None
) -> Iterator[Statement]:
    for row in rows:
        if not isinstance(row, InputError):
            yield row
        elif on_error is None:
            raise row
        else:
            on_error(row)


def _only(rows: Iterator[Statement | InputError]) -> Statement:
    first = next(rows, None)
    if first is None:
        raise InputError("a table without a statement")
    if isinstance(first, InputError):
        raise first
    if next(rows, None) is not None:
        raise InputError("a table of several statements, where one is asked for: take them with read_many")
    return first
