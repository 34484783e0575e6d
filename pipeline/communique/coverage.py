"""What was not understood: silent sentences, and capitalised names that no rule knows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

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
    silent = [
        index
        for index, (start, end) in enumerate(found.sentences)
        if bisect_left(starts, start) == bisect_left(starts, end)
    ]
    return silent, list(_left_over(text, found, starts, list(accumulate((end for _, end in known), max))))


def _left_over(text: str, found: Annotations, starts: list[int], reach: list[int]) -> Iterator[tuple[int, int]]:
    """Names in sentences that no span touches; a capital that only opens the sentence makes no name.

    ``starts`` are those of the spans, ``reach`` the furthest end of each of them and of those before.
    """
    sentences = found.sentences
    headings = {line.start for line in found.lines if line.kind == "heading"}
    people = {head.name for head in found.meeting.heads if head.name} if found.meeting else set()
    for match in _NAME.finditer(text):
        start, end = match.span()
        before = bisect_left(starts, end)
        if before and reach[before - 1] > start:
            continue
        index = bisect_right(sentences, (start, len(text))) - 1
        if index < 0 or start >= sentences[index][1] or sentences[index][0] in headings:
            continue
        opening = start == sentences[index][0] and not match.group().isupper()
        if not opening and not any(person in match.group() for person in people):
            yield start, end
