"""Measuring: what counts as right, how faults are told, and how two versions compare."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import cli
from communique.errors import InputError
from communique.evaluate import evaluate, samples
from communique.gold import GoldMention, Marked, parse_markup
from communique.records import Entity, Record
from communique.scoring import CATEGORIES, Counts, paired, same_name, score, simplified, trimmed

GOLD = """---
meeting:
  series: Freedonia-Japan Space Dialogue
  ordinal: 2
  start: 2031-03-03
  end: 2031-03-03
  city: Tokyo
  country: JP
  virtual: false
  parties: [JP, US]
  heads:
    - {name: A. Person, title: Director, agency: National Aeronautics and Space Administration, side: US}
  delegations: {US: [National Aeronautics and Space Administration]}
  next: {ordinal: 3, date: "2032", city: Seoul, country: KR}
---
Second Freedonia-Japan Space Dialogue
Officials met in Tokyo on <date value="2031-03-03">March 3, 2031</date>. <agency acronym="NASA" side="US" \
name="National Aeronautics and Space Administration">NASA</agency> and <party side="JP">Japan</party> \
<commitment strength="explore" actors="NASA, JP" themes="human_spaceflight" deadline="2033">\
plan to explore</commitment> \
joint flights by <date value="2033" mod="before">2033</date>. \
They <position>welcomed</position> the <instrument>Zephyr Accord</instrument>. \
The next dialogue will be held in Seoul in <date value="2032">2032</date>."""


@pytest.fixture
def gold():
    return parse_markup(GOLD, "freedonia.gold.md")


def faults(gold, record: dict) -> list[tuple[str, str, str]]:
    return [(f.category, f.what, f.words) for f in score(gold, Record.model_validate(record)).faults]


def test_a_record_that_says_what_the_gold_says_has_no_fault(gold, full_record):
    result = score(gold, Record.model_validate(full_record))
    assert result.faults == []
    assert {category: c.f1 for category, c in result.counts.items() if c.gold} == {
        category: 1.0 for category in CATEGORIES if not category.startswith(("mission", "forum"))
    }
    assert dict(result.confusion) == {("explore", "explore"): 1, ("position", "position"): 1}


def test_a_record_without_anything_has_missed_everything(gold, full_record):
    full_record |= {"mentions": [], "dates": [], "commitments": [], "positions": [], "meeting": None}
    result = score(gold, Record.model_validate(full_record))
    assert all(c.hits == 0 for c in result.counts.values())
    assert {f.what.split()[0] for f in result.faults if not f.category.startswith("meeting")} == {"missed"}
    assert dict(result.confusion) == {("explore", "nothing"): 1, ("position", "nothing"): 1}


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("dates", 0, "value"), "2031-03", ("date", "valued date 2031-03, not date 2031-03-03", "March 3, 2031")),
        (("dates", 1, "mod"), None, ("date mod", "None, not before", "2033")),
        (
            ("entities", 1, "name"),
            "Zephyr Treaty",
            ("instrument", "named 'Zephyr Treaty', not 'Zephyr Accord'", "Zephyr Accord"),
        ),
        (("entities", 2, "side"), "KR", ("party (set)", "missed", "JP")),
        (("commitments", 0, "strength"), "intent", ("commitment strength", "intent, not explore", "plan to explore")),
        (("commitments", 0, "actors"), ["JP"], ("commitment actors", "JP, not JP US", "plan to explore")),
        (
            ("commitments", 0, "themes"),
            ["other"],
            ("commitment themes", "other, not human_spaceflight", "plan to explore"),
        ),
        (("commitments", 0, "deadline"), None, ("commitment deadline", "None, not 2033", "plan to explore")),
        (("meeting", "city"), "Kyoto", ("meeting fields", "city 'Kyoto', not 'Tokyo'", "")),
        (("meeting", "heads"), [], ("meeting heads", "missed", "person")),
        (("meeting", "next", "date"), "2033", ("meeting next", "date '2033', not '2032'", "")),
    ],
)
def test_each_slip_of_a_record_is_one_fault(gold, full_record, path, value, fault):
    *way, last = path
    place = full_record
    for step in way:
        place = place[step]
    place[last] = value
    assert fault in faults(gold, full_record)
    assert all(category.split()[0] == fault[0].split()[0] for category, *_ in faults(gold, full_record))


def test_words_too_many_are_right_but_not_strictly(gold, full_record):
    full_record["mentions"][2] |= {"start": full_record["mentions"][2]["start"] - 4, "quote": "the Zephyr Accord"}
    assert score(gold, Record.model_validate(full_record)).counts["instrument strict"].hits == 1
    full_record["mentions"][2] |= {
        "start": full_record["mentions"][2]["start"] - 9,
        "quote": "welcomed the Zephyr Accord",
    }
    counts = score(gold, Record.model_validate(full_record)).counts
    assert (counts["instrument"].hits, counts["instrument strict"].hits) == (1, 0)


def test_a_commitment_found_as_a_position_is_seen_in_the_confusion(gold, full_record):
    full_record["positions"].insert(
        0, {**full_record["positions"][0], "trigger": full_record["commitments"][0]["trigger"]}
    )
    full_record["commitments"] = []
    result = score(gold, Record.model_validate(full_record))
    assert result.confusion["explore", "position"] == 1


def spans(*edges: tuple[int, int]) -> list[Marked]:
    return [Marked(start=start, end=end, quote="") for start, end in edges]


@pytest.mark.parametrize(
    ("gold_spans", "found_spans", "pairs"),
    [
        ([(0, 4)], [(0, 4)], [(0, 0)]),
        ([(0, 4)], [(4, 8)], []),
        ([(0, 4)], [(2, 8), (1, 4)], [(0, 1)]),
        ([(0, 4), (5, 9)], [(0, 9)], [(0, 0)]),
        ([(0, 4), (5, 9)], [(4, 9), (0, 3)], [(0, 1), (1, 0)]),
    ],
)
def test_spans_pair_one_to_one_the_nearest_first(gold_spans, found_spans, pairs):
    assert sorted(paired(spans(*gold_spans), spans(*found_spans))) == pairs


edges = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda e: (e[0], e[0] + e[1])), max_size=8)


@given(edges, edges)
def test_nothing_is_paired_twice(gold_spans, found_spans):
    pairs = paired(spans(*gold_spans), spans(*found_spans))
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("words", "kept"),
    [("the NASA’s", "NASA"), ("The end of 2025", "end of 2025"), ("states'", "states"), ("theatre", "theatre")],
)
def test_articles_and_possessives_do_not_count(words, kept):
    start, end = trimmed(words, spans((0, len(words)))[0])
    assert words[start:end] == kept


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Department of State", "United States Department of State"),
        ("Indian Space Research Organisation", "Indian Space Research Organization"),
        ("Ministry of Trade and Industry", "Ministry of Industry & Trade"),
        ("Committee on Space (Second Session)", "The Committee on Space"),
    ],
)
def test_names_are_compared_by_their_words(name, same):
    assert simplified(name) == simplified(same)


def test_an_acronym_is_enough_and_another_name_is_not():
    gold = GoldMention(start=0, end=4, quote="ESA", kind="agency", name="European Space Agency", acronym="ESA")

    def entity(name: str, acronym: str | None) -> Entity:
        return Entity(id="agency:x", kind="agency", name=name, acronym=acronym, side=None, known=True)

    assert same_name(gold, entity("Agence spatiale européenne", "E.S.A."))
    assert same_name(gold, entity("European Space Agencies", None))
    assert not same_name(gold, entity("Italian Space Agency", "ASI"))


@pytest.mark.parametrize(("hits", "gold_count", "found", "f1"), [(0, 0, 0, 0.0), (0, 3, 0, 0.0), (2, 4, 2, 2 / 3)])
def test_f1_is_the_harmonic_mean(hits, gold_count, found, f1):
    assert Counts(hits, gold_count, found).f1 == pytest.approx(f1)


TEXT = "Japan and Canada intend to study the Moon by 2029. NASA welcomed it.\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with two statements: one with markup, one with quotes and metadata beside it."""
    (tmp_path / "one.md").write_text(f"---\ntitle: One\ndate: 2027-01-01\n---\n{TEXT}")
    (tmp_path / "one.gold.md").write_text(
        "---\nmeeting: null\n---\n" + TEXT.replace("2029", '<date value="2029" mod="before">2029</date>')
    )
    (tmp_path / "two.txt").write_text(TEXT)
    (tmp_path / "two.meta.json").write_text(json.dumps({"title": "Two", "published": "2027-02-01"}))
    mention = {"kind": "agency", "quote": "NASA", "name": "National Aeronautics and Space Administration"}
    two = {"mentions": [mention], "dates": [], "commitments": [], "positions": [], "meeting": None}
    (tmp_path / "two.gold.json").write_text(json.dumps(two))
    return tmp_path


def test_both_forms_of_gold_are_found_with_their_statements(folder):
    one, two = samples(folder, folder)
    assert (one.slug, one.statement.title, one.statement.published) == ("one", "One", "2027-01-01")
    assert (two.slug, two.statement.title, two.statement.published) == ("two", "Two", "2027-02-01")
    assert [s.slug for s in samples(folder, folder, ["two"])] == ["two"]


def test_json_that_bears_no_statements_name_is_left_alone(folder):
    (folder / "schema.json").write_text("{}")
    (folder / "two.gold.json").rename(folder / "two.json")
    assert [s.slug for s in samples(folder, folder)] == ["one", "two"]


def test_an_evaluation_counts_tells_and_prints(folder):
    result = evaluate(folder, folder)
    assert result.total.counts["date"].gold == 1
    assert result.total.counts["agency named"].hits == 1
    assert any(slug == "two" and fault.words == "2029" for slug, fault in result.faults("date"))
    assert result.table().count("\n") == len(CATEGORIES)
    assert set(result.to_json()["statements"]) == {"one", "two"}
    with pytest.raises(InputError, match="no category 'dates': give one of agency"):
        list(result.faults("dates"))


def test_gains_and_losses_are_known_by_their_words(folder, tmp_path_factory):
    from communique import extract

    record = extract(TEXT, title="One", published="2027-01-01").model_dump(mode="json")
    record["dates"] = []
    record["commitments"] = [c | {"dates": []} for c in record["commitments"]]
    earlier = tmp_path_factory.mktemp("earlier") / "records.jsonl"
    earlier.write_text(json.dumps(record) + "\n")
    against = evaluate(folder, folder, only=["one"], against=earlier).against
    assert [(c.slug, c.category, c.what, c.words) for c in against.gains] == [("one", "date", "missed 2029", "2029")]
    assert (against.losses, against.missing) == ([], [])


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        (lambda f: (f / "two.txt").unlink(), "two.gold.json: its statement is not there"),
        (lambda f: (f / "one.md").write_text(TEXT.replace("Moon", "Sun")), "without its tags it reads 'Moon by"),
        (lambda f: (f / "one.gold.json").write_text("{}"), "there is gold for one in one.gold.json too"),
        (lambda f: (f / "two.meta.json").write_text("[]"), "two.meta.json: no JSON object with title and published"),
    ],
)
def test_gold_out_of_step_is_told(folder, slip, message):
    slip(folder)
    with pytest.raises(InputError, match=message):
        samples(folder, folder)


def test_folders_and_slugs_that_are_not_there_are_told(folder, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(InputError, match="no gold in it"):
        samples(folder, empty)
    with pytest.raises(InputError, match="no such folder"):
        samples(folder, empty / "none")
    with pytest.raises(InputError, match="no gold for three"):
        samples(folder, folder, ["three"])
    with pytest.raises(InputError, match="give records as JSON"):
        evaluate(folder, folder, against=empty / "none.jsonl")
    (empty / "records.jsonl").write_text("\n{}\n")
    with pytest.raises(InputError, match=r"records\.jsonl:2: no record"):
        evaluate(folder, folder, against=empty)


def test_the_command_prints_faults_figures_and_changes(folder, tmp_path_factory, capsys):
    from communique import extract

    out = tmp_path_factory.mktemp("out")
    record = extract(TEXT, title="One", published="2027-01-01")
    (out / "records.json").write_text(record.model_dump_json())
    options = ["--errors", "date", "--against", str(out / "records.json"), "--json", str(out / "figures.json")]
    with pytest.raises(SystemExit) as left:
        cli.run(["evaluate", str(folder), str(folder), *options])
    printed = capsys.readouterr().out
    assert left.value.code == 0
    assert "two: date: invented 2029: «a intend to study the Moon by [2029]. NASA welcomed it. »" in printed
    assert "2 statements, model en_space" in printed
    assert "\n0 gains\n\n0 losses\n" in printed
    assert json.loads((out / "figures.json").read_text())["figures"]["date"]["gold"] == 1
