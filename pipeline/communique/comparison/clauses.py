"""The clauses of one kind through all editions, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

import numpy as np

from communique.comparison.editions import Meeting
from communique.comparison.periods import due_day
from communique.comparison.sparse import Floats, Ints
from communique.records import Commitment, Position, Record, Strength, Theme

ClauseKind = Literal["commitment", "position"]
KINDS: tuple[ClauseKind, ...] = ("commitment", "position")


@dataclass(frozen=True)
class Text:
    """A record, its edition, and where its text begins among all that is compared."""

    record: Record
    edition: int
    start: int
    next: bool
    """Whether the record tells of a next meeting."""


class Clauses:
    """The clauses of one kind in the order of editions, statements and places.

    What is asked of each clause more than once stands in columns: a record's own fields take longer to read.
    """

    def __init__(self, kind: ClauseKind, texts: Sequence[Text], meetings: Sequence[Meeting]) -> None:
        self.kind = kind
        self.said: list[Commitment | Position] = []
        self.texts: list[Text] = []
        for text in texts:
            found: Sequence[Commitment | Position] = getattr(text.record, f"{kind}s")
            self.said += found
            self.texts += [text] * len(found)
        self.quotes: list[str] = [clause.quote for clause in self.said]
        self.actors: list[list[str]] = [clause.actors for clause in self.said]
        self.themes: list[list[Theme]] = [clause.themes for clause in self.said]
        self.strengths: list[Strength | None] = [getattr(clause, "strength", None) for clause in self.said]
        self.deadlines: list[str | None] = [getattr(clause, "deadline", None) for clause in self.said]
        self._place()
        self.coming = {number for number, text in enumerate(self.texts) if text.next and self._promises_next(number)}
        """The clauses that the record's own next meeting was read from: each edition promises that anew."""
        self._days = [meeting.start for meeting in meetings]
        self._due: dict[int, date | None] = {}

    def __len__(self) -> int:
        return len(self.said)

    def _place(self) -> None:
        self.edition = np.array([text.edition for text in self.texts], dtype=np.int64)
        begins = np.array([text.start for text in self.texts], dtype=np.int64)
        triggers = [clause.trigger for clause in self.said]
        self.triggers: list[str] = [trigger.quote for trigger in triggers]
        spans = zip(
            (clause.start for clause in self.said),
            (clause.end for clause in self.said),
            (trigger.start for trigger in triggers),
            (trigger.end for trigger in triggers),
            strict=True,
        )
        flat = np.fromiter(chain.from_iterable(spans), np.int64, 4 * len(self.said))
        self.offsets: Ints = flat.reshape(-1, 4)
        """Start and end of each clause and of its operator, in its own statement."""
        self.spans: Ints = self.offsets + begins[:, None]
        """The same among all that is compared."""
        sizes = np.array([len(text.record.statement.text) for text in self.texts])
        self.places: Floats = self.offsets[:, 0] / np.maximum(sizes, 1)

    def due(self, number: int) -> date | None:
        """The last day on which a commitment is due; None for one without such a day, and for a position."""
        clause = self.said[number]
        if not isinstance(clause, Commitment) or clause.deadline is None:
            return None
        if number not in self._due:
            text = self.texts[number]
            self._due[number] = due_day(text.record, clause, self._days[text.edition])
        return self._due[number]

    def _promises_next(self, number: int) -> bool:
        record, clause = self.texts[number].record, self.said[number]
        coming = record.meeting.next if record.meeting else None
        if coming is None or "follow_up" not in clause.themes or not isinstance(clause, Commitment):
            return False
        dates = {record.dates[i].value for i in clause.dates} | {clause.deadline}
        named = coming.city is not None and coming.city in clause.quote
        return named or (coming.date is not None and coming.date in dates)
