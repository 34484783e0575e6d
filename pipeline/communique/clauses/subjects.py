"""Who acts: the subject of a verb, found to its left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from communique.annotations import Annotations, Mention
from communique.clauses.operators import Grammar
from communique.clauses.words import Sentence

Role = Literal["parties", "entity", "meeting", "body", "mission", "outsider"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts. ``actors`` are ISO codes or entity ids; offsets count code points in the text."""

    start: int
    end: int
    actors: tuple[str, ...]
    role: Role

    @property
    def binds(self) -> bool:
        """Whether an intent of this subject binds a party."""
        return self.role in ("parties", "entity", "body")


@dataclass(slots=True)
class Candidate:
    """A noun phrase that may be a subject, as a range of words."""

    first: int
    last: int  # index after the last word
    actors: tuple[str, ...]
    role: Role


@dataclass(slots=True)
class SubjectFinder:
    """Finds subjects in sentences of one statement, in order, and remembers who `they` are."""

    grammar: Grammar
    countries: dict[str, str]
    found: Annotations
    phrase: re.Pattern[str]
    previous: Subject | None = None
    _candidates: list[Candidate] = field(default_factory=list)
    _ends: dict[int, Candidate] = field(default_factory=dict)
    _phrases: dict[int, Candidate] = field(default_factory=dict)

    def enter(self, sentence: Sentence, mentions: list[Mention]) -> None:
        """Prepare for the verbs of a sentence, given the mentions that lie in it."""
        read = self._read(sentence, mentions)
        self._candidates = sorted(read, key=lambda c: (c.first, -c.last))
        self._ends = {}
        for candidate in read[: len(mentions)]:  # a name says more than a common noun that ends with it
            self._ends.setdefault(candidate.last, candidate)
        self._phrases = {candidate.last: candidate for candidate in read[len(mentions) :]}
        for candidate in self._candidates:
            self._ends.setdefault(candidate.last, candidate)

    def _read(self, sentence: Sentence, mentions: list[Mention]) -> list[Candidate]:
        found: list[Candidate] = []
        for mention in mentions:
            found.append(self._of_mention(sentence, mention, found))
        for match in self.phrase.finditer(sentence.text, sentence.start, sentence.end):
            found.append(self._of_phrase(sentence, match))
        return found

    def _of_mention(self, sentence: Sentence, mention: Mention, before: list[Candidate]) -> Candidate:
        entity = mention.entity
        first, last = sentence.at(mention.start), sentence.at(mention.end)
        if entity.kind == "party":
            return Candidate(first, last, (entity.side,) if entity.side else (), "parties")
        if entity.kind == "agency":
            return Candidate(first, last, (entity.id,), "entity")
        if entity.kind == "forum":
            return Candidate(first, last, tuple(self.found.parties), "body")
        if entity.kind == "mission":
            return self._of_mission(sentence, first, last, before)
        return Candidate(first, last, (), "outsider")

    def _of_mission(self, sentence: Sentence, first: int, last: int, before: list[Candidate]) -> Candidate:
        """A programme acts for the agency whose possessive stands before it; a spacecraft does not act at all."""
        owner: tuple[str, ...] = ()
        if before and first > 1 and sentence.words[first - 1] == "'s" and before[-1].last == first - 1:
            owner = before[-1].actors
        if last < len(sentence) and sentence.lower[last] in self.grammar.subjects["bodies"]:
            return Candidate(first, last + 1, owner, "body")
        return Candidate(first, last, owner, "mission")

    def _of_phrase(self, sentence: Sentence, match: re.Match[str]) -> Candidate:
        first, last = sentence.at(match.start()), sentence.at(match.end())
        parties = tuple(self.found.parties)
        if match.lastgroup in ("pronoun", "group", "definite"):
            named = self._countries_in(match.group()) if match.lastgroup != "pronoun" else ()
            if match.group().lower() == "they" and self.previous is not None:
                return Candidate(first, last, self.previous.actors, self.previous.role)
            return Candidate(first, last, named or parties, "parties")
        if match.lastgroup in ("single", "person"):
            if any(word in match.group() for word in self.grammar.subjects["outsiders"]):
                return Candidate(first, last, (), "outsider")
            named = self._countries_in(match.group().split(" for ")[0])
            return Candidate(first, last, named, "parties")
        if match.lastgroup == "it":
            return Candidate(first, last, self.previous.actors if self.previous else (), "body")
        role: Role = "meeting" if match.lastgroup == "meeting" else "body"
        return Candidate(first, last, parties, role)

    def _countries_in(self, words: str) -> tuple[str, ...]:
        tokens = re.findall(r"[^\W\d_][\w.]*", words)
        pairs = [" ".join(tokens[i : i + 2]) for i in range(len(tokens) - 1)]
        sides = [self.countries[w] for w in pairs + tokens if w in self.countries]
        return tuple(dict.fromkeys(sides))

    def before(self, sentence: Sentence, verb: int) -> Subject | None:
        """The subject whose noun phrase ends right before word ``verb`` (adverbs and auxiliaries skipped)."""
        at = self.skip_left(sentence, verb)
        if at > 0 and sentence.words[at - 1] == ")":
            at = self._before_bracket(sentence, at)
        candidate = self._ends.get(at)
        if candidate is None:
            return None
        subject = self._widen(sentence, candidate)
        phrase = self._phrases.get(at)
        if subject is None and phrase is not None and phrase is not candidate:
            return self._widen(sentence, phrase)  # `the Prime Minister of Japan`, and not Japan
        return subject

    def unknown_verbs(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Spans of past-tense verbs of the parties that are neither operators nor known reports."""
        grammar, found = self.grammar, []
        for last, candidate in sorted(self._ends.items()):
            verb = grammar.after_adverbs(sentence, last)
            if candidate.role != "parties" or verb >= len(sentence):
                continue
            word = sentence.lower[verb]
            if word.endswith("ed") and word not in grammar.operators and word not in grammar.reports:
                found.append((sentence.starts[verb], sentence.ends[verb]))
        return found

    def antecedent(self, sentence: Sentence, end: int) -> Subject | None:
        """What a relative pronoun at word ``end`` stands for, wherever in the sentence it stands."""
        candidate = self._ends.get(end)
        if candidate is None:
            return None
        start = sentence.starts[candidate.first]
        return Subject(start, sentence.ends[candidate.last - 1], candidate.actors, candidate.role)

    def skip_left(self, sentence: Sentence, verb: int) -> int:
        """Index after the word that stands before ``verb`` when adverbs and `have` are left out."""
        words, at = self.grammar.words, verb
        while at > 0:
            word = sentence.lower[at - 1]
            if (self.grammar.is_adverb(word) and at not in self._ends) or word in words["perfect"]:
                at -= 1
            else:
                break
        return at

    @staticmethod
    def _before_bracket(sentence: Sentence, at: int) -> int:
        for back in range(at - 2, max(-1, at - 8), -1):
            if sentence.words[back] == "(":
                return back
        return at

    def _widen(self, sentence: Sentence, candidate: Candidate) -> Subject | None:
        """Take in what is coordinated to the left (`Japan, India and`), and give up inside a prepositional phrase."""
        first, actors, role = candidate.first, list(candidate.actors), candidate.role
        conjoined = False
        while (link := self._link(sentence, first)) is not None and (other := self._ends.get(link)) is not None:
            conjoined = conjoined or sentence.lower[link:first] != [","]
            if not conjoined:
                break
            first, actors = other.first, [*other.actors, *actors]
            role = "parties" if "parties" in (role, other.role) else role
        before = self._determiner(sentence, first)
        if before > 0 and sentence.lower[before - 1] in self.grammar.words["prepositions"]:
            return self._of_group(sentence, before - 1, first, candidate, actors)
        start = sentence.starts[first] if first < len(sentence) else sentence.end
        return Subject(start, sentence.ends[candidate.last - 1], tuple(dict.fromkeys(actors)), role)

    def _link(self, sentence: Sentence, first: int) -> int | None:
        """Index after the word before a coordination that ends at ``first``, or None where there is none."""
        at = self._determiner(sentence, first)
        linked = False  # a comma alone joins nothing unless an `and` follows later in the list
        while at > 0 and sentence.lower[at - 1] in ("and", ",", "&", "or"):
            at, linked = at - 1, True
        return at if linked else None

    @staticmethod
    def _determiner(sentence: Sentence, first: int) -> int:
        return (
            first - 1
            if first > 0 and sentence.lower[first - 1] in ("the", "both", "a", "an", "our", "their")
            else first
        )

    def _of_group(
        self, sentence: Sentence, preposition: int, first: int, candidate: Candidate, actors: list[str]
    ) -> Subject | None:
        """`The Governments of X and Y`, `representatives from NASA`: the group acts, and is who stands after it."""
        if sentence.lower[preposition] not in ("of", "from"):
            return None
        head = self._ends.get(preposition)
        if head is None or head.role == "outsider":
            return None
        start, end = sentence.starts[head.first], sentence.ends[candidate.last - 1]
        return Subject(start, end, tuple(dict.fromkeys(actors)), head.role)

    def main(self, sentence: Sentence, verb: int) -> Subject | None:
        """The subject of the sentence's main clause: its first candidate that follows no preposition."""
        for candidate in self._candidates:
            if candidate.last > verb:
                break
            before = self._determiner(sentence, candidate.first)
            if before == 0 or sentence.lower[before - 1] not in self.grammar.words["prepositions"]:
                return self._rightmost(sentence, candidate)
        return None

    def _rightmost(self, sentence: Sentence, candidate: Candidate) -> Subject | None:
        """The whole coordination that begins with ``candidate``."""
        last = candidate
        for other in self._candidates:
            if other.first > last.last and self._link(sentence, other.first) == last.last:
                last = other
        return self._widen(sentence, last)


def subject_pattern(grammar: Grammar) -> re.Pattern[str]:
    """One expression for all noun phrases that can be a subject without being a mention."""

    def either(name: str) -> str:
        return "|".join(sorted((re.escape(w) for w in grammar.subjects[name]), key=lambda w: (-len(w), w)))

    before = (
        r"(?:(?:[Tt]he|[Bb]oth|[Aa]ll|[Oo]ur|[Tt]heir|[Tt]hese|[Tt]wo|[Tt]hree|[Ff]our"
        r"|[\w.'-]+-[\w.-]+|[A-Z][\w.]*) ){0,4}"
    )
    name = r"(?: (?:(?:[A-Z][\w.'-]*|bin|al|van|de|von|der|di|da|el) ?){1,5}(?<! ))?"
    of = r"(?: (?:of|for) (?:the )?(?:[A-Z][\w-]*|and|,)(?:,? (?:and |the |of )*[A-Z][\w-]*)*)?"
    the = r"(?:[Tt]he |[Bb]oth |[Aa]ll |[Oo]ur |[Tt]heir |[Tt]hese |[Tt]wo |[Tt]hree |[A-Z][\w.'-]* (?=[a-z]))"
    this = r"(?:[Tt]he|[Tt]his|[Tt]hese|[Oo]ur|[Aa]|[Ee]ach)"
    return re.compile(
        rf"\b(?P<group>{before}(?i:{either('groups')}))\b"
        rf"|\b(?P<definite>{the}{before}(?i:{either('definite')}))\b"
        rf"|\b(?P<single>{before}(?i:{either('single')}))\b"
        rf"|\b(?P<person>{before}(?i:{either('titles')})\b{of}{name})"
        rf"|\b(?P<meeting>(?:[Tt]he|[Tt]his|[Tt]oday's|[Oo]ur|[Tt]heir)(?: [\w'.-]+)? (?i:{either('meetings')}))\b"
        rf"|\b(?P<body>{this}(?: [\w'.-]+){{0,3}}? (?i:{either('bodies')}))\b"
        rf"|\b(?P<pronoun>(?i:{either('pronouns')}))\b"
        rf"|\b(?P<it>(?i:it|he|she))\b"
    )
