"""The record for a person at a terminal: the statement with its names coloured, and what was promised as a table."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.records import Commitment, Head, Meeting, NextMeeting, Record

STYLES = {
    "agency": "cyan",
    "mission": "magenta",
    "instrument": "green",
    "forum": "blue",
    "party": "yellow",
    "date": "red",
    "trigger": "bold reverse",
}
"""Colour of each kind of thing that is marked in the text."""

# A statement is a stranger's text: what would steer the terminal, or turn its reading order, is shown as a sign in its
# place, one for one, so that offsets still hold.
_CONTROL_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
_UNSHOWN = [0x7F, *range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SAFE = {**_CONTROL_PICTURES, **dict.fromkeys(_UNSHOWN, 0xFFFD), ord("\r"): ord(" "), ord("\v"): ord(" ")}


def safe(text: str) -> str:
    """The text with each character that would steer a terminal replaced by one that does not."""
    return text.translate(_SAFE)


def console(**options: Any) -> Console:
    """A rich console that takes text for text: no markup, no emoji names, no highlighting of its own."""
    return Console(highlight=False, markup=False, emoji=False, **options)


def show(record: Record, output: Console | None = None) -> None:
    """Print the record's statement, commitments and meeting; colours only where the output is a terminal."""
    if output is None and isinstance(sys.stdout, TextIOWrapper):
        # A terminal of few characters shows "?" for the others.
        sys.stdout.reconfigure(errors="replace")
    (output or console()).print(view(record))


def view(record: Record) -> RenderableType:
    """What `show` prints."""
    parts: list[RenderableType] = [_title(record), _legend(), Padding(marked_text(record), (1, 0))]
    parts += [Rule(Text(f"Commitments ({len(record.commitments)})"), align="left")]
    parts += [_commitments(record)] if record.commitments else [Text("none found")]
    parts += [Text(), Rule(Text("Meeting"), align="left")]
    parts += [_meeting(record.meeting, record)] if record.meeting else [Text("none found")]
    return Group(*parts)


def marked_text(record: Record) -> Text:
    """The statement's text with mentions, dates and the commitments' operators styled."""
    text = Text(safe(record.statement.text))
    for date in record.dates:
        text.stylize(STYLES["date"], date.start, date.end)
    for mention in record.mentions:
        text.stylize(STYLES[mention.kind], mention.start, mention.end)
    for commitment in record.commitments:
        text.stylize(STYLES["trigger"], commitment.trigger.start, commitment.trigger.end)
    return text


def _title(record: Record) -> Text:
    statement = record.statement
    title = Text(safe(statement.title or "Untitled statement"), style="bold")
    return title.append(f" ({statement.published})", style="not bold") if statement.published else title


def _legend() -> Text:
    return Text("  ").join(Text(kind, style=style) for kind, style in STYLES.items())


def _commitments(record: Record) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("Strength", "Actors", "Clause", "Themes", "Deadline"):
        table.add_column(heading, overflow="fold", ratio=6 if heading == "Clause" else None)
    names = _names(record)
    for commitment in record.commitments:
        table.add_row(
            Text(commitment.strength),
            Text(", ".join(names.get(actor, actor) for actor in commitment.actors) or "not named"),
            _clause(commitment),
            Text(", ".join(commitment.themes)),
            Text(commitment.deadline or ""),
        )
    return table


def _clause(commitment: Commitment) -> Text:
    text = Text(safe(commitment.quote).replace("\n", " "))
    start = commitment.trigger.start - commitment.start
    if start >= 0:
        text.stylize("bold", start, commitment.trigger.end - commitment.start)
    else:
        # A list's lead holds the operator; the clause is one of its items.
        text = Text.assemble((safe(commitment.trigger.quote), "bold"), " … ", text)
    return text


def _meeting(meeting: Meeting, record: Record) -> Table:
    names = _names(record)
    rows = [
        ("Series", meeting.series),
        ("Ordinal", meeting.ordinal and str(meeting.ordinal)),
        ("When", _joined(" to ", meeting.start, meeting.end if meeting.end != meeting.start else None)),
        ("Where", "virtual" if meeting.virtual else _joined(", ", meeting.city, meeting.country)),
        ("Parties", ", ".join(meeting.parties)),
        *(("Head", _head(head, names)) for head in meeting.heads),
        *(
            (f"Delegation {side}", ", ".join(names.get(agency, agency) for agency in agencies))
            for side, agencies in meeting.delegations.items()
        ),
        ("Next", _next(meeting.next) if meeting.next else None),
    ]
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in rows:
        if value:
            table.add_row(Text(label, style="bold"), Text(safe(value)))
    return table


def _head(head: Head, names: dict[str, str]) -> str:
    agency = names.get(head.agency, head.agency) if head.agency else None
    name = _joined(", ", head.name, head.title, agency)
    return f"{name} ({head.side})" if head.side else name


def _next(meeting: NextMeeting) -> str:
    ordinal = f"no. {meeting.ordinal}" if meeting.ordinal else None
    return _joined(", ", ordinal, meeting.date, meeting.city, meeting.country)


def _names(record: Record) -> dict[str, str]:
    return {entity.id: safe(entity.acronym or entity.name) for entity in record.entities}


def _joined(between: str, *values: str | None) -> str:
    return between.join(value for value in values if value)
