"""A user's own grouping of statements into series, in a small TOML or JSON file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import tomli

from communique.errors import InputError
from communique.records import Record

FILES = ("series.toml", "series.json")
"""Names under which the file is found beside the records."""


@dataclass(frozen=True, slots=True)
class Override:
    """A series of the user's own: its name, and its statements by id, title or file name."""

    name: str
    statements: tuple[str, ...]

    @staticmethod
    def means(wanted: str, record: Record) -> bool:
        """Whether a statement is meant by an id (or its beginning, of eight digits or more), a title or a file name.

        Titles are the same whatever spaces they have and however they are capitalised. A statement that gives its own
        address is known by that, or its last part, in place of the file.
        """
        statement = record.statement
        by_id = len(wanted) >= 8 and statement.id.startswith(wanted)
        by_title = bool(statement.title) and _plain(wanted) == _plain(statement.title or "")
        return by_id or by_title or wanted in (statement.source.uri, PurePath(statement.source.uri or "").name)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def read_overrides(path: Path) -> list[Override]:
    """The series of a file: tables ``[[series]]`` with ``name`` and ``statements``.

    Raises InputError when the file cannot be read or says something else.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data: Any = json.loads(text) if path.suffix.lower() == ".json" else tomli.loads(text)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is no {'JSON' if path.suffix.lower() == '.json' else 'TOML'}: {error}") from None
    found = data.get("series") if isinstance(data, dict) else None
    if not isinstance(found, list) or set(data) != {"series"}:
        raise InputError(f"{path}: give tables [[series]] with name and statements")
    return [_override(path, item, number) for number, item in enumerate(found, 1)]


def _override(path: Path, item: Any, number: int) -> Override:
    if isinstance(item, dict) and set(item) == {"name", "statements"}:
        name, statements = item["name"], item["statements"]
        texts = isinstance(statements, list) and all(isinstance(s, str) and s for s in statements)
        if isinstance(name, str) and name.strip() and texts and statements:
            return Override(name, tuple(statements))
    raise InputError(f"{path}: series {number}: give name, a text, and statements, a list of ids, titles or file names")
