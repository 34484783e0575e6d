"""The record says what was not understood."""

from __future__ import annotations

from communique import extract

TEXT = (
    "The two sides met in Tokyo.\n\nThe weather was fine.\n\n"
    "They discussed the Grand Lunar Railway and its QXZ interface, and frobnicated the schedule."
)
RECORD = extract(TEXT, title="Joint Statement of the United States and Japan", published="2025-04-14")


def test_sentences_with_nothing_in_them_are_listed() -> None:
    quotes = [TEXT[RECORD.sentences[i].start : RECORD.sentences[i].end] for i in RECORD.coverage.silent_sentences]
    assert "The weather was fine." in quotes


def test_names_that_no_rule_knows_are_listed() -> None:
    names = [gap.quote for gap in RECORD.coverage.unknown_names]
    assert "Grand Lunar Railway" in names
    assert "QXZ" in names


def test_verbs_of_the_parties_that_no_list_holds_are_listed() -> None:
    record = extract("The two sides frobnicated the schedule.", title="Joint Statement of the United States and Japan")
    assert [gap.quote for gap in record.coverage.unknown_verbs] == ["frobnicated"]
