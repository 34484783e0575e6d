"""The statement's own parties: who `we` and `the two sides` are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from spacy.language import Language

from communique.annotations import Annotations
from communique.components.annotator import Annotator
from communique.knowledge import KnowledgeFile, alternation
from communique.lexicon import FILES, listed_forms, read_lexicon
from communique.naming.beginnings import Cut
from communique.naming.matching import FormIndex, find_forms
from communique.naming.passage import Passage
from communique.words import Facts

_NAME_WORD = re.compile(r"[^\W\d_][\w'.-]*[^\W_]\.?|[^\W\d_]")
_UNHYPHENED = re.compile(r"(?<=[\w.])- (?=[A-Z])|\s?\u2013\s?(?=[A-Z])")
_PAIRED_AFTER, _PAIRED_BEFORE = re.compile(r"-[A-Z]"), re.compile(r"(?<!\w)[A-Z][\w.]{0,20}-\Z")  # `U.S.-Africa`
_PAIRED = 24
"""Code points before a country's name in which the other name of a pair can stand."""
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00a0": " ", "\n": " "})
_RULES = (
    "unilateral", "mutual", "speaks", "authors", "topic_before", "party_before", "list_gap", "office_after", "cut",
    "articled", "regional", "signatories", "joint", "open_group", "attended",
)  # fmt: skip
_CASED = ("office_after", "list_gap", "articled")
"""Rules in which case counts."""


@lru_cache(maxsize=8)
def country_names(source: KnowledgeFile) -> dict[str, str]:
    """ISO code by every name, abbreviation and adjective in `parties.toml`."""
    names: dict[str, str] = {}
    for entry in source.data["party"]:
        forms = [entry["name"], entry.get("acronym"), *entry.get("aliases", []), *entry.get("adjectives", [])]
        forms += [guarded["form"] for guarded in entry.get("guarded", [])]
        for form in forms:
            if form:
                names.setdefault(form, entry["iso"])
    return names


@lru_cache(maxsize=8)
def official_sides(source: KnowledgeFile) -> dict[str, str]:
    """ISO code by the full names and surnames of `officials.toml`.

    A surname that people of two countries have is left out; there ``Title Surname`` stands instead
    (``President Lee``), where the office tells them apart.
    """
    full: dict[str, str] = {}
    surnames: dict[str, set[str]] = {}
    titled: dict[str, set[str]] = {}
    for entry in source.data["official"]:
        for name in (entry["name"], *entry.get("aliases", [])):
            full[name] = entry["country"]
        for surname in entry.get("surnames", []):
            surnames.setdefault(surname, set()).add(entry["country"])
            for term in entry["terms"]:
                titled.setdefault(f"{term['office']} {surname}", set()).add(entry["country"])
    known = {name: next(iter(sides)) for name, sides in surnames.items() if len(sides) == 1}
    by_office = {
        name: next(iter(sides))
        for name, sides in titled.items()
        if len(sides) == 1 and name.rpartition(" ")[2] not in known
    }
    return {**by_office, **known, **full}


@dataclass(frozen=True, slots=True)
class Named:
    """A country told by its name, by an adjective or by a person at a place of a text."""

    start: int
    end: int
    kind: Literal["party", "adjective", "person"]
    side: str


_Form = tuple[str, dict[str, Any] | None, str]
"""A person's name, the entry that says when a title before it is theirs (None where it is enough), and the country."""


class Officials:
    """Finds the people of `officials.toml` in a text: full names, surnames after a title, distinct surnames."""

    def __init__(self, source: KnowledgeFile) -> None:
        self._by_word: dict[str, list[_Form]] = {}
        self._ending = Facts(self._ending_in)
        for entry in source.data["official"]:
            for name in (entry["name"], *entry.get("aliases", [])):
                self._add(name, None, entry["country"])
            for surname in entry.get("surnames", []):
                self._add(surname, None if entry.get("distinct") else entry, entry["country"])
        for forms in self._by_word.values():
            forms.sort(key=lambda form: -len(form[0]))
        self._titles: list[str] = source.data["rules"]["titles"]
        self._title = re.compile(rf"(?<!\w)({alternation(self._titles)}) (?:Dr\. )?\Z")

    def _add(self, form: str, entry: dict[str, Any] | None, side: str) -> None:
        word = _NAME_WORD.findall(form)[-1]
        self._by_word.setdefault(word.rstrip("."), []).append((form.rstrip("."), entry, side))

    def find(self, text: str, year: int | None) -> Iterator[Named]:
        """The people named, in the order of the text. ``year`` is the statement's, where it is known."""
        for m in _NAME_WORD.finditer(text):
            for length, forms in self._ending[m.group()]:
                found = self._read(text, m.start() + length, forms, year)
                if found is not None:
                    yield found
                    break

    def _ending_in(self, word: str) -> list[tuple[int, list[_Form]]]:
        """The forms that end in a word, or in its first part, and how much of the word that is."""
        last = word.removesuffix("'s").rstrip(".")
        keys = dict.fromkeys((last, last.partition("-")[0]))  # `the Biden-Harris Administration`
        return [(len(key), self._by_word[key]) for key in keys if key in self._by_word]

    def titled(self, text: str, person: Named) -> bool:
        """Whether a title stands before the name, or is part of it."""
        name = text[person.start : person.end]
        return self._title.search(text, max(0, person.start - 40), person.start) is not None or any(
            name.startswith(title + " ") for title in self._titles
        )

    def _read(self, text: str, end: int, forms: Sequence[_Form], year: int | None) -> Named | None:
        titled: dict[str, Named] = {}
        for form, entry, side in forms:
            start = end - len(form)
            if start < 0 or not text.startswith(form, start) or text[start - 1 : start].isalnum():
                continue
            if entry is None:
                return Named(start, end, "person", side)
            title = self._title.search(text, max(0, start - 40), start)
            if title is not None and _held(entry, title.group(1), year):
                titled[side] = Named(title.start(), end, "person", side)
        return next(iter(titled.values())) if len(titled) == 1 else None


def _held(entry: dict[str, Any], title: str, year: int | None) -> bool:
    """Whether the person held an office that the title can mean, no later than ``year``."""
    words = title.removesuffix("s").split()
    return any(
        (year is None or term["since"] <= year) and all(word in term["office"] for word in words)
        for term in entry["terms"]
    )


class PartiesComponent(Annotator):
    """Tells the statement's parties from its title, its opening and the meetings' members."""

    files = ("parties.toml", "forums.toml", "officials.toml")

    def build(self) -> None:
        """Make the index of country names, people and groupings. Raises ModelError where a rule is missing or wrong."""
        empty = {file: KnowledgeFile(file, "") for file in FILES}
        self._index = FormIndex(read_lexicon({**empty, "parties.toml": self.sources["parties.toml"]}).forms)
        self._officials = Officials(self.sources["officials.toml"])
        self._rules = _patterns(self.sources["officials.toml"])
        self._prefixes: dict[str, str] = self.sources["officials.toml"].data["prefixes"]
        self._prefix = re.compile(rf"(?<!\w)(?:{alternation(self._prefixes)})(?=-[A-Z])")
        self._opening_length: int = self.sources["officials.toml"].data["rules"]["opening"]
        self._groupings = _groupings(self.sources["forums.toml"])
        self._cut = Cut(self._index.beginnings, self._groupings.beginnings)

    def annotate(self, found: Annotations) -> None:
        """Set the parties; needs sentences and mentions."""
        found.parties = self._parties(found.text, found)

    def _parties(self, text: str, found: Annotations) -> list[str]:
        title = _UNHYPHENED.sub("-", (found.title or "").translate(_QUOTES))
        year = int(found.published[:4]) if found.published else None
        named = self._sides(title, year)
        members = self._grouping(title)
        if len(named) < 2 and members:
            authors = self._opening(text, found, year, ("authors",))  # not all members speak on their grouping
            return (
                authors
                if len(authors) >= 2 and set(authors) <= {*members, *named}
                else list(dict.fromkeys([*members, *named]))
            )
        if len(named) >= 2:
            return named
        if self._rules["unilateral"].search(title):
            single = named or self._letterhead(text, found)
            if single:
                return single
        regional = self._rules["regional"].search(title) is not None
        opening = self._opening(text, found, year, ("authors",) if regional else ("authors", "speaks"))
        if regional and len(opening) < 3:
            return self._closing(text, found, year, named)
        if len(opening) < 2 and len(present := self._opening(text, found, year, ("attended",))) > 2:
            opening = present
        alone = len(opening) == 1 and not named and self._rules["joint"].search(title) is not None
        if alone and not self._beside_body(found):
            opening = []
        if opening:
            opening = self._closing(text, found, year, opening)
            return opening if named and named[0] in opening else named + opening
        return self._closing(text, found, year, []) or self._frequent(text, found, named)

    def _sides(self, text: str, year: int | None) -> list[str]:
        """The countries that a title or an opening sentence names as parties, in its order."""
        hits = [
            Named(h.start, h.end, "party" if h.kind == "party" else "adjective", h.forms[0].entry.side or "")
            for h in find_forms(self._index, Passage(text, cut=self._cut))
        ]
        hits += self._officials.find(text, year)
        starts = {hit.start for hit in hits}
        hits += (
            Named(m.start(), m.end(), "party", self._prefixes[m.group()])
            for m in self._prefix.finditer(text)
            if m.end() + 1 in starts  # `Indo-German`, not `Indo-Pacific`
        )
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        sides: list[str] = []
        before: Named | None = None
        status = False
        for index, hit in enumerate(hits):
            following = hits[index + 1] if index + 1 < len(hits) else None
            told = self._told(text, hit, before, following, status)
            if told is not None:
                status, before = told, hit
                if told and hit.side not in sides:
                    sides.append(hit.side)
        return sides

    def _told(self, text: str, hit: Named, before: Named | None, after: Named | None, status: bool) -> bool | None:
        """Whether the country is a party (True), only spoken of (False), or no country at all (None)."""
        if hit.kind == "person":  # `Putin's war` speaks of him, `President Biden's call` of what he did
            return text[hit.end : hit.end + 1] != "'" or self._officials.titled(text, hit)
        if after is not None and text[hit.end : after.start] in ("-", "/"):
            return True
        if before is not None and text[before.end : hit.start] in ("-", "/") and status:
            return True
        low = max(hit.start - _PAIRED, 0)
        if hit.kind == "party" and (_PAIRED_AFTER.match(text, hit.end) or _PAIRED_BEFORE.search(text, low, hit.start)):
            return True
        office = self._rules["office_after"].match(text, hit.end + 2 if text.startswith("'s", hit.end) else hit.end)
        if hit.kind == "adjective":
            return True if office else None
        if text[hit.end : hit.end + 1] == "'" and not office:
            return False
        if before is not None and self._rules["list_gap"].fullmatch(text, before.end, hit.start):
            return status
        words = text[max(0, hit.start - 60) : hit.start]
        governs = office is not None and office.group().strip(" -").lower() == "government"
        if words.endswith("the ") and not governs and not self._rules["articled"].search(text[hit.start : hit.end]):
            return None
        words = words.removesuffix("the ")
        if self._rules["party_before"].search(words):
            return True
        return not self._rules["topic_before"].search(words)

    def _grouping(self, text: str) -> list[str]:
        """The members of a grouping that the text names."""
        hits = find_forms(self._groupings, Passage(text, cut=self._cut))
        return list(hits[0].forms[0].entry.members) if hits else []

    def _opening(self, text: str, found: Annotations, year: int | None, rules: Sequence[str]) -> list[str]:
        """The countries of the first sentence that says who speaks, or else who met."""
        single: list[str] = []
        for rule in rules:
            for start, end in found.sentences[: self._opening_length]:
                words = _without_bodies(text, found, start, end)
                m = self._rules[rule].search(words)
                if m is None:
                    continue
                if self._is_open(words, found, start, end):
                    return []
                cut = self._rules["cut"].search(words, m.end())
                words = words[: cut.start()] if cut else words
                sides = self._sides(words, year)
                sides = sides if len(sides) >= 2 else list(dict.fromkeys([*self._grouping(words), *sides]))
                agencies = self._agencies(found, start, start + len(words))
                sides = list(dict.fromkeys([*agencies, *sides])) if len(agencies) > len(sides) else sides
                if len(sides) >= 2:
                    return sides
                single = single or sides or self._only_side(found, start, start + len(words))
        return single

    def _beside_body(self, found: Annotations) -> bool:
        """Whether the opening names a body of many countries, with which a single one can have a joint statement."""
        until = found.sentences[: self._opening_length][-1:] or [(0, 0)]
        return any(
            m.kind == "agency" and m.entity.known and m.entity.side is None
            for m in found.mentions
            if m.end <= until[0][1]
        )

    @staticmethod
    def _only_side(found: Annotations, start: int, end: int) -> list[str]:
        """The side of the agencies beside a body of many countries: `ESA and JAXA met`."""
        named = [m.entity for m in found.mentions if m.kind == "agency" and start <= m.start < end]
        sides = list(dict.fromkeys(entity.side for entity in named if entity.side is not None))
        shared = any(entity.known and entity.side is None for entity in named)
        return sides if shared and len(sides) == 1 else []

    def _is_open(self, words: str, found: Annotations, start: int, end: int) -> bool:
        """Whether a sentence speaks of a group that whoever signs or takes part belongs to, and lists no members."""
        if self._rules["open_group"].search(words) is None:
            return False
        return sum(m.kind == "party" and start <= m.start < end for m in found.mentions) < 2

    @staticmethod
    def _agencies(found: Annotations, start: int, end: int) -> list[str]:
        """The sides of two or more agencies that a part of the text names: `KASA and JAXA held their first …`."""
        named = [m.entity.side for m in found.mentions if m.kind == "agency" and start <= m.start < end]
        sides = [side for side in dict.fromkeys(named) if side is not None]
        return sides if len(sides) >= 2 else []

    def _closing(self, text: str, found: Annotations, year: int | None, named: list[str]) -> list[str]:
        """Three or more countries that the end of the text lists as those who took part; else ``named``."""
        for start, end in found.sentences[-self._opening_length :]:
            m = self._rules["signatories"].search(text, start, end)
            if m is None:
                continue
            until = len(text) if text[end - 1] == ":" else end  # each of them may have a line of its own
            sides = self._sides(text[m.end() : until], year)
            if len(sides) >= 3 and set(named) <= set(sides):
                return sides
        return named

    def _letterhead(self, text: str, found: Annotations) -> list[str]:
        """The country of the office in whose name a text is published, at its top."""
        top = text.find("\n")
        for mention in found.mentions[:1]:
            if mention.kind == "agency" and mention.entity.side and mention.start < top:
                return [mention.entity.side]
        return []

    def _frequent(self, text: str, found: Annotations, named: list[str]) -> list[str]:
        """Where nothing introduces them but words tell of two, the two countries that the opening names most."""
        sentences = found.sentences[: self._opening_length]
        limit = sentences[-1][1] if sentences else 0
        if not self._rules["mutual"].search(text, 0, limit):
            return named
        counts = Counter(
            h.forms[0].entry.side or "" for h in find_forms(self._index, Passage(text[:limit], cut=self._cut))
        )
        ranked = counts.most_common(3)
        if len(ranked) < 2 or (len(ranked) == 3 and ranked[1][1] <= ranked[2][1]):
            return named
        two = [side for side, _ in ranked[:2]]
        return two if not named or named[0] in two else named


def _without_bodies(text: str, found: Annotations, start: int, end: int) -> str:
    """A stretch of text in which bodies of many countries are blank: the European Space Agency is no word of the EU."""
    words = text[start:end]
    for m in found.mentions:
        if m.kind == "agency" and m.entity.side is None and m.entity.known and start <= m.start and m.end <= end:
            words = words[: m.start - start] + "_" * (m.end - m.start) + words[m.end - start :]
    return words


def _patterns(source: KnowledgeFile) -> dict[str, re.Pattern[str]]:
    return {key: source.pattern("rules", key, _cased if key in _CASED else _uncased) for key in _RULES}


def _cased(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)  # compiled here, so that what measures expressions tells whose it is


def _uncased(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _groupings(source: KnowledgeFile) -> FormIndex:
    """The forms of the groupings whose members `forums.toml` lists."""
    listed = (entry for entry in source.data.get("forum", []) if len(entry.get("members", ())) >= 2)
    return FormIndex(form for entry in listed for form in listed_forms("forum", entry))


@Language.factory("communique_parties")
def create(nlp: Language, name: str) -> PartiesComponent:
    """The factory that a model's config.cfg names."""
    return PartiesComponent()
