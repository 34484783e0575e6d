"""What belongs to an action as its purpose, manner or effect, and where the list of actions goes on after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from communique.clauses.inflection import forms
from communique.clauses.operators import Grammar
from communique.clauses.words import Sentence

JOINTS = ("and", ",", ";", "but")
_PURPOSE = 60
"""Words of the longest purpose within a list of actions."""


@cache
def gerunds(verbs: frozenset[str]) -> dict[str, str]:
    """The gerunds of verbs, each with its verb."""
    return {form: verb for verb in sorted(verbs) for form, kind in forms(verb).items() if kind == "gerund"}


@dataclass(slots=True)
class Scope:
    """Whether the words of a clause still belong to one of its actions, as they are read from left to right.

    ``inside``: they do; ``listed``: they are a list of purposes; ``manner``: they tell how an action is done;
    ``clause``: they are what an action brings about (`ensure that …`); ``purpose``: they tell what it is for, by
    infinitives alone; ``relative``: they describe a thing (`ports that are open`); ``listing``: the list of actions has
    members after bare commas, and so has to end in `, and`.
    """

    grammar: Grammar
    sentence: Sentence
    until: int
    gerund: bool
    to: bool
    inside: bool = False
    listed: bool = False
    manner: bool = False
    clause: bool = False
    purpose: bool = False
    relative: bool = False
    listing: bool = False

    def closed(self) -> bool:
        """Whether only a semicolon, or what goes on, ends what belongs to the action."""
        return self.inside and not (self.to or self.gerund or self.manner or self.clause)

    def opening(self, at: int) -> int | None:
        """Index of the next word from ``at`` on that ends what belongs to the action in any case."""
        lower = self.sentence.lower
        return next((i for i in range(at, self.until) if lower[i] == ";" or self._goes_on(i) or self._ends(i)), None)

    def _goes_on(self, at: int) -> bool:
        """Whether `and` joins what nobody does in order to do something else: `and continue to`, `and work to`."""
        lower = self.sentence.lower
        if lower[at] != "and":
            return False
        verb = self.grammar.after_adverbs(self.sentence, at + 1)
        return lower[verb + 1 : verb + 2] == ["to"] and lower[verb] in self.grammar.words["going_on"]

    def _ends(self, at: int) -> bool:
        """Whether `, and` with a verb ends the list of actions: `share data, train crews to map it, and build a port`.

        Not where the words since a purpose began are a list of their own. What describes a thing is of another verb.
        """
        lower, verbs = self.sentence.lower, self.grammar.verbs
        if not self.listing or self.gerund or lower[at : at + 2] != [",", "and"]:
            return False
        verb = self.grammar.after_adverbs(self.sentence, at + 2)
        if verb >= self.until or lower[verb] not in verbs:
            return False
        if self.relative:
            return True
        near = range(at - 1, max(at - _PURPOSE, 0), -1)
        last = next((i for i in near if lower[i] in verbs and lower[i - 1] in ("to", ",", "and")), 0)
        return last > 0 and lower[last - 1] == "to"

    def _resumed(self, at: int) -> bool:
        """Whether a gerund goes on with the list of actions after infinitives: `testing tugs to save fuel, mapping`."""
        verb = self.grammar.after_adverbs(self.sentence, at + 1 + (self.sentence.lower[at + 1 : at + 2] == ["and"]))
        listing = self.purpose or (self.listing and not self.manner)
        if not (self.gerund and listing and self.sentence.lower[at] in JOINTS) or verb >= self.until:
            return False
        joined = "and" in self.sentence.lower[at:verb]
        of_verbs = gerunds(self.grammar.verbs)
        if self.sentence.lower[at - 1] in of_verbs:
            return False  # `to limit the risk of testing and mapping mines`
        listed = joined or list_closes(self.grammar, self.sentence, verb, self.until, of_verbs)
        return listed and self.sentence.lower[verb] in of_verbs

    def _governs_gerund(self, at: int) -> bool:
        """Whether a gerund follows, which names a thing and tells no purpose: `a key to opening ports`."""
        verb = self.grammar.after_adverbs(self.sentence, at + 1)
        return verb < self.sentence.size and self.sentence.lower[verb] in gerunds(self.grammar.verbs)

    def _joins_too(self, at: int) -> bool:
        """Whether `as well as` from word ``at`` on joins a further action: a verb of the same form, or `to`."""
        lower = self.sentence.lower
        if lower[at + 1 : at + 3] != ["well", "as"] or at + 3 >= self.sentence.size:
            return False
        return self.gerund or (self.to and lower[at + 3] == "to") or lower[at + 3] in self.grammar.verbs

    def _tells_manner(self, at: int) -> bool:
        """Whether a word opens what tells how or by what an action is done; `such tugs` tells nothing of the kind."""
        word = self.sentence.lower[at]
        return word in self.grammar.words["manners"] and (
            word != "such" or _gives_example(self.grammar, self.sentence, at)
        )

    def enter(self, at: int) -> tuple[int, str]:
        """Take in the pivot at word ``at``; the index of its last word, and what it is worth (`as well as`: `and`)."""
        lower, words = self.sentence.lower, self.grammar.words
        word, to = lower[at], self.to
        if self.inside and (self._goes_on(at) or self._ends(at) or self._resumed(at)):
            self.inside = self.manner = self.clause = self.listed = self.purpose = self.relative = False
            return at, word
        self.purpose = self.purpose and not self._tells_manner(at)
        if self.inside and not (self.manner or self.clause or word in JOINTS or word == "as"):
            return at, word  # what opens inside changes nothing
        if word in JOINTS and not (self.inside or self.manner):
            return at, word  # ... nor what goes on outside
        if word == "as" and self._joins_too(at):
            repeated = to and lower[at + 3] == "to"
            at, word, self.inside = at + 2, "and", self.inside and not repeated
        opens = lower[at] not in JOINTS and _opens(self.grammar, self.sentence, at, self.until, to)
        if opens:
            self.clause = word in words["that"] and not self.inside and lower[at - 1] in self.grammar.verbs
            self.manner = self._tells_manner(at) and (self.manner or not self.inside)
            self.purpose = word == "to" and not self.inside and not self._governs_gerund(at)
            self.relative = word in words["relatives"] and not (self.inside or self.clause)
        self.inside = word != ";" and (self.inside or opens)
        if self.manner and word == "," and not self.gerund:
            self.inside = self.manner = not _resumes(self.grammar, self.sentence, at, self.until)
        if word == "and" and (self.gerund or self.manner) and to and lower[at + 1 : at + 2] == ["to"]:
            self.inside = self.manner = False  # `agreed to share A through 2031 and to build B`
        if word == "," and self.inside and to:
            ahead = lower[at + 1 : at + 3]
            self.listed = self.listed or (
                ahead[:1] == ["to"] and not self.clause
            )  # `to A, to B, and to C` after a noun
            self.inside = self.listed or ahead != ["and", "to"]
            if self.clause and ahead[:1] == ["to"]:
                self.inside = self.clause = not to_comes_again(self.sentence, at, self.until)
        return at, word


def _opens(grammar: Grammar, sentence: Sentence, at: int, until: int, to: bool) -> bool:
    """Whether a word opens what belongs to the action: `by sharing data`, but not `by the end of 2026`."""
    word = sentence.lower[at]
    if word == "to":
        return _purpose(grammar, sentence, at, until, to)
    if word == "by" and sentence.lower[at - 1].endswith("ed"):
        return False  # `the rules set or backed by the club`
    if word == "such":
        return _gives_example(grammar, sentence, at)
    if word not in grammar.words["scopes"] or (word in grammar.words["that"] and _governed(grammar, sentence, at)):
        return False
    return grammar.terms["by_date"].match(sentence.text, sentence.starts[at] - 1, sentence.end) is None


def _gives_example(grammar: Grammar, sentence: Sentence, at: int) -> bool:
    """Whether an action stands behind `such as`, as in `such as testing tugs`; `such as tugs` names what there is."""
    after = sentence.lower[at + 1 : at + 3]
    return after[:1] == ["as"] and after[-1] in gerunds(grammar.verbs)


def _resumes(grammar: Grammar, sentence: Sentence, at: int, until: int) -> bool:
    """Whether the list of actions goes on after what told how one is done: `through training, and build the …`."""
    verb = grammar.after_adverbs(sentence, at + 2)
    if sentence.lower[at + 1 : at + 2] != ["and"] or verb + 1 >= until or sentence.lower[verb] not in grammar.verbs:
        return False
    after = sentence.lower[verb + 1]
    told = after in grammar.words["determiners"] or grammar.adverbial(after)
    return told or sentence.lower[verb] in grammar.words["verbal"]


def _governed(grammar: Grammar, sentence: Sentence, at: int) -> bool:
    """Whether a preposition governs the word: `to that end`."""
    before = sentence.lower[at - 1]
    return before in grammar.words["prepositions"] and before != "in"


def _purpose(grammar: Grammar, sentence: Sentence, at: int, until: int, to: bool) -> bool:
    """Whether `to` opens an infinitive of its own, and not a noun or a further action (`to A, to B and to C`)."""
    verb = grammar.after_adverbs(sentence, at + 1)
    after = sentence.word(verb) if verb < sentence.size else ""
    if after.lower() in grammar.words["determiners"] or not after[:1].islower():
        return False
    if after in grammar.words["to_idioms"]:
        return False  # `hold the firms to account`
    if after in gerunds(grammar.verbs):
        return sentence.lower[at - 1] not in (*JOINTS, *grammar.words["conjunctions"])  # `a way to ending it`
    object_follows = verb + 1 < sentence.size and sentence.lower[verb + 1] in grammar.words["determiners"]
    if after not in grammar.verbs and sentence.lower[verb + 1 : verb + 2] == [","]:
        return False  # `access to robust, open and safe ports`
    if after not in grammar.verbs and not object_follows:
        governed = sentence.lower[at - 1] in grammar.words["to_nouns"]
        if governed or grammar.terms["nominal"].search(after):
            return False  # `solutions to global challenges`, `the transition to climate neutrality`
    before = sentence.lower[at - 1]
    return not (before == "and" or (before == "," and to and to_comes_again(sentence, at, until)))


def list_closes(grammar: Grammar, sentence: Sentence, at: int, until: int, verbs: Collection[str]) -> bool:
    """Whether a list of actions goes on to its `and V`; after a bare comma a gerund else tells the manner."""
    for i in range(at + 1, min(until + 1, sentence.size, at + 60) - 1):  # the last may be an operator of its own
        if sentence.lower[i] == "and":
            last = sentence.lower[grammar.after_adverbs(sentence, i + 1) % sentence.size]
            if last in verbs or (verbs is grammar.verbs and last in grammar.operators):
                return True
    return False


def to_comes_again(sentence: Sentence, at: int, until: int) -> bool:
    """Whether a list of infinitives goes on to its `and to`."""
    return any(sentence.lower[i] == "and" and sentence.lower[i + 1] == "to" for i in range(at, until - 1))
