"""Themes: what clauses are about, by their words, their names and what stands around them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from communique import extract
from communique.annotations import Annotations, Commitment, Entity, Line, Mention
from communique.components.themes import FILE, ThemesComponent
from communique.errors import ModelError
from communique.model import model_path
from communique.records import Theme

MODEL = model_path("en_space")
DATA = tomllib.loads((MODEL / FILE).read_text(encoding="utf-8"))
COMPONENT = ThemesComponent().from_disk(MODEL / "themes")
NLP = spacy.blank("en")

EXAMPLES = [(e["clause"], e["themes"]) for theme in DATA["theme"] for e in theme["examples"]]
COUNTEREXAMPLES = [(text, theme["id"]) for theme in DATA["theme"] for text in theme["counterexamples"]]


def themes_of(
    clause: str,
    *,
    title: str | None = None,
    lines: list[tuple[str, str]] | None = None,
    names: dict[str, str] | None = None,
    parties: list[str] | None = None,
) -> list[str]:
    """The themes of ``clause``, under ``lines`` (kind, text) if given, with ``names`` (quote, entity id) in it."""
    above = lines or []
    text = "".join(words + "\n" for _, words in above) + clause
    notes = Annotations(text=text, title=title)
    notes.parties = parties or []
    at = 0
    for kind, words in [*above, ("bullet" if above and above[-1][1].endswith(":") else "paragraph", clause)]:
        notes.lines.append(Line(at, at + len(words), kind))
        notes.sentences.append((at, at + len(words)))
        at += len(words) + 1
    start = len(text) - len(clause)
    for quote, entity in (names or {}).items():
        begin = text.index(quote, start)
        kind = entity.partition(":")[0]
        notes.mentions.append(Mention(kind, begin, begin + len(quote), Entity(entity, kind, quote), "test"))  # type: ignore[arg-type]
    notes.commitments.append(Commitment(start, len(text), start, start, ["will"], "pledge", [], None, "test"))
    doc = NLP.make_doc(text)
    doc._.communique = notes
    COMPONENT(doc)
    return notes.commitments[0].themes


@pytest.mark.parametrize(("clause", "themes"), EXAMPLES)
def test_examples_of_the_file_get_their_themes(clause: str, themes: list[str]) -> None:
    assert themes_of(clause) == themes


@pytest.mark.parametrize(("clause", "theme"), COUNTEREXAMPLES)
def test_counterexamples_of_the_file_do_not_get_the_theme(clause: str, theme: str) -> None:
    assert theme not in themes_of(clause)


def test_every_theme_of_the_record_has_an_entry_with_examples() -> None:
    assert sorted(theme["id"] for theme in DATA["theme"]) == sorted(get_args(Theme))
    assert all(theme["examples"] and theme["counterexamples"] for theme in DATA["theme"])


@pytest.mark.parametrize(
    ("clause", "themes"),
    [
        ("will repaint the fence of the embassy", ["other"]),
        ("will widen cooperation in the years ahead", ["partnership"]),
        ("will cooperate against the trafficking of wild birds", ["other"]),
        ("agreed to deepen their partnership by flying an astronaut to the space station", ["human_spaceflight"]),
        ("will shorten licensing and track space debris", ["regulation", "space_security"]),
        ("develop a roadmap for trade in semiconductors", ["commercial"]),
    ],
)
def test_a_theme_of_one_field_goes_before_a_general_one(clause: str, themes: list[str]) -> None:
    assert themes_of(clause) == themes


@pytest.mark.parametrize(
    ("clause", "themes"),
    [
        ("deepen their partnership", ["partnership"]),
        ("deepen their partnership in farming, trade, defense and the arts", ["partnership"]),
        ("deepen their partnership on emerging technologies", ["partnership"]),
        ("strengthen cooperation on issues of mutual concern, such as drought", ["partnership"]),
        ("strengthen cooperation and consultations in all fields", ["partnership"]),
        ("strengthen cooperation on beekeeping", ["other"]),
        ("strengthen cooperation in curbing crime, corruption and disease", ["other"]),
        ("strengthen cooperation in satellite navigation", ["navigation"]),
        ("strengthen cooperation to remove orbital debris", ["space_security"]),
        ("conclude an agreement on space cooperation", ["partnership"]),
        ("conclude an agreement on beekeeping", ["other"]),
        ("work together to widen supply chains", ["commercial"]),
        ("work together with all their friends", ["partnership"]),
        ("work together to paint the fences", ["other"]),
        ("work together to meet new challenges", ["partnership"]),
        ("work together to paint the fences and meet new challenges", ["partnership"]),
    ],
)
def test_a_partnership_is_the_theme_where_it_is_in_no_one_field(clause: str, themes: list[str]) -> None:
    assert themes_of(clause) == themes


@pytest.mark.parametrize(
    ("clause", "themes"),
    [
        ("establish a task force on ransomware", ["follow_up"]),
        ("establish a working group on lunar rovers", ["follow_up", "exploration"]),
        ("hold the next meeting on lunar rovers in Oslo", ["follow_up"]),
        ("draw up a roadmap for lunar rovers", ["exploration"]),
        ("draw up a roadmap by June", ["follow_up"]),
        ("send rovers to the Moon before the next meeting", ["exploration"]),
        ("follow up on earlier talks about export control", ["regulation"]),
        ("take part in talks on export control", ["regulation"]),
        ("take part in talks by June", ["follow_up"]),
    ],
)
def test_a_new_mechanism_has_a_subject_of_its_own(clause: str, themes: list[str]) -> None:
    assert themes_of(clause) == themes


def test_a_passive_is_about_its_subject() -> None:
    text = "The lunar rovers will be hosted by the institute of space law"
    notes = Annotations(text=text, lines=[Line(0, len(text), "paragraph")], sentences=[(0, len(text))])
    at = text.index("will")
    notes.commitments.append(Commitment(0, len(text), at, at + 4, ["will"], "pledge", [], None, "test"))
    doc = NLP.make_doc(text)
    doc._.communique = notes
    COMPONENT(doc)
    assert notes.commitments[0].themes[0] == "exploration"


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("The catalogue of orbital debris will be opened to the public.", ["space_security"]),
        ("They praised the lunar rover, and a fund for start-ups will be set up.", ["commercial"]),
        ("The next meeting will be held in Oslo.", ["follow_up"]),
        ("The working group on orbital debris will be drafting rules on licensing.", ["regulation"]),
        ("Calls on orbital debris went well. Calls will be held monthly.", ["follow_up"]),
        ("The two sides agreed to watch the price of gas and reconvene when necessary.", ["follow_up"]),
    ],
)
def test_what_will_be_done_is_about_its_subject(text: str, themes: list[str]) -> None:
    assert extract(f"Joint Statement of Norway and Chile\n\n{text}").commitments[-1].themes == themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Norway will host the 14th Cocoa Forum in 2031.", ["follow_up"]),
        ("Norway will host the Cocoa Forum in 2031.", ["commercial"]),
        ("Norway will host the third Lunar Exploration Conference in 2031.", ["exploration"]),
    ],
)
def test_a_named_meeting_with_a_number_is_one_time_of_its_series(text: str, themes: list[str]) -> None:
    assert extract(f"# Supply chains\n\n{text}").commitments[0].themes == themes


@pytest.mark.parametrize(
    "aside",
    ["building on the lunar rover", "in cooperation with the United Nations", "on the margins of the lunar congress"],
)
def test_what_is_said_by_the_way_is_not_what_is_done(aside: str) -> None:
    assert themes_of(f"will share satellite imagery, {aside}") == ["earth_observation"]


def test_a_heading_that_names_the_meeting_does_not_tell_what_is_promised() -> None:
    assert themes_of("will send two engineers", lines=[("heading", "Sixth Meeting of the Joint Committee")]) == [
        "other"
    ]


def test_what_is_done_about_them_is_about_what_stood_before() -> None:
    before = [("paragraph", "The guidelines on orbital debris and space traffic were welcome. ")]
    assert themes_of("strengthen their cooperation on these matters", lines=before) != ["partnership"]
    assert themes_of("strengthen their cooperation") == ["partnership"]


def test_a_named_mission_brings_its_theme() -> None:
    assert themes_of("will add a second antenna for Landsat", names={"Landsat": "mission:landsat"}) == [
        "earth_observation"
    ]


def test_a_name_with_a_theme_speaks_once_and_not_by_its_words() -> None:
    clause = "report to the Anti-Piracy and Ransomware Coalition"
    name = {"Anti-Piracy and Ransomware Coalition": "forum:united-nations"}
    assert themes_of(clause) == ["other"]
    assert themes_of(clause, names=name) == ["multilateral"]


def test_a_statement_of_one_field_is_about_nothing_else() -> None:
    text = "The partners of the International Space Station (ISS) met in May. They pledged to train teachers."
    assert extract(text, title="Joint Statement of the Space Station Partners").commitments[0].themes == ["other"]
    assert extract(text, title="International Space Station Joint Statement").commitments[0].themes == [
        "human_spaceflight"
    ]


def test_how_two_work_together_is_not_what_they_work_on() -> None:
    clause = "strengthen cooperation on radar imaging, combining data on forests, harvests and ice from ALOS-2"
    assert themes_of(clause) == ["earth_observation"]


def test_a_body_is_no_setting_of_its_own_statement() -> None:
    clause = "strengthen the work of the G20"
    assert themes_of(clause, title="Joint Statement of Norway and Chile") == ["multilateral"]
    assert themes_of(clause, title="G20 Leaders' Declaration") == ["other"]
    assert themes_of(clause, title="Joint Statement of Norway and Chile on the G20") == ["multilateral"]
    assert themes_of("strengthen the work of the UN", title="Joint Statement of the United States") == ["multilateral"]


@pytest.mark.parametrize(
    ("clause", "themes"),
    [
        ("raise the matter at the World Cocoa Congress", ["multilateral"]),
        ("raise the matter at the Cocoa Congress", ["other"]),
        ("raise the matter in the Global Cocoa Dialogue", ["follow_up"]),
        ("coordinate in the United Nations and the Group on Earth Observations", ["multilateral"]),
        ("work together in the Group on Earth Observations, the G20 and AmeriGEO", ["multilateral"]),
        ("work together in the United Nations on orbital debris", ["multilateral", "space_security"]),
        ("work with each other and the United Nations to end hunger", ["multilateral"]),
        ("work with each other to end hunger at the side of the United Nations", ["other"]),
        ("fund the Group on Earth Observations", ["earth_observation", "multilateral"]),
        ("continue coordination within COPUOS and in the IADC", ["multilateral", "space_security"]),
    ],
)
def test_work_in_bodies_of_many_countries_is_multilateral_whatever_each_is_for(clause: str, themes: list[str]) -> None:
    assert extract(f"The two sides committed to {clause}.").commitments[0].themes == themes


def test_an_agency_does_not_bring_the_theme_of_its_name() -> None:
    clause = "send a letter to the Ministry of Trade"
    assert themes_of(clause, names={"Ministry of Trade": "agency:ministry-of-trade"}) == ["other"]


def test_the_heading_and_the_lead_of_a_list_speak_where_the_clause_does_not() -> None:
    assert themes_of("will send two engineers", lines=[("heading", "Lunar Exploration")]) == ["exploration"]
    lead = "On satellite navigation, the sides agreed to do the following:"
    assert themes_of("send two engineers", lines=[("paragraph", lead)]) == ["navigation"]
    assert themes_of("will send two engineers") == ["other"]


@given(st.text(max_size=200))
def test_any_text_gets_one_or_two_themes_of_the_record(text: str) -> None:
    themes = themes_of(text or "x")
    assert 1 <= len(themes) <= 2
    assert len(set(themes)) == len(themes)
    assert set(themes) <= set(get_args(Theme))


def test_what_follows_in_other_lines_changes_nothing() -> None:
    clause = "will send two engineers"
    before = themes_of(clause)
    text = clause + "\nAstronauts will train on the Moon."
    notes = Annotations(text=text)
    notes.lines = [Line(0, len(clause), "paragraph"), Line(len(clause) + 1, len(text), "paragraph")]
    notes.sentences = [(line.start, line.end) for line in notes.lines]
    notes.commitments.append(Commitment(0, len(clause), 0, 4, ["will"], "pledge", [], None, "test"))
    doc = NLP.make_doc(text)
    doc._.communique = notes
    COMPONENT(doc)
    assert notes.commitments[0].themes == before


def test_a_term_that_stands_under_two_themes_is_refused(tmp_path: Path) -> None:
    for file in ThemesComponent.files:
        (tmp_path / file).write_text((MODEL / file).read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert '"gnss",' in text
    (tmp_path / FILE).write_text(text.replace('"gnss",', '"lunar", "gnss",', 1), encoding="utf-8")
    with pytest.raises(ModelError, match="'lunar' stands twice"):
        ThemesComponent().from_disk(tmp_path / "themes")


@pytest.mark.parametrize(
    ("parties", "themes"), [(["US", "JP"], ["multilateral"]), (["US", "JP", "KR"], ["partnership"])]
)
def test_a_trilateral_is_the_partnership_of_three(parties: list[str], themes: list[str]) -> None:
    assert themes_of("strengthen trilateral cooperation", parties=parties) == themes


def test_a_paper_is_about_what_its_sentence_names() -> None:
    record = extract("The two sides reviewed the lunar rover, and plan to sign an implementing arrangement next year.")
    assert record.commitments[0].themes == ["exploration"]
    record = extract("The two sides met, and plan to sign an implementing arrangement next year.")
    assert record.commitments[0].themes == ["partnership"]
