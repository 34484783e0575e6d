"""The corpus: its statements say what they are, its gold keeps to the codebook, the program keeps its level."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from communique import readers
from communique.evaluate import evaluate
from communique.gold import overlaps, read_markup
from communique.scoring import CATEGORIES

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = sorted(CORPUS.glob("*.gold.md"))
STATEMENTS = [path.with_name(path.name.replace(".gold.md", ".md")) for path in GOLD]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["f1"]
CATALOGUE = [json.loads(line) for line in (CORPUS / "catalogue.jsonl").read_text(encoding="utf-8").splitlines()]

every_gold = pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.md"))


def front_matter(path: Path) -> dict[str, object]:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def test_each_statement_has_gold_and_stands_in_the_readme():
    others = {"README.md", *(path.name for path in GOLD)}
    assert {path.name for path in CORPUS.glob("*.md")} - others == {path.name for path in STATEMENTS}
    listed = re.findall(
        r"^\| `([a-z0-9]+(?:-[a-z0-9]+){2,})` \| ", (CORPUS / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert listed == [path.stem for path in STATEMENTS]


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_each_statement_says_that_it_is_written_for_the_corpus(path):
    fields = front_matter(path)
    assert fields.keys() == {"title", "date", "source_url", "note"}
    assert fields["source_url"] is None
    assert fields["note"].startswith("Written for the communique corpus by its authors; not an official text.")
    assert fields["title"] == front_matter(path.with_name(f"{path.stem}.gold.md"))["title"]
    assert 250 <= len(readers.read(str(path)).text.split()) <= 700


@every_gold
def test_gold_without_its_tags_is_the_statement(path):
    statement = readers.read(str(path.with_name(path.name.replace(".gold.md", ".md"))))
    assert read_markup(path).text == statement.text


@every_gold
def test_names_follow_the_codebook(path):
    gold = read_markup(path)
    assert overlaps(gold) == []
    assert [m.quote for m in gold.mentions if re.match(r"(?:the|a|an|its) |.*[’']s$", m.quote, re.IGNORECASE)] == []
    assert [m.quote for m in gold.mentions if m.kind == "party" and m.side is None] == []
    assert [m.quote for m in gold.mentions if m.side and m.kind not in ("agency", "party")] == []


@every_gold
def test_dates_leave_the_preposition_out(path):
    prepositions = ("in ", "on ", "by ", "before ", "until ", "from ", "since ", "within ", "for ", "over ", "after ")
    assert [d.quote for d in read_markup(path).dates if d.quote.lower().startswith(prepositions)] == []


@every_gold
def test_commitments_point_at_what_is_marked(path):
    gold = read_markup(path)
    values = {date.value for date in gold.dates}
    assert [c.quote for c in gold.commitments if c.deadline and c.deadline not in values] == []
    assert [c.quote for c in gold.commitments if len(c.themes) > 2 or len(set(c.themes)) < len(c.themes)] == []
    sides = {m.side for m in gold.mentions}
    assert [c.actors for c in gold.commitments if {a for a in c.actors if len(a) == 2} - sides] == []


@every_gold
def test_the_meeting_agrees_with_what_is_marked(path):
    gold = read_markup(path)
    meeting = gold.meeting
    if meeting is None:
        return
    agencies = {(m.name, m.side) for m in gold.mentions if m.kind == "agency"}
    delegated = {(agency, side) for side, names in meeting.delegations.items() for agency in names}
    assert delegated - agencies == set()
    assert {head.side for head in meeting.heads} <= set(meeting.parties)
    assert meeting.start <= meeting.end
    assert meeting.virtual == (meeting.city is None)
    named = {m.name for m in gold.mentions if m.kind == "forum"}
    assert meeting.series is None or meeting.series in named or meeting.series in str(front_matter(path)["title"])


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(CORPUS, CORPUS)


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_program_keeps_its_level(evaluation, category):
    measured = evaluation.total.counts[category].f1
    assert measured >= FLOORS[category], (
        f"{category}: {measured:.3f} is under its floor; see what was lost with --errors"
    )


def test_each_category_has_a_floor():
    assert list(FLOORS) == list(CATEGORIES)


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row["slug"])
def test_the_catalogue_holds_facts(row):
    schema = json.loads((CORPUS / "catalogue.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(row)
    assert list(row) == schema["required"]
    assert (row["start"] is None) == (row["end"] is None)
    assert row["start"] is None or row["start"] <= row["end"]
    assert row["parties"] == sorted(row["parties"])


def test_the_catalogue_is_in_order_of_series_and_date():
    order = [(row["series"], row["start"] or "", row["ordinal"] or 0, row["slug"]) for row in CATALOGUE]
    assert all(a < b for a, b in pairwise(order))
    assert len({row["slug"] for row in CATALOGUE}) == len(CATALOGUE)
