"""What the words and names of a statement say about themes, and where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from sys import maxsize
from typing import NamedTuple

from communique.annotations import Annotations, Mention
from communique.themes.rules import ThemeRules
from communique.words import lowered

Said = tuple[str, str, float]
"""Theme, word and points of what speaks for it."""


class Evidence(NamedTuple):
    """A word or name that speaks for a theme. Offsets count code points of the Doc's text."""

    at: int
    end: int
    theme: str
    field: str
    what: str
    """The word's first letters, by which `license` and `licensing` are one, or the name's entity id."""
    points: float

    @property
    def said(self) -> Said:
        """What counts where the place does not."""
        return self.theme, self.what, self.points


def add(one: Mapping[str, float], other: Mapping[str, float]) -> Mapping[str, float]:
    """The points of both by theme."""
    if not other:
        return one
    both = dict(one)
    for theme, points in other.items():
        both[theme] = both.get(theme, 0.0) + points
    return both


_AT = itemgetter(0)
_MULTILATERAL = "multilateral"
_JOINT = re.compile(r"(?:,|,? and|,? or)(?: the)? ")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)")
_ORDINAL = 16
"""Code points of the longest ordinal number."""


def _order(e: Evidence) -> tuple[int, float]:
    return e.at, -e.points


def _plain(text: str) -> str:
    """A text's words in lower case, without marks."""
    return " ".join(re.findall(r"\w+", text.lower()))


class EvidenceReader:
    """Reads one statement."""

    def __init__(self, rules: ThemeRules, found: Annotations) -> None:
        self.text = lowered(found.text)
        self._rules, self._found = rules, found
        self._title = f" {_plain(rules.words['topics'].split(found.title or '', maxsplit=1)[0])} "
        self._sentence_starts = [start for start, _ in found.sentences]
        self._again, self._stretch = rules.limits["again"], int(rules.limits["stretch"])
        names = sorted(self._names(found.mentions), key=_order)
        said = sorted([*names, *self._terms()], key=_AT)  # a name before the term that begins it
        said = _speaking(said, found.mentions, rules.weights["terms"])
        self._evidence = [e for e in said if e.theme != "multilateral" or not self._hosts(e)]
        self._starts = [e.at for e in self._evidence]

    def read(self, start: int, end: int) -> list[Evidence]:
        """What speaks for themes and begins between ``start`` and ``end``, in order."""
        return self._evidence[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def titled(self) -> Mapping[str, float]:
        """Points by the themes of one field that names in the title have, of missions, accords and bodies."""
        title = f" {_plain(self._found.title or '')} "
        general = {*self._rules.over, _MULTILATERAL}
        named = (e for e in self._evidence if ":" in e.what and e.theme not in general)
        return self.points(e.said for e in named if f" {_plain(self.text[e.at : e.end])} " in title)

    def _terms(self) -> list[Evidence]:
        found = self._rules.terms.find(self._found.words, self.text)
        said = [Evidence(at, at + t.length, t.theme, t.field, t.what, t.points) for at, t in found]
        if not 0 < len(self._found.parties) < 3:
            return said
        three = self._rules.fields["three"]
        return [e._replace(theme="multilateral", field="multilateral") if e.field in three else e for e in said]

    def _names(self, mentions: Sequence[Mention]) -> Iterable[Evidence]:
        weights, named = self._rules.weights, self._rules.named
        kinds = [mention for mention in mentions if mention.kind in weights]
        for mention, themes in self._listed([(m, named.get(m.entity.id) or self._unlisted(m)) for m in kinds]):
            points = weights[mention.kind]
            if mention.kind == "forum" and _MULTILATERAL not in themes and self._is_numbered(mention.start):
                yield Evidence(mention.start, mention.end, "follow_up", "next", "", points)
                continue
            for theme in themes:
                yield Evidence(mention.start, mention.end, theme, theme, mention.entity.id, points)
                points *= weights["second_of_name"]

    def _unlisted(self, mention: Mention) -> tuple[str, ...]:
        """The themes of a name without: a body is one of many countries where its name begins so and tells no talks."""
        if mention.kind != "forum" or not self._rules.words["worldwide"].match(mention.entity.name):
            return ()
        return () if mention.entity.name.endswith(self._rules.talks) else (_MULTILATERAL,)

    def _listed(self, names: list[tuple[Mention, tuple[str, ...]]]) -> list[tuple[Mention, tuple[str, ...]]]:
        """The names with their themes; a body of one field that is multilateral too, in a list of such, is but that."""
        for index, (name, themes) in enumerate(names):
            if len(themes) > 1 and _MULTILATERAL in themes:
                for other, theirs in [*names[max(index - 1, 0) : index], *names[index + 1 : index + 2]]:
                    between = min(name.end, other.end), max(name.start, other.start)
                    if theirs[:1] == (_MULTILATERAL,) and _JOINT.fullmatch(self.text, *between):
                        names[index] = name, (_MULTILATERAL,)
        return names

    def _is_numbered(self, at: int) -> bool:
        """Whether a name is one time of its series (`the 14th Cocoa Forum`)."""
        before = self.text[max(at - _ORDINAL, 0) : at].split()
        return bool(before) and (before[-1] in self._rules.ordinals or bool(_NUMBER.fullmatch(before[-1])))

    def _hosts(self, e: Evidence) -> bool:
        """Whether a body is the one whose statement it is (`G7 Leaders' Statement`), and so no setting of its acts.

        What the title names after `on` is what the statement is about.
        """
        return not e.what.startswith("instrument:") and f" {_plain(self.text[e.at : e.end])} " in self._title

    def points(self, said: Iterable[Said]) -> dict[str, float]:
        """Points by theme. Each word and name counts once, and each further one less, so that lists do not outweigh."""
        values: dict[str, dict[str, float]] = {}
        for theme, what, value in said:
            known = values.get(theme)
            if known is None:
                values[theme] = {what: value}
            elif value > known.get(what, 0.0):
                known[what] = value
        points = {}
        for theme, known in values.items():
            if len(known) == 1:
                (points[theme],) = known.values()
                continue
            total, factor = 0.0, 1.0
            for value in sorted(known.values(), reverse=True):
                total += value * factor
                factor *= self._again
            points[theme] = total
        return points

    def weighted(self, start: int, end: int, weight: float) -> dict[str, float]:
        """The points of a stretch of text, each times ``weight``."""
        return {theme: points * weight for theme, points in self.points(e.said for e in self.read(start, end)).items()}

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence at a place."""
        index = bisect_right(self._sentence_starts, at) - 1
        return self._found.sentences[index] if index >= 0 else (at, at)

    def around(self, at: int, end: int) -> tuple[int, int]:
        """The sentence at a place; of one without end, the stretch around the clause.

        Such stretches begin and end at the same places for all clauses near, so that each is read once and a sentence
        of many clauses takes time in proportion to its length.
        """
        start, stop = self.sentence(at)
        step = self._stretch
        if stop - start > 2 * step:
            stop = min(stop, start + ((end - start) // step + 2) * step)
            start += max((at - start) // step - 1, 0) * step
        return start, max(stop, end)


def _speaking(evidence: Sequence[Evidence], mentions: Sequence[Mention], least: float) -> list[Evidence]:
    """The evidence without the words of names that say it twice, or by the way.

    A name that has themes speaks by them alone, but for its meeting (`the Space Security Dialogue`). In an agency's
    name only words of more points than ``least`` count: what the Department of Commerce does need not be commerce.
    """
    spoken = []
    agencies = iter([*((m.start, m.end) for m in mentions if m.kind == "agency"), (maxsize, maxsize)])
    start, end = next(agencies)
    named, meets = 0, False
    for e in evidence:
        at, last, theme, _, what, points = e
        while end <= at:
            start, end = next(agencies)
        if ":" in what:
            if last > named:
                named, meets = last, theme != "multilateral"
        elif at < named and not (meets and theme == "follow_up"):
            continue
        if at < start or points > least:
            spoken.append(e)
    return spoken
