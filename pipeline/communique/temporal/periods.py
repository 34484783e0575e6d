"""Calendar periods: days, weeks, months, quarters, … centuries as numbered steps on one line.

A `Period` is a unit and a number, so that the period before is ``nth - 1`` whatever the unit is. Periods are written
in ISO 8601 (days, months, years, ISO weeks, intervals) and in the Extended Date/Time Format (EDTF, ISO 8601-2) for
seasons (``2025-21``), decades (``202X``) and centuries (``20XX``).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

YEARS_SPANNED = {"year": 1, "decade": 10, "century": 100}
PER_YEAR = {"month": 12, "quarter": 4, "half": 2, "season": 4}
COARSENESS = ("day", "week", "month", "season", "quarter", "half", "fiscal", "year", "decade", "century")

_SEASON_MONTHS = ((3, 6), (6, 9), (9, 12), (12, 3))
_FISCAL_EARLIEST, _FISCAL_LATEST = (4, 1), (3, 31)


class Period(NamedTuple):
    """The ``nth`` ``unit``; see `of` for how the units are numbered."""

    unit: str
    nth: int

    def shift(self, steps: int) -> Period:
        """The period ``steps`` further on; negative steps go back."""
        return Period(self.unit, self.nth + steps)

    @property
    def year(self) -> int:
        """The year that the period begins in (for a fiscal year: its name)."""
        if self.unit in PER_YEAR:
            return self.nth // PER_YEAR[self.unit]
        if self.unit in YEARS_SPANNED:
            return self.nth * YEARS_SPANNED[self.unit]
        return self.nth if self.unit == "fiscal" else first_day(self).year


def of(unit: str, year: int, number: int = 1) -> Period:
    """The ``number``-th (from 1) ``unit`` of a year, or the year, decade, century or fiscal year that holds it.

    A season has the year that it begins in.
    """
    if unit in PER_YEAR:
        return Period(unit, year * PER_YEAR[unit] + number - 1)
    return Period(unit, year // YEARS_SPANNED.get(unit, 1))


def day(value: date) -> Period:
    """A day as a period."""
    return Period("day", value.toordinal())


def calendar_day(year: int, month: int, number: int) -> Period | None:
    """A day as a period; None where the calendar has no such day."""
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def containing(unit: str, value: date) -> Period:
    """The period of that unit in which a day lies; January and February lie in the winter of the year before."""
    if unit == "day":
        return day(value)
    if unit == "week":
        return Period("week", (value.toordinal() - 1) // 7)
    if unit == "season":
        return Period("season", (value.year * 12 + value.month - 3) // 3)
    if unit in PER_YEAR:
        return of(unit, value.year, (value.month - 1) * PER_YEAR[unit] // 12 + 1)
    return of(unit, value.year)


def first_day(period: Period) -> date:
    """First day that the period can mean. Raises ValueError or OverflowError outside the years 1 to 9999."""
    unit, index = period
    if unit == "day":
        return date.fromordinal(index)
    if unit == "week":
        return date.fromordinal(index * 7 + 1)
    if unit == "fiscal":
        return date(index - 1, *_FISCAL_EARLIEST)
    if unit == "season":
        year, number = divmod(index, 4)
        # "Winter 2024" is said of its beginning and of its end.
        return date(year, 1 if number == 3 else _SEASON_MONTHS[number][0], 1)
    if unit in PER_YEAR:
        year, number = divmod(index, PER_YEAR[unit])
        return date(year, number * (12 // PER_YEAR[unit]) + 1, 1)
    return date(max(index * YEARS_SPANNED[unit], 1), 1, 1)


def last_day(period: Period) -> date:
    """Last day that the period can mean. Raises ValueError or OverflowError outside the years 1 to 9999."""
    unit, index = period
    if unit == "day":
        return date.fromordinal(index)
    if unit == "week":
        return date.fromordinal(index * 7 + 7)
    if unit == "fiscal":
        return date(index + 1, *_FISCAL_LATEST)
    if unit == "season":
        year, number = divmod(index, 4)
        return _month_end(year + (number == 3), _SEASON_MONTHS[number][1])
    if unit in PER_YEAR:
        year, number = divmod(index, PER_YEAR[unit])
        return _month_end(year, (number + 1) * (12 // PER_YEAR[unit]))
    return date((index + 1) * YEARS_SPANNED[unit] - 1, 12, 31)


def core(period: Period) -> tuple[date, date]:
    """First and last day of the stretch itself: winter is December to February, whatever its name can be said of."""
    if period.unit == "season":
        year, number = divmod(period.nth, 4)
        start = date(year, _SEASON_MONTHS[number][0], 1)
        return start, _month_end(year + (number == 3), (_SEASON_MONTHS[number][1] + 10) % 12 + 1)
    return first_day(period), last_day(period)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_WRITE: dict[str, Callable[[int], str]] = {
    "day": lambda i: date.fromordinal(i).isoformat(),
    "week": lambda i: "{:04}-W{:02}".format(*date.fromordinal(i * 7 + 1).isocalendar()[:2]),
    "month": lambda i: f"{i // 12:04}-{i % 12 + 1:02}",
    "quarter": lambda i: f"{i // 4:04}-Q{i % 4 + 1}",
    "half": lambda i: f"{i // 2:04}-01/{i // 2:04}-06" if i % 2 == 0 else f"{i // 2:04}-07/{i // 2:04}-12",
    "season": lambda i: f"{i // 4:04}-{21 + i % 4}",
    "year": lambda i: f"{i:04}",
    "decade": lambda i: f"{i:03}X",
    "century": lambda i: f"{i:02}XX",
    "fiscal": lambda i: f"FY{i:04}",
}


def written(first: Period, last: Period | None = None) -> str:
    """The value of a period, or of the interval from one to another."""
    text = _WRITE[first.unit](first.nth)
    return text if last is None or last == first else f"{text}/{_WRITE[last.unit](last.nth)}"


def halves(period: Period, number: int) -> tuple[Period, Period] | None:
    """The first (1) or second (2) half of a month, year, decade or century as an interval; None for other units.

    A month's first half ends with its 15th day.
    """
    unit, index = period
    if unit == "month":
        first, last = core(period)
        middle = first.replace(day=15)
        begin, end = (first, middle) if number == 1 else (middle.replace(day=16), last)
        return containing("day", begin), containing("day", end)
    if unit == "year":
        return of("half", index, number), of("half", index, number)
    if unit in YEARS_SPANNED:
        span = YEARS_SPANNED[unit]
        start = index * span + (number - 1) * (span // 2)
        return of("year", start), of("year", start + span // 2 - 1)
    return None


def within(period: Period, unit: str) -> Period:
    """The period of a coarser unit that a period begins in."""
    if period.unit == unit:
        return period
    if period.unit == "fiscal":
        return of(unit, period.nth)
    if period.unit == "season":
        year, number = divmod(period.nth, 4)
        return containing(unit, date(year, _SEASON_MONTHS[number][0], 1))
    return containing(unit, first_day(period))


def coarser(unit: str, other: str) -> bool:
    """Whether ``unit`` is a longer stretch than ``other``."""
    return COARSENESS.index(unit) > COARSENESS.index(other)


def nth_weekday(month: Period, nth: int, number: int) -> Period | None:
    """The ``nth`` (-1 is the last) weekday (Monday is 1) of a month; None where the month has no such day."""
    first, last = first_day(month), last_day(month)
    ahead = (number - first.isoweekday()) % 7
    days = range(first.toordinal() + ahead, last.toordinal() + 1, 7)
    return day(date.fromordinal(days[nth - 1 if nth > 0 else nth])) if nth == -1 or 0 < nth <= len(days) else None


def weekday_of(week: Period, number: int) -> Period:
    """The ``number``-th day (Monday is 1) of a week."""
    return day(first_day(week) + timedelta(days=number - 1))
