"""From a name in the text to the entity that it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from communique.annotations import Entity
from communique.lexicon import Entry, Form, Lexicon
from communique.naming.bilateral import BilateralNames
from communique.naming.countries import SideEvidence, pair_name, with_article
from communique.naming.earlier import KINDS, EarlierNames
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules
from communique.naming.matching import FormIndex, Hit
from communique.records import Kind

_LOOSE_HYPHEN = re.compile(r"(?<=[\w.]) ?- (?=[A-Z])")
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

    def __init__(self, lexicon: Lexicon, index: FormIndex, rules: FormRules) -> None:
        self.rules = rules
        self.names: Mapping[str, str] = {
            e.side: e.name for e in lexicon.entries.values() if e.kind == "party" and e.side
        }
        self._index = index
        self.owners = index.owners
        self._entities: dict[str, Entity] = {}
        self._listed_ids = frozenset(lexicon.entries)
        self.bilateral = BilateralNames(lexicon.entries.values(), index, rules)

    def unlisted(self, kind: Kind, name: str, side: str | None = None, acronym: str | None = None) -> Entity:
        """An entity that no lexicon lists, under an id that no lexicon has."""
        short = next((s for s in self.rules.written_out if name.startswith(s)), None)
        name = self.rules.written_out[short] + name[len(short) :] if short is not None else name
        entity = unknown(kind, name, side, acronym)
        if entity.id not in self._listed_ids:
            return entity
        return Entity(f"{entity.id}-unlisted", kind, name, acronym, side, known=False)

    def _listed(self, kind: Kind, name: str) -> tuple[Form, ...]:
        """The forms of this kind that are written so and need no context."""
        forms = (f for f in self._index.owners(name) if f.kind == kind)
        return tuple(f for f in forms if f.guard is None or not (f.guard.near or f.guard.before or f.guard.after))

    def known(self, entry: Entry) -> Entity:
        """The one Entity object of a lexicon entry."""
        entity = self._entities.get(entry.id)
        if entity is None:
            entity = self._entities[entry.id] = entity_of(entry)
        return entity

    def is_listed(self, name: str) -> bool:
        """Whether exactly one agency of the lexicon has this form."""
        forms = self._listed("agency", name)
        return bool(forms) and not forms[0].shared

    def is_any(self, name: str) -> bool:
        """Whether an agency of the lexicon has this form, were it several countries' own."""
        return any(f.kind == "agency" for f in self._index.owners(name))

    def is_mission(self, name: str) -> bool:
        """Whether exactly one mission of the lexicon is called so, whatever context its guard asks for."""
        return self._guarded_mission(name) is not None

    def is_other(self, name: str) -> bool:
        """Whether something that is no mission is called so in the lexicon."""
        return any(form.kind != "mission" for form in self._index.owners(name))

    def _guarded_mission(self, name: str) -> Entry | None:
        """The one mission that is called so in some contexts: a noun such as ``spacecraft`` beside it is one."""
        entries = {f.entry.id: f.entry for f in self._index.owners(name) if f.kind == "mission"}
        return next(iter(entries.values())) if len(entries) == 1 else None

    def is_grouping(self, entity: Entity) -> bool:
        """Whether a forum has members that its name does not say."""
        return entity.kind == "forum" and entity.known and not self.bilateral.countries(entity.name)

    def is_loose(self, form: Form) -> bool:
        """Whether several accords or forums can be called so: the text must say which one it means."""
        return form.kind in KINDS and (form.shared or self.bilateral.is_bare(form))

    def listed(self, hit: Hit, evidence: SideEvidence, earlier: EarlierNames) -> Entity:
        """The entity of a lexicon hit; the country in the context decides between those that share the form.

        What several accords or forums can be called means the latest of them that the text has named.
        """
        form = hit.forms[0]
        if form.kind == "instrument" and (national := self._national(hit, evidence)) is not None:
            return national
        if form.kind in KINDS and self.is_loose(form):
            latest = earlier.called(form.text, form.kind)
            return latest or self._loose(hit.forms, form.text, hit.start, evidence)
        if form.shared:
            return self._shared(hit.forms, form.text, hit.start, hit.end, evidence)
        other = self._of_another(form, hit.start, evidence) if form.kind == "agency" else None
        return other or self.known(form.entry)

    def _national(self, hit: Hit, evidence: SideEvidence) -> Entity | None:
        """The strategy or law of the country before it or of its sentence, where each country has its own."""
        if any(len(form.entry.members) != 1 for form in hit.forms):
            return None
        side = evidence.before(hit.start)
        if side is None and len(hit.forms) > 1:
            side = evidence.nearby(hit.start, hit.end, frozenset(form.entry.members[0] for form in hit.forms))
        if side is None:
            return None
        entry = next((form.entry for form in hit.forms if form.entry.members == (side,)), None)
        return self.known(entry) if entry is not None else self.unlisted("instrument", hit.forms[0].text)

    def _of_another(self, form: Form, start: int, evidence: SideEvidence) -> Entity | None:
        """Another country's body that bears the name of a listed one (``Korea Food and Drug Administration``).

        The country's name is part of it, but before a department or office.
        """
        own = form.entry.side
        if own is None or " " not in form.text:
            return None
        side = evidence.before(start)
        if side is None or side == own:
            return None
        head = self.rules.heads.get(form.text.partition(" ")[0])
        country = "" if head is not None and head.either else evidence.noun_before(start)
        return self.unlisted("agency", country + form.text, side)

    def _shared(self, forms: Sequence[Form], text: str, start: int, end: int, evidence: SideEvidence) -> Entity:
        kind = forms[0].entry.kind
        if kind != "agency":
            return self.unlisted(kind, text)
        by_side = {f.entry.side: f.entry for f in reversed(forms)}
        side = self.side(start, end, evidence, frozenset(s for s in by_side if s), self._never(text))
        if side in by_side:
            return self.known(by_side[side])
        name = next((f.entry.name for f in forms), text) if text.isupper() else text
        return self.unlisted(kind, name, side)

    def _loose(self, forms: Sequence[Form], text: str, start: int, evidence: SideEvidence) -> Entity:
        """The accord or forum with a bare name whose members are all parties of the statement.

        The full name of a forum begins with the parties, as does that of a partnership, and of an accord such as many
        pairs have (``Technology Safeguards Agreement``); another accord keeps the text's words.
        """
        form = forms[0]
        kind = form.entry.kind
        of_pairs = kind == "instrument" and form.shared and all(self.bilateral.between(f.entry) for f in forms)
        parties = evidence.parties(start)
        named = frozenset(parties) if of_pairs and len(parties) == 2 else evidence.named_so_far(start)
        fitting = [f.entry for f in forms if named.issuperset(self.bilateral.between(f.entry) or "?")]
        if len(fitting) == 1:
            return self.known(fitting[0])
        head = next((h for word, h in self.rules.heads.items() if h.pair and text.endswith(word)), None)
        return (
            self._paired(kind, text, parties)
            if kind == "forum" or head is not None or of_pairs
            else self.unlisted(kind, text)
        )

    def _paired(self, kind: Kind, name: str, series: Sequence[str]) -> Entity:
        """The entity of a series or partnership, by its name with the parties in front."""
        name = self._completed(name, series)
        listed = self._listed(kind, name)
        return self.known(listed[0].entry) if listed and not self.is_loose(listed[0]) else self.unlisted(kind, name)

    def _never(self, text: str) -> frozenset[str]:
        for word, head in self.rules.heads.items():
            if head.never and (word in text):
                return head.never
        return frozenset()

    def side(
        self, start: int, end: int, evidence: SideEvidence, having: frozenset[str], never: frozenset[str]
    ) -> str | None:
        """The country of a body: beside the name, then in its sentence, then the one party that can have it.

        ``having`` are the countries that are known to have a body of this name, ``never`` those that have none.
        """
        side = evidence.beside(start, end)
        if side is not None and side not in never:
            return side
        parties = [s for s in evidence.parties(start) if s not in never]
        able = [s for s in parties if s in having]
        side = evidence.nearby(start, end, frozenset(parties or having) - never)
        if side is not None and (side in having or (not able and (evidence.titled or not having))):
            return side
        if side is None and not able and having:
            side = evidence.nearby(start, end, having - never)
            if side is not None:
                return side
        if side is not None and len(able) > 1:
            return evidence.nearby(start, end, frozenset(able))
        if len(able) == 1 or len(parties) == 1:
            return (able or parties)[0]
        return None

    def formed(self, found: Candidate, text: str, evidence: SideEvidence) -> Entity:
        """The entity of a name by its form: a listed one where the canonical name is listed."""
        name = found.name or _LOOSE_HYPHEN.sub("-", text[found.start : found.end])
        if found.rule == "form:organ":
            return self._organ(name, found, evidence)
        if found.rule.startswith("form:embassy:"):
            return self.unlisted("agency", name, found.rule.rpartition(":")[2])
        listed = self._listed(found.kind, name)
        if listed and self.is_loose(listed[0]):
            return self._loose(listed, name, found.start, evidence)
        if listed and listed[0].shared:
            return self._shared(listed, name, found.start, found.end, evidence)
        if listed:
            return self.known(listed[0].entry)
        if found.kind == "agency":
            return self._formed_agency(found, name, evidence)
        if found.rule in ("form:lower-head", "form:beside") and (entry := self._guarded_mission(name)) is not None:
            return self.known(entry)
        # A topic in small letters tells a body that the text describes, not the name that the two gave it.
        if found.head is not None and found.head.pair and not name.rpartition(" ")[2].islower():
            return self._paired(
                found.kind, evidence.hyphenated(name, found.start, found.end), evidence.parties(found.start)
            )
        return self.unlisted(found.kind, name)

    def _organ(self, word: str, found: Candidate, evidence: SideEvidence) -> Entity:
        """``the Cabinet`` of the one country that the text can mean, under the name with that country."""
        side = self.side(found.start, found.end, evidence, frozenset(), frozenset())
        country = self.names.get(side or "")
        if country is None:
            return self.unlisted("agency", word)
        name = f"{word} of {with_article(country, self.rules.article)}"
        listed = self._listed("agency", name)
        return self.known(listed[0].entry) if listed else self.unlisted("agency", name, side)

    def _formed_agency(self, found: Candidate, name: str, evidence: SideEvidence) -> Entity:
        """A body by its form; a country word at its head is not part of the name where the lexicon has the rest."""
        never = found.head.never if found.head is not None else frozenset()
        own, rest = evidence.inside(found.start, found.head_start)
        listed = self._listed("agency", name[rest:]) if rest else ()
        if listed:
            entry = next((f.entry for f in listed if f.entry.side == own), None)
            if entry is not None:
                return self.known(entry)
        style = name[rest : found.head_start - found.start].rstrip()
        if found.head is not None and found.head.either and (not style or style in self.rules.words["styles"]):
            name = name[rest:]
        joint = self.bilateral.partners(name)
        side = None if joint else own or self.side(found.start, found.end, evidence, frozenset(), never)
        return self.unlisted("agency", name, side)

    def _opens_listed(self, name: str) -> bool:
        """Whether a name begins with a listed one that tells whose it is (``Blue Dot Network Steering Committee``)."""
        forms = self._index.opening(name)
        return bool(forms) and forms[0].kind in ("forum", "instrument", "mission") and forms[0].text != name

    def _completed(self, name: str, series: Sequence[str]) -> str:
        """A bare series name with the parties of the statement: ``U.S.-Iraq Strategic Dialogue``."""
        name = name.replace(" - ", "-")
        words = name.split()
        if "-" in words[0] and any(p and p[0].isupper() for p in words[0].split("-")[1:]):
            return name
        if self.bilateral.countries(name) or self._opens_listed(name):  # `United States-Peru Dialogue`
            return name
        if self.rules.pair_global.intersection(words):
            return name
        pair = pair_name(series, self.names, self.rules.pair_short)
        return f"{pair} {name}" if pair else name
