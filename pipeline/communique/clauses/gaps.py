"""Verbs of the parties that no list holds, so that whoever keeps the lists sees what is missing."""

from __future__ import annotations

from communique.clauses.operators import Grammar
from communique.clauses.subjects import SubjectFinder
from communique.clauses.words import Sentence


def unknown_verbs(grammar: Grammar, subjects: SubjectFinder, sentence: Sentence) -> list[tuple[int, int]]:
    """Spans of past-tense verbs of the parties that are neither operators nor known reports, in code points."""
    lower, found = sentence.lower, []
    for last in subjects.spoken_ends():
        if last == sentence.size:
            continue
        verb = grammar.after_adverbs(sentence, last) if grammar.adverbial(lower[last]) else last
        word = lower[verb] if verb < sentence.size else ""
        if word.endswith("ed") and word not in grammar.operators and word not in grammar.reports:
            found.append((sentence.starts[verb], sentence.after(verb)))
    return sorted(found)
