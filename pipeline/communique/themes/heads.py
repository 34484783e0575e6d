"""What a clause is done to: the head of its object, and what a partnership or a meeting is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from communique.annotations import Commitment, Position
from communique.themes.evidence import Evidence, EvidenceReader
from communique.themes.rules import ThemeRules

_JOINTS = re.compile(r"(?:,|;)(?: and)? | and ")
_VERB_ON = re.compile(r"(?: |(?<!\w))\w+ on")
_PASSIVE = 12
"""Code points in which a passive stands at the end of a trigger."""
_LONGEST = 400
"""Code points in which the subject of a passive is looked for, so that time is linear in a sentence without end."""
_ACTIVE = re.compile(r" \w+ing\b")
"""After `be` what the subject does, and nothing that is done to it."""
_BY_WAY = re.compile(r", [a-z]+ing (?!(?:of|and|or|in|for|with)\b)\w")
"""How what is done together is done: `cooperation on radar, combining data of two satellites`."""
_NEXT = 5
"""Code points between such a word and the name: ` the `."""
_GENERAL = ("partnership", "follow_up", "meeting")


class Act(NamedTuple):
    """Where a clause says what it is done to: from ``start`` to ``aside``, what it says by the way, until ``end``."""

    start: int
    aside: int
    end: int


class HeadReader:
    """Reads the heads of one statement's clauses."""

    def __init__(self, rules: ThemeRules, reader: EvidenceReader) -> None:
        self._rules, self._words, self._text, self._reader = rules, rules.words, reader.text, reader
        self._least, self._broad, self._next = rules.weights["terms"], rules.fields["broad"], rules.fields["next"]

    def read(
        self, clause: Commitment | Position, evidence: Sequence[Evidence]
    ) -> tuple[Act, list[Evidence], Evidence | None]:
        """Where the clause says what it is done to, the first phrase there, and its word that tells the theme, if any.

        What people work together *to* do is the act, not that they do it together.
        """
        act = self._act(clause, evidence)
        phrase = self.phrase(evidence, act)
        head = self._head(phrase, act)
        if head is not None and head.field in self._rules.fields["together"]:
            aim = self._words["infinitives"].search(self._text, head.end, act.end)
            if aim and not any(head.end <= e.at < aim.start() for e in evidence):
                act = self._until_aside(aim.end(), act.end)
                phrase = self.phrase(evidence, act)
                head = self._head(phrase, act)
        return act, phrase, head

    def _act(self, clause: Commitment | Position, evidence: Sequence[Evidence]) -> Act:
        """A passive (`will be held`) is done to its subject, where that says anything."""
        at = clause.trigger_end
        passive = self._words["passives"].search(self._text, max(at - _PASSIVE, clause.trigger_start), at + _PASSIVE)
        if (
            passive
            and passive.start() <= at + 1
            and passive.end() >= at
            and not _ACTIVE.match(self._text, passive.end())
        ):
            start, end = self._subject(passive.start()), passive.start()
            if any(start <= e.at < end for e in evidence):
                return Act(start, end, end)
        begun = (e.at for e in evidence if clause.trigger_start <= e.at < at <= e.end and e.field in self._next)
        at = next(begun, at)  # `and reconvene`, `will be held monthly`: the verb, or a part of it, is in the trigger
        return self._until_aside(at, clause.end)

    def _subject(self, end: int) -> int:
        """Where the subject begins that ends before ``end``, no further back than `_LONGEST`."""
        start = max(self._reader.sentence(end)[0], end - _LONGEST)
        return max((m.end() for m in self._words["clauses"].finditer(self._text, start, end)), default=start)

    def _until_aside(self, at: int, end: int) -> Act:
        return Act(at, self._rules.breaks["asides"].find(self._text, at, end), end)

    def phrase(self, evidence: Iterable[Evidence], act: Act) -> list[Evidence]:
        """The evidence of the first phrase that has any: `space cooperation` of `expand civil space cooperation in`."""
        start, _, until = act
        least, broad = self._least, self._broad
        said = [e for e in evidence if start <= e.at < until and e.points >= least and e.field not in broad]
        if not said:
            return said
        end = self._words["prepositions"].search(self._text, said[0].end, until)
        return said if end is None or said[-1].at < end.start() else [e for e in said if e.at < end.start()]

    def _head(self, phrase: Sequence[Evidence], act: Act) -> Evidence | None:
        """The last word of the first phrase, unless words between it and the verb say that it is not the object."""
        phrase = [e for e in phrase if e.at < act.aside]
        if not phrase:
            return None
        head = phrase[-1]
        if head.theme == "follow_up":  # `cooperation and dialogue` is cooperation, `host the next meeting` a next time
            head = next((e for e in phrase if e.theme == "partnership"), head)
            head = next((e for e in phrase if e.field in self._next), head)
        elif head.theme != "partnership":
            return None
        links = list(self._words["prepositions"].finditer(self._text, act.start, phrase[0].at))
        if links and _VERB_ON.fullmatch(self._text, act.start, links[0].end()):
            del links[0]  # `work on`, `embark on`
        if head.theme == "follow_up":
            objects = all(link.group() == "of" for link in links)
            return head if objects and head.field not in self._rules.fields["plans"] else None
        return head if len(links) < 2 else None

    def topic(self, head: Evidence, evidence: Sequence[Evidence], act: Act) -> list[str]:
        """What a new mechanism, or work in bodies of many countries, is about, where that is a theme of one field."""
        if head.field in self._next:
            return []
        for since in (act.start, 0):
            until = act.end if since == 0 else act.aside
            points = self._reader.points(e.said for e in evidence if since <= e.at < until)
            least = max(self._rules.limits["topic"], points.get("other", 0.0))
            topics = [t for t in points if t not in self._rules.over and points[t] >= least]
            if topics:
                return sorted(topics, key=lambda t: (-points[t], self._rules.order[t]))[:1]
        return []

    def is_in_bodies(self, head: Evidence, evidence: Iterable[Evidence], act: Act) -> bool:
        """Whether what is done together is done in bodies of many countries: these are what it is first said to be."""
        said = (e for e in evidence if head.end <= e.at < act.aside and e.field not in self._broad)
        first = next(said, None)
        if head.theme != "partnership" or first is None or first.theme != "multilateral":
            return False
        within = self._words["settings"].search(self._text, head.end, first.at)
        return head.field in self._rules.fields["together"] or (within is not None and first.at - within.end() <= _NEXT)

    def is_whole(self, head: Evidence, evidence: Iterable[Evidence], act: Act) -> bool:
        """Whether a partnership is meant as a whole: in no field, in several or in a broad one."""
        fields, words, text = self._rules.fields, self._words, self._text
        evidence = list(evidence)
        infinitive = words["infinitives"].search(text, head.end, act.aside)
        purpose = self._rules.breaks["purposes"].find(text, head.end, act.aside)
        until = min(infinitive.start(), purpose) if infinitive else purpose
        by_way = _BY_WAY.search(text, head.end, until)
        until = by_way.start() if by_way else until
        said = [e for e in evidence if act.start <= e.at < act.end]
        broad = [e for e in said if e.field in fields["broad"] and e.at < act.aside]
        if any(e.points > self._rules.weights["terms"] for e in broad):
            return True
        said = [e for e in said if e.theme not in _GENERAL and e.points >= self._rules.weights["terms"]]
        if inside := {e.field for e in said if e.at < until}:
            return inside <= fields["whole"] or (len(inside) > 1 and self._lists(head.end, until))
        if words["pronouns"].search(text, head.end, act.end):
            return False
        if any(e.at < until for e in broad):
            return True
        if words["topics"].search(text, head.end, until):  # `an agreement on space cooperation` is on that as a whole
            return any(head.end <= e.at < until and e.theme == "partnership" for e in evidence)
        if aims := {e.field for e in said if e.at < act.aside}:
            return aims <= fields["whole"] or (len(aims) > 2 and self._lists(head.end, act.aside))
        strong = self._rules.weights["strong"]
        about = evidence if head.field in fields["papers"] else said
        return len({e.field for e in about if e.theme not in self._rules.over and e.points >= strong}) != 1

    def _lists(self, start: int, end: int) -> bool:
        """Whether a complement is a list of three or more nouns."""
        if self._words["gerunds"].match(self._text, start + 1, end):
            return False
        joints = [m.group() for m in _JOINTS.finditer(self._text, start, end)]
        return len(joints) > 1 and joints[0][0] == ","
