"""Lines and sentences, made for statements: headings, list items, `U.S.` at a sentence's end, initials, `2023.The`.

A sentence ends at a full stop, question or exclamation mark (with the quotes, brackets and footnote marks that close
it) before something that can begin one, unless an abbreviation, an initial or an item's number stands before it. Which
abbreviations there are and what may follow them is data (``sentences.toml``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from spacy.attrs import IDX, SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import Annotations, Line
from communique.components.annotator import Annotator
from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.layout import GLYPHS, POINT_OF_LIST, view
from communique.model import DEFAULT_MODEL, model_path

FILE = "sentences.toml"

_ENDS = ("never", "starter", "number", "unless")

_MARKER = re.compile(
    rf"""(?:(?P<bullet>[{GLYPHS}]\ ?|(?:[-*+\u2014]|o(?=\ [A-Z]))\ )
    |(?P<hash>\#{{1,6}}\ )
    |(?P<numbered>(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)]|\(\d{{1,3}}\)|\(?[A-Za-z]\)|\(?[ivxl]{{1,6}}[.)]
        |[A-HIVX]{{1,4}}\.(?!\ [A-Z]\.)|[a-k]\.(?=\ [A-Za-z])
        |(?:FIRST|SECOND|THIRD|[A-Z]{{3,9}}TH)\.
        |\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\ [A-Z]))\ ))\ *(?=\S)""",
    re.VERBOSE,
)
_BARE_NUMBER = re.compile(r"(\d{1,3}) +(?=[A-Z])")
_COUNT = 3
"""So many paragraphs that count up are numbered, though no mark stands behind their numbers."""
_WORD_CHARACTER = re.compile(r"[^\W_]")
_CANDIDATE = re.compile(r"""([.!?\u2026][.!?\u2026]*)(\d{1,2}(?=\ )|)((?:\[\d{1,3}\]|["')\]])*)(\ *)(?=[^\sa-z])""")
_INLINE_BULLET = re.compile(rf"\ (?:(?<=[;:]\ )-\ (?=[A-Z0-9\"'(])|[{GLYPHS}]\ ?(?=[^ ]))")
_DASH_BULLET = re.compile(r"""-\ (?=[A-Z0-9"'(])""")
_FURTHER_ITEM = re.compile(r"""[^\W_A-Z][.;:] - (?=[A-Z0-9"'(])""")
_ITEM_ROOM = 400
"""Code points after an item's dash within which another item's must stand."""
_NEXT = re.compile(r"""["'(\[]*([^\W\d_]*)""")
_POINT_ROOM = 6
"""Code points at a line's end that hold the end of a list's point."""
_LETTERED = re.compile(r"\((?:[a-z]|[ivx]{1,5}|\d{1,3})\) ")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})\)?")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])(?![\w'])")
_LEFT_EDGE = "\"'([{\u2014/"

_LONGEST_WORD = 60
_HEADING_WORDS = 16
_SHORT_LINE_WORDS = 8
_SMALL_WORD = re.compile(r"(?<![\w'-])[a-z][\w'-]{3,}")


class Splitter:
    """Finds the lines and sentences of a view by the knowledge of one ``sentences.toml``."""

    def __init__(self, source: KnowledgeFile) -> None:
        """Raises ModelError with the line when an entry says what no rule understands."""
        self.ends: dict[str, str] = {}
        self.not_before: dict[str, frozenset[str]] = {}
        for index, entry in enumerate(source.data.get("abbreviations", [])):
            self._read(source, index, entry)
        starters = source.data.get("starters", {})
        self.starters = frozenset(starters.get("words", ()))
        self.surnames = frozenset(starters.get("surnames", ()))
        self.titles = tuple(starters.get("titles", ()))
        self.labels = frozenset(source.data.get("labels", {}).get("words", ()))

    def _read(self, source: KnowledgeFile, index: int, entry: dict[str, Any]) -> None:
        if entry.get("ends") not in _ENDS:
            raise _wrong(source, index, entry, f"`ends` is none of {', '.join(_ENDS)}")
        for form in entry.get("forms", ()):
            if not form or form != form.strip(" .") or " " in form:
                raise _wrong(source, index, entry, f"{form!r} is no single word without its last full stop")
            self.ends.setdefault(form, entry["ends"])
            self.not_before.setdefault(form, frozenset(entry.get("not_before", ())))

    def lines(self, text: str) -> list[Line]:
        """The lines of a view that have words in them, each from after its bullet or number."""
        found: list[Line] = []
        start = 0
        contents = text.split("\n")
        counted = _counted(contents)
        for content in contents:
            if _WORD_CHARACTER.search(content):
                marker = _MARKER.match(content)
                number = counted.get(start, 0)
                kind = _kind(content[number:], marker)
                kind = "numbered" if number and kind == "paragraph" else kind
                found.append(Line(start + (marker.end() if marker else number), start + len(content), kind))
            start += len(content) + 1
        _set_unmarked(text, found)
        return found

    def sentences(self, text: str, lines: list[Line]) -> list[tuple[int, int]]:
        """The sentences of a view's lines: trimmed, in order, none across lines."""
        inline = " - " in text or any(glyph in text for glyph in GLYPHS)
        found: list[tuple[int, int]] = []
        for line in lines:
            if inline:
                for start, end in _items(text, line.start, line.end):
                    self._split(text, start, end, found)
            else:
                self._split(text, line.start, line.end, found)
        return found

    def _split(self, text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
        for match in _CANDIDATE.finditer(text, start, end):
            after = match.end()
            if self._ends_sentence(text, start, match):
                found.append((start, match.end(3)))
                bullet = _DASH_BULLET.match(text, after, end)
                start = bullet.end() if bullet else after
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            found.append((start, end))

    def _ends_sentence(self, text: str, start: int, match: re.Match[str]) -> bool:
        stop, after = match.start(), match.end()
        if not match[4]:
            return _lacks_space(text, start, match)
        if match[2] and not text[stop - 1 : stop].islower():
            return False
        if not _can_begin(text, after):
            return False
        if match[1] != ".":
            return stop > start
        word = _word_before(text, start, stop)
        if not word:
            return stop > start
        if stop - start <= 6 and _ITEM_NUMBER.fullmatch(text, start, stop):
            return False
        if word not in self.ends:
            word = word[word.rfind("-") + 1 :]
        rule = self.ends.get(word)
        if rule is None and not _INITIALS.fullmatch(word):
            return True
        return self._ends_after(rule, word, text, start, match)

    def _ends_after(self, rule: str | None, word: str, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether a sentence ends at the full stop of an abbreviation, or of initials where there is no rule."""
        after = match.end()
        if rule == "never":
            return False
        following = _NEXT.match(text, after)
        name = following[1] if following else ""
        starts = (
            name in self.starters
            and not (rule is None and name in self.surnames)
            and following is not None
            and text[following.end() : following.end() + 1] not in (".", "-")
            and not (self.titles and text.startswith(self.titles, after))
        )
        if text[after] == "-" and _DASH_BULLET.match(text, after):
            return rule != "starter" or _lists(text, start, match.start())
        if starts:
            return True
        if ")" in match[3] or rule == "starter":
            return False
        if rule == "number":
            return not text[after].isdigit() and not _ROMAN_OR_LETTER.match(text, after)
        if rule == "unless":
            return bool(name) and text[after] not in "([" and name not in self.not_before[word]
        before = match.start() - len(word) - 1
        return len(word) == 1 and before > start and _word_before(text, start, before) in self.labels


def _wrong(source: KnowledgeFile, index: int, entry: dict[str, Any], message: str) -> ModelError:
    line = source.line("abbreviations", index)
    return ModelError(f"{source.name}:{line}: abbreviations {entry.get('id', index + 1)!r}: {message}")


def _counted(contents: list[str]) -> dict[int, int]:
    """Where lines begin that count up with bare numbers (`1 We …`, `2 We …`), and how long the numbers are."""
    found: dict[int, int] = {}
    run: list[tuple[int, int]] = []
    start = last = 0
    for content in contents:
        number = _BARE_NUMBER.match(content) if content[:1].isdigit() else None
        if number is not None:
            if int(number[1]) != last + 1:
                run = []
            last = int(number[1])
            run.append((start, number.end()))
            if len(run) >= _COUNT:
                found.update(run)
        start += len(content) + 1
    return found


def _set_unmarked(text: str, lines: list[Line]) -> None:
    """Make items of paragraphs behind a colon that semicolons close: a list whose marks were lost, or had none.

    What follows is the last item where an `and` or `or` says so, or where it begins in small letters.
    """
    opened = begun = joined = False
    for line in lines:
        unmarked = opened and line.kind in ("paragraph", "heading")
        point = POINT_OF_LIST.search(text, max(line.end - _POINT_ROOM, line.start), line.end) if unmarked else None
        if point is not None or (begun and line.kind == "paragraph" and (joined or text[line.start].islower())):
            line.kind = "bullet"
        opened, begun = point is not None or text[line.end - 1] == ":", point is not None
        joined = point is not None and len(point.group()) > 1


def _kind(content: str, marker: re.Match[str] | None) -> Literal["bullet", "heading", "numbered", "paragraph"]:
    if marker and marker["bullet"]:
        return "bullet"
    if marker and marker["numbered"]:
        return "numbered"
    return "heading" if (marker and marker["hash"]) or _is_heading(content) else "paragraph"


def _is_heading(content: str) -> bool:
    """True for a short line that ends in no stop, in title case, capitals or few words."""
    if len(content) > 200 or content[-1] in ".!?;,\u2026" or content.endswith(('."', ".)", ".]", '?"', '!"')):
        return False
    words = content.count(" ") + 1
    if words > _HEADING_WORDS or not (content[0].isupper() or content[0].isdigit() or content[0] in "\"'("):
        return False
    small = len(_SMALL_WORD.findall(content))
    return small == 0 or (content[-1] != ":" and (words <= _SHORT_LINE_WORDS or small * 4 <= words)) or words <= 3


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A line's parts between the bullets that stand within it."""
    parts = []
    for bullet in _INLINE_BULLET.finditer(text, start, end):
        if bullet.start() > start:
            parts.append((start, bullet.start()))
        start = bullet.end()
    parts.append((start, end))
    return parts


def _word_before(text: str, start: int, stop: int) -> str:
    """The word that ends at ``stop``, without quotes and brackets at its left."""
    return text[max(start, stop - _LONGEST_WORD) : stop].rpartition(" ")[2].lstrip(_LEFT_EDGE)


def _can_begin(text: str, at: int) -> bool:
    """True where what stands at an offset can begin a sentence."""
    first = text[at]
    if first.isupper() or first.isdigit():
        return True
    if first in "\"'([":
        after = text[at : at + 6].lstrip("\"'([")[:1]
        return not after.islower() or _LETTERED.match(text, at) is not None
    if first == "-":
        return _DASH_BULLET.match(text, at) is not None
    return not first.islower() and first not in ".,;:!?)]}/%&+=|\u2014\u2026"


def _lists(text: str, start: int, stop: int) -> bool:
    """Whether dashes open items within a line, so that one after `the U.S.` does not join a pair (`U.S. - Fiji`)."""
    if text.endswith(" - ", 0, start):
        return True
    ahead = text[stop + 1 : stop + _ITEM_ROOM].partition("\n")[0]
    return _FURTHER_ITEM.search(ahead) is not None


def _lacks_space(text: str, start: int, match: re.Match[str]) -> bool:
    """True for `2023.The` and `agreed.[1]The`, not for names, numbers and addresses with a full stop inside."""
    stop, after = match.start(), match.end()
    if (
        not text[after].isupper()
        or match[2]
        or not (text[after + 1 : after + 2].islower() or text[after + 1 : after + 2] == " ")
    ):
        return False
    before = text[max(start, stop - 4) : stop]
    if not (
        match[3] or (before[-2:].islower() and before[-2:].isalpha()) or before.isdigit() or before[-1:] in ")\"]'"
    ):
        return False
    # Only as far as a word reaches, so that time stays linear in a text without spaces.
    inside = text[max(start, stop - _LONGEST_WORD) : stop].rpartition(" ")[2]
    token = inside + text[stop : after + _LONGEST_WORD].partition(" ")[0]
    if len(token) > _LONGEST_WORD:
        return False
    return not any(sign in token for sign in "@/\\_=") and not inside.startswith("www") and "." not in inside


class SentencesComponent(Annotator):
    """Finds lines and sentences."""

    files = (FILE,)

    def build(self) -> None:
        """Make the splitter. Raises ModelError when an entry is wrong."""
        self.splitter = Splitter(self.sources[FILE])

    def annotate(self, found: Annotations) -> None:
        """Set the lines and the sentences."""
        found.lines = self.splitter.lines(found.text)
        found.sentences = self.splitter.sentences(found.text, found.lines)

    def show(self, doc: Doc, found: Annotations) -> None:
        """Set the Doc's sentence starts."""
        _set_starts(doc, found.text, found.lines, found.sentences)


def _set_starts(doc: Doc, text: str, lines: list[Line], sentences: list[tuple[int, int]]) -> None:
    """Set the sentence starts of all tokens at once: one by one costs more than all else together."""
    if not len(doc):
        return
    # The bullet or number before a sentence is part of it here, for every token is in some sentence.
    whole = {line.start: text.rfind("\n", 0, line.start) + 1 for line in lines}
    starts = [whole.get(start, start - 2 if text[start - 2 : start] == "- " else start) for start, _ in sentences]
    offsets = doc.to_array(IDX)
    wanted = np.array([0, *starts], dtype="uint64")
    places = np.searchsorted(offsets, wanted)
    aligned = places < len(doc)
    aligned[aligned] = offsets[places[aligned]] == wanted[aligned]
    values = np.full(len(doc), -1, dtype="int64")
    values[places[aligned]] = 1
    values[0] = 1
    doc.from_array([SENT_START], values.astype("uint64").reshape(-1, 1))  # type: ignore[arg-type]


@Language.factory("communique_sentences")
def create(nlp: Language, name: str) -> SentencesComponent:
    """The factory that a model's config.cfg names."""
    return SentencesComponent()


@lru_cache(maxsize=4)
def _splitter(model: str) -> Splitter:
    path = model_path(model) / FILE
    return Splitter(KnowledgeFile(FILE, path.read_text(encoding="utf-8")))


def split(text: str, *, model: str = DEFAULT_MODEL) -> list[tuple[int, int]]:
    """The sentences of any plain text, as offsets in code points: hard-wrapped lines, lists and headings included.

    Raises ModelError when the model is not found or wrong.
    """
    seen = view(text)
    splitter = _splitter(model)
    return [(seen.start(a), seen.end(b)) for a, b in splitter.sentences(seen.text, splitter.lines(seen.text))]
