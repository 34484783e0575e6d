"""Every operator of the model does what its examples say, and nothing in its counter-examples."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from communique import extract
from communique.checking import check_model
from communique.model import model_path
from communique.records import Record

GRAMMAR = tomllib.loads((model_path("en_space") / "commitments.toml").read_text(encoding="utf-8"))
TITLE = "Joint Statement of the United States and Japan"


def read(text: str) -> Record:
    return extract(text, title=TITLE, published="2025-04-14")


def triggers(record: Record) -> list[str]:
    return [found.trigger.quote for found in [*record.commitments, *record.positions]]


def cases(key: str) -> list[Any]:
    return [
        pytest.param(entry["lemma"], text, id=f"{entry['lemma']}-{n}")
        for entry in GRAMMAR["operator"]
        for n, text in enumerate(entry[key])
    ]


@pytest.mark.parametrize(("lemma", "example"), cases("examples"))
def test_an_operator_is_found_in_its_examples(lemma: str, example: str) -> None:
    expected = re.findall(r"\[([^\]]*)\]", example)
    record = read(re.sub(r"[\[\]]", "", example))
    assert [t for t in triggers(record) if t in expected] == expected


@pytest.mark.parametrize(("lemma", "counterexample"), cases("counterexamples"))
def test_an_operator_is_not_found_in_its_counterexamples(lemma: str, counterexample: str) -> None:
    assert triggers(read(counterexample)) == []


NASA_JAXA = ["agency:us-nasa", "agency:jp-jaxa"]
BOTH = ["US", "JP"]
FULL_NASA = "The National Aeronautics and Space Administration"
GOAL = "recommitted to their shared goal of"
CONSIDER = "instructed their experts to consider"

STRENGTHS = [
    ("The two sides agreed to explore a joint mission.", "agreed to explore", "explore", ["US", "JP"]),
    ("The two sides plan to continue discussing spectrum.", "plan to continue discussing", "explore", ["US", "JP"]),
    ("Both sides committed to strengthening the exchange of data.", "committed to", "pledge", ["US", "JP"]),
    ("The United States intends to continue its work on the network.", "intends to continue", "intent", ["US"]),
    ("The next dialogue will be held in Tokyo in 2027.", "will be", "pledge", []),
    (
        "The two sides look forward to the Sixth U.S.-Japan Space Dialogue in Oslo in 2031.",
        "look forward to",
        "intent",
        BOTH,
    ),
    ("Both sides look forward to meeting again in Oslo in 2031.", "look forward to", "intent", BOTH),
    ("Japan affirmed that it would consider the request.", "affirmed that it would consider", "explore", ["JP"]),
    ("NASA plans to select a crew in 2026.", "plans to", "intent", ["agency:us-nasa"]),
    ("In Japan, NASA and JAXA will build a station.", "will", "pledge", ["agency:us-nasa", "agency:jp-jaxa"]),
    ("NASA and JAXA plan to study the design.", "plan to study", "explore", ["agency:us-nasa", "agency:jp-jaxa"]),
    ("Under it, the United States and Japan will build a station.", "will", "pledge", ["US", "JP"]),
    ("Prime Minister Kishida and President Biden committed to build one.", "committed to", "pledge", ["JP", "US"]),
    ("Prime Minister Kishida intends to visit the site.", "intends to", "intent", ["JP"]),
    ("We are determined to protect the orbit.", "are determined to", "pledge", ["US", "JP"]),
    ("Determined to protect the orbit, the two sides met in Oslo.", "Determined to", "pledge", ["US", "JP"]),
    ("It was agreed that the experts meet twice a year.", "was agreed that", "decision", BOTH),
    ("The module is to be delivered to the port by the end of 2026.", "is to be", "pledge", []),
    ("Japan, which is to host the next workshop, thanked the crew.", "is to", "pledge", ["JP"]),
    ("The working group is to report to both sides by 2026.", "is to", "pledge", BOTH),
    ("Both sides affirmed that NASA and JAXA will sign it.", "affirmed that NASA and JAXA will", "pledge", NASA_JAXA),
    ("Japan would like to examine a joint orbit.", "would like to examine", "explore", ["JP"]),
    ("Minister Kato stated that Japan would join the mission.", "stated that Japan would", "pledge", ["JP"]),
    ("The two sides will seek opportunities to trade.", "will seek opportunities", "explore", ["US", "JP"]),
    ("The two sides plan to work together on exploring Mars.", "plan to work together on exploring", "explore", BOTH),
    ("Our shared aim is to open the archive.", "Our shared aim is to", "intent", BOTH),
    ("The third workshop will be hosted by Japan in May.", "will be", "pledge", ["JP"]),
    ("Working-level calls will continue to be held.", "will continue to be", "pledge", []),
    ("NASA, together with JAXA, will fly the sensor.", "will", "pledge", ["agency:us-nasa"]),
    ("We, the leaders of Japan and the United States, agree to meet.", "agree to", "decision", BOTH),
    ("The working group is expected to report by May.", "is expected to", "intent", BOTH),
    ("The two sides recommitted to their shared goal of opening the archive.", GOAL, "intent", BOTH),
    ("Japan offered technical assistance.", "offered technical assistance", "intent", ["JP"]),
    ("JAXA will be responsible for the sensor.", "will", "pledge", ["agency:jp-jaxa"]),
    ("Japan in turn will examine the orbit.", "will examine", "explore", ["JP"]),
    ("They spoke of the tug, for which they have agreed to build a dock.", "agreed to", "decision", BOTH),
    ("Teams at JAXA plan to compare notes.", "plan to", "intent", ["agency:jp-jaxa"]),
    ("JAXA and the QXRT decided to open a dock.", "decided to", "decision", ["agency:jp-jaxa"]),
    ("The QXRT and JAXA plan to open a dock.", "plan to", "intent", ["agency:jp-jaxa"]),
    ("The next round will take place in Oslo in 2026.", "will", "pledge", []),
    ("The two sides will review the rules of the dock.", "will review", "explore", BOTH),
    ("The two sides will review progress in May.", "will", "pledge", BOTH),
    ("They will identify new areas of work.", "will identify", "explore", BOTH),
    ("They will identify the crew by May.", "will", "pledge", BOTH),
    ("They instructed their experts to consider a joint dock.", CONSIDER, "explore", BOTH),
    ("The two sides explored new avenues for trade.", "explored", "explore", BOTH),
    ("Further docks will be discussed in May.", "will be discussed", "explore", []),
    ("The rules of the dock will be examined by the working group.", "will be examined", "explore", BOTH),
    ("Our combined efforts will protect the orbit.", "will", "pledge", BOTH),
    (f"{FULL_NASA} (NASA) and the Japan Aerospace Exploration Agency (JAXA) will fly it.", "will", "pledge", NASA_JAXA),
    (
        "The President of the United States and the Prime Minister of Japan agreed to meet.",
        "agreed to",
        "decision",
        BOTH,
    ),
]


def test_both_agencies_are_those_whose_statement_it_is() -> None:
    text = (
        "The European Space Agency (ESA) and the Japan Aerospace Exploration Agency (JAXA) met in Paris. "
        "Both agencies agreed to share charts, as NASA does."
    )
    assert extract(text).commitments[0].actors == ["agency:int-esa", "agency:jp-jaxa"]


def test_a_place_of_one_agency_is_none_of_the_two() -> None:
    text = (
        "The heads met at the Canadian Space Agency's John H. Chapman Space Centre in Longueuil. Represented were the "
        "Canadian Space Agency, NASA and JAXA. The agencies agreed to share charts."
    )
    assert extract(text).commitments[0].actors == ["CA", "US", "JP"]


@pytest.mark.parametrize(("text", "trigger", "strength", "actors"), STRENGTHS)
def test_the_weakest_operator_gives_the_class(text: str, trigger: str, strength: str, actors: list[str]) -> None:
    (found,) = read(text).commitments
    assert (found.trigger.quote, found.strength, found.actors) == (trigger, strength, actors)


NOTHING = [
    "The satellite will map the Earth twice every twelve days.",
    "The two sides do not intend to extend the agreement.",
    "The two sides discussed the agreement and exchanged views on debris.",
    "China will launch a probe.",
    "In August 2021, the two sides agreed to open an office.",
    "In August 2021 the two sides agreed to open an office.",
    "The two sides explored the new dock.",
    "This meeting seeks to build on the talks of May.",
    "The pier will be explored by divers of the firm.",
    "The probe is expected to launch in 2026.",
    "Neither side will test such weapons.",
    "At that meeting the two sides agreed to open an office.",
    "They thanked the crew of the probe, which launched on May 4 and will map the Moon.",
    "They began a dialogue between their nations that will seek to limit arms.",
    "They spoke of the free will of the people.",
    "The two sides signed an agreement that will foster trade.",
    "They reaffirmed that space shall be used in peace.",
    "The project aims to map the sea.",
    "The two sides signed a framework, which, in turn, will help all.",
    "The first task of Japan and the United States is to protect their crews.",
    "They thanked the hosts of the 2021 summit, where both sides resolved to open a dock.",
    "We will condemn all who harm the crews.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_promises_is_no_commitment(text: str) -> None:
    assert read(text).commitments == []


def test_who_stands_for_the_person_named_before() -> None:
    record = read(
        "NASA will select a U.S. envoy for lunar science in 2026, based in Houston, who will promote its use."
    )
    assert [c.actors for c in record.commitments] == [["agency:us-nasa"], ["US"]]


def test_a_second_verb_shares_the_subject() -> None:
    record = read("The United States and Japan highlighted the value of data, and intend to share theirs.")
    assert [c.trigger.quote for c in record.commitments] == ["intend to"]


COUNTED = [
    ("The two national space agencies decided to share a mast.", ["decided to"]),
    ("Both energy ministries decided to share a mast.", ["decided to"]),
    ("The local space agencies decided to share a mast.", []),
    ("The pact between the two space agencies will lower costs.", []),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_what_is_counted_or_owned_makes_known_who_acts(text: str, expected: list[str]) -> None:
    assert triggers(read(text)) == expected


CHAIRED = [
    ("The task force will be chaired by a member of the cabinet.", ["will be"]),
    ("The task force will be praised by a member of the cabinet.", []),
    ("The play will be led by a singer.", []),
]


@pytest.mark.parametrize(("text", "expected"), CHAIRED)
def test_who_leads_a_body_of_the_parties_need_not_be_known(text: str, expected: list[str]) -> None:
    assert triggers(read(text)) == expected


def test_each_action_with_a_verb_of_its_own_is_a_commitment() -> None:
    record = read("NASA will build the module, promote its use and raise awareness of its results.")
    assert [c.trigger.quote for c in record.commitments] == ["will", "promote", "raise"]


LISTED = [
    (
        "Japan is committed to continue playing a part; to deepen ties; to advance Oslo's plan; and to widen it.",
        ["is committed to continue", "to deepen", "to advance", "to widen"],
    ),
    ("We will work swiftly to apply the rules, halt and cut waste and protect the coast.", ["will", "halt", "protect"]),
    ("We will continue our work to open the port and train its staff.", ["will continue", "train"]),
    ("We will continue our trade to that end, and work openly and fairly against waste.", ["will continue", "work"]),
    ("They will widen the port, bolster trade through an office, and build a pier.", ["will", "bolster", "build"]),
    ("The two sides will widen the port through trade, and openly work on rules.", ["will"]),
    ("The two sides will widen the port through training, exchange and research.", ["will"]),
    ("The two sides will foster plans that help trade, and open the port.", ["will"]),
    ("Japan intends to continue using tugs, to help crews and to protect the coast.", ["intends to continue"]),
    ("Japan intends to continue building the port and to share its results.", ["intends to continue", "to share"]),
    ("We are committed to welcoming students, as well as providing a home.", ["are committed to", "providing"]),
    ("They will train crews and, where possible, help ports.", ["will", "help"]),
    ("They agreed to ensure that ports open, to train crews, and to help us.", ["agreed to", "to train", "to help"]),
    ("They agreed to open ports that need work, to train crews, and to help pilots.", ["agreed to"]),
    ("They agreed to train crews and to work in ports.", ["agreed to", "to work"]),
    ("They will link towns to robust, safe ports, train crews, and help pilots.", ["will", "train", "help"]),
    ("They will open ports, including in Oslo, and provide pilots.", ["will", "provide"]),
    ("They will open ports, including for training, and research on tugs.", ["will"]),
    ("They will train and, where possible, help crews.", ["will"]),
    ("We are committed to training crews as well as training pilots.", ["are committed to"]),
    ("The two sides will initiate a dialogue on forest and land use.", ["will initiate"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_a_list_of_actions_shares_its_operator_to_its_end(text: str, expected: list[str]) -> None:
    assert [c.trigger.quote for c in read(text).commitments] == expected


RELATIVES = [
    ("They set up a group of experts, which will meet twice and report to both.", ["set up", "will", "report"], BOTH),
    ("They agreed to hold talks at the level of directors, which will convene annually.", ["agreed to", "will"], []),
    ("They decided to:\n\n- set up a panel at the level of directors, which will meet;\n", ["set", "will"], BOTH),
    ("They welcomed a group of experts, who will sort the moss.", [], []),
    ("They agreed to set up a panel on the licensing of ships, which is to meet twice.", ["agreed to", "is to"], BOTH),
    ("They agreed to set up a panel on the licensing of ships, which will be large.", ["agreed to"], BOTH),
    ("They set up a sub-group on reuse, which is to send its charts to both.", ["set up", "is to"], BOTH),
    ("They met a sub-group on reuse, which is to send its charts to both.", [], []),
    ("They set up talks between our foreign ministries, which will meet in May.", ["will"], BOTH),
    ("They met a group of firms, which will build the pier.", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "actors"), RELATIVES)
def test_a_relative_tells_what_a_body_that_is_set_up_will_do(text: str, expected: list[str], actors: list[str]) -> None:
    commitments = read(text).commitments
    assert [c.trigger.quote for c in commitments] == expected
    assert not commitments or commitments[-1].actors == actors


TALKS = [
    ("The two sides agreed to extend the lease and to continue discussions on a mast.", ["decision", "explore"]),
    ("Both sides intend to pursue their dialogue on buoys.", ["explore"]),
    ("The two sides will continue in-depth technical talks on fuel.", ["explore"]),
    ("The two sides will continue talks on fuel and build a pier.", ["explore", "pledge"]),
    ("The two sides will initiate a dialogue on fuel and build a pier.", ["explore", "pledge"]),
    ("The two sides will pursue a joint school.", ["pledge"]),
    ("They pursued their dialogue on buoys.", []),
]


@pytest.mark.parametrize(("text", "strengths"), TALKS)
def test_talks_that_only_go_on_explore(text: str, strengths: list[str]) -> None:
    assert [c.strength for c in read(text).commitments] == strengths


TOLD = [
    ("Japan said that it would support the school.", ["would"]),
    ("They confirmed that they would meet, and would support the school.", ["confirmed that they would", "would"]),
    ("Japan said that the pier would support the school.", []),
    ("The owner said that it would support the school.", []),
    ("Japan indicated it would open a pier, and would support the school.", ["indicated it would", "would"]),
    ("Japan added it would open a pier, and would support the school.", ["would", "would"]),
    ("Peru said it would support the school.", []),
    ("Japan plans to open a pier, and would support the school.", ["plans to"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_a_party_says_that_it_would_do_is_a_promise(text: str, expected: list[str]) -> None:
    assert [c.trigger.quote for c in read(text).commitments] == expected


def test_two_verbs_over_one_object_are_one_commitment() -> None:
    record = read("The two sides intend to preserve and strengthen the partnership.")
    assert len(record.commitments) == 1


NUMBERED = [
    ("Both sides will: (1) share tugs; (2) build docks by 2031; and (3) study the reef.", ["will", "build", "study"]),
    ("Both sides agreed to (a) share tugs, (b) build docks, and (c) meet in 2031.", ["agreed to", "build", "meet"]),
    ("Both sides will visit (1) the dock and (2) the reef.", ["will"]),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERED)
def test_actions_may_be_numbered(text: str, expected: list[str]) -> None:
    commitments = read(text).commitments
    assert [c.trigger.quote for c in commitments] == expected
    assert not any(c.quote.rstrip(")").endswith(("(2", "(3", "(b", "(c")) for c in commitments[:-1])


NOT_ONLY = [
    ("We will not only map the reef but also train pilots.", ["will", "train"]),
    (
        "They are committed not only to mapping reefs, but also to training pilots.",
        ["are committed not only to", "to training"],
    ),
    ("We will not map the reef, but Japan also trains pilots.", []),
    ("They emphasized that they will not charge fees.", ["emphasized"]),
    ("They reaffirmed that they would never charge fees.", ["reaffirmed"]),
    ("No fees will be charged.", []),
    ("None of the reefs will be mapped.", []),
    ("Nothing will be shared.", []),
    ("Nothing in this plan shall be shared.", []),
    ("No later than May a dock will be built.", ["will be"]),
    ("No decision has been made and a dock will be built.", ["will be"]),
    ("No agreement was reached to build a dock.", []),
    ("They confirmed that they will no later than 2027 build a dock.", ["confirmed that they will"]),
    ("No fees were agreed, but a dock will be built.", ["will be"]),
    ("A port with no fees will be built.", ["will be"]),
    ("We will map the reef, but remain open to share boats.", ["will", "remain open"]),
]


@pytest.mark.parametrize(("text", "expected"), NOT_ONLY)
def test_not_only_one_action_but_also_another(text: str, expected: list[str]) -> None:
    assert triggers(read(text)) == expected


HELPED = [
    ("We will help Samoa repair, restore and defend its docks.", ["will"]),
    ("We will help Samoa repair its docks and build a school.", ["will", "build"]),
]


@pytest.mark.parametrize(("text", "expected"), HELPED)
def test_several_verbs_under_one_that_helps_are_one_commitment(text: str, expected: list[str]) -> None:
    assert triggers(read(text)) == expected


def test_a_further_action_may_follow_as_well_as() -> None:
    record = read("The two sides pledged to build tugs, including small ones, as well as to open a dock.")
    assert [c.trigger.quote for c in record.commitments] == ["pledged to", "to open"]


def test_a_way_of_doing_something_is_no_view() -> None:
    record = read("The two sides will cut costs by sharing tugs, encouraging trade in lamps, and building docks.")
    assert triggers(record) == ["will"]


def test_actions_that_are_but_examples_are_no_commitments() -> None:
    record = read("Both sides are committed to cutting costs, such as sharing tugs, trading lamps, and building docks.")
    assert triggers(record) == ["are committed to"]
    record = read("Both sides are committed to sharing tugs such as the Otter, trading lamps, and building docks.")
    assert triggers(record) == ["are committed to", "trading", "building"]


def test_a_thing_of_such_a_kind_does_not_end_a_list_of_actions() -> None:
    record = read(
        "Both sides are committed to testing tugs to save the fuel of such ships, mapping reefs, and building docks."
    )
    assert triggers(record) == ["are committed to", "mapping", "building"]


def test_a_list_of_actions_goes_on_behind_what_describes_a_thing() -> None:
    record = read("We will share charts, highlight lamps that are bright, and take steps to build docks.")
    assert triggers(record) == ["will", "highlight", "take"]
    assert record.positions == []
    record = read("We will build lamps that warn ships, save crews, and mark reefs.")
    assert triggers(record) == ["will"]


def test_what_is_only_considered_does_not_weaken_what_stands_beside_it() -> None:
    record = read("The two sides agreed to consider a joint lamp and to share its light.")
    assert [(c.strength, c.operators) for c in record.commitments] == [
        ("explore", ["agree to", "consider"]),
        ("decision", ["agree to"]),
    ]


def test_actions_go_on_beside_a_weaker_verb() -> None:
    record = read("The two sides will consider a joint lamp and share its light.")
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [
        ("will consider", "explore"),
        ("share", "pledge"),
    ]


def test_a_verb_without_object_is_an_action_in_a_list() -> None:
    record = read("They will coordinate, share lessons, and seek to open a dock.")
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [
        ("will", "pledge"),
        ("share", "pledge"),
        ("seek to", "intent"),
    ]


def test_verbs_before_one_object_are_one_action() -> None:
    record = read("We are committed to building, flying and repairing tugs, and to opening a dock.")
    assert [c.trigger.quote for c in record.commitments] == ["are committed to", "to opening"]


def test_list_items_take_the_class_of_their_lead() -> None:
    record = read("The two sides intend to:\n\n• Expand the network;\n• Explore a joint mission.")
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [("Expand", "intent"), ("Explore", "explore")]


LEADS = [
    ("Hereby decide to:", "decision"),
    ("WE HEREBY COMMIT TO:", "pledge"),
    ("HEREBY DECLARE TO:", "pledge"),
    ("To guard the tide, we are joining hands against jammers and commit to:", "pledge"),
    ("In Oslo we have agreed a shared agenda for joint action to:", "decision"),
]


@pytest.mark.parametrize(("lead", "strength"), LEADS)
def test_a_lead_that_only_announces_is_no_commitment_and_its_items_are(lead: str, strength: str) -> None:
    record = read(
        f"WE, the leaders, met;\n\n{lead}\n\n1. Build a dock;\n\nTides\n\n2. FURTHER SHARE data; and\n3. Open a desk."
    )
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [
        ("Build", strength),
        ("FURTHER SHARE", strength),
        ("Open", strength),
    ]
    assert record.positions == []
    assert record.commitments[0].actors == BOTH


def test_a_view_among_the_items_of_a_promise_stays_a_view() -> None:
    record = read(
        "We decide to:\n\n- Build a dock;\n- Reaffirm the treaty;\n- Further reaffirm our commitment to share data."
    )
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [
        ("Build", "decision"),
        ("reaffirm our commitment to", "pledge"),
    ]
    assert [p.trigger.quote for p in record.positions] == ["Reaffirm"]


def test_a_colon_may_part_an_operator_from_its_actions() -> None:
    record = read("The two sides committed to: sharing data on tides; building a dock; and the rule of law.")
    assert [c.trigger.quote for c in record.commitments] == ["committed to", "building"]


def test_a_heading_that_names_nobody_is_no_lead() -> None:
    assert triggers(read("Welcome:\n\n- a dock\n\nAgree to differ:\n\n- a desk")) == []


def test_an_item_may_bind_by_its_own_verb() -> None:
    record = read("The two sides intend to:\n\n• Commit to and carry out a plan;\n• Agree on a shared lamp.")
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [("Commit", "intent"), ("Agree", "intent")]


def test_items_end_the_clause_of_a_lead_that_stops_before_its_verb() -> None:
    record = read(
        "Over the next year, the two sides endeavor to work on trade, including to:\n\n• Ease it;\n• Build docks."
    )
    assert [(c.trigger.quote, c.deadline) for c in record.commitments] == [("Ease", "P1Y"), ("Build", "P1Y")]


def test_they_are_more_than_one() -> None:
    record = read("Japan described its dock. They agreed to open it.")
    assert record.commitments[0].actors == BOTH
    record = read("Japanese officials described their dock. They agreed to open it.")
    assert record.commitments[0].actors == ["JP"]


def test_a_body_of_many_states_acts_where_it_took_part() -> None:
    record = read("Officials of NASA, JAXA and ESA met in Oslo. ESA plans to send a lamp.")
    assert [c.actors for c in record.commitments] == [["agency:int-esa"]]
    assert read("The two sides met. " * 9 + "ESA plans to send a lamp.").commitments == []


def test_an_action_may_follow_a_value() -> None:
    record = read("The two sides affirmed their commitment to human rights, and to advancing the use of tugs.")
    assert [c.trigger.quote for c in record.commitments] == ["to advancing"]
    assert [p.trigger.quote for p in record.positions] == ["affirmed"]
    record = read("We reaffirm our commitment to the Harbour Accord and to jointly building a dock.")
    assert [c.trigger.quote for c in record.commitments] == ["to jointly building"]
    assert [p.trigger.quote for p in record.positions] == ["reaffirm"]
    record = read("We reaffirm our commitment to the sharing of data and to building a dock.")
    assert [c.trigger.quote for c in record.commitments][:1] == ["reaffirm our commitment to"]


@pytest.mark.parametrize("joint", [" and", ", and", "; and"])
@pytest.mark.parametrize("action", ["to opening a desk", "opening a desk"])
def test_what_joins_a_clause_to_the_next_belongs_to_neither(joint: str, action: str) -> None:
    record = read(f"The two sides committed to building a dock{joint} {action}.")
    assert [c.quote for c in record.commitments] == ["The two sides committed to building a dock", action]


def test_items_without_a_lead_may_begin_with_a_verb_that_tells_its_class() -> None:
    text = "Joint fact sheet\n\n- Launch a new kelp desk.\n\n- Explore ways to share tugs.\n\n- Launch pads."
    found = [(c.trigger.quote, str(c.strength)) for c in extract(text, title="Fiji and Samoa").commitments]
    assert found == [("Launch", "decision"), ("Explore", "explore")]


def test_a_later_sentence_of_an_item_may_begin_as_the_item_does() -> None:
    text = (
        "We hereby decide to:\n\n1. Strengthen links between ports. Explore ways to share tugs. "
        "Support for crews is old.\n\n2. Build a pier."
    )
    found = [(c.trigger.quote, str(c.strength)) for c in extract(text, title="Fiji and Samoa").commitments]
    assert found == [("Strengthen", "decision"), ("Explore", "explore"), ("Build", "decision")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fiji and Samoa will found a kelp council, which will meet in May.",
            ["Fiji and Samoa will found a kelp council", "a kelp council, which will meet in May"],
        ),
        (
            "Fiji and Samoa will work with the Kelp Dialogue Group (KDG), which will map the reef.",
            [
                "Fiji and Samoa will work with the Kelp Dialogue Group (KDG)",
                "Kelp Dialogue Group (KDG), which will map the reef",
            ],
        ),
        (
            "Fiji and Samoa will map the reef and jointly commit to open ports by May.",
            ["Fiji and Samoa will map the reef", "commit to open ports by May"],
        ),
        (
            "Fiji and Samoa will use all tools and jointly committed to the following actions in support of this.",
            ["Fiji and Samoa will use all tools"],
        ),
        ("Fiji and Samoa commit to the following steps.", []),
    ],
)
def test_a_clause_has_all_of_its_object_and_nothing_of_the_next(text: str, expected: list[str]) -> None:
    assert [c.quote for c in extract(text, title="Joint Statement of Fiji and Samoa").commitments] == expected


def test_a_date_that_opens_the_sentence_is_a_deadline() -> None:
    assert read("In October, the two sides plan to open a desk.").commitments[0].deadline == "2025-10"


def test_a_lead_gives_its_items_their_subject() -> None:
    record = read(
        "The two sides:\n\n1. Agree to open a desk;\n2. Welcome the results;\n3. Launch the Harbour Initiative."
    )
    assert triggers(record) == ["Agree to", "Launch", "Welcome"]


@pytest.mark.parametrize(
    "items",
    [
        "Agreed to open a desk;\n\nWill launch a buoy; and\n\nWelcomed the results.",
        "Agreed to open a desk.\n\nWelcomed the results. They will launch a buoy.",
        "Welcoming the results,\n\nAgreed to open a desk.\n\nDecided to launch a buoy.",
    ],
)
def test_a_lead_gives_its_paragraphs_their_subject(items: str) -> None:
    record = read(f"Japan and the United States:\n\n{items}\n\nThe pier is old.")
    assert len(record.positions) == 1
    assert [sorted(c.actors) for c in record.commitments] == [["JP", "US"], ["JP", "US"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They agreed on a roadmap and to update it annually.", ["agreed on", "to update"]),
        (
            "They agreed on regular talks, to exchange data and to train crews.",
            ["agreed on", "to exchange", "to train"],
        ),
        ("They agreed on a plan to share data and to train crews.", ["agreed on"]),
        ("They agreed on a body to help farmers, and to promote trade.", ["agreed on"]),
        ("They agreed on a common approach to reefs and to ports.", ["agreed on"]),
    ],
)
def test_what_is_agreed_on_may_stand_beside_what_is_agreed_to(text: str, expected: list[str]) -> None:
    assert [c.trigger.quote for c in read(text).commitments] == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Japan reaffirmed that it plans to build a dock.", "reaffirmed that it plans to"),
    ],
)
def test_what_somebody_affirms_that_they_plan_is_one_promise(text: str, trigger: str) -> None:
    record = read(text)
    assert ([c.trigger.quote for c in record.commitments], record.positions) == ([trigger], [])


@pytest.mark.parametrize("whose", ["Our", "The two sides'", "Both countries\u2019"])
def test_what_is_their_own_aim_is_meant(whose: str) -> None:
    record = read(f"{whose} shared ambition is to build a dock.")
    assert [(c.strength, c.trigger.quote) for c in record.commitments] == [("intent", f"{whose} shared ambition is to")]


def test_what_somebody_says_that_another_plans_is_said_too() -> None:
    record = read("Japan stated that the United States intends to build a dock.")
    assert ([p.actors for p in record.positions], [c.actors for c in record.commitments]) == ([["JP"]], [["US"]])


def test_items_under_a_promise_may_have_a_headline() -> None:
    record = read("We will promote joint work in these fields:\n\n• Tides: exploring new gauges.\n• Winds: share data.")
    assert [c.strength for c in record.commitments] == ["pledge", "explore", "pledge"]


def test_a_purpose_ends_with_its_semicolon() -> None:
    record = read("The two sides will train crews to fly the tug; build a dock; and raise awareness of its use.")
    assert [c.trigger.quote for c in record.commitments] == ["will", "build", "raise"]


def test_a_view_that_is_held_on_to_stays_one() -> None:
    record = read("We continue to encourage all nations to register their satellites.")
    assert (triggers(record), record.commitments) == (["continue to encourage"], [])


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("The two sides plan to sign an arrangement by the end of 2026.", "2026"),
        ("They propose to renew the arrangement at the beginning of 2026.", "2026"),
        ("NASA will host the third workshop in Ohio during the course of 2026.", "2026"),
        ("They will run the dock until at least 2029.", "2029"),
        ("They will run the dock in the last quarter of 2029.", "2029-Q4"),
        ("At a workshop in Oslo next month, the two sides will compare notes.", "2025-05"),
        ("Under the arrangement of May 2026, the two sides will compare notes.", None),
        ("They will examine uses of the tug, to be launched in 2031.", None),
        ("They agreed to study the tug, whose pilot is due to leave in 2028.", None),
        ("They will study a flight of the kite in 2035.", None),
        ("They will fly the kite in 2035.", "2035"),
        ("They will share charts within 24 hours of a storm.", None),
        ("They will share charts within two years.", "P2Y"),
        ("They agreed to extend the trial for two years.", None),
        ("They will train ten crews a year for the next five years.", "P5Y"),
        ("They will spend $5 million on docks between 2026 and 2028.", "2026/2028"),
        ("During 2025, the two sides will mend ten docks.", "2025"),
        ("This week, the two sides will mend ten docks.", None),
        ("By 2028, the two sides will mend ten docks.", "2028"),
        ("Within six months, the two sides will mend ten docks.", "P6M"),
        ("Over two years of work, the two sides will mend ten docks.", None),
        ("The two sides aim, by 2028, to mend ten docks.", "2028"),
        ("The two sides intend by the end of 2028 to mend ten docks.", "2028"),
    ],
)
def test_the_deadline_is_the_date_that_the_clause_sets(text: str, deadline: str | None) -> None:
    assert read(text).commitments[0].deadline == deadline


def test_a_position_is_no_commitment_to_act() -> None:
    record = read("The United States welcomed Japan's commitment to expand its fleet.")
    assert record.commitments == []
    assert [p.trigger.quote for p in record.positions] == ["welcomed"]


def test_the_models_own_check_finds_no_fault_in_it() -> None:
    assert check_model(model_path("en_space")) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[intend to] sign", "[adore to] sign", "'adore to' is not found"),
        ("The device is intended to measure dust.", "We intend to measure dust.", "'intend to' is found"),
        ('follow = "{adverb} to', 'follow = "({adverb} to', "unterminated subpattern"),
        ('lemma = "vow"\nframes', 'lemma = "vow"\ncolour = "red"\nframes', "unknown key 'colour'"),
        ("(?:(?:for|at|out|into) )?", "((?:for|at|out|into) ?", "[terms] ways is no pattern: missing )"),
        ("ways = [", "ways = 3\nroads = [", "[terms] lacks ways, or it is neither text nor a list of texts"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    model = tmp_path / "en_own"
    shutil.copytree(model_path("en_space"), model)
    file = model / "commitments.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    (fault,) = check_model(model)
    assert (fault.file, message in fault.message) == ("commitments.toml", True)
    assert fault.line > 1
