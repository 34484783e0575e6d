"""Records → series of meetings: which statements belong together, and where editions are missing.

The name of a series is read without the parties, ordinals, years and words that every statement has, so that neither
their order nor `U.S.` for `United States` matters; statements of leaders make a series by their parties alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.comparison.editions import Meeting, meetings
from communique.comparison.rules import Rules, rules
from communique.errors import InputError
from communique.model import DEFAULT_MODEL
from communique.overrides import Override
from communique.records import Record

_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")
_WORD = re.compile(r"[^\W_]+(?:['’.&+][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Gap:
    """Editions that are missing after the edition ``after`` (counted from 0) and before ``before``.

    ``missing`` is how many there are by the ordinals, ``numbers`` which where that is certain; both are empty where
    only the time tells.
    """

    after: int
    before: int
    months: int
    missing: int = 0
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Series:
    """A series of meetings: its id, a name for people, the parties, the editions by date, and the gaps."""

    id: str
    name: str
    parties: tuple[str, ...]
    editions: tuple[Meeting, ...]
    gaps: tuple[Gap, ...]

    @property
    def records(self) -> list[Record]:
        """The records of all editions."""
        return [record for meeting in self.editions for record in meeting.records]


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes a series: whether it is the leaders', the words of its name, and the parties where they are few."""

    leaders: bool
    words: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def id(self) -> str:
        return (
            "-".join((*(p.lower() for p in self.parties), *self.words, *(["leaders"] if self.leaders else [])))
            or "other"
        )


def group(records: Iterable[Record], overrides: Sequence[Override] = (), *, model: str = DEFAULT_MODEL) -> list[Series]:
    """The series of the records, by id; a series may have a single edition.

    ``overrides`` move statements to a series of the user's own. Raises InputError for a record without a date or an
    override that means no record, ModelError when the model is not found or wrong.
    """
    known = rules(model)
    unique = {record.statement.id: record for record in records}
    moved = _moved(unique, overrides)
    groups: dict[str, list[Record]] = {}
    parties: dict[str, tuple[str, ...]] = {}
    for number, record in sorted(unique.items()):
        key = series_key(record, known)
        place = moved.get(number, key.id)
        groups.setdefault(place, []).append(record)
        parties[place] = tuple(sorted({*parties.get(place, ()), *_parties(record)}))
    named = {slug(o.name): o.name for o in overrides}
    return [_series(place, named.get(place), parties[place], found, known) for place, found in sorted(groups.items())]


def find(name: str, among: Sequence[Series]) -> Series:
    """The series of that name or id, or the only one with all its words. Raises InputError when there is no such."""
    wanted = slug(name)
    exact = [s for s in among if wanted in (s.id, slug(s.name))]
    words = set(wanted.split("-"))
    found = exact or [s for s in among if words <= {*s.id.split("-"), *slug(s.name).split("-")}]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(s.id for s in found or among) or "none"
    raise InputError(f"series {name!r} is {'several' if found else 'not there'}: give one of: {listed}")


def slug(name: str) -> str:
    """The name in lower-case words and hyphens; points within abbreviations go."""
    return "-".join(re.findall(r"[^\W_]+", name.lower().replace(".", "").replace("'", "").replace("’", "")))


def series_key(record: Record, known: Rules) -> _Key:
    """What the record's series is told by."""
    meeting = record.meeting
    parties = _parties(record)
    few = parties if len(parties) <= known.few else ()
    leaders = _of_leaders(record, known)
    if leaders and len(few) > 1:
        return _Key(True, (), few)
    words = _words((meeting.series if meeting else None) or record.statement.title or "", parties, known)
    return _Key(leaders, tuple(w for w in words if not (leaders and w in known.leader_titles)), few)


def _words(name: str, parties: tuple[str, ...], known: Rules) -> tuple[str, ...]:
    """The words that tell a series from others, in alphabetical order.

    The names of the parties do not, and where the parties are unknown no country's name does, unless all hangs on it.
    """
    rest = " ".join(name.lower().split())
    for country in known.country_forms.findall(rest):
        if not parties or known.country_codes[country].intersection(parties):
            rest = rest.replace(country, " ", 1)
    return _telling(rest, known) or (() if parties else _telling(name.lower(), known))


def _telling(rest: str, known: Rules) -> tuple[str, ...]:
    words = {word.strip(".").removesuffix("'s").removesuffix("’s") for word in _WORD.findall(rest)}
    plain = (w for w in words if w not in known.generic and not _NUMBER.fullmatch(w) and len(w) > 1)
    return tuple(sorted(plain))


def _parties(record: Record) -> tuple[str, ...]:
    """Who met; where the record does not say, the parties that most of its clauses bind."""
    if record.meeting is not None and record.meeting.parties:
        return tuple(sorted(record.meeting.parties))
    clauses = [*(c.actors for c in record.commitments), *(p.actors for p in record.positions)]
    bound = Counter(tuple(sorted(actor for actor in actors if ":" not in actor)) for actors in clauses)
    return min(bound, key=lambda parties: (-bound[parties], parties), default=())


def _of_leaders(record: Record, known: Rules) -> bool:
    """Whether heads of state or government speak: their titles say so, or the statement's title, or its opening."""
    title = record.statement.title or ""
    words = {word.rstrip(".") for word in _WORD.findall(known.leader_forms.sub(" ", " ".join(title.split())).lower())}
    if words & known.other_titles:
        return False
    heads = [head.title for head in record.meeting.heads if head.title] if record.meeting else []
    if heads:
        return any(known.leader_forms.match(head) for head in heads)
    if words & known.leader_titles or known.leader_forms.search(title):
        return True
    parties = _parties(record)
    if record.meeting is not None and record.meeting.series and _words(record.meeting.series, parties, known):
        return False
    if len(_words(title, parties, known)) > known.title_words:
        # A title of its own matter: leaders who are named at the beginning need not speak.
        return False
    return len(known.leader_forms.findall(" ".join(record.statement.text[: known.opening].split()))) > 1


def _moved(records: dict[str, Record], overrides: Sequence[Override]) -> dict[str, str]:
    """The series' id by the id of each statement that an override moves."""
    moved: dict[str, str] = {}
    for override in overrides:
        for wanted in override.statements:
            found = [i for i, record in sorted(records.items()) if override.means(wanted, record)]
            if not found:
                raise InputError(f"series {override.name!r}: no statement {wanted!r}: give its id, title or file name")
            moved |= dict.fromkeys(found, slug(override.name))
    return moved


def _series(place: str, name: str | None, parties: tuple[str, ...], records: list[Record], known: Rules) -> Series:
    editions = tuple(meetings(records))
    return Series(place, name or _name(place, parties, records, known), parties, editions, _gaps(editions, known))


def _name(place: str, parties: tuple[str, ...], records: list[Record], known: Rules) -> str:
    """The name that most statements give the series, or else the leaders' parties or a title."""
    given = Counter(r.meeting.series for r in records if r.meeting is not None and r.meeting.series)
    if place.endswith("leaders") and len(parties) > 1:
        return f"Leaders: {', '.join(known.party_names.get(party, party) for party in parties)}"
    if given:
        return min(given, key=lambda name: (-given[name], -len(name), name))
    return min((r.statement.title or r.statement.id for r in records), key=lambda t: (len(t), t))


def _gaps(editions: Sequence[Meeting], known: Rules) -> tuple[Gap, ...]:
    """Where ordinals leave numbers out, or more time passed than is usual for the series."""
    found: dict[int, Gap] = {}
    numbered = [i for i, meeting in enumerate(editions) if meeting.ordinal is not None]
    for a, b in pairwise(numbered):
        first, last = editions[a].ordinal or 0, editions[b].ordinal or 0
        missing = last - first - 1 - (b - a - 1)
        if missing > 0:
            numbers = tuple(range(first + 1, last)) if b == a + 1 else ()
            found[a] = Gap(a, b, _months(editions[a], editions[b]), missing, numbers)
    told = {i for a, b in pairwise(numbered) for i in range(a, b)}
    months = [_months(a, b) for a, b in pairwise(editions)]
    for index, passed in enumerate(months):
        if len(months) > 2 and index not in told and passed > known.gap * median(months):
            found[index] = Gap(index, index + 1, passed)
    return tuple(found[index] for index in sorted(found))


def _months(a: Meeting, b: Meeting) -> int:
    return round((b.start - a.start).days / 30.44)
