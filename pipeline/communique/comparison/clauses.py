"""The clauses of one kind through all editions, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Literal

import numpy as np

from communique.comparison.editions import Meeting
from communique.comparison.periods import due_day
from communique.comparison.sparse import Floats, Ints
from communique.records import Commitment, Position, Record, Strength, Theme

ClauseKind = Literal["commitment", "position"]
KINDS: tuple[ClauseKind, ...] = ("commitment", "position")
_FIELDS = ("id", "quote", "start", "end", "trigger", "actors", "themes")
_PROMISED = ("strength", "deadline")


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

    What is asked of every clause stands in columns that are read in one pass: a record's own fields take longer.
    """

    def __init__(self, kind: ClauseKind, texts: Sequence[Text], meetings: Sequence[Meeting]) -> None:
        self.kind = kind
        self.said: list[Commitment | Position] = []
        self.texts: list[Text] = []
        """The text of each clause."""
        for text in texts:
            found: Sequence[Commitment | Position] = getattr(text.record, f"{kind}s")
            self.said += found
            self.texts += [text] * len(found)
        self._read_columns()
        self.edition: Ints = np.array([text.edition for text in self.texts], dtype=np.int64)
        begins = np.array([text.start for text in self.texts], dtype=np.int64)
        offsets = np.array([self.starts, self.ends, self._trigger_starts, self._trigger_ends], dtype=np.int64)
        self.spans: Ints = offsets.T + begins[:, None]
        """Start and end of each clause and of its operator, among all that is compared."""
        sizes = np.array([text.size for text in self.texts], dtype=np.int64)
        self.places: Floats = offsets[0] / np.maximum(sizes, 1)
        """How far into its text each clause begins."""
        self.coming = {number for number, text in enumerate(self.texts) if text.next and self._promises_next(number)}
        """The clauses that the record's own next meeting was read from: each edition promises that anew."""
        self._days = [meeting.start for meeting in meetings]
        self._due: dict[int, date | None] = {}

    def __len__(self) -> int:
        return len(self.said)

    def _read_columns(self) -> None:
        fields = _FIELDS + (_PROMISED if self.kind == "commitment" else ())
        rows = map(attrgetter(*fields), self.said)
        nothing: list[tuple[Any, ...]] = [()] * len(fields)
        column = dict(zip(fields, list(zip(*rows, strict=True)) or nothing, strict=True))
        self.ids: Sequence[str] = column["id"]
        self.quotes: Sequence[str] = column["quote"]
        self.starts: Sequence[int] = column["start"]
        self.ends: Sequence[int] = column["end"]
        self.triggers: list[str] = [trigger.quote for trigger in column["trigger"]]
        self._trigger_starts = [trigger.start for trigger in column["trigger"]]
        self._trigger_ends = [trigger.end for trigger in column["trigger"]]
        self.actors: Sequence[list[str]] = column["actors"]
        self.themes: Sequence[list[Theme]] = column["themes"]
        without = (None,) * len(self.said)
        self.strengths: Sequence[Strength | None] = column.get("strength", without)
        self.deadlines: Sequence[str | None] = column.get("deadline", without)

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
