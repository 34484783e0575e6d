"""What a text calls its names later on: acronyms that it defines, and capitalised short forms (``the Accords``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter, itemgetter

from communique.annotations import Entity, Mention
from communique.knowledge import alternation
from communique.naming.acronyms import abbreviates, bracketed, long_form_start, reorders
from communique.naming.beginnings import Forms
from communique.naming.entities import Resolver
from communique.naming.heads import FormRules, Head
from communique.naming.passage import Passage, any_of
from communique.naming.surroundings import begins_word
from communique.words import Facts

_INSIDE = re.compile(r"[\w@.-]")
"""What an acronym does not stand after; asked after a match, because a lookbehind in front is slow to search with."""

_NICKNAME = re.compile(r" [\"\u201c]([A-Z][\w-]*(?: [A-Z0-9][\w-]*){0,2}),?[\"\u201d]")

_LONGEST_HEAD = 3
"""How many words make the longest head that a text shortens its names to (``the Memorandum of Understanding``)."""

_BEFORE = 3
"""How many words before such a head belong to what a text shortens a name to (``the Global Coalition``)."""

_LONGEST_WORD = 40
"""How many characters make the longest of them, so that time stays linear."""

_DATED = 20
"""How many characters before a short form may hold `the` and a day: `the September 30 Summit`."""

_start = attrgetter("start")

_FOREIGN = 3
"""How many letters an acronym must have that is not made of the name's own."""


class LaterNames:
    """Adds the mentions by acronym and by short form to those found before."""

    def __init__(self, rules: FormRules, resolver: Resolver) -> None:
        self._unlisted = resolver.unlisted
        self._owners = resolver.owners
        self._known = resolver.known
        self._rules = rules
        self._heads = {w: h for w, h in rules.heads.items() if h.short}
        attributed = alternation(rules.words["attributed"])
        self._resolutions = {word for word in rules.resolution_words if word[0].isupper()}
        self._short = Forms(
            {*self._heads, *self._resolutions}, rf"(?!\w|-\w| [A-Z])(?! (?:of|on) (?:the )?[A-Z])( (?:{attributed})\b)?"
        )
        self._purpose = re.compile(r" for (?:the )?(?=[A-Z])")
        self.sought = self._short.beginnings
        """What is looked for in a passage, but for the acronyms that it defines."""
        between = ("", *(f"{word} " for word in rules.words["before_short"]))
        kinds = {head.kind for head in self._heads.values()}
        self._callings = {kind: Facts(partial(self._head_nouns, kind)) for kind in kinds}
        self._abbreviations: dict[str, list[str]] = defaultdict(list)
        for word, head in self._heads.items():
            if head.full:
                self._abbreviations[head.full].append(word)
        self._within = tuple(f"{word} " for word in rules.words["within_short"])
        self._dated = re.compile(rf"(?:The|the|this) (?:{alternation(rules.words['months'])})(?: \d{{1,2}})? \Z")
        self._pointed = tuple(f"{the} {word}" for the in ("The", "the", "This", "this") for word in between)
        self._noun_after = re.compile(rf" (?:{alternation(rules.lower_heads)})(?!\w)")
        self._any_head = re.compile(rf"(?<![\w-])(?:{alternation(rules.heads)})(?!\w)")

    def acronyms(self, passage: Passage, mentions: list[Mention]) -> list[Mention]:
        """``mentions`` with the acronyms that the text defines, in their brackets and after them."""
        text = passage.text
        brackets = bracketed(text)
        if not brackets:
            return mentions
        mentions = self._without_others(passage, mentions, brackets)
        by_end = {m.end: m for m in mentions}
        defined: dict[str, list[tuple[int, Entity]]] = {}
        added: list[Mention] = []
        of_entity: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            of_entity[mention.entity.id].append(mention)
        for m in brackets:
            acronym, start, end = m.group(1), m.start(1), m.end(1)
            owner = by_end.get(m.start()) or by_end.get(self._name_end(text, m.start()))
            if owner is None:
                owner = self._long_form(passage, acronym, m.start(), m.end(), mentions)
                if owner is not None:
                    added.append(owner)
                    of_entity[owner.entity.id].append(owner)
            elif (numbered := self._numbered(acronym, owner, text)) is not None:
                owner.entity = numbered
            elif not self._explains(acronym, owner, of_entity[owner.entity.id], text):
                owner = None
            if owner is not None:
                same = of_entity[owner.entity.id]
                entity = self._last_within(acronym, owner, text) or self._acronym_of(owner, acronym, same)
                defined.setdefault(acronym, []).append((start, entity))
                added.append(Mention(entity.kind, start, end, entity, "acronym:defined"))
                same.append(added[-1])
        if not defined:
            return mentions
        return self._repeated(passage, _replaced(mentions, added), defined)

    def _without_others(
        self, passage: Passage, mentions: list[Mention], brackets: Sequence[re.Match[str]]
    ) -> list[Mention]:
        """``mentions`` without acronyms in need of context for which the text gives other words.

        In ``Partnership to Advance Clean Energy (PACE)`` the acronym is not that of a mission.
        """
        text = passage.text
        other: dict[str, int] = {}
        ends = {m.end for m in mentions}
        for m in brackets:
            forms = self._owners(m.group(1))
            if not forms or any(f.guard is None or not f.guard.near for f in forms):
                continue
            if m.start() in ends or self._name_end(text, m.start()) in ends:
                continue
            start = long_form_start(text, m.start(), m.group(1), passage.line(m.start())[0])
            if start is not None and " " in text[start : m.start()]:
                other.setdefault(m.group(1), m.start())
        return (
            [m for m in mentions if not other.get(text[m.start : m.end], m.start + 1) <= m.start] if other else mentions
        )

    def _name_end(self, text: str, end: int) -> int:
        """Where the name ends that a possessive or a common noun follows up to ``end`` (``Tycho Ice module``).

        ``end`` if none does.
        """
        if text.endswith("'s", 0, end):
            return end - 2
        begin = text.rfind(" ", 0, end) + 1
        return begin - 1 if text[begin:end] in self._rules.lower_heads else end

    def _last_within(self, acronym: str, owner: Mention, text: str) -> Entity | None:
        """The listed entity with this acronym whose name ends that of an accord.

        In ``Guide for Partners of the Deep Space Network (DSN)`` the acronym is the network's.
        """
        if owner.entity.known or owner.kind not in ("forum", "instrument"):
            return None
        entries = [f.entry for f in self._owners(acronym) if f.entry.acronym == acronym]
        found = next((e for e in entries if text.endswith(f" {e.name}", owner.start, owner.end)), None)
        return self._known(found) if found is not None else None

    def _numbered(self, acronym: str, owner: Mention, text: str) -> Entity | None:
        """The numbered meeting whose acronym follows the name that all of its kind share.

        In ``the 26th Conference of the Parties (COP26)`` the number stands before the mention.
        """
        if owner.kind != "forum" or not acronym[-1].isdecimal():
            return None
        entries = [f.entry for f in self._owners(acronym) if f.kind == "forum" and f.entry.acronym == acronym]
        words = f" {text[owner.start : owner.end]} "
        found = next((e for e in entries if e.name[0].isdecimal() and words in f" {e.name} "), None)
        return self._known(found) if found is not None else None

    def _explains(self, acronym: str, owner: Mention, mentions: Sequence[Mention], text: str) -> bool:
        """Whether the name before a bracket is what the acronym in it stands for."""
        if not owner.entity.known and owner.kind in ("forum", "instrument"):
            self._complete(acronym, owner, mentions)
        by_number = owner.kind == "forum" and acronym[0].isdecimal()  # `2+2`, how many ministers of each side meet
        return by_number or _stands_for(acronym, owner, text) or self._foreign(acronym, owner)

    def _complete(self, acronym: str, owner: Mention, mentions: Sequence[Mention]) -> None:
        """Give ``mentions`` of a name that no lexicon lists the listed one that ends so and has this acronym.

        ``Defense Acceleration Ecosystem (INDUS-X)`` is the ``U.S.-India Defense Acceleration Ecosystem``.
        """
        entries = {f.entry.id: f.entry for f in self._owners(acronym) if f.kind == owner.kind}
        longer = [e for e in entries.values() if e.acronym == acronym and e.name.endswith(f" {owner.entity.name}")]
        if len(longer) == 1:
            for mention in mentions:
                mention.entity = self._known(longer[0])

    @staticmethod
    def _acronym_of(owner: Mention, acronym: str, mentions: Sequence[Mention]) -> Entity:
        """The owner's entity; one that no lexicon lists learns its acronym, in all ``mentions`` of it."""
        entity = owner.entity
        if entity.acronym or entity.known or entity.kind == "party":
            return entity
        learned = Entity(entity.id, entity.kind, entity.name, acronym, entity.side, entity.known)
        for mention in mentions:
            mention.entity = learned
        return learned

    def _foreign(self, acronym: str, owner: Mention) -> bool:
        """Whether the bracket behind a name holds its acronym in another language (``INEGI``).

        Not where the letters are those of a part of the name, or of something else that is listed.
        """
        name = owner.entity.name
        known = owner.entity.known and owner.kind != "agency"  # whose names in their own language are not all listed
        return (
            owner.kind != "party"
            and not (known or owner.entity.acronym)
            and acronym.isalpha()
            and sum(map(str.isupper, acronym)) >= max(_FOREIGN, len(acronym) - 1)
            and not self._owners(acronym)
            and long_form_start(name, len(name), acronym, 0) is None
        )

    def _long_form(
        self, passage: Passage, acronym: str, end: int, close: int, mentions: Sequence[Mention]
    ) -> Mention | None:
        """A name that only its acronym shows to be one; a head noun in it or after the brackets gives the kind."""
        if not acronym.isupper() and sum(c.isupper() for c in acronym) < 2:
            return None
        start = long_form_start(passage.text, end, acronym, passage.line(end)[0])
        if start is None or _party_within(mentions, start, end):
            return None
        name = passage.text[start:end]
        if len(name.split()) < 2 or any(w.islower() and len(w) > 3 for w in name.split()):
            return None
        head = self._head_of(name)
        if head is not None:
            linked = name.partition(head.word)[2].split(" ", 2)[-1]
            if any(f" {word} " in f" {name} " for word in head.refuse) or linked.startswith(head.refuse_after):
                return None
            if head.near and not passage.says(start, any_of(head.near)):
                return None
            return Mention(head.kind, start, end, self._unlisted(head.kind, name, None, acronym), "form:acronym")
        if self._noun_after.match(passage.text, close):
            return Mention("mission", start, end, self._unlisted("mission", name, None, acronym), "form:acronym")
        return None

    def _head_of(self, name: str) -> Head | None:
        """The head of a long form: its last word, or the first head noun that a link follows."""
        if name in self._rules.heads:
            return None
        for m in self._any_head.finditer(name):
            head = self._rules.heads[m.group()]
            linked = name[m.end() :].startswith(tuple(f" {link} " for link in head.links))
            if (m.end() == len(name) and (head.front or head.acronym)) or linked:
                return head
        return None

    def _repeated(
        self, passage: Passage, found: list[Mention], defined: dict[str, list[tuple[int, Entity]]]
    ) -> list[Mention]:
        """``found`` with every later occurrence of the acronyms, which the definition before it explains."""
        added = []
        starts = {m.start: m for m in found}
        for start, end, acronym, _ in Forms(defined, r"(?!\w|\.\w)").find(passage):
            if _INSIDE.match(passage.text, max(start - 1, 0), start):
                continue
            told = bisect_left(defined[acronym], start, key=itemgetter(0))
            entity = defined[acronym][told - 1][1] if told else None
            same = starts.get(start)
            if entity is None or (same is not None and (same.end > end or same.entity.id == entity.id)):
                continue
            added.append(Mention(entity.kind, start, end, entity, "acronym"))
        return _replaced(found, added)

    def nicknames(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """``mentions`` with what stands in quotes behind the name of a mission: ``Dust Module "Selene"``."""
        added = []
        for index, mention in enumerate(mentions):
            if mention.kind != "mission" or not text.startswith((' "', " \u201c"), mention.end):
                continue
            called = _NICKNAME.match(text, mention.end)
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            if called is not None and (after is None or after.start >= called.end()):
                added.append(Mention("mission", *called.span(1), mention.entity, "nickname"))
        return sorted(mentions + added, key=_start) if added else mentions

    def short_forms(self, passage: Passage, mentions: list[Mention], titled: Sequence[Entity]) -> list[Mention]:
        """``mentions`` with capitalised short forms of the names that stand before them or in the title."""
        last: dict[str, Entity] = {}
        for entity in titled:
            self._remember(last, entity)
        own = {**last}
        position = 0
        added = []
        parties = {m.start for m in mentions if m.kind == "party"}
        for head_start, end, called, tail in self._short.find(passage):
            while position < len(mentions) and mentions[position].start < head_start:
                self._remember(last, mentions[position].entity)
                position += 1
            start, called = self._whole(passage.text, head_start, called, last)
            if not tail.group(1) and not self._points(passage.text, start):
                continue
            purpose = self._purpose.match(passage.text, end)
            if purpose is not None and purpose.end() not in parties:
                continue
            owner = last.get(called)
            if owner is not None and owner.acronym is not None:
                owner = own.get(called, owner)  # another name that has an acronym is called by that
            if owner is not None and not _overlaps(mentions, position, start, end):
                added.append(Mention(owner.kind, start, end, owner, "short"))
        return sorted(mentions + added, key=_start) if added else mentions

    def _whole(self, text: str, at: int, called: str, last: Mapping[str, Entity]) -> tuple[int, str]:
        """Where a short form begins whose head stands at ``at``, and the form: `the Joint Taskforce`.

        With words before its head that a name has there, it is that name's and no other's: `the High-Level Dialogue`.
        """
        if text.endswith(self._within, 0, at):
            return text.rfind(" ", 0, at - 1) + 1, called
        start, begin = at, at
        for _ in range(_BEFORE):
            blank = text.rfind(" ", max(begin - _LONGEST_WORD, 0), max(begin - 1, 0))
            if blank < 0:
                break
            begin = blank + 1
            if text[begin:at] + called in last:
                start = begin
        return start, text[start:at] + called

    def _points(self, text: str, at: int) -> bool:
        """Whether `the` or `this` stands before ``at``, with no more than one word or a day between."""
        if not text.endswith(self._pointed, 0, at):
            return self._dated.search(text, max(0, at - _DATED), at) is not None
        return any(text.endswith(words, 0, at) and begins_word(text, at - len(words)) for words in self._pointed)

    def _remember(self, last: dict[str, Entity], entity: Entity) -> None:
        """Note by which head nouns the entity can be called, and with which words before them."""
        if entity.kind in self._callings:
            for called in self._callings[entity.kind][entity.name]:
                last[called] = entity

    def _head_nouns(self, kind: str, name: str) -> tuple[str, ...]:
        """The head nouns of a name, its last one and each that a link follows, with words before them and without."""
        words = name.split()
        found = [word for word in words if kind == "instrument" and word in self._resolutions]
        for index in range(len(words)):
            for end in range(index + 1, min(index + _LONGEST_HEAD, len(words)) + 1):
                called = " ".join(words[index:end])
                head = self._heads.get(called)
                if head is None or head.kind != kind or len(words) == end - index:
                    continue
                if end == len(words) or words[end] in head.links:
                    before = [words[begin:index] for begin in range(max(index - _BEFORE, 0), index + 1)]
                    for noun in (called, *self._abbreviations.get(called, ())):
                        found += (" ".join((*some, noun)) for some in before)
        return tuple(found)


def _party_within(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a party is named in the span; ``mentions`` stand in the order of the text and do not overlap."""
    index = bisect_left(mentions, end, key=lambda m: m.start)
    while index > 0 and mentions[index - 1].end > start:
        index -= 1
        if mentions[index].kind == "party":
            return True
    return False


def _stands_for(acronym: str, owner: Mention, text: str) -> bool:
    return (
        acronym == owner.entity.acronym
        or owner.entity.name.endswith(" " + acronym)
        or abbreviates(acronym, text[owner.start : owner.end])
        or abbreviates(acronym, owner.entity.name)
        or reorders(acronym, owner.entity.name)
    )


def _replaced(found: Sequence[Mention], added: Sequence[Mention]) -> list[Mention]:
    """Both in the order of the text; an added mention takes the place of those that it covers, and yields to longer.

    ``found`` stand in the order of the text and do not overlap.
    """
    added = sorted(added, key=_start)
    covered: set[int] = set()
    reach = 0
    for mention in added:
        index = bisect_left(found, max(mention.start, reach), key=_start)
        if index and found[index - 1].end > mention.start and found[index - 1].start >= reach:
            index -= 1
        while index < len(found) and found[index].start < mention.end:
            if found[index].end - found[index].start <= mention.end - mention.start:
                covered.add(index)
            index += 1
        reach = max(reach, mention.end)
    kept = [mention for index, mention in enumerate(found) if index not in covered]
    clear = [
        mention
        for mention in added
        if not _overlaps(kept, bisect_left(kept, mention.start, key=_start), mention.start, mention.end)
    ]
    return sorted(kept + clear, key=_start)


def _overlaps(found: Sequence[Mention], index: int, start: int, end: int) -> bool:
    return (index < len(found) and found[index].start < end) or (index > 0 and found[index - 1].end > start)
