"""The assignment is the best one and one-to-one; words are reduced to what they share."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from communique.comparison.assignment import assign
from communique.comparison.rules import rules
from communique.comparison.sparse import rows_of
from communique.comparison.words import Vocabulary, stem

SMALL = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5)
GAINS = arrays(np.float64, SMALL, elements=st.integers(-3, 9).map(lambda n: n / 4))


def best(gains: np.ndarray) -> float:
    """The greatest sum that any assignment has, by trying all."""
    rows, columns = gains.shape
    if rows > columns:
        return best(gains.T)
    return max(sum(max(gains[r, c], 0) for r, c in enumerate(order)) for order in permutations(range(columns), rows))


@settings(max_examples=300, deadline=None)
@given(GAINS)
def test_assignment_is_the_best_there_is(gains):
    pairs = assign(gains)
    assert sum(gains[pair] for pair in pairs) == pytest.approx(best(gains))


@settings(max_examples=100, deadline=None)
@given(GAINS)
def test_assignment_is_one_to_one_in_order_and_of_gains_alone(gains):
    pairs = assign(gains)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert pairs == sorted(pairs)
    assert all(gains[pair] > 0 for pair in pairs)


@settings(max_examples=50, deadline=None)
@given(GAINS)
def test_assignment_of_the_other_side_gains_the_same(gains):
    assert sum(gains[r, c] for r, c in assign(gains)) == pytest.approx(sum(gains[r, c] for c, r in assign(gains.T)))


def test_assignment_takes_the_best_sum_and_not_the_best_pair_first():
    assert assign(np.array([[1.0, 0.9], [0.9, 0.0]])) == [(0, 1), (1, 0)]


def test_assignment_of_many_equals_is_made_in_time():
    assert len(assign(np.full((250, 300), 0.5))) == 250


FEATURES = st.lists(st.lists(st.integers(0, 12), max_size=6), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(FEATURES, FEATURES)
def test_products_count_what_rows_share(one, other):
    products = rows_of(one).products(rows_of(other))
    assert products.tolist() == [[len(set(a) & set(b)) for b in other] for a in one]


@settings(max_examples=100, deadline=None)
@given(FEATURES, FEATURES, st.data())
def test_common_weighs_and_counts_what_rows_share(one, other, data):
    weights = np.array(data.draw(st.lists(st.integers(0, 5), min_size=13, max_size=13)), dtype=float)
    tells = (weights > 2).astype(float)
    weight, count = rows_of(one).common(rows_of(other), weights, tells)
    assert weight.tolist() == [[sum(weights[list(set(a) & set(b))]) for b in other] for a in one]
    assert count.tolist() == [[sum(tells[list(set(a) & set(b))]) for b in other] for a in one]


@settings(max_examples=50, deadline=None)
@given(FEATURES, st.data())
def test_rows_taken_are_the_rows(features, data):
    chosen = data.draw(st.lists(st.integers(0, len(features) - 1), max_size=8))
    taken = rows_of(features).take(np.array(chosen, dtype=np.int64))
    found = [taken.columns[a:b].tolist() for a, b in zip(taken.starts, taken.starts[1:], strict=False)]
    assert found == [sorted(set(features[i])) for i in chosen]


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
    assert words.of("The two sides will, together with Freedonia, continue to do so in 12 years.") == words.of("do")
    assert words.of("by 2031") != []
