"""The places that words put a meeting in, and what ties a day or place to something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from communique.gathering.places import Place, Places
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules

_HEAD, _LINE = 5, 60
_OUTSIDE = 12
_SAME_CLAUSE = 100
_BEFORE = 140
_AFAR = 120


class Where:
    """Tells which of a text's places a meeting was in. Offsets count code points of the text."""

    def __init__(self, rules: MeetingRules, places: Places) -> None:
        self._is = rules.patterns
        self._places = places

    def places(self, text: str, start: int, end: int, verb: int = 0) -> list[Place]:
        """The places after `in` or `at`, nearest the sentence's head first, that belong to the meeting."""
        return [
            self._around(text, p)
            for p in self._places.find(text, start, end)
            if self._stands_in(text, start, p)
            and not self.is_elsewhere(text, verb if start < verb < p.start else start, p.start)
            and not self._is_afar(text, start, end, p.start)
        ]

    def _around(self, text: str, place: Place) -> Place:
        """The place itself, or only its country where the words before say that it was near there: `outside Oslo`."""
        near = self._is["opening.outside"].search(text, max(0, place.start - _OUTSIDE), place.start)
        return place if near is None else replace(place, city=None)

    def _is_afar(self, text: str, start: int, end: int, at: int) -> bool:
        """Whether a place is that of people who took part from there: `by video, with officials in Oslo and Lima`."""
        if self._is["opening.afar"].search(text, max(start, at - _AFAR), at) is None:
            return False
        return self._is["virtual.online"].search(text, start, end) is not None

    def _stands_in(self, text: str, start: int, place: Place) -> bool:
        """Whether the words before a place make it the place of what is told."""
        before = text[max(start, place.start - _BEFORE) : place.start]
        if self._is["opening.clock"].search(before):
            return False
        if any(self._is[name].match(text, place.end) for name in ("opening.named", "opening.clocked")):
            return False
        if place.city is not None and self._is["opening.host_city"].match(text, place.end):
            return True
        if self._is["opening.place"].search(before) is None:
            return False
        if self._is["opening.toward"].search(before) is not None:
            city = place.city is not None or place.venue
            travels = self._is["opening.travel" if city else "opening.guest"].search(before) is not None
            travels = travels or (city and self._is_welcomed(text, start, place))
            return travels and self._is["opening.elsewhere"].search(before) is None
        return place.city is not None or self._is["opening.country"].search(before) is not None

    def _is_welcomed(self, text: str, start: int, place: Place) -> bool:
        """Whether guests are welcomed to a city: `welcomed Ministers A and B to Oslo for the Dialogue`."""
        return (
            self._is["opening.welcomed"].match(text, place.end) is not None
            and self._is["cues.host"].search(text, start, place.start) is not None
        )

    def is_elsewhere(self, text: str, start: int, at: int) -> bool:
        """Whether a word before a date or place ties it to something other than the meeting."""
        low = max(start, at - _SAME_CLAUSE)
        comma = text.rfind(", ", low, at - 2)
        return self._is["opening.elsewhere"].search(text, comma if comma > low else low, at) is not None

    def city_there(self, reading: Reading, opening: int, country: str) -> str | None:
        """The city of a country in which a sentence soon after the one at offset ``opening`` says that people met."""
        at = reading.sentence_at(opening)
        for start, end in reading.sentences[at + 1 : at + 4]:
            met = self._is["opening.there"].search(reading.text, start, end)
            for place in self.places(reading.text, start, end, met.end()) if met is not None else ():
                if place.city is not None and place.country == country:
                    return place.city
        return None

    def headlined(self, line: str, *, alone: bool = False) -> Iterator[Place]:
        """The places of a title or head line beside a day: `Statement on the Dialogue (Oslo, 3 May 2031)`.

        Or, ``alone``, at its end: `Statement on the Dialogue, Oslo`.
        """
        for place in self._places.find(line):
            marked = self._is["opening.marked"].search(line, 0, place.start) is not None
            before_day = marked and self._is["opening.then_day"].match(line, place.end) is not None
            ends = not line[place.end :].strip(" .)")
            past_day = ends and self._is["opening.past_day"].search(line, 0, place.start) is not None
            if before_day or past_day or (alone and marked and ends):
                yield place

    def dateline(self, reading: Reading) -> Place | None:
        """The city at the head of one of the first lines: `MADRID, May 3 -`, or `Madrid, 3 May 2031` and no more."""
        headed = next((place for _, _, place in self.headed(reading)), None)
        lines = (self._is["opening.dateline"].match(reading.text, start) for start, _ in self._lines(reading))
        cities = (self._city(line["city"]) for line in lines if line is not None)
        return headed or next((city for city in cities if city is not None), None)

    def headed(self, reading: Reading) -> Iterator[tuple[int, int, Place]]:
        """Where the head of a text has nothing but a city and a day, on one line or on two, and the city."""
        text, lines = reading.text, self._lines(reading)
        for start, end in lines:
            place = self._headed(text[start:end])
            if place is not None:
                yield start, end, place
        for index, ((start, end), (begin, last)) in enumerate(pairwise(lines)):
            place = self._headed(f"{text[start:end]}, {text[begin:last]}")
            release = index > 0 and self._is["opening.release"].match(text, *lines[index - 1]) is not None
            if place is not None and not release:
                yield start, last, place

    def _headed(self, line: str) -> Place | None:
        match = self._is["opening.headed"].match(line) if len(line) < _LINE else None
        return self._city(match["city"] or match["last"]) if match else None

    def _lines(self, reading: Reading) -> list[tuple[int, int]]:
        """The sentences at the head of the text that begin a line."""
        return [(a, b) for a, b in reading.sentences[:_HEAD] if a == 0 or reading.text[a - 1] == "\n"]

    def _city(self, written: str) -> Place | None:
        found = self._places.find(written.title() if written.isupper() else written)
        return found[0] if found and found[0].city and found[0].start == 0 else None
