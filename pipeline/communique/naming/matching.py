"""Finds the forms of the lexicon in a text: longest first, leftmost first, under their guards.

An index by first words is built instead of a PhraseMatcher: it needs no tokens, so ten thousand forms load in
milliseconds where tokenising them takes half a second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from communique.lexicon import Form, Guard
from communique.naming.beginnings import Beginnings, first_word
from communique.naming.passage import Passage, any_of, at_start, before_end


@dataclass(slots=True)
class Hit:
    """Forms of one kind that stand at one place; more than one where a form is shared."""

    start: int
    end: int
    forms: tuple[Form, ...]
    kind: str


_LETTERS = re.compile(r"(?!s(?!\w))[^\W\d_]")
"""A letter with which a word goes on, but for a plural's."""

_CAPITALS = re.compile(r"(?<![A-Z\d])[A-Z]{2,}\d*-")
"""A word in capitals with which a compound begins."""

_WIDTH = 3
"""How many characters of a form are looked up at once."""
_FEW = 2
"""How many forms are tried one by one."""

_Written = tuple[str, tuple[Form, ...]]
"""A way of writing, and the forms that are written so."""
_Tree = tuple[list[_Written], dict[str, "_Tree"]]
"""Ways of writing that begin alike: those to be tried, the longer first, and the others by what follows."""


class FormIndex:
    """All forms of a lexicon, by their first word and the characters that follow it."""

    def __init__(self, forms: Iterable[Form]) -> None:
        grouped: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            grouped[form.text].append(form)
        self._owners = dict(grouped)
        by_word: dict[str, list[str]] = defaultdict(list)
        for text in grouped:
            by_word[first_word(text)].append(text)
        self._by_word = dict(by_word)
        self.beginnings = Beginnings(by_word)
        self._trees: dict[str, _Tree] = {}

    def owners(self, text: str) -> Sequence[Form]:
        """All forms that are written so."""
        return self._owners.get(text, ())

    def at(self, text: str, start: int, first: str) -> Sequence[_Written]:
        """Ways of writing to be tried at ``start``, where their first word stands, the longer first."""
        found, longer = self._trees.get(first) or self._grown(first)
        at = start + len(first)
        while longer:
            tree = longer.get(text[at : at + _WIDTH])
            if tree is None:
                break
            written, longer = tree
            found = [*written, *found]
            at += _WIDTH
        return found

    def _grown(self, first: str) -> _Tree:
        """The tree of a word that is met for the first time: a text has few of the lexicon's thousands."""
        written = [(text, tuple(self._owners[text])) for text in sorted(self._by_word[first], key=len, reverse=True)]
        tree = self._trees[first] = _tree(written, len(first))
        return tree

    def opening(self, text: str) -> tuple[Form, ...]:
        """The forms of the longest way of writing with which the text begins."""
        first = first_word(text)
        if first in self._by_word:
            for form, owners in self.at(text, 0, first):
                if text.startswith(form) and not text[len(form) : len(form) + 1].isalnum():
                    return owners
        return ()


def _tree(written: list[_Written], at: int) -> _Tree:
    """Those that begin alike up to ``at``."""
    if len(written) <= _FEW:
        return written, {}
    short: list[_Written] = []
    longer: dict[str, list[_Written]] = defaultdict(list)
    for one in written:
        piece = one[0][at : at + _WIDTH]
        (longer[piece] if len(piece) == _WIDTH else short).append(one)
    return short, {piece: _tree(alike, at + _WIDTH) for piece, alike in longer.items()}


def find_forms(index: FormIndex, passage: Passage) -> list[Hit]:
    """The forms whose guards hold, without overlaps: the leftmost wins, then the longest.

    An acronym, or several words, need no more words around them where the text has named the same before: a text keeps
    to one sense (Gale, Church and Yarowsky 1992).
    """
    hits: list[Hit] = []
    named: set[str] = set()
    text = passage.text
    taken = 0
    for start, first in passage.places(index.beginnings):
        hyphened = text[start - 1 : start] == "-"
        if start < taken or (hyphened and _denied(text, start)):
            continue
        for form, owners in index.at(text, start, first):
            end = start + len(form)
            if not text.startswith(form, start) or text[end : end + 1].isalnum():
                continue
            alone = len(owners) == 1 and owners[0].guard is None
            firmest = owners if alone else _holding(owners, passage, start, end, named)
            if firmest and not passage.in_address(start, end) and not (hyphened and _ends(text, start, firmest, hits)):
                hits.append(Hit(start, end, firmest, firmest[0].kind))
                named.add(firmest[0].entry.id)
                taken = end
                break
    return hits


def _denied(text: str, start: int) -> bool:
    """Whether the name at ``start`` tells what something is not (``a non-NATO ally``)."""
    return text[max(start - 4, 0) : start - 1].lower() == "non"


def _ends(text: str, start: int, forms: Sequence[Form], hits: Sequence[Hit]) -> bool:
    """Whether a name only ends a compound in capitals whose beginning is none (``SSN-AUKUS``, not ``ASEAN-U.S.``)."""
    if any(form.kind in ("party", "adjective") for form in forms):
        return False
    begin = text.rfind(" ", 0, start) + 1
    return _CAPITALS.fullmatch(text, begin, start) is not None and not (hits and hits[-1].end == start - 1)


def _holding(
    forms: tuple[Form, ...], passage: Passage, start: int, end: int, named: Collection[str]
) -> tuple[Form, ...]:
    """The firmest of the forms whose guards hold; ``named`` has the identifiers of what the text names before."""

    def hold(form: Form) -> bool:
        again = form.entry.id in named and (form.text.isupper() or " " in form.text)
        return form.guard is None or holds(form.guard, form.text, passage, start, end, named=again)

    if len(forms) == 1:
        return forms if hold(forms[0]) else ()
    return _firmest(tuple(filter(hold, forms)))


def _firmest(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Where a form is several entities', the unguarded owner goes before the guarded, and both before a sharer."""
    own = tuple(f for f in forms if not f.shared)
    guarded = tuple(f for f in own if f.guard is not None and (f.guard.near or f.guard.before or f.guard.after))
    return (guarded or own)[:1] or forms


def holds(guard: Guard, form: str, passage: Passage, start: int, end: int, *, named: bool = False) -> bool:
    """Whether all conditions of the guard hold for the form at ``start``, which the text may have ``named`` before."""
    text = passage.text
    for phrase in guard.without:
        room = len(phrase) - 1
        if phrase in text[max(start - room, 0) : end + room] and _inside(text, phrase, start, end):
            return False
    if guard.before and not before_end(guard.before).search(passage.words_before(start, 80)):
        return False
    if guard.after and not at_start(guard.after).match(passage.words_after(end, 80)):
        return False
    return named or not guard.near or passage.says(start, any_of(guard.near))


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
