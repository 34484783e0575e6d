"""Themes of commitments and positions (codebook, section 4): what an action or a view is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, get_args

from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import Annotations, Commitment, Line, Position, annotations_of
from communique.errors import ModelError
from communique.knowledge import KnowledgeComponent, KnowledgeFile, alternation
from communique.records import Theme

FILE = "themes.toml"
_NAMED = {"missions.toml": "mission", "instruments.toml": "instrument", "forums.toml": "forum"}
_ITEMS = ("bullet", "numbered")
_NO_EVIDENCE: tuple[str, float] = ("", 0.0)


Evidence = tuple[int, str, str, float]
"""Offset, theme, the word or name that speaks for it, points."""


class Terms:
    """All terms of all themes in one expression, with their points."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._known: dict[str, tuple[str, float]] = {}
        weights = data["weights"]
        for theme in data["theme"]:
            for key, weight in (("strong", "strong"), ("terms", "term"), ("weak", "weak")):
                for term in theme.get(key, ()):
                    self._add(term, theme["id"], weights[weight])
        for term in data.get("ignored", {}).get("terms", ()):
            self._add(term, "", 0.0)
        self._pattern = re.compile(_either(self._known))
        self._read: dict[str, tuple[str, float]] = {}

    def _add(self, term: str, theme: str, weight: float) -> None:
        if term in self._known:
            raise ModelError(f"{FILE}: {term!r} stands twice: under {theme!r} and {self._known[term][0]!r}")
        self._known[term] = (theme, weight)

    def find(self, text: str) -> list[tuple[int, str, float]]:
        """Offset, theme and points of each term in a lower-case text, the longest at each place."""
        found = []
        for m in self._pattern.finditer(text):
            theme, weight = self._meaning(m.group())
            if theme:
                found.append((m.start(), theme, weight))
        return found

    def _meaning(self, words: str) -> tuple[str, float]:
        meaning = self._read.get(words)
        if meaning is None:
            meaning = self._read[words] = self._look_up(words)
        return meaning

    def _look_up(self, words: str) -> tuple[str, float]:
        for form in (words, words.removesuffix("s"), words.removesuffix("es")):
            if form in self._known:
                return self._known[form]
        for end in range(len(words), 0, -1):
            if words[:end] + "*" in self._known:
                return self._known[words[:end] + "*"]
        return _NO_EVIDENCE


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
        kind = _NAMED[source.name]
        for entry in source.data.get(kind, ()):
            if entry.get("themes"):
                themes[f"{kind}:{entry['id']}"] = tuple(entry["themes"])
    return themes


class ThemesComponent(KnowledgeComponent):
    """Gives each commitment and position its themes, by `themes.toml` and the themes of the names in it."""

    files = (FILE, *_NAMED)

    def build(self) -> None:
        """Make the terms' expression and tables. Raises ModelError when a theme is unknown or a term stands twice."""
        data = self.sources[FILE].data
        unknown = [theme["id"] for theme in data["theme"] if theme["id"] not in get_args(Theme)]
        if unknown:
            raise ModelError(f"{FILE}: {unknown[0]!r} is no theme")
        self.terms = Terms(data)
        self.weights: dict[str, float] = data["weights"]
        self.limits: dict[str, float] = data["limits"]
        self.over: dict[str, float] = data["over"]
        self.never_second = frozenset(data["words"]["never_second"])
        self.order = {theme["id"]: index for index, theme in enumerate(data["theme"])}
        self.asides = re.compile(rf"(?<!\w)(?:{alternation(data['words']['asides'])})(?!\w)")
        self.named = entity_themes(*(self.sources[file] for file in _NAMED))

    def __call__(self, doc: Doc) -> Doc:
        """Set the themes of the Doc's commitments and positions."""
        found = annotations_of(doc)
        if found.commitments or found.positions:
            _Statement(self, found).read()
        return doc

    def choose(self, points: Mapping[str, float], own: Mapping[str, float]) -> list[str]:
        """One or two themes, given all points and those of the clause itself."""
        scores = dict(points)
        ranked = sorted(scores, key=lambda theme: (-scores[theme], self.order[theme]))
        first = self._first(scores, ranked)
        if scores.get(first, 0.0) < self.limits["least"]:
            return ["other"]
        second = next((t for t in ranked if t != first and t not in self.never_second), None)
        if second is None or first in ("other", "partnership", "follow_up"):
            return [first]
        strong = own.get(second, 0.0) >= self.limits["second"]
        return [first, second] if strong and own[second] >= self.limits["share"] * own.get(first, 0.0) else [first]

    def _first(self, scores: Mapping[str, float], ranked: Sequence[str]) -> str:
        """The theme with most points, where a theme of one field goes before a general one that has not many more."""
        if not ranked or ranked[0] not in self.over:
            return ranked[0] if ranked else "other"
        general = ranked[0]
        over = self.over[general]
        for theme in ranked[1:]:
            if theme not in self.over and scores[theme] >= max(self.limits["specific"], over * scores[general]):
                return theme
        if general == "partnership" and scores.get("other", 0.0) >= self.limits["other_over"] * scores[general]:
            return "other"
        return general


def _openers(lines: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    """For each line the nearest heading above it, and the paragraph that opens the list it is an item of."""
    openers: list[tuple[Line | None, Line | None]] = []
    heading = lead = None
    for line in lines:
        openers.append((heading, lead))
        if line.kind == "heading":
            heading, lead = line, None
        elif line.kind not in _ITEMS:
            lead = line
    return openers


def _sum(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {theme: one.get(theme, 0.0) + other.get(theme, 0.0) for theme in {**one, **other}}


class _Statement:
    """One statement's clauses, with what stands around them."""

    def __init__(self, component: ThemesComponent, found: Annotations) -> None:
        self.rules, self.found = component, found
        text = found.text
        lowered = text.lower()
        self.text = lowered if len(lowered) == len(text) else text
        self.sentence_starts = [start for start, _ in found.sentences]
        self.line_starts = [line.start for line in found.lines]
        self.mention_starts = [m.start for m in found.mentions]
        self._read: dict[tuple[int, int], list[Evidence]] = {}
        self._above: dict[int, dict[str, float]] = {}
        self._openers = _openers(found.lines)

    def read(self) -> None:
        """Set the themes of all clauses."""
        clauses: list[Commitment | Position] = [*self.found.commitments, *self.found.positions]
        for clause in clauses:
            clause.themes = self._themes(clause.end, clause.trigger_start, clause.trigger_end)

    def _themes(self, end: int, trigger_start: int, trigger_end: int) -> list[str]:
        start, stop = self._around(trigger_start, end)
        weights, limits = self.rules.weights, self.rules.limits
        aside = self.rules.asides.search(self.text, trigger_end + 12, end)
        aside_at = aside.start() if aside else end
        near = trigger_end + limits["object_length"]
        inside: list[Evidence] = []
        before: list[Evidence] = []
        after: list[Evidence] = []
        for at, theme, what, value in self._evidence(start, max(stop, end)):
            if at < trigger_start:
                before.append((at, theme, what, value * weights["before"]))
            elif at >= end:
                after.append((at, theme, what, value * weights["after"]))
            else:
                zone = "aside" if at >= aside_at else "object" if trigger_end <= at < near else "clause"
                inside.append((at, theme, what, value * weights[zone]))
        own = self._points(inside)
        above = self._points_above(start)
        if max(own.values(), default=0.0) >= limits["settled"]:
            around = _sum(self._points(before), above)
            return self.rules.choose(_sum(own, {t: v for t, v in around.items() if t not in self.rules.over}), own)
        points = _sum(own, _sum(self._points([*before, *after]), above))
        if max(points.values(), default=0.0) < limits["least"]:
            opening = max(self._line_start(start), start - int(limits["paragraph_length"]))
            points = _sum(points, self._weighted(opening, start, weights["paragraph"]))
        return self.rules.choose(points, own)

    def _points(self, evidence: Sequence[Evidence]) -> dict[str, float]:
        """Points by theme. Each word and name counts once, and each further one less, so that lists do not outweigh."""
        values: dict[str, dict[str, float]] = {}
        for _, theme, what, value in evidence:
            known = values.setdefault(theme, {})
            if value > known.get(what, 0.0):
                known[what] = value
        again = self.rules.limits["again"]
        points = {}
        for theme, known in values.items():
            total, factor = 0.0, 1.0
            for value in sorted(known.values(), reverse=True):
                total += value * factor
                factor *= again
            points[theme] = total
        return points

    def _weighted(self, start: int, end: int, weight: float) -> dict[str, float]:
        return {theme: value * weight for theme, value in self._points(self._evidence(start, end)).items()}

    def _evidence(self, start: int, end: int) -> list[Evidence]:
        """What the words and names of a stretch of text say."""
        known = self._read.get((start, end))
        if known is None:
            text = self.text
            known = [
                (start + at, theme, text[start + at : start + at + 6], weight)
                for at, theme, weight in self.rules.terms.find(text[start:end])
            ]
            low, high = bisect_left(self.mention_starts, start), bisect_left(self.mention_starts, end)
            for mention in self.found.mentions[low:high]:
                weight = self.rules.weights.get(mention.kind, 0.0)
                for theme in self.rules.named.get(mention.entity.id, ()):
                    known.append((mention.start, theme, mention.entity.id, weight))
                    weight *= self.rules.weights["second_of_name"]
            self._read[start, end] = known
        return known

    def _sentence(self, at: int) -> tuple[int, int]:
        index = bisect_right(self.sentence_starts, at) - 1
        return self.found.sentences[index] if index >= 0 else (at, at)

    def _around(self, at: int, end: int) -> tuple[int, int]:
        """The sentence at a place; of one without end, the stretch around the clause.

        Such stretches begin and end at the same places for all clauses near, so that each is read once and a sentence
        of many clauses takes time in proportion to its length.
        """
        start, stop = self._sentence(at)
        step = int(2 * self.rules.limits["paragraph_length"])
        if stop - start > 2 * step:
            stop = min(stop, start + ((end - start) // step + 2) * step)
            start += max((at - start) // step - 1, 0) * step
        return start, stop

    def _line_start(self, at: int) -> int:
        index = bisect_right(self.line_starts, at) - 1
        return self.found.lines[index].start if index >= 0 else at

    def _points_above(self, at: int) -> dict[str, float]:
        """What the nearest heading above says, and the lead of the list that the clause is an item of."""
        index = max(bisect_right(self.line_starts, at) - 1, 0)
        if index not in self._above:
            lines, weights = self.found.lines, self.rules.weights
            points: dict[str, float] = {}
            heading, lead = self._openers[index] if lines else (None, None)
            if heading is not None:
                points = self._weighted(heading.start, heading.end, weights["heading"])
            if lead is not None and lines[index].kind in _ITEMS:
                start = self._sentence(lead.end - 1)[0]
                points = _sum(points, self._weighted(start, lead.end, weights["lead"]))
            self._above[index] = points
        return self._above[index]


@Language.factory("communique_themes")
def create(nlp: Language, name: str) -> ThemesComponent:
    """The factory that a model's config.cfg names."""
    return ThemesComponent()
