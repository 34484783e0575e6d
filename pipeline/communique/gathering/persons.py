"""People with their titles, in both orders: `Deputy Minister X Y` and `X Y, Deputy Minister`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.annotations import Entity
from communique.gathering.plural_titles import PluralTitles
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.titles import (
    agency_after,
    agency_in,
    country_after,
    country_in,
    past_letters,
    ranks_before,
    title_after,
    title_before,
    written,
)
from communique.gathering.tokens import INITIAL, POSSESSIVE, Token, Tokens

_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named; ``agency`` is one that stands in or beside the title.

    ``start`` and ``end`` are those of the name, ``low`` and ``high`` those of the name with its title.
    """

    start: int
    end: int
    low: int
    high: int
    name: str
    title: str | None
    agency: Entity | None
    side: str | None


class Persons:
    """Reads people out of a stretch of text."""

    def __init__(self, rules: MeetingRules, tokens: Tokens) -> None:
        self._tokens = tokens
        self._plural = PluralTitles(rules.plurals, rules.words["persons.starts"])
        self._courtesies = frozenset(rules.words["persons.courtesies"])

    def find(self, reading: Reading, start: int, end: int) -> list[Person]:
        """The people named in [start, end), in their order."""
        known = reading.people.get((start, end))
        if known is None:
            known = reading.people[start, end] = self._find(reading, start, end)
        return known

    def _find(self, reading: Reading, start: int, end: int) -> list[Person]:
        tokens = self._tokens.read(reading, start, end)
        runs = self._runs(tokens)
        found: list[Person] = []
        used = 0
        for index, (first, last) in enumerate(runs):
            following = runs[index + 1][0] if index + 1 < len(runs) else len(tokens)
            person, used = self._person(reading.text, tokens, used, first, last, following)
            if person is None:
                continue
            if found and person.title and _is_of_other(tokens, found[-1], person):
                found[-1] = replace(
                    found[-1], title=person.title, agency=person.agency, side=person.side, high=person.high
                )
                continue
            found.append(person)
        return self._plural.share(reading.text, tokens, found)

    def _runs(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """Stretches of tokens that are people's names."""
        runs: list[tuple[int, int]] = []
        index = 0
        while index < len(tokens):
            if tokens[index].kind != "n":
                index += 1
                continue
            last = self._run_end(tokens, index)
            if self._is_name(tokens, index, last):
                runs.append((index, last))
            index = last
        return runs

    def _run_end(self, tokens: Sequence[Token], first: int) -> int:
        last = first + 1
        while last < len(tokens):
            token = tokens[last]
            glued = token.kind == "v" and last + 1 < len(tokens) and tokens[last + 1].kind in "nv"
            comma = token.text == "," and last + 1 < len(tokens) and tokens[last + 1].kind == "j"
            if token.kind in "nj" or glued or comma:
                last += 1
                continue
            single = last - first == 1 or (last - first == 2 and INITIAL.match(tokens[last - 1].text))
            closed = last + 1 >= len(tokens) or tokens[last + 1].kind in (",", "and", "x")
            scoped = first > 0 and tokens[first - 1].kind in ("p", "s", "C")
            if token.kind in "sm" and not scoped and single and closed and "-" not in token.text:
                last += 1
            break
        return last

    def _is_name(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        length = last - first
        before = tokens[first - 1] if first else None
        after = tokens[last] if last < len(tokens) else None
        if after is not None and after.kind in "tmsA" and after.text != "/":
            return False
        if length == 1:
            return before is not None and (before.kind == "t" or self._is_surname(tokens, first))
        if (
            after is not None
            and after.kind == "p"
            and after.text in ("for", "on")
            and title_before(tokens, 0, first) is None
        ):
            return False
        return length <= _LONGEST_NAME

    def _is_surname(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether one word names a person after a longer title: `Secretary of State Roe`, `Ministers Roe and Doe`."""
        field = tokens[first - 1].kind == "m" and title_before(tokens, 0, first) is not None
        return field or self._plural.leads(tokens, first)

    def _person(
        self, text: str, tokens: Sequence[Token], used: int, first: int, last: int, following: int
    ) -> tuple[Person | None, int]:
        """The person of a run, and the first token that the next one may use."""
        before = title_before(tokens, used, first)
        after = past_letters(tokens, last)
        until = title_after(tokens, after, following)
        if before is not None and (until is None or not self._is_courtesy(tokens[before:first])):
            agency = agency_after(tokens, after, following)
            return self._made(text, tokens, first, last, self._fuller(tokens, used, before, first), agency), last
        if until is not None:
            return self._made(text, tokens, first, last, tokens[after + 1 : until], None), until
        rank = ranks_before(tokens, first)
        title = () if rank is None else tokens[rank:first]
        return self._made(text, tokens, first, last, title, agency_after(tokens, after, following)), last

    def _fuller(self, tokens: Sequence[Token], used: int, before: int, first: int) -> Sequence[Token]:
        """A title before a name, or the one that a courtesy follows: `the Minister of Ice, Ambassador X Y`."""
        title = tokens[before:first]
        if before > used and tokens[before - 1].text == "," and self._is_courtesy(title):
            fuller = title_before(tokens, used, before)
            return title if fuller is None else tokens[fuller : before - 1]
        return title

    def _is_courtesy(self, title: Sequence[Token]) -> bool:
        """Whether a title before a name yields to one behind it: `Ambassador X Y, Director of the Office`."""
        return all(t.text in self._courtesies for t in title if t.kind in "tmA")

    def _made(
        self, text: str, tokens: Sequence[Token], first: int, last: int, title: Sequence[Token], beside: Entity | None
    ) -> Person | None:
        titled = any(t.kind in "tr" for t in title)
        if not titled and last - first == 1 and not self._plural.leads(tokens, first):
            return None
        start, end = tokens[first].start, tokens[last - 1].end
        if last - first > 2 and tokens[first].text == "M." and not (first and tokens[first - 1].kind in "hr"):
            start = tokens[first + 1].start
        if text[start:end].endswith(POSSESSIVE):
            return None
        agency = agency_in(title) or beside
        side = country_in(title) or country_after(tokens, last) or (agency.side if agency else None)
        low = min([start, *(t.start for t in title)])
        high = max([end, *(t.end for t in title)])
        return Person(start, end, low, high, text[start:end], written(text, title) if titled else None, agency, side)


def _is_of_other(tokens: Sequence[Token], before: Person, person: Person) -> bool:
    """Whether a title is that of the person before it: `X Y, Chief of Staff to Minister Z W`."""
    if before.title is not None or not 0 <= person.low - before.end <= 3:
        return False
    words = [t for t in tokens if person.low <= t.start < person.start]
    nouns = [i for i, t in enumerate(words) if t.kind == "t"]
    return len(nouns) > 1 and any(t.text in ("of", "to") for t in words[nouns[0] : nouns[-1]])
