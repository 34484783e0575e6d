"""Tries every example and counter-example of a rule model against the pipeline that the model makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from spacy.language import Language

from communique.annotations import Annotations, Commitment
from communique.components.annotator import annotate
from communique.components.commitments import CommitmentsComponent
from communique.components.themes import ThemesComponent
from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.lexicon import Fault
from communique.model import load
from communique.naming import check
from communique.temporal import DateFinder

_BRACKETS = re.compile(r"[\[\]]")
_TITLE = "Joint Statement of the United States and Japan"


def check_model(path: Path) -> list[Fault]:
    """All faults of the model in a directory: its names first, then what keeps it from loading, then its examples.

    Raises ModelError when a file is missing or is not TOML.
    """
    faults = check.check_model(path)
    if faults:
        return faults
    try:
        nlp = load(str(path))
    except ModelError as error:
        return [_located(str(error))]
    return [*_operator_faults(nlp), *_date_faults(path), *_theme_faults(nlp)]


def _located(message: str) -> Fault:
    """A ModelError's message, taken apart where it begins with file and line."""
    match = re.match(r"(?:.*/)?([\w-]+\.\w+):(\d+): (.*)", message)
    return Fault(match[1], int(match[2]), match[3]) if match else Fault("config.cfg", 1, message)


def _annotated(nlp: Language, text: str) -> Annotations:
    return annotate(nlp, Annotations(text=text, title=_TITLE, published="2025-04-14"))


def _operator_faults(nlp: Language) -> Iterator[Fault]:
    """Examples mark the trigger in square brackets; a counter-example gives no commitment and no position."""
    component = cast(CommitmentsComponent, nlp.get_pipe("commitments"))
    source = component.sources["commitments.toml"]
    for index, entry in enumerate(source.data["operator"]):
        name = entry["lemma"]
        for example in entry["examples"]:
            triggers = _triggers(nlp, _BRACKETS.sub("", example))
            for missing in (t for t in re.findall(r"\[([^\]]*)\]", example) if t not in triggers):
                line = source.line("operator", index, "examples")
                yield Fault(source.name, line, f"operator {name!r}: {missing!r} is not found in {example!r}")
        for text in entry["counterexamples"]:
            for trigger in _triggers(nlp, text):
                line = source.line("operator", index, "counterexamples")
                yield Fault(source.name, line, f"operator {name!r}: {trigger!r} is found in {text!r}")


def _triggers(nlp: Language, text: str) -> list[str]:
    found = _annotated(nlp, text)
    spans = [(c.trigger_start, c.trigger_end) for c in found.commitments]
    spans += [(p.trigger_start, p.trigger_end) for p in found.positions]
    return [text[start:end] for start, end in spans]


def _date_faults(path: Path) -> Iterator[Fault]:
    source = KnowledgeFile("dates.toml", (path / "dates.toml").read_text(encoding="utf-8"))
    finder = DateFinder(source)
    for table, expected in (("expression", True), ("counterexample", False)):
        for index, entry in enumerate(source.data[table]):
            dates = finder.find(entry["text"], published=entry.get("published"))
            found = [(entry["text"][d.start : d.end], d.type, d.value) for d in dates]
            quote = entry.get("quote", found[0][0] if found else "")
            wanted = [(quote, entry.get("type", "date"), entry.get("value"))] if expected else []
            if found != wanted:
                yield Fault(source.name, source.line(table, index), f"{entry['text']!r} gives {found}, not {wanted}")


def _theme_faults(nlp: Language) -> Iterator[Fault]:
    component = cast(ThemesComponent, nlp.get_pipe("themes"))
    source = component.sources["themes.toml"]
    for index, theme in enumerate(source.data["theme"]):
        for example in theme["examples"]:
            if (found := _themes(component, example)) != example["themes"]:
                line = source.line("theme", index, "examples")
                yield Fault(source.name, line, f"{example['clause']!r} gets {found}, not {example['themes']}")
        for clause in theme["counterexamples"]:
            if theme["id"] in _themes(component, {"clause": clause}):
                line = source.line("theme", index, "counterexamples")
                yield Fault(source.name, line, f"{clause!r} gets {theme['id']}")


def _themes(component: ThemesComponent, example: dict[str, Any]) -> list[str]:
    """The themes of a clause that stands alone."""
    text = example["clause"]
    found = Annotations(text=text, sentences=[(0, len(text))])
    found.commitments.append(Commitment(0, len(text), 0, 0, ["will"], "pledge", [], None, "example"))
    component.annotate(found)
    return found.commitments[0].themes
