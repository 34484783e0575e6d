"""The statements that everything is measured on, and clocks."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from communique import readers
from communique.errors import InputError
from communique.extraction import Statement

ROOT = Path(__file__).parents[1]
ARCHIVE = ROOT.parent / "shared" / "archive"


def statements(folder: Path | None) -> list[Statement]:
    """Every statement in the folder that can be read; of the archive beside the repository, else of the corpus."""
    folder = folder or (ARCHIVE if ARCHIVE.is_dir() else ROOT / "corpus")
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".html", ".txt") and not path.name.endswith(".gold.md"):
            try:
                found.append(readers.read(str(path)))
            except InputError:
                continue
    return found


def apart(script: str, size: int, folder: Path | None) -> dict[str, Any]:
    """What a script prints as JSON for one size, in a process of its own: peak memory is a process's."""
    command = [sys.executable, script, str(size), *([str(folder)] if folder else [])]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    return found


def words_in(texts: Iterable[Statement]) -> int:
    """How many words the statements have, parted at white space."""
    return sum(len(s.text.split()) for s in texts)


def seconds(work: Callable[[], Any]) -> float:
    """Processor time of one call: machines are shared, and the clock on the wall counts what others do."""
    before = time.process_time()
    work()
    return time.process_time() - before


def side_by_side(works: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The least processor time of each work, done in turn, so that a busy minute of the machine hits all of them.

    The least, because what else the machine does only ever adds.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: min(taken) for name, taken in times.items()}


def of_length(texts: Sequence[Statement], characters: int) -> str:
    """A text of so many characters, made of the statements, again and again."""
    whole = "\n\n".join(s.text for s in texts)
    return (whole * (characters // len(whole) + 1))[:characters]
