"""Meets every regular expression of the package and its model with texts made to slow it down.

Run as a program in a process of its own, because it listens to `re.compile` from before the first import. It prints
JSON: how many expressions there are, how many texts they met, and those whose time grows faster than the text.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import random
import re
import re._constants as ops
import re._parser as parser
import sys
import time
from collections.abc import Iterator
from typing import Any

SIZE = 300
"""Code points of a text in the first round."""
QUICK = 2e-6
"""Seconds a code point: what takes less needs no second look."""
GROWTH = 8.0
"""A text four times as long may take this many times as long; the square would be sixteen."""

PLAIN = [
    "a", "A", " ", "1", ".", ",", "-", "'", '"', "(", ")", "[", "a ", "A ", "Ab ", "AB ", "a.", "A.", "A. ", "a, ",
    "Ab, ", "1, ", "12 ", "and ", "of ", "the ", "of the ", "to ", "we ", "will ", "May ", "A-", "A/", "Ab of ",
    "\u00e9", "Ab and ", "Ab (", "Dr. ", "U.S. ", "1. ", "- ", "* ", "\n", "\na", "\n- ", "<", "<a ", "&", "#", "```",
    "http://", "@",
]  # fmt: skip


ENDS = ["\u0001", "@", "a"]
"""What a text ends with after its repetitions: the last chance for an expression to fail, and to try all ways again."""


def compiled() -> dict[tuple[str, int], tuple[str, re.Pattern[str]]]:
    """Every expression over text that communique compiles, with its module: its own, its model's, one statement's."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    original = re.compile

    def listening(pattern: Any, flags: Any = 0) -> Any:
        made = original(pattern, flags)
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if caller.startswith("communique") and isinstance(made.pattern, str):
            found[made.pattern, made.flags] = (caller, made)
        return made

    re.compile = listening  # type: ignore[assignment]
    import communique

    for module in pkgutil.walk_packages(communique.__path__, "communique."):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("communique"):
                raise
    communique.extract("The First Dialogue was held in Oslo on 3 May 2030. The two sides will fly NASA's probe.")
    re.compile = original  # type: ignore[assignment]
    return found


def sample(tree: Any, choose: random.Random) -> str:
    """Some text that the parsed expression is likely to match."""
    text = ""
    for op, value in tree:
        if op is ops.LITERAL:
            text += chr(value)
        elif op in (ops.NOT_LITERAL, ops.ANY):
            text += "x"
        elif op is ops.IN:
            text += _one_of(value, choose)
        elif op is ops.BRANCH:
            text += sample(choose.choice(value[1]), choose)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            low, high, body = value
            text += "".join(sample(body, choose) for _ in range(max(low, min(high, choose.randint(1, 2)))))
        elif op is ops.SUBPATTERN:
            text += sample(value[3], choose)
        elif op is ops.ATOMIC_GROUP:
            text += sample(value, choose)
    return text


def _one_of(members: Any, choose: random.Random) -> str:
    categories = {ops.CATEGORY_SPACE: " ", ops.CATEGORY_DIGIT: "7", ops.CATEGORY_WORD: "w"}
    op, value = choose.choice(members)
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.RANGE:
        return chr(choose.randint(value[0], min(value[1], value[0] + 25)))
    return categories.get(value, "x") if op is ops.CATEGORY else "x"


def bodies(tree: Any) -> Iterator[Any]:
    """What stands under each repetition of the parsed expression."""
    for op, value in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            yield value[2]
            yield from bodies(value[2])
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from bodies(branch)
        elif op is ops.SUBPATTERN:
            yield from bodies(value[3])
        elif op is ops.ATOMIC_GROUP:
            yield from bodies(value)


def units(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """A beginning and what is repeated after it."""
    yield from (("", unit) for unit in PLAIN)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    choose = random.Random(pattern.pattern)  # noqa: S311
    for _ in range(2):
        whole = sample(tree, choose)
        for unit in (whole, whole + " ", whole[:-1], whole[: len(whole) // 2 + 1]):
            yield "", unit
    inner = list(bodies(tree))
    for body in choose.sample(inner, min(5, len(inner))):
        yield sample(tree, choose), sample(body, choose)
        yield sample(tree, choose)[:-1], sample(body, choose)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Processor time to search a text from end to end."""
    before = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - before


def text_of(begin: str, unit: str, end: str, size: int) -> str:
    """A text of about this size."""
    return begin + unit * (size // len(unit)) + end


def grows(pattern: re.Pattern[str], begin: str, unit: str, end: str) -> bool:
    """Whether four times the text takes far more than four times the time, in the best of three tries."""
    short, long = (
        min(seconds(pattern, text_of(begin, unit, end, size)) for _ in range(3)) for size in (SIZE * 2, SIZE * 8)
    )
    return long > GROWTH * short


def slowest(pattern: re.Pattern[str]) -> tuple[int, dict[str, object] | None]:
    """How many texts the expression met, and the first that it takes too long for."""
    met = 0
    for begin, unit in dict.fromkeys(units(pattern)):
        for end in (ENDS if begin or len(unit) < 3 else ENDS[:1]) if unit else ():
            met += 1
            took = seconds(pattern, text_of(begin, unit, end, SIZE))
            if took > QUICK * SIZE and grows(pattern, begin, unit, end):
                return met, {"begin": begin[:60], "unit": unit[:60], "end": end, "seconds": took}
    return met, None


def main() -> None:
    """Print what was found."""
    patterns = compiled()
    texts, slow = 0, []
    for module, pattern in patterns.values():
        met, fault = slowest(pattern)
        texts += met
        if fault is not None:
            slow.append({"module": module, "pattern": pattern.pattern[:200], **fault})
    print(json.dumps({"patterns": len(patterns), "texts": texts, "slow": slow}))  # noqa: T201


if __name__ == "__main__":
    main()
