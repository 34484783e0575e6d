"""The best one-to-one assignment.

Pairs that gain nothing are left out, and what remains falls into small groups that share no pair; each is solved
exactly by the Hungarian method in its form with shortest augmenting paths (Jonker and Volgenant, Computing 38, 1987).
"""

from __future__ import annotations

import numpy as np

from communique.comparison.sparse import Floats


def assign(gains: Floats) -> list[tuple[int, int]]:
    """Pairs (row, column), in the order of rows, that give the greatest sum of gains; each row and column once.

    Only pairs of positive gain are made.
    """
    pairs: list[tuple[int, int]] = []
    for rows, columns in _groups(gains):
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
    parent = list(range(gains.shape[0] + gains.shape[1]))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        one, other = root(row), root(gains.shape[0] + column)
        parent[max(one, other)] = min(one, other)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for row in sorted(set(rows.tolist())):
        groups.setdefault(root(row), ([], []))[0].append(row)
    for column in sorted(set(columns.tolist())):
        groups[root(gains.shape[0] + column)][1].append(column)
    return list(groups.values())


def _solve(costs: Floats) -> list[tuple[int, int]]:
    """The cheapest assignment of every row; there are no more rows than columns."""
    count, width = costs.shape
    if count == 1:
        return [(0, int(costs[0].argmin()))]
    row_price, column_price = np.zeros(count), np.zeros(width)
    owner = np.full(width, -1)
    for row in range(count):
        _augment(costs, row, row_price, column_price, owner)
    return [(int(owner[column]), column) for column in range(width) if owner[column] >= 0]


def _augment(costs: Floats, row: int, row_price: Floats, column_price: Floats, owner: Floats) -> None:
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
    row_price[owner[spent].astype(int)] += reached - distance[spent]
    column_price[spent] -= reached - distance[spent]
    while last >= 0:
        previous = int(before[last])
        owner[last] = owner[previous] if previous >= 0 else row
        last = previous
