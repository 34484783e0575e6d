"""Where the clause of a commitment or position begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from communique.annotations import Mention
from communique.clauses.found import Found
from communique.clauses.operators import Grammar
from communique.clauses.words import Sentence

_NUMBER = re.compile(r"[ ,;]\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})\)\Z")
"""The number of the next of several actions: `share data; (2)`."""


class Extents:
    """The extents of a statement's clauses. Offsets count code points of ``text``; ``mentions`` are in its order."""

    def __init__(self, grammar: Grammar, text: str, mentions: Sequence[Mention]) -> None:
        self.grammar, self.text, self.mentions = grammar, text, mentions
        self.mention_starts = [mention.start for mention in mentions]

    def start(self, one: Found, previous: Found | None) -> int:
        """Offset at which a clause begins: that of its subject, unless the clause before has it too."""
        subject = one.subject
        if subject is None or subject.start >= one.trigger_start:
            return one.trigger_start
        if previous is not None and subject.start < previous.trigger_end:
            return one.trigger_start
        return self._whole_name(subject.start) if self.text.startswith(")", subject.end) else subject.start

    def _whole_name(self, start: int) -> int:
        """Where the name begins of which an acronym at ``start`` stands in brackets: `the Kelp Bank (KB), which`."""
        named = bisect_left(self.mention_starts, start)
        before = self.mentions[named - 1] if named else None
        inside = before is not None and self.text[before.end : start].strip() == "("
        return before.start if before is not None and inside else start

    def end(self, sentence: Sentence, following: Found | None, one: Found) -> int:
        """Offset at which a clause ends, before the ``following`` one of its sentence and what joins the two."""
        end = sentence.end
        if following is not None:
            begins = self._told_of(sentence, following, one) or self.start(following, one)
            end = max(begins, one.trigger_end)
        end = self._next_deed(sentence, one, end)
        words = self.text[one.trigger_end : end].rstrip(" ,;:.\n")
        if following is not None and words.endswith(")"):
            words = _NUMBER.sub("", words)
        before, _, last = words.removesuffix(" to").rpartition(" ")  # `, and to` is the next one's
        if following is not None and self.grammar.adverbial(last):
            before, _, last = before.rpartition(" ")
        joins = last in self.grammar.words["joints"]
        if following is not None and following.subject is None:
            joins = joins or last in self.grammar.words["relatives"]  # `the summit, which will be held`
        words = before.rstrip(" ,;") if joins else words
        if following is not None and (opener := self.grammar.terms["next_opens"].search(words)) is not None:
            words = words[: opener.start()]
        return one.trigger_end + len(words)

    def _next_deed(self, sentence: Sentence, one: Found, end: int) -> int:
        """Where what the subject did besides begins, if before ``end``: `agreed to hold talks, extended the accord`."""
        if one.form != "past":
            return end
        lower, words = sentence.lower, self.grammar.words
        for at in range(one.action + 1, sentence.at(end) - 1):
            if lower[at] in words["relatives"]:
                break
            joined = lower[at - 1] in (",", "and") and lower[at].endswith("ed") and not sentence.capital(at)
            if joined and (lower[at + 1] in words["articles"] or sentence.capital(at + 1)):
                return sentence.starts[at]
        return end

    def _told_of(self, sentence: Sentence, one: Found, previous: Found) -> int | None:
        """Where a relative clause begins: what it tells of is the object of the clause before as well."""
        if one.subject is None or not previous.trigger_end <= one.subject.start < one.trigger_start:
            return None
        between = range(sentence.at(one.subject.end), sentence.at(one.trigger_start))
        after = next((i for i in between if sentence.lower[i] not in (")", ",")), sentence.size)
        told = after < sentence.size and sentence.lower[after] in self.grammar.words["relatives"]
        return sentence.starts[after] if told else None
