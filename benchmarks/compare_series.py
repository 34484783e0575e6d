"""How long a series of many editions takes to compare, beside the extraction of three of its statements.

    python benchmarks/compare_series.py [--editions 30] [--commitments 200] [--seed 1] [--texts FOLDER]

The series is written by a generator: each edition keeps most of the commitments of the one before, rewords some, lets
some fall and brings new ones. It is written twice: with nothing but commitments, which gives the least to extract, and
with as much else as real statements have. Then series are made of the paragraphs of real statements, whole, of which
each edition keeps nine, six or three of ten and brings others. All figures come from one run, the model already loaded.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from communique import compare, extract_many, load
from communique.extraction import Statement
from texts import side_by_side, statements, words_in

_ROUNDS = 20
"""Machines are shared: the best of a few rounds still differs by a fifth from run to run."""
_BLANK_LINE = re.compile(r"\n\s*\n")
_TITLE = "U.S.-Japan Civil Space Dialogue"
KEPT = (0.9, 0.6, 0.3)
"""How much of an edition of real paragraphs the next one keeps."""
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


def written(number: int, clauses: Iterable[list[str]]) -> Statement:
    """The statement of an edition that says these clauses."""
    return statement(
        number,
        [f"The two sides {o} {v} {thing} {end}, in the {place} of the region." for o, v, thing, end, place in clauses],
    )


def statement(number: int, paragraphs: Iterable[str]) -> Statement:
    """The statement of an edition, counted from 0."""
    day = f"{2001 + number}-05-02"
    opening = f"The United States and Japan held the Civil Space Dialogue in Tokyo on May 2, {2001 + number}."
    return Statement("\n\n".join([opening, *paragraphs]), _TITLE, day)


def paragraphs_of(found: Sequence[Statement]) -> dict[str, int]:
    """The paragraphs of statements, on one line each, and how many commitments begin in each."""
    counts = {}
    for record in extract_many(found):
        text, start = record.statement.text, 0
        for end in (*(m.end() for m in _BLANK_LINE.finditer(text)), len(text)):
            paragraph = " ".join(text[start:end].split())
            if paragraph:
                counts[paragraph] = sum(start <= commitment.start < end for commitment in record.commitments)
            start = end
    return counts


def sampled(count: int, size: int, kept: float, counts: dict[str, int], rng: random.Random) -> list[Statement]:
    """Editions with so many commitments, made of such paragraphs; each keeps a share of the one before."""
    pool, edition, found = sorted(counts), dict[str, None](), []
    for number in range(count):
        edition = {paragraph: None for paragraph in edition if rng.random() < kept}
        promised = sum(counts[paragraph] for paragraph in edition)
        while promised < size:
            paragraph = rng.choice(pool)
            if paragraph not in edition:
                edition[paragraph] = None
                promised += counts[paragraph]
        found.append(statement(number, edition))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--editions", type=int, default=30)
    parser.add_argument("--commitments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    load()
    rng = random.Random(options.seed)  # noqa: S311 — not for secrets
    promised = editions(options.editions, options.commitments, rng, clause, OPERATORS)
    rng = random.Random(options.seed)  # noqa: S311
    besides = editions(options.editions, options.commitments, rng, other, OTHERS)
    both = [[*a, *b] for a, b in zip(promised, besides, strict=True)]
    _measure("nothing but commitments", [written(number, found) for number, found in enumerate(promised)])
    _measure("commitments and as much else as is real", [written(number, found) for number, found in enumerate(both)])
    counts = paragraphs_of(statements(options.texts))
    if sum(counts.values()) < 2 * options.commitments:
        sys.stdout.write("no paragraphs of real statements: --texts names a folder with more of them\n")
        return
    for kept in KEPT:
        found = sampled(options.editions, options.commitments, kept, counts, random.Random(options.seed))  # noqa: S311
        _measure(f"paragraphs of real statements, {kept:.0%} kept", found)


def _measure(name: str, found: list[Statement]) -> None:
    list(extract_many(found[:1]))
    records = list(extract_many(found))
    compare(records[:2])
    sample = [found[0], found[len(found) // 2], found[-1]]
    times = side_by_side({"extract": lambda: list(extract_many(sample)), "compare": lambda: compare(records)}, _ROUNDS)
    comparison = compare(records)
    promises, views = (
        sum(len(getattr(record, kind)) for record in records) / len(records) for kind in ("commitments", "positions")
    )
    write = sys.stdout.write
    write(f"{name}\n  extract 3 statements of the series ({words_in(sample):,} words): {times['extract']:.3f} s\n")
    write(f"  compare {len(records)} editions of {promises:.0f} commitments and {views:.0f} views: ")
    write(f"{times['compare']:.3f} s\n")
    chains = len(comparison.commitments) + len(comparison.positions)
    write(f"  {chains:,} chains; {times['compare'] / times['extract']:.2f} times the extraction\n")


if __name__ == "__main__":
    main()
