"""Operator chains: `plan to continue discussing`, from the first operator to the last before the action."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from communique.clauses.operators import WEAKER, Frame, Grammar, Operator
from communique.clauses.words import Sentence

_NUMBER = re.compile(r"\d{1,2}|[a-z]|[ivx]{2,4}")
_ASIDE = 14
"""Words within which an aside between an operator and its `to` ends."""

_GERUND = re.compile(r"[a-z-]+ing$")
_PHRASE = re.compile(r"(?:(?!,? (?:and|as well as) to (?:\w+ly )?\w+ing\b)(?:[^.;:]|\.(?=\S)|(?<=\.[A-Z])\.)){0,70}")
"""What a `to` governs, up to where it is repeated before an action: `commitment to the accord and to building …`."""


@dataclass(slots=True)
class Chain:
    """Operators over one action. ``end`` is the offset after the last of their words, ``action`` the next word.

    ``outer`` is the strength without the last operator: that of an action which does not stand under it.
    """

    strength: str
    operators: list[str] = field(default_factory=list)
    end: int = 0
    action: int = 0
    outer: str = ""


def weakest(one: str, other: str) -> str:
    """The weaker of two strengths; a position stays one."""
    if one not in WEAKER or other not in WEAKER:
        return one
    return max(one, other, key=lambda s: WEAKER[s])


def follow(grammar: Grammar, sentence: Sentence, chain: Chain) -> Chain:
    """Extend a chain with the operators that stand between its end and the action, and weaken it by them."""
    further = grammar.terms["further"].match(sentence.text, chain.end, sentence.end)
    if further is not None:
        _take(sentence, chain, sentence.at(further.end()) - 1, "discuss further", "explore")
        chain.action = sentence.at(chain.end)
        return chain
    for _ in range(4):
        at = grammar.after_adverbs(sentence, sentence.at(chain.end))
        if at >= sentence.size or not _extend(grammar, sentence, chain, at):
            break
    at = sentence.at(chain.end)
    colon = sentence.lower[at : at + 1] == [":"] and at + 1 < sentence.size  # `committed to: sharing data; building …`
    action = grammar.after_adverbs(sentence, past_number(sentence, at + colon))
    chain.action = past_shares(grammar, sentence, action)
    return chain


def past_shares(grammar: Grammar, sentence: Sentence, at: int) -> int:
    """Index of the verb behind `each` at word ``at`` (`will each name a contact`), or the index itself."""
    if at + 1 >= sentence.size or sentence.lower[at] not in grammar.words["shares"]:
        return at
    verb = grammar.after_adverbs(sentence, at + 1)
    return verb if verb < sentence.size and sentence.lower[verb] in grammar.verbs else at


def listed(sentence: Sentence, chain: Chain) -> None:
    """Take in the `to` of the first of several actions after a colon: `decided: (a) to open a dock; (b) to share …`."""
    at = past_number(sentence, chain.action)
    if sentence.lower[at : at + 1] == ["to"] and at + 1 < sentence.size:
        chain.end, chain.action = sentence.after(at), at + 1


def past_number(sentence: Sentence, at: int) -> int:
    """Index after the number of an item at word ``at`` (`(1) share data; (2) build …`), or the index itself."""
    number = at + (sentence.lower[at : at + 1] == ["("])
    numbered = sentence.lower[number + 1 : number + 2] == [")"] and _NUMBER.fullmatch(sentence.lower[number])
    return number + 2 if numbered else at


def _extend(grammar: Grammar, sentence: Sentence, chain: Chain, at: int) -> bool:
    """Take in the operator at word ``at``; whether another may follow."""
    looked = _looked(grammar, sentence, at)
    if looked is not None:
        _take(sentence, chain, *looked, "explore")
        return False
    found = grammar.operators.get(sentence.lower[at])
    if found is not None and found[1] in ("base", "gerund") and wants(found[0]):
        wanted = _wanted(sentence, chain, found[0], at)
        if wanted is not None:
            return wanted
    if found is not None and found[1] == "base" and (to := _bound_to(sentence, found[0], at)) is not None:
        _take(sentence, chain, to, f"{found[0].lemma} to", None)
        return True
    return _kept(grammar, sentence, chain, at)


def _looked(grammar: Grammar, sentence: Sentence, at: int) -> tuple[int, str] | None:
    """The last word, and the lemma, of what only looks into a thing at word ``at``: `look for ways`, `explore`."""
    word = sentence.lower[at]
    found = grammar.operators.get(word)
    if word in grammar.words["searches"]:
        ways = grammar.terms["options"].match(sentence.text, sentence.after(at), sentence.end)
        if ways is not None:
            return sentence.at(ways.end()) - 1, "look for"
    if found is not None and found[1] in ("base", "gerund") and found[0].explores(sentence, at):
        return at, found[0].lemma
    return _explored(grammar, sentence, at) if word in grammar.words["teams"] else None


def _kept(grammar: Grammar, sentence: Sentence, chain: Chain, at: int) -> bool:
    """Take in what keeps something going at word ``at``; whether another operator may follow."""
    word = sentence.lower[at]
    lemma = grammar.aspect(word)
    if only_explores(grammar, sentence, at):
        _take(sentence, chain, at, lemma or word, "explore")
        return False
    if lemma is None:
        return False
    if sentence.lower[at + 1 : at + 2] == ["to"]:
        _take(sentence, chain, at + 1, f"{lemma} to", None)
        return True
    gerund = grammar.after_adverbs(sentence, at + 1)
    verbal = gerund < sentence.size and _GERUND.match(sentence.lower[gerund])
    if verbal or lemma in grammar.words["steady"]:
        _take(sentence, chain, at, lemma, None)
        return bool(verbal)
    return False


def _wanted(sentence: Sentence, chain: Chain, operator: Operator, at: int) -> bool | None:
    """Take in a wish at word ``at``: whether more may follow (`will seek to`, but `will aim at`); None for none."""
    to = _to_after(sentence, at)
    if to is not None:
        _take(sentence, chain, to, f"{operator.lemma} to", "intent")
        return True
    aim = frame_of(operator, "finite", "present", sentence, at)
    if aim is None or aim[0].strength != "intent":
        return None
    last = sentence.at(sentence.after(at) + len(aim[1].group().rstrip())) - 1
    _take(sentence, chain, max(last, at), operator.lemma, "intent")
    return False


def _bound_to(sentence: Sentence, operator: Operator, at: int) -> int | None:
    """Index of the `to` of what binds as firmly as the chain so far: `will resolve to`, `will commit to`."""
    binds = any(frame.chain and frame.strength in ("decision", "pledge") for frame in operator.frames)
    return _to_after(sentence, at) if binds else None


def _to_after(sentence: Sentence, at: int) -> int | None:
    """Index of the `to` after word ``at``, also behind an aside: `endeavour, where laws allow, to`."""
    lower = sentence.lower
    if lower[at + 1 : at + 2] == [","]:
        close = next((i for i in range(at + 2, min(at + _ASIDE, sentence.size)) if lower[i] == ","), sentence.size)
        return close + 1 if lower[close + 1 : close + 2] == ["to"] else None
    return at + 1 if lower[at + 1 : at + 2] == ["to"] else None


def only_explores(grammar: Grammar, sentence: Sentence, at: int) -> bool:
    """Whether the verb at word ``at`` only talks or studies: `continue discussions on`, `conduct a joint study of`."""
    word, after = sentence.lower[at], sentence.after(at)
    begun = grammar.aspect(word) is not None
    examines = word in grammar.words["examining"] or (begun and grammar.terms["fresh"].match(sentence.text, after))
    if examines and grammar.terms["examination"].match(sentence.text, after, sentence.end) is not None:
        return True
    talks = begun or word in grammar.words["holding"]
    return talks and grammar.terms["talks"].match(sentence.text, after, sentence.end) is not None


def _explored(grammar: Grammar, sentence: Sentence, at: int) -> tuple[int, str] | None:
    """`work together on exploring`: the index of what weakens the common work, and its lemma."""
    after = sentence.after(at)
    ways = (grammar.terms[name].match(sentence.text, after, sentence.end) for name in ("together", "with_others"))
    together = next((way for way in ways if way is not None), None)
    verb = sentence.at(together.end()) if together is not None else sentence.size
    found = grammar.operators.get(sentence.lower[verb]) if verb < sentence.size else None
    if found is None or found[1] not in ("base", "gerund") or not found[0].explores(sentence, verb):
        return None
    return verb, found[0].lemma


def wants(operator: Operator) -> bool:
    """Whether an operator makes an intent of what follows its `to`."""
    chained = {frame.strength for frame in operator.frames if frame.chain and frame.finite}
    return chained == {"intent"}


def _take(sentence: Sentence, chain: Chain, at: int, operator: str, strength: str | None) -> None:
    chain.operators.append(operator)
    chain.end = sentence.after(at)
    chain.outer = chain.strength
    if strength is not None:
        chain.strength = weakest(chain.strength, strength)


def frame_of(
    operator: Operator, use: str, tense: str, sentence: Sentence, at: int
) -> tuple[Frame, re.Match[str]] | None:
    """The first frame of an operator at word ``at`` that fits what follows and the use, see `Frame.allows`."""
    after = sentence.after(at)
    for frame in operator.used(use, tense):
        match = frame.follow.match(sentence.text, after, sentence.end)
        if match is not None:
            return frame, match
    return None


def is_value(grammar: Grammar, sentence: Sentence, chain: Chain) -> bool:
    """Whether `committed to` is followed by a value that nobody acts on (`our shared principles`), and by no list."""
    if chain.action >= sentence.size or len(chain.operators) > 1:
        return False
    word = sentence.lower[chain.action]
    if grammar.terms["nothing"].fullmatch(sentence.text, chain.end, sentence.end):
        return False  # `commit to the following:`
    if _only_named(grammar, sentence, chain.action):
        return True
    if word == ":" or _GERUND.match(word) or (word in grammar.verbs and not _noun_here(sentence, chain.action)):
        return False
    phrase = _PHRASE.match(sentence.text, sentence.starts[chain.action], sentence.end)
    words = phrase.group() if phrase else ""
    if phrase is not None and sentence.text[phrase.end() : phrase.end() + 1].isalnum():
        words = words.rpartition(" ")[0]  # no part of a word
    value, action = grammar.values.search(words), grammar.actions.search(words)
    if action is not None:
        return value is not None and value.start() <= action.start()
    named = sentence.capital(chain.action) or not word.islower()  # `commitment to Article 5`
    return value is not None or word in grammar.words["determiners"] or named


def _only_named(grammar: Grammar, sentence: Sentence, at: int) -> bool:
    """Whether nothing but a name follows: `commitment to the Reef Accord`, and not to `the Accord's renewal`."""
    at += sentence.lower[at] in grammar.words["articles"]
    first = at
    while at < sentence.size and sentence.word(at) != sentence.lower[at]:
        between = sentence.lower[at + 1] if at + 1 < sentence.size else ""
        inner = between == "-" or between in grammar.words["offices"]  # `the U.S.-Chad Accord on Defence`
        at += 2 if inner and at + 2 < sentence.size and sentence.capital(at + 2) else 1
    if at == first:
        return False
    at += at < sentence.size and sentence.lower[at][0].isdigit()  # `UNGA Resolution 77/41`
    after = sentence.lower[at] if at < sentence.size else "."
    if after in ("'s", "'", "-"):
        return False
    joined = after in grammar.words["prepositions"] or after in grammar.words["joints"]
    return not after[0].isalnum() or joined or after.endswith("ed")  # `the Reef Accord signed in 1988`


def _noun_here(sentence: Sentence, at: int) -> bool:
    return at + 1 < sentence.size and sentence.lower[at + 1] in ("of", "for")
