"""How a rule of `grammar` is read: its groups, what comes of them, and the steps that readings share.

The readings themselves are in `days`, `feasts`, `months`, `years` and `lengths`: one function per rule, from its groups
to an `Outcome`, or None where the words turn out to be no date here (``March`` the verb, ``2000`` kilometres).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from communique.records import DateType, Modifier
from communique.temporal import periods
from communique.temporal.context import Context
from communique.temporal.lexer import Lexeme
from communique.temporal.lexicon import Word
from communique.temporal.periods import Period

YEARS_AROUND = range(-4, 5)
"""How far from the statement's year a date without a year is looked for: 29 February comes every fourth."""


class Groups(NamedTuple):
    """The lexemes that a rule names, and the stretch of text that it covers."""

    named: dict[str, Lexeme]
    start: int
    end: int

    def word(self, name: str) -> Word | None:
        """What the lexeme of a group means."""
        lexeme = self.named.get(name)
        return lexeme.word if lexeme else None

    def number(self, *names: str) -> int | None:
        """The number of the first of the groups that the expression has."""
        return next((int(self.named[name].word.number) for name in names if name in self.named), None)

    def step(self, name: str = "rel") -> tuple[int, str]:
        """The step of a word such as ``last``, and where it is counted from."""
        word = self.named[name].word
        return int(word.number), word.note

    def said(self, name: str, text: str) -> str:
        """The word of a group as it stands in the text, in lower case."""
        lexeme = self.named[name]
        return text[lexeme.start : lexeme.end].lower()

    def unit(self, name: str = "unit") -> str:
        """The unit that a group names."""
        return self.named[name].word.note


class Outcome(NamedTuple):
    """What an expression means: two periods (one for both where it is no interval), or a value in words of its own."""

    type: DateType = "date"
    first: Period | None = None
    last: Period | None = None
    value: str | None = None
    mod: Modifier | None = None
    article: bool = True
    """Whether a leading ``the`` belongs to the quote."""


Reading = Callable[[Groups, Context], "Outcome | None"]


def one(period: Period | None, mod: Modifier | None = None, article: bool = True) -> Outcome:
    """A date that is one period."""
    return Outcome(first=period, last=period, mod=mod, article=article)


def narrowed(period: Period | None, g: Groups, article: bool = True) -> Outcome:
    """A period under ``early``, ``the end of``, ``the first half of`` …, where the expression has one of them."""
    half = g.word("half")
    if half is not None:
        number = 2 if half.code == "l" else int(half.number)
        both = periods.halves(period, number) if period else None
        return Outcome(first=both[0], last=both[1]) if both else one(period, "start" if number == 1 else "end")
    narrow = g.word("narrow") or g.word("part") or g.word("mid")
    mod = cast("Modifier | None", narrow.note or None) if narrow else None
    return one(period, mod, article or narrow is not None or "compared" in g.named)


def relative(c: Context, unit: str, step: int, anchor: str) -> Period | None:
    """The period that ``last year``, ``that month`` … name."""
    return c.deictic(unit, step) if anchor == "published" else c.anaphoric(unit, step)


def beside(g: Groups, c: Context, unit: str = "year", name: str = "rel") -> Period | None:
    """The period that a group such as ``next`` names."""
    return relative(c, unit, *g.step(name))


def joins_clause(g: Groups, c: Context, name: str = "rel") -> bool:
    """Whether ``that`` before a date only joins a clause: ``said that Friday's vote …``."""
    return g.said(name, c.text) == "that" and c.has("that after", (c.word_before(g.named[name].start) or "").lower())


def years_around(c: Context) -> Iterator[int]:
    if c.reference is not None:
        yield from (c.reference.year + i for i in YEARS_AROUND if 1 < c.reference.year + i < 9998)


def numbered(unit: str, number: int, year: int | None, g: Groups, c: Context) -> Period | None:
    """The ``number``-th month, season or quarter of a year, or of the year that the tense points to."""
    if year is not None:
        return periods.of(unit, year, number)
    return c.nearest([periods.of(unit, y, number) for y in years_around(c)], g.start, g.end)
