"""A comparison as headed tables of text, for whatever shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from communique.comparison.records import Chain, Comparison, Edition, Entry, Evidence, Presences
from communique.records import Head

STATUS_WORDS = {
    "carried_out": "carried out as reported",
    "not_mentioned": "not mentioned",
    "gone": "no longer mentioned",
}
"""What is written for a status that is no word of its own."""


_MANY = 10


class Section(NamedTuple):
    """A heading, the heads of the columns, and the rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def words(status: str) -> str:
    """A status as people write it."""
    return STATUS_WORDS.get(status, status)


def title(comparison: Comparison) -> str:
    """The comparison's title: the series and its first and last edition."""
    first, last = comparison.editions[0].label, comparison.editions[-1].label
    return f"{comparison.series or 'Statements compared'}, {first} to {last}"


def listed_parties(parties: Sequence[str]) -> str:
    """The parties' codes, or how many they are where they are many."""
    return ", ".join(parties) if len(parties) <= _MANY else f"{len(parties)} parties"


def leader(head: Head, called: Callable[[str], str]) -> list[str]:
    """Who led: a person and the title, or the office and its body, as ``called``, where no one is named."""
    body = called(head.agency) if head.agency and not head.name else None
    return [words for words in (head.name, head.title, body) if words]


def sections(comparison: Comparison) -> list[Section]:
    """All tables of a comparison."""
    editions = comparison.editions
    names = {name.id: name.acronym or name.name for name in comparison.names}
    ledger = ("Chain", "Edition", "Status", "Strength", "Deadline", "Words")
    return [
        Section(
            "Editions",
            ("Edition", "Date", "Place", "Parties", "Commitments", "Positions"),
            [_edition(edition) for edition in editions],
        ),
        Section(
            "Heads and delegations",
            ("Edition", "Heads", "Delegations"),
            [_members(edition, names) for edition in editions if edition.heads or edition.delegations],
        ),
        Section("Names", ("Edition", "Kind", "Change", "Names"), list(_changes(comparison.names, editions))),
        Section("Themes", ("Edition", "Kind", "Change", "Names"), list(_changes(comparison.themes, editions))),
        Section("Commitments", ledger, list(_ledger(comparison.commitments, editions))),
        Section("Positions", ledger, list(_ledger(comparison.positions, editions))),
        Section(
            "Deadlines that fell due",
            ("Due", "Promised in", "Promise", "Checked in", "Status", "Words"),
            [
                (
                    d.due, editions[d.promised].label, _quote(d.promise), editions[d.checked].label,
                    words(d.status) + ("" if d.certain else "?"),
                    _quote(d.evidence),
                )
                for d in comparison.deadlines
            ],
        ),
    ]  # fmt: skip


def _edition(edition: Edition) -> tuple[str, ...]:
    days = edition.date if edition.date == edition.end else f"{edition.date} to {edition.end}"
    place = "virtual" if edition.virtual else ", ".join(p for p in (edition.city, edition.country) if p)
    counts = (str(edition.commitments), str(edition.positions))
    return (edition.label, days or "", place, listed_parties(edition.parties), *counts)


def _members(edition: Edition, names: dict[str, str]) -> tuple[str, ...]:
    def called(agency: str) -> str:
        return names.get(agency, agency)

    heads = "; ".join(", ".join(leader(head, called)) for head in edition.heads)
    delegations = "; ".join(
        f"{side}: {', '.join(map(called, agencies))}" for side, agencies in edition.delegations.items()
    )
    return (edition.label, heads, delegations)


def _changes(presences: Sequence[Presences], editions: Sequence[Edition]) -> Iterator[tuple[str, ...]]:
    """What each edition brings, keeps, takes up again and lets fall, kind by kind."""
    kinds = list(dict.fromkeys(p.kind for p in presences))
    for number, edition in enumerate(editions):
        for kind in kinds:
            for status in ("new", "back", "kept", "gone"):
                named = [p for p in presences if p.kind == kind and p.editions[number].status == status]
                if named:
                    texts = sorted((p.acronym or p.name for p in named), key=str.lower)
                    yield edition.label, kind, words(status), ", ".join(texts)


def _ledger(chains: Sequence[Chain], editions: Sequence[Edition]) -> Iterator[tuple[str, ...]]:
    for chain in chains:
        for number, entry in enumerate(chain.entries):
            edition = editions[entry.edition].label
            yield (
                "" if number else chain.id, edition, _status(entry, editions), entry.strength or "",
                entry.deadline or "", _quote(entry.evidence),
            )  # fmt: skip


def _status(entry: Entry, editions: Sequence[Edition]) -> str:
    since = f" (since {editions[entry.link.edition].label})" if entry.after_gap and entry.link else ""
    return words(entry.status) + ("" if entry.certain else "?") + since


def _quote(evidence: Evidence | None) -> str:
    return " ".join(evidence.quote.split()) if evidence else ""
