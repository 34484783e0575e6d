"""Coordinated names with one head (``the Departments of State, Defense, and Commerce``): one name per member."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from communique.naming.forms import Candidate
from communique.naming.heads import FormRules, alternation
from communique.naming.passage import Passage
from communique.naming.surroundings import Surroundings

_MEMBER = r"(?:the )?[A-Z][\w'&-]*(?: (?:and |of |for |the )*[A-Z][\w'&-]*)*"
_WORDS = r"(?:the )?[A-Z][\w'&-]*(?: [A-Z][\w'&-]*)*"


class CoordinatedNames:
    """Finds plural heads and takes the list after (or before) them apart."""

    def __init__(self, rules: FormRules) -> None:
        plurals = {h.plural: h.word for h in rules.heads.values() if h.plural and h.kind == "agency" and h.either}
        self._singular = plurals
        self._rules = rules
        heads = alternation(plurals)
        self._after = re.compile(rf"(?<![\w-])({heads}) (of|for) ")
        self._before = re.compile(rf"(?<![\w.-])([A-Z]\w+) and ([A-Z]\w+) ({alternation(plurals)})(?!\w)")
        self._member = re.compile(_MEMBER)
        self._words = re.compile(_WORDS)

    def find(self, passage: Passage, around: Surroundings, listed: Callable[[str], bool]) -> Iterator[Candidate]:
        """The members in order, each with the shared head restored in its name.

        ``State and Defense Departments`` is taken apart only where ``listed`` knows the names.
        """
        text = passage.text
        for m in self._after.finditer(text):
            head, link = self._singular[m.group(1)], m.group(2)
            first = m.start()
            members = self._members(text, m.end(), passage.line(m.end())[1], around)
            for start, end in members if len(members) > 1 else []:
                name = f"{head} {link} {text[start:end]}"
                bare = start + 4 if text.startswith("the ", start) and first != m.start() else start
                yield Candidate(
                    first if first == m.start() else bare, end, "agency", "form:coordinated",
                    self._rules.heads[head], m.start(), name,
                )  # fmt: skip
                first = -1
        for m in self._before.finditer(text):
            head = self._singular[m.group(3)]
            words = self._rules.words
            if words["openers"].intersection(m.groups()) or around.over(m.start(1)) or around.over(m.start(2)):
                continue
            for group, end in ((1, m.end(1)), (2, m.end(3))):
                name = f"{head} of {m.group(group)}"
                if not listed(name):
                    continue
                yield Candidate(
                    m.start(group), end, "agency", "form:coordinated", self._rules.heads[head], m.start(3), name
                )

    def _members(self, text: str, at: int, limit: int, around: Surroundings) -> list[tuple[int, int]]:
        """The members' spans: with a serial comma the commas part them, without it the last ``and`` does too."""
        spans: list[tuple[int, int]] = []
        while True:
            m = self._words.match(text, at, limit)
            if m is None or self._stops(text, m.start(), m.group(), around):
                break
            spans.append((m.start(), m.end()))
            join = re.compile(r", and (?:of )?|, (?:of )?| and (?:of )?").match(text, m.end(), limit)
            if join is None:
                break
            at = join.end()
            if "and" in join.group():
                last = self._words.match(text, at, limit)
                if last is not None and not self._stops(text, at, last.group(), around):
                    end = self._serial_end(text, last.end(), limit) if join.group().startswith(", and") else last.end()
                    spans.append((at, end))
                break
        return spans

    def _serial_end(self, text: str, end: int, limit: int) -> int:
        """After a serial comma the last member may hold an ``and`` of its own ("Science and ICT")."""
        m = re.compile(r" and ([A-Z][\w-]*)").match(text, end, limit)
        return m.end() if m is not None and m.group(1) in self._rules.words["topics"] else end

    def _stops(self, text: str, start: int, words: str, around: Surroundings) -> bool:
        hit = around.over(start)
        first = words.removeprefix("the ").split()[0]
        return (
            (hit is not None and hit.kind in ("party", "agency"))
            or first in self._rules.title_nouns
            or first in self._rules.heads
        )
