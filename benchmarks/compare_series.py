"""How long a series of many editions takes to compare, beside the extraction of three of its statements.

    python benchmarks/compare_series.py [--editions 30] [--commitments 200] [--seed 1]

The series is written by a generator: each edition keeps most of the commitments of the one before, rewords some, lets
some fall and brings new ones. It is written twice: with nothing but commitments, which gives the least to extract, and
with as much else as real statements have. All figures come from one run, the model already loaded.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable

from communique import compare, extract_many, load
from communique.extraction import Statement

_ROUNDS = 20
"""Machines are shared: the best of a few rounds still differs by a fifth from run to run."""
OPERATORS = ["intend to", "will", "plan to", "decided to", "agreed to explore", "will continue to", "seek to", "aim to"]
# For each commitment the archive's statements with fifty or more have 57 words, 0.8 views and 0.2 other sentences.
OTHERS = ["welcomed the", "underscored the importance of the", "recognized the", "condemned the", "discussed the"]
OTHER_WORDS = 26
VERBS = [
    "develop",
    "test",
    "share",
    "build",
    "study",
    "train",
    "fund",
    "map",
    "monitor",
    "publish",
    "design",
    "calibrate",
]
ENDS = [
    "for farmers",
    "with NASA",
    "for pilots",
    "under the Artemis Accords",
    "for harbour masters",
    "by 2040",
    "with JAXA",
]
SYLLABLES = [
    "bal",
    "cor",
    "den",
    "fal",
    "gar",
    "hol",
    "jun",
    "kel",
    "lom",
    "mar",
    "nor",
    "pel",
    "rin",
    "sol",
    "tor",
    "ver",
]


def word(rng: random.Random) -> str:
    """A made-up noun; there are four thousand, about as many as a series of real statements has words."""
    return "".join(rng.choice(SYLLABLES) for _ in range(3))


def clause(rng: random.Random) -> list[str]:
    """The parts of a commitment: operator, verb, object, end, what follows."""
    thing, rest = (" ".join(word(rng) for _ in range(count)) for count in (3, 4))
    return [rng.choice(OPERATORS), rng.choice(VERBS), f"joint {thing} systems", rng.choice(ENDS), rest]


def other(rng: random.Random) -> list[str]:
    """The parts of a view or report, of the same number."""
    thing, rest = (" ".join(word(rng) for _ in range(count)) for count in (3, OTHER_WORDS))
    return [rng.choice(OTHERS), rng.choice(VERBS), f"{thing} systems", rng.choice(ENDS), rest]


def editions(
    count: int, size: int, rng: random.Random, make: Callable[[random.Random], list[str]], operators: list[str]
) -> list[list[list[str]]]:
    """The clauses of each edition."""
    found = [[make(rng) for _ in range(size)]]
    while len(found) < count:
        kept = []
        for parts in found[-1]:
            chance = rng.random()
            if chance < 0.55:
                kept.append(parts)
            elif chance < 0.75:
                kept.append([rng.choice(operators), parts[1], parts[2], rng.choice(ENDS), parts[4]])
        rng.shuffle(kept)
        found.append(kept + [make(rng) for _ in range(size - len(kept))])
    return found


def statement(year: int, clauses: Iterable[list[str]]) -> Statement:
    """A statement that says these clauses."""
    lines = [f"The United States and Japan held the Civil Space Dialogue in Tokyo on May 2, {year}.", ""]
    lines += [
        f"The two sides {o} {v} {thing} {end}, in the {place} of the region." for o, v, thing, end, place in clauses
    ]
    return Statement("\n\n".join(lines), "U.S.-Japan Civil Space Dialogue", f"{year}-05-02")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--editions", type=int, default=30)
    parser.add_argument("--commitments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    load()
    rng = random.Random(options.seed)  # noqa: S311 — not for secrets
    promised = editions(options.editions, options.commitments, rng, clause, OPERATORS)
    rng = random.Random(options.seed)  # noqa: S311
    besides = editions(options.editions, options.commitments, rng, other, OTHERS)
    _measure("nothing but commitments", promised)
    _measure("commitments and as much else as is real", [[*a, *b] for a, b in zip(promised, besides, strict=True)])


def _measure(name: str, clauses: list[list[list[str]]]) -> None:
    statements = [statement(2001 + number, found) for number, found in enumerate(clauses)]
    list(extract_many(statements[:1]))
    records = list(extract_many(statements))
    compare(records[:2])
    sample = [statements[0], statements[len(statements) // 2], statements[-1]]
    rounds = [(_timed(lambda: list(extract_many(sample))), _timed(lambda: compare(records))) for _ in range(_ROUNDS)]
    extracting, comparing = (min(times) for times in zip(*rounds, strict=True))
    comparison = compare(records)
    words = sum(len(s.text.split()) for s in sample)
    promises, views = (
        sum(len(getattr(record, kind)) for record in records) / len(records) for kind in ("commitments", "positions")
    )
    write = sys.stdout.write
    write(f"{name}\n  extract 3 statements of the series ({words:,} words): {extracting:.3f} s\n")
    write(f"  compare {len(records)} editions of {promises:.0f} commitments and {views:.0f} views: {comparing:.3f} s\n")
    chains = len(comparison.commitments) + len(comparison.positions)
    write(f"  {chains:,} chains; {comparing / extracting:.2f} times the extraction\n")


def _timed(action) -> float:  # type: ignore[no-untyped-def]
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main()
