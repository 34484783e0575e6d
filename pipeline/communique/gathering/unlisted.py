"""Bodies in a list of agencies that no rule of names knows: `NASA, the Board of Investment, and the Met Office`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.gathering.places import Places
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.tokens import Tokens

_SEPARATOR = re.compile(r"[,;\n]\s?(?:and )?|\band (?=the )|\bas well as ")
_ACRONYM = re.compile(r" \([\w&/ -]+\)")
_NAME = 120
"""No longer name that holds commas is looked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """A capitalised item of a list, at its offsets, without article and acronym."""

    start: int
    end: int
    name: str


class Unlisted:
    """Finds the items of a list before its first agency, between its agencies and after the last one."""

    def __init__(self, rules: MeetingRules, tokens: Tokens, places: Places) -> None:
        self._is = rules.patterns
        self._tokens = tokens
        self._places = places

    def find(self, reading: Reading, spans: Sequence[tuple[int, int]], end: int) -> Iterator[Item]:
        """The items in the gaps between ``spans`` (the agencies of one list) and from the last of them to ``end``."""
        ends = [*(start for start, _ in spans[1:]), end]
        for (_, low), high in zip(spans, ends, strict=True):
            yield from self._in(reading, low, high)

    def leading(self, reading: Reading, low: int, high: int) -> list[Item]:
        """The items from the words that open a list to its first agency; none where anything else stands there."""
        found = []
        position = low
        for mark in _SEPARATOR.finditer(reading.text, low, high):
            piece = reading.text[position : mark.start()]
            item = self._item(reading, position + len(piece) - len(piece.lstrip()), mark.start())
            if item is None:
                return []
            found.append(item)
            position = mark.end()
        return found if self._may_go_on(reading.text[position:high]) else []

    def _in(self, reading: Reading, low: int, high: int) -> Iterator[Item]:
        position = low
        for mark in [*_SEPARATOR.finditer(reading.text, low, high), None]:
            stop = mark.start() if mark else high
            item = self._item(reading, position, stop) if position > low else None
            if item is not None:
                yield item
            elif position > low and not self._may_go_on(reading.text[position:stop]):
                return
            position = mark.end() if mark else high

    def _may_go_on(self, piece: str) -> bool:
        """Whether a piece that is no item is a stub, as before a name that is known."""
        return not piece.strip() or piece.strip() in ("the", "and", "and the")

    def _item(self, reading: Reading, start: int, end: int) -> Item | None:
        found = self._is["delegations.item"].match(reading.text, start, end)
        if found is None:
            return None
        low, high = found.span("name")
        name = _ACRONYM.sub("", reading.text[low:high])
        if "." not in name[:-1]:
            name, high = name.removesuffix("."), high - name.endswith(".")
        near = reading.mentions(max(0, low - _NAME), high)
        if any(m.kind != "party" and m.end > low for m in near):  # also one that began before a comma of its own
            return None
        if any(
            p.start == low and p.end >= low + len(name.rstrip(".")) for p in self._places.find(reading.text, low, high)
        ):
            return None
        kinds = [t.kind for t in self._tokens.read(reading, low, high)]
        if not {"t", "h", "r"}.isdisjoint(kinds) or all(kind in "Cmp" for kind in kinds):
            return None
        return Item(low, high, name)
