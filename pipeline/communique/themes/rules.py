"""The rules of `themes.toml`, ready for use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile, alternation
from communique.records import Theme
from communique.themes.terms import FILE, NAMED, Terms, entity_themes

_PATTERNS = ("asides", "purposes", "prepositions", "passives", "pronouns", "relatives", "topics", "gerunds")


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
    never_second: frozenset[str]
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
        never_second=frozenset(data["words"]["never_second"]),
        order={theme["id"]: index for index, theme in enumerate(data["theme"])},
    )


def _words(words: list[str]) -> re.Pattern[str]:
    """Whole words, with a star for any ending of one, and marks such as a comma."""
    marks = [word for word in words if not re.search(r"\w", word)]
    by_letter: dict[str, list[str]] = {}
    for word in words:
        if word not in marks:
            by_letter.setdefault(word[0], []).append(word)
    # The regex engine finds a letter fastest where each branch begins with it: what stands before is asked after it.
    branches = [
        rf"(?<![\w-])(?:{_rests(group)})" if first == "*"
        else rf"{re.escape(first)}(?<![\w-]{re.escape(first)})(?:{_rests(word[1:] for word in group)})"
        for first, group in sorted(by_letter.items())
    ]  # fmt: skip
    return re.compile("|".join([*(rf"{branch}(?![\w-])" for branch in branches), *map(re.escape, marks)]))


def _rests(words: Iterable[str]) -> str:
    return alternation(words).replace(r"\*", r"\w+")


def _infinitive(words: Mapping[str, list[str]]) -> re.Pattern[str]:
    """`to` before what may be a verb."""
    return re.compile(rf"to (?<![\w-]to )(?!(?:{alternation(words['determiners'])})\b)")
