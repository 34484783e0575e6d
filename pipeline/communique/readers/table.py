"""Tables with a statement in each row: JSON Lines (and NDJSON), CSV with a header (RFC 4180), tab-separated text.

The columns are known by their names; what the others hold is not read. Rows are read one after another, so that memory
does not grow with the table.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import IO, Any, NamedTuple

from communique.errors import InputError
from communique.readers.reading import Reading

TEXT = ("text", "statement", "body", "content")
TITLE = ("title", "headline", "name")
PUBLISHED = ("published", "published_time", "date")
ADDRESS = ("source_url", "url", "uri", "address", "link")
"""Names of the columns, the first that is there; capitals do not matter."""

MAX_ROW = 20_000_000
"""Longest row, in characters."""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_DELIMITERS = ",;\t"


class Row(NamedTuple):
    """A row's number (of the line in JSON Lines, of the row after the header in CSV) and what is in it."""

    number: int
    reading: Reading | InputError


def looks_like_json_lines(head: str) -> bool:
    """Whether text begins with a JSON object that has a column of text, or is too long to be seen to its end."""
    line = head.lstrip("\ufeff \t\r\n").split("\n", 1)
    if not line[0].startswith("{"):
        return False
    try:
        first = json.loads(line[0])
    except (ValueError, RecursionError):
        return len(line) == 1 and re.match(r'\{\s*"[^"\n]{1,100}"\s*:', line[0]) is not None
    return isinstance(first, dict) and _column(first, TEXT) is not None


def delimiter(head: str) -> str | None:
    """What parts the columns of a CSV table, judged by its header; None where the text is no such table."""
    header = head.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    for candidate in _DELIMITERS:
        names = [name.strip().strip('"') for name in header.split(candidate)]
        if all(re.fullmatch(r"[\w .-]{0,60}", name) for name in names) and _column(dict.fromkeys(names), TEXT):
            return candidate
    return None


def read_json_lines(stream: IO[str]) -> Iterator[Row]:
    """The rows of JSON Lines, blank lines left out; what is wrong with a row stands in its place."""
    number = 0
    while line := stream.readline(MAX_ROW + 1):
        number += 1
        if len(line) > MAX_ROW:
            # What follows cannot be told from the rest of this row.
            yield Row(number, InputError(f"a row of over {MAX_ROW:,} characters"))
            return
        if line.strip():
            yield Row(number, _json_row(line))


def _json_row(line: str) -> Reading | InputError:
    try:
        row = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return InputError("no JSON: each line must be one JSON object")
    return _reading(row) if isinstance(row, dict) else InputError("no JSON object: each line must be one")


def read_csv(stream: IO[str]) -> Iterator[Row]:
    """The rows of a table with a header; what is wrong with a row stands in its place.

    Raises InputError when the header has no column of text.
    """
    # Only raised, never lowered: other parts of a program may have set it for themselves.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW))
    lines = _Lines(stream)
    header = next(lines, "")
    parted = delimiter(header)
    if parted is None:
        raise InputError(f"no table of statements: name one column of its header {TEXT[0]!r}")
    rows = csv.reader(chain([header.removeprefix("\ufeff")], lines), delimiter=parted)
    names = [name.strip() for name in next(rows)]
    number = 0
    while True:
        number += 1
        lines.left = MAX_ROW
        try:
            cells = next(rows)
        except StopIteration:
            return
        except (csv.Error, InputError) as error:
            yield Row(number, InputError(f"the table cannot be read from here: {error}"))
            return
        if any(cells):
            yield Row(number, _reading(dict(zip(names, cells, strict=False))))


class _Lines(Iterator[str]):
    """The stream's lines. Raises InputError when those of one row are longer than a row may be."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self.left = MAX_ROW
        """Characters that the row may still have."""

    def __next__(self) -> str:
        line = self._stream.readline(self.left + 1)
        if not line:
            raise StopIteration
        self.left -= len(line)
        if self.left < 0:
            raise InputError(f"a row of over {MAX_ROW:,} characters")
        return line.replace("\0", "\ufffd")


def _column(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The name in the row of the first column that goes by one of the names."""
    lowered = {str(key).strip().casefold(): key for key in reversed(list(row))}
    return next((lowered[name] for name in names if name in lowered), None)


def _value(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the columns that holds something. Raises InputError when that is no text."""
    lowered = {str(key).strip().casefold(): key for key in reversed(list(row))}
    for name in names:
        value = row.get(lowered.get(name, ""))
        if value is not None and value != "":
            if not isinstance(value, str):
                raise InputError(f"its {name} is no text")
            if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
                raise InputError(f"its {name} holds characters that no text has")
            return value
    return None


def _reading(row: dict[str, Any]) -> Reading | InputError:
    try:
        text = _value(row, TEXT)
        if text is None or not text.strip():
            return InputError(f"there is no text in its column {TEXT[0]!r}")
        title, address = _value(row, TITLE), _value(row, ADDRESS)
        return Reading(text, title and title.strip(), _day(_value(row, PUBLISHED)), address and address.strip())
    except InputError as error:
        return error


def _day(value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    day = _DAY.fullmatch(value.strip())
    try:
        return date.fromisoformat(day[1] if day else value.strip()).isoformat()
    except ValueError:
        raise InputError(f"its day of publication {' '.join(value.split())[:60]!r} is no date: YYYY-MM-DD") from None


def as_text(stream: IO[bytes], encoding: str) -> IO[str]:
    """The stream as text whose line ends stay what they are. Reading raises UnicodeDecodeError for what is no text."""
    return io.TextIOWrapper(stream, encoding=encoding, newline="")
