"""The name of the series that a meeting belongs to, and its number in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.annotations import Mention
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.knowledge import alternation
from communique.naming.countries import pair_name

_ACRONYM = r"\([A-Z][A-Za-z0-9.&/+-]{1,9}\)"
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d)?")
_TAIL = re.compile(r" [A-Z][\w.'&/-]*(?:(?:,? and| &| of| for|,)?(?: the)? [A-Z][\w.'&/-]*)*")
_LONGEST = 160
_NOUN = 30
_FIELDS = re.compile(
    r"(?<![\w.-])[A-Z][\w.]*-[A-Z][\w.]* (?:[A-Z][\w'&-]*(?: [A-Z][\w'&-]*)?, )+and (?:[A-Z][\w'&-]* )+\Z"
)
"""A pair of parties and a list of fields before the noun: `U.S.-Peru Political, Security, and Defense Dialogue`."""
_GLUED = re.compile(r"(\d{1,3})(?:st|nd|rd|th)(?=[A-Z])")
"""A number whose blank was lost with the mark that raised its letters: `10thASEAN Summit`."""
_DOTTED = re.compile(r"\b[A-Z]\.\Z")


@dataclass(frozen=True, slots=True)
class Series:
    """A name as written, without ordinal, year and `annual`; ``paired`` where it names its parties."""

    start: int
    end: int
    name: str
    ordinal: int | None
    paired: bool
    noun: str
    known: bool = False


class SeriesNames:
    """Finds names of series in a sentence or title."""

    def __init__(self, rules: MeetingRules, short: dict[str, str], never_paired: frozenset[str]) -> None:
        self._words = {key: frozenset(value) for key, value in rules.words.items()}
        self._stops = self._words["series.stops"]
        self._part = re.compile(rf"(?:(?:[a-z]-)?[A-Z0-9][\w.'&/+-]*|{alternation(rules.words['series.within'])}|-)\Z")
        nouns = alternation(rules.words["series.nouns"])
        small = alternation(rules.words["series.small"])
        self._noun = re.compile(rf"(?<![\w'-])(?:(?P<noun>{nouns})(?![\w'-])|(?P<small>{small})(?![\w-]))")
        links = alternation(rules.words["series.links"])
        self._link = re.compile(rf" (?:{links})(?: the)?(?={_TAIL.pattern})")
        self._ordinals = dict(rules.ordinals)
        words = alternation(self._ordinals)
        number = rf"(?:(?P<word>{words})|{rules.patterns['series.digits'].pattern})"
        determiners = alternation(rules.words["series.determiners"])
        numbered = alternation((*rules.words["series.units"], *rules.words["series.numbered"]))
        units = alternation(rules.words["series.units"])
        self._unit_words = frozenset(unit.title() for unit in rules.words["series.units"])
        between = rf"(?:{rules.patterns['series.qualifier'].pattern})*"
        self._before = re.compile(rf"\b{number}(?: \(\d{{1,3}}[a-z]{{2}}\))?[ -]{between}\Z", re.IGNORECASE)
        self._unit = re.compile(
            rf"\b{number} {between}(?:{units})(?: \([\w-]+\))?(?: (?:{links}))?(?: (?:{determiners}))? {between}\Z",
            re.IGNORECASE,
        )
        self._later = re.compile(
            rf"\b(?:{determiners}) {number} {between}(?:{numbered})\b(?! (?:{links}|will)\b)", re.IGNORECASE
        )
        self._own = re.compile(
            rf"\b(?:{determiners}) {number} (?:time\b(?! in person)"
            rf"|{between}(?:(?!of |anniversary )[\w.'-]+ ){{0,5}}(?:{numbered})\b)",
            re.IGNORECASE,
        )
        self._leads, self._follows = rules.patterns["series.leads"], rules.patterns["series.follows"]
        self._between, self._meets = rules.patterns["series.between"], rules.patterns["series.meets"]
        self._meeting_of = rules.patterns["series.meeting_of"]
        self._founded, self._told = rules.patterns["series.founded"], rules.patterns["series.told"]
        self._hosted, self._digits = rules.patterns["series.hosted"], rules.patterns["series.digits"]
        self._united_states = rules.patterns["series.united_states"]
        self._releases = rules.words["series.releases"]
        adjectives, papers = (alternation(rules.words[f"series.{key}"]) for key in ("adjectives", "papers"))
        self._adjective = re.compile(rf"(?:{adjectives}) (?:{papers})\b")
        self._margins = rules.patterns["series.margins"]
        self._bodies = rules.words["series.never"]
        self._short = short
        self._never = (never_paired | self._words["series.single"]) - self._words["series.nouns"]

    def find(self, text: str, start: int, end: int, mentions: Sequence[Mention] = ()) -> list[Series]:
        """The names in ``text[start:end]`` in their order; a known forum's name is its canonical one."""
        found: list[Series] = []
        forums = [m for m in mentions if m.kind == "forum"]
        parties = [m for m in mentions if m.kind == "party"]
        begins = [m.start for m in parties]
        # Of `Oslo Ministerial Declaration` the noun is another.
        nouns = (m for m in self._noun.finditer(text, start, end) if not self._adjective.match(text, m.start()))
        for match in nouns:
            behind = parties[bisect_left(begins, match.end()) :][:1]
            stop = behind[0].start - 1 if behind and self._owns(text, match, behind[0]) else end
            name = self._around(text, start, stop, match, forums) or self._abbreviated(text, start, match, mentions)
            if name is not None and self._foreign(text, start, name, mentions):
                continue
            if name is not None and found and self._numbers(text, found[-1], name):
                found[-1] = replace(found[-1], ordinal=name.ordinal)
                continue
            if name is not None and not (found and found[-1].end >= name.end):
                if found and name.start < found[-1].end:
                    found.pop()
                found.append(name)
        for mention in forums:
            if not any(s.start < mention.end and mention.start < s.end for s in found):
                if mention.entity.name.endswith(self._bodies):
                    continue
                unit = self._unit.search(text, max(start, mention.start - 70), mention.start)
                if unit is not None:
                    found.append(
                        Series(mention.start, mention.end, mention.entity.name, self._number(unit), True, "", True)
                    )
        return sorted(found, key=lambda s: s.start)

    def _numbers(self, text: str, before: Series, name: Series) -> bool:
        """Whether a name only tells which meeting of the one before it: `the Ice Dialogue, Second Plenary Meeting`."""
        if before.ordinal is not None or name.ordinal is None or name.name.split(" ", 1)[0] not in self._unit_words:
            return False
        return text[before.end : before.end + 2] == ", " and name.start - before.end <= _NOUN

    def _owns(self, text: str, noun: re.Match[str], party: Mention) -> bool:
        """Whether a party stands behind a noun as the one whose body it is: `the Dialogue of Norway and Peru`."""
        between = text[noun.end() : party.start]
        return between in (" of ", " of the ") and not text.startswith("'s", party.end)

    def later_number(self, text: str, start: int, end: int) -> int | None:
        """The number in `chaired the inaugural meeting`, in a sentence after the opening."""
        match = self._later.search(text, start, end)
        return self._number(match) if match else None

    def own_number(self, text: str, start: int, end: int, *, theirs: bool = False) -> int | None:
        """The number in `held its eighth meeting`, `met for the eighth time` and `the eighth ice dialogue`.

        ``theirs``: only where a possessive says that the meetings are the parties' own, in a text without series, or
        the sentence begins with the number or tells that this one was held.
        """
        match = self._own.search(text, start, end)
        if match is None:
            return None
        if theirs and not self._is_theirs(text, start, match):
            return None
        if self._margins.search(text, max(start, match.start() - 40), match.start()):
            return None
        return self._number(match)

    def possessed_number(self, text: str, start: int, end: int) -> int | None:
        """The number in `we convene for our fourth meeting`, in a sentence after the opening, without series."""
        match = self._own.search(text, start, end)
        told = match is not None and self._told.search(text, start, match.start()) is not None
        return self._number(match) if match is not None and told and self._is_possessed(match) else None

    def _is_possessed(self, number: re.Match[str]) -> bool:
        return number.group().lower().startswith(("its ", "their ", "our "))

    def _is_theirs(self, text: str, start: int, number: re.Match[str]) -> bool:
        """Whether a numbered meeting without name is the one that the sentence at ``start`` tells of."""
        if self._is_possessed(number):
            return True
        if number.group().endswith("time"):
            return False
        return number.start() == start or self._told.search(text, start, number.start()) is not None

    def _foreign(self, text: str, low: int, name: Series, mentions: Sequence[Mention]) -> bool:
        """Whether a name is that of a standing body, of a person's meeting, or of a gathering on the margins."""
        body = re.split(r" (?:on|for) ", name.name, maxsplit=1)[0]
        if body.endswith(self._bodies):
            return True
        met = self._meeting_of.search(text, max(low, name.start - 40), name.start) is not None
        met = met or self._meets.match(text, name.end) is not None
        if (
            not met
            and name.ordinal is None
            and any(m.kind == "agency" and m.start <= name.start and name.end <= m.end for m in mentions)
        ):
            return True
        if re.search(r"[a-z]'s ", body) is not None:
            return True
        return self._margins.search(text, max(low, name.start - 40), name.start) is not None

    def is_headline(self, title: str) -> bool:
        """Whether a title is the name of a meeting's series, alone or as `Joint Statement on the Series`."""
        for name in self.find(title, 0, len(title)):
            before, after = title[: name.start].rstrip(), title[name.end :].strip(" :,-")
            if self._founded.search(before) is not None:
                continue
            closed = not after or self._follows.match(after) is not None
            if closed and (not before or self._leads.search(before) is not None):
                return True
        return False

    def _number(self, match: re.Match[str]) -> int | None:
        digits = match["digits"]
        return int(digits) if digits else self._ordinals.get(match["word"].lower())

    def _around(
        self, text: str, low: int, high: int, match: re.Match[str], mentions: Sequence[Mention]
    ) -> Series | None:
        first = self._left(text, low, match.start())
        noun = match["noun"]
        if noun is None:
            body = re.sub(rf"(?: {_ACRONYM})?\Z", "", text[first : match.start()].rstrip())
            if body.count(" ") < 1 or body.rpartition(" ")[2] in (*self._stops, "-"):
                return None
            last = first + len(body)
        else:
            last = self._right(text, match.end(), high)
        first = self._trimmed(text, first, match.start())
        glued = _GLUED.match(text, first, match.start())
        first = glued.end() if glued else first
        words = text[first : match.start()].split()
        ordinal = int(glued[1]) if glued else self.ordinal(text, low, first)
        if ordinal is None and noun in self._words["series.loose"] and self._is_loose(text, low, match.start(), words):
            return None
        if noun is None and not any(w[:1].isupper() for w in words):
            return None
        alone = not words and last == match.end()
        if alone and not (self._stands_alone(noun) and ordinal) and not self._is_between(text, match, high):
            return None
        told = ordinal is not None and last > match.end()
        if noun in self._words["series.generic"] and self._words["series.bare"].issuperset(words) and not told:
            return None
        mention = next((m for m in mentions if m.start < last and first < m.end and m.end >= match.start() - 1), None)
        if mention is not None and mention.entity.known:
            paired = self.is_paired(mention.entity.name) or not self.is_paired(self._clean(text[first:last]))
            return Series(first, last, mention.entity.name, ordinal, paired, noun or "", True)
        if mention is not None and mention.start < first and mention.end == last:
            first = mention.start
        name = self._clean(text[first:last])
        meets = (*self._words["series.nouns"], *self._words["series.hosts"])
        if noun in ("Meeting", "Meetings") and name.endswith(tuple(f"{n} {noun}" for n in meets)):
            name = name[: -len(noun) - 1]
        return Series(first, last, name, ordinal, self.is_paired(name), noun or "")

    def _is_loose(self, text: str, low: int, at: int, words: Sequence[str]) -> bool:
        """Whether a headline only says that talks were held: `Hold Talks on X`, `Visits Y for Consultations`."""
        before = text[low:at].split()
        if not before or (words and words[-1] not in self._words["series.purposes"]):
            return False
        return not self._words["series.verbs"].isdisjoint(before[-1:] if not words else before)

    def _stands_alone(self, noun: str | None) -> bool:
        """Whether a noun can be all of a name, which the parties complete: `Joint Commission`."""
        return noun in self._words["series.pairing"] and " " in str(noun)  # `Consultations` may be any

    def _is_between(self, text: str, match: re.Match[str], high: int) -> bool:
        """Whether a noun that is all of a name has its parties behind it: `the Joint Commission between X and Y`."""
        return self._stands_alone(match["noun"]) and self._between.match(text, match.end(), high) is not None

    def _abbreviated(self, text: str, low: int, match: re.Match[str], mentions: Sequence[Mention]) -> Series | None:
        """The partnership whose acronym stands before `meeting` with a number: `the first ICEP meeting`."""
        found = next((m for m in mentions if m.end == match.start() - 1 and m.kind in ("forum", "instrument")), None)
        if found is None or match["small"] is None or not text[found.start : found.end].isupper():
            return None
        ordinal, name = self.ordinal(text, low, found.start), self._clean(found.entity.name)
        return Series(found.start, found.end, name, ordinal, self.is_paired(name), "") if ordinal else None

    def _left(self, text: str, low: int, at: int) -> int:
        """Where the capitalised words before an offset begin."""
        low = max(low, at - _LONGEST)
        fields = _FIELDS.search(text, low, at)
        if fields is not None:
            return fields.start()
        first = at
        while first > low:
            if text[first - 1] != " ":
                break
            cut = text.rfind(" ", low, first - 1) + 1
            word = text[max(cut, low) : first - 1]
            bracket = re.fullmatch(_ACRONYM, word)
            if bracket is None and (not self._part.match(word) or (word.endswith((".",)) and word.count(".") < 2)):
                break
            if word == "and" and self._joins_names(text, max(cut, low), first, at):
                break
            first = max(cut, low)
        while (word := text[first:at].split(" ", 1)[0]) in self._stops:
            first += len(word) + 1
        return first

    def _joins_names(self, text: str, at: int, behind: int, end: int) -> bool:
        """Whether an `and` joins two names: `the Norway-Peru Kelp Forum and Norway-Peru Ice Dialogue`."""
        before = text[max(0, at - _NOUN) : at].rstrip().rpartition(" ")[2]
        return before in self._words["series.nouns"] and self.is_paired(text[behind:end])

    def _trimmed(self, text: str, first: int, at: int) -> int:
        """The start without what is no part of a name: articles, headline verbs, ordinals, years."""
        best = position = first
        before = ""
        while position < at:
            word = text[position:at].split(" ", 1)[0]
            after = position + len(word) + 1
            bare = word.rstrip(",")
            left_out = (
                self._opens_title(bare, text[position:at], inside=position > best)
                or self._is_numbered_group(text[after:at])
                or self._qualifies(bare, before)
                or (bare in self._stops and (best == position or text[best:position].strip() in self._unit_words))
            )
            if left_out:
                best = after
            position, before = after, bare
        return min(best, at)

    def _is_numbered_group(self, rest: str) -> bool:
        """Whether a group with a number in its name follows, before which only a place stands: `Nice G7 Summit`."""
        group = rest.split(" ", 1)[0]
        return any(map(str.isdigit, group)) and group in self._words["series.single"]

    def _opens_title(self, word: str, rest: str, *, inside: bool) -> bool:
        """Whether a headline begins here (``Hosts``, ``Joint Statement``); some of its words stand in names as well."""
        if inside and word in self._words["series.inside"]:
            return False
        return word in self._words["series.verbs"] or rest.startswith(self._releases)

    def _qualifies(self, word: str, before: str) -> bool:
        """Whether a word tells which meeting it was, when or where: ``Third``, ``2024``, ``May 3``, ``Oslo-hosted``."""
        days = self._words["series.not_topics"]
        return (
            word in days
            or (before in days and word[:1].isdigit())
            or self._hosted.fullmatch(word) is not None
            or _YEAR.fullmatch(word) is not None
            or word.lower() in self._ordinals
            or self._digits.fullmatch(word) is not None
        )

    def _right(self, text: str, at: int, high: int) -> int:
        """Where the topic ends that a link ties on; one may follow `of`: `Committee of Principals on Ice`."""
        link = self._link.match(text, at, high)
        if link is None:
            return at
        tail = _TAIL.match(text, link.end(), high)
        if tail is None:
            return at
        words = tail.group().split()
        if words[0].rstrip(".,") in self._words["series.not_topics"]:
            return at
        if self._noun.fullmatch(" ".join(words[-2:])) or self._noun.search(tail.group()) or _YEAR.search(tail.group()):
            return at
        name = tail.group().rstrip(",")
        end = link.end() + len(name if _DOTTED.search(name) else name.rstrip("."))
        return self._right(text, end, high) if link.group().startswith(" of") else end

    def ordinal(self, text: str, low: int, at: int) -> int | None:
        """The number that stands before an offset: `the second`, `the 2nd`, `the second meeting of the`."""
        window = max(low, at - 90)
        match = self._before.search(text, window, at) or self._unit.search(text, window, at)
        return self._number(match) if match else None

    def _clean(self, name: str) -> str:
        name = re.sub(f" {_ACRONYM}", "", name)
        name = re.sub(r"(?<=[\w.]) ?- (?=[A-Z])", "-", name)
        name = re.sub(r"\bAnnual ", "", name)
        name = re.sub(r"\b(?:19|20)\d\d ", "", name)
        return self._united_states.sub(self._short["US"], name)

    def is_paired(self, name: str) -> bool:
        """Whether a name tells who meets, or needs no such words."""
        head = name.split(" ")
        hyphened = any(
            "-" in w and w.split("-")[1][:1].isupper() and w not in self._words["series.compounds"] for w in head[:4]
        )
        return hyphened or bool(self._never.intersection(head)) or any(name.startswith(w + " ") for w in self._never)

    def completed(self, series: Series, parties: Sequence[str], names: dict[str, str]) -> str:
        """The name with the parties' names before it where it tells of two and names none."""
        if series.paired or series.noun not in self._words["series.pairing"]:
            return series.name
        pair = pair_name(parties, names, self._short)
        return f"{pair} {series.name}" if pair else series.name


def chosen(opening: Sequence[Series], title: Sequence[Series], reading: Reading) -> tuple[Series | None, int | None]:
    """The statement's own series among those of its opening and its title, and the number of the meeting."""
    best = max(opening, key=lambda s: (s.ordinal is not None, s.known or s.paired, -s.start), default=None)
    titled = max(
        title, key=lambda s: (s.ordinal is not None, s.known or s.paired, bool(s.noun), -s.start), default=None
    )
    same = [s for s in (*opening, *title) if s is best or s is titled or (best is not None and _same(s, best))]
    ordinal = next((s.ordinal for s in same if s.ordinal is not None), None)
    if best is None or titled is None:
        return best or titled, ordinal
    if _same(best, titled):
        if titled.paired and best.name in titled.name:
            return titled, ordinal
        return (titled if (titled.known or titled.paired) and not (best.known or best.paired) else best), ordinal
    return (titled if titled.paired or titled.noun else best), titled.ordinal or (
        best.ordinal if best.name in titled.name else ordinal
    )


def _same(one: Series, other: Series) -> bool:
    a, b = set(one.name.replace("-", " ").split()), set(other.name.replace("-", " ").split())
    return a <= b or b <= a or len(a & b) >= 0.6 * min(len(a), len(b))
