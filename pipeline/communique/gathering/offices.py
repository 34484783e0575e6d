"""Offices told without their holders: `the Minister of Ice and the Deputy Ministers of Health and of Energy`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from communique.gathering.persons import Person
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules

_JOIN = re.compile(r",? and (?:of |for )?(?:the )?|, (?:of |for )?(?:the )?")
_OF = re.compile(r" of (?:the )?")
_LONGEST = 4
"""Words of a country's name."""
_FURTHER = 5
"""So many parts at most make up one field, so that a long list takes no time by its square."""


class Offices:
    """Finds the titles of ministers in a list, each with a field of its own."""

    def __init__(self, rules: MeetingRules) -> None:
        self._office = rules.patterns["persons.offices"]

    def stand_in(self, text: str, start: int, end: int) -> bool:
        """Whether [start, end) tells any office."""
        return self._office.search(text, start, end) is not None

    def find(
        self, reading: Reading, start: int, end: int, people: Sequence[Person], is_listed: Callable[[str], bool]
    ) -> Iterator[tuple[int, str]]:
        """The offset and the title (`Minister of Ice`) of every office in [start, end) that no person is named with.

        ``is_listed`` tells whether a title's ministry is known, so that its field stays whole.
        """
        text = reading.text
        for match in self._office.finditer(text, start, end):
            if any(p.low <= match.start() < p.high for p in people):
                continue
            noun, link = match["noun"], match["link"]
            first, last = match.start("field"), _before_country(reading, *match.span("field"))
            if match["plural"] is None:
                yield first, f"{noun} {link} {text[first:last]}"
                continue

            def listed(field: str, lead: str = f"{noun} {link}") -> bool:
                return is_listed(f"{lead} {field}")

            for low, high in _fields(text, first, last, listed):
                yield low, f"{noun} {link} {text[low:high]}"


def _before_country(reading: Reading, start: int, end: int) -> int:
    """Where a field ends: before `of Norway`."""
    for match in _OF.finditer(reading.text, start, end):
        words = reading.text[match.end() : end].split(" ")[:_LONGEST]
        if any(" ".join(words[: size + 1]).rstrip(",") in reading.sides for size in range(len(words))):
            return match.start()
    return end


def _fields(text: str, start: int, end: int, listed: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The fields of a plural: parted by `of` where it is repeated, else by commas and the `and` before the last one."""
    joins = list(_JOIN.finditer(text, start, end))
    repeated = [m for m in joins if m.group().endswith((" of ", " for ", " of the ", " for the "))]
    serial = any(m.group().startswith(", and") for m in joins)
    parts = repeated or [m for m in joins if m.group().startswith(",") or (not serial and m is joins[-1])]
    low = start
    for index, part in enumerate([*parts, None]):
        high = part.start() if part is not None else end
        if any(listed(text[low : m.start()]) for m in parts[index + 1 : index + _FURTHER]):
            continue
        yield low, high
        low = part.end() if part is not None else end
