"""Promised dates on a line of time: when each was promised, when it falls due, and what was said of it after that."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from communique.comparison.records import Chain, Comparison, Deadline
from communique.report.marking import readable

_POINT = re.compile(r"(\d{3})(?:([\dX])(?:-(Q[1-4]|\d{2})(?:-(\d{2}))?)?)")
_YEARS = re.compile(r"P(\d{1,3})Y")


@dataclass(frozen=True, slots=True)
class Promise:
    """A date that an edition promised; ``due`` is its last day.

    ``outcome`` is the status that a later edition gives the matter, ``open`` where the day lies after all of them.
    """

    chain: str
    made: int
    start: str
    due: str
    value: str
    outcome: str
    words: str
    later: str


def promises(comparison: Comparison) -> list[Promise]:
    """The dated promises by the day that they fall due; a date that an edition only repeats is told once."""
    checked: dict[str, list[Deadline]] = {}
    for deadline in comparison.deadlines:
        checked.setdefault(deadline.chain, []).append(deadline)
    chains = comparison.commitments
    found = [promise for chain in chains for promise in _of_chain(comparison, chain, checked.get(chain.id, []))]
    return sorted(found, key=lambda p: (p.due, p.made, int(p.chain[1:])))


def _of_chain(comparison: Comparison, chain: Chain, deadlines: Sequence[Deadline]) -> Iterator[Promise]:
    checked = {(d.promised, d.value): d for d in deadlines}
    last = comparison.editions[-1].date or ""
    before: str | None = None
    for number, entry in enumerate(chain.entries):
        made = comparison.editions[entry.edition].date
        if entry.deadline is None or entry.deadline == before or made is None or entry.evidence is None:
            continue
        before = entry.deadline
        told = checked.get((entry.edition, entry.deadline))
        due = told.due if told else last_day(entry.deadline, made)
        if due is None:
            continue
        after = chain.entries[number + 1] if number + 1 < len(chain.entries) and due <= last else None
        # A date that is put off is not waited for; any other is judged by the first edition after it.
        fate = after if told is None or (after and after.status == "postponed") else told
        yield Promise(
            chain=chain.id,
            made=entry.edition,
            start=made,
            due=due,
            value=entry.deadline,
            outcome=fate.status if fate else "open",
            words=" ".join(readable(entry.evidence.quote).split()),
            later=" ".join(readable(fate.evidence.quote).split()) if fate and fate.evidence else "",
        )


def last_day(value: str, made: str) -> str | None:
    """The last day that a date's value (ISO 8601 or EDTF) can mean, as an ISO date; years count from ``made``.

    None where the value names no year, such as an event.
    """
    length = _YEARS.fullmatch(value)
    if length:
        return f"{int(made[:4]) + int(length[1]):04}{made[4:]}".replace("-02-29", "-02-28")
    point = _POINT.fullmatch(value.rpartition("/")[2])
    if point is None:
        return None
    decade, unit, month, day = point.groups()
    year = int(decade + unit.replace("X", "9"))
    if month is None:
        return f"{year:04}-12-31"
    number = int(month[1]) * 3 if month[0] == "Q" else int(month)
    if not 1 <= number <= 12 or year == 0:
        return None
    last = monthrange(year, number)[1]
    return date(year, number, min(int(day), last) if day and int(day) else last).isoformat()
