"""What the rules for months, seasons, quarters and half-years mean. See `readings`."""

from __future__ import annotations

import re

from communique.records import Modifier
from communique.temporal import periods
from communique.temporal.context import Context
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
    years_around,
)

_LIST = re.compile(r"([^\W\d_]+)(?:,|,? (?:and|or))[ ]$")


def month(g: Groups, c: Context) -> Outcome | None:
    number, year = g.number("month") or 0, g.number("year", "later_year")
    lexeme = g.named["month"]
    size = lexeme.end - lexeme.start
    short = size <= 4 and (number, size) not in ((5, 3), (6, 4), (7, 4))  # `Jun` may be a name, `June` is no short form
    if year is None and (lexeme.word.note == "everyday" or short):
        before = (c.word_before(g.start) or "").lower() if g.start == lexeme.start else "of"
        named = c.has("month context", before) or (before == "the" and c.modifies(lexeme.end))
        if not named and not _listed(lexeme.start, c):
            return None
    if "later_year" in g.named and lexeme.end > g.named["later_year"].start:
        return None
    return narrowed(numbered("month", number, year, g, c), g, article=False)


def part_of_month(g: Groups, c: Context) -> Outcome | None:
    """``the last week of May``: weeks of a month have no number in ISO 8601, so the month is as fine as it gets."""
    number = g.number("nth") or 0
    days = g.unit() == "day" and g.named["unit"].word.code == "V" and number in (1, -1)
    if not days and (g.unit() not in ("week", "weekend") or not number <= 5):
        return None
    mod: Modifier | None = "start" if number == 1 else "end" if number < 0 else None
    return one(numbered("month", g.number("month") or 1, g.number("year"), g, c), mod)


def part_of_year(g: Groups, c: Context) -> Outcome | None:
    """``the last month of 2012``, ``the first weeks of next year``."""
    nth, unit = g.number("nth") or 0, g.named["unit"].word
    if g.unit() not in ("day", "week", "month"):
        return None
    whole, year = _year_of(g, c)
    if not whole:
        return None
    if unit.code == "U" and g.unit() == "month":
        number = 12 if nth == -1 else nth
        return one(periods.of("month", year.nth, number) if year and 1 <= number <= 12 else None)
    if year and unit.code == "U" and g.unit() == "day" and nth in (1, -1):
        return one(periods.day(periods.first_day(year) if nth == 1 else periods.last_day(year)))
    return one(year, "start" if nth == 1 else "end") if nth in (1, -1) else None


def months_of_year(g: Groups, c: Context) -> Outcome | None:
    """``the first nine months of 2012``."""
    nth, count = g.number("nth") or 0, g.number("number") or 0
    if g.unit() != "month" or nth not in (1, -1) or not 1 < count < 12:
        return None
    whole, year = _year_of(g, c)
    if not whole:
        return None
    start = 1 if nth == 1 else 13 - count
    first = periods.of("month", year.nth, start) if year else None
    return Outcome(first=first, last=first.shift(count - 1) if first else None)


def _year_of(g: Groups, c: Context) -> tuple[bool, Period | None]:
    """Whether a rule's ``of …`` names a year, and which: ``of 2012``, ``of last year``, ``of the year``."""
    if "year" in g.named:
        return True, periods.of("year", g.number("year") or 0)
    if "rel" in g.named:
        return g.unit("relunit") == "year", beside(g, c)
    return g.unit("own") == "year", c.deictic("year", 0)


def _listed(start: int, c: Context) -> bool:
    """Whether a month stands before an offset in a list: ``in April and May``."""
    found = _LIST.search(c.text, max(0, start - 30), start)
    word = c.lexicon.words.get(found.group(1).lower()) if found else None
    return word is not None and word.code == "M"


def month_beside(g: Groups, c: Context) -> Outcome | None:
    number = g.number("month") or 0
    step, origin = g.step()
    if joins_clause(g, c):
        return None
    if origin == "text":
        return narrowed(_month_after(c, number, step), g)
    if step == 0:
        year = c.published or c.meeting
        return narrowed(periods.of("month", year.year, number) if year else None, g)
    here = c.has("upcoming", g.said("rel", c.text))
    return narrowed(c.strictly([periods.of("month", y, number) for y in years_around(c)], step, here=here), g)


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


def months_running(g: Groups, c: Context) -> Outcome | None:
    """``June and July``: two months of which one follows the other are one stretch."""
    everyday = "everyday" in (g.named["month"].word.note, g.named["month2"].word.note)
    if everyday and not c.has("month context", (c.word_before(g.start) or "").lower()):
        return None
    return month_range(g, c) if ((g.number("month2") or 0) - (g.number("month") or 0)) % 12 == 1 else None


def month_range(g: Groups, c: Context) -> Outcome | None:
    number, number2 = g.number("month") or 0, g.number("month2") or 0
    year, year2 = g.number("year"), g.number("year2")
    if "rel" in g.named:
        placed = beside(g, c) if g.unit() == "year" else None
        if placed is None:
            return Outcome(article=False)
        year2 = placed.year
    if year is None and year2 is not None:
        year = year2 - (number2 < number)
    first = numbered("month", number, year, g, c)
    last = periods.of("month", year2 or first.year + (number2 < number), number2) if first else None
    return Outcome(first=first, last=last, article=False)


def quarter_of_months(g: Groups, c: Context) -> Outcome | None:
    """``the October-December quarter``: one of the calendar's quarters, or else just its months."""
    number, number2 = g.number("month") or 0, g.number("month2") or 0
    if number % 3 != 1 or number2 != number + 2:
        return month_range(g, c)
    return one(numbered("quarter", number2 // 3, g.number("year"), g, c))


def season(g: Groups, c: Context) -> Outcome | None:
    year, lexeme = g.number("year", "later_year"), g.named["season"]
    if year is None:
        before = (c.word_before(lexeme.start) or "").lower()
        after = c.word_after(g.end)
        if not c.has("season context", before) and before not in ("in", "by"):
            return None
        if not c.ends_clause(g.end) and after is not None and (not c.has("plain", after) or after == "of"):
            return None
    return narrowed(numbered("season", g.number("season") or 0, year, g, c), g)


def _season_after(c: Context, number: int, step: int) -> Period | None:
    """``the following spring``, ``that winter``: counted from the last date in the text."""
    base = c.anaphoric("season", 0) if c.latest and c.latest.unit in ("day", "week", "month", "season") else None
    if base is None:
        year = c.anaphoric("year", step)
        return periods.of("season", year.nth, number) if year else None
    ahead = (number - 1 - base.nth) % 4
    return base.shift(ahead if step == 0 else (ahead or 4) if step > 0 else ahead - 4)


def season_beside(g: Groups, c: Context) -> Outcome | None:
    number = g.number("season") or 0
    if "relyear" in g.named:
        year = beside(g, c, "year", "relyear")
        return narrowed(periods.of("season", year.year, number) if year else None, g)
    step, origin = g.step()
    if joins_clause(g, c):
        return None
    if origin == "text" or (step > 0 and "the" in g.named):
        return narrowed(_season_after(c, number, step), g)
    anchor = c.published or c.meeting
    if anchor is None:
        return narrowed(None, g)
    if step == 0:
        year = periods.of("year", anchor.year - (number == 4 and anchor.month < 3))
        return narrowed(periods.of("season", year.nth, number), g)
    here = c.has("upcoming", g.said("rel", c.text))
    return narrowed(c.strictly([periods.of("season", y, number) for y in years_around(c)], step, here=here), g)


def quarter(g: Groups, c: Context) -> Outcome | None:
    word = g.named["quarter"].word
    if word.code == "l":
        word = word._replace(number=4)
    if not 1 <= word.number <= 4:
        return None
    fiscal = g.number("fy", "fyear")
    if "rel" in g.named and "relunit" in g.named and g.unit("relunit") != "year":
        return None
    if fiscal is not None:
        return Outcome(value=f"FY{fiscal}-Q{int(word.number)}")
    year = int(word.note) if word.note.isdigit() else g.number("year")
    if "rel" in g.named:
        placed = beside(g, c)
        return narrowed(periods.of("quarter", placed.year, int(word.number)) if placed else None, g)
    return narrowed(numbered("quarter", int(word.number), year, g, c), g)


def quarter_range(g: Groups, c: Context) -> Outcome | None:
    first, last, year = g.number("quarter") or 0, g.number("quarter2") or 0, g.number("year") or 0
    if not 1 <= first < last <= 4:
        return None
    return Outcome(first=periods.of("quarter", year, first), last=periods.of("quarter", year, last))


def quarter_beside(g: Groups, c: Context) -> Outcome | None:
    return narrowed(beside(g, c, "quarter"), g)


def quarter_open(g: Groups, c: Context) -> Outcome | None:
    """``the fiscal third quarter``: fiscal years differ, so the calendar does not place it."""
    return Outcome() if 1 <= (g.number("quarter") or 0) <= 4 else None


def year_apart(g: Groups, c: Context) -> Outcome | None:
    """``the year-earlier quarter``, ``the year-ago month``: a year before the one just named."""
    unit = "quarter" if "quarter" in g.named else g.unit("same")
    base = c.anaphoric(unit, 0) if unit in ("month", "quarter") else None
    return one(base.shift(-periods.PER_YEAR[unit]) if base else None) if unit in ("month", "quarter") else None


def same_of_year(g: Groups, c: Context) -> Outcome | None:
    """``the same quarter of 2016``, ``that month last year``: the last one named, in another year."""
    unit = "quarter" if "quarter" in g.named else g.unit("same")
    if unit not in ("month", "quarter") or ("relunit" in g.named and g.unit("relunit") != "year"):
        return None
    year = g.number("year")
    if "relyear" in g.named:
        placed = beside(g, c, "year", "relyear")
        year = placed.year if placed else None
    base = c.anaphoric(unit, 0)
    if base is not None and "apart" in g.named:
        year = base.year + (1 if g.said("apart", c.text) == "later" else -1)
    return one(base.shift((year - base.year) * periods.PER_YEAR[unit]) if base and year else None)


def half(g: Groups, c: Context) -> Outcome | None:
    number = g.number("number", "lead")
    word = g.word("number_word")
    if word is not None:
        number = 2 if word.code == "l" else int(word.number)
    year = g.number("year", "lead_year")
    if "rel" in g.named:
        placed = beside(g, c) if g.unit() == "year" else None
        year = placed.year if placed else None
    return one(periods.of("half", year, number) if year and number in (1, 2) else None)


READINGS: dict[str, Reading] = {
    "month": month, "month_beside": month_beside, "part_of_month": part_of_month, "part_of_year": part_of_year,
    "months_of_year": months_of_year,
    "month_beside_year": month_beside_year, "month_range": month_range, "months_running": months_running,
    "season": season,
    "season_beside": season_beside, "quarter": quarter, "quarter_range": quarter_range,
    "quarter_beside": quarter_beside, "quarter_of_months": quarter_of_months, "same_of_year": same_of_year,
    "quarter_open": quarter_open, "year_apart": year_apart,
    "half": half,
}  # fmt: skip
