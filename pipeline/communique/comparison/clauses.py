"""The clauses of one kind through all editions, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import Any, Literal

import numpy as np

from communique.comparison.columns import Alike, as_array, columns
from communique.comparison.editions import Meeting
from communique.comparison.periods import due_day
from communique.comparison.records import Evidence
from communique.comparison.sparse import Floats, Ints, Mask
from communique.records import Commitment, Position, Record, Strength, Theme

ClauseKind = Literal["commitment", "position"]
KINDS: tuple[ClauseKind, ...] = ("commitment", "position")


@dataclass(frozen=True)
class Text:
    """A record, its edition, and where its text begins among all that is compared."""

    record: Record
    edition: int
    start: int
    body: str
    """The text itself."""
    id: str
    """Identifier of the statement."""
    next: bool
    """Whether the record tells of a next meeting."""


class Clauses:
    """The clauses of one kind in the order of editions, statements and places.

    What is asked of every clause stands in columns, read once: a record's own fields take longer.
    """

    def __init__(self, kind: ClauseKind, texts: Sequence[Text], meetings: Sequence[Meeting]) -> None:
        self.kind = kind
        found: list[Sequence[Commitment | Position]] = [getattr(text.record, f"{kind}s") for text in texts]
        self.said = list(chain.from_iterable(found))
        self._read_columns()
        counts = list(map(len, found))
        text_of = np.repeat(np.arange(len(texts)), counts)
        self.texts: list[Text] = list(chain.from_iterable(map(repeat, texts, counts)))
        """The text of each clause."""
        self.text_of: Ints = text_of
        """Its number."""
        ids = chain.from_iterable(map(repeat, [text.id for text in texts], counts))
        self.evidence = list(map(Evidence, self.starts, self.ends, self.quotes, ids))
        edition, begins, sizes = np.array([(text.edition, text.start, len(text.body)) for text in texts]).T[:, text_of]
        self.edition: Ints = edition
        offsets = as_array(self.starts, self.ends, *self._operator)
        self.spans: Ints = offsets.T + begins[:, None]
        """Start and end of each clause and of its operator, among all that is compared."""
        self.places: Floats = offsets[0] / np.maximum(sizes, 1)
        """How far into its text each clause begins."""
        told = np.array([text.next for text in texts], dtype=bool)[text_of]
        following = self.themes.having("follow_up")
        self.coming = {number for number in following[told[following]].tolist() if self._promises_next(number)}
        """The clauses that the record's own next meeting was read from: each edition promises that anew."""
        self._days = [meeting.start for meeting in meetings]
        self._due: dict[tuple[int, str], date | None] = {}

    def __len__(self) -> int:
        return len(self.said)

    def _read_columns(self) -> None:
        names = ("id", "quote", "start", "end", "trigger", "actors", "themes")
        promised = ("strength", "deadline") if self.kind == "commitment" else ()
        self.ids, self.quotes, self.starts, self.ends, operators, actors, themes, *rest = columns(
            self.said, *names, *promised
        )
        self.triggers, *self._operator = columns(operators, "quote", "start", "end")
        self.actors: Alike[str] = Alike(actors)
        self.themes: Alike[Theme] = Alike(themes)
        nothing: list[Any] = [None] * len(self)
        self.strengths: list[Strength | None]
        self.deadlines: list[str | None]
        self.strengths, self.deadlines = rest or (nothing, nothing)
        self.dated: Mask = np.fromiter(map(bool, self.deadlines), np.bool_, len(self))
        """Whether each has a deadline."""

    def due(self, number: int) -> date | None:
        """The last day on which a commitment is due; None for one without such a day, and for a position."""
        deadline, text = self.deadlines[number], self.texts[number]
        if deadline is None:
            return None
        # A value means the same day throughout a statement.
        if (text.start, deadline) not in self._due:
            self._due[text.start, deadline] = due_day(deadline, text.record.dates, self._days[text.edition])
        return self._due[text.start, deadline]

    def _promises_next(self, number: int) -> bool:
        record, clause = self.texts[number].record, self.said[number]
        coming = record.meeting.next if record.meeting else None
        if coming is None or not isinstance(clause, Commitment):
            return False
        dates = {record.dates[i].value for i in clause.dates} | {clause.deadline}
        named = coming.city is not None and coming.city in clause.quote
        return named or (coming.date is not None and coming.date in dates)
