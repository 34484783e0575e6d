"""Finds and loads a rule model: a spaCy model directory whose knowledge is TOML.

A model may come from a stranger, and spaCy's ``config.cfg`` can name any function that an installed package registers,
another package to import, or a module of a language. So only what rule models need is taken: communique's own
components and tokenizer. Nothing else in the directory is read but the TOML files; spaCy's ``vocab`` least of all.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import ModelError
from communique.making import collection_paused, settle

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_space"

FACTORIES = frozenset(
    f"communique_{name}" for name in ("sentences", "mentions", "dates", "parties", "commitments", "themes", "meeting")
)
"""The components that a model may have."""

MAX_FILE_BYTES = 200_000_000
"""Longest file of a model that is read."""

_FUNCTIONS = {"nlp.tokenizer.@tokenizers": "communique.Tokenizer.v1", "nlp.vectors.@vectors": "spacy.Vectors.v1"}
"""The functions that a config.cfg may name, by their place in it."""
_HOOKS = ("before_creation", "after_creation", "after_pipeline_creation")
_MAX_BATCH = 100_000
_NAME = re.compile(r"[A-Za-z0-9_-]+")


def resource(kind: str) -> Path:
    """The folder ``models`` or ``schemas``: inside the installed package, or at the root of an editable install."""
    packaged = Path(__file__).parent / kind
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / kind


def model_path(name_or_path: str) -> Path:
    """The directory of a model, given the name of one that comes with communique or a path.

    Raises ModelError when there is none, or a file of it is none that can be read to its end.
    """
    for candidate in (resource("models") / name_or_path, Path(name_or_path)):
        if (candidate / "config.cfg").is_file():
            _require_plain_files(candidate)
            return candidate
    known = ", ".join(installed_models()) or "none"
    raise ModelError(f"no rule model {name_or_path!r}: give a model directory or one of these names: {known}")


def installed_models() -> list[str]:
    """Names of the models that come with communique."""
    root = resource("models")
    return sorted(p.name for p in root.iterdir() if (p / "config.cfg").is_file()) if root.is_dir() else []


@lru_cache(maxsize=4)
def _load(path: str) -> Language:
    import spacy

    folder = Path(path)
    try:
        _require_harmless(_config(folder), folder / "config.cfg")
        # A model is tables of hundreds of thousands of objects, all of which are kept: looking for garbage among them
        # while they are made takes as long as making them, and so it does with the first statements.
        with collection_paused():
            nlp = spacy.load(folder, exclude=["vocab"])
            settle()
            return nlp
    except ModelError:
        raise
    except Exception as error:
        # spaCy, its configuration reader and the entries of a broken model raise errors of every kind.
        lines = str(error).strip().splitlines()
        reason = lines[0] if lines else type(error).__name__
        raise ModelError(f"{folder}: cannot be loaded: {reason}") from error


def load(model: str = DEFAULT_MODEL) -> Language:
    """The model's spaCy pipeline, loaded once per process: what is added to it is there for `extract` as well.

    `extract` runs only components that are an `Annotator`; others are run on Docs alone.

    Raises ModelError when the model is not found, names anything but communique's own components, or an entry of it is
    wrong.
    """
    return _load(str(model_path(model)))


def model_files(folder: Path) -> list[Path]:
    """All files of a model directory that are ever read."""
    return sorted([*folder.glob("*.toml"), folder / "config.cfg", folder / "meta.json"])


def model_meta(folder: Path) -> dict[str, str]:
    """What a model's ``meta.json`` says: ``lang``, ``name``, ``version`` and ``description``.

    Raises ModelError when it cannot be read or lacks one of the first three.
    """
    path = folder / "meta.json"
    try:
        meta = {"description": "", **json.loads(path.read_text(encoding="utf-8"))}
        return {key: str(meta[key]) for key in ("lang", "name", "version", "description")}
    except KeyError as error:
        raise ModelError(f"{path}: lacks {error}") from None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ModelError(f"{path}: cannot be read: {error}") from None


def _require_plain_files(folder: Path) -> None:
    """Refuse a pipe or device, which could be read for ever, and what would fill the memory."""
    for path in model_files(folder):
        try:
            facts = path.stat()
        except OSError as error:
            raise ModelError(f"{path}: cannot be read: {error.strerror}") from None
        if not stat.S_ISREG(facts.st_mode):
            raise ModelError(f"{path}: is no regular file")
        if facts.st_size > MAX_FILE_BYTES:
            raise ModelError(f"{path}: over {MAX_FILE_BYTES:,} bytes")


def _config(folder: Path) -> Mapping[str, Any]:
    from spacy.util import load_config

    config: Mapping[str, Any] = load_config(folder / "config.cfg", interpolate=True)
    return config


def _require_harmless(config: Mapping[str, Any], path: Path) -> None:
    """Raise ModelError where the configuration names what no rule model needs."""
    nlp, components = config.get("nlp", {}), config.get("components", {})
    if nlp.get("lang") != "en":
        raise ModelError(f"{path}: nlp.lang is {nlp.get('lang')!r}: rule models are of 'en'")
    if _FUNCTIONS["nlp.tokenizer.@tokenizers"] != nlp.get("tokenizer", {}).get("@tokenizers"):
        raise ModelError(f"{path}: nlp.tokenizer is not {_FUNCTIONS['nlp.tokenizer.@tokenizers']!r}")
    batch = nlp.get("batch_size")
    if not isinstance(batch, int) or not 0 < batch <= _MAX_BATCH:
        raise ModelError(f"{path}: nlp.batch_size is {batch!r}: give a number from 1 to {_MAX_BATCH:,}")
    for place, name in _named(config):
        if _FUNCTIONS.get(place) != name:
            raise ModelError(f"{path}: {place} names {name!r}: a rule model names communique's own functions only")
    for hook in _HOOKS:
        if nlp.get(hook) is not None:
            raise ModelError(f"{path}: nlp.{hook} is set: a rule model runs nothing when it is loaded")
    for name, settings in components.items():
        if set(settings) != {"factory"} or settings["factory"] not in FACTORIES or not _NAME.fullmatch(name):
            raise ModelError(f"{path}: components.{name}: give a factory of communique and nothing else")


def _named(config: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, object]]:
    """Each function that the configuration names (``@registry = "name"``) with its place."""
    for key, value in config.items():
        if str(key).startswith("@"):
            yield f"{place}{key}", value
        elif isinstance(value, Mapping):
            yield from _named(value, f"{place}{key}.")
