"""From a statement's text to its record: the public verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language

from communique.annotations import Annotations
from communique.components.annotator import annotate
from communique.errors import InputError
from communique.headline import readable
from communique.layout import view
from communique.making import collection_paused
from communique.model import DEFAULT_MODEL, load
from communique.normalize import normalize
from communique.records import Page, Record, Source
from communique.schema import require_valid

MAX_CHARACTERS = 20_000_000
"""Longest text that is taken, in code points: each takes some 40 bytes of memory."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's text and what is known of it. ``published`` is an ISO day, ``pages`` where each page begins."""

    text: str
    title: str | None = None
    published: str | None = None
    source: Source = field(default_factory=Source)
    pages: list[Page] | None = None


def extract(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source: Source | str | None = None,
    model: str = DEFAULT_MODEL,
) -> Record:
    """The record of one statement.

    ``source`` is an address or a full `Source`; ``published`` an ISO day (``2025-04-14``). Offsets in the record count
    Unicode code points of ``text``.

    Raises InputError when the text is blank or too long or ``published`` is no date, ModelError when the model is
    not found or wrong.
    """
    if not isinstance(source, Source):
        source = Source(uri=source)
    (record,) = extract_many([Statement(text, title, published, source)], model=model)
    return record


def extract_many(statements: Iterable[Statement | str], *, model: str = DEFAULT_MODEL) -> Iterator[Record]:
    """The records of many statements, lazily and in their order.

    Raises what `extract` raises, when it comes to the statement concerned.
    """
    nlp = load(model)
    for statement in statements:
        # All that is found in a statement is kept until its record is made; the longer the text, the more would be
        # looked through for garbage, again and again.
        with collection_paused():
            record = _record(nlp, Statement(statement) if isinstance(statement, str) else statement)
        yield record


def _record(nlp: Language, statement: Statement) -> Record:
    check(statement)
    seen = view(statement.text)
    # No Doc is made: the rules read text, and its tokens would take longer than most of them.
    title = statement.title and readable(statement.title, seen.text)
    found = annotate(nlp, Annotations(text=seen.text, title=title, published=statement.published))
    record = normalize(found, seen, statement, nlp)
    require_valid(record)
    return record


def check(statement: Statement) -> None:
    """Raise InputError when nothing can be made of the statement."""
    from datetime import date

    if not statement.text.strip():
        raise InputError("the text is empty: give the statement's words")
    if len(statement.text) > MAX_CHARACTERS:
        raise InputError(
            f"the text has {len(statement.text):,} characters, over the limit of {MAX_CHARACTERS:,}: split it"
        )
    for name, given in (("text", statement.text), ("title", statement.title), ("source", statement.source.uri)):
        try:
            (given or "").encode()
        except UnicodeEncodeError as error:
            # UTF-8, in which records are written, has no form for it (RFC 3629, 3).
            raise InputError(
                f"the {name} holds half of a surrogate pair at character {error.start}: decode it anew"
            ) from None
    if statement.published is not None:
        try:
            if date.fromisoformat(statement.published).isoformat() != statement.published:
                raise ValueError
        except ValueError:
            raise InputError(f"published {statement.published!r} is no date: give it as YYYY-MM-DD") from None
