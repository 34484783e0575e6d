"""Who led: the people who headed a side, chaired or hosted the meeting, or met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.annotations import Entity, Head
from communique.gathering.agencies import Agencies
from communique.gathering.leading import Leader, Leading
from communique.gathering.opening import Opening
from communique.gathering.persons import Person, Persons
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.sides import Sides
from communique.gathering.tokens import Tokens
from communique.gathering.unnamed import Unnamed

_REACH = 600
_NEAR = 4
_PAIR = 2


@dataclass(slots=True)
class Led:
    """The heads of a meeting, the entities of their agencies, and where those stand who led without being named."""

    heads: list[Head] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    unnamed: list[tuple[int, int]] = field(default_factory=list)


class Heads:
    """Finds the heads of a meeting."""

    def __init__(
        self,
        rules: MeetingRules,
        tokens: Tokens,
        persons: Persons,
        agencies: Agencies,
        officials: Mapping[str, str] | None = None,
    ) -> None:
        """``officials``: the ISO code of the side that a person of this name speaks for."""
        self._officials = officials or {}
        self._is = rules.patterns
        self._stems = rules.words["delegations.stems"]
        self._verbs = rules.words["cues.stems"]
        self._persons = persons
        self._agencies = agencies
        self._sides = Sides(rules, tokens)
        self._leading = Leading(rules, self._sides, Unnamed(tokens))

    def find(self, reading: Reading, opening: Opening | None) -> Led:
        """The heads in the order of the text."""
        led = Led()
        for leader in self._leaders(reading, opening):
            self._add(reading, leader.person, leader.side, led.heads, led.entities)
            if not leader.person.name:
                led.unnamed.append((leader.person.low, leader.person.high))
        led.heads = _without_hosts(led.heads)
        led.entities = [e for e in led.entities if any(head.agency == e.id for head in led.heads)]
        self._by_elimination(reading.parties, led.heads, led.entities)
        return led

    def _by_elimination(self, parties: Sequence[str], heads: list[Head], entities: list[Entity]) -> None:
        """Give the one head whose side nothing tells the other side of two, where all others lead the one."""
        sides = {h.side for h in heads if h.side is not None}
        open_heads = [h for h in heads if h.side is None]
        if len(parties) != 2 or len(open_heads) != 1 or len(sides) != 1 or not sides <= set(parties):
            return
        head = open_heads[0]
        head.side = next(p for p in parties if p not in sides)
        agency = self._agencies.of_title(head.title, head.side) if head.title and head.agency is None else None
        if agency is not None:
            head.agency = agency.id
            entities.append(agency)

    def _leaders(self, reading: Reading, opening: Opening | None) -> list[Leader]:
        found: list[Leader] = []
        first = reading.sentence_at(opening.start) if opening else 0
        far = reading.sentences_with(self._stems, self._is["delegations.far"]) if opening else []
        close = range(max(0, first - 3), min(len(reading.sentences), first + _NEAR + 1 if opening else 11))
        for index in sorted({*far, *close}):
            start, end = reading.sentences[index]
            own = opening is not None and start == opening.start
            near = index in close
            leads = reading.holds(start, end, self._verbs)
            cues = self._leading.cues(reading.text, start, end) if leads else []
            people = self._persons.find(reading, start, end) if own or cues else []
            if own and opening is not None:
                found += self._gathered(reading, opening, people)
            if leads and near:
                found += self._listed(reading, index)
            if cues:
                found += self._leading.find(reading, start, end, cues, people, near)
        return sorted(found, key=lambda leader: leader.person.start)

    def _gathered(self, reading: Reading, opening: Opening, people: Sequence[Person]) -> list[Leader]:
        """The people who met: before the verb, and after `with` or `between`."""
        text = reading.text
        titled = [p for p in people if p.title is not None and not self._leading.is_aside(text, p, opening.start)]
        stop = self._is["cues.passive"].search(text, opening.verb_end, opening.end)
        high = stop.start() if stop else opening.end
        found = []
        attended = self._is["cues.attends"].match(text, opening.verb_start) is not None
        if not attended and self._is["cues.passive"].search(text, opening.start, opening.verb_end + 4) is None:
            before = [p for p in titled if p.start < opening.verb_start and not _in_brackets(text, opening.start, p)]
            clause = self._is["cues.clause"]
            found += [Leader(p, None) for p in before if not clause.search(text, p.high, opening.verb_start)]
        for start in self._meets(reading, opening, titled, high):
            close = self._is["cues.closes"].search(text, start, min(high, start + _REACH))
            until = close.start() if close else min(high, start + _REACH)
            met = [p for p in titled if start <= p.start < until]
            found += self._leading.sided(reading, met, start, high, guests=True)
        return found

    def _meets(self, reading: Reading, opening: Opening, people: Sequence[Person], high: int) -> Iterator[int]:
        """Where those begin whom the people before the verb met: after `with`, `between`, `hosted` and `met`."""
        text = reading.text
        yield from (m.end() for m in self._is["cues.between"].finditer(text, opening.verb_end, high))
        direct = opening.personal and any(
            text[opening.verb_end : p.low].strip() in ("", "the") for p in people if opening.verb_end <= p.low
        )
        if self._is["cues.host"].match(text, opening.verb_start) is not None:
            direct = direct or opening.personal
            direct = direct or self._is["cues.guests"].match(text, opening.verb_end, high) is not None
        if direct:
            yield opening.verb_end
        comma = text.find(", ", opening.verb_end, high)
        begins = opening.personal and opening.verb_start == opening.start
        if comma >= 0 and (begins or self._is["cues.during"].search(text, opening.start, opening.verb_start)):
            yield comma

    def _listed(self, reading: Reading, index: int) -> list[Leader]:
        """The first person of each labelled line or item after the line `Heads of Delegation`."""
        if self._is["delegations.heads"].match(reading.text, *reading.sentences[index]) is None:
            return []
        found = []
        for start, end in reading.sentences[index + 1 :]:
            side = self._sides.label(reading, start, end)
            people = self._persons.find(reading, start, end)
            if not people or (side is None and reading.line_kind(start) not in ("bullet", "numbered")):
                break
            found.append(Leader(people[0], side))
        return found

    def _add(
        self, reading: Reading, person: Person, side: str | None, heads: list[Head], entities: list[Entity]
    ) -> None:
        name = self._full(reading, person.name) if person.name else None
        if name is not None and any(h.name is not None and _same_person(name, h.name) for h in heads):
            return
        home = self._home(reading, name, person.title) if name is not None else None
        if home is not None and side is None and len(reading.parties) > 2 and home not in reading.parties:
            return
        title = person.title
        own = person.agency.side if person.agency is not None else None
        if own in reading.parties and side not in (None, own) and not self._moves(person, side):
            side = own
        known = side or person.side or (self._agencies.side_of(title) if title else None)
        known = known or home
        if known is not None and reading.parties and known not in reading.parties and side is None:
            known = None if person.agency is None or person.agency.side is None else person.agency.side
        agency = person.agency or (self._agencies.of_title(title, known) if title else None)
        if known is None and agency is not None:
            known = agency.side
        if agency is not None and agency.side is None and not agency.known and known is not None:
            agency = self._agencies.named([agency.name], known)
        if agency is not None:
            entities.append(agency)
        heads.append(Head(name, title, agency.id if agency else None, known))

    def _home(self, reading: Reading, name: str, title: str | None) -> str | None:
        """The side that an official speaks for; a titled surname only one that is a party: `President X`."""
        if " " in name:
            return self._officials.get(name.replace(",", ""))
        home = self._officials.get(f"{title} {name}") or self._officials.get(name)
        return home if title is not None and home in reading.parties else None

    def _moves(self, person: Person, side: str | None) -> bool:
        """Whether a person's agency can be another side's body of the same name, as words around them tell."""
        agency = person.agency
        return agency is not None and side is not None and self._agencies.moves(agency, side, agency.name)

    def _full(self, reading: Reading, name: str) -> str:
        """A lone surname with the given names that the text has elsewhere."""
        if " " in name or len(name) < 3:
            return name
        pattern = re.compile(rf"(?:[A-Z][\w'-]+|[A-Z]\.) (?:[A-Z]\. |[A-Z][\w'-]+ )?{re.escape(name)}\b")
        for match in pattern.finditer(reading.text):
            people = self._persons.find(reading, max(0, match.start() - 80), match.end())
            if people and people[-1].name.endswith(" " + name):
                return people[-1].name
        return name


def _in_brackets(text: str, low: int, person: Person) -> bool:
    """Whether a person only stands behind a body's name: `the Ice Agency (Administrator X Y) held`."""
    return text.rfind("(", low, person.low) > text.rfind(")", low, person.low)


def _same_person(one: str, other: str) -> bool:
    a, b = one.split(), other.split()
    if len(a) == 1 or len(b) == 1:
        return a[-1] == b[-1] or a[0] == b[0]
    if len(a) != len(b) and a[-len(b) :] == b[-len(a) :]:
        return True  # two surnames, with given names and without: `Ana María Ruiz Soto` and `Ruiz Soto`
    return (a[-1] == b[-1] and a[0] == b[0]) or sorted(a) == sorted(b)


def agencies_of(people: Sequence[Person], agencies: Agencies, side: str | None) -> list[Entity]:
    """The agencies that people's titles name or mean."""
    found = []
    for person in people:
        agency = person.agency or (agencies.of_title(person.title, side or person.side) if person.title else None)
        if agency is not None:
            found.append(agency)
    return found


def _without_hosts(heads: list[Head]) -> list[Head]:
    """The heads without offices and bodies that only hosted, where the people who led are named.

    They are where a person of the same side is named, or two or more people are.
    """
    named = [head for head in heads if head.name is not None]
    sides = {head.side for head in named}
    return [h for h in heads if h.name is not None or (len(named) < _PAIR and h.side not in sides)]
