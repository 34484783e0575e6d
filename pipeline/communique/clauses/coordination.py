"""Further actions under one operator: `will build …, promote … and raise …` is three commitments."""

from __future__ import annotations

from dataclasses import replace
from itertools import dropwhile

from communique.clauses.chains import only_explores, past_number, wants, weakest
from communique.clauses.found import Found
from communique.clauses.operators import Grammar
from communique.clauses.scopes import JOINTS, Scope, gerunds, list_closes, to_comes_again
from communique.clauses.words import PIVOT, Sentence

_ASIDE = 8
"""Words within which an aside after `and` ends."""
_HELPED = 8
"""Words within which the verb under `help` stands."""


def pivots(grammar: Grammar) -> frozenset[str]:
    """The words at which a further action can begin, or what belongs to an action."""
    return frozenset((*JOINTS, "as", "to")) | grammar.words["scopes"]


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
    gerund = _is_gerund(grammar, first)
    agreed_on = found.operators[-1].endswith(" on")  # `agreed on A and to B`
    to = agreed_on or "to" in sentence.lower[max(action - 2, 0) : action]
    verbal = gerund or first in grammar.verbs or sentence.lower[action - 1] in grammar.words["will"]
    nominal = not verbal or first in grammar.words["determiners"] or found.withheld != ""
    if nominal and not to:
        return []
    scope = Scope(grammar, sentence, until, gerund, to)
    held_on = gerund and sentence.lower[action - 1] in grammar.words["aspects"] and first not in grammar.words["teams"]
    made: list[Found] = []
    at, last_verb = action + 1, _helped(grammar, sentence, action, until)
    while (pivot := PIVOT.search(sentence.classes, at, until)) is not None:
        at, word = scope.enter(pivot.start())
        if scope.closed():
            opening = scope.opening(at)
            if opening is None:
                break
            at = opening
            continue
        if _joins(sentence, at, word) and not scope.inside and (not nominal or _again(sentence, at)):
            doing = gerund or (nominal and any(w.endswith("ing") for w in sentence.lower[at + 2 : at + 4]))
            verb = _verb_after(grammar, sentence, at, until, doing, to)
            told = gerund and to and sentence.lower[at : at + 2] == ["and", "to"]  # `committed to A-ing, and to B`
            if verb is None and (told or held_on) and not _aims(grammar, sentence, last_verb, at):
                verb = _verb_after(grammar, sentence, at, until, False, to)
            # `agreed on a body to help A and to help B`
            within = agreed_on and _aimed(grammar, sentence, last_verb, at)
            if verb is not None and not within:
                aside = sentence.lower[at : at + 2] == ["and", ","]  # `deter and, where possible, stop debris`
                apart = _apart(grammar, sentence.lower[last_verb + 1 : at if aside else verb])
                alone = _needs_nothing(grammar, sentence, last_verb, verb, word)
                again = word != sentence.lower[at] and sentence.lower[verb] == sentence.lower[last_verb]
                if (
                    apart or alone
                ) and not again:  # else they share an object, or a verb (`building A as well as building B`)
                    made.append(_another(grammar, sentence, found, verb))
                    scope.listing = word == "," and sentence.lower[at + 1 : at + 2] != ["and"]
                last_verb = at = verb
        at += 1
    return made


def _needs_nothing(grammar: Grammar, sentence: Sentence, last: int, verb: int, joint: str) -> bool:
    """Whether the last verb is whole without an object, and this one another action: `cooperate and share data`."""
    alone = grammar.words["intransitive"]
    return sentence.lower[last] in alone and (joint == "," or sentence.lower[verb] not in alone)


def _apart(grammar: Grammar, between: list[str]) -> bool:
    """Whether the words between two verbs give the first an object of its own; in `detect, deter and stop` none has."""
    if between[:1] == [","]:  # a list of verbs over one object
        between = [word for word in between if word not in grammar.verbs and not _is_gerund(grammar, word)]
    if between[:1] and between[0] in grammar.words["prepositions"] and between[1:2] == ["and"]:
        between = between[2:]  # `build on and expand the talks`
    if len(between) > 2 and between[-2:] == [",", "and"] and between[-3] in grammar.words["prepositions"]:
        return False  # `support the growth of, and invest in, the ports`
    own = list(dropwhile(grammar.adverbial, reversed(between)))  # of `keep and fully use the dock` nothing is left
    return any(word not in JOINTS for word in own)


def _joins(sentence: Sentence, at: int, word: str) -> bool:
    """Whether a pivot joins a further action: `but` does so in `not only A but also B`."""
    return word in JOINTS and (word != "but" or sentence.lower[at + 1 : at + 2] == ["also"])


def _helped(grammar: Grammar, sentence: Sentence, action: int, until: int) -> int:
    """Index of the first of several verbs under one that helps (`help Samoa repair, restore and …`), or the action."""
    if sentence.lower[action] in grammar.words["helping"]:
        for at in range(action + 1, min(action + _HELPED, until - 1)):
            if sentence.lower[at] in grammar.verbs and sentence.lower[at + 1] in JOINTS:
                return at
    return action


def _aims(grammar: Grammar, sentence: Sentence, since: int, at: int) -> bool:
    """Whether purposes began before word ``at``: `to continue using data, to help farmers and to …`.

    Without them `to continue building A and to share B` is two actions.
    """
    lower = sentence.lower
    if lower[at] == ";" or lower[at : at + 2] == [",", "to"]:
        return lower[at] == ","
    return _aimed(grammar, sentence, since, at)


def _aimed(grammar: Grammar, sentence: Sentence, since: int, at: int) -> bool:
    """Whether an infinitive stands between two words."""
    lower = sentence.lower
    return any(lower[i] == "to" and lower[i + 1] in grammar.verbs for i in range(since + 1, at))


def _is_gerund(grammar: Grammar, word: str) -> bool:
    operator = grammar.operators.get(word)
    return word in gerunds(grammar.verbs) or (operator is not None and operator[1] == "gerund")


def _again(sentence: Sentence, at: int) -> bool:
    """Whether the operator's `to` comes again after a conjunction: `to the defence of orbits, and to building …`."""
    return "to" in sentence.lower[at + 1 : at + 2] or sentence.lower[at + 1 : at + 3] == ["and", "to"]


def _first_action(grammar: Grammar, sentence: Sentence, found: Found) -> int:
    """Index of the first action: of `will work together to A and B` it is what the common work is for.

    So it is of `will continue our work to A and B`; of `will continue our talks and build C` it is `continue`.
    """
    at = found.action
    held_on = at > 0 and sentence.lower[at - 1] in grammar.words["aspects"]
    held_on = held_on and not _is_gerund(grammar, sentence.lower[at])
    if not held_on and sentence.lower[at] not in grammar.words["teams"]:
        return at
    work, before = ("efforts", at - 1) if held_on else ("common", at)
    joined = grammar.terms[work].match(sentence.text, sentence.after(before), sentence.end)
    action = sentence.at(joined.end()) if joined is not None else sentence.size
    return action if action < sentence.size else before


def _explored(grammar: Grammar, sentence: Sentence, found: Found) -> Found:
    """`will consider an orbit and share …`: the weakest verb is the first action, and the others stand beside it."""
    verb = sentence.at(found.trigger_end) - 1
    if found.outer not in ("", found.strength) and only_explores(grammar, sentence, verb):
        return replace(found, action=verb, beside=True)
    operator = grammar.operators.get(sentence.lower[verb])
    if operator is None or found.outer in ("", found.strength) or operator[0].lemma != found.operators[-1]:
        return found
    return replace(found, action=verb, beside=True)


def _verb_after(grammar: Grammar, sentence: Sentence, at: int, until: int, gerund: bool, to: bool) -> int | None:
    """Index of a verb of the same form that follows a conjunction, or None.

    ``to``: the operator ends with `to`, so that a further action may repeat it (`intend to A, to B and to C`).
    """
    at += 1
    if at < until and sentence.lower[at] == "and":
        at += 1
    also = next((i for i in (at - 1, at) if sentence.lower[i : i + 2] == ["but", "also"]), None)
    at = at if also is None else also + 2  # `not only to A, but also to B`
    at = past_number(sentence, at)
    aside = sentence.lower[at - 1 : at + 1] == ["and", ","]
    if aside:
        at = _after_aside(sentence, at, until)
    if at < until and sentence.lower[at] == "to":
        if not to or (sentence.lower[at - 1] == "," and not aside and not to_comes_again(sentence, at, until)):
            return None
        at += 1
    verb = grammar.after_adverbs(sentence, at)
    verbs = gerunds(grammar.verbs) if gerund else grammar.verbs
    if verb + 1 >= until or sentence.lower[verb] not in verbs:
        return None
    word, after = sentence.lower[verb], sentence.lower[verb + 1]
    if after == "and" and verb + 2 < until and sentence.lower[verb + 2] in verbs:
        return verb
    repeated = sentence.lower[at - 1] == "to"  # no noun or adjective follows the operator's own `to`
    either = word in grammar.words["adjectival"] or word in grammar.words["companions"]
    if _names(grammar, word, after, gerund) and not (repeated and either):
        return None
    if sentence.lower[at - 1] == "," and not aside and not list_closes(grammar, sentence, verb, until, verbs):
        return None
    return verb


def _after_aside(sentence: Sentence, comma: int, until: int) -> int:
    """Index after an aside between commas: `and, where possible, train`."""
    ends = (i + 1 for i in range(comma + 1, min(comma + _ASIDE, until)) if sentence.lower[i] == ",")
    return next(ends, comma)


def _names(grammar: Grammar, word: str, after: str, gerund: bool) -> bool:
    """Whether what looks like a verb only names something or stands beside a noun, as the word after it tells."""
    words = grammar.words
    noun = after in words["noun_ends"] and not (after == "for" and (gerund or word in words["verbal"]))
    noun = noun or (after in ("in", "to") and word in words["noun_verbs"] and word not in words["companions"])
    compound = after in words["compounds"]  # `and exchange programs`
    adjective = word in words["adjectival"] and after not in words["determiners"]  # `strong, rules-based, and open …`
    if word in words["companions"]:
        return noun or not (after in words["with_words"] or grammar.adverbial(after))
    return noun or compound or adjective


def _another(grammar: Grammar, sentence: Sentence, found: Found, verb: int) -> Found:
    operator = grammar.operators.get(sentence.lower[verb])
    weakened = found.outer not in ("", found.strength)
    again = sentence.lower[verb - 1] == "to" and not found.operators[-1].endswith(" to")
    beside = weakened and (found.beside or again)  # `agreed to consider A and to share B`
    strength = found.withheld or (found.outer if beside else found.strength)
    if only_explores(grammar, sentence, verb) or (operator is not None and operator[0].explores(sentence, verb)):
        strength = weakest(strength, "explore")
    start, end = sentence.starts[_own_to(grammar, sentence, verb)], sentence.after(verb)
    if operator is not None and wants(operator[0]) and verb + 1 < sentence.size and sentence.lower[verb + 1] == "to":
        strength, end = weakest(strength, "intent"), sentence.after(verb + 1)
    elif (explored := _still_explored(grammar, sentence, verb)) is not None:
        strength, end = weakest(strength, "explore"), sentence.after(explored)
    operators = found.operators[:-1] if beside else found.operators
    rule = f"{found.rule}, coordinated"
    return Found(
        strength, start, end, operators, found.subject, rule, verb, found.form, found.actors, due=found.due
    )  # fmt: skip


def _own_to(grammar: Grammar, sentence: Sentence, verb: int) -> int:
    """Index of the `to` that an action repeats (`committed to A and to fully B`), or that of its verb."""
    first = verb
    while first > 0 and grammar.adverbial(sentence.lower[first - 1]):
        first -= 1
    return first - 1 if first > 0 and sentence.lower[first - 1] == "to" else verb


def _still_explored(grammar: Grammar, sentence: Sentence, verb: int) -> int | None:
    """Index of what only looks into a thing under a verb that keeps it going: `and to continue exploring ways to`."""
    gerund = grammar.after_adverbs(sentence, verb + 1)
    operator = grammar.operators.get(sentence.lower[gerund]) if gerund < sentence.size else None
    kept = operator is not None and operator[1] == "gerund" and grammar.aspect(sentence.lower[verb]) is not None
    return gerund if operator is not None and kept and operator[0].explores(sentence, gerund) else None
