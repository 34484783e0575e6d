"""A sentence as far as it has been read: who governs a verb, and whether its clause is real."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from communique.clauses.candidates import Subject, in_plural
from communique.clauses.found import Found
from communique.clauses.inflection import Form
from communique.clauses.operators import Grammar, Operator
from communique.clauses.subjects import SubjectFinder
from communique.clauses.words import Sentence

_RELATIVE = 9
"""Longest relative clause, in words, that may part a subject from its verb."""

ASIDE = 24
"""Longest aside between commas, in words, that may part a relative pronoun from its verb."""

OPENING = 8
"""Words of a sentence within which a comma may end the subject that opens it."""

PLACE = 5
"""Longest place between commas behind a body, in words and their comma: `the Ice Centre, Port Laval, will`."""
BEFORE = 40
"""Code points before a subject in which a word can stand that shows it to open no relative clause."""

_NEAR = 4
"""Words before a verb among which those stand that tell whose work it speaks of."""

_DASHES = ("—", "–", "-")

PHRASE = 6
"""Longest phrase, in words, that may stand between `and` and its verb."""


@dataclass(slots=True)
class Reading:
    """The words of a sentence, and what its verbs have made so far.

    ``given`` is the subject that a list's lead gives to an item that begins with its verb.
    """

    grammar: Grammar
    subjects: SubjectFinder
    sentence: Sentence
    given: Subject | None = None
    found: list[Found] = field(default_factory=list)

    def before(self, at: int) -> tuple[int, str]:
        """Index after the word before ``at``, adverbs and auxiliaries left out, and that word."""
        before = self.subjects.skip_left(self.sentence, at)
        return before, self.sentence.lower[before - 1] if before else ""

    def own_work(self, at: int, previous: str) -> bool:
        """Whether the word before ``at`` tells of work, and one near it that it is the parties': `this joint work`."""
        words = self.grammar.words
        return previous in words["undertaken"] and self._near(at, words["own_work"])

    def ours(self, at: int) -> bool:
        """Whether what ends before ``at`` is the parties' own: `our combined efforts`."""
        return self._near(at, self.grammar.words["ours"])

    def _near(self, at: int, words: frozenset[str]) -> bool:
        """Whether one of the words stands soon before ``at``."""
        return not words.isdisjoint(self.sentence.lower[max(at - _NEAR, 0) : at])

    def done_before(self, at: int) -> bool:
        """Whether the participle at ``at`` tells of what was done before: `have already announced`, `… since 2031`."""
        lower, words = self.sentence.lower, self.grammar.words
        if at > 0 and lower[at - 1] in words["perfect"]:
            return not words["since"].isdisjoint([lower[0], *lower[at + 1 : at + ASIDE]])
        return at > 1 and lower[at - 1] in words["done_before"] and lower[at - 2] in words["perfect"]

    def join_last(self, one: Found) -> None:
        """Begin the trigger of ``one`` with what was found last: `affirmed that`, of `affirmed that NASA will`."""
        last = self.found.pop()
        one.trigger_start, one.operators = last.trigger_start, [*last.operators, *one.operators]

    def next(self, at: int) -> str:
        return self.sentence.lower[at + 1] if at + 1 < self.sentence.size else ""

    def subject(self, at: int, previous: str, form: Form, before: int | None = None) -> Subject | None:
        """Who governs the verb at ``at``: what stands before it, or what an earlier verb or a relative stands for.

        ``before`` is the index that `before` tells of the verb, where it has been asked.
        """
        if previous == "" and self.given is not None:
            return self.given
        subject = self.subjects.before(self.sentence, at, before)
        if subject is not None:
            return self._teller(subject) or subject
        if previous in self.grammar.words["relatives"]:
            return self._antecedent(at)
        if previous in _DASHES:
            return self._across_dashes(at)
        if previous not in ("and", ",", "but") and not (previous == ";" and form == "past"):
            return self._after_phrase(at, form)
        if previous == ",":
            across = self._across(at)
            if across is not None:
                return across
            if self._loose(at, form):
                return None
        return self._shared(at, previous, form)

    def _teller(self, subject: Subject) -> Subject | None:
        """Who a pronoun is in what somebody tells: of `Japan noted that it plans to` it is Japan.

        They are no party in what others tell: `the owners said that they will pay`.
        """
        words, lower, that = self.grammar.words, self.sentence.lower, subject.first - 1
        one = lower[subject.first] in self.grammar.subjects["singular"]
        if that < 2 or lower[that] not in words["that"] or not (one or lower[subject.first] == "they"):
            return None
        operator = self.grammar.operators.get(lower[that - 1])
        if lower[that - 1] not in words["told"] and (operator is None or operator[0].lemma not in words["saying"]):
            return None
        teller = self.subjects.before(self.sentence, that - 1)
        if teller is not None:
            return subject._replace(actors=teller.actors, role=teller.role) if one else None
        others = not (one or self.found or self.subjects.main(self.sentence, that))
        return subject._replace(role="outsider") if others else None

    def _across_dashes(self, at: int) -> Subject | None:
        """The subject that an aside between dashes parts from its verb, or that of the verb before."""
        lower, close = self.sentence.lower, self.subjects.skip_left(self.sentence, at) - 1
        for dash in range(close - 1, max(close - ASIDE, 0), -1):
            if lower[dash] in _DASHES:
                return self.subjects.before(self.sentence, dash)
        return self._shared(at, lower[close], "past") if lower[close] == "—" else None

    def _loose(self, at: int, form: Form) -> bool:
        """Whether a form after a comma has no subject: `how to promote trade, support growth`, `data, taken in May`."""
        if form == "base" and not self.found:
            return self._reporting(at, form) is None
        after = self.next(at)
        return form == "past" and after in self.grammar.words["prepositions"] and after not in ("to", "on", "for")

    def _shared(self, at: int, previous: str, form: Form) -> Subject | None:
        """The subject of the verb before, that a conjunction hands on."""
        last = next((f for f in reversed(self.found) if f.subject is not None), None)
        since = self.sentence.at(last.trigger_end) if last is not None else 0
        will = self.sentence.lower[at] in self.grammar.words["will"]
        if will and previous == "," and self._tells_of_another(since, at):
            return None
        if will and previous == "and":
            which = self._opened_by_which(max(since, at - ASIDE, 1), at)
            if which is not None:
                return self._antecedent(which + 1)  # `the probe, which launched in May and will map the Moon`
        verbal = self.next(at) in ("to", "forward")  # a noun like `support` is followed by neither
        if last is None:
            alone = form == "past" or previous != "and" or verbal
            return self.subjects.main(self.sentence, at) if alone else self._reporting(at, form)
        return last.subject if verbal or form in ("past", last.form) else None

    def _opened_by_which(self, first: int, at: int) -> int | None:
        """Index of the last `which` from word ``first`` on that can have the verb at ``at``: no `of which`."""
        lower, parts = self.sentence.lower, self.grammar.words["prepositions"]
        return next(
            (i for i in range(at - 1, first - 1, -1) if lower[i] == "which" and lower[i - 1] not in parts), None
        )

    def _tells_of_another(self, first: int, at: int) -> bool:
        """Whether words from ``first`` on tell of somebody else: `that the satellite, launched in 2031, will map`."""
        that = next((i for i in range(first, at) if self.sentence.lower[i] in self.grammar.words["that"]), None)
        if that is None:
            return False
        named = self.subjects.starting(self.sentence, that + 1)
        return named is None or named.role in ("mission", "outsider")

    def _reporting(self, at: int, form: Form) -> Subject | None:
        """The subject of a report that the verb at ``at`` goes on: `We have opened the port and welcome its use`.

        What follows tells the verb from a noun, and no other verb may stand between that it could go on.
        """
        words, lower, grammar = self.grammar.words, self.sentence.lower, self.grammar
        if form not in ("base", "third"):
            return None
        subject = self.subjects.main(self.sentence, at)
        if subject is None:
            return None
        verb = grammar.after_adverbs(self.sentence, self.sentence.at(subject.end))
        if verb == at - 2 and lower[verb] in grammar.reports:
            return subject  # `we note and support`
        if self.next(at) not in words["after_verb"]:
            return None
        if lower[verb] not in words["perfect"] and lower[verb] not in words["present"]:
            return None
        between = lower[verb + 1 : at]
        inner = words["relatives"] | words["helping"] | words["conditions"]
        infinitive = any(one == "to" and two in grammar.verbs for one, two in pairwise(between))
        return None if infinitive or not inner.isdisjoint(between) else subject

    def told_who(self, at: int) -> Subject | None:
        """The subject that a relative clause parts from its verb at word ``at``: `those members who are ready will`."""
        words, lower = self.grammar.words, self.sentence.lower
        for relative in range(at - 2, max(at - _RELATIVE, 0), -1):
            if lower[relative] in (",", ";", ":"):
                return None
            if lower[relative] in words["relatives"] and lower[relative + 1] in words["copulas"] | words["perfect"]:
                return self.subjects.before(self.sentence, relative)
        return None

    def _after_phrase(self, at: int, form: Form) -> Subject | None:
        """`and to that end will`, `and through our cooperation aim to`: the phrase changes nothing."""
        if form == "third":
            return None
        if form == "base" and self.next(at) == "to" and (who := self.told_who(at)) is not None:
            return who
        if not self.found or not (self.next(at) == "to" or self.sentence.lower[at] in self.grammar.words["will"]):
            return None
        last = next((f for f in reversed(self.found) if f.subject is not None), None)
        relatives = self.grammar.words["relatives"] - self.grammar.words["that"]  # `and to that end will`
        if last is None or not relatives.isdisjoint(self.sentence.lower[max(at - 4, 0) : at]):
            return None
        for back in range(at - 4, max(at - PHRASE - 1, 0), -1):
            if (
                self.sentence.lower[back] == "and"
                and self.sentence.lower[back + 1] in self.grammar.words["prepositions"]
            ):
                return last.subject
        return None

    def relative(self, at: int, previous: str) -> bool:
        """Whether a relative pronoun governs the verb at ``at``, right before it or before an aside."""
        relatives = self.grammar.words["relatives"]
        return previous in relatives or (
            previous == "," and any(self.sentence.lower[comma - 1] in relatives for comma in self._commas(at))
        )

    def _commas(self, at: int) -> list[int]:
        """The commas that may open an aside before the verb at ``at``, the nearest first."""
        last = self.subjects.skip_left(self.sentence, at) - 1
        return [i for i in range(last - 1, max(last - ASIDE, 0), -1) if self.sentence.lower[i] == ","]

    def _opening(self) -> Subject | None:
        """The subject that opens the sentence before a comma: `We, the leaders of …,`."""
        first = next((i for i, word in enumerate(self.sentence.lower[:OPENING]) if word == ","), 0)
        subject = self.subjects.before(self.sentence, first) if first else None
        if subject is None or subject.first != 0 or self.found:
            return None
        # `Peru, Fiji and Samoa met` begins with one of a list.
        return subject if subject.joined or len(subject.actors) != 1 else None

    def _across(self, at: int) -> Subject | None:
        """The subject that only an aside parts from its verb: `NASA, with JAXA, will`, `which, in turn, will`."""
        opening = self._opening()
        if opening is not None:
            return opening
        for comma in self._commas(at):
            if self.sentence.lower[comma - 1] in self.grammar.words["relatives"]:
                return self._antecedent(comma)
            last = self.subjects.skip_left(self.sentence, at) - 1
            place = 1 < last - comma <= PLACE and all(map(self.sentence.capital, range(comma + 1, last)))
            if place or self.sentence.lower[comma + 1] in self.grammar.words["asides"]:
                subject = self.subjects.before(self.sentence, comma)
                if subject is not None:
                    return subject
        return None

    def _antecedent(self, at: int) -> Subject | None:
        relative = self.subjects.skip_left(self.sentence, at) - 1
        before = relative - 1 if relative and self.sentence.lower[relative - 1] == "," else relative
        for end in range(before, max(before - 2, 0), -1):
            subject = self.subjects.antecedent(self.sentence, end)
            if subject is not None:
                return subject
        person = self.sentence.lower[relative] in self.grammar.words["personal"]
        return self.subjects.person_before(self.sentence, relative) if person else None

    def unreal(self, subject: Subject, at: int) -> bool:
        """Whether the clause is past before the past, negated by its subject, conditional or relative.

        Or told in general: `Signatories commit to sharing data`.
        """
        words, lower, first = self.grammar.words, self.sentence.lower, subject.first
        if self.head(subject) in words["whoever"]:
            return True
        opened = lower[first - 1] if first else ""
        if opened in words["conditions"] or self.negated(subject):
            return True
        past = lower[at].endswith("ed") and lower[at - 1] not in words["perfect"]
        where = opened == "where" or (opened in words["relatives"] and lower[first - 2] in words["prepositions"])
        if past and where:
            return True  # `the meeting at which the leaders committed to`
        return not words["past_perfect"].isdisjoint(lower[at - 2 : at]) or self._relative_clause(subject)

    def described(self, subject: Subject) -> bool:
        """Whether the clause tells of a thing or a way what somebody does: `which NASA is studying`, `how Peru is`."""
        opened = self.sentence.lower[subject.first - 1] if subject.first else ""
        return opened in self.grammar.words["relatives"] - self.grammar.words["that"] | self.grammar.words["questions"]

    def head(self, subject: Subject) -> str:
        """The last word of a subject, in lower case."""
        return self.sentence.text[subject.start : subject.end].lower().rpartition(" ")[2]

    def several(self, subject: Subject) -> bool:
        """Whether the subject is a pronoun or noun in the plural, with which no verb in the singular agrees."""
        words = self.sentence.text[subject.start : subject.end]
        return words.lower() in self.grammar.words["plurals"] or in_plural(words)

    def negated(self, subject: Subject) -> bool:
        """Whether nobody acts: `neither side`, `no State`, `neither of the Parties`."""
        first = subject.first
        return not self.grammar.words["nobody"].isdisjoint(self.sentence.lower[max(first - 2, 0) : first + 1])

    def _relative_clause(self, subject: Subject) -> bool:
        """Whether the subject opens a relative clause without pronoun: `the world we seek to build`."""
        if subject.first < 7 or self.sentence.text[subject.start : subject.end].lower() not in ("we", "they"):
            return False
        if not self.found and self.subjects.main(self.sentence, subject.first) is None:
            return False
        before = self.sentence.text[max(self.sentence.start, subject.start - BEFORE) : subject.start]
        return self.grammar.terms["relative_before"].search(before) is None

    def modifies(self, subject: Subject, form: Form) -> bool:
        """Whether the subject only stands before a noun that looks like a verb: `welcomed U.S. plans to`."""
        last = self.found[-1] if self.found else None
        if form not in ("third", "base") or last is None or last.strength != "position":
            return False
        return last.trigger_end + 1 == subject.start and not self.plural(subject)

    def embedded(self, subject: Subject) -> bool:
        """Whether the subject opens what another verb says: `emphasized (that) their countries share …`."""
        last = self.found[-1] if self.found else None
        if last is None or last.trigger_end >= subject.start:
            return False
        between = self.sentence.text[last.trigger_end : subject.start].strip().lower()
        return between in self.grammar.words["complements"]

    def plural(self, subject: Subject) -> bool:
        if subject.joined or (subject.role != "entity" and len(subject.actors) != 1):
            return True
        words = self.sentence.text[subject.start : subject.end].lower()
        return words in self.grammar.words["plurals"] or (subject.role != "entity" and words.endswith("s"))

    def shares_will(self, operator: Operator, at: int, previous: str) -> bool:
        """Whether a verb in its base form goes on what `will` or `to` began: `will connect …, and support …`."""
        last = self.found[-1] if self.found else None
        if previous not in ("and", ",") or last is None or self.subjects.before(self.sentence, at) is not None:
            return False
        if self.next(at) == "to" or operator.lemma not in self.grammar.verbs:
            return False
        trigger = self.sentence.lower[self.sentence.at(last.trigger_start) : self.sentence.at(last.trigger_end)]
        if previous == "and" and not self.grammar.words["negations"].isdisjoint(trigger):
            return False  # `pledge not to test such arms, and encourage others to follow`
        between = self.sentence.lower[self.sentence.at(last.trigger_end) : at]
        told = not self.grammar.words["relatives"].isdisjoint(between)
        if told and (previous == "," or not self.grammar.words["will"].isdisjoint(between)):
            return True
        action = self.sentence.lower[last.action % self.sentence.size]
        if action in self.grammar.words["determiners"] or action.endswith("ing"):
            return False  # `commit to the promotion of data, and encourage`
        if action not in self.grammar.verbs and self.grammar.actions.match(action):
            return False  # `commit to disarmament and support`
        return last.promises and self.sentence.lower[last.action - 1] in ("to", "will")

    def tense(self, copula: int) -> Form:
        """The form of verbs coordinated with a copula: `are concerned and call for`, `remains ready and calls`."""
        word = self.sentence.lower[copula]
        if word in ("were", "was", "been") or word.endswith("ed"):
            return "past"
        return "third" if word.endswith("s") else "base"
