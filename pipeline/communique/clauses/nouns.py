"""Commitments in a noun phrase: `and our joint commitment to enhance …`, `our shared aim is to …`."""

from __future__ import annotations

from communique.clauses.chains import Chain, is_value
from communique.clauses.found import Found
from communique.clauses.reading import Reading
from communique.clauses.words import NOUN

_NEAR = 8
"""Words before a noun within which whose it is stands: `our firm and enduring joint commitment`."""
_IS = 4
"""Words before a noun within which its verb stands: `it is the shared goal of both`."""


def read_nouns(reading: Reading) -> None:
    """Add what nouns promise to what verbs have made."""
    noun = NOUN.search(reading.sentence.classes)
    while noun is not None:
        if _promises(reading, noun.start()):
            _commitments(reading)
            _aims(reading)
            return
        noun = NOUN.search(reading.sentence.classes, noun.end())


def _promises(reading: Reading, noun: int) -> bool:
    """Whether the words around a noun let it promise, which a look at some of them tells before all are matched."""
    lower, words, after = reading.sentence.lower, reading.grammar.words, reading.next(noun)
    if after != "to":
        of_both = after in words["belonging"] and not words["promising"].isdisjoint(lower[max(noun - _IS, 0) : noun])
        return after in words["promising"] or of_both
    for at in range(noun - 1, max(noun - _NEAR, 0), -1):
        if lower[at] in words["whose"]:
            return lower[at - 1] in words["before_whose"]
    return False


def _aims(reading: Reading) -> None:
    """`our shared aim is to fly`, `it is our intention to sign`, `it is the goal of both sides to meet`."""
    sentence = reading.sentence
    for match in reading.grammar.terms["own_aim"].finditer(sentence.text, sentence.start, sentence.end):
        start, end = match.start("phrase"), match.end("phrase")
        taken = any(f.trigger_start < end and start < f.trigger_end for f in reading.found)
        action = reading.grammar.after_adverbs(sentence, sentence.at(end))
        if not taken and action < sentence.size and sentence.lower[action] in reading.grammar.verbs:
            operators = [" ".join(match["phrase"].lower().split())]
            reading.found.append(Found("intent", start, end, operators, None, "own aim", action, "base"))


def _avowed(reading: Reading, at: int) -> bool:
    """Whether those who spoke before offset ``at`` spoke of themselves: `voiced their thanks and their resolve to`."""
    said = next((f for f in reversed(reading.found) if f.trigger_start < at), None)
    if said is None or said.operators[0].split()[0] not in reading.grammar.words["avowals"]:
        return False
    return said.subject is not None and reading.plural(said.subject)


def _commitments(reading: Reading) -> None:
    """`and our joint commitment to enhance …`, where no verb has taken it."""
    sentence, terms = reading.sentence, reading.grammar.terms
    own = terms["own_commitment"].finditer(sentence.text, sentence.start, sentence.end)
    held = terms["held_commitment"].finditer(sentence.text, sentence.start, sentence.end)
    for match in [*own, *(match for match in held if _avowed(reading, match.start()))]:
        start, end = match.start("phrase"), match.start("phrase") + len(match["phrase"].rstrip())
        if any(f.trigger_start <= end and start < f.trigger_end for f in reading.found):
            continue
        action = sentence.at(end)
        subject = reading.subjects.main(sentence, sentence.at(start))
        noun = match["noun"].lower()
        strength = "pledge" if noun in reading.grammar.words["resolves"] else "intent"
        ours = match["phrase"].split()[0].lower() in reading.grammar.words["ours"]  # `this shows our resolve to`
        value = action >= sentence.size or is_value(reading.grammar, sentence, Chain(strength, [noun], end, action))
        if value or not (subject or ours):
            continue
        form = reading.found[-1].form if reading.found else "base"
        found = Found(strength, start, end, [f"{noun} to"], subject, "own commitment", action, form)
        if subject is None:
            found.actors = reading.subjects.parties
        reading.found.append(found)
