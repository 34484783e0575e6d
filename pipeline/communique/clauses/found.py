"""What a clause makes: a commitment or a position in the making, and how an operator builds it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.clauses.candidates import Subject
from communique.clauses.chains import Chain, follow, frame_of, is_value, listed
from communique.clauses.inflection import Form
from communique.clauses.operators import Frame, Grammar, Operator
from communique.clauses.words import Sentence


@dataclass(slots=True)
class Found:
    """A commitment or position in the making. Offsets count code points in the text.

    ``withheld`` is the class that a view of a value would have as a promise (`commitment to peace, and to building …`),
    ``outer`` that of an action which stands beside the last operator (`agreed to consider …, and to share …`).
    ``beside``: all actions that follow stand beside it. ``due`` is the date that a list's lead gives to its items.
    """

    strength: str
    trigger_start: int
    trigger_end: int
    operators: list[str]
    subject: Subject | None
    rule: str
    action: int
    form: Form = "past"
    actors: tuple[str, ...] | None = None
    hosted: bool = False
    withheld: str = ""
    outer: str = ""
    beside: bool = False
    due: str | None = None

    @property
    def promises(self) -> bool:
        """Whether it is a commitment."""
        return self.strength not in ("position", "report")


def build(
    grammar: Grammar, sentence: Sentence, operator: Operator, chosen: tuple[Frame, re.Match[str]], first: int, at: int,
    subject: Subject | None, form: Form, rule: str,
) -> Found:  # fmt: skip
    """What an operator makes with the frame that fits, its chain followed to the action.

    ``chosen`` is that frame and what it matches, ``first`` the index of the trigger's first word, ``at`` that of the
    operator.
    """
    frame, match = chosen
    start, verb_end = sentence.starts[first], sentence.after(at)
    rule = f"{operator.lemma}: {rule}"
    if frame.strength in ("position", "report"):
        if not frame.whole:
            last = _glad_to(grammar, sentence, at, match.group())
            return Found(frame.strength, start, sentence.after(last), [operator.lemma], subject, rule, last + 1, form)
        end = verb_end + len(match.group().rstrip())
        return Found(frame.strength, start, end, [operator.lemma], subject, rule, sentence.at(end), form)
    if frame.within:
        return Found(frame.strength, start, verb_end, [operator.lemma], subject, f"{rule}, within", sentence.size, form)
    words = match.group()
    end = verb_end + len(words.rstrip())
    words = words.strip()
    name = f"{operator.lemma} {words}" if len(words) < 40 else operator.lemma
    chain = Chain(frame.strength, [name.strip()], end, sentence.at(end))
    if words.endswith(":"):
        listed(sentence, chain)
    if frame.chain:
        follow(grammar, sentence, chain)
    if frame.value and is_value(grammar, sentence, chain):
        at = chain.action
        return Found("position", start, verb_end, [operator.lemma], subject, rule, at, form, withheld=chain.strength)
    return Found(
        chain.strength, start, chain.end, chain.operators, subject, rule, chain.action, form, hosted=frame.hosted,
        outer=chain.outer,
    )  # fmt: skip


def _glad_to(grammar: Grammar, sentence: Sentence, at: int, follows: str) -> int:
    """Index of the last operator word of a view: of `are proud to welcome` it is `welcome`, else the word at ``at``."""
    if follows.strip() != "to" or at + 2 >= sentence.size:
        return at
    operator = grammar.operators.get(sentence.lower[at + 2])
    view = frame_of(operator[0], "finite", "present", sentence, at + 2) if operator is not None else None
    return at + 2 if view is not None and view[0].strength == "position" else at
