"""Records of one series → comparison."""

from __future__ import annotations

from collections.abc import Iterable

from communique import __version__
from communique.comparison import presence
from communique.comparison.deadlines import deadlines
from communique.comparison.editions import Meeting, describe, meetings
from communique.comparison.ledger import Ledger
from communique.comparison.likeness import Likeness
from communique.comparison.material import Material
from communique.comparison.records import COMPARISON_VERSION, Comparison, ComparisonProvenance
from communique.comparison.rules import Rules, rules
from communique.errors import InputError
from communique.making import collection_paused, settle
from communique.model import DEFAULT_MODEL
from communique.records import Record


def compare(records: Iterable[Record], *, series: str | None = None, model: str = DEFAULT_MODEL) -> Comparison:
    """What changed from edition to edition of one series of meetings.

    The records may come in any order; those of one meeting (a statement and its fact sheet) make one edition. The
    same records give the same comparison.

    Raises InputError when there are fewer than two editions or a record has no date, ModelError when the model is
    not found or its ``comparison.toml`` is wrong.
    """
    found = meetings(records)
    if len(found) < 2:
        raise InputError("a comparison takes the statements of two meetings or more: give statements of other dates")
    known = rules(model)
    with collection_paused():
        comparison = _comparison(found, known, series)
        settle()
        return comparison


def _comparison(found: list[Meeting], known: Rules, series: str | None) -> Comparison:
    content = Material(found, known)
    likeness = Likeness(content)
    promises, views = Ledger(content, "commitment", likeness), Ledger(content, "position", likeness)
    editions = describe(found)
    return Comparison.model_construct(
        schema_version=COMPARISON_VERSION,
        series=series,
        parties=sorted({party for edition in editions for party in edition.parties}),
        editions=editions,
        names=presence.names(content.texts, content.mentions, len(found)),
        themes=presence.themes(content.clauses, len(found)),
        commitments=promises.chains(),
        positions=views.chains(),
        deadlines=deadlines(content, promises),
        provenance=ComparisonProvenance(communique=__version__, model=found[-1].records[-1].provenance.model),
    )
