"""Many records, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

import numpy as np
from pydantic import BaseModel

from communique.comparison.sparse import Ints

T = TypeVar("T")


def columns(records: Iterable[BaseModel], *names: str) -> list[list[Any]]:
    """These fields of all records; asked one by one, fields of a pydantic model take three times as long."""
    found = list(map(vars, records))
    return [[fields[name] for fields in found] for name in names]


def as_array(*found: list[int]) -> Ints:
    """Columns of as many numbers each."""
    return np.stack([np.fromiter(column, np.int64, len(column)) for column in found])


class Alike(Generic[T]):
    """Lists of identifiers, most of which are like others: the different ones, and which of these each is."""

    def __init__(self, lists: Sequence[list[T]]) -> None:
        self.lists = lists
        numbers: dict[tuple[T, ...], int] = {}
        self.numbers = [numbers.setdefault(found, len(numbers)) for found in map(tuple, lists)]
        """For each list, its number among the different ones."""
        self.different = list(numbers)
        self.index: Ints = np.fromiter(self.numbers, np.int64, len(lists))

    def union(self, places: Sequence[int]) -> list[T]:
        """What the lists at these places hold, in the order of first sight; where all are alike, the first of them."""
        met = dict.fromkeys([self.numbers[place] for place in places]) if len(places) > 1 else ()
        if len(met) < 2:
            return self.lists[places[0]]
        return list(dict.fromkeys(chain.from_iterable([self.different[number] for number in met])))

    def having(self, identifier: T) -> Ints:
        """The places of the lists that have an identifier."""
        has = np.array([identifier in one for one in self.different], dtype=bool)
        return np.flatnonzero(has[self.index])
