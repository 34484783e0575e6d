"""The lexicon: names of agencies, missions, instruments, forums and parties, read from a model's TOML and checked.

Reading is strict: an entry with an unknown key, a value of the wrong type or a form that another entry has as well is
a fault with a file and a line. ``models/en_space/README.md`` describes the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.records import Kind

FormKind = Literal["agency", "mission", "instrument", "forum", "party", "adjective"]

FILES: dict[str, Kind] = {
    "agencies.toml": "agency",
    "missions.toml": "mission",
    "instruments.toml": "instrument",
    "forums.toml": "forum",
    "parties.toml": "party",
}

_TEXT, _TEXTS, _NUMBER, _TABLES = "text", "a list of texts", "a whole number", "a list of tables"
_COMMON = {
    "id": _TEXT, "name": _TEXT, "acronym": _TEXT, "aliases": _TEXTS, "shared": _TEXTS, "guarded": _TABLES,
    "not": _TEXTS, "examples": _TEXTS, "counterexamples": _TEXTS, "note": _TEXT,
}  # fmt: skip
_OWN_KEYS: dict[Kind, dict[str, str]] = {
    "agency": {"side": _TEXT, "parent": _TEXT, "since": _NUMBER, "until": _NUMBER, "successor": _TEXT, "city": _TEXT},
    "mission": {"operators": _TEXTS, "themes": _TEXTS, "since": _NUMBER, "until": _NUMBER},
    "instrument": {"themes": _TEXTS, "year": _NUMBER, "parties": _TEXTS},
    "forum": {"themes": _TEXTS, "members": _TEXTS},
    "party": {"iso": _TEXT, "adjectives": _TEXTS, "capital": _TEXT},
}
_KEYS: dict[Kind, dict[str, str]] = {kind: _COMMON | keys for kind, keys in _OWN_KEYS.items()}
_GUARD = {"form": _TEXT, "near": _TEXTS, "not": _TEXTS, "before": _TEXTS, "after": _TEXTS}
_REQUIRED: dict[Kind, tuple[str, ...]] = {
    "agency": ("id", "name"),
    "mission": ("id", "name"),
    "instrument": ("id", "name"),
    "forum": ("id", "name"),
    "party": ("id", "name", "iso"),
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISO = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry, and where: ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Guard:
    """The conditions under which a form names its entity; see the README of the model."""

    near: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """An entity of the lexicon. ``id`` is the record's: ``agency:us-nasa``."""

    kind: Kind
    id: str
    name: str
    acronym: str | None
    side: str | None
    themes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(slots=True)
class Form:
    """One way in which an entity is written."""

    text: str
    kind: FormKind
    entry: Entry
    guard: Guard | None = None
    shared: bool = False


@dataclass(frozen=True)
class Spellings:
    """Ways of writing that hold for all names: ``Defence`` and ``Defense``, ``U.S.`` and ``United States``."""

    words: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(p for full, others in self.prefixes.items() for p in (full, *others))

    def concerns(self, text: str) -> bool:
        """Whether the text has a word, a beginning or a list that is written in another way as well."""
        if ", " in text or text.startswith(self._beginnings):
            return True
        return not self.words.keys().isdisjoint(text.split(" "))


@dataclass(slots=True)
class Lexicon:
    """All entries and forms, in the order of the files."""

    entries: dict[str, Entry] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


def read_lexicon(sources: Mapping[str, KnowledgeFile], spellings: Spellings | None = None) -> Lexicon:
    """The lexicon of the model's files. ``spellings`` are the other ways of writing a word or a beginning.

    Raises ModelError with file and line for the first entry that is wrong.
    """
    for fault in shape_faults(sources):
        raise ModelError(str(fault))
    lexicon = Lexicon()
    ways = spellings or Spellings()
    respelled: list[Form] = []
    for file, kind in FILES.items():
        for item in sources[file].data.get(kind, []):
            entry = _entry(kind, item)
            lexicon.entries[entry.id] = entry
            for form in _forms(entry, item):
                lexicon.forms.append(form)
                if kind != "party" and not (form.guard and (form.guard.near or form.guard.before or form.guard.after)):
                    respelled += _respelled(form, ways)
    written = {form.text for form in lexicon.forms}
    lexicon.forms += [form for form in respelled if form.text not in written]
    return lexicon


def _entry(kind: Kind, item: dict[str, Any]) -> Entry:
    side = item.get("iso") if kind == "party" else item.get("side")
    return Entry(
        kind, f"{kind}:{item['id']}", item["name"], item.get("acronym"), side,
        tuple(item.get("themes", ())), tuple(item.get("members", item.get("parties", ()))),
    )  # fmt: skip


def listed_forms(kind: Kind, item: dict[str, Any]) -> Iterator[Form]:
    """The forms of one entry of a knowledge file, as it lists them and with their guards."""
    return _forms(_entry(kind, item), item)


def _forms(entry: Entry, item: dict[str, Any]) -> Iterator[Form]:
    """The forms as the entry lists them."""
    never = tuple(item.get("not", ()))
    everywhere = Guard(without=never) if never else None
    for text in plain_forms(item):
        yield Form(text, entry.kind, entry, everywhere)
    for text in item.get("shared", ()):
        yield Form(text, entry.kind, entry, everywhere, shared=True)
    for g in item.get("guarded", ()):
        guard = Guard(
            tuple(g.get("near", ())), (*g.get("not", ()), *never), tuple(g.get("before", ())), tuple(g.get("after", ()))
        )
        yield Form(g["form"], entry.kind, entry, guard)
    for text in item.get("adjectives", ()):
        yield Form(text, "adjective", entry)


def _respelled(form: Form, ways: Spellings) -> Iterator[Form]:
    """The form in the other spellings. A form that some entry lists goes before all of these."""
    if not ways.concerns(form.text):
        return
    for written in _spelled(form.text, ways.words):
        for text in _prefixed(written, ways.prefixes):
            if text != form.text:
                yield Form(text, form.kind, form.entry, form.guard, form.shared)


def plain_forms(item: dict[str, Any]) -> list[str]:
    """The name, acronym and aliases of an entry that are neither guarded nor shared."""
    special = {*item.get("shared", ()), *(g["form"] for g in item.get("guarded", ()))}
    texts = [item["name"], *([item["acronym"]] if "acronym" in item else []), *item.get("aliases", ())]
    return [t for t in dict.fromkeys(texts) if t not in special]


def _spelled(text: str, spellings: Mapping[str, str]) -> list[str]:
    """The form, and the form with all its words in the other spelling, each with and without a serial comma."""
    other = " ".join(spellings.get(word, word) for word in text.split(" "))
    ways = [text] if other == text else [text, other]
    return ways if ", " not in text else [way for spelt in ways for way in _with_lists(spelt)]


def _with_lists(text: str) -> list[str]:
    """The form, and the form with the comma before the last member of its list taken away or put in."""
    if ", and " in text:
        return [text, text.replace(", and ", " and ")]
    head, _, tail = text.rpartition(", ")
    return [text, f"{head}, {tail.replace(' and ', ', and ', 1)}"] if " and " in tail else [text]


def _prefixed(text: str, prefixes: Mapping[str, Sequence[str]]) -> list[str]:
    """The form with each of the prefixes that stand for each other (``United States``, ``U.S.``)."""
    for full, others in prefixes.items():
        for prefix in (full, *others):
            if text.startswith(prefix):
                rest = text[len(prefix) :]
                return [text, *(p + rest for p in (full, *others) if p != prefix)]
    return [text]


def shape_faults(sources: Mapping[str, KnowledgeFile]) -> Iterator[Fault]:
    """Entries that cannot be read: unknown or missing keys, values of the wrong type."""
    for file, kind in FILES.items():
        source = sources[file]
        for table in source.data:
            if table != kind:
                yield Fault(file, 1, f"unknown table [[{table}]]; this file has [[{kind}]]")
        for index, item in enumerate(source.data.get(kind, [])):
            for key, message in _entry_faults(kind, item):
                yield Fault(file, source.line(kind, index, key), message)


def structural_faults(sources: Mapping[str, KnowledgeFile]) -> Iterator[Fault]:
    """Everything wrong with the shape of the entries and with how they refer to each other."""
    yield from shape_faults(sources)
    yield from _duplicates(sources)
    yield from _references(sources)


def _is(value: object, expected: str) -> bool:
    if expected == _TEXT:
        return isinstance(value, str) and bool(value.strip())
    if expected == _NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    of = str if expected == _TEXTS else dict
    return isinstance(value, list) and all(value) and {*map(type, value)} <= {of}


def _entry_faults(kind: Kind, item: dict[str, Any]) -> Iterator[tuple[str | None, str]]:
    keys = _KEYS[kind]
    for key, value in item.items():
        if key not in keys:
            yield key, f"unknown key {key!r}"
        elif not _is(value, keys[key]):
            yield key, f"{key} must be {keys[key]}"
            return
    for key in _REQUIRED[kind]:
        if key not in item:
            yield None, f"{key} is missing"
            return
    if not _ID.fullmatch(item["id"]):
        yield "id", f"id {item['id']!r} must be lower-case words with hyphens"
    for code in ("side", "iso"):
        if code in item and not _ISO.fullmatch(item[code]):
            yield code, f"{code} {item[code]!r} must be two capital letters"
    yield from _guard_faults(item)


def _guard_faults(item: dict[str, Any]) -> Iterator[tuple[str | None, str]]:
    for guard in item.get("guarded", ()):
        for key, value in guard.items():
            if key not in _GUARD or not _is(value, _GUARD[key]):
                yield "guarded", f"guarded: {key} is unknown or not {_GUARD.get(key, 'a key')}"
                return
        if "form" not in guard:
            yield "guarded", "guarded: form is missing"
            return
        if len(guard) == 1:
            yield "guarded", f"guarded form {guard['form']!r} has no near, not, before or after"
        if not any(guard["form"] in text for text in item.get("examples", ())):
            yield "guarded", f"guarded form {guard['form']!r} has no example"
        if not any(guard["form"] in text for text in item.get("counterexamples", ())):
            yield "guarded", f"guarded form {guard['form']!r} has no counterexample"
    for phrase in item.get("not", ()):
        if not any(phrase in text for text in item.get("counterexamples", ())):
            yield "not", f"not {phrase!r} has no counterexample"


def _items(sources: Mapping[str, KnowledgeFile]) -> Iterator[tuple[str, Kind, int, dict[str, Any]]]:
    for file, kind in FILES.items():
        for index, item in enumerate(sources[file].data.get(kind, [])):
            if isinstance(item.get("id"), str) and isinstance(item.get("name"), str):
                yield file, kind, index, item


def _duplicates(sources: Mapping[str, KnowledgeFile]) -> Iterator[Fault]:
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for file, kind, index, item in _items(sources):
        own = f"{kind}:{item['id']}"
        if own in ids:
            yield Fault(file, sources[file].line(kind, index, "id"), f"id {item['id']!r} stands twice")
        ids.add(own)
        for text in plain_forms(item):
            if owners.setdefault(text, own) != own:
                line = sources[file].line(kind, index)
                yield Fault(file, line, f"form {text!r} of {own} is a form of {owners[text]} too: guard or share it")


def _references(sources: Mapping[str, KnowledgeFile]) -> Iterator[Fault]:
    agencies = {item["id"] for _, kind, _, item in _items(sources) if kind == "agency"}
    themes = _theme_ids(sources)
    for file, kind, index, item in _items(sources):
        for key in ("parent", "successor", "operators"):
            if key in item:
                named: Sequence[str] = [item[key]] if isinstance(item[key], str) else item[key]
                for ref in named:
                    if ref not in agencies:
                        yield Fault(
                            file, sources[file].line(kind, index, key), f"{key} {ref!r} is no id of agencies.toml"
                        )
        for theme in item.get("themes", ()):
            if theme not in themes:
                yield Fault(file, sources[file].line(kind, index, "themes"), f"{theme!r} is no theme")


def _theme_ids(sources: Mapping[str, KnowledgeFile]) -> frozenset[str]:
    from typing import get_args

    from communique.records import Theme

    return frozenset(cast("tuple[str, ...]", get_args(Theme)))


def read_sources(path: Path) -> dict[str, KnowledgeFile]:
    """The lexicon's files in a model directory. Raises ModelError when one is missing."""
    sources = {}
    for file in (*FILES, "forms.toml", "places.toml"):
        if not (path / file).is_file():
            raise ModelError(f"{path}: the model lacks {file}")
        sources[file] = KnowledgeFile(file, (path / file).read_text(encoding="utf-8"))
    return sources
