"""What is settled and has yet to be done: `the model is to be delivered`, `ESA to provide the data`."""

from __future__ import annotations

from communique.clauses.candidates import Subject
from communique.clauses.chains import Chain, follow
from communique.clauses.found import Found
from communique.clauses.futures import read_be
from communique.clauses.reading import Reading


def read_is_to(reading: Reading, at: int) -> Found | None:
    """`the model is to be delivered`, `India, which is to host`: what is settled has yet to be done."""
    sentence, words = reading.sentence, reading.grammar.words
    if reading.next(at) != "to":
        return None
    action = reading.grammar.after_adverbs(sentence, at + 2)
    previous = reading.before(at)[1]
    if action >= sentence.size or previous in words["negations"]:
        return None
    if sentence.lower[action] == "be":
        return None if previous in words["relatives"] else read_be(reading, at, action, None)
    subject = reading.subject(at, previous, "past")
    if subject is None or reading.unreal(subject, at) or _told_of(reading, subject.first):
        return None
    if subject.role == "meeting":
        return _takes_place(reading, at, action, subject)
    if subject.role not in ("parties", "entity", "body"):
        return None
    verb = sentence.lower[action]
    if verb not in reading.grammar.verbs and verb not in reading.grammar.operators:
        return None
    if subject.role == "body" and reading.head(subject) in words["papers"] | words["undertakings"]:
        return None  # `the program is to help farmers` tells its purpose
    strength = "intent" if _aim_of(reading, subject.first) else "pledge"
    start, end = sentence.starts[at], sentence.after(at + 1)
    chain = follow(reading.grammar, sentence, Chain(strength, ["be to"], end))
    return Found(chain.strength, start, chain.end, chain.operators, subject, "is to", chain.action, "base")


def _takes_place(reading: Reading, at: int, action: int, subject: Subject) -> Found | None:
    """`the next session is to take place in May`: nobody is named who is to hold it."""
    sentence = reading.sentence
    if reading.grammar.terms["happens"].match(sentence.text, sentence.starts[action]) is None:
        return None
    found = Found("pledge", sentence.starts[at], sentence.after(at + 1), ["be to"], subject, "is to take place", action)
    found.actors = ()
    return found


def _told_of(reading: Reading, first: int) -> bool:
    """Whether the subject from word ``first`` on stands in what tells of a thing: `the port that Japan is to build`.

    Or in a second clause of it: `the accord, under which Japan is to build A and Norway is to build B`.
    """
    lower, words = reading.sentence.lower, reading.grammar.words
    while first > 0 and lower[first - 1] in words["articles"]:
        first -= 1
    opened = first - 1
    if first > 0 and lower[opened] == "and":
        opened = next((i for i in range(opened, 0, -1) if lower[i] == "which" or lower[i] == ";"), 0)
        return lower[opened] == "which" and lower[opened - 1] in words["prepositions"]
    if first < 2 or lower[opened] not in words["relatives"]:
        return False
    return lower[opened] == "which" or lower[opened - 1] not in (*words["told"], *reading.grammar.operators)


def _aim_of(reading: Reading, first: int) -> bool:
    """Whether it is the aim of the subject that begins at word ``first``: `the objective of this task force is to`."""
    words, lower = reading.grammar.words, reading.sentence.lower
    while first > 2 and lower[first - 1] in words["determiners"]:
        first -= 1
    return first > 1 and lower[first - 1] == "of" and lower[first - 2] in words["promises"]


def read_action_item(reading: Reading) -> list[Found]:
    """`ESA to provide the data by March;` in a list of what is to be done."""
    sentence, grammar = reading.sentence, reading.grammar
    at = sentence.lower.index("to") if "to" in sentence.lower else sentence.size
    action = grammar.after_adverbs(sentence, at + 1)
    if action >= sentence.size or sentence.lower[action] not in grammar.verbs:
        return []
    subject = reading.subjects.before(sentence, at)
    if subject is None or subject.role not in ("parties", "entity") or subject.first > 0:
        return []
    chain = follow(grammar, sentence, Chain("pledge", ["to"], sentence.after(at)))
    start = sentence.starts[at]
    return [Found(chain.strength, start, chain.end, chain.operators, subject, "action item", chain.action, "base")]
