"""The best one-to-one assignment, by SciPy's solver."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from communique.comparison.sparse import Floats, Ints, Mask


def assign(rows: Ints, columns: Ints, gains: Floats) -> Ints:
    """Which of these pairs, by their places, give the greatest sum of gains when each row and column is in one.

    Only pairs of positive gain are made. Most rows and columns stand in one pair alone, which is taken; what is left
    is given to the solver as one matrix.
    """
    places = np.flatnonzero(gains > 0)
    if not len(places):
        return places
    alone = _alone(rows[places]) & _alone(columns[places])
    tied = places[~alone]
    return np.sort(np.concatenate((places[alone], tied[_solved(rows[tied], columns[tied], gains[tied])])))


def _alone(numbers: Ints) -> Mask:
    """Whether each number stands there once."""
    alone: Mask = np.bincount(numbers, minlength=1)[numbers] == 1
    return alone


def _solved(rows: Ints, columns: Ints, gains: Floats) -> Ints:
    if not len(gains):
        return np.zeros(0, np.int64)
    (row_numbers, across), (column_numbers, down) = (np.unique(n, return_inverse=True) for n in (rows, columns))
    matrix = np.zeros((len(row_numbers), len(column_numbers)))
    matrix[across, down] = gains
    place = np.full(matrix.shape, -1, np.int64)
    place[across, down] = np.arange(len(gains))
    found: Ints = place[linear_sum_assignment(matrix, maximize=True)]
    return found[found >= 0]
