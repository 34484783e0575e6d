"""What a user may rely on in a record beyond its schema, and what is said where it does not hold."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import extract
from communique.errors import InputError
from communique.schema import as_json
from communique.validation import Fault, check_file, check_record
from communique.writing import to_json


def test_full_record_has_no_fault(full_record):
    assert check_record(full_record) == []


SPOILED = [
    # path, value, faults as path and a part of the message
    (("statement", "id"), "0" * 16, [("statement.id", "but the text's hash is")]),
    (("statement", "pages", 1, "start"), 10_000, [("statement.pages[1]", "begins at 10000")]),
    (("statement", "pages", 1, "number"), 1, [("statement.pages[1]", "page 1 does not follow page 1")]),
    (("mentions", 0, "quote"), "NASO", [("mentions[0]", "quotes 'NASO', but the text there is 'NASA'")]),
    (("dates", 2, "end"), 9999, [("dates[2]", "9999 is no stretch of a text of")]),
    (("sentences", 1, "end"), 3, [("sentences[1]", "38 to 3 is no stretch")]),
    (("commitments", 0, "trigger", "quote"), "plan", [("commitments[0].trigger", "quotes 'plan'")]),
    (("coverage", "unknown_verbs", 0, "quote"), "sat", [("coverage.unknown_verbs[0]", "quotes 'sat'")]),
    (("mentions", 2, "entity"), "instrument:other", [("mentions[2].entity", "no entity instrument:other")]),
    (("mentions", 2, "entity"), "party:jp", [("mentions[2].kind", "is instrument, but the entity is party:jp")]),
    (("entities", 2, "kind"), "forum", [("entities[2].kind", "is forum, but the id is party:jp")]),
    (("commitments", 0, "actors"), ["agency:jp-jaxa"], [("commitments[0].actors[0]", "no entity agency:jp-jaxa")]),
    (("positions", 0, "actors"), ["JP", "forum:x"], [("positions[0].actors[1]", "no entity forum:x")]),
    (("meeting", "heads", 0, "agency"), "agency:x", [("meeting.heads[0].agency", "no entity agency:x")]),
    (("meeting", "delegations"), {"JP": ["agency:x"]}, [("meeting.delegations.JP[0]", "no entity agency:x")]),
    (("commitments", 0, "id"), "c2", [("commitments[0].id", "is c2, but by its place it is c1")]),
    (("positions", 0, "id"), "p7", [("positions[0].id", "is p7, but by its place it is p1")]),
    (
        ("commitments", 0, "mentions"),
        [0, 1, 2],
        [("commitments[0].mentions[2]", "mentions[2] lies outside")],
    ),
    (("commitments", 0, "mentions"), [1, 0], [("commitments[0].mentions", "not in order")]),
    (("commitments", 0, "dates"), [9], [("commitments[0].dates[0]", "index 9 into a list of 3")]),
    (("commitments", 0, "dates"), [-1], [("commitments[0].dates[0]", "index -1 into a list of 3")]),
    (("coverage", "silent_sentences"), [99], [("coverage.silent_sentences[0]", "index 99")]),
    (("dates", 0, "earliest"), "2031-03-04", [("dates[0]", "earliest 2031-03-04 is after latest 2031-03-03")]),
    (("meeting", "end"), "2031-03-02", [("meeting", "start 2031-03-03 is after end 2031-03-02")]),
    (("schema_version",), "9.9", [("schema_version", "1.0")]),
]


@pytest.mark.parametrize(("path", "value", "faults"), SPOILED, ids=[f"{p[-1]}={v}"[:40] for p, v, _ in SPOILED])
def test_spoiled_record_names_the_field(full_record, path, value, faults):
    place: Any = full_record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    found = check_record(full_record)
    assert [fault.path for fault in found] == [path for path, _ in faults]
    assert all(part in fault.message for fault, (_, part) in zip(found, faults, strict=True))


def test_spans_are_in_order_and_apart(full_record):
    full_record["mentions"][0], full_record["mentions"][1] = full_record["mentions"][1], full_record["mentions"][0]
    assert Fault("mentions[1]", "starts at 79, before the one listed ahead of it (88)") in check_record(full_record)


def test_names_do_not_overlap(full_record):
    twice = copy.deepcopy(full_record["mentions"][2])
    full_record["mentions"].append(twice)
    assert [f.path for f in check_record(full_record)] == ["mentions[3]"]


def test_entities_are_unique_and_in_order(full_record):
    full_record["entities"].append(full_record["entities"][0])
    assert [f.path for f in check_record(full_record)] == ["entities[3].id"]


@pytest.mark.parametrize("data", [None, 3, "record", [], [{}], {}, {"schema_version": "1.0"}])
def test_any_json_is_answered_with_faults(data):
    assert check_record(data)


def test_files_of_one_record_and_of_many(tmp_path, full_record):
    good, bad = orjson.dumps(full_record), orjson.dumps(full_record | {"mentions": [{}]})
    one, pretty, many = tmp_path / "one.json", tmp_path / "pretty.json", tmp_path / "many.jsonl"
    one.write_bytes(bad)
    pretty.write_bytes(orjson.dumps(full_record, option=orjson.OPT_INDENT_2))
    many.write_bytes(good + b"\n\n" + bad + b"\nnot json\n")
    unnamed = tmp_path / "records"
    unnamed.write_bytes(good + b"\n" + good + b"\n")
    assert [(line, bool(faults)) for line, faults in check_file(one)] == [(None, True)]
    assert [(line, bool(faults)) for line, faults in check_file(pretty)] == [(None, False)]
    assert [(line, bool(faults)) for line, faults in check_file(many)] == [(1, False), (3, True), (4, True)]
    assert [(line, bool(faults)) for line, faults in check_file(unnamed)] == [(1, False), (2, False)]


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_file_without_a_record(tmp_path, data):
    (tmp_path / "empty.json").write_bytes(data)
    with pytest.raises(InputError, match="no record in it"):
        list(check_file(tmp_path / "empty.json"))


WORDS = [
    *(
        "The United States",
        "Japan",
        "the two sides",
        "NASA",
        "they",
        "U.S.",
        "the ROK",
        "Artemis Accords",
        "\u201cwe\u201d",
    ),
    *("plan to", "committed to", "will", "intend to explore", "welcomed", "agreed to", "by", "and", "of", "—", "’s"),
    *("2027", "next year", "May 3-4, 2026", "in Seoul", "cooperation", "satellites", "the Moon", "a dialogue"),
    *(
        ".",
        ". ",
        ".\n",
        "\n\n",
        "\r\n",
        "\n- ",
        "\n• ",
        "\n# ",
        "\u00a0",
        "  ",
        "\u200b",
        "é",
        "e\u0301",
        "🚀",
        "(",
        ")",
        ":",
    ),
]
STATEMENTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join) | st.lists(
    st.sampled_from(WORDS), min_size=1, max_size=60
).map("".join)


@settings(max_examples=150, deadline=None)
@given(STATEMENTS.filter(str.strip), st.sampled_from([None, "2026-02-28"]))
def test_every_record_can_be_relied_on(text, published):
    record = extract(text, published=published)
    data = orjson.loads(to_json(record))
    assert data == record.model_dump(mode="json") == as_json(record)
    assert check_record(data) == []
    assert data["statement"]["text"] == text
    assert extract(text, published=published) == record


def test_real_statements_give_records_that_can_be_relied_on(shared):
    files = sorted((shared / "archive" / "white-house").glob("*.md"))[:40]
    for file in files:
        record = extract(file.read_text(encoding="utf-8"))
        assert check_record(record.model_dump(mode="json")) == [], file.name
