"""Patterns in which case does not count: they find in long texts what `re` finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.gathering.expressions import Expression
from communique.gathering.rules import read_meeting_rules
from communique.knowledge import KnowledgeFile
from communique.layout import view
from communique.model import model_path

ROOT = Path(__file__).parents[1]
FILE = "meetings.toml"
PATTERNS = read_meeting_rules(KnowledgeFile(FILE, (model_path("en_space") / FILE).read_text("utf-8"))).patterns
FILLER = "The two sides spoke of ice and kelp, of tides and of nets, and of much else besides. "


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\bmet (?:in|at)\b", "Officials MET in Oslo.", ["MET in"]),
        (r"\bin (?-i:[A-Z])\w+", "In oslo and in Oslo, IN Lima.", ["in Oslo", "IN Lima"]),
        (r"\bin \w+\b(?! (?-i:[A-Z]))", "in Oslo Fjord, in Lima today", ["in Lima"]),
        (r"(?-i:[^A-Z]O)slo\b", "-oslo -Oslo AOSLO -OSLO", ["-Oslo", "-OSLO"]),
        (r"\bled by\b|:", "Led by whom: we ask", ["Led by", ":"]),
        (r"\S+ ice\Z", "A talk on ICE", ["on ICE"]),
        (r"(?-i:Kelp(?! D))", "Kelp Day, Kelp dialogue", ["Kelp"]),
        (r"palais de l'Élysée", "at the Palais de l'Élysée", ["Palais de l'Élysée"]),
        (r"\x53ea\b", "Sea and sea", ["Sea", "sea"]),
    ],
)
def test_finds_what_case_allows(pattern: str, text: str, found: list[str]) -> None:
    for before in ("", FILLER):
        assert [m.group() for m in Expression(pattern).finditer(before + text)] == found


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*[0-9].md"))[::3], ids=lambda path: path.stem)
def test_finds_what_re_finds(path: Path) -> None:
    text = view(path.read_text(encoding="utf-8")).text
    for name, expression in PATTERNS.items():
        plain = re.compile(expression.pattern, re.IGNORECASE | re.MULTILINE)
        if not plain.match(""):  # `delegations.joined` is asked of what stands between two places
            assert [m.span() for m in expression.finditer(text)] == [m.span() for m in plain.finditer(text)], name


@given(
    st.lists(st.sampled_from(["met", "Met", "in", "Oslo", "oslo", "next", "İzmir", "the", "\n"])), st.integers(0, 99)
)
def test_any_stretch(words: list[str], start: int) -> None:
    pattern = r"\b(?:met(?= in (?-i:[A-Z]))|(?<!the )next)\b"
    text = FILLER + " ".join(words)
    expected = [m.span() for m in re.compile(pattern, re.IGNORECASE).finditer(text, start)]
    assert [m.span() for m in Expression(pattern).finditer(text, start)] == expected
