"""The knowledge of ``forms.toml``: head nouns, word classes and shapes by which names are known that nobody listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.records import Kind

_TEXTS = (
    "words", "plurals", "links", "requires", "refuse", "refuse_after", "near", "says", "never", "whole",
    "counterexamples",
)  # fmt: skip
_FLAGS = (
    "front",
    "either",
    "topical",
    "short",
    "pair",
    "acronym",
    "bare",
    "relation",
    "country",
    "dated",
    "linked",
    "title",
    "article",
    "recipient",
    "apart",
)
_SECTIONS: dict[str, tuple[str, ...]] = {
    "shapes": ("near", "refuse", "lower_heads", "modifiers", "generic", "generations", "examples", "counterexamples"),
    "titles": ("nouns", "qualifiers", "charges"),
    "embassies": ("words", "styles", "article"),
    "organs": ("words", "examples", "counterexamples"),
    "small_topics": ("heads", "stops", "examples", "counterexamples"),
    "laws": ("numbered", "marked", "unions", "examples", "counterexamples"),
    "resolutions": ("words", "bodies", "acronyms", "examples", "counterexamples"),
    "pair": ("short", "global"),
    "words": (
        "openers", "months", "phrases", "thin", "gerunds", "possessives", "possessive_endings", "topics", "closers",
        "geography", "before_short", "honorifics", "determiners", "quantities", "topic_links", "styles", "regions",
        "acts", "bodies", "founding", "ties", "clauses", "within_short", "attributed", "programmes",
        "territories", "doers",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun with the rules of the names that it makes; see the comments in ``forms.toml``."""

    word: str
    plural: str | None
    kind: Kind
    front: bool
    either: bool
    links: tuple[str, ...]
    topical: bool
    requires: frozenset[str]
    refuse: frozenset[str]
    refuse_after: tuple[str, ...]
    near: tuple[str, ...]
    says: frozenset[str]
    short: bool
    pair: bool
    bare: bool
    relation: bool
    never: frozenset[str]
    acronym: bool
    country: bool
    dated: bool
    linked: bool
    title: bool
    article: bool
    recipient: bool
    apart: bool
    full: str | None


@dataclass(frozen=True)
class FormRules:
    """Everything in ``forms.toml``, ready for use."""

    heads: Mapping[str, Head]
    words: Mapping[str, frozenset[str]]
    near: tuple[str, ...]
    shape_refuse: frozenset[str]
    lower_heads: tuple[str, ...]
    modifiers: tuple[str, ...]
    generic: frozenset[str]
    generations: tuple[str, ...]
    title_nouns: frozenset[str]
    title_words: frozenset[str]
    title_charges: tuple[str, ...]
    embassies: tuple[str, ...]
    embassy_styles: tuple[str, ...]
    article: tuple[str, ...]
    organs: tuple[str, ...]
    small_heads: frozenset[str]
    small_stops: tuple[str, ...]
    numbered_laws: tuple[str, ...]
    marked_laws: tuple[str, ...]
    law_unions: tuple[str, ...]
    resolution_words: tuple[str, ...]
    resolution_bodies: Mapping[str, str]
    resolution_acronyms: Mapping[str, str]
    pair_short: Mapping[str, str]
    pair_global: frozenset[str]
    spellings: Mapping[str, str]
    written_out: Mapping[str, str]
    prefixes: Mapping[str, tuple[str, ...]]


def read_form_rules(source: KnowledgeFile) -> FormRules:
    """The rules of a ``forms.toml``. Raises ModelError with file and line when a table is wrong."""
    data = source.data
    _check_sections(source, data)
    heads: dict[str, Head] = {}
    for index, item in enumerate(data.get("head", [])):
        problem = _head_problem(item)
        if problem:
            raise ModelError(f"{source.name}:{source.line('head', index)}: {problem}")
        for head in _heads(item):
            if heads.setdefault(head.word, head) is not head:
                raise ModelError(f"{source.name}:{source.line('head', index)}: head {head.word!r} stands twice")
    titles, shapes = data["titles"], data["shapes"]
    return FormRules(
        heads=heads,
        words={key: frozenset(data["words"][key]) for key in _SECTIONS["words"]},
        near=tuple(shapes["near"]),
        shape_refuse=frozenset(shapes["refuse"]),
        lower_heads=tuple(shapes["lower_heads"]),
        modifiers=tuple(shapes["modifiers"]),
        generic=frozenset(shapes["generic"]),
        generations=tuple(shapes["generations"]),
        title_nouns=frozenset(titles["nouns"]),
        title_words=frozenset(titles["nouns"]) | frozenset(titles["qualifiers"]),
        title_charges=tuple(titles["charges"]),
        embassies=tuple(data["embassies"]["words"]),
        embassy_styles=tuple(data["embassies"]["styles"]),
        article=tuple(data["embassies"]["article"]),
        organs=tuple(data["organs"]["words"]),
        small_heads=frozenset(data["small_topics"]["heads"]),
        small_stops=tuple(data["small_topics"]["stops"]),
        numbered_laws=tuple(data["laws"]["numbered"]),
        marked_laws=tuple(data["laws"]["marked"]),
        law_unions=tuple(data["laws"]["unions"]),
        resolution_words=tuple(data["resolutions"]["words"]),
        resolution_bodies={w: body for body, ways in data["resolutions"]["bodies"].items() for w in ways},
        resolution_acronyms=data["resolutions"]["acronyms"],
        pair_short=data["pair"]["short"],
        pair_global=frozenset(data["pair"]["global"]),
        spellings=data.get("spellings", {}),
        written_out=data.get("written_out", {}),
        prefixes={head: tuple(others) for head, others in data.get("prefixes", {}).items()},
    )


def _check_sections(source: KnowledgeFile, data: dict[str, Any]) -> None:
    for section, keys in _SECTIONS.items():
        for key in keys:
            if key not in data.get(section, {}):
                raise ModelError(f"{source.name}:1: [{section}] lacks {key}")
    for section in data:
        if section not in (*_SECTIONS, "head", "spellings", "written_out", "prefixes"):
            raise ModelError(f"{source.name}:1: unknown table [{section}]")


def _head_problem(item: dict[str, Any]) -> str | None:
    for key, value in item.items():
        if key in _TEXTS:
            if not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
                return f"{key} must be a list of texts"
        elif key in _FLAGS:
            if not isinstance(value, bool):
                return f"{key} must be true or false"
        elif key not in ("kind", "full", "examples"):
            return f"unknown key {key!r}"
    if item.get("kind") not in get_args(Kind):
        return "kind must be agency, mission, instrument or forum"
    for key in ("words", "examples", "counterexamples"):
        if not item.get(key):
            return f"{key} is missing"
    return None


def _heads(item: dict[str, Any]) -> list[Head]:
    plurals = item.get("plurals", [])
    rest: dict[str, Any] = {key: tuple(item.get(key, ())) for key in ("links", "near", "refuse_after")}
    rest |= {key: frozenset(item.get(key, ())) for key in ("requires", "refuse", "says", "never")}
    rest |= {key: item.get(key, False) for key in _FLAGS}
    rest["full"] = item.get("full")
    short = rest.pop("short")
    whole = item.get("whole", ())
    return [
        Head(
            word=word,
            plural=plurals[i] if i < len(plurals) else None,
            kind=item["kind"],
            short=short and word not in whole,
            **rest,
        )
        for i, word in enumerate(item["words"])
    ]
