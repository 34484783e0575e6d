"""Acronyms that a text defines: ``Long Form (LF)`` and ``LF (Long Form)``.

The long form is found as in A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", Pacific Symposium on Biocomputing 8 (2003), 451-462, from the acronym's last letter backwards.
"""

from __future__ import annotations

import re
from collections import Counter

_BRACKETED = re.compile(r" \((?:the )?[\"']?([A-Z][\w&/.-]{1,10}[A-Z\d]|[A-Z]{2}|[A-Z][\w-]{1,10}[a-z]|\d\+\d)[\"']?\)")


def bracketed(text: str) -> list[re.Match[str]]:
    """The acronyms in brackets (group 1), with the space before them, in their order."""
    found = []
    at = text.find(" (")
    while at != -1:
        m = _BRACKETED.match(text, at)
        if m is not None:
            found.append(m)
        at = text.find(" (", at + 1)
    return found


_FRONT = 3


def long_form_start(text: str, end: int, acronym: str, low: int) -> int | None:
    """Where the long form of ``acronym`` that ends at ``end`` begins, not before ``low``; None where there is none.

    The first letter of the acronym must begin a capitalised word.
    """
    letters = [c for c in acronym.lower() if c.isalnum()]
    budget = min(len(letters) + 5, len(letters) * 2)
    floor = end
    for _ in range(budget):
        floor = text.rfind(" ", low, max(floor - 1, low))
        if floor == -1:
            floor = low
            break
    part = text[floor:end]
    lowered = part.lower() if part.isascii() else "".join(c.lower()[:1] for c in part)
    at = len(part)
    for letter in reversed(letters[1:]):
        at = lowered.rfind(letter, 0, at)
        if at == -1:
            return None
    at = lowered.rfind(letters[0], 0, at)
    while at > 0 and part[at - 1].isalnum():
        at = lowered.rfind(letters[0], 0, at)
    two = not acronym.isupper() and " and the " in part[at:]  # `the Peru Space Agency and the Ministry of Ports (Peru)`
    return floor + at if at >= 0 and part[at].isupper() and not two else None


def abbreviates(acronym: str, name: str) -> bool:
    """Whether the acronym stands for the whole name, but for capitalised words in front (``ROK``, ``U.S.``).

    ``EU`` is no acronym of ``Council of the European Union``.
    """
    start = long_form_start(name, len(name), acronym, 0)
    if start is not None:
        front = name[:start].split()
        return len(front) <= _FRONT and not any(word.islower() for word in front)
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*", name))
    return initials.startswith(re.sub(r"[^A-Z]", "", acronym)) and acronym.isupper()


def reorders(acronym: str, name: str) -> bool:
    """Whether the acronym's letters, three or more, are initials of the name's words in an order of its own.

    `IED` is the `Dialogue on the Internet Economy`; `PNT` is not the `Coordination Office for Positioning, Navigation,
    and Timing`, of whose initials it leaves out two.
    """
    initials = Counter(word[0] for word in re.findall(r"[A-Z]\w*", name))
    if initials.total() > len(acronym) + 1:
        return False
    return len(acronym) > 2 and acronym.isalpha() and acronym.isupper() and Counter(acronym) <= initials
