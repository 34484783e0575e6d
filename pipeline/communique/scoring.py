"""How one record compares with one statement's gold.

Names and dates are paired by place: *relaxed* where the words overlap, *strict* where they are the same words, a
leading article and a trailing possessive aside (partial and strict matching of SemEval-2013 task 9). Commitments and
positions are paired by their operator words. Each pairing is one to one, nearest first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, NamedTuple, Protocol

from communique.gold import Gold, GoldCommitment, GoldMeeting, GoldMention
from communique.records import Commitment, Entity, Meeting, Record

NAMED_KINDS = ("agency", "mission", "instrument", "forum")
CATEGORIES = (
    *(f"{kind}{detail}" for kind in NAMED_KINDS for detail in ("", " strict", " named")),
    "agency side",
    "party (set)",
    *(f"date{detail}" for detail in ("", " strict", " value", " mod")),
    *(f"commitment{detail}" for detail in ("", " strict", " strength", " actors", " themes", " deadline")),
    "position",
    *(f"meeting {detail}" for detail in ("fields", "heads", "delegations", "next")),
)
"""Everything that is counted, in the order in which it is shown."""
NOTHING = "nothing"
"""In the confusion of strengths: what has no counterpart."""


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Fault(NamedTuple):
    """One thing wrong: the category, what is wrong with it, the words, and the text around them."""

    category: str
    what: str
    words: str
    before: str
    after: str


@dataclass(slots=True)
class Counts:
    """How many are right, how many there are in the gold, and how many were found."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, as 2·hits / (gold + found)."""
        return 2 * self.hits / (self.gold + self.found) if self.hits else 0.0


@dataclass(slots=True)
class Score:
    """Counts by category, the faults in the order in which they were met, and gold against found strengths."""

    counts: dict[str, Counts] = field(default_factory=lambda: {category: Counts() for category in CATEGORIES})
    faults: list[Fault] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, category: str, hits: int, gold: int, found: int) -> None:
        counts = self.counts[category]
        counts.hits += hits
        counts.gold += gold
        counts.found += found

    def merge(self, other: Score) -> None:
        for category, counts in other.counts.items():
            self.add(category, counts.hits, counts.gold, counts.found)
        self.faults += other.faults
        self.confusion += other.confusion


def score(gold: Gold, record: Record) -> Score:
    """The score of one record. Both must be about the same text."""
    return _Comparison(gold, record).run()


class _Comparison:
    def __init__(self, gold: Gold, record: Record) -> None:
        self.gold, self.record, self.text = gold, record, gold.text
        self.entities = {entity.id: entity for entity in record.entities}
        self.score = Score()

    def run(self) -> Score:
        for kind in NAMED_KINDS:
            self._mentions(kind)
        self._parties()
        self._dates()
        self._commitments()
        self._positions()
        self._strengths()
        self._meeting()
        return self.score

    def _fault(self, category: str, what: str, at: Placed) -> None:
        before = self.text[max(0, at.start - 30) : at.start]
        after = self.text[at.end : at.end + 30]
        self.score.faults.append(Fault(category, what, self.text[at.start : at.end], before, after))

    def _unpaired(
        self, category: str, gold: Sequence[Any], found: Sequence[Any], pairs: list[tuple[int, int]], value: str
    ) -> None:
        """Faults for what was missed and what was invented, each with the value of the given field."""
        paired_gold, paired_found = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, item in enumerate(gold):
            if i not in paired_gold:
                self._fault(category, f"missed {getattr(item, value, '')}".strip(), item)
        for j, item in enumerate(found):
            if j not in paired_found:
                self._fault(category, f"invented {getattr(item, value, '')}".strip(), item)

    def _strict(self, gold: Sequence[Placed], found: Sequence[Placed], pairs: list[tuple[int, int]]) -> int:
        return sum(trimmed(self.text, gold[i]) == trimmed(self.text, found[j]) for i, j in pairs)

    def _mentions(self, kind: str) -> None:
        gold = [m for m in self.gold.mentions if m.kind == kind]
        found = [m for m in self.record.mentions if m.kind == kind]
        pairs = paired(gold, found)
        self._unpaired(kind, gold, found, pairs, "")
        named = 0
        for i, j in pairs:
            entity = self.entities[found[j].entity]
            if same_name(gold[i], entity):
                named += 1
            else:
                self._fault(kind, f"named {entity.name!r}, not {gold[i].name!r}", found[j])
            if kind == "agency" and gold[i].side:
                self.score.add("agency side", entity.side == gold[i].side, 1, 1)
        sizes = len(gold), len(found)
        self.score.add(kind, len(pairs), *sizes)
        self.score.add(f"{kind} strict", self._strict(gold, found, pairs), *sizes)
        self.score.add(f"{kind} named", named, *sizes)

    def _parties(self) -> None:
        gold = {m.side for m in self.gold.mentions if m.kind == "party"} - {None}
        found = {self.entities[m.entity].side for m in self.record.mentions if m.kind == "party"} - {None}
        self.score.add("party (set)", len(gold & found), len(gold), len(found))
        for side in sorted(filter(None, gold ^ found)):
            what = "missed" if side in gold else "invented"
            self.score.faults.append(Fault("party (set)", what, side, "", ""))

    def _dates(self) -> None:
        gold, found = self.gold.dates, self.record.dates
        pairs = paired(gold, found)
        self._unpaired("date", gold, found, pairs, "value")
        right = 0
        for i, j in pairs:
            if (gold[i].type, gold[i].value or None) == (found[j].type, found[j].value or None):
                right += 1
            else:
                what = f"valued {found[j].type} {found[j].value}, not {gold[i].type} {gold[i].value}"
                self._fault("date", what, found[j])
            self.score.add("date mod", gold[i].mod == found[j].mod, 1, 1)
            if gold[i].mod != found[j].mod:
                self._fault("date mod", f"{found[j].mod}, not {gold[i].mod}", found[j])
        sizes = len(gold), len(found)
        self.score.add("date", len(pairs), *sizes)
        self.score.add("date strict", self._strict(gold, found, pairs), *sizes)
        self.score.add("date value", right, *sizes)

    def _commitments(self) -> None:
        gold, found = self.gold.commitments, self.record.commitments
        triggers = [c.trigger for c in found]
        pairs = paired(gold, triggers)
        self._unpaired("commitment", gold, [_Trigger(c.trigger, c.strength) for c in found], pairs, "strength")
        self.score.add("commitment", len(pairs), len(gold), len(found))
        self.score.add("commitment strict", self._strict(gold, triggers, pairs), len(gold), len(found))
        for i, j in pairs:
            self._commitment(gold[i], found[j])

    def _commitment(self, gold: GoldCommitment, found: Commitment) -> None:
        self.score.add("commitment strength", gold.strength == found.strength, 1, 1)
        if gold.strength != found.strength:
            self._fault("commitment strength", f"{found.strength}, not {gold.strength}", gold)
        sides = {m.name: m.side for m in self.gold.mentions}
        gold_sides = _sides(gold.actors, lambda actor: sides.get(actor, actor))
        found_sides = _sides(found.actors, lambda actor: self.entities[actor].side)
        self._sets("commitment actors", gold_sides, found_sides, gold)
        self._sets("commitment themes", set(gold.themes), set(found.themes), gold)
        if gold.deadline or found.deadline:
            right = gold.deadline == found.deadline
            self.score.add("commitment deadline", right, bool(gold.deadline), bool(found.deadline))
            if not right:
                self._fault("commitment deadline", f"{found.deadline}, not {gold.deadline}", gold)

    def _sets(self, category: str, gold: set[str], found: set[str], at: Placed) -> None:
        self.score.add(category, len(gold & found), len(gold), len(found))
        if gold != found:
            self._fault(category, f"{_listed(found)}, not {_listed(gold)}", at)

    def _positions(self) -> None:
        gold, found = self.gold.positions, [p.trigger for p in self.record.positions]
        pairs = paired(gold, found)
        self._unpaired("position", gold, found, pairs, "")
        self.score.add("position", len(pairs), len(gold), len(found))

    def _strengths(self) -> None:
        gold: list[tuple[Placed, str]] = [(c, c.strength) for c in self.gold.commitments]
        gold += [(p, "position") for p in self.gold.positions]
        found: list[tuple[Placed, str]] = [(c.trigger, c.strength) for c in self.record.commitments]
        found += [(p.trigger, "position") for p in self.record.positions]
        pairs = paired([span for span, _ in gold], [span for span, _ in found])
        paired_gold, paired_found = {i for i, _ in pairs}, {j for _, j in pairs}
        self.score.confusion.update((gold[i][1], found[j][1]) for i, j in pairs)
        self.score.confusion.update((gold[i][1], NOTHING) for i in range(len(gold)) if i not in paired_gold)
        self.score.confusion.update((NOTHING, found[j][1]) for j in range(len(found)) if j not in paired_found)

    def _meeting(self) -> None:
        gold, found = self.gold.meeting or GoldMeeting(), self.record.meeting
        self._fields("meeting fields", gold, found, ("series", "ordinal", "start", "end", "city", "country", "virtual"))
        self._people(gold, found)
        delegations = {(s, simplified(a)) for s, agencies in gold.delegations.items() for a in agencies}
        seen = {(s, simplified(self.entities[a].name)) for s, agencies in _delegations(found) for a in agencies}
        self.score.add("meeting delegations", len(delegations & seen), len(delegations), len(seen))
        self._differences("meeting delegations", delegations, seen)
        self._fields("meeting next", gold.next, found and found.next, ("ordinal", "date", "country"))

    def _people(self, gold: GoldMeeting, found: Meeting | None) -> None:
        heads = {("", _last(h.name or "")) for h in gold.heads}
        seen = {("", _last(h.name or "")) for h in (found.heads if found else [])}
        self.score.add("meeting heads", len(heads & seen), len(heads), len(seen))
        self._differences("meeting heads", heads, seen)

    def _differences(self, category: str, gold: set[tuple[str, str]], found: set[tuple[str, str]]) -> None:
        for item in sorted(gold ^ found):
            what = "missed" if item in gold else "invented"
            self.score.faults.append(Fault(category, what, " ".join(filter(None, item)), "", ""))

    def _fields(self, category: str, gold: object, found: object, names: Iterable[str]) -> None:
        for name in names:
            a, b = getattr(gold, name, None), getattr(found, name, None)
            if a is None and b is None:
                continue
            right = a == b or (isinstance(a, str) and isinstance(b, str) and _same_field(name, a, b))
            self.score.add(category, right, a is not None, b is not None)
            if not right:
                self.score.faults.append(Fault(category, f"{name} {b!r}, not {a!r}", "", "", ""))


class _Trigger(NamedTuple):
    span: Placed
    strength: str

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end


_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


def trimmed(text: str, span: Placed) -> tuple[int, int]:
    """Start and end of the span without a leading article and a trailing possessive."""
    start, end = span.start, span.end
    article = _ARTICLE.match(text, start, end)
    if article:
        start = article.end()
    possessive = _POSSESSIVE.search(text[start:end])
    return start, start + possessive.start() if possessive else end


def paired(gold: Sequence[Placed], found: Sequence[Placed]) -> list[tuple[int, int]]:
    """Indices of gold and found spans that overlap, one to one, the nearest first."""
    near = sorted(
        (abs(g.start - f.start) + abs(g.end - f.end), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.start < f.end and f.start < g.end
    )
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in near:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


_BRACKETS = re.compile(r"\([^)]*\)")
_IDLE = re.compile(r"\b(?:the|of|for|and|us|united states|republic)\b|[^\w\s]")


def simplified(name: str) -> str:
    """A name for comparison: its words without case, order, brackets, and the small words that writers vary."""
    name = _BRACKETS.sub(" ", name.lower()).replace("&", " and ").replace("organisation", "organization")
    return " ".join(sorted(_IDLE.sub(" ", name).split()))


def same_name(gold: GoldMention, entity: Entity) -> bool:
    """Whether the entity is what the gold names: the same acronym, or nearly the same simplified name."""
    if gold.acronym and entity.acronym and gold.acronym.replace(".", "") == entity.acronym.replace(".", ""):
        return True
    a, b = simplified(gold.name), simplified(entity.name)
    return a == b or SequenceMatcher(None, a, b).ratio() >= 0.9


def _same_field(name: str, gold: str, found: str) -> bool:
    a, b = simplified(gold), simplified(found)
    if name == "series":
        return a == b
    return name == "city" and a.split()[:1] == b.split()[:1] != []


def _last(name: str) -> str:
    """The last word of the simplified name, whose words are in order of the alphabet: writers vary their order."""
    return (simplified(name).split() or [""])[-1]


def _sides(actors: Iterable[str], side: Callable[[str], str | None]) -> set[str]:
    sides = (actor if re.fullmatch(r"[A-Z]{2}", actor) else side(actor) for actor in actors)
    return {s for s in sides if s}


def _delegations(meeting: Meeting | None) -> Iterator[tuple[str, list[str]]]:
    yield from meeting.delegations.items() if meeting else ()


def _listed(values: set[str]) -> str:
    return " ".join(sorted(values)) or "none"
