"""Whom a noun phrase tells by its words: countries, people whose country is known, or outsiders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from communique.clauses.words import words_of
from communique.words import Facts


class Told(NamedTuple):
    """``countries`` are ISO codes by name or adjective, ``people`` those by the names of officials."""

    outside: bool
    countries: tuple[str, ...]
    people: tuple[str, ...]


def phrases_told(outsiders: Collection[str], countries: Mapping[str, str], people: Mapping[str, str]) -> Facts[Told]:
    """What phrases as they are written tell; what stands behind their `for` is no country of theirs."""

    def told(phrase: str) -> Told:
        words = words_of(phrase)
        own = words[: words.index("for")] if "for" in words else words
        outside = any(word in outsiders for word in words)
        return Told(outside, _sides(own, countries), _sides(words, people))

    return Facts(told)


def _sides(words: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The countries that words tell by ``names``, alone or in pairs, compounds taken apart."""
    parts = [part for word in words for part in word.split("-")]
    pairs = [f"{one} {other}" for one, other in pairwise(parts)]
    return tuple(dict.fromkeys(names[form] for form in pairs + parts if form in names))
