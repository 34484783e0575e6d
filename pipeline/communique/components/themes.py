"""Placeholder: themes."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.knowledge import KnowledgeComponent


class ThemesComponent(KnowledgeComponent):
    files = ()

    def build(self) -> None:
        pass

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("communique_themes")
def create(nlp: Language, name: str) -> ThemesComponent:
    return ThemesComponent()
