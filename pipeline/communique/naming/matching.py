"""Finds the forms of the lexicon in a text: longest first, leftmost first, under their guards.

An index by first and second word is built instead of a PhraseMatcher: it needs no tokens, so ten thousand forms load in
milliseconds where tokenising them takes half a second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique.lexicon import Form, Guard
from communique.naming.passage import Passage, any_of, at_start, before_end

_WORD = r"(?:[^\W\d_]\.){2,}|\w+"
_FIRST = re.compile(_WORD)
_SECOND = re.compile(rf"[^\w\n]{{1,2}}(?:{_WORD})")


@dataclass(frozen=True, slots=True)
class Hit:
    """Forms that stand at one place; more than one where a form is shared."""

    start: int
    end: int
    forms: tuple[Form, ...]

    @property
    def kind(self) -> str:
        return self.forms[0].kind


class FormIndex:
    """All forms of a lexicon, by their first two words."""

    def __init__(self, forms: Iterable[Form]) -> None:
        grouped: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            grouped[form.text].append(form)
        self._index: dict[tuple[str, str | None], list[tuple[str, tuple[Form, ...]]]] = defaultdict(list)
        odd: set[str] = set()
        for text, owners in grouped.items():
            key = _key(text)
            self._index[key].append((text, tuple(owners)))
            if not key[0][0].isupper():
                odd.add(key[0])
        for found in self._index.values():
            found.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        lower = "".join(f"|{re.escape(w)}(?!\\w)" for w in sorted(odd, key=lambda w: (-len(w), w)))
        self._start = re.compile(rf"(?<!\w)((?:[A-Z]\.){{2,}}|[^\W\d_a-z]\w*{lower})(?=([^\w\n]{{1,2}}(?:{_WORD}))?)")

    def at(self, text: str) -> Iterator[tuple[int, int, tuple[Form, ...]]]:
        """Every form at every place where it stands as whole words, the longer first at each place."""
        index = self._index
        for m in self._start.finditer(text):
            first, second = m.groups()
            start = m.start()
            for key in ((first, second), (first, None)) if second else ((first, None),):
                for form, owners in index.get(key, ()):
                    end = start + len(form)
                    if text.startswith(form, start) and not text[end : end + 1].isalnum():
                        yield start, end, owners


def _key(text: str) -> tuple[str, str | None]:
    first = _FIRST.match(text)
    if first is None:
        return text, None
    second = _SECOND.match(text, first.end())
    return first.group(), second.group() if second else None


def find_forms(index: FormIndex, passage: Passage) -> list[Hit]:
    """The forms whose guards hold, without overlaps: the leftmost wins, then the longest."""
    hits: list[Hit] = []
    taken = 0
    for start, end, forms in index.at(passage.text):
        if start < taken:
            continue
        holding = [f for f in forms if f.guard is None or holds(f.guard, f.text, passage, start, end)]
        if not holding or passage.in_address(start, end):
            continue
        hits.append(Hit(start, end, tuple(_firmest(holding))))
        taken = end
    return hits


def _firmest(forms: Sequence[Form]) -> Sequence[Form]:
    """Where a form is several entities', the unguarded owner goes before the guarded, and both before a sharer."""
    own = [f for f in forms if not f.shared]
    guarded = [f for f in own if f.guard is not None and (f.guard.near or f.guard.before or f.guard.after)]
    return (guarded or own)[:1] or forms


def holds(guard: Guard, form: str, passage: Passage, start: int, end: int) -> bool:
    """Whether all conditions of the guard hold for the form at ``start``."""
    text = passage.text
    for phrase in guard.without:
        if _inside(text, phrase, start, end):
            return False
    if guard.before and not before_end(guard.before).search(passage.words_before(start, 80)):
        return False
    if guard.after and not at_start(guard.after).match(passage.words_after(end, 80)):
        return False
    return not guard.near or passage.says(start, any_of(guard.near))


def _inside(text: str, phrase: str, start: int, end: int) -> bool:
    """Whether ``phrase`` stands in the text so that it covers the span."""
    low = max(0, end - len(phrase))
    at = text.find(phrase, low, start + len(phrase))
    return at != -1 and at <= start
