"""The grammar of date expressions: regular expressions over the codes of a run of lexemes (see `lexicon`).

    M month   W weekday   S season   U unit   V units   D 1-31   Y year   N number   O ordinal   L date in figures
    Z decade  K FY2026    F fiscal   R Q3     Q quarter J H1     H half   A set      C length    X today
    T morning E year-end  G end of   g early  h later   i this   l last   n next     s that      e every
    x other   c twice     k times    p per    t the     a a      o of     & and      v or        r to
    m full    q another   j year-ago  B Easter
    f from    b between   y in       d before < ago     > hence  z long   w Mondays  , - / '     as written

A rule names the parts that its reading needs as groups. Of the rules that match at a place, the longest is tried
first; a reading may decline and leave the place to the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# "the end of", "the first half of", "early- to mid-", "later in"
_NARROW = r"(?:t?(?P<part>G)[o-]|t?(?P<half>[Ol])-?Ho|t?(?:g-?[r&]-?)?(?P<narrow>g)-?y?|(?P<compared>h)y?)?"
_WEEKDAY = r"(?:[iln]?(?P<weekday>W),?)?"
_DAYTIME = r"(?:t?g?(?P<time>T)o)?"
_REL = r"(?P<rel>i?[lns]|i)"
_NUM = r"[NDY]"
_LATER_YEAR = r"(?:,?o?(?P<year2>Y)|,?o?t?(?P<rel>[ilns])(?P<unit>U))?"
_UNIT = r"(?P<unit>[UV])"
_ANOTHER_YEAR = r"(?:(?P<year>Y)|t?(?P<relyear>[ilns])(?P<relunit>U)|aU(?P<apart>h))"
_OF_YEAR = r"o(?:U?(?P<year>Y)|t?(?P<rel>[iln])(?P<relunit>U)|t(?P<own>U))"
_OWNED = r"(?:(?P<year>Y)|t?(?P<rel>[iln])(?P<relunit>U)|t(?P<own>U))'"

_RULES = (
    # --- days ---
    ("iso_range", r"f?(?P<iso>L)(?:[r/])(?P<iso2>L)"),
    ("iso", r"(?P<iso>L)"),
    ("days_of_month", _WEEKDAY + r"(?P<month>M)t?(?P<day>[DO])(?P<link>[-r&]|,&)t?(?P<day2>[DO])(?:,?(?P<year>Y))?"),
    ("days_of_month", _WEEKDAY + r"[bf](?P<month>M)t?(?P<day>[DO])(?P<link>[-r&])t?(?P<day2>[DO])(?:,?(?P<year>Y))?"),
    ("days_of_month", r"[bf]?t?(?P<day>[DO])(?P<link>[-r&])t?(?P<day2>[DO])o?(?P<month>M)(?:,?(?P<year>Y))?"),
    ("days_of_month", _WEEKDAY + r"(?P<month>M)(?P<day>D)(?:,D)+(?P<link>,?&)(?P<day2>D)(?:,?(?P<year>Y))?"),
    ("days_of_month", r"(?P<day>D)(?:,D)+(?P<link>,?&)(?P<day2>D)o?(?P<month>M)(?:,?(?P<year>Y))?"),
    ("day_to_day", r"f?" + _WEEKDAY + r"(?P<month>M)(?P<day>[DO])(?:,?(?P<year>Y),?)?(?:[-r])(?:W,?)?"
                   r"(?P<month2>M)(?P<day2>[DO])" + _LATER_YEAR),
    ("day_to_day", r"b" + _WEEKDAY + r"(?P<month>M)(?P<day>[DO])(?:,?(?P<year>Y),?)?&(?:W,?)?"
                   r"(?P<month2>M)(?P<day2>[DO])" + _LATER_YEAR),
    ("month_turn", r"(?:W,?)?(?P<month>M)t?(?P<day>[DO]),?&(?:W,?)?(?P<month2>M)t?(?P<day2>[DO])(?:,?(?P<year2>Y))?"),
    ("month_turn", r"t?(?P<day>[DO])o?(?P<month>M)&t?(?P<day2>[DO])o?(?P<month2>M)(?:,?(?P<year2>Y))?"),
    ("day_to_day", r"f?" + _WEEKDAY + r"t?(?P<day>[DO])o?(?P<month>M)(?P<year>Y)?[-r](?:W,?)?"
                   r"t?(?P<day2>[DO])o?(?P<month2>M)" + _LATER_YEAR),
    ("day_to_day", r"b" + _WEEKDAY + r"t?(?P<day>[DO])o?(?P<month>M)(?P<year>Y)?&(?:W,?)?"
                   r"t?(?P<day2>[DO])o?(?P<month2>M)" + _LATER_YEAR),
    ("month_day", _DAYTIME + _WEEKDAY + r"(?P<month>M)t?(?P<day>[DO])(?:,?(?P<year>Y)|(?=&M[DO],?(?P<later_year>Y)))?"),
    ("month_day", _DAYTIME + _WEEKDAY + r"(?P<month>M)t?(?P<day>[DO]),?o?(?P<rel>[iln])U"),
    ("month_day", _DAYTIME + _WEEKDAY + r"t?(?P<day>[DO])o?(?P<month>M),?o?(?P<rel>[iln])U"),
    ("month_day", _DAYTIME + _WEEKDAY + r"t?(?P<day>[DO])o?-?(?P<month>M)-?"
                  + r"(?:,?(?P<year>Y)|(?=&[DO]M(?P<later_year>Y)))?"),
    ("month_day", r"t?(?P<day>[DO])(?:Uo|o)(?P<month>M),?yt?U(?P<year>[YN])"),
    ("day_of_month", r"t(?P<day>[DO])ot?(?P<rel>[ilns])(?P<unit>U)"),
    ("day_of_month", r"(?<=y)t(?P<day>O)"),
    ("weekday", r"(?:(?P<narrow>g)y?|h|(?:t?g?To?))?(?P<weekday>W)(?P<time>T)?"),
    ("weekday_beside", r"(?:(?P<narrow>g)y?|h|(?:t?g?To?))?t?" + _REL + r"(?P<weekday>W)(?P<time>T)?"),
    ("weekday_of_week", r"(?P<weekday>W),?o?t?(?P<rel>[ilns])(?P<unit>U)"),
    ("weekday_of_month", r"t?(?P<nth>[Ol])(?P<weekday>W)[oy](?P<month>M)(?:,?o?(?P<year>Y))?"),
    ("weekday_of_month", r"t?(?P<nth>[Ol])(?P<weekday>W)o(?:t?(?P<rel>[ilns])(?P<unit>U)|t(?P<own>U))"),
    ("weekday_range", r"f?(?P<weekday>W)[-r](?P<weekday2>W)"),
    ("today", r"h?(?P<day>X)(?P<time>T)?"),
    ("daytime", r"(?P<narrow>g)?t?(?P<rel>[ilns])(?P<time>T)"),
    ("week_of", r"t?(?P<unit>U)o" + _WEEKDAY + r"(?P<month>M)(?P<day>[DO])(?:,?(?P<year>Y))?"),
    ("week_of", r"t?(?P<unit>U)o" + _WEEKDAY + r"t?(?P<day>[DO])o?(?P<month>M)(?P<year>Y)?"),
    ("feast", r"(?P<rel>i?[lns]|i)?(?P<feast>B)(?:,?o?(?P<year>Y))?"),
    # --- months, seasons, quarters, halves ---
    ("month", _NARROW + r"(?P<month>M)(?:,?o?(?P<year>Y)|(?=[&v-]M,?(?P<later_year>Y)))?"),
    ("part_of_month", r"t?(?P<nth>[Ol])(?P<unit>U)o(?P<month>M)(?:,?o?(?P<year>Y))?"),
    ("part_of_year", r"t?(?P<nth>[Ol])(?P<unit>[UV])" + _OF_YEAR),
    ("months_of_year", r"t?(?P<nth>[Ol])(?P<number>[ND])(?P<unit>V)" + _OF_YEAR),
    ("months_of_year", _OWNED + r"(?P<nth>[Ol])(?P<number>[ND])(?P<unit>V)"),
    ("month_beside", _NARROW + r"t?" + _REL + r"(?P<month>M)(?!,?[DO])"),
    ("month_beside_year", _NARROW + r"(?P<month>M),?o?t?(?P<rel>[ilns])(?P<unit>U)"),
    ("month_range", r"f?(?P<month>M)(?:,?(?P<year>Y))?(?:[-r/])(?P<month2>M)" + _LATER_YEAR),
    ("month_range", r"b(?P<month>M)(?:,?(?P<year>Y))?&(?P<month2>M)" + _LATER_YEAR),
    ("months_running", r"(?<!,)(?P<month>M)&(?P<month2>M)" + _LATER_YEAR),
    ("quarter_of_months", r"t?(?P<month>M)[-r](?P<month2>M)-?Q(?:,?o?(?P<year>Y))?"),
    ("season", _NARROW + r"t?(?P<season>S)(?:,?o?(?P<year>Y)(?:[-/][DNY])?|(?=[&v/-]t?g?S,?o?(?P<later_year>Y)))?"),
    ("season", _NARROW + r"t?[iln](?P<season>S),?o?(?P<year>Y)(?:[-/][DNY])?"),
    ("season", _NARROW + r"t?(?P<year>Y)[-/][DNY](?P<season>S)"),
    ("season_beside", _NARROW + r"(?P<the>t)?" + _REL + r"(?P<season>S)"),
    ("season_beside", _NARROW + r"t?(?P<season>S),?o(?P<relyear>[iln])U"),
    ("quarter", _NARROW + r"(?P<quarter>R)(?:,?o?(?:(?P<year>Y)|(?P<fy>K)|FU?(?P<fyear>Y)))?"),
    ("quarter", _NARROW + r"(?P<year>Y),?-?(?P<quarter>R)"),
    ("quarter", _NARROW + r"t?(?P<quarter>O)-?Q"
                + r"(?:,?o?t?(?:U?(?P<year>Y)|(?P<fy>K)|FU?(?P<fyear>Y)|(?P<rel>[ilns])?U))?"),
    ("quarter", r"t?(?P<quarter>l)Qo(?:(?P<year>Y)|t?(?P<rel>[iln])(?P<relunit>U))"),
    ("quarter", r"t?(?:(?P<year>Y)'?|F-?U?(?P<fyear>Y)'|(?P<rel>[ilns])(?P<relunit>U)')-?(?P<quarter>O)-?Q"),
    ("quarter_open", r"t?F-?(?P<quarter>O)-?Q"),
    ("year_apart", r"t?(?P<apart>j)-?(?:(?P<quarter>Q)|(?P<same>U))"),
    ("same_of_year", r"t?(?P<rel>s)(?:(?P<quarter>Q)|(?P<same>U)),?[oy]?" + _ANOTHER_YEAR),
    ("quarter_range", r"(?P<quarter>R)[-&r/](?P<quarter2>R),?o?(?P<year>Y)"),
    ("quarter_range", r"t?(?P<quarter>O)[-&r](?P<quarter2>O)Qo?t?U?(?P<year>Y)"),
    ("quarter_beside", _NARROW + r"t?" + _REL + r"(?P<quarter>Q)"),
    ("half", r"t?(?:(?P<number>J)|(?P<number_word>[Ol])-?H),?o?(?P<year>Y)|(?P<lead_year>Y),?-?(?P<lead>J)"),
    ("half", r"(?:(?P<lead_year>Y)|(?P<rel>[ilns])(?P<unit>U))'(?P<number_word>[Ol])-?H"),
    # --- years and longer ---
    ("year", _NARROW + r"(?:t?(?P<unit>U))?t?(?P<year>Y)"),
    ("year_range", r"[bf](?:t?U)?(?P<year>Y)[-r&](?P<year2>Y)"),
    ("year_range", r"t?V?(?P<year>Y)[-r/](?P<year2>Y)"),
    ("years_running", r"(?<!,)(?P<year>Y)&(?P<year2>Y)"),
    ("year_short", r"f?t?V?(?P<year>Y)[-/](?P<short>[DN])"),
    ("year_end", r"t?(?:(?P<year>Y)-?)?(?P<yearend>E)(?:,?(?P<year2>Y))?"),
    ("fiscal_range", r"(?:f?t?F[UV]?(?P<year>Y)|(?P<fy>K))[-r/](?:F?[UV]?(?P<year2>Y)|(?P<fy2>K)|(?P<short>[DN]))"),
    ("fiscal", _NARROW + r"t?(?:(?P<fy>K)|F-?U?(?P<year>Y)|(?P<year2>Y)F-?U)"),
    ("fiscal_beside", _NARROW + r"t?" + _REL + r"F-?U"),
    ("decade", _NARROW + r"(?P<the>t)?(?P<decade>Z)"),
    ("decade_range", r"[fb]t?(?P<decade>Z)[r&]t?(?P<decade2>Z)|t?(?P<first>Z)-(?P<last>Z)"),
    ("century", _NARROW + r"t?(?P<ordinal>O)-?(?P<unit>U)"),
    ("unit_beside", _NARROW + r"(?P<the>t)?" + _REL + r"(?P<unit>U)"),
    ("weekend", r"t(?P<unit>U)"),
    ("unit_narrowed", r"(?:t?(?P<part>G)ot|t?(?P<half>[Ol])Hot|(?P<narrow>g)yt|(?P<mid>g)-|(?P<compared>h)yt)" + _UNIT),
    # --- steps from an anchor ---
    ("ago", r"(?P<number>" + _NUM + r")" + _UNIT + r"(?P<ago><)"),
    ("ago", r"(?P<one>a)" + _UNIT + r"(?P<ago><)"),
    ("ago", r"(?P<halfof>H)-?a" + _UNIT + r"(?P<ago><)"),
    ("ago", r"(?:(?P<number>[ND])|(?P<one>a))" + _UNIT + r"&(?P<and_half>a?H)(?P<ago><)"),
    ("hence", r"(?:(?P<number>" + _NUM + r")|(?P<one>a))" + _UNIT + r"(?:(?P<hence>>)|f(?P<deictic>X))"),
    ("apart", r"(?:(?P<number>" + _NUM + r")|(?P<one>a))" + _UNIT + r"(?P<apart>h)"),
    ("apart", r"(?:(?P<number>" + _NUM + r")|(?P<one>a))" + _UNIT + r"(?P<beside>d)(?P<that>s)?"),
    ("unit_apart", r"t(?P<unit>[UT])(?P<beside>d)(?P<that>s)?"),
    ("before_last", r"t(?P<unit>[UT])(?P<beside>d)(?P<rel>[ln])"),
    # --- durations ---
    ("duration", r"(?P<lead>t?(?:[ilnO])|t)?(?P<number>" + _NUM + r")-?m?" + _UNIT + r"(?:-?z)?"),
    ("duration", r"(?P<lead>t?[iln])?(?P<number>" + _NUM + r")-?&-?a-?H-?" + _UNIT),
    ("duration_range", r"(?P<lead>t?[iln])?(?P<number>" + _NUM + r")-?[-rv](?P<number2>" + _NUM + r")-?"
                       + _UNIT + r"(?:-?z)?"),
    ("duration_range", r"b(?P<number>" + _NUM + r")&(?P<number2>" + _NUM + r")(?P<unit>V)"),
    ("duration_halved", r"(?:(?P<number>[ND])|(?P<one>a))" + _UNIT + r"&(?:a|one)?H"),
    ("duration_part", r"a?(?P<halfof>H)(?:-|a)?" + _UNIT),
    ("duration_part", r"(?P<number>[ND])Qoa(?P<unit>U)"),
    ("duration_part", r"a(?P<quarterof>Q)(?:-|oa)?" + _UNIT),
    ("duration_one", r"(?P<one>a)" + _UNIT),
    ("duration_whole", r"(?:am|q)" + _UNIT + r"|a(?P<owner>U)(?=')"),
    ("duration_span", r"(?P<the>t)?(?P<rel>i?[ln])(?P<unit>U)"),
    ("length", r"(?P<literal>C)"),
    # --- sets ---
    ("set", r"(?:c|" + _NUM + r"k)?(?P<literal>A)"),
    ("set_each", r"(?P<each>e)(?:(?P<other>x)|(?P<number>[NDO]))?" + _UNIT),
    ("set_weekend", r"e(?P<unit>U)"),
    ("set_each_range", r"(?:cy?)?e(?P<number>[ND])[-rv](?P<number2>[ND])" + _UNIT),
    ("set_each", r"(?P<each>e)(?P<quarter>Q)"),
    ("set_each_named", r"e(?P<named>[WMSB])T?"),
    ("set_each_named", r"t?[Ol](?:W|U)[oy](?P<each>e)" + _UNIT),
    ("set_each_named", r"(?P<named>w)"),
    ("set_each_named", r"(?:(?P<named>M)t?[DO]|t?[DO]o?(?P<day_month>M)),?e(?P<unit>U)"),
    ("set_count", r"(?:c|" + _NUM + r"k)(?:y)?(?:[aep])(?:(?P<other>x)|(?P<number>[NDO]))?" + _UNIT),
    ("set_rate", r"p(?P<unit>U)"),
)  # fmt: skip

BEFORE = 1
"""How many codes before its first a rule may look at."""

RULES = tuple((name, re.compile(pattern)) for name, pattern in _RULES)


class Parse(NamedTuple):
    """A rule over so many codes, and where its groups stand: name → index of the lexeme, from its first."""

    rule: str
    length: int
    groups: dict[str, int]


def parses(codes: str, at: int) -> tuple[Parse, ...]:
    """What the rules make of a run from one place on, the longest first."""
    before = min(at, BEFORE)
    return _parses(codes[at - before :], before)


@lru_cache(maxsize=8192)
def _parses(codes: str, at: int) -> tuple[Parse, ...]:
    found = []
    for name, pattern in RULES:
        match = pattern.match(codes, at)
        if match and match.end() > at:
            groups = {
                group: match.end(group) - 1 - at for group, value in match.groupdict().items() if value is not None
            }
            found.append(Parse(name, match.end() - at, groups))
    return tuple(sorted(found, key=lambda parse: -parse.length))
