"""The sentence that tells the meeting, and its days and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.annotations import DateExpression
from communique.gathering.named import Named
from communique.gathering.occasions import Occasions
from communique.gathering.places import Place, Places
from communique.gathering.reading import DAY, Reading
from communique.gathering.rules import MeetingRules
from communique.gathering.when import When, first_and_last
from communique.gathering.where import Where
from communique.knowledge import alternation

_SENTENCES = 12
_NEAR = 6
_NAMED = 3
_REACH = 280
_HEAD = 5
_QUOTED = 200
_FRONT = 40
_CLOSE = 12
_LINE = 200
_PARAGRAPH = 120
"""Shorter bullets than this are items; longer ones are paragraphs of a release that marks each of them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A sentence that tells a meeting, with the span of its verb."""

    start: int
    end: int
    verb_start: int
    verb_end: int
    personal: bool
    """True where people met, gathered or convened; false where a meeting was held."""


class Openings:
    """Finds the opening and what it tells."""

    def __init__(self, rules: MeetingRules, places: Places) -> None:
        self._is = rules.patterns
        self._notices = rules.words["opening.notices"]
        self._stems = rules.words["opening.stems"]
        self._later = rules.words["opening.later"]
        self._begins = rules.words["opening.begins"]
        self._attendees = rules.words["opening.attendees"]
        self._where = Where(rules, places)
        self._when = When(rules, self._where)
        self._named = Named(rules)
        self._occasions = Occasions(rules, self._where, self._when)
        determiners, ordinals = alternation(rules.words["series.determiners"]), alternation(rules.ordinals)
        number = rf"(?:{ordinals}|{rules.patterns['series.digits'].pattern})"
        self._numbered = re.compile(
            rf"\b(?:{determiners}) {number} (?:[\w.'&/-]+ ){{0,8}}?{rules.patterns['opening.meeting'].pattern}",
            re.IGNORECASE,
        )

    def find(self, reading: Reading) -> Opening | None:
        """The first sentence that tells the statement's own meeting, or None."""
        titled = self._is["opening.meeting"].search(reading.title) is not None
        guarded = not titled and self._is["opening.other"].search(reading.title) is not None
        seen = 0
        for start, end in reading.sentences[: 3 * _SENTENCES]:
            if reading.line_kind(start) == "heading" or end - start < 20:
                continue
            if self.is_notice(reading, start, end):
                continue
            seen += 1
            if seen > _SENTENCES:
                break
            if reading.line_kind(start) == "bullet" and seen > 1 and end - start < _PARAGRAPH:
                continue
            found = self._in(reading, start, end, titled, guarded) if reading.holds(start, end, self._stems) else None
            if found is None and seen <= _NAMED and reading.tells_day(start, end):
                found = None if guarded else self._by_name(reading, start, end, titled)
                found = found or self._together(reading, start, end)
            if found is None and seen <= _NAMED:
                found = self._launched(reading, start, end) or self._occasion(reading, start, end)
            near = seen <= _NEAR or self._is["opening.receives"].match(reading.text, start) is not None
            if found is not None and (titled or (near and not self._is_old(reading, found))):
                return found
        return (
            self._beside(reading, guarded) or self._attended(reading) or self._released(reading) or self._body(reading)
        )

    def _together(self, reading: Reading, start: int, end: int) -> Opening | None:
        """A sentence with a recent day at its head or verb, on which holders of office of several sides did things."""
        text = reading.text
        verb = self._is["opening.together"].search(text, start, end)
        if verb is None:
            return None
        days = (*reading.dates(start, start + _FRONT), *reading.dates(verb.end(), min(end, verb.end() + _CLOSE)))
        day = next(iter(days), None)
        if day is None or not reading.is_recent(day) or reading.is_ahead(day):
            return None
        if self._is["opening.several"].search(text, start, verb.start()) is None:
            return None
        if self._is["opening.spoke"].match(text, verb.start()) is None:
            fronted = day.start < verb.start()
            low, high = (start, min(verb.start(), start + 2 * _FRONT)) if fronted else (verb.end(), day.end + _FRONT)
            found = self._where.places(text, low, min(high, end))
            if not any(place.city for place in found):
                return None
        return Opening(start, end, verb.start(), verb.end(), True)

    def _launched(self, reading: Reading, start: int, end: int) -> Opening | None:
        """A sentence that says that a dialogue was launched, with its recent day and its city."""
        verb = self._is["opening.launches"].search(reading.text, start, end)
        if verb is None or not self._is_past(reading, start, end, verb):
            return None
        days = [day for day in reading.dates(start, end) if reading.is_recent(day) and not reading.is_ahead(day)]
        city = any(place.city for place in self._where.places(reading.text, start, end, verb.end("verb")))
        return Opening(start, end, *verb.span("verb"), False) if days and city else None

    def _occasion(self, reading: Reading, start: int, end: int) -> Opening | None:
        """A sentence that tells the meeting as the occasion of what the parties did there."""
        found = self._occasions.find(reading, start, end)
        return Opening(found[0], end, *found[1].span(), False) if found is not None else None

    def _by_name(self, reading: Reading, start: int, end: int, titled: bool) -> Opening | None:
        """A sentence with another verb that names the meeting of the parties, and has its day."""
        noun = next((noun for noun, _ in self._named.beside(reading, start, end, titled=False)), None)
        noun = noun or self._named.own(reading, start, end)
        noun = noun or (self._named.at_it(reading, start, end) if titled else None)
        return Opening(start, end, noun.start(), noun.end(), False) if noun is not None else None

    def _beside(self, reading: Reading, guarded: bool) -> Opening | None:
        """The first sentence with a day right behind the word for the meeting: `At the dialogue in Oslo on May 3`.

        In a text ``guarded`` by its title it must be those who speak who met: `Following their talks on May 3`.
        """
        own = self._is["opening.fronted"]
        openings = (opening for opening, _ in self._days_beside(reading))
        return next((o for o in openings if not guarded or own.fullmatch(reading.text, o.start, o.verb_end)), None)

    def _days_beside(self, reading: Reading) -> Iterator[tuple[Opening, DateExpression]]:
        """Where the head of the text, notices of the publication too, names the meeting together with its day."""
        titled = self._is["opening.meeting"].search(reading.title) is not None
        for start, end in reading.sentences[:_HEAD]:
            for noun, day in self._named.beside(reading, start, end, titled=titled):
                yield Opening(start, end, noun.start(), noun.end(), False), day

    def _body(self, reading: Reading) -> Opening | None:
        """A sentence anywhere that says that a body of which the text's head speaks met."""
        found = self._occasions.body(reading)
        return Opening(*found[:2], *found[2].span("verb"), True) if found is not None else None

    def _attended(self, reading: Reading) -> Opening | None:
        """The first sentence that says who was at the meeting, in a text that tells nowhere else that it was held."""
        for index in reading.sentences_with(self._attendees, self._is["opening.attended"]):
            start, end = reading.sentences[index]
            met = self._is["opening.attended"].search(reading.text, start, end)
            if met is not None and self._is_past(reading, start, end, met):
                return Opening(start, end, met.start(), met.end(), False)
        return None

    def _released(self, reading: Reading) -> Opening | None:
        """A sentence about the publication that tells the day of the meeting after which it was."""
        for start, end in reading.sentences[:_HEAD]:
            after = self._is["opening.after"].search(reading.text, start, end)
            if after is not None and reading.tells_day(start, end):
                low = after.start("meeting") if reading.tells_day(after.start("meeting"), end) else start
                return Opening(low, end, *after.span("meeting"), False)
            if self.is_notice(reading, start, end) and (found := self._occasion(reading, start, end)) is not None:
                return found
        return None

    def _is_old(self, reading: Reading, found: Opening) -> bool:
        """Whether a sentence speaks of days long before the publication."""
        days = [d for d in reading.dates(found.start, found.end) if DAY.fullmatch(d.value or "")]
        return bool(days) and not any(reading.is_recent(d) for d in days)

    def is_notice(self, reading: Reading, start: int, end: int) -> bool:
        """True for a sentence about the publication of the statement."""
        end = min(end, start + 120)
        return (
            reading.holds(start, end, self._notices)
            and self._is["opening.notice"].search(reading.text, start, end) is not None
        )

    def notices(self, reading: Reading) -> list[tuple[int, int]]:
        """The sentences about the publication, at the head of the text."""
        return [span for a, b in reading.sentences[:6] if (span := self._notice(reading, a, b)) is not None]

    def _notice(self, reading: Reading, start: int, end: int) -> tuple[int, int] | None:
        """A sentence about the publication, or its head `Following the dialogue in Oslo on May 3,`."""
        text = reading.text
        after = self._is["opening.following"].match(text, start)
        if after is not None:
            comma = self._is["opening.clause_end"].search(text, after.end(), end)
            return after.end(), comma.start() if comma else end
        if not self.is_notice(reading, start, end):
            return None
        held = self._is["opening.after"].search(text, start, end)
        return held.start("meeting") if held else start, end

    def _in(self, reading: Reading, start: int, end: int, titled: bool, guarded: bool) -> Opening | None:
        text = reading.text
        met = self._met(reading, start, end, guarded)
        if met is not None:
            return met
        if guarded and self._numbered.search(text, start, end) is None:
            return None
        for name in ("opening.passive", "opening.holds"):
            for verb in self._is[name].finditer(text, start, end):
                if not titled and name == "opening.holds" and not self._is["opening.alone"].match(text, verb.start()):
                    continue
                if not self._is_past(reading, start, end, verb):
                    continue
                if self._tells(reading, start, end, verb, titled, name == "opening.passive"):
                    recent = titled or self._is_dated(reading, start, end)
                    return Opening(start, end, verb.start(), verb.end(), False) if recent else None
        return None

    def _met(self, reading: Reading, start: int, end: int, guarded: bool) -> Opening | None:
        """A sentence that says that people met, visited or called each other; a call and a bare visit need a day."""
        dated = reading.tells_day(start, end)
        names = ("gathers", "here", "visits", "calls", "occasion") if dated else ("gathers", "here", "visits")
        if dated and self._is["virtual.online"].search(reading.title):
            names = (*names, "talked")
        for name in names:
            met = self._is[f"opening.{name}"].search(reading.text, start, end)
            if met is None or not self._is_past(reading, start, end, met):
                continue
            if name == "here" and not any(p.city for p in self._where.places(reading.text, met.start(), end)):
                continue
            # `Meeting in Oslo on May 3, the leaders …`, `The visit of the Prime Minister to Oslo …`
            until = end if name in ("visits", "occasion") or met.start() == start else met.end()
            spoken = not guarded or self._is["opening.leaders"].search(reading.text, start, until) is not None
            if spoken or (dated and any(self._named.pairs(reading, start, met.start()))):
                return Opening(start, end, met.start(), met.end(), True)
        return None

    def _is_dated(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a sentence has a recent day; without old date also, where it names the meeting of the parties.

        Or where the head of the text has nothing but a city and such a day.
        """
        dates = reading.dates(start, end)
        if any(reading.is_recent(d) for d in dates):
            return True
        old = any(d.type == "date" and not reading.is_near(d) for d in dates)
        if old:
            return False
        if start <= reading.sentences[:_NAMED][-1][0] and any(self._named.pairs(reading, start, end)):
            return True
        return any(reading.is_recent(d) for a, b, _ in self._where.headed(reading) for d in reading.dates(a, b))

    def _is_past(self, reading: Reading, start: int, end: int, verb: re.Match[str]) -> bool:
        """Whether a verb tells of this meeting, not of one to come: a future needs the day of an invitation."""
        text = reading.text
        low = max(start, verb.start() - _REACH)
        if self._is["opening.another"].search(text, low, verb.start()):
            return False
        if text.startswith(" by ", verb.end()) and self._is["opening.promise"].search(text, low, verb.start()):
            return False
        if self._is["opening.future"].match(text, verb.start()) is None:
            return True
        return reading.tells_day(low, min(end, verb.end() + _REACH))

    def _tells(self, reading: Reading, start: int, end: int, verb: re.Match[str], titled: bool, passive: bool) -> bool:
        """Whether a word for a meeting stands where the verb looks for it."""
        text = reading.text
        low, high = (
            (max(start, verb.start() - _REACH), verb.start())
            if passive
            else (verb.end(), min(end, verb.end() + _REACH))
        )
        if not passive and (aside := self._is["opening.led_in"].match(text, low, high)) is not None:
            low = aside.end()
        noun = self._is["opening.meeting"].search(text, low, high)
        if noun is None and not passive and titled:
            noun = self._is["opening.meeting"].search(text, max(start, verb.start() - 60), verb.start())
        if noun is None or text.startswith("be ", verb.start() - 3):
            return False
        return titled or passive or self._is["opening.preposition"].search(text, low, noun.start()) is None

    def days(self, reading: Reading, opening: Opening | None) -> tuple[str | None, str | None]:
        """First and last ISO day of the meeting."""
        for start, end in self._dated(reading, opening):
            anchor = opening.verb_end if opening and start == opening.start else start
            found = self._when.day(reading, start, end, anchor)
            if found is not None and opening is not None and start == opening.start:
                return self._when.lasting(reading, opening.start, opening.end, opening.verb_start, found)
            if found is not None:
                return first_and_last(found)
        days = [day for _, day in self._days_beside(reading)]
        days += [day for day in reading.notes.title_dates if reading.is_recent(day)]
        days += self._acted(reading) if opening is not None and opening.personal else []
        return first_and_last(days[0]) if days else (None, None)

    def _acted(self, reading: Reading) -> list[DateExpression]:
        """The day on which those who met did what a sentence at the head of the text begins with."""
        acts = [s for s in reading.sentences[: 3 * _SENTENCES] if self._is["opening.acted"].match(reading.text, *s)]
        return [day for start, end in acts for day in reading.dates(start, end)[:1] if reading.is_recent(day)]

    def _dated(self, reading: Reading, opening: Opening | None) -> Iterator[tuple[int, int]]:
        """The spans that may tell the day, the best first."""
        if opening is not None:
            yield opening.start, opening.end
            at = reading.sentence_at(opening.start)
            for span in reading.sentences[at + 1 : at + 5]:
                if reading.dates(*span) and self._about(reading, *span):
                    yield span
        yield from self.notices(reading)
        for span in reading.sentences[:_SENTENCES]:
            if reading.dates(*span) and self._is["opening.todays"].search(reading.text, *span):
                yield span
        if opening is not None or self._is["opening.meeting"].search(reading.title):
            yield from ((start, end) for start, end, _ in self._where.headed(reading))

    def _about(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a later sentence speaks of this meeting as a whole."""
        if not reading.holds(start, end, self._later):
            return False
        text = reading.text
        verb = self._is["opening.passive"].search(text, start, end)
        if verb is None or text.startswith("will ", verb.start()):
            return False
        if self._is["opening.it"].fullmatch(text, start, verb.start()) is not None:
            return True
        return self._is["opening.meeting"].search(text, start, verb.start()) is not None

    def place(self, reading: Reading, opening: Opening | None) -> tuple[str | None, str | None]:
        """City and country of the meeting."""
        spans = [(opening.start, self._unquoted(reading, opening))] if opening else []
        if opening is not None:
            at = reading.sentence_at(opening.start)
            spans += [s for s in reading.sentences[at + 1 : at + 5] if self.speaks(reading, *s)]
        spans += self.notices(reading)
        country = None
        for start, end in spans:
            verb = opening.verb_end if opening and start == opening.start else start
            found = self._where.places(reading.text, start, end, verb)
            found = [place for place in found if not self._is_of_another_day(reading, opening, place, end)]
            for place in found:
                if place.city:
                    return place.city, place.country
            country = country or (found[0].country if found else None)
        city = self._where.city_there(reading, opening.start, country) if opening and country else None
        if city is not None:
            return city, country
        for place in (*self._where.places(reading.title, 0, len(reading.title)), *self._headlined(reading)):
            if place.city:
                return place.city, place.country
        dated = self._where.dateline(reading) if country is None else None
        if dated is not None:
            return dated.city, dated.country
        return None, country

    def _is_of_another_day(self, reading: Reading, opening: Opening | None, place: Place, end: int) -> bool:
        """Whether the day behind a place is none of the meeting: `as their Presidents decided in Oslo on 3 May`."""
        days = reading.dates(place.end, min(end, place.end + _CLOSE))
        if not days or DAY.fullmatch(days[0].value or "") is None:
            return False
        (begun, ended), (first, last) = self.days(reading, opening), first_and_last(days[0])
        return begun is not None and ended is not None and (last < begun or first > ended)

    def _headlined(self, reading: Reading) -> Iterator[Place]:
        """The places that the title, or a line at the head that names the meeting, has beside a day."""
        yield from self._where.headlined(reading.title, alone=True)
        for start, end in reading.sentences[:_NAMED]:
            if end - start < _LINE and self._is["opening.meeting"].search(reading.text, start, end) is not None:
                yield from self._where.headlined(reading.text[start:end])

    def _unquoted(self, reading: Reading, opening: Opening) -> int:
        """Where the opening ends, or the sentence that ends what it quotes: `the conference “A. B” in C`."""
        text, start, end = reading.text, opening.start, opening.end
        if text.count('"', start, end) % 2 == 0:
            return end
        close = text.find('"', end, end + _QUOTED)
        return reading.sentences[reading.sentence_at(close)][1] if close >= 0 else end

    def is_placed(self, reading: Reading, opening: Opening) -> bool:
        """Whether the sentence that tells the meeting tells its place."""
        return bool(self._where.places(reading.text, opening.start, opening.end, opening.verb_end))

    def speaks(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a later sentence begins with this meeting, or speaks of it as a whole."""
        low = reading.text[start : start + 60].lower()
        if self._is["opening.coming"].search(low) is not None:
            return False
        old = any(not reading.is_near(day) for day in reading.dates(start, end))
        if old and self._is["opening.gone"].search(low) is not None:
            return False
        return self._about(reading, start, end) or (
            self._is["opening.meeting"].search(low) is not None and low.startswith(self._begins)
        )
