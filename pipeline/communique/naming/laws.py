"""Laws and orders that are called by a number (``Executive Order 14028``, ``Regulation (EU) 2021/696``)."""

from __future__ import annotations

from collections.abc import Iterator

from communique.knowledge import alternation
from communique.naming.beginnings import Forms
from communique.naming.complement import ComplementReader
from communique.naming.forms import Candidate
from communique.naming.heads import FormRules
from communique.naming.passage import Passage
from communique.naming.surroundings import Surroundings, begins_word

_SIGN = r"(?P<sign> [Nn](?:o\.?|umber))?"
_NUMBER = r" ?\d{1,6}(?:[-/.]\d{1,6}){0,4}(?: of (?:19|20)\d\d)?(?!\w|,\d|[-/.]\d)"


class NumberedLaws:
    """Finds laws by their number, with the topic that a link ties to it."""

    def __init__(self, rules: FormRules) -> None:
        self._numbered = frozenset(rules.numbered_laws)
        union = rf"(?P<union> \((?:{alternation(rules.law_unions)})\))?"
        self._laws = Forms([*rules.numbered_laws, *rules.marked_laws], union + _SIGN + _NUMBER)
        self.sought = self._laws.beginnings
        """What is looked for in a passage."""
        self._head = rules.heads["Law"]
        self._complement = ComplementReader(rules)

    def find(self, passage: Passage, around: Surroundings) -> Iterator[Candidate]:
        """The numbered laws in the order of the text."""
        for m in self._laws.find(passage):
            told = m.form in self._numbered or m.tail["union"] or m.tail["sign"]
            if told and begins_word(passage.text, m.start):
                end = self._complement.end(passage, around, self._head, m.tail.end())
                yield Candidate(m.start, end, "instrument", "form:law")
