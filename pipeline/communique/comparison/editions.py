"""Records → editions: the statements of one meeting together, the meetings by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.comparison.records import ComparedStatement, Edition
from communique.errors import InputError
from communique.records import Record

# Statements come out on the day of a meeting or soon after; meetings of one series are never so close.
_SOON = timedelta(days=2)


@dataclass(frozen=True)
class Meeting:
    """The records about one meeting, by title and id, and its first and last day."""

    records: tuple[Record, ...]
    start: date
    end: date
    ordinal: int | None


def meetings(records: Iterable[Record]) -> list[Meeting]:
    """The meetings that the records are about, by date.

    Two records of one text are one. Raises InputError where a record has neither a meeting's date nor a publication
    date.
    """
    unique = {record.statement.id: record for record in records}
    dated = sorted((_days(r), r.statement.title or "", r.statement.id) for r in unique.values())
    found: list[list[tuple[tuple[date, date], str, str]]] = []
    for item in dated:
        if found and _one_meeting(found[-1], item[0], unique, item[2]):
            found[-1].append(item)
        else:
            found.append([item])
    return [_meeting([unique[i] for _, _, i in group], [days for days, _, _ in group]) for group in found]


def _one_meeting(
    group: Sequence[tuple[tuple[date, date], str, str]], days: tuple[date, date], records: dict[str, Record], one: str
) -> bool:
    """Whether a statement belongs to the meeting of those before: close days, and no other number."""
    numbers = {_ordinal(records[i]) for i in (*(i for _, _, i in group), one)} - {None}
    return days[0] <= max(end for (_, end), _, _ in group) + _SOON and len(numbers) < 2


def _meeting(records: list[Record], days: list[tuple[date, date]]) -> Meeting:
    ordinal = next((n for n in map(_ordinal, records) if n is not None), None)
    return Meeting(tuple(records), min(a for a, _ in days), max(b for _, b in days), ordinal)


def _ordinal(record: Record) -> int | None:
    return record.meeting.ordinal if record.meeting else None


def first_day(record: Record) -> str | None:
    """The day by which a statement is placed among others: the meeting's first, or else that of publication."""
    return (record.meeting.start if record.meeting else None) or record.statement.published


def _days(record: Record) -> tuple[date, date]:
    meeting = record.meeting
    start = first_day(record)
    if start is None:
        name = record.statement.title or record.statement.source.uri or record.statement.id
        raise InputError(f"{name}: neither the meeting nor the publication has a date: extract it with --published")
    end = (meeting.end if meeting and meeting.start else None) or start
    return date.fromisoformat(start), date.fromisoformat(end)


def describe(found: Sequence[Meeting]) -> list[Edition]:
    """The editions of a comparison, each with the shortest label that tells it from the others."""
    labels = _labels([m.start for m in found])
    return [_edition(meeting, label) for meeting, label in zip(found, labels, strict=True)]


def _labels(days: Sequence[date]) -> list[str]:
    """The year where no other edition has it, or else year and month, or else the day."""
    forms = [(day.strftime("%Y"), day.strftime("%Y-%m"), day.isoformat()) for day in days]
    counts = Counter(form for of_day in forms for form in of_day)
    return [next((form for form in of_day if counts[form] == 1), of_day[-1]) for of_day in forms]


def _edition(meeting: Meeting, label: str) -> Edition:
    told = [r.meeting for r in meeting.records if r.meeting is not None]
    delegations = next((m.delegations for m in told if m.delegations), {})
    return Edition.model_construct(
        label=label,
        statements=[
            ComparedStatement.model_construct(
                id=r.statement.id, title=r.statement.title, published=r.statement.published, uri=r.statement.source.uri
            )
            for r in meeting.records
        ],
        date=meeting.start.isoformat(),
        end=meeting.end.isoformat(),
        ordinal=meeting.ordinal,
        city=next((m.city for m in told if m.city), None),
        country=next((m.country for m in told if m.country), None),
        virtual=next((m.virtual for m in told if m.virtual is not None), None),
        parties=sorted({party for m in told for party in m.parties}),
        heads=next((m.heads for m in told if m.heads), []),
        delegations=dict(sorted(delegations.items())),
        commitments=sum(len(r.commitments) for r in meeting.records),
        positions=sum(len(r.positions) for r in meeting.records),
    )
