"""Those who led and are not named: `co-chaired by the Director of the Ice Office and representatives of NASA`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.annotations import Entity
from communique.gathering.reading import Reading
from communique.gathering.tokens import Token, Tokens

_TITLE = frozenset("tmsn")
"""Classes of words that go on a title, beside small ones between them."""


@dataclass(slots=True)
class Office:
    """A title without its holder, or a body that led, and the offsets of its words; one of the two is told."""

    low: int
    high: int
    title: tuple[int, int] | None
    agency: Entity | None
    side: str | None
    """ISO code of the country that the office is told to be of."""


class Unnamed:
    """Reads a list of offices and bodies in which no person is named."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def find(self, reading: Reading, start: int, end: int) -> list[Office]:
        """The offices and bodies in [start, end), in their order.

        A body behind a title is the office's own, and one behind that is the body's parent: `the Head, Ice Office,
        Ministry of Ice; and the Ministry of Snow` are two.
        """
        found: list[Office] = []
        joint = "and"
        for token in _outside_brackets(self._tokens.read(reading, start, end)):
            joint = self._take(found, token, joint)
        for office in found:
            office.high = _past_bracket(reading.text, office.high, end)
        return [o for o in found if o.agency is not None or self._is_title(reading, o)]

    def _take(self, found: list[Office], token: Token, joint: str) -> str:
        """Take up a word, given what has joined it to the office before it; what then joins the next one.

        That is `and` for what begins a new office, nothing within a title, `x` where words in small letters ended it.
        """
        last = found[-1] if found else None
        if token.kind == "A":
            self._body(found, last, token, joint)
            return ""
        if token.kind in "tm" and (last is None or (last.agency is not None and joint != "")):
            found.append(Office(token.start, token.end, (token.start, token.end), None, None))
            return ""
        if last is not None and (last.agency is None or joint == ""):
            within = self._within(found, last, token, joint)
            if within is not None:
                return within
        if token.kind == "and" or token.text in (";", "with"):
            return "and" if joint != "x" or token.text == ";" else joint
        return joint or (token.text if token.kind in (",", "p") else "")

    def _within(self, found: list[Office], last: Office, token: Token, joint: str) -> str | None:
        """Take up a word that goes on the last office's title; None where it does not."""
        if token.kind == "C" and last.agency is None:
            last.side = token.side  # `the Minister of Ice of Norway`
            return joint
        if token.kind == "n" and joint == "" and last.agency is None:
            found.pop()  # a name behind a title: `President Rowan's choice`
            return "x"
        if token.kind in _TITLE and joint != "x":
            last.high = token.end
            last.title = ((last.title or (token.start, 0))[0], token.end)
            return ""
        return "x" if token.kind == "x" and last.agency is None else None

    def _body(self, found: list[Office], last: Office | None, token: Token, joint: str) -> None:
        """Take up a body: that of the office before it, that one's parent or unit, or one that led itself."""
        if last is not None and last.agency is None:
            last.agency, last.high = token.agency, token.end
        elif last is None or joint == "and" or (last.title is None and joint == ","):
            found.append(Office(token.start, token.end, None, token.agency, None))
        else:
            last.high = token.end
            last.agency = token.agency if joint == "" else last.agency  # a unit right behind its body

    def _is_title(self, reading: Reading, office: Office) -> bool:
        """Whether an office has the noun of a title, not only words that may stand before one."""
        title = office.title
        return title is not None and any(t.kind == "t" for t in self._tokens.read(reading, *title))


def _past_bracket(text: str, at: int, end: int) -> int:
    """Where an acronym in brackets ends that stands at ``at``."""
    close = text.find(")", at, end) if text.startswith(" (", at) else -1
    return close + 1 if close >= 0 else at


def _outside_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        elif not depth:
            yield token
