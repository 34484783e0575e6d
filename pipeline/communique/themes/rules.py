"""The rules of `themes.toml`, ready for use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile, alternation
from communique.records import Theme
from communique.themes.terms import FILE, NAMED, Terms, entity_themes

_PATTERNS = (
    "prepositions", "passives", "clauses", "worldwide", "pronouns", "relatives", "topics", "gerunds", "settings",
)  # fmt: skip
_BREAKS = ("asides", "purposes")


class Break:
    """Words at which what a clause is done to ends: looked for far, so by an expression that the engine skips along."""

    def __init__(self, words: list[str]) -> None:
        # ASCII and general punctuation: what can stand right before a word.
        self._pattern = re.compile(rf"[\n -,./:-@\[-^`{{-~\u2010-\u205e](?:{alternation(words)})(?![\w-])")

    def find(self, text: str, start: int, end: int) -> int:
        """Where the first of the words begins from ``start``, which follows other text; ``end`` where there is none."""
        found = self._pattern.search(text, start - 1, end)
        return found.start() + 1 if found else end


@dataclass(frozen=True, slots=True)
class ThemeRules:
    """Terms, points and words; ``named`` has the themes by entity id, ``order`` the themes in the file's order."""

    terms: Terms
    named: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, float]
    limits: Mapping[str, float]
    over: Mapping[str, float]
    fields: Mapping[str, frozenset[str]]
    words: Mapping[str, re.Pattern[str]]
    breaks: Mapping[str, Break]
    ordinals: frozenset[str]
    talks: tuple[str, ...]
    never_second: frozenset[str]
    never_above: frozenset[str]
    order: Mapping[str, int]


def read_rules(sources: Mapping[str, KnowledgeFile]) -> ThemeRules:
    """The rules of a model's files. Raises ModelError when a theme is unknown or a term stands twice."""
    data = sources[FILE].data
    unknown = [theme["id"] for theme in data["theme"] if theme["id"] not in get_args(Theme)]
    if unknown:
        raise ModelError(f"{FILE}: {unknown[0]!r} is no theme")
    return ThemeRules(
        terms=Terms(data),
        named=entity_themes(*(sources[file] for file in NAMED)),
        weights=data["weights"],
        limits=data["limits"],
        over=data["over"],
        fields={key: frozenset(names) for key, names in data["fields"].items()},
        words={key: _words(data["words"][key]) for key in _PATTERNS} | {"infinitives": _infinitive(data["words"])},
        breaks={key: Break(data["words"][key]) for key in _BREAKS},
        ordinals=frozenset(data["words"]["ordinals"]),
        talks=tuple(data["words"]["talks"]),
        never_second=frozenset(data["words"]["never_second"]),
        never_above=frozenset(data["words"]["never_above"]),
        order={theme["id"]: index for index, theme in enumerate(data["theme"])},
    )


def _words(words: list[str]) -> re.Pattern[str]:
    """Whole words, with a star for any ending of one, and marks such as a comma, which words may follow (`, and`)."""
    marks = [word for word in words if not re.match(r"[\w*]", word)]
    whole = alternation(word for word in words if word not in marks).replace(r"\*", r"\w+")
    return re.compile(rf"(?<![\w-])(?:{whole})(?![\w-])" + "".join(rf"|{re.escape(mark)}(?!\B\w)" for mark in marks))


def _infinitive(words: Mapping[str, list[str]]) -> re.Pattern[str]:
    """`to` before what may be a verb."""
    return re.compile(rf"to (?<![\w-]to )(?!(?:{alternation(words['determiners'])})\b)")
