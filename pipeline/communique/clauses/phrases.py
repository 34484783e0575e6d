"""Noun phrases that can be a subject without being a name: `the two sides`, `Prime Minister X`, `the working group`."""

from __future__ import annotations

from typing import Literal

from communique.clauses.operators import Grammar
from communique.clauses.words import HEAD, Sentence

_COUNTED = 4
"""How many words before its head a word that counts it may stand: `the two national space agencies`."""

_NAMED = 40
"""Longest title with the name behind it, in words: where all words have capitals, each would be named to the end."""

PhraseKind = Literal["group", "definite", "single", "person", "meeting", "body", "pronoun", "it"]

Phrase = tuple[int, int, PhraseKind]
"""Indices of its first word in the sentence, and after its last, and its kind. Too many are made for a class."""


class PhraseReader:
    """Finds phrases by their head nouns; what stands before and after a head is walked over word by word."""

    def __init__(self, grammar: Grammar) -> None:
        subjects = grammar.subjects
        self.heads: dict[str, PhraseKind] = {}
        kinds: list[tuple[str, PhraseKind]] = [
            ("groups", "group"), ("definite", "definite"), ("single", "single"), ("titles", "person"),
            ("meetings", "meeting"), ("bodies", "body"), ("pronouns", "pronoun"), ("singular", "it"),
        ]  # fmt: skip
        for name, kind in kinds:
            for words in subjects[name]:
                self.heads.setdefault(words.split()[-1], kind)
        single = [word for word in subjects["pronouns"] + subjects["singular"] if self.is_pronoun(word)]
        self.alone = {word: self.heads[word] for word in single}
        """Pronouns of one word, each a phrase by itself."""
        self.pronouns: dict[str, list[list[str]]] = {}
        for pronoun in subjects["pronouns"]:
            parts = pronoun.split()
            self.pronouns.setdefault(parts[-1], []).append(parts)
        self.conjunctions = grammar.words["conjunctions"]
        self.ranking, self.belonging = grammar.words["ranking"], grammar.words["belonging"]
        self.others, self.national = grammar.words["others"], grammar.words["national"]
        self.honorifics = grammar.words["honorifics"]
        self.prepositions = grammar.words["prepositions"]
        self.openers = frozenset(subjects["openers"])
        self.of_meetings = self.openers.union(subjects["meeting_openers"])
        self.counting = frozenset(subjects["counting"])
        self.particles = frozenset(subjects["particles"])
        self.ranks = {tuple(title.split()[-2:]) for title in subjects["titles"] if " " in title}
        self.of = grammar.words["offices"]
        self.links = grammar.words["conjunctions"] | {","}
        self.headed = grammar.words["headed"]
        self.inside = self.of | self.links | grammar.words["articles"]

    def is_pronoun(self, word: str) -> bool:
        """Whether a lower-case word is a pronoun that can be a subject."""
        return self.heads.get(word) in ("pronoun", "it")

    def read(self, sentence: Sentence) -> list[Phrase]:
        """The phrases of a sentence in the order of their heads."""
        alone, phrases = self.alone, []
        for found in HEAD.finditer(sentence.classes):
            at = found.start()
            word = sentence.lower[at]
            phrase = (at, at + 1, alone[word]) if word in alone else self._phrase(sentence, at, self.heads[word])
            if phrase is not None:
                phrases.append(phrase)
        return phrases

    def _phrase(self, sentence: Sentence, at: int, kind: PhraseKind) -> Phrase | None:
        if kind == "pronoun":
            return self._pronoun(sentence, at)
        reach = 4 if kind in ("body", "meeting") else 0
        first = self._walk_left(sentence, at, reach)
        if kind in ("group", "definite") and first == at:
            first = self._counted(sentence, at)
        if first == at and kind == "definite":
            first -= at > 0 and sentence.lower[at - 1] in self.ranking
            first -= first > 0 and sentence.lower[first - 1] in self.others
            if first == 0 or sentence.lower[first - 1] in self.links or self._of_somebody(sentence, at + 1):
                return first, at + 1, kind  # `Officials from both sides plan to`, `Japan and partners intend to`
            first = at
            if at > 2 and sentence.lower[at - 2] == "and" and self.heads.get(sentence.lower[at - 3]) == kind:
                beside = self._phrase(sentence, at - 3, kind)
                if beside is not None and sentence.lower[beside[0]] in self.openers | self.counting:
                    return at - 1, at + 1, kind  # `our laboratories and research institutes will`
        if first is None or (first == at and kind in ("definite", "meeting", "body")):
            return None
        return first, self._last(sentence, at, kind), kind

    def _of_somebody(self, sentence: Sentence, at: int) -> bool:
        """Whether words from ``at`` on tell whose a phrase is: `schools from both sides`, `… of Peru and Chad`."""
        of, *whose = sentence.lower[at : at + 4] or [""]
        if of not in self.belonging:
            return False
        told = next((i for i, word in enumerate(whose) if word not in self.openers), 0)
        named = told < 2 and at + 1 + told < sentence.size and sentence.capital(at + 1 + told)
        return named or (told > 0 and self.heads.get(whose[told]) in ("group", "definite"))

    def _last(self, sentence: Sentence, at: int, kind: PhraseKind) -> int:
        """Index after a phrase with its head at ``at``, and what names it: `Advisors A and B`, `Working Group C`."""
        if kind == "person":
            return self._walk_right(sentence, at + 1)
        if at + 1 == sentence.size:
            return at + 1
        after = sentence.lower[at + 1]
        if kind == "body" and (after.isdigit() or (len(after) == 1 and sentence.capital(at + 1))):
            return at + 2
        if kind not in ("group", "definite"):
            return at + 1
        if after == "of":
            return self._headed(sentence, at)
        if not (sentence.capital(at) and sentence.capital(at + 1)):
            return at + 1
        last, until = at + 2, min(sentence.size, at + _NAMED)
        while last < until and (sentence.capital(last) or self._joins(sentence, last)):
            last += 1
        return last

    def _headed(self, sentence: Sentence, at: int) -> int:
        """Index after what heads are the heads of; the other groups (`leaders of Japan`) end before their `of`."""
        last = at + 2
        while last < sentence.size and sentence.lower[last] in self.headed:
            last += 1
            if sentence.lower[last : last + 1] == ["and"] and sentence.lower[last + 1 : last + 2] != []:
                last += sentence.lower[last + 1] in self.headed
        return last if last > at + 2 else at + 1

    def _joins(self, sentence: Sentence, at: int) -> bool:
        return sentence.lower[at] in self.links and at + 1 < sentence.size and sentence.capital(at + 1)

    def _pronoun(self, sentence: Sentence, at: int) -> Phrase | None:
        for words in self.pronouns[sentence.lower[at]]:
            first = at + 1 - len(words)
            if first >= 0 and sentence.lower[first : at + 1] == words:
                return first, at + 1, "pronoun"
        return None

    def _walk_left(self, sentence: Sentence, at: int, reach: int) -> int | None:
        """Index of the phrase's first word; None where a head that needs an article within ``reach`` words has none."""
        lower, openers, first = sentence.lower, self.openers, at
        while first > 0 and at - first < 5:
            word = lower[first - 1]
            if word in openers:
                return first - 1
            if word in self.prepositions:
                if (word, lower[first]) not in self.ranks:  # `Under Secretary`
                    break
            elif "-" not in word[1:] and not sentence.capital(first - 1):
                break
            first -= 1
        return first if reach == 0 else self._opener(sentence, at, reach, first)

    def _opener(self, sentence: Sentence, at: int, reach: int, first: int) -> int:
        """Index of the article or its like within ``reach`` words before ``at``, or else ``first``."""
        lower, back, left = sentence.lower, at - 1, reach
        openers = self.of_meetings if self.heads[lower[at]] == "meeting" else self.openers
        while back >= 0 and left > 0:
            if lower[back] in openers:
                return back
            if lower[back] == "-":
                left += 2  # a compound is one word: `the U.S.-Japan partnership`
            elif lower[back] in ("'", "'s"):
                left += 1  # a possessive is one word: `the next officials' meeting`
            elif not lower[back][0].isalnum():
                break
            back, left = back - 1, left - 1
        return first

    def _counted(self, sentence: Sentence, at: int) -> int:
        """Index of the word that counts or owns what the head at ``at`` heads: `the two space agencies`.

        A national body may be told by its country: `Peruvian weather agencies`.
        """
        national = sentence.lower[at] in self.national
        for back in range(at - 1, max(-1, at - 1 - _COUNTED), -1):
            word = sentence.lower[back]
            if word in self.counting:
                return back
            if national and sentence.capital(back) and word not in self.openers:
                return back - (back > 0 and sentence.lower[back - 1] in self.openers)
            if word in self.prepositions or word in self.inside or not (word[0].isalnum() or word == "'"):
                break
        return at

    def _walk_right(self, sentence: Sentence, at: int) -> int:
        """Index after a title's `of …` part and the person's name."""
        size = min(sentence.size, at + _NAMED)
        if at + 1 < size and sentence.lower[at] in self.of:
            ahead = at + 1
            while ahead < size and (sentence.capital(ahead) or sentence.lower[ahead] in self.inside):
                if sentence.lower[ahead] in self.links and self._begins_person(sentence, ahead + 1):
                    break
                ahead += 1
            while ahead > at and not sentence.capital(ahead - 1):
                ahead -= 1
            at = ahead if ahead > at + 1 else at
        while at < size and (sentence.capital(at) or self._inside_name(sentence, at)):
            at += 1
        return at

    def _begins_person(self, sentence: Sentence, at: int) -> bool:
        """Whether another title follows: `the President of Chile and the Prime Minister of Peru`."""
        for ahead in range(at, min(at + 4, sentence.size)):
            if self.heads.get(sentence.lower[ahead]) == "person":
                return True
            if not sentence.capital(ahead) and sentence.lower[ahead] not in self.openers:
                return False
        return False

    def _inside_name(self, sentence: Sentence, at: int) -> bool:
        """A particle, or the point of an initial or honorific, with more of the name after it."""
        if sentence.lower[at] in self.particles:
            return True
        before = sentence.lower[at - 1]
        return sentence.lower[at] == "." and (len(before) == 1 or before in self.honorifics)
