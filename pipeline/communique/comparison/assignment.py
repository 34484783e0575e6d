"""The best one-to-one assignment.

Pairs that gain nothing are left out, and what remains falls into small groups that share no pair; each is solved
exactly by the Hungarian method in its form with shortest augmenting paths (Jonker and Volgenant, Computing 38, 1987).
"""

from __future__ import annotations

import numpy as np

from communique.comparison.sparse import Floats, Ints


def assign(gains: Floats) -> list[tuple[int, int]]:
    """Pairs (row, column), in the order of rows, that give the greatest sum of gains; each row and column once.

    Only pairs of positive gain are made.
    """
    pairs: list[tuple[int, int]] = []
    for rows, columns in _groups(gains):
        if len(rows) == len(columns) == 1:
            pairs.append((rows[0], columns[0]))
            continue
        block = gains[np.ix_(rows, columns)].clip(min=0)
        flipped = len(rows) > len(columns)
        for a, b in _solve(-(block.T if flipped else block)):
            row, column = (b, a) if flipped else (a, b)
            if block[row, column] > 0:
                pairs.append((rows[row], columns[column]))
    return sorted(pairs)


def _groups(gains: Floats) -> list[tuple[list[int], list[int]]]:
    """Rows and columns that are tied to each other by pairs of positive gain."""
    rows, columns = np.nonzero(gains > 0)
    # Each row and column takes the lowest number among those that it is tied to, until none changes.
    of_row, of_column = np.arange(gains.shape[0]), np.full(gains.shape[1], gains.shape[0])
    while True:
        before = of_row.copy()
        np.minimum.at(of_column, columns, of_row[rows])
        np.minimum.at(of_row, rows, of_column[columns])
        if np.array_equal(before, of_row):
            break
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for row in np.unique(rows).tolist():
        groups.setdefault(int(of_row[row]), ([], []))[0].append(row)
    for column in np.unique(columns).tolist():
        groups[int(of_column[column])][1].append(column)
    return list(groups.values())


def _solve(costs: Floats) -> list[tuple[int, int]]:
    """The cheapest assignment of every row; there are no more rows than columns."""
    count, width = costs.shape
    if count == 1:
        return [(0, int(costs[0].argmin()))]
    row_price, column_price = costs.min(axis=1), np.zeros(width)
    owner = np.full(width, -1)
    left = []
    # Most clauses have their like alone: a row whose cheapest column is free takes it, which the prices allow.
    for row, column in enumerate(costs.argmin(axis=1).tolist()):
        if owner[column] < 0:
            owner[column] = row
        else:
            left.append(row)
    for row in left:
        _augment(costs, row, row_price, column_price, owner)
    return [(int(owner[column]), column) for column in range(width) if owner[column] >= 0]


def _augment(costs: Floats, row: int, row_price: Floats, column_price: Floats, owner: Ints) -> None:
    """Give ``row`` a column, moving others along the cheapest path of reassignments (in place)."""
    width = costs.shape[1]
    distance, before = np.full(width, np.inf), np.full(width, -1)
    done = np.zeros(width, dtype=bool)
    reached, current, last = 0.0, row, -1
    while True:
        through = reached + costs[current] - row_price[current] - column_price
        closer = ~done & (through < distance)
        distance[closer], before[closer] = through[closer], last
        last = int(np.where(done, np.inf, distance).argmin())
        done[last], reached = True, float(distance[last])
        if owner[last] < 0:
            break
        current = int(owner[last])
    spent = done.copy()
    spent[last] = False
    row_price[row] += reached
    row_price[owner[spent]] += reached - distance[spent]
    column_price[spent] -= reached - distance[spent]
    while last >= 0:
        previous = int(before[last])
        owner[last] = owner[previous] if previous >= 0 else row
        last = previous
