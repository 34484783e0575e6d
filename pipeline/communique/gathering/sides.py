"""The words that tell whose agencies a list has: `the Korean side`, `for Peru`, `Italy:`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.tokens import Token, Tokens

_LABEL = 45


@dataclass(frozen=True, slots=True)
class Marker:
    """A country that tells the side of the agencies beside it, at the offsets of its name."""

    start: int
    end: int
    side: str


class Sides:
    """Finds markers and labels of sides."""

    def __init__(self, rules: MeetingRules, tokens: Tokens) -> None:
        self._is = rules.patterns
        self._tokens = tokens

    def markers(self, reading: Reading, start: int, end: int) -> list[Marker]:
        """The markers in a sentence, in their order."""
        tokens = self._tokens.read(reading, start, end)
        return [
            Marker(t.start, t.end, t.side)
            for t in tokens
            if t.kind == "C" and t.side and self._marks(reading, t, start)
        ]

    def told(self, reading: Reading, start: int, end: int) -> str | None:
        """The side of the one party that is named in [start, end), as in `the X delegation`; None where two are."""
        sides = {
            t.side
            for t in self._tokens.read(reading, start, end)
            if t.kind == "C" and (not reading.parties or t.side in reading.parties)
        }
        return sides.pop() if len(sides) == 1 else None

    def _marks(self, reading: Reading, token: Token, start: int) -> bool:
        if reading.parties and token.side not in reading.parties:
            return False
        text = reading.text
        if self._is["sides.after"].match(text, token.end):
            return True
        if self._is["sides.elided"].match(text, token.end):
            return self._is["sides.represented"].search(text, start, token.start) is not None
        before = self._is["sides.before"].search(text, max(start, token.start - 40), token.start)
        return before is not None and self._is["sides.closed"].match(text, token.end) is not None

    def label(self, reading: Reading, start: int, end: int, *, bare: bool = False) -> str | None:
        """The side of a label that opens a sentence: `For the ROK:`, `U.S. participants:`, `(Kenya)`.

        ``bare``: a line with nothing but the label counts, without a colon too.
        """
        lead = self._is["sides.label"].match(reading.text, start)
        low = lead.end() if lead else start
        tokens = self._leading(reading, low, end, bare)
        if not tokens or tokens[0].side is None or tokens[0].start != low:
            return None
        bracketed = reading.text[low - 1 : low] == "("
        pattern = self._is["sides.bracketed" if bracketed else "sides.bare" if bare else "sides.labelled"]
        return tokens[0].side if pattern.match(reading.text, tokens[0].end, end) else None

    def inner_label(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a sentence holds a bracketed label, so that more of them may follow: `Participants: (U.S.) NASA`."""
        return "(" in reading.text[start:end] and any(
            self.label(reading, match.end(), end) is not None
            for match in self._is["sides.inner"].finditer(reading.text, start, end)
        )

    def _leading(self, reading: Reading, low: int, end: int, bare: bool) -> Sequence[Token]:
        close = reading.text.find(":", low, min(end, low + 80))
        bracket = reading.text.find(")", low, min(end, low + 40))
        if close < 0 and bracket < 0 and not (bare and end - low <= _LABEL):
            return ()
        return self._tokens.read(reading, low, min(end, low + _LABEL))


def trail(markers: Sequence[Marker], positions: Sequence[int]) -> bool:
    """Whether the sides are told behind what they own: `NASA on the U.S. side and CNES on the French side`."""
    return bool(positions and markers) and positions[0] < markers[0].start and markers[-1].start > positions[-1]


def beside(markers: Sequence[Marker], position: int, trailing: bool, breaks: Sequence[int] = ()) -> str | None:
    """The side of the nearest marker: before an offset, or behind it where the sides trail.

    ``breaks`` are where semicolons part the list: where the sides do not trail, a marker behind counts in its own
    part only, as in `the Indian side had ISRO; CNES and ONERA made up the French one`.
    """
    if trailing:
        return next((m.side for m in markers if m.start > position), None)
    low = max((b for b in breaks if b <= position), default=0)
    high = min((b for b in breaks if b > position), default=None)
    before = [m for m in markers if m.end <= position]
    if not before or before[-1].end < low:
        behind = next((m for m in markers if position < m.start and (high is None or m.start < high)), None)
        if behind is not None and breaks:
            return behind.side
    return before[-1].side if before else None
