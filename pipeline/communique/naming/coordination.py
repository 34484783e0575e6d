"""Coordinated names with one head (``the Departments of State, Defense, and Commerce``): one name per member."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from communique.naming.beginnings import Forms, Standing
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules, Head
from communique.naming.passage import Passage
from communique.naming.surroundings import Surroundings, begins_word

_PAIR = re.compile(r"(?<![\w.-])([A-Z]\w+) and ([A-Z]\w+) \Z")
_JOIN = re.compile(r"(?: \([^()]{2,60}\))?(, and (?:o[fn] )?|, (?:o[fn] )?| and (?:o[fn] )?)")
_TOPIC = re.compile(r" and ([A-Z][\w-]*)(?: [A-Z][\w-]*)*")
_WORDS = r"(?:the )?[A-Z][\w'&-]*(?: [A-Z][\w'&-]*)*"
_PIECES = 8
"""How many pieces of a list one name may hold: a bound, so that time stays linear; the longest ministries have six."""


class CoordinatedNames:
    """Finds plural heads and takes the list after (or before) them apart."""

    def __init__(self, rules: FormRules) -> None:
        heads = [h for h in rules.heads.values() if h.kind == "agency" and (h.either or not h.topical)]
        heads += [h for h in rules.heads.values() if h.kind == "forum" and h.plural]
        self._singular = {h.plural: h.word for h in heads if h.plural}
        self._rules = rules
        self._heads = Forms(self._singular, r"(?!\w)(?: (of|for|on) )?")
        self.sought = self._heads.beginnings
        """What is looked for in a passage."""
        self._words, self._topics = re.compile(_WORDS), re.compile(rf"{_WORDS}(?: of {_WORDS})?")

    def find(
        self, passage: Passage, around: Surroundings, listed: Callable[[str], bool], known: Callable[[str], bool]
    ) -> Iterator[Candidate]:
        """The members in order, each with the shared head restored in its name.

        ``State and Defense Departments`` is taken apart only where ``listed`` knows the names as one body's each;
        a member that ``known`` knows with a comma or an ``and`` inside stays whole.
        """
        for m in self._heads.find(passage):
            if not begins_word(passage.text, m.start):
                continue
            if m.tail[1]:
                yield from self._after(m, passage, around, known)
            elif self._rules.heads[self._singular[m.form]].either:
                yield from self._before(m, passage, around, listed)
            else:
                yield from self._of_countries(m, passage.text, around)

    def _after(
        self, m: Standing, passage: Passage, around: Surroundings, known: Callable[[str], bool]
    ) -> Iterator[Candidate]:
        """``Departments of State, Defense, and Commerce``."""
        text = passage.text
        word, link = self._singular[m.form], m.tail[1]

        def named(words: str) -> bool:
            return known(f"{word} {link} {words.removeprefix('the ')}")

        head = self._rules.heads[word]
        members = self._members(text, m.tail.end(), passage.line(m.tail.end())[1], around, named, head)
        apart = head.kind == "agency" or any(text.startswith("on ", start - 3) for start, _ in members[1:])
        if len(members) < (2 if apart else 3):
            return  # `Working Groups on A and B` may have both topics each
        for index, (start, end) in enumerate(members):
            name = f"{word} {link} {text[start:end]}"
            first = start + 4 if text.startswith("the ", start) else start
            first = first if index else m.start
            yield Candidate(first, end, head.kind, "form:coordinated", head, m.start, name)

    def _before(
        self, m: Standing, passage: Passage, around: Surroundings, listed: Callable[[str], bool]
    ) -> Iterator[Candidate]:
        """``State and Defense Departments``."""
        pair = _PAIR.search(passage.text, max(passage.line(m.start)[0], m.start - 60), m.start)
        if pair is None or around.over(pair.start(1)) or around.over(pair.start(2)):
            return
        word = self._singular[m.form]
        for start, end, member in (
            (pair.start(1), pair.end(1), pair.group(1)),
            (pair.start(2), m.end, pair.group(2)),
        ):
            name = f"{word} of {member}"
            if listed(name):
                yield Candidate(start, end, "agency", "form:coordinated", self._rules.heads[word], m.start, name)

    def _of_countries(self, m: Standing, text: str, around: Surroundings) -> Iterator[Candidate]:
        """``Japan and U.S. Coast Guards``: one body of each of the two countries."""
        second = around.before(m.start)
        first = around.before(second.start) if second is not None else None
        if first is None or second is None or not {first.kind, second.kind} <= {"party", "adjective"}:
            return
        if text[first.end : second.start] != " and " or text[second.end : m.start] != " ":
            return
        word = self._singular[m.form]
        for start, end, country in ((first.start, first.end, first), (second.start, m.end, second)):
            name = f"{text[country.start : country.end]} {word}"
            yield Candidate(start, end, "agency", "form:coordinated", self._rules.heads[word], m.start, name)

    def _members(
        self, text: str, at: int, limit: int, around: Surroundings, named: Callable[[str], bool], head: Head
    ) -> list[tuple[int, int]]:
        """The members' spans: what ``named`` knows with a comma or an ``and`` inside stays whole.

        Without a serial comma the first ``and`` outside such a name parts the last two members. Where ``of`` is
        repeated it alone parts them ("of Ice and Snow, of Health").
        """
        spans: list[tuple[int, int]] = []
        pieces = self._pieces(text, at, limit, around, self._words if head.kind == "agency" else self._topics)
        repeated = (" of ", " on ")
        if any(joined.endswith(repeated) for joined, _, _ in pieces):
            firsts = [i for i, (joined, _, _) in enumerate(pieces) if not joined or joined.endswith(repeated)]
            return [(pieces[i][1], pieces[j - 1][2]) for i, j in pairwise([*firsts, len(pieces)])]
        serial = any(joined.startswith(", and") for joined, _, _ in pieces)
        index = 0
        while index < len(pieces):
            joined, start, _ = pieces[index]
            furthest = min(index + _PIECES, len(pieces)) - 1
            last = next((i for i in range(furthest, index, -1) if named(text[start : pieces[i][2]])), index)
            if head.kind == "forum" and serial and last < furthest and pieces[last + 1][0] == " and ":
                last += 1  # `Working Groups on Trade, Energy and Ice, and Security`
            spans.append((start, pieces[last][2]))
            if "and" in joined and not (serial and joined == " and "):
                break
            index = last + 1
        return spans

    def _pieces(
        self, text: str, at: int, limit: int, around: Surroundings, words: re.Pattern[str]
    ) -> list[tuple[str, int, int]]:
        """The capitalised stretches of a list, each with what joins it to the one before and its span."""
        pieces: list[tuple[str, int, int]] = []
        joined = ""
        while (m := words.match(text, at, limit)) and not self._stops(text, at, m.group(), around):
            end = self._serial_end(text, m.end(), limit) if joined.startswith(", and") else m.end()
            pieces.append((joined, m.start(), end))
            join = _JOIN.match(text, end, limit)
            if join is None:
                break
            joined, at = join[1], join.end()
        return pieces

    def _serial_end(self, text: str, end: int, limit: int) -> int:
        """After a serial comma the last member may hold an ``and`` of its own ("Science and ICT")."""
        m = _TOPIC.match(text, end, limit)
        return m.end() if m is not None and m.group(1) in self._rules.words["topics"] else end

    def _stops(self, text: str, start: int, words: str, around: Surroundings) -> bool:
        hit = around.over(start + 4 if words.startswith("the ") else start)
        own = words.removeprefix("the ").split()
        return (
            (hit is not None and hit.kind in ("party", "agency"))
            or own[0] in self._rules.title_nouns
            or own[0] in self._rules.heads
            or (hit is not None and hit.kind == "adjective" and not self._rules.heads.keys().isdisjoint(own))
        )
