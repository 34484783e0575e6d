"""PDF: the text in reading order, with the page that each part of it stands on.

PDFium says where each character stands; `typeset` makes paragraphs of that.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from communique.errors import InputError
from communique.readers import typeset
from communique.readers.reading import Reading
from communique.readers.typeset import Line

if TYPE_CHECKING:
    from types import ModuleType

MAX_PAGES = 2_000
MAX_CHARACTERS = 5_000_000
"""Most characters of a document; the longest statements have some hundred thousand."""

_GAP = 3.0
"""Distance, in sizes of the type, past which what follows on the same line is another column."""
_SHORT = 4
"""Characters that a list item's mark can have: what follows it after a gap belongs to it."""


def read(data: bytes) -> Reading:
    """The statement in a PDF, with its pages. The title is the document's own; a day of publication it has none.

    Raises InputError when pypdfium2 is not installed, or the PDF is damaged, encrypted, too long or has no text.
    """
    pdfium = _library()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
            raise InputError("an encrypted PDF: save it without its password") from None
        raise InputError("a damaged PDF: it cannot be opened") from None
    try:
        pages = _pages(document, pdfium)
        title = " ".join(document.get_metadata_value("Title").split())
    finally:
        document.close()
    if not any(pages):
        raise InputError("a PDF without text, such as a scan: have its text recognised (OCR) first")
    text, starts = typeset.compose(pages)
    return Reading(text, title=title or None, pages=starts)


def _library() -> ModuleType:
    try:
        return import_module("pypdfium2")
    except ImportError:
        raise InputError("reading PDF needs pypdfium2: pip install 'communique[pdf]'") from None


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
