"""HTML: the statement's paragraphs, headings and list items, each on a line of its own.

What stands around the statement (navigation, scripts, banners, footers) is left out by `page`; white space is what a
browser shows (CSS Text 3, `white-space: normal`), and list items keep the mark that a browser would draw.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from communique.errors import InputError
from communique.readers import page
from communique.readers.reading import Reading

MAX_BYTES = 10_000_000
"""Longest page that is taken. Pages with statements have less than two million."""
MAX_ATTRIBUTES = 1_000
"""Most attributes of one tag: the parser compares each with all before it."""

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_SPACES = re.compile(r"[ \t\n\f\r]+")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"""<([a-zA-Z][^\s/>"'<]{0,30})(?:[^"'>]|"[^"]*+"|'[^']*+')*+""")
_RAW_END = re.compile("</(?:script|style)", re.IGNORECASE)
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]+")


def read(data: bytes, *, charset: str | None = None, address: str | None = None) -> Reading:
    """The statement in a page, with the title, day and canonical address that the page itself gives.

    ``charset`` is what the server said of the encoding, ``address`` where the page was found; both may be unknown.
    Raises InputError when there is no statement in it or it is not a page that can be taken.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"a page of {len(data):,} bytes, over the limit of {MAX_BYTES:,}: give the statement alone")
    markup = decode(data, charset)
    root = _parse(markup)
    facts = page.facts(root, address)
    text = "".join(_lines(page.Page(root))).strip()
    if not text:
        raise InputError("there is no text in the page: one that is drawn by scripts must be saved as it is shown")
    return Reading(text, title=facts.title, published=facts.published, uri=facts.address)


def decode(data: bytes, charset: str | None = None) -> str:
    """The page's characters, by byte order mark, server or ``<meta charset>``, else UTF-8, else windows-1252.

    That is the order of the HTML standard, section 13.2.3.2. Bytes that are no character become U+FFFD, as in a
    browser. Raises InputError for binary data.
    """
    declared = _META_CHARSET.search(data, 0, 4096)
    names = [charset, declared[1].decode("ascii", "replace") if declared else None]
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\0" in data:
        raise InputError(f"binary data, not a page (byte {data.index(0)})")
    for name in filter(None, names):
        try:
            known = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        if known._is_text_encoding and known.name not in _NOT_OF_PAGES:
            # The standard reads both names as windows-1252, which holds the quotes that such pages use.
            used = "cp1252" if known.name in ("iso8859-1", "ascii") else known.name
            return data.decode(used, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


_NOT_OF_PAGES = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem"))


def _parse(markup: str) -> etree._Element:
    _bound(markup)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(markup.replace("\0", "\ufffd").encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise InputError(f"the page cannot be read: {' '.join(str(error).split())[:120]}") from None
    if root is None:
        raise InputError("there is nothing in the page")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError("the page's elements are nested too deep: give the statement alone")
    return root


def _bound(markup: str) -> None:
    """Raise InputError when a tag has so many attributes that parsing it would not end."""
    at = 0
    while tag := _TAG.search(markup, at):
        at = tag.end()
        if tag[1].lower() in ("script", "style"):
            end = _RAW_END.search(markup, at)
            at = end.end() if end else len(markup)
        elif len(tag[0]) > MAX_ATTRIBUTES and len(_BETWEEN_ATTRIBUTES.findall(tag[0])) > MAX_ATTRIBUTES:
            raise InputError(f"a tag of the page has over {MAX_ATTRIBUTES:,} attributes: give the statement alone")


# Elements → lines ----------------------------------------------------------------------------------------------------


class _Writer:
    """Gathers the words of one block at a time, and says what stands before each."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.marks: list[str] = []
        """Marks of the list items that have begun and have no text yet."""
        self.lists: list[int | None] = []
        """The lists around: the number of the next item, or None in a list without numbers."""
        self.gap = ""
        """What stands before the next block."""
        self.items = False
        """Whether what was written last is of a list that is still open."""
        self.preformatted = 0

    def add(self, text: str | None) -> None:
        if text:
            self.words.append(text if self.preformatted else _SPACES.sub(" ", text))

    def flush(self, gap: str) -> Iterator[str]:
        """The block that ends here, if it has words; ``gap`` goes before what follows."""
        text = "".join(self.words)
        if not self.preformatted:
            text = "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
        text = text.strip("\n \u00a0")
        self.words.clear()
        if text.strip():
            indent = "  " * (len(self.lists) - 1) if self.marks else ""
            yield f"{self.gap}{indent}{''.join(self.marks[-1:])}{text}"
            self.marks.clear()
            self.gap, self.items = gap, bool(self.lists)
        elif self.gap and not self.marks:
            self.gap = max(gap, self.gap)


def _lines(whole: page.Page) -> Iterator[str]:
    """The statement's text, block by block, with the line ends between."""
    writer, content = _Writer(), whole.content()
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(content, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                writer.add(element.tail)
            continue
        if event == "start":
            if whole.is_aside(element) and element is not content:
                skipped = element
                continue
            yield from _start(writer, element)
        else:
            yield from _end(writer, element)
            if element is not content:
                writer.add(element.tail)
    yield from writer.flush("")


def _start(writer: _Writer, element: etree._Element) -> Iterator[str]:
    tag = element.tag
    if tag == "br":
        writer.words.append("\n")
    elif tag in _BLOCKS:
        yield from writer.flush("\n" if tag == "li" else "\n\n")
        if tag in ("ul", "ol", "menu"):
            writer.lists.append(_first(element) if tag == "ol" else None)
        elif tag == "li":
            writer.marks.append(_mark(writer, element))
            if writer.items:
                writer.gap = "\n"
        writer.preformatted += tag == "pre"
    writer.add(element.text)


def _end(writer: _Writer, element: etree._Element) -> Iterator[str]:
    tag = element.tag
    if tag not in _BLOCKS:
        return
    yield from writer.flush("\n" if tag == "li" else "\n\n")
    if tag in ("ul", "ol", "menu") and writer.lists:
        writer.lists.pop()
        if not writer.lists and writer.gap:
            writer.gap, writer.items = "\n\n", False
    elif tag == "li":
        writer.marks.clear()
    writer.preformatted -= tag == "pre"


def _first(element: etree._Element) -> int:
    return _number(element.get("start"), 1)


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?[0-9]{1,6}", value.strip()) else default


def _mark(writer: _Writer, item: etree._Element) -> str:
    if not writer.lists or writer.lists[-1] is None:
        return "- "
    number = _number(item.get("value"), writer.lists[-1])
    writer.lists[-1] = number + 1
    parent = item.getparent()
    kind = parent.get("type") if parent is not None else None
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}. "
    return f"{number}. "
