"""Cities and countries in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile, alternation
from communique.naming.beginnings import Forms

_LONGEST = 60
"""Code points of the longest name of a city that is not listed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city (canonical form; for a venue the one in which it stands, if known) or a country (ISO code)."""

    start: int
    end: int
    city: str | None
    country: str
    venue: bool = False
    """Whether it is a house, a region or the like."""


class Places:
    """The cities and venues of ``places.toml`` and the countries of ``parties.toml``."""

    def __init__(self, places: KnowledgeFile, parties: KnowledgeFile) -> None:
        """Raises ModelError where an entry is wrong."""
        data = places.data
        self._forms: dict[str, tuple[str | None, str]] = dict(_countries(parties))
        self._venues = frozenset(name for venue in data.get("venue", []) for name in venue["names"])
        for venue in data.get("venue", []):
            self._forms.update(dict.fromkeys(venue["names"], (venue.get("city"), venue["country"])))
        for country, cities in data["cities"].items():
            self._forms.update({city: (city, country) for city in cities})
        for city, aliases in data.get("aliases", {}).items():
            if city not in self._forms:
                raise ModelError(f"{places.name}:1: aliases of {city!r}, which is no city of [cities]")
            self._forms.update(dict.fromkeys(aliases, self._forms[city]))
        self._guards: dict[str, tuple[str, ...]] = {g["form"]: tuple(g["not"]) for g in data.get("guarded", [])}
        self._written = Forms(self._forms, r"(?![\w-])")
        never = alternation(data["unlisted"]["never"])
        name = rf"(?!(?:{never})\b)[^\W\d_a-z][\w'’-]+"
        self._unlisted = re.compile(rf"\bin ({name}(?: {name}){{0,2}}), \Z")

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Place]:
        """The places in ``text[start:end]``; offsets count code points of ``text``."""
        found = []
        for low, high, form, _ in self._written.find_in(text, start, len(text) if end is None else end):
            if text[low - 1 : low] in (".", "-"):
                continue
            around = text[max(0, low - 30) : high + 30]
            if not any(phrase in around for phrase in self._guards.get(form, ())):
                place = Place(low, high, *self._forms[form], form in self._venues)
                found += [*self._city_before(text, start, place), place]
        return found

    def _city_before(self, text: str, start: int, place: Place) -> list[Place]:
        """A city that nobody listed, which the country behind it tells: `in Leuven, Belgium, on May 3`."""
        if place.city is not None or place.venue or text[place.end : place.end + 2].strip("'’").startswith("s"):
            return []
        match = self._unlisted.search(text[max(start, place.start - _LONGEST) : place.start])
        city = match[1] if match else None
        if city is None or city in self._forms:
            return []
        begin = place.start - len(city) - 2
        return [Place(begin, begin + len(city), city, place.country)]


def _countries(parties: KnowledgeFile) -> Iterator[tuple[str, tuple[str | None, str]]]:
    for entry in parties.data.get("party", []):
        for form in (entry["name"], entry.get("acronym"), *entry.get("aliases", [])):
            if form:
                yield form, (None, entry["iso"])
