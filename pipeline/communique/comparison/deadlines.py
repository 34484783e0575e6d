"""Promised dates that fell due between two editions, and what the later one says of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

import numpy as np

from communique.comparison.clauses import Clauses
from communique.comparison.ledger import Ledger, Thread
from communique.comparison.material import Material
from communique.comparison.records import Deadline


def deadlines(content: Material, ledger: Ledger) -> list[Deadline]:
    """The dates that fell due before the last edition, by day, then by chain.

    A date that several editions give for the same undertaking is told once, from the first that gave it.
    """
    found: dict[tuple[date, int], Deadline] = {}
    clauses = content.clauses["commitment"]
    days = [meeting.start for meeting in content.meetings]
    dated = np.flatnonzero(clauses.dated)
    dated = dated[np.argsort(ledger.thread_of[dated], kind="stable")]
    for number, clause in zip(ledger.thread_of[dated].tolist(), dated.tolist(), strict=True):
        due = clauses.due(clause)
        checked = _checked(clauses, clause, due, days) if due is not None else None
        if due is not None and checked is not None and (due, number) not in found:
            edition = clauses.texts[clause].edition
            found[due, number] = _deadline(ledger.threads[number], number + 1, edition, due, checked)
    return [deadline for _, deadline in sorted(found.items(), key=lambda item: item[0])]


def _checked(clauses: Clauses, number: int, due: date, days: Sequence[date]) -> int | None:
    """The first edition, of those of these days, after that on which a clause is due; None where there is none."""
    edition = clauses.texts[number].edition
    if due <= days[edition]:
        return None
    after = bisect_right(days, due)
    if number in clauses.coming and after > edition + 1:
        # The meeting that was promised is itself an edition.
        return None
    return after if after < len(days) else None


def _deadline(thread: Thread, number: int, promised: int, due: date, checked: int) -> Deadline:
    # A thread has an entry for every edition from its first on.
    first = thread.entries[0].edition
    promise, later = thread.entries[promised - first], thread.entries[checked - first]
    assert promise.deadline is not None  # noqa: S101 — the clause that gave the date
    assert promise.evidence is not None  # noqa: S101
    return Deadline(
        chain=f"c{number}",
        promised=promised,
        value=promise.deadline,
        due=due.isoformat(),
        checked=checked,
        status=later.status,
        certain=later.certain,
        promise=promise.evidence,
        evidence=later.evidence,
    )
