"""Clauses as statements write them: brackets mark the operator words, and beside each text stand their classes."""

from __future__ import annotations

import re

import pytest

from communique import extract

TITLE = "Joint Statement of the United States and Japan"


def reading(marked: str) -> tuple[str, str]:
    """A marked text as it is read: the brackets around the triggers that are found, and the classes in their order."""
    text = re.sub(r"[\[\]]", "", marked)
    record = extract(text, title=TITLE, published="2025-04-14")
    found = [(c.trigger.start, c.trigger.end, str(c.strength)) for c in record.commitments]
    found += [(p.trigger.start, p.trigger.end, "position") for p in record.positions]
    for start, end, _ in sorted(found, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text, " ".join(strength for _, _, strength in sorted(found))


GOALS = [
    ("[It is the intention of both sides to] dredge the port.", "intent"),
    ("[It remains the shared goal of the two countries to] dredge the port.", "intent"),
    ("It is the goal of the club to dredge the port.", ""),
    ("We [commit to a shared ambition to] dredge the port.", "intent"),
    ("The ministers [affirmed their mutual objective of] further dredging the port.", "intent"),
    ("They [reaffirmed a shared goal for a Japanese diver to] map the reef.", "intent"),
    ("Japan [reaffirmed its intention, as a member of the club, to] map the reef.", "intent"),
    ("They voiced their desire for a port that would allow ships to turn.", ""),
    ("We [will endeavor, where laws allow, to] map the reef.", "intent"),
    ("We [will aim at] mapping the reef.", "intent"),
    ("We [are working in lockstep to] map the reef.", "intent"),
    ("We [are working through the Kelp Forum and other bodies to] map the reef.", "intent"),
    ("This joint work [seeks to] map the reef.", "intent"),
    ("[Our goals are to] map the reef and [build] a pier.", "intent intent"),
    ("Japan [intends, with U.S. support, to] map the reef.", "intent"),
    ("We [intend for our divers, ports, and crews to] map the reef.", "intent"),
    ("We [share the goal of] mapping the reef.", "intent"),
    ("We [set a goal to] map ten reefs.", "intent"),
    ("We [are working to] map reefs, and [to continue exploring] ways to map more.", "intent explore"),
    ("[Continuing to share] the view that ports are old, the leaders [underscored] their value.", "position position"),
    ("We [condemn] the raid and [join Fijian leaders in calling] for a truce.", "position position"),
    ("We [will continue to call for] a truce and [will condemn] the raid.", "position position"),
    ("They discussed that the Kelp Coalition will seek to map the reef.", ""),
    ("They [will also resolve to] map reefs and [to open] ports, as well as [to train] us.", "pledge pledge pledge"),
    ("We [reaffirm our commitment to] opening ports as a key to ending waste and saving fuel.", "pledge"),
    ("Our pact rests on a conviction that our governments will map the reef.", ""),
    ("We [reaffirm] our commitment to the nuclear non-proliferation regime.", "position"),
    (
        "We [reaffirm] our commitment to an Arctic region that is peaceful, stable, and governed by international law.",
        "position",
    ),
    ("Samoa, Fiji and Peru kept promises made in May to open ports, create jobs, and train crews.", ""),
    ("NASA and JAXA [will] each nominate a pilot and [publish] charts.", "pledge pledge"),
    ("The two sides adopted a plan and [set up] a working group on tides.", "decision"),
    ("The third Kelp Dialogue is expected to be held in Lima in 2026.", ""),
    ("The working group [is expected to] map the reef.", "intent"),
    ("We [reiterate] that, should an enemy attack our ports, we will respond.", "position"),
    ("We [will] co-host the Summit, which [will be] held in May.", "pledge pledge"),
    ("We [reaffirm] our views and [our commitment to] the fight against smuggling.", "position pledge"),
    ("We [are proud to welcome] the leaders' talks.", "position"),
    ("We [are proud] to build a port.", "position"),
    ("They [recognized] the importance of working with and encouraging crews.", "position"),
    ("We [will] respect their ports and internationally recognized borders.", "pledge"),
    ("They [expressed] their thanks to Fiji and [their determination to] map the reef.", "position pledge"),
    ("They [welcomed] Fiji's reforms and their commitment to mapping the reef.", "position"),
    ("They [reiterated their commitment to] open ports and [their intent to] map the reef.", "pledge intent"),
    ("The new pier shows [our resolve to] map the reef.", "pledge"),
    ("We are pleased to announce an idea to map the reef.", ""),
    ("We [are pleased to announce an intention to] map the reef.", "intent"),
    ("We [announce a new partnership] that seeks to map the reef.", "decision"),
    ("They opened the Kelp and Reef Taskforce. The objective of this Taskforce [is to] map the reef.", "intent"),
]


@pytest.mark.parametrize(("marked", "classes"), GOALS)
def test_a_goal_of_ones_own_is_an_intent(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


NAMES = [
    ("They [reaffirmed] their commitment to the Reef Accord.", "position"),
    ("They [reaffirmed] their shared commitment to the Kelp Working Group (KWG) as a forum.", "position"),
    ("They [reaffirmed their commitment to] the renewal of the Reef Accord.", "pledge"),
    ("They [are committed to] Peru's implementation of reforms.", "pledge"),
    ("They [reaffirmed their commitments on] dredging the port.", "pledge"),
    ("We [underscore our dedication towards] dredging the port.", "pledge"),
    ("The two sides [reaffirmed their commitment from the tenth Reef Summit to] map the reef.", "pledge"),
    ("They [remain committed] to the long-term health of the reef environment.", "position"),
    ("They [reaffirm] their commitment to the Kelp eXploration (KEX) mission.", "position"),
    ("We [reaffirm] our commitment to Article 5 of the Reef Treaty.", "position"),
    ("We [reaffirm] our commitment to the U.S.-Chad Accord on Reefs signed in 1988.", "position"),
    ("We [reaffirm our commitment to] U.S.-Japan cooperation on reefs.", "pledge"),
    ("They [affirm our broad and deep cooperation and commitment to] mending ports.", "pledge"),
    ("They [reaffirm U.S. commitment to] the renewal of the fleet.", "pledge"),
    ("They [reaffirmed] their support for divers and [our commitment to] training crews.", "position pledge"),
    ("We [strive] for a port that is free of silt.", "position"),
    ("We [strive to] keep the port free of silt.", "intent"),
]


@pytest.mark.parametrize(("marked", "classes"), NAMES)
def test_nobody_acts_on_a_name_or_value(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


EARLIER = [
    ("Two years ago our nations pledged to map the reef.", ""),
    ("The two sides noted Peru's plans to map the reef.", ""),
    ("Japan noted its plans to map the reef.", ""),
    ("They told of the Ice Data Service (IDS), expected to open in 2031.", ""),
    ("When we opened the port in September 2021, we committed to map the reef.", ""),
    ("At the June 2023 Reef Summit in Lima, the leaders announced their intention to map the reef.", ""),
    ("In the Joint Statement on Kelp on June 16, 2021, the two sides committed to map the reef.", ""),
    ("We have already announced support for the port.", ""),
    ("Japan has committed $2 million to the port since 2021.", ""),
    ("Japan [is announcing a new $2 million package] for the port.", "decision"),
    ("At their last meeting, the ministers agreed to map the reef.", ""),
    ("They [hailed] the news that Japan will mend the port.", "position"),
    ("The two sides discussed how they will mend the port.", ""),
    ("We already [share a commitment to] mending ports.", "pledge"),
    ("Two weeks ago the storm came, and we [pledge to] mend the port.", "pledge"),
    ("In the wake of the storm on June 16, 2021, the two sides [agreed to] mend the port.", "decision"),
]


@pytest.mark.parametrize(("marked", "classes"), EARLIER)
def test_what_was_promised_before_is_reported(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


WAYS = [
    ("We [aim to find ways] to mend the port.", "explore"),
    ("We [intend to work with ports, shippers, and regional banks to explore] ways to dredge.", "explore"),
    ("We [will] work with ports and shippers to mend the docks.", "pledge"),
    ("The agencies [agreed to begin] talks on dredging.", "explore"),
    ("It [was decided to continue] the discussion on dredging at technical level.", "explore"),
    ("The agencies [agreed to begin] negotiations on a dredging accord.", "decision"),
    ("• [Continuing] talks on the port.", "explore"),
    ("We [plan to look for training and placement opportunities].", "explore"),
    ("The agencies [agreed to continue] technical consultations on silt.", "explore"),
    ("They [agreed to conduct] a joint study on the use of tugs.", "explore"),
    ("Japan [will] conduct joint training of crews.", "pledge"),
    ("We have directed our ports to do the following:\n\n• [Conduct] a review of tolls.", "explore"),
    ("• [Seeking opportunities] to dredge the port.", "explore"),
]


@pytest.mark.parametrize(("marked", "classes"), WAYS)
def test_looking_and_talking_binds_least(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


ACTIONS = [
    ("They [agreed to] support the growth of, and invest in, the ports.", "decision"),
    ("We [will] map the reef to save it and [continue] to open docks.", "pledge pledge"),
    ("We [will] buy tugs to save fuel, and [work] to reduce risks.", "pledge pledge"),
    ("We [will] share charts, [train] crews to map the reef, and [build] a port.", "pledge pledge pledge"),
    ("We [will] share charts, use tugs to help crews, protect reefs, and save fuel.", "pledge"),
    ("We [will] open a dock as well as [launch] a new fund.", "pledge pledge"),
    ("We [commit to] mapping reefs in the strait, and [to listen] to crews.", "pledge pledge"),
    ("We [commit to] testing tugs to save fuel, [mapping] reefs, and [opening] docks.", "pledge pledge pledge"),
    ("We [commit to] keeping and further widening the dock.", "pledge"),
    ("We [will] keep, fully use and widen the dock.", "pledge"),
    ("They discussed the rules of the dock and plans to map the reef.", ""),
    ("We [call on] crews to share charts and explore ways to map the reef.", "position"),
    ("We [remain committed] to diplomacy.", "position"),
    ("We [recommit] ourselves to an ironclad alliance.", "position"),
    ("Japan [affirmed its commitment to] the defense of its reefs.", "pledge"),
    ("We have collectively pledged ten tugs.", ""),
    ("Since May 2030, we have announced more than $6 million in aid.", ""),
    ("We [invite] crews to share charts and pledge to map reefs.", "position"),
    ("We [agree] that it is not for Fiji to say if it will pay.", "position"),
    ("The charts will be included in the report.", ""),
    ("We [commit to] prevent, detect, and respond to spills.", "pledge"),
    ("We [will] deter, detect, and defend against thefts, and [share] charts.", "pledge pledge"),
    ("We [will] support trade and [promote] growth.", "pledge pledge"),
    ("We [will] build on the spirit fostered by this club and [support] its work.", "pledge pledge"),
    ("We [will] hold thieves to account and jointly [ensure] that it ends.", "pledge pledge"),
    ("We [commit both to] map the reef now, and [to train] divers for it.", "pledge pledge"),
    ("We [recognize] that our future will be written in the reef, and we [will] mend it.", "position pledge"),
    ("They [agreed to] more closely cooperate and [share] charts of the reef.", "decision decision"),
    ("They [agreed to] cooperate and coordinate on the reef.", "decision"),
    ("We [commit both to] map the reef, and [to share] charts.", "pledge pledge"),
    ("They [agreed to] build on and widen the talks.", "decision"),
    ("They [agreed to] share charts and, in so doing, [to reduce] risks.", "decision decision"),
    ("We have opened the port, [welcome] its use, and [plan to] dredge it.", "position intent"),
    ("We have met to reopen the port and share the charts.", ""),
    ("They [decided: to] open a dock; [to share] charts; and [to train] crews.", "decision decision decision"),
    ("They [agreed: (a) to] open a dock, and (b) [to share] charts.", "decision decision"),
    ("Japan [seeks to] return divers to the reef and [prepare] for deeper dives.", "intent intent"),
    ("We [seek to] invest in training, [advance] workers' rights, and [build] docks.", "intent intent intent"),
]


@pytest.mark.parametrize(("marked", "classes"), ACTIONS)
def test_verbs_over_one_object_are_one_action_and_others_are_more(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


ACTORS = [
    ("Our experts and senior officials [will continue to] meet.", "pledge"),
    ("Labor and port authorities from both countries [will] share charts.", "pledge"),
    ("Members that are parties to the accord [commit to] share charts.", "pledge"),
    ("Each of the two sides [will] share charts.", "pledge"),
    ("Japan [will], where ships allow, share charts.", "pledge"),
    ("The sides [welcomed] that Japan will share charts.", "position"),
    ("Both sides, [recognizing] the need for charts, [agreed to] share them.", "position decision"),
    ("Today, both, [recognizing] A and [welcoming] B, [committed to] share charts.", "position position pledge"),
    ("They [agreed to] lend a ship through 2031 and [to build] a dock.", "decision decision"),
    ("They [decided to] meet by video conference and [to build] a dock.", "decision decision"),
    ("Japan's weather agency [will] share charts.", "pledge"),
    ("The United States-Australia Clean Energy Dialogue [will] share charts.", "pledge"),
    ("They [agreed to] form a group. Its first meeting [will] take place in Oslo.", "decision pledge"),
    ("They [confirmed that data on tides would be] shared.", "pledge"),
    ("They [agreed to continue] the joint study on tides.", "decision"),
    ("They [will begin] a joint study of tides.", "explore"),
    ("The delegation called on the Minister of Ports, and both sides [agreed to] share charts.", "decision"),
    ("The United Nations will hold a summit, and both sides [welcome] it.", "position"),
    ("The two countries' weather agencies [will] share charts.", "pledge"),
    ("They [reaffirmed the commitment of both governments to] share charts.", "pledge"),
    ("Our national laboratories and research institutes [will] share charts.", "pledge"),
    ("They [reaffirm their commitment to] the combined defense of Japan.", "pledge"),
    ("They [will launch] a joint study of chips.", "explore"),
    ("They [look forward to] the first meeting of the group, which will be held in Oslo in 2031.", "intent"),
    ("The next session [is to] take place in Oslo.", "pledge"),
    ("The sides [look forward to] meeting in person in Oslo in 2031.", "intent"),
    ("The competent authorities [agreed to] share charts.", "decision"),
    ("The sides [welcomed] the port that Japan is to build.", "position"),
    (
        "We [welcomed] the pact, under which Japan is to lend a ship and the United States is to lend a dock.",
        "position",
    ),
    ("We [confirmed] that the pier stands, and Japan [is to] lend a ship.", "position pledge"),
    ("We [will] lend ships, of which two are kept by the coast guards, and [will] share charts.", "pledge pledge"),
    ("The coast guards of Japan and the United States [will] share charts.", "pledge"),
    ("The Minister and his Japanese counterpart [will] share charts.", "pledge"),
    ("Japan noted that it [plans to] share charts.", "intent"),
    ("Japan [informed the United States that it will] share charts.", "pledge"),
    ("The two sides [decided that each working group will] meet in May.", "decision"),
    ("They [agreed that the group would] share charts and that the team [would] map the reef.", "pledge pledge"),
    ("It [was agreed that the board would review] the charts, and that NASA [would] map the reef.", "explore pledge"),
    ("It [was agreed that charts would be] shared, and that a map [would be] made.", "pledge pledge"),
    ("The heads of agency [asked the program managers to] cut costs.", "decision"),
    ("The heads of agency [asked] Peru to cut costs.", "position"),
    ("The owners have said that they will share charts.", ""),
    ("Industry leaders welcomed the charts.", ""),
    ("Unless the storm ends, we will close the port.", ""),
    ("Those members who are major fishers [will] share charts.", "pledge"),
    ("Japan – home of the reef and host of the fair – [will] share charts.", "pledge"),
    (
        "Both sides [underscored] the value of charts; [decided to] share them; and [agreed to] meet.",
        "position decision decision",
    ),
    ("If you have no case, you will be sent home.", ""),
    ("The leaders [welcome] the docks, which will strengthen trade and support repairs.", "position"),
    ("Other countries that share our commitment to mending ports are welcome.", ""),
    ("Any interested country that shares our commitment to mending ports may join.", ""),
    ("This work [will] include the dredging of ports.", "pledge"),
    ("This work [will include exploring] the state of ports.", "explore"),
    ("This effort [will seek to] dredge ports.", "intent"),
    ("The U.S.-Japan strategic partnership [will] train crews.", "pledge"),
    ("We [call on Ministers to] dredge the port, and [call on] all nations to keep it open.", "decision position"),
    ("We [will never recognize] this annexation.", "position"),
    ("We [do not support] this annexation.", "position"),
    ("We [recognize] and welcome the state of ports.", "position"),
    ("Japan and other early supporters [will] train crews.", "pledge"),
    ("We [expect] the Russian Government to leave the port.", "position"),
    ("We [are steadfast in] mending ports.", "pledge"),
    ("The two sides [stand firm in the commitment to] mend ports.", "pledge"),
    ("They [reiterate their united will to] mend ports.", "pledge"),
    ("We [will] work with crews to mend ports and train divers.", "pledge"),
    ("This framework establishes a new approach.", ""),
    ("We [welcomed] President Kim's commitment to Artemis.", "position"),
    ("The Prime Minister welcomed President Kim to Oslo today.", ""),
    ("Japan welcomed over two million visitors.", ""),
    ("The work of the industry will include the dredging of ports.", ""),
    ("Efforts [will] include the dredging of ports.", "pledge"),
    ("Efforts of the firms will include the dredging of ports.", ""),
    ("The Port Pillar [will] train crews.", "pledge"),
    ("They [welcomed] that the tug, launched in 2020, will mend buoys.", "position"),
    ("Progress [will be] reviewed by video conference.", "pledge"),
    ("Progress will be reviewed by the firms.", ""),
    ("A Port Committee co-chaired at senior level [will] map the reef.", "pledge"),
    ("A Port Committee, meeting once a year, [has been charged with] mapping the reef.", "decision"),
    ("The two organisations [reaffirmed their intention to] map the reef.", "intent"),
    ("Japan [requested] NASA to map the reef.", "decision"),
    ("JAXA and NASA's Johnson Space Center [will] map the reef.", "pledge"),
    ("Japan [requested] charts of the reef from NASA.", "position"),
    ("They spoke of the port, which Japan is studying.", ""),
    ("The report tells how Japan is working with them to explore the reef.", ""),
    ("The Port Office and the Japan Meteorological Agency, Port Laval, [plan to] map the reef.", "intent"),
    ("Signatories commit to mapping the reef.", ""),
    ("Japan and Peru, which mapped a reef in June, [intend to] dredge it.", "intent"),
    ("Japan is preparing a map of the reef.", ""),
    ("Japan [is preparing to] map the reef.", "intent"),
    ("The accord will remain in force for eight years.", ""),
    ("A Port Committee [is hereby established].", "decision"),
    ("The next officials' meeting [will] take place in Lima in 2026.", "pledge"),
    ("Thirty-six nations and Peru have pledged not to dredge.", ""),
    ("The two nations have [pledged not to] dredge.", "pledge"),
    ("We [commit not to] dredge the reef and [encourage] others to follow suit.", "pledge position"),
    ("The Institute of Space and Astronautical Science (ISAS) in Sagamihara [will] map the reef.", "pledge"),
    ("The Japan Aerospace Exploration Agency (JAXA) at Port Laval [agreed to] map the reef.", "decision"),
    ("They [will] fund training at ports and support to crews.", "pledge"),
    ("The third pillar will be trade.", ""),
    ("President Roe [reaffirmed the United States' commitment to] dredge ports.", "pledge"),
    ("President Roe [welcomed] Japan's commitment to dredge ports.", "position"),
    ("The Working Group [will] highlight the state of ports.", "pledge"),
    ("The leaders [will highlight] the state of ports.", "position"),
    ("Japan [will] deliver two tugs.", "pledge"),
    ("The Prime Minister will deliver remarks today.", ""),
    ("They [welcomed] the Reef Probe mission, which aims to map the reef.", "position"),
    ("They opened docks in Japan, which will help crews.", ""),
    ("The two sides formed a new alliance that will help crews.", ""),
]


@pytest.mark.parametrize(("marked", "classes"), ACTORS)
def test_who_acts_decides_whether_it_binds(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


OWNERS = [
    ("The U.S. weather agency will share charts.", ["US"]),
    ("Japanese weather agencies will share charts.", ["JP"]),
    ("The two Japanese weather agencies will share charts.", ["JP"]),
    ("The U.S. and Japanese weather agencies intend to share charts.", ["US", "JP"]),
    ("The two weather agencies will share charts.", ["US", "JP"]),
    ("Charts will be shared by the Japanese Ministry of Ports.", ["agency:jp-ministry-of-ports"]),
    ("Charts will be shared by the U.S. weather agency.", ["US"]),
    ("Charts will be shared by Japan this year.", ["JP"]),
]


@pytest.mark.parametrize(("text", "actors"), OWNERS)
def test_a_national_body_acts_for_its_country(text: str, actors: list[str]) -> None:
    assert [c.actors for c in extract(text, title=TITLE).commitments] == [actors]


@pytest.mark.parametrize(
    "text",
    [
        "The Fijian weather agency will share charts.",
        "Pacific weather agencies will share charts.",
        "The UN agencies will share charts.",
        "Charts will be shared by a U.S. firm.",
        "Charts will be shared by U.S. firms.",
    ],
)
def test_others_promise_nothing(text: str) -> None:
    assert extract(text, title=TITLE).commitments == []


VIEWS = [
    ("It [was recognized] that ports need charts.", "position"),
    ("The value of charts was recognized in 1990.", ""),
    ("Japan [registered] its deep concern over the silt.", "position"),
    ("Both sides [placed] great value on the charts and [held] the view that they help.", "position position"),
    ("They [oppose], in the strongest terms, any toll on ships.", "position"),
    ("We [would welcome] further charts.", "position"),
    ("We [look forward to] our countries participating in the next Reef Summit in 2026.", "position"),
    ("We [look forward to] our countries holding the next Reef Summit in Oslo in 2026.", "intent"),
    ("We note and [encourage] the work of the divers, and [are resolved] in our support.", "position position"),
    ("They shared their views on charts and took note of the report.", ""),
    ("Shipowners were [invited] to send charts.", "position"),
    ("Concern was [expressed] over the silt.", "position"),
    ("The gene was expressed in yeast.", ""),
    ("Shipowners [will be] invited to send charts.", "pledge"),
    ("[Mindful] of the silt,\n\n[Conscious] of its cost;", "position position"),
    ("The ministers [decided to] map the reef and [remain seized] of the matter.", "decision position"),
]


@pytest.mark.parametrize(("marked", "classes"), VIEWS)
def test_a_view_is_told_from_a_report(marked: str, classes: str) -> None:
    assert reading(marked) == (marked, classes)


def test_items_bring_the_verbs_of_the_subject_that_a_lead_ends_with() -> None:
    lead = "[Recognizing] the harm that silt does, the two sides:"
    marked = f"{lead}\n\n- [agreed to] dredge the port; and\n\n- [welcomed] the charts."
    assert reading(marked) == (marked, "position decision position")


def test_a_lead_that_only_points_at_its_items_promises_nothing_itself() -> None:
    marked = "We will do so by:\n\n- [mapping] the reef;\n\n- [dredging] the port."
    assert reading(marked) == (marked, "pledge pledge")


def test_a_clause_ends_before_what_opens_the_next() -> None:
    record = extract("We intend to map the reef; to that end, we commit to train divers.", title=TITLE)
    assert record.commitments[0].quote == "We intend to map the reef"


def test_a_clause_ends_before_what_its_subject_did_besides() -> None:
    record = extract("They agreed to map the reef, extended the Reef Accord until May 2031, and dined.", title=TITLE)
    assert [(c.quote, c.deadline) for c in record.commitments] == [("They agreed to map the reef", None)]


def test_a_lead_that_tells_a_duty_makes_promises_of_its_items() -> None:
    marked = "We must keep the port open through the following actions:\n\n1. [Train] crews.\n\n2. [Build] docks."
    assert reading(marked) == (marked, "pledge pledge")


def test_numbered_paragraphs_go_on_behind_the_bullets_of_one() -> None:
    marked = "We commit to:\n\n- [Build] docks.\n\n3. Building docks offers hope to all."
    assert reading(marked) == (marked, "pledge")


def test_an_item_without_a_verb_promises_by_its_noun() -> None:
    marked = "We commit to:\n\n- free chart [sharing];\n\n- regular [exercises] at sea;\n\n- a port."
    assert reading(marked) == (marked, "pledge pledge")


def test_a_declaration_resolves_in_points() -> None:
    points = "FIRST. To [urge] all crews to share charts.\n\nSECOND. [To map] the reef."
    assert reading(f"Resolve:\n\n{points}") == (f"Resolve:\n\n{points}", "position decision")


def test_an_item_that_only_wants_is_an_intent() -> None:
    marked = "We will:\n\n(a) [map] the reef;\n\n(b) [seek] to dredge the port."
    assert reading(marked) == (marked, "pledge intent")


def test_what_they_affirmed_that_they_would_do_stands_in_items() -> None:
    record = extract("The two sides affirmed that they would:\n(a) map the reef;\n(b) study tides.", title=TITLE)
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [("map", "pledge"), ("study", "explore")]


def test_a_meeting_that_is_looked_forward_to_is_due_on_its_day() -> None:
    record = extract("They look forward to the first meeting of the group, which will be held in 2031.", title=TITLE)
    assert [(c.strength, c.deadline) for c in record.commitments] == [("intent", "2031")]


def test_an_item_that_tells_what_is_being_worked_at_is_an_intent() -> None:
    record = extract("Outcomes:\n• Working with Norway to chart the reef.\n• Mending the pier.", title=TITLE)
    assert [(c.trigger.quote, c.strength) for c in record.commitments] == [("Working with Norway to", "intent")]


def test_items_may_have_letters_with_a_stop() -> None:
    marked = "On silt, the two sides:\n\na. [commended] the crews;\n\nb. [decided to] dredge the port."
    assert reading(marked) == (marked, "position decision")


def test_a_label_of_an_item_is_no_promise() -> None:
    lead = "The two sides [are announcing new commitments] and [recognizing] those of others:"
    marked = f"{lead}\n\n- Building docks. Japan [intends to] build two.\n\n- [Training] crews of all our ports."
    assert reading(marked) == (marked, "decision position intent decision")


def test_a_headline_of_an_item_is_no_promise() -> None:
    marked = "We commit to the following:\n\n(a) Chart sharing. Japan [will] send charts.\n\n(b) Chart [sharing]."
    assert reading(marked) == (marked, "pledge pledge")


def test_an_item_that_begins_with_a_date_is_read_as_a_sentence() -> None:
    lead = "We intend to do the following:"
    marked = f"{lead}\n\n- Beginning in 2026, Japan [will] share charts.\n\n- [Dredging] the port."
    assert reading(marked) == (marked, "pledge intent")
