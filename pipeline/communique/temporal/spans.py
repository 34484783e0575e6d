"""What the words of the rules for years, steps from an anchor, durations and sets mean. See `readings`."""

from __future__ import annotations

import re

from communique.temporal import periods
from communique.temporal.context import Context, direction
from communique.temporal.periods import Period
from communique.temporal.readings import Groups, Outcome, Reading, narrowed, one, relative

_NUMBERED = re.compile(r"\d[\d,.]*\)?[ \t]\($|\d[\d,.]*[ \t]\($")
_JOINED = re.compile(r"\b(?:pre|post)-$", re.IGNORECASE)


# --- years and longer ---


def year(g: Groups, c: Context) -> Outcome | None:
    lexeme = g.named["year"]
    if "unit" in g.named and g.unit() != "year":
        return None
    if g.start == lexeme.start and not _is_year(lexeme.start, lexeme.end, int(lexeme.word.number), c):
        return None
    if c.has("no year before", c.word_after(lexeme.end)):
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
        if name and not before.endswith(("'s", "’s", "s'", "s’")) and not before.isdigit():
            return False
    after = c.word_after(end)
    counted = after is not None and after.islower() and not c.has("plain", after) and text[end : end + 1] == " "
    return not (counted and number % 100 == 0 and before not in ("the", "The", "in", "In"))


def year_range(g: Groups, c: Context) -> Outcome | None:
    first, last = g.number("year") or 0, g.number("year2") or 0
    if last <= first or c.has("no year before", c.word_after(g.end)):
        return None
    if c.has("no year after", c.word_before(g.start)) or _in_name(g.start, c):
        return None
    return Outcome(first=periods.of("year", first), last=periods.of("year", last))


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
    return narrowed(Period("decade", int(word.number)), g)


def century(g: Groups, c: Context) -> Outcome | None:
    number = g.number("ordinal") or 0
    if g.unit() != "century" or not 1 <= number <= 99:
        return None
    return narrowed(Period("century", number - 1), g, article=False)


def unit_beside(g: Groups, c: Context) -> Outcome | None:
    step, anchor = g.step()
    unit = c.lexicon.units[g.unit()].calendar
    if unit is None or (step == 0 and anchor == "text" and g.said("rel", c.text) == "that"
                        and unit not in ("year", "month", "week", "day", "decade")):  # fmt: skip
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


def unit_narrowed(g: Groups, c: Context) -> Outcome | None:
    unit = c.lexicon.units[g.unit()].calendar
    if unit is None or unit == "weekend":
        return None
    if unit == "day" and not c.ends_clause(g.end):
        return None
    if "mid" in g.named and (unit == "day" or g.named["mid"].word.note != "mid"):
        return None
    return narrowed(c.deictic(unit, 0), g)


# --- steps from an anchor ---


def ago(g: Groups, c: Context) -> Outcome | None:
    return one(_stepped(g, c, -1, "published"))


def hence(g: Groups, c: Context) -> Outcome | None:
    return one(_stepped(g, c, 1, "published"))


def apart(g: Groups, c: Context) -> Outcome | None:
    if "beside" in g.named and not c.ends_clause(g.end):
        return None
    earlier = g.said("apart" if "apart" in g.named else "beside", c.text) not in ("later", "after")
    period = _stepped(g, c, -1 if earlier else 1, "text")
    if period and c.published and not earlier and periods.first_day(period) > c.published:
        # "Fifty years later" tells of now or of what was; only a future tense reaches beyond the statement's day.
        return one(period if direction(c.text, g.start, g.end, c.lexicon) > 0 else None)
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


def unit_apart(g: Groups, c: Context) -> Outcome | None:
    if not c.ends_clause(g.end):
        return None
    unit = "day" if g.named["unit"].word.code == "T" else c.lexicon.units[g.unit()].calendar
    earlier = g.said("beside", c.text) != "after"
    return None if unit is None or unit == "weekend" else one(c.anaphoric(unit, -1 if earlier else 1))


# --- durations ---


def iso_period(number: float, iso: str) -> str:
    """An ISO 8601 period: ``iso`` is the designator, with ``T`` before it for units of the clock."""
    clock, designator = ("T", iso[1]) if iso.startswith("T") else ("", iso)
    count = str(int(number)) if number == int(number) else f"{number:f}".rstrip("0")
    return f"P{clock}{count}{designator}"


def _length(number: float, name: str, c: Context) -> str | None:
    unit = c.lexicon.units[name]
    if unit.iso is None:
        return None
    number *= unit.factor
    if name == "hour" and number != int(number) and number * 60 == int(number * 60):
        return iso_period(number * 60, "TM") if number < 1 else iso_period(number, unit.iso)
    return iso_period(number, unit.iso)


def _lasting(value: str | None) -> Outcome | None:
    return Outcome(type="duration", value=value) if value else None


def duration(g: Groups, c: Context) -> Outcome | None:
    number, unit = g.named["number"], g.named["unit"]
    if number.word.code == "Y" and c.lexicon.units[g.unit()].calendar != "day" and unit.word.code == "U":
        return None
    spelt = unit.word.code == "U" and number.word.number == 1 and number.word.code == "N"
    if spelt and g.unit() == "day" and c.text[unit.start - 1] == " " and not _measured(g, c):
        return None
    if unit.word.code == "U" and c.text[unit.start - 1] == " " and number.word.number != 1:
        return None
    lead = g.word("lead")
    if not number.word.number or (lead and lead.note == "text" and g.named["lead"].start == g.start):
        return None
    half = 0.5 if c.text[number.end : unit.start].strip(" ").lower().startswith("and") else 0
    return _lasting(_length(number.word.number + half, g.unit(), c))


def duration_range(g: Groups, c: Context) -> Outcome | None:
    low, high = g.named["number"].word.number, g.named["number2"].word.number
    first, last = _length(low, g.unit(), c), _length(high, g.unit(), c)
    return _lasting(f"{first}/{last}") if first and last and 0 < low < high else None


def duration_halved(g: Groups, c: Context) -> Outcome | None:
    number = g.named["number"].word.number if "number" in g.named else 1
    return _lasting(_length(number + 0.5, g.unit(), c))


def duration_part(g: Groups, c: Context) -> Outcome | None:
    if g.named["unit"].word.code == "V" or (g.unit() == "day" and not _measured(g, c)):
        return None
    return _lasting(_length(0.5 if "halfof" in g.named else 0.25, g.unit(), c))


def _measured(g: Groups, c: Context) -> bool:
    return c.has("length context", (c.word_before(g.start) or "").lower())


def duration_one(g: Groups, c: Context) -> Outcome | None:
    """``a decade`` is a length; ``a year`` after ``for`` too, but in ``three a year`` it is a rate."""
    if g.named["unit"].word.code == "V":
        return None
    if g.unit() in ("decade", "century", "fortnight"):
        return _lasting(_length(1, g.unit(), c))
    before = (c.word_before(g.start) or "").lower()
    if g.unit() in ("year", "month", "week", "hour") and _measured(g, c) and before != "every":
        return None if before == "of" and not c.ends_clause(g.end) else _lasting(_length(1, g.unit(), c))
    rate = before.isdigit() or before.endswith("s") or before in ("million", "billion", "percent", "times")
    unit = c.lexicon.units[g.unit()]
    if rate and unit.iso and not unit.iso.startswith("T") and c.text[g.start] == "a":
        return Outcome(type="set", value=iso_period(unit.factor, unit.iso)) if c.ends_clause(g.end) else None
    return None


def duration_span(g: Groups, c: Context) -> Outcome | None:
    """``over the next year``, ``the past decade``: a length that ends or begins at the statement's day."""
    step, anchor = g.step()
    if anchor != "published" or not step:
        return None
    before = (c.word_before(g.start) or "").lower()
    if "the" not in g.named or (step > 0 and not c.has("span context", before)):
        return None
    return _lasting(_length(1, g.unit(), c))


def literal(g: Groups, c: Context) -> Outcome | None:
    return _lasting(g.named["literal"].word.note)


# --- sets ---


def set_word(g: Groups, c: Context) -> Outcome | None:
    if c.has("set not before", c.word_after(g.end)):
        return None
    return Outcome(type="set", value=g.named["literal"].word.note)


def set_each(g: Groups, c: Context) -> Outcome | None:
    if "quarter" in g.named:
        return Outcome(type="set", value="P3M")
    number = g.named["number"].word.number if "number" in g.named else 2 if "other" in g.named else 1
    if number > 1 and g.named["unit"].word.code == "U" and "number" in g.named and g.named["number"].word.code != "O":
        return None
    value = _length(number, g.unit(), c)
    return Outcome(type="set", value=value) if value else None


def set_each_named(g: Groups, c: Context) -> Outcome | None:
    code = g.named["named"].word.code if "named" in g.named else "M"
    return Outcome(type="set", value="P1W" if code in "Ww" else "P1Y")


def set_rate(g: Groups, c: Context) -> Outcome | None:
    unit = c.lexicon.units[g.unit()]
    if unit.iso is None or unit.iso.startswith("T"):
        return None
    return Outcome(type="set", value=iso_period(unit.factor, unit.iso))


READINGS: dict[str, Reading] = {
    "year": year, "year_range": year_range, "year_short": year_short, "year_end": year_end, "fiscal": fiscal,
    "fiscal_range": fiscal_range, "fiscal_beside": fiscal_beside, "decade": decade, "century": century,
    "unit_beside": unit_beside, "unit_narrowed": unit_narrowed, "ago": ago, "hence": hence, "apart": apart,
    "unit_apart": unit_apart, "duration": duration, "duration_range": duration_range,
    "duration_halved": duration_halved, "duration_part": duration_part, "duration_one": duration_one,
    "duration_span": duration_span, "length": literal, "set": set_word, "set_each": set_each,
    "set_each_named": set_each_named, "set_count": set_each, "set_rate": set_rate,
}  # fmt: skip
