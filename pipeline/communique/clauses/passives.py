"""Verbs in the passive: `are committed to`, `was welcomed by`, `were invited to`, `it was agreed that`."""

from __future__ import annotations

from communique.clauses.chains import frame_of
from communique.clauses.found import Found, build
from communique.clauses.operators import Operator
from communique.clauses.reading import Reading


def read_passive(reading: Reading, operator: Operator, at: int, copula: int) -> Found | None:
    """What the participle at word ``at`` makes behind the copula at ``copula``."""
    grammar, sentence = reading.grammar, reading.sentence
    told = _impersonal(reading, operator, at, copula) if _by_all(reading, operator, copula) else None
    if told is not None:
        return told
    chosen = frame_of(operator, "copula", "present", sentence, at)
    if chosen is None:
        return (
            _bidden(reading, operator, at, copula)
            or _told(reading, operator, at, copula)
            or done_by(reading, operator, at)
        )
    subject = reading.subject(copula, reading.before(copula)[1], "past")
    if subject is None or subject.role == "outsider" or reading.unreal(subject, at):
        return None
    if chosen[0].bodies and (subject.role not in ("body", "meeting") or _scheduled(reading, at)):
        return None
    perfect = copula > 0 and sentence.lower[copula - 1] in grammar.words["perfect"]  # `have been asked to`
    tense = reading.tense(copula)
    return build(grammar, sentence, operator, chosen, copula - perfect, at, subject, tense, "copula")


def done_by(reading: Reading, operator: Operator, at: int) -> Found | None:
    """`welcomed by`: a view of somebody who is named behind it."""
    chosen = frame_of(operator, "passive", "past", reading.sentence, at)
    if chosen is None or reading.next(at) != "by":
        return None
    found = build(reading.grammar, reading.sentence, operator, chosen, at, at, None, "past", "passive")
    found.actors = ()
    return found


def _by_all(reading: Reading, operator: Operator, copula: int) -> bool:
    """Whether a passive is about `it`, or about an accord that opens the sentence: `(An) agreement was reached to`."""
    end, before = reading.before(copula)
    words = reading.grammar.words
    if operator.lemma not in words["reaching"]:
        return before == "it"
    opens = end == 1 or (end == 2 and reading.sentence.lower[0] in words["articles"])
    return opens and before in words["accords"]


def _impersonal(reading: Reading, operator: Operator, at: int, copula: int) -> Found | None:
    """`it was agreed that`, `agreement was reached to`: by those whose statement it is."""
    chosen = frame_of(operator, "impersonal", "past", reading.sentence, at)
    if chosen is None:
        return None
    found = build(reading.grammar, reading.sentence, operator, chosen, copula, at, None, "past", "impersonal")
    found.actors = reading.subjects.parties
    return found


def _told(reading: Reading, operator: Operator, at: int, copula: int) -> Found | None:
    """`a committee is hereby established`, `concern was expressed`: what the parties do, though none is named."""
    sentence, words = reading.sentence, reading.grammar.words
    done = not words["performing"].isdisjoint(sentence.lower[copula:at])
    strength = "decision" if done and operator.frames[0].strength == "decision" else ""
    if operator.lemma in words["voicing"] and sentence.lower[copula - 1] in words["sentiments"]:
        strength = "position"
    if strength == "":
        return None
    start, end = sentence.starts[at if strength == "position" else copula], sentence.after(at)
    rule = f"{operator.lemma}: told"
    return Found(strength, start, end, [operator.lemma], None, rule, at + 1, actors=reading.subjects.parties)


def _scheduled(reading: Reading, at: int) -> bool:
    """Whether what is expected only takes place: `is expected to be held in Lima`."""
    sentence, grammar = reading.sentence, reading.grammar
    action = grammar.after_adverbs(sentence, at + 2)
    if action >= sentence.size:
        return False
    happens = grammar.terms["happens"].match(sentence.text, sentence.starts[action])
    return sentence.lower[action] == "be" or happens is not None


def _bidden(reading: Reading, operator: Operator, at: int, copula: int) -> Found | None:
    """`ISRO was invited to use`, `firms were urged to join`: a view of what another may do, by an unnamed agent."""
    sentence = reading.sentence
    will = sentence.lower[copula] == "be"
    if will or operator.lemma not in reading.grammar.words["bidding"] or reading.next(at) != "to":
        return None
    subject = reading.subject(copula, reading.before(copula)[1], "past")
    if subject is not None and subject.role not in ("entity", "parties", "outsider"):
        return None
    start, end, rule = sentence.starts[at], sentence.after(at), f"{operator.lemma}: bidden"
    return Found("position", start, end, [operator.lemma], None, rule, at + 1, actors=())
