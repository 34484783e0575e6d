"""Names known by their shape: numbered resolutions, organs written bare, embassies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from communique.knowledge import alternation
from communique.naming.beginnings import Forms
from communique.naming.countries import with_article
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules
from communique.naming.passage import Passage
from communique.naming.surroundings import Surroundings, begins_word

_BODY = 60
_PLACE = re.compile(r" in (?:the )?([A-Z][\w']*(?:,? [A-Z]\w*)?(?:(?<=D)\.C\.)?)")

_CITIES = tuple(re.compile(rf",? [A-Z]\w+(?: [A-Z]\w+){{{words}}}") for words in (2, 1, 0))


class NamesByShape:
    """Finds names by the shapes that ``forms.toml`` describes."""

    def __init__(self, rules: FormRules, cities: Iterable[str] = ()) -> None:
        """``cities``: the places of embassies that stand without ``in``."""
        self.rules = rules
        self._cities = frozenset(cities)
        # Those of emergency and special sessions have letters before them: `ES-11/1`.
        number = r"((?:E?S-)?\d+(?:/(?:[A-Z]\.?)?\d+(?:\.\d+)*)?(?: ?\(\d{4}\))?)"
        self._resolution = Forms([*rules.resolution_words, *rules.resolution_acronyms], f" {number}")
        bodies = alternation(rules.resolution_bodies)
        self._body = re.compile(rf"(?<![\w-])({bodies})(?: \([A-Z]+\))?(?:'s)? \Z")
        self._adopting = re.compile(rf"(?<![\w-])({bodies})(?: \([A-Z]+\))? (?:of|in|adopted) \Z")
        self._of_body = re.compile(rf" of (?:the )?({bodies})(?!\w)")
        self._embassy = Forms(rules.embassies, r"(?!\w)(?: of (?:the )?)?")
        self._organ = Forms(rules.organs, r"(?!['\w-]| [A-Z])")
        self.sought = (self._resolution.beginnings, self._embassy.beginnings, self._organ.beginnings)
        """What is looked for in a passage."""
        quantities = alternation(rules.words["quantities"])
        self._next_number = re.compile(
            r"(?:, and |, | and )(\d{3,4}(?: \(\d{4}\))?|(?:E?S-)?\d{1,3}/\d{1,3})"
            rf"(?![\w%/]|,\d| (?:{quantities})\b)"
        )

    def find(self, passage: Passage) -> Iterator[Candidate]:
        """Resolutions and organs."""
        text = passage.text
        yield from self._resolutions(passage)
        for m in self._organ.find(passage):
            if text[max(0, m.start - 5) : m.start].lower().endswith("the "):
                yield Candidate(m.start, m.end, "agency", "form:organ")

    def _resolutions(self, passage: Passage) -> Iterator[Candidate]:
        """Numbered resolutions, and the further numbers of a list (``Resolutions 1718, 1874 and 2397``).

        Whose a resolution is, the text need not say again.
        """
        text = passage.text
        told: dict[str, str] = {}
        for m in self._resolution.find(passage):
            start, end = m.start, m.tail.end()
            number, bracket, year = m.tail[1].partition("(")
            number = number.strip()
            if m.form in self.rules.resolution_acronyms:
                if not begins_word(text, start):
                    continue
                body = self.rules.resolution_acronyms[m.form]
            else:
                adopted = self._body.search(text, max(0, start - _BODY), start)
                if adopted is not None:
                    start = adopted.start()
                elif (adopted := self._of_body.match(text, end)) is not None:
                    end = adopted.end()
                elif (adopted := self._adopting.search(text, max(0, start - _BODY), start)) is not None:
                    pass  # ``the adoption by the General Assembly of resolution 99/36``: two names
                elif number not in told:
                    continue
                body = self.rules.resolution_bodies[adopted.group(1)] if adopted is not None else told[number]
            told[number] = body
            name = f"{body} Resolution {number}" + (f" ({year}" if bracket else "")
            yield Candidate(start, end, "instrument", "form:resolution", name=name)
            more = self._next_number.match(text, end)
            while more is not None:
                name = f"{body} Resolution {more.group(1)}"
                yield Candidate(more.start(1), more.end(1), "instrument", "form:resolution", name=name)
                more = self._next_number.match(text, more.end())

    def _city(self, text: str, at: int) -> re.Match[str] | None:
        """The city directly behind an embassy: ``U.S. Embassy Lima``, ``Embassy of Norway, Buenos Aires``."""
        found = (pattern.match(text, at) for pattern in _CITIES)
        return next((m for m in found if m is not None and m.group().lstrip(", ") in self._cities), None)

    def _style_start(self, text: str, at: int) -> int:
        """Where the style before a sender's word begins (``Royal Norwegian Embassy``); ``at`` where there is none."""
        return at - next((len(s) + 1 for s in self.rules.embassy_styles if text.endswith(f"{s} ", 0, at)), 0)

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
                start, end = self._style_start(text, sender.start), max(end, sender.end)
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
                country = hosted.forms[0].entry.side if hosted is not None and hosted.kind == "party" else None
                end = hosted.end if hosted is not None and country else end
                host = names.get(country) if country else None
                name += f" in {with_article(host, self.rules.article) if host else text[place.start(1) : end]}"
            elif (city := self._city(text, end)) is not None:
                end = city.end()
                name += f" in {city.group().lstrip(', ')}"
            if side is not None:
                yield Candidate(start, end, "agency", f"form:embassy:{side}", name=name)
