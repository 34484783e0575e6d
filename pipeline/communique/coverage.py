"""What was not understood: silent sentences, and capitalised names that no rule knows."""

from __future__ import annotations

import re
from bisect import bisect_left

from communique.annotations import Annotations

# Two capitalised words or more, joined by the small words of names, or one acronym. What stands before is asked after
# the first letter, because the regex engine finds a letter fastest where the expression begins with it.
_NAME = re.compile(
    r"[A-Z](?<![\w.@/-].)(?:"
    r"[\w'-]{1,60}(?:,? (?:(?:of|for|and|the|on|in|de|to) ){0,2}[A-Z][\w'-]{1,60})+"
    r"|[A-Z][\w-]*+)(?![\w@])"  # possessive: before an @ it gives up at once
)


def gaps(text: str, found: Annotations) -> tuple[list[int], list[tuple[int, int]]]:
    """Indices of sentences in which nothing was found, and spans of names left over.

    Offsets count code points in ``text``. Headings and people whom the meeting names are no gaps.
    """
    known = sorted(
        [(m.start, m.end) for m in found.mentions]
        + [(d.start, d.end) for d in found.dates]
        + [(c.trigger_start, c.trigger_end) for c in found.commitments]
        + [(p.trigger_start, p.trigger_end) for p in found.positions]
    )
    starts = [start for start, _ in known]
    reach = _running_ends(known)
    headings = {line.start for line in found.lines if line.kind == "heading"}
    people = {head.name for head in found.meeting.heads} if found.meeting else set()
    silent: list[int] = []
    names: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(found.sentences):
        if bisect_left(starts, start) == bisect_left(starts, end):
            silent.append(index)
        if start not in headings:
            names.extend(_left_over(text, start, end, starts, reach, people))
    return silent, names


def _running_ends(known: list[tuple[int, int]]) -> list[int]:
    """For each span the furthest end of it and of those before."""
    ends: list[int] = []
    for _, end in known:
        ends.append(max(end, ends[-1]) if ends else end)
    return ends


def _left_over(
    text: str, start: int, end: int, starts: list[int], reach: list[int], people: set[str]
) -> list[tuple[int, int]]:
    """Names of one sentence that no span touches; a capital that only opens the sentence makes no name."""
    names = []
    for match in _NAME.finditer(text, start, end):
        before = bisect_left(starts, match.end())
        touched = before > 0 and reach[before - 1] > match.start()
        opening = match.start() == start and not match.group().isupper()
        if not touched and not opening and not any(person in match.group() for person in people):
            names.append(match.span())
    return names
