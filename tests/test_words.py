"""Words: cut once, looked up by form, and the same whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.clauses.words import HEAD, Sentence, SentenceReader
from communique.words import KEPT, LONGEST, SHORT, Facts, Words

READER = SentenceReader(
    cue={"agreed", "plans", "will"}, verb={"agreed", "plans"}, determiner={"the"}, head={"sides", "plans"},
    noun=set(), pivot={"to"},
)  # fmt: skip
TEXTS = st.text(alphabet="aAé1.,;'-_ \n\t()", max_size=60)


def sentence(text: str, start: int = 0, end: int | None = None) -> Sentence:
    return READER.read(Words(text), start, len(text) if end is None else end)


@given(TEXTS)
def test_every_form_stands_where_it_is_said_to_and_only_blanks_are_left_out(text: str) -> None:
    words = Words(text)
    rebuilt = [" "] * len(text)
    for start, form in zip(words.starts, words.forms, strict=False):
        assert text[start : start + len(form)] == form
        rebuilt[start : start + len(form)] = form
    assert "".join(rebuilt) == text.replace("\n", " ")


@given(TEXTS, st.data())
def test_forms_between_two_offsets_are_cut_at_them(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets, forms = Words(text).between(start, end)
    assert all(
        text[at : at + len(form)] == form and start <= at <= end for at, form in zip(offsets, forms, strict=True)
    )
    assert [form for form in forms if form] == [form for form in text[start:end].replace("\n", " ").split(" ") if form]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. plans, too.", ["The", "U.S.", "plans", ",", "too", "."]),
        ("Japan's R&D, and they're", ["Japan", "'s", "R&D", ",", "and", "they", "'re"]),
        ("(Earth-observation data)", ["(", "Earth-observation", "data", ")"]),
        ("in 2023.The sides", ["in", "2023.The", "sides"]),
        ("a _b_  c", ["a", "b", "c"]),
    ],
)
def test_a_sentence_is_words_and_marks(text: str, words: list[str]) -> None:
    read = sentence(text)
    assert [read.word(i) for i in range(read.size)] == words
    assert [text[start : read.after(i)] for i, start in enumerate(read.starts)] == words
    assert read.size == len(words) == len(read.classes)


def test_a_sentence_that_ends_within_a_form_ends_there() -> None:
    text = "They met in 2023.The sides agreed."
    assert sentence(text, 0, 17).lower == ["they", "met", "in", "2023", "."]
    assert sentence(text, 17).lower == ["the", "sides", "agreed", "."]


def test_classes_say_where_a_look_is_worth_it() -> None:
    read = sentence("The two sides agreed on plans.")
    assert read.cues() == [3, 5]
    assert [match.start() for match in HEAD.finditer(read.classes)] == [2, 5]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Agreed plans of the two sides", [0, 1]),  # a verb may begin a sentence
        ("The Agreed Plans Will help", [3]),  # `Agreed` and `Plans` belong to a name
        ("The plans WILL AGREED", [2, 3]),  # an article's noun; capitals throughout tell nothing
    ],
)
def test_a_verb_inside_a_name_or_after_an_article_is_no_cue(text: str, cues: list[int]) -> None:
    assert sentence(text).cues() == cues


@given(TEXTS, st.integers(1, 5))
def test_pieces_hold_all_words_once(text: str, longest: int) -> None:
    read = sentence(text)
    pieces = list(read.pieces(longest))
    assert [word for piece in pieces for word in piece.lower] == read.lower
    assert all(0 < piece.size <= longest for piece in pieces)


def test_facts_ask_once_for_each_form_and_forget_before_memory_grows() -> None:
    asked: list[str] = []
    facts = Facts(lambda form: asked.append(form) or len(form))
    assert (facts["moon"], facts["moon"], asked) == (4, 4, ["moon"])
    long = "m" * (LONGEST + 1)
    assert (facts[long], facts[long], asked.count(long)) == (LONGEST + 1, LONGEST + 1, 2)
    for number in range(KEPT + 1):
        assert facts[str(number)]
    assert len(facts) < KEPT


def test_what_is_told_leaves_out_forms_without_a_fact() -> None:
    assert Words("on 3 May").told(Facts(lambda form: form.isdigit())) == [(3, True)]


@given(st.lists(st.sampled_from(["in", "May", "2031,", "", "(Oslo", "x" * (LONGEST + 1)]), max_size=2 * SHORT))
def test_a_long_text_is_told_as_a_short_one_is(forms: list[str]) -> None:
    facts = Facts(lambda form: form.strip("(,") if form[:1].isupper() or form[:1].isdigit() else None)
    text = " ".join(forms)
    told = [(start, facts[form]) for start, form in zip(Words(text).starts, text.split(" "), strict=True)]
    assert Words(text).told(facts) == [(start, fact) for start, fact in told if fact]


def test_numbers_of_forms_hold_for_their_text_whatever_is_read_after_it() -> None:
    first = Words("moon " * SHORT)
    facts = Facts(str.isupper)
    assert first.told(facts) == []
    others = [Words(" ".join(f"{part}{number}" for number in range(KEPT))) for part in "AB"]
    assert [len(other.told(facts)) for other in others] == [KEPT, KEPT]
    assert first.told(facts) == []
