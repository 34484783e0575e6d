"""The assignment is the best one and one-to-one; words are reduced to what they share."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from communique.comparison.assignment import assign
from communique.comparison.columns import alike_rows
from communique.comparison.rules import rules
from communique.comparison.sparse import only, products, ranges, rows_of, turned
from communique.comparison.threads import FIRST, threads
from communique.comparison.words import Vocabulary, read, stem

SMALL = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5)
GAINS = arrays(np.float64, SMALL, elements=st.integers(-3, 9).map(lambda n: n / 4))


def best(gains: np.ndarray) -> float:
    """The greatest sum that any assignment has, by trying all."""
    rows, columns = gains.shape
    if rows > columns:
        return best(gains.T)
    return max(sum(max(gains[r, c], 0) for r, c in enumerate(order)) for order in permutations(range(columns), rows))


def assigned(gains: np.ndarray) -> list[tuple[int, int]]:
    """The cells that are assigned, when all cells are given as pairs."""
    rows, columns = (cells.ravel() for cells in np.indices(gains.shape))
    taken = assign(rows, columns, gains.ravel())
    return list(zip(rows[taken].tolist(), columns[taken].tolist(), strict=True))


@settings(max_examples=300, deadline=None)
@given(GAINS)
def test_assignment_is_the_best_there_is(gains):
    assert sum(gains[cell] for cell in assigned(gains)) == pytest.approx(best(gains))


@settings(max_examples=100, deadline=None)
@given(GAINS)
def test_assignment_is_one_to_one_in_order_and_of_gains_alone(gains):
    cells = assigned(gains)
    assert len({row for row, _ in cells}) == len({column for _, column in cells}) == len(cells)
    assert cells == sorted(cells)
    assert all(gains[cell] > 0 for cell in cells)


def test_assignment_takes_the_best_sum_and_not_the_best_pair_first():
    assert assigned(np.array([[1.0, 0.9], [0.9, 0.0]])) == [(0, 1), (1, 0)]


def test_assignment_of_many_equals_is_made_in_time():
    assert len(assigned(np.full((250, 300), 0.5))) == 250


FEATURES = st.lists(st.lists(st.integers(0, 12), max_size=6), min_size=1, max_size=6)


def rows(features: list[list[int]]):
    index = np.repeat(np.arange(len(features)), [len(f) for f in features])
    columns = np.array([column for f in features for column in f], dtype=np.int64)
    return rows_of(index, columns, np.ones(len(columns)), (len(features), 13))


@settings(max_examples=100, deadline=None)
@given(FEATURES, FEATURES)
def test_products_count_what_rows_share(one, other):
    index, columns, counts = products(rows(one), turned(rows(other)))
    shared = {(i, j): len(set(a) & set(b)) for i, a in enumerate(one) for j, b in enumerate(other) if set(a) & set(b)}
    assert dict(zip(zip(index.tolist(), columns.tolist(), strict=True), counts.tolist(), strict=True)) == shared


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=8))
def test_ranges_follow_one_another(spans):
    starts, lengths = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    places, index = ranges(starts, starts + lengths)
    assert places.tolist() == [p for a, n in spans for p in range(a, a + n)]
    assert index.tolist() == [i for i, (_, n) in enumerate(spans) for _ in range(n)]


@pytest.mark.parametrize(
    "words",
    [
        ["establish", "establishes", "established", "establishing", "establishment"],
        ["fellow", "fellows", "fellowship", "fellowships"],
        ["satellite", "satellites", "satellite's"],
        ["implement", "implementing", "implementation"],
    ],
)
def test_words_of_one_stem(words):
    assert len({stem(word, rules()) for word in words}) == 1


@pytest.mark.parametrize(("one", "other"), [("rover", "river"), ("Mars".lower(), "march"), ("relay", "rely")])
def test_words_of_different_stems(one, other):
    assert stem(one, rules()) != stem(other, rules())


def test_words_without_meaning_are_left_out():
    words = Vocabulary(rules(), ["Freedonia"])
    text = "The two sides will, together with Freedonia, continue to do so in 12 years."
    read(words, [text, "by 2031"])
    assert words.of(text) == words.of("do")
    assert words.of("by 2031") != set()


def test_words_are_numbered_as_the_texts_have_them_whatever_was_read_before():
    read(Vocabulary(rules()), ["They train pilots."])
    numbers, starts, _ = read(Vocabulary(rules()), ["They map reefs with pilots,", "and pilots train."])
    assert list(zip(numbers.tolist(), starts.tolist(), strict=True)) == [(1, 5), (2, 9), (3, 20), (3, 32), (4, 39)]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_words_stand_where_they_begin(text):
    words = Vocabulary(rules())
    numbers, starts = words.placed(text)
    assert len(numbers) == len(starts)
    assert starts.tolist() == sorted(set(starts.tolist()))
    assert all(0 <= start < len(text) and not text[start].isspace() for start in starts.tolist())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the harbour’s pilots", "harbour pilot", True),
        ("delivering on COP26", "deliver COP 26", True),
        ("the G7", "the G20", False),
        ("condemning terror", "condemn terrorism", True),
        ("the U.S. fleet", "fleets", False),
    ],
)
def test_words_of_texts_that_say_the_same(one, other, same):
    words = Vocabulary(rules())
    read(words, [one, other])
    assert (words.of(one) == words.of(other)) == same


LINES = st.sampled_from(
    [
        "",
        "The sides will map reefs.",
        "  They train pilots, and map reefs ",
        "COP26",
        "…",
        "It was signed.Then they met",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(LINES, min_size=1, max_size=5).map("\n".join), min_size=1, max_size=5))
def test_lines_that_are_repeated_are_read_as_if_each_were_read(texts):
    words, starts, done = read(Vocabulary(rules()), texts)
    whole = Vocabulary(rules())
    forms, places = whole.placed("\n".join(texts))
    numbers, may_say_done = whole.number_all(forms)
    assert words.tolist() == numbers[numbers > 0].tolist()
    assert starts.tolist() == places[numbers > 0].tolist()
    assert done.tolist() == places[may_say_done].tolist()


def test_rows_keep_their_places_without_entries_that_are_left_out():
    rows = rows_of(np.array([0, 0, 2]), np.array([1, 3, 3]), np.array([1.0, 0.5, 1.0]), (3, 4))
    assert only(rows, rows.indices == 3).toarray().tolist() == [[0, 0, 0, 0.5], [0, 0, 0, 0], [0, 0, 0, 1]]


def test_small_products_are_left_out():
    rows = rows_of(np.array([0, 0, 1]), np.array([0, 1, 1]), np.ones(3), (2, 2))
    one, other, values = products(rows, turned(rows), 2)
    assert (one.tolist(), other.tolist(), values.tolist()) == ([0], [0], [2])
    one, other, _ = products(rows, turned(rows), np.array([2.0, 1.0]))
    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 0), (1, 0), (1, 1)]


@settings(max_examples=100, deadline=None)
@given(FEATURES)
def test_rows_that_are_alike_have_one_number(features):
    different = [*dict.fromkeys(tuple(sorted(set(row))) for row in features)]
    which, firsts = alike_rows(rows(features))
    assert which.tolist() == [different.index(tuple(sorted(set(row)))) for row in features]
    assert which[firsts].tolist() == list(range(len(different)))


def test_threads_follow_what_carries_on_what():
    assert threads(np.array([FIRST, FIRST, 0, FIRST, 2])).places == [[0, 2, 4], [1], [3]]
