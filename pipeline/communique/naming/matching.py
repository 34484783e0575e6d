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
from communique.naming.beginnings import Beginnings, first_word
from communique.naming.passage import Passage, any_of, at_start, before_end

_SECOND = re.compile(r"[^\w\n]{1,2}(?:(?:[^\W\d_]\.){2,}|\w+)")
"""The word that follows in the line, with one or two characters between."""


@dataclass(slots=True)
class Hit:
    """Forms of one kind that stand at one place; more than one where a form is shared."""

    start: int
    end: int
    forms: tuple[Form, ...]
    kind: str


_CHUNK = 4
_LETTERS = re.compile(r"(?!s(?!\w))[^\W\d_]")
"""A letter with which a word goes on, but for a plural's."""
_Written = tuple[str, tuple[Form, ...]]
"""A way of writing, and the forms that are written so."""
_Bucket = dict[str, list[_Written]]
"""Those with the same two words first, by the characters that follow; the short ones under no characters."""


class FormIndex:
    """All forms of a lexicon, by their first two words and the characters that follow them."""

    def __init__(self, forms: Iterable[Form]) -> None:
        grouped: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            grouped[form.text].append(form)
        self._owners = grouped
        self.beginnings = Beginnings(grouped)
        self._index: dict[str, tuple[list[_Written], dict[str, _Bucket]]] = {}
        """By the first word: the forms that have no other, and the others by their second word."""
        for text in sorted(grouped, key=len, reverse=True):
            first = first_word(text)
            alone, longer = self._index.setdefault(first, ([], {}))
            second = _SECOND.match(text, len(first))
            written = (text, tuple(grouped[text]))
            if second is None:
                alone.append(written)
                continue
            rest = text[second.end() :]
            chunk = rest[:_CHUNK] if len(rest) >= _CHUNK else ""
            longer.setdefault(second.group(), {}).setdefault(chunk, []).append(written)

    def owners(self, text: str) -> Sequence[Form]:
        """All forms that are written so."""
        return self._owners.get(text, ())

    def at(self, passage: Passage) -> Iterator[tuple[int, int, tuple[Form, ...]]]:
        """Every form at every place where it stands as whole words, the longer first at each place."""
        text = passage.text
        for start, first in passage.places(self.beginnings):
            for form, owners in self._beginning(text, start, first):
                end = start + len(form)
                if text.startswith(form, start) and not text[end : end + 1].isalnum():
                    yield start, end, owners

    def _beginning(self, text: str, start: int, first: str) -> Sequence[_Written]:
        """The forms that begin with the words at ``start``, the longer first."""
        alone, longer = self._index[first]
        second = _SECOND.match(text, start + len(first)) if longer else None
        bucket = longer.get(second.group()) if second else None
        if second is None or bucket is None:
            return alone
        chunk = text[second.end() : second.end() + _CHUNK]
        return [*bucket.get(chunk, ()), *(bucket.get("", ()) if chunk else ()), *alone]


def find_forms(index: FormIndex, passage: Passage) -> list[Hit]:
    """The forms whose guards hold, without overlaps: the leftmost wins, then the longest."""
    hits: list[Hit] = []
    taken = 0
    for start, end, forms in index.at(passage):
        if start < taken:
            continue
        firmest = _holding(forms, passage, start, end)
        if not firmest or passage.in_address(start, end):
            continue
        hits.append(Hit(start, end, firmest, firmest[0].kind))
        taken = end
    return hits


def _holding(forms: tuple[Form, ...], passage: Passage, start: int, end: int) -> tuple[Form, ...]:
    """The firmest of the forms whose guards hold."""
    if len(forms) == 1:
        guard = forms[0].guard
        return forms if guard is None or holds(guard, forms[0].text, passage, start, end) else ()
    return _firmest(tuple(f for f in forms if f.guard is None or holds(f.guard, f.text, passage, start, end)))


def _firmest(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Where a form is several entities', the unguarded owner goes before the guarded, and both before a sharer."""
    own = tuple(f for f in forms if not f.shared)
    guarded = tuple(f for f in own if f.guard is not None and (f.guard.near or f.guard.before or f.guard.after))
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
    """Whether ``phrase``, or its plural, stands over the span and reaches beyond it."""
    room = len(phrase) - 1
    low = start - room if start > room else 0
    at = text.find(phrase, low, end + room)
    while at != -1:
        last = at + len(phrase)
        if (at < start or last > end) and not (phrase[-1].isalpha() and _LETTERS.match(text, last)):
            return True
        at = text.find(phrase, at + 1, end + room)
    return False
