"""Spacecraft and instruments that nobody listed: by a number, a noun beside the name, or a list with a known one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from communique.knowledge import alternation
from communique.naming.beginnings import Forms, Standing
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules
from communique.naming.passage import Passage, any_of
from communique.naming.surroundings import Surroundings, begins_word

_CRAFT = re.compile(
    r"([A-Z][A-Za-z]{0,40}(?:-[A-Z][A-Za-z]{1,40}){0,4})(?:\d{2,4}-\d{1,2}|-[A-Z]?\d{1,3})[A-Z]?(?![\w/-]|\.\d|,\d)"
)
_CRAFT_NUMBER = re.compile(r"-[A-Z]?\d")
_LONGEST_CRAFT = 41 + 4 * 42 + 4
"""Characters that may stand in a spacecraft's name before the hyphen and its last number."""
_DISTINCTIVE = re.compile(r"\d|[A-Z]{3}")
_WORD = r"[A-Z]\w{0,40}[A-Z0-9][\w+]{0,40}(?:-[A-Z0-9]\w{0,40}){0,3}(?![\w-])"
"""One word that is no ordinary one: capitals or a digit stand inside it (``EMUS``, ``CaSSIS``, ``TRISAT-R``)."""
_WORDS = re.compile(rf"(?<![\w-]){_WORD}")
_LIST = rf"{_WORD}(?:, {_WORD}){{0,6}}(?:,? (?:and|or) {_WORD})?"
_NEXT = re.compile(rf"(?:,? and (?:the )?|[,;] (?:the )?)({_WORD}|[A-Z][a-z]+)(?![\w-]| [A-Z(])")
_PREVIOUS = re.compile(rf"(?<![\w-])(?<![A-Z] )({_WORD}|[A-Z][a-z]+)(?:,? and (?:the )?|, (?:the )?)\Z")
_OF_SERIES = re.compile(r"([ -])(\d{1,3}[A-Z]?|[IVX]{1,5})\Z")
"""The end of the name of one of several craft: what joins its number to it, and that (``Artemis II``)."""
_FURTHER_NUMBER = re.compile(
    r"(?:, and |,? (?:and|or) |, |/)(-?)(\d{1,3}[A-Z]?|[A-Z](?![\w-])|[IVX]{1,5})(?![\w%-]|[.,:/]\d)"
)
_COUNTED = re.compile(r" ([a-z-]+s)\b")
_ROOM = 80
_SHORTEST = 3


class Listed(Protocol):
    """What the lexicon says of a name, whatever context its guards ask for."""

    def is_mission(self, name: str) -> bool:
        """Whether exactly one mission is called so."""

    def is_other(self, name: str) -> bool:
        """Whether something is called so that is no mission."""


class CraftNames:
    """Finds missions by the knowledge of ``[shapes]`` in ``forms.toml``."""

    def __init__(self, rules: FormRules) -> None:
        self._rules = rules
        self._heads = Forms(rules.lower_heads)
        self.sought = self._heads.beginnings
        """What is looked for in a passage."""
        doer = rf"(?:[A-Z][\w.]{{0,30}}-(?:{alternation(rules.words['doers'])}) )?"
        determiners, modifiers = alternation(rules.words["determiners"]), alternation(rules.modifiers)
        self._determined = re.compile(
            rf"(?<!\w)(?:{determiners}|[A-Z][\w.]{{0,40}}'s) {doer}([A-Z][\w-]*(?: [A-Z0-9][\w-]*){{0,2}})\Z"
        )
        self._before = re.compile(rf"(?<![\w-])({_LIST})(?: (?:{modifiers}))?\Z")
        self._after = re.compile(
            rf"(?:,? ({_LIST})(?![\w-]| [A-Z(])|,? ([A-Z][a-z]+ \d{{1,3}}[A-Z]?)(?![\w-]|[.,:]\d)"
            r"| ([A-Z]\w*(?:-\w+)*)(?![\w'-]| [A-Z(]))"
        )
        self._article = re.compile(rf"(?<!\w)(?:{determiners})(?: [\w-]+){{0,3}}\Z")
        self._near = any_of(rules.near)
        self._generation = re.compile(
            rf"(?:[ -](?:{alternation(rules.generations)})|-\d{{1,2}}[A-Z]?)(?![\w-]| [A-Z]|\.\d)"
        )

    def find(self, passage: Passage, around: Surroundings, listed: Listed) -> Iterator[Candidate]:
        """The missions, in no order; they may overlap each other and the lexicon's hits."""
        found = [
            *self._numbered(passage),
            *self._of_a_generation(passage, around),
            *self._beside_heads(passage, around, listed),
        ]
        yield from found
        yield from self._of_a_series(passage, around)
        yield from self._beside_missions(passage, around, found, listed)

    def _numbered(self, passage: Passage) -> Iterator[Candidate]:
        """``CAS500-4``, where the paragraph speaks of space."""
        text = passage.text
        for m in _craft(text):
            stem = m.group(1)
            if text[m.start() - 1 : m.start()] in ("/", "."):
                continue
            if stem in self._rules.shape_refuse or stem.split("-")[0] in self._rules.shape_refuse:
                continue
            if passage.says(m.start(), self._near):
                yield Candidate(m.start(), m.end(), "mission", "form:numbered")

    def _of_a_generation(self, passage: Passage, around: Surroundings) -> Iterator[Candidate]:
        """``Tycho Second Generation``, where ``Tycho`` is a listed mission."""
        for hit in around.hits:
            if hit.kind == "mission":
                m = self._generation.match(passage.text, hit.end)
                if m is not None:
                    yield Candidate(hit.start, m.end(), "mission", "form:generation")

    def _of_a_series(self, passage: Passage, around: Surroundings) -> Iterator[Candidate]:
        """The further numbers of a list: ``Artemis II and III``, ``Sentinel-1 and -2``, ``Landsat 8/9``."""
        text = passage.text
        for hit in around.hits:
            first = _OF_SERIES.search(text, hit.start, hit.end) if hit.kind == "mission" else None
            if first is None:
                continue
            series, end = text[hit.start : first.start()], hit.end
            join, number = first.groups()
            while (m := _FURTHER_NUMBER.match(text, end)) is not None and self._goes_on(text, m, number, join):
                told = m.group(2) if len(m.group(2)) > 1 or not number[-1:].isalpha() else number[:-1] + m.group(2)
                end = m.end()
                yield Candidate(m.start(1), end, "mission", "form:series", name=f"{series}{join}{told}")

    def _goes_on(self, text: str, m: re.Match[str], number: str, join: str) -> bool:
        """Whether a number is one of the series, written as the one before, and counts nothing itself."""
        other = m.group(2)
        if m.group(1) and join != "-":
            return False
        if len(other) == 1 and other.isalpha() and not number.isalpha():
            return number[-1:].isalpha() and m.group().startswith("/")  # ``Sentinel-1A/B``
        if number.isdigit() != other.isdigit() or number.isalpha() != other.isalpha():
            return False
        counted = _COUNTED.match(text, m.end())
        return m.group(1) != "" or counted is None or counted.group(1) in self._rules.lower_heads

    def _beside_heads(self, passage: Passage, around: Surroundings, listed: Listed) -> Iterator[Candidate]:
        """``the Tycho spacecraft``, ``MADRAS and SAPHIR instruments``, ``the nanosatellite TRISAT``."""
        for head in self._heads.find(passage):
            if passage.text[head.start - 1 : head.start] != " ":
                continue
            named = self._determined_name(passage, around, head, listed)
            spans = [named] if named else [*self._names_before(passage, head), *self._names_after(passage, head)]
            for start, end in spans:
                name = passage.text[start:end]
                free = named is not None or (not listed.is_other(name) and self._plain(name, around, start))
                if free and passage.says(start, self._near):
                    yield Candidate(start, end, "mission", "form:lower-head")

    def _determined_name(
        self, passage: Passage, around: Surroundings, head: Standing, listed: Listed
    ) -> tuple[int, int] | None:
        """``the Tycho spacecraft``: up to three capitalised words between a determiner and the noun."""
        space = head.start - 1
        before = self._determined.search(passage.text, max(0, space - 60), space)
        if before is None:
            return None
        start, words = before.start(1), before.group(1)
        if around.over(start) or words.split()[0] in self._rules.words["openers"]:
            return None
        if head.form == "mission" and not (_DISTINCTIVE.search(words) or listed.is_mission(words)):
            return None
        if words in self._rules.generic or not self._plain(words, around, start):
            return None
        return start, space

    def _names_before(self, passage: Passage, head: Standing) -> Iterator[tuple[int, int]]:
        space = head.start - 1
        low = max(passage.line(space)[0], space - _ROOM)
        before = self._before.search(passage.text, low, space)
        if before is not None:
            yield from (m.span() for m in _WORDS.finditer(passage.text, *before.span(1)))

    def _names_after(self, passage: Passage, head: Standing) -> Iterator[tuple[int, int]]:
        """``satellites MeznSat and DhabiSat``, ``rocket, Ferdinand 1``; a word like others only after an article."""
        after = self._after.match(passage.text, head.end, passage.line(head.start)[1])
        if after is None:
            return
        if after.group(1) is not None:
            yield from (m.span() for m in _WORDS.finditer(passage.text, *after.span(1)))
            return
        numbered = after.group(2) is not None
        stem = after.group(2).partition(" ")[0] if numbered else after.group(3)
        if any(stem in self._rules.words[kind] for kind in ("openers", "months")):
            return
        if numbered and stem not in self._rules.shape_refuse:
            yield after.span(2)
        elif not numbered and self._article.search(passage.text, max(0, head.start - _ROOM), head.start - 1):
            yield after.span(3)

    def _beside_missions(
        self, passage: Passage, around: Surroundings, found: Sequence[Candidate], listed: Listed
    ) -> Iterator[Candidate]:
        """Names in one list with a mission: ``SCISAT, OSIRIS and Odin``. A word like others must be a listed one."""
        todo = [(h.start, h.end) for h in around.hits if h.kind == "mission"] + [(c.start, c.end) for c in found]
        taken = set(todo)
        while todo:
            start, end = todo.pop()
            low, limit = passage.line(start)
            for m in (
                _NEXT.match(passage.text, end, limit),
                _PREVIOUS.search(passage.text, max(low, start - _ROOM), start),
            ):
                if m is None or m.span(1) in taken or not self._may_join(passage, around, m, listed):
                    continue
                taken.add(m.span(1))
                todo.append(m.span(1))
                yield Candidate(m.start(1), m.end(1), "mission", "form:beside")

    def _may_join(self, passage: Passage, around: Surroundings, m: re.Match[str], listed: Listed) -> bool:
        name, start = m.group(1), m.start(1)
        if listed.is_mission(name):
            return around.over(start) is None
        if _WORDS.fullmatch(name) is None or len(name) <= _SHORTEST or listed.is_other(name):
            return False
        return self._plain(name, around, start) and passage.says(start, self._near)

    def _plain(self, words: str, around: Surroundings, start: int) -> bool:
        """Whether no word is a topic, title or general acronym, nor listed ("the Remote Sensing satellite")."""
        known = self._rules.words["topics"] | self._rules.title_words
        if words in self._rules.generic or words.split("-")[0] in self._rules.generic or len(words) < _SHORTEST:
            return False
        return not any(w in known for w in words.split()) and around.over(start + len(words) - 1) is None


def _craft(text: str) -> Iterator[re.Match[str]]:
    """Words with a spacecraft's number, found from their hyphen before a digit, which few words have."""
    done = 0
    for number in _CRAFT_NUMBER.finditer(text):
        start = number.start()
        low = max(done, start - _LONGEST_CRAFT)
        while start > low and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
        m = _CRAFT.match(text, start) if begins_word(text, start) else None
        if m is not None:
            done = m.end()
            yield m
