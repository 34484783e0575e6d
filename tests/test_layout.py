"""The view: what is folded, which lines are joined, and the way back to the text as it was given."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.layout import View, view

CHARACTERS = [
    ("U.S.\u00a0Space\u2009Force\u3000met\tnow", "U.S. Space Force met now"),
    ("the sides\u2019 \u201cshared\u201d goal", 'the sides\' "shared" goal'),
    ("U.S.\u2013ROK, U.S.\u2011ROK, \u22125, 1\u20122", "U.S.-ROK, U.S.-ROK, -5, 1-2"),
    ("the Moon\u2014and Mars", "the Moon\u2014and Mars"),
    ("co\u00adoper\u200bation\ufeff", "cooperation"),
    ("two  spaces   here ", "two spaces here"),
    ("one\r\n\r\ntwo\rThree\fFour", "one\ntwo\nThree\nFour"),
    ("caf\u00e9 cafe\u0301 \U0001f680 \ud800", "caf\u00e9 cafe\u0301 \U0001f680 \ud800"),
    ("", ""),
    (" \n\t\n", ""),
]

MARKS = [
    ("The **Artemis** _Accords_ hold.", "The Artemis Accords hold."),
    ("__Bold__ and *italic* and ***both***", "Bold and italic and both"),
    ("snake_case_name and 2*3 stay", "snake_case_name and 2*3 stay"),
    ("17\\. The G7\\* met\\_", "17. The G7* met_"),
    ("see [the pact](https://a.example/x_y_z) now", "see the pact now"),
    ("see [the joint\nstudy](https://a.example/x) now", "see the joint study now"),
    ("note[1] and [a] stay", "note[1] and [a] stay"),
    ("> quoted words\n> and more of them", "quoted words\nand more of them"),
    ("<u>Title</u> and <!-- a note -->text<br/>next", "Title and text\nnext"),
    ("a &amp; b&nbsp;c &copy d", "a & b c &copy d"),
    ("one\n\n---\n\n* * *\n\ntwo", "one\ntwo"),
    ("**FORGING A FREE\nAND OPEN REGION**\n\nText", "FORGING A FREE AND OPEN REGION\nText"),
    ("a < b > c and <x@y.example>", "a < b > c and <x@y.example>"),
]

LINES = [
    (
        "The two sides met in the capital of the country on\nMonday and agreed.",
        "The two sides met in the capital of the country on Monday and agreed.",
    ),
    ("- first point\n- second point", "- first point\n- second point"),
    ("\u2022 First\n\u2022 Second", "\u2022 First\n\u2022 Second"),
    (
        "-   The sides will share the samples of the next\n    mission.\n-   They met.",
        "- The sides will share the samples of the next mission.\n- They met.",
    ),
    ("1. One\n2. Two\n(a) Three\niv. Four", "1. One\n2. Two\n(a) Three\niv. Four"),
    (
        "The three countries affirmed that they would:\n(a) share data;\n(b) train crews.",
        "The three countries affirmed that they would:\n(a) share data;\n(b) train crews.",
    ),
    ("\u2022\nText of the item", "\u2022 Text of the item"),
    ("# Heading\nText goes on here", "# Heading\nText goes on here"),
    (
        "NEXT STEPS\nThe two sides will meet again in the spring of next year.",
        "NEXT STEPS\nThe two sides will meet again in the spring of next year.",
    ),
    (
        "Joint Statement of the Fourth Civil Space Dialogue\nOttawa, May 2, 2023",
        "Joint Statement of the Fourth Civil Space Dialogue\nOttawa, May 2, 2023",
    ),
    (
        "share the samples of the mission;\ntrain the crews of both; and\nmeet",
        "share the samples of the mission;\ntrain the crews of both; and\nmeet",
    ),
    (
        # Unbreakable blanks tell why the second line is short: it is no heading.
        ("Today, Director Ana Maria Lopez Ortega of Peru and the Chilean Harbour\n"
        "Minister Dr. Elisabeth Sherwood-Randolph met in Mexico\n"
        "City\u00a0to\u00a0build\u00a0on\u00a0the work that both began in May, as the reefs need it."),
        ("Today, Director Ana Maria Lopez Ortega of Peru and the Chilean Harbour Minister Dr. Elisabeth "
        "Sherwood-Randolph met in Mexico City to build on the work that both began in May, as the reefs need it."),
    ),
    ("One paragraph.\n\n\n\nAnother.", "One paragraph.\nAnother."),
    (
        "the strong and lasting alliance of the U.S.-\nROK partnership in space",
        "the strong and lasting alliance of the U.S.-ROK partnership in space",
    ),
    (
        "The two sides welcome the growth of space-\nand ground-based sensing.",
        "The two sides welcome the growth of space- and ground-based sensing.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given_text", "expected"), CHARACTERS + MARKS + LINES)
def test_view_of(given_text: str, expected: str) -> None:
    assert view(given_text).text == expected


def test_offsets_lead_back_to_the_words_as_given() -> None:
    text = "The  **U.S.\u00a0Space\nForce** met\u200b."
    seen = view(text)
    at = seen.text.index("U.S. Space")
    assert text[seen.start(at) : seen.end(at + len("U.S. Space Force"))] == "U.S.\u00a0Space\nForce"


def test_a_plain_text_is_its_own_view() -> None:
    assert view('One line.\nAnother - with "quotes".') == View('One line.\nAnother - with "quotes".')


PROSE = (
    """The delegations of the United States of America and of the Republic of Korea met in Washington, D.C. on March 3
    - the first such meeting - to review the long-standing U.S.-ROK partnership. Led by Deputy Assistant Secretary Anna
    B. Orr, they agreed to (a) share samples; (b) train crews; and (c) meet in 2027. The sides noted that work began in
    2021. It will go on, as Director J. R. Vale said, "for the good of all." Both will report to their leaders.""",
    "Recognizing the value of open data, they look forward to the launch of the next satellite and to its calibration.",
)
PARAGRAPHS = [" ".join(paragraph.split()) for paragraph in PROSE]


@given(st.integers(40, 100), st.sampled_from([" ", "  ", "\u00a0"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_wrapping_does_not_change_the_view(width: int, space: str, newline: str, at_hyphens: bool) -> None:
    blocks = [textwrap.fill(paragraph, width, break_on_hyphens=at_hyphens) for paragraph in PARAGRAPHS]
    text = "\n\n".join(blocks).replace(" ", space).replace("\n", newline)
    assert view(text).text == "\n".join(PARAGRAPHS)


PIECES = st.sampled_from(
    [
        *(
            "The",
            "sides",
            "met.",
            "**",
            "*",
            "_",
            "\\",
            "[a](b)",
            "<b>",
            "&amp;",
            "&",
            "- ",
            "\u2022",
            "1.",
            "#",
            "\u2013",
        ),
        *(">", "---", "\n", "\n\n", "  ", "\u00a0", "\u200b", "\r\n", "\t", "(a)", "U.S.-"),
        "a long run of words that fills the line to its end",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map(" ".join))


@given(TEXTS)
def test_each_character_of_the_view_stands_in_the_text(text: str) -> None:
    seen = view(text)
    places = [seen.start(i) for i in range(len(seen.text))]
    assert places == sorted(set(places))
    for character, place in zip(seen.text, places, strict=True):
        assert character.isspace() or text[place] == "&" or view(f"0 {text[place]} 0").text == f"0 {character} 0"
    assert [seen.end(i + 1) for i in range(len(seen.text))] == [place + 1 for place in places]


@given(TEXTS)
def test_view_is_trimmed_and_single_spaced(text: str) -> None:
    seen = view(text).text
    assert seen == seen.strip(" \n")
    assert not any(run in seen for run in ("  ", " \n", "\n ", "\n\n", "\u00a0", "\r", "\0"))


UNMARKED = st.text(st.characters(exclude_categories=["Pd"], exclude_characters="*_\\<>&[]=-\u2212\ufe63\uff0d"))


@given(UNMARKED, st.data())
def test_a_slice_of_the_text_has_the_slice_of_the_view(text: str, data: st.DataObject) -> None:
    seen = view(text)
    if seen.text:
        start = data.draw(st.integers(0, len(seen.text) - 1))
        end = data.draw(st.integers(start + 1, len(seen.text)))
        again = view(text[seen.start(start) : seen.end(end)]).text
        assert "".join(again.split()) == "".join(seen.text[start:end].split())


@given(TEXTS, st.sampled_from(["The next meeting will be in Rome.", "- a point", "HEADING", PARAGRAPHS[0]]))
def test_a_paragraph_added_changes_nothing_before_it(text: str, paragraph: str) -> None:
    before, after = view(text), view(text + "\n\n" + paragraph)
    assert after.text.startswith(before.text)
    assert all(before.start(i) == after.start(i) for i in range(len(before.text)))


@pytest.mark.parametrize(
    "piece", ["[", "**a\n", "<a ", "_", "\\", "&#", "- ", "\n", "> ", "* ", "a", "[a](", " \u200b"]
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        view(piece * times)
        return time.process_time() - began

    # Other work on the machine may slow one try; what is not linear fails in each.
    assert any(seconds(40_000) < 20 * seconds(10_000) + 0.2 for _ in range(3))
