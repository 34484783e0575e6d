"""A comparison as JSON, Markdown or CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import orjson

from communique.comparison.records import Chain, Comparison, Entry
from communique.comparison.sections import sections, title
from communique.errors import InvalidRecordError
from communique.schema import schema_faults, validator

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_COLUMNS = (
    "kind", "chain", "edition", "date", "status", "certain", "after_gap", "strength", "deadline", "actors", "themes",
    "statement", "clause", "start", "end", "quote", "compared_with", "score", "score_words", "score_names",
    "score_themes", "score_actors",
)  # fmt: skip


def to_json(comparison: Comparison) -> bytes:
    """The comparison as JSON in UTF-8, indented, with a line feed at its end.

    Raises InvalidRecordError when it fails its schema.
    """
    data = comparison.model_dump(mode="json")
    if not validator("comparison").is_valid(data):
        raise InvalidRecordError("; ".join(f"{path}: {message}" for path, message in schema_faults(data, "comparison")))
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_markdown(comparison: Comparison) -> bytes:
    """The comparison as Markdown with pipe tables; nothing in a statement's words can become markup."""
    lines = [f"# {_plain(title(comparison))}"]
    for section in sections(comparison):
        lines += ["", f"## {section.title}", ""]
        if not section.rows:
            lines.append("None.")
            continue
        lines += [_row(section.columns), _row(["---"] * len(section.columns))]
        lines += [_row([_plain(cell) for cell in row]) for row in section.rows]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def to_csv(comparison: Comparison) -> bytes:
    """The ledger as CSV (RFC 4180), one line for each entry of each chain.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    for chain in (*comparison.commitments, *comparison.positions):
        for entry in chain.entries:
            writer.writerow([_cell(value) for value in _line(comparison, chain, entry)])
    return stream.getvalue().encode("utf-8", "replace")


def _line(comparison: Comparison, chain: Chain, entry: Entry) -> Iterator[object]:
    edition, evidence, link = comparison.editions[entry.edition], entry.evidence, entry.link
    yield from (chain.kind, chain.id, edition.label, edition.date, entry.status)
    yield from (str(entry.certain).lower(), str(entry.after_gap).lower())
    yield from (entry.strength, entry.deadline, " ".join(entry.actors), " ".join(entry.themes))
    where = (evidence.start, evidence.end, evidence.quote) if evidence else (None, None, None)
    yield from (evidence.statement if evidence else None, entry.clause, *where)
    yield comparison.editions[link.edition].label if link else None
    yield link.score if link else None
    yield from (link.parts.words, link.parts.names, link.parts.themes, link.parts.actors) if link else [None] * 4


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
