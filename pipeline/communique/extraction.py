"""From a statement's text to its record: the public verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import Annotations
from communique.errors import InputError
from communique.layout import View, view
from communique.making import collection_paused
from communique.model import DEFAULT_MODEL, load
from communique.normalize import normalize
from communique.records import Page, Record, Source
from communique.schema import require_valid

MAX_CHARACTERS = 20_000_000
"""Longest text that is taken, in code points: each takes some 250 bytes of memory."""


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


def extract_many(
    statements: Iterable[Statement | str], *, model: str = DEFAULT_MODEL, batch_size: int | None = None
) -> Iterator[Record]:
    """The records of many statements, lazily and in their order.

    Raises what `extract` raises, when it comes to the statement concerned.
    """
    nlp = load(model)
    pairs = ((_prepare(nlp, s), s) for s in (Statement(s) if isinstance(s, str) else s for s in statements))
    contexts = ((doc, (seen, statement)) for (doc, seen), statement in pairs)
    annotated = nlp.pipe(contexts, as_tuples=True, batch_size=batch_size)
    while True:
        # All that is found in a statement is kept until its record is made; the longer the text, the more would be
        # looked through for garbage, again and again.
        with collection_paused():
            try:
                doc, (seen, statement) = next(annotated)
            except StopIteration:
                return
            record = normalize(doc, seen, statement, nlp)
            require_valid(record)
        yield record


def _prepare(nlp: Language, statement: Statement) -> tuple[Doc, View]:
    check(statement)
    seen = view(statement.text)
    doc = nlp.make_doc(seen.text)
    doc._.communique = Annotations(text=seen.text, title=statement.title, published=statement.published)
    return doc, seen


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
