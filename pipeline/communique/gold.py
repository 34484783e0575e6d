"""Gold: what people found in a statement, to measure the program by.

Two forms are read. The corpus holds *markup*: the statement's own words with tags around them and the meeting as YAML
in front matter, so that a person can review it (see corpus/README.md). The other is JSON in which each item quotes its
words (`communique.gold_quotes`). Either way offsets count code points of the statement's text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.errors import InputError
from communique.readers import decode, markdown
from communique.records import DateType, Day, Kind, Modifier, Offset, Side, Strength, Theme

_ISO_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_POINT = rf"({_ISO_DAY}|\d{{4}}-2[1-4]|\d{{4}}-Q[1-4]|\d{{3}}X|\d{{2}}XX|FY\d{{4}})"
DATE_VALUE = re.compile(rf"{_POINT}(/{_POINT})?|P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?)?")
"""ISO 8601 dates, intervals, periods; EDTF (ISO 8601-2) seasons, decades, centuries; quarters and fiscal years."""


class _Gold(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Marked(_Gold):
    """Words of the statement: ``text[start:end] == quote``, in code points."""

    start: Offset
    end: Offset
    quote: str


class GoldMention(Marked):
    """A name, with what it names."""

    kind: Kind
    name: str = Field(min_length=1)
    acronym: str | None = None
    side: Side | None = None


class GoldDate(Marked):
    """A date, duration or set; ``value`` is None where nothing places it."""

    type: DateType
    value: str | None
    mod: Modifier | None = None


class GoldCommitment(Marked):
    """A commitment by its operator words; ``actors`` are ISO codes of parties and canonical names."""

    strength: Strength
    actors: tuple[str, ...]
    themes: tuple[Theme, ...] = Field(min_length=1)
    deadline: str | None = None


class GoldPosition(Marked):
    """A position by the words that state it."""


class GoldHead(_Gold):
    """Who led, chaired or hosted; ``agency`` is a canonical name."""

    name: str | None = None
    title: str | None = None
    agency: str | None = None
    side: Side | None = None


class GoldNext(_Gold):
    """What the statement says of the next meeting."""

    ordinal: int | None = None
    date: str | None = None
    city: str | None = None
    country: Side | None = None


class GoldMeeting(_Gold):
    """The meeting; ``delegations`` holds canonical names of agencies."""

    series: str | None = None
    ordinal: int | None = None
    start: Day | None = None
    end: Day | None = None
    city: str | None = None
    country: Side | None = None
    virtual: bool | None = None
    parties: tuple[Side, ...] = ()
    heads: tuple[GoldHead, ...] = ()
    delegations: dict[Side, tuple[str, ...]] = Field(default_factory=dict)
    next: GoldNext | None = None


class Gold(_Gold):
    """One statement's gold, each list in the order of the text."""

    text: str
    mentions: tuple[GoldMention, ...]
    dates: tuple[GoldDate, ...]
    commitments: tuple[GoldCommitment, ...]
    positions: tuple[GoldPosition, ...]
    meeting: GoldMeeting | None


_MENTIONS = ("agency", "mission", "instrument", "forum", "party")
_CLAUSES = ("commitment", "position")
_TAG = re.compile(rf'<(/?)({"|".join((*_MENTIONS, "date", *_CLAUSES))})((?:[ \n]+[a-z]+="[^"<>]*")*)[ \n]*>')
_ALMOST_TAG = re.compile(rf"</?(?:{'|'.join((*_MENTIONS, 'date', *_CLAUSES))})\b[^>]{{0,300}}>?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"<>]*)"')
_ATTRIBUTES = {
    **dict.fromkeys(_MENTIONS, ("name", "acronym", "side")),
    "date": ("type", "value", "mod"),
    "commitment": ("strength", "actors", "themes", "deadline"),
    "position": (),
}

Model = TypeVar("Model", bound=BaseModel)


class _Element(NamedTuple):
    tag: str
    attributes: dict[str, str]
    start: int
    end: int
    quote: str
    line: int


@dataclass(slots=True)
class _Names:
    """The names given so far: what a tag leaves out is what an earlier one said of the same words or the same name."""

    said: dict[tuple[str, str], tuple[str, str | None, str | None]] = field(default_factory=dict)

    def resolve(self, element: _Element) -> dict[str, str | None]:
        kind, given = element.tag, element.attributes
        name, acronym, side = self.said.get((kind, given.get("name", element.quote)), (element.quote, None, None))
        name, acronym, side = given.get("name", name), given.get("acronym", acronym), given.get("side", side)
        for words in (element.quote, name, acronym):
            if words:
                self.said[kind, words] = (name, acronym, side)
        return {"kind": kind, "name": name, "acronym": acronym or None, "side": side or None}

    def actor(self, words: str) -> str | None:
        """What an actor of a commitment is called: an ISO code as it is, an acronym or a name in full."""
        if re.fullmatch(r"[A-Z]{2}", words):
            return words
        return next((self.said[kind, words][0] for kind in _MENTIONS if (kind, words) in self.said), None)


def read_markup(path: Path) -> Gold:
    """The gold in a file of markup.

    Raises InputError with file and line when a tag, an attribute or the meeting in the front matter is wrong.
    """
    try:
        whole = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    return parse_markup(whole, str(path))


def parse_markup(whole: str, file: str) -> Gold:
    """The gold in markup with its front matter; ``file`` is what messages call it. Raises what `read_markup` raises."""
    try:
        body = markdown.read(whole).text
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    front = whole[: len(whole) - len(body)]
    text, elements = _strip(body, file, front.count("\n"))
    names = _Names()
    mentions = tuple(_mention(e, names, file) for e in elements if e.tag in _MENTIONS)
    dates = tuple(_date(e, file) for e in elements if e.tag == "date")
    commitments = tuple(_commitment(e, names, file) for e in elements if e.tag == "commitment")
    positions = tuple(_built(GoldPosition, e, {}, file) for e in elements if e.tag == "position")
    meeting = _meeting(front, file)
    return Gold(
        text=text, mentions=mentions, dates=dates, commitments=commitments, positions=positions, meeting=meeting
    )


def _strip(body: str, file: str, lines_before: int) -> tuple[str, list[_Element]]:
    """The body without its tags, and the tags in the order in which they open."""
    breaks = [i for i, c in enumerate(body) if c == "\n"]

    def line(offset: int) -> int:
        return lines_before + bisect_right(breaks, offset - 1) + 1

    pieces: list[str] = []
    elements: list[_Element] = []
    open_tags: list[tuple[str, dict[str, str], int, int]] = []
    position = length = 0
    for tag in _TAG.finditer(body):
        piece = _words(body[position : tag.start()], file, line(position))
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        at = line(tag.start())
        if not tag[1]:
            attributes = _attributes(tag, f"{file}:{at}")
            _require_room(tag[2], [name for name, *_ in open_tags], f"{file}:{at}")
            open_tags.append((tag[2], attributes, length, at))
            continue
        if not open_tags or open_tags[-1][0] != tag[2]:
            raise InputError(f"{file}:{at}: </{tag[2]}> closes nothing that is open")
        name, attributes, start, opened = open_tags.pop()
        quote = "".join(pieces)[start:length]
        if not quote or quote != quote.strip():
            raise InputError(f"{file}:{opened}: <{name}> holds {quote!r}: no words, or a blank at its edge")
        elements.append(_Element(name, attributes, start, length, quote, opened))
    if open_tags:
        raise InputError(f"{file}:{open_tags[-1][3]}: <{open_tags[-1][0]}> is not closed")
    pieces.append(_words(body[position:], file, line(position)))
    return "".join(pieces), sorted(elements, key=lambda e: (e.start, -e.end))


def _words(piece: str, file: str, line: int) -> str:
    almost = _ALMOST_TAG.search(piece)
    if almost is None:
        return piece
    words, at = " ".join(almost[0].split()), line + piece.count("\n", 0, almost.start())
    raise InputError(f"{file}:{at}: no tag of this markup: {words}")


def _attributes(tag: re.Match[str], place: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(tag[3])
    attributes = dict(pairs)
    if len(attributes) < len(pairs):
        raise InputError(f"{place}: <{tag[2]}> has an attribute twice")
    for key in attributes:
        if key not in _ATTRIBUTES[tag[2]]:
            raise InputError(f"{place}: <{tag[2]}> has no attribute {key!r}: give {', '.join(_ATTRIBUTES[tag[2]])}")
    return attributes


def _require_room(tag: str, around: list[str], place: str) -> None:
    """Names and dates may lie within operator words; nothing else lies within anything."""
    if around and (tag in _CLAUSES or around[-1] not in _CLAUSES):
        raise InputError(f"{place}: <{tag}> cannot stand within <{around[-1]}>")


def _mention(element: _Element, names: _Names, file: str) -> GoldMention:
    return _built(GoldMention, element, names.resolve(element), file)


def _date(element: _Element, file: str) -> GoldDate:
    if "value" not in element.attributes:
        raise InputError(f'{file}:{element.line}: <date> lacks a value: give value="" where nothing places it')
    _require_date_value(element, "value", file)
    fields = {"type": "date"} | {key: value or None for key, value in element.attributes.items()}
    return _built(GoldDate, element, fields, file)


def _commitment(element: _Element, names: _Names, file: str) -> GoldCommitment:
    actors = []
    for words in filter(None, (w.strip() for w in element.attributes.get("actors", "").split(","))):
        actor = names.actor(words)
        if actor is None:
            raise InputError(f"{file}:{element.line}: actor {words!r} is no ISO code and no name marked in this file")
        actors.append(actor)
    _require_date_value(element, "deadline", file)
    fields: dict[str, Any] = {key: value or None for key, value in element.attributes.items()}
    fields |= {"actors": tuple(actors), "themes": tuple(element.attributes.get("themes", "").split())}
    return _built(GoldCommitment, element, fields, file)


def _require_date_value(element: _Element, key: str, file: str) -> None:
    value = element.attributes.get(key)
    if value and not DATE_VALUE.fullmatch(value):
        raise InputError(f"{file}:{element.line}: {key} {value!r} is no ISO 8601 or EDTF value")


def _built(model: type[Model], element: _Element, fields: dict[str, Any], file: str) -> Model:
    span = {"start": element.start, "end": element.end, "quote": element.quote}
    return validated(model, span | fields, f"{file}:{element.line}: <{element.tag}>")


def validated(model: type[Model], fields: object, place: str) -> Model:
    """The model with these fields. Raises InputError that opens with the place when they are wrong."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        fault = error.errors()[0]
        path = ".".join(str(part) for part in fault["loc"])
        raise InputError(f"{place}: {path}: {fault['msg']} (is {fault['input']!r})") from None


class _Texts(yaml.SafeLoader):
    """YAML whose plain values are texts or null: Norway's code is no truth value, and a day is no date object."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name and the type are PyYAML's
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _meeting(front: str, file: str) -> GoldMeeting | None:
    lines = front.splitlines()[1:-1]
    fields = yaml.load("\n".join(lines), Loader=_Texts)  # noqa: S506 - a SafeLoader, narrowed
    if not isinstance(fields, dict) or "meeting" not in fields:
        raise InputError(
            f"{file}:1: front matter lacks meeting: write 'meeting: null' where the statement is about none"
        )
    line = next((i for i, words in enumerate(lines, 2) if words.startswith("meeting:")), 1)
    return None if fields["meeting"] is None else validated(GoldMeeting, fields["meeting"], f"{file}:{line}: meeting")


def overlaps(gold: Gold) -> list[str]:
    """What cannot stand together: names over names, dates over dates, two commitments over the same words."""
    faults = []
    for key, items in (("mentions", gold.mentions), ("dates", gold.dates), ("commitments", gold.commitments)):
        spans = sorted((item.start, item.end, item.quote) for item in items)
        faults += [f"{key} overlap: {a[2]!r} and {b[2]!r}" for a, b in pairwise(spans) if b[0] < a[1]]
    return faults
