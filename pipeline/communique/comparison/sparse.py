"""Rows of weighted features, and what two sets of rows have in common.

Clauses hold few of the many words of a series; the sums run over what is there, so that thirty editions compare in
the time of reading them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Compressed rows: the features of row i are ``columns[starts[i]:starts[i + 1]]`` with ``values`` beside them."""

    starts: Ints
    columns: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: Ints) -> Rows:
        """The rows of these indices, in their order."""
        counts = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate(([0], np.cumsum(counts)))
        where = _ranges(self.starts[rows], counts)
        return Rows(starts, self.columns[where], self.values[where])

    def slice(self, first: int, last: int) -> Rows:
        """The rows from ``first`` up to ``last``, which is not among them."""
        a, b = self.starts[first], self.starts[last]
        return Rows(self.starts[first : last + 1] - a, self.columns[a:b], self.values[a:b])

    def scaled(self, weights: Floats) -> Rows:
        """The rows with each value times its column's weight, and each row at length 1."""
        values = self.values * weights[self.columns]
        lengths = np.sqrt(np.bincount(self.index(), values * values, minlength=len(self)))
        lengths[lengths == 0] = 1
        return Rows(self.starts, self.columns, values / lengths[self.index()])

    def where(self, keep: Mask) -> Rows:
        """The rows with those entries only that ``keep`` marks."""
        counts = np.bincount(self.index()[keep], minlength=len(self))
        return Rows(np.concatenate(([0], np.cumsum(counts))), self.columns[keep], self.values[keep])

    def dense(self, width: int) -> Floats:
        """The rows as a full matrix of so many columns."""
        matrix = np.zeros((len(self), width))
        matrix[self.index(), self.columns] = self.values
        return matrix

    def index(self) -> Ints:
        """The row of each entry."""
        return self._index

    @cached_property
    def _index(self) -> Ints:
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def counts(self) -> Ints:
        """How many entries each row has."""
        counts: Ints = np.diff(self.starts)
        return counts

    def products(self, other: Rows) -> Floats:
        """The matrix of scalar products of these rows with the other's."""
        shape = (len(self), len(other))
        cells, mine, theirs = self._meetings(other)
        sums = np.bincount(cells, self.values[mine] * other.values[theirs], minlength=shape[0] * shape[1])
        return sums.reshape(shape).astype(np.float64, copy=False)

    def common(self, other: Rows, weights: Floats, telling: Floats) -> tuple[Floats, Floats]:
        """Two matrices: what the columns in common weigh, and how many of them tell something."""
        shape = (len(self), len(other))
        cells, mine, _ = self._meetings(other)
        columns = self.columns[mine]
        sums = (np.bincount(cells, w[columns], minlength=shape[0] * shape[1]) for w in (weights, telling))
        weight, count = (s.reshape(shape).astype(np.float64, copy=False) for s in sums)
        return weight, count

    @cached_property
    def postings(self) -> tuple[Ints, Ints]:
        """The entries in the order of their columns, and where each column's begin."""
        counts = np.bincount(self.columns, minlength=1)
        return np.argsort(self.columns, kind="stable"), np.concatenate(([0], np.cumsum(counts)))

    def _meetings(self, other: Rows) -> tuple[Ints, Ints, Ints]:
        """For each column that a row of these and one of the other's share: the cell, and the two entries."""
        order, posted = other.postings
        known = np.minimum(self.columns, len(posted) - 2)
        counts = np.where(self.columns == known, posted[known + 1] - posted[known], 0)
        theirs = order[_ranges(posted[known], counts)]
        mine = np.repeat(np.arange(len(self.columns)), counts)
        cells = self.index()[mine] * len(other) + other.index()[theirs]
        return cells, mine, theirs


def rows_of(features: Sequence[Sequence[int]]) -> Rows:
    """Rows of value 1 for each feature of each item; a feature counts once."""
    counts = np.fromiter(map(len, features), np.int64, len(features))
    columns = np.fromiter(chain.from_iterable(features), np.int64, int(counts.sum()))
    return _unique(np.repeat(np.arange(len(features)), counts), columns, np.ones(len(columns)), len(features))


def joined(own: Rows, around: Rows, factor: float) -> Rows:
    """Rows of both, item by item, where what only stands ``around`` an item counts by ``factor``."""
    index = np.concatenate((own.index(), around.index()))
    columns = np.concatenate((own.columns, around.columns))
    values = np.concatenate((own.values, around.values * factor))
    return _unique(index, columns, values, len(own))


def _unique(index: Ints, columns: Ints, values: Floats, rows: int) -> Rows:
    """Rows in which each column stands once, with the value that it has first."""
    width = int(columns.max()) + 1 if len(columns) else 1
    cells, first = np.unique(index * width + columns, return_index=True)
    starts = np.concatenate(([0], np.cumsum(np.bincount(cells // width, minlength=rows))))
    return Rows(starts, cells % width, values[first])


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """``starts[i] … starts[i] + counts[i] - 1`` for every i, one after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    ranges: Ints = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return ranges
