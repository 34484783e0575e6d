"""Days as a reader expects them; the same in every locale."""

from __future__ import annotations

import re

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?")


def day_words(value: str) -> str:
    """``2025-04-14`` as ``14 April 2025``, ``2025-04`` as ``April 2025``; another value as it is."""
    found = _DAY.fullmatch(value)
    if found is None:
        return value
    year, month, day = found.groups()
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


def days_words(start: str | None, end: str | None) -> str:
    """A meeting's days: ``3–5 June 2024``, with what both have in common said once."""
    if start is None:
        return day_words(end) if end else ""
    if end is None or end == start:
        return day_words(start)
    first, last = day_words(start), day_words(end)
    if start[:7] == end[:7]:
        return f"{first.split()[0]}–{last}"
    return f"{first.rpartition(' ')[0] if start[:4] == end[:4] else first} – {last}"
