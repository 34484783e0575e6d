"""The words before a head noun: read leftward, as far as the name goes."""

from __future__ import annotations

import re

from communique.naming.acronyms import long_form_start
from communique.naming.heads import FormRules, Head
from communique.naming.matching import Hit
from communique.naming.passage import Passage
from communique.naming.surroundings import CAPITALISED, Surroundings, word_before

_WORDS = 16
"""Most words that stand before a name's head."""
_ROOM = 160
_STAGE = 2
"""Digits of the longest number of a stage."""
_LIST = re.compile(r"(?:(?<= )[A-Z]\w+, ){1,6}\Z")
_BRANCHES = re.compile(r"(?:(?<=[Tt]he )|(?<='s )|(?<=s' ))((?:[A-Z][\w-]{1,30}, ){1,6})(?:([A-Z][\w-]{1,30}) )?\Z")
_ACRONYM = re.compile(r" \(([A-Z][\w.&/+-]{1,9})\) \Z")
_DEFINED = re.compile(r" \(([A-Z][\w&/+-]{2,9})\)")
_PARTS = re.compile(r"[-/]")
_LOOSE_HYPHENS = (" - ", "- ")
_BETWEEN_PARTIES = ("-", " ", *_LOOSE_HYPHENS)


class FrontReader:
    """Finds where a name begins that ends in a head noun."""

    def __init__(self, rules: FormRules) -> None:
        self._rules = rules
        self._endings = tuple(rules.words["possessive_endings"])
        self._bodies = tuple(rules.words["bodies"])

    def start(self, passage: Passage, around: Surroundings, head: Head, at: int, *, parties_only: bool) -> int:
        """Where the capitalised words before the head at ``at`` begin; ``at`` itself where there are none.

        With ``parties_only`` nothing but a country word and a style (``Federal``) may stand before the head.
        """
        text = passage.text
        covering = around.over(at)
        if covering is not None and covering.start < at and not covering.forms[0].shared:
            paired = head.kind in ("forum", "instrument")
            return _pair_before(text, around, covering.start) if paired else covering.start
        low = max(passage.line(at)[0], at - _ROOM)
        begin = self._acronym_between(text, around, low, at)
        return self._leftward(passage, around, head, at, begin, parties_only)

    def _leftward(
        self, passage: Passage, around: Surroundings, head: Head, at: int, begin: int, parties_only: bool
    ) -> int:
        """The start of the words that end at ``begin`` and may stand before the head at ``at``."""
        text = passage.text
        low = max(passage.line(at)[0], at - _ROOM)
        first = begin
        for _ in range(_WORDS):
            word, next_begin = word_before(text, begin, low)
            if not word:
                inner = self._acronym_between(text, around, low, begin) if head.kind == "forum" else begin
                if inner == begin:
                    return _pair_with_acronym(text, around, low, begin) or first
                first = begin = inner  # `Safe Harbors (SH) Cooperation Dialogue`
                continue
            hit = around.over(next_begin)
            if hit is not None and hit.end <= at:
                return self._from_hit(text, around, head, hit, first, next_begin, word)
            if parties_only and word not in self._rules.words["styles"]:
                break
            if word in ("and", "&"):
                if first == at or begin != first:
                    break
                joined = self._joined(text, head, low, next_begin, first)
                if joined is not None:
                    return joined
                begin = next_begin
                continue
            if not (
                self._may_stand(passage, word, next_begin)
                or self._may_open(text, word, next_begin, low)
                or self._may_number(passage, head, word, next_begin)
            ):
                break
            first = begin = next_begin
        return first

    def told_by_acronym(self, passage: Passage, first: int, end: int) -> int:
        """Where the name from ``first`` to ``end`` begins by the acronym in brackets behind it.

        ``Mediterranean Israeli Dust Experiment (MEIDEX)`` begins before the country's adjective. ``first`` where the
        acronym tells nothing else.
        """
        text = passage.text
        bracket = _DEFINED.match(text, end)
        start = long_form_start(text, end, bracket.group(1), passage.line(first)[0]) if bracket else None
        if start is None or start >= first:
            return first
        words = text[start : first - 1].split(" ")
        opens = words[0] in self._rules.words["openers"]
        named = all(word in self._rules.words["ties"] or CAPITALISED.fullmatch(word) for word in words)
        return start if named and not opens else first

    def _list_start(self, text: str, low: int, at: int, first: int) -> int:
        """Where a list of topics begins whose last comma ends at ``at`` (``Research, Test, and Evaluation``).

        ``first``, the last member's beginning, where there is no such list.
        """
        members = _LIST.search(text, low, at)
        if members is None or not self._rules.words["topics"].issuperset(members.group().split(", ")[:-1]):
            return first
        return members.start()

    def _joined(self, text: str, head: Head, low: int, at: int, first: int) -> int | None:
        """Where a name begins that holds an `and` at ``at``; ``first`` where it holds none, None where it may go on."""
        branches = self._branches_start(text, low, at) if head.kind == "agency" else None
        if branches is not None:
            return branches
        before, _ = word_before(text, at, low)
        if before in self._rules.words["topics"]:
            return None
        return first if head.kind == "agency" else self._list_start(text, low, at, first)

    def _branches_start(self, text: str, low: int, at: int) -> int | None:
        """Where what a body is for begins in a list that ends at ``at`` (``the Trade, Tax and Customs Department``)."""
        members = _BRANCHES.search(text, low, at)
        if members is None:
            return None
        named = [*members[1].split(", ")[:-1], *([members[2]] if members[2] else [])]
        return members.start() if self._rules.words["topics"].issuperset(named) else None

    def _acronym_between(self, text: str, around: Surroundings, low: int, at: int) -> int:
        """Where the words begin whose acronym stands in brackets between them and the head.

        ``Critical and Emerging Technology (CET) Dialogue`` is one name. A listed name before the bracket is complete:
        ``at``, as where there is no acronym.
        """
        if text[at - 2 : at] != ") ":
            return at
        bracket = _ACRONYM.search(text, max(low, at - 16), at)
        if bracket is None:
            return at
        begin = bracket.start() + 1
        hit = around.over(begin - 2)
        if hit is not None and hit.kind != "adjective" and hit.end == begin - 1:
            return at
        start = long_form_start(text, begin - 1, bracket.group(1), low)
        return at if start is None or text.count(" ", start, begin - 1) == 0 else start

    def _may_open(self, text: str, word: str, begin: int, low: int) -> bool:
        """Whether a word that opens sentences follows a topic, or a style that is a title too follows no capital.

        ``Logistics Support Arrangement``; ``the General Intelligence Agency``, not ``Director General``.
        """
        before, _ = word_before(text, begin, low)
        if word in self._rules.words["styles"]:
            return not before[:1].isupper() or before.endswith("'s") or before in self._rules.words["openers"]
        return word in self._rules.words["openers"] and before in self._rules.words["topics"]

    def _may_number(self, passage: Passage, head: Head, word: str, begin: int) -> bool:
        """Whether a number tells the stage of what the name begins with (``Dragon 5 Cooperation Agreement``)."""
        if head.kind not in ("forum", "instrument") or not (word.isdecimal() and len(word) <= _STAGE):
            return False
        before, at = word_before(passage.text, begin, passage.line(begin)[0])
        return bool(before) and before not in self._rules.shape_refuse and self._may_stand(passage, before, at)

    def _may_stand(self, passage: Passage, word: str, begin: int) -> bool:
        words = self._rules.words
        if word in words["openers"]:
            return any(
                phrase.startswith(word) and passage.text.startswith(phrase, begin) for phrase in words["phrases"]
            )
        if word in words["months"] or word in self._rules.title_nouns or word.rpartition("-")[2] in words["doers"]:
            return False
        if word.endswith(("'s", "s'")):
            return word in words["possessives"] or (word[:1].isupper() and word.endswith(self._endings))
        if CAPITALISED.fullmatch(word) is None:
            return False
        opens = begin == passage.line(begin)[0] or passage.text[begin - 2 : begin] == "- "
        return not (opens and word.endswith("ing") and word not in words["gerunds"])

    def _from_hit(
        self, text: str, around: Surroundings, head: Head, hit: Hit, first: int, begin: int, word: str
    ) -> int:
        """How far a listed name before the head belongs to the new one (``Landsat 2030 ... Initiative``)."""
        if ("-" in word or "/" in word) and begin + len(word) > hit.end and not head.either:
            return hit.start if _is_compound(word) and text[begin + len(word)] == " " else first
        if text[hit.end : first] != " ":
            return first
        if hit.kind == "party":
            if text[hit.start - 1 : hit.start] == "-":
                return _pair_start(text, around, hit.start)
            loose = _loose_pair(text, around, hit, head) if head.kind in ("forum", "instrument") else None
            written_out = any(c.islower() for c in text[hit.start : hit.end])
            union = head.kind == "instrument" and hit.forms[0].entry.side == "EU"
            return loose or (hit.start if head.kind == "agency" or written_out or union else first)
        if hit.kind == "adjective":
            before, region = word_before(text, hit.start, max(0, hit.start - _ROOM))
            if before in self._rules.words["regions"]:
                return region
            regional = hit.forms[0].entry.side == "EU"
            open_to_all = head.kind in ("agency", "mission", "instrument") or not head.pair
            return hit.start if regional or open_to_all else first
        if hit.kind == "instrument":
            return hit.start if head.kind == "forum" else first
        if hit.kind == head.kind == "forum" and text.startswith(head.word, first):
            return first if text.endswith(self._bodies, hit.start, hit.end) else hit.start
        return first if hit.kind == "agency" else hit.start


def _pair_start(text: str, around: Surroundings, at: int) -> int:
    """Where a hyphenated compound of countries that reaches ``at`` begins (``U.S.-Japan-`` before ``ROK``)."""
    while at > 1 and text[at - 1] == "-":
        before = around.over(at - 2)
        if before is not None:
            at = before.start
            continue
        begin = at - 1
        while begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "."):
            begin -= 1
        if begin == at - 1 or not (text[begin].isupper()):
            return at
        at = begin
    return at


def _pair_before(text: str, around: Surroundings, at: int) -> int:
    """Where a compound of countries begins that stands before a listed name at ``at``, with a space or a hyphen."""
    word, begin = word_before(text, at, max(0, at - _ROOM))
    hit = around.over(begin) if "-" in word else None
    if hit is not None and hit.kind == "party" and hit.end < begin + len(word) and _is_compound(word):
        return hit.start
    return _pair_start(text, around, at)


def _is_compound(word: str) -> bool:
    """Whether every part of the word is capitalised (``U.S.-Chad``, not ``U.S.-led``)."""
    return CAPITALISED.fullmatch(word) is not None and all(part[:1].isupper() for part in _PARTS.split(word))


def _pair_with_acronym(text: str, around: Surroundings, low: int, at: int) -> int | None:
    """Where ``U.S.-Republic of Korea (ROK)`` before ``at`` begins: a pair of countries, one with its acronym."""
    bracket = _ACRONYM.search(text, max(low, at - 16), at)
    hit = around.over(bracket.start() - 1) if bracket else None
    if bracket is None or hit is None or hit.kind != "party" or hit.end != bracket.start():
        return None
    start = _pair_start(text, around, hit.start)
    return start if start < hit.start else None


def _loose_pair(text: str, around: Surroundings, hit: Hit, head: Head) -> int | None:
    """Countries with loose hyphens before the head, or with none before a forum's (``U.S. India Dialogue``)."""
    between = _BETWEEN_PARTIES if head.kind == "forum" else _LOOSE_HYPHENS
    start = hit.start
    before = around.before(start)
    while before is not None and before.kind == "party" and text[before.end : start] in between:
        start = before.start
        before = around.before(start)
    return start if start < hit.start else None
