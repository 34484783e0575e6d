"""The noun phrases of a sentence that may be a subject, and the subject that one of them is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeGuard

from communique.annotations import Mention
from communique.clauses.operators import Grammar
from communique.clauses.phrases import Phrase, PhraseKind
from communique.clauses.sides import Told
from communique.clauses.words import Sentence

_BRACKET = 8
"""Words within which a bracket behind a noun phrase opens: `the Ice Agency (IA)`."""
_PLACE = 4
"""Longest name of a place, in words."""
TAIL = 9
"""Longest phrase, in words, that may tell whose a body is: `a committee at the level of directors`."""
_FOUNDED = 5
"""Words before a body within which the verb stands that sets it up: `set up a joint expert group`."""
_BODY = 4
"""Words after a country's name within which a body ends that it owns: `Japan's weather agency`."""

Role = Literal["parties", "entity", "meeting", "body", "mission", "outsider"]


class Subject(NamedTuple):
    """Who acts. ``actors`` are ISO codes or entity ids; offsets count code points in the text.

    ``first`` is the index of its first word in its sentence.
    """

    start: int
    end: int
    first: int
    actors: tuple[str, ...]
    role: Role
    joined: bool = False

    @property
    def binds(self) -> bool:
        """Whether an intent of this subject binds a party."""
        return self.role in ("parties", "entity", "body")


class Candidate(NamedTuple):
    """A noun phrase that may be a subject, as a range of words."""

    first: int
    last: int  # index after the last word
    actors: tuple[str, ...]
    role: Role


def outer_first(candidate: Candidate) -> tuple[int, int]:
    """What puts candidates in order: those first that begin first or hold another."""
    return candidate.first, -candidate.last


def of_mission(
    grammar: Grammar, parties: tuple[str, ...], sentence: Sentence, mention: Mention, at: tuple[int, int],
    before: list[Candidate],
) -> Candidate:  # fmt: skip
    """A programme acts for the agency whose possessive stands before it; a spacecraft does not act at all.

    ``at`` are the indices of the name's first word and after its last, ``before`` the names before it.
    """
    first, last = at
    owner: tuple[str, ...] = ()
    if before and first > 1 and sentence.word(first - 1) == "'s" and before[-1].last == first - 1:
        owner = before[-1].actors
    if last < sentence.size and sentence.lower[last] in grammar.subjects["bodies"]:
        return Candidate(first, last + 1, owner, "body")
    if grammar.acting(mention.entity.name):
        return Candidate(first, last, owner or parties, "body")
    return Candidate(first, last, owner, "mission")


def before_bracket(sentence: Sentence, at: int) -> int:
    """Index of the bracket that opens what the one before word ``at`` closes, or ``at`` where none opens near."""
    return next((i for i in range(at - 2, max(-1, at - _BRACKET), -1) if sentence.lower[i] == "("), at)


def before_place(grammar: Grammar, sentence: Sentence, at: int) -> int:
    """Index of the word that puts what stands before it in a place: `the Ice Agency (IA) in Port Laval`.

    That is ``at`` where no place ends there; a bracket before the place is left out with it.
    """
    first = at
    while first > max(at - _PLACE, 0) and sentence.capital(first - 1):
        first -= 1
    if first in (0, at) or sentence.lower[first - 1] not in grammar.words["locatives"]:
        return at
    return before_bracket(sentence, first - 1) if first > 1 and sentence.lower[first - 2] == ")" else first - 1


def of_others(grammar: Grammar, sentence: Sentence, first: int) -> bool:
    """Whether a phrase at word ``first`` is of others than the parties: `any other country`, `thirty-six nations`."""
    near = max(first - (2 if first and sentence.lower[first - 1].isalnum() else 1), 0)
    words = sentence.lower[near : first + 1]
    if not grammar.words["others"].isdisjoint(words):
        return True
    crowds = grammar.words["crowds"]
    return any((word.isdigit() and len(word) > 1) or not crowds.isdisjoint(word.split("-")) for word in words)


def in_plural(phrase: str) -> bool:
    """Whether a phrase ends in a common noun in the plural: `their officials`, but not `the United States`."""
    last = phrase.rpartition(" ")[2]
    return last.islower() and last.endswith("s")


def are_several(subject: Subject | None, text: str) -> TypeGuard[Subject]:
    """Whether `they` can be who acted before: more than one, or one side's `officials`, but no single country."""
    if subject is None or subject.role not in ("parties", "entity"):
        return False
    return len(subject.actors) != 1 or in_plural(text[subject.start : subject.end])


def body_before(
    grammar: Grammar, heads: Mapping[str, PhraseKind], parties: tuple[str, ...], sentence: Sentence, end: int
) -> Subject | None:
    """The body that `which` at word ``end`` stands for: `a group of experts, which`, `set up a group on tugs, which`.

    ``heads`` are the kinds of phrases by their last word. What the parties run is told by whose it is, by what only
    those can do who meet, or by the verb that sets it up.
    """
    words = grammar.words
    if not words["personal"].isdisjoint(sentence.lower[end : end + 2]):
        return None  # `a group of experts who`: they act, and not the group
    told = not words["sits"].isdisjoint(sentence.lower[end + 1 : end + 6])
    for at in range(end - 1, max(end - TAIL, 0), -1):
        word = sentence.lower[at]
        if not word[0].isalnum() or word in words["relatives"]:
            return None
        told = told or (word in words["experts"] and at == end - 1) or word in words["level"]
        if heads.get(word) in ("body", "meeting") and sentence.lower[at + 1] in {*words["prepositions"], "to"}:
            told = told or not words["founds"].isdisjoint(sentence.lower[max(at - _FOUNDED, 0) : at])
            role: Role = "meeting" if heads[word] == "meeting" else "body"
            relative = end + (sentence.lower[end] == ",")
            where = sentence.starts[relative], sentence.after(relative)  # the clause begins there
            return Subject(*where, at, parties, role) if told else None
    return None


def own_body(grammar: Grammar, sentence: Sentence, last: int) -> int:
    """Index after the nameless body of the country whose name ends at ``last``, or ``last``: `Japan's agency`."""
    if sentence.lower[last : last + 1] != ["'s"]:
        return last
    near = range(last + 1, min(last + 1 + _BODY, sentence.size))
    bodies = grammar.words["national"]
    return next((i + 1 for i in near if sentence.lower[i] in bodies and not sentence.capital(i)), last)


def is_abroad(sentence: Sentence, phrase: Phrase, told: Told, parties: frozenset[str], openers: frozenset[str]) -> bool:
    """Whether a national body is none of the parties': `the Fijian agency`, `Pacific weather agencies`."""
    if told.countries:
        return parties.isdisjoint(told.countries)
    first, last, _ = phrase
    named = sentence.capital(first) and sentence.lower[first] not in openers
    return told.outside or (named and last - first > 2 and not sentence.capital(first + 1))
