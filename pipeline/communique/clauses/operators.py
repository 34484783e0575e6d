"""The operators of a rule model: verbs with the frames that tell what they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from communique.clauses.inflection import Form, forms
from communique.clauses.words import Sentence
from communique.errors import ModelError
from communique.knowledge import KnowledgeFile, filled, pattern_text
from communique.words import Facts

WEAKER = {"decision": 0, "pledge": 1, "intent": 2, "explore": 3}
"""Order of the strengths: the class of a chain is that of its weakest operator (codebook, section 3)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an operator is when these words follow it.

    ``chain``: an operator may follow and weaken it. ``copula``: it may ("too") or must ("only") be a participle after
    `are`. ``value``: what follows may be a value that nobody acts on. ``progressive``: `are launching` counts.
    ``finite``: it counts as the verb of a main clause. ``past``: also in the past tense. ``passive``: `was
    welcomed by`. ``bullet``: a list item may begin with its gerund. ``hosted``: only with a dated meeting of the
    parties' own. ``whole``: all that is matched belongs to the trigger. ``within``: the promise stands in the clause
    that follows. ``adjunct``: its participle counts (`…, recognizing …`). ``impersonal``: only as in `it was
    agreed that`. ``bodies``: only of a body that the parties run (`the group is expected to`).
    """

    follow: re.Pattern[str]
    strength: str
    chain: bool = False
    copula: str = ""
    value: bool = False
    progressive: bool = False
    finite: bool = True
    past: bool = True
    passive: bool = False
    bullet: bool = False
    hosted: bool = False
    whole: bool = False
    within: bool = False
    adjunct: bool = True
    impersonal: bool = False
    bodies: bool = False

    def allows(self, use: str, tense: str) -> bool:
        """Whether the verb may be used in a way.

        ``use`` is finite, copula, progressive, participle, bullet, passive or impersonal; ``tense`` past or present.
        """
        if use == "impersonal" or self.impersonal:
            return use == "impersonal" and self.impersonal
        if use == "copula":
            return self.copula != ""
        if self.copula == "only":
            return False
        if use == "progressive":
            return self.progressive
        if use == "bullet":
            return self.bullet or self.strength == "position"
        if use == "passive":
            return self.passive
        if use == "finite":
            return self.finite and (self.past or tense != "past")
        return self.finite and self.adjunct and (self.strength == "position" or self.chain)


@dataclass(frozen=True, slots=True)
class Operator:
    """A verb and its frames, in the order in which they are tried. ``modal``: it counts only after `would`."""

    lemma: str
    frames: tuple[Frame, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    modal: bool = False
    _used: dict[tuple[str, str], tuple[Frame, ...]] = field(default_factory=dict, compare=False, repr=False)

    def explores(self, sentence: Sentence, at: int) -> bool:
        """Whether it is of the weakest class at word ``at``: by the first frame that fits, else by the last."""
        if all(frame.strength != "explore" for frame in self.frames):
            return False
        fitting = (f for f in self.frames if f.follow.match(sentence.text, sentence.after(at), sentence.end))
        return next(fitting, self.frames[-1]).strength == "explore"

    def used(self, use: str, tense: str) -> tuple[Frame, ...]:
        """The frames that allow a use and a tense, see `Frame.allows`."""
        frames = self._used.get((use, tense))
        if frames is None:
            frames = self._used[use, tense] = tuple(frame for frame in self.frames if frame.allows(use, tense))
        return frames


@dataclass(slots=True)
class Grammar:
    """All that `commitments.toml` says, ready for use."""

    operators: dict[str, tuple[Operator, Form]] = field(default_factory=dict)
    cues: frozenset[str] = frozenset()
    """The forms of all operators, of `will`, `would` and `is to`: what makes a word worth a look."""
    reports: frozenset[str] = frozenset()
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    subjects: dict[str, list[str]] = field(default_factory=dict)
    actions: re.Pattern[str] = re.compile("$^")
    values: re.Pattern[str] = re.compile("$^")
    verbs: frozenset[str] = frozenset()
    bullets: dict[str, str] = field(default_factory=dict)
    terms: dict[str, re.Pattern[str]] = field(default_factory=dict)
    acting: Callable[[str], bool] = field(init=False)
    """Whether a name is that of something the parties run."""
    adverbial: Callable[[str], bool] = field(init=False)
    """Whether a lower-case word may stand between a subject and its verb, or an operator and its action."""
    between: Callable[[str], str] = field(init=False)
    """What a lower-case word can be between a subject and its verb: an adverb, perfect, the noun of an adverbial."""
    aspect: Callable[[str], str | None] = field(init=False)
    """The lemma of which a lower-case word is the base form or gerund, where it keeps an action going: `continue`."""

    def __post_init__(self) -> None:
        # Python takes the long way round to a method of dict's by brackets where a class is made from dict.
        self.acting, self.adverbial = Facts(self._is_acting).__getitem__, Facts(self._is_adverb).__getitem__
        self.aspect, self.between = Facts(self._aspect_of).__getitem__, Facts(self._between).__getitem__

    def _is_acting(self, name: str) -> bool:
        words = name.lower().split()
        end = next((i for i, w in enumerate(words) if w in self.words["prepositions"] and i), len(words))
        return words[end - 1] in self.subjects["agents"]

    def _is_adverb(self, word: str) -> bool:
        return word in self.words["adverbs"] or (word.endswith("ly") and len(word) > 4 and word not in self.verbs)

    def _between(self, word: str) -> str:
        if word in self.words["perfect"]:
            return "perfect"
        if self.adverbial(word):
            return "adverb"
        return "noun" if word in self.words["adverbial_nouns"] else ""

    def _aspect_of(self, word: str) -> str | None:
        stem = word.removesuffix("ing")
        lemmas = (word,) if stem == word else (word, stem, stem + "e", stem[:-1])
        return next((lemma for lemma in lemmas if lemma in self.words["aspects"]), None)

    def after_adverbs(self, sentence: Sentence, at: int) -> int:
        """Index of the first word of the sentence from ``at`` on that is no adverb."""
        lower, adverbial = sentence.lower, self.adverbial
        while at < sentence.size and adverbial(lower[at]):
            at += 1
        return at

    def adverbial_phrase(self, sentence: Sentence, end: int) -> int | None:
        """Index of the first word of a phrase before word ``end`` that stands there as an adverb does: `in turn`."""
        for first in (end - 2, end - 3):
            if first > 0 and " ".join(sentence.lower[first:end]) in self.words["adverbial_phrases"]:
                return first
        return None


def read_grammar(source: KnowledgeFile) -> Grammar:
    """The grammar of a model. Raises ModelError with file and line when an entry is wrong."""
    data = source.data
    terms = {name: source.pattern("terms", name, str) for name in data.get("terms", {})}

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(filled(pattern, terms), re.IGNORECASE)

    grammar = Grammar(
        words={name: frozenset(words) for name, words in data["words"].items()},
        subjects=data["subjects"],
        reports=frozenset(form for verb in data["reports"]["verbs"] for form in forms(verb)),
        verbs=frozenset(data["actions"]["verbs"]),
        bullets=_bullets(data["bullets"]),
        terms={name: source.pattern("terms", name, compiled) for name in terms},
        actions=source.pattern("actions", "nouns", compiled),
        values=source.pattern("actions", "values", compiled),
    )
    families = {family["name"]: family["frames"] for family in data["family"]}
    for index, entry in enumerate(data["operator"]):
        try:
            operator = _operator(entry, families, terms)
        except (KeyError, TypeError, re.error) as error:
            line = source.line("operator", index)
            raise ModelError(f"{source.name}:{line}: operator {entry.get('lemma')!r}: {error}") from None
        inflected: dict[str, Form] = {operator.lemma: "past"}  # an adjective stands where a participle can
        if not entry.get("adjective"):
            inflected = forms(operator.lemma, entry.get("irregular"))
            for variant in entry.get("variants", ()):
                inflected |= forms(variant)
        for form, kind in inflected.items():
            grammar.operators.setdefault(form, (operator, kind))
    grammar.cues = grammar.words["will"].union(grammar.operators, grammar.words["present"], grammar.words["modals"])
    return grammar


def _bullets(classes: dict[str, list[str]]) -> dict[str, str]:
    return {
        form: strength
        for strength, lemmas in classes.items()
        for lemma in lemmas
        for form, kind in forms(lemma).items()
        if kind in ("gerund", "base")
    }


_KEYS = {"lemma", "frames", "examples", "counterexamples", "irregular", "adjective", "family", "modal", "variants"}


def _operator(entry: dict[str, Any], families: dict[str, list[dict[str, Any]]], terms: dict[str, str]) -> Operator:
    unknown = set(entry) - _KEYS
    if unknown:
        raise KeyError(f"unknown key {min(unknown)!r}")
    shared = families[entry["family"]] if "family" in entry else []
    frames = tuple(_frame(dict(frame), terms) for frame in [*shared, *entry["frames"]])
    examples, counterexamples = tuple(entry["examples"]), tuple(entry["counterexamples"])
    return Operator(entry["lemma"], frames, examples, counterexamples, entry.get("modal", False))


def _frame(frame: dict[str, Any], terms: dict[str, str]) -> Frame:
    follow = pattern_text(frame.pop("follow"))
    if follow is None:
        raise TypeError("follow is neither text nor a list of texts")
    return Frame(re.compile(filled(follow, terms), re.IGNORECASE), frame.pop("class"), **frame)
