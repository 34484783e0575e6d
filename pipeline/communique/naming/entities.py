"""From a name in the text to the entity that it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from communique.annotations import Entity
from communique.lexicon import Entry, Form, Lexicon
from communique.naming.countries import SideEvidence, pair_name
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules
from communique.naming.matching import Hit
from communique.records import Kind

_NOT_SLUG = re.compile(r"[^\w]+|_")


def entity_of(entry: Entry) -> Entity:
    """The record's entity for a lexicon entry."""
    return Entity(entry.id, entry.kind, entry.name, entry.acronym, entry.side, known=True)


def unknown(kind: Kind, name: str, side: str | None = None, acronym: str | None = None) -> Entity:
    """An entity that no lexicon lists."""
    slug = _NOT_SLUG.sub("-", name.lower()).strip("-") or "unnamed"
    return Entity(f"{kind}:{side.lower() + '-' if side else ''}{slug}", kind, name, acronym, side, known=False)


class Resolver:
    """Ties names to entities, with the countries of the context."""

    def __init__(self, lexicon: Lexicon, rules: FormRules) -> None:
        self.rules = rules
        self.names: Mapping[str, str] = {
            e.side: e.name for e in lexicon.entries.values() if e.kind == "party" and e.side
        }
        self._by_form: dict[tuple[str, str], tuple[Form, ...]] = {}
        for form in lexicon.forms:
            if form.guard is None or not (form.guard.near or form.guard.before or form.guard.after):
                key = (form.kind, form.text)
                self._by_form[key] = (*self._by_form.get(key, ()), form)
        self._entities = {e.id: entity_of(e) for e in lexicon.entries.values()}

    def known(self, entry: Entry) -> Entity:
        """The one Entity object of a lexicon entry."""
        return self._entities[entry.id]

    def listed(self, hit: Hit, evidence: SideEvidence) -> Entity:
        """The entity of a lexicon hit; the country in the context decides between those that share the form."""
        form = hit.forms[0]
        if not form.shared:
            return self.known(form.entry)
        return self._shared(hit.forms, form.text, hit.start, hit.end, evidence)

    def _shared(self, forms: Sequence[Form], text: str, start: int, end: int, evidence: SideEvidence) -> Entity:
        by_side = {f.entry.side: f.entry for f in reversed(forms)}
        side = self._side(start, end, evidence, frozenset(s for s in by_side if s), self._never(text))
        if side in by_side:
            return self.known(by_side[side])
        if side is None and None in by_side:
            return self.known(by_side[None])
        name = text
        if name.isupper():
            name = next((f.entry.name for f in forms), text)
        return unknown("agency", name, side)

    def _never(self, text: str) -> frozenset[str]:
        for word, head in self.rules.heads.items():
            if head.never and (word in text):
                return head.never
        return frozenset()

    def _side(
        self, start: int, end: int, evidence: SideEvidence, having: frozenset[str], never: frozenset[str]
    ) -> str | None:
        """The country of a body: beside the name, then in its sentence, then the one party that can have it."""
        side = evidence.beside(start, end)
        if side is not None and side not in never:
            return side
        parties = [s for s in evidence.so_far(start) if s not in never]
        for allowed in ([frozenset(parties)] if parties else []) + ([having] if having else []):
            side = evidence.nearby(start, end, allowed - never)
            if side is not None:
                return side
        if len(parties) == 1:
            return parties[0]
        able = [s for s in parties if s in having]
        return able[0] if len(able) == 1 else None

    def formed(self, found: Candidate, text: str, evidence: SideEvidence, series: Sequence[str]) -> Entity:
        """The entity of a name by its form: a listed one where the canonical name is listed."""
        name = found.name or text[found.start : found.end]
        if found.rule.startswith("form:embassy:"):
            return unknown("agency", name, found.rule.rpartition(":")[2])
        listed = self._by_form.get((found.kind, name))
        if listed is not None:
            if not listed[0].shared:
                return self.known(listed[0].entry)
            return self._shared(listed, name, found.start, found.end, evidence)
        if found.kind == "agency":
            head = found.head
            never = head.never if head is not None else frozenset()
            name, own = self._without_country(name, evidence, found)
            side = own or self._side(found.start, found.end, evidence, frozenset(), never)
            return unknown("agency", name, side)
        if found.head is not None and found.head.pair:
            name = self._completed(name, series)
            listed = self._by_form.get((found.kind, name))
            if listed is not None:
                return self.known(listed[0].entry)
        return unknown(found.kind, name)

    def _without_country(self, name: str, evidence: SideEvidence, found: Candidate) -> tuple[str, str | None]:
        inner = evidence.inside(found.start, found.head_start)
        return (name, inner) if inner else (name, None)

    def _completed(self, name: str, series: Sequence[str]) -> str:
        """A bare series name with the parties of the statement: ``U.S.-Iraq Strategic Dialogue``."""
        words = name.split()
        if "-" in words[0] and any(p and p[0].isupper() for p in words[0].split("-")[1:]):
            return name
        if self.rules.pair_global.intersection(words):
            return name
        pair = pair_name(series, self.names, self.rules.pair_short)
        return f"{pair} {name}" if pair else name
