"""The ledger of a comparison as a page shows it: chains of clauses with what they can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import get_args

from communique.comparison.records import Chain, Comparison, Edition, Entry, Status
from communique.comparison.sections import words as status_words
from communique.report.brief import CHAPTERS, STRENGTHS
from communique.report.marking import readable

_STATUSES: tuple[Status, ...] = get_args(Status)
_PARTS = ("words", "names", "themes", "actors")
_FEW = "few words in common: read both"
_UNPROVEN = "the clause says too little to be missed"


@dataclass(frozen=True, slots=True)
class Line:
    """What one edition, or a run of silent ones, says."""

    label: str
    status: str
    word: str
    note: str
    strength: str | None
    deadline: str | None
    quote: str
    place: str
    match: str


@dataclass(frozen=True, slots=True)
class Row:
    """One chain; ``facets`` are edition, status and strength of each entry, joined by colons."""

    id: str
    kind: str
    themes: Sequence[str]
    theme_words: list[str]
    actors: Sequence[str]
    actor_words: list[str]
    facets: list[str]
    lines: list[Line]

    @property
    def title(self) -> str:
        """The words of the first edition that promised."""
        return next((line.quote for line in self.lines if line.quote), "")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter offers: values and their words."""

    label: str
    name: str
    values: list[tuple[str, str]]


class LedgerView:
    """Rows and filters of a comparison; ``parties`` gives the names of the parties' codes."""

    def __init__(self, comparison: Comparison, parties: Mapping[str, str]) -> None:
        self._comparison, self._parties = comparison, parties
        self._names = {name.id: name.acronym or name.name for name in comparison.names}
        self._chains = (*comparison.commitments, *comparison.positions)

    def actor(self, actor: str) -> str:
        """The words for a party's code or a body's id."""
        if ":" not in actor:
            return self._parties.get(actor, actor)
        return self._names.get(actor, actor.partition(":")[2])

    def rows(self) -> list[Row]:
        """All chains: commitments, then positions."""
        return [self._row(chain) for chain in self._chains]

    def choices(self) -> list[Choices]:
        """The filters, each with the values that occur."""
        themes = {theme for chain in self._chains for theme in chain.themes}
        actors = {actor for chain in self._chains for actor in chain.actors}
        entries = [entry for chain in self._chains for entry in chain.entries]
        strengths, statuses = {e.strength for e in entries}, {e.status for e in entries}
        editions = [(str(number), edition.label) for number, edition in enumerate(self._comparison.editions)]
        return [
            Choices("Theme", "theme", [(theme, title) for theme, title in CHAPTERS.items() if theme in themes]),
            Choices("Actor", "actor", sorted(((a, self.actor(a)) for a in actors), key=lambda a: (a[1].lower(), a[0]))),
            Choices("Strength", "strength", [(s, s) for s in STRENGTHS if s in strengths]),
            Choices("Status", "status", [(s, status_words(s)) for s in _STATUSES if s in statuses]),
            Choices("In edition", "edition", editions),
        ]

    def changes(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """For each edition after the first, how many commitments have each status: label, (status, word, count)."""
        found: list[tuple[str, list[tuple[str, str, int]]]] = []
        for number, edition in enumerate(self._comparison.editions):
            statuses = [e.status for c in self._comparison.commitments for e in c.entries if e.edition == number]
            counts = [(s, status_words(s), statuses.count(s)) for s in _STATUSES]
            found.append((edition.label, [(s, word, count) for s, word, count in counts if count]))
        return found

    def _row(self, chain: Chain) -> Row:
        return Row(
            id=chain.id,
            kind=chain.kind,
            themes=chain.themes,
            theme_words=[CHAPTERS[theme] for theme in chain.themes],
            actors=chain.actors,
            actor_words=[self.actor(actor) for actor in chain.actors],
            facets=[f"{e.edition}:{e.status}:{e.strength or ''}" for e in chain.entries],
            lines=_lines(chain.entries, self._comparison.editions),
        )


def _lines(entries: Iterable[Entry], editions: Sequence[Edition]) -> list[Line]:
    lines = []
    for (silent, certain), run in groupby(entries, key=lambda e: (e.status == "not_mentioned", e.certain)):
        group = list(run)
        if silent:
            first, last = (editions[group[i].edition].label for i in (0, -1))
            label = first if len(group) == 1 else f"{first} – {last}"
            note = "" if certain else _UNPROVEN
            lines.append(Line(label, "not_mentioned", status_words("not_mentioned"), note, None, None, "", "", ""))
        else:
            lines += [_line(entry, editions) for entry in group]
    return lines


def _line(entry: Entry, editions: Sequence[Edition]) -> Line:
    link, evidence = entry.link, entry.evidence
    notes = [f"back since {editions[link.edition].label}"] if entry.after_gap and link else []
    if not entry.certain:
        notes.append(_UNPROVEN if entry.status == "new" else _FEW)
    parts = asdict(link.parts) if link else {}
    told = ", ".join(f"{name} {parts[name]:.2f}" for name in _PARTS if parts.get(name) is not None)
    return Line(
        label=editions[entry.edition].label,
        status=entry.status,
        word=status_words(entry.status),
        note="; ".join(notes),
        strength=entry.strength,
        deadline=entry.deadline,
        quote=" ".join(readable(evidence.quote).split()) if evidence else "",
        place=f"{evidence.start}–{evidence.end}" if evidence else "",
        match=f"match with {editions[link.edition].label}: {link.score:.2f} ({told})" if link else "",
    )
