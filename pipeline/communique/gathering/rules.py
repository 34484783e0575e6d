"""The knowledge of ``meetings.toml``, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.errors import ModelError
from communique.gathering.expressions import Expression
from communique.knowledge import KnowledgeFile, filled, pattern_text

_PATTERNS: dict[str, tuple[str, ...]] = {
    "opening": (
        "notice",
        "following",
        "clause_end",
        "gathers",
        "visits",
        "occasion",
        "together",
        "spoke",
        "several",
        "calls",
        "talked",
        "after",
        "attended",
        "beside",
        "on_it",
        "fronted",
        "at_own",
        "did",
        "fore",
        "here",
        "it",
        "theirs",
        "of_body",
        "retold",
        "at_named",
        "directly",
        "body",
        "launches",
        "afar",
        "aside",
        "led_in",
        "paired",
        "holds",
        "passive",
        "meeting",
        "alone",
        "other",
        "leaders",
        "elsewhere",
        "todays",
        "acted",
        "preposition",
        "place",
        "country",
        "host_city",
        "dateline",
        "headed",
        "release",
        "named",
        "toward",
        "another",
        "future",
        "promise",
        "travel",
        "guest",
        "welcomed",
        "clock",
        "clocked",
        "outside",
        "receives",
        "there",
        "coming",
        "gone",
        "ended",
        "began",
        "took",
        "marked",
        "past_day",
        "then_day",
    ),
    "series": (
        "margins",
        "leads",
        "follows",
        "founded",
        "told",
        "between",
        "meeting_of",
        "meets",
        "qualifier",
        "hosted",
        "digits",
        "united_states",
    ),
    "persons": ("minister", "offices", "secretary", "bodies"),
    "virtual": ("online", "person", "house", "other", "joined"),
    "cues": (
        "active",
        "active_object",
        "passive",
        "elliptic",
        "elided",
        "parted",
        "inverted",
        "relative",
        "closes",
        "between",
        "aside",
        "clause",
        "host",
        "guests",
        "pronoun",
        "label",
        "alone",
        "office",
        "represents",
        "presidency",
        "portion",
        "parts",
        "joint",
        "joins",
        "attends",
        "during",
        "led",
        "apart",
        "shared",
        "sided",
        "short",
        "participle",
        "convenes",
        "officed",
    ),
    "delegations": (
        "far",
        "subject",
        "opens",
        "strong",
        "persons",
        "first",
        "follows",
        "forms",
        "heading",
        "heads",
        "people",
        "item",
        "fields",
        "leaders",
        "lists",
        "included",
        "rolls",
        "venue",
        "parent",
        "owner",
        "address",
        "joined",
        "named",
        "acts",
        "never",
        "joining",
    ),
    "sides": (
        "after",
        "introduced",
        "elided",
        "represented",
        "accompanied",
        "before",
        "closed",
        "label",
        "labelled",
        "bare",
        "bracketed",
        "inner",
    ),
    "next": (
        "cue",
        "meeting",
        "future",
        "again",
        "never",
        "hosted",
        "itself",
        "done",
        "planned",
        "own",
        "kind",
        "plain",
        "of_others",
        "aside",
        "place",
        "held",
        "apart",
    ),
}
_WORDS: dict[str, tuple[str, ...]] = {
    "series": (
        "nouns",
        "generic",
        "pairing",
        "single",
        "links",
        "verbs",
        "purposes",
        "loose",
        "small",
        "units",
        "never",
        "not_topics",
        "bare",
        "hosts",
        "compounds",
        "releases",
        "adjectives",
        "papers",
        "inside",
        "within",
        "stops",
        "determiners",
        "numbered",
    ),
    "persons": (
        "nouns",
        "modifiers",
        "honorifics",
        "particles",
        "articles",
        "suffixes",
        "letters",
        "ranks",
        "courtesies",
        "secretariats",
        "scope",
        "inside",
        "not_fields",
        "starts",
    ),
    "opening": ("notices", "stems", "later", "begins", "attendees", "bodies"),
    "cues": ("stems",),
    "delegations": ("stems",),
    "next": ("stems", "coming"),
}


@dataclass(frozen=True, slots=True)
class TitleRule:
    """A title that means a body without naming it: one agency's id, or names that the side's ministry may have."""

    pattern: re.Pattern[str]
    side: str | None
    agency: str | None
    ministry: tuple[str, ...]


@dataclass(frozen=True)
class MeetingRules:
    """Patterns and words by table and key (``patterns["next.cue"]``, ``words["persons.nouns"]``)."""

    patterns: Mapping[str, Expression]
    words: Mapping[str, tuple[str, ...]]
    ordinals: Mapping[str, int]
    plurals: Mapping[str, str]
    """The noun of one person's title by that of several: ``Ministers`` is ``Minister``."""
    titles: tuple[TitleRule, ...]


def read_meeting_rules(source: KnowledgeFile) -> MeetingRules:
    """The rules of a ``meetings.toml``. Raises ModelError with file and line when a table is wrong."""
    data = source.data
    terms = {name: source.pattern("terms", name, str) for name in data.get("terms", {})}

    def expression(pattern: str) -> Expression:
        return Expression(filled(pattern, terms))

    patterns = {
        f"{table}.{key}": source.pattern(table, key, expression) for table, keys in _PATTERNS.items() for key in keys
    }
    words = {
        f"{table}.{key}": tuple(_words(source, data, table, key)) for table, keys in _WORDS.items() for key in keys
    }
    titles = tuple(_title(source, item, index) for index, item in enumerate(data.get("title", [])))
    return MeetingRules(patterns, words, dict(data.get("ordinals", {})), dict(data.get("plurals", {})), titles)


def _words(source: KnowledgeFile, data: dict[str, Any], table: str, key: str) -> list[str]:
    words = data.get(table, {}).get(key)
    if not isinstance(words, list):
        raise ModelError(f"{source.name}:1: [{table}] lacks {key}, or it is no list")
    return words


def _title(source: KnowledgeFile, item: dict[str, Any], index: int) -> TitleRule:
    line = source.line("title", index)
    written = pattern_text(item.get("pattern"))
    if written is None or ("agency" in item) == ("ministry" in item):
        raise ModelError(
            f"{source.name}:{line}: a title has a pattern and either an agency or a list of ministry names"
        )
    try:
        pattern = re.compile(written)
    except re.error as error:
        raise ModelError(f"{source.name}:{line}: {written!r} is no pattern: {error}") from None
    return TitleRule(pattern, item.get("side"), item.get("agency"), tuple(item.get("ministry", ())))
