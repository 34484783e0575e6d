"""Precision, recall and F1 of the program against gold, category by category, and what changed between two versions.

A folder of gold holds ``<slug>.gold.md`` (markup) or ``<slug>.gold.json`` or ``<slug>.json`` (quotes); the folder of
texts holds ``<slug>.md`` or ``<slug>.txt``, and ``<slug>.meta.json`` where title and publication day stand beside it.
JSON that bears no statement's name is something else, and is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from communique import readers
from communique.errors import InputError
from communique.extraction import Statement, extract_many
from communique.gold import Gold, read_markup
from communique.gold_quotes import read_quotes
from communique.model import DEFAULT_MODEL
from communique.records import Record
from communique.scoring import CATEGORIES, NOTHING, Counts, Fault, Score, score

_SUFFIXES = (".gold.md", ".gold.json", ".json")
_OTHER = ".meta.json"
_STRENGTHS = ("decision", "pledge", "intent", "explore", "position", NOTHING)


class Sample(NamedTuple):
    """A statement with its gold."""

    slug: str
    statement: Statement
    gold: Gold


class Change(NamedTuple):
    """A fault that one version has and the other has not, so many times; known by its words, not by its place."""

    slug: str
    category: str
    what: str
    words: str
    times: int


@dataclass(slots=True)
class Comparison:
    """What is better and what is worse than in other records of the same statements."""

    before: Score
    gains: list[Change]
    losses: list[Change]
    missing: list[str]
    """Slugs of the statements of which there was no other record."""


@dataclass(slots=True)
class Evaluation:
    """The score of each statement and of all together."""

    model: str
    statements: dict[str, Score]
    total: Score
    against: Comparison | None = field(default=None)

    def faults(self, kind: str) -> Iterator[tuple[str, Fault]]:
        """Slug and fault of each fault in the categories that are the kind or begin with it (``date``, ``date mod``).

        Raises InputError when there is no such category.
        """
        if not any(_within(category, kind) for category in CATEGORIES):
            raise InputError(f"no category {kind!r}: give one of {', '.join(CATEGORIES)}")
        for slug, result in self.statements.items():
            for fault in result.faults:
                if _within(fault.category, kind):
                    yield slug, fault

    def table(self) -> str:
        """Precision, recall, F1, hits, gold and found of each category, as lines of plain text."""
        lines = [f"{'':24} {'P':>6} {'R':>6} {'F1':>6} {'hits':>6} {'gold':>6} {'found':>6}"]
        for category, c in self.total.counts.items():
            figures = f"{c.precision:6.3f} {c.recall:6.3f} {c.f1:6.3f} {c.hits:6} {c.gold:6} {c.found:6}"
            lines.append(f"{category:24} {figures}")
        return "\n".join(lines)

    def confusion_table(self) -> str:
        """The gold's strengths by row, the found ones by column, as lines of plain text."""
        lines = [f"{'gold, found':12}" + "".join(f"{found:>10}" for found in _STRENGTHS)]
        for gold in _STRENGTHS:
            cells = "".join(f"{self.total.confusion[gold, found] or '.':>10}" for found in _STRENGTHS)
            lines.append(f"{gold:12}{cells}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON data."""
        data: dict[str, Any] = {
            "model": self.model,
            "figures": _figures(self.total),
            "confusion": {
                gold: {found: self.total.confusion[gold, found] for found in _STRENGTHS} for gold in _STRENGTHS
            },
            "statements": {
                slug: {"figures": _figures(result), "faults": [fault._asdict() for fault in result.faults]}
                for slug, result in self.statements.items()
            },
        }
        if self.against is not None:
            data["against"] = {
                "figures": _figures(self.against.before),
                "gains": [change._asdict() for change in self.against.gains],
                "losses": [change._asdict() for change in self.against.losses],
                "missing": self.against.missing,
            }
        return data


def evaluate(
    texts: Path,
    gold: Path,
    *,
    model: str = DEFAULT_MODEL,
    only: Collection[str] = (),
    against: Path | None = None,
) -> Evaluation:
    """Extract each statement that has gold and score the record.

    ``only`` narrows to some slugs; ``against`` is a file of records or a folder of such files, of an earlier version or
    another program, which are scored too and compared.

    Raises InputError when a folder, a file of gold or a record cannot be used, ModelError for the model.
    """
    chosen = samples(texts, gold, only)
    earlier = read_records(against) if against is not None else None
    records = extract_many((sample.statement for sample in chosen), model=model)
    results = {sample.slug: score(sample.gold, record) for sample, record in zip(chosen, records, strict=True)}
    comparison = _compared(chosen, results, earlier) if earlier is not None else None
    return Evaluation(model, results, _sum(results.values()), comparison)


def samples(texts: Path, gold: Path, only: Collection[str] = ()) -> list[Sample]:
    """The statements that have gold, in the order of their slugs. Raises InputError as `evaluate` does."""
    found = [(slug, path) for slug, path in _gold_files(gold, texts) if not only or slug in only]
    strangers = sorted(set(only) - {slug for slug, _ in found})
    if strangers:
        raise InputError(f"{gold}: no gold for {', '.join(strangers)}")
    if not found:
        raise InputError(f"{gold}: no gold in it: files named <slug>.gold.md, <slug>.gold.json or <slug>.json")
    return [_sample(slug, path, texts) for slug, path in found]


def _gold_files(folder: Path, texts: Path) -> list[tuple[str, Path]]:
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder: give the folder that holds the gold")
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        suffix = next((s for s in _SUFFIXES if path.name.endswith(s)), None)
        if suffix is None or path.name.endswith(_OTHER) or not path.is_file():
            continue
        slug = path.name.removesuffix(suffix)
        if suffix == ".json" and _source(texts, slug) is None:
            continue
        if slug in files:
            raise InputError(f"{path}: there is gold for {slug} in {files[slug].name} too: keep one")
        files[slug] = path
    return sorted(files.items())


def _source(texts: Path, slug: str) -> Path | None:
    return next((p for p in (texts / f"{slug}.md", texts / f"{slug}.txt") if p.is_file()), None)


def _sample(slug: str, path: Path, texts: Path) -> Sample:
    source = _source(texts, slug)
    if source is None:
        raise InputError(f"{path}: its statement is not there: {texts / slug}.md or .txt")
    statement = readers.read(str(source))
    beside = texts / f"{slug}{_OTHER}"
    if beside.is_file():
        statement = _described(statement, beside)
    if path.suffix == ".md":
        gold = read_markup(path)
        _require_same_text(gold.text, statement.text, path, source)
    else:
        gold = read_quotes(path, statement.text)
    return Sample(slug, statement, gold)


def _described(statement: Statement, path: Path) -> Statement:
    try:
        data = orjson.loads(path.read_bytes())
        return replace(
            statement,
            title=data.get("title") or statement.title,
            published=data.get("published") or statement.published,
        )
    except (orjson.JSONDecodeError, AttributeError) as error:
        raise InputError(f"{path}: no JSON object with title and published: {error}") from None


def _require_same_text(gold: str, text: str, path: Path, source: Path) -> None:
    if gold == text:
        return
    at = next((i for i, (a, b) in enumerate(zip(gold, text, strict=False)) if a != b), min(len(gold), len(text)))
    wanted, given = text[at : at + 30], gold[at : at + 30]
    raise InputError(f"{path}: without its tags it reads {given!r} where {source} has {wanted!r}")


def read_records(path: Path) -> dict[str, Record]:
    """Records by the id of their statement, from a JSON or JSON Lines file or a folder of such files.

    Raises InputError naming file and line of what is no record of this version's schema.
    """
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix in (".json", ".jsonl", ".ndjson") and p.is_file())
    elif path.is_file():
        files = [path]
    else:
        raise InputError(f"{path}: no such file or folder: give records as JSON or JSON Lines")
    records = (record for file in files for record in _records_in(file))
    return {record.statement.id: record for record in records}


def _records_in(file: Path) -> Iterator[Record]:
    whole = file.read_bytes()
    lines = [whole] if file.suffix == ".json" else whole.splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Record.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"]) or "record"
            raise InputError(f"{file}:{number}: no record: {place}: {fault['msg']}") from None


def _compared(chosen: list[Sample], results: dict[str, Score], earlier: dict[str, Record]) -> Comparison:
    gains: list[Change] = []
    losses: list[Change] = []
    missing: list[str] = []
    before = Score()
    for sample in chosen:
        record = _record_of(sample, earlier)
        if record is None:
            missing.append(sample.slug)
            continue
        old = score(sample.gold, record)
        before.merge(old)
        had, has = _known_by_words(old), _known_by_words(results[sample.slug])
        gains += _changes(sample.slug, had - has)
        losses += _changes(sample.slug, has - had)
    return Comparison(before, gains, losses, missing)


def _record_of(sample: Sample, records: dict[str, Record]) -> Record | None:
    from hashlib import sha256

    return records.get(sha256(sample.statement.text.encode()).hexdigest()[:16])


def _known_by_words(result: Score) -> Counter[tuple[str, str, str]]:
    return Counter((fault.category, fault.what, fault.words) for fault in result.faults)


def _changes(slug: str, faults: Counter[tuple[str, str, str]]) -> list[Change]:
    return [Change(slug, *key, times) for key, times in sorted(faults.items())]


def _sum(results: Iterable[Score]) -> Score:
    total = Score()
    for result in results:
        total.merge(result)
    return total


def _figures(result: Score) -> dict[str, dict[str, float]]:
    return {category: _figure(counts) for category, counts in result.counts.items()}


def _figure(c: Counts) -> dict[str, float]:
    rounded = {"p": round(c.precision, 4), "r": round(c.recall, 4), "f1": round(c.f1, 4)}
    return rounded | {"hits": c.hits, "gold": c.gold, "found": c.found}


def _within(category: str, kind: str) -> bool:
    return category == kind or category.startswith(f"{kind} ")
