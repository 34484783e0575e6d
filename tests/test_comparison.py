"""What changed from year to year: the corpus against its gold alignment, and what holds for any series."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from dataclasses import fields, is_dataclass
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from communique import compare, extract, schema
from communique.collecting import collect
from communique.comparison import formats, sections
from communique.comparison.editions import meetings
from communique.comparison.likeness import Likeness
from communique.comparison.material import Material
from communique.comparison.records import Chain, Comparison, Evidence
from communique.comparison.rules import _completion, rules
from communique.comparison.words import Vocabulary, read, stem
from communique.errors import InputError
from communique.records import Record

SERIES = Path(__file__).parents[1] / "corpus" / "series"
GOLD: dict[str, Any] = tomllib.loads((SERIES / "canada-norway.alignment.toml").read_text(encoding="utf-8"))
CHAINS = [(kind, chain) for kind in ("commitment", "position") for chain in GOLD[kind]]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return collect([SERIES])


@pytest.fixture(scope="module")
def comparison(records) -> Comparison:
    return compare(records)


def chains(comparison: Comparison, kind: str) -> list[Chain]:
    return comparison.commitments if kind == "commitment" else comparison.positions


def said(comparison: Comparison, kind: str, edition: int, words: str) -> Chain:
    """The chain whose own clause in an edition has these words."""
    (found,) = [
        chain
        for chain in chains(comparison, kind)
        for entry in chain.entries
        if entry.edition == edition and entry.clause and words in entry.evidence.quote
    ]
    return found


@pytest.mark.parametrize(("kind", "gold"), CHAINS, ids=[chain["matter"] for _, chain in CHAINS])
def test_chain_says_what_a_careful_reader_finds(comparison, kind, gold):
    first = GOLD["series"]["editions"].index(gold.get("from", GOLD["series"]["editions"][0]))
    chain = said(comparison, kind, first, gold["says"][0][1])
    assert [entry.status for entry in chain.entries] == [status for status, *_ in gold["says"]]
    assert [entry.edition for entry in chain.entries] == list(range(first, first + len(gold["says"])))
    for entry, (_, *words) in zip(chain.entries, gold["says"], strict=True):
        assert bool(entry.evidence) == bool(words)
        assert not words or words[0] in entry.evidence.quote
    assert any(entry.after_gap for entry in chain.entries) == gold.get("after_gap", False)


def test_ledger_has_no_chain_that_a_reader_does_not_find(comparison):
    for kind in ("commitment", "position"):
        assert len(chains(comparison, kind)) == len(GOLD[kind])


def test_deadlines_that_fell_due(comparison):
    labels = [edition.label for edition in comparison.editions]
    found = [(d.value, d.due, labels[d.checked], d.status) for d in comparison.deadlines]
    assert found == [(g["value"], g["due"], g["checked"], g["status"]) for g in GOLD["deadline"]]
    for deadline, gold in zip(comparison.deadlines, GOLD["deadline"], strict=True):
        assert gold["promise"] in deadline.promise.quote


@pytest.mark.parametrize("gold", GOLD["presence"], ids=lambda gold: gold["name"])
def test_presence_of_names(comparison, gold):
    (found,) = [name for name in comparison.names if name.id == gold["name"]]
    assert [appearance.status for appearance in found.editions] == gold["says"]
    for appearance in found.editions:
        assert (appearance.count > 0) == (appearance.status in ("new", "kept", "back"))
        assert (appearance.evidence is None) == (appearance.status == "absent")


def evidences(node: Any) -> Any:
    if isinstance(node, Evidence):
        yield node
    elif is_dataclass(node) or isinstance(node, BaseModel):
        names = [f.name for f in fields(node)] if is_dataclass(node) else list(type(node).model_fields)
        for name in names:
            yield from evidences(getattr(node, name))
    elif isinstance(node, list):
        for value in node:
            yield from evidences(value)


def test_every_quote_is_the_words_of_its_statement(comparison, records):
    texts = {record.statement.id: record.statement.text for record in records}
    found = list(evidences(comparison))
    assert found
    assert all(texts[e.statement][e.start : e.end] == e.quote for e in found)


def test_clauses_are_told_once_and_stand_in_their_records(comparison, records):
    for kind, key in (("commitment", "commitments"), ("position", "positions")):
        told = [
            (entry.evidence.statement, entry.clause)
            for chain in chains(comparison, kind)
            for entry in chain.entries
            if entry.clause
        ]
        there = [(record.statement.id, clause.id) for record in records for clause in getattr(record, key)]
        assert sorted(told) == sorted(there)


def test_order_of_the_records_does_not_matter(comparison, records):
    @settings(max_examples=6, deadline=None)
    @given(st.permutations(records))
    def check(shuffled: list[Record]) -> None:
        assert formats.to_json(compare(shuffled)) == formats.to_json(comparison)

    check()


def dated(text: str, day: str) -> Record:
    return extract(text, title="Joint Statement", published=day)


BODY = (
    "Japan and the United States intend to fly an astronaut to Gateway. They will share data on the Sun by 2040. "
    "The two sides welcomed the work of students. They will also continue. They will also continue."
)


def test_identical_statements_give_repeated_alone():
    days = ["2031-03-01", "2033-03-01", "2035-03-01"]
    result = compare([dated(f"{BODY}\n\nTokyo, {day[:4]}", day) for day in days])
    for chain in [*result.commitments, *result.positions]:
        assert [entry.status for entry in chain.entries] == ["new", "repeated", "repeated"]
        assert all(entry.link is None or entry.link.score == 1 for entry in chain.entries)


@pytest.mark.parametrize(
    ("earlier", "later", "status"),
    [
        ("will build a relay on the far side", "intend to build a relay on the far side", "weaker"),
        ("plan to build a relay on the far side", "will build a relay on the far side", "stronger"),
        ("decided to build a relay on the far side", "will build a relay on the far side", "repeated"),
        ("will build a relay on the far side by 2031", "will build a relay on the far side by 2036", "postponed"),
        ("will build a relay on the far side by 2036", "will build a relay on the far side by 2033", "repeated"),
        ("will build a relay on the far side", "have completed the relay on the far side", "carried_out"),
        ("will build a relay on the far side", "heard how the relay on the far side fares", "mentioned"),
        ("will build a relay on the far side", "spoke of whales and kelp", "not_mentioned"),
    ],
)
def test_status_of_a_commitment_in_the_next_edition(earlier, later, status):
    text = "Japan and the United States met in Tokyo. The two sides {}. The weather was fine and the harbour calm."
    result = compare([dated(text.format(earlier), "2030-04-01"), dated(text.format(later), "2032-04-01")])
    (chain,) = [c for c in result.commitments if "relay" in c.entries[0].evidence.quote]
    assert chain.entries[1].status == status


def test_new_where_nothing_earlier_speaks_of_it_and_developed_where_something_does():
    before = dated("Japan and the United States met. They spoke of a relay on the far side of the Moon.", "2030-04-01")
    after = dated(
        "Japan and the United States met. They will build a relay on the far side of the Moon. "
        "They intend to count kelp.",
        "2032-04-01",
    )
    relay, kelp = compare([before, after]).commitments
    assert [entry.status for entry in relay.entries] == ["mentioned", "developed"]
    assert [(entry.edition, entry.status) for entry in kelp.entries] == [(1, "new")]


@pytest.mark.parametrize(
    ("earlier", "status"),
    [
        ("plan to launch a task force on lunar dust", "carried_out"),
        ("will jointly establish a task force on lunar dust", "carried_out"),
        ("are setting up a task force on lunar dust", "carried_out"),
        ("will ask the task force on lunar dust for advice", "mentioned"),
        ("intend to share with a task force on lunar dust what they found", "mentioned"),
    ],
)
def test_that_a_body_was_founded_carries_out_no_more_than_its_founding(earlier, status):
    text = "Japan and the United States met in Tokyo. {} The weather was fine and the harbour calm."
    before = dated(text.format(f"The two sides {earlier}."), "2030-04-01")
    after = dated(text.format("The task force on lunar dust was launched in May."), "2032-04-01")
    (chain,) = [c for c in compare([before, after]).commitments if "dust" in c.entries[0].evidence.quote]
    assert chain.entries[1].status == status


def test_one_theme_and_the_same_actors_make_no_promise_of_two():
    text = "Japan and the United States met in Tokyo. {} that harm {}. The weather was fine and the harbour calm."
    rovers = text.format("The two sides will exchange views on unfair practices", "makers of lunar rovers and drills")
    museums = text.format("The two sides intend to exchange views on unfair practices", "museums with lunar samples")
    result = compare([dated(rovers, "2030-04-01"), dated(museums, "2032-04-01")])
    assert [[entry.status for entry in chain.entries] for chain in result.commitments] == [
        ["new", "mentioned"],
        ["mentioned", "developed"],
    ]


def test_what_a_body_does_is_not_its_founding():
    text = "Japan and the United States met in Tokyo. {}"
    founding = dated(text.format("The two sides are establishing a Talent for Growth Task Force."), "2030-04-01")
    work = dated(text.format("The Talent for Growth Task Force intends to report to ministers."), "2032-04-01")
    assert [[entry.status for entry in chain.entries] for chain in compare([founding, work]).commitments] == [
        ["new", "mentioned"],
        ["mentioned", "developed"],
    ]


def test_a_promise_of_the_next_meeting_is_repeated_by_the_next_edition_alone():
    meet = "Japan and the United States met in Tokyo. The two sides will hold their next meeting in {}."
    lima, oslo = meet.format("Lima in 2031"), meet.format("Oslo in 2035")
    (chain,) = compare([dated(lima, "2030-04-01"), dated(oslo, "2032-04-01")]).commitments
    assert [entry.status for entry in chain.entries] == ["new", "repeated"]
    between = "Japan and the United States met in Tokyo. They spoke of kelp."
    chains = compare([dated(lima, "2030-04-01"), dated(between, "2032-04-01"), dated(oslo, "2034-04-01")]).commitments
    assert len(chains) == 2


def test_the_same_said_of_another_country_is_another_view():
    days = {"2031-03-01": "Chile", "2033-03-01": "Peru", "2035-03-01": "Chile"}
    text = "Japan and the United States met in {}. They welcomed the plans of {} for a harbour of grain and copper."
    chains = compare([dated(text.format(day[:4], country), day) for day, country in days.items()]).positions
    assert [[entry.edition for entry in chain.entries if entry.clause] for chain in chains] == [[0, 2], [1]]


def test_a_clause_may_be_spoken_of_where_its_sentence_is():
    first = "Japan and the United States will map the coral reefs of the southern lagoon, and will train forty divers."
    second = "Officials of Japan and the United States met. They spoke of coral reefs in the southern lagoon."
    divers = said(compare([dated(first, "2031-03-01"), dated(second, "2033-03-01")]), "commitment", 0, "divers")
    assert [(entry.status, entry.certain) for entry in divers.entries] == [("new", True), ("mentioned", False)]


@pytest.mark.parametrize(
    ("clause", "other", "certain"),
    [
        ("will count the whales of the lagoon", "spoke of copper and rails", True),
        # A clause without a matter of its own may be said in any words.
        ("will stay stronger than ever", "spoke of copper and rails", False),
        ("will work on the quality of these things", "spoke of copper and rails", False),
        # Words of one matter stand for each other, and where there are none of them a single one is enough.
        ("will step up work on the climate", "spoke of copper and rails", True),
        ("will step up work on the climate", "spoke of the emissions of copper works", False),
        # A rare word in common speaks against silence.
        ("will provide timber for kilns", "spoke of copper and rails", True),
        ("will provide timber for kilns", "spoke of copper, rails and kilns", False),
        # A longer name has the shorter one.
        ("will conclude the Framework Agreement on kelp", "spoke of the Space Framework Agreement", False),
        ("will conclude the Framework Agreement on kelp", "spoke of the Paris Agreement", True),
    ],
)
def test_silence_is_certain_of_a_clause_that_says_enough(clause, other, certain):
    text = "Japan and the United States met in Tokyo. The two sides {}."
    for days in (("2030-04-01", "2032-04-01"), ("2032-04-01", "2030-04-01")):
        result = compare([dated(text.format(clause), days[0]), dated(text.format(other), days[1])])
        (chain,) = [c for c in result.commitments if clause[5:15] in c.entries[-2:][0].evidence.quote]
        assert chain.entries[-1].status == ("not_mentioned" if days[0] < days[1] else "new")
        assert chain.entries[-1].certain == certain


@pytest.mark.parametrize(
    ("people", "certain"),
    [("divers and cooks", False), ("divers, cooks, nurses, pilots and masons", True)],
)
def test_silence_of_a_clause_that_says_little_rests_on_its_sentence_too(people, certain):
    view = "With a view to kelp standards in the waters of the south, the two sides will train"
    before = dated(f"Japan and the United States met in Tokyo. {view} {people}.", "2030-04-01")
    after = dated(
        "Japan and the United States met in Tokyo. They spoke of the standards for ropes, of rails and mines and wool.",
        "2032-04-01",
    )
    (chain,) = compare([before, after]).commitments
    assert [(entry.status, entry.certain) for entry in chain.entries] == [("new", True), ("not_mentioned", certain)]


def test_words_of_a_matter_prove_something():
    known = rules()
    of_matters = {stem(word, known) for words in known.matters for word in words}
    assert not of_matters & {stem(word, known) for word in known.general | known.common | known.empty}


def test_statements_of_one_meeting_are_one_edition():
    fact_sheet = dated("Fact sheet. Japan and the United States will count kelp.", "2032-04-02")
    days = [dated(BODY, "2030-04-01"), dated(BODY + " Again.", "2032-04-01"), fact_sheet]
    result = compare(days)
    assert [[s.published for s in edition.statements] for edition in result.editions] == [
        ["2030-04-01"],
        ["2032-04-01", "2032-04-02"],
    ]


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (["2030-04-01", "2032-04-01"], ["2030", "2032"]),
        (["2030-04-01", "2030-09-01", "2032-01-01"], ["2030-04", "2030-09", "2032"]),
        (["2030-04-01", "2030-04-20"], ["2030-04-01", "2030-04-20"]),
    ],
)
def test_labels_are_as_short_as_tells_them_apart(days, labels):
    result = compare([dated(f"{BODY} {day}", day) for day in days])
    assert [edition.label for edition in result.editions] == labels


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([], "two meetings or more"),
        ([dated(BODY, "2030-04-01"), dated(BODY, "2030-04-01")], "two meetings or more"),
        ([extract(BODY), dated(BODY + " Again.", "2030-04-01")], "has a date: extract it with --published"),
    ],
)
def test_what_cannot_be_compared_is_told(records, message):
    with pytest.raises(InputError, match=message):
        compare(records)


def test_json_passes_its_schema_by_the_reference_too(comparison):
    data = json.loads(formats.to_json(comparison))
    jsonschema.Draft202012Validator(json.loads(schema.schema_text("comparison"))).validate(data)
    assert Comparison.model_validate(data).model_dump(mode="json") == data


def test_csv_has_a_line_for_each_entry_and_no_formula(comparison):
    lines = list(csv.DictReader(io.StringIO(formats.to_csv(comparison).decode())))
    assert len(lines) == sum(len(c.entries) for c in (*comparison.commitments, *comparison.positions))
    assert formats._cell("=cmd()") == "'=cmd()"
    assert formats._cell("will build") == "will build"


def test_markdown_takes_words_for_words():
    text = "Japan and the United States will build <b>a</b> | *relay* [here](x). They will count kelp."
    page = formats.to_markdown(compare([dated(text, "2030-04-01"), dated(text + " Again.", "2032-04-01")])).decode()
    assert "\\<b\\>a\\</b\\> \\| \\*relay\\* \\[here" in page


def test_sections_are_as_wide_as_their_heads(comparison):
    for section in sections.sections(comparison):
        assert all(len(row) == len(section.columns) for row in section.rows)


COMPLETIONS = tomllib.loads((Path(__file__).parents[1] / "models/en_space/comparison.toml").read_text("utf-8"))


@pytest.mark.parametrize("item", COMPLETIONS["completion"], ids=lambda item: item["examples"][0])
def test_completion_words_by_their_examples(item):
    found = rules().completions
    assert all(found.search(text) for text in item["examples"])
    assert not any(found.search(text) for text in item["counterexamples"])


@pytest.mark.parametrize("item", COMPLETIONS["completion"], ids=lambda item: item["examples"][0])
def test_sentences_that_say_that_something_was_done_are_known_by_their_words(item):
    for text in item["examples"]:
        assert len(read(Vocabulary(rules()), [text]).done)


def test_records_without_a_sentence_are_compared(records):
    nothing = {"sentences": [], "commitments": [], "positions": []}
    found = compare([record.model_copy(update=nothing) for record in records])
    assert found.commitments == found.positions == []
    assert found.names


@pytest.mark.parametrize("words", ["signed", [], [""], ["..."]])
def test_completion_whose_words_are_none_is_named(words):
    item = {"form": "(?:was|were) {words}", "words": words}
    with pytest.raises(ValueError, match="words must be a list of words"):
        _completion(item)


def test_completion_may_name_what_was_done_in_words_with_a_hyphen():
    found = _completion({"form": "(?:was|were) {words}", "words": ["follow-up work done"]})
    assert found.words == {"follow"}
    assert found.search("There was follow-up work done.")


def test_sentences_are_alike_by_the_words_that_they_share(records):
    content = Material(meetings(records), rules())
    likeness, count = Likeness(content), content.spoken.shape[0]
    weights = content.weights**1.5 * content.lasting
    words = [set(row.indices.tolist()) for row in content.spoken]
    sizes = [sum(weights[word] for word in row) for row in words]
    mean = sum(sizes[number] for number in content.spoken_of) / len(content.spoken_of)
    expected = {}
    for one, other in product(range(count), range(count)):
        shared = words[one] & words[other]
        telling = [sum(content.telling[word] for word in found) for found in (shared, words[one])]
        if not telling[0] or telling[0] < min(telling[1], content.rules.shared_words):
            continue
        size = max(sizes[other], 0.8 * mean)
        overlap, cosine = 1 / min(sizes[one], size), 1 / (sizes[one] * size) ** 0.5
        score = sum(weights[word] for word in shared) * (overlap + cosine) / 2
        if score >= 0.2:
            expected[one, other] = score
    rows, spoken, scores = likeness.alike(content.spoken, np.full(count, 0.2))
    found = dict(zip(zip(rows.tolist(), spoken.tolist(), strict=True), scores.tolist(), strict=True))
    assert found == pytest.approx(expected)
    assert len(found) > count
