"""What an expression's value depends on outside its own words: the statement's day, the dates before it, the tense."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from communique.temporal import periods
from communique.temporal.lexicon import Lexicon
from communique.temporal.periods import Period

_CLAUSE = re.compile(r"(?:(?<![.\s]\w)\.|[;:!?])(?=\s)|\n")
_WORD = re.compile(r"[^\W\d_]+|'ll\b")
_LAST_WORD = re.compile(r"[^\W_]+(?:['’]s?)?$")
_NEXT_WORD = re.compile(r"[ \t-]*([^\W_]+)")

PAST_REACH = 8
"""How many words before a date a past verb can stand and still say when it happened."""
FUTURE_REACH = 25
FAR, NEAR = 240, 75
"""Days: a year is left out of a date close by, so one this near wins over a faint tense that points this far."""
SENTENCE = 300
"""How many characters at most a sentence has between two of its dates."""
TOLD_REACH = 2
"""How many line breaks may stand between a date and what is counted from it across ``on Tuesday``."""
LATE = 3
"""Days that at most lie between a dateline, or a meeting whose statement says `today`, and the publication."""

LEAD = 2
"""How many words may stand before a date that opens its clause (``In early March, …``)."""


@dataclass(slots=True)
class Context:
    """One text's calendar: ``published`` and the ``meeting`` named in it, and the ``latest`` date before this point.

    ``dateline`` is the day that a release gives after its place, before its first sentence: there it is `today`.
    """

    text: str
    lexicon: Lexicon
    published: date | None
    meeting: date | None = None
    short: bool = False
    """Whether the meeting had that one day."""
    dateline: date | None = None
    latest: Period | None = None
    latest_end: int = 0
    """Where the words of ``latest`` end."""
    paragraph: int = 0
    """How many line breaks stand before this point."""
    told: tuple[int, Period] | None = None
    """The latest date that is no day counted from the statement's, and its paragraph."""
    dated: frozenset[int] = frozenset()
    """Where names end that a year can follow."""

    @property
    def reference(self) -> date | None:
        """The day that dates without a year are counted from."""
        return self.meeting or self.published

    def has(self, name: str, word: str | None) -> bool:
        """Whether a word is in one of the lexicon's lists."""
        return word is not None and word in self.lexicon.lists[name]

    def word_before(self, at: int) -> str | None:
        """The word that stands, with only spaces between, before an offset."""
        before = self.text[max(0, at - 40) : at]
        words = before.rstrip(" \t")
        found = _LAST_WORD.search(words, words.rfind(" ") + 1) if len(words) < len(before) else None
        return found.group() if found else None

    def word_after(self, at: int) -> str | None:
        """The word that stands after an offset, with only spaces or a hyphen between."""
        found = _NEXT_WORD.match(self.text, at, at + 40)
        return found.group(1) if found else None

    def modifies(self, end: int) -> bool:
        """Whether the date before an offset stands before a noun (``the 2008 crisis``) that a preposition governs."""
        if self.text[end - 2 : end] in ("'s", "’s"):
            return True
        after = self.word_after(end) if self.text[end : end + 1] == " " else None
        return (
            after is not None and after not in self.lexicon.lists["plain"] and not after.endswith(("ed", "ing", "ly"))
        )

    def told_in_sentence(self, at: int) -> Period | None:
        """The last date before an offset, if the same sentence names it."""
        between = self.text[self.latest_end : at] if at - self.latest_end < SENTENCE else "\n"
        return None if _CLAUSE.search(between) else self.latest

    def ends_clause(self, at: int) -> bool:
        """Whether nothing follows an offset but the end of a clause."""
        return self.text[at : at + 1] in ("", ".", ",", ";", ":", "\n", ")", "!", "?")

    def deictic(self, unit: str, steps: int) -> Period | None:
        """The period so many steps from the one that the statement was published in."""
        anchor = self.published if self.published or unit in ("day", "week") else self.meeting
        if unit == "day" and (given := self.dateline or self._met()) is not None:
            anchor = given
        return None if anchor is None else periods.containing(unit, anchor).shift(steps)

    def _met(self) -> date | None:
        """The day of a meeting of one day, where its statement was published soon after: there it is `today`."""
        if self.meeting is None or self.published is None or not self.short:
            return None
        return self.meeting if 0 <= (self.published - self.meeting).days <= LATE else None

    def anaphoric(self, unit: str, steps: int) -> Period | None:
        """The period so many steps from the last date in the text, if that is precise enough.

        A longer stretch than a week is not counted from ``on Tuesday``, which tells when something was said, while
        another date stands near.
        """
        latest = self.latest
        if self.told and self.paragraph - self.told[0] <= TOLD_REACH and periods.coarser(unit, "week"):
            latest = self.told[1]
        if latest is None or periods.coarser(latest.unit, unit):
            return None
        return periods.within(latest, unit).shift(steps)

    def nearest(self, candidates: Iterable[Period | None], start: int, end: int) -> Period | None:
        """The candidate nearest to the statement's day, in the direction that the tense at [start, end) gives."""
        anchor = self.reference
        if anchor is None:
            return None
        found = _placed(candidates, anchor)
        if not found:
            return None
        tense = direction(self.text, start, end, self.lexicon)
        ahead = [placed for placed in found if tense.sign * placed.days >= 0 or self._told(placed, tense)] or found
        closest, directed = _closest(found), _closest(ahead)
        faint = not tense.firm and abs(directed.days) > FAR
        return closest.period if faint and abs(closest.days) <= NEAR else directed.period

    def _told(self, placed: _Placed, tense: Tense) -> bool:
        """Whether a past is that of the publication: of a meeting of two days the second, told the day after."""
        return tense.sign < 0 and self.published is not None and _distance(placed.period, self.published) <= 0

    def strictly(self, candidates: Iterable[Period | None], step: int, *, here: bool = False) -> Period | None:
        """The nearest candidate wholly before (-1) or after (1) the statement's day, or at it (0).

        ``here`` lets in the one that the day lies in.
        """
        anchor = self.published or self.meeting
        if anchor is None:
            return None
        found = [p for p in _placed(candidates, anchor) if step == 0 or step * p.days > -here]
        return _closest(found).period if found else None


class _Placed(NamedTuple):
    """A period and the days from a day to it."""

    period: Period
    days: int


def _placed(candidates: Iterable[Period | None], anchor: date) -> list[_Placed]:
    return [_Placed(period, _distance(period, anchor)) for period in candidates if period is not None]


def _closest(candidates: list[_Placed]) -> _Placed:
    return min(candidates, key=lambda placed: (abs(placed.days), placed.period.nth))


def _distance(period: Period, anchor: date) -> int:
    """Days from the anchor to the period; 0 when the anchor lies in it."""
    first, last = periods.core(period)
    return (first - anchor).days if first > anchor else min((last - anchor).days, 0)


class Tense(NamedTuple):
    """Where a clause lies: ``sign`` is -1 in the past, 1 in the future, 0 where its verbs do not say.

    ``firm`` is true where a finite verb close before the date says so, not a participle or a word further off.
    """

    sign: int
    firm: bool


def direction(text: str, start: int, end: int, lexicon: Lexicon) -> Tense:
    """The tense of the clause around [start, end).

    What the date stands beside decides (`our March announcement`), or else the nearest verb before it; where none
    stands there, the first one after it.
    """
    beside = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if beside is not None and beside.group() in lexicon.lists["outcomes"]:
        return Tense(-1, firm=True)
    low = max(0, start - 220)
    for found in _CLAUSE.finditer(text, low, start):
        low = found.end()
    before = _WORD.findall(text, low, start)
    for distance, (following, word) in enumerate(pairwise(reversed([*before[-FUTURE_REACH:], ""]))):
        preceding = before[-distance - 2 : -distance - 1]
        sense = _sense(word, lexicon, preceding)
        near = distance < PAST_REACH
        if (sense < 0 and preceding == ["be"]) or _steps(preceding, word, following, lexicon):
            continue
        if sense > 0 or (sense and near):
            finite = _listed(word.lower(), lexicon) or (sense < 0 and _dated(preceding, following, lexicon, distance))
            return Tense(sense, near and finite)
        governed = preceding == ["to"] or any(_sense(auxiliary, lexicon) > 0 for auxiliary in preceding)
        if near and word in lexicon.lists["scheduled"] and not governed:
            return Tense(1, False)
        if word == "to" and _bare(following, lexicon):
            arranged = preceding and preceding[0] in lexicon.lists["copula"]
            led = arranged or any(
                w.lower() in lexicon.lists["future"] for w in before[-PAST_REACH - distance : len(before) - distance]
            )
            return Tense(1, near and (following == "be" or led))
    return _direction_after(text, end, lexicon, opens=len(before) <= LEAD)


def _direction_after(text: str, end: int, lexicon: Lexicon, *, opens: bool) -> Tense:
    """The tense that the first verb after a date gives, in its clause; ``opens`` where the date opens it."""
    stop = _CLAUSE.search(text, end, end + 160)
    after = _WORD.findall(text, end, stop.start() if stop else min(len(text), end + 160))
    for preceded, word in pairwise(["", *after]):
        sense = _sense(word, lexicon, [preceded])
        if not sense and word in lexicon.lists["scheduled"]:
            return Tense(1, False)
        if sense:
            return Tense(sense, opens and _listed(word.lower(), lexicon))
    return Tense(0, False)


def _dated(preceding: list[str], following: str, lexicon: Lexicon, distance: int) -> bool:
    """Whether a participle tells when: with an auxiliary before it, or right before the date (``signed in May``)."""
    auxiliary = bool(preceding) and preceding[0] in lexicon.lists["past"]
    beside = distance == 1 and following in lexicon.words and lexicon.words[following].code == "y"
    return auxiliary or beside


def _steps(preceding: list[str], word: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a word only counts, as in ``the next day`` of a story, or is the verb of ``to last until March``."""
    places, counted = lexicon.words.get(word.lower()), lexicon.words.get(following.lower())
    if places is None or places.code not in "nl":
        return False
    before = preceding[0].lower() if preceding else ""
    if places.code == "l" and (before == "to" or before in lexicon.lists["future"]):
        return True
    code = counted.code if counted is not None else "-"
    return code in "UVT" if places.code == "n" else code in "UVWQ" and before == "the"


def _listed(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.lists["future"] or word in lexicon.lists["past"]


def _sense(word: str, lexicon: Lexicon, preceding: list[str] | None = None) -> int:
    """The tense that a word tells: -1, 0 or 1; ``preceding`` is the word before it, where that matters."""
    lower, lists = word.lower(), lexicon.lists
    if lower in lists["nominal"] and preceding == ["the"]:
        return 0
    if word != lower and lower in lexicon.capital:
        # "May" the month, which its capital tells from the verb.
        return 0
    word = lower
    if word in lists["future"]:
        return 1
    if word in lists["neutral"]:
        return 0
    return -1 if word in lists["past"] or (word.endswith("ed") and len(word) > 4) else 0


def _bare(word: str, lexicon: Lexicon) -> bool:
    """Whether a word after ``to`` looks like an infinitive rather than a name or an article."""
    if word == "be" or word in lexicon.lists["part"]:
        return True
    return word.islower() and word not in lexicon.words and len(word) > 2 and not word.endswith(("ing", "ed", "s"))
