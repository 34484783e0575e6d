"""A meeting that a sentence tells only as the occasion of what the parties did: `signed during a bilateral meeting`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from communique.gathering.reading import DAY, Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.when import When
from communique.gathering.where import Where

_NOUNS = 8
"""Words for a meeting in a sentence that are looked at: one of hundreds would take hundreds of looks at all of it."""
_RETOLD = ("another", "promise", "retold")
"""Patterns of what is to come, or was long ago."""
_PHRASE = 120
"""Code points before the word for a meeting in which the words begin that make it the occasion,"""
_NAME = 120
"""... and that its name may be long,"""
_BEHIND = 60
"""... behind it in which its place stands, and before its name in which the words for `at` stand."""


class Occasions:
    """Finds words for the parties' own meeting, where another verb tells what they did there."""

    def __init__(self, rules: MeetingRules, where: Where, when: When) -> None:
        self._is = rules.patterns
        self._bodies = rules.words["opening.bodies"]
        self._where = where
        self._when = when

    def find(self, reading: Reading, start: int, end: int) -> tuple[int, re.Match[str]] | None:
        """The word for the meeting in a sentence, and the offset from which on it tells its day and place."""
        nouns = islice(self._is["opening.meeting"].finditer(reading.text, start, end), _NOUNS)
        for noun in nouns:
            if any(self._is[f"opening.{name}"].search(reading.text, start, noun.start()) for name in _RETOLD):
                return None
            low = self._own(reading, start, end, noun)
            low = self._named(reading, start, end, noun) if low is None else low
            if low is not None:
                return low, noun
        return None

    def body(self, reading: Reading) -> tuple[int, int, re.Match[str]] | None:
        """The sentence that says that a body of which the text's head speaks met, and the match for it.

        The sentence must tell a city or a recent day, and no old date.
        """
        head = f"{reading.title} {reading.text[: reading.sentences[0][1]] if reading.sentences else ''}".lower()
        published = reading.notes.published
        for index in reading.sentences_with(self._bodies, self._is["opening.body"]):
            start, end = reading.sentences[index]
            met = self._is["opening.body"].search(reading.text, start, end)
            if met is None or met["name"].lower() not in head:
                continue
            dates = reading.dates(start, end)
            told = any(map(reading.is_recent, dates)) or any(
                place.city for place in self._where.places(reading.text, start, end, met.end())
            )
            retold = any(self._is[f"opening.{name}"].search(reading.text, start, met.start()) for name in _RETOLD)
            begun = all(not published or not day.earliest or day.earliest <= published for day in dates)
            if told and not retold and begun and all(map(reading.is_near, dates)):
                return start, end, met
        return None

    def _own(self, reading: Reading, start: int, end: int, noun: re.Match[str]) -> int | None:
        """Where the words begin that tell a meeting of those who speak, if they tell its day, and place.

        `signed the statement today during their talks`, `signed it on May 3 at a roundtable in Oslo`; no place is
        needed where the words say that it was theirs.
        """
        text = reading.text
        phrase = self._is["opening.at_own"].search(text, max(start, noun.start() - _PHRASE), noun.end())
        if phrase is None or self._is["opening.of_body"].match(text, noun.end()) is not None:
            return None
        did = self._is["opening.did"].search(text, start, phrase.start())
        fronted = phrase.start() == start or self._is["opening.fore"].fullmatch(text, start, phrase.start()) is not None
        if did is None and not fronted:
            return None
        low = self._from(reading, start, phrase.start(), did)
        day = self._when.day(reading, low, end, noun.end())
        if day is None or not reading.is_recent(day) or reading.is_ahead(day):
            return None
        theirs = self._is["opening.theirs"].search(phrase.group()) is not None
        return low if theirs or self._where.places(text, low, end, noun.end()) else None

    def _from(self, reading: Reading, start: int, phrase: int, did: re.Match[str] | None) -> int:
        """From where on a sentence speaks of the meeting: not from before the verb that its day does not follow."""
        if did is not None and reading.tells_day(did.end(), phrase):
            return did.end()
        return start if reading.tells_day(start, phrase) else phrase

    def _named(self, reading: Reading, start: int, end: int, noun: re.Match[str]) -> int | None:
        """Where the words begin that tell a meeting which bears a party's name.

        It begins the sentence and has its place, `On the occasion of the U.S.-Peru Kelp Summit in Lima, both affirm`,
        or the day stands with what was done there, `signed the accord in Lima today at the U.S.-Peru Kelp Summit`.
        """
        text = reading.text
        name = self._is["opening.paired"].search(text, max(start, noun.start() - _NAME), noun.end())
        if name is None or not _names_party(name.group().split(" ", 1)[0], reading.sides, reading.parties):
            return None
        if self._is["opening.at_named"].fullmatch(text, start, name.start()) is not None:
            return start if self._is_in_a_city(reading, start, end, noun) else None
        at_named = self._is["opening.at_named"]
        phrase = at_named.search(text, max(start, name.start() - _BEHIND), name.start())
        did = self._is["opening.did"].search(text, start, phrase.start()) if phrase is not None else None
        if phrase is None or did is None or at_named.fullmatch(text, phrase.start(), name.start()) is None:
            return None
        low = self._from(reading, start, phrase.start(), did)
        day = self._when.day(reading, low, phrase.start(), phrase.start())
        return low if day is not None and reading.is_recent(day) and not reading.is_ahead(day) else None

    def _is_in_a_city(self, reading: Reading, start: int, end: int, noun: re.Match[str]) -> bool:
        """Whether a city stands right behind the word for the meeting, and no old date with it."""
        text = reading.text
        high = min(end, noun.end() + _BEHIND)
        if not any(
            p.city and self._is["opening.directly"].fullmatch(text, noun.end(), p.start)
            for p in self._where.places(text, noun.end(), high)
        ):
            return False
        published = reading.notes.published
        return all(
            reading.is_recent(d) if DAY.fullmatch(d.value or "") else not published or (d.latest or "") >= published
            for d in reading.dates(start, high)
        )


def _names_party(compound: str, sides: Mapping[str, str], parties: Sequence[str]) -> bool:
    """Whether a compound names a party, and no country that is none: `U.S.-Africa`, `U.S.-Peru`."""
    named = {sides[half] for half in compound.split("-") if half in sides}
    return bool(named) and (len(parties) < 2 or named <= {*parties})
