"""How long a series of many editions takes to compare, beside the extraction of three of its statements.

    python benchmarks/compare_series.py [--editions 30] [--commitments 200] [--seed 1]

The series is written by a generator: each edition keeps most of the commitments of the one before, rewords some, lets
some fall and brings new ones. Both figures come from one run, the model already loaded.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from communique import compare, extract_many, load
from communique.extraction import Statement

_ROUNDS = 20
"""Machines are shared: the best of a few rounds still differs by a fifth from run to run."""
OPERATORS = ["intend to", "will", "plan to", "decided to", "agreed to explore", "will continue to", "seek to", "aim to"]
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


def editions(count: int, commitments: int, rng: random.Random) -> list[list[list[str]]]:
    """The commitments of each edition."""
    found = [[clause(rng) for _ in range(commitments)]]
    while len(found) < count:
        kept = []
        for parts in found[-1]:
            chance = rng.random()
            if chance < 0.55:
                kept.append(parts)
            elif chance < 0.75:
                kept.append([rng.choice(OPERATORS), parts[1], parts[2], rng.choice(ENDS), parts[4]])
        rng.shuffle(kept)
        found.append(kept + [clause(rng) for _ in range(commitments - len(kept))])
    return found


def statement(year: int, clauses: list[list[str]]) -> Statement:
    """A statement that makes these commitments."""
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
    rng = random.Random(options.seed)  # noqa: S311 — not for secrets
    clauses = editions(options.editions, options.commitments, rng)
    statements = [statement(2001 + number, found) for number, found in enumerate(clauses)]
    load()
    list(extract_many(statements[:1]))
    records = list(extract_many(statements))
    compare(records[:2])

    sample = [statements[0], statements[len(statements) // 2], statements[-1]]
    rounds = [(_timed(lambda: list(extract_many(sample))), _timed(lambda: compare(records))) for _ in range(_ROUNDS)]
    extracting, comparing = (min(times) for times in zip(*rounds, strict=True))
    comparison = compare(records)
    words = sum(len(s.text.split()) for s in sample)
    promises = sum(len(record.commitments) for record in records) / len(records)
    write = sys.stdout.write
    write(f"extract 3 statements of the series ({words:,} words): {extracting:.3f} s\n")
    write(f"compare {len(records)} editions of {promises:.0f} commitments each: {comparing:.3f} s\n")
    write(f"{len(comparison.commitments):,} chains; {comparing / extracting:.2f} times the extraction\n")


def _timed(action) -> float:  # type: ignore[no-untyped-def]
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main()
