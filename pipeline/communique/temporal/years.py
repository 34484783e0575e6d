"""What the rules for years, decades, centuries and steps from an anchor mean. See `readings`."""

from __future__ import annotations

import re

from communique.temporal import periods
from communique.temporal.context import Context, direction
from communique.temporal.periods import Period
from communique.temporal.readings import Groups, Outcome, Reading, joins_clause, narrowed, one, relative

_NUMBERED = re.compile(r"\d[\d,.]*\)?[ \t]\($|\d[\d,.]*[ \t]\($")
_DETERMINED = re.compile(r"\bof the $", re.IGNORECASE)
_RUNS_ON = re.compile(r"[-–/]\d\d(?!\d)")
"""``the end of the 2013-14 season`` is not the end of 2013."""
_LASTING = re.compile(r"\bfor (?:\w+ )?$", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:pre|post)-$", re.IGNORECASE)


def year(g: Groups, c: Context) -> Outcome | None:
    lexeme = g.named["year"]
    if "unit" in g.named and g.unit() != "year":
        return None
    if _RUNS_ON.match(c.text, lexeme.end):
        return None
    if lexeme.word.note == "short" and not c.has("plain", (c.word_before(lexeme.start) or "").lower()):
        return None
    if g.start == lexeme.start and not _is_year(lexeme.start, lexeme.end, int(lexeme.word.number), c):
        return None
    if c.has("no year before", c.word_after(lexeme.end)):
        return None
    if "part" in g.named and _DETERMINED.search(c.text, g.start, lexeme.start) and c.modifies(lexeme.end):
        # "The start of the 2024 season" is not the start of 2024.
        return None
    return narrowed(periods.of("year", int(lexeme.word.number)), g, article="unit" in g.named)


def _is_year(start: int, end: int, number: int, c: Context) -> bool:
    """Whether a bare four-digit number is a year: not in a name, not a resolution's, not a count."""
    text = c.text
    if text[start - 1 : start] in "-–/" and start and not _JOINED.search(text, max(0, start - 6), start):
        return False
    if _NUMBERED.search(text, max(0, start - 16), start) and text[end : end + 1] == ")":
        return False
    before = c.word_before(start)
    if before is not None:
        if c.has("no year after", before):
            return False
        name = before[:1].isupper() and before.lower() not in c.lexicon.lists["plain"]
        if name and start - 1 not in c.dated and not before.endswith(("'s", "’s", "s'", "s’")) and not before.isdigit():
            return False
    if number % 100 or text[end : end + 1] != " ":
        return True
    after = c.word_after(end) or ""
    counted = after.endswith("s") and len(after) > 3 and after.islower() and not c.has("plain", after)
    return not counted or (before or "").lower() in ("the", "in", "by", "since", "until")


def year_range(g: Groups, c: Context) -> Outcome | None:
    first, last = g.number("year") or 0, g.number("year2") or 0
    if last <= first or c.has("no year before", c.word_after(g.end)):
        return None
    if c.has("no year after", c.word_before(g.start)) or _in_name(g.start, c):
        return None
    return Outcome(first=periods.of("year", first), last=periods.of("year", last))


def years_running(g: Groups, c: Context) -> Outcome | None:
    """``2031 and 2032``: two years of which one follows the other are one stretch."""
    return year_range(g, c) if (g.number("year2") or 0) - (g.number("year") or 0) == 1 else None


def _in_name(start: int, c: Context) -> bool:
    return start > 0 and c.text[start - 1] in "-–/"


def year_short(g: Groups, c: Context) -> Outcome | None:
    """``2021-24`` is a range, ``2021-12`` a month."""
    first, short = g.named["year"], g.named["short"]
    number, tail = int(first.word.number), int(short.word.number)
    if short.end - short.start != 2 or _in_name(g.start, c) or c.has("no year before", c.word_after(g.end)):
        return None
    if tail > number % 100:
        return Outcome(first=periods.of("year", number), last=periods.of("year", number - number % 100 + tail))
    return one(periods.of("month", number, tail)) if 1 <= tail <= 12 else None


def year_end(g: Groups, c: Context) -> Outcome | None:
    number = g.number("year", "year2")
    return one(periods.of("year", number) if number else c.deictic("year", 0), "end")


def fiscal(g: Groups, c: Context) -> Outcome | None:
    number = g.number("fy", "year", "year2")
    return narrowed(periods.of("fiscal", number) if number else None, g, article="year2" in g.named)


def fiscal_range(g: Groups, c: Context) -> Outcome | None:
    first, last = g.number("year", "fy") or 0, g.number("year2", "fy2")
    if last is None:
        last = first - first % 100 + (g.number("short") or 0)
    if last <= first:
        return None
    return Outcome(first=periods.of("fiscal", first), last=periods.of("fiscal", last), article=False)


def fiscal_beside(g: Groups, c: Context) -> Outcome | None:
    """Fiscal years begin in different months from country to country, so the calendar does not place this one."""
    return narrowed(None, g)


def decade(g: Groups, c: Context) -> Outcome | None:
    word = g.named["decade"].word
    if word.note == "short" and "the" not in g.named and c.text[g.named["decade"].start] not in "'’":
        return None
    number = int(word.number)
    if number % 10 == 0 and number < 200:
        # "The 1800s" are a century in common use, "the 2000s" a decade.
        return narrowed(Period("century", number // 10), g)
    return narrowed(Period("decade", number), g)


def decade_range(g: Groups, c: Context) -> Outcome | None:
    first, last = g.number("decade", "first") or 0, g.number("decade2", "last") or 0
    if last <= first:
        return None
    return Outcome(first=periods.of("year", first * 10), last=periods.of("year", last * 10 + 9))


def century(g: Groups, c: Context) -> Outcome | None:
    number = g.number("ordinal") or 0
    if g.unit() != "century" or not 1 <= number <= 99:
        return None
    return narrowed(Period("century", number - 1), g, article=False)


def unit_beside(g: Groups, c: Context) -> Outcome | None:
    step, anchor = g.step()
    unit = c.lexicon.units[g.unit()].calendar
    if joins_clause(g, c):
        return None
    if unit is None or (step == 0 and anchor == "text" and g.said("rel", c.text) == "that"
                        and unit not in ("year", "month", "week", "day", "decade")):  # fmt: skip
        return None
    if unit == "day" and g.said("rel", c.text) == "present":
        return None
    if unit == "weekend":
        return _weekend(relative(c, "week", step, anchor))
    if "the" in g.named and anchor == "published" and step and g.start == g.named["the"].start:
        # "the next day" in a story follows the day just told; "the last year" is a length of time.
        if step < 0 or c.has("span context", (c.word_before(g.start) or "").lower()):
            return None
        anchor = "published" if unit in ("decade", "century") else "text"
    return narrowed(relative(c, unit, step, anchor), g)


def _weekend(week: Period | None) -> Outcome:
    if week is None:
        return Outcome()
    return Outcome(first=periods.weekday_of(week, 6), last=periods.weekday_of(week, 7))


def weekend(g: Groups, c: Context) -> Outcome | None:
    """``over the weekend``: the last or the next one, as the tense says."""
    if c.lexicon.units[g.unit()].calendar != "weekend" or c.word_before(g.start) not in ("over", "at", "during"):
        return None
    anchor = c.published
    if anchor is None:
        return Outcome()
    weeks = [periods.containing("week", anchor).shift(step) for step in (-1, 0, 1)]
    saturday = c.nearest([periods.weekday_of(week, 6) for week in weeks], g.start, g.end)
    return _weekend(periods.within(saturday, "week") if saturday else None)


def unit_narrowed(g: Groups, c: Context) -> Outcome | None:
    unit = c.lexicon.units[g.unit()].calendar
    if unit is None or unit == "weekend":
        return None
    if unit == "day" and ("compared" not in g.named or not c.ends_clause(g.end)):
        return None
    if "mid" in g.named and (unit == "day" or g.named["mid"].word.note != "mid"):
        return None
    return narrowed(c.deictic(unit, 0), g)


# --- steps from an anchor ---


def ago(g: Groups, c: Context) -> Outcome | None:
    return one(_stepped(g, c, -1, "published"))


def hence(g: Groups, c: Context) -> Outcome | None:
    if g.number("deictic"):
        return None
    return one(_stepped(g, c, 1, "published"))


def apart(g: Groups, c: Context) -> Outcome | None:
    if "beside" in g.named and (not c.ends_clause(g.end) or ("that" in g.named and g.said("that", c.text) != "that")):
        return None
    if _LASTING.search(c.text, max(0, g.start - 20), g.start) or c.word_after(g.end) == "than":
        return None
    earlier = g.said("apart" if "apart" in g.named else "beside", c.text) not in ("later", "after")
    period = _stepped(g, c, -1 if earlier else 1, "text")
    told = c.latest is not None and c.published is not None and periods.last_day(c.latest) > c.published
    if period and c.published and not earlier and not told and periods.first_day(period) > c.published:
        # "Fifty years later" tells of now or of what was; only a future tense reaches beyond the statement's day.
        return one(period if direction(c.text, g.start, g.end, c.lexicon).sign > 0 else None)
    return one(period)


def _stepped(g: Groups, c: Context, sign: int, anchor: str) -> Period | None:
    """``two years ago``: the unit named, so many of it away from the anchor."""
    name = g.unit()
    unit = c.lexicon.units[name]
    number = g.named["number"].word.number if "number" in g.named else 0.5 if "halfof" in g.named else 1.0
    number += 0.5 if "and_half" in g.named else 0
    if unit.calendar is None or unit.calendar == "weekend":
        return relative(c, "week", sign * int(2 * number), anchor) if unit.iso == "W" else None
    if number != int(number):
        months = round(number * unit.factor * 12)
        return relative(c, "month", sign * months, anchor) if name == "year" else _half(c, number, name, sign, anchor)
    return relative(c, unit.calendar, sign * int(number), anchor)


def _half(c: Context, number: float, name: str, sign: int, anchor: str) -> Period | None:
    years = number * c.lexicon.units[name].factor
    return relative(c, "year", sign * int(years), anchor) if name in ("decade", "century") else None


def before_last(g: Groups, c: Context) -> Outcome | None:
    """``the week before last``, ``the year after next``."""
    step, anchor = g.step()
    unit = "day" if g.named["unit"].word.code == "T" else c.lexicon.units[g.unit()].calendar
    said = g.said("beside", c.text)
    if unit is None or anchor != "published" or said != ("after" if step > 0 else "before"):
        return None
    if unit == "weekend":
        return _weekend(c.deictic("week", 2 * step))
    return one(c.deictic(unit, 2 * step))


def unit_apart(g: Groups, c: Context) -> Outcome | None:
    if not c.ends_clause(g.end) or ("that" in g.named and g.said("that", c.text) != "that"):
        return None
    unit = "day" if g.named["unit"].word.code == "T" else c.lexicon.units[g.unit()].calendar
    earlier = g.said("beside", c.text) != "after"
    return None if unit is None or unit == "weekend" else one(c.anaphoric(unit, -1 if earlier else 1))


READINGS: dict[str, Reading] = {
    "year": year, "years_running": years_running, "year_range": year_range,
    "year_short": year_short, "year_end": year_end, "fiscal": fiscal,
    "fiscal_range": fiscal_range, "fiscal_beside": fiscal_beside, "decade": decade, "decade_range": decade_range,
    "century": century,
    "unit_beside": unit_beside, "unit_narrowed": unit_narrowed, "ago": ago, "hence": hence, "apart": apart,
    "unit_apart": unit_apart, "before_last": before_last, "weekend": weekend,
}  # fmt: skip
