"""How fast a statement becomes a record, beside spaCy's tokenizer on the same texts in the same process.

    python benchmarks/speed.py [--texts FOLDER] [--rounds 3] [--largest 1000000] [--json speed.json]

Times are processor time, the best of several rounds, because machines are shared; start-up is the median processor time
of processes of their own. Texts are those of FOLDER, else of ``../shared/archive``, else of the corpus.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from communique import extract_many, load, readers
from communique.annotations import Annotations
from communique.errors import InputError
from communique.extraction import Statement
from communique.layout import view
from communique.normalize import normalize
from communique.schema import require_valid
from communique.writing import to_json

ROOT = Path(__file__).parents[1]
MODULE = "from communique.cli import run; import sys; run(sys.argv[1:])"


def statements(folder: Path | None) -> list[Statement]:
    """Every statement in the folder that can be read."""
    archive = ROOT.parent / "shared" / "archive"
    folder = folder or (archive if archive.is_dir() else ROOT / "corpus")
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".html", ".txt") and not path.name.endswith(".gold.md"):
            try:
                found.append(readers.read(str(path)))
            except InputError:
                continue
    return found


def best(work: Callable[[], Any], rounds: int) -> float:
    """The least processor time of several rounds."""
    times = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def stages(texts: list[Statement], rounds: int) -> dict[str, float]:
    """Processor time of each stage over all texts."""
    nlp, plain = load(), spacy.blank("en")
    plain.max_length = 10**9
    seen = [view(s.text) for s in texts]
    times = {
        "spaCy's tokenizer as it comes": best(lambda: [plain.make_doc(s.text) for s in texts], rounds),
        "view": best(lambda: [view(s.text) for s in texts], rounds),
        "tokenizer": best(lambda: [nlp.make_doc(v.text) for v in seen], rounds),
    }
    parts: dict[str, list[float]] = {}
    for _ in range(rounds):
        docs = [nlp.make_doc(v.text) for v in seen]
        for doc, v, s in zip(docs, seen, texts, strict=True):
            doc._.communique = Annotations(text=v.text, title=s.title, published=s.published)
        for name, component in nlp.pipeline:
            parts.setdefault(name, []).append(best(lambda c=component, d=docs: [c(doc) for doc in d], 1))  # type: ignore[misc]
    times |= {name: min(taken) for name, taken in parts.items()}
    records = [normalize(*each, nlp) for each in zip(docs, seen, texts, strict=True)]
    times["normalise"] = best(lambda: [normalize(*each, nlp) for each in zip(docs, seen, texts, strict=True)], rounds)
    times["validation"] = best(lambda: [require_valid(record) for record in records], rounds)
    times["JSON"] = best(lambda: [to_json(record) for record in records], rounds)
    times["extract to validated JSON"] = best(lambda: [to_json(r) for r in extract_many(texts)], rounds)
    return times


def growth(texts: list[Statement], largest: int, rounds: int) -> dict[int, float]:
    """Microseconds a word for texts of 10 kB and ten times that again and again, made by repeating statements."""
    whole = "\n\n".join(s.text for s in texts)
    found, size = {}, 10_000
    while size <= largest:
        text = (whole * (size // len(whole) + 1))[:size]
        one = [Statement(text)]
        times = best(lambda s=one: [to_json(r) for r in extract_many(s)], rounds if size < 1_000_000 else 1)  # type: ignore[misc]
        found[size] = times / len(text.split()) * 1e6
        size *= 10
    return found


def numbers(texts: list[Statement], rounds: int) -> dict[int, float]:
    """Microseconds a word for a part of the statements, all of them, and all of them three times."""
    found = {}
    for some in (texts[: max(1, len(texts) // 10)], texts, texts * 3):
        taken = best(lambda s=some: [to_json(r) for r in extract_many(s)], rounds)  # type: ignore[misc]
        found[len(some)] = taken / sum(len(s.text.split()) for s in some) * 1e6
    return found


def process(*arguments: str, rounds: int = 5) -> float:
    """Median processor time of a Python process with these arguments."""
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def start_up() -> dict[str, float]:
    """Processor seconds of whole processes."""
    statement = str(ROOT / "corpus" / "canada-japan-civil-space-dialogue-2028.md")
    return {
        'python -c "import typer"': process("-c", "import typer"),
        "communique --help": process("-c", MODULE, "--help"),
        "python -c \"import spacy; spacy.blank('en')\"": process("-c", "import spacy; spacy.blank('en')"),
        "communique extract": process("-c", MODULE, "extract", statement),
    }


def table(found: dict[str, Any]) -> str:
    """The figures as Markdown."""
    words, times = found["words"], found["seconds"]
    base = times["spaCy's tokenizer as it comes"]
    lines = ["| stage | words per second | of spaCy's tokenizer |", "|---|---:|---:|"]
    lines += [f"| {name} | {words / t:,.0f} | {base / t:.2f} |" for name, t in times.items()]
    lines += ["", "| length of the text | µs a word |", "|---:|---:|"]
    lines += [f"| {size:,} | {t:.2f} |" for size, t in found["length"].items()]
    lines += ["", "| statements | µs a word |", "|---:|---:|"]
    lines += [f"| {number:,} | {t:.2f} |" for number, t in found["number"].items()]
    lines += ["", "| process | seconds |", "|---|---:|"]
    lines += [f"| `{name}` | {t:.2f} |" for name, t in found["start"].items()]
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table, and write the JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--largest", type=int, default=10_000_000, metavar="CHARACTERS")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    texts = statements(given.texts)
    list(extract_many(texts[:5]))
    found = {
        "statements": len(texts),
        "words": sum(len(s.text.split()) for s in texts),
        "seconds": stages(texts, given.rounds),
        "length": growth(texts, given.largest, given.rounds),
        "number": numbers(texts, 1),
        "start": start_up(),
    }
    print(f"{found['statements']:,} statements, {found['words']:,} words\n\n{table(found)}")  # noqa: T201
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
