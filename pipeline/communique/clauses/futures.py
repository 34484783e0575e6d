"""What has yet to come: `will`, by itself or under what has been decided."""

from __future__ import annotations

from communique.clauses.candidates import Subject, in_plural
from communique.clauses.chains import Chain, follow, frame_of, past_shares, weakest
from communique.clauses.found import Found, build
from communique.clauses.reading import ASIDE, Reading

NEAR = 100
"""Longest stretch of code points between a verb of saying and the promise in what it says."""

_STOPS = (",", ";", ":")
"""What no subject goes on behind."""


def read_will(reading: Reading, at: int) -> Found | None:
    """What `will` at word ``at`` makes: a promise of its subject, or of somebody unnamed."""
    sentence, words = reading.sentence, reading.grammar.words
    before, previous = reading.before(at)
    relative = reading.relative(at, previous)
    action = _action(reading, at + 1)
    if action >= sentence.size or sentence.lower[action] in words["negations"]:
        return _refused(reading, at, action)
    if sentence.lower[action] in words["prepositions"] and sentence.lower[action] in words["noun_ends"]:
        return None  # `the free will of the people`
    subject = reading.subject(at, previous, "past", before) or reading.told_who(before)
    if previous in words["without"]:
        return _decided(reading, at, action) if previous == "there" else None
    be = _be_after(reading, action)
    if be is not None:
        found = None if _of_nothing(reading, at) else read_be(reading, at, be, subject)
        return _said(reading, found, at) if not relative or _comes(reading, found) else None
    if subject is None and not relative:
        return _decided(reading, at, action) or _holds(reading, at, action)
    if subject is None or subject.role == "outsider" or "today" in sentence.lower[at:action]:
        return None
    if reading.negated(subject) or _is_told(reading, subject) or _only_if(reading, subject):
        return None
    if relative and previous in words["that"] and subject.role in ("parties", "entity"):
        return None  # `a dialogue between our nations that will seek`
    if subject.role == "body" and _of_itself(reading, previous if relative else "", action, subject):
        return None
    return _said(reading, _do(reading, at, action, subject), at)


def _of_nothing(reading: Reading, at: int) -> bool:
    """Whether the subject of a passive is nothing: `no data will be shared`, but not `no later than May it will be`."""
    lower, words = reading.sentence.lower, reading.grammar.words
    finite = words["copulas"] | words["perfect"] | words["will"]
    for first in range(at - 1, max(at - ASIDE, 0) - 1, -1):
        if lower[first] in words["nobody"]:
            opens = first == 0 or lower[first - 1] in (*_STOPS, *words["that"], *words["conjunctions"])
            return opens and lower[first + 1] not in words["degrees"]
        if lower[first] in _STOPS or lower[first] in finite:
            break
    return False


def _comes(reading: Reading, found: Found | None) -> bool:
    """Whether a relative in the passive tells of what is yet to come: `the summit, which will be held in May`."""
    if found is None:
        return False
    return found.strength == "explore" or reading.sentence.lower[found.action] in reading.grammar.words["staged"]


def _is_told(reading: Reading, subject: Subject) -> bool:
    """Whether a clause only tells what was talked of (`discussed how we will`) or met with a view (`the news that`)."""
    lower, words = reading.sentence.lower, reading.grammar.words
    opened = subject.first - 1
    while opened > 0 and (lower[opened] in words["articles"] or reading.sentence.capital(opened)):
        opened -= 1
    if opened < 1 or lower[opened] not in words["that"]:
        return opened >= 0 and lower[opened] in words["questions"]
    if lower[opened - 1] in words["spoken_of"] or lower[opened - 1] in words["convictions"]:
        return True
    last = reading.found[-1] if reading.found else None
    return lower[opened - 1] in words["news"] and last is not None and last.strength == "position"


def _only_if(reading: Reading, subject: Subject) -> bool:
    """Whether a condition on an outsider stands before the subject: `should an adversary attack, we will respond`."""
    lower, words = reading.sentence.lower, reading.grammar.words
    near = range(max(subject.first - ASIDE, 1), subject.first)
    at = next((i for i in near if lower[i] in words["fronted"] and lower[i - 1] in (",", *words["that"])), None)
    return at is not None and lower[subject.first - 1] == ","


def _action(reading: Reading, at: int) -> int:
    """Index of the verb after adverbs from word ``at`` on: of `will, where needed, not only map` it is `map`."""
    at = _past_aside(reading, at)
    action = past_shares(reading.grammar, reading.sentence, reading.grammar.after_adverbs(reading.sentence, at))
    only = reading.sentence.lower[action : action + 2] == ["not", "only"]
    return reading.grammar.after_adverbs(reading.sentence, action + 2) if only else action


def _past_aside(reading: Reading, at: int) -> int:
    """Index of a verb behind an aside between commas that begins at word ``at``, or the index itself."""
    sentence, near = reading.sentence, range(at + 1, min(at + ASIDE, reading.sentence.size - 1))
    if sentence.lower[at : at + 1] != [","]:
        return at
    after = next((i + 1 for i in near if sentence.lower[i] == ","), at)
    verb = reading.grammar.after_adverbs(sentence, after)
    word = sentence.lower[verb] if verb < sentence.size else ""
    return after if word in reading.grammar.verbs or word in ("be", "not") else at


def _be_after(reading: Reading, action: int) -> int | None:
    """Index of `be` in `will be held`, `will continue to be held`."""
    lower = reading.sentence.lower
    if action >= reading.sentence.size:
        return None
    if lower[action] in reading.grammar.words["aspects"] and lower[action + 1 : action + 3] == ["to", "be"]:
        return action + 2
    return action if lower[action] == "be" else None


def read_would(reading: Reading, at: int) -> Found | None:
    """`stated that Japan would join`, `would consider`: what somebody said of the future, or is ready to look into."""
    sentence, grammar = reading.sentence, reading.grammar
    action = grammar.after_adverbs(sentence, at + 1)
    previous = reading.before(at)[1]
    subject = reading.subject(at, previous, "past")
    if (agreed := _agreed_done(reading, at, subject)) is not None:
        return agreed
    if subject is None or action >= sentence.size or reading.negated(subject):
        return None
    word = sentence.lower[action]
    that = subject.first - 1
    if _settled_too(reading, that):
        decided = any(f.operators[0] in grammar.words["deciding"] for f in reading.found)
        chain = follow(grammar, sentence, Chain("decision" if decided else "pledge", ["would"], sentence.after(at)))
        rule = "decided, coordinated"
        return Found(
            chain.strength, sentence.starts[at], chain.end, chain.operators, subject, rule, chain.action, "base"
        )
    told = that - 1 if sentence.lower[that] in grammar.words["that"] else that  # `said that it would`, `said it would`
    verb = sentence.lower[told] if told >= 0 and (told < that or _told(reading, subject)) else ""
    operator = grammar.operators.get(verb)
    said = operator[0].lemma in grammar.words["saying"] if operator else verb in grammar.words["told"]
    if said and _told(reading, subject):
        subject = _speaker(reading, subject, told)
    if not subject.binds:
        return None
    said = said or (previous == "and" and _goes_on(reading, subject))
    hoped = _hoped(reading, subject, verb)
    if not (said and word in grammar.verbs) and not hoped and not _explores(reading, action):
        return None
    start, end = sentence.starts[at], sentence.after(at)
    chain = follow(grammar, sentence, Chain("intent" if hoped else "pledge", ["would"], end))
    found = Found(chain.strength, start, chain.end, chain.operators, subject, "said would", chain.action, "base")
    return _said(reading, found, at)


def _agreed_done(reading: Reading, at: int, subject: Subject | None) -> Found | None:
    """`agreed that the next meeting would be held, and that …`: what is to be done by an unnamed agent."""
    last = reading.found[-1] if reading.found else None
    be = _be_after(reading, _action(reading, at + 1))
    if be is None or last is None:
        return None
    confirmed = last.strength == "position" and last.operators[0] in reading.grammar.words["settling"]
    if last.rule.endswith("within") or confirmed:
        return _said(reading, read_be(reading, at, be, subject), at)
    since = reading.sentence.at(last.trigger_end)
    that = next((i for i in range(at, since, -1) if reading.sentence.lower[i] in reading.grammar.words["that"]), 0)
    return read_be(reading, at, be, subject) if _settled_too(reading, that) else None


def _settled_too(reading: Reading, that: int) -> bool:
    """Whether the word `that` goes on what was decided: `agreed that the board would meet, and that NASA would`."""
    if reading.sentence.lower[max(that - 1, 0) : that + 1] != ["and", "that"]:
        return False
    settling = reading.grammar.words["settling"]
    return any(f.operators[0] in settling and f.strength in ("decision", "pledge", "explore") for f in reading.found)


def _told(reading: Reading, subject: Subject) -> bool:
    """Whether the subject is a pronoun that can stand for who tells: `said that it would`."""
    return reading.subjects.phrases.is_pronoun(reading.head(subject))


def _speaker(reading: Reading, subject: Subject, verb: int) -> Subject:
    """Who `it` is in `Australia said that it would`: the subject of the verb of telling."""
    teller = reading.subjects.before(reading.sentence, verb)
    return subject._replace(actors=teller.actors, role=teller.role) if teller is not None else subject


def _goes_on(reading: Reading, subject: Subject) -> bool:
    """Whether a second `would` goes on what was said: `said that it would host A, and would support B`."""
    last = reading.found[-1] if reading.found else None
    return last is not None and last.rule == "said would" and last.subject == subject


def _hoped(reading: Reading, subject: Subject, noun: str) -> bool:
    """`expressed its hope that it would join`: a hope of one's own action."""
    last = reading.found[-1] if reading.found else None
    if last is None or last.subject is None:
        return False
    own = last.subject.actors in ((), subject.actors)  # a person's side may not be told
    return own and noun in reading.grammar.words["hopes"]


def _explores(reading: Reading, at: int) -> bool:
    operator = reading.grammar.operators.get(reading.sentence.lower[at])
    return operator is not None and operator[0].explores(reading.sentence, at)


def _said(reading: Reading, found: Found | None, at: int) -> Found | None:
    """`affirmed that NASA will`: one promise, and no view of its own."""
    last = reading.found[-1] if reading.found else None
    if found is None or last is None or not found.promises:
        return found
    within = last.rule.endswith("within")
    viewed = not within and last.strength == "position" and last.operators[0] not in reading.grammar.words["settling"]
    if viewed and found.rule == "will be done":  # `recognize that our future will be written in the Pacific`
        between = reading.sentence.text[last.trigger_end : found.trigger_start].strip().lower()
        return None if between.startswith("that") and len(between) <= NEAR else found
    if not within and (last.strength != "position" or last.operators[0] not in reading.grammar.words["saying"]):
        return found
    until = found.subject.start if found.subject is not None else reading.sentence.starts[at]
    between = reading.sentence.text[last.trigger_end : until].strip().lower()
    that = found.subject is None or between in reading.grammar.words["complements"] or "," in between
    if not that or not between.startswith("that") or len(between) > NEAR or " that " in between:
        return found
    if within:
        decided = found.strength == "pledge" and last.operators[0] in reading.grammar.words["deciding"]
        # Else the chain is as weak as its weakest link: `agreed that NASA will`.
        found.strength, found.form = last.strength if decided else weakest(last.strength, found.strength), last.form
    reading.join_last(found)
    return found


def _of_itself(reading: Reading, relative: str, action: int, subject: Subject) -> bool:
    """Whether what the parties run only has an effect: `the framework, which will foster`, `the fund will allow`."""
    words = reading.grammar.words
    if reading.sentence.lower[action] in words["effects"]:
        return True
    told = words["papers"] | words["undertakings"] | words["pacts"] if relative in words["that"] else words["papers"]
    return relative != "" and reading.head(subject) in told


def _decided(reading: Reading, at: int, action: int) -> Found | None:
    """`decided that …, and that there will be no …`: the second clause is decided as well."""
    sentence = reading.sentence
    first = next((f for f in reading.found if f.strength == "decision" and f.rule.endswith("within")), None)
    between = sentence.text[first.trigger_end : sentence.starts[at]] if first else ""
    if first is None or "and that" not in between:
        return None
    operators = [*first.operators, "will"]
    start, end = sentence.starts[at], sentence.after(at)
    return Found("decision", start, end, operators, first.subject, "decided, coordinated", action, "base")


def _refused(reading: Reading, at: int, action: int) -> Found | None:
    """`will never recognize`: what somebody will not do is no promise, but not to accept is a view."""
    sentence = reading.sentence
    if action + 1 >= sentence.size or sentence.lower[action + 1] not in reading.grammar.words["refusals"]:
        return None
    subject = reading.subject(at, reading.before(at)[1], "past")
    if subject is None or subject.role != "parties":
        return None
    start, end = sentence.starts[at], sentence.after(action + 1)
    return Found("position", start, end, [sentence.lower[action + 1]], subject, "will not", action + 2, "base")


def _holds(reading: Reading, at: int, action: int) -> Found | None:
    """`This work will include …`, `our efforts will help …`: what the parties do is a promise of more of it."""
    sentence, words = reading.sentence, reading.grammar.words
    previous = reading.before(at)[1]
    more = sentence.lower[action] in words["holding_more"]
    opens = at == 1 and previous in words["undertaken"]  # `Efforts will include`
    own = reading.own_work(at, previous)
    acts = own and reading.ours(at) and sentence.lower[action] in reading.grammar.verbs - words["effects"]
    if not acts and not ((more or sentence.lower[action] in words["wishing"]) and (opens or own)):
        return None
    chain = Chain("pledge", ["will"], sentence.after(action if more else at))  # `will include exploring`
    follow(reading.grammar, sentence, chain)
    end = sentence.after(at) if chain.strength == "pledge" else chain.end
    found = Found(chain.strength, sentence.starts[at], end, chain.operators, None, "will hold", action, "base")
    found.actors = reading.subjects.parties
    return found


def _do(reading: Reading, at: int, action: int, subject: Subject) -> Found | None:
    grammar, sentence = reading.grammar, reading.sentence
    view = _view(reading, at, action, subject)
    if view is not None:
        return view
    start, end = sentence.starts[at], sentence.after(at)
    if subject.role == "meeting" and grammar.terms["happens"].match(sentence.text, sentence.starts[action]):
        found = Found("pledge", start, end, ["will"], subject, "will take place", action)
        found.actors = ()
        return found
    act = sentence.lower[action] in grammar.words["acts"] and _of_today(reading, subject)
    act = act or grammar.terms["stays"].match(sentence.text, sentence.starts[action], sentence.end) is not None
    if act or _only_meets(reading, subject) or not (subject.binds or subject.role == "meeting"):
        return None
    chain = follow(grammar, sentence, Chain("pledge", ["will"], end))
    acts = action if chain.end == end and _past_aside(reading, at + 1) > at + 1 else chain.action
    return Found(chain.strength, start, chain.end, chain.operators, subject, "will", acts, "base", outer=chain.outer)


def _view(reading: Reading, at: int, action: int, subject: Subject) -> Found | None:
    """`the statement will underscore`, `the leaders will reaffirm`: a view told in the future."""
    grammar, sentence = reading.grammar, reading.sentence
    if sentence.lower[action] in grammar.words["lasting"] and sentence.lower[action + 1 : action + 2] == ["to"]:
        action = grammar.after_adverbs(sentence, action + 2)  # `will continue to call for`
    operator = grammar.operators.get(sentence.lower[action]) if action < sentence.size else None
    if operator is None or operator[0].frames[-1].strength != "position" or subject.role == "body":
        return None
    if subject.role != "meeting" and operator[0].lemma not in grammar.words["sayings"]:
        return None
    chosen = frame_of(operator[0], "finite", "present", sentence, action)
    if chosen is None or chosen[0].strength != "position":
        return None
    return build(grammar, sentence, operator[0], chosen, at, action, subject, "base", "will")


def _only_meets(reading: Reading, subject: Subject) -> bool:
    """Whether the subject is the meeting itself, and no body that the parties run (`the dialogue will …`)."""
    return subject.role == "meeting" and reading.head(subject) not in reading.grammar.subjects["bodies"]


def _of_today(reading: Reading, subject: Subject) -> bool:
    """Whether the sentence tells what a person does on the day: `Today, the Vice President will announce …`."""
    words = reading.sentence.text[subject.start : subject.end]
    person = any(reading.subjects.phrases.heads.get(word) == "person" for word in words.lower().split())
    named = person and words.lower() not in reading.grammar.words["plurals"]
    return "today" in reading.sentence.lower or (named and len(subject.actors) < 2)


def _by_somebody(reading: Reading, verb: int) -> bool:
    """Whether who does it is named (`will be built by the firm`), and not only when (`by the end of March`) or how."""
    sentence, terms = reading.sentence, reading.grammar.terms
    at = sentence.after(verb)
    others = (terms[name].match(sentence.text, at, sentence.end) for name in ("by_date", "by_means"))
    return reading.next(verb) == "by" and not any(others)


def read_be(reading: Reading, at: int, be: int, subject: Subject | None) -> Found | None:
    """`will be held` promises by an unnamed agent; `will be important` does not promise."""
    sentence, grammar, words = reading.sentence, reading.grammar, reading.grammar.words
    verb = grammar.after_adverbs(sentence, be + 1)
    word = sentence.lower[verb] if verb < sentence.size else ""
    start, end = sentence.starts[at], sentence.after(be)
    if word.endswith("ing") and subject is not None and subject.binds:
        return Found("pledge", start, end, ["will"], subject, "will be doing", verb, "gerund")
    if subject is not None and subject.binds and grammar.terms["duty"].match(sentence.text, end, sentence.end):
        return Found("pledge", start, sentence.after(at), ["will"], subject, "will", be, "base")
    participle = word.endswith("ed") or word in words["participles"]
    if not participle or word in words["states"]:
        return None
    found = Found("pledge", start, end, ["will"], None, "will be done", verb, "past")
    lemma = grammar.operators[word][0].lemma if word in grammar.operators else ""
    if grammar.bullets.get(lemma) == "explore":  # `which will be discussed further`
        found.strength, found.trigger_end, found.operators = "explore", sentence.after(verb), ["will", lemma]
    found.actors = ()
    if _by_somebody(reading, verb):
        agent = reading.subjects.starting(sentence, verb + 2)
        if agent is not None and agent.role == "parties" and _describes(reading, verb + 2, agent.last):
            return None
        if agent is not None and agent.role in ("parties", "entity", "body") and agent.actors:
            found.actors = agent.actors
        elif subject is None or subject.role != "body" or word not in words["chaired"]:
            return None
    return found


def _describes(reading: Reading, first: int, last: int) -> bool:
    """Whether the country from word ``first`` to ``last`` only tells whose somebody is: `by (a) U.S. firm(s)`."""
    sentence, words = reading.sentence, reading.grammar.words
    if sentence.lower[first] in words["indefinite"] and sentence.capital(last - 1):
        return True
    following = sentence.word(last) if last < sentence.size else ""
    bare = first == last - 1 and sentence.capital(first) and len(following) > 3
    return bare and in_plural(following) and following not in words["determiners"] | words["prepositions"]
