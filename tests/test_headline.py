"""Headlines in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import extract
from communique.headline import readable

TEXT = "We met at the Kelp Summit of the G7 on trade in steel, with NASA. The United States and the ROK spoke of it."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("LIMA G7 KELP SUMMIT COMMUNIQUÉ", "Lima G7 Kelp Summit Communiqué"),
        ("JOINT STATEMENT OF THE U.S.-ROK SUMMIT ON STEEL", "Joint Statement of the U.S.-ROK Summit on Steel"),
        ("NASA AND JAXA ON TRADE WITH THE UAE", "NASA and Jaxa on Trade with the UAE"),
        ("Joint Statement of NASA", "Joint Statement of NASA"),
        ("NASA", "NASA"),
    ],
)
def test_words_are_written_as_the_text_writes_them(title: str, expected: str) -> None:
    assert readable(title, TEXT) == expected


@given(st.text(), st.text())
def test_lengths_stay(title: str, text: str) -> None:
    assert len(readable(title, text)) == len(title)
    assert readable(title, text).casefold() == title.casefold() or not title.isupper()


def test_the_record_keeps_the_title_as_it_is_given() -> None:
    title = "LIMA G7 SUMMIT COMMUNIQUÉ"
    record = extract("We, the leaders of the G7, met in Oslo on May 3, 2031.", title=title, published="2031-05-03")
    assert record.statement.title == title
    assert record.meeting is not None
    assert record.meeting.series == "G7 Summit"
