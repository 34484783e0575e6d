"""Where an edition speaks of a clause's matter without the clause: the sentence that has most of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from communique.comparison.clauses import ClauseKind
from communique.comparison.likeness import Likeness
from communique.comparison.material import Material
from communique.comparison.sparse import Floats, Ints, Mask, Rows, equal_rows, products, ranges, row_sums
from communique.comparison.words import WORD, stem

# So many characters before and after the words that say that something was done, what was done is named.
_NEAR = 80
# So many words after its operator, a clause says whether it promises to found a thing.
_FIRST = 3


@dataclass
class Trace:
    """A sentence, by number, that speaks of a clause's matter, and its score.

    ``certain`` where it has words enough in common, ``done`` where it says that something was done.
    """

    sentence: int
    score: float
    certain: bool
    done: bool = False


@dataclass(frozen=True)
class Hits:
    """Pairs of clause and sentence, by their numbers, with the edition of the sentence and the score.

    ``certain`` where the clause has words enough in common with the sentence; not where the sentence around it has.
    """

    clause: Ints
    sentence: Ints
    edition: Ints
    score: Floats
    certain: Mask

    def where(self, keep: Ints) -> Hits:
        """The pairs at these places."""
        clause, sentence, edition = self.clause[keep], self.sentence[keep], self.edition[keep]
        return Hits(clause, sentence, edition, self.score[keep], self.certain[keep])


@dataclass(frozen=True)
class Done:
    """The words close to what says that something was done, and those close to what says that it was founded."""

    words: frozenset[int]
    founded: frozenset[int]


@dataclass(frozen=True)
class Silence:
    """The editions in which nothing carries on clauses, or sentences with clauses, or is carried on by them.

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

    def of(self, rows: Ints, sentence: Ints) -> Silence:
        """The same of the sentences that these rows stand in, numbered from 0, where it is so for any of them."""
        own, before, until = (np.zeros(int(sentence.max(initial=-1)) + 1, dtype=np.int64) for _ in range(3))
        own[sentence] = self.own[rows]
        np.maximum.at(before, sentence, self.before[rows])
        np.maximum.at(until, sentence, self.until[rows])
        return Silence(own, before > 0, until)


class Traces:
    """Sentences that speak of clauses of one kind in the editions in which no clause carries these on."""

    def __init__(self, content: Material, kind: ClauseKind, likeness: Likeness, first: Mask, until: Ints) -> None:
        """``first``: the clauses that begin a thread; ``until``: the edition in which each clause is carried on."""
        self._content, self._kind = content, kind
        self._own = content.clauses[kind].edition
        self._near: dict[int, Done] = {}
        self._likeness = likeness
        self._hits = self._found(np.flatnonzero(first | (until > self._own + 1)), Silence(self._own, first, until))

    def later(self) -> dict[int, list[Trace]]:
        """The best trace of each clause in each edition after its own, up to that in which it is carried on.

        Of commitments, a sentence that says that something was done goes before others.
        """
        hits = self._hits.where(np.flatnonzero(self._hits.edition > self._own[self._hits.clause]))
        order = np.lexsort((hits.sentence, -hits.score, ~hits.certain, hits.edition, hits.clause))
        done = self._done(hits.where(order)) if self._kind == "commitment" else {}
        found: dict[int, list[Trace]] = {}
        for clause, edition, trace in self._firsts(hits, order, by_edition=True):
            found.setdefault(clause, []).append(done.get((clause, edition), trace))
        return found

    def earlier(self) -> dict[int, Trace]:
        """The best trace of each clause that begins a thread in the editions before its own.

        The latest that has a certain one counts, or else the latest.
        """
        hits = self._hits.where(np.flatnonzero(self._hits.edition < self._own[self._hits.clause]))
        order = np.lexsort((hits.sentence, -hits.score, -hits.edition, ~hits.certain, hits.clause))
        return {clause: trace for clause, _, trace in self._firsts(hits, order, by_edition=False)}

    def _firsts(self, hits: Hits, order: Ints, *, by_edition: bool) -> list[tuple[int, int, Trace]]:
        """The first hit of each clause (in each edition) in an order that has them together."""
        clause, edition = hits.clause[order], hits.edition[order]
        changes = clause[1:] != clause[:-1]
        if by_edition:
            changes = changes | (edition[1:] != edition[:-1])
        firsts = order[np.concatenate((np.ones(min(len(order), 1), dtype=bool), changes))]
        chosen = hits.where(firsts)
        columns = (chosen.clause, chosen.edition, chosen.sentence, chosen.score, chosen.certain)
        sides = [column.tolist() for column in columns]
        return [(clause, edition, Trace(*told)) for clause, edition, *told in zip(*sides, strict=True)]

    def _done(self, hits: Hits) -> dict[tuple[int, int], Trace]:
        """The best sentences that say close to words of the clause that something was done.

        That a body was founded carries out the promise to found it, and none of what it will do.
        """
        strong = hits.where(np.flatnonzero(hits.certain & (hits.score >= self._content.rules.carried_out)))
        telling = self._content.features[self._kind].telling
        found: dict[tuple[int, int], Trace] = {}
        sides = (strong.clause.tolist(), strong.edition.tolist(), strong.sentence.tolist(), strong.score.tolist())
        for clause, edition, sentence, score in zip(*sides, strict=True):
            near = self._done_words(sentence)
            if not (near.words or near.founded) or (clause, edition) in found:
                continue
            own = set(telling.indices[telling.indptr[clause] : telling.indptr[clause + 1]].tolist())
            if near.words & own or (near.founded & own and self._founds(clause)):
                found[clause, edition] = Trace(sentence, score, certain=True, done=True)
        return found

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

    def _done_words(self, number: int) -> Done:
        """The words that stand close to what says that something was done; none where nothing says so."""
        if number not in self._near:
            record, sentence = self._content.sentence(number)
            text = " ".join(record.statement.text[sentence.start : sentence.end].split())
            known, words = self._content.rules, self._content.vocabulary
            near: dict[bool, set[int]] = {False: set(), True: set()}
            for m in known.completions.search(text):
                sides = text[max(0, m.start() - _NEAR) : m.start()], text[m.end() : m.end() + _NEAR]
                founded = self._among(m[0], known.founded) and self._among(" ".join((m[0], *sides)), known.bodies)
                near[founded] |= words.of(sides[0]) | words.of(sides[1])
            self._near[number] = Done(frozenset(near[False]), frozenset(near[True]))
        return self._near[number]

    def _found(self, clauses: Ints, silence: Silence) -> Hits:
        """Sentences that speak of the clauses, or, with words enough in common, of the sentences around these."""
        content, known = self._content, self._content.rules
        features = content.features[self._kind]
        least = min(known.perhaps, known.carried_out)
        alone = Silence(silence.own[clauses], silence.before[clauses], silence.until[clauses])
        telling = features.telling[clauses]
        pairs = self._alike(telling)
        own = self._shared(features.own[clauses], pairs, alone, least)
        sentences, firsts, index = np.unique(features.sentence[clauses], return_index=True, return_inverse=True)
        around = content.traces[sentences]
        pairs = self._alike_around(content.only_telling(around), telling[firsts], firsts, pairs)
        wide = self._shared(around, pairs, silence.of(clauses, index), known.around)
        # Each clause of a sentence has what the sentence has.
        order = np.argsort(wide[0], kind="stable")
        starts = np.searchsorted(wide[0][order], np.arange(len(sentences) + 1))
        places, whose = ranges(starts[index], starts[index + 1])
        rows = np.concatenate((own[0], whose))
        columns = np.concatenate((own[1], wide[1][order][places]))
        scores = np.concatenate((own[2], wide[2][order][places]))
        certain = np.concatenate((own[2] >= known.mentioned, np.zeros(len(whose), dtype=bool)))
        hits = Hits(clauses[rows], columns, content.edition[columns], scores, certain)
        return hits.where(np.flatnonzero(silence.holds(hits.clause, hits.edition)))

    def _alike(self, telling: Rows) -> tuple[Ints, Ints]:
        """Pairs of these rows and sentences that have telling words enough in common."""
        needed = np.minimum(row_sums(telling), self._content.rules.shared_words)
        return products(telling, self._content.traces, needed)[:2]

    def _alike_around(self, telling: Rows, own: Rows, firsts: Ints, pairs: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
        """The same of sentences: a clause that has all words of its sentence has its ``pairs`` too.

        ``own``: the telling words of each sentence's first clause, which is number ``firsts`` of those in the pairs.
        """
        same = equal_rows(telling, own)
        rows, columns = self._alike(telling[np.flatnonzero(~same)])
        edges = np.searchsorted(pairs[0], np.stack((firsts[same], firsts[same] + 1)))
        places, whose = ranges(*edges)
        found = np.concatenate((np.flatnonzero(same)[whose], np.flatnonzero(~same)[rows]))
        return found, np.concatenate((pairs[1][places], columns))

    def _shared(self, own: Rows, pairs: tuple[Ints, Ints], silence: Silence, least: float) -> tuple[Ints, Ints, Floats]:
        """The pairs of these rows and sentences of silent editions that are alike so far, and how much."""
        rows, columns = pairs
        silent = silence.holds(rows, self._content.edition[columns])
        rows, columns = rows[silent], columns[silent]
        scores = self._likeness.of(own, rows, columns)
        near = scores >= least
        return rows[near], columns[near], scores[near]
