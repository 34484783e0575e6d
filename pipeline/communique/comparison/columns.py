"""Many records, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel

from communique.comparison.sparse import Ints


def columns(records: Iterable[BaseModel], *names: str) -> list[list[Any]]:
    """These fields of all records; asked one by one, fields of a pydantic model take three times as long."""
    found = list(map(vars, records))
    return [[fields[name] for fields in found] for name in names]


def as_array(*found: list[int]) -> Ints:
    """Columns of as many numbers each."""
    return np.stack([np.fromiter(column, np.int64, len(column)) for column in found])


class Alike:
    """Lists of identifiers, most of which are like others: the different ones, and which of these each is."""

    def __init__(self, lists: Iterable[Sequence[str]]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        self.numbers = [numbers.setdefault(found, len(numbers)) for found in map(tuple, lists)]
        """For each list, its number among the different ones."""
        self.different = list(numbers)
