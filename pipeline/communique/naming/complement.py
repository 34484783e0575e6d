"""The words that a link ties to a head noun (``Ministry of Defense``): read rightward, as far as the name goes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.knowledge import alternation
from communique.naming.heads import FormRules, Head
from communique.naming.matching import Hit
from communique.naming.passage import Passage
from communique.naming.surroundings import CAPITALISED, Surroundings

_JOIN = re.compile(r" (?:and|&) |, (?:and )?")
_FURTHER = re.compile(r" (?:of|for|on|in|to|against) (?:the )?")
_FURTHER_AGENCY = re.compile(r" (?:of|for) (?:the )?")
_BETWEEN = re.compile(r" between (?:the )?(?:Government of (?:the )?)?")
_AND_PARTY = re.compile(r",? and (?:the )?(?:Government of (?:the )?)?")
_NUMBER = re.compile(r"\d{4}(?:-\d{2,4})?(?!\w)|[IVX]+(?!\w)")
_LETTER = re.compile(r" [A-Z](?![\w'-]|\.\w| [A-Z])")
_AND_THE = re.compile(r" and the ([A-Z][a-z]+)(?!\w)")
_TAIL = re.compile(r" cooperation(?!\w)")
_PLACE = re.compile(r"[A-Z]\w+(?: [A-Z]\w+){0,2}")
_MEMBERS = 8
_WORDS = 40
"""Most words and listed names in one run of a name's complement."""


class ComplementReader:
    """Finds where a name ends that begins with a head noun."""

    def __init__(self, rules: FormRules, cities: Iterable[str] = ()) -> None:
        """``cities``: where bodies meet and accords are signed, which is no part of their names."""
        self._rules = rules
        self._cities = frozenset(cities)
        self._clause = re.compile(rf",? (?:{alternation(rules.words['clauses'])})(?!\w)")
        self._links = {
            head.links: re.compile(rf" (?:{alternation(head.links)}) (?:the |a |an )?")
            for head in rules.heads.values()
            if head.links
        }
        self._openings = {
            (head.links, head.kind): tuple(
                f" {link} " for link in (*head.links, *(("between",) if head.kind == "instrument" else ()))
            )
            for head in rules.heads.values()
        }
        """How what may follow a head begins: asked first, because it stands behind few."""
        letter = rf"(?!(?:{alternation(rules.small_stops)})\b)[a-z]"
        word = rf"{letter}[a-z-]+"
        counted = rf" {letter}[a-z]*s\b"  # "the Task Force 10 days ago"
        self._number = re.compile(rf" \d{{1,2}}(?![\w'-]|[.,]\w| [A-Z]|{counted})")
        self._small = re.compile(rf"{word}(?: (?:and )?(?!\w+ed\b){word}){{0,4}}(?![\w'-])")

    def end(self, passage: Passage, around: Surroundings, head: Head, at: int) -> int:
        """Where the complement of the head that ends at ``at`` ends; ``at`` itself where there is none."""
        text = passage.text
        if not head.links or not text.startswith(self._openings[head.links, head.kind], at):
            return at
        limit = passage.line(at)[1]
        begin = self._between(text, around, at, limit) if head.kind == "instrument" else at
        m = self._links[head.links].match(text, begin, limit)
        if m is None or m.group().startswith(" between"):
            return begin
        last = self._phrase(text, around, head, m, limit)
        if last == begin:
            return begin
        further = _FURTHER_AGENCY if head.kind == "agency" else _FURTHER
        for _ in range(_MEMBERS):
            clause = self._clause.match(text, last, limit) if head.kind == "instrument" else None
            last = clause.end() if clause else last
            aside = clause is not None and text.startswith(",", last)  # the comma closes the clause
            m = further.match(text, last + 1 if aside else last, limit)
            if m is None or (m.group().startswith(" in ") and self._at_city(text, m.end())):
                break
            end = self._phrase(text, around, head, m, limit)
            if end == last:
                break
            last = end
        if head.kind == "instrument":
            tail = _TAIL.match(text, last, limit)
            last = self._between(text, around, tail.end() if tail else last, limit)
        return last

    def _at_city(self, text: str, at: int) -> bool:
        """Whether a city's name begins at ``at``."""
        m = _PLACE.match(text, at)
        words = m.group().split(" ") if m else []
        return any(" ".join(words[:size]) in self._cities for size in range(len(words), 0, -1))

    def small_topic_end(self, passage: Passage, head: Head, at: int) -> int:
        """Where the topic of a bare head in small letters ends (``Working Group on space debris``).

        Or its letter or number (``Working Group C``); ``at``, where the head ends, if there is none.
        """
        letter = _LETTER.match(passage.text, at) or (head.kind != "instrument" and self._number.match(passage.text, at))
        if letter:
            return letter.end()
        link = self._links[head.links].match(passage.text, at, passage.line(at)[1])
        topic = self._small.match(passage.text, link.end()) if link else None
        return topic.end() if topic else at

    def _between(self, text: str, around: Surroundings, at: int, limit: int) -> int:
        """The end of ``between the United States of America and the Republic of Iraq`` after ``at``; ``at`` if none."""
        joined = _BETWEEN.match(text, at, limit)
        members = 0
        while joined is not None:
            hit = around.over(joined.end())
            if hit is None or hit.kind != "party" or hit.start != joined.end():
                return at
            members += 1
            joined = _AND_PARTY.match(text, hit.end, limit)
            if joined is None and members > 1:
                return hit.end
        return at

    def _phrase(self, text: str, around: Surroundings, head: Head, link: re.Match[str], limit: int) -> int:
        """The end of the linked phrase; the start of ``link`` where no name follows."""
        listed = around.over(link.start() - 1)  # "the National Space Council for the United States" has its name
        whole = listed is not None and listed.kind != "party" and listed.end == link.start()
        ahead = around.over(link.end())
        if whole and head.kind == "agency" and link.group().split()[0] in self._rules.words["topic_links"]:
            return link.start()  # `the European Commission on Copernicus data`
        if whole and ahead is not None and ahead.kind == "forum" and ahead.start == link.end():
            return link.start()  # a forum that has a listed name is a name of its own
        parties = not whole and (head.recipient or (" for " in link.group() and not head.pair))
        run = self._run(text, around, head, link.end(), limit, parties=parties)
        if run == link.end():
            founded = around.over(run) if link.group().split()[0] in self._rules.words["founding"] else None
            return founded.end if founded is not None and founded.start == run else link.start()
        acts = text.endswith("ing", 0, run) or (link.group() == " to " and " " not in text[link.end() : run])
        if head.kind != "agency" and acts and text.startswith(" the ", run):
            # "Guidelines for Protecting the Rights of Seafarers": what is done has an object.
            run = max(run, self._run(text, around, head, run + 5, limit)) if text[run + 5 : run + 6].isupper() else run
        return self._continued(text, around, head, run, limit)

    def _run(self, text: str, around: Surroundings, head: Head, at: int, limit: int, *, parties: bool = False) -> int:
        """The end of the capitalised words that begin at ``at``; ``at`` itself where there is none."""
        end = begin = at
        closed = 0
        for _ in range(_WORDS):
            hit = around.over(at)
            if hit is not None and hit.start == at:
                if not self._may_contain(head, hit, parties):
                    break
                compound = CAPITALISED.match(text, at, limit) if text[hit.end : hit.end + 1] == "-" else None
                end = max(hit.end, compound.end() if compound else 0)
            else:
                word_end = self._word(text, head, at, limit, first=at == begin)
                if word_end is None:
                    break
                end = word_end
            if text[at:end] in self._rules.words["closers"]:
                closed = end
            at = end + 1
            if text[end:at] != " " or at >= limit:
                break
        if (
            head.kind == "agency"
            and closed
            and text.count(" ", closed, end) >= 2
            and not self._topical(text[closed:end])
        ):
            return closed
        return end

    def _word(self, text: str, head: Head, at: int, limit: int, *, first: bool) -> int | None:
        """The end of a word that may stand in the name; None where the name ends before it."""
        m = CAPITALISED.match(text, at, limit) or (None if first else _NUMBER.match(text, at, limit))
        if m is None:
            return None
        word = m.group()
        if word in self._rules.words["months"]:
            return None
        anywhere = first or head.kind != "agency" or not CAPITALISED.match(text, m.end() + 1, limit)
        if word in self._rules.title_words and not (anywhere and self._is_topic_of(text, word, m.end())):
            return None
        if first and word in self._rules.words["openers"]:
            return None
        if word.endswith("'s"):
            follows = CAPITALISED.match(text, m.end() + 1, limit) is not None and text[m.end() : m.end() + 1] == " "
            return m.end() if follows and head.kind != "agency" else m.end() - 2
        known = self._rules.heads.get(word)
        if known is not None and not first and known.kind == head.kind == "agency" and not self._topical(word):
            return None
        return m.end()

    def _is_topic_of(self, text: str, word: str, end: int) -> bool:
        """Whether a word that also stands in titles is a topic here (``Foreign Trade``, not ``Foreign Minister``)."""
        following = CAPITALISED.match(text, end + 1) if text[end : end + 1] == " " else None
        return self._topical(word) and (following is None or following.group() not in self._rules.title_words)

    def _before_head(self, text: str, at: int) -> bool:
        """Whether a head noun follows, which makes the words before it a name of their own (``and Space Agency``)."""
        following = CAPITALISED.match(text, at + 1) if text[at : at + 1] == " " else None
        return following is not None and following.group() in self._rules.heads

    def _topical(self, words: str) -> bool:
        return not self._rules.words["topics"].isdisjoint(words.split())

    def _may_contain(self, head: Head, hit: Hit, parties: bool) -> bool:
        if hit.kind == "party":
            return parties and (head.recipient or head.kind not in ("agency", "instrument"))
        return hit.kind != "agency"

    def _continued(self, text: str, around: Surroundings, head: Head, end: int, limit: int) -> int:
        """The end after ``and`` and comma members. Those of an agency must be topics ("Trade and Industry")."""
        best = at = end
        for _ in range(_MEMBERS):
            act = _AND_THE.match(text, at, limit) if head.kind == "instrument" else None
            if act is not None and act.group(1) in self._rules.words["acts"]:
                best = at = act.end()
            m = _JOIN.match(text, at, limit)
            if m is None:
                break
            run = self._run(text, around, head, m.end(), limit)
            words = text[m.end() : run].split()
            if not words or around.over(m.end()) is not None:
                break
            if words[0] in self._rules.heads and not (head.kind == "agency" and self._topical(words[0])):
                break
            if words[-1] not in self._rules.words["topics"] and (head.kind == "agency" or len(words) > 3):
                break
            if head.kind == "agency" and self._before_head(text, run):
                break
            at = run
            if "," not in m.group() or "and" in m.group():
                best = at
                break
        return best
