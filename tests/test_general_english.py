"""Dates and sentences outside the genre: the benchmarks' own arithmetic, and the level that the program keeps."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
GENERAL = ROOT / "corpus" / "general"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["general"]


def benchmark(name: str) -> ModuleType:
    """A program of the folder `benchmarks`, as a module."""
    specification = importlib.util.spec_from_file_location(f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


dates, sentences = benchmark("dates"), benchmark("sentences")
FILES = sorted((GENERAL / "dates").glob("*.tml"))
PASSAGES = sorted((GENERAL / "sentences").glob("*.passages"))

TML = """<?xml version="1.0" ?>
<TimeML xmlns:c="urn:communique:general">
<DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22">March 22</TIMEX3></DCT>
<TEXT>He <EVENT eid="e1">left</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2013-03-19">Tuesday</TIMEX3> &amp; ran
<c:range value="1998/2000">from <TIMEX3 tid="t2" type="DATE" value="1998">1998</TIMEX3> to
<TIMEX3 tid="t3" type="DATE" value="2000" c:or="P2Y">2000</TIMEX3></c:range>; <c:open>then</c:open>,
<TIMEX3 tid="t4" type="DATE" value="PRESENT_REF">now</TIMEX3></TEXT></TimeML>"""


def test_a_timeml_file_is_its_words_and_its_marks(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TML, encoding="utf-8")
    document = dates.read(tmp_path / "a.tml")
    assert str(document.created) == "2013-03-22"
    assert document.text == "He left on Tuesday & ran\nfrom 1998 to\n2000; then,\nnow"
    marked = [(document.text[e.start : e.end], e.values, e.kind) for e in document.timeml]
    assert marked == [
        ("Tuesday", ("2013-03-19",), ""), ("1998", ("1998",), ""), ("2000", ("2000", "P2Y"), ""),
        ("then", (), "open"), ("now", ("PRESENT_REF",), "reference"),
    ]  # fmt: skip
    own = [(document.text[e.start : e.end], e.values) for e in document.own]
    assert own == [("Tuesday", ("2013-03-19",)), ("from 1998 to\n2000", ("1998/2000",)), ("then", ()), ("now", ())]


@pytest.mark.parametrize(
    ("value", "kind", "own"),
    [
        ("1998-SU", "DATE", "1998-22"),
        ("199", "DATE", "199X"),
        ("19", "DATE", "19XX"),
        ("1998-H2", "DATE", "1998-07/1998-12"),
        ("1998-03-09TNI", "TIME", "1998-03-09"),
        ("P3DE", "DURATION", "P30Y"),
        ("XXXX-WXX-5", "SET", "P1W"),
        ("1998-Q1", "DATE", "1998-Q1"),
    ],
)
def test_timeml_values_have_a_form_of_our_own(value: str, kind: str, own: str) -> None:
    assert dates.own_value(value, kind) == own


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("He left on Monday night.", [("Monday night", "2013-03-18TNI")]),
        ("He ran it from 1998 to 2000.", [("1998", "1998"), ("2000", "2000")]),
        ("It was the summer of 1998.", [("the summer of 1998", "1998-SU")]),
        ("It was the second half of 1998.", [("the second half of 1998", "1998-H2")]),
        ("It was last year's music of the 1990s.", [("last year", "2012"), ("the 1990s", "199")]),
        ("It was over the weekend.", [("the weekend", "2013-W11-WE")]),
    ],
)
def test_what_is_found_has_a_form_of_timeml(text: str, marked: list[tuple[str, str]]) -> None:
    found = dates.communique()(text, dates.date(2013, 3, 21))
    assert [(text[e.start : e.end], *e.values) for e in found] == marked


def test_strict_relaxed_and_value() -> None:
    gold = [
        dates.Expression(0, 4, ("1998",)),
        dates.Expression(10, 20, ("P2Y", "1999")),
        dates.Expression(30, 35, ("X",)),
    ]
    found = [dates.Expression(0, 4, ("1997",)), dates.Expression(12, 20, ("1999",)), dates.Expression(50, 55, ("X",))]
    assert dates.score([(gold, found)])[0] == (33.3, 66.7, 33.3)


def test_references_and_open_words_count_only_where_they_are_asked_for() -> None:
    gold = [dates.Expression(0, 3, ("PRESENT_REF",), "reference"), dates.Expression(5, 9, (), "open")]
    found = [dates.Expression(5, 9, ("1998",))]
    assert dates.score([(gold, found)], references=False)[0] == (0.0, 0.0, 0.0)
    assert dates.score([(gold, found)])[1] == [(0, gold[0], None)]


def test_the_f1_of_boundaries_lists_what_is_wrong() -> None:
    passage = sentences.Passage("a", "One. Two. Three.", sentences.boundaries(["One.", "Two.", "Three."]))
    assert sentences.f1([passage], lambda text: ["One. Two.", "Three."]) == (66.7, ["a: missed One. | Two.Three."])


def test_dates_keep_their_level() -> None:
    documents = [dates.read(path) for path in FILES]
    answers = [(d.timeml, dates.communique()(d.text, d.created)) for d in documents]
    whole, _ = dates.score(answers, references=False)
    own, _ = dates.score(dates.own_answers(documents), references=False)
    reached = dict(zip(("strict", "relaxed", "value"), whole, strict=True)) | {"own value": own.value}
    assert {name: figure for name, figure in reached.items() if figure < FLOORS["dates"][name]} == {}


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_sentences_keep_their_level(path: Path) -> None:
    reached, errors = sentences.f1(sentences.read(path), sentences.communique())
    assert reached >= FLOORS["sentences"][path.stem], errors


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_text_says_that_it_is_written_for_the_corpus(path: Path) -> None:
    assert "Written for the communique corpus by its authors" in path.read_text(encoding="utf-8")
