"""Feasts that the calendar gives a day: what the rule for them means. See `readings`."""

from __future__ import annotations

from datetime import date, timedelta

from communique.temporal import periods
from communique.temporal.context import Context
from communique.temporal.periods import Period
from communique.temporal.readings import Groups, Outcome, Reading, one, years_around


def feast(g: Groups, c: Context) -> Outcome | None:
    """``Christmas Day 2021``, ``last Easter``, ``by Thanksgiving``."""
    rule = g.named["feast"].word.note
    if c.text[g.end : g.end + 1] == " " and (c.word_after(g.end) or "")[:1].isupper():
        # The Good Friday Agreement and Easter Island are names.
        return None
    year = g.number("year")
    if year is not None:
        return one(day_of(rule, year))
    days = [day_of(rule, each) for each in years_around(c)]
    if c.latest is not None and c.latest in days:
        return one(c.latest)
    if "rel" not in g.named:
        return one(c.nearest(days, g.start, g.end))
    step, anchor = g.step()
    if anchor == "text":
        told = c.anaphoric("year", 0)
        return one(day_of(rule, told.nth) if told and step == 0 else None)
    if step:
        return one(c.strictly(days, step))
    here = c.deictic("year", 0)
    return one(day_of(rule, here.nth) if here else None)


def day_of(rule: str, year: int) -> Period | None:
    """The day of a feast in a year.

    The rule is a month and day (``12-25``), days from Easter Sunday (``easter-2``), or month, which and weekday
    (``11-4-4``; the sixth is the last).
    """
    if rule.startswith("easter"):
        return periods.day(easter(year) + timedelta(days=int(rule[6:] or 0)))
    month, number, *weekday = (int(part) for part in rule.split("-"))
    if not weekday:
        return periods.calendar_day(year, month, number)
    return periods.nth_weekday(periods.of("month", year, month), number if number < 6 else -1, weekday[0])


def easter(year: int) -> date:
    """Easter Sunday of the Western churches, by the anonymous Gregorian algorithm (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


READINGS: dict[str, Reading] = {"feast": feast}
