"""Commitments in a noun phrase: `and our joint commitment to enhance …`."""

from __future__ import annotations

from communique.clauses.found import Found
from communique.clauses.reading import Reading


def read_nouns(reading: Reading) -> None:
    """`and our joint commitment to enhance …`, where no verb has taken it."""
    for match in reading.grammar.terms["own_commitment"].finditer(
        reading.sentence.text, reading.sentence.start, reading.sentence.end
    ):
        if any(f.trigger_start <= match.end() and match.start() < f.trigger_end for f in reading.found):
            continue
        action = reading.sentence.at(match.end())
        before = reading.sentence.at(match.start())
        subject = reading.subjects.main(reading.sentence, before)
        joint = match.group().lower().startswith("our") or " joint " in match.group() or " shared " in match.group()
        if subject is None or not joint or reading.sentence.lower[action] not in reading.grammar.verbs:
            continue
        noun = match["noun"].lower()
        strength = "pledge" if noun in reading.grammar.words["resolves"] else "intent"
        end = match.start() + len(match.group().rstrip())
        reading.found.append(
            Found(strength, match.start(), end, [f"{noun} to"], subject, "own commitment", action, "base")
        )
