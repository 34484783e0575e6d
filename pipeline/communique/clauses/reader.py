"""Reads a sentence's verbs from left to right and says which make a commitment or a position."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.clauses.chains import Chain, follow, frame_of, is_value
from communique.clauses.inflection import Form
from communique.clauses.operators import Frame, Grammar, Operator
from communique.clauses.subjects import Subject, SubjectFinder
from communique.clauses.words import Sentence


@dataclass(slots=True)
class Found:
    """A commitment or position in the making. Offsets count code points in the text."""

    strength: str
    trigger_start: int
    trigger_end: int
    operators: list[str]
    subject: Subject | None
    rule: str
    action: int
    form: Form = "past"
    actors: tuple[str, ...] | None = None
    hosted: bool = False

    @property
    def promises(self) -> bool:
        """Whether it is a commitment."""
        return self.strength not in ("position", "report")


class ClauseReader:
    """The verbs of one sentence after the other."""

    def __init__(self, grammar: Grammar, subjects: SubjectFinder) -> None:
        self.grammar = grammar
        self.subjects = subjects
        self.sentence: Sentence
        self.found: list[Found] = []

    def read(self, sentence: Sentence, bullet: bool) -> list[Found]:
        """What the sentence's verbs make, in their order, reports included."""
        self.sentence, self.found = sentence, []
        floor, will, cues = 0, self.grammar.words["will"], self.grammar.cues
        for at in [at for at, word in enumerate(sentence.lower) if word in cues]:
            if at < floor:
                continue
            found = self._will(at) if sentence.lower[at] in will else self._verb(at, bullet)
            if found is not None:
                self.found.append(found)
                floor = sentence.at(found.trigger_end)
        self._nominal()
        if self._conditional():
            self.found = [f for f in self.found if not f.promises]
        return sorted(self.found, key=lambda f: (f.trigger_start, f.trigger_end))

    def _conditional(self) -> bool:
        """Whether the sentence opens with a condition on an outsider: `Should Russia attempt …, Germany will`."""
        if len(self.sentence) < 3 or self.sentence.lower[0] not in self.grammar.words["fronted"]:
            return False
        named = self.sentence.words[1][0].isupper() or self.sentence.lower[1] == "the"
        return named and not self.subjects.opens_with_party(self.sentence)

    def _verb(self, at: int, bullet: bool) -> Found | None:
        operator, form = self.grammar.operators[self.sentence.lower[at]]
        before = self.subjects.skip_left(self.sentence, at)
        previous = self.sentence.lower[before - 1] if before else ""
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
        subject = self._subject(at, previous, form)
        if form == "past" and self._next(at) == "by":
            return self._passive(operator, at)
        if subject is None or subject.role == "outsider" or self._unreal(subject, at):
            return None
        if form == "base" and (not self._plural(subject) or self._shares_will(operator, at, previous)):
            return None
        chosen = frame_of(operator, "finite", "past" if form == "past" else "present", self.sentence, at)
        promise = self._promise(operator, at, subject, form)
        if promise is not None and (chosen is None or chosen[0].strength in ("position", "report")):
            return promise
        if chosen is None or (chosen[0].strength == "position" and self._embedded(subject)):
            return None
        if subject.role == "mission" and chosen[0].strength != "intent":
            return None
        return self._found(operator, *chosen, at, at, subject, form, "finite")

    def _unreal(self, subject: Subject, at: int) -> bool:
        """Whether the clause is past before the past, negated by its subject, conditional or relative."""
        words, first = self.grammar.words, self.sentence.at(subject.start)
        before = self.sentence.lower[max(first - 2, 0) : first]
        if not words["nobody"].isdisjoint([*before, self.sentence.lower[first]]) or (
            before and before[-1] in words["conditions"]
        ):
            return True
        return any(w in words["past_perfect"] for w in self.sentence.lower[at - 2 : at]) or self._relative_clause(
            subject
        )

    def _shares_will(self, operator: Operator, at: int, previous: str) -> bool:
        """Whether a verb in its base form goes on what `will` or `to` began: `will connect …, and support …`."""
        last = self.found[-1] if self.found else None
        if previous not in ("and", ",") or last is None or self.subjects.before(self.sentence, at) is not None:
            return False
        if self._next(at) == "to" or operator.lemma not in self.grammar.verbs:
            return False
        between = self.sentence.lower[self.sentence.at(last.trigger_end) : at]
        relative = not self.grammar.words["relatives"].isdisjoint(between) and previous == ","
        return relative or (last.promises and self.sentence.lower[last.action - 1] in ("to", "will"))

    def _relative_clause(self, subject: Subject) -> bool:
        """Whether the subject opens a relative clause without pronoun: `the world we seek to build`."""
        words = self.sentence.text[subject.start : subject.end].lower()
        if words not in ("we", "they") or self.sentence.at(subject.start) < 7:
            return False
        if not self.found and self.subjects.main(self.sentence, self.sentence.at(subject.start)) is None:
            return False
        before = self.sentence.text[self.sentence.start : subject.start]
        return self.grammar.terms["relative_before"].search(before) is None

    def _embedded(self, subject: Subject) -> bool:
        """Whether the subject opens what another verb says: `emphasized (that) their countries share …`."""
        last = self.found[-1] if self.found else None
        if last is None or last.trigger_end >= subject.start:
            return False
        between = self.sentence.text[last.trigger_end : subject.start].strip().lower()
        return between in self.grammar.words["complements"]

    def _subject(self, at: int, previous: str, form: Form) -> Subject | None:
        subject = self.subjects.before(self.sentence, at)
        if subject is not None:
            return subject
        if previous in self.grammar.words["relatives"]:
            return self._antecedent(at)
        if previous not in ("and", ",", "but", "—"):
            return None
        if (
            previous == ","
            and form == "past"
            and self._next(at) in self.grammar.words["prepositions"] - {"to", "on", "for"}
        ):
            return None
        last = next((f for f in reversed(self.found) if f.subject is not None), None)
        verbal = self._next(at) in ("to", "forward")  # a noun like `support` is followed by neither
        if last is None:
            return self.subjects.main(self.sentence, at) if form == "past" or previous != "and" or verbal else None
        return last.subject if verbal or form in ("past", last.form) else None

    def _antecedent(self, at: int) -> Subject | None:
        relative = self.subjects.skip_left(self.sentence, at) - 1
        before = relative - 1 if relative and self.sentence.words[relative - 1] == "," else relative
        for end in range(before, max(before - 2, 0), -1):
            subject = self.subjects.antecedent(self.sentence, end)
            if subject is not None:
                return subject
        person = self.sentence.lower[relative] in self.grammar.words["personal"]
        return self.subjects.person_before(self.sentence, relative) if person else None

    def _plural(self, subject: Subject) -> bool:
        words = self.sentence.text[subject.start : subject.end].lower()
        pronoun = words in self.grammar.words["plurals"]
        return pronoun or subject.joined or (subject.role != "entity" and self._many(subject, words))

    @staticmethod
    def _many(subject: Subject, words: str) -> bool:
        return len(subject.actors) != 1 or words.endswith("s")

    def _next(self, at: int) -> str:
        return self.sentence.lower[at + 1] if at + 1 < len(self.sentence) else ""

    def _participle(self, operator: Operator, at: int, copula: int) -> Found | None:
        """`are committed to`, `was welcomed by`."""
        chosen = frame_of(operator, "copula", "present", self.sentence, at)
        if chosen is not None:
            before = self.sentence.lower[copula - 1] if copula else ""
            subject = self._subject(copula, before, "past")
            if subject is None or subject.role == "outsider" or self._unreal(subject, at):
                return None
            return self._found(operator, *chosen, copula, at, subject, self._tense(copula), "copula")
        return self._passive(operator, at)

    def _tense(self, copula: int) -> Form:
        """The form that verbs coordinated with a copula have: `are concerned and call for`."""
        word = self.sentence.lower[copula]
        return "past" if word in ("were", "was", "been") or word.endswith("ed") else "base"

    def _passive(self, operator: Operator, at: int) -> Found | None:
        chosen = frame_of(operator, "passive", "past", self.sentence, at)
        if chosen is None or self._next(at) != "by":
            return None
        found = self._found(operator, *chosen, at, at, None, "past", "passive")
        found.actors = ()
        return found

    def _gerund(self, operator: Operator, at: int, before: int, previous: str, bullet: bool) -> Found | None:
        words = self.grammar.words
        if previous in words["copulas"]:
            chosen = frame_of(operator, "progressive", "present", self.sentence, at)
            subject = self._subject(before - 1, self.sentence.lower[before - 2] if before > 1 else "", "past")
            if chosen is None or subject is None or subject.role == "outsider":
                return None
            return self._found(operator, *chosen, before - 1, at, subject, "gerund", "progressive")
        if before == 0 and bullet:
            return None
        opening = previous in words["openings"]
        if previous not in ("", ",", "and", "while", "—", "-", ";") and not opening:
            return None
        if previous == "and" and not any(f.form == "gerund" or self._doing(f) for f in self.found):
            return None
        chosen = frame_of(operator, "participle", "present", self.sentence, at)
        subject = self.subjects.main(self.sentence, len(self.sentence) if previous == "" else at)
        if chosen is None or (subject is None and previous != ""):
            return None
        found = self._found(operator, *chosen, at, at, subject, "gerund", "participle")
        return found if found.promises or not opening else None

    def _doing(self, found: Found) -> bool:
        return found.action < len(self.sentence) and self.sentence.lower[found.action].endswith("ing")

    def _purpose(self, operator: Operator, at: int) -> Found | None:
        """`met in Honolulu to reaffirm …`: the view is what the parties met for."""
        met = not self.grammar.words["meet"].isdisjoint(self.sentence.lower[max(at - 40, 0) : at])
        if not met or operator.frames[-1].strength != "position" or operator.frames[-1].follow.pattern != "":
            return None
        subject = self.subjects.main(self.sentence, at)
        if subject is None:
            return None
        chosen = frame_of(operator, "finite", "present", self.sentence, at)
        return chosen and self._found(operator, *chosen, at, at, subject, "base", "purpose")

    def _promise(self, operator: Operator, at: int, subject: Subject, form: Form) -> Found | None:
        """`affirmed it would consider`, `confirmed that they would resume`."""
        if operator.lemma not in self.grammar.words["saying"]:
            return None
        match = self.grammar.terms["promise"].match(self.sentence.text, self.sentence.ends[at], self.sentence.end)
        if match is None:
            return None
        chain = Chain("pledge", [operator.lemma, "will"], match.end() - 1)
        follow(self.grammar, self.sentence, chain)
        return Found(
            chain.strength,
            self.sentence.starts[at],
            chain.end,
            chain.operators,
            subject,
            "said would",
            chain.action,
            form,
        )

    def _found(
        self, operator: Operator, frame: Frame, match: re.Match[str], first: int, at: int,
        subject: Subject | None, form: Form, rule: str,
    ) -> Found:  # fmt: skip
        """Build what an operator makes with the frame that fits, its chain followed to the action."""
        start, verb_end = self.sentence.starts[first], self.sentence.ends[at]
        words = match.group().strip()
        name = f"{operator.lemma} {words}" if frame.strength != "position" and len(words) < 40 else operator.lemma
        rule = f"{operator.lemma}: {rule}"
        if frame.strength in ("position", "report"):
            end = verb_end + len(match.group().rstrip()) if frame.whole else verb_end
            return Found(frame.strength, start, end, [operator.lemma], subject, rule, self.sentence.at(end), form)
        if frame.within:
            return Found(
                frame.strength, start, verb_end, [operator.lemma], subject, f"{rule}, within", len(self.sentence), form
            )
        end = verb_end + len(match.group().rstrip())
        chain = Chain(frame.strength, [name.strip()], end, self.sentence.at(end))
        if frame.chain:
            follow(self.grammar, self.sentence, chain)
        if frame.value and is_value(self.grammar, self.sentence, chain):
            return Found("position", start, verb_end, [operator.lemma], subject, rule, self.sentence.at(verb_end), form)
        return Found(
            chain.strength, start, chain.end, chain.operators, subject, rule, chain.action, form, hosted=frame.hosted
        )  # fmt: skip

    def _will(self, at: int) -> Found | None:
        before = self.subjects.skip_left(self.sentence, at)
        previous = self.sentence.lower[before - 1] if before else ""
        action = self.grammar.after_adverbs(self.sentence, at + 1)
        if action >= len(self.sentence) or self.sentence.lower[action] in self.grammar.words["negations"]:
            return None
        subject = self._subject(at, previous, "past")
        if previous == "there":
            return self._decided_will(at, action)
        if self.sentence.lower[action] == "be":
            return self._will_be(at, action, subject)
        if subject is None and previous not in self.grammar.words["relatives"]:
            return self._decided_will(at, action)
        if subject is None or subject.role == "outsider" or "today" in self.sentence.lower[at:action]:
            return None
        return self._will_do(at, action, subject)

    def _decided_will(self, at: int, action: int) -> Found | None:
        """`decided that …, and that there will be no …`: the second clause is decided as well."""
        first = next((f for f in self.found if f.strength == "decision" and f.rule.endswith("within")), None)
        between = self.sentence.text[first.trigger_end : self.sentence.starts[at]] if first else ""
        if first is None or "and that" not in between:
            return None
        start, end = self.sentence.starts[at], self.sentence.ends[at]
        return Found(
            "decision", start, end, [*first.operators, "will"], first.subject, "decided, coordinated", action, "base"
        )

    def _will_do(self, at: int, action: int, subject: Subject) -> Found | None:
        operator = self.grammar.operators.get(self.sentence.lower[action])
        last = operator[0].frames[-1].strength if operator else ""
        says = operator is not None and (
            subject.role == "meeting" or operator[0].lemma in self.grammar.words["sayings"]
        )
        if last == "position" and operator is not None and says:
            chosen = frame_of(operator[0], "finite", "present", self.sentence, action)
            if chosen is not None and chosen[0].strength == "position":
                return self._found(operator[0], *chosen, action, action, subject, "base", "will")
        if subject.role == "meeting" and self.grammar.terms["happens"].match(
            self.sentence.text, self.sentence.starts[action]
        ):
            found = Found(
                "pledge", self.sentence.starts[at], self.sentence.ends[at], ["will"], subject, "will take place", action
            )
            found.actors = ()
            return found
        act = self._only_meets(subject) or (
            self.sentence.lower[action] in self.grammar.words["acts"] and self._of_today(subject)
        )
        if act or not (subject.binds or subject.role == "meeting"):
            return None
        start, end = self.sentence.starts[at], self.sentence.ends[at]
        chain = follow(self.grammar, self.sentence, Chain("pledge", ["will"], end))
        return Found(chain.strength, start, chain.end, chain.operators, subject, "will", chain.action, "base")

    def _only_meets(self, subject: Subject) -> bool:
        """Whether the subject is the meeting itself, and no body that the parties run (`the dialogue will …`)."""
        last = self.sentence.text[subject.start : subject.end].split()[-1].lower()
        return subject.role == "meeting" and last not in self.grammar.subjects["bodies"]

    def _of_today(self, subject: Subject) -> bool:
        """Whether the sentence tells what a person does on the day: `Today, the Vice President will announce …`."""
        words = self.sentence.text[subject.start : subject.end]
        named = subject.role == "parties" and words.lower() not in self.grammar.words["plurals"]
        return "today" in self.sentence.lower or (named and len(subject.actors) < 2)

    def _will_be(self, at: int, be: int, subject: Subject | None) -> Found | None:
        """`will be held` promises by an unnamed agent; `will be important` does not promise."""
        verb = self.grammar.after_adverbs(self.sentence, be + 1)
        word = self.sentence.lower[verb] if verb < len(self.sentence) else ""
        if self.sentence.lower[self.subjects.skip_left(self.sentence, at) - 1] in self.grammar.words["relatives"]:
            return None
        start, end = self.sentence.starts[at], self.sentence.ends[be]
        if word.endswith("ing") and subject is not None and subject.binds:
            return Found("pledge", start, end, ["will"], subject, "will be doing", verb, "gerund")
        participle = word.endswith("ed") or word in self.grammar.words["participles"]
        if not participle or word in self.grammar.words["states"] or self._next(verb) == "by":
            return None
        found = Found("pledge", start, end, ["will"], None, "will be done", verb, "past")
        found.actors = ()
        return found

    def _nominal(self) -> None:
        """`and our joint commitment to enhance …`, where no verb has taken it."""
        for match in self.grammar.terms["own_commitment"].finditer(
            self.sentence.text, self.sentence.start, self.sentence.end
        ):
            if any(f.trigger_start <= match.end() and match.start() < f.trigger_end for f in self.found):
                continue
            action = self.sentence.at(match.end())
            before = self.sentence.at(match.start())
            subject = self.subjects.main(self.sentence, before)
            joint = match.group().lower().startswith("our") or " joint " in match.group() or " shared " in match.group()
            if subject is None or not joint or self.sentence.lower[action] not in self.grammar.verbs:
                continue
            noun = match["noun"].lower()
            strength = "pledge" if noun in self.grammar.words["resolves"] else "intent"
            end = match.start() + len(match.group().rstrip())
            self.found.append(
                Found(strength, match.start(), end, [f"{noun} to"], subject, "own commitment", action, "base")
            )
