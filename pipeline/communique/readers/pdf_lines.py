"""PDFium's part of reading PDF: bytes on standard input → lines of type, title or error on standard output, as JSON.

A program of its own, because PDFium can neither be stopped nor kept from falling: a page of two kilobytes whose forms
hold one another takes it years.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from dataclasses import astuple
from importlib import import_module
from types import ModuleType
from typing import Any

from communique.errors import InputError
from communique.readers.typeset import Line

MAX_PAGES = 2_000
MAX_CHARACTERS = 5_000_000
"""Most characters of a document; the longest statements have some hundred thousand."""
MAX_MEMORY = 4_000_000_000
"""Bytes of address space, of which PDFium uses some hundred million for any honest document."""
MAX_CPU_SECONDS = 150

_GAP = 3.0
"""Distance, in sizes of the type, past which what follows on the same line is another column."""
_SHORT = 4
"""Characters that a list item's mark can have: what follows it after a gap belongs to it."""


def main() -> None:
    """The program."""
    _bound_itself()
    try:
        pages, title = pages_and_title(sys.stdin.buffer.read())
        answer: dict[str, Any] = {"pages": [[astuple(line) for line in page] for page in pages], "title": title}
    except InputError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))


def _bound_itself() -> None:
    """Keep to a share of the machine, also where whoever started this is no longer there to stop it."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CPU, MAX_CPU_SECONDS)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def pages_and_title(data: bytes) -> tuple[list[list[Line]], str]:
    """The lines of each page as PDFium finds them, and the document's title.

    Raises InputError when the PDF is damaged, encrypted, or over a limit.
    """
    pdfium = import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
            raise InputError("an encrypted PDF: save it without its password") from None
        raise InputError("a damaged PDF: it cannot be opened") from None
    try:
        return _pages(document, pdfium), " ".join(document.get_metadata_value("Title").split())
    finally:
        document.close()


def _pages(document: Any, pdfium: ModuleType) -> list[list[Line]]:
    if len(document) > MAX_PAGES:
        raise InputError(f"a PDF of {len(document):,} pages, over the limit of {MAX_PAGES:,}: split it")
    pages, characters = [], 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            raise InputError(f"a damaged PDF: its page {number + 1} cannot be read") from None
        characters += max(text.count_chars(), 0)
        if characters > MAX_CHARACTERS:
            raise InputError(f"a PDF of over {MAX_CHARACTERS:,} characters: split it")
        pages.append(list(_lines(text, pdfium.raw)))
        text.close()
        page.close()
    return pages


def _lines(text: Any, raw: ModuleType) -> Iterator[Line]:
    """The runs of characters that PDFium finds on one line, cut where a column begins."""
    run, box = _Run(), _Box(text, raw)
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsHyphen(text, index) == 1:
            # PDFium leaves out the line end after a hyphen that it takes for one of typesetting.
            run.add("-", box.at(index))
            code = _LINE_END
        if code in (_LINE_END, 13):
            yield from run.end()
            run = _Run()
        elif chr(code).isspace():
            run.space()
        elif code >= 32 and not 0xD800 <= code < 0xE000 and code not in _NO_CHARACTERS:
            ends = box.at(index)
            if run.is_apart(ends[0]):
                yield from run.end()
                run = _Run()
            if len(run.characters) < _SHORT:
                # The mark of a list item may be in other type than its words.
                run.size, run.base = box.size(index), box.base(index)
            run.add(chr(code), ends)
    yield from run.end()


_LINE_END = 10
_NO_CHARACTERS = frozenset((0xFFFE, 0xFFFF))


class _Box:
    """Where the characters of a page stand."""

    def __init__(self, text: Any, raw: ModuleType) -> None:
        self.text, self.raw = text, raw
        self.left, self.right, self.bottom, self.top = (ctypes.c_double() for _ in range(4))
        self.rectangle = raw.FS_RECTF()

    def at(self, index: int) -> tuple[float, float]:
        """The left and right end of a character."""
        self.raw.FPDFText_GetCharBox(self.text, index, self.left, self.right, self.bottom, self.top)
        return _sound(self.left.value), _sound(self.right.value)

    def size(self, index: int) -> float:
        """The size of a character's type: not the one that its font was set to, which the page may scale."""
        self.raw.FPDFText_GetLooseCharBox(self.text, index, self.rectangle)
        return round(2 * max(_sound(self.rectangle.top - self.rectangle.bottom), 1.0)) / 2

    def base(self, index: int) -> float:
        """The height of a character's base line."""
        self.raw.FPDFText_GetCharOrigin(self.text, index, self.left, self.bottom)
        return _sound(self.bottom.value)


def _sound(value: float) -> float:
    """The value within what a page can have; damaged files say others."""
    return min(max(value, -_FURTHEST), _FURTHEST) if value == value else 0.0


_FURTHEST = 20_000.0
"""PDF's largest page is 14,400 points wide."""


class _Run:
    """Characters of one line, and where they stand."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.left = self.right = self.last = self.base = 0.0
        self.size = 1.0

    def is_apart(self, left: float) -> bool:
        """Whether a character that begins there is of another column."""
        return len(self.characters) > _SHORT and (
            left - self.last > _GAP * self.size or left < self.left - 2 * _GAP * self.size
        )

    def space(self) -> None:
        if self.characters and self.characters[-1] != " ":
            self.characters.append(" ")

    def add(self, character: str, ends: tuple[float, float]) -> None:
        left, right = ends
        if not self.characters:
            self.left, self.right = left, right
        self.left, self.right, self.last = min(self.left, left), max(self.right, right), right
        self.characters.append(character)

    def end(self) -> Iterator[Line]:
        text = "".join(self.characters).strip()
        if text:
            yield Line(text, self.left, self.right, self.base, self.size)


if __name__ == "__main__":
    main()
