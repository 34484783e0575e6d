"""Names in running text: spans, short forms, acronyms, countries; each row is a text and what is found in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from communique.annotations import Annotations, Mention, annotations_of
from communique.lexicon import read_sources
from communique.model import load, resource
from communique.naming.finder import NameFinder

FINDER = NameFinder(read_sources(resource("models") / "en_space"))


def quoted(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """Each name's words and its canonical name."""
    return [(text[m.start : m.end], m.entity.name) for m in FINDER.find(text, title=title)]


def names(text: str, kind: str, title: str | None = None) -> list[str]:
    return [text[m.start : m.end] for m in FINDER.find(text, title=title) if m.kind == kind]


def sides(text: str, title: str | None = None) -> list[tuple[str, str | None]]:
    found = FINDER.find(text, title=title)
    return [(text[m.start : m.end], m.entity.side) for m in found if m.kind == "agency"]


SERIES = [
    ("Artemis II, III and IV will fly.", ["Artemis II", "Artemis III", "Artemis IV"]),
    ("They share data from Sentinel-1 and -2.", ["Sentinel-1", "Sentinel-2"]),
    (
        "They share data from Landsat 8/9 and from Sentinel-1A/B.",
        ["Landsat 8", "Landsat 9", "Sentinel-1A", "Sentinel-1B"],
    ),
    ("Landsat 8 and 9 satellites differ.", ["Landsat 8", "Landsat 9"]),
    ("They paid for Landsat 8 and 9 buoys.", ["Landsat 8"]),
    ("They flew on Artemis II and 3,000 people watched.", ["Artemis II"]),
]


@pytest.mark.parametrize(("text", "expected"), SERIES)
def test_numbers_behind_a_mission_are_others_of_its_series(text: str, expected: list[str]) -> None:
    assert [m.entity.name for m in FINDER.find(text)] == expected


LTS_GUIDELINES = "Guidelines for the Long-term Sustainability of Outer Space Activities"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They thanked NASA's crews.", [("NASA", "National Aeronautics and Space Administration")]),
        ("A NASA-led study began.", [("NASA", "National Aeronautics and Space Administration")]),
        ("They spoke of a major non-NATO ally.", []),
        ("They heard the National Space Council for the United States.",
         [("National Space Council", "National Space Council"), ("United States", "United States")]),
        ("The yard builds an XQZ-NATO tug.", []),
        ("They spoke of NASA-NATO talks.", [
            ("NASA", "National Aeronautics and Space Administration"), ("NATO", "North Atlantic Treaty Organization"),
        ]),
        ("They won the NATO Polar Harbors Challenge.", []),
        ("They thanked the Royal Norwegian Embassy in Chad.", [
            ("Royal Norwegian Embassy in Chad", "Embassy of Norway in Chad"),
        ]),
        ("They praised the NATO Presidency.", [("NATO", "North Atlantic Treaty Organization")]),
        ("They thanked Ada Lund, Secretary for Ice and Radio, in charge of Polar Policy.", []),
        ("The French space agency CNES took part.", [("CNES", "National Centre for Space Studies")]),
        ("The U.S. Department of State hosted.", [("U.S. Department of State", "Department of State")]),
        ("Officials of the State Department came.", [("State Department", "Department of State")]),
        ("The NASA Ames Research Center trains crews.",
         [("NASA", "National Aeronautics and Space Administration"), ("Ames Research Center", "Ames Research Center")]),
        ("The Ohio Department of the Treasury lent it.", [
            ("Ohio Department of the Treasury", "Ohio Department of the Treasury"),
        ]),
        ("They wrote to the Ohio Office of Management and Budget.", [
            ("Ohio Office of Management and Budget", "Ohio Office of Management and Budget"),
        ]),
        ("They renew the Memorandum of Cooperation between NASA and CNES.", [
            ("Memorandum of Cooperation", "Memorandum of Cooperation between NASA and CNES"),
            ("NASA", "National Aeronautics and Space Administration"), ("CNES", "National Centre for Space Studies"),
        ]),
        ("They read:\n- Polar Leaders' Statement on Ice and Snow\n- Polar Leaders' Statement on Chad", [
            ("Polar Leaders' Statement on Ice and Snow", "Polar Leaders' Statement on Ice and Snow"),
            ("Polar Leaders' Statement on Chad", "Polar Leaders' Statement on Chad"),
        ]),
        (f"They keep the {LTS_GUIDELINES} of the World Radiocommunication Conference.", [
            (LTS_GUIDELINES, LTS_GUIDELINES),
            ("World Radiocommunication Conference", "World Radiocommunication Conference"),
        ]),
        ("They met the European Commission on Copernicus data.", [
            ("European Commission", "European Commission"), ("Copernicus", "Copernicus"),
        ]),
        ("They met the Ministries of Trade, Industry and Fisheries and of Defence, the Norwegian Space Agency.", [
            ("Ministries of Trade, Industry and Fisheries", "Ministry of Trade, Industry and Fisheries"),
            ("Defence", "Ministry of Defence"), ("Norwegian Space Agency", "Norwegian Space Agency"),
        ]),
        ("It rests on the Outer Space Treaty of 1967.", [("Outer Space Treaty", "Outer Space Treaty")]),
        ("Write to NASA@example.gov for details.", []),
        ("See https://www.nasa.gov/NASA for details.", []),
    ],
)  # fmt: skip
def test_spans_are_the_shortest_full_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan and the United States met.", ["Japan", "United States"]),
        ("The U.S. delegation thanked the Government of Japan.", ["U.S.", "Japan"]),
        ("The U.S.-ROK alliance is strong.", []),
        ("The U.S.- Mexico border is long.", []),
        ("A United States-developed sensor flew.", []),
        ("U.S. Secretary of State Jane Roe spoke.", []),
        ("U.S. Special Envoy Jane Roe spoke.", []),
        ("The heads were Secretary of State Jane Roe for the United States and a deputy.", ["United States"]),
        ("Secretary of Security Ana Ruiz Soto and the Mexican Ambassador to the United States spoke.", []),
        ("Prime Minister of Japan Taro Yamada spoke.", []),
        ("Japan's Minister of Finance spoke.", ["Japan"]),
        ("Republic of Korea (ROK) Minister of Science Kim Min spoke.", []),
        ("Japanese and Korean engineers met.", []),
        ("The Ministry of Foreign Affairs of Japan spoke.", ["Japan"]),
        ("The Japan Aerospace Exploration Agency spoke.", []),
        ("Secretary Ada B. Jordan thanked Peru.", ["Peru"]),
    ],
)
def test_parties(text: str, expected: list[str]) -> None:
    assert names(text, "party") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Japanese Ministry of Defense joined.", [("Japanese Ministry of Defense", "JP")]),
        ("Japan's Ministry of Defense joined.", [("Ministry of Defense", "JP")]),
        ("The ROK Ministry of Foreign Affairs joined.", [("ROK Ministry of Foreign Affairs", "KR")]),
        ("The Ministry of Foreign Affairs of Japan joined.", [("Ministry of Foreign Affairs", "JP")]),
        (
            "Norway and Chad met. From the Norwegian side, the Ministry of Foreign Affairs spoke.",
            [("Ministry of Foreign Affairs", "NO")],
        ),
        (
            "Director Ola Nordmann, Ministry of Fisheries, led the Norwegian delegation.",
            [("Ministry of Fisheries", "NO")],
        ),
        ("The Ministry of Foreign Affairs joined.", [("Ministry of Foreign Affairs", None)]),
    ],
)
def test_the_context_decides_whose_ministry_it_is(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They praised Canada's Indo-Pacific Strategy.", "Canada's Indo-Pacific Strategy"),
        ("They praised Chad's Indo-Pacific Strategy.", "Indo-Pacific Strategy"),
        ("Canada praised the U.S. Indo-Pacific Strategy.", "Indo-Pacific Strategy of the United States"),
        ("The United States released its Indo-Pacific Strategy.", "Indo-Pacific Strategy of the United States"),
    ],
)
def test_a_strategy_is_that_of_the_country_before_it(text: str, expected: str) -> None:
    assert [m.entity.name for m in FINDER.find(text) if m.kind == "instrument"] == [expected]


def test_the_title_names_the_parties() -> None:
    text = "The Ministry of Fisheries took part."
    assert sides(text, "Joint Statement of the United States and Norway on Fisheries") == [
        ("Ministry of Fisheries", "NO")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Departments of State, Defense, and Commerce agreed.",
            [
                ("Departments of State", "Department of State"),
                ("Defense", "Department of Defense"),
                ("Commerce", "Department of Commerce"),
            ],
        ),
        (
            "The Departments of State and Energy agreed.",
            [("Departments of State", "Department of State"), ("Energy", "Department of Energy")],
        ),
        (
            "The Norwegian Ministries of Finance, Fisheries, and Science and ICT agreed.",
            [
                ("Ministries of Finance", "Ministry of Finance"),
                ("Fisheries", "Ministry of Fisheries"),
                ("Science and ICT", "Ministry of Science and ICT"),
            ],
        ),
        (
            "The State and Defense Departments agreed.",
            [("State", "Department of State"), ("Defense Departments", "Department of Defense")],
        ),
        (
            "The Japan and U.S. Coast Guards agreed.",
            [("Japan", "Japan Coast Guard"), ("U.S. Coast Guards", "United States Coast Guard")],
        ),
    ],
)
def test_a_shared_head_is_restored(text: str, expected: list[tuple[str, str]]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "XSA flew. The Xenon Space Agency (XSA) met; XSA will report.",
            ["Xenon Space Agency", "XSA", "XSA"],
        ),
        ("The Lunar Ice Sensor (LIS) will orbit. LIS is small.", ["Lunar Ice Sensor", "LIS", "LIS"]),
        ("The Clean Harbors Partnership (PPNL) is new; PPNL works.", ["Clean Harbors Partnership", "PPNL", "PPNL"]),
        ("Free zones (FZ) and Fragile Harbor Nationals (FHN) were named.", []),
    ],
)
def test_an_acronym_counts_from_its_definition_on(text: str, expected: list[str]) -> None:
    assert [q for q, _ in quoted(text)] == expected


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Ada Lind of the Kelp Affairs Bureau at NASA spoke.", "US"),
        ("Ada Lind, head of the Kelp Affairs Bureau in the Ministry of Fisheries of Norway, spoke.", "NO"),
        ("The hosts thanked Ada Lind of the Kelp Affairs Bureau.", None),
    ],
)
def test_a_body_is_of_the_side_of_the_one_that_it_is_part_of(text: str, side: str | None) -> None:
    text = f"Norway, Japan and the United States met. {text} The Kelp Affairs Bureau will report."
    assert [s for name, s in sides(text) if name == "Kelp Affairs Bureau"] == [side, side]


@pytest.mark.parametrize("ordinal", ["second", "fifteenth", "2nd", "21st"])
def test_a_short_form_may_stand_behind_an_ordinal(ordinal: str) -> None:
    text = f"They held the Norway-Chad Polar Dialogue. They prepare the {ordinal} Dialogue."
    assert names(text, "forum") == ["Norway-Chad Polar Dialogue", "Dialogue"]


def test_an_acronym_behind_a_name_tells_the_listed_one_that_ends_so() -> None:
    text = "The Defense Acceleration Ecosystem (INDUS-X) met."
    full = "U.S.-India Defense Acceleration Ecosystem"
    assert quoted(text) == [("Defense Acceleration Ecosystem", full), ("INDUS-X", full)]


def test_an_acronym_behind_the_name_of_all_conferences_tells_which_one() -> None:
    text = "They met at the 27th Conference of the Parties (COP27) and at the 28th Conference of the Parties (COP28)."
    told = [name.partition(" ")[0] for words, name in quoted(text) if words == "Conference of the Parties"]
    assert told == ["27th", "28th"]


def test_a_forum_may_be_called_by_how_many_ministers_meet() -> None:
    text = 'Their Security Consultative Committee ("2+2") met. The 2+2 met again.'
    assert [words for words, name in quoted(text) if name == "Security Consultative Committee"] == [
        "Security Consultative Committee", "2+2", "2+2",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["May 12", "May"])
def test_a_short_form_may_stand_behind_a_day(day: str) -> None:
    text = f"They host the Polar Harbor Summit. Before the {day} Summit they meet."
    assert names(text, "forum") == ["Polar Harbor Summit", "Summit"]


def test_an_acronym_may_stand_behind_the_common_noun_of_a_mission() -> None:
    text = "Italy builds the lunar Multi-Purpose Habitation module (MPH). The MPH will land in May."
    assert names(text, "mission") == ["Multi-Purpose Habitation", "MPH", "MPH"]


def test_what_stands_in_quotes_behind_a_mission_is_its_name_as_well() -> None:
    text = 'They launched the Emirates Mars Mission "Hope," and met in the harbour "Good Hope".'
    missions = [m for m in FINDER.find(text) if m.kind == "mission"]
    assert [text[m.start : m.end] for m in missions] == ["Emirates Mars Mission", "Hope"]
    assert missions[0].entity is missions[1].entity


def test_an_acronym_of_a_part_of_the_name_is_not_that_of_the_whole() -> None:
    text = "The National Coordination Office for Space-Based Positioning, Navigation, and Timing (PNT) met."
    assert names(text, "agency") == ["National Coordination Office for Space-Based Positioning, Navigation, and Timing"]


def test_an_acronym_behind_an_accord_can_stand_for_the_mission_that_ends_its_name() -> None:
    text = "They read the Guidelines for Partnership of the Deep Space Network (DSN), and NASA praised the DSN."
    kinds = [(text[m.start : m.end], m.kind) for m in FINDER.find(text)]
    assert kinds == [
        ("Guidelines for Partnership of the Deep Space Network", "instrument"),
        ("DSN", "mission"),
        ("NASA", "agency"),
        ("DSN", "mission"),
    ]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("They signed the Helgoland Accords. The Accords bind both.", None, ["Helgoland Accords"] * 2),
        ("They held the U.S.-Norway Polar Dialogue. The Dialogue went well.", None, ["U.S.-Norway Polar Dialogue"] * 2),
        ("The Dialogue went well.", "The U.S.-Norway Polar Dialogue", ["U.S.-Norway Polar Dialogue"]),
        ("They co-chaired the Polar Dialogue.", "Joint Statement on the U.S.-Norway Polar Dialogue",
         ["U.S.-Norway Polar Dialogue"]),
        ("They co-chaired the Tundra Dialogue.", "Joint Statement of Norway and Finland",
         ["Norway-Finland Tundra Dialogue"]),
        ("They praised the Tundra Framework for Safe Roads. The Framework is new.", None,
         ["Tundra Framework for Safe Roads"] * 2),
        ("The Dialogue went well.", None, []),
        ("The Alliance and the Partnership are strong.", None, []),
        ("They signed the Memorandum of Understanding on Polar Radio. The MOU runs for a decade.", None,
         ["Memorandum of Understanding on Polar Radio"] * 2),
        ("The Polar Data Strategy is new. The Strategy has three parts.", None, ["Polar Data Strategy"] * 2),
        ("They held the U.S.-Norway Polar Summit. The Second Summit is due.", None, ["U.S.-Norway Polar Summit"] * 2),
        ("They held the U.S.-Norway Polar Summit. The second Summit is due.", None, ["U.S.-Norway Polar Summit"] * 2),
        ("They held the U.S.-Norway Polar Dialogue. Ada Lund led the Dialogue for Norway.", None,
         ["U.S.-Norway Polar Dialogue"] * 2),
        ("They joined the Harbor Fuels Coalition and met Coalition partners.", None, ["Harbor Fuels Coalition"] * 2),
        ("They met Coalition partners.", None, []),
        ("Joint Taskforce", None, []),
        ("They recalled UNSCR 4711. As the Resolution says, ice is scarce.", None,
         ["United Nations Security Council Resolution 4711"] * 2),
        ("The Working Groups on Trade, Energy and Ice, and Misuse of Data met.", None,
         ["Working Group on Trade", "Working Group on Energy and Ice", "Working Group on Misuse of Data"]),
        ("The Working Groups on Data Governance and Ice and on Tides met.", None,
         ["Working Group on Data Governance and Ice", "Working Group on Tides"]),
        ("The Working Groups on Cyber and Energy met.", None, []),
        ("The Polar Space Working Group met. The Group will report.", None, ["Polar Space Working Group"] * 2),
        ("The Group will report.", None, []),
        ("They set up the Polar Harbors Taskforce. The Joint Taskforce met.", None, ["Polar Harbors Taskforce"] * 2),
        ("They held the third High-Level Dialogue.", "The Norway-Chile High-Level Dialogue",
         ["Norway-Chile High-Level Dialogue"]),
        ("They set up the Polar Ice Coalition and praised the Coalition for Whales. The Ice Coalition met.", None,
         ["Polar Ice Coalition", "Coalition for Whales", "Polar Ice Coalition"]),
        ("They read the International Code of Conduct for Whalers. We back the International Code of Conduct.", None,
         ["International Code of Conduct for Whalers"] * 2),
        # the statement's own committee, where the other one is called by its acronym
        ("They wrote to the Polar Data Committee (PDC). The Committee took stock.", "The Norway-Chile Whale Committee",
         ["Polar Data Committee"] * 2 + ["Norway-Chile Whale Committee"]),
        ("The Bureau of Kelp met. The Bureau will report, as every Office does.", None, ["Bureau of Kelp"] * 2),
    ],
)  # fmt: skip
def test_short_forms_have_the_full_entity(text: str, title: str | None, expected: list[str]) -> None:
    assert [m.entity.name for m in FINDER.find(text, title=title) if m.kind != "party"] == expected


FRAMEWORK = (
    "The United States and France recalled the Framework Agreement for Cooperative Activities in the Exploration and "
    "Use of Outer Space for Peaceful Purposes. Under the Framework Agreement, both will fly."
)
FRAMEWORK_NAME = (
    "Framework Agreement for Cooperative Activities in the Exploration and Use of Outer Space for Peaceful Purposes"
)


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        # a forum's bare name has the parties of its own statement in front, not those of the listed one
        ("They praised the Commercial Space Dialogue.", "Joint Statement of the United States and Japan",
         ["U.S.-Japan Commercial Space Dialogue"]),
        ("They praised the Commercial Space Dialogue.", "Joint Statement of Norway and Chile",
         ["Norway-Chile Commercial Space Dialogue"]),
        ("They praised the High-Level Economic Dialogue.", None, ["High-Level Economic Dialogue"]),
        ("The Joint Working Group on Civil Space Cooperation met.", "Joint Statement of Norway and Chile",
         ["Norway-Chile Joint Working Group on Civil Space Cooperation"]),
        # the title names one party, and the first paragraph both
        ("The United States and Chile met.\nThey held a Polar Dialogue. Norway sent a note.",
         "Statement on the Visit to Chile", ["U.S.-Chile Polar Dialogue"]),
        # an accord's bare title stands for itself, unless the full name came before
        ("They will conclude the Framework Agreement.", "Joint Statement of the United States and Japan",
         ["Framework Agreement"]),
        (FRAMEWORK, None, [FRAMEWORK_NAME] * 2),
        # but one such as many pairs have is that of the two
        ("They praised the Technology Safeguards Agreement.", "Joint Statement of the United States and Brazil",
         ["U.S.-Brazil Technology Safeguards Agreement"]),
        ("They praised the Technology Safeguards Agreement.", "Joint Statement of the United States and Chile",
         ["U.S.-Chile Technology Safeguards Agreement"]),
        ("They praised the Technology Safeguards Agreement. Brazil sent a note.",
         "Joint Statement of the United States and Chile", ["U.S.-Chile Technology Safeguards Agreement"]),
        ("They praised the Technology Safeguards Agreement.", None, ["Technology Safeguards Agreement"]),
        ("They met in the Blue Dot Network Steering Committee.", "Joint Statement of Norway and Chile",
         ["Blue Dot Network Steering Committee"]),
        # countries written out in front, and a title that many pairs have
        ("They held the United States-Chile Tundra Dialogue.", "Joint Statement of the United States and Chile",
         ["United States-Chile Tundra Dialogue"]),
        ("Norway and Chile recalled the Framework Agreement on Cooperation in the Peaceful Uses of Outer Space.", None,
         ["Framework Agreement on Cooperation in the Peaceful Uses of Outer Space"]),
        # an acronym between the name and its head
        ("They held the Norway-Chile Tundra and Polar Data (TPD) Dialogue. The TPD Dialogue went well.", None,
         ["Norway-Chile Tundra and Polar Data Dialogue"] * 2),
        ("The Summit for Democracy Year of Work began.", None, ["Summit for Democracy"]),
    ],
)  # fmt: skip
def test_the_canonical_name_says_no_more_than_the_text(text: str, title: str | None, expected: list[str]) -> None:
    assert [m.entity.name for m in FINDER.find(text, title=title) if m.kind != "party"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After approval from the Cabinet, Chile joined.", [("Cabinet", "Cabinet of Chile", "CL")]),
        ("In the Indian Ocean, Chile and its Ministry of Tundra met.",
         [("Ministry of Tundra", "Ministry of Tundra", "CL")]),
        ("Chile's National Polar Institute (QRZV) met. QRZV agreed.",
         [("National Polar Institute", "National Polar Institute", "CL"), ("QRZV", "National Polar Institute", "CL"),
          ("QRZV", "National Polar Institute", "CL")]),
    ],
)  # fmt: skip
def test_bodies_of_the_one_country_in_question(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [m for m in FINDER.find(text) if m.kind == "agency"]
    assert [(text[m.start : m.end], m.entity.name, m.entity.side) for m in found] == expected


SENTENCES = st.sampled_from(
    [
        "NASA and Japan met.",
        "The Xenon Harbor Agency (XHA) spoke.",
        "XHA will report.",
        "The Ministry of Finance joined.",
        "From the Norwegian side, the Ministry of Finance joined.",
        "They held the U.S.-Norway Polar Dialogue.",
        "The Dialogue went well.",
        "The Departments of State and Defense agreed.",
        "The moon rover and the Accords were praised.",
        "UNSCR 4711 and the Helgoland Accords apply.",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=6), SENTENCES)
def test_a_later_paragraph_changes_nothing_before_it(paragraphs: list[str], later: str) -> None:
    text = "\n".join(paragraphs)
    before = FINDER.find(text)
    after = [m for m in FINDER.find(f"{text}\n{later}") if m.start < len(text)]
    assert [_key(m) for m in after] == [_key(m) for m in before]


def _key(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.entity.id


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ABab US.-'’()\n,Ministry of Agency Japan NASA Accords 1é", max_size=120))
def test_names_never_overlap_and_never_are_empty(text: str) -> None:
    end = 0
    for mention in FINDER.find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        end = mention.end


def test_spacy_sees_the_names() -> None:
    nlp = load()
    doc: Doc = nlp.make_doc("Japan works with NASA.")
    doc._.communique = Annotations(text=doc.text)
    doc = nlp.get_pipe("mentions")(doc)
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["mentions"]] == [
        ("Japan", "party", "party:jp"),
        ("NASA", "agency", "agency:us-nasa"),
    ]
    assert len(annotations_of(doc).mentions) == 2
