"""The statement's view: the text as the components see it, and the way back to the text as it was given.

A view is made in four steps. The first three change characters one for one, so that offsets stay what they are: odd
spaces, quotes and dashes become plain ones; Markdown and HTML marks and characters without width become NUL, which
stands for nothing; each line break either stays or, where a line was only wrapped, becomes a space. The last step
drops every NUL and every space too many, and keeps where the rest came from.

What a line break becomes depends on the lines before it and the one after it, never on what comes later: a paragraph
added at the end of a text leaves the view before it as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class View:
    """A text in one layout: one line per paragraph, heading or list item, single spaces, plain quotes and hyphens.

    It is made of pieces of the text as given: piece ``i`` begins at ``starts[i]`` in the view and stands ``shifts[i]``
    characters further on in the text as given. All offsets count Unicode code points.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def start(self, offset: int) -> int:
        """Offset in the text as given of the character at ``offset``."""
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]

    def end(self, offset: int) -> int:
        """Offset in the text as given after the character before ``offset``."""
        return offset + self.shifts[bisect_right(self.starts, offset - 1) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as given of the stretch from ``start`` to ``end``."""
        starts, shifts = self.starts, self.shifts
        return start + shifts[bisect_right(starts, start) - 1], end + shifts[bisect_right(starts, end - 1) - 1]


def view(text: str) -> View:
    """The view of a statement's text. Takes any string, lone surrogates too; raises nothing. Time is linear."""
    plain = _without_marks(_plain(text))
    if "\n" in plain:
        plain = _unwrapped(plain, text)
    return _compact(plain.replace(_WRAPPED, " "))


# 1. Characters ------------------------------------------------------------------------------------------------------

_NOTHING = "\0"
_WRAPPED = "\3"
"""Stands for a line break within marks, which is one that only wraps a line."""
_FOLDS = {
    " ": "\t\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\r\f\v\x1c\x1d\x1e\u0085\u2028\u2029",
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\uff07",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02",
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d",
    "\u2014": "\u2015",
    _NOTHING: "\1\2\3\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb",
}
_FOLD = {odd: plain for plain, odds in _FOLDS.items() for odd in odds}

_ODD = re.compile(r"[^\n -~]")


def _plain(text: str) -> str:
    """The text with odd spaces, line breaks, quotes and dashes made plain, character for character."""
    if "\r" in text:
        text = text.replace("\r\n", " \n")
    # One pass of str.replace for each kind that is there beats str.translate, which looks up every character.
    for odd in set(_ODD.findall(text)) & _FOLD.keys():
        text = text.replace(odd, _FOLD[odd])
    return text


# 2. Marks -----------------------------------------------------------------------------------------------------------

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~\n]|\Z)")
_LINK = re.compile(
    r"""\[((?:[^\[\]\\\n]|\\.|\n(?!\s*\n)){1,400})(\]\([^()\s]{0,2000}(?:[ ]"[^"\n]{0,200}")?\)|\]\{[^{}\n]{0,200}\})"""
)
_TAG = re.compile(r"<(!--[^>\n]{0,200}--|/?([A-Za-z][A-Za-z0-9]{0,15})(?: [^<>\n]{0,200}(?:\n[^<>\n]{1,200})?)?/?)>")
_BREAKING_TAG = re.compile(r"br|p|div|li|tr|h[1-6]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}\d{0,2});")
_RULE_OR_QUOTED = re.compile(r"\n {0,3}(?:>[> ]*|([-*_=])(?: ?\1){2,}(?=[ \0]*(?:\n|\Z)))")
_BOLD_ACROSS = re.compile(r"(\*\*(?=[^\s*])[^*\n]{1,200})\n(?=[^*\n]{0,200}[^\s*]\*\*)")
_STARS = re.compile(r"\*\**")
_UNDERSCORES = re.compile(r"__*")
_LITERAL = {"*": "\1", "_": "\2"}


def _without_marks(text: str) -> str:
    """The text with the marks of Markdown and HTML made NUL, so that they hide no words.

    Each pass is one expression that begins with the character it is about, which the regex engine finds fastest.
    """
    if "](" in text or "]{" in text:
        text = _LINK.sub(_link_words, text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda m: _NOTHING + _LITERAL.get(m[1], m[1]), text)
    if "<" in text:
        text = _TAG.sub(_tag, text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if ">" in text or "---" in text or "***" in text or "___" in text or "===" in text or "* *" in text:
        text = _RULE_OR_QUOTED.sub(lambda m: "\n" + _NOTHING * (len(m[0]) - 1), "\n" + text)[1:]
    if "*" in text:
        if "**" in text:
            # A heading in bold type that is wrapped says by its marks where it ends.
            text = _BOLD_ACROSS.sub(rf"\1{_WRAPPED}", text)
        text = _STARS.sub(_emphasis, text)
    if "_" in text:
        text = _UNDERSCORES.sub(_emphasis, text)
    return text.replace("\1", "*").replace("\2", "_")


def _link_words(match: re.Match[str]) -> str:
    start, end = match.span(1)
    return _NOTHING * (start - match.start()) + match[1].replace("\n", _WRAPPED) + _NOTHING * (match.end() - end)


def _tag(match: re.Match[str]) -> str:
    breaks = match[2] and _BREAKING_TAG.fullmatch(match[2])
    return ("\n" if breaks else _NOTHING) + _NOTHING * (match.end() - match.start() - 1)


def _entity(match: re.Match[str]) -> str:
    character = unescape(match[0])
    if len(character) != 1:
        return match[0]
    return _FOLD.get(character, character) + _NOTHING * (match.end() - match.start() - 1)


def _emphasis(match: re.Match[str]) -> str:
    """NULs for marks at the edge of a word; what stands alone, as a bullet does, or within a word stays."""
    text, start, end = match.string, match.start(), match.end()
    left, right = text[start - 1 : start].strip(" \n\0"), text[end : end + 1].strip(" \n\0")
    if match[0] == "*":
        stays = (left.isalnum() and right.isalnum()) or not (left or right)
    elif match[0][0] == "*":
        stays = False
    else:
        stays = len(match[0]) > 2 or bool(left) == bool(right) or (left or right) in "/.@"
    return match[0] if stays else _NOTHING * (end - start)


# 3. Lines -----------------------------------------------------------------------------------------------------------

GLYPHS = "\u2022\u25e6\u25cb\u25aa\u25a0\u25cf\u2023\u2219\u00b7\u25ab\u25a1\u2043\u27a2\uf0b7\uf0a7"
"""Characters that stand before a list item and nowhere else at the beginning of a line."""

_BLANKS = " \0"
_ITEM = re.compile(
    rf"""(?P<glyph>[{GLYPHS}])|(?P<dash>[-*+](?=[ \0]|$)|o(?=\ [A-Z]))|(?P<hash>\#{{1,6}}(?=[ \0]))
    |(?P<number>(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)]|\(\d{{1,3}}\))(?=[ \0]|$))
    |(?P<letter>(?:\(?[A-Za-z]\)|\(?[ivxl]{{1,6}}[.)]|[A-HIVX]{{1,4}}\.)(?=[ \0]|$))""",
    re.VERBOSE,
)
_STOPS = (".", "!", "?", ":", ";", '."', '?"', '!"', ".'", ".)", ";)", "]")
_LONGEST_WRAP = 140
_SHORTEST_WRAP = 40
_SLACK = 3
"""Columns by which a wrapped line may be short: programs that wrap count marks that a reader does not see."""
_LONGEST_UNBROKEN = 80
_ADDRESS = re.compile(r"[^ ]{30,}")
_UNBREAKABLE = re.compile("[\u00a0\u2007\u202f]")
_TIED = re.compile("(?<![^\n])[ \t]*((?:[^\\s\u00a0\u2007\u202f]+[\u00a0\u2007\u202f])+[^\\s\u00a0\u2007\u202f]*)")
"""The words with which a line begins and between which it could not have been broken."""


def _unwrapped(text: str, given: str) -> str:
    """The text with a space, or NUL after a hyphen, for each line break that only wraps a line.

    ``given`` is the text as it was, which tells the blanks at which no line is broken.
    """
    lines = text.split("\n")
    pieces = [lines[0]]
    wrapping = _Wrapping(lines, _bound(lines, given))
    for index in range(1, len(lines)):
        joint, line = wrapping.joint(index), lines[index]
        if joint == _NOTHING:
            left, right = pieces[-1].rstrip(_BLANKS), line.lstrip(_BLANKS)
            pieces[-1] = left + _NOTHING * (len(pieces[-1]) - len(left))
            line = _NOTHING * (len(line) - len(right)) + right
        pieces.append(joint)
        pieces.append(line)
    return "".join(pieces)


def _bound(lines: list[str], given: str) -> dict[int, int]:
    """By its number, how long the first word of a line is together with those that unbreakable blanks tie to it."""
    found, start = {}, 0
    for index, line in enumerate(lines if _UNBREAKABLE.search(given) else ()):
        words = _TIED.match(given, start, start + len(line))
        if words is not None:
            found[index] = len(words[1])
        start += len(line) + 1
    return found


class _Wrapping:
    """What the lines so far tell of how the text is wrapped."""

    def __init__(self, lines: list[str], bound: dict[int, int]) -> None:
        self.lines, self.bound = lines, bound
        self.last = lines[0].rstrip(_BLANKS)
        """The line that was looked at last, without blanks at its end."""
        self._length: int | None = None
        """Its length, once that was asked for."""
        self.proven = 0
        """The longest line so far that was wrapped for certain."""
        self.width = 0
        """The longest line of this block so far."""
        self.whole = False
        """True once a line was so long that lines here are not wrapped."""
        self.item = ""
        """The kind of the list item, if any, that the lines since the last break belong to."""
        self.opening = True
        """True at the first line of a block, where a marker always begins an item."""
        self.running = False
        """True after a line that was joined to the one before it, which no title is."""

    def joint(self, index: int) -> str:
        """What stands before a line: a line break, a space, or NUL."""
        left, known = self.last, self._length
        right = self.last = self.lines[index].rstrip(_BLANKS)
        self._length = None
        if not self.whole and len(left) > _LONGEST_WRAP:
            known = _length(left)
            self.whole = known > _LONGEST_WRAP < left.rfind(" ")
        if not right or not left or not left.strip(_BLANKS):
            self.opening = True
            return "\n"
        length = _length(left) if known is None else known
        if right[0] in _BLANKS:
            right = right.lstrip(_BLANKS)
        if self.opening:
            self.opening = self.running = False
            self.width = 0
            self.item = _marker_kind(_ITEM.match(left.lstrip(_BLANKS)))
        if length > self.width:
            self.width = min(length, _LONGEST_WRAP)
        word = right[:5].isalpha()
        if word and right[0].islower() and left[-1].isalpha() and _SHORTEST_WRAP < length <= self.proven:
            # The most frequent case by far: prose of a width that is known goes on.
            self.running = self.item != "hash"
            if self.running:
                return " "
        # No marker has as many letters as this, and most lines begin with a word.
        marker = None if word else _ITEM.match(right)
        if self._joins(left, right, index, marker):
            self.running = True
            hyphen = left[-1] == "-" and left[-2:-1].strip(_BLANKS) and not _SUSPENDED.match(right)
            return _NOTHING if hyphen else " "
        self.running = False
        self.item = _marker_kind(marker)
        return "\n"

    def _joins(self, left: str, right: str, index: int, marker: re.Match[str] | None) -> bool:
        bare = left.strip(_BLANKS)
        own = _ITEM.match(bare) if len(bare) < 8 else None
        if own and own.end() == len(bare):
            return own.lastgroup != "hash" and marker is None
        if self.item == "hash":
            return False
        reach = self._reach(self.lines[index - 1].rstrip(" "), index, right)
        long = len(left) - left.count(_NOTHING) + self._reach("", index, right) > _SHORTEST_WRAP
        self._length = _length(self.last)
        after = min(self._length, _LONGEST_WRAP)
        stopped = left.endswith(_STOPS)
        hard = self.lines[index - 1].endswith("  ")
        slack = _SLACK if self.proven and not stopped and not hard else 0
        full = long and reach + slack > max(self.width, self.proven, after)
        if marker is not None and (self._begins_item(marker, full, stopped) or self._opens_list(left, index, marker)):
            return False
        if self.whole or len(right) > _LONGEST_WRAP < right.rfind(" "):
            full = False
        if not (self.proven or self.running) and POINT_OF_LIST.search(left, max(0, len(left) - 6)):
            return False
        if _leads_on(left):
            return True
        if _goes_on(right):
            if full and not stopped:
                self.proven = max(self.proven, _length(left))
            near = long and reach > 0.8 * max(self.width, after)
            return full or near or (not stopped and (long or bool(self.item)))
        if full:
            prose = self.proven > 0 or stopped or self.running
            return prose or not (_is_title(bare) and _is_title(right)) or self._runs_on(index)
        near = long and reach > max(0.8 * self.width, 0.8 * after) and not (self.whole or stopped or hard)
        return near and (self.running or not (_is_title(bare) or _is_title(right)))

    def _begins_item(self, marker: re.Match[str], full: bool, stopped: bool) -> bool:
        kind = marker.lastgroup
        # A full line before a marker without a stop is prose with a dash, a day or a lettered point at the margin.
        return kind in ("glyph", "hash") or not full or (kind == self.item and (stopped or kind == "dash"))

    def _opens_list(self, left: str, index: int, marker: re.Match[str]) -> bool:
        """True for the first item behind a colon where another of its kind begins one of the next lines."""
        following = (_ITEM.match(line.lstrip(_BLANKS)) for line in self.lines[index + 1 : index + 5])
        return left[-1] == ":" and any(_marker_kind(item) == marker.lastgroup for item in following)

    def _runs_on(self, index: int) -> bool:
        """True where the lines after two that look like titles show that they are wrapped prose."""
        following = enumerate(self.lines[index + 1 : index + 5], index + 1)
        for left, (place, right) in zip(self.lines[index : index + 4], following, strict=False):
            left, right = left.rstrip(_BLANKS), right.strip(_BLANKS)
            if not right or self._reach(left, place, right) + _SLACK <= max(self.width, _length(right)):
                return False
            if _leads_on(left) or _goes_on(right) or not _is_title(right):
                return True
        return False

    def _reach(self, left: str, index: int, right: str) -> int:
        """How long the left line would have been with the first word of the right one, which has that number."""
        word = self.bound.get(index) or right.find(" ")
        return len(left) - left.rfind(_WRAPPED) + (word if word > 0 else len(right))


def _marker_kind(marker: re.Match[str] | None) -> str:
    return (marker.lastgroup or "") if marker else ""


def _length(line: str) -> int:
    """How long the line is without marks, doubled spaces, and words too long to be wrapped, as addresses are.

    The line has no blanks at its end.
    """
    if _WRAPPED in line:
        line = max(line.split(_WRAPPED), key=len)
    if _NOTHING in line:
        line = line.replace(_NOTHING, "")
    if "  " in line:
        words = line.lstrip(" ")
        line = line[: len(line) - len(words)] + " ".join(words.split())
    return len(_ADDRESS.sub("", line)) if len(line) > _LONGEST_UNBROKEN else len(line)


def _goes_on(right: str) -> bool:
    """True where a line begins as the middle of a sentence does."""
    return right[0].islower() or (right[0] in "([\"'" and right[1:2].islower())


def _leads_on(left: str) -> bool:
    """True where a line ends as no sentence, heading or list item does: in a comma, a hyphen or a small word."""
    last = left[left.rfind(" ") + 1 :]
    return left[-1] in ",-" or (
        len(last) <= 3 and last.isalpha() and last.islower() and len(left) >= _SHORTEST_WRAP / 2
    )


POINT_OF_LIST = re.compile(r";(?: \w{2,3},?)?$")
_SUSPENDED = re.compile(r"(?:and|or|to)\b")
_SMALL_WORD = re.compile(r"(?<![\w'-])[a-z]{4,}")


def _is_title(line: str) -> bool:
    """True for a line in title case or capitals that ends in neither a stop nor a word that leads on."""
    last = line[line.rfind(" ") + 1 :]
    return not (last[:1].islower() or line[-1] in ".,;:!?" or _SMALL_WORD.search(line))


# 4. Offsets ---------------------------------------------------------------------------------------------------------

_RUN = re.compile(r"[ \n\0](?:[ \n\0]+|(?<=\0))")


def _compact(text: str) -> View:
    """The view of a text of which NULs and all but one of a run of blanks are to go."""
    end = len(text.rstrip(" \n\0"))
    position = len(text) - len(text.lstrip(" \n\0")) if end else 0
    if position == 0 and not _RUN.search(text, 0, end):
        return View(text[:end])
    starts, ends = [position], []
    for run in _RUN.finditer(text, position, end):
        start, after = run.span()
        blanks = run[0]
        kept = start + blanks.rfind("\n" if "\n" in blanks else " ")
        ends.append(start)
        if kept < start:
            starts.append(after)
            continue
        starts.append(kept)
        if kept + 1 < after:
            ends.append(kept + 1)
            starts.append(after)
    ends.append(end)
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    places = (0, *accumulate(map(len, pieces)))[:-1]
    return View("".join(pieces), places, tuple(start - place for start, place in zip(starts, places, strict=True)))
