"""Who a sentence says led: the people before or behind a word of leading, and the side that they led."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.gathering.persons import Person
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.sides import Sides, beside, trail
from communique.gathering.unnamed import Office, Unnamed

_OBJECT = 120
_PARTY = 60
_SUBJECT = 160
_REACH = 600

ROLL = 3
"""With as many people a side that is said to be represented has its members told, not its heads alone."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of leading at their offsets: ``active`` ones stand behind the people who led, others before them."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who led, and the side that the words of leading tell, if they do."""

    person: Person
    side: str | None


class Leading:
    """Finds the people who led a delegation or the meeting in a sentence."""

    def __init__(self, rules: MeetingRules, sides: Sides, unnamed: Unnamed) -> None:
        self._is = rules.patterns
        self._sides = sides
        self._unnamed = unnamed

    def find(
        self, reading: Reading, start: int, end: int, cues: Sequence[Cue], people: Sequence[Person], near: bool
    ) -> list[Leader]:
        """The leaders among ``people`` by the ``cues``, all of which stand in [start, end).

        Where the sentence is not ``near`` the one that tells the meeting, only words on a delegation or side count.
        """
        found: list[Leader] = []
        low, first = start, True
        verb: int | None = None
        officed = False
        cues = _with_people(cues, people)
        for index, cue in enumerate(cues):
            high = cues[index + 1].start if index + 1 < len(cues) else end
            following = self._boundary(reading.text, cue, high, people)
            if cue.kind == "active":
                subject, led = low, people
                if verb is not None and reading.text.endswith(" and ", 0, cue.start):  # `X hosted Y and led it`: X led
                    subject, led = start, [p for p in people if p.low < verb]
                found += self._before(reading, cue, subject, end, led, near, until=high)
                verb = cue.start
            elif cue.kind == "elided":
                side = self._sides.told(reading, cue.start, min(end, cue.end + _PARTY))
                found += [Leader(p, side) for p in people if low <= p.low and 0 < cue.start - p.high <= 2]
            elif self._leads(reading, cue, low, near, first=first) and not self._is_roll(reading, cue, high, people):
                shared = index + 1 < len(cues) and cues[index + 1].kind == "active" and following > cue.end
                shared = shared and not reading.text.endswith(" who ", 0, high)
                shared = shared and not self._has_subject(reading.text, cue, high, people)
                until = following if shared else high
                named = self._behind(reading, cue, low, until, people)
                if cue.kind != "elliptic":
                    officed = self._is["cues.officed"].match(reading.text, cue.start) is not None
                found += named if named or not officed else self._offices(reading, cue, low, until, people)
            else:
                continue
            low, first = following, False
        return found

    def cues(self, text: str, start: int, end: int) -> list[Cue]:
        """The words of leading in their order; one without a verb (`the Korean side by`) only after one with a verb."""
        matches = [
            cue for kind in ("label", "passive", "inverted", "active") for cue in self._told(kind, text, start, end)
        ]
        if any(cue.kind == "passive" for cue in matches):
            matches += self._told("elliptic", text, start, end)
        first = min((cue.start for cue in matches if cue.kind == "active"), default=end)
        matches += self._told("elided", text, first, end)
        found: list[Cue] = []
        position, passive = start, False
        for cue in sorted(matches, key=lambda c: (c.start, -c.end)):
            if cue.start < position or (cue.kind == "elliptic" and not passive):
                continue
            passive = passive or cue.kind == "passive"
            position = cue.end
            found.append(cue)
        return found

    def _told(self, kind: str, text: str, start: int, end: int) -> Iterator[Cue]:
        return (Cue(m.start(), m.end(), kind) for m in self._is[f"cues.{kind}"].finditer(text, start, end))

    def _boundary(self, text: str, cue: Cue, high: int, people: Sequence[Person]) -> int:
        """Where the subject of the next words of leading begins at the earliest."""
        if cue.kind == "active":
            return cue.end
        parts = [m.end() for m in self._is["cues.parts"].finditer(text, cue.end, high)]
        named = [p.low for p in people if cue.end <= p.low < high]
        return max([cue.end, *parts[-1:], *named[1:][-1:]])

    def _has_subject(self, text: str, cue: Cue, high: int, people: Sequence[Person]) -> bool:
        """Whether the next verb has a meeting for its subject: `Chaired by X and Y, the dialogue convened`."""
        named = [p.high for p in people if cue.end <= p.low < high]
        return bool(named) and self._is["cues.convenes"].search(text, named[-1], high) is not None

    # People behind the words ------------------------------------------------------------------------------------------

    def _leads(self, reading: Reading, cue: Cue, low: int, near: bool, *, first: bool) -> bool:
        """Whether the words speak of leading this meeting or one of its delegations."""
        text = reading.text
        before = self._is["cues.led"].search(text, max(low, cue.start - _REACH), cue.start) is not None
        if before or cue.kind != "passive" or not first:
            return near or before or cue.kind == "inverted"
        if not near or self._is["cues.apart"].search(text, max(low, cue.start - _REACH), self._subject(text, low, cue)):
            return False
        return (
            self._is["opening.meeting"].search(text, max(low, cue.start - _SUBJECT), cue.start) is not None
            or self._is["cues.pronoun"].search(text, max(low, cue.start - 24), cue.start) is not None
            or self._is["cues.portion"].search(text, max(low, cue.start - 60), cue.start) is not None
            or self._is["cues.alone"].match(text, cue.start) is not None
            or self._speaks_for(reading, cue, low)
            or self._is_short(reading, low, cue.start)
            or self._is["cues.participle"].search(text, low, cue.end) is not None
            or cue.start == low
        )

    def _is_roll(self, reading: Reading, cue: Cue, high: int, people: Sequence[Person]) -> bool:
        """Whether all members of a delegation follow and not who led it: `Representing Norway were X, Y and Z`."""
        if cue.kind != "inverted" or self._is["delegations.rolls"].match(reading.text, cue.start) is None:
            return False
        until = self._is["cues.relative"].search(reading.text, cue.end, high)
        end = until.start() if until else high
        one = self._sides.told(reading, cue.start, cue.end) is not None
        return one and sum(cue.end <= p.low < end for p in people) >= ROLL

    def _subject(self, text: str, low: int, cue: Cue) -> int:
        """Where the subject of a passive ends: before the clause that parts it from the verb."""
        parted = self._is["cues.parted"].fullmatch(text, low, cue.start)
        return parted.end("subject") if parted is not None else cue.start

    def _is_short(self, reading: Reading, low: int, high: int) -> bool:
        """Whether a subject is the acronym in brackets of a meeting named before: `The JCM was led by`."""
        short = self._is["cues.short"].fullmatch(reading.text, low, high)
        if short is None or reading.text.find(f"({short['short']})", 0, low) < 0:
            return False
        return not reading.mentions(*short.span("short"), "agency")

    def _speaks_for(self, reading: Reading, cue: Cue, low: int) -> bool:
        """Whether the words are those of `Norway was represented by`."""
        low = max(low, cue.start - _PARTY)
        represented = self._is["cues.represents"].match(reading.text, cue.start) is not None
        return represented and self._sides.told(reading, low, cue.start) is not None

    def _behind(self, reading: Reading, cue: Cue, low: int, high: int, people: Sequence[Person]) -> list[Leader]:
        """The people behind the words, up to the next verb."""
        text = reading.text
        side = self._sides.told(reading, cue.start, cue.end) or self._subject_side(reading, cue, low)
        until = self._until(text, cue, high)
        named = [p for p in people if cue.end <= p.low and p.start < until]
        leaders: list[Person] = []
        for person in named:
            known = person.title is not None or person.agency is not None or person.low <= cue.end + 5
            known = known or (bool(leaders) and self._joins(text, leaders[-1].high, person.low))
            if known and not self.is_aside(text, person, cue.end):
                leaders.append(person)
        if side is not None:
            return [Leader(p, side) for p in leaders]
        return self.sided(reading, leaders, cue.end, high)

    def _until(self, text: str, cue: Cue, high: int) -> int:
        """Where those behind the words end at the latest."""
        close = self._is["cues.closes"].search(text, cue.end, min(high, cue.end + _REACH))
        return close.start() if close else min(high, cue.end + _REACH)

    def _offices(self, reading: Reading, cue: Cue, low: int, high: int, people: Sequence[Person]) -> list[Leader]:
        """The offices and bodies behind a passive, where no person is named: `co-chaired by the Director of Ice`."""
        until = self._until(reading.text, cue, high)
        coming = reading.text.endswith("to be ", 0, cue.start)
        if coming or any(cue.end <= p.low < until for p in people):
            return []
        if self._is["cues.presidency"].match(reading.text, cue.end, until) is not None:
            return []
        offices = [
            Person(o.low, o.high, o.low, o.high, "", _written(reading.text, o), o.agency, _side(o))
            for o in self._unnamed.find(reading, cue.end, until)
        ]
        side = self._sides.told(reading, cue.start, cue.end) or self._subject_side(reading, cue, low)
        if side is not None:
            return [Leader(office, side) for office in offices]
        return self.sided(reading, offices, cue.end, high)

    def _joins(self, text: str, end: int, start: int) -> bool:
        """Whether only `and Ms.` stands between two people, so that the second needs no title to be one who led."""
        return end <= start and self._is["cues.joins"].fullmatch(text, end, start) is not None

    def sided(
        self, reading: Reading, people: Sequence[Person], low: int, high: int, *, guests: bool = False
    ) -> list[Leader]:
        """The people with the sides that words such as `for Japan` and `on the Korean side` beside them tell.

        ``guests``: `and the Korean delegation` tells it too.
        """
        words = [self._is["sides.introduced"], *([self._is["sides.accompanied"]] if guests else [])]
        markers = [
            m
            for m in self._sides.markers(reading, low, high)
            if not any(p.low <= m.start < p.high for p in people)
            and any(pattern.search(reading.text, low, m.start) for pattern in words)
        ]
        trailing = trail(markers, [p.low for p in people])
        return [Leader(p, beside(markers, p.low, trailing)) for p in people]

    def _subject_side(self, reading: Reading, cue: Cue, low: int) -> str | None:
        """The side of `the X delegation, led by` and `for X, it was led by`."""
        low = max(low, cue.start - _SUBJECT)
        if self._speaks_for(reading, cue, low):
            return self._sides.told(reading, max(low, cue.start - _PARTY), cue.start)
        if self._is["cues.led"].search(reading.text, low, cue.start) is None:
            markers = self._sides.markers(reading, low, cue.start)
            return markers[-1].side if markers else None
        return self._sides.told(reading, low, cue.start)

    def is_aside(self, text: str, person: Person, low: int) -> bool:
        """Whether a person stands in an aside: `on behalf of`, `alongside`, `announced by`."""
        return self._is["cues.aside"].search(text, max(low, person.start - _OBJECT), person.start) is not None

    # People before the words ------------------------------------------------------------------------------------------

    def _before(
        self, reading: Reading, cue: Cue, low: int, end: int, people: Sequence[Person], near: bool, *, until: int
    ) -> list[Leader]:
        """The people before the verb, and those who led with them or were their guests.

        ``until`` is where the next words of leading begin: a side told behind them is that of others.
        """
        text = reading.text
        high = min(end, cue.end + _OBJECT)
        led = self._is["cues.active_object"].search(text, cue.end, high)
        guests = self._guests(reading, cue, end, people) if near else []
        if not self._has_object(reading, cue, led, high, near):
            return guests
        apart = self._is["cues.parts"].search(text, cue.end, high)
        side = self._object_side(reading, cue, led, min(high, until, apart.start() if apart else high))
        subject = [p for p in people if low <= p.low < cue.start and not self.is_aside(text, p, low)]
        leaders = [Leader(p, side) for p in subject] if side else self.sided(reading, subject, low, cue.start)
        joint = self._is["cues.joint"].match(text, led.end(), end) if led is not None and near else None
        if joint is not None:
            leaders += [Leader(p, None) for p in self._together(text, joint.end(), people)]
        return leaders + guests

    def _together(self, text: str, at: int, people: Sequence[Person]) -> list[Person]:
        """Those who led with others: the person named at ``at``, and the next ones joined by `and`."""
        found: list[Person] = []
        for person in people:
            first = not found and at <= person.start and person.low <= at + 5
            if first or (found and self._joins(text, found[-1].high, person.low)):
                found.append(person)
        return found

    def _guests(self, reading: Reading, cue: Cue, end: int, people: Sequence[Person]) -> list[Leader]:
        """The heads of the delegations that a host received: `hosted Minister X Y and the Z delegation`."""
        text = reading.text
        if self._is["cues.host"].match(text, cue.start) is None:
            return []
        if self._is["cues.guests"].match(text, cue.end, min(end, cue.end + _REACH)) is None:
            return []
        close = self._is["cues.closes"].search(text, cue.end, min(end, cue.end + _REACH))
        until = close.start() if close else min(end, cue.end + _REACH)
        return self.sided(reading, [p for p in people if cue.end <= p.low < until], cue.end, end, guests=True)

    def _has_object(self, reading: Reading, cue: Cue, led: re.Match[str] | None, high: int, near: bool) -> bool:
        """Whether the verb has an object that one leads: a delegation, near the opening also a meeting."""
        text = reading.text
        if not near:
            return led is not None and (
                self._is["delegations.people"].search(text, cue.end, high) is not None
                or self._is["cues.shared"].match(led.group()) is not None
            )
        if self._is["cues.represents"].match(text, cue.start):
            told = led is not None or self._sides.told(reading, cue.end, min(high, cue.end + 60)) is not None
            return told and self._is["cues.presidency"].match(text, cue.end, high) is None
        return led is not None or self._is["cues.office"].match(text, cue.start, high) is not None

    def _object_side(self, reading: Reading, cue: Cue, led: re.Match[str] | None, high: int) -> str | None:
        """The side of `led the X delegation` and `represented X`; a meeting that is led tells none."""
        if led is not None and self._is["cues.shared"].match(led.group()):
            return None
        told = self._sides.told(reading, cue.end, min(high, cue.end + 60))
        represents = self._is["cues.represents"].match(reading.text, cue.start) is not None
        sided = led is not None and self._is["cues.sided"].search(led.group()) is not None
        if sided and self._is["cues.host"].match(reading.text, cue.start) is not None:
            return None  # a host receives the delegation of another side
        if represents or sided:
            return told
        markers = self._sides.markers(reading, cue.end, high)
        return markers[0].side if len(markers) == 1 else None


def _written(text: str, office: Office) -> str | None:
    return text[slice(*office.title)] if office.title is not None else None


def _side(office: Office) -> str | None:
    return office.agency.side if office.agency is not None else office.side


def _with_people(cues: Sequence[Cue], people: Sequence[Person]) -> list[Cue]:
    """The cues without those that leave the verb out and yet follow no verb, or no person: `X led for Peru`."""
    found: list[Cue] = []
    for cue in cues:
        if cue.kind == "elided":
            last = found[-1] if found and found[-1].kind in ("active", "elided") else None
            if last is None or not any(last.end <= p.low and 0 < cue.start - p.high <= 2 for p in people):
                continue
        found.append(cue)
    return found
