"""Finds the names in a text: one pass of the lexicon, then names by form, then what the text itself shortens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from communique.annotations import Entity, Mention
from communique.knowledge import KnowledgeFile, alternation
from communique.layout import view
from communique.lexicon import Spellings, read_lexicon
from communique.naming.beginnings import Cut
from communique.naming.coordination import CoordinatedNames
from communique.naming.countries import SideEvidence, SideWords, sides_named
from communique.naming.craft import CraftNames
from communique.naming.earlier import KINDS, EarlierNames, ShorterNames
from communique.naming.entities import Resolver
from communique.naming.forms import Candidate, NamesByForm
from communique.naming.heads import read_form_rules
from communique.naming.later import LaterNames
from communique.naming.laws import NumberedLaws
from communique.naming.matching import FormIndex, Hit, find_forms
from communique.naming.passage import Passage
from communique.naming.shapes import NamesByShape
from communique.naming.surroundings import Surroundings
from communique.naming.titles import TitleWords
from communique.words import Words

_INNER_ACRONYM = re.compile(r"\(([A-Z][\w&/+-]{1,9})\) ((?:[A-Z][\w-]*)(?: [A-Z][\w-]*)*)\Z")
"""``(CET) Dialogue`` at the end of a name: later on the text calls it the ``CET Dialogue``."""
_INITIAL = re.compile(r"\b[A-Z][a-z]+ [A-Z]\. \Z")
"""A given name and an initial: what follows is a surname (``Ada B. Jordan``)."""
_GIVEN = re.compile(r" [A-Z][a-z]+(?! (?:of|for) )")
"""What follows a given name that is also a country's: ``Prime Minister Georgia Roe``."""
_start = attrgetter("start")
_LOOSE_HYPHEN = re.compile(r"(?<=[\w.])- (?=[A-Z])")

_PART_OF = re.compile(r",? (?:of|at|in|within) (?:the )?")


class NameFinder:
    """Finds names by the lexicon and by their form, and ties each to an entity."""

    def __init__(self, sources: Mapping[str, KnowledgeFile]) -> None:
        """Read the lexicon and the forms. Raises ModelError with file and line when an entry is wrong."""
        rules = read_form_rules(sources["forms.toml"])
        lexicon = read_lexicon(sources, Spellings(rules.spellings, rules.prefixes))
        self._index = FormIndex(lexicon.forms)
        places = sources["places.toml"].data
        cities = [*chain.from_iterable([*places["cities"].values(), *places.get("aliases", {}).values()])]
        self._forms = NamesByForm(rules, cities)
        self._shapes = NamesByShape(rules, cities)
        self._craft = CraftNames(rules)
        self._laws = NumberedLaws(rules)
        self._coordinated = CoordinatedNames(rules)
        self._titles = TitleWords(rules)
        self._titled = re.compile(rf"(?<![\w-])(?:{alternation(rules.title_nouns)}) \Z")
        self._resolver = Resolver(lexicon, self._index, rules)
        self._later = LaterNames(rules, self._resolver)
        others = (self._forms, self._craft, self._laws, self._coordinated, self._later)
        self._cut = Cut(self._index.beginnings, *self._shapes.sought, *(names.sought for names in others))
        honorifics = alternation(rules.words["honorifics"])
        self._sides = SideWords(
            tuple(sorted(rules.words["geography"])), re.compile(rf"(?:[A-Z]\.|\b(?:{honorifics})\.)\Z")
        )
        self._programme = re.compile(rf"(?: [A-Z][\w'-]*){{0,3}} (?:{alternation(rules.words['programmes'])})(?![\w-])")
        links = {link for head in rules.heads.values() if head.kind == "instrument" for link in head.links}
        self._shorter = ShorterNames(links)

    def find(
        self,
        text: str,
        lines: list[tuple[int, int]] | None = None,
        title: str | None = None,
        words: Words | None = None,
    ) -> list[Mention]:
        """The names in a statement's view, in order and without overlaps.

        ``lines`` are the paragraphs' offsets, in code points; a text's own lines stand in for them. ``words`` are the
        text's, where they are cut already.
        """
        named, sides = self._title(title)
        passage = Passage(text, lines, words, self._cut)
        return self._find(passage, find_forms(self._index, passage), named, sides)

    def _title(self, title: str | None) -> tuple[list[Entity], list[str]]:
        """The entities and the countries that the title names."""
        if not title:
            return [], []
        text = _LOOSE_HYPHEN.sub("-", view(title).text.replace("\n", " "))
        countries = self._resolver.bilateral.countries
        passage = Passage(text, cut=self._cut)
        hits = find_forms(self._index, passage)
        sides = sides_named(hits, lambda hit: countries(text[hit.start : hit.end]))
        return [m.entity for m in self._find(passage, hits, [], sides) if m.kind != "party"], sides

    def _find(
        self, passage: Passage, hits: Sequence[Hit], title: Sequence[Entity], sides: Sequence[str]
    ) -> list[Mention]:
        around = Surroundings(hits)
        grouping = any(self._resolver.is_grouping(entity) for entity in title)
        evidence = SideEvidence(passage, hits, sides, self._sides, grouping=grouping)
        candidates = self._candidates(passage, around)
        mentions = self._resolved(passage, _merged(hits, candidates), evidence, title)
        self._give_sides(passage.text, mentions)
        mentions = self._later.acronyms(passage, mentions)
        mentions = self._later.nicknames(passage.text, mentions)
        mentions = self._later.short_forms(passage, mentions, title)
        mentions = [m for m in mentions if m.kind != "party" or self._is_party(passage, around, m)]
        return self._without_programmes(passage.text, mentions)

    def _candidates(self, passage: Passage, around: Surroundings) -> list[Candidate]:
        coordinated = [*self._coordinated.find(passage, around, self._resolver.is_listed, self._resolver.is_any)]
        found = [
            *self._shapes.embassies(passage, around, self._resolver.names),
            *self._shapes.find(passage),
            *self._craft.find(passage, around, self._resolver),
            *self._laws.find(passage, around),
            *self._forms.find(passage, around),
        ]
        # What begins inside a member and runs beyond it is no name: `Science, and Trade Policy` of two ministries.
        inside = {at: member.end for member in coordinated for at in range(member.start + 1, member.end)}
        found = [c for c in found if inside.get(c.start, c.end) >= c.end]
        return [c for c in (*coordinated, *found) if not passage.in_address(c.start, c.end)]

    def _resolved(
        self,
        passage: Passage,
        names: Sequence[Hit | Candidate],
        evidence: SideEvidence,
        title: Sequence[Entity],
    ) -> list[Mention]:
        mentions: list[Mention] = []
        earlier = EarlierNames(self._shorter, title)
        called: dict[str, Entity] = {}
        for found in names:
            if found.kind == "adjective":
                continue
            start, end = found.start, found.end
            if isinstance(found, Hit):
                entity, rule = self._resolver.listed(found, evidence, earlier), "lexicon"
                if found.kind == "mission":
                    end = start + len(_without_common_noun(passage.text[start:end]))
            else:
                words = passage.text[start:end]
                longer = None if found.name else called.get(words) or earlier.called(words, found.kind)
                entity, rule = longer or self._resolver.formed(found, passage.text, evidence), found.rule
                inside = _INNER_ACRONYM.search(words)
                if inside is not None:
                    called[" ".join(inside.groups())] = entity
            if entity.kind in KINDS:
                earlier.add(entity)
            if entity.kind == "agency" and mentions:
                _without_description(passage.text, mentions, start, entity)
                start = _with_country(passage.text, mentions, start, end, entity)
            mentions.append(Mention(entity.kind, start, end, entity, rule))
        return mentions

    def _without_programmes(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """``mentions`` without the forums whose name only opens that of a programme (``Quad Cyber Challenge``).

        The programme's name does not reach the next name.
        """
        opening = set()
        for index, mention in enumerate(mentions):
            if mention.kind == "forum" and text[mention.end + 1 : mention.end + 2].isupper():
                programme = self._programme.match(text, mention.end)
                after = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
                if programme is not None and programme.end() <= after:
                    opening.add(mention.start)
        return [m for m in mentions if m.start not in opening] if opening else mentions

    def _give_sides(self, text: str, mentions: list[Mention]) -> None:
        """Give bodies that nobody listed the side of the one that they belong to: `the Ice Bureau at KARI`."""
        sided: dict[str, Entity] = {}
        for one, other in pairwise(mentions):
            part = one.kind == other.kind == "agency" and one.entity.side is None and not one.entity.known
            if part and other.entity.side is not None and _PART_OF.fullmatch(text, one.end, other.start):
                sided[one.entity.id] = self._resolver.unlisted("agency", one.entity.name, other.entity.side)
        for mention in mentions if sided else ():
            mention.entity = sided.get(mention.entity.id, mention.entity)

    def _is_party(self, passage: Passage, around: Surroundings, mention: Mention) -> bool:
        """Whether a country acts, and is no part of a person's name, a title or a pair."""
        text, start, end = passage.text, mention.start, mention.end
        before, after = text[max(start - 2, 0) : start], text[end : end + 3]
        if before == ". " and _INITIAL.search(text, max(start - 40, 0), start):
            return False
        if _GIVEN.match(text, end) and self._titled.search(text, max(start - 40, 0), start):
            return False
        if ("-" in before or after[:1] == "-") and _is_paired(around, before, after, start):
            return False
        return not self._titles.hold(passage, start, end)


def _is_paired(around: Surroundings, before: str, after: str, start: int) -> bool:
    """Whether a hyphen next to a country's name at ``start`` makes a pair of it (`U.S.-Fiji`, `U.S.- Fiji`)."""
    if before[-1:] == "-" and before[:-1].strip():
        return True
    if before == "- ":
        paired = around.over(start - 3)
        if paired is not None and paired.kind == "party" and paired.end == start - 2:
            return True
    goes_on = after[1:2].strip() != "" or (after[1:2] == " " and after[2:].isupper())
    return after[:1] == "-" and goes_on


def _without_description(text: str, mentions: list[Mention], start: int, body: Entity) -> None:
    """Take away what describes a body directly before its name: ``the French space agency CNES``."""
    last = mentions[-1]
    if (
        last.entity is body
        and text[last.end : start] in (" ", ", ")
        and text[last.start : last.end].rpartition(" ")[2].islower()
    ):
        mentions.pop()


def _with_country(text: str, mentions: list[Mention], start: int, end: int, body: Entity) -> int:
    """Where the name of a body begins: a country word in noun form directly before its own becomes part of it."""
    last = mentions[-1] if mentions else None
    if (
        last is not None
        and last.kind == "party"
        and last.end == start - 1
        and text[last.end] == " "
        and last.entity.side == body.side
        and " " in text[start:end]
        and text[last.start - 1 : last.start] != "-"
    ):
        mentions.pop()
        return last.start
    return start


def _without_common_noun(words: str) -> str:
    """A mission's name without the noun in small letters that the lexicon's form ends in (``Artemis program``)."""
    proper, _, last = words.rpartition(" ")
    return proper if proper and last.isalpha() and last.islower() else words


def _merged(hits: Sequence[Hit], candidates: Sequence[Candidate]) -> list[Hit | Candidate]:
    """Both without overlaps, in the order of the text: the longer name wins, the lexicon where they are equal."""
    names: list[Hit | Candidate] = [*hits, *candidates]
    kept: list[Hit | Candidate] = []
    touching: list[Hit | Candidate] = []
    reach = -1
    for one in sorted(names, key=_start):
        if one.start >= reach:
            kept += touching if len(touching) < 2 else _strongest(touching)
            touching = []
        touching.append(one)
        reach = max(reach, one.end)
    return kept + _strongest(touching)


def _strongest(found: list[Hit | Candidate]) -> list[Hit | Candidate]:
    """Those that do not overlap, of a stretch in which each overlaps one before it."""
    kept: list[Hit | Candidate] = []
    for one in sorted(found, key=_weakness):
        at = bisect_left(kept, one.end, key=_start)
        if at == 0 or kept[at - 1].end <= one.start:
            kept.insert(at, one)
    return kept


def _weakness(found: Hit | Candidate) -> tuple[int, int, int]:
    """Adjectives go last; else the longer goes first, and a listed name before one by its form.

    In ``Japan and U.S. Coast Guards`` the country's name is that of its body.
    """
    adjective = 1000 if found.kind == "adjective" else 0
    if isinstance(found, Hit):
        order = 2 if found.kind == "party" else 0
    else:
        order = 1 if found.rule == "form:coordinated" else 3
    return found.start - found.end + adjective, order, found.start
