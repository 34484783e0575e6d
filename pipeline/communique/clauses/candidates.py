"""The noun phrases of a sentence that may be a subject, and the subject that one of them is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from communique.clauses.operators import Grammar
from communique.clauses.words import Sentence

_BRACKET = 8
"""Words within which a bracket behind a noun phrase opens: `the Ice Agency (IA)`."""

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


def before_bracket(sentence: Sentence, at: int) -> int:
    """Index of the bracket that opens what the one before word ``at`` closes, or ``at`` where none opens near."""
    return next((i for i in range(at - 2, max(-1, at - _BRACKET), -1) if sentence.lower[i] == "("), at)


def of_others(grammar: Grammar, sentence: Sentence, first: int) -> bool:
    """Whether a phrase at word ``first`` is of others than the parties: `any other country`, `industry leaders`."""
    near = max(first - (2 if first and sentence.lower[first - 1].isalnum() else 1), 0)
    return not grammar.words["others"].isdisjoint(sentence.lower[near : first + 1])


def in_plural(phrase: str) -> bool:
    """Whether a phrase ends in a common noun in the plural: `their officials`, but not `the United States`."""
    last = phrase.rpartition(" ")[2]
    return last.islower() and last.endswith("s")
