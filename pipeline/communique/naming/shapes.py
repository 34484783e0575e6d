"""Names known by their shape: spacecraft with numbers, numbered resolutions, embassies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from communique.knowledge import alternation
from communique.naming.beginnings import Forms
from communique.naming.countries import with_article
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules
from communique.naming.passage import Passage, any_of
from communique.naming.surroundings import Surroundings, begins_word

_BODY = 50
_CRAFT = re.compile(
    r"([A-Z][A-Za-z]{0,40}(?:-[A-Z][A-Za-z]{1,40}){0,4})(?:\d{2,4}-\d{1,2}|-[A-Z]?\d{1,3})[A-Z]?(?![\w/-]|\.\d|,\d)"
)
_CRAFT_NUMBER = re.compile(r"-[A-Z]?\d")
_LONGEST_CRAFT = 41 + 4 * 42 + 4
"""Characters that may stand in a spacecraft's name before the hyphen and its last number."""

_DISTINCTIVE = re.compile(r"\d|[A-Z]{3}")
_PLACE = re.compile(r" in (?:the )?([A-Z][\w']*(?:,? [A-Z]\w*)?(?:(?<=D)\.C\.)?)")


def _craft(text: str) -> Iterator[re.Match[str]]:
    """Words with a spacecraft's number, found from their hyphen before a digit, which few words have."""
    done = 0
    for number in _CRAFT_NUMBER.finditer(text):
        start = number.start()
        low = max(done, start - _LONGEST_CRAFT)
        while start > low and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
        m = _CRAFT.match(text, start) if begins_word(text, start) else None
        if m is not None:
            done = m.end()
            yield m


class NamesByShape:
    """Finds names by the shapes that ``forms.toml`` describes."""

    def __init__(self, rules: FormRules) -> None:
        self.rules = rules
        number = r"(\d+(?:/(?:[A-Z]\.?)?\d+(?:\.\d+)*)?(?: \(\d{4}\))?)"
        self._resolution = Forms([*rules.resolution_words, *rules.resolution_acronyms], f" {number}")
        self._body = re.compile(rf"(?<![\w-])({alternation(rules.resolution_bodies)})(?:'s)? \Z")
        self._lower = re.compile(rf" ({alternation(rules.lower_heads)})(?!\w)")
        self.small = self._resolution.beginnings.cut.small
        """First words, in small letters, of what is looked for."""
        self._embassy = Forms(rules.embassies, r"(?!\w)(?: of (?:the )?)?")
        self._organ = Forms(rules.organs, r"(?!['\w-]| [A-Z])")
        self._near = any_of(rules.near)
        determiners, quantities = alternation(rules.words["determiners"]), alternation(rules.words["quantities"])
        self._determined = re.compile(
            rf"(?<!\w)(?:{determiners}|[A-Z][\w.]{{0,40}}'s) ([A-Z][\w-]*(?: [A-Z0-9][\w-]*){{0,2}})\Z"
        )
        self._next_number = re.compile(
            rf"(?:, and |, | and )(\d{{3,4}}(?: \(\d{{4}}\))?)(?![\w%]|,\d| (?:{quantities})\b)"
        )

    def find(self, passage: Passage, around: Surroundings, is_mission: Callable[[str], bool]) -> Iterator[Candidate]:
        """Resolutions, organs and spacecraft. ``is_mission`` tells whether the lexicon has a mission of that name."""
        text = passage.text
        yield from self._resolutions(passage)
        for m in self._organ.find(passage):
            if text[max(0, m.start - 5) : m.start].lower().endswith("the "):
                yield Candidate(m.start, m.end, "agency", "form:organ")
        yield from self._numbered(passage)
        yield from self._before_lower_heads(passage, around, is_mission)

    def _numbered(self, passage: Passage) -> Iterator[Candidate]:
        """``CAS500-4``, where the paragraph speaks of space."""
        text = passage.text
        for m in _craft(text):
            stem = m.group(1)
            if text[m.start() - 1 : m.start()] in ("/", "."):
                continue
            if stem in self.rules.shape_refuse or stem.split("-")[0] in self.rules.shape_refuse:
                continue
            if passage.says(m.start(), self._near):
                yield Candidate(m.start(), m.end(), "mission", "form:numbered")

    def _before_lower_heads(
        self, passage: Passage, around: Surroundings, is_mission: Callable[[str], bool]
    ) -> Iterator[Candidate]:
        """``the Tycho spacecraft``: the capitalised words before the noun."""
        text = passage.text
        for m in self._lower.finditer(text):
            before = self._determined.search(text, max(0, m.start() - 60), m.start())
            if before is None:
                continue
            start, words = before.start(1), before.group(1)
            if around.over(start) or words.split()[0] in self.rules.words["openers"]:
                continue
            if m.group(1) == "mission" and not (_DISTINCTIVE.search(words) or is_mission(words)):
                continue
            if self._plain(words, around, start) and passage.says(start, self._near):
                yield Candidate(start, m.start(), "mission", "form:lower-head")

    def _resolutions(self, passage: Passage) -> Iterator[Candidate]:
        """Numbered resolutions, and the further numbers of a list (``Resolutions 1718, 1874 and 2397``)."""
        text = passage.text
        for m in self._resolution.find(passage):
            start, end = m.start, m.tail.end()
            if m.form in self.rules.resolution_acronyms:
                if not begins_word(text, start):
                    continue
                body = self.rules.resolution_acronyms[m.form]
            else:
                adopted = self._body.search(text, max(0, start - _BODY), start)
                if adopted is None:
                    continue
                start, body = adopted.start(), self.rules.resolution_bodies[adopted.group(1)]
            name = f"{body} Resolution {m.tail[1]}"
            yield Candidate(start, end, "instrument", "form:resolution", name=name)
            more = self._next_number.match(text, end)
            while more is not None:
                name = f"{body} Resolution {more.group(1)}"
                yield Candidate(more.start(1), more.end(1), "instrument", "form:resolution", name=name)
                more = self._next_number.match(text, more.end())

    def _plain(self, words: str, around: Surroundings, start: int) -> bool:
        """Whether no word of the name is a topic, a title or listed otherwise ("the Remote Sensing satellite")."""
        known = self.rules.words["topics"] | self.rules.title_words
        return not any(w in known for w in words.split()) and around.over(start + len(words) - 1) is None

    def embassies(self, passage: Passage, around: Surroundings, names: Mapping[str, str]) -> Iterator[Candidate]:
        """``U.S. Embassy in Seoul``, ``Embassy of Japan``: the sending country stands before or after the word."""
        text = passage.text
        for m in self._embassy.find(passage):
            start, end, word, tail = m
            if not begins_word(text, start):
                continue
            sender = around.over(start)
            if sender is None:
                sender = around.before(start)
                sender = sender if sender is not None and sender.end == start - 1 else None
            if sender is not None and sender.kind in ("party", "adjective", "agency"):
                start = sender.start
            elif tail.end() > end and (sender := around.over(tail.end())) is not None and sender.kind == "party":
                end = sender.end
            else:
                continue
            side = sender.forms[0].entry.side
            name = f"{word} of {with_article(names.get(side or '', ''), self.rules.article)}"
            place = _PLACE.match(text, end, passage.line(end)[1])
            if place is not None:
                hosted = around.over(place.start(1))
                last = place.group(1).rpartition(" ")
                end = place.end() - (len(last[2]) + 1 if last[2] in self.rules.title_words and last[0] else 0)
                end = hosted.end if hosted is not None and hosted.kind == "party" else end
                name += f" in {text[place.start(1) : end]}"
            if side is not None:
                yield Candidate(start, end, "agency", f"form:embassy:{side}", name=name)
