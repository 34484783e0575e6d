"""Lists: what a lead says holds for its items, which begin with a verb of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.annotations import Line
from communique.clauses.candidates import Subject
from communique.clauses.chains import frame_of, only_explores, wants, weakest
from communique.clauses.found import Found
from communique.clauses.operators import WEAKER, Grammar
from communique.clauses.subjects import SubjectFinder
from communique.clauses.words import Sentence

HEADLINE = 25
"""Words within which a colon makes the beginning of a list item its headline, and what follows its sentence."""

SHORT = 8
"""... where it begins with a verb, which else is what the item promises."""

LABEL = 10
"""Words of the longest label of an item."""

NOUN_WITHIN = 5
"""Words of an item within which the noun stands that tells what it promises."""

BESIDE = ("participle", "apposed")
"""Rules of what stands beside the main verb, and shares its subject."""

_GOES_ON = re.compile(r"(?<!\d)(?!1\b)\d{1,3}[.)]? \Z")
_NUMBER = 6
"""Numbers of paragraphs but the first, and how long they may be."""

_MARKS = ("- ", "• ", "* ")  # items that run on in one line


@dataclass(slots=True)
class Lists:
    """The lead that holds for the items that follow it.

    ``lead`` is a promise (`We intend to:`); ``given`` is a subject whose verbs the items bring (`We hereby:`),
    ``due`` the date by which what the lead announces is due, ``open`` whether the items end the lead's own clause,
    ``bare`` whether the lead says nothing itself (`commit to:`), ``kind`` of which lines its items are. ``inside``
    tells whether the last line, which begins at ``line``, is an item that the lead's verb governs.
    """

    grammar: Grammar
    subjects: SubjectFinder
    lead: Found | None = None
    given: Subject | None = None
    due: str | None = None
    open: bool = False
    bare: bool = False
    kind: str = ""
    inside: bool = False
    line: int = -1

    def holds(self, sentence: Sentence, line: Line | None) -> bool:
        """Whether a sentence is an item, also one without a line of its own kind: `to V` under a lead."""
        if line is not None and line.start != self.line:
            self.line, self.inside = line.start, False
        if line is not None and line.kind in ("bullet", "numbered"):
            if self.kind == "bullet" and _GOES_ON.search(sentence.text, max(0, line.start - _NUMBER), line.start):
                self.lead = self.given = None  # the next paragraph behind the bullets of one
            self.kind = line.kind
            return True
        if line is not None and line.start == sentence.start and self._said_below(sentence):
            return True
        infinitive = self.lead is not None and sentence.word(0) == "to"
        if line is None and self.inside and self._bids(sentence):
            return True
        return infinitive or sentence.text[sentence.start - 2 : sentence.start] in _MARKS

    def _said_below(self, sentence: Sentence) -> bool:
        """Whether a paragraph begins with what those did who stand before a colon: `The two sides: | Agreed to …`."""
        operator = self.grammar.operators.get(sentence.lower[0])
        return self.given is not None and operator is not None and operator[1] == "past"

    def _bids(self, sentence: Sentence) -> bool:
        """Whether a later sentence of an item begins as the item does: `1. Map the reef. Explore ways to share it.`."""
        if self.lead is None or sentence.size < 2 or sentence.lower[0] not in self.grammar.verbs:
            return False
        words = self.grammar.words
        governs = sentence.lower[1] in words["determiners"] or sentence.lower[0] in self.grammar.operators
        return governs and sentence.lower[1] not in words["prepositions"]  # `Support for the port will be given`

    def enter(self, sentence: Sentence, made: list[Found], line: Line | None) -> None:
        """Remember a lead for what follows, and forget it where other text does.

        A lead that says nothing itself (`intend to:`) is no more than a report in ``made``.
        """
        if sentence.lower[-1] == ":":
            self.kind = ""
            self.lead = next((f for f in reversed(made) if f.promises), None)
            told = sentence.size < 2 or sentence.lower[-2] in self.grammar.words["perfect"]
            told = told or any(not one.rule.endswith(BESIDE) for one in made)
            given = None if told else self.subjects.before(sentence, sentence.size - 1)
            self.given = given and given._replace(first=0)  # as if each item began with it
            self.open = self.lead is not None and self._goes_on(sentence, self.lead)
            self.bare = self.lead is not None and self._announces(sentence, self.lead)
            if self.lead is None:
                self.lead = self._duty(sentence) or self._resolved(sentence)
                self.bare = self.lead is not None
            if self.lead in made and self.bare:
                made[made.index(self.lead)] = _unsaid(self.lead)
        elif line is not None and not self.holds(sentence, line) and not self._preamble(sentence):
            self.lead = self.given = None
            made[:] = [_unsaid(one) if one.promises and self._below(sentence, one) else one for one in made]

    def _duty(self, sentence: Sentence) -> Found | None:
        """A promise of what a lead says has to be done: `we must keep the reef by the following actions:`."""
        duty = self.grammar.terms["duty_lead"].search(sentence.text, sentence.start, sentence.end)
        at = sentence.at(duty.start()) if duty is not None else 0
        subject = self.subjects.before(sentence, at) if at else None
        if subject is None or subject.role != "parties":
            return None
        start, end = sentence.starts[at], sentence.after(at)
        return Found("pledge", start, end, [sentence.lower[at]], subject, "duty", sentence.size, "base")

    def _resolved(self, sentence: Sentence) -> Found | None:
        """What a declaration decides in its points: `The two sides agree as follows:`, `Resolve:`."""
        verb = self.grammar.terms["resolving"].search(sentence.text, sentence.start, sentence.end)
        at = sentence.at(verb.start()) if verb is not None else 0
        subject = self.subjects.before(sentence, at) if at else None
        if verb is None or (at and (subject is None or subject.role != "parties")):
            return None
        where = sentence.starts[at], sentence.after(at)
        told = subject or Subject(*where, at, self.subjects.parties, "parties", joined=True)
        return Found("decision", *where, [sentence.lower[at]], told, "resolved", sentence.size, "base")

    def _preamble(self, sentence: Sentence) -> bool:
        """Whether a paragraph goes on what a subject began: `Both sides:`, `RECALLING …,`."""
        operator = self.grammar.operators.get(sentence.lower[0])
        return self.given is not None and operator is not None and operator[1] == "gerund"

    def _goes_on(self, sentence: Sentence, lead: Found) -> bool:
        """Whether only the items say what a lead promises: `cooperate, including to:`, `activities aimed at:`."""
        return self.grammar.terms["unsaid"].search(sentence.text, lead.trigger_end, sentence.end) is not None

    def _announces(self, sentence: Sentence, lead: Found) -> bool:
        """Whether a lead says nothing itself: `intend to:`, `directed the agencies to do the following:`."""
        return self.grammar.terms["nothing"].fullmatch(sentence.text, lead.trigger_end, sentence.end) is not None

    def _below(self, sentence: Sentence, one: Found) -> bool:
        """Whether a sentence leaves to the text below what it promises: `committed to the following steps.`."""
        return self.grammar.terms["below"].fullmatch(sentence.text, one.trigger_end, sentence.end) is not None

    def item(self, sentence: Sentence) -> list[Found]:
        """What an item that begins with a verb makes: its class is the lead's, or its own where that is weaker."""
        first = self._first(sentence)
        if first is None or self._only_dates(sentence, first) or self._is_label(sentence):
            return []
        word = sentence.lower[first]
        own = self.grammar.bullets.get(word) if self.lead is not None or self._tells_itself(sentence) else None
        own = self._works(sentence) if own is None and self.lead is None else own
        named = sentence.lower[first - 1 : first] == [":"] and sentence.lower[first + 1 : first + 2] == [","]
        acts = word in self.grammar.verbs or (word.endswith("ing") and not named)  # `Capacity: training, exchanges`
        verbal = sentence.lower[0] == "to" or own is not None or acts
        resolved = self.lead is not None and self.lead.rule == "resolved"  # `Resolve: 1. To urge all states to …`
        if self.lead is not None and own == "position" and (not acts or resolved):
            return self._alone(sentence, first, own)  # `decide to: Welcome …`: a view stays one
        if self.lead is not None and (verbal or self._binds(sentence, first)):
            return [self._under(sentence, first, self.lead, own)]
        if own is None and first == 0 and (last := self._looks(sentence)) is not None:
            return [self._made(sentence, "explore", 0, last, [word], "list item", ())]
        return [] if own is None or first else self._alone(sentence, first, own)

    def _is_label(self, sentence: Sentence) -> bool:
        """Whether an item's first words only name what its sentences tell: `Building docks. The port will …`.

        So it is under a lead that says all of its own clause; what is launched or founded is said by them as well.
        """
        word = sentence.lower[0]
        if self.lead is None or self.bare or self.open or self.grammar.bullets.get(word) == "decision":
            return False
        return word.endswith("ing") and sentence.size <= LABEL and _goes_on_in_line(sentence)

    def _tells_itself(self, sentence: Sentence) -> bool:
        """Whether an item under no lead tells its class by its first word: a gerund, or `Launch a`, `Explore new`.

        The base form of a view is as often a noun (`Support for`), and that of other verbs may bid anybody.
        """
        word, after = sentence.lower[0], sentence.lower[1:2]
        if word.endswith("ing"):
            return True
        if self.grammar.bullets.get(word) not in ("decision", "explore") or not after:
            return False
        looks = self.grammar.terms["options"].match(sentence.text, sentence.after(0), sentence.end) is not None
        return looks or after[0] in self.grammar.words["determiners"] or after[0] in self.grammar.words["undertaken"]

    def noun(self, sentence: Sentence) -> list[Found]:
        """What an item without a verb makes under a bare lead: `commit to: regular exchange of charts`.

        One with sentences behind it is their headline: `(a) Lunar exploration. The agencies will …`.
        """
        if self.lead is None or not self.bare or _goes_on_in_line(sentence):
            return []
        until = sentence.starts[NOUN_WITHIN] if sentence.size > NOUN_WITHIN else sentence.end
        nouns = [m.start() for m in self.grammar.actions.finditer(sentence.text, sentence.start, until)]
        return [self._under(sentence, sentence.at(nouns[-1]), self.lead, None, whole=False)] if nouns else []

    def _looks(self, sentence: Sentence) -> int | None:
        """Index of the last word of what only looks or talks: `Seeking ways to …`, `Continuing talks on …`."""
        if not sentence.lower[0].endswith("ing"):
            return None
        if sentence.lower[0] in self.grammar.words["searches"]:
            ways = self.grammar.terms["options"].match(sentence.text, sentence.after(0), sentence.end)
            return sentence.at(ways.end()) - 1 if ways is not None else None
        return 0 if only_explores(self.grammar, sentence, 0) else None

    def _only_dates(self, sentence: Sentence, first: int) -> bool:
        """Whether an item's gerund tells from when what it says holds: `Beginning in 2031, the ministry will …`."""
        after = sentence.lower[first + 1 : first + 2]
        return (
            sentence.lower[first] in self.grammar.words["beginnings"]
            and after != []
            and (after[0] in self.grammar.words["prepositions"] or after[0].isdigit())
        )

    def _first(self, sentence: Sentence) -> int | None:
        """Index of an item's verb: under a lead also after a headline, the `to` that the lead asks for, or adverbs."""
        opening = sentence.lower[1:HEADLINE]
        headline = opening.index(":") + 1 if ":" in opening else None
        if headline is not None and not (headline > SHORT and sentence.lower[0] in self.grammar.verbs):
            held = self.lead is not None and headline + 1 < sentence.size
            return headline + 1 if held and sentence.word(headline + 1).islower() else None
        if self.lead is None:
            return 0
        first = self.grammar.after_adverbs(sentence, int(sentence.lower[0] == "to"))
        if first == sentence.size:
            return 0
        asked = sentence.lower[0] == "to" or sentence.lower[first] in self.grammar.bullets
        return first if asked or sentence.lower[first] in self.grammar.verbs else 0  # `Further promote`, `Further the`

    def _under(self, sentence: Sentence, first: int, lead: Found, own: str | None, *, whole: bool = True) -> Found:
        """What an item under a lead makes; its operator words begin with the item, or (not ``whole``) at its noun."""
        own = "explore" if only_explores(self.grammar, sentence, first) else own or self._seeks(sentence, first)
        strength = weakest(lead.strength, own) if own in ("explore", "intent") else lead.strength
        operators = [*lead.operators, sentence.lower[first]]
        bound = lead.actors or (lead.subject.actors if lead.subject else ())
        begins = 0 if whole and ":" not in sentence.lower[:first] else first
        self.inside = self.inside or (whole and sentence.lower[first] in self.grammar.verbs)
        return self._made(sentence, strength, begins, first, operators, f"list item under {lead.rule}", bound)

    def _seeks(self, sentence: Sentence, first: int) -> str | None:
        """The class of an item that only wants: `we will: (a) seek to align our views`."""
        operator = self.grammar.operators.get(sentence.lower[first])
        wanted = operator is not None and wants(operator[0]) and sentence.lower[first + 1 : first + 2] == ["to"]
        return "intent" if wanted else None

    def _binds(self, sentence: Sentence, first: int) -> bool:
        """Whether an item's verb binds by itself, which the lead does already: `Commit to a plan`."""
        return self._class_of(sentence, first, "base", "finite") in WEAKER

    def _works(self, sentence: Sentence) -> str | None:
        """The class of an item that tells of an aim by its gerund: `Working to align our views`."""
        return "intent" if self._class_of(sentence, 0, "gerund", "bullet") == "intent" else None

    def _class_of(self, sentence: Sentence, at: int, form: str, use: str) -> str | None:
        """The class of the operator that word ``at`` is in this form, by what follows it; None where it is none."""
        operator = self.grammar.operators.get(sentence.lower[at])
        if operator is None or operator[1] != form:
            return None
        chosen = frame_of(operator[0], use, "present", sentence, at)
        return chosen[0].strength if chosen is not None else None

    def _alone(self, sentence: Sentence, first: int, own: str) -> list[Found]:
        """`Launching a new partnership`, `Exploring opportunities for`, under no lead or none that tells its class."""
        word = sentence.lower[first]
        operator = self.grammar.operators.get(word)
        use = "bullet" if word.endswith("ing") else "finite"
        chosen = operator and frame_of(operator[0], use, "present", sentence, first)
        if operator and chosen and chosen[0].strength != "report":
            last = sentence.at(sentence.after(first) + len(chosen[1].group().rstrip())) - 1
            last = max(last, first) if chosen[0].strength != "position" else first
            return [self._made(sentence, chosen[0].strength, first, last, [word], "list item", ())]
        if operator is not None and (own == "position" or chosen):
            return []
        return [self._made(sentence, own, first, first, [word], "list item", ())]

    def _made(
        self, sentence: Sentence, strength: str, first: int, last: int, operators: list[str], rule: str,
        bound: tuple[str, ...],
    ) -> Found:  # fmt: skip
        start, end = sentence.starts[first], sentence.after(last)
        action = last if self.lead is not None else last + 1
        found = Found(strength, start, end, operators, None, rule, action, "gerund")
        found.actors = bound or tuple(self.subjects.found.parties)
        found.due = self.due if self.lead is not None else None
        return found


def _goes_on_in_line(sentence: Sentence) -> bool:
    """Whether another sentence stands behind this one in its line."""
    return sentence.text[sentence.end : sentence.end + 2].lstrip(" ")[:1] not in ("", "\n")


def _unsaid(lead: Found) -> Found:
    """A lead that leaves to other words what it promises: it ends the clause before, and makes nothing."""
    return replace(lead, strength="report")
