"""What all tests share."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real statements beside the repository; tests that read it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder shared/ beside the repository")
    return folder


def _full_record() -> dict[str, Any]:
    """A record by hand in which every field holds something, of a statement that nobody made."""
    text = (
        "Second Freedonia-Japan Space Dialogue\n"
        "Officials met in Tokyo on March 3, 2031. NASA and Japan plan to explore joint flights by 2033. "
        "They welcomed the Zephyr Accord. The next dialogue will be held in Seoul in 2032."
    )

    def at(quote: str, **fields: Any) -> dict[str, Any]:
        start = text.index(quote)
        return {"start": start, "end": start + len(quote), "quote": quote, **fields}

    def plain(quote: str) -> dict[str, Any]:
        return {key: value for key, value in at(quote).items() if key != "quote"}

    lines = text.replace(". ", ".\n").split("\n")
    return {
        "schema_version": "1.0",
        "statement": {
            "id": sha256(text.encode()).hexdigest()[:16],
            "title": "Joint Statement",
            "published": "2031-03-04",
            "language": "en",
            "source": {"uri": "statement.md", "media_type": "text/markdown", "sha256": "0" * 64},
            "text": text,
            "pages": [{"number": 1, "start": 0}, {"number": 2, "start": text.index("They")}],
        },
        "sentences": [plain(line) for line in lines],
        "entities": [
            {"id": i, "kind": i.partition(":")[0], "name": name, "acronym": acronym, "side": side, "known": known}
            for i, name, acronym, side, known in [
                ("agency:us-nasa", "National Aeronautics and Space Administration", "NASA", "US", True),
                ("instrument:zephyr-accord", "Zephyr Accord", None, None, False),
                ("party:jp", "Japan", None, "JP", True),
            ]
        ],
        "mentions": [
            at("NASA", kind="agency", entity="agency:us-nasa", rule="lexicon"),
            {**at("Japan plan"), "end": at("Japan plan")["end"] - 5, "quote": "Japan"}
            | {"kind": "party", "entity": "party:jp", "rule": "lexicon"},
            at("Zephyr Accord", kind="instrument", entity="instrument:zephyr-accord", rule="form"),
        ],
        "dates": [
            at(quote, type="date", value=value, mod=mod, earliest=first, latest=last, rule="calendar")
            for quote, value, mod, first, last in [
                ("March 3, 2031", "2031-03-03", None, "2031-03-03", "2031-03-03"),
                ("2033", "2033", "before", None, "2033-12-31"),
                ("2032", "2032", None, "2032-01-01", "2032-12-31"),
            ]
        ],
        "commitments": [
            at(
                "NASA and Japan plan to explore joint flights by 2033",
                id="c1",
                trigger=at("plan to explore"),
                operators=["plan to", "explore"],
                strength="explore",
                actors=["agency:us-nasa", "JP"],
                themes=["human_spaceflight"],
                deadline="2033",
                mentions=[0, 1],
                dates=[1],
                rule="chain",
            )
        ],
        "positions": [
            at(
                "They welcomed the Zephyr Accord",
                id="p1",
                trigger=at("welcomed"),
                actors=["JP"],
                themes=["multilateral"],
                rule="verb",
            )
        ],
        "meeting": {
            "series": "Freedonia-Japan Space Dialogue",
            "ordinal": 2,
            "start": "2031-03-03",
            "end": "2031-03-03",
            "city": "Tokyo",
            "country": "JP",
            "virtual": False,
            "parties": ["JP", "US"],
            "heads": [{"name": "A. Person", "title": "Director", "agency": "agency:us-nasa", "side": "US"}],
            "delegations": {"US": ["agency:us-nasa"]},
            "next": {"ordinal": 3, "date": "2032", "city": "Seoul", "country": "KR"},
        },
        "coverage": {
            "silent_sentences": [0],
            "unknown_names": [at("Freedonia")],
            "unknown_verbs": [at("met")],
        },
        "provenance": {"communique": "0.1.0", "model": "en_space-1.0.0", "spacy": "3.8.7"},
    }


@pytest.fixture
def full_record() -> dict[str, Any]:
    """JSON data of a record in which every field holds something; a fresh copy for each test."""
    return _full_record()
