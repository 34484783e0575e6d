"""Finds and loads a rule model: a spaCy model directory whose knowledge is TOML."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_space"


def resource(kind: str) -> Path:
    """The folder ``models`` or ``schemas``: inside the installed package, or at the root of an editable install."""
    packaged = Path(__file__).parent / kind
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / kind


def model_path(name_or_path: str) -> Path:
    """The directory of a model, given the name of one that comes with communique or a path.

    Raises ModelError when there is none.
    """
    for candidate in (resource("models") / name_or_path, Path(name_or_path)):
        if (candidate / "config.cfg").is_file():
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

    return spacy.load(path)


def load(model: str = DEFAULT_MODEL) -> Language:
    """The model's spaCy pipeline, loaded once per process.

    Raises ModelError when the model is not found or an entry of it is wrong.
    """
    return _load(str(model_path(model)))
