"""Commitments and positions (codebook, section 3): who promises what, how firmly, by when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.language import Language

from communique.annotations import Annotations, Commitment, DateExpression, Entity, Line, Mention, Position
from communique.clauses.candidates import Subject
from communique.clauses.coordination import conjuncts, pivots
from communique.clauses.extents import Extents
from communique.clauses.found import Found
from communique.clauses.gaps import unknown_verbs
from communique.clauses.lists import Lists
from communique.clauses.operators import Grammar, read_grammar
from communique.clauses.phrases import PhraseReader
from communique.clauses.reader import ClauseReader
from communique.clauses.sides import phrases_told
from communique.clauses.subjects import SubjectFinder
from communique.clauses.words import Sentence, SentenceReader
from communique.components.annotator import Annotator
from communique.components.parties import country_names, official_sides

OPENING = 4
"""Words of a sentence before which a date places the whole of it: `Early in May, …`."""

LONGEST = 500
"""Words that are read as one sentence; what goes on longer is no prose, and is read in pieces to keep time linear."""

PRESENT = 8
"""Sentences at the beginning in which a statement tells who took part."""
_PLACED = re.compile(r"(?:\bat(?: the)?|['\u2019]s) \Z")
"""What stands before an agency that tells where a meeting was: `at NASA's research centre`."""
_BEFORE = 10
_PAIR = 2

AROUND = timedelta(days=14)
"""A time that holds the day of the statement and ends so soon after it is that of the statement."""

EARLIER = timedelta(days=30)
"""An act dated by more than this before the statement is reported, not live."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class CommitmentsComponent(Annotator):
    """Finds commitments and positions by `commitments.toml`."""

    files = ("commitments.toml", "parties.toml", "officials.toml")

    def build(self) -> None:
        """Make the grammar. Raises ModelError when an entry is wrong."""
        self.grammar: Grammar = read_grammar(self.sources["commitments.toml"])
        self.phrases = PhraseReader(self.grammar)
        self.sentences = SentenceReader(
            cue=self.grammar.cues,
            verb=self.grammar.operators,
            determiner=self.grammar.words["governing"],
            head=self.phrases.heads,
            noun=self.grammar.words["promises"],
            pivot=pivots(self.grammar),
        )
        self.told = phrases_told(
            frozenset(self.grammar.subjects["outsiders"]),
            country_names(self.sources["parties.toml"]),
            official_sides(self.sources["officials.toml"]),
        )

    def annotate(self, found: Annotations) -> None:
        """Set the commitments, positions and unknown verbs; needs all that is found before."""
        StatementReader(self, found.text, found).read()


class StatementReader:
    """Reads one statement's sentences in order; what a list's lead says holds for its items."""

    def __init__(self, component: CommitmentsComponent, text: str, found: Annotations) -> None:
        self.text, self.found, self.grammar, self.sentences = text, found, component.grammar, component.sentences
        self.subjects = SubjectFinder(
            component.grammar, component.told, found, component.phrases, _present(found), _bodies(found)
        )
        self.reader = ClauseReader(component.grammar, self.subjects)
        self.lists = Lists(component.grammar, self.subjects)
        self.extents = Extents(component.grammar, text, found.mentions)
        self.mention_starts = self.extents.mention_starts
        self.date_starts = [d.start for d in found.dates]
        self.limit = _day_before(found.published) if found.published else ""
        """The day before which an act is reported; empty where the statement has no date."""
        self.before_lead = 0
        """How many commitments there were before the sentence of the latest lead."""

    def read(self) -> None:
        """Fill the annotations' commitments and positions."""
        lines = {line.start: line for line in self.found.lines}
        for start, end in self.found.sentences:
            line = lines.get(start)
            if line is not None and line.kind == "heading" and self.text[end - 1] != ":":
                continue
            sentence = self.sentences.read(self.found.words, start, end)
            if sentence.size <= LONGEST:
                if sentence.size:
                    self._read(sentence, line)
                continue
            for piece in sentence.pieces(LONGEST):
                self._read(piece, line if piece.start == start else None)

    def _read(self, sentence: Sentence, line: Line | None) -> None:
        start, end = sentence.start, sentence.end
        bullet = self.lists.holds(sentence, line)
        if bullet:
            self.subjects.previous()  # an item under a lead is read without a look at who acts
        self.subjects.enter(sentence, self._mentions(start, end))
        made = self.lists.item(sentence) if bullet else []
        if made and made[0].promises:
            made = self._conjoined(sentence, made) + self._beside(sentence, made[0])
            self._close_lead()
        elif made:  # `Recognizing …,` opens a sentence as well as an item
            whole = self._sentence(sentence, False)
            made = whole if any(f.subject is not None for f in whole) else made
        else:
            made = self._sentence(sentence, bullet) or (self.lists.noun(sentence) if bullet else [])
        self.lists.enter(sentence, made, line)
        if sentence.lower[-1] == ":":
            self.lists.due = self._lead_date(sentence)
            self.before_lead = len(self.found.commitments)
        if made:
            self._keep(sentence, made)

    def _close_lead(self) -> None:
        """Take out a lead that the items end (`intend to pursue activities aimed at:`): they are what it promises."""
        lead, commitments, first = self.lists.lead, self.found.commitments, self.before_lead
        if self.lists.open and lead is not None:
            commitments[first:] = [c for c in commitments[first:] if c.trigger_start != lead.trigger_start]
        self.lists.open = False

    def _mentions(self, start: int, end: int) -> list[Mention]:
        return self.found.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]

    def _dates(self, start: int, end: int) -> list[DateExpression]:
        return self.found.dates[bisect_left(self.date_starts, start) : bisect_left(self.date_starts, end)]

    def _sentence(self, sentence: Sentence, bullet: bool) -> list[Found]:
        made = self.reader.read(sentence, bullet, self.lists.given if bullet else None)
        self.found.unknown_verbs.extend(unknown_verbs(self.grammar, self.subjects, sentence))
        self.subjects.leave(sentence, next((f.subject for f in made if f.subject is not None), None))
        if not made:
            return []
        made = [f for f in made if f.form != "past" or not self._earlier(sentence, f)]
        for one in made:
            if one.hosted:
                self._hosts(sentence, one)
        made = [f for index, f in enumerate(made) if not (index and self._tells_when(made[index - 1], f))]
        made = [f for f in self._conjoined(sentence, made) if f.subject is None or self._own(f.subject)]
        return [f for index, f in enumerate(made) if not (index and self._shares(made[index - 1], f))]

    def _tells_when(self, one: Found, other: Found) -> bool:
        """Whether a relative only tells when a meeting is that is looked forward to: `the first one, which will be`."""
        awaited = one.hosted and one.strength == "intent" and other.rule == "will be done"
        return awaited and self.text[one.trigger_end : other.trigger_start].rstrip().endswith(", which")

    def _shares(self, one: Found, other: Found) -> bool:
        """Whether two views have one object: `recognize and welcome the progress`."""
        views = one.strength == other.strength == "position"
        return views and self.text[one.trigger_end : other.trigger_start].strip() in self.grammar.words["conjunctions"]

    def _conjoined(self, sentence: Sentence, made: list[Found]) -> list[Found]:
        """What was made, each with the further actions that share its operator."""
        full: list[Found] = []
        for index, one in enumerate(made):
            full.append(one)
            if one.promises or one.withheld:
                until = sentence.at(made[index + 1].trigger_start) if index + 1 < len(made) else sentence.size
                full.extend(conjuncts(self.grammar, sentence, one, until))
        return full

    def _beside(self, sentence: Sentence, item: Found) -> list[Found]:
        """What a body that a list item sets up will do: `- set up a committee, which will meet in May`."""
        if self.grammar.words["will"].isdisjoint(sentence.lower):
            return []
        made = [
            f
            for f in self.reader.read(sentence, False)
            if f.rule.startswith("will") and f.trigger_start > item.trigger_end
        ]
        return self._conjoined(sentence, [f for f in made if f.subject is not None and self._own(f.subject)])

    def _hosts(self, sentence: Sentence, found: Found) -> None:
        """`look forward to` is an intent only of a dated meeting of the parties' own."""
        ahead = self.text[found.trigger_end : sentence.end]
        dated = any(d.type == "date" and d.value for d in self._dates(found.trigger_end, sentence.end))
        if not (dated and self.grammar.terms["own_meeting"].search(ahead)):
            found.strength = "position"

    def _earlier(self, sentence: Sentence, found: Found) -> bool:
        """Whether the clause opens with an earlier date or meeting: `In August 2021, the two sides agreed to`."""
        if self.grammar.terms["then"].match(self.text, sentence.start, sentence.end):
            return True
        if not self.limit:
            return False
        until = found.subject.start if found.subject else found.trigger_start
        for d in self._dates(sentence.start, found.trigger_start):
            if (
                d.type == "date"
                and d.latest is not None
                and d.latest < self.limit
                and self._dates_all(sentence, d, until)
            ):
                return True
        return False

    def _dates_all(self, sentence: Sentence, day: DateExpression, until: int) -> bool:
        """Whether a date places the clause whose subject begins at ``until``: `Early in May, X …`, `A year ago X …`."""
        words = self.grammar.words
        before = self.text[sentence.start : day.start].rpartition(": ")[2]  # a headline may stand before it
        placed = "," not in before and not words["named_by"].intersection(before.split()[-1:])
        if placed and sentence.lower[0] in words["dated"]:
            return True
        if (
            placed
            and sentence.lower[0] in words["dated_in"]
            and _DAY.fullmatch(day.value or "")
            and self.text[day.end] == ","
        ):
            return words["grounds"].isdisjoint(sentence.lower[1:OPENING])
        ago = not words["ago"].isdisjoint(self.text[day.start : day.end].lower().split())
        gap = self.text[day.end : until]
        opens = len(before.split()) == 1 and not gap.strip()  # `In May 2031 the two leaders agreed`
        return len(before.split()) < OPENING and day.end <= until and (ago or "," in gap or opens)

    def _own(self, subject: Subject) -> bool:
        """Whether a subject is of the parties: what outsiders intend is no commitment."""
        if len(self.found.parties) < 2 or not self.subjects.sides.isdisjoint(subject.actors):
            return True
        return all(len(actor) != 2 for actor in subject.actors)

    def _keep(self, sentence: Sentence, made: list[Found]) -> None:
        for index, one in enumerate(made):
            start = max(self.extents.start(one, made[index - 1] if index else None), sentence.start)
            end = self.extents.end(sentence, made[index + 1] if index + 1 < len(made) else None, one)
            if one.strength == "position":
                self.found.positions.append(
                    Position(start, end, one.trigger_start, one.trigger_end, self._actors(one), one.rule)
                )
            elif one.promises:
                self.found.commitments.append(
                    Commitment(
                        start, end, one.trigger_start, one.trigger_end, one.operators, one.strength,  # type: ignore[arg-type]
                        self._actors(one), self._deadline(sentence, one, end), one.rule,
                    )
                )  # fmt: skip

    def _actors(self, one: Found) -> list[str]:
        if one.actors is not None:
            return list(one.actors)
        if one.subject is None or not one.subject.actors:
            return list(self.found.parties)
        return list(one.subject.actors)

    def _deadline(self, sentence: Sentence, one: Found, end: int) -> str | None:
        """The value of the date by which the action is due: the first that follows and does not lie in the past."""
        if not self._dates(sentence.start, sentence.end):
            return one.due
        for expression in self._dates(one.trigger_start, end):  # `aim, by 2031, to` has it in the trigger
            words = self.text[expression.start : expression.end]
            if expression.type == "set" or expression.value is None or self.grammar.terms["old"].search(words):
                continue
            if "T" in expression.value:
                continue  # `within 24 hours of a storm` tells how fast, and not by when
            low = one.trigger_end if one.trigger_end <= expression.start else one.trigger_start
            between = self.text[low : expression.start]
            if self._sets(sentence, one, expression, between) and not self._past(expression):
                return expression.value
        return self._opening_date(sentence, one)

    def _sets(self, sentence: Sentence, one: Found, expression: DateExpression, between: str) -> bool:
        """Whether a date is when the action is due, and not part of what is acted on (`the crisis of 2026`)."""
        terms = self.grammar.terms
        words = self.text[expression.start : expression.end]
        if one.hosted:
            return expression.type == "date"  # of the meeting that is looked forward to
        if terms["aside"].search(between):
            return False
        if expression.type == "duration":
            return (terms["lasting"].search(between) or terms["next_time"].search(words)) is not None
        if one.strength == "explore" and self._is_year_ahead(expression) and terms["in_year"].search(between):
            return False  # `will study a flight in 2035`
        if "/" in (expression.value or "") and terms["ranging"].search(between):
            return True
        if expression.mod in ("start", "mid") and terms["narrowed"].search(between):
            return True
        if expression.mod in ("before", "end") or terms["due"].search(between) or terms["ranged"].match(words):
            return True
        after = sentence.after(one.action) if one.action < sentence.size else one.trigger_end  # `will be held next May`
        further = self.text[max(after, one.trigger_end) : expression.start]
        soon = terms["soon"].search(words) is not None and not terms["elsewhere"].search(further)
        return soon and expression.type == "date"

    def _is_year_ahead(self, expression: DateExpression) -> bool:
        """Whether a date is a whole year after that of the statement."""
        value, published = expression.value or "", self.found.published
        return published is not None and value.isdigit() and value > published[:4]

    def _lead_date(self, sentence: Sentence) -> str | None:
        """The date by which what a list's lead announces is due."""
        lead = self.lists.lead
        return None if lead is None else self._deadline(sentence, lead, sentence.end)

    def _past(self, expression: DateExpression) -> bool:
        published, latest = self.found.published, expression.latest
        return published is not None and latest is not None and latest < published

    def _opening_date(self, sentence: Sentence, one: Found) -> str | None:
        """`Over the next year, NASA plans to …`, `In October, the two sides will …`; else that of a list's lead."""
        early = sentence.starts[min(3, sentence.size - 1)]
        until = one.subject.start if one.subject is not None else sentence.start
        for expression in self._dates(sentence.start, max(early + 1, until)):
            words = self.text[expression.start : expression.end].lower()
            if expression.end > one.trigger_start or not expression.value:
                continue
            if expression.start > early and not self._opens(sentence, expression, until):
                continue
            ahead = expression.type == "date" and one.form != "past" and not self._past(expression)
            if "next" in words or (ahead and not self._of_the_day(expression)):
                return expression.value
            if expression.type == "duration" and self._lasts(sentence, expression, until):
                return expression.value
        return one.due

    def _lasts(self, sentence: Sentence, expression: DateExpression, until: int) -> bool:
        """Whether how long an action takes opens the clause: `Within six months, the two sides will …`."""
        terms, words = self.grammar.terms, self.text[expression.start : expression.end]
        if terms["lasting"].search(self.text[sentence.start : expression.start]) is None or terms["old"].search(words):
            return False
        return "T" not in (expression.value or "") and not self.text[expression.end : until].strip(" ,")

    def _opens(self, sentence: Sentence, expression: DateExpression, until: int) -> bool:
        """Whether a date ends what opens the clause: `At a workshop in Lima next month, the two sides will …`."""
        phrase = self.text[sentence.start : expression.start].lower().rpartition(", ")[2].split()
        if not phrase or phrase[0] not in self.grammar.words["when"] or phrase[-1] in self.grammar.words["named_by"]:
            return False
        return not self.text[expression.end : until].strip(" ,")

    def _of_the_day(self, expression: DateExpression) -> bool:
        """Whether a date is that of the statement (`today`), or of the days around it."""
        published, latest = self.found.published, expression.latest
        if published is None:
            return True
        soon = date.fromordinal(min(date.fromisoformat(published).toordinal() + AROUND.days, date.max.toordinal()))
        begun = expression.earliest is None or expression.earliest <= published  # `by 2031` has no beginning
        return begun and (latest is None or latest <= soon.isoformat())


def _present(found: Annotations) -> frozenset[str]:
    """Who took part: the sides of the agencies that the opening names, or their ids where they have no side."""
    return frozenset(entity.side or entity.id for named in _opening_bodies(found) for entity in named.values())


def _bodies(found: Annotations) -> tuple[str, ...]:
    """The two agencies whose statement it is: those of the first sentence that names several, but no place."""
    first = next((named for named in _opening_bodies(found, where=False) if len(named) > 1), {})
    return tuple(first) if len(first) == _PAIR else ()


def _opening_bodies(found: Annotations, *, where: bool = True) -> Iterator[dict[str, Entity]]:
    """The agencies, by id, that each sentence of the opening names, those ``where`` people met among them."""
    agencies = [m for m in found.mentions if m.kind == "agency"]
    if not where:
        agencies = [m for m in agencies if not _PLACED.search(found.text, max(0, m.start - _BEFORE), m.start)]
    for start, end in found.sentences[:PRESENT]:
        yield {m.entity.id: m.entity for m in agencies if start <= m.start < end}


@Language.factory("communique_commitments")
def create(nlp: Language, name: str) -> CommitmentsComponent:
    """The factory that a model's config.cfg names."""
    return CommitmentsComponent()


def _day_before(published: str) -> str:
    """The ISO day that is `EARLIER` than another, or the first that there is."""
    return date.fromordinal(max(date.fromisoformat(published).toordinal() - EARLIER.days, 1)).isoformat()
