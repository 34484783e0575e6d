"""The last day on which a promise is due."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from communique.records import Commitment, DateMention, Record

# ISO 8601-1, 5.5.2: a duration in years, months, weeks and days.
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def due_day(record: Record, clause: Commitment, made: date) -> date | None:
    """The last day that the clause's deadline can mean; a duration counts from the day on which it was ``made``.

    None where there is no deadline, or where its value says no day (``before`` an event, a century).
    """
    if clause.deadline is None:
        return None
    own = [record.dates[i] for i in clause.dates]
    latest = _latest(own, clause.deadline) or _latest(record.dates, clause.deadline)
    if latest is not None:
        return date.fromisoformat(latest)
    duration = _DURATION.fullmatch(clause.deadline)
    if duration is None or not any(duration.groups()):
        return None
    years, months, weeks, days = (int(n or 0) for n in duration.groups())
    return _later(made, years * 12 + months) + timedelta(days=weeks * 7 + days)


def _latest(mentions: Iterable[DateMention], value: str) -> str | None:
    """The last day that a value means, as the first mention that has one says."""
    for mention in mentions:
        if mention.value == value and mention.latest is not None:
            return mention.latest
    return None


def _later(day: date, months: int) -> date:
    """So many calendar months later, on the same day of the month or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
