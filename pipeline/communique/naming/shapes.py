"""Names known by their shape: spacecraft with numbers, numbered resolutions, embassies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from communique.naming.forms import Candidate
from communique.naming.heads import FormRules, alternation
from communique.naming.passage import Passage, any_of
from communique.naming.surroundings import Surroundings

_CRAFT = re.compile(
    r"(?<![\w/.-])([A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]+)*)(?:\d{2,4}-\d{1,2}|-\d{1,3})[A-Z]?(?![\w/-]|\.\d|,\d)"
)


_NEXT_NUMBER = re.compile(r"(?:, and |, | and )(\d{3,4}(?: \(\d{4}\))?)(?![\w%]|,\d| (?:million|billion|percent))")


class NamesByShape:
    """Finds names by the shapes that ``forms.toml`` describes."""

    def __init__(self, rules: FormRules) -> None:
        self.rules = rules
        names, words = alternation(rules.resolutions["names"]), alternation(rules.resolutions["words"])
        number = r"\d+(?:/[A-Z]?[\d.]+)?(?: \(\d{4}\))?"
        self._resolution = re.compile(
            rf"(?<![\w-])(?:(?:{names})(?:'s)? (?:{words})|{alternation(rules.resolutions['acronyms'])}) {number}"
        )
        self._lower = re.compile(
            rf"(?<!\w)(?:[Tt]he|a|[Ii]ts|second|first) ([A-Z][\w-]*(?: [A-Z0-9][\w-]*){{0,2}}) ({alternation(rules.lower_heads)})(?!\w)"
        )
        self._embassy = re.compile(rf"(?<![\w-])({alternation(rules.embassies)})(?: of (?:the )?)?(?!\w)")
        self._near = any_of(rules.near)

    def find(self, passage: Passage, around: Surroundings) -> Iterator[Candidate]:
        """Resolutions and spacecraft."""
        text = passage.text
        for m in self._resolution.finditer(text) if "esolution" in text or "UNSCR" in text or "UNGAR" in text else ():
            name = _resolution_name(m.group())
            yield Candidate(m.start(), m.end(), "instrument", "form:resolution", name=name)
            yield from self._more_resolutions(text, m.end(), name)
        for m in _CRAFT.finditer(text):
            stem = m.group(1)
            if stem in self.rules.shape_refuse or stem.split("-")[0] in self.rules.shape_refuse:
                continue
            if passage.says(m.start(), self._near):
                yield Candidate(m.start(), m.end(), "mission", "form:numbered")
        for m in self._lower.finditer(text):
            first = m.group(1).split()[0]
            if (
                around.over(m.start(1))
                or first in self.rules.words["openers"]
                or not passage.says(m.start(), self._near)
            ):
                continue
            if m.group(2) == "mission" and not re.search(r"\d|[A-Z]{3}", m.group(1)):
                continue
            if not self._plain(m.group(1), around, m.start(1)):
                continue
            yield Candidate(m.start(1), m.end(1), "mission", "form:lower-head")

    def _more_resolutions(self, text: str, at: int, name: str) -> Iterator[Candidate]:
        """The further numbers of a list (``Resolutions 1718, 1874 and 2397``)."""
        series = name[: name.index("Resolution ") + 11] if "Resolution " in name else name.split(" ")[0] + " "
        while (m := _NEXT_NUMBER.match(text, at)) is not None:
            yield Candidate(m.start(1), m.end(1), "instrument", "form:resolution", name=series + m.group(1))
            at = m.end()

    def _plain(self, words: str, around: Surroundings, start: int) -> bool:
        """Whether no word of the name is a topic, a title or listed otherwise ("the Remote Sensing satellite")."""
        known = self.rules.words["topics"] | self.rules.title_words
        return not any(w in known for w in words.split()) and around.over(start + len(words) - 1) is None

    def embassies(self, passage: Passage, around: Surroundings, names: Mapping[str, str]) -> Iterator[Candidate]:
        """``U.S. Embassy in Seoul``, ``Embassy of Japan``: the sending country stands before or after the word."""
        text = passage.text
        for m in self._embassy.finditer(text):
            word, start, end = m.group(1), m.start(), m.start() + len(m.group(1))
            before = around.before(m.start())
            sender = None
            if before is not None and before.end == m.start() - 1 and before.kind in ("party", "adjective"):
                sender, start = before, before.start
            after = around.over(m.end())
            if sender is None and m.end() > end and after is not None and after.kind == "party":
                sender, end = after, after.end
            if sender is None:
                continue
            place = re.compile(r" in (?:the )?([A-Z][\w']*(?:,? [A-Z]\w*)?(?:(?<=D)\.C\.)?)").match(
                text, end, passage.line(end)[1]
            )
            name = f"{word} of {_with_article(names.get(sender.forms[0].entry.side or '', ''))}"
            if place is not None:
                hosted = around.over(place.start(1))
                end = hosted.end if hosted is not None and hosted.kind == "party" else place.end()
                name += f" in {text[place.start(1) : end]}"
            yield Candidate(start, end, "agency", f"form:embassy:{sender.forms[0].entry.side}", name=name)


def _with_article(country: str) -> str:
    plural = country.startswith(("United ", "Republic", "Kingdom", "Democratic ")) or country.endswith(
        ("Netherlands", "Philippines")
    )
    return f"the {country}" if plural else country


def _resolution_name(words: str) -> str:
    name = words.replace("resolution", "Resolution").replace("Resolutions", "Resolution").replace("'s", "")
    name = re.sub(r"^(?:UNSCRs?|UNSC Resolution|Security Council Resolution|(?:UN|U\.N\.) Security Council Resolution)(?= )",
                  "United Nations Security Council Resolution", name)  # fmt: skip
    name = re.sub(r"^(?:UNGAR|UNGA Resolution|General Assembly Resolution|(?:UN|U\.N\.) General Assembly Resolution)(?= )",
                  "United Nations General Assembly Resolution", name)  # fmt: skip
    return name
