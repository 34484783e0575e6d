"""Checks a rule model's names: the shape of the entries, and their examples and counterexamples against the finder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.lexicon import FILES, Fault, read_sources, structural_faults
from communique.naming.finder import NameFinder


def check_model(path: Path) -> list[Fault]:
    """All faults of the lexicon and of ``forms.toml`` in a model directory, in the order of the files.

    Raises ModelError when a file is missing or is not TOML.
    """
    sources = read_sources(path)
    faults = list(structural_faults(sources))
    try:
        finder = NameFinder(sources)
    except ModelError as error:
        message = Fault("forms.toml", 1, str(error))
        return faults if any(str(fault) == str(error) for fault in faults) else [*faults, message]
    faults += _example_faults(sources, finder)
    faults += _form_faults(sources["forms.toml"], finder)
    order = {file: i for i, file in enumerate((*FILES, "forms.toml"))}
    return sorted(faults, key=lambda f: (order.get(f.file, len(order)), f.line))


def _example_faults(sources: Mapping[str, KnowledgeFile], finder: NameFinder) -> Iterator[Fault]:
    for file, kind in FILES.items():
        for index, item in enumerate(sources[file].data.get(kind, [])):
            entity = f"{kind}:{item['id']}"
            for key, expected in (("examples", True), ("counterexamples", False)):
                for text in item.get(key, ()):
                    found = any(m.entity.id == entity for m in finder.find(text))
                    if found != expected:
                        verb = "is not found" if expected else "is found"
                        line = sources[file].line(kind, index, key)
                        yield Fault(file, line, f"{entity} {verb} in {text!r}")


def _form_faults(source: KnowledgeFile, finder: NameFinder) -> Iterator[Fault]:
    tables: list[tuple[str, int, dict[str, Any]]] = [("head", i, item) for i, item in enumerate(source.data["head"])]
    sections = ("shapes", "organs", "small_topics", "laws", "resolutions")
    tables += [(section, 0, source.data[section]) for section in sections]
    for table, index, item in tables:
        line = source.line(table, index, "examples") if table == "head" else 1
        for example in item["examples"]:
            names = [m.entity.name for m in finder.find(example["text"])]
            if example["name"] not in names:
                yield Fault(source.name, line, f"{example['name']!r} is not found in {example['text']!r}")
        for text in item["counterexamples"]:
            for mention in finder.find(text):
                if mention.rule.startswith("form:"):
                    yield Fault(source.name, line, f"{mention.entity.name!r} is found in {text!r}")
