"""Where an edition speaks of a clause's matter without the clause: the sentence that has most of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from communique.comparison.clauses import ClauseKind
from communique.comparison.columns import alike_rows
from communique.comparison.likeness import Likeness
from communique.comparison.material import Material
from communique.comparison.sparse import Floats, Ints, Mask, Rows, ranges, stacked
from communique.comparison.words import WORD, stem

# So many characters before and after the words that say that something was done, what was done is named.
_NEAR = 80
# So many words after its operator, a clause says whether it promises to found a thing.
_FIRST = 3


@dataclass(frozen=True)
class Traces:
    """Sentences that speak of clauses' matter, by the numbers of both, with the edition of the sentence and the score.

    ``certain`` where the clause has words enough in common with the sentence; not where the sentence around it has.
    ``done`` where the sentence was chosen because it says close to words of the clause that this was done.
    """

    clause: Ints
    sentence: Ints
    edition: Ints
    score: Floats
    certain: Mask
    done: Mask

    def where(self, keep: Ints) -> Traces:
        """Those at these places."""
        return Traces(**{name: column[keep] for name, column in vars(self).items()})

    def and_then(self, others: Traces) -> Traces:
        """These, then the others."""
        after = vars(others)
        return Traces(**{name: np.concatenate((column, after[name])) for name, column in vars(self).items()})


@dataclass(frozen=True)
class Done:
    """The words close to what says that something was done, and those close to what says that it was founded."""

    words: frozenset[int]
    founded: frozenset[int]


@dataclass(frozen=True)
class Silence:
    """The editions in which nothing carries on clauses, or is carried on by them.

    These are all before the ``own`` edition where there is nothing ``before``, and those after it up to ``until``.
    """

    own: Ints
    before: Mask
    until: Ints

    def holds(self, rows: Ints, edition: Ints) -> Mask:
        """Whether these rows and editions are so."""
        own = self.own[rows]
        silent: Mask = ((edition < own) & self.before[rows]) | ((edition > own) & (edition < self.until[rows]))
        return silent


class Search:
    """Looks for sentences that speak of clauses of one kind in the editions in which no clause carries these on."""

    def __init__(self, content: Material, kind: ClauseKind, likeness: Likeness, first: Mask, until: Ints) -> None:
        """``first``: the clauses that begin a thread; ``until``: the edition in which each clause is carried on."""
        self._content, self._kind = content, kind
        self._own, self._editions = content.clauses[kind].edition, len(content.meetings)
        self._near: dict[str, Done] = {}
        self._likeness = likeness
        self._hits = self._found(np.flatnonzero(first | (until > self._own + 1)), Silence(self._own, first, until))

    def later(self) -> Traces:
        """The best trace of each clause in each edition after its own, up to that in which it is carried on.

        Of commitments, a sentence that says that something was done goes before others.
        """
        hits = self._hits.where(np.flatnonzero(self._hits.edition > self._own[self._hits.clause]))
        cell = hits.clause * self._editions + hits.edition
        best = _best(cell, hits.certain, hits)
        if self._kind == "commitment":
            done = self._done(hits, cell)
            best[np.searchsorted(cell[best], cell[done])] = done
            hits.done[done] = True
        return hits.where(best)

    def earlier(self) -> Traces:
        """The best trace of each clause that begins a thread in the editions before its own.

        The latest that has a certain one counts, or else the latest.
        """
        hits = self._hits.where(np.flatnonzero(self._hits.edition < self._own[self._hits.clause]))
        return hits.where(_best(hits.clause, hits.certain * self._editions + hits.edition, hits))

    def _done(self, hits: Traces, cell: Ints) -> Ints:
        """The best of each clause and edition that says close to words of the clause that it was done, by place.

        That a body was founded carries out the promise to found it, and none of what it will do. ``cell`` has a number
        for each clause and edition.
        """
        certain = hits.certain & (hits.score >= self._content.rules.carried_out)
        strong = np.flatnonzero(certain & self._content.may_say_done[hits.sentence])
        telling = self._content.features[self._kind].telling
        said = np.zeros(len(strong), dtype=bool)
        for place, (clause, sentence) in enumerate(zip(hits.clause[strong], hits.sentence[strong], strict=True)):
            near = self._done_words(self._content.sentences.quote(sentence))
            if near.words or near.founded:
                own = set(telling.indices[telling.indptr[clause] : telling.indptr[clause + 1]].tolist())
                said[place] = bool(near.words & own) or (bool(near.founded & own) and self._founds(clause))
        strong = strong[said]
        return strong[_best(cell[strong], np.zeros(len(strong)), hits.where(strong))]

    def _founds(self, number: int) -> bool:
        """Whether a clause promises to found a thing, by its operator or the words right after it."""
        clauses = self._content.clauses[self._kind]
        trigger, quote = clauses.triggers[number], clauses.quotes[number]
        after = quote[quote.find(trigger) + len(trigger) :]
        first = " ".join(WORD.findall(after)[:_FIRST])
        return self._among(f"{trigger} {first}", self._content.rules.bringing)

    def _among(self, text: str, kinds: Iterable[str]) -> bool:
        """Whether a word of the text is of these kinds, in whatever form."""
        known = self._content.rules
        stems = {stem(word, known) for word in WORD.findall(text.lower())}
        return not stems.isdisjoint(stem(word, known) for word in kinds)

    def _done_words(self, quote: str) -> Done:
        """The words of a sentence close to what says that something was done; none where nothing says so."""
        if quote not in self._near:
            text = " ".join(quote.split())
            known, words = self._content.rules, self._content.vocabulary
            near: dict[bool, set[int]] = {False: set(), True: set()}
            for m in known.completions.search(text):
                sides = text[max(0, m.start() - _NEAR) : m.start()], text[m.end() : m.end() + _NEAR]
                founded = self._among(m[0], known.founded) and self._among(" ".join((m[0], *sides)), known.bodies)
                near[founded] |= words.of(sides[0]) | words.of(sides[1])
            self._near[quote] = Done(frozenset(near[False]), frozenset(near[True]))
        return self._near[quote]

    def _found(self, clauses: Ints, silence: Silence) -> Traces:
        """Sentences that speak of the clauses, or, with words enough in common, of the sentences around these."""
        content, known = self._content, self._content.rules
        features, count = content.features[self._kind], len(clauses)
        around = content.spoken[content.spoken_of[features.sentence[clauses]]]
        least = np.repeat([min(known.perhaps, known.carried_out), known.around], count)
        index, spoken, scores = self._alike(stacked(features.own[clauses], around), least)
        sentences, pairs = content.alike.members(spoken)
        index, scores = index[pairs], scores[pairs]
        certain = (index < count) & (scores >= known.mentioned)
        clause, nowhere = clauses[index % count], np.zeros(len(index), dtype=bool)
        hits = Traces(clause, sentences, content.sentences.edition[sentences], scores, certain, nowhere)
        return hits.where(np.flatnonzero(silence.holds(hits.clause, hits.edition)))

    def _alike(self, words: Rows, least: Floats) -> tuple[Ints, Ints, Floats]:
        """Pairs of these rows of words and different sentences that score enough for the row, and the scores.

        Most clauses have all words of their sentence, so that many rows are like others: each is looked for once.
        """
        which, firsts = alike_rows(words)
        weakest = np.full(len(firsts), np.inf)
        np.minimum.at(weakest, which, least)
        rows, spoken, scores = self._likeness.alike(words[firsts], weakest)
        edges = np.searchsorted(rows, np.arange(len(firsts) + 1))
        places, index = ranges(edges[which], edges[which + 1])
        near = scores[places] >= least[index]
        return index[near], spoken[places[near]], scores[places[near]]


def _best(group: Ints, rank: Ints | Mask | Floats, hits: Traces) -> Ints:
    """The place of the best hit of each group, in the order of the groups.

    That is the one of the highest rank, a whole number, and then of the highest score; of several, the first sentence.
    """
    worth = rank * (1 + hits.score.max(initial=0)) + hits.score
    order = np.argsort(group)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    if not len(starts):
        return starts
    highest = np.maximum.reduceat(worth[order], starts)
    best = order[worth[order] == np.repeat(highest, np.diff(starts, append=len(order)))]
    best = best[np.lexsort((hits.sentence[best], group[best]))]
    firsts: Ints = best[np.flatnonzero(np.diff(group[best], prepend=-1))]
    return firsts
