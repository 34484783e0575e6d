"""Bytes → characters: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so."""

from __future__ import annotations

from communique.errors import InputError

_BYTE_ORDER_MARKS = [
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
]


def encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that bytes begin with, if any, and the encoding that it says."""
    return next((mark for mark in _BYTE_ORDER_MARKS if data.startswith(mark[0])), (b"", "utf-8"))


def decode(data: bytes, name: str) -> str:
    """The bytes' text. A byte order mark is dropped.

    Raises InputError naming the first byte that is no text.
    """
    mark, used = encoding(data)
    try:
        text = data[len(mark) :].decode(used)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        if b"\0" in data and not mark:
            raise _binary(name, data.index(0)) from None
        raise InputError(
            f"{name}: byte {at} (0x{data[at]:02x}) is not {used.upper()}: save the file as UTF-8"
        ) from None
    if "\0" in text:
        raise _binary(name, data.find(0) if used == "utf-8" else len(mark))
    return text


def _binary(name: str, at: int) -> InputError:
    return InputError(f"{name}: binary data, not text (byte {at}): give text, Markdown, HTML, PDF or Word")
