"""Who acts: the subject of a verb, found to its left."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from communique.annotations import Annotations, Mention
from communique.clauses.candidates import (
    TAIL,
    Candidate,
    Role,
    Subject,
    are_several,
    before_bracket,
    before_place,
    body_before,
    is_abroad,
    of_mission,
    of_others,
    outer_first,
    own_body,
)
from communique.clauses.operators import Grammar
from communique.clauses.phrases import Phrase, PhraseReader
from communique.clauses.sides import Told
from communique.clauses.words import Sentence
from communique.words import Facts

_MEMBERS = 80
"""Most names that are joined in one subject."""
_NAME = 6
"""Longest name, in words, that is passed over where no list knows it."""


@dataclass(slots=True)
class SubjectFinder:
    """Finds subjects in sentences of one statement, in order, and remembers who `they` are.

    ``present``: the sides of agencies that took part, or the ids of those without; ``bodies``: the two who speak.
    """

    grammar: Grammar
    told: Facts[Told]
    found: Annotations
    phrases: PhraseReader
    present: frozenset[str] = frozenset()
    bodies: tuple[str, ...] = ()
    parties: tuple[str, ...] = field(init=False)
    sides: frozenset[str] = field(init=False)
    _previous: Subject | None = None
    _unsettled: Sentence | None = None
    _ordered: list[Candidate] | None = None
    _spoken: list[Candidate] = field(default_factory=list)
    _named: list[Candidate] = field(default_factory=list)
    _ends: dict[int, Candidate] = field(default_factory=dict)
    _phrases: dict[int, Candidate] = field(default_factory=dict)
    _wholes: dict[Candidate, Subject | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parties = tuple(self.found.parties)
        self.sides = frozenset(self.parties)

    def enter(self, sentence: Sentence, mentions: list[Mention]) -> None:
        """Prepare for the verbs of a sentence, given the mentions that lie in it."""
        named: list[Candidate] = []
        for mention in mentions:
            named.append(self._of_mention(sentence, mention, named))
        spoken = [self._of_phrase(sentence, phrase) for phrase in self.phrases.read(sentence)]  # may ask who acted
        self._named, self._spoken, self._ordered, self._unsettled = named, spoken, None, None
        self._phrases, self._wholes = {}, {}
        for candidate in spoken:
            other = self._phrases.get(candidate.last)
            if other is None or candidate.first < other.first:  # the longest that ends there
                self._phrases[candidate.last] = candidate
        self._ends = self._phrases
        if named:
            self._ends = self._phrases.copy()
            for candidate in reversed(named):  # a name says more than a common noun that ends with it
                self._ends[candidate.last] = candidate

    def leave(self, sentence: Sentence, acting: Subject | None) -> None:
        """Remember who acted in the sentence just read: ``acting``, else its main subject if the next one asks."""
        self._previous, self._unsettled = acting, sentence if acting is None else None

    def previous(self) -> Subject | None:
        """Who acted in the sentence that was left last. Ask before another is entered that will not be left."""
        if self._unsettled is not None:
            self._previous, self._unsettled = self.main(self._unsettled, self._unsettled.size), None
        return self._previous

    def _candidates(self) -> list[Candidate]:
        """All candidates of the sentence, those first that begin first or hold another."""
        if self._ordered is None:
            self._ordered = sorted([*self._named, *self._spoken], key=outer_first)
        return self._ordered

    def _of_mention(self, sentence: Sentence, mention: Mention, before: list[Candidate]) -> Candidate:
        entity = mention.entity
        first, last = bisect_left(sentence.starts, mention.start), bisect_left(sentence.starts, mention.end)
        if entity.kind == "party":
            return Candidate(
                first, own_body(self.grammar, sentence, last), (entity.side,) if entity.side else (), "parties"
            )
        if entity.kind == "agency":
            bound = self._of_party(entity.side) or (entity.side or entity.id) in self.present
            return Candidate(first, last, (entity.id,), "entity" if bound else "outsider")
        if entity.kind == "forum":
            members = last < sentence.size and self.phrases.heads.get(sentence.lower[last]) in ("group", "definite")
            if entity.known and any(map(entity.name.startswith, self.grammar.words["worldwide"])):
                return Candidate(first, last + members, (), "outsider")
            return Candidate(first, last + members, self.parties, "parties" if members else "body")
        if entity.kind == "mission":
            return of_mission(self.grammar, self.parties, sentence, mention, (first, last), before)
        if self.grammar.acting(entity.name):
            return Candidate(first, last, self.parties, "body")
        return Candidate(first, last, (), "outsider")

    def _of_party(self, side: str | None) -> bool:
        """Whether an agency of this side can bind a party; a body of many states cannot."""
        return side is not None and (len(self.parties) < 2 or side in self.sides)

    def _of_phrase(self, sentence: Sentence, phrase: Phrase) -> Candidate:
        first, last, kind = phrase
        parties = self.parties
        if kind == "it":
            previous = self.previous()
            role: Role = "body" if previous is not None and previous.binds else "outsider"
            if sentence.lower[first] != "it":
                role = "parties"  # a person speaks for a party, named or not
            return Candidate(first, last, previous.actors if previous else (), role)
        if kind == "pronoun":
            if sentence.lower[first] == "they" and are_several(previous := self.previous(), self.found.text):
                return Candidate(first, last, previous.actors, previous.role)
            return Candidate(first, last, parties, "parties")
        national = sentence.lower[last - 1] in self.grammar.words["national"]
        if kind in ("meeting", "body") and not national:
            return Candidate(first, last, parties, "meeting" if kind == "meeting" else "body")
        told = self.told[sentence.text[sentence.starts[first] : sentence.after(last - 1)]]
        if national and is_abroad(sentence, phrase, told, self.sides, self.phrases.openers):
            return Candidate(first, last, (), "outsider")
        if kind == "body":
            return Candidate(first, last, told.countries or parties, "body")
        one = kind in ("single", "person")
        others = kind in ("group", "definite", "single") and of_others(self.grammar, sentence, first)
        if others or (one and told.outside):
            return Candidate(first, last, (), "outsider")
        bodies = self.bodies if sentence.lower[last - 1] in self.grammar.words["own_bodies"] else ()
        named = told.countries or (told.people if kind == "person" else ()) or bodies
        return Candidate(first, last, named or (() if one else parties), "parties")

    def before(self, sentence: Sentence, verb: int, at: int | None = None) -> Subject | None:
        """The subject whose noun phrase ends right before word ``verb`` (adverbs and auxiliaries skipped).

        ``at`` is where the phrase must end, where that is known: see `skip_left`.
        """
        lower = sentence.lower
        if at is None:
            at = self.skip_left(sentence, verb)
        if at > 0 and lower[at - 1] == ")":
            at = before_bracket(sentence, at)
        candidate = self._ends.get(at)
        if candidate is None and at > 0 and sentence.capital(at - 1):
            candidate = self._beside_unknown(sentence, at) or self._in_place(sentence, at)
        finite = lower[verb].endswith("s") or lower[verb] in self.grammar.words["will"]
        candidate = self._with_tail(sentence, at) if candidate is None and finite else candidate
        if candidate is None:
            return None
        if candidate.first and lower[candidate.first] == "they" and candidate.last == candidate.first + 1:
            candidate = self._named_before(sentence, candidate)
        subject = self._widen(sentence, candidate)
        phrase = self._phrases.get(at)
        if subject is None and phrase is not None and phrase is not candidate:
            return self._widen(sentence, phrase)  # `the Prime Minister of Japan`, and not Japan
        return subject

    def _named_before(self, sentence: Sentence, they: Candidate) -> Candidate:
        """Who `they` are where the sentence itself has named them: `NASA and ESA reviewed …, for which they agreed`."""
        main = self.main(sentence, they.first)
        if main is None or not main.joined or main.role not in ("parties", "entity"):
            return they
        return they._replace(actors=main.actors, role=main.role)

    def _in_place(self, sentence: Sentence, at: int) -> Candidate | None:
        """The body that a place stands behind: `the Ice Institute (II) at Laval University agreed`."""
        candidate = self._ends.get(before_place(self.grammar, sentence, at))
        return candidate if candidate is not None and candidate.role in ("entity", "outsider") else None

    def _beside_unknown(self, sentence: Sentence, at: int) -> Candidate | None:
        """The name that acts together with one that nobody listed: `NASA and the GNX decided`."""
        first = at
        while first > max(at - _NAME, 0) and sentence.capital(first - 1):
            first -= 1
        before = self._determiner(sentence, first)
        if first == at or before < 2 or sentence.lower[before - 1] != "and":
            return None
        beside = self._ends.get(before - 1)
        if beside is None or beside.role not in ("parties", "entity"):
            return None
        return beside._replace(last=at)

    def _unknown_before(self, sentence: Sentence, first: int) -> bool:
        """Whether a name that nobody listed is coordinated to the left: `the GNX and NASA plan to`."""
        at = self._determiner(sentence, first)
        return at > 1 and sentence.lower[at - 1] == "and" and sentence.capital(at - 2)

    def _with_tail(self, sentence: Sentence, at: int) -> Candidate | None:
        """A body whose name goes on in small letters: `the Working Group on space debris will`."""
        for end in range(at - 2, max(at - TAIL, 0), -1):
            if sentence.word(end) in (",", ";", ":") or sentence.lower[end] in self.grammar.words["relatives"]:
                return None
            bracketed = sentence.lower[end - 1] == ")"
            candidate = self._ends.get(before_bracket(sentence, end) if bracketed else end)
            if candidate is not None and candidate.role in ("body", "entity"):
                tails = self.grammar.words["tails"] | self.grammar.words["chaired"]
                return candidate if sentence.lower[end] in tails else None
        return None

    def spoken_ends(self) -> list[int]:
        """Index after each phrase of the sentence that is the parties."""
        return [last for last, candidate in self._ends.items() if candidate.role == "parties"]

    def person_before(self, sentence: Sentence, at: int) -> Subject | None:
        """The last person before word ``at`` whose side is told: `a U.S. envoy for space, focused on …, who will`."""
        people = [phrase for phrase in self.phrases.read(sentence) if phrase[2] == "person" and phrase[1] <= at]
        if not people:
            return None
        person = self._of_phrase(sentence, people[-1])
        where = sentence.starts[at], sentence.after(at)  # the pronoun: the clause begins there
        return Subject(*where, at, person.actors, person.role) if person.actors else None

    def opens_with_party(self, sentence: Sentence) -> bool:
        """Whether one of the statement's parties stands in the first words of the sentence."""
        return any(not self.sides.isdisjoint(c.actors) for c in self._candidates() if c.first < 4)

    def starting(self, sentence: Sentence, at: int) -> Candidate | None:
        """The name that begins at word ``at`` or after its article: who does it in `will be hosted by`."""
        article = at < sentence.size and sentence.lower[at] in self.grammar.words["articles"]
        first = (at, at + 1) if article else (at,)
        found = [c for c in self._candidates() if c.first in first]
        return next((c for c in found if c.role == "entity"), found[0] if found else None)

    def antecedent(self, sentence: Sentence, end: int) -> Subject | None:
        """What a relative pronoun at word ``end`` stands for, wherever in the sentence it stands."""
        candidate = self._ends.get(end)
        if candidate is None:
            return body_before(self.grammar, self.phrases.heads, self.parties, sentence, end)
        before = self._determiner(sentence, candidate.first)
        if candidate.role == "parties" and before and sentence.lower[before - 1] in self.grammar.words["locatives"]:
            return None  # `bases in Japan, which will`
        start = sentence.starts[candidate.first]
        end = sentence.after(candidate.last - 1)
        return Subject(start, end, candidate.first, candidate.actors, candidate.role)

    def skip_left(self, sentence: Sentence, verb: int) -> int:
        """Index after the word that stands before ``verb`` when adverbs and `have` are left out."""
        lower, between, at = sentence.lower, self.grammar.between, verb
        while at > 0 and (kind := between(lower[at - 1])):
            if kind == "perfect" or (kind == "adverb" and at not in self._ends):
                at -= 1
            elif kind == "noun" and (first := self.grammar.adverbial_phrase(sentence, at)) is not None:
                at = first
            else:
                break
        return at

    def _widen(self, sentence: Sentence, candidate: Candidate) -> Subject | None:
        """Take in what is coordinated to the left (`Japan, India and`), and give up inside a prepositional phrase."""
        words, whole, joined = self.grammar.words, candidate, False
        before = self._determiner(sentence, candidate.first)
        previous = sentence.lower[before - 1] if before else ""
        if previous == "," or previous in words["conjunctions"]:
            coordinated = self._coordinated(sentence, candidate)
            if coordinated is None:
                return None
            whole, joined = coordinated, coordinated is not candidate
            before = self._determiner(sentence, whole.first)
            previous = sentence.lower[before - 1] if before else ""
        if previous == "of" and sentence.lower[max(before - 2, 0)] in words["shares"]:
            before -= 2  # `each of the two sides`
        elif previous in words["prepositions"]:
            return self._of_group(sentence, before - 1, candidate, whole.actors)
        start = sentence.starts[before] if before < sentence.size else sentence.end
        told = tuple(dict.fromkeys(whole.actors)) if joined else candidate.actors
        several = joined or candidate.last not in self._ends or self._unknown_before(sentence, whole.first)
        return Subject(start, sentence.after(candidate.last - 1), before, told, whole.role, several)

    def _coordinated(self, sentence: Sentence, candidate: Candidate) -> Candidate | None:
        """The candidate with what is joined to it on its left; None where all of it belongs to a noun before."""
        first, actors, role = candidate.first, list(candidate.actors), candidate.role
        conjoined = joined = False
        unnamed = candidate.role == "parties" and not candidate.actors
        spoken = self._phrases.get(candidate.last) is candidate
        for _ in range(_MEMBERS):
            if (link := self._link(sentence, first)) is None or (other := self._ending(sentence, link)) is None:
                break
            if spoken and sentence.lower[link] == "(":
                break  # `… the Space Station (ISS), and the two sides agreed`
            conjoined = conjoined or any(w in self.grammar.words["conjunctions"] for w in sentence.lower[link:first])
            if not conjoined or self._stands_apart(sentence, other):
                if self._only_complement(sentence, other):
                    return None
                break
            first, actors, joined = other.first, [*other.actors, *actors], True
            unnamed = unnamed or (other.role == "parties" and not other.actors)
            role = "parties" if "parties" in (role, other.role) else other.role if role == "outsider" else role
        if joined and unnamed:  # somebody whose side nothing tells stands for the remaining party
            actors = list(self.parties) or actors
        return Candidate(first, candidate.last, tuple(actors), role) if joined else candidate

    def _stands_apart(self, sentence: Sentence, other: Candidate) -> bool:
        """Whether what stands before a comma opens the sentence and is no member: `In Japan, NASA and KASA will`."""
        if other.last - other.first == 1 and self.phrases.is_pronoun(sentence.lower[other.first]):
            return True
        before = self._determiner(sentence, other.first)
        preposition = sentence.lower[before - 1] if before else ""
        if preposition in ("of", "from"):  # `Governments of Japan, …` is a list, `the spirit of this …,` is none
            return self._ends.get(before - 1) is None
        return preposition in self.grammar.words["prepositions"]

    def _only_complement(self, sentence: Sentence, other: Candidate) -> bool:
        """Whether a coordination that nothing parts from its preposition belongs to a noun: `the task of A and B`."""
        before = self._determiner(sentence, other.first)
        parted = sentence.lower[other.last] == ","
        return not parted and before > 0 and not any(c.last < before for c in self._candidates())

    def _ending(self, sentence: Sentence, at: int) -> Candidate | None:
        """The candidate that ends at ``at``: the President, and not the United States, in `the President of the …`."""
        if at not in self._ends and sentence.lower[at] in self.grammar.words["conjunctions"]:
            at = before_place(self.grammar, sentence, at)  # `NASA in Houston and JAXA`
        candidate, phrase = self._ends.get(at), self._phrases.get(at)
        if candidate is None or phrase is None:
            return candidate
        before = self._determiner(sentence, candidate.first)
        inside = before > 0 and sentence.lower[before - 1] in self.grammar.words["prepositions"]
        return phrase if inside else candidate

    def _link(self, sentence: Sentence, first: int) -> int | None:
        """Index after the word before a coordination that ends at ``first``, or None where there is none."""
        joining = self.grammar.words["conjunctions"]  # a comma alone joins nothing unless one follows later in the list
        at = after = self._determiner(sentence, first)
        while at > 0 and (sentence.lower[at - 1] == "," or sentence.lower[at - 1] in joining):
            at -= 1
        if at == after:
            return None
        return before_bracket(sentence, at) if sentence.lower[at - 1] == ")" else at  # `NASA (…) and JAXA`

    def _determiner(self, sentence: Sentence, first: int) -> int:
        """Index of the article or owner that a phrase at word ``first`` begins with: `NASA's research centre`."""
        if first > 1 and sentence.lower[first - 1] == "'s" and first - 1 in self._ends:
            first = self._ends[first - 1].first
        return first - 1 if first > 0 and sentence.lower[first - 1] in self.grammar.words["articles"] else first

    def _of_group(
        self, sentence: Sentence, preposition: int, candidate: Candidate, actors: tuple[str, ...]
    ) -> Subject | None:
        """`The Governments of X and Y`, `representatives from NASA`: the group acts, and is who stands after it.

        An agency's people may stand `at` it, where no country's do.
        """
        if sentence.lower[preposition - 1] in self.grammar.words["chaired"]:
            body = self._ends.get(preposition - 1)  # `a committee co-chaired by the two sides will`
            joined = body is not None and body.role in ("body", "meeting")
            return self._widen(sentence, body) if body is not None and joined else None
        within = sentence.lower[preposition] == "at" and candidate.role == "entity"
        if sentence.lower[preposition] not in ("of", "from") and not within:
            return None
        head = self._ends.get(preposition)
        if head is None or head.role == "outsider" or (within and head.role != "parties"):
            return None
        start, end = sentence.starts[head.first], sentence.after(candidate.last - 1)
        several = sentence.lower[preposition - 1].endswith("s")
        return Subject(start, end, head.first, tuple(dict.fromkeys(actors)), head.role, several)

    def main(self, sentence: Sentence, verb: int) -> Subject | None:
        """The subject of the sentence's main clause: its first candidate that follows no preposition."""
        for candidate in self._candidates():
            if candidate.last > verb:
                break
            before = self._determiner(sentence, candidate.first)
            if candidate.last < sentence.size and sentence.lower[candidate.last].startswith("'"):
                continue  # `the Philippines' needs` act no more than the needs do
            if before == 0 or sentence.lower[before - 1] not in self.grammar.words["prepositions"]:
                return self._rightmost(sentence, candidate)
        return None

    def _rightmost(self, sentence: Sentence, candidate: Candidate) -> Subject | None:
        """The whole coordination that begins with ``candidate``."""
        if candidate not in self._wholes:
            last = candidate
            for other in self._candidates():
                if other.first > last.last and self._link(sentence, other.first) == last.last:
                    last = other
            self._wholes[candidate] = self._widen(sentence, last)
        return self._wholes[candidate]
