"""The statement's own parties: who `we` and `the two sides` are."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import Annotations, annotations
from communique.knowledge import KnowledgeComponent, KnowledgeFile


@lru_cache(maxsize=8)
def country_names(source: KnowledgeFile) -> dict[str, str]:
    """ISO code by every name, abbreviation and adjective in `parties.toml`."""
    names: dict[str, str] = {}
    for entry in source.data["party"]:
        forms = [entry["name"], entry.get("acronym"), *entry.get("aliases", []), *entry.get("adjectives", [])]
        forms += [guarded["form"] for guarded in entry.get("guarded", [])]
        for form in forms:
            if form:
                names.setdefault(form, entry["iso"])
    return names


def sides_in(text: str, pattern: re.Pattern[str], names: dict[str, str]) -> list[str]:
    """ISO codes of the countries that a text names, in their order, each once."""
    return list(dict.fromkeys(names[m.group()] for m in pattern.finditer(text)))


class PartiesComponent(KnowledgeComponent):
    """Tells the statement's parties from its title, its opening and the meetings' members."""

    files = ("parties.toml", "forums.toml", "meetings.toml")

    def build(self) -> None:
        """Make one pattern of all country names."""
        self.names = country_names(self.sources["parties.toml"])
        forms = sorted(self.names, key=lambda form: (-len(form), form))
        self.pattern = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w])")
        rules = self.sources["meetings.toml"].data["parties"]
        self.unilateral, self.mutual, self.speaks = (
            re.compile(rules[key], re.IGNORECASE) for key in ("unilateral", "mutual", "speaks")
        )
        self.members = {
            form: entry["members"]
            for entry in self.sources["forums.toml"].data.get("forum", [])
            if entry.get("members")
            for form in (entry["name"], entry.get("acronym"), *entry.get("aliases", []))
            if form
        }

    def __call__(self, doc: Doc) -> Doc:
        """Set the Doc's parties."""
        found = annotations(doc)
        found.parties = self._parties(doc.text, found)
        return doc

    def _parties(self, text: str, found: Annotations) -> list[str]:
        title = found.title or ""
        named = sides_in(title, self.pattern, self.names)
        if len(named) >= 2 or (named and self.unilateral.search(title)):
            return named
        for form in sorted(self.members, key=lambda form: (-len(form), form)):
            if re.search(rf"\b{re.escape(form)}\b", title):
                return list(self.members[form])
        opening = self._opening(text, found)
        if len(opening) >= 2:
            return named + [side for side in opening if side not in named]
        counts = Counter(m.entity.side for m in found.mentions if m.kind == "party" and m.entity.side)
        if self.mutual.search(text):
            frequent = [side for side, _ in counts.most_common(2)]
            return named + [side for side in frequent if side not in named][: 2 - len(named)]
        return named or [side for side, _ in counts.most_common(1)]

    def _opening(self, text: str, found: Annotations) -> list[str]:
        """The countries of the first sentence that says who met or who speaks."""
        for start, end in found.sentences[:8]:
            words = text[start:end]
            if self.speaks.search(words):
                sides = sides_in(words, self.pattern, self.names)
                if len(sides) >= 2:
                    return sides
        return []


@Language.factory("communique_parties")
def create(nlp: Language, name: str) -> PartiesComponent:
    """The factory that a model's config.cfg names."""
    return PartiesComponent()
