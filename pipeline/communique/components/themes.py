"""Themes of commitments and positions (codebook, section 4): what an action or a view is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from spacy.language import Language

from communique.annotations import Annotations, Commitment, Line, Position
from communique.components.annotator import Annotator
from communique.themes.evidence import Evidence, EvidenceReader, Said, add
from communique.themes.heads import Act, HeadReader
from communique.themes.rules import ThemeRules, read_rules
from communique.themes.terms import FILE, NAMED

_ITEMS = ("bullet", "numbered")


class ThemesComponent(Annotator):
    """Gives each commitment and position its themes, by `themes.toml` and the themes of the names in it."""

    files = (FILE, *NAMED)

    def build(self) -> None:
        """Read the rules. Raises ModelError when a theme is unknown or a term stands twice."""
        self.rules: ThemeRules = read_rules(self.sources)

    def annotate(self, found: Annotations) -> None:
        """Set the themes of the commitments and positions."""
        if found.commitments or found.positions:
            _Statement(self.rules, found).read()


def choose(rules: ThemeRules, points: Mapping[str, float], own: Mapping[str, float]) -> list[str]:
    """One or two themes, given all points and those of the clause itself."""
    if len(points) == 1:
        (only,) = points
        return [only if points[only] >= rules.limits["least"] else "other"]
    ranked = sorted(points, key=lambda theme: (-points[theme], rules.order[theme]))
    first = _first(rules, points, ranked)
    if points.get(first, 0.0) < rules.limits["least"]:
        return ["other"]
    second = next((t for t in ranked if t != first and t not in rules.never_second), None)
    if second is None or first in ("other", "partnership", "follow_up"):
        return [first]
    if first == "multilateral":
        return [first, second] if points[second] >= rules.limits["topic"] else [first]
    least, share = ("body", "body_share") if second == "multilateral" else ("second", "share")
    strong = own.get(second, 0.0) >= rules.limits[least]
    return [first, second] if strong and own[second] >= rules.limits[share] * own.get(first, 0.0) else [first]


def _first(rules: ThemeRules, points: Mapping[str, float], ranked: Sequence[str]) -> str:
    """The theme with most points, where a theme of one field goes before a general one that has not many more."""
    if not ranked or ranked[0] not in rules.over:
        return ranked[0] if ranked else "other"
    general = ranked[0]
    most = points[general]
    for theme in ranked[1:]:
        if theme not in rules.over and points[theme] >= max(rules.limits["specific"], rules.over[general] * most):
            return theme
    fallback = general in ("partnership", "follow_up") and points.get("other", 0.0)
    return "other" if fallback and fallback >= rules.limits["other_over"] * most else general


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


class _Statement:
    """One statement's clauses, with what stands around them."""

    def __init__(self, rules: ThemeRules, found: Annotations) -> None:
        self.rules, self.found = rules, found
        self.reader = EvidenceReader(rules, found)
        self.heads = HeadReader(rules, self.reader)
        self.text = self.reader.text
        self.line_starts = [line.start for line in found.lines]
        self._above: dict[int, Mapping[str, float]] = {}
        self._openers = _openers(found.lines)
        titled = self.reader.titled()
        self._titled = sorted(titled, key=lambda theme: (-titled[theme], rules.order[theme]))[:1]

    def read(self) -> None:
        """Set the themes of all clauses."""
        clauses: list[Commitment | Position] = [*self.found.commitments, *self.found.positions]
        for clause in clauses:
            clause.themes = self._themes(clause)

    def _themes(self, clause: Commitment | Position) -> list[str]:
        """What the clause is about; in a statement of one field nothing is about another."""
        themes = self._told(clause)
        return list(self._titled) if themes == ["other"] and self._titled else themes

    def _told(self, clause: Commitment | Position) -> list[str]:
        """By the head of what the clause is done to where that is a meeting or a partnership, else by points."""
        start, stop = self.reader.around(clause.trigger_start, clause.end)
        evidence = self.reader.read(start, stop)
        if not evidence:
            return self._by_points(start, (), (), ())
        act, phrase, head = self.heads.read(clause, evidence)
        if head is not None and head.theme == "follow_up":
            return ["follow_up", *self.heads.topic(head, evidence, act)]
        if head is not None:
            if self.heads.is_in_bodies(head, evidence, act):
                return ["multilateral", *self.heads.topic(head, [e for e in evidence if e.at >= head.end], act)]
            if self.heads.is_whole(head, evidence, act):
                return ["partnership"]
            evidence = [e for e in evidence if e.theme != "partnership"]
            phrase = self.heads.phrase(evidence, act)
        return self._by_points(start, *self._weigh(clause, act, phrase, evidence))

    def _weigh(
        self, clause: Commitment | Position, act: Act, phrase: Sequence[Evidence], evidence: Sequence[Evidence]
    ) -> tuple[list[Said], list[Said], list[Said]]:
        """What the clause itself says, and its sentence before and after, with points by where it stands."""
        weights, over, silent = self.rules.weights, self.rules.over, self.rules.fields["silent"]
        act_start, start, trigger, end = act.start, clause.start, clause.trigger_start, clause.end
        phrase_end = phrase[-1].end if phrase else act_start
        aside = act.aside if act.aside > act_start else end
        if evidence and evidence[-1].at >= phrase_end:
            aside = self.rules.breaks["purposes"].find(self.text, clause.trigger_end, aside)
        # `work together` counts only where what it is for may be of any field: `work together to meet challenges`.
        broad = not phrase and any(act_start <= e.at < end and e.field in silent for e in evidence)
        uncounted = act_start if broad else clause.trigger_end
        relative = self._antecedent(clause) if evidence and evidence[0].at < start else start
        own: list[Said] = []
        before: list[Said] = []
        after: list[Said] = []
        for at, _, theme, field, what, points in evidence:
            if field in silent or uncounted <= at < act_start:
                continue
            if act_start <= at < phrase_end or relative <= at < start:
                own.append((theme, what, points * weights["object"]))
            elif at >= end:
                after.append((theme, what, points * weights["after"]))
            elif at < trigger:
                before.append((theme, what, points * weights["before"]))
            elif at < aside:
                own.append((theme, what, points * weights["clause"]))
            elif theme in over:
                before.append((theme, what, points * weights["general_aside"]))
            else:
                own.append((theme, what, points * weights["aside"]))
        return own, before, after

    def _by_points(
        self, start: int, inside: Sequence[Said], before: Sequence[Said], after: Sequence[Said]
    ) -> list[str]:
        rules, points = self.rules, self.reader.points
        own, above = points(inside), self._points_above(start)
        if own and max(own.values()) >= rules.limits["settled"]:
            around = add(points(before), above) if before else above
            fields = {t: v for t, v in around.items() if t not in rules.over or t == "other"}
            return choose(rules, add(own, fields), own)
        total = add(own, add(points([*before, *after]), above))
        if max(total.values(), default=0.0) < rules.limits["least"]:
            total = add(total, self._said_before(start))
        return choose(rules, total, own)

    def _antecedent(self, clause: Commitment | Position) -> int:
        """Where the words begin that a relative clause (`which Japan will host`) is about."""
        if self.rules.words["relatives"].search(self.text, max(clause.start - 8, 0), clause.start):
            return max(clause.start - int(self.rules.limits["antecedent"]), 0)
        return clause.start

    def _said_before(self, start: int) -> dict[str, float]:
        """What the nearest sentence before in the paragraph is about, where clause and sentence say nothing."""
        line = self._line_start(start)
        for _ in range(int(self.rules.limits["sentences_before"])):
            if start <= line:
                break
            end, start = start, max(min(self.reader.sentence(start - 1)[0], start - 1), line)
            points = self.reader.weighted(start, end, self.rules.weights["paragraph"])
            if max(points.values(), default=0.0) >= self.rules.limits["least"]:
                return points
        return {}

    def _line_start(self, at: int) -> int:
        index = bisect_right(self.line_starts, at) - 1
        return self.found.lines[index].start if index >= 0 else at

    def _points_above(self, at: int) -> Mapping[str, float]:
        """What the nearest heading above says, and the lead of the list that the clause is an item of."""
        index = max(bisect_right(self.line_starts, at) - 1, 0)
        if index not in self._above:
            lines, weights = self.found.lines, self.rules.weights
            points: Mapping[str, float] = {}
            heading, lead = self._openers[index] if lines else (None, None)
            if heading is not None:
                points = self.reader.weighted(heading.start, heading.end, weights["heading"])
                points = {t: v for t, v in points.items() if t not in self.rules.never_above}
            if lead is not None and lines[index].kind in _ITEMS:
                start = self.reader.sentence(lead.end - 1)[0]
                points = add(points, self.reader.weighted(start, lead.end, weights["lead"]))
            self._above[index] = points
        return self._above[index]


@Language.factory("communique_themes")
def create(nlp: Language, name: str) -> ThemesComponent:
    """The factory that a model's config.cfg names."""
    return ThemesComponent()
