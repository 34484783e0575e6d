"""The last day on which a promise is due."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from communique.records import DateMention

# ISO 8601-1, 5.5.2: a duration in years, months, weeks and days.
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def due_day(deadline: str, dates: Iterable[DateMention], made: date) -> date | None:
    """The last day that a deadline can mean, as the first of the ``dates`` with its value that has one says.

    A duration counts from the day on which it was ``made``. None where the value says no day (``before`` an event, a
    century).
    """
    latest = next((mention.latest for mention in dates if mention.value == deadline and mention.latest), None)
    if latest is not None:
        return date.fromisoformat(latest)
    duration = _DURATION.fullmatch(deadline)
    if duration is None or not any(duration.groups()):
        return None
    years, months, weeks, days = (int(n or 0) for n in duration.groups())
    return _later(made, years * 12 + months) + timedelta(days=weeks * 7 + days)


def _later(day: date, months: int) -> date:
    """So many calendar months later, on the same day of the month or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
