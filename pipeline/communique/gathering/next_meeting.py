"""What a statement says of the next meeting."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cached_property

from communique.annotations import NextMeeting
from communique.gathering.expressions import Searched
from communique.gathering.opening import Opening
from communique.gathering.places import Place, Places
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.series import Series, SeriesNames
from communique.knowledge import alternation

_OF = re.compile(r" of (?:the )?([A-Z][\w/-]*(?: [A-Z][\w/-]*)*)")
_BRACKETED = re.compile(r"\(([A-Z][A-Z0-9+]{2,9})\)")
_ACRONYM = re.compile(r"\b([A-Z]{3,})-(\d{1,3})\b")


class NextMeetings:
    """Finds the sentence that tells the next meeting of the same series, and reads it."""

    def __init__(self, rules: MeetingRules, places: Places, names: SeriesNames) -> None:
        self._names = names
        self._is = rules.patterns
        self._stems = rules.words["next.stems"]
        self._places = places
        self._bare = frozenset(("", *(word.lower() for word in rules.words["series.bare"])))
        self._ordinals = dict(rules.ordinals)
        words = alternation(self._ordinals)
        number = rf"(?:(?P<word>{words})|{rules.patterns['series.digits'].pattern})"
        self._determiner = rf"(?:{alternation(rules.words['series.determiners'])})"
        noun = rules.patterns["next.meeting"].pattern
        self._coming = rules.words["next.coming"]
        later = rules.patterns["next.held"].pattern
        named = rf" (?:[\w.'&/-]+ ){{0,6}}?{noun}{later}"
        self._founding = re.compile(rf"\b{self._determiner} {number}{named}", re.IGNORECASE)
        self._numbered_next = re.compile(
            rf"\b{self._determiner} {number}(?<!first)(?<!inaugural){named}", re.IGNORECASE
        )
        self._apposed = re.compile(
            rf"{rules.patterns['next.cue'].pattern}[^.;,(]{{0,90}}[,(] ?"
            rf"(?:which will be )?{self._determiner} {number}\b",
            re.IGNORECASE,
        )
        self._numbered = re.compile(
            rf"\b{self._determiner} {number} (?:time\b|[\w.'&/+\"\u201c\u201d -]{{0,60}}?{noun})", re.IGNORECASE
        )

    def find(
        self, reading: Reading, opening: Opening | None, series: Series | None, ordinal: int | None
    ) -> NextMeeting | None:
        """The next meeting, or None where the statement tells nothing of it."""
        cues = {*reading.sentences_with(self._stems, self._is["next.cue"])}
        cues.update(reading.sentences_with(self._coming, self._is["next.planned"]))
        following: Searched = self._numbered_next if opening is not None else self._founding
        if ordinal is not None:
            following = self._following(ordinal + 1, series, _acronyms(reading, opening))
        stems = self._coming if ordinal is None else self._spelled(ordinal + 1)
        cues.update(reading.sentences_with(stems, following))
        itself = self._itself(series) if opening is not None and series is not None else None
        if itself is not None:
            cues.update(reading.sentences_with([itself[0]], itself[1]))
        for index in sorted(cues, reverse=True):
            start, end = reading.sentences[index]
            if opening is not None and start <= opening.start:
                break
            cue = self._cue(reading, start, end, following)
            if cue is None and itself is not None:
                cue = self._done(reading, itself[1], start, end)
            if cue is None or self._other(reading, opening, cue, end, series, ordinal):
                continue
            found = self._read(reading, cue, start, end, series)
            if found is not None:
                if found.ordinal is None and ordinal is not None:
                    found.ordinal = ordinal + 1 if following.search(reading.text, start, end) else None
                return found
        return None

    def _cue(self, reading: Reading, start: int, end: int, following: Searched) -> re.Match[str] | None:
        """The words that speak of a meeting to come, in a sentence about the future."""
        text = reading.text
        if self._is["next.future"].search(text, start, end) is None:
            return None
        for match in self._is["next.cue"].finditer(text, start, end):
            if self._is["next.never"].match(text, match.start()):
                continue
            if self._is["next.again"].match(text, match.start()):
                return match
            if self._is["next.meeting"].search(text, match.end(), min(end, match.end() + 80)):
                return match
            if any(m.start <= match.end() + 1 for m in reading.mentions(match.end(), match.end() + 2, "forum")):
                return match  # `the next AUSMIN`
        return self._is["next.planned"].match(text, start, end) or following.search(text, start, end)

    def _itself(self, series: Series) -> tuple[str, re.Pattern[str]] | None:
        """The last word of the series' name, and how a later sentence speaks of the series by it."""
        noun = series.noun or series.name.rpartition(" ")[2]
        if not noun[:1].isupper():
            return None
        return noun, re.compile(rf"{self._is['next.itself'].pattern}{re.escape(noun)}\b")

    def _done(self, reading: Reading, itself: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """The name of the series in a sentence that dates what is to be done with it."""
        if self._is["next.future"].search(reading.text, start, end) is None or not reading.dates(start, end):
            return None
        if self._is["next.done"].search(reading.text, start, end) is None:
            return None
        return itself.search(reading.text, start, end)

    def _following(self, number: int, series: Series | None, acronyms: Sequence[str]) -> Searched:
        """How the meeting of a number is named: `the 10th meeting`, `the tenth dialogue`, `the tenth ICG`."""
        spelled = "|".join(map(re.escape, self._words_for(number)))
        noun = self._is["next.meeting"].pattern
        initials = _initials(series.name) if series is not None else ""
        acronym = (
            "".join(f"{letter}?" for letter in initials[:-3]) + initials[-3:]
        )  # those of the parties may be left out
        named = rf"{noun}|(?-i:\b{acronym}\b)" if len(initials) > 1 else noun
        named = "|".join((named, *(rf"(?-i:\b{re.escape(written)}\b)" for written in acronyms)))
        numbered = rf"{self._determiner} (?:{spelled}) [\w.'&/+\"\u201c\u201d -]{{0,60}}?(?:{named})"
        return _Spelled(self._spelled(number), rf"\b(?:{numbered}|(?-i:[A-Z]{{3,}})-{number}\b)")

    def _words_for(self, number: int) -> list[str]:
        words = [word for word, value in self._ordinals.items() if value == number and word != "inaugural"]
        return [*words, *(f"{number}{ending}" for ending in ("st", "nd", "rd", "th"))]

    def _spelled(self, number: int) -> list[str]:
        """What a sentence that names the meeting of this number holds."""
        words = self._words_for(number)
        return [*words, *(word.capitalize() for word in words if word.isalpha()), f"-{number}"]

    def _number(self, match: re.Match[str]) -> int | None:
        return int(match["digits"]) if match["digits"] else self._ordinals.get(match["word"].lower())

    def _meets_again(self, reading: Reading, opening: Opening, start: int, end: int) -> bool:
        """Whether a meeting in [start, end) is that of a grouping that the opening says met: `of the Coalition`."""
        nouns = self._is["next.meeting"].finditer(reading.text, start, end)
        named = next((m for n in nouns if (m := _OF.match(reading.text, n.end(), end)) is not None), None)
        return named is not None and named[1] in reading.text[opening.start : opening.verb_end]

    def _bilateral(self, reading: Reading, at: int, end: int) -> bool:
        """Whether what follows is a meeting of the row that the opening counts: `the next bilateral meeting`."""
        noun = self._is["next.meeting"].search(reading.text, at, end)
        if noun is None:
            return False
        before = reading.text[at : noun.start()].strip()
        return before in self._bare or self._is["next.kind"].fullmatch(before) is not None

    def _is_told(self, reading: Reading, opening: Opening | None, at: int, end: int) -> bool:
        """Whether the opening calls its meeting what the next one is called: `the next consultations`.

        Who met had a meeting, whatever the opening calls it.
        """
        noun = self._is["next.meeting"].search(reading.text, at, end)
        if noun is None or opening is None or self._is["next.of_others"].match(reading.text, noun.end()):
            return False
        return self._is["next.plain"].fullmatch(noun[0]) is not None or (
            noun[0] in reading.text[opening.start : opening.end]
        )

    def _other(
        self,
        reading: Reading,
        opening: Opening | None,
        cue: re.Match[str],
        end: int,
        series: Series | None,
        ordinal: int | None,
    ) -> bool:
        """Whether the meeting to come is one of another body than the statement's."""
        high = min(end, cue.end() + 90)
        if series is None and not self._is["next.own"].search(reading.text[max(0, cue.start() - 8) : cue.end()]):
            if self._bilateral(reading, cue.end(), end) and (
                ordinal is not None or self._is_told(reading, opening, cue.end(), end)
            ):
                return False
            return opening is None or not self._meets_again(reading, opening, cue.end(), high)
        for mention in reading.mentions(cue.start(), high, "forum"):
            between = reading.text[cue.end() : mention.start]
            if self._is["next.aside"].search(between):
                continue
            if series is None:
                continue
            return not _same_series(
                mention.entity.name, reading.text[mention.start : mention.end], series.name, reading.title
            )
        for name in self._names.find(reading.text, cue.start(), high):
            if series is not None and name.start <= cue.end() + 2 and self._names.is_paired(name.name):
                return not _same_series(name.name, name.name, series.name, reading.title)
        return False

    def _read(
        self, reading: Reading, cue: re.Match[str], start: int, end: int, series: Series | None
    ) -> NextMeeting | None:
        text = reading.text
        apart = self._is["next.apart"].search(text, cue.end(), end)
        high = apart.start() if apart is not None else end
        dates = reading.dates(cue.end(), high) or reading.dates(start, cue.end())
        places = [p for p in self._places.find(text, cue.end(), high) if self._meets_in(text, start, p)]
        places = places or [p for p in self._places.find(text, start, cue.start()) if self._meets_in(text, start, p)]
        place = next((p for p in places if p.city), None) or next(iter(places), None) or self._host(text, start, high)
        number = self._apposed.search(text, start, end) or self._numbered.search(text, start, end)
        ordinal = self._number(number) if number else None
        if ordinal is None and series is not None:
            ordinal = _numbered_acronym(text, cue.start(), end, series.name)
        found = NextMeeting(
            ordinal, dates[0].value if dates else None, place.city if place else None, place.country if place else None
        )
        return None if found == NextMeeting() else found

    def _meets_in(self, text: str, start: int, place: Place) -> bool:
        return self._is["next.place"].search(text[max(start, place.start - 40) : place.start]) is not None

    def _host(self, text: str, start: int, end: int) -> Place | None:
        """The country that is to host: `Japan hosting`, `Italy will host`."""
        hosts = [
            place
            for place in self._places.find(text, start, end)
            if self._is["next.hosted"].match(text[place.end : min(end, place.end + 60)].lstrip(" 's\u2019"))
        ]
        return hosts[-1] if hosts else None


class _Spelled:
    """A pattern that one statement needs, compiled where the text has one of the words without which it finds nothing.

    Few statements do, and to compile it takes as long as to read three hundred words.
    """

    def __init__(self, stems: Sequence[str], pattern: str) -> None:
        self.pattern = pattern
        self._stems = stems

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize, /) -> re.Match[str] | None:
        """The first match in ``text[start:end]``."""
        told = any(text.find(stem, start, end) >= 0 for stem in self._stems)
        return self._compiled.search(text, start, end) if told else None


def _same_series(name: str, written: str, series: str, title: str) -> bool:
    a = set(name.replace("-", " ").split())
    b = set(series.replace("-", " ").split())
    initials = _initials(series)
    if any(len(word) > 2 and word in initials for word in written.split()):
        return True
    return a <= b or b <= a or len(a & b) >= 0.6 * len(b) or written in series or written in title


def _acronyms(reading: Reading, opening: Opening | None) -> list[str]:
    """The acronyms in brackets of the opening that are no agency's or country's: `the Drug Dialogue (NDD)`."""
    if opening is None:
        return []
    found = _BRACKETED.finditer(reading.text, opening.start, opening.end)
    return [m[1] for m in found if all(n.kind == "forum" for n in reading.mentions(m.start(1), m.end(1)))]


def _initials(series: str) -> str:
    return "".join(word[0] for word in re.findall(r"\b[A-Z][a-z]+", series))


def _numbered_acronym(text: str, start: int, end: int, series: str) -> int | None:
    """The number of `ABC-12`, where ABC are initials of the series."""
    found = next((m for m in _ACRONYM.finditer(text, start, end) if m[1] in _initials(series)), None)
    return int(found[2]) if found else None
