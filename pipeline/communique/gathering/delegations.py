"""Which agencies each side's delegation had."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from communique.annotations import Entity, Head, Mention
from communique.gathering.agencies import Agencies
from communique.gathering.heads import Led, agencies_of
from communique.gathering.leading import ROLL
from communique.gathering.offices import Offices
from communique.gathering.opening import Opening
from communique.gathering.persons import Person, Persons
from communique.gathering.places import Places
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.sides import Marker, Sides, beside, trail
from communique.gathering.tokens import Tokens
from communique.gathering.unlisted import Unlisted
from communique.naming.entities import unknown

_BEFORE, _AFTER = 3, 4
_GAP = 70
_ITEM = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*)*")
_TITLE = re.compile(r"\b[Tt]he ((?:[A-Z][\w-]+ ?)+)")


@dataclass(slots=True)
class Members:
    """Entity ids by side in the order of the text; an empty list where a delegation is told without a list."""

    by_side: dict[str, list[str]] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)

    def add(self, side: str, entity: Entity) -> None:
        """Note an agency of a side, once."""
        ids = self.by_side.setdefault(side, [])
        if entity.id not in ids:
            ids.append(entity.id)
            self.entities.append(entity)


@dataclass(slots=True)
class _List:
    """What is open while sentences are read: a list that goes on line by line, and the side of its label."""

    open: bool = False
    side: str | None = None
    listed: bool = False
    """Whether a heading such as `Delegations` opened it, so that lines with a country alone are labels."""


class Delegations:
    """Finds lists of agencies that sent people to the meeting."""

    def __init__(
        self, rules: MeetingRules, tokens: Tokens, persons: Persons, agencies: Agencies, places: Places
    ) -> None:
        self._is = rules.patterns
        self._stems = rules.words["delegations.stems"]
        self._persons = persons
        self._agencies = agencies
        self._tokens = tokens
        self._sides = Sides(rules, tokens)
        self._offices = Offices(rules)
        self._unlisted = Unlisted(rules, tokens, places)

    def find(self, reading: Reading, opening: Opening | None, led: Led) -> Members:
        """The members of the delegations; offsets are read from ``reading``."""
        members = Members()
        first = reading.sentence_at(opening.start) if opening else 0
        near = range(max(0, first - _BEFORE), first + _AFTER)
        relevant = {*reading.sentences_with(self._stems, self._is["delegations.far"]), *near}
        state = _List()
        for index, (start, end) in enumerate(reading.sentences):
            if index not in relevant and not state.open:
                continue
            self._advance(reading, state, start, end, index in near)
            low = start if state.open else self._list_start(reading, start, end, index in near)
            if low is not None:
                self._read(reading, low, start, end, state.side, led, members)
            state.open = state.open or self._opens_list(reading, start, end, low)
            self._told(reading, start, end, members)
        return members

    def _advance(self, reading: Reading, state: _List, start: int, end: int, near: bool) -> None:
        """Close a list at the first line that is neither an item nor labelled with a side; take up a new label."""
        label = self._sides.label(reading, start, end)
        if label is None and state.listed:
            label = self._sides.label(reading, start, end, bare=True)
        if self._is["delegations.heading"].match(reading.text, start, end):
            state.open = state.listed = not self._acts(reading, end)
            state.side = None
            return
        if label is not None and (state.open or near or self._is["delegations.far"].search(reading.text, start, end)):
            state.open, state.side = True, label
        elif not (state.open and reading.line_kind(start) in ("bullet", "numbered")):
            state.open, state.side, state.listed = False, None, False

    def _opens_list(self, reading: Reading, start: int, end: int, low: int | None) -> bool:
        """Whether a sentence leads to items on the lines after it, or begins labelled parts."""
        text = reading.text
        if self._sides.label(reading, start, end) is None:
            leads = text[end - 1 : end] == ":" or self._sides.inner_label(reading, start, end)
            if not leads or self._is["delegations.subject"].search(text, start, end) is None:
                return False
            if self._acts(reading, end):
                return False
        return self._is["delegations.never"].search(text, start, end) is None

    def _acts(self, reading: Reading, end: int) -> bool:
        """Whether the item after a heading tells what they did: `the delegations: (a) commended the work; …`."""
        following = bisect_right(reading.sentences, (end,))
        if following == len(reading.sentences):
            return False
        start, end = reading.sentences[following]
        return self._is["delegations.acts"].match(reading.text, start, end) is not None or reading.tells_act(start)

    def _list_start(self, reading: Reading, start: int, end: int, near: bool) -> int | None:
        """Where the list of a delegation begins in a sentence, or None."""
        text = reading.text
        agencies = reading.mentions(start, end, "agency")
        people = self._is["delegations.people"].search(text, start, end) is not None
        persons = self._is["delegations.persons"].search(text, start, end)
        if near and self._joined(reading, start, end):
            return start
        officed = near and not agencies and self._offices.stand_in(text, start, end)
        if not agencies and not people and persons is None and not officed:
            return None
        if not near and self._is["delegations.far"].search(text, start, end) is None:
            return None
        forms = agencies and self._is["delegations.forms"].search(text, agencies[0].end, end) is not None
        low = start if forms else self._opener(text, start, end, agencies) if agencies else None
        if low is None:
            low = self._follower(text, start, end, agencies)
        if low is None and (people or officed):
            opener = self._is["delegations.opens"].search(text, start, end)
            low = opener.start() if opener else None
        if low is None and persons is not None:
            low = persons.start()
        if low is not None and self._is["delegations.leaders"].match(text, low) is not None:
            low = self._behind_leaders(reading, low, start, end)
        if low is not None and agencies and self._is["delegations.first"].fullmatch(text, start, agencies[0].start):
            low = start
        head = max(low, agencies[0].start if agencies else low) if low is not None else start
        if low is None or self._is["delegations.never"].search(text, start, head):
            return None
        return low

    def _behind_leaders(self, reading: Reading, low: int, start: int, end: int) -> int:
        """Where those begin who came with the people that led: `led by X, accompanied by`, `led by X and included`."""
        leaders = [p.low for p in self._persons.find(reading, start, end) if p.low >= low]
        if not leaders:
            return low
        escorts = self._is["delegations.persons"].search(reading.text, leaders[0], end)
        if escorts is not None:
            return escorts.start()
        others = self._is["delegations.included"].search(reading.text, leaders[0], end)
        if others is None or len(reading.mentions(low, others.start(), "agency")) > 1:
            return low  # more than the leader's own agency stands before those words: the list has begun
        return others.start()

    def _joined(self, reading: Reading, start: int, end: int) -> bool:
        """Whether people with titles are the subject of `joined the meeting`."""
        joining = self._is["delegations.joining"].search(reading.text, start, end)
        if joining is None or self._is["delegations.never"].search(reading.text, start, joining.start()):
            return False
        people = [p for p in self._persons.find(reading, start, end) if p.high <= joining.start()]
        return bool(people) and people[-1].title is not None

    def _opener(self, text: str, start: int, end: int, agencies: Sequence[Mention]) -> int | None:
        """Where words such as `included officials from` introduce an agency."""
        subject = self._is["delegations.subject"].search(text, start, end)
        for match in self._is["delegations.opens"].finditer(text, start, end):
            strong = self._is["delegations.strong"].match(text, match.start()) is not None
            if not strong and (subject is None or subject.start() > match.end()):
                continue
            after = next((m for m in agencies if m.start >= match.end() - 1), None)
            delegation = self._is["delegations.people"].search(text, start, match.end()) is not None
            delegation = delegation or self._is["delegations.persons"].match(text, match.start()) is not None
            if after is not None and (delegation or after.start - match.end() <= _GAP):
                return match.start()
        return None

    def _follower(self, text: str, start: int, end: int, agencies: Sequence[Mention]) -> int | None:
        """The start of a sentence whose subject is a list: `NASA and NOAA took part`."""
        for match in self._is["delegations.follows"].finditer(text, start, end):
            before = [m for m in agencies if m.end <= match.start()]
            if before and match.start() - before[-1].end <= _GAP:
                return start
        return None

    def _read(
        self,
        reading: Reading,
        low: int,
        start: int,
        end: int,
        label: str | None,
        led: Led,
        members: Members,
    ) -> None:
        """Add the agencies of a list, each to its own side or that of the words `the X side` beside it."""
        stop = self._is["delegations.never"].search(reading.text, low, end)
        end = stop.start() if stop else end
        label = label or _side_of_head(reading.text[start:low], led.heads)
        roll = self._is["delegations.rolls"].match(reading.text, low, end)
        side = label or self._sides.told(reading, start, roll.end() if roll else low)
        heads = frozenset(h.name for h in led.heads if h.name is not None)
        named = self._named(reading, low, start, end, side, heads)
        markers = self._sides.markers(reading, start, end)
        named += self._by_fields(reading, low, end, markers, side)
        named += self._without_holders(reading, low, start, end, markers, side)
        named = [item for item in named if not any(a <= item[0] < b for a, b in led.unnamed)]
        named.sort(key=lambda item: item[0])
        trailing = trail(markers, [position for position, _, _ in named])
        if label or markers:
            named = self._with_unlisted(reading, named, low, start, end)
        breaks = self._breaks(reading.text, start, end)
        for index, (position, entity, written) in enumerate(named):
            own = beside(markers, position, trailing, breaks) or label
            own = entity.side if self._is_among_its_own(named, index, own) else own
            owner, agency = self._owned(reading, position, entity, written, own)
            if owner is not None and (not reading.parties or owner in reading.parties):
                members.add(owner, agency)

    def _is_among_its_own(self, named: Sequence[tuple[int, Entity, str]], index: int, own: str | None) -> bool:
        """Whether the agencies before and after one in a list are of its side, and by their names not of ``own``."""
        side = named[index][1].side
        if own in (side, None) or side is None or not 0 < index < len(named) - 1:
            return False
        beside_it = (named[index - 1], named[index + 1])
        return all(e.side == side and not self._agencies.moves(e, str(own), written) for _, e, written in beside_it)

    def _without_holders(
        self, reading: Reading, low: int, start: int, end: int, markers: Sequence[Marker], side: str | None
    ) -> list[tuple[int, Entity, str]]:
        """The ministries of a list told by their ministers' titles alone, where the ministers' side is told."""
        people = self._persons.find(reading, start, end)
        found = []
        offices = list(self._offices.find(reading, low, end, people, lambda t: self._agencies.is_listed(t, side)))
        trailing = trail(markers, [position for position, _ in offices])
        for position, title in offices:
            if any(m.start <= position < m.end for m in reading.mentions(start, end, "agency")):
                continue
            own = beside(markers, position, trailing) or side
            entity = self._agencies.of_title(title, own) if own is not None else None
            if entity is not None:
                found.append((position, entity, entity.name))
        return found

    def _by_fields(
        self, reading: Reading, low: int, end: int, markers: Sequence[Marker], side: str | None
    ) -> list[tuple[int, Entity, str]]:
        """The departments of the United States that a list names by their fields: `from State, Energy, and NASA`."""
        found = []
        for run in self._is["delegations.fields"].finditer(reading.text, low, end):
            items = [m for m in _ITEM.finditer(reading.text, *run.span("fields")) if " " not in m.group()]
            mentioned = {m.start: m.entity.side for m in reading.mentions(*run.span("fields"), "agency")}
            named = [(m.start(), self._agencies.of_field(m.group())) for m in items if m.start() not in mentioned]
            american = (beside(markers, run.start(), False) or side) == "US" or "US" in mentioned.values()
            if american and len(named) > 1 and all(entity for _, entity in named[:2]):
                found += [(at, e, e.name) for at, e in named if e is not None]
        return found

    def _breaks(self, text: str, start: int, end: int) -> list[int]:
        """Where a list falls into parts with sides of their own: semicolons, and after `formed the X side`."""
        breaks = [at for at in range(start, end) if text[at] == ";"]
        for match in self._is["delegations.forms"].finditer(text, start, end):
            comma = text.find(",", match.end(), end)
            breaks += [comma] if comma >= 0 else []
        return sorted(breaks)

    def _with_unlisted(
        self, reading: Reading, named: Sequence[tuple[int, Entity, str]], low: int, start: int, end: int
    ) -> list[tuple[int, Entity, str]]:
        """The list with the items that no rule of names knows, where it names an agency."""
        spans = [(position, position + len(written)) for position, _, written in named]
        if not spans or any(one[1] > other[0] for one, other in pairwise(spans)):
            return list(named)
        people = {p.start for p in self._persons.find(reading, start, end)}
        openers = [m.end() for m in self._is["delegations.opens"].finditer(reading.text, low, spans[0][0])]
        leading = self._unlisted.leading(reading, openers[-1], spans[0][0]) if openers else []
        found = (i for i in (*leading, *self._unlisted.find(reading, spans, end)) if i.start not in people)
        items = [(i.start, unknown("agency", i.name, None), i.name) for i in found]
        return sorted([*named, *items], key=lambda item: item[0])

    def _named(
        self, reading: Reading, low: int, start: int, end: int, side: str | None, heads: frozenset[str]
    ) -> list[tuple[int, Entity, str]]:
        """The agencies of a list with where they stand and as written, those of heads left out.

        ``side`` tells whose titles they are that name no country.
        """
        text = reading.text
        everyone = self._persons.find(reading, start, end)
        rolled = self._is["delegations.rolls"].match(text, low) and sum(p.low >= low for p in everyone) >= ROLL
        led = [p for p in everyone if p.name in heads and not (rolled or self._is_listed(text, low, start, p))]
        found = reading.mentions(low, end, "agency")
        kept = [
            (m.start, m.entity, text[m.start : m.end])
            for index, m in enumerate(found)
            if not self._is["delegations.venue"].search(text, max(start, m.start - 8), m.start)
            and not self._is_parent(text, found, index)
            and not self._is_address(text, found, index, everyone)
            and not (text[m.start - 1] == "(" and index and found[index - 1].entity == m.entity)
            and not self._is_of_head(text, found, index, led)
        ]
        if self._is["delegations.leaders"].match(text, low) is None:
            covered = {e.id for _, e, _ in kept}
            first = start if self._is["delegations.first"].match(text, start) else low
            people = [p for p in everyone if p.low >= first and p not in led and (p.low >= low or p.name not in heads)]
            kept += [
                (p.start, e, e.name)
                for p in people
                for e in agencies_of([p], self._agencies, p.side or side)
                if e.id not in covered and not self._is["delegations.address"].fullmatch(e.name)
            ]
        return sorted(kept, key=lambda item: item[0])

    def _is_of_head(self, text: str, found: Sequence[Mention], index: int, led: Sequence[Person]) -> bool:
        """Whether an agency stands in a head's title or after the name: `Ada Byrne of the Coast Guard's Ice Office`."""
        start, owner = found[index].start, self._is["delegations.owner"]
        if index and owner.fullmatch(text, found[index - 1].end, start):
            return self._is_of_head(text, found, index - 1, led)
        joined = self._is["delegations.joined"]
        return any(p.low <= start < p.high or joined.fullmatch(text, p.high, start) for p in led)

    def _is_listed(self, text: str, low: int, start: int, person: Person) -> bool:
        """Whether a head stands in the list as well: `the X delegation included Ministers A and B`."""
        if low == start or person.low < low or self._is["delegations.lists"].match(text, low) is None:
            return False
        return self._is["delegations.leaders"].search(text, low, person.low) is None

    def _is_parent(self, text: str, found: Sequence[Mention], index: int) -> bool:
        """Whether an agency only says whose part the one beside it is: `the Secretariat of the Cabinet Office`.

        Or `the Department of Commerce's Office of Space Commerce`.
        """
        following = found[index + 1].start if index + 1 < len(found) else len(text)
        if self._is["delegations.owner"].fullmatch(text, found[index].end, following) is not None:
            return True
        if index == 0:
            return False
        return self._is["delegations.parent"].fullmatch(text, found[index - 1].end, found[index].start) is not None

    def _is_address(self, text: str, found: Sequence[Mention], index: int, people: Sequence[Person]) -> bool:
        """Whether an agency only says where another or a person sits: `White House Office of Ice`."""
        mention = found[index]
        if self._is["delegations.address"].fullmatch(text, mention.start, mention.end) is None:
            return False
        next_to = index + 1 < len(found) and found[index + 1].start == mention.end + 1
        return next_to or any(p.low <= mention.start < p.high for p in people)

    def _owned(
        self, reading: Reading, position: int, entity: Entity, written: str, own: str | None
    ) -> tuple[str | None, Entity]:
        """Whose agency it is: its own side's, or the side's beside it where the name can mean a body of that one."""
        if entity.side is None and entity.known:
            return own, entity
        moved = own is not None and self._agencies.moves(entity, own, written)
        moved = moved and not self._is_national(reading, position, position + len(written))
        owner = own if moved or entity.side is None else entity.side
        if owner is not None and entity.side != owner:
            entity = self._agencies.named([written if moved and entity.known else entity.name], owner)
        if own in reading.parties and owner not in reading.parties:
            return own, entity  # an agency of a third country that a party brings
        return owner, entity

    def _is_national(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a country's name or adjective stands in or beside a name: `French Embassy`."""
        if reading.text.startswith(" of ", end) and reading.mentions(end + 4, end + 9, "party"):
            return True
        before = reading.text[max(0, start - 20) : start].split(" ")[-2:]
        words = [*before, *reading.text[start:end].split(" ")]
        return any((w[:-2] if w.endswith("'s") else w) in reading.sides for w in words)

    def _told(self, reading: Reading, start: int, end: int, members: Members) -> None:
        """Note the sides whose delegations a sentence speaks of."""
        for match in self._is["delegations.named"].finditer(reading.text, start, end):
            low = max(start, match.start() - 30)
            for token in self._tokens.read(reading, low, match.start()):
                if token.side is not None and token.side in reading.parties and token.end == match.start():
                    members.by_side.setdefault(token.side, [])


def _side_of_head(text: str, heads: Sequence[Head]) -> str | None:
    """The side of the one head whom a text names, or calls by the title: `the Under Secretary`."""
    called = [match[1].rstrip() for match in _TITLE.finditer(text)]
    words = {word for word in text.replace(",", " ").split() if word[0].isupper()}
    sides = {
        h.side
        for h in heads
        if not words.isdisjoint((h.name or "").split()) or any((h.title or "").startswith(title) for title in called)
    }
    return sides.pop() if len(sides) == 1 else None
