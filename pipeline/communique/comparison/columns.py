"""Many records, column by column."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from communique.comparison.sparse import Ints, Rows, ranges

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def columns(records: Iterable[BaseModel], *names: str) -> list[list[Any]]:
    """These fields of all records; asked one by one, fields of a pydantic model take three times as long."""
    found = list(map(vars, records))
    return [[fields[name] for fields in found] for name in names]


def as_array(*found: list[int]) -> Ints:
    """Columns of as many numbers each."""
    return np.stack([np.fromiter(column, np.int64, len(column)) for column in found])


class Numbers(dict[K, int]):
    """Number of each thing met."""

    def __missing__(self, thing: K) -> int:
        number = self[thing] = len(self)
        return number


def numbered(things: Collection[K]) -> tuple[Ints, list[K]]:
    """The number of each thing, and the different ones by their numbers, in the order of first sight."""
    different = list(dict.fromkeys(things))
    numbers = dict(zip(different, range(len(different)), strict=True))
    return np.fromiter(map(numbers.__getitem__, things), np.int64, len(things)), different


def pieces(numbers: NDArray[Any], starts: Ints, ends: Ints) -> list[bytes]:
    """The numbers from each start to its end as bytes, which are told apart fast."""
    size, whole = numbers.itemsize, numbers.tobytes()
    return [whole[start:end] for start, end in zip((starts * size).tolist(), (ends * size).tolist(), strict=True)]


def alike_rows(rows: Rows) -> tuple[Ints, Ints]:
    """For rows of ones with their columns in order: which of the different rows each is, and the first of each."""
    which, _ = numbered(pieces(rows.indices, rows.indptr[:-1], rows.indptr[1:]))
    return which, np.unique(which, return_index=True)[1]


class Groups:
    """Places in groups, those of a group in their order: one has each number of ``index``, which is told by place."""

    def __init__(self, index: Ints) -> None:
        self.flat: Ints = np.argsort(index, kind="stable")
        """The places, group after group."""
        begins = np.diff(index[self.flat], prepend=-1) != 0
        self.starts: Ints = np.flatnonzero(begins)
        """Where each group begins there."""
        self.numbers: Ints = np.empty(len(index), np.int64)
        """The group of each place."""
        self.numbers[self.flat] = np.cumsum(begins) - 1

    @cached_property
    def places(self) -> list[list[int]]:
        """The places of each group."""
        flat = self.flat.tolist()
        return [flat[start:end] for start, end in pairwise([*self.starts.tolist(), len(flat)])]

    def members(self, groups: Ints) -> tuple[Ints, Ints]:
        """The places of these groups, one group after the other, and beside each which of these its group is."""
        ends = np.append(self.starts, len(self.flat))
        found, index = ranges(self.starts[groups], ends[groups + 1])
        return self.flat[found], index


class Alike(Generic[T]):
    """Lists of identifiers, most of which are like others: the different ones, and which of these each is."""

    def __init__(self, lists: Sequence[list[T]]) -> None:
        self.lists = lists
        self.index, self.different = numbered(list(map(tuple, lists)))
        """For each list, its number among the different ones, and these."""

    def unions(self, groups: Groups) -> list[list[T]]:
        """What the lists at each group of places hold, in the order of first sight; of lists alike, the first."""
        if not groups.places:
            return []
        found, starts = self.index[groups.flat], groups.starts
        unions = list(map(self.lists.__getitem__, groups.flat[starts].tolist()))
        for number in np.flatnonzero(np.minimum.reduceat(found, starts) != np.maximum.reduceat(found, starts)).tolist():
            places = groups.places[number]
            unions[number] = list(dict.fromkeys(chain.from_iterable(map(self.lists.__getitem__, places))))
        return unions

    def having(self, identifier: T) -> Ints:
        """The places of the lists that have an identifier."""
        has = np.array([identifier in one for one in self.different], dtype=bool)
        return np.flatnonzero(has[self.index])
