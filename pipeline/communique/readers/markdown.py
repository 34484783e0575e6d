"""Markdown with YAML front matter: metadata between two lines ``---``, then the statement.

The Markdown itself is not rendered: the text is what stands after the front matter, and offsets count from there.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from communique.errors import InputError
from communique.readers.reading import Reading

_OPENING = re.compile(r"---[ \t]*\r?\n(?=[ \t]*(?:[^\s:#][^:\n]*:(?:\s|$)|#|---[ \t\r]*$))", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII)

# YAML's parser takes time that grows faster than what it reads; front matter is a few lines.
_MAX_FRONT_MATTER = 65_536


def has_front_matter(text: str) -> bool:
    """Whether the text opens with front matter: a line ``---`` and then a YAML key (else ``---`` is a rule)."""
    return _OPENING.match(text) is not None


def read(text: str) -> Reading:
    """The statement in Markdown, with the ``title``, the day and the address that its front matter gives.

    The day is that of ``published``, ``published_time`` or ``date``, the first that is there; the address is
    ``source_url``. Raises InputError when there is front matter that cannot be read.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return Reading(text)
    closing = _CLOSING.search(text, opening.end(), opening.end() + _MAX_FRONT_MATTER)
    if closing is None:
        raise InputError(
            f"front matter opens with --- and does not close within {_MAX_FRONT_MATTER:,} characters: "
            "end it with a line ---"
        )
    fields = _parse(text[opening.end() : closing.start()])
    return Reading(
        text[closing.end() :],
        title=_text(fields, "title"),
        published=_published(fields),
        uri=_text(fields, "source_url"),
    )


class _Loader(yaml.SafeLoader):
    """YAML whose plain values are texts as written: no dates, numbers or truth values, and no aliases."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name and the type are PyYAML's
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(problem="aliases are not taken", problem_mark=self.get_mark())
        return super().compose_node(parent, index)


def _parse(front_matter: str) -> dict[Any, Any]:
    try:
        fields = yaml.load(front_matter, Loader=_Loader)  # noqa: S506 - a SafeLoader, narrowed
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        line = f" at line {mark.line + 2}" if mark is not None else ""
        raise InputError(f"front matter is no YAML{line}: {_one_line(problem)}: mend it or take it out") from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        # What PyYAML lets through for a wrong explicit tag, an unhashable key or a thousand brackets.
        raise InputError("front matter is no YAML: mend it or take it out") from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise InputError("front matter is no YAML mapping: write it as lines of the form key: value")
    return fields


def _text(fields: dict[Any, Any], key: str) -> str | None:
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"front matter's {key} is no text: write it as {key}: value")
    return value.strip() or None


def _published(fields: dict[Any, Any]) -> str | None:
    for key in ("published", "published_time", "date"):
        value = _text(fields, key)
        if value is None:
            continue
        day = _DAY.fullmatch(value)
        try:
            return date.fromisoformat(day[1] if day else value).isoformat()
        except ValueError:
            raise InputError(f"front matter's {key} {_one_line(value)!r} is no date: give it as YYYY-MM-DD") from None
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:120]
