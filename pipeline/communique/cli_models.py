"""What `communique model` tells of a rule model; read from its files, without loading it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from communique.errors import ModelError
from communique.model import model_meta, model_path


class ModelFacts(NamedTuple):
    """A model's name with its language, its version and description, its directory, and the entries of each file."""

    name: str
    version: str
    description: str
    path: Path
    entries: dict[str, int]


def model_facts(name_or_path: str) -> ModelFacts:
    """The facts of a model. Raises ModelError when there is none, or a file of it cannot be read."""
    path = model_path(name_or_path)
    meta = model_meta(path)
    return ModelFacts(
        name=f"{meta['lang']}_{meta['name']}",
        version=meta["version"],
        description=meta["description"],
        path=path,
        entries={file.name: _entries(file) for file in sorted(path.glob("*.toml"))},
    )


def _entries(file: Path) -> int:
    """How many tables stand in the file's arrays of tables."""
    import tomli

    try:
        tables = tomli.loads(file.read_text(encoding="utf-8")).values()
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{file}: not TOML: {error}") from None
    return sum(len(value) for value in tables if isinstance(value, list))
