"""Word (DOCX, ISO/IEC 29500): the document's paragraphs, headings, list items and table cells, each on its own line.

Headers, footers, notes, comments and what tracked changes have deleted are no part of the text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from communique.errors import InputError
from communique.readers.reading import Reading

if TYPE_CHECKING:
    from lxml import etree

MAX_UNPACKED = 50_000_000
"""Most bytes that a document's parts may have when unpacked. Each byte of markup can take twenty in memory."""
MAX_PARTS = 5_000
_INNERMOST = 8
"""The deepest level of a list that Word knows."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _TAB, _PROPERTIES = f"{_WORD}p", f"{_WORD}t", f"{_WORD}tab", f"{_WORD}pPr"
_BREAKS = frozenset((f"{_WORD}br", f"{_WORD}cr"))
_HYPHEN = f"{_WORD}noBreakHyphen"
_DELETED = frozenset((f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}pPr", f"{_WORD}rPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A second form of a drawing for old programs, with the same words again."""


def read(data: bytes) -> Reading:
    """The statement in a Word document. The title is the document's own; a day of publication it has none.

    Raises InputError when python-docx is not installed, or the document is damaged, too large or has no text.
    """
    try:
        docx = import_module("docx")
    except ImportError:
        raise InputError("reading Word needs python-docx: pip install 'communique[docx]'") from None
    _bound(data)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "".join(_lines(document)).strip()
        title = " ".join((document.core_properties.title or "").split())
    except Exception as error:
        # python-docx lets the errors of zip, XML and its own missing parts through, of a dozen types.
        raise InputError(f"a damaged Word document: {type(error).__name__}: it cannot be read") from None
    if not text:
        raise InputError("a Word document without text")
    return Reading(text, title=title or None)


def _bound(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise InputError("an encrypted Word document: save it without its password")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, OverflowError):
        raise InputError("a damaged Word document: it cannot be unpacked") from None
    # A part is never unpacked further than its stated size.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise InputError(f"a Word document of over {MAX_UNPACKED:,} bytes when unpacked: give its text alone")


def _lines(document: Any) -> Iterator[str]:
    """The text of the document's body, paragraph by paragraph, with the line ends between."""
    numbering = _Numbering(document)
    before, gap = False, ""
    for paragraph in _paragraphs(document.element.body):
        text = "".join(_words(paragraph)).strip()
        if not text:
            continue
        mark = numbering.mark(paragraph)
        yield f"{'' if not gap else chr(10) if before and mark else gap}{mark}{text}"
        before, gap = bool(mark), "\n\n"


def _paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of the text, without those that are deleted or drawn a second time."""
    walk = import_module("lxml.etree").iterwalk(body, events=("start",))
    for _, element in walk:
        if element.tag == _FALLBACK or element.tag in _DELETED:
            walk.skip_subtree()
        elif element.tag == _PARAGRAPH:
            yield element


def _words(paragraph: etree._Element) -> Iterator[str]:
    """The paragraph's own words, without those of a text box that is anchored in it."""
    # A stack of its own, because documents may be nested deeper than Python calls.
    pending = [iter(paragraph)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif element.tag == _TEXT:
            yield element.text or ""
        elif element.tag == _TAB:
            yield "\t"
        elif element.tag == _HYPHEN:
            yield "-"
        elif element.tag in _BREAKS:
            yield "\n"
        elif element.tag not in _DELETED and element.tag not in (_PARAGRAPH, _FALLBACK):
            pending.append(iter(element))


class _Numbering:
    """The marks that Word draws before list items, which the text itself does not hold."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.lists, self.levels = _formats(document)
        self.styles = {
            style.get(f"{_WORD}styleId"): _level(style.find(_PROPERTIES))
            for style in document.styles.element.iter(f"{_WORD}style")
        }

    def mark(self, paragraph: etree._Element) -> str:
        """What stands before the paragraph: nothing, or the mark of a list item."""
        style = _value(paragraph.find(f"{_PROPERTIES}/{_WORD}pStyle"))
        level = _level(paragraph.find(_PROPERTIES)) or self.styles.get(style)
        if level is None:
            return ""
        kind = self.levels.get(self.lists.get(level[0]), {}).get(level[1], "bullet")
        if kind == "none":
            return ""
        if kind == "bullet":
            return "- "
        counts = self.counts.setdefault(level[0], Counter())
        counts[level[1]] += 1
        # A list within this one begins anew after each of its items.
        for inner in [other for other in counts if other > level[1]]:
            del counts[inner]
        number = counts[level[1]]
        if kind.endswith("Letter") and number <= 26:
            return f"{chr((96 if kind.startswith('lower') else 64) + number)}. "
        return f"{number}. "


def _level(properties: etree._Element | None) -> tuple[str, str] | None:
    """The list and the level in it that a paragraph's or style's properties name."""
    numbering = properties.find(f"{_WORD}numPr") if properties is not None else None
    if numbering is None:
        return None
    number = _value(numbering.find(f"{_WORD}numId"))
    return None if number in (None, "0") else (str(number), _depth(_value(numbering.find(f"{_WORD}ilvl"))))


def _depth(value: str | None) -> str:
    """How deep a level is, from 0, as one digit."""
    return str(min(int(value), _INNERMOST)) if value and re.fullmatch("[0-9]{1,9}", value) else "0"


def _formats(document: Any) -> tuple[dict[str, str | None], dict[str | None, dict[str, str]]]:
    """The kind of each list of the document, and for each kind the format of its levels: bullet, decimal, …"""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}, {}
    levels: dict[str | None, dict[str, str]] = {}
    for abstract in root.iter(f"{_WORD}abstractNum"):
        levels[abstract.get(f"{_WORD}abstractNumId")] = {
            _depth(level.get(f"{_WORD}ilvl")): _value(level.find(f"{_WORD}numFmt")) or "decimal"
            for level in abstract.iter(f"{_WORD}lvl")
        }
    lists = {
        number.get(f"{_WORD}numId") or "": _value(number.find(f"{_WORD}abstractNumId"))
        for number in root.iter(f"{_WORD}num")
    }
    return lists, levels


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{_WORD}val")
