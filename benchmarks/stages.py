"""How fast each stage reads, beside spaCy's tokenizer on the same texts in the same process."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import spacy

from communique import extract_many, load
from communique.annotations import Annotations
from communique.extraction import Statement
from communique.layout import view
from communique.making import collection_paused
from communique.normalize import normalize
from communique.schema import require_valid
from communique.writing import to_json
from texts import seconds, side_by_side

TOKENIZER = "spaCy's tokenizer as it comes"
EXTRACT = "extract to validated JSON"


@dataclass
class Laps:
    """Processor seconds by stage, added up from lap to lap."""

    total: Counter[str] = field(default_factory=Counter)
    last: float = field(default_factory=time.process_time)

    def lap(self, stage: str | None) -> None:
        """Count the time since the last lap for a stage, or for none."""
        now = time.process_time()
        if stage is not None:
            self.total[stage] += now - self.last
        self.last = now


def first_pass(texts: Sequence[Statement]) -> dict[str, float]:
    """Seconds of the first pass over the texts: all words are new to both, and their vocabularies are made."""
    plain = spacy.blank("en")
    plain.max_length = 10**9
    nlp = load()
    list(nlp.pipe(["The two sides met."]))
    return {
        TOKENIZER: seconds(lambda: [plain.make_doc(s.text) for s in texts]),
        EXTRACT: seconds(lambda: [to_json(record) for record in extract_many(texts)]),
    }


def later_passes(texts: Sequence[Statement], rounds: int) -> dict[str, float]:
    """Least seconds of further passes over the same texts, whose words are known by now."""
    plain = spacy.blank("en")
    plain.max_length = 10**9
    works = {
        TOKENIZER: lambda: [plain.make_doc(s.text) for s in texts],
        EXTRACT: lambda: [to_json(record) for record in extract_many(texts)],
    }
    side_by_side(works, 1)
    return side_by_side(works, rounds)


def by_stage(texts: Sequence[Statement]) -> dict[str, float]:
    """Seconds of each stage in one pass, statement after statement as `extract_many` goes."""
    nlp, laps = load(), Laps()
    for statement in texts:
        with collection_paused():
            laps.lap(None)
            seen = view(statement.text)
            laps.lap("view")
            found = Annotations(text=seen.text, title=statement.title, published=statement.published)
            for name, component in nlp.pipeline:
                component.annotate(found)
                laps.lap(name)
            record = normalize(found, seen, statement, nlp)
            laps.lap("normalise")
            require_valid(record)
            laps.lap("validation")
        laps.lap(None)
        to_json(record)
        laps.lap("JSON")
    return dict(laps.total)
