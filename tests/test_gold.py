"""Gold as people write it: the markup, the quotes in JSON, and what is said of a slip in either."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.gold import GoldMeeting, GoldMention, overlaps, parse_markup, read_markup
from communique.gold_quotes import occurrences, read_quotes

FRONT = "---\ntitle: A Dialogue\nmeeting: null\n---\n"


def parse(body: str):
    return parse_markup(FRONT + body, "a.gold.md")


def names(body: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(m.quote, m.name, m.acronym, m.side) for m in parse(body).mentions]


def test_tags_go_and_offsets_count_the_text_without_them():
    gold = parse('In <date value="2027">2027</date>, <agency side="US">NASA</agency> spoke.\n')
    assert gold.text == "In 2027, NASA spoke.\n"
    assert [(i.start, i.end, i.quote) for i in (*gold.dates, *gold.mentions)] == [(3, 7, "2027"), (9, 13, "NASA")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<forum>G7</forum>", [("G7", "G7", None, None)], id="the words are the name"),
        pytest.param(
            '<agency acronym="ESA">European Space Agency</agency> (<agency>ESA</agency>)',
            [
                ("European Space Agency", "European Space Agency", "ESA", None),
                ("ESA", "European Space Agency", "ESA", None),
            ],
            id="an acronym said before",
        ),
        pytest.param(
            '<party name="Japan" side="JP">State of Japan</party> <party>Japan</party>',
            [("State of Japan", "Japan", None, "JP"), ("Japan", "Japan", None, "JP")],
            id="a name said before",
        ),
        pytest.param(
            '<agency side="JP">Cabinet Office</agency> <agency side="GB">Cabinet Office</agency>',
            [("Cabinet Office", "Cabinet Office", None, "JP"), ("Cabinet Office", "Cabinet Office", None, "GB")],
            id="what is said goes before what was said",
        ),
        pytest.param(
            '<mission name="Artemis program">Artemis</mission> <instrument>Artemis</instrument>',
            [("Artemis", "Artemis program", None, None), ("Artemis", "Artemis", None, None)],
            id="each kind for itself",
        ),
    ],
)
def test_what_a_name_leaves_out_was_said_before(body, expected):
    assert names(body) == expected


def test_a_commitment_knows_its_actors_by_acronym():
    body = (
        '<agency acronym="CSA" side="CA">Canadian Space Agency</agency> and <party side="JP">Japan</party> '
        '<commitment strength="explore" actors="CSA, JP" themes="exploration follow_up" deadline="2029">'
        "plan to study</commitment> it."
    )
    (commitment,) = parse(body).commitments
    assert commitment.actors == ("Canadian Space Agency", "JP")
    assert (commitment.strength, commitment.themes) == ("explore", ("exploration", "follow_up"))
    assert (commitment.deadline, commitment.quote) == ("2029", "plan to study")


def test_names_may_stand_within_operator_words():
    body = (
        '<commitment strength="decision" actors="US" themes="other">directed '
        '<agency side="US">NASA</agency> to</commitment>'
    )
    gold = parse(body)
    assert (gold.commitments[0].quote, gold.mentions[0].quote) == ("directed NASA to", "NASA")


def test_the_meeting_is_read_as_written():
    front = '---\nmeeting:\n  ordinal: 3\n  start: 2027-03-01\n  virtual: false\n  parties: ["NO", SE]\n---\n'
    meeting = parse_markup(front + "Text.", "a.gold.md").meeting
    assert meeting == GoldMeeting(ordinal=3, start="2027-03-01", virtual=False, parties=("NO", "SE"))


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("One.\n<agency>NASA", 6, "<agency> is not closed"),
        ("NASA</agency>", 5, "</agency> closes nothing that is open"),
        ("<agency>a <forum>G7</agency></forum>", 5, "<forum> cannot stand within <agency>"),
        ("\n\n<agency >\n</agency>", 7, "no words"),
        ("<agency>NASA </agency>", 5, "a blank at its edge"),
        ("<agency country='US'>NASA</agency>", 5, "no tag of this markup"),
        ('One.\n\n<agency land="US">NASA</agency>', 7, "no attribute 'land': give name, acronym, side"),
        ('<agency side="US" side="JP">NASA</agency>', 5, "an attribute twice"),
        ('<agency side="USA">NASA</agency>', 5, "side: String should match pattern"),
        ("<date>2027</date>", 5, "lacks a value"),
        ('<date value="1 May">1 May</date>', 5, "value '1 May' is no ISO 8601 or EDTF value"),
        ('<date value="2027" mod="late">2027</date>', 5, "mod: Input should be"),
        ('<commitment strength="strong" actors="US" themes="other">will</commitment>', 5, "strength: Input should be"),
        ('<commitment strength="pledge" actors="US">will</commitment>', 5, "themes: Tuple should have at least 1"),
        ('<commitment strength="pledge" actors="ABC" themes="other">will</commitment>', 5, "actor 'ABC' is no ISO"),
    ],
)
def test_a_slip_is_told_with_file_and_line(body, line, message):
    with pytest.raises(InputError) as error:
        parse(body)
    assert str(error.value).startswith(f"a.gold.md:{line}: ")
    assert message in str(error.value)


def test_front_matter_must_speak_of_the_meeting():
    with pytest.raises(InputError, match=r"a\.gold\.md:1: front matter lacks meeting"):
        parse_markup("---\ntitle: A Dialogue\n---\nText.", "a.gold.md")
    with pytest.raises(InputError, match=r"a\.gold\.md:2: meeting: ordinal"):
        parse_markup("---\nmeeting: {ordinal: third}\n---\nText.", "a.gold.md")


@pytest.mark.parametrize(
    "value",
    ["2025", "2025-04", "2025-04-14", "2022-12-15/2022-12-16", "202X", "20XX", "2025-21", "2025-Q3", "FY2026", "P2Y"],
)
def test_values_are_iso_8601_or_edtf(value):
    (date,) = parse(f'<date value="{value}">then</date>').dates
    assert date.value == value


def test_a_date_that_nothing_places_has_no_value():
    (date,) = parse('<date type="duration" value="">some years</date>').dates
    assert (date.type, date.value) == ("duration", None)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_markup(tmp_path / "none.gold.md")


def test_names_on_the_same_words_are_told():
    gold = parse("<forum>Group of Seven</forum>")
    twice = gold.model_copy(
        update={"mentions": (*gold.mentions, GoldMention(start=9, end=14, quote="Seven", kind="forum", name="Seven"))}
    )
    assert overlaps(gold) == []
    assert overlaps(twice) == ["mentions overlap: 'Group of Seven' and 'Seven'"]


words = st.lists(st.text("abé’\U0001f680", min_size=1, max_size=5), min_size=1, max_size=8)


@given(words, st.data())
def test_every_quote_is_the_texts_own(tokens, data):
    marked = [f"<forum>{t}</forum>" if data.draw(st.booleans()) else t for t in tokens]
    gold = parse(" ".join(marked))
    assert gold.text == " ".join(tokens)
    assert [m.quote for m in gold.mentions] == [t for t, m in zip(tokens, marked, strict=True) if t != m]
    assert all(gold.text[m.start : m.end] == m.quote for m in gold.mentions)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("NASA and NASA’s", "NASA", [0, 9]),
        ("NASAs and NASA-led", "NASA", [10]),
        ("the U.S. and U.S.-led", "U.S.", [4, 13]),
        ("the Accords", "Accord", []),
        ("anything", "", []),
    ],
)
def test_a_quote_stands_as_whole_words(text, quote, expected):
    assert occurrences(text, quote) == expected


TEXT = "NASA and JAXA met. NASA will study it in 2027; NASA thanked JAXA."


def quotes(tmp_path, **gold):
    path = tmp_path / "a.gold.json"
    path.write_text(json.dumps({"mentions": [], "dates": [], "commitments": [], "positions": []} | gold))
    return read_quotes(path, TEXT)


@pytest.mark.parametrize(
    ("which", "starts"), [({}, [0]), ({"n": 2}, [19]), ({"n": [1, 3]}, [0, 47]), ({"n": "all"}, [0, 19, 47])]
)
def test_a_quote_means_the_occurrences_it_counts(tmp_path, which, starts):
    item = {"kind": "agency", "quote": "NASA", "name": "NASA", "side": "US"} | which
    assert [m.start for m in quotes(tmp_path, mentions=[item]).mentions] == starts


def test_commitments_and_positions_quote_their_trigger(tmp_path):
    commitment = {"trigger": "will study", "strength": "explore", "actors": ["US"], "themes": ["other"]}
    gold = quotes(tmp_path, commitments=[commitment], positions=[{"trigger": "thanked", "n": 1}])
    assert (gold.commitments[0].quote, gold.positions[0].start) == ("will study", 52)


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ({"dates": [{"quote": "2028", "type": "date", "value": "2028"}]}, r"dates\[0\]: '2028' is not in the text"),
        ({"dates": [{"quote": "2027", "n": 2, "type": "date", "value": "2027"}]}, "no occurrence 2: it stands 1 times"),
        ({"positions": [{"n": 1}]}, r"positions\[0\]: lacks trigger"),
        ({"mentions": [{"kind": "country", "quote": "NASA", "name": "NASA"}]}, r"mentions\[0\]: kind"),
    ],
)
def test_a_slip_in_json_is_told_with_its_item(tmp_path, gold, message):
    with pytest.raises(InputError, match=message):
        quotes(tmp_path, **gold)


def test_a_meeting_in_json_may_say_more_than_is_measured(tmp_path):
    head = {"name": "A. Person", "title": "Director", "gender": None}
    gold = quotes(tmp_path, meeting={"ordinal": 2, "heads": [head], "next": {"date": "2028", "host": "JP"}, "note": ""})
    assert (gold.meeting.ordinal, gold.meeting.heads[0].name, gold.meeting.next.date) == (2, "A. Person", "2028")


def test_what_is_no_json_is_told_with_its_line(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{\n"mentions": [,]}')
    with pytest.raises(InputError, match=r"a\.json:2: no JSON"):
        read_quotes(path, TEXT)
    path.write_text("[]")
    with pytest.raises(InputError, match="one JSON object"):
        read_quotes(path, TEXT)
