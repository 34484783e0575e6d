"""What the rules for durations and sets mean. See `readings`."""

from __future__ import annotations

import re

from communique.temporal.context import Context
from communique.temporal.readings import Groups, Outcome, Reading

_NUMBERED = re.compile(r"\d[\d,.]*\)?[ \t]\($|\d[\d,.]*[ \t]\($")
_TARGET = re.compile(r" \w{2,7} \d{4}(?!\w)")
"""``ten ships a year by 2030``: what follows a rate when it does not end the clause."""
_COUNT = re.compile(r"\d[\d,.]{0,15}(?: [a-z]{1,20}){0,2} $")
_JOINED = re.compile(r"\b(?:pre|post)-$", re.IGNORECASE)


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
    if number in (0.25, 0.5, 0.75) and unit.iso == "Y":
        return iso_period(12 * number, "M")
    if number == 0.5 and unit.iso == "D":
        return iso_period(12, "TH")
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
    if unit.word.code == "U" and c.text[unit.start - 1] == " " and number.word.number != 1 and not _attributive(g, c):
        return None
    lead = g.word("lead")
    if lead and lead.code == "l" and c.text[g.start : g.start + 4] == "last" and _finite(c.word_before(g.start), c):
        # "The truce is to last three days."
        return None
    if not number.word.number or (lead and lead.note == "text" and g.named["lead"].start == g.start):
        return None
    if lead and lead.code == "O" and (lead.number != 1 or unit.word.code == "U"):
        return None
    attributive = c.text[number.end : unit.start] == "-"
    half = 0.5 if c.text[number.end : unit.start].strip(" -").lower().startswith("and") else 0
    length = _lasting(_length(number.word.number + half, g.unit(), c))
    # In "the two-day meeting" the article is the meeting's.
    return length._replace(article=not attributive) if length else None


def _finite(word: str | None, c: Context) -> bool:
    """Whether a verb follows a word: an infinitive after ``to`` or a modal."""
    return word == "to" or c.has("future", word)


def _attributive(g: Groups, c: Context) -> bool:
    """Whether a noun follows, so that the unit stands in the singular without a hyphen (``a 100 day plan``)."""
    after = c.word_after(g.end) if c.text[g.end : g.end + 1] == " " else None
    return after is not None and after.islower() and not c.has("plain", after)


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
    share = 0.5 if "halfof" in g.named else 0.25 * (g.number("number") or 1)
    return _lasting(_length(share, g.unit(), c)) if share < 1 else None


def _measured(g: Groups, c: Context) -> bool:
    return c.has("length context", (c.word_before(g.start) or "").lower())


def duration_one(g: Groups, c: Context) -> Outcome | None:
    """``a decade`` is a length; ``a year`` after ``for`` too, but in ``three a year`` it is a rate."""
    if g.named["unit"].word.code == "V":
        return None
    if g.unit() in ("decade", "century", "fortnight"):
        return _lasting(_length(1, g.unit(), c))
    before, after = (c.word_before(g.start) or "").lower(), c.word_after(g.end)
    if before != "of" and c.has("length before", after) and (g.unit() != "day" or after != "of"):
        return _lasting(_length(1, g.unit(), c))
    if g.unit() in ("year", "month", "week", "hour") and _measured(g, c) and before != "every":
        return None if before == "of" and not c.ends_clause(g.end) else _lasting(_length(1, g.unit(), c))
    rate = before.isdigit() or before.endswith("s") or before in ("million", "billion", "percent", "times")
    unit = c.lexicon.units[g.unit()]
    if rate and unit.iso and not unit.iso.startswith("T") and c.text[g.start] == "a":
        closed = c.ends_clause(g.end) or _TARGET.match(c.text, g.end) or _counted(g, c)
        return Outcome(type="set", value=iso_period(unit.factor, unit.iso)) if closed else None
    return None


def duration_whole(g: Groups, c: Context) -> Outcome | None:
    """``a full day``, ``another year``, ``a week's notice``."""
    name = "owner" if "owner" in g.named else "unit"
    return _lasting(_length(1, g.unit(name), c)) if g.named[name].word.code == "U" else None


def _counted(g: Groups, c: Context) -> bool:
    """Whether a count stands before a rate: ``3 percent a year over four years``."""
    return bool(_COUNT.search(c.text, max(0, g.start - 60), g.start)) and c.word_after(g.end) not in ("to", "of")


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


def set_each_range(g: Groups, c: Context) -> Outcome | None:
    """``every three to five years``."""
    length = duration_range(g, c)
    return length._replace(type="set") if length else None


def set_weekend(g: Groups, c: Context) -> Outcome | None:
    """``every weekend``."""
    return Outcome(type="set", value="P1W") if c.lexicon.units[g.unit()].calendar == "weekend" else None


def set_each_named(g: Groups, c: Context) -> Outcome | None:
    if "each" in g.named:
        return set_each(g, c)
    code = g.named["named"].word.code if "named" in g.named else "M"
    return Outcome(type="set", value="P1W" if code in "Ww" else "P1Y")


def set_rate(g: Groups, c: Context) -> Outcome | None:
    unit = c.lexicon.units[g.unit()]
    if unit.iso is None or unit.iso.startswith("T"):
        return None
    return Outcome(type="set", value=iso_period(unit.factor, unit.iso))


READINGS: dict[str, Reading] = {
    "duration": duration, "duration_range": duration_range, "duration_halved": duration_halved,
    "duration_part": duration_part, "duration_one": duration_one, "duration_whole": duration_whole,
    "duration_span": duration_span,
    "length": literal, "set": set_word, "set_each": set_each, "set_each_range": set_each_range,
    "set_each_named": set_each_named, "set_weekend": set_weekend,
    "set_count": set_each, "set_rate": set_rate,
}  # fmt: skip
