"""The knowledge of ``comparison.toml``: weights, thresholds and words, read from a rule model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile, alternation
from communique.lexicon import plain_forms
from communique.model import DEFAULT_MODEL, model_path

FILE = "comparison.toml"
_PARTS = ("words", "names", "themes", "actors")
_WORDS = "{words}"
PIECE = re.compile(r"[^\W_]+")
"""A word, or the part of one beside a hyphen."""
_STRENGTHS = ("decision", "pledge", "intent", "explore")


class Completion(NamedTuple):
    """Words that say that something was done, unless one of ``not_before`` stands just before them."""

    words: frozenset[str]
    """The first word, in lower case, of each that names what was done: a sentence without any says nothing."""
    pattern: re.Pattern[str]
    not_before: re.Pattern[str] | None

    def search(self, text: str) -> re.Match[str] | None:
        """The first such words in a sentence."""
        for match in self.pattern.finditer(text):
            if self.not_before is None or not self.not_before.search(text, max(0, match.start() - 40), match.start()):
                return match
        return None


class Completions(NamedTuple):
    """All such words, and the first word of each that names what was done: most sentences have none of these."""

    words: frozenset[str]
    each: tuple[Completion, ...]

    def search(self, text: str) -> list[re.Match[str]]:
        """The places where a sentence says that something was done."""
        named = self.words.intersection(PIECE.findall(text.lower()))
        tried = (completion for completion in self.each if not named.isdisjoint(completion.words))
        return [match for completion in tried if (match := completion.search(text))]


@dataclass(frozen=True)
class Rules:
    """What `communique.comparison` and `communique.series` know of words."""

    weights: dict[str, float]
    aligned: float
    mentioned: float
    perhaps: float
    around: float
    carried_out: float
    least_words: float
    shared_words: int
    context: float
    common_weight: float
    lone_weight: float
    everywhere: float
    frequent: float
    before: float
    head: int
    decay: float
    tail: float
    strengths: dict[str, int]
    empty: frozenset[str]
    common: frozenset[str]
    suffixes: tuple[str, ...]
    enough: float
    plenty: float
    quiet: float
    share: float
    matter: float
    kin: float
    name: float
    rare: int
    against: float
    general: frozenset[str]
    matters: tuple[frozenset[str], ...]
    founded: frozenset[str]
    """Words that say of one of the ``bodies`` only that it has come into being."""
    bodies: frozenset[str]
    bringing: frozenset[str]
    """Words that promise to bring a thing into being."""
    recurring: frozenset[str]
    completions: Completions
    leader_forms: re.Pattern[str]
    """A leader's title before a name or the name of a country."""
    leader_titles: frozenset[str]
    other_titles: frozenset[str]
    opening: int
    generic: frozenset[str]
    few: int
    gap: float
    country_forms: re.Pattern[str]
    """Names and adjectives of countries, lower case, as words of their own or halves of a hyphened pair."""
    country_codes: dict[str, frozenset[str]]
    """The ISO codes that each name of a country, in lower case, may stand for."""
    title_words: int
    party_names: dict[str, str]
    """A country's name by its ISO code."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What is worked out from these rules once."""


def rules(model: str = DEFAULT_MODEL) -> Rules:
    """The rules of a model, read once per process. Raises ModelError when the file is missing or wrong."""
    return _read(str(model_path(model)))


@lru_cache(maxsize=4)
def _read(path: str) -> Rules:
    data = source(path, FILE).data
    try:
        return _rules(data, source(path, "parties.toml").data.get("party", []))
    except KeyError as error:
        _fault(f"lacks {error}")
    except (TypeError, ValueError, AttributeError, re.error) as error:
        _fault(str(error))


def _fault(message: str) -> NoReturn:
    raise ModelError(f"{FILE}: {message}") from None


def source(path: str, name: str) -> KnowledgeFile:
    """A file of the model directory ``path``. Raises ModelError when it cannot be read."""
    file = model_path(path) / name
    try:
        return KnowledgeFile(name, file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path}: the model lacks {name}") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{file}: cannot be read: {error}") from None


def _rules(data: dict[str, Any], parties: list[dict[str, Any]]) -> Rules:
    words, leaders, series, silence = data["words"], data["leaders"], data["series"], data["silence"]
    countries = _country_codes(parties)
    return Rules(
        weights={part: float(data["weights"][part]) for part in _PARTS},
        aligned=float(data["thresholds"]["aligned"]),
        mentioned=float(data["thresholds"]["mentioned"]),
        perhaps=float(data["thresholds"]["perhaps"]),
        around=float(data["thresholds"]["around"]),
        carried_out=float(data["thresholds"]["carried_out"]),
        least_words=float(data["thresholds"]["words"]),
        shared_words=int(data["thresholds"]["shared_words"]),
        context=float(data["context"]["sentence"]),
        common_weight=float(data["context"]["common"]),
        everywhere=float(data["context"]["everywhere"]),
        lone_weight=float(data["context"]["lone"]),
        frequent=float(data["context"]["frequent"]),
        before=float(data["order"]["before"]),
        head=int(data["order"]["head"]),
        decay=float(data["order"]["decay"]),
        tail=float(data["order"]["tail"]),
        strengths={strength: int(data["strengths"][strength]) for strength in _STRENGTHS},
        empty=frozenset(words["empty"]),
        common=frozenset(words["common"]),
        suffixes=tuple(sorted(dict.fromkeys(words["suffixes"]), key=lambda s: (-len(s), s))),
        enough=float(silence["enough"]),
        plenty=float(silence["plenty"]),
        quiet=float(silence["quiet"]),
        share=float(silence["share"]),
        matter=float(silence["matter"]),
        kin=float(silence["kin"]),
        name=float(silence["name"]),
        rare=int(silence["rare"]),
        against=float(silence["against"]),
        general=frozenset(silence["general"]),
        matters=tuple(map(frozenset, silence["matters"])),
        founded=frozenset(data["founding"]["founded"]),
        bodies=frozenset(data["founding"]["bodies"]),
        bringing=frozenset(data["founding"]["bringing"]),
        recurring=frozenset(data["recurring"]["verbs"]),
        completions=_completions(data["completion"]),
        leader_forms=re.compile(rf"\b(?:{'|'.join(map(re.escape, leaders['heads']))})s?\b"),
        leader_titles=frozenset(leaders["title"]),
        other_titles=frozenset(leaders["others"]),
        opening=int(leaders["opening"]),
        generic=frozenset(series["generic"]),
        few=int(series["few"]),
        gap=float(series["gap"]),
        country_forms=re.compile(rf"(?<!\w)(?:{alternation(countries)})(?!\w)"),
        country_codes=countries,
        title_words=int(leaders["title_words"]),
        party_names={item["iso"]: item["name"] for item in parties},
    )


def _completions(items: list[dict[str, Any]]) -> Completions:
    each = tuple(map(_completion, items))
    return Completions(frozenset[str]().union(*(completion.words for completion in each)), each)


def _completion(item: dict[str, Any]) -> Completion:
    if _WORDS not in item["form"]:
        raise ValueError(f"completion {item['form']!r}: {_WORDS} must stand in it")
    words = item["words"]
    if not (isinstance(words, list) and words and all(isinstance(word, str) and PIECE.search(word) for word in words)):
        raise ValueError(f"completion {item['form']!r}: words must be a list of words")
    form = item["form"].replace(_WORDS, f"(?:{alternation(words)})")
    before = "|".join(re.escape(words) for words in item.get("not_before", ()))
    return Completion(
        frozenset(PIECE.findall(word.lower())[0] for word in words),
        re.compile(rf"\b(?:{form})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{before}) (?:[\w-]+ ){{0,3}}\Z", re.IGNORECASE) if before else None,
    )


def _country_codes(parties: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for item in parties:
        guarded = [guard["form"] for guard in item.get("guarded", ())]
        for form in (*plain_forms(item), *item.get("adjectives", ()), *item.get("shared", ()), *guarded):
            found.setdefault(form.lower(), set()).add(item["iso"])
    return {form: frozenset(codes) for form, codes in found.items()}
