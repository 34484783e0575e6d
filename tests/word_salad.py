"""Texts of the words that the rules know, in any order: what nobody writes, and no rule may stumble over.

A rule that looks at the word before a verb must not look past the sentence's beginning, and one that looks behind it
not past its end. Prose shows neither: that takes every word of the rules at every place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import tomli

from communique.model import DEFAULT_MODEL, load, model_path

MARKS = [
    *(",", ";", ":", "\u2014", "-", "(", ")", ".", "'s", "\u2019", "\u201c", "\u201d", "\u00a0", "\n", "  ", "\u2022"),
    *("&", "/", "@", "http://", "1.", "(a)", "1", "31", "2031", "J.", "Dr."),
]  # fmt: skip
LITTLE = [
    *("and", "or", "to", "that", "which", "who", "will", "would", "we", "it", "they", "the", "of", "in", "with", "by"),
    *("not", "both", "while", "including", "has", "been", "be", "is", "are", "was", "were", "on", "from", "until"),
    *("Japan", "U.S.", "NASA", "the two sides", "Artemis Accords", "May", "first", "next", "met", "led", "side"),
]  # fmt: skip
LONGEST = 80
"""Code points of the longest text in a rule file that is taken for words."""


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts_in(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts_in(one))


@cache
def _words() -> list[list[str]]:
    """The words of each file of the rules, without what holds an expression, and the verbs in all their forms."""
    files = [tomli.loads(path.read_text(encoding="utf-8")) for path in sorted(model_path(DEFAULT_MODEL).glob("*.toml"))]
    words = [
        sorted({text for text in _texts_in(data) if len(text) <= LONGEST and not set(text) & set("\\\\(?*[")})
        for data in files
    ]
    grammar = load().get_pipe("commitments").grammar
    return [*words, sorted({*grammar.operators, *grammar.verbs}), LITTLE, LITTLE, MARKS]


def _word(chance: random.Random) -> str:
    word = chance.choice(chance.choice(_words()))
    if " " in word and chance.random() < 0.3:
        word = chance.choice(word.split(" "))
    changes = (str.capitalize, str.upper, str.swapcase)
    return chance.choice(changes)(word) if chance.random() < 0.2 else word


def _line(chance: random.Random) -> str:
    many = chance.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 20))
    line = chance.choice((" ", " ", " ", "")).join(_word(chance) for _ in range(many))
    return line.replace(" ,", ",") + chance.choice(("", ".", ";", ":", "\n"))


ENDS = (" ", " ", ", ", "; ", ". ", "\n", "\n- ", " and ", " of ", " the ", "-", "", '" ', " (")
REPEATED = 100_000
"""Code points of a text that is one thing again and again."""


def again(chance: random.Random) -> bytes:
    """A few words with no end of them: what takes the square of a text's length does so here."""
    many = chance.choice((1, 1, 2, 2, 3, 4, 6, 9))
    unit = chance.choice((" ", " ", "")).join(_word(chance) for _ in range(many)) + chance.choice(ENDS)
    return (unit * (REPEATED // len(unit))).encode()


def text(chance: random.Random) -> bytes:
    """A text of one line to forty: sentences, headings, items."""
    joint = chance.choice(("\n\n", "\n\n", "\n- ", "\n", ". "))
    return joint.join(_line(chance) for _ in range(chance.choice((1, 3, 40)))).encode()
