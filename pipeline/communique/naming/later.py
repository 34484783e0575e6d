"""What a text calls its names later on: acronyms that it defines, and capitalised short forms (``the Accords``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from communique.annotations import Entity, Mention
from communique.naming.acronyms import BRACKETED, abbreviates, long_form_start
from communique.naming.entities import unknown
from communique.naming.heads import FormRules, alternation
from communique.naming.passage import Passage


class LaterNames:
    """Adds the mentions by acronym and by short form to those found before."""

    def __init__(self, rules: FormRules) -> None:
        self._rules = rules
        self._heads = {w: h for w, h in rules.heads.items() if h.short}
        words = alternation([w for w in self._heads if w not in ("Network", "Platform", "Alliance", "Framework")])
        self._short = re.compile(rf"(?<!\w)[Tt](?:he|his) ({words})(?!\w|-\w| [A-Z])(?! (?:of|on|for) (?:the )?[A-Z])")
        self._last_head = re.compile(rf"(?<![\w-])(?:{alternation(list(rules.heads))})(?!\w)")

    def acronyms(self, passage: Passage, mentions: list[Mention]) -> list[Mention]:
        """``mentions`` with the acronyms that the text defines, in their brackets and after them."""
        text = passage.text
        by_end = {m.end: m for m in mentions}
        by_start = {m.start: m for m in mentions}
        defined: dict[str, list[tuple[int, Entity]]] = {}
        found = list(mentions)
        for m in BRACKETED.finditer(text):
            acronym, start, end = m.group(1), m.start(1), m.end(1)
            owner = by_end.get(m.start())
            if owner is None:
                owner = self._long_form(passage, acronym, m.start(), m.end(), mentions)
                if owner is not None:
                    found = [x for x in found if not (x.start < owner.end and owner.start < x.end)] + [owner]
            elif not (acronym == owner.entity.acronym or abbreviates(acronym, owner.entity.name)):
                if not abbreviates(acronym, text[owner.start : owner.end]):
                    continue
            if owner is None:
                continue
            entity = _with_acronym(owner.entity, acronym)
            if entity is not owner.entity:
                for x in found:
                    if x.entity.id == entity.id:
                        x.entity = entity
            defined.setdefault(acronym, []).append((start, entity))
            if start in by_start:
                found = [x for x in found if x.start != start]
            found.append(Mention(entity.kind, start, end, entity, "acronym:defined"))
        return self._repeated(text, found, defined)

    def _long_form(
        self, passage: Passage, acronym: str, end: int, close: int, mentions: Sequence[Mention]
    ) -> Mention | None:
        """A name that only its acronym shows to be one; its last head noun, or the noun after the brackets, gives the kind."""
        if not acronym.isupper() and sum(c.isupper() for c in acronym) < 2:
            return None
        start = long_form_start(passage.text, end, acronym, passage.line(end)[0])
        if start is None or any(x.start < end and start < x.end and x.kind == "party" for x in mentions):
            return None
        name = passage.text[start:end]
        if len(name.split()) < 2 or any(w.islower() and len(w) > 3 for w in name.split()):
            return None
        heads = list(self._last_head.finditer(name))
        if heads:
            head = self._rules.heads[heads[-1].group()]
            if heads[-1].end() == len(name) or head.links:
                return Mention(head.kind, start, end, unknown(head.kind, name, None, acronym), "form:acronym")
        follows = re.compile(rf" (?:{alternation(self._rules.lower_heads)})(?!\w)").match(passage.text, close)
        if follows:
            return Mention("mission", start, end, unknown("mission", name, None, acronym), "form:acronym")
        return None

    def _repeated(
        self, text: str, found: list[Mention], defined: dict[str, list[tuple[int, Entity]]]
    ) -> list[Mention]:
        if not defined:
            return found
        found.sort(key=lambda x: x.start)
        for m in re.finditer(rf"(?<![\w@.-])(?:{alternation(defined)})(?!\w|\.\w)", text):
            entity = next((e for at, e in reversed(defined[m.group()]) if at < m.start()), None)
            if entity is None:
                continue
            index = bisect_left(found, m.start(), key=lambda x: x.start)
            if index < len(found) and found[index].start == m.start() and found[index].end == m.end():
                found[index] = Mention(entity.kind, m.start(), m.end(), entity, found[index].rule if found[index].entity.id == entity.id else "acronym")
            elif not _overlaps(found, index, m.start(), m.end()):
                found.insert(index, Mention(entity.kind, m.start(), m.end(), entity, "acronym"))
        return found

    def short_forms(self, passage: Passage, mentions: list[Mention], titled: Sequence[Entity]) -> list[Mention]:
        """``mentions`` with capitalised short forms of the names that stand before them or in the title."""
        found = sorted(mentions, key=lambda x: x.start)
        last: dict[str, Entity] = {}
        for entity in titled:
            self._remember(last, entity)
        position = 0
        added = []
        for m in self._short.finditer(passage.text):
            while position < len(found) and found[position].start < m.start():
                self._remember(last, found[position].entity)
                position += 1
            owner = last.get(m.group(1))
            index = bisect_left(found, m.start(1), key=lambda x: x.start)
            if owner is not None and not _overlaps(found, index, m.start(1), m.end(1)):
                added.append(Mention(owner.kind, m.start(1), m.end(1), owner, "short"))
        return sorted(found + added, key=lambda x: x.start)

    def _remember(self, last: dict[str, Entity], entity: Entity) -> None:
        for word in (entity.name.rpartition(" ")[2], " ".join(entity.name.split()[-2:]), entity.name.split()[0]):
            head = self._heads.get(word)
            if head is not None and head.kind == entity.kind and word != entity.name:
                last[word] = entity


def _with_acronym(entity: Entity, acronym: str) -> Entity:
    if entity.acronym or entity.known or entity.kind == "party":
        return entity
    return Entity(entity.id, entity.kind, entity.name, acronym, entity.side, entity.known)


def _overlaps(found: Sequence[Mention], index: int, start: int, end: int) -> bool:
    return (index < len(found) and found[index].start < end) or (index > 0 and found[index - 1].end > start)
