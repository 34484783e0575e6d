"""Rows of weighted features as SciPy's compressed sparse rows, whose products run over what is there alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
# SciPy has no type information of its own.
Rows = Any


def rows_of(index: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Rows:
    """Rows of these entries; where a feature stands twice in a row, its values are added up to 1 and no further."""
    # SciPy would look for the smaller type itself, in every entry.
    columns = columns.astype(np.int32)
    if (index[1:] < index[:-1]).any():
        rows = sparse.csr_matrix((values, (index.astype(np.int32), columns)), shape=shape)
    else:  # as rows are stored
        edges = np.zeros(shape[0] + 1, np.int32)
        np.cumsum(np.bincount(index, minlength=shape[0]), out=edges[1:])
        rows = sparse.csr_matrix((values, columns, edges), shape=shape)
    rows.sum_duplicates()
    np.minimum(rows.data, 1.0, out=rows.data)
    return rows


def only(rows: Rows, kept: Mask) -> Rows:
    """The rows, each with its columns in order, without the entries that are not kept."""
    places = np.flatnonzero(kept)
    edges = np.searchsorted(places, rows.indptr).astype(rows.indptr.dtype)
    found = sparse.csr_matrix((rows.data[places], rows.indices[places], edges), shape=rows.shape)
    # What SciPy would look for in every entry.
    found.has_sorted_indices = found.has_canonical_format = True
    return found


def scaled(rows: Rows, weights: Floats) -> Rows:
    """The rows with each value times its column's weight, and each row at length 1."""
    found = weighted(rows, weights)
    lengths = np.sqrt(row_sums(found, found.data**2))
    lengths[lengths == 0] = 1
    found.data /= lengths[index_of(found)]
    return found


def weighted(rows: Rows, weights: Floats) -> Rows:
    """The rows with each value times its column's weight."""
    values = rows.data * weights[rows.indices]
    return sparse.csr_matrix((values, rows.indices, rows.indptr), shape=rows.shape)


def row_sums(rows: Rows, values: Floats | None = None) -> Floats:
    """The sum of each row's values, or of these in their place."""
    counted = rows.data if values is None else values
    return np.bincount(index_of(rows), counted, minlength=rows.shape[0]).astype(np.float64, copy=False)


def index_of(rows: Rows) -> Ints:
    """The row of each entry."""
    index: Ints = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return index


def turned(rows: Rows) -> Rows:
    """The rows as columns."""
    return rows.T.tocsr()


def products(one: Rows, other: Rows, least: Floats | float = 0) -> tuple[Ints, Ints, Floats]:
    """The scalar products of the rows of one with the columns of the other that are not 0: their numbers, and it.

    Those under ``least``, which may be given for each row of one, are left out.
    """
    if not (one.nnz and other.nnz):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    found = one @ other
    needed = least if isinstance(least, int | float) else np.repeat(least, np.diff(found.indptr))
    kept = np.flatnonzero(found.data >= needed)
    rows = np.searchsorted(found.indptr, kept, side="right") - 1
    return rows, found.indices[kept].astype(np.int64), found.data[kept]


def paired(one: Rows, other: Rows) -> Floats:
    """The scalar product of each row of one with the same row of the other."""
    if not (one.nnz and other.nnz):
        return np.zeros(one.shape[0])
    sums: Floats = row_sums(one.multiply(other).tocsr())
    return sums


def stacked(one: Rows, other: Rows) -> Rows:
    """The rows of one, then those of the other."""
    return sparse.vstack((one, other), format="csr")


def distinct(columns: Sequence[Ints]) -> tuple[list[Ints], Ints]:
    """The different rows of columns of whole numbers, as columns, and which of them each row is.

    The product of the columns' ranges must stay under 2**63.
    """
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        least, most = column.min(initial=0), column.max(initial=0)
        code = code * (most - least + 1) + (column - least)
    _, firsts, which = np.unique(code, return_index=True, return_inverse=True)
    return [column[firsts] for column in columns], which


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """``starts[i] … ends[i] - 1`` for every i, one after the other, and beside each its i."""
    counts = np.maximum(ends - starts, 0)
    index = np.repeat(np.arange(len(starts)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(index)) + (starts - before)[index], index
