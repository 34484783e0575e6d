"""How fast a statement becomes a record: everything that can be measured, side by side, in one run of some minutes.

    python benchmarks/speed.py [--texts FOLDER] [--full] [--json speed.json] [--plot speed.svg]

Times are processor time; where two things are compared they are done in turn, because machines are shared: read the
ratios. Texts are those of FOLDER, else of ``../shared/archive``, else of the corpus. ``--full`` goes on to a text of
10 million characters and a lexicon of a hundred times the names.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path
from typing import Any

import spacy

import drawing
import growth
import lexicons
import peers
import stages
import starting
from stages import EXTRACT, TOKENIZER
from texts import statements, words_in

LENGTHS, LONGEST = (10_000, 100_000, 1_000_000), 10_000_000
LEXICONS, LARGEST = (1, 10), 100
AGAIN = 5
ROUNDS = 3
EVERY = 10
"""Peers read every so many-th statement: some are slow."""


def measured(folder: Path | None, full: bool) -> dict[str, Any]:
    """All figures of a run."""
    texts = statements(folder)
    works = {
        "first": lambda: stages.first_pass(texts),
        "later": lambda: stages.later_passes(texts, ROUNDS),
        "stages": lambda: stages.by_stage(texts),
        "start": lambda: starting.start_up(ROUNDS + 2),
        "length": lambda: growth.by_length((*LENGTHS, LONGEST) if full else LENGTHS, folder),
        "number": lambda: growth.by_number(texts, AGAIN if full else 2),
        "lexicon": lambda: lexicons.by_lexicon((*LEXICONS, LARGEST) if full else LEXICONS, folder),
        "peers": lambda: peers.live(texts[::EVERY]),
    }
    found: dict[str, Any] = {
        "python": platform.python_version(),
        "spacy": spacy.__version__,
        "statements": len(texts),
        "words": words_in(texts),
    }
    for name, work in works.items():
        print(f"{name} …", file=sys.stderr)  # noqa: T201
        found[name] = work()
    return found


def marks(found: dict[str, Any]) -> list[tuple[str, float, str]]:
    """What is held to: a name, the ratio measured, the mark."""
    start, length, stage = list(found["start"].values()), found["length"], found["stages"]
    longest, larger = max(length), max(found["lexicon"])
    base = length[min(100_000, longest)]["microseconds"]
    return [
        ("extract to validated JSON, of the speed of spaCy's tokenizer, first pass", *_of(found["first"], "≥ 0.5")),
        ("the same, words known from earlier passes", *_of(found["later"], "≥ 0.5")),
        ("validation, of the whole", stage["validation"] / sum(stage.values()), "≤ 0.1"),
        ("`communique --help`, times `import typer`", start[1] / start[0], "≤ 3"),
        ("a single `communique extract`, times `spacy.blank('en')`", start[3] / start[2], "≤ 1.5"),
        (f"a word of {longest:,} characters, times one of 100,000", length[longest]["microseconds"] / base, "≤ 1.2"),
        (f"a lexicon {larger} times as large, times the time", found["lexicon"][larger]["ratio"], "≤ 1.3"),
    ]


def _of(times: dict[str, float], mark: str) -> tuple[float, str]:
    return times[TOKENIZER] / times[EXTRACT], mark


def report(found: dict[str, Any]) -> str:
    """The figures as Markdown."""
    words, base = found["words"], found["later"][TOKENIZER]
    known = {peer.name: (peer.finds, peer.known) for peer in peers.PEERS}
    stage_times = {TOKENIZER: base, **found["stages"], EXTRACT: found["later"][EXTRACT]}
    blocks = [
        f"{found['statements']:,} statements, {words:,} words, Python {found['python']}, spaCy {found['spacy']}",
        _table(("ratio", "measured", "mark"), [(name, f"{ratio:.2f}", mark) for name, ratio, mark in marks(found)]),
        _table(
            ("stage", "words per second", "times spaCy's tokenizer"),
            [(name, f"{words / taken:,.0f}", f"{base / taken:.2f}") for name, taken in stage_times.items()],
        ),
        _table(
            ("characters", "µs a word", "peak memory, MB"),
            [
                (f"{size:,}", f"{e['microseconds']:.1f}", f"{e['megabytes']:,.0f}")
                for size, e in found["length"].items()
            ],
        ),
        _table(("statements", "µs a word"), [(f"{many:,}", f"{taken:.1f}") for many, taken in found["number"].items()]),
        _table(
            ("names in the lexicon", "time", "seconds to load", "peak memory, MB"),
            [
                (f"× {times}", f"× {e['ratio']:.2f}", f"{e['load_seconds']:.1f}", f"{e['megabytes']:,.0f}")
                for times, e in found["lexicon"].items()
            ],
        ),
        _table(("process", "seconds"), [(f"`{name}`", f"{taken:.2f}") for name, taken in found["start"].items()]),
        _table(
            ("peer", "finds", "words per second here", "known"),
            [(name, known[name][0], f"{speed:,.0f}", known[name][1]) for name, speed in found["peers"].items()]
            + [(name, "", "", figures) for name, figures in peers.ONLY_KNOWN.items()],
        ),
    ]
    return "\n\n".join(blocks)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main() -> None:
    """Measure, print the tables, write the JSON and draw the plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--full", action="store_true", help="go on to 10 MB and a hundred times the lexicon")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="needs Matplotlib")
    given = parser.parse_args()
    found = measured(given.texts, given.full)
    print(report(found))  # noqa: T201
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if given.plot:
        drawing.draw(found, given.plot)


if __name__ == "__main__":
    main()
