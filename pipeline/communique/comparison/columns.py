"""Many records, column by column."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

import numpy as np
from pydantic import BaseModel

from communique.comparison.sparse import Ints

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def columns(records: Iterable[BaseModel], *names: str) -> list[list[Any]]:
    """These fields of all records; asked one by one, fields of a pydantic model take three times as long."""
    found = list(map(vars, records))
    return [[fields[name] for fields in found] for name in names]


def as_array(*found: list[int]) -> Ints:
    """Columns of as many numbers each."""
    return np.array(found, dtype=np.int64)


class Numbers(dict[K, int]):
    """Number of each thing met."""

    def __missing__(self, thing: K) -> int:
        number = self[thing] = len(self)
        return number


class Alike(Generic[T]):
    """Lists of identifiers, most of which are like others: the different ones, and which of these each is."""

    def __init__(self, lists: Sequence[list[T]]) -> None:
        self.lists = lists
        numbers: Numbers[tuple[T, ...]] = Numbers()
        self.numbers = list(map(numbers.__getitem__, map(tuple, lists)))
        """For each list, its number among the different ones."""
        self.different = list(numbers)
        self.index: Ints = np.array(self.numbers, dtype=np.int64)

    def unions(self, groups: Sequence[list[int]]) -> list[list[T]]:
        """What the lists at each group of places hold, in the order of first sight; of lists alike, the first."""
        if not groups:
            return []
        sizes = [len(places) for places in groups]
        found = self.index[list(chain.from_iterable(groups))]
        starts = np.cumsum([0, *sizes[:-1]])
        unions = [self.lists[places[0]] for places in groups]
        for number in np.flatnonzero(np.minimum.reduceat(found, starts) != np.maximum.reduceat(found, starts)).tolist():
            unions[number] = list(dict.fromkeys(chain.from_iterable(map(self.lists.__getitem__, groups[number]))))
        return unions

    def having(self, identifier: T) -> Ints:
        """The places of the lists that have an identifier."""
        has = np.array([identifier in one for one in self.different], dtype=bool)
        return np.flatnonzero(has[self.index])
