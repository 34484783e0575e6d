"""Whose statement it is: titles, openings, people; and the list of countries itself."""

from __future__ import annotations

import re
import tomllib

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from communique import extract
from communique.annotations import Annotations
from communique.components.parties import PartiesComponent, country_names, official_sides
from communique.knowledge import KnowledgeFile
from communique.lexicon import FILES, read_lexicon
from communique.model import model_path
from communique.naming.matching import FormIndex, find_forms
from communique.naming.passage import Passage

MODEL = model_path("en_space")
COMPONENT = PartiesComponent().from_disk(MODEL / "parties")
PARTIES = COMPONENT.sources["parties.toml"]
OFFICIALS = COMPONENT.sources["officials.toml"]
NLP = spacy.blank("en")
LEXICON = read_lexicon({file: PARTIES if file == "parties.toml" else KnowledgeFile(file, "") for file in FILES})
INDEX = FormIndex(LEXICON.forms)


def parties_of(title: str | None, opening: str = "", published: str | None = "2024-05-01") -> list[str]:
    """The parties of a statement with this title and this text, a sentence a full stop."""
    notes = Annotations(text=opening, title=title, published=published)
    notes.sentences = [m.span() for m in re.finditer(r"[^.\s][^.]*\.", opening)]
    doc = NLP.make_doc(opening)
    doc._.communique = notes
    COMPONENT(doc)
    return notes.parties


def countries_in(text: str) -> set[str]:
    return {h.forms[0].entry.side or "" for h in find_forms(INDEX, Passage(text)) if h.kind == "party"}


@pytest.mark.parametrize("case", OFFICIALS.data["case"], ids=lambda case: case["title"])
def test_cases_of_the_file_have_their_parties(case: dict[str, object]) -> None:
    assert parties_of(str(case["title"]), str(case.get("opening", ""))) == case["parties"]


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Norway-Peru Joint Statement", ["NO", "PE"]),
        ("Peru-Norway-U.S. Talks on Fisheries", ["PE", "NO", "US"]),
        ("United States\u2013Aotearoa New Zealand Joint Statement", ["US", "NZ"]),
        ("Joint Communique of the Republic of Korea and the Kingdom of Spain on Ukraine", ["KR", "ES"]),
        ("Joint Statement by President Macron and Chancellor Scholz", ["FR", "DE"]),
        (
            "Joint Statement Following the Meeting Between President Biden and Egyptian President Sami Saad",
            ["US", "EG"],
        ),
        ("Quad Ministers\u2019 Statement on Lighthouses", ["AU", "IN", "JP", "US"]),
        ("Report of Working Group A on Lighthouses", []),
        ("Report of Working Group A under the GPS-Galileo Agreement", ["US", "EU"]),
        ("CARICOM-Japan Statement on Lighthouses", ["JP"]),
        ("Joint Statement on the Situation in Haiti", []),
        ("Statement on Russia\u2019s Ban on Beer", []),
        ("FACT SHEET: The Biden-Harris Administration and Better Roads", ["US"]),
    ],
)
def test_titles(title: str, parties: list[str]) -> None:
    assert parties_of(title) == parties


@pytest.mark.parametrize(
    ("opening", "parties"),
    [
        ("The Governments of Chile and Ghana held talks in Accra on May 3.", ["CL", "GH"]),
        ("We, the Foreign Ministers of Fiji, Tonga, and Palau, condemn the raid on Nauru.", ["FJ", "TO", "PW"]),
        ("Prime Minister Modi hosted President Ruto in New Delhi to discuss wheat from Ukraine.", ["IN", "KE"]),
        ("Rain fell in Chile. Ghana is far away.", []),
        (
            "The text of the following statement was released by the Governments of Italy and Malta. We met in Norway.",
            ["IT", "MT"],
        ),
    ],
)
def test_openings(opening: str, parties: list[str]) -> None:
    assert parties_of("Joint Statement", opening) == parties


def test_a_shared_surname_needs_the_office() -> None:
    sides = official_sides(OFFICIALS)
    assert "Lee" not in sides
    assert (sides["President Lee"], sides["Prime Minister Lee"]) == ("KR", "SG")
    assert (sides["Biden"], sides["Fumio Kishida"], sides["Kishida Fumio"]) == ("US", "JP", "JP")


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_title_and_text_give_codes_each_once(title: str, text: str) -> None:
    parties = parties_of(title, text)
    assert len(parties) == len(set(parties))
    assert all(re.fullmatch("[A-Z]{2}", side) for side in parties)


@given(st.sampled_from(["Norway-Peru Joint Statement", "Joint Statement of Fiji and Tonga"]), st.text(max_size=200))
def test_a_title_that_names_them_settles_it(title: str, text: str) -> None:
    assert parties_of(title, text) == parties_of(title)


def test_every_country_of_the_standard_is_listed() -> None:
    """ISO 3166-1 but for Antarctica, with the European Union and Kosovo; `pycountry` is only for this check."""
    pycountry = pytest.importorskip("pycountry")
    listed = [entry["iso"] for entry in PARTIES.data["party"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == {c.alpha_2 for c in pycountry.countries} - {"AQ"} | {"EU", "XK"}


@pytest.mark.parametrize("entry", PARTIES.data["party"], ids=lambda entry: entry["id"])
def test_examples_and_counterexamples_of_each_country(entry: dict[str, object]) -> None:
    for text in entry.get("examples", []):  # type: ignore[attr-defined]
        assert entry["iso"] in countries_in(text), text
    for text in entry.get("counterexamples", []):  # type: ignore[attr-defined]
        assert entry["iso"] not in countries_in(text), text


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("South Sudan, Sudan and Guinea-Bissau wrote to Papua New Guinea.", {"SS", "SD", "GW", "PG"}),
        ("The Republic of the Congo and the Democratic Republic of the Congo share a river.", {"CG", "CD"}),
        ("Ships left the Gulf of Guinea for the South China Sea and the Taiwan Strait.", set()),
        ("The DPRK answered the ROK.", {"KP", "KR"}),
    ],
)
def test_names_inside_names(text: str, sides: set[str]) -> None:
    assert countries_in(text) == sides


def test_officials_hold_offices_in_order() -> None:
    codes = set(country_names(PARTIES).values())
    names = [entry["name"] for entry in OFFICIALS.data["official"]]
    assert len(names) == len(set(names))
    for entry in OFFICIALS.data["official"]:
        assert entry["country"] in codes
        assert all(term["since"] <= term.get("until", 9999) for term in entry["terms"]), entry["name"]


def test_files_are_toml_with_known_keys() -> None:
    data = tomllib.loads(OFFICIALS.text)
    keys = {"name", "aliases", "surnames", "distinct", "country", "terms"}
    assert all(set(entry) <= keys for entry in data["official"])


def test_members_who_speak_on_their_grouping_without_another_are_the_parties() -> None:
    title = "Joint Statement on Arctic Council Work"
    assert parties_of(title, "Canada, Norway, and Sweden issue the following joint statement.") == ["CA", "NO", "SE"]
    assert parties_of("G7 Statement", "We, the leaders of the G7, met over Peru and Chile.")[:2] == ["CA", "FR"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The signatories met under the chairmanship of the Australian Space Agency and NASA.", []),
        ("The signatories, Fiji, Tonga and Palau, met under the chairmanship of NASA.", ["FJ", "TO", "PW"]),
        ("Representatives of NASA and the Australian Space Agency met in Sydney.", ["US", "AU"]),
        ("The European Space Agency and JAXA met in Paris.", ["JP"]),
        ("The heads of the agencies met in Paris. Represented were NASA, ESA, CSA and JAXA.", ["US", "CA", "JP"]),
    ],
)
def test_whoever_may_sign_is_no_party_for_chairing(text: str, parties: list[str]) -> None:
    meeting = extract(f"{text} They met on May 18, 2031.", title="Joint Statement").meeting
    assert meeting is not None
    assert set(meeting.parties) == set(parties)
