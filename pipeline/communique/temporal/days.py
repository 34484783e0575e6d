"""What the rules for days, weekdays and parts of the day mean. See `readings`."""

from __future__ import annotations

import re
from datetime import date

from communique.temporal import periods
from communique.temporal.context import Context
from communique.temporal.lexer import full_year
from communique.temporal.periods import Period
from communique.temporal.readings import (
    Groups,
    Outcome,
    Reading,
    beside,
    joins_clause,
    narrowed,
    numbered,
    one,
    relative,
    years_around,
)

_DIGITS = re.compile(r"\d+")
_OWNED = re.compile(r"['’]s((?: [a-z][a-z-]+){1,4})")


def iso(g: Groups, c: Context) -> Outcome | None:
    first = _figures(g.named["iso"].word.note)
    last = _figures(g.named["iso2"].word.note) if "iso2" in g.named else first
    return Outcome(first=first, last=last)


def _figures(text: str) -> Period | None:
    """A day in figures; None where the calendar has no such day or its order is open (04/05/2025)."""
    if "-" in text:
        year, month, number = (int(part) for part in text[:10].split("-"))
        return periods.calendar_day(year, month, number)
    first, second, year = (int(part) for part in re.split(r"[/.]", text))
    if "." in text:
        return periods.calendar_day(year, second, first)
    year = full_year(year) if year < 100 else year
    days = {periods.calendar_day(year, *order) for order in ((first, second), (second, first))} - {None}
    return days.pop() if len(days) == 1 else None


def _day(month: int, number: int, year: int | None, g: Groups, c: Context) -> Period | None:
    """A day of a month; without a year, the weekday and then the tense decide the year."""
    if year is not None:
        return periods.calendar_day(year, month, number)
    candidates = [d for y in years_around(c) if (d := periods.calendar_day(y, month, number)) is not None]
    weekday = g.number("weekday")
    close = [d for d in candidates if c.reference and abs(d.year - c.reference.year) <= 1]
    fitting = [d for d in close if weekday is not None and (d.nth - 1) % 7 + 1 == weekday]
    return c.nearest(fitting or candidates, g.start, g.end)


def month_day(g: Groups, c: Context) -> Outcome | None:
    month, number = g.number("month") or 0, g.number("day") or 0
    year = g.number("year", "later_year")
    if "rel" in g.named:
        placed = beside(g, c)
        return one(_day(month, number, placed.year, g, c) if placed else None, article="time" in g.named)
    day = _day(month, number, year, g, c)
    lexeme = g.named["day"]
    apart = c.text[lexeme.end : g.named["month"].start].isspace() and lexeme.start < g.named["month"].start
    if number > 31 or (apart and lexeme.word.code == "O" and c.text[lexeme.start].isalpha()):
        # "The first June meeting" is not held on 1 June.
        return None
    return one(day, article="time" in g.named or g.named["day"].start < g.named["month"].start)


def days_of_month(g: Groups, c: Context) -> Outcome | None:
    month, year = g.number("month") or 0, g.number("year")
    day, day2 = g.number("day") or 0, g.number("day2") or 0
    if day2 <= day or (g.named["link"].word.code == "&" and not _consecutive(g, c)):
        return None
    first = _day(month, day, year, g, c)
    last = periods.calendar_day(first.year, month, day2) if first and first.unit == "day" else None
    return Outcome(first=first if last else None, last=last, article=False)


def _consecutive(g: Groups, c: Context) -> bool:
    """Whether a list of days is a range: each follows on the last, or ``between`` opens it."""
    if c.text[g.start : g.start + 7].lower() == "between":
        return True
    days = [int(d) for d in _DIGITS.findall(c.text, g.named["day"].start, g.named["day2"].end) if len(d) < 3]
    first, last = g.number("day") or 0, g.number("day2") or 0
    return days == list(range(first, last + 1)) or (not days and last == first + 1)


def day_to_day(g: Groups, c: Context) -> Outcome | None:
    month, month2 = g.number("month") or 0, g.number("month2") or 0
    day, day2 = g.number("day") or 0, g.number("day2") or 0
    year, year2 = g.number("year"), g.number("year2")
    turn = month2 < month
    if year is None and year2 is not None:
        year = year2 - turn
    if "rel" in g.named:
        placed = beside(g, c) if g.unit() == "year" else None
        year2 = placed.year if placed else None
        if year2 is None:
            return Outcome(article=False)
        year = year2 - turn
    first = _day(month, day, year, g, c)
    last = periods.calendar_day(year2 or first.year + turn, month2, day2) if first else None
    return Outcome(first=first if last else None, last=last, article=False)


def month_turn(g: Groups, c: Context) -> Outcome | None:
    """``April 30 and May 1``: the last day of a month and the first of the next."""
    outcome = day_to_day(g, c)
    if outcome is None or outcome.first is None or outcome.last is None:
        return None
    return outcome if outcome.last.nth - outcome.first.nth == 1 else None


def day_of_month(g: Groups, c: Context) -> Outcome | None:
    number = g.number("day") or 0
    if "rel" in g.named:
        month = beside(g, c, "month") if g.unit() == "month" else None
        return None if g.unit() != "month" else one(_numbered_day(month, number))
    spelt = c.text[g.named["day"].start].isalpha()  # "on the second" tells of what was counted before
    if spelt or not c.ends_clause(g.end) or not 1 <= number <= 31:
        return None
    around = [c.reference.year * 12 + c.reference.month - 1 + i for i in (-2, -1, 0, 1, 2)] if c.reference else []
    days = [_numbered_day(Period("month", index), number) for index in around]
    return one(c.nearest(days, g.start, g.end))


def _numbered_day(month: Period | None, number: int) -> Period | None:
    return None if month is None else periods.calendar_day(month.nth // 12, month.nth % 12 + 1, number)


def weekday(g: Groups, c: Context) -> Outcome | None:
    if g.named["weekday"].word.note == "short" or c.has("weekday not after", c.word_before(g.named["weekday"].start)):
        return None
    number = g.number("weekday") or 0
    if _one_of_many(g, c):
        return narrowed(None, g)
    anchor = c.published or c.meeting
    if anchor is None or not 8 < anchor.toordinal() < date.max.toordinal() - 15:
        return narrowed(None, g)
    week = periods.containing("week", anchor)
    if "rel" not in g.named and _ends_what_a_day_began(g, c, anchor):
        return narrowed(_weekday_after(c, number, 1), g)
    if "rel" not in g.named:
        return narrowed(_weekday(c, [periods.weekday_of(week.shift(i), number) for i in (-1, 0, 1)], g), g)
    if "unit" in g.named:
        placed = beside(g, c, "week") if g.unit() == "week" else None
        return None if g.unit() != "week" else narrowed(placed and periods.weekday_of(placed, number), g)
    step, origin = g.step()
    if joins_clause(g, c):
        return None
    if origin == "text":
        return narrowed(_weekday_after(c, number, step), g)
    days = [periods.weekday_of(week.shift(i), number) for i in ((-1, 0, 1) if step else (0,))]
    return narrowed(c.strictly(days, step), g)


def _one_of_many(g: Groups, c: Context) -> bool:
    """Whether a weekday is any or the n-th of several: ``one Sunday``, ``the third Friday``, ``the last Monday``."""
    if "rel" in g.named:
        return "unit" not in g.named and g.number("rel") == -1 and c.text[g.start : g.start + 4].lower() == "the "
    before = (c.word_before(g.named["weekday"].start) or "").lower()
    counted = c.lexicon.words.get(before)
    return c.has("indefinite", before) or (counted is not None and counted.code == "O")


def _ends_what_a_day_began(g: Groups, c: Context, anchor: date) -> bool:
    """Whether a sentence that told of a day of these weeks goes on to another: ``left on Monday … until Friday``."""
    told = c.told_in_sentence(g.start)
    if told is None or told.unit != "day" or abs(told.nth - anchor.toordinal()) > 7:
        return False
    return c.lexicon.boundaries.get((c.word_before(g.start) or "").lower()) == "before"


def weekday_of_month(g: Groups, c: Context) -> Outcome | None:
    """``the second Tuesday of May``, ``the last Friday in June 2025``."""
    whole = next((name for name in ("unit", "own") if name in g.named), None)
    if whole is None:
        month = numbered("month", g.number("month") or 0, g.number("year"), g, c)
    elif g.unit(whole) == "month":
        month = beside(g, c, "month") if "rel" in g.named else c.deictic("month", 0)
    else:
        return None
    return one(periods.nth_weekday(month, g.number("nth") or 0, g.number("weekday") or 0) if month else None)


def _weekday(c: Context, days: list[Period], g: Groups) -> Period | None:
    """Weekdays are counted from the day of publication, whatever the meeting's day was."""
    meeting, c.meeting = c.meeting, None
    try:
        return c.nearest(days, g.start, g.end)
    finally:
        c.meeting = meeting


def _weekday_after(c: Context, number: int, step: int) -> Period | None:
    """``the following Monday``, ``that Friday``: counted from the last day in the text."""
    if c.latest is None or c.latest.unit != "day":
        return None
    ahead = (number - 1 - (c.latest.nth - 1)) % 7
    if step == 0:
        return periods.weekday_of(periods.within(c.latest, "week"), number)
    return c.latest.shift(ahead or 7) if step > 0 else c.latest.shift((ahead or 7) - 7 if ahead else -7)


def weekday_range(g: Groups, c: Context) -> Outcome | None:
    outcome = weekday(g, c)
    if outcome is None or outcome.first is None:
        return outcome
    ahead = ((g.number("weekday2") or 0) - (g.number("weekday") or 0)) % 7
    return outcome._replace(last=outcome.first.shift(ahead))


def today(g: Groups, c: Context) -> Outcome | None:
    steps = g.number("day") or 0
    return None if _these_days(g, c, steps) else one(c.deictic("day", steps))


def _these_days(g: Groups, c: Context, steps: int) -> bool:
    """Whether ``today`` tells of the present time, not of a day: ``today's challenges``, ``that we face today``.

    So does ``tomorrow's leaders``, so many ``steps`` from it, of the time to come.
    """
    owned = _OWNED.match(c.text, g.end)
    if owned is not None:
        words = owned.group(1).split()
        return any(c.has("these days", word) for word in words) and not any(c.has("events", word) for word in words)
    if steps:
        return False
    if c.ends_clause(g.end):
        return c.has("states", c.word_before(g.start))
    return c.word_after(g.end) == "than"


def daytime(g: Groups, c: Context) -> Outcome | None:
    step, origin = g.step()
    if step > 0:
        origin = "text"
    elif step < 0 and origin == "published" and g.said("time", c.text) != "night":
        return None
    return narrowed(relative(c, "day", step, origin), g)


def week_of(g: Groups, c: Context) -> Outcome | None:
    """``the week of April 10``."""
    if g.unit() != "week":
        return None
    placed = _day(g.number("month") or 0, g.number("day") or 0, g.number("year"), g, c)
    return one(periods.within(placed, "week") if placed else None)


READINGS: dict[str, Reading] = {
    "iso": iso, "iso_range": iso, "month_day": month_day, "days_of_month": days_of_month, "day_to_day": day_to_day,
    "month_turn": month_turn,
    "day_of_month": day_of_month, "weekday": weekday, "weekday_beside": weekday, "weekday_of_week": weekday,
    "weekday_of_month": weekday_of_month, "weekday_range": weekday_range, "today": today, "daytime": daytime,
    "week_of": week_of,
}  # fmt: skip
