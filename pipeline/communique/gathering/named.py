"""A meeting that a sentence names together with its day, without a verb that tells of meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.annotations import DateExpression
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules

_FRONT = 40
"""Code points at the head of a sentence in which its day stands."""
_LINE = 60
"""... before a word for a meeting in which other words make it another one,"""
_BESIDE = 80
"""... behind it in which its day stands,"""
_CLAUSE = 100
"""... before it that speak of it,"""
_LONGEST_NAME = 120
"""... and that its name may be long."""


class Named:
    """Finds words for the statement's own meeting that stand with its day."""

    def __init__(self, rules: MeetingRules) -> None:
        self._is = rules.patterns

    def beside(
        self, reading: Reading, start: int, end: int, *, titled: bool
    ) -> Iterator[tuple[re.Match[str], DateExpression]]:
        """The words for a meeting in [start, end) right behind which its day stands: `the dialogue in Oslo on May 3`.

        Unless the meeting is ``titled``, its name must be that of the parties (`the U.S.-Peru Kelp Dialogue on May 3`),
        or it must open the sentence (`At a meeting in Oslo on May 3`).
        """
        for noun in self._is["opening.meeting"].finditer(reading.text, start, end):
            fronted = self._is["opening.fronted"].fullmatch(reading.text, start, noun.end()) is not None
            if titled or fronted or self._is_own(reading, start, noun):
                day = self._day_beside(reading, start, end, noun)
                if day is not None and (titled or not reading.is_ahead(day)):
                    yield noun, day

    def _day_beside(self, reading: Reading, start: int, end: int, noun: re.Match[str]) -> DateExpression | None:
        """The recent day right behind a word for a meeting, unless this is another one."""
        text = reading.text
        if self._is["opening.another"].search(text, max(start, noun.start() - _LINE), noun.end()):
            return None
        for day in reading.dates(noun.end(), min(end, noun.end() + _BESIDE)):
            if reading.is_recent(day) and self._is["opening.beside"].fullmatch(text, noun.end(), day.start):
                return day
        return None

    def own(self, reading: Reading, start: int, end: int) -> re.Match[str] | None:
        """The word for a meeting of the statement's own parties, whose name tells them, in a sentence of its past day.

        `On May 3, X and Y opened the U.S.-Peru Kelp Dialogue in Lima`: whatever the verb is, they were there.
        """
        if not any(reading.is_recent(day) and not reading.is_ahead(day) for day in reading.dates(start, end)):
            return None
        return next((noun for noun in self.pairs(reading, start, end) if self._is_own(reading, start, noun)), None)

    def at_it(self, reading: Reading, start: int, end: int) -> re.Match[str] | None:
        """The word for the meeting of the title in a sentence that begins with its day.

        `On May 3, X and Y spoke of kelp at the dialogue in Lima`.
        """
        day = next(iter(reading.dates(start, start + _FRONT)), None)
        if day is None or not reading.is_recent(day) or reading.is_ahead(day):
            return None
        for noun in self._is["opening.meeting"].finditer(reading.text, day.end, end):
            low = max(day.end, noun.start() - _LINE)
            before = self._is["opening.on_it"].search(reading.text, low, noun.start())
            if before is not None and not any(
                self._is[name].search(reading.text, start, noun.start())
                for name in ("opening.another", "opening.promise", "opening.aside")
            ):
                return noun
        return None

    def pairs(self, reading: Reading, start: int, end: int) -> Iterator[re.Match[str]]:
        """The words for a meeting that end a name which tells two of the statement's parties."""
        nouns = self._is["opening.meeting"].finditer(reading.text, start, end)
        return (noun for noun in nouns if self._is_paired(reading, start, noun))

    def _is_paired(self, reading: Reading, start: int, noun: re.Match[str]) -> bool:
        """Whether a name tells two countries, which are parties to the statement where the text tells two."""
        low = max(start, noun.start() - _LONGEST_NAME)
        name = self._is["opening.paired"].search(reading.text, low, noun.end())
        if name is None:
            return False
        halves = {reading.sides.get(half) for half in name.group().split(" ", 1)[0].split("-")}
        return None not in halves and (len(reading.parties) < 2 or halves <= {*reading.parties})

    def _is_own(self, reading: Reading, start: int, noun: re.Match[str]) -> bool:
        """Whether it is the parties' meeting: not one to come, of long ago, or beside the statement's own."""
        low = max(start, noun.start() - _CLAUSE)
        return self._is_paired(reading, start, noun) and not any(
            self._is[name].search(reading.text, low, noun.start())
            for name in ("opening.another", "opening.promise", "opening.aside")
        )
