"""Country words that belong to a person's title (``U.S. Special Envoy``) and so do not name a party."""

from __future__ import annotations

import re

from communique.knowledge import alternation
from communique.naming.heads import FormRules
from communique.naming.passage import Passage

_PERSON = re.compile(r",? (?:[A-Z][\w'-]+|[A-Z]\.)(?: |,)(?:[A-Z]|[A-Z]\. |bin |al-)")

_LINKS = tuple(f" {link} {article}" for link in ("of", "to", "for") for article in ("", "the "))
"""How the words between a title and its country end: asked first, because few countries stand behind them."""


_FIELD = r"(?: (?:of|for) [A-Z]\w*(?: [A-Z]\w*)?(?:,?(?: [a-z]+)+ [A-Z]\w*(?: [A-Z]\w*)?)?)"
"""A title's field: one or two capitalised words, or two such; three are a name: `Secretary of State Jane Roe`."""

_SPACED = (" ", ")")
"""What stands between a country and the rest of its title; no ``'s``."""


class TitleWords:
    """Tells whether a country word is part of a title."""

    def __init__(self, rules: FormRules) -> None:
        nouns = alternation(rules.title_nouns)
        qualifiers = alternation(rules.title_words)
        self._after = re.compile(
            rf"(?: \([A-Z]{{2,5}}\)|\))? (?:(?:{qualifiers}|[A-Z]\w+)(?: for| of| and|,)? ){{0,5}}?"
            rf"(?:{nouns})(?![\w-])"
        )
        self._before = re.compile(
            rf"(?<!\w)(?:{nouns})(?:(?: (?:of|for) [A-Z][\w ,]*?)? (?P<of>of)|{_FIELD}? (?:to|for))"
            r" (?:the )?(?:Government of (?:the )?)?\Z"
        )

    def hold(self, passage: Passage, start: int, end: int) -> bool:
        """Whether the country word at ``start`` is part of a title."""
        text = passage.text
        if text.startswith(_SPACED, end):
            m = self._after.match(text, end)
            if m is not None and "\n" not in m.group():
                return True
        if not text.endswith(_LINKS, 0, start):
            return False
        before = self._before.search(text, max(passage.line(start)[0], start - 90), start)
        if before is None:
            return False
        return before["of"] is None or _PERSON.match(text, end) is not None
