"""What the words of a date rule mean: one function per rule of `grammar`, from its groups to a value.

A function returns None where the words turn out to be no date here (``March`` the verb, ``2000`` kilometres).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, cast

from communique.records import DateType, Modifier
from communique.temporal import periods
from communique.temporal.context import Context
from communique.temporal.lexer import Lexeme
from communique.temporal.lexicon import Word
from communique.temporal.periods import Period

YEARS_AROUND = range(-4, 5)
"""How far from the statement's year a date without a year is looked for: 29 February comes every fourth."""


class Groups(NamedTuple):
    """The lexemes that a rule names, and the stretch of text that it covers."""

    named: dict[str, Lexeme]
    start: int
    end: int

    def word(self, name: str) -> Word | None:
        """What the lexeme of a group means."""
        lexeme = self.named.get(name)
        return lexeme.word if lexeme else None

    def number(self, *names: str) -> int | None:
        """The number of the first of the groups that the expression has."""
        return next((int(self.named[name].word.number) for name in names if name in self.named), None)

    def step(self, name: str = "rel") -> tuple[int, str]:
        """The step of a word such as ``last``, and where it is counted from."""
        word = self.named[name].word
        return int(word.number), word.note

    def said(self, name: str, text: str) -> str:
        """The word of a group as it stands in the text, in lower case."""
        lexeme = self.named[name]
        return text[lexeme.start : lexeme.end].lower()

    def unit(self, name: str = "unit") -> str:
        """The unit that a group names."""
        return self.named[name].word.note


class Outcome(NamedTuple):
    """What an expression means: two periods (one for both where it is no interval), or a value in words of its own."""

    type: DateType = "date"
    first: Period | None = None
    last: Period | None = None
    value: str | None = None
    mod: Modifier | None = None
    article: bool = True
    """Whether a leading ``the`` belongs to the quote."""


Reading = Callable[[Groups, Context], "Outcome | None"]


def one(period: Period | None, mod: Modifier | None = None, article: bool = True) -> Outcome:
    """A date that is one period."""
    return Outcome(first=period, last=period, mod=mod, article=article)


def narrowed(period: Period | None, g: Groups, article: bool = True) -> Outcome:
    """A period under ``early``, ``the end of``, ``the first half of`` …, where the expression has one of them."""
    half = g.word("half")
    if half is not None:
        number = 2 if half.code == "l" else int(half.number)
        both = periods.halves(period, number) if period else None
        return Outcome(first=both[0], last=both[1]) if both else one(period, "start" if number == 1 else "end")
    narrow = g.word("narrow") or g.word("part") or g.word("mid")
    mod = cast("Modifier | None", narrow.note or None) if narrow else None
    return one(period, mod, article or narrow is not None or "compared" in g.named)


def relative(c: Context, unit: str, step: int, anchor: str) -> Period | None:
    """The period that ``last year``, ``that month`` … name."""
    return c.deictic(unit, step) if anchor == "published" else c.anaphoric(unit, step)


def beside(g: Groups, c: Context, unit: str = "year", name: str = "rel") -> Period | None:
    """The period that a group such as ``next`` names."""
    return relative(c, unit, *g.step(name))


def _years(c: Context) -> Iterator[int]:
    if c.reference is not None:
        yield from (c.reference.year + i for i in YEARS_AROUND if 1 < c.reference.year + i < 9998)


def _numbered(unit: str, number: int, year: int | None, g: Groups, c: Context) -> Period | None:
    """The ``number``-th month, season or quarter of a year, or of the year that the tense points to."""
    if year is not None:
        return periods.of(unit, year, number)
    return c.nearest([periods.of(unit, y, number) for y in _years(c)], g.start, g.end)


# --- days ---


def iso(g: Groups, c: Context) -> Outcome | None:
    first = _figures(g.named["iso"].word.note)
    last = _figures(g.named["iso2"].word.note) if "iso2" in g.named else first
    return Outcome(first=first, last=last)


def _figures(text: str) -> Period | None:
    """A day in figures; None where the calendar has no such day or its order is open (04/05/2025)."""
    if "/" not in text:
        year, month, number = (int(part) for part in text[:10].split("-"))
        return periods.calendar_day(year, month, number)
    first, second, year = (int(part) for part in text.split("/"))
    year += 2000 if year < 100 else 0
    readings = {(first, second), (second, first)}
    days = [periods.calendar_day(year, m, d) for m, d in sorted(readings)]
    known = [day for day in days if day is not None]
    return known[0] if len(known) == 1 else None


def _day(month: int, number: int, year: int | None, g: Groups, c: Context) -> Period | None:
    """A day of a month; without a year, the weekday and then the tense decide the year."""
    if year is not None:
        return periods.calendar_day(year, month, number)
    candidates = [d for y in _years(c) if (d := periods.calendar_day(y, month, number)) is not None]
    weekday = g.number("weekday")
    close = [d for d in candidates if c.reference and abs(d.year - c.reference.year) <= 1]
    fitting = [d for d in close if weekday is not None and (d.nth - 1) % 7 + 1 == weekday]
    return c.nearest(fitting or candidates, g.start, g.end)


def month_day(g: Groups, c: Context) -> Outcome | None:
    month, number = g.number("month") or 0, g.number("day") or 0
    year = g.number("year", "later_year")
    if "rel" in g.named:
        placed = beside(g, c)
        return one(_day(month, number, placed.year, g, c) if placed else None, article=False)
    day = _day(month, number, year, g, c)
    if number > 31 or (day is None and not periods.calendar_day(2000, month, number)):
        return None
    if g.named["month"].word.note == "everyday" and year is None and c.has("plain", c.word_after(g.end)) is False:
        following = c.word_after(g.end)
        if following and following.islower() and following.endswith("s") and following not in c.lexicon.words:
            return None
    return one(day, article=g.named["day"].start < g.named["month"].start)


def days_of_month(g: Groups, c: Context) -> Outcome | None:
    month, year = g.number("month") or 0, g.number("year")
    day, day2 = g.number("day") or 0, g.number("day2") or 0
    if day2 <= day or (g.named["link"].word.code == "&" and day2 != day + 1 and not _paired(g, c)):
        return None
    first = _day(month, day, year, g, c)
    last = periods.calendar_day(first.year, month, day2) if first and first.unit == "day" else None
    return Outcome(first=first if last else None, last=last, article=False)


def _paired(g: Groups, c: Context) -> bool:
    """Whether the expression opens with ``between``, which makes an ``and`` a range."""
    return c.text[g.start : g.start + 7].lower() == "between"


def day_to_day(g: Groups, c: Context) -> Outcome | None:
    month, month2 = g.number("month") or 0, g.number("month2") or 0
    day, day2 = g.number("day") or 0, g.number("day2") or 0
    year, year2 = g.number("year"), g.number("year2")
    turn = month2 < month
    if year is None and year2 is not None:
        year = year2 - turn
    first = _day(month, day, year, g, c)
    last = periods.calendar_day(year2 or first.year + turn, month2, day2) if first else None
    return Outcome(first=first if last else None, last=last, article=False)


def day_of_month(g: Groups, c: Context) -> Outcome | None:
    number = g.number("day") or 0
    if "rel" in g.named:
        month = beside(g, c, "month") if g.unit() == "month" else None
        return None if g.unit() != "month" else one(_numbered_day(month, number))
    if not c.ends_clause(g.end) or not 1 <= number <= 31:
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
    anchor = c.published or c.meeting
    if anchor is None or not 8 < anchor.toordinal() < date.max.toordinal() - 15:
        return narrowed(None, g)
    week = periods.containing("week", anchor)
    if "rel" not in g.named:
        return narrowed(_weekday(c, [periods.weekday_of(week.shift(i), number) for i in (-1, 0, 1)], g), g)
    if "unit" in g.named:
        placed = beside(g, c, "week") if g.unit() == "week" else None
        return None if g.unit() != "week" else narrowed(placed and periods.weekday_of(placed, number), g)
    step, origin = g.step()
    if origin == "text":
        return narrowed(_weekday_after(c, number, step), g)
    days = [periods.weekday_of(week.shift(i), number) for i in ((-1, 0, 1) if step else (0,))]
    return narrowed(c.strictly(days, step), g)


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
    return one(c.deictic("day", g.number("day") or 0))


def daytime(g: Groups, c: Context) -> Outcome | None:
    step, origin = g.step()
    if step and g.said("time", c.text) != "night":
        return None
    return narrowed(relative(c, "day", step, origin), g)


# --- months, seasons, quarters, halves ---


def month(g: Groups, c: Context) -> Outcome | None:
    number, year = g.number("month") or 0, g.number("year", "later_year")
    lexeme = g.named["month"]
    short = lexeme.end - lexeme.start <= 4 and number not in (5, 6, 7)
    if year is None and (lexeme.word.note == "everyday" or short):
        before = c.word_before(g.start) if g.start == lexeme.start else "of"
        if before is None or not c.has("month context", before.lower()):
            return None
    if "later_year" in g.named and lexeme.end > g.named["later_year"].start:
        return None
    return narrowed(_numbered("month", number, year, g, c), g, article=False)


def month_beside(g: Groups, c: Context) -> Outcome | None:
    number = g.number("month") or 0
    step, origin = g.step()
    if origin == "text":
        return narrowed(_month_after(c, number, step), g)
    if step == 0:
        year = c.published or c.meeting
        return narrowed(periods.of("month", year.year, number) if year else None, g)
    return narrowed(c.strictly([periods.of("month", y, number) for y in _years(c)], step), g)


def _month_after(c: Context, number: int, step: int) -> Period | None:
    base = c.anaphoric("month", 0) if c.latest and c.latest.unit != "year" else None
    if base is None:
        year = c.anaphoric("year", step)
        return periods.of("month", year.nth, number) if year else None
    ahead = (number - 1 - base.nth) % 12
    return base.shift(ahead if step == 0 else (ahead or 12) if step > 0 else ahead - 12)


def month_beside_year(g: Groups, c: Context) -> Outcome | None:
    if g.unit() != "year":
        return None
    year = beside(g, c)
    return narrowed(periods.of("month", year.year, g.number("month") or 1) if year else None, g, article=False)


def month_range(g: Groups, c: Context) -> Outcome | None:
    number, number2 = g.number("month") or 0, g.number("month2") or 0
    year, year2 = g.number("year"), g.number("year2")
    if year is None and year2 is not None:
        year = year2 - (number2 < number)
    first = _numbered("month", number, year, g, c)
    last = periods.of("month", year2 or first.year + (number2 < number), number2) if first else None
    return Outcome(first=first, last=last, article=False)


def season(g: Groups, c: Context) -> Outcome | None:
    year, lexeme = g.number("year"), g.named["season"]
    if year is None:
        before = (c.word_before(lexeme.start) or "").lower()
        after = c.word_after(g.end)
        if not c.has("season context", before) and before not in ("in", "by"):
            return None
        if not c.ends_clause(g.end) and not (c.has("plain", after) and after != "of"):
            return None
    return narrowed(_numbered("season", g.number("season") or 0, year, g, c), g)


def season_beside(g: Groups, c: Context) -> Outcome | None:
    number = g.number("season") or 0
    if "relyear" in g.named:
        year = beside(g, c, "year", "relyear")
        return narrowed(periods.of("season", year.year, number) if year else None, g)
    step, origin = g.step()
    if origin == "text":
        year = c.anaphoric("year", step)
        return narrowed(periods.of("season", year.nth, number) if year else None, g)
    anchor = c.published or c.meeting
    if anchor is None:
        return narrowed(None, g)
    if step == 0:
        year = periods.of("year", anchor.year - (number == 4 and anchor.month < 3))
        return narrowed(periods.of("season", year.nth, number), g)
    return narrowed(c.strictly([periods.of("season", y, number) for y in _years(c)], step), g)


def quarter(g: Groups, c: Context) -> Outcome | None:
    word = g.named["quarter"].word
    if not 1 <= word.number <= 4:
        return None
    fiscal = g.number("fy", "fyear")
    if fiscal is not None:
        return Outcome(value=f"FY{fiscal}-Q{int(word.number)}")
    year = int(word.note) if word.note.isdigit() else g.number("year")
    if "rel" in g.named:
        placed = beside(g, c)
        return narrowed(periods.of("quarter", placed.year, int(word.number)) if placed else None, g)
    return narrowed(_numbered("quarter", int(word.number), year, g, c), g)


def quarter_beside(g: Groups, c: Context) -> Outcome | None:
    return narrowed(beside(g, c, "quarter"), g)


def half(g: Groups, c: Context) -> Outcome | None:
    number = g.number("number", "lead")
    word = g.word("number_word")
    if word is not None:
        number = 2 if word.code == "l" else int(word.number)
    year = g.number("year", "lead_year")
    return one(periods.of("half", year, number) if year and number in (1, 2) else None)


READINGS: dict[str, Reading] = {
    "iso": iso, "iso_range": iso, "month_day": month_day, "days_of_month": days_of_month, "day_to_day": day_to_day,
    "day_of_month": day_of_month, "weekday": weekday, "weekday_beside": weekday, "weekday_of_week": weekday,
    "weekday_range": weekday_range, "today": today, "daytime": daytime, "month": month, "month_beside": month_beside,
    "month_beside_year": month_beside_year, "month_range": month_range, "season": season,
    "season_beside": season_beside, "quarter": quarter, "quarter_beside": quarter_beside, "half": half,
}  # fmt: skip
