"""The words that dates are made of, read from a model's ``dates.toml``.

Every form gets a one-letter code, its role in an expression; `grammar` is written over these letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from string import capwords
from typing import Any, NamedTuple

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.words import Facts

_EDGES = " ,.;()[]'’–&/\"*"

TENS = range(20, 100, 10)

GLUE = {
    "the": "t", "article": "a", "of": "o", "and": "&", "or": "v", "range": "r", "from": "f", "between": "b",
    "each": "e", "other": "x", "count": "c", "times": "k", "per": "p", "in": "y", "compared": "h", "ago": "<",
    "hence": ">", "beside": "d", "half": "H", "quarter": "Q", "fiscal": "F", "aged": "z", "filler": "m", "another": "q",
    "yearago": "j",
}  # fmt: skip


class Word(NamedTuple):
    """What a form means: its code, a number (of the month, of days, a step) and a note (unit, modifier, value)."""

    code: str
    number: float = 0
    note: str = ""


class Unit(NamedTuple):
    """A unit of time: the calendar stretch that it names, if any, and its length as an ISO period."""

    calendar: str | None
    iso: str | None
    factor: int


@dataclass(frozen=True)
class Lexicon:
    """Everything that ``dates.toml`` says, ready for matching."""

    words: dict[str, Word]
    capital: frozenset[str]
    numbers: dict[str, int]
    units: dict[str, Unit]
    boundaries: dict[str, str | None]
    boundary: re.Pattern[str]
    cue: re.Pattern[str]
    openings: Facts[tuple[int, ...]]
    """Where in a form between blanks a cue may begin."""
    lexeme: re.Pattern[str]
    leads: Facts[bool]
    """Whether an expression may lead from a form to what follows it: all in it is of the lexicon, or figures."""
    lists: dict[str, frozenset[str]] = field(repr=False)
    earliest: int = 1400
    latest: int = 2199


def spellings(form: str, capital: bool = False) -> Iterator[str]:
    """The form as written in running text, at the start of a sentence, in a title and in capitals."""
    if not capital:
        yield form.lower()
    yield form[:1].upper() + form[1:]
    yield form.title() if "'" not in form else capwords(form)
    yield form.upper()


def trie(words: Iterable[str]) -> str:
    """A regular expression for the words that reads each character once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def write(node: dict[str, Any]) -> str:
        branches = [re.escape(character) + write(below) for character, below in sorted(node.items()) if character]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
        return body + "?" if "" in node else body

    return write(tree)


def read(source: KnowledgeFile) -> Lexicon:
    """The lexicon in a ``dates.toml``. Raises ModelError with file and line when an entry is wrong."""
    data = source.data
    try:
        words, capital = _named(data)
        words |= _worded(data)
        units = {
            u["form"]: Unit(u.get("calendar"), u.get("iso"), u.get("factor", 1)) for u in data["unit"]
        }  # fmt: skip
        lists = _lists(data)
        boundaries = {form: entry.get("mod") for entry in data["boundary"] for form in entry["forms"]}
        year = data["year"]
        lexeme = _lexeme(words, data["numbers"], _abbreviations(data))
        return Lexicon(
            words, frozenset(capital), data["numbers"], units, boundaries, _boundary(boundaries),
            *_cues(words, capital), lexeme, _leads(words, data), lists, year["earliest"], year["latest"],
        )  # fmt: skip
    except KeyError as missing:
        raise ModelError(f"{source.name}:{_line_without(source, missing.args[0])}: lacks {missing}") from None


def _line_without(source: KnowledgeFile, key: str) -> int:
    """The line of the first entry of a table of which another entry has the key, but this one has not."""
    for table, entries in source.data.items():
        if isinstance(entries, list) and any(isinstance(entry, dict) and key in entry for entry in entries):
            bare = next((i for i, entry in enumerate(entries) if key not in entry), None)
            if bare is not None and table not in ("expression", "counterexample"):
                return source.line(table, bare)
    return 1


def _named(data: dict[str, Any]) -> tuple[dict[str, Word], set[str]]:
    """Months, weekdays and seasons, and those of their forms that need a capital."""
    words: dict[str, Word] = {}
    capital: set[str] = set()
    for month in data["month"]:
        for form in month["forms"]:
            everyday = form in month.get("everyday", ())
            words[form.lower()] = Word("M", month["number"], "everyday" if everyday else "")
    for weekday in data["weekday"]:
        for form in weekday["forms"]:
            words[form.lower()] = Word("W", weekday["number"])
            words[form.lower() + "s"] = Word("w", weekday["number"])
        for form in weekday.get("short", ()):
            words[form.lower()] = Word("W", weekday["number"], "short")
    words |= {form.lower(): Word("B", 0, feast["day"]) for feast in data["feast"] for form in feast["forms"]}
    capital.update(words)
    for season in data["season"]:
        words |= {form: Word("S", season["number"]) for form in season["forms"]}
    return words, capital


def _worded(data: dict[str, Any]) -> dict[str, Word]:
    words: dict[str, Word] = {}
    for name, code in GLUE.items():
        words |= {form.lower(): Word(code, i, form) for i, form in enumerate(data["glue"][name])}
    words |= {form: Word("g", 0, entry["mod"]) for entry in data["narrowing"] for form in entry["forms"]}
    words |= {form: Word("G", 0, entry.get("mod", "")) for entry in data["part"] for form in entry["forms"]}
    words |= {form: Word("X", entry["days"]) for entry in data["deictic"] for form in entry["forms"]}
    words |= {form: Word("T") for entry in data["daytime"] for form in entry["forms"]}
    words |= {form: Word("A", 0, entry["value"]) for entry in data["set"] for form in entry["forms"]}
    words |= {form: Word("C", 0, entry["value"]) for entry in data["length"] for form in entry["forms"]}
    words |= {form: Word("E") for entry in data["yearend"] for form in entry["forms"]}
    for entry in data["relative"]:
        code = "inl"[entry["step"]] if entry["from"] == "published" or entry["step"] else "s"
        words |= {form: Word(code, entry["step"], entry["from"]) for form in entry["forms"]}
    words |= {form: Word("N", number) for form, number in data["quantities"].items()}
    words |= {form: Word("Z", 190 + tens, "short") for form, tens in data["decades"].items()}
    words |= _ordinals(data["ordinals"], data["numbers"])
    for unit in data["unit"]:
        words.setdefault(unit["form"], Word("U", 1, unit["form"]))
        words[unit["plural"]] = Word("V", 2, unit["form"])
        words |= {form: Word("U", 1, unit["form"]) for form in unit.get("forms", ())}
    return words


def _ordinals(ordinals: dict[str, int], numbers: dict[str, int]) -> dict[str, Word]:
    words = {form: Word("O", number) for form, number in ordinals.items()}
    tens = {form: number for form, number in numbers.items() if number in TENS}
    ones = {form: number for form, number in ordinals.items() if number < 10 and form != "latter"}
    words |= {f"{t}{link}{o}": Word("O", a + b) for t, a in tens.items() for o, b in ones.items() for link in "- "}
    return words


def _leads(words: dict[str, Word], data: dict[str, Any]) -> Facts[bool]:
    forms = (*words, *data["numbers"], *_abbreviations(data))
    known = frozenset(piece for form in forms for piece in re.split(r"[ -]", form.lower()))

    def leads(form: str) -> bool:
        pieces = (piece.strip(_EDGES) for piece in form.lower().split("-"))
        return all(not piece or piece in known or piece[0].isdigit() for piece in pieces)

    return Facts(leads)


def _lists(data: dict[str, Any]) -> dict[str, frozenset[str]]:
    tables = {
        "month context": data["month_context"],
        "season context": data["season_context"],
        "weekday not after": data["weekday_not_after"],
        "span context": data["span_context"],
        "length context": data["length_context"],
        "upcoming": data["upcoming"],
        "excluded": data["excluded"]["before"],
        "no year before": data["year"]["not_before"],
        "no year after": data["year"]["not_after"],
        "plain": data["year"]["plain_before"],
        "set not before": [word for entry in data["set"] for word in entry.get("not_before", ())],
        "part": [form for entry in data["part"] for form in entry["forms"]],
        "that after": data["that_after"],
        "indefinite": data["indefinite"],
        "length before": data["length_before"],
        "meets": data["meets"],
        "states": data["states"],
        "these days": data["these_days"],
        "events": data["events"],
        **{
            name: data["tense"][name]
            for name in ("future", "past", "neutral", "nominal", "outcomes", "scheduled", "copula")
        },
    }
    return {name: frozenset(words) for name, words in tables.items()}


def _abbreviations(data: dict[str, Any]) -> list[str]:
    """Forms that a full stop may follow without ending the sentence."""
    months = [form for month in data["month"] for form in month["forms"][1:]]
    return months + [form for weekday in data["weekday"] for form in weekday.get("short", ())]


def _boundary(forms: Iterable[str]) -> re.Pattern[str]:
    """Matches in the text before an expression when that ends with one of the forms."""
    body = rf"{trie(f for f in forms if not f.endswith('-'))}\s+|{trie(f for f in forms if f.endswith('-'))}"
    return re.compile(rf"\b({body})(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)


_DAY = r"\d?(?:st|nd|rd|th)\b"


def _cues(words: dict[str, Word], capital: set[str]) -> tuple[re.Pattern[str], Facts[tuple[int, ...]]]:
    """What to look around at, and where in a form it may begin, which does not show what stands around the form."""
    forms = {form for form, word in words.items() if word.code in "MWwSUVQXTACEZB"}
    # A run reaches back from its cue: `the day after tomorrow` is seen by its `day`.
    forms = {form for form in forms if forms.isdisjoint(form.split(" ")[1:])}
    spelt = {spelling for form in forms for spelling in spellings(form, form in capital)}
    first = {spelling.split(" ")[0] for spelling in spelt}
    opening = _cue(first, _DAY)

    def openings(form: str) -> tuple[int, ...]:
        word = form.rstrip(".,;:)")
        if word.isalpha() and not word.isupper():  # most forms are one word, and `FY` may begin one in capitals
            return (0,) if word in first else ()
        return tuple([match.start() for match in opening.finditer(form)])

    return _cue(spelt, rf"(?<=on the \d){_DAY}"), Facts(openings)


def _cue(spelt: set[str], day: str) -> re.Pattern[str]:
    lower, upper = trie(s for s in spelt if s[0].islower()), trie(s for s in spelt if not s[0].islower())
    # A year, a date, a decade or a quarter in figures, and "on the 15th"; the branches by kind of first character
    # make this three times as fast as one list.
    figures = rf"\d{{3}}|\d\d0s|0s\b|\d?/\d\d?/\d|\d?\.\d\d?\.\d{{4}}|Q|{day}"
    return re.compile(
        rf"\b(?:(?=[a-z])(?:{lower})\b|(?=[A-Z])(?:(?:{upper})\b|J?FY|[QH][1-4]\b)|\d(?:{figures}))|(?<=['’])\d\ds?\b"
    )


def _lexeme(words: dict[str, Word], numbers: dict[str, int], abbreviations: Iterable[str]) -> re.Pattern[str]:
    phrases = trie(s for form in sorted(words) if not form.isalpha() and form not in "&" for s in spellings(form))
    number = trie(s for form in sorted(numbers) for s in spellings(form))
    short = trie(spelling for form in sorted(abbreviations) for spelling in spellings(form, True))
    return re.compile(
        rf"(?P<phrase>{phrases})(?!\w)"
        r"|(?P<iso>\d{4}-\d{2}-\d{2}(?:T\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?)(?!\w)"
        r"|(?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4})(?!\w)"
        r"|(?P<decade>\d{3}0['’]?s|['’]?\d0s)\b"
        r"|(?P<yearshort>['’]\d\d)(?!\w)"
        r"|(?P<fiscal>J?FY[ -]?['’]?(?:\d{4}|\d{2}))(?!\d)"
        r"|(?P<quarter>Q[1-4])\b|(?P<quarteryear>[1-4]Q(?:\d{4}|\d{2}))\b|(?P<half>H[12])\b"
        r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH))\b"
        r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+ 1/2|\d+½|\d+(?:\.\d+)?\+?)(?!\w)"
        rf"|(?P<spelt>{number}(?:[- ]{number}|(?:(?<=undred)|(?<=housand)) and {number})*)(?!\w)"
        rf"|(?P<short>{short})\.(?=[ ,])"
        r"|(?P<word>[^\W\d_]+)(?!\w)"
        r"|(?P<mark>['’]s\b|['’]|--|[,&/–-])"
        r"|(?P<other>\w+|[^\w\s])"
    )


def number_of(text: str, numbers: dict[str, int]) -> int:
    """The value of a number in words, such as ``one hundred and twenty-five``."""
    total = current = 0
    for word in re.split(r"[- ]", text.lower()):
        value = numbers.get(word, 0)
        if value == 100:
            current = max(current, 1) * 100
        elif value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += value
    return total + current


def folded(form: str, words: dict[str, Word]) -> Word | None:
    """The word of a form as it stands in a text."""
    return words.get(form.lower().replace("’", "'"))
