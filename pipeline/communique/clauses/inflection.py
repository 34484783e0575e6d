"""Regular English inflection, enough to list an operator's forms from its lemma."""

from __future__ import annotations

import re
from typing import Literal

Form = Literal["base", "third", "past", "gerund"]

_VOWEL_CONSONANT = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")


def forms(lemma: str, irregular: dict[str, str] | None = None) -> dict[str, Form]:
    """Every form of a verb with its kind, for lower-case ``lemma``; ``irregular`` gives a kind's form by name.

    Doubles the last consonant of one-syllable verbs and of ``commit`` (stress on the last syllable), as in
    planned and committed.
    """
    special = irregular or {}
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) else lemma
    doubled = lemma + lemma[-1] if _doubles(lemma) else stem
    sibilant = lemma.endswith(("s", "x", "z", "ch", "sh"))
    consonant_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    third = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if sibilant else "s")
    past = lemma[:-1] + "ied" if consonant_y else lemma + "d" if lemma.endswith("e") else doubled + "ed"
    found: dict[str, Form] = {lemma: "base"}
    found.setdefault(special.get("third", third), "third")
    found.setdefault(special.get("past", past), "past")
    found.setdefault(special.get("gerund", doubled + "ing"), "gerund")
    return found


def _doubles(lemma: str) -> bool:
    syllables = len(re.findall(r"[aeiouy]+", lemma))
    return bool(_VOWEL_CONSONANT.search(lemma)) and (syllables == 1 or lemma.endswith(("mit", "gin", "cur")))
