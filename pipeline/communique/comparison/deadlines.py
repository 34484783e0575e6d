"""Promised dates that fell due between two editions, and what the later one says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from communique.comparison.ledger import Thread
from communique.comparison.making import made
from communique.comparison.material import Clause, Material, of_next_meeting
from communique.comparison.records import Deadline


def deadlines(content: Material, threads: Sequence[Thread]) -> list[Deadline]:
    """The dates that fell due before the last edition, by day, then by chain.

    A date that several editions give for the same undertaking is told once, from the first that gave it.
    """
    found: dict[tuple[date, int], Deadline] = {}
    for number, thread in enumerate(threads, 1):
        for index in thread.clauses:
            clause = content.clauses["commitment"][index]
            checked = _checked(content, clause)
            if clause.due is not None and checked is not None:
                found.setdefault((clause.due, number), _deadline(thread, number, clause.edition, clause.due, checked))
    return [deadline for _, deadline in sorted(found.items(), key=lambda item: item[0])]


def _checked(content: Material, clause: Clause) -> int | None:
    """The first edition after the day on which a clause is due; None where there is none to ask."""
    if clause.due is None or clause.due <= content.meetings[clause.edition].start:
        return None
    if of_next_meeting(clause) and any(m.start <= clause.due for m in content.meetings[clause.edition + 1 :]):
        # The meeting that was promised is itself an edition.
        return None
    return next((k for k, meeting in enumerate(content.meetings) if meeting.start > clause.due), None)


def _deadline(thread: Thread, number: int, promised: int, due: date, checked: int) -> Deadline:
    entries = {entry.edition: entry for entry in thread.entries}
    promise, later = entries[promised], entries[checked]
    return made(
        Deadline,
        chain=f"c{number}",
        promised=promised,
        value=promise.deadline,
        due=due.isoformat(),
        checked=checked,
        status=later.status,
        promise=promise.evidence,
        evidence=later.evidence,
    )
