"""The editions' clauses and sentences as rows of features, ready to be held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from communique.comparison.clauses import KINDS, ClauseKind, Clauses, Text
from communique.comparison.columns import Alike, Groups, Numbers, numbered, pieces
from communique.comparison.editions import Meeting
from communique.comparison.mentions import Mentions
from communique.comparison.rules import Rules
from communique.comparison.spans import Spans
from communique.comparison.sparse import (
    Floats,
    Ints,
    Mask,
    Rows,
    distinct,
    index_of,
    only,
    ranges,
    rows_of,
    scaled,
)
from communique.comparison.words import WORD, Vocabulary, read

# In so few sentences a word may stand, however few there are in all.
_FEW = 20
# In so many sentences a word may stand and still tell one action from another, however few there are in all.
_MANY = 100
# With fewer words of its own, a clause cannot be told from others.
_TELLING = 3


@dataclass(frozen=True)
class Features:
    """Rows of one kind of clause: words with the sentence around, their own words, names, themes and actors.

    Themes and actors are few: they stand in full matrices.
    """

    words: Rows
    own: Rows
    telling: Rows
    """The own words that tell one action from another."""
    acted_on: Rows
    """Those of them that stand after the operator."""
    about: Rows
    """The words after the operator that do not stand in statements of every matter, and the names: 1 for each."""
    names: Rows
    abroad: Rows
    """The countries named that are not among those who act."""
    themes: Floats
    actors: Floats
    themed: Floats
    """1 for each that has a theme, or else 0."""
    acting: Floats
    """1 for each that has an actor, or else 0."""
    rarity: Floats
    """How rare the rarest name of each item is: 0 for none, near 0 for one that stands everywhere, 1 for once."""
    sentence: Ints
    """The sentence that each begins in."""
    few: frozenset[int]
    """The clauses with too few words of their own to be told from others."""


class Material:
    """All that is compared, the sentences of all texts in one row, and their words beside."""

    def __init__(self, meetings: Sequence[Meeting], known: Rules) -> None:
        self.rules, self.meetings = known, meetings
        self.texts = _texts(meetings)
        self.clauses = {kind: Clauses(kind, self.texts, meetings) for kind in KINDS}
        self.sentences = Spans(self.texts, [text.record.sentences for text in self.texts])
        self.mentions = Mentions(self.texts)
        acting = self.mentions.acting(_acting(self.texts, self.clauses.values()))
        forums = _own_forums(self.texts)
        self.vocabulary = Vocabulary(known, _own_names(self.texts, self.mentions, acting, forums))
        self._words, self._starts, done = read(self.vocabulary, [text.body for text in self.texts])
        begins, ends = np.searchsorted(done, self.sentences.spans)
        self.may_say_done: Mask = begins < ends
        """Whether each sentence has a word that may say that something was done."""
        self._read_names(~self.mentions.party & ~self.mentions.having(forums))
        self._read_countries(self.mentions.party & ~acting)
        width = len(self.vocabulary)
        spoken = self._spoken(width)
        self._weigh(spoken, width)
        self._sort_out(width)
        self.spoken: Rows = self._counting(spoken)
        """The words of each different sentence: many sentences stand in several editions."""
        self.features = {kind: self._features(found) for kind, found in self.clauses.items() if len(found)}

    def wordings(self, kind: ClauseKind) -> list[str]:
        """The words of each clause, and of its sentence where it says too little.

        What promises the next meeting says the same in each edition, whatever its words.
        """
        clauses, features = self.clauses[kind], self.features[kind]
        found = list(clauses.quotes)
        for number in features.few:
            found[number] += f" = {self.sentences.quote(int(features.sentence[number]))}"
        for number in clauses.coming:
            found[number] = "= next meeting"
        return found

    def _read_names(self, named: Mask) -> None:
        """The entities named but the parties, so that a name and its acronym are one word more in common.

        The meetings' own forum is named by who speaks, however often.
        """
        self._named, entities = numbered(self.mentions.entity[named].tolist())
        self._entities = [self.mentions.entities[number] for number in entities]
        self._named_at, ends = self.mentions.spans[:, named]
        self._parts_of_names(ends)
        self._named_word = np.array([self.vocabulary.number(f"entity {e}") for e in self._entities], dtype=np.int64)
        self._named_words = self._named_word[self._named] if len(self._entities) else self._named

    def _read_countries(self, abroad: Mask) -> None:
        """The countries named that are not among those who act in the statement."""
        self._abroad_at = self.mentions.spans[0, abroad]
        self._abroad, countries = numbered(self.mentions.entity[abroad].tolist())
        self._countries = max(len(countries), 1)

    def _parts_of_names(self, ends: Ints) -> None:
        """What each word counts: a name of many words in common is more than one, and less than many."""
        words, names = self._within(self._starts, self._named_at, ends)
        self._counts: Floats = np.ones(len(self._words))
        self._counts[words] = 1 / np.sqrt(np.bincount(names, minlength=1)[names])

    @staticmethod
    def _within(places: Ints, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """What stands between each start and end, by its number among the places, and whose it is."""
        return ranges(np.searchsorted(places, starts), np.searchsorted(places, ends))

    def _spoken(self, width: int) -> Rows:
        """The words of each different sentence; sentences are alike that have the same words and names in order."""
        words, names = (np.searchsorted(places, self.sentences.spans) for places in (self._starts, self._named_at))
        told = zip(pieces(self._words, *words), pieces(self._named_words, *names), strict=True)
        self.spoken_of, different = numbered(list(told))
        """Which of the different ones each sentence is."""
        self.alike = Groups(self.spoken_of)
        """The sentences that are alike, a group for each different one."""
        firsts = self.alike.flat[self.alike.starts]
        said, index = ranges(*words[:, firsts])
        named, whose = ranges(*names[:, firsts])
        columns = np.concatenate((self._words[said], self._named_words[named]))
        rows = np.concatenate((index, whose))
        return rows_of(rows, columns, np.ones(len(columns)), (len(different), width))

    def _own(self, clauses: Clauses) -> tuple[Ints, Ints, Floats, Mask]:
        """Rows, columns and values of the clauses' words that count but the operators', and which stand after these.

        What is done stands soon after the operator; what follows at length says how and why, and counts less.
        """
        start, end, trigger, after = clauses.spans.T
        words, index = self._within(self._starts, start, end)
        place = self._starts[words]
        kept = self.counted[self._words[words]] & ((place < trigger[index]) | (place >= after[index]))
        words, index = words[kept], index[kept]
        distance = words - np.searchsorted(self._starts, after)[index]
        known = self.rules
        late = np.clip(1 - (distance - known.head) * known.decay, known.tail, 1)
        values = np.where(distance < 0, known.before, late) * self._counts[words]
        named, whose = self._within(self._named_at, start, end)
        kept = self.counted[self._named_words[named]]
        named, whose = named[kept], whose[kept]
        columns = np.concatenate((self._words[words], self._named_words[named]))
        late = np.concatenate((distance >= 0, self._named_at[named] >= after[whose]))
        return np.concatenate((index, whose)), columns, np.concatenate((values, np.ones(len(named)))), late

    def _weigh(self, spoken: Rows, width: int) -> None:
        """What each word counts: the rarer among the sentences, the more; nothing for one that stands in most."""
        known = self.rules
        count = len(self.spoken_of)
        repeats = np.bincount(self.spoken_of, minlength=spoken.shape[0])[index_of(spoken)]
        held = np.bincount(spoken.indices, repeats, minlength=width)
        common = np.array(sorted(self.vocabulary.common), dtype=np.int64)
        everywhere = held > max(known.everywhere * count, _FEW)
        self.weights: Floats = np.log1p(count / np.maximum(held, 1))
        self.weights[common] *= known.common_weight
        self.weights[everywhere] = 0
        self.counted: Mask = self.weights > 0
        """Whether each word counts at all."""
        self.rare: Mask = held <= known.rare
        """Whether so few sentences have each word that two of them are likely about the same."""
        self.telling: Mask = held <= max(known.frequent * count, _MANY)
        """Whether each word tells one action from another, as those do not that are common or in many sentences."""
        self.telling[common] = False
        self.spread: Mask = np.zeros((len(self.meetings), width), dtype=bool)
        """For each edition, whether it has each word."""
        (editions, numbers), _ = distinct([self.sentences.edition, self.spoken_of])
        places, index = ranges(spoken.indptr[numbers], spoken.indptr[numbers + 1])
        self.spread[editions[index], spoken.indices[places]] = True
        self.lasting: Floats = np.where(self.spread.sum(axis=0) > 1, 1.0, known.lone_weight)
        """1 for each word that several editions have, less for one that belongs to the wording of a single one."""

    def _sort_out(self, width: int) -> None:
        """Which words say what a clause is about, and which are of one matter.

        An edition has a name also where it has a longer one, as the accord that was planned has when it is signed.
        """
        self.meant: Mask = self.counted.copy()
        """Whether each word says what a clause is about."""
        self.meant[sorted(self.vocabulary.common | self.vocabulary.general)] = False
        self.entity: Mask = np.zeros(width, dtype=bool)
        """Whether each is no word but a name, however written."""
        self.entity[self._named_words] = True
        for name, longer in _within_others(self._entities, self.texts):
            self.spread[:, self._named_word[name]] |= self.spread[:, self._named_word[longer]]
        self.kin: Mask = np.zeros((len(self.rules.matters), width), dtype=bool)
        """For each matter, whether each word is of it."""
        for matter, words in enumerate(self.rules.matters):
            self.kin[matter, self.vocabulary.known(words)] = True

    def _counting(self, rows: Rows) -> Rows:
        """The rows without the words that count nothing."""
        return only(rows, self.counted[rows.indices])

    def only_telling(self, rows: Rows) -> Rows:
        """The rows' words that tell one action from another, 1 for each."""
        found = only(rows, self.telling[rows.indices])
        found.data[:] = 1
        return found

    def _features(self, clauses: Clauses) -> Features:
        width, count = len(self.weights), len(clauses)
        index, columns, values, late = self._own(clauses)
        own = rows_of(index, columns, values, (count, width))
        after = rows_of(index[late], columns[late], np.ones(np.count_nonzero(late)), (count, width))
        sentence = np.maximum(np.searchsorted(self.sentences.spans[0], clauses.spans[:, 0], side="right") - 1, 0)
        around = self.spoken[self.spoken_of[sentence]]
        few = np.bincount(index_of(own), self.telling[own.indices], minlength=count) < _TELLING
        if few.any():
            own = own.maximum(only(around, few[index_of(around)]))
        binary = own.copy()
        binary.data[:] = 1
        names, whose = self._within(self._named_at, clauses.spans[:, 0], clauses.spans[:, 1])
        named = rows_of(whose, self._named[names], np.ones(len(names)), (count, max(len(self._entities), 1)))
        abroad, of_abroad = self._within(self._abroad_at, clauses.spans[:, 0], clauses.spans[:, 1])
        rarity = np.log1p(count / np.maximum(np.bincount(named.indices, minlength=named.shape[1]), 1))
        themes = _full(clauses.themes, without="other")
        actors = _full(clauses.actors)
        return Features(
            words=scaled(own.maximum(around * self.rules.context), self.weights),
            own=binary,
            telling=self.only_telling(own),
            acted_on=only(after, self.telling[after.indices]),
            about=only(after, self.meant[after.indices]),
            names=scaled(named, rarity),
            abroad=rows_of(of_abroad, self._abroad[abroad], np.ones(len(abroad)), (count, self._countries)),
            themes=themes,
            actors=actors,
            themed=_any(themes),
            acting=_any(actors),
            rarity=_rarest(named, rarity),
            sentence=sentence,
            few=frozenset(np.flatnonzero(few).tolist()),
        )


def _full(alike: Alike[Any], without: str = "") -> Floats:
    """A full matrix of rows at length 1, with a column for each identifier."""
    numbers: Numbers[str] = Numbers()
    rows = [[numbers[name] for name in names if name != without] for names in alike.different]
    matrix = np.zeros((max(len(rows), 1), max(len(numbers), 1)))
    for row, found in enumerate(rows):
        matrix[row, found] = 1 / np.sqrt(max(len(set(found)), 1))
    full: Floats = matrix[alike.index]
    return full


def _any(matrix: Floats) -> Floats:
    """1 for each row that has something, or else 0."""
    return np.where(matrix.any(axis=1), 1.0, 0.0)


def _rarest(named: Rows, weights: Floats) -> Floats:
    found = np.zeros(named.shape[0])
    np.maximum.at(found, index_of(named), weights[named.indices])
    rarest: Floats = (found / np.log1p(max(named.shape[0], 1))) ** 2
    return rarest


def _texts(meetings: Sequence[Meeting]) -> list[Text]:
    found: list[Text] = []
    start = 0
    for edition, meeting in enumerate(meetings):
        for record in meeting.records:
            coming = record.meeting is not None and record.meeting.next is not None
            body = record.statement.text
            found.append(Text(record, edition, start, body, record.statement.id, coming))
            start += len(body) + 1
    return found


def _acting(texts: Sequence[Text], clauses: Iterable[Clauses]) -> list[set[str]]:
    """The ISO codes and bodies that the clauses of each statement bind or speak for."""
    found: list[set[str]] = [set() for _ in texts]
    for of_kind in clauses:
        different, _ = distinct([of_kind.text_of, of_kind.actors.index])
        for text, actors in zip(*(column.tolist() for column in different), strict=True):
            found[text].update(of_kind.actors.different[actors])
    return found


def _own_names(texts: Sequence[Text], mentions: Mentions, acting: Mask, forums: set[str]) -> set[str]:
    """Names of the parties, of their forum and of those who led: who acts is a part of its own, no word of the action.

    Of the forum, only names of one word, as its acronym is: the words of others tell its field.
    """
    told = [text.record.meeting for text in texts if text.record.meeting]
    found = {head.name for meeting in told for head in meeting.heads if head.name}
    found |= {mentions.quote(number) for number in np.flatnonzero(acting).tolist()}
    own = (mentions.quote(number) for number in np.flatnonzero(mentions.having(forums)).tolist())
    return found | {quote for quote in own if " " not in quote}


def _own_forums(texts: Sequence[Text]) -> set[str]:
    """The forums in whose series the meetings are."""
    return {
        entity.id
        for record in (text.record for text in texts)
        if record.meeting and record.meeting.series
        for entity in record.entities
        if entity.kind == "forum" and entity.name in record.meeting.series
    }


def _within_others(entities: Sequence[str], texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Entities, by number, all words of whose name stand in the name of another, and that other."""
    told = {e.id: e.name for text in texts for e in text.record.entities}
    names = {entity: frozenset(WORD.findall(told[entity].lower())) for entity in entities}
    holders: dict[str, set[int]] = {}
    for number, entity in enumerate(entities):
        for word in names[entity]:
            holders.setdefault(word, set()).add(number)
    for number, entity in enumerate(entities):
        others = sorted((holders[word] for word in names[entity]), key=len)
        yield from ((number, other) for other in set.intersection(*others) - {number}) if others else ()
