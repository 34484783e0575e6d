"""Reads a sentence's verbs from left to right and says which make a commitment or a position."""

from __future__ import annotations

import re

from communique.clauses.chains import Chain, follow, frame_of
from communique.clauses.found import Found, build
from communique.clauses.futures import read_will
from communique.clauses.inflection import Form
from communique.clauses.nouns import read_nouns
from communique.clauses.operators import Frame, Grammar, Operator
from communique.clauses.reading import Reading
from communique.clauses.subjects import Subject, SubjectFinder
from communique.clauses.words import Sentence


class ClauseReader:
    """The verbs of one sentence after the other."""

    def __init__(self, grammar: Grammar, subjects: SubjectFinder) -> None:
        self.grammar = grammar
        self.subjects = subjects
        self.reading: Reading

    def read(self, sentence: Sentence, bullet: bool) -> list[Found]:
        """What the sentence's verbs make, in their order, reports included."""
        self.reading = Reading(self.grammar, self.subjects, sentence)
        found, floor, will = self.reading.found, 0, self.grammar.words["will"]
        for at, word in enumerate(sentence.lower):
            if at < floor or not (word in will or word in self.grammar.operators):
                continue
            one = read_will(self.reading, at) if word in will else self._verb(at, bullet)
            if one is not None:
                found.append(one)
                floor = sentence.at(one.trigger_end)
        read_nouns(self.reading)
        if self._conditional(sentence):
            found = [f for f in found if not f.promises]
        return sorted(found, key=lambda f: (f.trigger_start, f.trigger_end))

    def _conditional(self, sentence: Sentence) -> bool:
        """Whether the sentence opens with a condition on an outsider: `Should Russia attempt …, Germany will`."""
        if len(sentence) < 3 or sentence.lower[0] not in self.grammar.words["fronted"]:
            return False
        named = sentence.words[1][0].isupper() or sentence.lower[1] == "the"
        return named and not self.subjects.opens_with_party(sentence)

    def _verb(self, at: int, bullet: bool) -> Found | None:
        operator, form = self.grammar.operators[self.reading.sentence.lower[at]]
        before, previous = self.reading.before(at)
        if previous in self.grammar.words["negations"]:
            return None
        if form == "gerund":
            return self._gerund(operator, at, before, previous, bullet)
        if previous in self.grammar.words["copulas"]:
            return self._participle(operator, at, before - 1) if form == "past" else None
        if previous == "to":
            return self._purpose(operator, at)
        return self._finite(operator, form, at, previous)

    def _finite(self, operator: Operator, form: Form, at: int, previous: str) -> Found | None:
        subject = self.reading.subject(at, previous, form)
        if form == "past" and self.reading.next(at) == "by":
            return self._passive(operator, at)
        if subject is None or subject.role == "outsider" or self.reading.unreal(subject, at):
            return None
        if form == "base" and (not self.reading.plural(subject) or self.reading.shares_will(operator, at, previous)):
            return None
        chosen = frame_of(operator, "finite", "past" if form == "past" else "present", self.reading.sentence, at)
        promise = self._promise(operator, at, subject, form)
        if promise is not None and (chosen is None or chosen[0].strength in ("position", "report")):
            return promise
        if chosen is None or (chosen[0].strength == "position" and self.reading.embedded(subject)):
            return None
        if subject.role == "mission" and chosen[0].strength != "intent":
            return None
        return self._build(operator, *chosen, at, at, subject, form, "finite")

    def _participle(self, operator: Operator, at: int, copula: int) -> Found | None:
        """`are committed to`, `was welcomed by`."""
        chosen = frame_of(operator, "copula", "present", self.reading.sentence, at)
        if chosen is not None:
            before = self.reading.sentence.lower[copula - 1] if copula else ""
            subject = self.reading.subject(copula, before, "past")
            if subject is None or subject.role == "outsider" or self.reading.unreal(subject, at):
                return None
            return self._build(operator, *chosen, copula, at, subject, self.reading.tense(copula), "copula")
        return self._passive(operator, at)

    def _passive(self, operator: Operator, at: int) -> Found | None:
        chosen = frame_of(operator, "passive", "past", self.reading.sentence, at)
        if chosen is None or self.reading.next(at) != "by":
            return None
        found = self._build(operator, *chosen, at, at, None, "past", "passive")
        found.actors = ()
        return found

    def _gerund(self, operator: Operator, at: int, before: int, previous: str, bullet: bool) -> Found | None:
        words = self.grammar.words
        if previous in words["copulas"]:
            chosen = frame_of(operator, "progressive", "present", self.reading.sentence, at)
            subject = self.reading.subject(
                before - 1, self.reading.sentence.lower[before - 2] if before > 1 else "", "past"
            )
            if chosen is None or subject is None or subject.role == "outsider":
                return None
            return self._build(operator, *chosen, before - 1, at, subject, "gerund", "progressive")
        if before == 0 and bullet:
            return None
        opening = previous in words["openings"]
        if previous not in ("", ",", "and", "while", "—", "-", ";") and not opening:
            return None
        if previous == "and" and not any(f.form == "gerund" or self._doing(f) for f in self.reading.found):
            return None
        chosen = frame_of(operator, "participle", "present", self.reading.sentence, at)
        subject = self.subjects.main(self.reading.sentence, len(self.reading.sentence) if previous == "" else at)
        if chosen is None or (subject is None and previous != ""):
            return None
        found = self._build(operator, *chosen, at, at, subject, "gerund", "participle")
        return found if found.promises or not opening else None

    def _doing(self, found: Found) -> bool:
        return found.action < len(self.reading.sentence) and self.reading.sentence.lower[found.action].endswith("ing")

    def _purpose(self, operator: Operator, at: int) -> Found | None:
        """`met in Honolulu to reaffirm …`: the view is what the parties met for."""
        met = not self.grammar.words["meet"].isdisjoint(self.reading.sentence.lower[max(at - 40, 0) : at])
        if not met or operator.frames[-1].strength != "position" or operator.frames[-1].follow.pattern != "":
            return None
        subject = self.subjects.main(self.reading.sentence, at)
        if subject is None:
            return None
        chosen = frame_of(operator, "finite", "present", self.reading.sentence, at)
        return chosen and self._build(operator, *chosen, at, at, subject, "base", "purpose")

    def _promise(self, operator: Operator, at: int, subject: Subject, form: Form) -> Found | None:
        """`affirmed it would consider`, `confirmed that they would resume`."""
        if operator.lemma not in self.grammar.words["saying"]:
            return None
        match = self.grammar.terms["promise"].match(
            self.reading.sentence.text, self.reading.sentence.ends[at], self.reading.sentence.end
        )
        if match is None:
            return None
        chain = Chain("pledge", [operator.lemma, "will"], match.end() - 1)
        follow(self.grammar, self.reading.sentence, chain)
        return Found(
            chain.strength,
            self.reading.sentence.starts[at],
            chain.end,
            chain.operators,
            subject,
            "said would",
            chain.action,
            form,
        )

    def _build(
        self, operator: Operator, frame: Frame, match: re.Match[str], first: int, at: int,
        subject: Subject | None, form: Form, rule: str,
    ) -> Found:  # fmt: skip
        return build(self.grammar, self.reading.sentence, operator, frame, match, first, at, subject, form, rule)
