"""Further actions under one operator: `will build …, promote … and raise …` is three commitments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

from communique.clauses.chains import wants, weakest
from communique.clauses.found import Found
from communique.clauses.inflection import forms
from communique.clauses.operators import Grammar
from communique.clauses.words import PIVOT, Sentence

_JOINTS = ("and", ",", ";")


def pivots(grammar: Grammar) -> frozenset[str]:
    """The words at which a further action can begin, or what belongs to an action."""
    return frozenset((*_JOINTS, "as", "to")) | grammar.words["scopes"]


@cache
def _gerunds(verbs: frozenset[str]) -> dict[str, str]:
    return {form: verb for verb in sorted(verbs) for form, kind in forms(verb).items() if kind == "gerund"}


def conjuncts(grammar: Grammar, sentence: Sentence, found: Found, until: int) -> list[Found]:
    """The actions after the first that share its operator, each with a verb of its own.

    ``until`` is the word index at which the clause ends. Two verbs over one object (`preserve and strengthen`) are one
    action; what stands inside an infinitive of purpose, a relative clause or a `by` phrase belongs to the action, up
    to a semicolon or to the operator's own `to` (`agreed to A in order to B, and to C`).
    """
    if found.action >= sentence.size:
        return []
    found = _explored(grammar, sentence, found)
    action = found.action if found.beside else _first_action(grammar, sentence, found)
    first = sentence.lower[action]
    gerund = first in _gerunds(grammar.verbs)
    to = "to" in sentence.lower[max(action - 2, 0) : action]
    verbal = gerund or first in grammar.verbs or sentence.lower[action - 1] in grammar.words["will"]
    nominal = not verbal or first in grammar.words["determiners"] or found.withheld != ""
    if nominal and not to:
        return []
    made: list[Found] = []
    at, last_verb, inside, listed = action + 1, action, False, False
    while (pivot := PIVOT.search(sentence.classes, at, until)) is not None:
        at = pivot.start()
        word = sentence.lower[at]
        if word == "as" and to and sentence.lower[at + 1 : at + 4] == ["well", "as", "to"]:
            at, word, inside = at + 2, "and", False
        inside = word != ";" and (inside or _opens(grammar, sentence, at, until, to))
        if word == "and" and gerund and to and sentence.lower[at + 1 : at + 2] == ["to"]:
            inside = False  # `committed to A-ing by sharing data and to B-ing`
        if word == "," and inside and to:
            ahead = sentence.lower[at + 1 : at + 3]
            listed = listed or ahead[:1] == ["to"]  # `to A, to B, and to C` after a noun is one list of purposes
            inside = listed or ahead != ["and", "to"]
        if word in _JOINTS and not inside and (not nominal or _again(sentence, at)):
            doing = gerund or (nominal and any(w.endswith("ing") for w in sentence.lower[at + 2 : at + 4]))
            verb = _verb_after(grammar, sentence, at, until, doing, to)
            if verb is not None:
                apart = any(w not in _JOINTS for w in sentence.lower[last_verb + 1 : verb])
                alone = word == "," and sentence.lower[last_verb] in grammar.words["intransitive"]
                if apart or alone:  # else they share an object
                    made.append(_another(grammar, sentence, found, verb))
                last_verb = at = verb
        at += 1
    return made


def _again(sentence: Sentence, at: int) -> bool:
    """Whether the operator's `to` comes again after a conjunction: `to the defence of orbits, and to building …`."""
    return "to" in sentence.lower[at + 1 : at + 2] or sentence.lower[at + 1 : at + 3] == ["and", "to"]


def _first_action(grammar: Grammar, sentence: Sentence, found: Found) -> int:
    """Index of the first action: of `will work together to A and B` it is what the common work is for."""
    if sentence.lower[found.action] not in grammar.words["teams"]:
        return found.action
    together = grammar.terms["common"].match(sentence.text, sentence.after(found.action), sentence.end)
    action = sentence.at(together.end()) if together is not None else sentence.size
    return action if action < sentence.size else found.action


def _explored(grammar: Grammar, sentence: Sentence, found: Found) -> Found:
    """`will consider an orbit and share …`: the weakest verb is the first action, and the others stand beside it."""
    verb = sentence.at(found.trigger_end) - 1
    operator = grammar.operators.get(sentence.lower[verb])
    if operator is None or found.outer in ("", found.strength) or operator[0].lemma != found.operators[-1]:
        return found
    return replace(found, action=verb, beside=True)


def _opens(grammar: Grammar, sentence: Sentence, at: int, until: int, to: bool) -> bool:
    """Whether a word opens what belongs to the action: `by sharing data`, but not `by the end of 2026`."""
    word = sentence.lower[at]
    if word == "to":
        return _purpose(grammar, sentence, at, until, to)
    if word not in grammar.words["scopes"]:
        return False
    return grammar.terms["by_date"].match(sentence.text, sentence.starts[at] - 1, sentence.end) is None


def _purpose(grammar: Grammar, sentence: Sentence, at: int, until: int, to: bool) -> bool:
    """Whether `to` opens an infinitive of its own, and not a noun or a further action (`to A, to B and to C`)."""
    verb = grammar.after_adverbs(sentence, at + 1)
    after = sentence.word(verb) if verb < sentence.size else ""
    if after.lower() in grammar.words["determiners"] or not after[:1].islower():
        return False
    object_follows = verb + 1 < sentence.size and sentence.lower[verb + 1] in grammar.words["determiners"]
    if after not in grammar.verbs and not object_follows:
        governed = sentence.lower[at - 1] in grammar.words["to_nouns"]
        if governed or grammar.terms["nominal"].search(after):
            return False  # `solutions to global challenges`, `the transition to climate neutrality`
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
    verbs = _gerunds(grammar.verbs) if gerund else grammar.verbs
    if verb + 1 >= until or sentence.lower[verb] not in verbs:
        return None
    word, after = sentence.lower[verb], sentence.lower[verb + 1]
    if after == "and" and verb + 2 < until and sentence.lower[verb + 2] in verbs:
        return verb
    if _names(grammar, word, after, gerund):
        return None
    if sentence.lower[at - 1] == "," and not _closed(grammar, sentence, verb, until, verbs):
        return None
    return verb


def _names(grammar: Grammar, word: str, after: str, gerund: bool) -> bool:
    """Whether what looks like a verb only names something or stands beside a noun, as the word after it tells."""
    words = grammar.words
    noun = after in words["noun_ends"] and not (gerund and after == "for")
    noun = noun or (after == "in" and word in words["noun_verbs"])
    compound = after in words["compounds"]  # `and exchange programs`
    adjective = word in words["adjectival"] and after not in words["determiners"]  # `strong, rules-based, and open …`
    return noun or compound or adjective or (word in words["companions"] and after not in words["with_words"])


def _closed(grammar: Grammar, sentence: Sentence, at: int, until: int, verbs: Collection[str]) -> bool:
    """Whether a list of actions goes on to its `and V`; after a bare comma a gerund else tells the manner."""
    for i in range(at + 1, min(until + 1, sentence.size, at + 60) - 1):  # the last may be an operator of its own
        if sentence.lower[i] == "and":
            last = sentence.lower[grammar.after_adverbs(sentence, i + 1) % sentence.size]
            if last in verbs or (verbs is grammar.verbs and last in grammar.operators):
                return True
    return False


def _repeated(sentence: Sentence, at: int, until: int) -> bool:
    return any(sentence.lower[i] == "and" and sentence.lower[i + 1] == "to" for i in range(at, until - 1))


def _another(grammar: Grammar, sentence: Sentence, found: Found, verb: int) -> Found:
    operator = grammar.operators.get(sentence.lower[verb])
    weakened = found.outer not in ("", found.strength)
    again = sentence.lower[verb - 1] == "to" and not found.operators[-1].endswith(" to")
    beside = weakened and (found.beside or again)  # `agreed to consider A and to share B`
    strength = found.withheld or (found.outer if beside else found.strength)
    if operator is not None and operator[0].explores(sentence, verb):
        strength = weakest(strength, "explore")
    start, end = sentence.starts[verb], sentence.after(verb)
    if operator is not None and wants(operator[0]) and verb + 1 < sentence.size and sentence.lower[verb + 1] == "to":
        strength, end = weakest(strength, "intent"), sentence.after(verb + 1)
    operators = found.operators[:-1] if beside else found.operators
    rule = f"{found.rule}, coordinated"
    return Found(
        strength, start, end, operators, found.subject, rule, verb, found.form, found.actors, due=found.due
    )  # fmt: skip
