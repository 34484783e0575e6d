"""Titles that several people share: `Foreign Ministers X Y of Norway and Z W of Peru`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.gathering.tokens import Token

if TYPE_CHECKING:
    from communique.gathering.persons import Person

_BETWEEN = frozenset("Cp,")


class PluralTitles:
    """Gives every person of a list the title that stands before the first of them."""

    def __init__(self, plurals: Mapping[str, str], starts: Iterable[str]) -> None:
        """``plurals``: the noun of one person's title by that of several; ``starts``: words before a title."""
        self._plurals = plurals
        self._starts = frozenset(starts)

    def leads(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a shared title and nothing but other names stand before the token ``at``: `Ministers Roe and Doe`."""
        while at and (tokens[at - 1].kind in ("n", "and", ",")) and tokens[at - 1].text not in self._plurals:
            at -= 1
        return at > 0 and tokens[at - 1].text in self._plurals

    def share(self, text: str, tokens: Sequence[Token], people: Sequence[Person]) -> list[Person]:
        """The people, those without a title of their own with the one that they share."""
        found = list(people)
        for index, token in enumerate(tokens):
            if token.text in self._plurals:
                self._give(text, tokens, index, found)
        return found

    def _give(self, text: str, tokens: Sequence[Token], noun: int, people: list[Person]) -> None:
        """Set the title whose noun is the token ``noun`` for the people named after it."""
        named = _named_after(tokens, noun, people)
        if not named:
            return
        begin = noun
        while begin and tokens[begin - 1].kind in "mst" and tokens[begin - 1].text not in self._starts:
            begin -= 1
        front = text[tokens[begin].start : tokens[noun].start]
        scope = [t for t in tokens[noun + 1 :] if t.end <= people[named[0]].low]
        sides = [t.side for t in scope if t.kind == "C"]
        field = _field(text, scope)
        title = f"{front}{self._plurals[tokens[noun].text]}{field}"
        lead = people[named[0]]
        shared = lead.agency if lead.title is not None else None  # `Commission Vice-Presidents Roe and Doe`
        for order, index in enumerate(named):
            person = people[index]
            own = sides[order] if len(sides) == len(named) else None
            low = min(tokens[begin].start, person.low) if order == 0 else person.low
            agency = person.agency or shared
            people[index] = replace(person, low=low, title=title, side=person.side or own, agency=agency)


def _named_after(tokens: Sequence[Token], noun: int, people: Sequence[Person]) -> list[int]:
    """Which people stand in one list after the noun, each without a title, parted by countries and commas alone."""
    found: list[int] = []
    at = tokens[noun].end
    for index, person in enumerate(people):
        begin = person.start if person.low < at else person.low
        if begin < at:
            continue
        between = [t for t in tokens if at <= t.start < begin]
        allowed = _BETWEEN if found else _BETWEEN | {"s"}
        if _has_another_title(person, tokens[noun].text) or not all(
            t.kind in allowed or t.kind == "and" for t in between
        ):
            break
        found.append(index)
        at = person.high
    return found


def _has_another_title(person: Person, noun: str) -> bool:
    """Whether the title that was read for a person has another head: `President of the Council of Ministers`."""
    return person.title is not None and not person.title.partition(" of ")[0].endswith(noun)


def _field(text: str, scope: Sequence[Token]) -> str:
    """What the title is of, before the countries: ` of Defense`, or nothing."""
    fields = [i for i, t in enumerate(scope) if t.kind == "s"]
    if not fields or scope[0].kind != "p":
        return ""
    first = next((i for i, t in enumerate(scope) if t.kind == "C"), len(scope))
    last = max((i for i in fields if i < first), default=None)
    return f" {text[scope[0].start : scope[last].end]}" if last is not None else ""
