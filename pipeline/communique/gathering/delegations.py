"""Which agencies each side's delegation had."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.annotations import Entity
from communique.gathering.agencies import Agencies
from communique.gathering.heads import agencies_of
from communique.gathering.opening import Opening
from communique.gathering.persons import Persons
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules


class Delegations:
    """Finds lists of agencies that sent people to the meeting."""

    def __init__(self, rules: MeetingRules, persons: Persons, agencies: Agencies) -> None:
        self._is = rules.patterns
        self._persons = persons
        self._agencies = agencies

    def find(
        self, reading: Reading, opening: Opening | None, heads: Sequence[str]
    ) -> tuple[dict[str, list[str]], list[Entity]]:
        """Entity ids by side in the order of the text (an empty list where a delegation is told without a list)."""
        found: dict[str, list[str]] = {}
        entities: list[Entity] = []
        label: str | None = None
        self_heads = frozenset(heads)
        first = reading.sentence_at(opening.start) if opening else 0
        relevant = {*reading.sentences_with(self._is["delegations.far"]), *range(max(0, first - 3), first + 4)}
        for index, (start, end) in enumerate(reading.sentences):
            if index not in relevant and label is None:
                continue
            listed = label is not None and reading.line_kind(start) in ("bullet", "numbered")
            label = self._label(reading, start, end) or (label if listed else None)
            at = self._list_start(reading, start, end, opening, index)
            if at is None and label is not None:
                at = start
            if at is not None:
                self._read(reading, at, start, end, label, self_heads, found, entities)
            self._told(reading, start, end, found)
        return found, entities

    def _label(self, reading: Reading, start: int, end: int) -> str | None:
        """The side of a label that opens a list: `For the ROK:`, `U.S. participants:`."""
        if ":" not in reading.text[start : min(end, start + 80)]:
            return None
        lead = self._is["delegations.label"].match(reading.text, start)
        low = lead.end() if lead else start
        tokens = self._persons.tokens(reading, low, min(end, low + 45))
        if not tokens or tokens[0].side is None:
            return None
        labelled = self._is["delegations.labelled"].match(reading.text, tokens[0].end, end)
        return tokens[0].side if labelled else None

    def _list_start(self, reading: Reading, start: int, end: int, opening: Opening | None, index: int) -> int | None:
        """Where the list of a delegation begins in a sentence, or None."""
        text = reading.text
        subject = self._is["delegations.subject"].search(text, start, end)
        if subject is None:
            return None
        opener = self._is["delegations.opens"].search(
            text, subject.start() if self._is["delegations.from"].search(text, start, end) else subject.end(), end
        )
        after = self._is["delegations.follows"].search(text, start, end)
        if opener is None and after is None:
            return None
        agencies = reading.mentions(start, end, "agency")
        people = self._is["delegations.people"].search(text, start, end) is not None
        if not agencies and not people:
            return None
        first = opening is not None and abs(index - reading.sentence_at(opening.start)) <= 3
        strong = self._is["delegations.far"].search(text, start, end)
        if not first and strong is None:
            return None
        head = min(x for x in (agencies[0].start if agencies else end, subject.start()) if x is not None)
        if self._is["delegations.never"].search(text, start, max(head, opener.start() if opener else head)):
            return None
        if after is not None and agencies and first and (opener is None or agencies[0].start < opener.start()):
            return agencies[0].start if agencies[0].start < after.start() else None
        if opener is None and after is not None:
            return start if agencies and agencies[0].start < after.start() else None
        return opener.start() if opener is not None else None

    def _read(
        self,
        reading: Reading,
        at: int,
        start: int,
        end: int,
        label: str | None,
        heads: frozenset[str],
        found: dict[str, list[str]],
        entities: list[Entity],
    ) -> None:
        """Add the agencies of a list; a side marker holds until the next one."""
        side = label or self._marker(reading, start, at)
        stop = self._is["delegations.never"].search(reading.text, at, end)
        end = stop.start() if stop else end
        everyone = self._persons.find(reading, start, end)
        led = [p for p in everyone if p.name in heads]
        named = [
            (m.start, m.entity, reading.text[m.start : m.end])
            for m in reading.mentions(at, end, "agency")
            if not self._is["delegations.venue"].search(reading.text, max(start, m.start - 8), m.start)
            and not any(
                p.low <= m.start < p.high or self._is["delegations.joined"].fullmatch(reading.text, p.high, m.start)
                for p in led
            )
        ]
        covered = {e.id for _, e, _ in named}
        by_leaders = self._is["delegations.leaders"].match(reading.text, at) is not None
        people = [] if by_leaders else [p for p in everyone if p.low >= at and p.name not in heads]
        named += [
            (p.start, e, e.name) for p in people for e in agencies_of([p], self._agencies, side) if e.id not in covered
        ]
        for position, entity, written in sorted(named, key=lambda pair: pair[0]):
            own = self._marker(reading, at, position) or side
            moved = own is not None and self._agencies.moves(entity, own, written)
            moved = moved and not self._is_national(reading, position, position + len(written))
            owner = own if moved or entity.side is None else entity.side
            if owner is None or (reading.parties and owner not in reading.parties):
                continue
            if entity.side is None and entity.known:
                continue
            if entity.side != owner:
                entity = self._agencies.named([written if moved and entity.known else entity.name], owner)
            ids = found.setdefault(owner, [])
            if entity.id not in ids:
                ids.append(entity.id)
                entities.append(entity)

    def _is_national(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a country's name or adjective stands in or directly before a name: `French Embassy`."""
        before = reading.text[max(0, start - 20) : start].split(" ")[-2:]
        words = [*before, *reading.text[start:end].split(" ")]
        return any((w[:-2] if w.endswith("'s") else w) in reading.sides for w in words)

    def _marker(self, reading: Reading, low: int, high: int) -> str | None:
        """The side of the last `the X side` or `X delegation` before an offset."""
        found = None
        for token in self._persons.tokens(reading, low, high):
            ours = token.side is not None and (not reading.parties or token.side in reading.parties)
            after = reading.text[token.end : token.end + 45].lstrip(" 's").partition(",")[0].split(" of ")[0]
            if ours and self._is["delegations.side"].match(after):
                found = token.side
        return found

    def _told(self, reading: Reading, start: int, end: int, found: dict[str, list[str]]) -> None:
        """Note the sides whose delegations a sentence speaks of."""
        text = reading.text
        for match in re.finditer(r" (?:interagency |high-level |senior )*delegation\b(?! to )", text[start:end]):
            for token in self._persons.tokens(reading, max(start, start + match.start() - 30), start + match.start()):
                if token.side in reading.parties and token.end == start + match.start() and token.side is not None:
                    found.setdefault(token.side, [])
