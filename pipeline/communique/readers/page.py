"""What is what on a web page: the part that holds the statement, and what the page says of itself.

Finding the part follows Readability (Arc90, 2009; as Firefox's reader view does): elements that are boilerplate by
their role in HTML 5 or ARIA, or by the names that content systems give them, are left out; the statement is the page's
``main`` or ``article`` where that holds most of the remaining words, else the smallest element that does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

_NEVER = frozenset({
    "script", "style", "noscript", "template", "nav", "aside", "footer", "button", "select", "textarea", "svg",
    "object", "embed", "iframe", "canvas", "audio", "video", "dialog", "figcaption", "input", "label",
    "datalist", "map", "title", "head",
})  # fmt: skip
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu",
    "menubar", "toolbar",
})  # fmt: skip
_ASIDE_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:breadcrumbs?|cookies?|comments?|footer|masthead|menu|nav|navbar|navigation|newsletter|pager|pagination
    |popup|modal|print-only|promo|related|rss|screen-reader-text|share|sharing|sharedaddy|sidebar|skip-link|skip|social
    |sponsor|sr-only|subscribe|tags|taglist|toolbar|visually-hidden)(?:$|[\s_-])""",
    re.VERBOSE | re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CONTAINERS = frozenset(("div", "section", "main", "article", "form", "center", "span"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MOST = 0.6
"""Share of the page's words that ``main`` or ``article`` must hold to be taken for the statement's place."""
_NEARLY_ALL = 0.9
_MAX_JSON = 200_000


class Facts(NamedTuple):
    """What a page says of itself: its title, the ISO day it was published, its canonical address."""

    title: str | None
    published: str | None
    address: str | None


# The statement's place -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Measure:
    """What is in an element, with all that is within it."""

    characters: int = 0
    linked: int = 0
    """Characters that are words of links."""
    links: int = 0
    jumps: int = 0
    """Links to places of the same page."""
    paragraphs: int = 0
    """Paragraphs of prose: longer than a label."""

    def add(self, other: _Measure) -> None:
        self.characters += other.characters
        self.linked += other.linked
        self.links += other.links
        self.jumps += other.jumps
        self.paragraphs += other.paragraphs


class Page:
    """A parsed page: which element holds the statement, and which within it do not belong to it."""

    def __init__(self, root: etree._Element) -> None:
        body = root.find("body") if root.tag == "html" else root
        self.body = root if body is None else body
        self.measures = _measures(self.body)

    def is_aside(self, element: etree._Element) -> bool:
        """Whether the element is not of the statement: navigation, script, banner, footnote mark, or not shown."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER:
            return True
        if tag in ("html", "body", "main", "article") or tag in _HEADINGS:
            return _is_hidden(element)
        measure = self.measures[element]
        if tag == "sup":
            return measure.links > 0 and measure.links == measure.jumps
        if tag in ("ul", "ol", "header") and measure.links > 1 and measure.linked >= _NEARLY_ALL * measure.characters:
            return True
        if _is_hidden(element) or (element.get("role") or "").strip().lower() in _ROLES:
            return True
        # The names are guesses; nothing that holds paragraphs in number is thrown away on a guess.
        return measure.paragraphs < 3 and _ASIDE_NAMES.search(_names(element)) is not None

    def content(self) -> etree._Element:
        """The element that holds the statement: ``main`` or ``article``, else the smallest with nearly all words."""
        weights = self._weights()
        named = [e for e in weights if e.tag in ("article", "main") or e.get("role") == "main" or _is_body(e)]
        best = [e for e in named if weights[e] >= _MOST * weights[self.body]]
        place = min(best, key=lambda e: weights[e]) if best else self.body
        while True:
            inner = max(place, key=lambda e: weights.get(e, 0), default=None)
            if inner is None or inner not in weights or inner.tag not in _CONTAINERS or not len(inner):
                return place
            if weights[inner] < _NEARLY_ALL * weights[place]:
                return place
            place = inner

    def _weights(self) -> dict[etree._Element, int]:
        """Characters of prose in each element that is not left out, links not counted, in the page's order."""
        weights: dict[etree._Element, int] = {}
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(self.body, events=("start", "end")):
            if skipped is not None:
                skipped = None if element is skipped and event == "end" else skipped
                continue
            if event == "start":
                if element is not self.body and self.is_aside(element):
                    skipped = element
                    continue
                measure = self.measures[element]
                weights[element] = measure.characters - measure.linked
        return weights


def _measures(body: etree._Element) -> dict[etree._Element, _Measure]:
    """Each element's measure; time is linear in the page, however deep it is nested."""
    measures: dict[etree._Element, _Measure] = {}
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            measures[element] = _Measure(len((element.text or "").strip()) if element.tag not in _NEVER else 0)
            continue
        measure = measures[element]
        if element.tag == "a":
            href = element.get("href") or ""
            measure.linked, measure.links, measure.jumps = measure.characters, int(bool(href)), int(href[:1] == "#")
        elif element.tag == "p":
            measure.paragraphs += measure.characters > 80
        parent = element.getparent()
        if element is not body and parent is not None:
            if element.tag not in _NEVER:
                measures[parent].add(measure)
            measures[parent].characters += len((element.tail or "").strip())
    return measures


def _names(element: etree._Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}" if element.attrib else ""


def _is_hidden(element: etree._Element) -> bool:
    if not element.attrib:
        return False
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    return _HIDDEN.search(element.get("style") or "") is not None


def _is_body(element: etree._Element) -> bool:
    return "articleBody" in (element.get("itemprop") or "").split()


# What the page says of itself ----------------------------------------------------------------------------------------

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "dcterms.issued", "dc.date.issued", "dcterms.date",
    "dc.date", "dcterms.created", "datepublished", "citation_publication_date", "publish-date", "publish_date",
    "publication_date", "pubdate", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
"""Names of ``meta`` elements for the day of publication, the most exact first (Open Graph, Dublin Core, schema.org)."""
_DAY = re.compile(r"\s*(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)")
_SEPARATORS = re.compile(r"\s+[|\u2013\u2014\xbb\u2022-]\s+")


def facts(root: etree._Element, address: str | None = None) -> Facts:
    """Title, day of publication and canonical address, each None where the page does not give it."""
    metas = _metas(root)
    linked = list(_linked_data(root))
    return Facts(_title(root, metas, linked), _published(root, metas, linked), _address(root, metas, address))


def _metas(root: etree._Element) -> dict[str, str]:
    """The first content of each ``meta`` by its name, property or itemprop."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        value = " ".join((meta.get("content") or "")[:2000].split())
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _linked_data(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, one level deep and in ``@graph``."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(script.text or "") > _MAX_JSON:
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield from (i for i in [item, *(graph if isinstance(graph, list) else [])] if isinstance(i, dict))


def _title(root: etree._Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    # A few, because each may hold all the others.
    headings = [text for text in map(_words, islice(root.iter("h1"), 3)) if text]
    whole = next((text for text in map(_words, islice(root.iter("title"), 3)) if text), None)
    site = metas.get("og:site_name")
    for title in (
        metas.get("og:title"),
        next((i["headline"] for i in linked if isinstance(i.get("headline"), str)), None),
    ):
        if title and title.strip():
            return _without_site(" ".join(title.split()), site, headings)
    if len(headings) == 1:
        return headings[0]
    return _without_site(whole, site, headings) if whole else None


def _without_site(title: str, site: str | None, headings: list[str]) -> str:
    """The title without the name of the site that stands at its end."""
    for separator in reversed(list(_SEPARATORS.finditer(title))):
        first, last = title[: separator.start()], title[separator.end() :]
        if first in headings or (site and last.casefold() == site.casefold()):
            return first
    return title


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext()))[:2000].split())


def _published(root: etree._Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    said = [metas[name] for name in _PUBLISHED if name in metas]
    said += [item["datePublished"] for item in linked if isinstance(item.get("datePublished"), str)]
    times = list(root.iter("time"))
    marked = [t for t in times if t.get("pubdate") is not None or "datePublished" in (t.get("itemprop") or "")]
    said += [t.get("datetime") or "" for t in marked]
    days = [day for day in map(_day, said) if day]
    if not days:
        # Times that nothing marks are the publication's only where they all agree.
        days = sorted({day for day in (_day(t.get("datetime") or "") for t in times) if day})
        days = days if len(days) == 1 else []
    return days[0] if days else None


def _day(text: str) -> str | None:
    match = _DAY.match(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else None
    except ValueError:
        return None


def _address(root: etree._Element, metas: dict[str, str], base: str | None) -> str | None:
    links = [e.get("href") or "" for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for link in [*links, metas.get("og:url", "")]:
        try:
            address = urljoin(base or "", link.strip()) if link.strip() else ""
            if urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname:
                return address
        except ValueError:
            continue
    return None
