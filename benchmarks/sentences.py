"""How well sentences are told apart, by communique and by any other splitter installed.

    python benchmarks/sentences.py [FILE …] [--systems communique sentencex …] [--errors]

A FILE holds passages, each under a line ``=== name``, with ``‖`` where a sentence ends inside a passage. Without one,
those of ``corpus/general`` are taken, which are written for this project. The measure is the F1 of boundaries inside
passages; white space counts for nothing. Splitters that are made for paragraphs get them one by one (*by paragraph*).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from communique.components.sentences import split

ROOT = Path(__file__).parents[1]
MARK = "‖"

Splitter = Callable[[str], Iterable[str]]


class Passage(NamedTuple):
    """A text, and how many characters that are no white space stand before each of its boundaries."""

    name: str
    text: str
    boundaries: frozenset[int]


def read(path: Path) -> list[Passage]:
    """The passages of a file."""
    found = []
    for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = block.partition("\n")
        found.append(Passage(name, body.replace(MARK, "").strip("\n"), boundaries(body.strip("\n").split(MARK))))
    return found


def boundaries(sentences: Iterable[str]) -> frozenset[int]:
    """How many characters stand before the end of each sentence but the last."""
    ends, at = [], 0
    for sentence in sentences:
        at += solid(sentence)
        ends.append(at)
    return frozenset(ends) - {at, 0}


def solid(text: str) -> int:
    """How many characters of a text are no white space."""
    return sum(not c.isspace() for c in text)


def f1(passages: list[Passage], splitter: Splitter) -> tuple[float, list[str]]:
    """The F1 of all boundaries in percent, and the words around each that is missed or invented."""
    hits = total = 0
    errors = []
    for passage in passages:
        found = boundaries(splitter(passage.text))
        hits += len(found & passage.boundaries)
        total += len(found) + len(passage.boundaries)
        letters = "".join(passage.text.split())
        for at in sorted(found ^ passage.boundaries):
            fault = "missed" if at in passage.boundaries else "invented"
            errors.append(f"{passage.name}: {fault} {letters[max(0, at - 25) : at]} | {letters[at : at + 25]}")
    return round(200 * hits / max(total, 1), 1), errors


# --- splitters ---


def communique() -> Splitter:
    def pieces(text: str) -> list[str]:
        """From the end of one sentence to the end of the next, so that bullets and numbers are in some piece."""
        ends = [0, *(end for _, end in split(text)), len(text)]
        return [text[a:b] for a, b in pairwise(ends) if text[a:b].strip()]

    return pieces


def sentencex() -> Splitter:
    from sentencex import segment

    return lambda text: segment("en", text)


def nupunkt() -> Splitter:
    from nupunkt import sent_tokenize

    return by_paragraph(sent_tokenize)


def blingfire() -> Splitter:
    from blingfire import text_to_sentences

    return by_paragraph(lambda text: text_to_sentences(text).split("\n"))


def syntok() -> Splitter:
    from syntok import segmenter

    def sentences(text: str) -> list[str]:
        return ["".join(t.spacing + t.value for t in s) for p in segmenter.process(text) for s in p]

    return sentences


def sentence_splitter() -> Splitter:
    from sentence_splitter import split_text_into_sentences

    return lambda text: split_text_into_sentences(text, language="en")


def spacy_sentencizer() -> Splitter:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return by_paragraph(lambda text: [sentence.text for sentence in nlp(text).sents])


def by_paragraph(splitter: Splitter) -> Splitter:
    """A splitter that is given the text between blank lines."""
    return lambda text: [s for part in re.split(r"\n\s*\n", text) if part.strip() for s in splitter(part)]


SPLITTERS = {
    f.__name__: f for f in (communique, sentencex, nupunkt, blingfire, syntok, sentence_splitter, spacy_sentencizer)
}


def report(texts: dict[str, list[Passage]], systems: Iterable[str], errors: bool) -> Iterator[str]:
    """The table, line by line."""
    yield f"{'':20}" + "".join(f"{name:>12}" for name in texts)
    for name in systems:
        try:
            splitter = SPLITTERS[name]()
        except ImportError as missing:
            yield f"{name:20}not installed ({missing})"
            continue
        results = [f1(passages, splitter) for passages in texts.values()]
        yield f"{name:20}" + "".join(f"{figure:12}" for figure, _ in results)
        if errors and name == "communique":
            yield from (f"    {error}" for _, wrong in results for error in wrong)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    own = sorted((ROOT / "corpus" / "general" / "sentences").glob("*.passages"))
    arguments.add_argument("files", nargs="*", type=Path, default=own)
    arguments.add_argument("--systems", nargs="+", choices=SPLITTERS, default=list(SPLITTERS))
    arguments.add_argument("--errors", action="store_true", help="list what communique gets wrong")
    chosen = arguments.parse_args()
    texts = {path.stem: read(path) for path in chosen.files}
    for line in report(texts, chosen.systems, chosen.errors):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
