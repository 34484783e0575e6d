"""The day that words put a meeting on, or the days between which they say that it lasted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from communique.annotations import DateExpression
from communique.gathering.reading import DAY, Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.where import Where

_CLOCK = 80
"""Code points before a day within which a bracket says whose clock it is by."""
_ADJACENT, _LONGEST = timedelta(days=1), timedelta(days=14)
"""What may lie between two days that `and` joins, and between the first and the last day of a meeting."""
_ASIDE = ", "
_DAYS = re.compile(r"P([2-7])D")


class When:
    """Tells which of a text's days a meeting was on. Offsets count code points of the text."""

    def __init__(self, rules: MeetingRules, where: Where) -> None:
        self._is = rules.patterns
        self._where = where

    def day(self, reading: Reading, start: int, end: int, anchor: int) -> DateExpression | None:
        """The day in [start, end) nearest to ``anchor`` that belongs to nothing else, or None."""
        days = [
            d
            for d in reading.dates(start, end)
            if DAY.fullmatch(d.value or "")
            and not self._where.is_elsewhere(reading.text, anchor if anchor < d.start else start, d.start)
            and self._is["opening.clock"].search(reading.text, max(start, d.start - _CLOCK), d.start) is None
        ]
        best = min(days, key=lambda d: (abs(d.start - anchor), d.start), default=None)
        return _joined(reading.text, days, _spelt_out(reading.text, days, best)) if best is not None else None

    def lasting(self, reading: Reading, start: int, end: int, verb: int, found: DateExpression) -> tuple[str, str]:
        """First and last ISO day of a meeting told in [start, end) with a day and a verb at ``verb``.

        A length counts from the day on which the sentence says that the meeting began or ended: `concluded a two-day
        dialogue today`. Where it says neither, the day is all that is told.
        """
        first, last = first_and_last(found)
        length = self._length(reading, start, end) if first == last else 0
        if length and self._is["opening.ended"].match(reading.text, verb):
            return _shifted(last, 1 - length), last
        if length and self._is["opening.began"].match(reading.text, verb):
            return first, _shifted(first, length - 1)
        return first, last

    def _length(self, reading: Reading, start: int, end: int) -> int:
        """How many days the meeting took, 0 where nothing tells."""
        for told in reading.durations(start, end):
            days = _DAYS.fullmatch(told.value or "")
            if days is not None and self._is["opening.took"].match(reading.text, told.end):
                return int(days[1])
        return 0


def _shifted(day: str, days: int) -> str:
    """The ISO day so many days after another, or that one itself where the calendar has none."""
    ordinal = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(ordinal).isoformat() if 0 < ordinal <= date.max.toordinal() else day


def first_and_last(day: DateExpression) -> tuple[str, str]:
    """The ISO days of a date that is a day, or several."""
    first, _, last = (day.value or "").partition("/")
    return first, last or first


def _spelt_out(text: str, days: list[DateExpression], day: DateExpression) -> DateExpression:
    """The day that stands right behind another and tells it more fully: `met today, May 3`."""
    return next((d for d in days if 0 < d.start - day.end <= len(_ASIDE) and text[day.end : d.start] == _ASIDE), day)


def _joined(text: str, days: list[DateExpression], day: DateExpression) -> DateExpression:
    """A day with the one beside it, where the two are told together: `yesterday and today`, `from Monday to Friday`."""
    for before, after in pairwise(days):
        spans = "/" in f"{before.value}{after.value}"
        between = text[before.end : after.start].strip(" ,")
        if day not in (before, after) or spans or between not in ("and", "and on", "to", "through"):
            continue
        length = date.fromisoformat(str(after.value)) - date.fromisoformat(str(before.value))
        if timedelta() < length <= (_ADJACENT if between.startswith("and") else _LONGEST):
            return replace(before, end=after.end, value=f"{before.value}/{after.value}")
    return day
