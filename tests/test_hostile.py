"""Texts made to slow the program down or to break it: time grows with their length and no faster."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import hostile_inputs
import pytest
from hostile_inputs import INPUTS

from communique import extract

TITLE = "Joint Statement of the United States and Japan"
SMALL = 20_000
FACTOR = 8.0
"""Four times the text may take this many times as long on a machine shared with others; the square would be sixteen."""
INSTANT = 0.25
"""Seconds of processor time for the longer text that nobody needs to compare."""

REPEATED = {
    "one word": "a", "commas": ",", "brackets": "(", "open and close": "[]", "quotes": "'", "digits": "1",
    "dots": "A.", "capitals": "A", "capitalised": "Ab ", "acronyms": "AB ", "line ends": "\n", "bullets": "- a\n",
    "hyphens": "U.S.-", "apostrophes": "A'", "marks": "e\u0301", "cue": "agreed to ", "subject and cue": "we will ",
    "cue and theme": "we will send lunar probes and ", "one paragraph": "The two sides agreed to A. ",
    "silent": "They will do so. ", "list": "We agreed to:\n- A\n", "names": "NASA, ",
    "names of": "Ministry of Health and ", "unfinished names": "Ministry of ",
    "joined names": "the Joint Working Group on Robots and ", "new acronyms": "Alpha Beta (AB) ", "months": "May, ",
    "dates": "by 3 May 2024 ", "weekdays": "Tuesday ", "lengths": "within two years of ", "years": "FY2024-2025, ",
    "presidents": "President Biden and ", "ministers": "Minister Tanaka Hiro met ",
    "delegations": "The U.S. delegation included NASA and NOAA. ",
    "chairs": "co-chaired by Dr. Jane Smith of NASA and ",
    "talks held": "The talks began in May; ", "talks to come": "The talks will be held in May; ",
    "next meetings": "The next meeting will be held in Tokyo in 2027. ", "articles": "Article 1 of the Treaty on ",
    "commitments": "our commitment to ", "addresses": "a@b.org NASA ", "headings": "Lunar Work\n\nWe will.\n\n",
    "numbered laws": "Executive Order {} ", "new groups": "The Ice{} Working Group met. ",
    "names in a heading": "Agreement on Ice for Oslo ", "one acronym": "the Ice Agency (IA) and the IA ",
    "series and parties": "the Kelp Dialogue, Norway and ", "meetings and days": "the dialogue on May 3, ",
    "bodies of two": "the Memorandum of Understanding between NASA and CNES to ",
    "titles": "Mrs ", "heads of names": "Act ", "groups": "states and ", "verbs and places": "convene at Japan, ",
    "verbs and parties": "Russia met Energy, ", "hosts": "She hosted Ola Nordmann for a virtual bilateral meeting.co-",
    "complements": "Tehran Initiative on Critical and Emerging Technologies ",
    "leads": "We intend to pursue activities aimed at:\n\n- building A\n\nNorway will fly.\n\n",
}  # fmt: skip
"""What is repeated, by what it is; ``{}`` counts."""

OPENED = {
    "ministries in one list": ("the Ministries of ", "Trade, "),
    "missions in one list": ("Artemis III", " and Odin"),
}
"""What is repeated once something stands before it."""

ENDS = [("capitals", "@"), ("one word", "@"), ("apostrophes", "@"), ("hyphens", "@")]


def spent(text: str) -> float:
    before = time.process_time()
    extract(text, title=TITLE, published="2024-01-01")
    return time.process_time() - before


def grows_with_length(unit: str, end: str, opening: str = "") -> bool:
    """Whether the longer text is done at once, or takes no longer than its length explains in one of three tries."""

    def text(size: int) -> str:
        return opening + "".join(unit.format(count) for count in range(size // len(unit))) + f"x{end}."

    for _ in range(3):
        long = spent(text(4 * SMALL))
        if long < INSTANT or long < FACTOR * spent(text(SMALL)):
            return True
    return False


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    extract("The model is loaded before any time is taken.")


@pytest.mark.parametrize(
    ("unit", "end"),
    [pytest.param(unit, "", id=name) for name, unit in REPEATED.items()]
    + [pytest.param(REPEATED[name], end, id=f"{name}, {end}") for name, end in ENDS],
)
def test_time_grows_with_the_length_of_the_text(unit: str, end: str) -> None:
    assert grows_with_length(unit, end)


@pytest.mark.parametrize(("opening", "unit"), OPENED.values(), ids=OPENED)
def test_so_it_does_with_the_length_of_a_list(opening: str, unit: str) -> None:
    assert grows_with_length(unit, "", opening)


BOUNDED = {
    # Tried with `match` at a place found before, or in a stretch cut off near it; in use the tests above measure them.
    "communique.clauses.chains",
    "communique.clauses.operators",
    "communique.gathering.expressions",
    "communique.gathering.series",
    "communique.components.parties",
    "communique.naming.complement",
    "communique.readers.formats",
    "communique.readers.page",
    "communique.readers.typeset",
    "communique.temporal.context",
    "communique.temporal.grammar",
    "communique.temporal.months",
    "communique.temporal.years",
    "communique.themes.evidence",
    "communique.tokenizer",
    # Reads gold annotation only.
    "communique.gold",
}
"""Modules with expressions that would take long if all of a text without end were searched with them."""


@pytest.mark.slow
def test_no_expression_takes_longer_than_its_text_explains(root: Path) -> None:
    program = root / "tests" / "hostile_patterns.py"
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["patterns"] > 300
    assert [slow for slow in found["slow"] if slow["module"] not in BOUNDED] == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory as POSIX tells it")
def test_what_is_made_to_break_the_program_ends_within_its_bounds() -> None:
    """Time grows with the length, so a tenth of the length has a tenth of the time."""
    tenth = {h.name: hostile_inputs.tried(h, h.size // 10 if h.size > 1000 else h.size) for h in INPUTS if h.suite}
    assert [fault for h in INPUTS if h.suite for fault in hostile_inputs.faults(h, tenth[h.name])] == []
    assert max(found.seconds for found in tenth.values()) < hostile_inputs.SECONDS / 10
    assert max(found.megabytes for found in tenth.values()) < 1_000
