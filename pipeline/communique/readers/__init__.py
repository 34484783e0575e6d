"""Bytes → statement: the text with what is known of it, whatever it was kept in.

Each format is a module with one function, ``read(text) -> Reading``; the package itself finds the bytes, decodes them
and chooses the format. The statement's text is the file's own, character for character: line ends, non-breaking spaces
and typographic quotes stay, and only a byte order mark is dropped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.readers import markdown, plain

if TYPE_CHECKING:
    from communique.extraction import Statement

PLAIN, MARKDOWN = "text/plain", "text/markdown"

_MEDIA_TYPES = {".md": MARKDOWN, ".markdown": MARKDOWN}
_UNREAD = {".pdf": "PDF", ".docx": "Word", ".doc": "Word", ".html": "HTML", ".htm": "HTML", ".odt": "OpenDocument"}
_BYTE_ORDER_MARKS = [
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
]
# The most bytes that the longest text can have: what comes without end (a pipe, a device) must not fill the memory.
_MAX_BYTES = 200_000_000


def read(file: str) -> Statement:
    """The statement in a file, or on standard input for ``-``.

    Raises InputError when the file cannot be read, is no text, or its front matter cannot be used.
    """
    if file == "-":
        return read_bytes(_standard_input(), name="standard input")
    path = Path(file)
    kind = _UNREAD.get(path.suffix.lower())
    if kind is not None:
        raise InputError(f"{file}: {kind} is not read: give the statement's words as plain text or Markdown")
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), PLAIN)
    return read_bytes(_file(path, file), name=file, uri=as_unicode(file), media_type=media_type)


def read_bytes(data: bytes, *, name: str, uri: str | None = None, media_type: str | None = None) -> Statement:
    """The statement in bytes; ``name`` is what messages call them.

    Without a ``media_type``, bytes that open with front matter are Markdown and all others plain text.

    Raises InputError when the bytes are no text, or their front matter cannot be used.
    """
    text = decode(data, name)
    if media_type is None:
        media_type = MARKDOWN if markdown.has_front_matter(text) else PLAIN
    try:
        reading = (markdown if media_type == MARKDOWN else plain).read(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    if not reading.text.strip():
        raise InputError(f"{name}: there is no text in it: give the statement's words")

    # Imported where all that could be wrong with the bytes has been said: these bring spaCy and pydantic.
    from communique.extraction import Statement
    from communique.records import Source

    source = Source(uri=reading.uri or uri, media_type=media_type, sha256=sha256(data).hexdigest())
    return Statement(reading.text, reading.title, reading.published, source)


def as_unicode(argument: str) -> str:
    """What was given on the command line, with a sign for each byte of it that is no text: JSON holds none of these."""
    return os.fsencode(argument).decode("utf-8", "replace")


def decode(data: bytes, name: str) -> str:
    """The bytes' text: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so. The mark is dropped.

    Raises InputError naming the first byte that is no text.
    """
    mark, encoding = next((m for m in _BYTE_ORDER_MARKS if data.startswith(m[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        if b"\0" in data and not mark:
            raise _binary(name, data.index(0)) from None
        raise InputError(
            f"{name}: byte {at} (0x{data[at]:02x}) is not {encoding.upper()}: save the file as UTF-8"
        ) from None
    if data.startswith(b"%PDF-"):
        raise _binary(name, 0)
    if "\0" in text:
        raise _binary(name, data.find(0) if encoding == "utf-8" else len(mark))
    return text


def _binary(name: str, at: int) -> InputError:
    return InputError(f"{name}: binary data, not text (byte {at}): give plain text or Markdown")


def _file(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return _bounded(stream.read, file)
    except FileNotFoundError:
        raise InputError(f"{file}: no such file: give plain text or Markdown, or - for standard input") from None
    except IsADirectoryError:
        raise InputError(f"{file}: is a directory: name one file in it") from None
    except (OSError, ValueError) as error:
        # ValueError: a path with a NUL in it.
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{file!r}: cannot be read: {reason}") from None


def _standard_input() -> bytes:
    return _bounded(sys.stdin.buffer.read, "standard input")


def _bounded(read: Callable[[int], bytes], name: str) -> bytes:
    data = read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise InputError(f"{name}: over {_MAX_BYTES:,} bytes, more than any statement that is taken: split it")
    return data
