"""The page of one statement: the brief by theme beside the full text."""

from __future__ import annotations

from communique.records import Record
from communique.report.brief import Brief
from communique.report.dates import day_words, days_words
from communique.report.marking import blocks
from communique.report.page import render


def statement_page(record: Record) -> bytes:
    """One self-contained HTML file; the same record gives the same bytes."""
    brief = Brief(record)
    statement, meeting = record.statement, record.meeting
    title = " ".join((statement.title or "").split()) or "Untitled statement"
    when = days_words(meeting.start, meeting.end) if meeting else ""
    return render(
        "statement.html.j2",
        ("page.css", "statement.css"),
        ("statement.js",),
        record=record,
        title=title,
        when=when or (day_words(statement.published) if statement.published else ""),
        place=_place(record),
        parties=[brief.party(code) for code in meeting.parties] if meeting else [],
        tally=brief.tally,
        chapters=brief.chapters(),
        index=brief.index(),
        dates=brief.dates(),
        blocks=blocks(record),
    )


def _place(record: Record) -> str:
    if record.meeting is None:
        return ""
    return "Virtual" if record.meeting.virtual else record.meeting.city or ""
