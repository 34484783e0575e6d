"""Names that no lexicon lists, known by their form: what is a name, where it begins and ends, and what is none."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.lexicon import read_sources
from communique.model import resource
from communique.naming.acronyms import abbreviates, long_form_start
from communique.naming.finder import NameFinder
from communique.naming.heads import read_form_rules

MODEL = resource("models") / "en_space"
SOURCES = read_sources(MODEL)
FINDER = NameFinder(SOURCES)


def by_form(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """The kind and the words of the names that the lexicon does not list."""
    return [(m.kind, text[m.start : m.end]) for m in FINDER.find(text, title=title) if not m.entity.known]


def examples(table: str) -> list[tuple[str, str]]:
    tables: list[dict[str, Any]] = (
        SOURCES["forms.toml"].data["head"] if table == "head" else [SOURCES["forms.toml"].data[table]]
    )
    return [(example["text"], example["name"]) for item in tables for example in item["examples"]]


@pytest.mark.parametrize(
    ("text", "name"), [*examples("head"), *examples("shapes"), *examples("laws"), *examples("resolutions")]
)
def test_every_example_of_the_model_is_found(text: str, name: str) -> None:
    assert name in [m.entity.name for m in FINDER.find(text)]


@pytest.mark.parametrize("head", SOURCES["forms.toml"].data["head"], ids=lambda head: str(head["words"][0]))
def test_no_counterexample_of_the_model_is_found(head: dict[str, Any]) -> None:
    for text in head["counterexamples"]:
        assert [m.rule for m in FINDER.find(text) if m.rule.startswith("form:")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ministries, bureaus, agencies
        ("The Ministry of Rails, Roads and Tourism of Norway joined.", "Ministry of Rails, Roads and Tourism"),
        ("The Ministry of Culture, Sports and Tundra Tourism joined the others.",
         "Ministry of Culture, Sports and Tundra Tourism"),
        ("The Ministry of Tundra Affairs and NASA joined.", "Ministry of Tundra Affairs"),
        ("The Ministry of Tundra Affairs Director General Ola Nordmann joined.", "Ministry of Tundra Affairs"),
        ("The Bureau of Tundra Affairs Ola Nordmann joined.", "Bureau of Tundra Affairs"),
        ("Strengthening Tundra Research Institute ties matters.", "Tundra Research Institute"),
        ("The Finnish Tundra Research Institute joined.", "Finnish Tundra Research Institute"),
        # forums
        ("They held the 12th annual U.S.-Norway Tundra Dialogue in Oslo.", "U.S.-Norway Tundra Dialogue"),
        ("They attended the 2031 Tundra Forum in Oslo.", "Tundra Forum"),
        ("They launched the Working Group on Tundra Roads and Bridges.", "Working Group on Tundra Roads and Bridges"),
        ("They held the Tundra Dialogue on March 3 in Oslo.", "Tundra Dialogue"),
        ("They attended a Tundra Women's Council session.", "Tundra Women's Council"),
        ("They met in the Polar Affairs Directors Group again.", "Polar Affairs Directors Group"),
        ("They welcome the Tundra Safety Coordination Mechanism today.", "Tundra Safety Coordination Mechanism"),
        ("They attended the UN High-Level Meeting on Tundra Health today.", "UN High-Level Meeting on Tundra Health"),
        ("They attended the Tundra Regulators' Council today.", "Tundra Regulators' Council"),
        ("They heard the Tundra Council for Norway today.", "Tundra Council for Norway"),
        ("They heard Working Group 4, which met in Oslo.", "Working Group 4"),
        # instruments
        ("They ended talks on a Research, Safety, Data, and Tundra Agreement today.",
         "Research, Safety, Data, and Tundra Agreement"),
        ("They signed the Oslo Declaration on Tundra Safety yesterday.", "Oslo Declaration on Tundra Safety"),
        ("They signed the Implementing Arrangement for Tundra cooperation yesterday.",
         "Implementing Arrangement for Tundra cooperation"),
        ("They renewed the Agreement on Ice between the United States and Norway yesterday.",
         "Agreement on Ice between the United States and Norway"),
        ("They recalled the Tundra Strategy of Norway yesterday.", "Tundra Strategy"),
    ],
)  # fmt: skip
def test_where_a_name_begins_and_ends(text: str, expected: str) -> None:
    assert expected in [words for _, words in by_form(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Building a Better Energy Framework\nThe two sides met.",
        "New Energy Partnership: The two sides met again.",
        "The Deputy Minister for National Tundra Policy Ola Nordmann spoke.",
        "The Tundra Policy Advisor spoke.",
        "The Agreement was signed by both.",
        "The COVID-19 response and the satellite were discussed.",
        "An F-35 passed the satellite dish.",
        "She studied at the Tundra University.",
        "Tundra Motors Inc. will invest.",
        "Secretary of State Jane Roe and Minister of Finance Ola Nordmann spoke.",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert by_form(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rocket put Tycho-4B into orbit.", ["Tycho-4B"]),
        ("The satellites GEO-TUNDRA-2A and TND500-3 were launched into orbit.", ["GEO-TUNDRA-2A", "TND500-3"]),
        ("Tycho-4 was discussed at lunch.", []),
        ("The Tycho lander will reach the Moon.", ["Tycho"]),
        ("The Remote Sensing satellite will launch.", []),
        # beside a noun
        ("The probe's TYCHOR camera works in orbit.", ["TYCHOR"]),
        ("The MAGDRI, FOGSA and TYCHOR instruments fly on the satellite.", ["MAGDRI", "FOGSA", "TYCHOR"]),
        ("The TYCHOR balloon campaign compared its data with a satellite.", ["TYCHOR"]),
        ("Students built the nanosatellites HarborSat and FOGSAT-R.", ["HarborSat", "FOGSAT-R"]),
        ("Data of the Norwegian satellite Tycho were shared.", ["Tycho"]),
        ("They discussed the UK-led satellite and EU-funded satellites.", []),
        ("They discussed the SAR satellite and GNSS receivers.", []),
        ("Data of the satellite Friday is near were shared.", []),
        # in one list with a mission
        ("Landsat 9, HarborSat and TYCHOR observe the ice by satellite.", ["HarborSat", "TYCHOR"]),
        ("HarborSat and Landsat 9 observe the ice by satellite.", ["HarborSat"]),
        ("Landsat 9 and NASA and Landsat 8 and STEM were named beside the satellite.", []),
        # a compound before a listed name is no part of it
        ("They spoke of Post-International Space Station plans in space.", []),
    ],
)
def test_spacecraft_by_shape(text: str, expected: list[str]) -> None:
    assert [words for kind, words in by_form(text) if kind == "mission"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two sides compared Landsat 9 and Swarm.", {"Landsat 9", "Swarm"}),
        ("The two sides compared Swarm, Aeolus and Landsat 9.", {"Landsat 9", "Swarm", "Aeolus"}),
        ("The two sides compared Landsat 9. Swarm after swarm came.", {"Landsat 9"}),
    ],
)
def test_a_listed_mission_that_needs_a_context_has_it_in_a_list_with_another(text: str, expected: set[str]) -> None:
    assert {m.entity.name for m in FINDER.find(text)} == expected


@pytest.mark.parametrize(
    ("text", "words", "name", "side"),
    [
        (
            "The U.S. Embassy in Bergen helped.",
            "U.S. Embassy in Bergen",
            "Embassy of the United States in Bergen",
            "US",
        ),
        ("The Embassy of Norway helped.", "Embassy of Norway", "Embassy of Norway", "NO"),
        (
            "The Embassy of Norway, Buenos Aires, helped.",
            "Embassy of Norway, Buenos Aires",
            "Embassy of Norway in Buenos Aires",
            "NO",
        ),
        ("Staff of U.S. Embassy Lima helped.", "U.S. Embassy Lima", "Embassy of the United States in Lima", "US"),
        ("The Embassy of Norway, Telenor, and others helped.", "Embassy of Norway", "Embassy of Norway", "NO"),
        ("The Japanese Embassy in Chile helped.", "Japanese Embassy in Chile", "Embassy of Japan in Chile", "JP"),
        (
            "The Embassy of the United States in the UAE helped.",
            "Embassy of the United States in the UAE",
            "Embassy of the United States in the United Arab Emirates",
            "US",
        ),
    ],
)
def test_embassies(text: str, words: str, name: str, side: str) -> None:
    (mention,) = FINDER.find(text)
    assert (text[mention.start : mention.end], mention.entity.name, mention.entity.side) == (words, name, side)


def test_numbers_in_a_list_of_resolutions_are_names_of_their_own() -> None:
    found = FINDER.find("They recalled UN Security Council Resolutions 4711, 4712 and 4713 (2031).")
    assert [m.entity.name.removeprefix("United Nations Security Council Resolution ") for m in found] == [
        "4711", "4712", "4713 (2031)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("XSA", "Xenon Space Agency", True),
        ("KARI", "Korea Aerospace Research Institute", True),
        ("DoT", "Department of Tundra", True),
        ("EU", "Council of the European Union", False),
        ("ABC", "Xenon Space Agency", False),
    ],
)
def test_an_acronym_stands_for_the_whole_name(acronym: str, name: str, expected: bool) -> None:
    assert abbreviates(acronym, name) is expected


def test_the_long_form_is_found_backwards_from_the_acronym() -> None:
    text = "officials of the Xenon Space Agency"
    assert long_form_start(text, len(text), "XSA", 0) == text.index("Xenon")


def test_a_country_in_brackets_behind_two_names_is_no_acronym() -> None:
    text = "the Peru Space Agency and the Ministry of Ports"
    assert long_form_start(text, len(text), "Peru", 0) is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "agency"', 'kind = "club"', r"forms\.toml:\d+: kind must be"),
        ("front = true", 'front = "yes"', r"forms\.toml:\d+: front must be true or false"),
        ("short = true", "shorter = true", r"forms\.toml:\d+: unknown key 'shorter'"),
        ('words = ["Ministry"]', 'words = ["Ministry", "Bureau"]', r"forms\.toml:\d+: head 'Bureau' stands twice"),
        ("[titles]", "[offices]", r"forms\.toml:1: \[titles\] lacks nouns"),
    ],
)
def test_a_wrong_form_table_is_refused(old: str, new: str, message: str) -> None:
    text = (Path(MODEL) / "forms.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ModelError, match=message):
        read_form_rules(KnowledgeFile("forms.toml", text.replace(f"\n{old}", f"\n{new}", 1)))


@pytest.mark.parametrize("word", ["Ministry of ", "Agency and ", "U.S.-", "The ", "A (B) ", "Dialogue, ", "Space "])
def test_time_is_linear(word: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        FINDER.find(word * count)
        return time.process_time() - start

    seconds(50)
    # Work, not speed: eight times the text may cost five times eight at most, whatever else the machine does.
    short, long = min(seconds(1_000) for _ in range(3)), min(seconds(8_000) for _ in range(3))
    assert long < 40 * max(short, 0.005)
