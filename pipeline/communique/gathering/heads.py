"""Who led: the people who headed a side, chaired or hosted the meeting, or met."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from communique.annotations import Entity, Head
from communique.gathering.agencies import Agencies
from communique.gathering.opening import Opening
from communique.gathering.persons import Person, Persons
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.sides import Sides

_REACH = 600
_NEAR = 4


class Heads:
    """Finds the heads of a meeting."""

    def __init__(
        self, rules: MeetingRules, persons: Persons, agencies: Agencies, officials: Mapping[str, str] | None = None
    ) -> None:
        """``officials``: the ISO code of the side that a person of this full name speaks for."""
        self._officials = officials or {}
        self._is = rules.patterns
        self._stems = rules.words["delegations.stems"]
        self._verbs = rules.words["cues.stems"]
        self._persons = persons
        self._agencies = agencies
        self._labels = Sides(rules, persons)

    def find(self, reading: Reading, opening: Opening | None) -> tuple[list[Head], list[Entity]]:
        """The heads in the order of the text, and the entities of their agencies."""
        heads: list[Head] = []
        entities: list[Entity] = []
        for person, side in self._people(reading, opening):
            self._add(reading, person, side, heads, entities)
        self._by_elimination(reading.parties, heads, entities)
        return heads, entities

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

    def _people(self, reading: Reading, opening: Opening | None) -> list[tuple[Person, str | None]]:
        found: list[tuple[Person, str | None]] = []
        first = reading.sentence_at(opening.start) if opening else 0
        far = reading.sentences_with(self._stems, self._is["delegations.far"]) if opening else []
        close = range(max(0, first - 3), min(len(reading.sentences), first + _NEAR + 1 if opening else 11))
        for index in sorted({*far, *close}):
            start, end = reading.sentences[index]
            own = opening is not None and start == opening.start
            near = index in close
            if own and opening is not None:
                found += self._gathered(reading, opening)
            if not reading.holds(start, end, self._verbs):
                continue
            found += self._listed(reading, index) if near else []
            found += self._passive(reading, start, end, near)
            found += self._active(reading, start, end, near)
        return sorted(found, key=lambda pair: pair[0].start)

    def _gathered(self, reading: Reading, opening: Opening) -> list[tuple[Person, str | None]]:
        """The people who met: before the verb, and after `with` or `between`."""
        text = reading.text
        cue = self._is["cues.passive"].search(text, opening.start, opening.verb_end + 4)
        spans = [] if cue else [(opening.start, opening.verb_start)]
        stop = self._is["cues.passive"].search(text, opening.verb_end, opening.end)
        high = stop.start() if stop else opening.end
        for match in self._is["cues.between"].finditer(text, opening.verb_end, high):
            spans.append((match.end(), self._closed(text, match.end(), high)))
        hosts = self._is["cues.host"].match(text, opening.verb_start) is not None
        if hosts and (opening.personal or self._is["cues.guests"].match(text, opening.verb_end, high)):
            spans.append((opening.verb_end, self._closed(text, opening.verb_end, high)))
        if opening.personal:  # `met Minister X Y`
            after = self._persons.find(reading, opening.verb_end, min(high, opening.verb_end + 160))[:1]
            spans += [(p.low, p.high) for p in after if p.low <= opening.verb_end + 2]
        return [
            (p, self._marked(reading, p, high) if a >= opening.verb_end else None)
            for a, b in spans
            for p in self._persons.find(reading, a, b)
            if p.title is not None
            and not self._aside(text, p.start, opening.start)
            and (a >= opening.verb_end or not self._is["cues.clause"].search(text, p.high, opening.verb_start))
        ]

    def _listed(self, reading: Reading, index: int) -> list[tuple[Person, str | None]]:
        """The first person of each labelled line after the line `Heads of Delegation`."""
        if self._is["delegations.heads"].match(reading.text, *reading.sentences[index]) is None:
            return []
        found: list[tuple[Person, str | None]] = []
        for start, end in reading.sentences[index + 1 :]:
            side = self._labels.label(reading, start, end)
            people = self._persons.find(reading, start, end)
            if side is None or not people:
                break
            found.append((people[0], side))
        return found

    def _aside(self, text: str, at: int, low: int) -> bool:
        """Whether a person stands in an aside: `on behalf of`, `alongside`, `announced by`."""
        return self._is["cues.aside"].search(text, max(low, at - 120), at) is not None

    def _closed(self, text: str, start: int, high: int) -> int:
        """Where the people named after a cue end: at the next verb or full stop."""
        match = self._is["cues.closes"].search(text, start, min(high, start + _REACH))
        return match.start() if match else min(high, start + _REACH)

    def _passive(self, reading: Reading, start: int, end: int, near: bool) -> list[tuple[Person, str | None]]:
        text = reading.text
        cues = list(self._is["cues.passive"].finditer(text, start, end))
        found: list[tuple[Person, str | None]] = []
        for index, cue in enumerate(cues):
            low = cues[index - 1].end() if index else start
            led = self._is["cues.led"].search(text, low, cue.start()) or self._is["cues.label"].match(cue.group())
            if not near and led is None:
                continue
            noun = self._is["opening.meeting"].search(text, max(low, cue.start() - 160), cue.start())
            pronoun = self._is["cues.pronoun"].search(text, max(low, cue.start() - 12), cue.start())
            if led is None and self._is["cues.apart"].search(text, low, cue.start()):
                continue
            opens = cue.start() == start or "invitation" in cue.group()
            if led is None and noun is None and pronoun is None and index == 0 and not opens:
                continue
            high = cues[index + 1].start() if index + 1 < len(cues) else end
            side = self._led_side(reading, low, cue.start(), led is not None or index > 0)
            until = self._closed(text, cue.end(), high)
            for person in self._persons.find(reading, cue.end(), until):
                named = person.title is not None or person.agency is not None or person.low <= cue.end() + 5
                if named and not self._aside(text, person.start, cue.end()):
                    found.append((person, self._marked(reading, person, until) or side))
        return found

    def _led_side(self, reading: Reading, low: int, high: int, led: bool) -> str | None:
        """The side of `the X delegation, led by`: the country nearest before the cue, where it is the only one."""
        if not led:
            return None
        sides = set(self._sides(reading, max(low, high - 160), high))
        return sides.pop() if len(sides) == 1 else None

    def _sides(self, reading: Reading, low: int, high: int) -> list[str]:
        tokens = self._persons.tokens(reading, low, high)
        return [
            t.side for t in tokens if t.kind == "C" and t.side and (not reading.parties or t.side in reading.parties)
        ]

    def _marked(self, reading: Reading, person: Person, high: int) -> str | None:
        """The side that follows a person: `on the Korean side`, `for Japan`."""
        after = reading.text[person.high : min(len(reading.text), person.high + 80)]
        match = self._is["cues.marked"].match(after)
        if match is None:
            return None
        sides = self._sides(reading, person.high + match.end(), person.high + match.end() + 30)
        return sides[0] if sides else None

    def _active(self, reading: Reading, start: int, end: int, near: bool) -> list[tuple[Person, str | None]]:
        text = reading.text
        found: list[tuple[Person, str | None]] = []
        low = start
        for cue in self._is["cues.active"].finditer(text, start, end):
            after = text[cue.end() : min(end, cue.end() + 120)]
            target = self._is["cues.active_object"].search(after)
            represented = cue.group().lower() == "represented"
            sides = self._sides(reading, cue.end(), min(end, cue.end() + 60))
            if near and self._is["cues.host"].match(cue.group()) and self._is["cues.guests"].match(after):
                until = self._closed(text, cue.end(), end)
                found += [(p, self._marked(reading, p, end)) for p in self._persons.find(reading, cue.end(), until)]
            if (
                target is None
                and not self._is["cues.office"].match(cue.group())
                and not (near and after[:1] in (".", ";") and "chair" in cue.group())
                and not (represented and re.match(r" (?:the )?[A-Z]", after))
            ):
                continue
            if not near and (
                target is None
                or (
                    self._is["delegations.people"].search(after) is None
                    and not self._is["cues.shared"].match(target.group())
                )
            ):
                continue
            if represented and ((not sides and target is None) or self._is["cues.presidency"].match(after)):
                continue
            side = (
                sides[0]
                if len(set(sides)) == 1
                and (represented or (target is not None and not self._is["cues.shared"].match(target.group())))
                else None
            )
            if (
                side is not None
                and target is not None
                and not self._is["cues.sided"].search(target.group())
                and not represented
                and self._is["cues.marked"].match(after) is None
            ):
                side = None
            for person in self._persons.find(reading, low, cue.start()):
                if person.end > cue.start() - 160 or low == start:
                    found.append((person, side))
            low = cue.end()
        return found

    def _add(
        self, reading: Reading, person: Person, side: str | None, heads: list[Head], entities: list[Entity]
    ) -> None:
        name = self._full(reading, person.name)
        if any(_same_person(name, h.name) for h in heads):
            return
        home = self._officials.get(name.replace(",", ""))
        if home is not None and side is None and len(reading.parties) > 2 and home not in reading.parties:
            return
        title = person.title
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


def _same_person(one: str, other: str) -> bool:
    a, b = one.split(), other.split()
    return one == other or (a[-1] == b[-1] and (len(a) == 1 or len(b) == 1 or a[0] == b[0])) or sorted(a) == sorted(b)


def agencies_of(people: Sequence[Person], agencies: Agencies, side: str | None) -> list[Entity]:
    """The agencies that people's titles name or mean."""
    found = []
    for person in people:
        agency = person.agency or (agencies.of_title(person.title, side or person.side) if person.title else None)
        if agency is not None:
            found.append(agency)
    return found
