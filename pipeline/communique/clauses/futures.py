"""What has yet to come: `will`, by itself or under what has been decided."""

from __future__ import annotations

from communique.clauses.chains import Chain, follow, frame_of
from communique.clauses.found import Found, build
from communique.clauses.reading import Reading
from communique.clauses.subjects import Subject


def read_will(reading: Reading, at: int) -> Found | None:
    before = reading.subjects.skip_left(reading.sentence, at)
    previous = reading.sentence.lower[before - 1] if before else ""
    action = reading.grammar.after_adverbs(reading.sentence, at + 1)
    if action >= len(reading.sentence) or reading.sentence.lower[action] in reading.grammar.words["negations"]:
        return None
    subject = reading.subject(at, previous, "past")
    if previous == "there":
        return _decided(reading, at, action)
    if reading.sentence.lower[action] == "be":
        return _be(reading, at, action, subject)
    if subject is None and previous not in reading.grammar.words["relatives"]:
        return _decided(reading, at, action)
    if subject is None or subject.role == "outsider" or "today" in reading.sentence.lower[at:action]:
        return None
    return _do(reading, at, action, subject)


def _decided(reading: Reading, at: int, action: int) -> Found | None:
    """`decided that …, and that there will be no …`: the second clause is decided as well."""
    first = next((f for f in reading.found if f.strength == "decision" and f.rule.endswith("within")), None)
    between = reading.sentence.text[first.trigger_end : reading.sentence.starts[at]] if first else ""
    if first is None or "and that" not in between:
        return None
    start, end = reading.sentence.starts[at], reading.sentence.ends[at]
    return Found(
        "decision", start, end, [*first.operators, "will"], first.subject, "decided, coordinated", action, "base"
    )


def _do(reading: Reading, at: int, action: int, subject: Subject) -> Found | None:
    operator = reading.grammar.operators.get(reading.sentence.lower[action])
    last = operator[0].frames[-1].strength if operator else ""
    says = operator is not None and (subject.role == "meeting" or operator[0].lemma in reading.grammar.words["sayings"])
    if last == "position" and operator is not None and says:
        chosen = frame_of(operator[0], "finite", "present", reading.sentence, action)
        if chosen is not None and chosen[0].strength == "position":
            return build(
                reading.grammar, reading.sentence, operator[0], *chosen, action, action, subject, "base", "will"
            )
    if subject.role == "meeting" and reading.grammar.terms["happens"].match(
        reading.sentence.text, reading.sentence.starts[action]
    ):
        found = Found(
            "pledge",
            reading.sentence.starts[at],
            reading.sentence.ends[at],
            ["will"],
            subject,
            "will take place",
            action,
        )
        found.actors = ()
        return found
    act = _only_meets(reading, subject) or (
        reading.sentence.lower[action] in reading.grammar.words["acts"] and _of_today(reading, subject)
    )
    if act or not (subject.binds or subject.role == "meeting"):
        return None
    start, end = reading.sentence.starts[at], reading.sentence.ends[at]
    chain = follow(reading.grammar, reading.sentence, Chain("pledge", ["will"], end))
    return Found(chain.strength, start, chain.end, chain.operators, subject, "will", chain.action, "base")


def _only_meets(reading: Reading, subject: Subject) -> bool:
    """Whether the subject is the meeting itself, and no body that the parties run (`the dialogue will …`)."""
    last = reading.sentence.text[subject.start : subject.end].split()[-1].lower()
    return subject.role == "meeting" and last not in reading.grammar.subjects["bodies"]


def _of_today(reading: Reading, subject: Subject) -> bool:
    """Whether the sentence tells what a person does on the day: `Today, the Vice President will announce …`."""
    words = reading.sentence.text[subject.start : subject.end]
    named = subject.role == "parties" and words.lower() not in reading.grammar.words["plurals"]
    return "today" in reading.sentence.lower or (named and len(subject.actors) < 2)


def _be(reading: Reading, at: int, be: int, subject: Subject | None) -> Found | None:
    """`will be held` promises by an unnamed agent; `will be important` does not promise."""
    verb = reading.grammar.after_adverbs(reading.sentence, be + 1)
    word = reading.sentence.lower[verb] if verb < len(reading.sentence) else ""
    if (
        reading.sentence.lower[reading.subjects.skip_left(reading.sentence, at) - 1]
        in reading.grammar.words["relatives"]
    ):
        return None
    start, end = reading.sentence.starts[at], reading.sentence.ends[be]
    if word.endswith("ing") and subject is not None and subject.binds:
        return Found("pledge", start, end, ["will"], subject, "will be doing", verb, "gerund")
    participle = word.endswith("ed") or word in reading.grammar.words["participles"]
    if not participle or word in reading.grammar.words["states"] or reading.next(verb) == "by":
        return None
    found = Found("pledge", start, end, ["will"], None, "will be done", verb, "past")
    found.actors = ()
    return found
