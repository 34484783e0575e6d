"""A headline in capitals, with its words as the text below it writes them."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:['.][^\W_]+)*")
_READ = 20_000
"""Characters of the text that are looked at."""
_SMALL = 4
"""Letters of a word that headlines write small where the text does: `of`, `with`."""


def readable(title: str, text: str) -> str:
    """The title itself, or, where all of it is in capitals, with each word as the text has it most often.

    A word that the text has in small letters gets a capital, unless it is as short as `of`; so does one that the text
    does not have, unless it looks like an acronym. Lengths stay, so that offsets (code points) in the one hold in the
    other. ``text`` has plain quotes and hyphens (a view).
    """
    if not title.isupper() or len(title.split()) < 2:
        return title
    written: dict[str, Counter[str]] = {}
    for match in _WORD.finditer(text, 0, _READ):
        written.setdefault(match[0].upper(), Counter())[match[0]] += 1

    def word(match: re.Match[str]) -> str:
        found = written.get(match[0])
        if found is None:
            acronym = len(match[0]) < _SMALL or "." in match[0]
            return match[0] if acronym or len(match[0].capitalize()) != len(match[0]) else match[0].capitalize()
        form = found.most_common(1)[0][0]
        if form.islower() and (len(form) > _SMALL or match.start() == 0):
            form = form.capitalize()
        return form if len(form) == len(match[0]) else match[0]

    return _WORD.sub(word, title)
