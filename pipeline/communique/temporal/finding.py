"""Finds the date expressions of a text and gives them their values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import cast

from communique.annotations import DateExpression
from communique.knowledge import KnowledgeFile
from communique.model import resource
from communique.records import Modifier
from communique.temporal import days, feasts, lengths, months, periods, years
from communique.temporal.context import LATE, Context
from communique.temporal.grammar import Parse, parses
from communique.temporal.lexer import Lexeme, Run, runs
from communique.temporal.lexicon import Lexicon, read
from communique.temporal.readings import Groups, Outcome
from communique.words import Words

_READINGS = days.READINGS | feasts.READINGS | months.READINGS | years.READINGS | lengths.READINGS
_ARTICLE = re.compile(r"the[ \t]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)])[.!?][\"')]?\s|\n")
_WORD = re.compile(r"[a-z]+")
_DATELINE = re.compile(r"\)?[ ]?[\u2013\u2014-]{1,2}[ ]")
_PLACE = re.compile(r"\(?[A-Z][\w'.-]{0,30}(?:,? [A-Z][\w'.-]{0,30}){0,4},? (?:on )?")
_LINE_END = re.compile(r"\)?\.?[ ]{0,8}(?:\n|\Z)|\)?\.[ ]{1,8}(?=[A-Z])")

_OF_THE_DAY = frozenset({"weekday", "weekday_beside", "today", "daytime", "weekend"})
"""The rules for days that are counted from the statement's."""

OPENING = 1500
"""The meeting's date is looked for in the sentences that begin within so many characters."""

RELEASE = 62
"""Days that at most lie between a meeting and the publication of its statement."""

DATELINE = 100
"""A dateline's date begins within so many characters."""

NESTED = 4
"""How many names may stand one inside the other."""


class DateFinder:
    """Finds dates with the words of one lexicon."""

    def __init__(self, source: KnowledgeFile) -> None:
        """Read the lexicon. Raises ModelError when an entry is wrong."""
        self.lexicon: Lexicon = read(source)

    def find(
        self,
        text: str | Words,
        *,
        published: str | None = None,
        mentions: Iterable[tuple[int, int]] = (),
        dated: Iterable[int] = (),
    ) -> list[DateExpression]:
        """The date expressions of a text or its words, in order and without overlap. Offsets count Unicode code points.

        ``published`` is the ISO day that `today` and years left out are counted from; ``mentions`` are the spans of
        names, inside which nothing is marked, and ``dated`` the ends of those that a year of their own can follow (a
        forum's: ``the Baltic Forum 2031``). A newline ends a paragraph. Values are ISO 8601 and EDTF; what nothing
        places has the value None. Raises ValueError when ``published`` is no ISO day.
        """
        words = Words(text) if isinstance(text, str) else text
        text = words.text
        covered = sorted(mentions)
        context = Context(
            text, self.lexicon, date.fromisoformat(published) if published else None, dated=frozenset(dated)
        )
        found: list[DateExpression] = []
        reached = 0
        for run in runs(words, self.lexicon, covered):
            at = 0
            context.paragraph += text.count("\n", reached, run.lexemes[0].start)
            reached = run.lexemes[0].start
            while at < len(run.codes):
                expression, at = self._expression(run, at, context, covered)
                if expression is not None:
                    found.append(expression)
        return found

    def _expression(
        self, run: Run, at: int, context: Context, covered: Sequence[tuple[int, int]]
    ) -> tuple[DateExpression | None, int]:
        """The expression that begins at one place of a run, if any, and the place after it."""
        for parse in parses(run.codes, at):
            start, end = run.lexemes[at].start, run.lexemes[at + parse.length - 1].end
            before = bisect_right(covered, (start, len(context.text)))
            if any(end <= b for _, b in covered[max(before - NESTED, 0) : before]):
                continue
            if context.has("excluded", (context.word_after(end) or "").lower()):
                continue
            outcome = _outcome(parse, run.lexemes, at, context)
            if outcome is not None:
                return self._placed(parse, run, at, outcome, context), at + parse.length
        return None, at + 1

    def _placed(self, parse: Parse, run: Run, at: int, outcome: Outcome, context: Context) -> DateExpression:
        after = at + parse.length
        start, end = run.lexemes[at].start, run.lexemes[after - 1].end
        if after < len(run.codes) and run.codes[after] == "'" and run.lexemes[after].start == end:
            end = run.lexemes[after].end
        mod = outcome.mod or _boundary(context, start, end, outcome)
        article = None if outcome.article else _ARTICLE.match(context.text, start, end)
        start = article.end() if article else start
        value, first, last = _value(outcome)
        if outcome.type == "date" and first is not None and outcome.first is not None:
            context.latest, context.latest_end = outcome.last or outcome.first, end
            if parse.rule not in _OF_THE_DAY:
                context.told = (context.paragraph, context.latest)
            _note_meeting(context, outcome, start, counted=parse.rule == "today")
            _note_dateline(context, outcome, start, end)
        earliest = None if first is None or mod == "before" else first.isoformat()
        latest = None if last is None or mod == "after" else last.isoformat()
        return DateExpression(start, end, outcome.type, value, mod, earliest, latest, parse.rule)


def _outcome(parse: Parse, lexemes: Sequence[Lexeme], at: int, context: Context) -> Outcome | None:
    """The reading of a parse; a value outside the calendar is no value."""
    named = {name: lexemes[at + index] for name, index in parse.groups.items()}
    try:
        return _READINGS[parse.rule](Groups(named, lexemes[at].start, lexemes[at + parse.length - 1].end), context)
    except (ValueError, OverflowError):
        return Outcome()


def _boundary(context: Context, start: int, end: int, outcome: Outcome) -> Modifier | None:
    """The modifier that the words before an expression give; not when they govern a noun after it."""
    found = context.lexicon.boundary.search(context.text, max(0, start - 30), start)
    if found is None:
        return None
    mod = context.lexicon.boundaries[" ".join(found.group(1).lower().split())]
    if outcome.type != "date" and mod != "approx":
        return None
    determined = not outcome.article and _ARTICLE.match(context.text, start, end) is not None
    if (mod == "after" or determined) and context.modifies(end):
        return None
    return cast("Modifier | None", mod)


def _value(outcome: Outcome) -> tuple[str | None, date | None, date | None]:
    """The value as written, and its first and last day."""
    if outcome.first is None:
        return outcome.value, None, None
    last = outcome.last or outcome.first
    try:
        bounds = periods.first_day(outcome.first), periods.last_day(last)
    except (ValueError, OverflowError):
        return None, None, None
    return (periods.written(outcome.first, last), *bounds) if bounds[0] <= bounds[1] else (None, None, None)


def _note_meeting(context: Context, outcome: Outcome, start: int, *, counted: bool) -> None:
    """Take the first full date in an opening sentence that tells of a meeting as the meeting's day.

    Not one that is far from the publication: it is that of an earlier meeting. ``counted``: the date is itself
    counted from the statement's (`yesterday`).
    """
    if context.meeting is not None or start > OPENING or outcome.first is None or outcome.first.unit != "day":
        return
    day = periods.first_day(outcome.first)
    if context.published is not None and abs((context.published - day).days) > RELEASE:
        return
    text = context.text
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, start - OPENING), start)), default=0)
    end = _SENTENCE_END.search(text, start, start + OPENING)
    sentence = text[begin : end.start() if end else start + OPENING].lower()
    if not context.lexicon.lists["meets"].isdisjoint(_WORD.findall(sentence)):
        context.meeting = day
        context.short = not counted and outcome.last in (None, outcome.first)


def _note_dateline(context: Context, outcome: Outcome, start: int, end: int) -> None:
    """Take a full date at the top as the dateline: ``(Oslo, May 4, 2031) –``, ``Oslo, May 4, 2031`` alone."""
    if (
        start > DATELINE
        or outcome.first is None
        or outcome.first.unit != "day"
        or outcome.last not in (None, outcome.first)
    ):
        return
    day = periods.first_day(outcome.first)
    near = context.published is None or abs((context.published - day).days) <= LATE
    if near and (_DATELINE.match(context.text, end) is not None or _is_line(context.text, start, end)):
        context.dateline = day


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether a line, or its first sentence, has nothing but a place and the date after it."""
    begin = text.rfind("\n", 0, start) + 1
    return _PLACE.fullmatch(text, begin, start) is not None and _LINE_END.match(text, end) is not None


@lru_cache(maxsize=4)
def _finder(model: str) -> DateFinder:
    path = resource("models") / model / "dates.toml"
    return DateFinder(KnowledgeFile(path.name, path.read_text(encoding="utf-8")))


def find_dates(
    text: str, *, published: str | None = None, mentions: Iterable[tuple[int, int]] = (), model: str = "en_space"
) -> list[DateExpression]:
    """`DateFinder.find` with the words of a model that comes with communique."""
    return _finder(model).find(text, published=published, mentions=mentions)
