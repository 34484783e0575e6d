"""How time and memory grow with the length of a text: each length in a process of its own, for its peak of memory.

python benchmarks/growth.py CHARACTERS [FOLDER]   prints one line of JSON
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from communique import extract, extract_many, load
from communique.extraction import Statement
from communique.writing import to_json
from texts import apart, of_length, seconds, statements, words_in

REPEAT_BELOW = 1_000_000
"""Texts shorter than this are read several times, and the best is taken."""


def by_length(sizes: Iterable[int], folder: Path | None) -> dict[int, dict[str, Any]]:
    """Microseconds a word and peak memory for a text of each length."""
    return {size: apart(__file__, size, folder) for size in sizes}


def one_length(size: int, folder: Path | None) -> dict[str, Any]:
    """The same for one length, in this process."""
    texts = statements(folder)
    load()
    for statement in texts:
        to_json(extract(statement.text))  # the vocabulary is known to all lengths alike
    text = of_length(texts, size)
    before = _peak()
    taken = min(seconds(lambda: to_json(extract(text))) for _ in range(5 if size < REPEAT_BELOW else 1))
    words = len(text.split())
    return {"words": words, "microseconds": taken / words * 1e6, "megabytes": _peak(), "megabytes_before": before}


def by_number(texts: Sequence[Statement], times: int) -> dict[int, float]:
    """Microseconds a word for a tenth of the statements, all of them, and all of them so many times."""
    found = {}
    for some in (texts[::10], texts, [*texts] * times):
        taken = seconds(lambda s=some: [to_json(record) for record in extract_many(s)])
        found[len(some)] = taken / words_in(some) * 1e6
    return found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(one_length(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)))  # noqa: T201
