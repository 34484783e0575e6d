"""What a statement says of its meeting, by example. All texts are written for these tests; people are made up."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import communique
from communique.errors import ModelError
from communique.gathering.places import Places
from communique.gathering.rules import read_meeting_rules
from communique.knowledge import KnowledgeFile
from communique.model import model_path

PUBLISHED = "2031-05-20"


def _file(name: str) -> KnowledgeFile:
    return KnowledgeFile(name, (model_path("en_space") / name).read_text(encoding="utf-8"))


def _meeting(text: str, title: str = "Joint Statement", published: str | None = PUBLISHED) -> Any:
    return communique.extract(text, title=title, published=published).meeting


def _told(text: str, title: str = "Joint Statement") -> Any:
    meeting = _meeting(text, title)
    assert meeting is not None
    return meeting


# Which statements are about a meeting ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Norway Signs the Artemis Accords", "On May 19, Norway became the 70th country to sign the Artemis Accords."),
        ("Joint Leaders' Statement", "The leaders welcomed the second space dialogue, held in Oslo on May 2, 2031."),
        ("Joint Statement on Cape Verde", "We call on all parties to convene talks in Praia without delay."),
        ("Remarks on Space", "Over 3,000 people attended the conference in Paris on May 3."),
        ("Joint Statement", "In 2019 the two sides held a workshop on tides in Bergen on May 3, 2019."),
        (
            "Leaders' Statement on Space",
            (
                "The two leaders look forward to the next U.S.-Norway Space Dialogue, to be held in Oslo in 2032, "
                "co-chaired by NASA and the Norwegian Space Agency."
            ),
        ),
        (
            "Norway Signs the Artemis Accords",
            "Norway signed the Artemis Accords at a ceremony in Oslo on May 19, 2031, hosted by Ambassador Ada Rowan.",
        ),
        (
            "Joint Statement on Debris",
            "The Governments of Norway and Peru call upon all states to act. They recall the conference held in 2019.",
        ),
    ],
)
def test_no_meeting(title: str, text: str) -> None:
    assert _meeting(text, title) is None


# Series and number ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "series", "ordinal"),
    [
        (
            "Joint Statement",
            "The United States and Norway held the fourth U.S.-Norway Polar Dialogue in Oslo on May 3, 2031.",
            "U.S.-Norway Polar Dialogue",
            4,
        ),
        (
            "Joint Statement",
            (
                "On May 3, the United States and Norway convened the 12th meeting of the U.S.-Norway Working Group "
                "on Sea Ice."
            ),
            "U.S.-Norway Working Group on Sea Ice",
            12,
        ),
        (
            "Joint Statement on the Polar Dialogue between the United States and Norway",
            "The Polar Dialogue took place today in Oslo.",
            "U.S.-Norway Polar Dialogue",
            None,
        ),
        (
            "The Inaugural U.S.-Norway Polar Dialogue",
            "Officials of the United States and Norway met in Oslo on May 3.",
            "U.S.-Norway Polar Dialogue",
            1,
        ),
        (
            "2031 U.S.-Norway Polar Dialogue",
            "The Polar Dialogue was held in Oslo on May 3, 2031.",
            "U.S.-Norway Polar Dialogue",
            None,
        ),
        (
            "Joint Statement",
            "The U.S.-Norway Polar Working Group held its twenty-first meeting in Oslo on May 3, 2031.",
            "U.S.-Norway Polar Working Group",
            21,
        ),
        (
            "Joint Statement",
            "The United States and Norway held the first Norway-U.S. Sea Ice Partnership (NUSIP) meeting on May 10.",
            "Norway-U.S. Sea Ice Partnership",
            1,
        ),
        (
            "Joint Statement on the Second Round of the U.S.-Norway Polar Dialogue",
            "The dialogue took place in Oslo on May 3.",
            "U.S.-Norway Polar Dialogue",
            2,
        ),
        ("Joint Statement", "The leaders met today in Rome on the margins of the G20 Summit.", None, None),
    ],
)
def test_series_and_number(title: str, text: str, series: str | None, ordinal: int | None) -> None:
    meeting = _told(text, title)
    assert (meeting.series, meeting.ordinal) == (series, ordinal)


def test_a_day_of_years_before_is_not_this_meetings() -> None:
    text = "What the Kelp Dialogue in Lima on May 3, {}, had found guides Peru and Chile."
    title = "Joint Statement on the Peru-Chile Kelp Dialogue"
    assert [_meeting(text.format(year), title).start for year in (2031, 2029)] == ["2031-05-03", None]


@given(st.integers(min_value=2, max_value=40))
@settings(max_examples=15, deadline=None)
def test_number_in_digits(number: int) -> None:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    text = f"The United States and Norway held the {number}{suffix} U.S.-Norway Polar Dialogue in Oslo on May 3, 2031."
    assert _told(text).ordinal == number


# Days, place, virtual -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end", "city", "country", "virtual"),
    [
        (
            "The United States and Norway held the Polar Dialogue in Washington DC on May 3-4, 2031.",
            "2031-05-03",
            "2031-05-04",
            "Washington, D.C.",
            "US",
            False,
        ),
        (
            "The United States and Norway met today in Tromso to discuss ice.",
            "2031-05-20",
            "2031-05-20",
            "Tromsø",
            "NO",
            False,
        ),
        (
            "Officials of the United States and Norway met virtually on May 3.",
            "2031-05-03",
            "2031-05-03",
            None,
            None,
            True,
        ),
        (
            "The United States and Norway held the Polar Dialogue in Oslo on May 3 in a hybrid format.",
            "2031-05-03",
            "2031-05-03",
            "Oslo",
            "NO",
            False,
        ),
        (
            "The United States and Norway held the Polar Dialogue on May 3.",
            "2031-05-03",
            "2031-05-03",
            None,
            None,
            None,
        ),
        (
            "The United States and Norway held the Polar Dialogue in Norway on May 3.",
            "2031-05-03",
            "2031-05-03",
            None,
            "NO",
            False,
        ),
        (
            "The United States and Norway held a dialogue on May 3 on the situation in Chad.",
            "2031-05-03",
            "2031-05-03",
            None,
            None,
            None,
        ),
    ],
)
def test_days_and_place(
    text: str, start: str | None, end: str | None, city: str | None, country: str | None, virtual: bool | None
) -> None:
    meeting = _told(text)
    assert (meeting.start, meeting.end) == (start, end)
    assert (meeting.city, meeting.country, meeting.virtual) == (city, country, virtual)


def test_no_day_is_guessed_from_the_publication() -> None:
    meeting = _told("The United States and Norway met in Oslo to discuss ice.")
    assert (meeting.start, meeting.end) == (None, None)


@given(st.dates(min_value=date(2031, 3, 1), max_value=date(2031, 5, 19)))
@settings(max_examples=15, deadline=None)
def test_year_comes_from_the_publication(day: date) -> None:
    text = f"The United States and Norway met in Oslo on {day.strftime('%B')} {day.day} to discuss ice."
    assert _told(text).start == day.isoformat()


# Heads ----------------------------------------------------------------------------------------------------------------

OPENING = "The United States and Norway held the fourth U.S.-Norway Polar Dialogue in Oslo on May 3, 2031. "


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (
            (
                "The dialogue was co-chaired by NASA Associate Administrator for Earth Science Ada Q. Rowan and "
                "Kari Nordli-Lund, Director General for Polar Affairs at the Norwegian Space Agency."
            ),
            [
                ("Ada Q. Rowan", "Associate Administrator for Earth Science", "US"),
                ("Kari Nordli-Lund", "Director General for Polar Affairs", "NO"),
            ],
        ),
        (
            (
                "Under Secretary of State for Economic Growth, Energy, and the Environment, Ada Rowan, led the "
                "U.S. delegation, and Dr. Kari Nordli headed the Norwegian delegation."
            ),
            [
                ("Ada Rowan", "Under Secretary of State for Economic Growth, Energy, and the Environment", "US"),
                ("Kari Nordli", None, "NO"),
            ],
        ),
        (
            (
                "The Norwegian delegation was led by H.E. Kari Nordli, Norway's Minister of Foreign Affairs. The "
                "U.S. side was headed by Deputy Secretary of Commerce Ada Rowan."
            ),
            [("Kari Nordli", "Minister of Foreign Affairs", "NO"), ("Ada Rowan", "Deputy Secretary of Commerce", "US")],
        ),
        (
            (
                "Heads of delegation: Ambassador Kari van der Berg of Norway and Deputy Assistant Secretary of "
                "State Ada Rowan."
            ),
            [("Kari van der Berg", "Ambassador", "NO"), ("Ada Rowan", "Deputy Assistant Secretary of State", "US")],
        ),
        (
            (
                "U.S. Co-Chair: Ms. Ada Rowan, NASA\nNorwegian Co-Chair: Mr. Kari Nordli, Director General, "
                "Norwegian Space Agency"
            ),
            [("Ada Rowan", None, "US"), ("Kari Nordli", "Director General", "NO")],
        ),
        (
            (
                "Ambassador Ada Rowan of the United States and Kari Nordli, Director of the Norwegian Space "
                "Agency, served as co-chairs."
            ),
            [("Ada Rowan", "Ambassador", "US"), ("Kari Nordli", "Director", "NO")],
        ),
        ("Ambassador Kari Nordli delivered remarks. Director Ada Rowan signed the minutes.", []),
    ],
)
def test_heads(text: str, heads: list[tuple[str, str | None, str]]) -> None:
    assert [(h.name, h.title, h.side) for h in _told(OPENING + text).heads] == heads


LEADING = tomllib.loads((Path(__file__).parent / "meeting_heads.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", LEADING["leading"], ids=[case["text"][:50] for case in LEADING["leading"]])
def test_who_led(case: dict[str, Any]) -> None:
    opening = LEADING["openings"][case["opening"]]
    text = opening["text"] + "\n\n" + case["text"]
    record = communique.extract(text, title=opening["title"], published=PUBLISHED)
    assert record.meeting is not None
    names = {entity.id: entity.name for entity in record.entities}
    found = [[h.name or "", h.title or "", names.get(h.agency or "", ""), h.side or ""] for h in record.meeting.heads]
    assert found == case["heads"]


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("Deputy Secretary of State", "agency:us-state"),
        ("NASA Deputy Administrator", "agency:us-nasa"),
        ("Norwegian Foreign Minister", None),
        ("National Security Advisor", None),
        ("U.S. Trade Representative", "agency:us-ustr"),
    ],
)
def test_agency_of_a_title(title: str, agency: str | None) -> None:
    (head,) = _told(f"{OPENING}The meeting was chaired by {title} Ada Rowan.").heads
    if title.endswith("Foreign Minister"):
        assert str(head.agency).startswith("agency:no-")
    else:
        assert head.agency == agency


def test_people_who_met_are_heads() -> None:
    text = "U.S. Secretary of State Ada Rowan and Norwegian Foreign Minister Kari Nordli met today in Oslo."
    assert [(h.name, h.side) for h in _told(text).heads] == [("Ada Rowan", "US"), ("Kari Nordli", "NO")]


# Delegations ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "delegations"),
    [
        (
            "The U.S. delegation included representatives from NASA, NOAA, and the Department of State.",
            {"US": ["agency:us-nasa", "agency:us-noaa", "agency:us-state"]},
        ),
        (
            (
                "The meeting featured representatives from NASA and NOAA, and from the Norwegian side, the "
                "Norwegian Space Agency."
            ),
            {"US": ["agency:us-nasa", "agency:us-noaa"], "NO": ["Norwegian Space Agency"]},
        ),
        (
            "For the United States: NASA; NOAA. For Norway: the Norwegian Space Agency.",
            {"US": ["agency:us-nasa", "agency:us-noaa"], "NO": ["Norwegian Space Agency"]},
        ),
        ("U.S. participants:\n- NASA\n- NOAA", {"US": ["agency:us-nasa", "agency:us-noaa"]}),
        ("The U.S. delegation thanked its hosts.", {"US": []}),
        ("NASA and NOAA will launch a buoy.", {}),
    ],
)
def test_delegations(text: str, delegations: dict[str, list[str]]) -> None:
    record = communique.extract(OPENING + "\n\n" + text, title="Joint Statement", published=PUBLISHED)
    assert record.meeting is not None
    names = {e.id: e.name for e in record.entities}
    found = {
        side: [i if i.startswith("agency:us-") else names[i] for i in ids]
        for side, ids in record.meeting.delegations.items()
    }
    assert found == delegations


LISTS = tomllib.loads((Path(__file__).parent / "meeting_delegations.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", LISTS["list"], ids=[case["text"][:50] for case in LISTS["list"]])
def test_lists_of_delegations(case: dict[str, Any]) -> None:
    opening = LISTS["openings"][case["opening"]]
    text = opening["text"] + "\n\n" + case["text"]
    record = communique.extract(text, title=opening["title"], published=PUBLISHED)
    assert record.meeting is not None
    names = {entity.id: entity.name for entity in record.entities}
    assert {side: [names[i] for i in ids] for side, ids in record.meeting.delegations.items()} == case["delegations"]


def test_heads_are_not_listed_twice() -> None:
    text = OPENING + "The U.S. delegation, led by NASA Administrator Ada Rowan, included officials from NOAA."
    assert _told(text).delegations == {"US": ["agency:us-noaa"]}


# The next meeting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Both ministries expect to gather for the next round in Vienna in the first half of 2033.",
            (None, "2033-01/2033-06", "Vienna", "AT"),
        ),
        ("Both look forward to the fifth dialogue, to be held in Korea in 2033.", (5, "2033", None, "KR")),
        ("The two sides agreed to meet again in Bergen in 2032.", (None, "2032", "Bergen", "NO")),
        ("The two sides decide to meet again in Bergen in 2032.", (None, "2032", "Bergen", "NO")),
        ("Norway will host the fifth dialogue in Bergen.", (5, None, "Bergen", "NO")),
        ("A fifth meeting is planned for 2033 in Houston, Texas.", (5, "2033", "Houston", "US")),
        ("They discussed next steps for the buoy in 2032.", None),
        ("They welcomed the next U.S.-Norway Ministerial on Fisheries in 2032.", None),
    ],
)
def test_next_meeting(text: str, expected: tuple[int | None, str | None, str | None, str | None] | None) -> None:
    following = _told(OPENING + text).next
    told = following and (following.ordinal, following.date, following.city, following.country)
    assert told == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We look forward to meeting again in Japan in 2032.", (None, "2032", None, "JP")),
        ("The next Agency-level meeting is expected to take place in Paris in 2032.", (None, "2032", "Paris", "FR")),
        ("The work will be reviewed at the next strategy meeting, to be hosted in Oslo.", (None, None, "Oslo", "NO")),
        ("Japan offered to host the next exchange in Sapporo.", (None, None, "Sapporo", "JP")),
        ("A follow-up meeting will take place in Sapporo in 2032.", (None, "2032", "Sapporo", "JP")),
        ("The next exchange of data from Sapporo is planned for 2032.", None),
        ("The next meeting of the Ice Council will be held in Paris in 2032.", None),
    ],
)
def test_who_met_without_a_series_meets_again(
    text: str, expected: tuple[int | None, str | None, str | None, str | None] | None
) -> None:
    opening = "We, the ministers for space of Japan and Norway, met in Busan on May 18, 2031, for an exchange on ice."
    following = _told(f"{opening}\n\n{text}").next
    assert (following and (following.ordinal, following.date, following.city, following.country)) == expected


@pytest.mark.parametrize(
    ("title", "city"),
    [
        ("Quad Space Working Group: Outcomes, Canberra", "Canberra"),
        ("Quad Space Working Group: Outcomes", None),
        ("Canberra, Report on the Quad Space Working Group", None),
    ],
)
def test_the_title_may_end_with_the_city(title: str, city: str | None) -> None:
    text = "Australia hosted the Quad Space Working Group on 7-8 May 2031. Senior officials participated."
    assert _told(text, title).city == city


DIALOGUE = "The United States and Japan held the fifth U.S.-Japan Polar Dialogue in Washington, D.C. on May 14, 2031."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan will host the Dialogue in 2033.", (None, "2033", None, "JP")),
        (
            "The United States thanked Japan, which will host the Dialogue in Tokyo in 2033.",
            (None, "2033", "Tokyo", "JP"),
        ),
        ("The 2033 Dialogue will take place in Tokyo.", (None, "2033", "Tokyo", "JP")),
        (
            "The two sides plan to hold another meeting in Sapporo in the fall of 2032.",
            (None, "2032-23", "Sapporo", "JP"),
        ),
        ("The two sides look forward to convening in Tokyo in 2032.", (None, "2032", "Tokyo", "JP")),
        ("The Dialogue will be held again in Sapporo next year.", (None, "2032", "Sapporo", "JP")),
        ("Both sides look forward to a sixth Dialogue in 2033 in Japan.", (6, "2033", None, "JP")),
        ("The sixth round would take place in 2032 at a date and venue to be agreed.", (6, "2032", None, None)),
        (
            "It was agreed that Japan would host the next round in the first half of next year.",
            (None, "2032-01/2032-06", None, "JP"),
        ),
        ("Next year's Dialogue will be hosted by Japan.", (None, "2032", None, "JP")),
        ("The sides will meet in Kyoto for the 6th Dialogue in March 2033.", (6, "2033-03", "Kyoto", "JP")),
        ("Japan invited the U.S. side to Tokyo for the next Dialogue in 2032.", (None, "2032", "Tokyo", "JP")),
        ("The Co-Chairs intend for the sixth meeting to be held in 2033 in Japan.", (6, "2033", None, "JP")),
        ("The venue of the next session, in 2032, will be Nagoya.", (None, "2032", "Nagoya", "JP")),
        ("Both sides confirmed that they would hold the Sixth Meeting in Japan.", (6, None, None, "JP")),
        (
            "The Dialogue will go on, with the next meeting tentatively scheduled for spring 2032 in Tokyo.",
            (None, "2032-21", "Tokyo", "JP"),
        ),
        ("The next Dialogue is to be convened in Tokyo at an early date.", (None, None, "Tokyo", "JP")),
        ("We look forward to reconvening in Japan in 2033.", (None, "2033", None, "JP")),
        ("The Dialogue meets every two years and will next be held in Tokyo.", (None, None, "Tokyo", "JP")),
        ("The delegations agreed to meet next in Tokyo in October 2032.", (None, "2032-10", "Tokyo", "JP")),
        (
            "They resolved to hold the next meeting in 2033 and to convene an interim session by video in 2032.",
            (None, "2033", None, None),
        ),
        ("Japan expressed its readiness to host the next edition in 2033, in Tokyo.", (None, "2033", "Tokyo", "JP")),
        ("Formal consultations are planned for late 2031.", (None, "2031", None, None)),
        ("The two sides will hold an in-person meeting by the end of 2032.", (None, "2032", None, None)),
        ("They will hold a second meeting on whale song in Tokyo in 2032.", None),
        ("Consultations on whale song are planned for 2032.", None),
        ("Japan will host the World Polar Expo in Tokyo in 2033.", None),
        ("NASA will hold a workshop in Tokyo in 2032. The two sides will meet regularly.", None),
        ("The next launch of the buoy is planned for 2032 from Japan.", None),
        ("The United States will host the next session of the International Ice Forum in Boulder in 2032.", None),
        ("The two sides plan to hold a working-level meeting on ice charts in Tokyo in September 2031.", None),
    ],
)
def test_the_series_comes_again(
    text: str, expected: tuple[int | None, str | None, str | None, str | None] | None
) -> None:
    following = _told(DIALOGUE + "\n\n" + text, "Joint Statement on the Fifth U.S.-Japan Polar Dialogue").next
    assert (following and (following.ordinal, following.date, following.city, following.country)) == expected


# Whole statements, in many styles -------------------------------------------------------------------------------------

STATEMENTS = tomllib.loads((Path(__file__).parent / "meetings.toml").read_text(encoding="utf-8"))["statement"]


def _called(head: Any, names: dict[str, str]) -> str:
    """The last name of a head, or, where the text names nobody, the title and the agency."""
    if head.name is not None:
        return str(head.name.split()[-1])
    return ", ".join(filter(None, (head.title, names.get(head.agency))))


@pytest.mark.parametrize("statement", STATEMENTS, ids=[s["title"] for s in STATEMENTS])
def test_statements(statement: dict[str, Any]) -> None:
    record = communique.extract(statement["text"], title=statement["title"], published=PUBLISHED)
    meeting = record.meeting
    assert meeting is not None
    names = {entity.id: entity.name for entity in record.entities}
    found: dict[str, Any] = {key: getattr(meeting, key) for key in statement if hasattr(meeting, key)}
    found |= {key: str(found[key]) for key in ("start", "end") if key in found}
    found["heads"] = [_called(head, names) for head in meeting.heads]
    found["delegations"] = {side: len(ids) for side, ids in meeting.delegations.items()}
    following = meeting.next.model_dump(exclude_none=True) if meeting.next else None
    told = {key: value for key, value in statement.items() if key not in ("title", "text")}
    assert {key: following if key == "next" else found[key] for key in told} == told


OPENINGS = tomllib.loads((Path(__file__).parent / "meeting_openings.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", OPENINGS["told"], ids=lambda case: case["text"][:50])
def test_openings(case: dict[str, Any]) -> None:
    meeting = _meeting(case["text"], case.get("title", ""), case.get("published", PUBLISHED))
    assert meeting is not None
    fields = ("series", "ordinal", "start", "end", "city", "virtual")
    placed = {"virtual": False} if "city" in case or "country" in case else {}
    expected = placed | {"end": case.get("start")} | case
    assert {key: getattr(meeting, key) for key in fields} == {key: expected.get(key) for key in fields}
    assert meeting.country is None or "city" in case or meeting.country == case["country"]
    if "heads" in case:
        assert [head.name.split()[-1] for head in meeting.heads] == case["heads"]


@pytest.mark.parametrize("case", OPENINGS["untold"], ids=lambda case: case["text"][:50])
def test_texts_about_no_meeting(case: dict[str, Any]) -> None:
    assert _meeting(case["text"], case["title"]) is None


def test_a_statement_may_come_from_the_first_year_that_there_is() -> None:
    assert _meeting("The two sides met in Oslo on January 3. They will share nets.", published="0001-01-15") is not None


@pytest.mark.parametrize("day", ["0001-01-01", "2031-05-03"])
def test_no_meeting_goes_on_past_the_calendar(day: str) -> None:
    meeting = _meeting("Japan and Peru concluded a two-day dialogue today.", published=day)
    assert meeting is not None
    assert (meeting.start, meeting.end) == ("2031-05-02" if day > "1000" else day, day)
    meeting = _meeting("Japan and Peru concluded a 9999999-day dialogue today.", published=day)
    assert meeting is not None
    assert (meeting.start, meeting.end) == (day, day)


# Properties -----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_record(tail: str) -> None:
    """Whatever follows the opening, the meeting's day and place stay what the opening tells."""
    meeting = _meeting(OPENING + "\n\n" + tail)
    assert meeting is not None
    assert (meeting.start, meeting.city, meeting.ordinal) == ("2031-05-03", "Oslo", 4)


def test_time_grows_with_the_text() -> None:
    """A long run of capitalised words, where a careless pattern would take for ever."""
    assert _meeting(OPENING + "led by " + "Minister of Ice and Snow, and " * 2000) is not None


# The knowledge itself -------------------------------------------------------------------------------------------------


def test_patterns_match_their_examples() -> None:
    source = _file("meetings.toml")
    patterns = read_meeting_rules(source).patterns
    for entry in source.data["example"]:
        for example in entry["matches"]:
            assert patterns[entry["pattern"]].search(example), (example, entry["pattern"])
        for counterexample in entry["not"]:
            assert not patterns[entry["pattern"]].search(counterexample), (counterexample, entry["pattern"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "gathers = [",
            "gathers = [\n    '(',",
            r"meetings\.toml:{line}: \[opening\] gathers is no pattern: .*unterminated",
        ),
        ("gathers = [", "gathers = [\n    1,", r"meetings\.toml:{line}: \[opening\] lacks gathers, or it is neither"),
        ("gathers = [", "gather = [", r"meetings\.toml:{table}: \[opening\] lacks gathers"),
    ],
)
def test_a_wrong_pattern_is_named_with_its_line(old: str, new: str, message: str) -> None:
    text = _file("meetings.toml").text
    line, table = (text.count("\n", 0, text.index(f"\n{head}")) + 2 for head in (old, "[opening]"))
    with pytest.raises(ModelError, match=message.format(line=line, table=table)):
        read_meeting_rules(KnowledgeFile("meetings.toml", text.replace(f"\n{old}", f"\n{new}", 1)))


def test_titles_match_their_examples() -> None:
    source = _file("meetings.toml")
    rules = read_meeting_rules(source)
    for rule, entry in zip(rules.titles, source.data["title"], strict=True):
        for example in entry["examples"]:
            assert rule.pattern.search(example), (example, entry["pattern"])
        for counterexample in entry["counterexamples"]:
            assert not rule.pattern.search(counterexample), (counterexample, entry["pattern"])


def test_places() -> None:
    source = _file("places.toml")
    places = Places(source, _file("parties.toml"))
    for entry in source.data["guarded"]:
        for example in entry["examples"]:
            assert any(p.city for p in places.find(example)), example
        for counterexample in entry["counterexamples"]:
            assert not any(p.city for p in places.find(counterexample)), counterexample
    names = [city for cities in source.data["cities"].values() for city in cities]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Z]{2}", iso) for iso in source.data["cities"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met in Leuven, Belgium, on May 3.", [("Leuven", "BE"), (None, "BE")]),
        ("They met in San Telmo, Peru.", [("San Telmo", "PE"), (None, "PE")]),
        ("They agreed in March, Peru said.", [(None, "PE")]),
        ("They met in Leuven, Belgium's oldest town.", [(None, "BE")]),
        ("They met in Lima, Peru.", [("Lima", "PE"), (None, "PE")]),
    ],
)
def test_a_city_that_nobody_listed_is_known_by_its_country(text: str, found: list[tuple[str | None, str]]) -> None:
    places = Places(_file("places.toml"), _file("parties.toml")).find(text)
    assert [(place.city, place.country) for place in places] == found
    assert all(text[place.start : place.end] == place.city for place in places if place.city)


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [("in Bangalore", "Bengaluru", "IN"), ("in Washington", "Washington, D.C.", "US"), ("in Sacheon", "Sacheon", "KR")],
)
def test_cities_have_one_form(text: str, city: str, country: str) -> None:
    (place,) = Places(_file("places.toml"), _file("parties.toml")).find(text)
    assert (place.city, place.country) == (city, country)
    assert text[place.start : place.end] == text.removeprefix("in ")
