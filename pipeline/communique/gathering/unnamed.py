"""Those who led and are told by their office alone: `co-chaired by the Director of the Ice Office, NASA`."""

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
    """A title without its holder, with its body, and the offsets of its words.

    A body in the same list that led without a title is one as well until the list is read: it tells where an office
    ends.
    """

    low: int
    high: int
    title: tuple[int, int] | None
    agency: Entity | None
    side: str | None
    """ISO code of the country that the office is told to be of."""


class Unnamed:
    """Reads a list of offices in which no person is named."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def find(self, reading: Reading, start: int, end: int) -> list[Office]:
        """The offices in [start, end), in their order.

        A body behind a title is the office's own, and one behind that is the body's parent: `the Head, Ice Office,
        Ministry of Ice; and the Ministry of Snow` tells one office, and a body that only sent people.
        """
        found: list[Office] = []
        joint = "and"
        for token in _outside_brackets(self._tokens.read(reading, start, end)):
            last = found[-1] if found else None
            if token.kind == "A":
                self._body(found, last, token, joint)
                joint = ""
            elif token.kind in "tm" and (last is None or (last.agency is not None and joint != "")):
                found.append(Office(token.start, token.end, (token.start, token.end), None, None))
                joint = ""
            elif token.kind == "C" and last is not None and last.agency is None:
                last.side = token.side  # `the Minister of Ice of Norway`
            elif token.kind == "n" and joint == "" and last is not None and last.agency is None:
                found.pop()  # a name behind a title: `President Rowan's choice`
                joint = "x"
            elif token.kind in _TITLE and last is not None and joint != "x" and (last.agency is None or joint == ""):
                last.high = token.end
                last.title = ((last.title or (token.start, 0))[0], token.end)
                joint = ""
            elif token.kind == "x":
                joint = "x" if last is not None and last.agency is None else joint
            elif token.kind == "and" or token.text in (";", "with"):
                joint = "and" if joint != "x" or token.text == ";" else joint
            elif token.kind == "," or token.kind == "p":
                joint = joint or token.text
        return [office for office in found if self._is_title(reading, office)]

    def _body(self, found: list[Office], last: Office | None, token: Token, joint: str) -> None:
        """Take up a body: that of the office before it, that one's parent, or one that led itself."""
        if last is not None and last.agency is None:
            last.agency, last.high = token.agency, token.end
        elif last is None or joint == "and" or (last.title is None and joint == ","):
            found.append(Office(token.start, token.end, None, token.agency, None))
        else:
            last.high = token.end

    def _is_title(self, reading: Reading, office: Office) -> bool:
        """Whether an office has the noun of a title, not only words that may stand before one."""
        title = office.title
        return title is not None and any(t.kind == "t" for t in self._tokens.read(reading, *title))


def _outside_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        elif not depth:
            yield token
