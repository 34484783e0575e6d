"""The page of a series: its time line, themes and names by edition, and the ledger of commitments and positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from communique.comparison.records import Appearance, Comparison, Edition, Presences
from communique.comparison.sections import leader, listed_parties
from communique.comparison.sections import words as status_words
from communique.report.brief import CHAPTERS
from communique.report.dates import days_words
from communique.report.ledger import LedgerView
from communique.report.page import render
from communique.report.timeline import promises

# The smallest part of D3 that draws an axis of time, as its authors publish it (ISC licence, in LICENSE.js).
_D3 = tuple(
    f"vendor/{name}.min.js"
    for name in (
        *("d3-array", "d3-color", "d3-format", "d3-interpolate", "d3-time", "d3-time-format"),
        *("d3-scale", "d3-selection", "d3-axis"),
    )
)
_LEVELS = 5
_KINDS = {"agency": "Agencies", "mission": "Missions", "instrument": "Instruments", "forum": "Forums"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table by edition; ``level`` is its step on the scale of the heat map, from 0."""

    count: int
    status: str
    word: str
    level: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A name or theme with a cell for each edition."""

    id: str
    name: str
    full: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition as the list of editions shows it."""

    label: str
    ordinal: int | None
    when: str
    place: str
    date: str | None
    statements: list[tuple[str, str | None]]
    facts: list[tuple[str, list[str]]]
    commitments: int
    positions: int


def series_page(comparison: Comparison, party_names: Mapping[str, str] | None = None) -> bytes:
    """One self-contained HTML file; the same comparison gives the same bytes.

    ``party_names`` gives the names of the parties' ISO codes; a code that it lacks is shown itself.
    """
    parties = party_names or {}
    ledger = LedgerView(comparison, parties)
    editions = [_edition(comparison, number, ledger) for number in range(len(comparison.editions))]
    title = " ".join((comparison.series or "Statements compared").split())
    met = [parties.get(code, code) for code in comparison.parties]
    return render(
        "series.html.j2",
        ("page.css", "series.css"),
        ("vendor/LICENSE.js", *_D3, "series.js"),
        title=title,
        comparison=comparison,
        parties="" if all(name in title for name in met) else listed_parties(met),
        editions=editions,
        changes=ledger.changes(),
        promises=promises(comparison),
        status_words=status_words,
        themes=_themes(comparison),
        grids=[(kind, title, rows) for kind, title in _KINDS.items() if (rows := _grid(comparison, kind))],
        choices=ledger.choices(),
        rows=ledger.rows(),
    )


def _edition(comparison: Comparison, number: int, ledger: LedgerView) -> EditionView:
    edition = comparison.editions[number]
    return EditionView(
        label=edition.label,
        ordinal=edition.ordinal,
        when=days_words(edition.date, edition.end),
        place=_place(edition, ledger),
        date=edition.date,
        statements=[(" ".join((s.title or s.id).split()), s.uri) for s in edition.statements],
        facts=[(label, values) for label, values in _facts(comparison, number, ledger) if values],
        commitments=edition.commitments,
        positions=edition.positions,
    )


def _place(edition: Edition, ledger: LedgerView) -> str:
    if edition.virtual:
        return "Virtual"
    return ", ".join(p for p in (edition.city, ledger.actor(edition.country) if edition.country else None) if p)


def _facts(comparison: Comparison, number: int, ledger: LedgerView) -> list[tuple[str, list[str]]]:
    edition = comparison.editions[number]
    heads = [
        ", ".join([*leader(head, ledger.actor), *([ledger.actor(head.side)] if head.side else [])])
        for head in edition.heads
    ]
    delegations = [
        (f"Delegation, {ledger.actor(side)}", [", ".join(map(ledger.actor, ids))] if ids else [])
        for side, ids in edition.delegations.items()
    ]
    changes = []
    for status in ("new", "back", "gone"):
        for kind, title in _KINDS.items():
            if number == 0:
                continue
            found = [_short(p) for p in comparison.names if p.kind == kind and p.editions[number].status == status]
            changes.append(
                (f"{title} {status_words(status)}", [", ".join(sorted(found, key=str.lower))] if found else [])
            )
    return [("Heads", heads), *delegations, *changes]


def _themes(comparison: Comparison) -> list[GridRow]:
    most = max((a.count for theme in comparison.themes for a in theme.editions), default=0)
    titles: Mapping[str, str] = dict(CHAPTERS.items())
    return [
        GridRow(
            theme.id, titles.get(theme.id, theme.name), "",
            [_cell(a, most) for a in theme.editions],
        )
        for theme in comparison.themes
        if any(a.count for a in theme.editions)
    ]  # fmt: skip


def _grid(comparison: Comparison, kind: str) -> list[GridRow]:
    """The names of a kind, those that came first before the others, then the most often named."""
    found = [p for p in comparison.names if p.kind == kind]

    def order(p: Presences) -> tuple[int, int, str]:
        first = next(i for i, a in enumerate(p.editions) if a.count)
        return first, -sum(a.count for a in p.editions), _short(p).lower()

    found = sorted((p for p in found if any(a.count for a in p.editions)), key=order)
    return [GridRow(p.id, _short(p), p.name, [_cell(a, 0) for a in p.editions]) for p in found]


def _cell(appearance: Appearance, most: int) -> Cell:
    """``most`` is the largest count of the table; 0 where it has no scale."""
    # Steps by the square root, so that one crowded theme does not make all the others pale.
    level = max(1, round(_LEVELS * sqrt(appearance.count / most))) if most and appearance.count else 0
    return Cell(appearance.count, appearance.status, status_words(appearance.status), level)


def _short(presences: Presences) -> str:
    return presences.acronym or presences.name
