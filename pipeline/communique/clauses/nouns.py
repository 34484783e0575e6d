"""Commitments in a noun phrase: `and our joint commitment to enhance …`, `our shared aim is to …`."""

from __future__ import annotations

from communique.clauses.found import Found
from communique.clauses.reading import Reading
from communique.clauses.words import NOUN


def read_nouns(reading: Reading) -> None:
    """Add what nouns promise to what verbs have made."""
    promising = reading.grammar.words["promising"]
    if any(reading.next(noun.start()) in promising for noun in NOUN.finditer(reading.sentence.classes)):
        _commitments(reading)
        _aims(reading)


def _aims(reading: Reading) -> None:
    """`our shared aim is to fly`, `it is our intention to sign`."""
    sentence = reading.sentence
    for match in reading.grammar.terms["own_aim"].finditer(sentence.text, sentence.start, sentence.end):
        start, end = match.start("phrase"), match.end("phrase")
        taken = any(f.trigger_start < end and start < f.trigger_end for f in reading.found)
        action = reading.grammar.after_adverbs(sentence, sentence.at(end))
        if not taken and action < sentence.size and sentence.lower[action] in reading.grammar.verbs:
            operators = [" ".join(match["phrase"].lower().split())]
            reading.found.append(Found("intent", start, end, operators, None, "own aim", action, "base"))


def _commitments(reading: Reading) -> None:
    """`and our joint commitment to enhance …`, where no verb has taken it."""
    sentence = reading.sentence
    for match in reading.grammar.terms["own_commitment"].finditer(sentence.text, sentence.start, sentence.end):
        start, end = match.start("phrase"), match.start("phrase") + len(match["phrase"].rstrip())
        if any(f.trigger_start <= end and start < f.trigger_end for f in reading.found):
            continue
        action = sentence.at(end)
        subject = reading.subjects.main(sentence, sentence.at(start))
        if subject is None or action >= sentence.size or sentence.lower[action] not in reading.grammar.verbs:
            continue
        noun = match["noun"].lower()
        strength = "pledge" if noun in reading.grammar.words["resolves"] else "intent"
        reading.found.append(Found(strength, start, end, [f"{noun} to"], subject, "own commitment", action, "base"))
