"""What stands nowhere in an edition: enough of a clause's matter that the edition can be said to be silent of it."""

from __future__ import annotations

import numpy as np

from communique.comparison.clauses import ClauseKind
from communique.comparison.likeness import Likeness
from communique.comparison.material import Material
from communique.comparison.sparse import Floats, Ints, Mask, Rows, index_of, row_sums


class Proof:
    """Of which clauses of one kind an edition's words prove that it does not speak.

    That no sentence has a clause's words proves little of a clause that says little: another edition may say as much
    in other words. So a clause must be about something, by words that do not stand in statements of every matter, and
    enough of these must stand nowhere in the edition, nor other words of the same matter. Unless there are plenty of
    them, nothing in the edition may be like the sentence around the clause either: it tells the matter of a clause
    that does not.
    """

    def __init__(self, content: Material, kind: ClauseKind, likeness: Likeness) -> None:
        self._content, self._edition = content, content.clauses[kind].edition
        self._about: Rows = content.features[kind].about
        self._sentence = content.features[kind].sentence
        self._likeness = likeness
        known = content.rules
        self._worth: Floats = np.ascontiguousarray(self._missing(content.spread).T)
        self._needed: Floats = np.maximum(known.enough, known.share * row_sums(self._about))

    def at(self, clauses: Ints, editions: Ints) -> Mask:
        """Whether each of these editions is proven silent of the clause beside it."""
        asked, index = np.unique(clauses, return_inverse=True)
        worth: Floats = (self._about[asked] @ self._worth)[index, editions]
        enough: Mask = worth >= self._needed[clauses]
        doubtful = np.flatnonzero(enough & (worth < self._content.rules.plenty))
        enough[doubtful] = ~self._spoken(clauses[doubtful])[np.arange(len(doubtful)), editions[doubtful]]
        return enough

    def before(self, clauses: Ints) -> Mask:
        """For each of these clauses, none of the first edition, whether all editions before its own are."""
        missing = self._missing(np.logical_or.accumulate(self._content.spread, axis=0))
        about = self._about[clauses]
        index = index_of(about)
        earlier = self._edition[clauses[index]] - 1
        worth = np.bincount(index, missing[earlier, about.indices], minlength=len(clauses))
        enough: Mask = worth >= self._needed[clauses]
        rows = np.flatnonzero(enough & (worth < self._content.rules.plenty))
        spoken = np.logical_or.accumulate(self._spoken(clauses[rows]), axis=1)
        enough[rows] = ~spoken[np.arange(len(rows)), self._edition[clauses[rows]] - 1]
        return enough

    def _spoken(self, clauses: Ints) -> Mask:
        """For each of these clauses and each edition, whether it has a sentence like the one around the clause."""
        spoken, index = np.unique(self._content.spoken_of[self._sentence[clauses]], return_inverse=True)
        found: Mask = self._likeness.speak(self._content.spoken[spoken], self._content.rules.quiet)[index]
        return found

    def _missing(self, spread: Mask) -> Floats:
        """What each word counts for the silence of each edition, which has these words.

        A word of a known matter counts more where the edition has no word of that matter, and less where it has one. A
        word that it has counts nothing, or against its silence where few sentences have it.
        """
        known, kin = self._content.rules, self._content.kin
        worth = np.ones(spread.shape)
        worth[:, self._content.entity] = known.name
        words = np.flatnonzero(kin.any(axis=0))
        members = kin[:, words].astype(np.float64)
        spoken = (spread[:, words].astype(np.float64) @ members.T) > 0
        near = (spoken.astype(np.float64) @ members) > 0
        worth[:, words] = np.where(near, known.kin, known.matter)
        return np.where(spread, -known.against * self._content.rare, worth)
