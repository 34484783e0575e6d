"""One input to one result: what a worker does, whichever engine it belongs to."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.archive import sources, walking
from communique.errors import CommuniqueError

if TYPE_CHECKING:
    from communique.extraction import Statement

_ZONE = 256
"""Statements after which the words that spaCy has learnt from texts are let go."""
_SIDECAR_BYTES = 65_536
_PLACES = re.compile(r"\b(?:at )?0x[0-9a-fA-F]{4,}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A record that an earlier run wrote: the number of the file that holds it, and its line there, from 0."""

    file: int
    line: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input: facts for the list of sources, and the record as a line of JSON or where it lies."""

    facts: dict[str, Any]
    """``sha256`` of what was read, then either what is known of the statement or ``error``."""
    record: bytes | Stored | None = None

    @property
    def failed(self) -> bool:
        """Whether there is no record, and a reason instead."""
        return "error" in self.facts


def failure(reason: str, digest: str | None = None) -> Result:
    """The result of an input that there is no record of."""
    return Result({"sha256": digest, "error": reason})


class Extractor:
    """A loaded model that makes records, in memory that does not grow with their number."""

    def __init__(self, model: str) -> None:
        from communique.model import load

        self._model = model
        self._nlp = load(model)
        self._zone = ExitStack()
        self._left = 0

    def file(self, path: str, name: str) -> Result:
        """The result of a file, which the record calls by its ``name``."""
        if reason := sources.unreadable(path):
            return failure(f"{name}: {reason}")
        from communique.readers import finding

        digest = None
        try:
            data = finding.find(path).data
            digest = sha256(data).hexdigest()
            return self._statement(statement_of_file(data, path, name), digest)
        except Exception as error:
            return failure(_reason(error).replace(path, name), digest)

    def row(self, fields: dict[str, Any], digest: str | None) -> Result:
        """The result of a row of a table, given in the fields of `sources.row_json`."""
        try:
            return self._statement(statement_of_row(fields), digest)
        except Exception as error:
            return failure(_reason(error), digest)

    def close(self) -> None:
        """Let go of what was learnt from texts."""
        self._zone.close()
        self._left = 0

    def _statement(self, statement: Statement, digest: str | None) -> Result:
        from communique.extraction import extract_many
        from communique.writing import to_json

        self._renew()
        (record,) = extract_many([statement], model=self._model)
        made = record.statement
        facts = {
            "sha256": digest,
            "statement": made.id,
            "title": made.title,
            "published": made.published,
            "uri": made.source.uri,
            "media_type": made.source.media_type,
        }
        return Result(facts, to_json(record))

    def _renew(self) -> None:
        if self._left == 0:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._left = _ZONE
        self._left -= 1


def _served(path: str) -> tuple[str | None, str | None]:
    """The address that a file was fetched from and the server's media type, where they stand beside it."""
    sidecar = path + walking.SIDECAR
    if sources.unreadable(sidecar):
        return None, None
    try:
        with Path(sidecar).open("rb") as stream:
            said = json.loads(stream.read(_SIDECAR_BYTES))
        address, media_type = said.get("final_address") or said.get("address"), said.get("media_type")
    except (OSError, ValueError, AttributeError, RecursionError):
        return None, None
    return (address if isinstance(address, str) else None), (media_type if isinstance(media_type, str) else None)


def statement_of_file(data: bytes, path: str, name: str) -> Statement:
    """The statement in a file's bytes, with the address that it was fetched from where that stands beside it.

    Raises InputError when they cannot be read.
    """
    from communique import readers

    address, media_type = _served(path)
    return readers.read_bytes(data, name=name, uri=address or name, media_type=media_type)


def statement_of_row(fields: dict[str, Any]) -> Statement:
    """The statement that `sources.row_json` wrote."""
    from communique.extraction import Statement
    from communique.records import Page, Source

    pages = fields.get("pages")
    return Statement(
        fields["text"],
        fields["title"],
        fields["published"],
        Source(**fields["source"]),
        pages if pages is None else [Page(**page) for page in pages],
    )


def _reason(error: Exception) -> str:
    """The error in one line that is the same on every machine; a defect of ours keeps its type's name."""
    message = " ".join(str(error).split())
    if not isinstance(error, CommuniqueError):
        message = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return _PLACES.sub("0x…", message)[:1000]
