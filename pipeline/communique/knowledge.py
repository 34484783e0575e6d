"""Knowledge as data: the TOML files of a rule model, and the components that carry them.

spaCy gives each component a folder of its own inside the model. Several components share a file here (the parties'
names serve the mentions and the meeting), so the files stand beside those folders, at the model's root.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

import srsly
import tomli

from communique.errors import ModelError

T = TypeVar("T")


@dataclass(frozen=True)
class KnowledgeFile:
    """One TOML file of a model: its name, its text as written, and a way from an entry back to its line."""

    name: str
    text: str

    @property
    def data(self) -> dict[str, Any]:
        """The parsed file. Raises ModelError with the line when it is not TOML."""
        return _parse(self.name, self.text)

    def line(self, table: str, index: int | None, key: str | None = None) -> int:
        """Line number (from 1) of the ``index``-th ``[[table]]``, or of ``key`` within it; None for a ``[table]``."""
        name = re.escape(table)
        head = rf"^\[\s*{name}\s*\]" if index is None else rf"^\[\[\s*{name}\s*\]\]"
        heads = [m.start() for m in re.finditer(head, self.text, re.MULTILINE)]
        if (index or 0) >= len(heads):
            return 1
        at = heads[index or 0]
        if key is not None:
            after = re.compile(r"^\[", re.MULTILINE).search(self.text, at + 1)
            until = after.start() if after else len(self.text)
            found = re.compile(rf"^\s*{re.escape(key)}\s*=", re.MULTILINE).search(self.text, at, until)
            at = found.end() if found else at
        return self.text.count("\n", 0, at) + 1

    def pattern(self, table: str, key: str, make: Callable[[str], T]) -> T:
        """What ``make`` compiles of a pattern of ``[table]``. Raises ModelError with the line where there is none."""
        try:
            pattern = pattern_text(self.data.get(table, {}).get(key))
            if pattern is not None:
                return make(pattern)
            fault = f"[{table}] lacks {key}, or it is neither text nor a list of texts"
        except re.error as error:
            fault = f"[{table}] {key} is no pattern: {error}"
        raise ModelError(f"{self.name}:{self.line(table, None, key)}: {fault}")


@lru_cache(maxsize=64)
def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError) as error:
        raise ModelError(f"{name}: not TOML: {error}") from None


def pattern_text(value: object) -> str | None:
    """A pattern as it stands in a file: a text, or a list of its pieces, one after the other; None for what is none."""
    if isinstance(value, list) and value and all(isinstance(piece, str) for piece in value):
        return "".join(value)
    return value if isinstance(value, str) else None


def filled(pattern: str, terms: Mapping[str, str]) -> str:
    """The pattern with each name in braces replaced by the term of that name; a term may use another."""
    for _ in range(2):
        for name, inner in terms.items():
            pattern = pattern.replace("{" + name + "}", inner)
    return pattern


def alternation(words: Iterable[str]) -> str:
    """The words as a pattern for `re`, the longer first, so that a word does not hide one that it begins."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


class KnowledgeComponent:
    """A pipeline component whose knowledge is files at the model's root.

    Subclasses name their ``files`` and make what they need of them in ``build``.
    """

    files: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        self.sources: dict[str, KnowledgeFile] = {}

    def build(self) -> None:
        """Make matchers and tables from ``self.sources``. Raises ModelError when an entry is wrong."""
        raise NotImplementedError

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read the files from the model directory that ``path`` (the component's own folder) lies in."""
        root = Path(path).parent
        for name in self.files:
            try:
                self.sources[name] = KnowledgeFile(name, (root / name).read_text(encoding="utf-8"))
            except FileNotFoundError:
                raise ModelError(f"{root}: the model lacks {name}") from None
            except UnicodeDecodeError as error:
                raise ModelError(f"{root / name}: not UTF-8 at byte {error.start}") from None
        self.build()
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the files as they were read, comments and all."""
        root = Path(path).parent
        root.mkdir(parents=True, exist_ok=True)
        for name, source in self.sources.items():
            (root / name).write_text(source.text, encoding="utf-8")

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The files' texts, serialised."""
        return bytes(srsly.msgpack_dumps({name: source.text for name, source in self.sources.items()}))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """The inverse of `to_bytes`."""
        texts: dict[str, str] = srsly.msgpack_loads(data)
        self.sources = {name: KnowledgeFile(name, text) for name, text in texts.items()}
        self.build()
        return self
