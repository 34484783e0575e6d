"""Names that no lexicon lists, known by a head noun: what stands before and after it is read outward from the noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.knowledge import alternation
from communique.naming.beginnings import Forms
from communique.naming.complement import ComplementReader
from communique.naming.front import FrontReader
from communique.naming.heads import FormRules, Head
from communique.naming.matching import Hit
from communique.naming.passage import Passage, any_of
from communique.naming.surroundings import CAPITALISED, Surroundings, begins_word
from communique.records import Kind

_BRACKETED = re.compile(r" \([^()]*\)(?= )")
_OF_BODY = re.compile(r" of (?:the )?[A-Z][A-Z0-9+]{2,}")
_YEAR = re.compile(r" (?:- )?(?:19|20)\d\d(?:-(?:19|20)?\d\d)?(?![\w/-]|,\d)")
_YEAR_BEFORE = re.compile(r"[Tt]he (?:19|20)\d\d ")
_LOWER_WORD = re.compile(r"(?<![\w-])[a-z]{5,}")
_LONGEST_HEADING = 400
_NAMED = 2
"""How many capitalised words make a name beside a head in small letters."""
_BETWEEN = re.compile(r" between (?:the )?")
_AND_BODY = re.compile(r" and (?:the )?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name by its form.

    ``head_start`` is where the head noun begins; ``name`` the canonical name where it differs from the words.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    head: Head | None = None
    head_start: int = -1
    name: str | None = None


class NamesByForm:
    """Finds names by the heads of ``forms.toml``."""

    def __init__(self, rules: FormRules, cities: Iterable[str] = ()) -> None:
        """``cities``: places in which bodies meet."""
        self.rules = rules
        self._heads = Forms(rules.heads, r"(?!\w)(?!-\w)")
        self.sought = self._heads.beginnings
        """What is looked for in a passage."""
        self._front = FrontReader(rules)
        self._complement = ComplementReader(rules, cities)
        nouns, charges = alternation(rules.title_nouns), alternation(rules.title_charges)
        self._territories = tuple(
            f"{territory} " for territory in sorted(rules.words["territories"], key=len, reverse=True)
        )
        self._office = re.compile(
            rf"(?<!\w)(?:{nouns})(?: (?:{charges})(?: the)?(?:,? (?:and )?[A-Z][\w-]*)*)?"
            rf"(?:,| and)?(?: (?:{charges}))?(?: the)? \Z"
        )

    def find(self, passage: Passage, around: Surroundings) -> Iterator[Candidate]:
        """Names in the order of their heads; they may overlap each other and the lexicon's hits."""
        for start, end, word, _ in self._heads.find(passage):
            if not begins_word(passage.text, start):
                continue
            head = self.rules.heads[word]
            bracket = passage.text.startswith(" (", end)
            if head.acronym and not (bracket or head.country):
                continue
            found = self._name(passage, around, head, start, end)
            if found is not None and (bracket or not head.country or self._of_a_country(passage.text, around, found)):
                yield found

    def _of_a_country(self, text: str, around: Surroundings, found: Candidate) -> bool:
        """Whether the name begins with a country's word, and a topic stands before its head."""
        hit = around.over(found.start)
        if hit is None or hit.start != found.start or hit.kind not in ("party", "adjective") or text[hit.end] != " ":
            return False
        between = text[hit.end : found.head_start].split()
        return hit.end < found.head_start - 1 and bool(between) and between[-1] in self.rules.words["topics"]

    def _span(self, passage: Passage, around: Surroundings, head: Head, start: int, end: int) -> tuple[int, int] | None:
        """From where to where the head's words reach; None where it lacks a complement or a year that it needs."""
        last = self._complement.end(passage, around, head, end)
        first = start
        if head.front:
            parties_only = head.either and last != end
            first = self._front.start(passage, around, head, start, parties_only=parties_only)
            if passage.text.startswith(" (", last):
                first = self._front.told_by_acronym(passage, first, last)
            if last != end and _parted(passage.text, head, start):
                # What goes on after its head is a name of its own.
                first = start
        if first == start and head.either and last != end:
            first = self._with_territory(passage.text, start)
            listed = around.over(start)
            if first < start and listed is not None and listed.start == start:
                last = max(last, listed.end)
        if head.kind == "instrument" and last != end:
            first = _with_body(passage.text, around, first)
            last = _without_body(passage.text, (first, start, end, last))
        if last == end and head.word in self.rules.small_heads and self._is_thin(passage.text[first:start].split()):
            last = self._small_topic_end(passage, head, first, end)
        if head.linked and last == end:
            return None
        if head.kind == "instrument" and (year := _YEAR.match(passage.text, last)) is not None:
            return first, year.end()
        return None if head.dated else (first, last)

    def _with_territory(self, text: str, start: int) -> int:
        """Where a body's name begins whose head stands at ``start``: with its state (``Ohio Department of Health``)."""
        if not text.endswith(self._territories, 0, start):
            return start
        return start - next(len(own) for own in self._territories if text.endswith(own, 0, start))

    def _name(self, passage: Passage, around: Surroundings, head: Head, start: int, end: int) -> Candidate | None:
        span = self._span(passage, around, head, start, end)
        if span is None:
            return None
        first, last = span
        covering = around.over(start)
        if covering is not None and covering.start == first and covering.end >= (end if head.dated else last):
            return None
        if covering is not None and end < covering.end < last and not self._linked(passage.text, head, covering, last):
            return None
        if not self._is_name(passage, around, head, (first, start, end, last)):
            return None
        if head.apart:
            return _before_head(passage.text, head, first, start)
        name = self._written_out(passage.text, head, (first, start, end, last))
        if first == start and last == end and head.kind == "instrument":
            name = self._with_bodies(passage.text, around, head.full or head.word, end) or name
        if first < start and _parted(passage.text, head, start):
            # The acronym in brackets is a mention of its own, and parts the name from its head.
            last = passage.text.rindex(" (", first, start)
        return Candidate(first, last, head.kind, f"form:{head.word.lower().replace(' ', '-')}", head, start, name)

    def _small_topic_end(self, passage: Passage, head: Head, first: int, end: int) -> int:
        """Where a topic in small letters ends; that of an accord belongs to its name only after ``the``."""
        if head.kind == "instrument" and not passage.text[max(0, first - 4) : first].lower().endswith("the "):
            return end
        return self._complement.small_topic_end(passage, head, end)

    def _written_out(self, text: str, head: Head, at: tuple[int, int, int, int]) -> str | None:
        """The name without acronyms in brackets before the head, and with the head in full; None if they agree."""
        first, start, end, last = at
        front = text[first:start]
        if head.full is None and ")" not in front:
            return None
        return _BRACKETED.sub("", front) + (head.full or text[start:end]) + text[end:last]

    def _linked(self, text: str, head: Head, listed: Hit, last: int) -> bool:
        """Whether a listed name may go on as far as ``last``: after a comma or a link, not with its next word.

        One that many bodies have (``Ministry of Energy``) also goes on with a topic (``and Minerals``, ``Transition``).
        """
        at = listed.end
        if listed.forms[0].shared and text[at] == " " and self._only_topics(text[at:last].split()):
            return True
        if text[at] not in " '" or text.startswith(tuple(f" {link} " for link in head.links), at):
            return True
        m = CAPITALISED.match(text, at + len(" and ")) if text.startswith(" and ", at) else None
        return listed.forms[0].shared and m is not None and m.group() in self.rules.words["topics"]

    def _only_topics(self, words: list[str]) -> bool:
        """Whether capitalised words are what a body is about, and none is the head of another's name."""
        capitalised = [word.rstrip(",") for word in words if word[0].isupper()]
        return self.rules.words["topics"].issuperset(capitalised) and self.rules.heads.keys().isdisjoint(capitalised)

    def _is_name(self, passage: Passage, around: Surroundings, head: Head, at: tuple[int, int, int, int]) -> bool:
        text = passage.text
        first, start, end, last = at
        before, after = text[first:start].split(), text[end:last]
        if not before and not after and not (head.bare or self._between_bodies(passage, around, head, start, end)):
            return False
        if head.relation and len(before) == 1 and "-" in before[0]:
            return False
        if not after and self._goes_on(text, around, head, end):
            return False
        if not after and before and self._is_thin(before) and not _dated_before(text, head, first):
            return False
        if not before and self._follows_capital(text, start, around):
            return False
        if head.article and not before and not text.endswith(("the ", "The "), 0, start):
            return False
        if head.requires and not head.requires.intersection(before) and not _of_forum(around, first, start):
            return False
        if not self._accepts(head, before, after, passage, start):
            return False
        if head.kind == "agency":
            return True
        return not (self._of_an_office(text, first) or self._in_heading(passage, head, first, last, before))

    def _between_bodies(self, passage: Passage, around: Surroundings, head: Head, start: int, end: int) -> bool:
        """Whether the text tells one accord by its bodies: ``the Memorandum of Understanding between NASA and ...``."""
        if head.kind != "instrument" or head.word not in self.rules.small_heads:
            return False
        text = passage.text
        between = _BETWEEN.match(text, end)
        body = around.over(between.end()) if between else None
        return body is not None and body.kind == "agency" and text.startswith(("the ", "The "), start - 4)

    def _with_bodies(self, text: str, around: Surroundings, title: str, end: int) -> str | None:
        """The name of an accord with the two bodies that conclude it; None where the text does not tell both."""
        between = _BETWEEN.match(text, end)
        body = around.over(between.end()) if between else None
        joined = _AND_BODY.match(text, body.end) if body else None
        other = around.over(joined.end()) if joined else None
        if body is None or other is None or not body.kind == other.kind == "agency":
            return None
        return title + text[end : other.end]

    def _is_thin(self, before: list[str]) -> bool:
        """Whether the words before a head say too little for a name: none, or one like ``Joint``."""
        return not before or (len(before) == 1 and before[0] in self.rules.words["thin"])

    def _accepts(self, head: Head, before: list[str], after: str, passage: Passage, at: int) -> bool:
        if any(" ".join(before[-size:]) in head.refuse for size in (1, 2)):
            return False
        linked = after.split(" ", 2)[-1] if after else ""
        if linked.startswith((*head.refuse, *head.refuse_after)):
            return False
        if head.topical and not after and before and before[-1] not in self.rules.words["topics"]:
            return False
        return not head.near or not head.says.isdisjoint(before) or passage.says(at, any_of(head.near))

    def _goes_on(self, text: str, around: Surroundings, head: Head, end: int) -> bool:
        """Whether a capitalised word follows that belongs to the same name: the noun is not its head then."""
        if text[end : end + 1] != " ":
            return False
        m = CAPITALISED.match(text, end + 1)
        if m is None or m.group().isupper() or around.over(m.start()) is not None:
            return False
        return head.kind != "agency" or m.group() not in self.rules.title_words

    def _follows_capital(self, text: str, start: int, around: Surroundings) -> bool:
        """Whether a head without front words stands after a capitalised word ("Foreign Office of ...")."""
        if text[start - 1 : start] != " ":
            return False
        word = text[max(0, start - 40) : start - 1].rpartition(" ")[2]
        at = start - 1 - len(word)
        if not word or at <= 0 or not CAPITALISED.fullmatch(word) or word in self.rules.words["openers"]:
            return False
        return around.over(at) is None and word not in self.rules.title_words and text[at - 1] == " "

    def _of_an_office(self, text: str, first: int) -> bool:
        """Whether the words belong to a person's office ("Deputy Minister for National Defense Policy")."""
        return self._office.search(text, max(0, first - 80), first) is not None

    def _in_heading(self, passage: Passage, head: Head, first: int, last: int, before: list[str]) -> bool:
        """Whether the name stands in a heading, where every word is capitalised; a colon ends one that runs on.

        A line that begins with the name of a joint statement is the heading of this one.
        """
        start, end = passage.line(first)
        if head.title and first == start and not passage.text.endswith("- ", 0, first):
            return True
        text = passage.text
        if before and "-" in before[0]:
            return False
        if head.title and last == end and text[first - 2 : first] == "- ":
            return False
        if text[last : last + 1] == ":":
            start, end = max(start, text.rfind(" - ", start, first) + 3, text.rfind(". ", start, first) + 2), last
            return 0 < first - start < _LONGEST_HEADING and _LOWER_WORD.search(text, start, end) is None
        if text[end - 1] in ".;!?" or end - start > _LONGEST_HEADING:
            return False
        return _LOWER_WORD.search(text, start, first) is None and _LOWER_WORD.search(text, last, end) is None


def _parted(text: str, head: Head, start: int) -> bool:
    """Whether an acronym in brackets parts the head at ``start`` from what stands before it.

    In the name of an accord or a forum it stands for the words before it and is part of the whole (``Safe Harbors (SH)
    Dialogue``, ``Financial Institutions (FI) Action Plan to End Fog``).
    """
    return head.kind in ("agency", "mission") and text[start - 2 : start] == ") "


def _before_head(text: str, head: Head, first: int, start: int) -> Candidate | None:
    """The name before a head in small letters that is no part of it; an acronym in brackets may part the two."""
    last = text.rfind(" (", first, start) if text[start - 2 : start] == ") " else start - 1
    if last < first or sum(word[0].isupper() for word in text[first:last].split()) < _NAMED:
        return None
    return Candidate(first, last, head.kind, f"form:{head.word}", head, start)


def _dated_before(text: str, head: Head, first: int) -> bool:
    """Whether the year before an accord's name tells which one is meant (``the 2016 Peace Agreement``)."""
    return head.kind == "instrument" and _YEAR_BEFORE.fullmatch(text, max(0, first - 9), first) is not None


def _without_body(text: str, at: tuple[int, int, int, int]) -> int:
    """Where a name ends: `the Roadmap of the ISECG`, but `the Polar Roadmap` of the ISECG without whose it is."""
    first, start, end, last = at
    return end if first < start and _OF_BODY.fullmatch(text, end, last) else last


def _with_body(text: str, around: Surroundings, first: int) -> int:
    """Where an accord's name begins: with the international body before it (``UNESCO Recommendation on ...``)."""
    body = around.before(first)
    if body is None or body.kind != "agency" or body.end != first - 1 or text[body.end] != " ":
        return first
    form = body.forms[0]
    return first if form.shared or form.entry.side is not None else body.start


def _of_forum(around: Surroundings, first: int, start: int) -> bool:
    """Whether the words from ``first`` to the head begin with a listed forum (``C5+1 Connectivity Ministerial``)."""
    hit = around.over(first)
    return hit is not None and hit.kind == "forum" and hit.start == first and hit.end < start
