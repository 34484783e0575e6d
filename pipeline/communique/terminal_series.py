"""Series and comparisons for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.comparison.records import Comparison
from communique.comparison.sections import Section, listed_parties, sections, title
from communique.series import Gap, Series
from communique.terminal import console, safe

_MOST = 240
_WIDE = ("Words", "Names", "Promise", "Heads", "Delegations")
_WHOLE = ("Edition", "Due", "Chain", "Date", "Deadline", "Strength", "Commitments", "Positions")
_STYLES = {
    "new": "green",
    "stronger": "bold green",
    "weaker": "bold yellow",
    "postponed": "bold yellow",
    "carried out as reported": "bold cyan",
    "not mentioned": "dim",
    "no longer mentioned": "dim",
}


def show(comparison: Comparison, output: Console | None = None) -> None:
    """Print the tables of a comparison."""
    _print(Group(Text(safe(title(comparison)), style="bold"), *_tables(sections(comparison))), output)


def show_series(found: Sequence[Series], output: Console | None = None) -> None:
    """Print each series with its editions and gaps."""
    _print(Group(*(part for series in found for part in _series(series))), output)


def _print(what: RenderableType, output: Console | None) -> None:
    if output is None and isinstance(sys.stdout, TextIOWrapper):
        # A terminal of few characters shows "?" for the others.
        sys.stdout.reconfigure(errors="replace")
    (output or console()).print(what)


def _tables(found: Sequence[Section]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for section in found:
        parts += [Text(), Rule(Text(section.title), align="left")]
        parts.append(_table(section) if section.rows else Text("none found"))
    return parts


def _table(section: Section) -> Table:
    """The section without the columns that nothing stands in."""
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    kept = [number for number in range(len(section.columns)) if any(row[number] for row in section.rows)]
    for column in (section.columns[number] for number in kept):
        # Of the widest columns each takes its share of the line; dates and labels are never broken.
        ratio, whole = (6 if column in _WIDE else None), column in _WHOLE
        table.add_column(column, overflow="fold", ratio=ratio, no_wrap=whole)
    for row in section.rows:
        style = next((_STYLES[cell] for cell in row if cell in _STYLES), "")
        table.add_row(*(Text(safe(_short(row[number])), style=style) for number in kept))
    return table


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _series(series: Series) -> list[RenderableType]:
    count = f"{len(series.editions)} edition{'' if len(series.editions) == 1 else 's'}"
    facts = (series.id, listed_parties(series.parties), count)
    parts: list[RenderableType] = [
        Text(),
        Text(safe(" ".join(series.name.split())), style="bold"),
        Text("  " + " · ".join(safe(fact) for fact in facts if fact), style="cyan"),
    ]
    gaps = {gap.after: gap for gap in series.gaps}
    for number, meeting in enumerate(series.editions):
        ordinal = f"no. {meeting.ordinal}" if meeting.ordinal else ""
        titles = "; ".join(" ".join((r.statement.title or r.statement.id).split()) for r in meeting.records)
        parts.append(
            Text(f"  {meeting.start.isoformat()}  {ordinal:<7} {safe(titles)}", overflow="ellipsis", no_wrap=True)
        )
        if number in gaps:
            parts.append(Text(f"  {_gap(gaps[number])}", style="yellow"))
    return parts


def _gap(gap: Gap) -> str:
    if gap.numbers:
        return f"gap of {gap.months} months: no. {', '.join(map(str, gap.numbers))} not here"
    missing = f": {gap.missing} not here before the next number" if gap.missing else ""
    return f"gap of {gap.months} months{missing}"
