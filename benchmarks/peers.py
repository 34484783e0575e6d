"""Other programs on the same texts: live where they are installed (``benchmarks/requirements.txt``), and as known.

Each does a part of what `extract` does, so its speed stands beside that part. The known figures were measured on other
machines and other texts of the same kind; they say how good each is where the speed alone would not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from communique import load
from communique.annotations import Annotations
from communique.components.sentences import split
from communique.extraction import Statement
from communique.layout import view
from texts import side_by_side, words_in

Reader = Callable[[str], Any]


@dataclass(frozen=True)
class Peer:
    """A program: what it finds, what is known of it, and how a reader of one text is made."""

    name: str
    finds: str
    module: str
    known: str
    reader: Callable[[], Reader]


def _dates_of_ours() -> Reader:
    nlp = load()
    dates = nlp.get_pipe("dates")

    def read(text: str) -> Any:
        seen = view(text)
        doc = nlp.make_doc(seen.text)
        doc._.communique = Annotations(text=seen.text, published="2025-01-31")
        return dates(doc)

    return read


def _dateparser() -> Reader:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def _parsedatetime() -> Reader:
    import parsedatetime

    return parsedatetime.Calendar().nlp


def _timexy() -> Reader:
    import spacy
    import timexy  # noqa: F401 — registers its component

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3"})
    return nlp


def _sentencizer() -> Reader:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10**9
    return nlp


def _sentencex() -> Reader:
    import sentencex

    return lambda text: list(sentencex.segment("en", text))


def _syntok() -> Reader:
    from syntok import segmenter

    return lambda text: [list(paragraph) for paragraph in segmenter.analyze(text)]


def _nupunkt() -> Reader:
    import nupunkt

    return nupunkt.sent_tokenize


PEERS = (
    Peer("communique: view and dates", "dates", "communique", "", _dates_of_ours),
    Peer("dateparser.search", "dates", "dateparser", "value F1 34.1 and 32.0, 20,000–26,000 words/s", _dateparser),
    Peer("parsedatetime", "dates", "parsedatetime", "value F1 1.6 and 12.1, 37,000–47,000 words/s", _parsedatetime),
    Peer("timexy", "dates", "timexy", "value F1 14.2 and 11.3, 60,000 words/s", _timexy),
    Peer("communique: view and sentences", "sentences", "communique", "", lambda: split),
    Peer("sentencex", "sentences", "sentencex", "boundary F1 89.8, 4–6 million words/s", _sentencex),
    Peer("nupunkt", "sentences", "nupunkt", "boundary F1 86.6 by paragraph, 1.1 million words/s", _nupunkt),
    Peer("syntok", "sentences", "syntok", "boundary F1 83.3, 150,000–235,000 words/s", _syntok),
    Peer(
        "spaCy's sentencizer",
        "sentences",
        "spacy",
        "boundary F1 72.8, 200,000–265,000 words/s",
        _sentencizer,
    ),
)
"""Value F1 is on TempEval-3 platinum and TimeBank with AQUAINT, boundary F1 on sixty tricky passages of the genre."""

ONLY_KNOWN = {
    "HeidelTime": "dates: value F1 78.1 and 77.4, 1,200–1,350 words/s",
    "SUTime": "dates: value F1 68.6 and 68.7, 4,500–6,200 words/s",
    "Recognizers-Text": "dates: value F1 60.6 and 54.8, 1,900 words/s",
    "medspaCy": "500 literals 149,000, ConText's rules 56,000, PyRuSH's sentences 5,600 words/s",
}
"""Programs that need Java, a runtime of their own, or do not build where this was written."""


def live(texts: Sequence[Statement]) -> dict[str, float]:
    """Words per second of each peer that is installed, and of our own part, in one pass, because some keep results."""
    logging.disable(logging.WARNING)  # timexy warns of each date that its tokens cut
    works = {}
    for peer in PEERS:
        if find_spec(peer.module) is not None:
            read = peer.reader()
            works[peer.name] = lambda r=read: [r(s.text) for s in texts]
    words = words_in(texts)
    return {name: words / taken for name, taken in side_by_side(works, 1).items()}
