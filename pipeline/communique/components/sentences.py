"""Placeholder: sentences."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.knowledge import KnowledgeComponent


class SentencesComponent(KnowledgeComponent):
    files = ()

    def build(self) -> None:
        pass

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("communique_sentences")
def create(nlp: Language, name: str) -> SentencesComponent:
    return SentencesComponent()
