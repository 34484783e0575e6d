"""Further actions under one operator: `will build …, promote … and raise …` is three commitments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

from communique.clauses.chains import weakest
from communique.clauses.found import Found
from communique.clauses.inflection import forms
from communique.clauses.operators import Grammar
from communique.clauses.words import Sentence


@cache
def _gerunds(verbs: frozenset[str]) -> dict[str, str]:
    return {form: verb for verb in sorted(verbs) for form, kind in forms(verb).items() if kind == "gerund"}


def conjuncts(grammar: Grammar, sentence: Sentence, found: Found, until: int) -> list[Found]:
    """The actions after the first that share its operator, each with a verb of its own.

    ``until`` is the word index at which the clause ends. Two verbs over one object (`preserve and strengthen`) are one
    action; what stands inside an infinitive of purpose, a relative clause or a `by` phrase belongs to the action, up
    to a semicolon or to the operator's own `to` (`agreed to A in order to B, and to C`).
    """
    if found.action >= len(sentence):
        return []
    first = sentence.lower[found.action]
    gerund = first in _gerunds(grammar.verbs)
    if not gerund and first not in grammar.verbs and sentence.lower[found.action - 1] not in ("to", "will"):
        return []
    to = sentence.lower[found.action - 1] == "to"
    nominal = first in grammar.words["determiners"]
    made: list[Found] = []
    at, last_verb, inside, listed = found.action + 1, found.action, False, False
    while at < until:
        word = sentence.lower[at]
        inside = word != ";" and (
            inside or word in grammar.words["scopes"] or (word == "to" and _purpose(grammar, sentence, at, until, to))
        )
        if word == "," and inside and to:
            ahead = sentence.lower[at + 1 : at + 3]
            listed = listed or ahead[:1] == ["to"]  # `to A, to B, and to C` after a noun is one list of purposes
            inside = listed or ahead != ["and", "to"]
        if word in ("and", ",", ";") and not inside and (not nominal or "to" in sentence.lower[at + 1 : at + 3]):
            verb = _verb_after(grammar, sentence, at, until, gerund, to)
            if verb is not None:
                if verb - last_verb > 2 or word != "and":
                    made.append(_another(grammar, sentence, found, verb))
                last_verb = at = verb
        at += 1
    return made


def _purpose(grammar: Grammar, sentence: Sentence, at: int, until: int, to: bool) -> bool:
    """Whether `to` opens an infinitive of its own, and not a noun or a further action (`to A, to B and to C`)."""
    verb = grammar.after_adverbs(sentence, at + 1)
    after = sentence.words[verb] if verb < len(sentence) else ""
    if after.lower() in grammar.words["determiners"] or not after[:1].islower():
        return False
    object_follows = verb + 1 < len(sentence) and sentence.lower[verb + 1] in grammar.words["determiners"]
    if after not in grammar.verbs and not object_follows and grammar.terms["nominal"].search(after):
        return False  # `solutions to global challenges`
    before = sentence.lower[at - 1]
    return not (before == "and" or (before == "," and to and _repeated(sentence, at, until)))


def _verb_after(grammar: Grammar, sentence: Sentence, at: int, until: int, gerund: bool, to: bool) -> int | None:
    """Index of a verb of the same form that follows a conjunction, or None.

    ``to``: the operator ends with `to`, so that a further action may repeat it (`intend to A, to B and to C`).
    """
    at += 1
    if at < until and sentence.lower[at] == "and":
        at += 1
    if at < until and sentence.lower[at] == "to":
        if not to or (sentence.lower[at - 1] == "," and not _repeated(sentence, at, until)):
            return None
        at += 1
    verb = grammar.after_adverbs(sentence, at)
    if verb + 1 >= until:
        return None
    verbs = _gerunds(grammar.verbs) if gerund else grammar.verbs
    after = sentence.lower[verb + 1]
    if after == "and" and verb + 2 < until and sentence.lower[verb + 2] in verbs:
        return verb if sentence.lower[verb] in verbs else None
    word = sentence.lower[verb]
    noun = after in grammar.words["noun_ends"] and not (gerund and after == "for")
    noun = noun or (after == "in" and word in grammar.words["noun_verbs"])
    if after in grammar.words["compounds"]:  # `and exchange programs` names things
        return None
    if word in grammar.words["companions"] and after not in grammar.words["with_words"]:
        return None
    if sentence.lower[at - 1] == "," and not _closed(grammar, sentence, verb, until, verbs):
        return None
    return verb if word in verbs and not noun else None


def _closed(grammar: Grammar, sentence: Sentence, at: int, until: int, verbs: Collection[str]) -> bool:
    """Whether a list of actions goes on to its `and V`; after a bare comma a gerund else tells the manner."""
    for i in range(at + 1, min(until, at + 60) - 1):
        if (
            sentence.lower[i] == "and"
            and sentence.lower[grammar.after_adverbs(sentence, i + 1) % len(sentence)] in verbs
        ):
            return True
    return False


def _repeated(sentence: Sentence, at: int, until: int) -> bool:
    return any(sentence.lower[i] == "and" and sentence.lower[i + 1] == "to" for i in range(at, until - 1))


def _another(grammar: Grammar, sentence: Sentence, found: Found, verb: int) -> Found:
    operator = grammar.operators.get(sentence.lower[verb])
    explores = operator is not None and operator[0].explores
    strength = weakest(found.strength, "explore") if explores else found.strength
    start, end = sentence.starts[verb], sentence.ends[verb]
    rule = f"{found.rule}, coordinated"
    return replace(found, strength=strength, trigger_start=start, trigger_end=end, action=verb, rule=rule)
