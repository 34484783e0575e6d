"""The words that speak for themes, in one expression, and the themes that names bring."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.words import Facts, Words, lowered

FILE = "themes.toml"

NAMED = {"missions.toml": "mission", "instruments.toml": "instrument", "forums.toml": "forum"}
"""The files whose entries may give themes, with the kind of name that each lists."""

Meaning = tuple[str, str, float]
"""A theme, its field (`health` is one of `other`; most themes have one field, of their own name) and points."""

_NO_MEANING: Meaning = ("", "", 0.0)


_BEGINNING = re.compile(r"(?<![\w-])\S")
_NOTHING: frozenset[str] = frozenset()
_ROOT = 6
_TWO = 2
"""So many letters of the next word tell in most cases that no term of several words goes on there."""


class Term(NamedTuple):
    """A term as it stands in a text, with its meaning."""

    length: int
    theme: str
    field: str
    what: str
    """The first letters, by which `license` and `licensing` are one."""
    points: float


class Opening(NamedTuple):
    """Where a term may begin in a form."""

    offset: int
    alone: Term | None
    """The term that the form holds, where what follows adds nothing to it."""
    after: int
    """Where the next word begins, from the form's own beginning on."""
    following: frozenset[str]
    """The first two letters of next words with which a longer term may go on."""


class Terms:
    """All terms of all themes in one expression, with their points."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._known: dict[str, Meaning] = {}
        for theme in data["theme"]:
            self._add_all(theme, theme["id"], theme["id"], data["weights"])
            for field, terms in theme.get("fields", {}).items():
                self._add_all(terms, theme["id"], field, data["weights"])
        for term in data["ignored"]["terms"]:
            self._add(term, _NO_MEANING)
        self._pattern = re.compile(_either(self._known))
        self._following = _following(self._known)
        self._longest = max(map(len, self._following), default=0)
        self._terms = Facts(self._term)
        self._openings = Facts(self._open)

    def _add_all(self, terms: Mapping[str, Any], theme: str, field: str, weights: Mapping[str, float]) -> None:
        for key in ("strong", "terms", "weak"):
            for term in terms.get(key, ()):
                self._add(term, (theme, field, weights[key]))

    def _add(self, term: str, meaning: Meaning) -> None:
        if term in self._known:
            raise ModelError(f"{FILE}: {term!r} stands twice: under {meaning[0]!r} and {self._known[term][0]!r}")
        self._known[term] = meaning

    def find(self, words: Words, text: str) -> list[tuple[int, Term]]:
        """Offset and term of each term that speaks for a theme, the longest at each place.

        ``text`` is the words' own in lower case.
        """
        found = []
        reached = 0
        for start, openings in words.told(self._openings):
            for offset, term, after, following in openings:
                at = start + offset
                if at < reached:
                    continue
                if following and text[start + after : start + after + 2] in following:
                    match = self._pattern.match(text, at)
                    term = self._terms[match.group()] if match else None
                if term is not None:
                    reached = at + term.length
                    if term.theme:
                        found.append((at, term))
        return found

    def _open(self, form: str) -> tuple[Opening, ...]:
        """Where in a form terms may begin."""
        form = lowered(form)
        if form.rstrip(".,;:)").isalpha():
            return self._open_at(form, 0)
        return tuple([opening for at in _BEGINNING.finditer(form) for opening in self._open_at(form, at.start())])

    def _open_at(self, form: str, at: int) -> tuple[Opening, ...]:
        match = self._pattern.match(form, at)
        following = self._following.get(form[at:]) if len(form) - at <= self._longest else None
        if match is None and following is None:
            return ()
        return (Opening(at, self._terms[match.group()] if match else None, len(form) + 1, following or _NOTHING),)

    def _term(self, words: str) -> Term:
        theme, field, points = self._look_up(words)
        return Term(len(words), theme, field, words[:_ROOT], points)

    def _look_up(self, words: str) -> Meaning:
        for form in (words, words.removesuffix("s"), words.removesuffix("es")):
            if form in self._known:
                return self._known[form]
        for end in range(len(words), 0, -1):
            if words[:end] + "*" in self._known:
                return self._known[words[:end] + "*"]
        return _NO_MEANING


def _following(terms: Iterable[str]) -> dict[str, frozenset[str]]:
    """The first letters of the second word by the first one, of the terms that have several."""
    seconds: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        first, _, rest = term.partition(" ")
        if rest:
            seconds[first].update((rest[:_TWO],) if len(rest) >= _TWO else (rest + " ", rest + "s"))
    return {first: frozenset(letters) for first, letters in seconds.items()}


def _either(terms: Iterable[str]) -> str:
    """One expression for the terms, branching by first and second letter so that most words fail at once."""
    by_letters: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for term in terms:
        by_letters[term[0]][term[1:2]].append(term[2:])
    branches = []
    for first, seconds in sorted(by_letters.items()):
        inner = (f"{re.escape(second)}(?:{_rests(rests)})" for second, rests in sorted(seconds.items()))
        branches.append(f"{re.escape(first)}(?:{'|'.join(inner)})")
    return rf"(?<![\w-])(?:{'|'.join(branches)})(?!\w)"


def _rests(rests: Iterable[str]) -> str:
    ordered = sorted(rests, key=lambda rest: (-len(rest), rest))
    return "|".join(re.escape(r[:-1]) + r"\w*" if r.endswith("*") else re.escape(r) + "(?:e?s)?" for r in ordered)


@lru_cache(maxsize=4)
def entity_themes(*sources: KnowledgeFile) -> dict[str, tuple[str, ...]]:
    """Themes by entity id, as the files of missions, instruments and forums give them."""
    themes: dict[str, tuple[str, ...]] = {}
    for source in sources:
        kind = NAMED[source.name]
        for entry in source.data.get(kind, ()):
            if entry.get("themes"):
                themes[f"{kind}:{entry['id']}"] = tuple(entry["themes"])
    return themes
