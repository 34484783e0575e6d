"""How time grows with the size of the lexicon: the model beside copies of it with made-up entries.

python benchmarks/lexicons.py TIMES [FOLDER]   prints one line of JSON
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from communique import extract_many, lexicon, load
from communique.model import DEFAULT_MODEL, model_path
from communique.writing import to_json
from texts import apart, seconds, side_by_side, statements

TABLES = ("agency", "mission", "instrument", "forum")
FILES = {file: kind for file, kind in lexicon.FILES.items() if kind in TABLES}
SYLLABLES = ("bal", "cor", "den", "fal", "gar", "hol", "jun", "kel", "lom", "mar", "nor", "pel", "rin", "sol", "tor")
EVERY = 4
"""Every so many-th statement is read: enough to tell the difference that the lexicon makes."""


def by_lexicon(many: Iterable[int], folder: Path | None) -> dict[int, dict[str, Any]]:
    """Time as a multiple of the model's own, seconds to load and peak memory, for each size in a process of its own."""
    return {times: apart(__file__, times, folder) for times in many}


def one_lexicon(times: int, folder: Path | None) -> dict[str, Any]:
    """The same for one size, in this process."""
    texts = statements(folder)[::EVERY]
    with tempfile.TemporaryDirectory() as scratch:
        larger = str(enlarged(model_path(DEFAULT_MODEL), times, Path(scratch) / "model"))
        loading = seconds(lambda: load(larger))
        models = (DEFAULT_MODEL, larger)
        taken = side_by_side({m: lambda m=m: [to_json(r) for r in extract_many(texts, model=m)] for m in models}, 5)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"ratio": taken[larger] / taken[DEFAULT_MODEL], "load_seconds": loading, "megabytes": peak}


def enlarged(model: Path, times: int, folder: Path) -> Path:
    """A copy in ``folder`` of a model, with ``times`` as many names of agencies, missions, accords and forums.

    A made-up entry is called as one of the model's but for its last word, so that it shares its first words with real
    names as real entries do; it has an acronym and an alias.
    """
    shutil.copytree(model, folder)
    rng = random.Random(1)  # noqa: S311 — not for secrets
    for file, table in FILES.items():
        own = _names(folder / file)
        made = (_entry(table, number, own[number % len(own)], rng) for number in range(len(own) * (times - 1)))
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.writelines(made)
    return folder


def _names(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split('"')[1] for line in lines if line.startswith('name = "')]


def _entry(table: str, number: int, like: str, rng: random.Random) -> str:
    first_words = like.split()[:-1] or [like]
    word = "".join(rng.choice(SYLLABLES) for _ in range(4)).title()
    return (
        f'\n[[{table}]]\nid = "made-up-{number}"\nname = "{" ".join([*first_words, word])} {number}"\n'
        f'acronym = "{word[:6].upper()}{number}"\naliases = ["{word} {number}"]\n'
    )


if __name__ == "__main__":
    print(json.dumps(one_lexicon(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)))  # noqa: T201
