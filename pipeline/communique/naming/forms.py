"""Names that no lexicon lists, known by a head noun: what stands before and after it is read outward from the noun."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.naming.heads import FormRules, Head, alternation
from communique.naming.matching import Hit
from communique.naming.passage import Passage, any_of
from communique.records import Kind

_CAP = re.compile(r"(?:(?:[^\W\d_]\.){2,}|[^\W\d_a-z][\w&/]*(?:['.-][\w&]+)*|\d{4}(?!\w))")
_JOIN = re.compile(r" (?:and|&) |, (?:and )?")
_LOWER_WORD = re.compile(r"(?<!\w)[a-z]{4,}")
_ROOM = 160


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name by its form. ``head`` is where the head noun begins; ``name`` the canonical name where it differs."""

    start: int
    end: int
    kind: Kind
    rule: str
    head: Head | None = None
    head_start: int = -1
    name: str | None = None


class Surroundings:
    """The lexicon's hits of a passage, for the question of what stands at a place."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        self._starts = [h.start for h in hits]

    def over(self, at: int) -> Hit | None:
        """The hit that covers ``at``."""
        index = bisect_right(self._starts, at) - 1
        return self.hits[index] if index >= 0 and self.hits[index].end > at else None

    def before(self, at: int) -> Hit | None:
        """The last hit that begins before ``at``."""
        index = bisect_right(self._starts, at - 1) - 1
        return self.hits[index] if index >= 0 else None


class NamesByForm:
    """Finds names by the heads of ``forms.toml``."""

    def __init__(self, rules: FormRules) -> None:
        self.rules = rules
        self._heads = re.compile(rf"(?<![\w-])(?:{alternation(dict(rules.heads))})(?!\w)(?!-\w)")

    def find(self, passage: Passage, around: Surroundings, *, acronym: bool = False) -> Iterator[Candidate]:
        """Names in the order of their heads; they may overlap each other and the lexicon's hits."""
        for m in self._heads.finditer(passage.text):
            head = self.rules.heads[m.group()]
            if head.acronym and not passage.text.startswith(" (", m.end()):
                continue
            found = self._name(passage, around, head, m.start(), m.end())
            if found is not None:
                yield found

    def _name(self, passage: Passage, around: Surroundings, head: Head, start: int, end: int) -> Candidate | None:
        text = passage.text
        first = self._front(passage, around, head, start) if head.front else start
        last = self._complement(passage, around, head, end) if head.links else end
        if first == start and last == end and not head.bare:
            return None
        if last == end and self._goes_on(text, around, end):
            return None
        if first == start and self._follows_capital(text, start, around):
            return None
        before = text[first:start].split()
        if not self._accepts(head, before, text[end:last], passage, start):
            return None
        if head.kind != "agency" and "-" not in text[first:start] and _title_case(passage, first, last):
            return None
        return Candidate(first, last, head.kind, f"form:{head.word.lower()}", head, start)

    def _accepts(self, head: Head, before: list[str], after: str, passage: Passage, at: int) -> bool:
        for size in (1, 2):
            if " ".join(before[-size:]) in head.refuse:
                return False
        link = after.split(" ", 2)[-1] if after else ""
        if any(link.startswith(word) for word in head.refuse):
            return False
        if head.requires and not head.requires.intersection(before):
            return False
        if head.topical and not after and before and before[-1] not in self.rules.words["topics"]:
            return False
        return not head.near or passage.says(at, any_of(head.near))

    def _goes_on(self, text: str, around: Surroundings, end: int) -> bool:
        """Whether a capitalised word follows that belongs to the same name: the noun is not its head then."""
        if text[end : end + 1] != " ":
            return False
        m = _CAP.match(text, end + 1)
        return bool(
            m
            and m.group() not in self.rules.title_words
            and not m.group().isupper()
            and not m.group()[0].isdigit()
            and around.over(m.start()) is None
        )

    def _follows_capital(self, text: str, start: int, around: Surroundings) -> bool:
        """Whether a head that takes no front words stands after one ("Foreign Office of ...")."""
        word = text[max(0, start - 40) : start].rstrip(" ").rpartition(" ")[2]
        at = start - 1 - len(word)
        if not word or text[start - 1 : start] != " " or not _CAP.fullmatch(word) or word in self.rules.words["openers"]:
            return False
        return around.over(at) is None and word not in self.rules.title_words and at > 0 and text[at - 1] == " "

    # --- to the left of the head ---

    def _front(self, passage: Passage, around: Surroundings, head: Head, start: int) -> int:
        """Where the capitalised words before the head begin."""
        room = passage.words_before(start, _ROOM)
        at = first = start
        words = self.rules.words
        while room and at > start - len(room):
            word, begin = _last_word(passage.text, at, start - len(room))
            if not word:
                break
            hit = around.over(begin)
            if hit is not None and hit.end <= start:
                first = self._front_hit(passage.text, head, hit, first)
                break
            if word in ("and", "&") and first == at:
                at = begin
                continue
            if not self._is_front_word(word) or (begin == passage.line(begin)[0] and _is_gerund(word, words["gerunds"])):
                break
            first = at = begin
        return first

    def _front_hit(self, text: str, head: Head, hit: Hit, first: int) -> int:
        """Whether a listed name before the head belongs to the new name (``Landsat 2030 ... Initiative``)."""
        glued = text[hit.end : first] in (" ", "")
        if not glued:
            return first
        hyphenated = hit.start > 0 and text[hit.start - 1] == "-"
        if hit.kind == "party":
            pair = _pair_start(text, hit.start) if hyphenated else hit.start
            return pair if hyphenated or head.kind == "agency" else first
        if hit.kind == "adjective":
            return hit.start if head.kind in ("agency", "mission") else first
        if hit.kind in ("agency", "instrument"):
            return first
        return hit.start

    def _is_front_word(self, word: str) -> bool:
        words = self.rules.words
        if word in words["openers"] or word in self.rules.title_nouns:
            return False
        if word.endswith(("'s", "s'")):
            return word in words["possessives"]
        return _CAP.fullmatch(word) is not None

    # --- to the right of the head ---

    def _complement(self, passage: Passage, around: Surroundings, head: Head, end: int) -> int:
        """Where the words that a link ties to the head end."""
        limit = passage.line(end)[1]
        links = alternation(head.links)
        last = self._linked(passage.text, around, head, re.compile(rf" (?:{links}) (?:the |a |an )?"), end, limit)
        while last != end:
            further = self._linked(passage.text, around, head, _FURTHER, last, limit)
            if further == last:
                return last
            last = further
        return last

    def _linked(
        self, text: str, around: Surroundings, head: Head, link: re.Pattern[str], end: int, limit: int
    ) -> int:
        m = link.match(text, end, limit)
        if m is None:
            return end
        run = self._run(text, around, head, m.end(), limit, "between" in m.group() or "for" in m.group())
        if run == m.end():
            return end
        return self._continued(text, around, head, run, limit)

    def _run(self, text: str, around: Surroundings, head: Head, at: int, limit: int, parties: bool = False) -> int:
        """The end of the capitalised words that begin at ``at``; ``at`` itself where there is none."""
        end = at
        while at < limit:
            hit = around.over(at)
            if hit is not None and hit.start == at:
                if not self._may_contain(head, hit, parties):
                    break
                end = hit.end
            else:
                m = _CAP.match(text, at, limit)
                if m is None or m.group() in self.rules.title_words or m.group().endswith("'s"):
                    if m is not None and m.group().endswith("'s") and m.group() not in self.rules.title_words:
                        end = m.end() - 2
                    break
                if m.group() in self.rules.heads and end != at and self.rules.heads[m.group()].kind == head.kind == "agency":
                    break
                end = m.end()
            if text[end : end + 1] != " ":
                break
            at = end + 1
        return end

    def _may_contain(self, head: Head, hit: Hit, parties: bool) -> bool:
        if hit.kind == "party":
            return parties and head.kind != "agency"
        return hit.kind != "agency"

    def _continued(self, text: str, around: Surroundings, head: Head, end: int, limit: int) -> int:
        """The end after ``and`` and comma members, each of which must be a topic ("Trade and Industry")."""
        topics = self.rules.words["topics"]
        best = at = end
        for _ in range(6):
            m = _JOIN.match(text, at, limit)
            if m is None:
                break
            run = self._run(text, around, head, m.end(), limit)
            words = text[m.end() : run].split()
            if not words or words[-1].rstrip(",") not in topics or any(w in self.rules.heads for w in words[:1]):
                break
            at = run
            if "," not in m.group() or "and" in m.group():
                best = at
        return best


_FURTHER = re.compile(r" (?:of|for|on|in|between|against) (?:the |a )?")


def _last_word(text: str, at: int, low: int) -> tuple[str, int]:
    """The word that ends before the space at ``at`` - 1, and where it begins; empty where punctuation ends it."""
    stop = at - 1
    if stop <= low or text[stop] != " ":
        return "", at
    begin = max(text.rfind(" ", low, stop) + 1, low)
    while begin < stop and text[begin] in "\"'([":
        begin += 1
    word = text[begin:stop]
    if word[-1:] in ",;:!?)]\"-—" or (word.endswith(".") and not re.fullmatch(r"(?:[^\W\d_]\.)+", word)):
        return "", at
    return word, begin


def _pair_start(text: str, at: int) -> int:
    """Where a hyphenated compound of countries that reaches ``at`` begins (``U.S.-Japan-`` before ``ROK``)."""
    m = re.compile(r"(?:(?:[^\W\d_]\.){2,}|[^\W\d_]+(?: States| Korea| Kingdom)?)(?:-(?:[^\W\d_]|\.)+)*-\Z").search(text, max(0, at - 60), at)
    if m is None:
        return at
    begin = m.start()
    return begin - 7 if text.startswith("United States-", begin - 7) else begin


def _is_gerund(word: str, nouns: frozenset[str]) -> bool:
    return word.endswith("ing") and word not in nouns


def _title_case(passage: Passage, start: int, end: int) -> bool:
    """Whether the line around the name has no lower-case word of four letters, as headings have none."""
    first, last = passage.line(start)
    return _LOWER_WORD.search(passage.text, first, start) is None and _LOWER_WORD.search(passage.text, end, last) is None
