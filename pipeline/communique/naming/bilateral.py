"""Accords and forums of two or three countries, whose names begin with them (``U.S.-ROK Civil Space Dialogue``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.knowledge import alternation
from communique.lexicon import Entry, Form
from communique.naming.heads import FormRules
from communique.naming.matching import FormIndex

_LONGEST = 4
_TITLE = 7
"""How many words make a title that no other accord or forum has; small ones do not count in a forum's."""
_PAIR = (2, 3)
_OWN = re.compile(r"[A-Z]{3}")


class BilateralNames:
    """Tells which listed forms leave out the countries that the full name begins with."""

    def __init__(self, entries: Iterable[Entry], index: FormIndex, rules: FormRules) -> None:
        self._index = index
        heads = alternation(word for word, head in rules.heads.items() if head.kind == "instrument")
        links = alternation(rules.words["topic_links"])
        self._on_topic = re.compile(rf"(?:[A-Z]\w+ ){{0,2}}(?:{heads}) (?:{links}) ")
        self._between: dict[str, frozenset[str]] = {}
        for entry in entries:
            if entry.kind in ("forum", "instrument"):
                members = frozenset(entry.members or self.countries(entry.name))
                if members:
                    self._between[entry.id] = members
        self._bare: dict[str, bool] = {}

    def between(self, entry: Entry) -> frozenset[str]:
        """The countries of an accord or forum; empty where it is open to others, or they are not known."""
        return self._between.get(entry.id, frozenset())

    def is_bare(self, form: Form) -> bool:
        """Whether the form is words that another pair's accord or forum could have too (``Commercial Dialogue``).

        The longer full name begins with the countries, or the accord of a pair has but a head and a topic (``Framework
        Agreement on Cooperation in ...``). An acronym, and a title that says it all, stand for it alone.
        """
        bare = self._bare.get(form.text)
        if bare is None:
            words = form.text.split(" ")
            told = [word for word in words if word[:1].isupper()] if form.kind == "forum" else words
            named = len(words) > 1 and len(told) < _TITLE and bool(self.countries(form.entry.name))
            topical = len(form.entry.members) in _PAIR and self._on_topic.match(form.text) is not None
            bare = self._bare[form.text] = (named or topical) and not self._says_whose(form.text, words)
        return bare

    def _says_whose(self, text: str, words: list[str]) -> bool:
        """Whether the form itself has the countries, or an acronym in front."""
        if _OWN.match(words[0]) or self.countries(text):
            return True
        return any(self._country(word, 0)[1] for word in words if "-" in word)

    def partners(self, name: str) -> bool:
        """Whether the name begins with a compound of which one part is a country (``ASEAN-Japan Centre``)."""
        first = name.partition(" ")[0]
        parts = first.split("-")
        return len(parts) > 1 and any(f.kind == "party" for part in parts for f in self._index.owners(part))

    def countries(self, name: str) -> list[str]:
        """The countries of the hyphenated compound that the name begins with, where there are two or more."""
        sides: list[str] = []
        at = 0
        while True:
            end, side = self._country(name, at)
            if side is None:
                return []
            sides.append(side)
            if name[end : end + 1] != "-":
                return sides if len(sides) > 1 and name[end : end + 1] == " " else []
            at = end + 1

    def _country(self, name: str, at: int) -> tuple[int, str | None]:
        """The longest country word at ``at``: where it ends, and its code."""
        found: tuple[int, str | None] = (at, None)
        end = at
        for _ in range(_LONGEST):
            end = min((i for i in (name.find(" ", end + 1), name.find("-", end + 1)) if i != -1), default=-1)
            if end == -1:
                break
            for form in self._index.owners(name[at:end]):
                if form.kind == "party":
                    found = (end, form.entry.side)
        return found
