"""The words that make up a person's title, before or behind the name, and the agency that they name."""

from __future__ import annotations

from collections.abc import Sequence

from communique.annotations import Entity
from communique.gathering.tokens import Token

_KINDS = frozenset("ACtmsp")
_BRACKET = 8


def title_before(tokens: Sequence[Token], used: int, first: int) -> int | None:
    """Where the title begins that ends before the name at ``first``, or None; words before ``used`` are taken."""
    index = first
    seen = False
    begin = None
    while index > used:
        token = tokens[index - 1]
        if token.kind in "hr" or token.text in "()" or (token.text == "," and begin is None):
            index -= 1
            continue
        if token.kind in _KINDS or (token.kind == "n" and begin is not None and token.text[0].isupper()):
            seen = seen or token.kind == "t"
            index -= 1
            begin = index
            continue
        joins = token.kind in (",", "and") and token.text not in ";:"
        if joins and begin is not None and tokens[begin].text != "with":
            if not _starts_title(tokens, begin, first, seen):
                index -= 1
                continue
            shared = _conjunct(tokens, index - 1, used) if token.kind == "and" else None
            if shared is not None:
                index = begin = shared
                continue
        break
    if not seen or begin is None:
        return None
    while begin < first and (tokens[begin].kind in ("p", ",", "and") or tokens[begin].text in ("The", "We")):
        begin += 1
    return begin


def ranks_before(tokens: Sequence[Token], first: int) -> int | None:
    """Where the military rank begins that stands directly before a name, or None."""
    index = first
    while index and tokens[index - 1].kind in "hr":
        index -= 1
    while index < first and tokens[index].kind != "r":
        index += 1
    return index if index < first else None


def _starts_title(tokens: Sequence[Token], begin: int, first: int, seen: bool) -> bool:
    """Whether a title can begin at ``begin``: its noun comes before any small word."""
    if not seen:
        return False
    for token in tokens[begin:first]:
        if token.kind == "t":
            return True
        if token.kind == "p":
            return False
    return False


def _conjunct(tokens: Sequence[Token], index: int, used: int) -> int | None:
    """Where the first half of a title begins whose noun stands in the second: `the Ice and Snow Adviser`."""
    begin = index
    while begin > used and tokens[begin - 1].kind in "sm":
        begin -= 1
    opens = begin > used and (tokens[begin - 1].kind in "CA" or tokens[begin - 1].text == "the")
    return begin if begin < index and opens else None


def past_letters(tokens: Sequence[Token], last: int) -> int:
    """Where the words behind a name go on after its letters: `X Y, MP, Head`, `X Y KBE, Head`, `X Y (Ms.), Head`."""
    while True:
        kinds = "".join(
            t.kind if t.kind in "ho" else t.text if t.text in ",()" else "-" for t in tokens[last : last + 3]
        )
        letters = next((size for mark, size in ((",o", 2), ("o", 1), ("(h)", 3)) if kinds.startswith(mark)), 0)
        if not letters:
            return last
        last += letters


def title_after(tokens: Sequence[Token], last: int, following: int) -> int | None:
    """Where the title ends that stands behind a name and a comma or in brackets, or None.

    ``following`` is where the next name begins.
    """
    if last >= len(tokens) or tokens[last].text not in (",", "("):
        return None
    close = _closing(tokens, last, following) if tokens[last].text == "(" else None
    high = following if close is None else close
    index = last + 1
    seen = False
    end = None
    while index < high:
        token = tokens[index]
        scope = _closing(tokens, index, high) if token.text == "(" and seen else None
        if scope is not None and not any(t.kind == "t" for t in tokens[index:scope]):
            index = end = scope + 1
            continue
        labels = index + 1 < high and tokens[index + 1].text == ":"
        if not labels and (token.kind in _KINDS or (token.kind == "n" and seen)):
            seen = seen or token.kind == "t"
            index += 1
            end = index if seen else None
            continue
        if token.kind in (",", "and") and token.text not in ";:" and seen and _goes_on(tokens, index, high):
            index += 1
            continue
        break
    if end is None:
        return None
    if following < len(tokens) and index >= following and tokens[end - 1].kind not in (",", "and", "p"):
        return _before_next(tokens, last, end)
    return end


def _closing(tokens: Sequence[Token], index: int, high: int) -> int | None:
    """Where the bracket closes that opens at ``index``, if it is short."""
    for close in range(index + 1, min(high, index + 2 * _BRACKET)):
        if tokens[close].text == ")":
            return close
    return None


def _goes_on(tokens: Sequence[Token], index: int, following: int) -> bool:
    """Whether a comma or `and` inside a title leads to more words of it, not to another name or its title.

    A second title counts where something stands between it and the next name: `Adviser to the King and Director for
    Ice, Ice Council, and X Y`; else it is that one's own.
    """
    index += 1
    if index < following and tokens[index].kind == "and":
        index += 1
    first = index
    if tokens[index - 1].kind == "and" and [t.kind for t in tokens[index : min(index + 2, following)]] == ["n", "s"]:
        index += 1  # `Director for Cold and Frozen Space`
    while index < following and (tokens[index].kind in _KINDS or (tokens[index].kind == "n" and index > first)):
        index += 1
    if index == first or tokens[first].kind == "p":
        return False
    titled = any(t.kind == "t" for t in tokens[first:index])
    if index >= following:
        return not titled or following >= len(tokens)
    if titled and index + 1 == following and tokens[index].text == ",":
        return False
    return tokens[index].kind in ("p", ",", "and", "x")


def _before_next(tokens: Sequence[Token], last: int, end: int) -> int | None:
    """The end of a name's own title where the words next to the following name are that one's title."""
    for index in range(end - 1, last + 1, -1):
        if tokens[index].kind in (",", "and"):
            return index if any(t.kind == "t" for t in tokens[last + 1 : index]) else None
    return None


# The agency and the country of a title --------------------------------------------------------------------------------


def agency_in(title: Sequence[Token]) -> Entity | None:
    """The agency of a title: the one nearest before its noun, else the first after it.

    A unit outranks the body that it belongs to (`the Department's Office`), and the body behind two titles
    outranks a unit that the first of them holds (`Head of the Space Bureau and Ambassador, Ministry of Ice`).
    """
    noun = next((i for i, t in enumerate(title) if t.kind == "t"), len(title))
    before = [t.agency for t in title[:noun] if t.agency is not None]
    if before:
        return before[-1]
    named = [i for i, t in enumerate(title) if t.agency is not None]
    if not named:
        return None
    first = _innermost(title, named[0])
    other = next((i for i in named if any(t.kind == "t" for t in title[first:i])), None)
    if other is not None and not _stands_apart(title, named[0]):
        return title[_innermost(title, other)].agency
    return title[first].agency


def agency_after(tokens: Sequence[Token], last: int, following: int) -> Entity | None:
    """An agency that stands behind a name and a comma, `of` or `from`; `hosted X Y at the Department` tells a place."""
    index = last
    if index < following and tokens[index].text == "at":
        return None
    while index < following and (tokens[index].text in (",", "of", "from", "at", "the", "(")):
        index += 1
    if index == last or index >= following or tokens[index].agency is None:
        return None
    index = _innermost(tokens, index)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return None if after is not None and after.kind in "tms" else tokens[index].agency


def _innermost(tokens: Sequence[Token], index: int) -> int:
    """The last of the agencies that follow each other as `the Department's Office` do."""
    while index + 1 < len(tokens) and tokens[index + 1].agency is not None:
        index += 1
    return index


def country_after(tokens: Sequence[Token], last: int) -> str | None:
    """The country of `Prime Minister X Y of Z` and of `Minister X Y (Z)`."""
    if [t.text for t in tokens[last : last + 3 : 2]] == ["(", ")"]:
        return tokens[last + 1].side
    index = last + 1
    while index < len(tokens) and tokens[index].text == "the":
        index += 1
    of = last < len(tokens) and tokens[last].text == "of"
    return tokens[index].side if of and index < len(tokens) else None


def country_in(title: Sequence[Token]) -> str | None:
    """The country of a title that the person serves."""
    return next((t.side for i, t in enumerate(title) if t.kind == "C" and _owns(title, i)), None)


def _owns(title: Sequence[Token], index: int) -> bool:
    words = [t for t in title[:index] if t.text != "the"]
    while (joined := _joins_countries(words)) is not None:
        words = joined
    before = words[-1] if words else None
    return before is None or before.text not in ("for", "to", "with", "on", "in", "and")


def _joins_countries(words: Sequence[Token]) -> list[Token] | None:
    """The words before a country and the comma or `and` behind it: `for` of `for Norway, Peru, and`; or None."""
    rest = list(words)
    while rest and rest[-1].text in (",", "and"):
        rest.pop()
    return rest[:-1] if len(rest) < len(words) and rest and rest[-1].kind == "C" else None


# The title as written -------------------------------------------------------------------------------------------------


def written(text: str, title: Sequence[Token]) -> str:
    """The title without country and agency at its ends, as written."""
    words = list(title)
    first = next((i for i, t in enumerate(words) if t.kind in "tmsr"), 0)
    words = words[first:]
    for index, token in enumerate(words):
        if token.agency is not None and (_stands_apart(words, index) or _closes(words, index)):
            words = words[:index]
            break
    if [t.text for t in words[-3::2]] == ["(", ")"] and words[-2].kind == "C":
        words = words[:-3]  # `of the Republic of Korea (ROK)`
    outer = (",", "and", "p", "C", "h", *("r" if any(t.kind == "t" for t in words) else ""))
    while words and (words[-1].kind in outer and words[-1].text != ")"):
        words.pop()
    told = text[words[0].start : words[-1].end] if words else ""
    bracket = told.rfind("(")
    return told[:bracket].rstrip() if bracket > told.rfind(")") else told


def _stands_apart(words: Sequence[Token], index: int) -> bool:
    """Whether an agency is joined to a title by a comma or `at`, and is no part of it."""
    before = [t.text for t in words[max(0, index - 3) : index] if t.text != "the" and t.kind != "C"]
    return bool(before) and before[-1] in (",", "at", "in")


def _closes(words: Sequence[Token], index: int) -> bool:
    """Whether an agency ends a title whose noun stands before it: `Head of the Space Bureau`."""
    before = next((t for t in reversed(words[:index]) if t.text != "the" and t.kind != "C"), None)
    if before is None or before.text not in ("of", "for", "from"):
        return False
    return any(t.kind == "t" for t in words[:index]) and not any(t.kind in "tms" for t in words[index + 1 :])
