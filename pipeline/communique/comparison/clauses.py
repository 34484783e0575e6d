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
    size: int
    id: str
    """Identifier of the statement."""
    next: bool
    """Whether the record tells of a next meeting."""
    acting: frozenset[str]
    """The ISO codes and bodies that the record's clauses bind or speak for."""


class Clauses:
    """The clauses of one kind in the order of editions, statements and places.

    What is asked of every clause stands in columns, read once: a record's own fields take longer.
    """

    def __init__(self, kind: ClauseKind, texts: Sequence[Text], meetings: Sequence[Meeting]) -> None:
        self.kind = kind
        found: list[Sequence[Commitment | Position]] = [getattr(text.record, f"{kind}s") for text in texts]
        self.said = list(chain.from_iterable(found))
        self._read_columns()
        text_of = np.repeat(np.arange(len(texts)), [len(clauses) for clauses in found])
        self.texts: list[Text] = [texts[number] for number in text_of.tolist()]
        """The text of each clause."""
        edition, begins, sizes = np.array([(text.edition, text.start, text.size) for text in texts]).T[:, text_of]
        self.edition: Ints = edition
        offsets = np.array([self.starts, self.ends, *self._operator], dtype=np.int64)
        self.spans: Ints = offsets.T + begins[:, None]
        """Start and end of each clause and of its operator, among all that is compared."""
        self.places: Floats = offsets[0] / np.maximum(sizes, 1)
        """How far into its text each clause begins."""
        self.coming = {number for number, text in enumerate(self.texts) if text.next and self._promises_next(number)}
        """The clauses that the record's own next meeting was read from: each edition promises that anew."""
        self._days = [meeting.start for meeting in meetings]
        self._due: dict[int, date | None] = {}

    def __len__(self) -> int:
        return len(self.said)

    def _read_columns(self) -> None:
        said = self.said
        self.ids = [clause.id for clause in said]
        self.quotes = [clause.quote for clause in said]
        self.starts = [clause.start for clause in said]
        self.ends = [clause.end for clause in said]
        operators = [clause.trigger for clause in said]
        self.triggers = [operator.quote for operator in operators]
        self._operator = [operator.start for operator in operators], [operator.end for operator in operators]
        self.actors: list[list[str]] = [clause.actors for clause in said]
        self.themes: list[list[Theme]] = [clause.themes for clause in said]
        promised = [clause if isinstance(clause, Commitment) else None for clause in said]
        self.strengths: list[Strength | None] = [clause.strength if clause else None for clause in promised]
        self.deadlines: list[str | None] = [clause.deadline if clause else None for clause in promised]

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
