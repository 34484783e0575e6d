"""Dates: what is marked, what is not, and the values that expressions get."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotations import DateExpression
from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.model import resource
from communique.temporal import DateFinder, find_dates
from communique.temporal.feasts import easter
from communique.temporal.lexicon import read

SOURCE = KnowledgeFile(
    "dates.toml", (resource("models") / "en_space" / "dates.toml").read_text(encoding="utf-8")
)  # fmt: skip
PUBLISHED = "2024-05-15"  # a Wednesday

VALUE = re.compile(
    r"FY\d{4}(-Q[1-4])?(/FY\d{4})?"
    r"|\d{4}-(0[1-9]|1[0-2])-\d\d(/\d{4}-\d\d-\d\d)?"
    r"|\d{4}-(0[1-9]|1[0-2])(/\d{4}-(0[1-9]|1[0-2]))?"
    r"|\d{4}-2[1-4]|\d{4}-W\d\d|\d{4}-Q[1-4]|\d{4}(/\d{4})?|\d{3}X|\d\dXX"
    r"|P(T?[\d.]+[YMWDHS])(/PT?[\d.]+[YMWDHS])?"
)


def found(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(text[d.start : d.end], d.value) for d in find_dates(text, published=published)]


def only(text: str, published: str | None = PUBLISHED) -> tuple[str, DateExpression]:
    (expression,) = find_dates(text, published=published)
    return text[expression.start : expression.end], expression


DATES = [
    ("The sides met on April 14, 2025.", "April 14, 2025", "2025-04-14"),
    ("The sides met on 14 April 2025.", "14 April 2025", "2025-04-14"),
    ("It opened on the 14th of April, 2025.", "the 14th of April, 2025", "2025-04-14"),
    ("On Thursday, Sept. 12, 2013, it flew.", "Thursday, Sept. 12, 2013", "2013-09-12"),
    ("It was released 2025-04-14.", "2025-04-14", "2025-04-14"),
    ("Done on the Twelfth day of June in the Year Two Thousand and Three.",
     "the Twelfth day of June in the Year Two Thousand and Three", "2003-06-12"),
    ("On next Tuesday, May 21, they meet.", "next Tuesday, May 21", "2024-05-21"),
    ("It was dated 14.04.2025.", "14.04.2025", "2025-04-14"),
    ("It was dated 14/04/2025.", "14/04/2025", "2025-04-14"),
    ("It was dated 04/05/2025.", "04/05/2025", None),
    ("They met in the upcoming May.", "the upcoming May", "2024-05"),
    ("They met in March 2023.", "March 2023", "2023-03"),
    ("They met in May.", "May", "2024-05"),
    ("The crew returned in 2022.", "2022", "2022"),
    ("It was the spring of 2023.", "the spring of 2023", "2023-21"),
    ("It opens this fall.", "this fall", "2024-23"),
    ("Next winter 2025-26 will be cold.", "Next winter 2025-26", "2025-24"),
    ("They will map it in the 2025–26 winter season.", "the 2025–26 winter", "2025-24"),
    ("Sales rose in the third quarter of 2025.", "the third quarter of 2025", "2025-Q3"),
    ("Sales rose in Q3 2025.", "Q3 2025", "2025-Q3"),
    ("They meet in the first half of 2026.", "the first half of 2026", "2026-01/2026-06"),
    ("They meet in the second half of next year.", "the second half of next year", "2025-07/2025-12"),
    ("in the second half of the decade", "the second half of the decade", "2025/2029"),
    ("the last three months of last year", "the last three months of last year", "2023-10/2023-12"),
    ("the first nine months of 2012", "the first nine months of 2012", "2012-01/2012-09"),
    ("the budget for fiscal year 2026", "fiscal year 2026", "FY2026"),
    ("the budget for FY26", "FY26", "FY2026"),
    ("in the first quarter of fiscal 2013", "the first quarter of fiscal 2013", "FY2013-Q1"),
    ("budgets of this fiscal year", "this fiscal year", None),
    ("the music of the 1990s", "the 1990s", "199X"),
    ("the music of the late '80s", "the late '80s", "198X"),
    ("trade in the 1800s", "the 1800s", "18XX"),
    ("a plan for this critical decade", "this critical decade", "202X"),
    ("21st-century skills", "21st-century", "20XX"),
    ("zero emissions by mid-century", "mid-century", "20XX"),
    ("Work ends by year-end.", "year-end", "2024"),
    ("It sank on the second Friday of May 2025.", "the second Friday of May 2025", "2025-05-09"),
    ("It sank on the last Monday in March 2025.", "the last Monday in March 2025", "2025-03-31"),
    ("It sank on the fifth Monday in April 2025.", "the fifth Monday in April 2025", None),
    ("They rallied in the last quarter of 2021.", "the last quarter of 2021", "2021-Q4"),
    ("They rallied in the last month of 2021.", "the last month of 2021", "2021-12"),
    ("They rallied in the first weeks of next year.", "the first weeks of next year", "2025"),
    ("in this year's second quarter", "this year's second quarter", "2024-Q2"),
    ("in fiscal 2021's third quarter", "fiscal 2021's third quarter", "FY2021-Q3"),
    ("in 2021's first half", "2021's first half", "2021-01/2021-06"),
    ("in the January-March quarter of 2021", "the January-March quarter of 2021", "2021-Q1"),
    ("the great flood of '57", "'57", "1957"),
    ("the songs of the nineties", "the nineties", "199X"),
    ("the fiscal third quarter", "the fiscal third quarter", None),
    ("on the night of 3 June 2021", "the night of 3 June 2021", "2021-06-03"),
    ("It was dated 14/04/87.", "14/04/87", "1987-04-14"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "value"), DATES)
def test_dates(text: str, quote: str, value: str | None) -> None:
    assert found(text) == [(quote, value)]


RANGES = [
    ("They met June 3-4, 2024.", "June 3-4, 2024", "2024-06-03/2024-06-04"),
    ("They met on December 15 and 16.", "December 15 and 16", "2023-12-15/2023-12-16"),
    ("They met on April 30 and May 1.", "April 30 and May 1", "2024-04-30/2024-05-01"),
    ("They met on Monday, July 31, and Tuesday, August 1.", "Monday, July 31, and Tuesday, August 1",
     "2023-07-31/2023-08-01"),
    ("They met on 31 December and 1 January.", "31 December and 1 January", "2023-12-31/2024-01-01"),
    ("They met June 3, 4 and 5, 2024.", "June 3, 4 and 5, 2024", "2024-06-03/2024-06-05"),
    ("They met on 14-16 April 2025.", "14-16 April 2025", "2025-04-14/2025-04-16"),
    ("They met June 30-July 2, 2024.", "June 30-July 2, 2024", "2024-06-30/2024-07-02"),
    ("It ran from 30 December 2023 to 2 January 2024.", "from 30 December 2023 to 2 January 2024",
     "2023-12-30/2024-01-02"),
    ("It ran between March and May 2023.", "between March and May 2023", "2023-03/2023-05"),
    ("It ran from November to February 2023.", "from November to February 2023", "2022-11/2023-02"),
    ("It ran from 2021 to 2024.", "from 2021 to 2024", "2021/2024"),
    ("for the 2021-2024 period", "the 2021-2024", "2021/2024"),
    ("for 2021-24", "2021-24", "2021/2024"),
    ("in the month 2021-12", "2021-12", "2021-12"),
    ("under FY2025-27", "FY2025-27", "FY2025/FY2027"),
    ("Results for Q1-Q2 2025 came.", "Q1-Q2 2025", "2025-Q1/2025-Q2"),
    ("in the second and third quarters of 2025", "the second and third quarters of 2025", "2025-Q2/2025-Q3"),
    ("the art of the 1990s-2010s", "the 1990s-2010s", "1990/2019"),
    ("open from Monday to Friday", "from Monday to Friday", "2024-05-13/2024-05-17"),
    ("They met between May 2 and June 3 of last year.", "between May 2 and June 3 of last year",
     "2023-05-02/2023-06-03"),
    ("from November to February next year", "from November to February next year", "2024-11/2025-02"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "value"), RANGES)
def test_a_range_is_one_expression(text: str, quote: str, value: str) -> None:
    assert found(text) == [(quote, value)]


def test_days_that_do_not_follow_each_other_are_no_range() -> None:
    assert found("They spoke on March 3 and May 4, 2023.") == [("March 3", "2023-03-03"), ("May 4, 2023", "2023-05-04")]


PLACED = [
    ("They met today.", "today", "2024-05-15"),
    ("They met the day before yesterday.", "the day before yesterday", "2024-05-13"),
    ("They met last night.", "last night", "2024-05-14"),
    ("It was agreed earlier this month.", "earlier this month", "2024-05"),
    ("It was agreed earlier this week.", "earlier this week", "2024-W20"),
    ("They will meet next year.", "next year", "2025"),
    ("He left a week ago.", "a week ago", "2024-W19"),
    ("He left two days ago.", "two days ago", "2024-05-13"),
    ("He left half a century ago.", "half a century ago", "1974"),
    ("A year and a half ago, he left.", "A year and a half ago", "2022-11"),
    ("He said so on Friday.", "Friday", "2024-05-10"),
    ("They will vote on Friday.", "Friday", "2024-05-17"),
    ("He said on Monday that he would go.", "Monday", "2024-05-13"),
    ("It was signed last summer.", "last summer", "2023-22"),
    ("It was signed last March.", "last March", "2024-03"),
    ("It was signed in November.", "November", "2023-11"),
    ("The envoy will visit in March.", "March", "2025-03"),
    ("In early March, the envoy will visit.", "early March", "2025-03"),
    ("They plan to confer and to meet in April.", "April", "2025-04"),
    ("a forum to be held in March", "March", "2025-03"),
    ("a step to answer the May 10 attack", "May 10", "2024-05-10"),
    ("The start of the 2024 season is near.", "2024", "2024"),
    ("They were in Rome for the first June meeting.", "June", "2023-06"),
    ("It will be signed in November.", "November", "2024-11"),
    ("They will meet in Vienna in June next year.", "June next year", "2025-06"),
    ("events in the week of June 10th", "the week of June 10th", "2024-W24"),
    ("On Wednesday, March 2, they met.", "Wednesday, March 2", "2024-03-02"),
    ("the 3rd of next month", "the 3rd of next month", "2024-06-03"),
    ("He starts a week from today.", "a week from today", "2024-W21"),
    ("the 3rd of that month", "the 3rd of that month", None),
    ("The truce ended at midnight Friday.", "midnight Friday", "2024-05-10"),
    ("They met on the first Friday of this month.", "the first Friday of this month", "2024-05-03"),
    ("They meet on the last Saturday of the month.", "the last Saturday of the month", "2024-05-25"),
    ("It sold less in the year's first two months.", "the year's first two months", "2024-01/2024-02"),
    ("The law takes effect on December 1.", "December 1", "2024-12-01"),
    ("The show is due to last until the end of February.", "the end of February", "2025-02"),
    ("He was hired in July.", "July", "2023-07"),
    ("The pact, signed in July, is dead.", "July", "2023-07"),
    ("He will stay until winter.", "winter", "2024-24"),
    ("They met the week before last.", "the week before last", "2024-W18"),
    ("They will meet the year after next.", "the year after next", "2026"),
    ("The truce was to end at 8 a.m. Friday.", "Friday", "2024-05-17"),
    ("The storm could reach the coast on Sunday.", "Sunday", "2024-05-19"),
    ("The lease expires on Sunday.", "Sunday", "2024-05-19"),
    ("This coming Sunday they vote.", "This coming Sunday", "2024-05-19"),
    ("He said that Friday was a good day.", "Friday", "2024-05-10"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "value"), PLACED)
def test_expressions_placed_by_the_day_of_publication(text: str, quote: str, value: str) -> None:
    assert found(text) == [(quote, value)]


@pytest.mark.parametrize(
    "text", ["They met today.", "They will meet next year.", "He said so on Friday.", "It was signed in November.",
             "It was signed on November 3.", "two years earlier", "the previous month"]
)  # fmt: skip
def test_what_nothing_places_has_no_value(text: str) -> None:
    assert only(text, published=None)[1].value is None


ANAPHORA = [
    ("In 1998 he moved to Paris. Two years later, he left.", ["1998", "2000"]),
    ("It began in 1998. The following year it grew.", ["1998", "1999"]),
    ("It began on June 3, 1998. That December it ended.", ["1998-06-03", "1998-12"]),
    ("They spoke on June 3, 1998, and again the next day.", ["1998-06-03", "1998-06-04"]),
    ("They spoke in 1998 and again two days later.", ["1998", None]),
    ("The vote of 3 June 1998 was repeated later that month.", ["1998-06-03", "1998-06"]),
    ("Sales rose in 1998, the firm said on Friday, after a fall the year before.", ["1998", "2024-05-10", "1997"]),
    ("They met on June 3, 1998, and on the 9th of that month.", ["1998-06-03", "1998-06-09"]),
    ("It lost less in the third quarter of 1998 than in the year-earlier quarter.", ["1998-Q3", "1997-Q3"]),
    ("Sales rose in the second quarter of 1998, and more than in the same quarter of 1997.", ["1998-Q2", "1997-Q2"]),
    ("The shop shut in the fall of 1998 and reopened the next spring.", ["1998-23", "1999-21"]),
    ("The mill shut in June 1998, and the town hall the year after that.", ["1998-06", "1999"]),
    ("It flew on June 3, 1998, and again two weeks after that.", ["1998-06-03", "1998-W25"]),
    ("The vote is on June 9; the winner moves in ten days later.", ["2024-06-09", "2024-06-19"]),
]


@pytest.mark.parametrize(("text", "values"), ANAPHORA)
def test_anaphoric_expressions_count_from_the_last_date(text: str, values: list[str | None]) -> None:
    assert [value for _, value in found(text)] == values


SEQUENCES: list[tuple[str, list[str | None]]] = [
    ("in May or June 2025", ["2025-05", "2025-06"]),
    ("in the summer or fall of 2025", ["2025-22", "2025-23"]),
    ("in 2024, 2025 and 2026", ["2024", "2025", "2026"]),
    ("in 2024 and 2025, and in 2019 and 2021", ["2024/2025", "2019", "2021"]),
    ("Mr. SATO Jun met Ms. Reed in Jun 2024", ["2024-06"]),
    ("by 2000 it had 2500 schools", ["2000"]),
    ("ten ships a year by 2030", ["P1Y", "2030"]),
    ("The next day, August 2, he said that it had burnt.", [None, "2023-08-02"]),
    ("The flood closed the road on Monday, and it will stay shut until Friday.", ["2024-05-13", "2024-05-17"]),
    ("The flood closed the road on Monday and left the town dark until Tuesday.", ["2024-05-13", "2024-05-14"]),
    ("He came at 3:30 a.m. Monday and left Tuesday.", ["2024-05-13", "2024-05-14"]),
]


@pytest.mark.parametrize(("text", "values"), SEQUENCES)
def test_several_dates(text: str, values: list[str | None]) -> None:
    assert [value for _, value in found(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "(Oslo, May 14, 2024) – They met today.",
        "OSLO, 14 May 2024 — They met today.",
        "Oslo, May 14, 2024\n\nThey met today.",
        "Port Laval, 14 May 2024\nThey met today.",
        "Port Laval, 14 May 2024. They met today.",
        "The ministers held talks on May 14, 2024. They met today.",
    ],
)
def test_today_is_the_day_of_the_dateline(text: str) -> None:
    assert found(text, "2024-05-15")[-1] == ("today", "2024-05-14")


@pytest.mark.parametrize(
    "text", ["They met on May 13 and 14, 2024. Today they part.", "They met on May 1, 2024. Today they part."]
)
def test_today_is_the_day_of_publication_where_a_meeting_was_long_or_long_ago(text: str) -> None:
    assert found(text, "2024-05-15")[-1] == ("Today", "2024-05-15")


def test_the_weekday_decides_the_year() -> None:
    assert found("The accord was signed on Tuesday, October 3.", "2024-05-15")[0][1] == "2023-10-03"


def test_the_meeting_named_in_the_opening_gives_the_year() -> None:
    text = "The two sides met on November 4, 2021.\nThe working group had met on October 5."
    assert found(text, published=None)[1] == ("October 5", "2021-10-05")


def test_the_day_of_something_else_in_the_opening_is_not_the_meetings() -> None:
    text = "The pact was signed on 3 May 2019. The parties met on 2 and 3 June 2031. They will meet again in March."
    assert found(text, published=None)[-1] == ("March", "2032-03")
    text = "The two met under the pact concluded on 3 May 2019. They will meet again in March."
    assert found(text, published="2031-06-05")[-1] == ("March", "2032-03")


def test_the_second_day_of_a_meeting_is_told_as_past_the_day_after() -> None:
    text = "They met on April 17 and 18, 2031. A session with crews took place on April 18."
    assert found(text, published="2031-04-19")[-1] == ("April 18", "2031-04-18")


def test_today_is_the_day_of_the_talks_that_a_statement_followed() -> None:
    text = "This statement was issued following consultations in Oslo on May 3, 2031. They met today."
    assert found(text, published="2031-05-04")[-1] == ("today", "2031-05-03")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("over the next two years", "duration", "P2Y"),
        ("over the next year", "duration", "P1Y"),
        ("in the past decade", "duration", "P10Y"),
        ("60 years of friendship", "duration", "P60Y"),
        ("half a century of friendship", "duration", "P50Y"),
        ("two and a half years", "duration", "P2.5Y"),
        ("a five-year plan", "duration", "P5Y"),
        ("one hundred and twenty days", "duration", "P120D"),
        ("within 48 hours", "duration", "PT48H"),
        ("two to three years", "duration", "P2Y/P3Y"),
        ("2 1/2 years", "duration", "P2.5Y"),
        ("10+ years", "duration", "P10Y"),
        ("every three to five years", "set", "P3Y/P5Y"),
        ("a year-long mission", "duration", "P1Y"),
        ("they meet annually", "set", "P1Y"),
        ("the annual meeting", "set", "P1Y"),
        ("the biennial review", "set", "P2Y"),
        ("twice a year", "set", "P1Y"),
        ("twice yearly", "set", "P1Y"),
        ("twice every 12 days", "set", "P12D"),
        ("every other year", "set", "P2Y"),
        ("every Monday", "set", "P1W"),
        ("10 tons per year", "set", "P1Y"),
        ("by 1 November each year", "set", "P1Y"),
        ("in the first nine months, sales fell", "duration", "P9M"),
        ("it opened six months later than planned", "duration", "P6M"),
        ("every Christmas", "set", "P1Y"),
        ("a week after the vote", "duration", "P1W"),
        ("three quarters of an hour", "duration", "PT45M"),
        ("three quarters of a century", "duration", "P75Y"),
        ("another year of talks", "duration", "P1Y"),
        ("a full day of talks", "duration", "P1D"),
        ("at a week's notice", "duration", "P1W"),
        ("four straight years", "duration", "P4Y"),
        ("a couple of years", "duration", "P2Y"),
        ("between two and three years", "duration", "P2Y/P3Y"),
        ("the truce is to last three days", "duration", "P3D"),
        ("for nearly a decade before that", "duration", "P10Y"),
        ("once every 20 to 30 years", "set", "P20Y/P30Y"),
        ("they sail every weekend", "set", "P1W"),
        ("they meet on the first Monday of each month", "set", "P1M"),
        ("pay rose 3 percent a year over the whole term", "set", "P1Y"),
    ],
)
def test_durations_and_sets(text: str, kind: str, value: str) -> None:
    _, expression = only(text)
    assert (expression.type, expression.value) == (kind, value)
    assert (expression.earliest, expression.latest) == (None, None)


@pytest.mark.parametrize(
    ("text", "quote", "mod"),
    [
        ("by 2030", "2030", "before"),
        ("no later than June 2025", "June 2025", "before"),
        ("since 2019", "2019", "after"),
        ("around 2030", "2030", "approx"),
        ("nearly two decades of work", "two decades", "approx"),
        ("early 2023", "early 2023", "start"),
        ("the beginning of 2023", "the beginning of 2023", "start"),
        ("the early- to mid-2030s", "the early- to mid-2030s", "mid"),
        ("by the end of 2025", "the end of 2025", "end"),
        ("the last week of May", "the last week of May", "end"),
        ("after the 2008 crisis", "2008", None),
        ("following today's meeting", "today's", None),
    ],
)
def test_modifiers(text: str, quote: str, mod: str | None) -> None:
    words, expression = only(text)
    assert (words, expression.mod) == (quote, mod)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("in 2023", "2023-01-01", "2023-12-31"),
        ("by 2030", None, "2030-12-31"),
        ("since June 2019", "2019-06-01", None),
        ("in 2024-Q1", "2024-01-01", "2024-03-31"),
        ("in winter 2024", "2024-01-01", "2025-03-31"),
        ("in FY2026", "2025-04-01", "2027-03-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("June 3-4, 2024", "2024-06-03", "2024-06-04"),
    ],
)
def test_first_and_last_day(text: str, earliest: str | None, latest: str | None) -> None:
    _, expression = only(text)
    assert (expression.earliest, expression.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "The sides may march together.",
        "May this bond last. The Sun sat low; the prices fall in a spring flood.",
        "It marked the 70th anniversary and the 5-year anniversary.",
        "for the third year in a row",
        "Resolution 2576 (2021) and resolutions 1718 (2006) and 2254 (2015)",
        "2,000 people, 1500 km, $2022, 2030 km, nearly 2000 scholarships",
        "currently, now, soon, in recent years, in the coming months, for decades to come, a new era",
        "Landsat 2030, Vision 2030 and GPS-2022",
        "see https://example.org/2023/04/05/news and write to desk2022@example.org",
        "financial stability and fiscal policy",
        "three quarters of the people",
        "one day we will walk there",
        "The sides may rest; the minister's '22 of them' was a joke.",
        "It is part of daily life.",
    ],
)
def test_not_marked(text: str) -> None:
    assert found(text) == []


def test_a_year_inside_a_name_is_no_date_but_one_beside_it_is() -> None:
    text = "the 2030 Agenda and the Space Treaty of 1967"
    assert [text[d.start : d.end] for d in find_dates(text, mentions=[(4, 15), (24, 36)])] == ["1967"]


def test_a_year_after_a_forum_is_its_own() -> None:
    text = "They met at the Baltic Forum 2031."
    finder = DateFinder(SOURCE)
    assert [text[d.start : d.end] for d in finder.find(text, dated=[len(text) - 6])] == ["2031"]
    assert finder.find(text) == []


FEASTS = [
    ("They met on Christmas Day 2021.", "Christmas Day 2021", "2021-12-25"),
    ("They meet before Thanksgiving 2030.", "Thanksgiving 2030", "2030-11-28"),
    ("It rained on Memorial Day 2022.", "Memorial Day 2022", "2022-05-30"),
    ("It rained on New Year's Eve.", "New Year's Eve", "2023-12-31"),
    ("It will end by Labor Day.", "Labor Day", "2024-09-02"),
    ("It ended last Christmas.", "last Christmas", "2023-12-25"),
    ("It opened on Good Friday.", "Good Friday", "2024-03-29"),
    ("It opened on Easter Monday of 2011.", "Easter Monday of 2011", "2011-04-25"),
]


@pytest.mark.parametrize(("text", "quote", "value"), FEASTS)
def test_a_feast_has_the_day_that_the_calendar_gives_it(text: str, quote: str, value: str) -> None:
    assert found(text) == [(quote, value)]


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2038, 4, 25), (2049, 4, 18)]
)
def test_easter_falls_on_the_days_that_the_tables_give(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_a_feast_beside_its_date_is_that_day() -> None:
    assert [value for _, value in found("It shuts on Dec. 24, Christmas Eve.", "2024-05-15")] == ["2023-12-24"] * 2


@pytest.mark.parametrize("text", ["It was one Sunday.", "They met on a Friday night.", "It fell on the third Monday."])
def test_a_weekday_that_may_be_any_has_no_value(text: str) -> None:
    assert only(text)[1].value is None


def test_an_article_before_a_length_that_describes_is_no_part_of_it() -> None:
    assert found("The two-day meeting ended.") == [("two-day", "P2D")]


def test_an_impossible_day_has_no_value() -> None:
    assert found("It was dated February 30, 2024.") == [("February 30, 2024", None)]


# --- the knowledge file: every entry's examples, and every form ---

ENTRIES = [(table, entry) for table, entries in SOURCE.data.items() if isinstance(entries, list)
           for entry in entries if isinstance(entry, dict)]  # fmt: skip


@pytest.mark.parametrize("text", [text for _, entry in ENTRIES for text in entry.get("examples", ())])
def test_examples(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [text for _, entry in ENTRIES for text in entry.get("counterexamples", ())]
    + [entry["text"] for entry in SOURCE.data["counterexample"]],
)
def test_counterexamples(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("entry", SOURCE.data["expression"], ids=lambda entry: entry["text"])
def test_listed_expressions(entry: dict[str, Any]) -> None:
    words, expression = only(entry["text"], entry.get("published"))
    assert words == entry.get("quote", words)
    assert (expression.type, expression.value, expression.mod) == (
        entry.get("type", "date"), entry["value"], entry.get("mod"),
    )  # fmt: skip


FRAMES = {"month": "It was in {} 2023.", "weekday": "They met on {}, as planned.", "season": "It was in {} 2023.",
          "set": "They meet {}.", "length": "It was a {} visit.", "narrowing": "It was in {} 2023.",
          "part": "It was at the {} of 2023.", "boundary": "It was {} 2023.", "deictic": "They met {}.",
          "yearend": "It was done by {}.", "relative": "It was the {} year, in 2020."}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "form"),
    [(table, form) for table, entry in ENTRIES if table in FRAMES for form in entry["forms"]],
)
def test_every_form_is_understood(table: str, form: str) -> None:
    assert found(FRAMES[table].format(form).replace("- ", "-"))


def test_a_wrong_entry_is_named_with_its_line() -> None:
    broken = SOURCE.text.replace('value = "P2Y"\n', "", 1)
    line = broken[: broken.index('forms = ["biennial"')].count("\n")
    with pytest.raises(ModelError, match=rf"dates.toml:{line}: lacks 'value'"):
        read(KnowledgeFile("dates.toml", broken))


# --- properties ---

WORDS = sorted(
    {form for _, entry in ENTRIES for key in ("forms", "short") for form in entry.get(key, ())}
    | {form for forms in SOURCE.data["glue"].values() for form in forms}
    | {form for entry in SOURCE.data["unit"] for form in (entry["form"], entry["plural"])}
    | set(SOURCE.data["numbers"]) | set(SOURCE.data["ordinals"])
    | {"2024", "1999", "0", "3", "31", "14th", "FY26", "Q3", "1990s", "2024-02-30", "2/3/2024", "9999", "1,000", "2.5",
       ",", ".", "-", "/", "'s", "(", "will", "met", "held", "people", "İ", "\n"}
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), "-".join(words)])
)
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)


@settings(max_examples=600, deadline=None)
@given(texts | st.text(max_size=60), days)
def test_expressions_are_well_formed(text: str, published: str | None) -> None:
    end = 0
    for d in find_dates(text, published=published):
        assert end <= d.start
        assert d.start < d.end
        end = d.end
        assert text[d.start : d.end] == text[d.start : d.end].strip()
        assert "\n" not in text[d.start : d.end]
        assert d.value is None or VALUE.fullmatch(d.value), d.value
        assert d.earliest is None or d.latest is None or d.earliest <= d.latest
        if d.type != "date" or d.value is None:
            assert (d.earliest, d.latest) == (None, None)


@settings(max_examples=200, deadline=None)
@given(texts, texts, days)
def test_a_paragraph_more_changes_nothing_before_it(text: str, more: str, published: str | None) -> None:
    before = find_dates(text, published=published)
    after = find_dates(text + "\n" + more, published=published)
    assert after[: len(before)] == before


@given(
    st.dates(date(1400, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%B %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%A, %B %-d, %Y"]),
)
def test_any_full_date_has_its_own_day(day: date, style: str) -> None:
    assert found(f"It was done on {day.strftime(style)}.") == [(day.strftime(style), day.isoformat())]


def test_the_finder_can_be_built_from_a_file_of_ones_own() -> None:
    assert DateFinder(SOURCE).find("in 2024")[0].value == "2024"


@pytest.mark.parametrize(
    "piece", ["2022 ", "(2022)", "March 3, ", "3, March ", "early ", "last ", "one hundred ", "the "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count + "year 2022"
        begin = time.process_time()
        find_dates(text, published=PUBLISHED)
        return time.process_time() - begin

    seconds(200)
    assert seconds(8000) < 60 * seconds(400) + 0.5
