"""Reads a sentence's verbs from left to right and says which make a commitment or a position."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from communique.clauses.candidates import Subject
from communique.clauses.chains import Chain, follow, frame_of, wants
from communique.clauses.found import Found, build
from communique.clauses.futures import read_will, read_would
from communique.clauses.inflection import Form
from communique.clauses.lists import BESIDE
from communique.clauses.nouns import read_nouns
from communique.clauses.operators import Frame, Grammar, Operator
from communique.clauses.passives import done_by, read_passive
from communique.clauses.reading import Reading
from communique.clauses.settled import read_action_item, read_is_to
from communique.clauses.subjects import SubjectFinder
from communique.clauses.words import Sentence

_WAYS = 60
"""Words on either side in which a list of ways is looked for: without end, many gerunds would take the square."""

Chosen = tuple[Frame, re.Match[str]]
"""A frame of an operator, and the words behind the operator that it matched."""
_TOLD = 40
"""Words within which an agency is told what to do."""


class ClauseReader:
    """The verbs of one sentence after the other."""

    def __init__(self, grammar: Grammar, subjects: SubjectFinder) -> None:
        self.grammar = grammar
        self.subjects = subjects
        self.reading: Reading
        self._purposes = grammar.words["undertakings"] | grammar.words["papers"]

    def read(self, sentence: Sentence, bullet: bool, given: Subject | None = None) -> list[Found]:
        """What the sentence's verbs make, in their order, reports included.

        ``given`` is the subject that a list's lead gives to an item that begins with its verb.
        """
        self.reading = Reading(self.grammar, self.subjects, sentence, given)
        found, operators, floor = self.reading.found, self.grammar.operators, 0
        for at in sentence.cues():
            if at < floor:
                continue
            verb = operators.get(sentence.lower[at])
            one = self._chained(self._verb(verb[0], verb[1], at, bullet)) if verb is not None else self._auxiliary(at)
            if one is not None:
                found.append(one)
                floor = sentence.at(one.trigger_end)
        if bullet and not found:
            found.extend(read_action_item(self.reading))
        read_nouns(self.reading)
        if len(found) > 1:
            self._open(found)
            found.sort(key=lambda f: (f.trigger_start, f.trigger_end))
        return [f for f in found if not f.promises] if found and self._conditional(sentence) else found

    def _auxiliary(self, at: int) -> Found | None:
        word, words = self.reading.sentence.lower[at], self.grammar.words
        if word in words["will"]:
            return read_will(self.reading, at)
        return read_is_to(self.reading, at) if word in words["present"] else read_would(self.reading, at)

    def _chained(self, one: Found | None) -> Found | None:
        """`reaffirmed that it plans to`: one promise, and no view of its own, where they speak of themselves."""
        last, words = self.reading.found[-1] if self.reading.found else None, self.grammar.words
        if last is None or one is None or not one.promises or one.subject is None:
            return one
        if not self.subjects.phrases.is_pronoun(self.reading.head(one.subject)):
            return one
        between = self.reading.sentence.text[last.trigger_end : one.subject.start].strip().lower()
        if last.strength == "position" and last.operators[0] in words["saying"] and between in words["that"]:
            self.reading.join_last(one)
        return one

    def _open(self, found: list[Found]) -> None:
        """Give the participles that open a sentence the subject of its first finite verb."""
        beside = [one for one in found if one.rule.endswith(BESIDE)]
        if not beside:
            return
        finite = next((f.subject for f in found if f.subject is not None and not f.rule.endswith(BESIDE)), None)
        for one in beside:
            if finite is not None and one.trigger_start < finite.start:
                one.subject = finite

    def _conditional(self, sentence: Sentence) -> bool:
        """Whether the sentence opens with a condition on an outsider: `Should Russia attempt …, Germany will`."""
        if sentence.lower[0] not in self.grammar.words["fronted"] or sentence.size < 3:
            return False
        named = sentence.capital(1) or sentence.lower[1] == "the"
        return named and not self.subjects.opens_with_party(sentence)

    def _verb(self, operator: Operator, form: Form, at: int, bullet: bool) -> Found | None:
        words = self.grammar.words
        before, previous = self.reading.before(at)
        if previous in words["negations"]:
            return self._denied(operator, at, before)
        if previous == "and" and form == "base" and self.reading.sentence.lower[at] in words["unchanged"]:
            form = "past"  # `adopted a plan and set up a group`
        if form == "gerund":
            return self._gerund(operator, at, before, previous, bullet)
        view = operator.frames[-1].strength == "position" and operator.lemma not in self.grammar.verbs
        if operator.modal or (previous in words["modals"] and view):
            return self._modal(operator, at, before - 1) if previous in words["modals"] else None
        if previous in words["copulas"]:
            return read_passive(self.reading, operator, at, before - 1) if form == "past" else None
        if previous == "to":
            if operator.frames[-1].strength != "position":
                return None
            return self._continued(operator, at, before - 2) or self._purpose(operator, at)
        return self._finite(operator, form, at, before, previous)

    def _denied(self, operator: Operator, at: int, before: int) -> Found | None:
        """`do not support`: a view, where most verbs denied say nothing."""
        lower, words = self.reading.sentence.lower, self.grammar.words
        if operator.lemma not in words["refusals"] or before < 2 or lower[before - 2] not in words["denying"]:
            return None
        subject = self.reading.subject(before - 2, self.reading.before(before - 2)[1], "base")
        if subject is None or subject.role != "parties":
            return None
        start, end = self.reading.sentence.starts[before - 2], self.reading.sentence.after(at)
        return Found("position", start, end, [operator.lemma], subject, f"{operator.lemma}: denied", at + 1, "base")

    def _finite(self, operator: Operator, form: Form, at: int, before: int, previous: str) -> Found | None:
        apposed = self._apposed(operator, at, previous) if form == "past" else None
        if apposed is not None:
            return apposed
        subject = self.reading.subject(at, previous, form, before) or self._leads(operator, at, previous, form)
        if form == "past" and self.reading.next(at) == "by":
            return done_by(self.reading, operator, at)
        if subject is None or subject.role == "outsider" or self.reading.unreal(subject, at):
            return None
        if not self._agrees(subject, form) or (form == "base" and self.reading.shares_will(operator, at, previous)):
            return None
        if self.reading.modifies(subject, form) or self._qualifies(operator, at, form, previous):
            return None
        chosen = frame_of(operator, "finite", "past" if form == "past" else "present", self.reading.sentence, at)
        promise = self._promise(operator, at, subject, form)
        if promise is not None and (chosen is None or chosen[0].strength in ("position", "report")):
            return promise
        if chosen is None or (chosen[0].strength == "position" and self._dependent(subject, previous)):
            return None
        chosen = self._telling(operator, chosen, at)
        if self._tells(subject, chosen[0].strength, at, previous, form):
            return None
        if chosen[0].strength == "intent" and self._is_for(subject, previous):
            return None
        return self._build(operator, chosen, at, at, subject, form, "finite")

    def _telling(self, operator: Operator, chosen: Chosen, at: int) -> Chosen:
        """The frame, a decision where it tells an agency of the parties to act: `requested NASA to map the reef`."""
        if operator.lemma not in self.grammar.words["tellings"]:
            return chosen
        sentence = self.reading.sentence
        told = self.subjects.starting(sentence, at + 1)
        if told is None or told.role != "entity" or "to" not in sentence.lower[told.last : at + _TOLD]:
            return chosen
        return replace(chosen[0], strength="decision"), chosen[1]

    def _agrees(self, subject: Subject, form: Form) -> bool:
        """Whether subject and verb agree in number; they do not in `the sides discussed the rules and plans to`."""
        if form == "base":
            return self.reading.plural(subject)
        return form != "third" or not self.reading.several(subject)

    def _is_foreseen(self, operator: Operator, at: int) -> bool:
        """Whether a participle only tells when a thing comes about: `the service, expected to open in 2031`."""
        chosen = frame_of(operator, "copula", "present", self.reading.sentence, at)
        return chosen is not None and chosen[0].bodies

    def _tells(self, subject: Subject, strength: str, at: int, previous: str, form: Form) -> bool:
        """Whether the verb only tells of a spacecraft (`the probe, which aims to`), or what was `already announced`."""
        if subject.role == "mission" and (strength != "intent" or previous in self.grammar.words["relatives"]):
            return True
        if form == "third" and strength == "decision" and self.reading.head(subject) in self.grammar.words["papers"]:
            return True  # `this framework establishes a new approach`
        return strength != "position" and (self.reading.done_before(at) or self._asked(at, previous, form))

    def _asked(self, at: int, previous: str, form: Form) -> bool:
        """Whether the verb is what others are asked to do: `we invite crews to share charts and pledge to`."""
        last = self.reading.found[-1] if self.reading.found else None
        if form != "base" or previous != "and" or last is None or last.strength != "position":
            return False
        between = pairwise(self.reading.sentence.lower[self.reading.sentence.at(last.trigger_end) : at])
        asked = any(one == "to" and two in self.grammar.verbs for one, two in between)
        return asked and last.operators[0].split()[0] in self.grammar.words["asking"]

    def _leads(self, operator: Operator, at: int, previous: str, form: Form) -> Subject | None:
        """The parties, where a list names nobody (`Hereby decide to:`), or only their work (`this work seeks to`)."""
        sentence = self.reading.sentence
        work = form == "third" and wants(operator) and self.reading.own_work(at, previous)
        if not work and (form != "base" or previous != "" or sentence.lower[at + 1 :] != ["to", ":"]):
            return None
        return Subject(sentence.start, sentence.start, 0, self.subjects.parties, "parties", joined=True)

    def _is_for(self, subject: Subject, previous: str) -> bool:
        """Whether what the subject aims to do is only what it is for: `the project`, but not NASA's programme.

        So it is of a meeting (`this meeting seeks to`), and of what is founded (`a partnership that seeks to`).
        """
        words, subjects = self.grammar.words, self.grammar.subjects
        if subject.role == "meeting":
            return self.reading.head(subject) not in [*subjects["bodies"], *subjects["agents"]]
        purposes = self._purposes | words["pacts"] if previous in words["that"] else self._purposes
        own = set(subject.actors) == set(self.subjects.found.parties)
        return subject.role == "body" and own and self.reading.head(subject) in purposes

    def _qualifies(self, operator: Operator, at: int, form: Form, previous: str) -> bool:
        """Whether a participle belongs to a noun: `a place of peace, committed to …`, `publicly announced plans`."""
        if form == "past" and previous == "," and self._is_foreseen(operator, at):
            return True
        if form == "past" and self.reading.sentence.lower[at - 1] in self.grammar.words["attributive"]:
            return True
        last = self.reading.found[-1] if self.reading.found else None
        if form != "past" or previous != "," or last is None or last.form == "past" or self._is_aside():
            return False
        listed = last.rule.endswith("copula") and frame_of(operator, "copula", "present", self.reading.sentence, at)
        return not listed and self.subjects.before(self.reading.sentence, at) is None

    def _is_aside(self) -> bool:
        """Whether gerunds part a subject from its verb: `Both sides, recognizing the need, agreed to`."""
        found, subject = self.reading.found, self.reading.found[0].subject
        if subject is None or any(one.form != "gerund" for one in found):
            return False
        return self.reading.sentence.text[subject.end : found[0].trigger_start].strip() == ","

    def _dependent(self, subject: Subject, previous: str) -> bool:
        """Whether a position stands inside what another verb says, or in a clause about a name: `KASA, which …`."""
        return previous in self.grammar.words["relatives"] or self.reading.embedded(subject)

    def _modal(self, operator: Operator, at: int, modal: int) -> Found | None:
        """`would like to`, `would welcome`."""
        subject = self.reading.subject(modal, self.reading.before(modal)[1], "base")
        chosen = frame_of(operator, "finite", "present", self.reading.sentence, at)
        if chosen is None or subject is None or subject.role == "outsider" or self.reading.unreal(subject, modal):
            return None
        return self._build(operator, chosen, modal, at, subject, "base", "modal")

    def _apposed(self, operator: Operator, at: int, previous: str) -> Found | None:
        """`Determined to deepen …, the two sides`, `the Parties, convinced that …, agreed`."""
        sentence, last = self.reading.sentence, self.reading.found[-1] if self.reading.found else None
        goes_on = previous == "and" and last is not None and last.rule.endswith("apposed")
        recital = previous == "" and sentence.lower[-1] in (",", ";")  # `Mindful of the risk,` has its verb further on
        given = self.reading.given is not None and not recital
        if not goes_on and (previous not in ("", ",") or last is not None or given):
            return None
        chosen = frame_of(operator, "copula", "present", sentence, at)
        if chosen is None or chosen[0].bodies:
            return None
        comma = self.reading.before(at)[0] - 1
        subject = (
            self.subjects.before(sentence, comma) if previous == "," else self.subjects.main(sentence, sentence.size)
        )
        if (subject is None or subject.role == "outsider") and not recital:
            return None
        return self._build(operator, chosen, at, at, None if recital else subject, "past", "apposed")

    def _gerund(self, operator: Operator, at: int, before: int, previous: str, bullet: bool) -> Found | None:
        words = self.grammar.words
        if previous in words["underway"]:
            return None
        if previous in words["copulas"]:
            chosen = frame_of(operator, "progressive", "present", self.reading.sentence, at)
            subject = self.reading.subject(
                before - 1, self.reading.sentence.lower[before - 2] if before > 1 else "", "past"
            )
            if chosen is None or subject is None or subject.role == "outsider" or self.reading.described(subject):
                return None
            return self._build(operator, chosen, before - 1, at, subject, "gerund", "progressive")
        if previous == "and" and before > 1 and self.reading.sentence.lower[before - 2] in words["prepositions"]:
            return None  # `the importance of working with and encouraging the crews`
        opening = previous in words["openings"]
        if previous not in ("", ",", "and", "while", "—", "-", ";") and not opening:
            return None
        fresh = not self.reading.found
        # `On trade, and recognizing the need, we will`
        begun = fresh and at > 1 and self.reading.sentence.lower[at - 2] == ","
        if (
            previous == "and"
            and not begun
            and not any(f.form == "gerund" or self._doing(f) for f in self.reading.found)
        ):
            return None
        chosen = frame_of(operator, "participle", "present", self.reading.sentence, at)
        aside = previous == "" or (previous == "while" and fresh)  # `…, while welcoming A, we will B`
        subject = self.subjects.main(self.reading.sentence, self.reading.sentence.size if aside else at)
        if subject is None and fresh:  # `In addition, welcoming A, we will B`
            subject = self.subjects.main(self.reading.sentence, self.reading.sentence.size)
        if chosen is None or (subject is None and previous != ""):
            return None
        found = self._build(operator, chosen, at, at, subject, "gerund", "participle")
        return found if found.promises or not (opening or self._is_means(at)) else None

    def _is_means(self, at: int) -> bool:
        """Whether a gerund stands in a list of ways: `will cut costs by sharing data, encouraging trade and …`."""
        sentence = self.reading.sentence
        last = self.reading.found[-1].trigger_end if self.reading.found else sentence.starts[0]
        words = sentence.lower[max(sentence.at(last), at - _WAYS) : at]
        means = [i for i, pair in enumerate(pairwise(words)) if pair[0] == "by" and pair[1].endswith("ing")]
        rest = sentence.lower[at + 1 : at + _WAYS]
        joined = any(pair[0] == "and" and pair[1].endswith("ing") for pair in pairwise(rest))
        return bool(means) and (joined or words[-1:] == ["and"])

    def _doing(self, found: Found) -> bool:
        return found.action < self.reading.sentence.size and self.reading.sentence.lower[found.action].endswith("ing")

    def _continued(self, operator: Operator, at: int, aspect: int) -> Found | None:
        """`continue to encourage`: a view that is held on to, and not what `will continue to` promises."""
        sentence = self.reading.sentence
        if sentence.lower[max(aspect, 0)] not in self.grammar.words["lasting"]:
            return None
        before = self.reading.before(aspect)[1]
        opens = before == "" and sentence.lower[aspect].endswith(
            "ing"
        )  # `Continuing to share the view that A, we will`
        subject = self.subjects.main(sentence, sentence.size) if opens else self.reading.subject(aspect, before, "base")
        if subject is None or subject.role == "outsider" or self.reading.unreal(subject, aspect):
            return None
        if self.reading.embedded(subject):
            return None
        chosen = frame_of(operator, "finite", "present", sentence, at)
        if chosen is None or chosen[0].strength != "position":
            return None
        return self._build(operator, chosen, aspect, at, subject, "base", "continued")

    def _purpose(self, operator: Operator, at: int) -> Found | None:
        """`met in Honolulu to reaffirm …`, `was an opportunity to reiterate`: the view is what the parties met for."""
        words, lower = self.grammar.words, self.reading.sentence.lower
        if operator.frames[-1].follow.pattern != "":
            return None
        if lower[at - 2] not in words["occasions"] and words["meet"].isdisjoint(lower[max(at - 40, 0) : at]):
            return None
        subject = self.subjects.main(self.reading.sentence, at)
        if subject is None:
            return None
        chosen = frame_of(operator, "finite", "present", self.reading.sentence, at)
        return chosen and self._build(operator, chosen, at, at, subject, "base", "purpose")

    def _promise(self, operator: Operator, at: int, subject: Subject, form: Form) -> Found | None:
        """`affirmed it would consider`, `confirmed that they would resume`."""
        sentence, words = self.reading.sentence, self.grammar.words
        if operator.lemma not in words["saying"]:
            return None
        match = self.grammar.terms["promise"].match(sentence.text, sentence.after(at), sentence.end)
        if match is None or sentence.lower[sentence.at(match.end())] in words["denials"]:
            return None
        chain = Chain("pledge", [operator.lemma, "will"], match.end() - 1)
        follow(self.grammar, sentence, chain)
        start, rule = sentence.starts[at], "said would"
        return Found(chain.strength, start, chain.end, chain.operators, subject, rule, chain.action, form)

    def _build(
        self, operator: Operator, chosen: tuple[Frame, re.Match[str]], first: int, at: int,
        subject: Subject | None, form: Form, rule: str,
    ) -> Found:  # fmt: skip
        return build(self.grammar, self.reading.sentence, operator, chosen, first, at, subject, form, rule)
