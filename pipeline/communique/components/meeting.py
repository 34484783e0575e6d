"""Placeholder: meeting."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.knowledge import KnowledgeComponent


class MeetingComponent(KnowledgeComponent):
    files = ()

    def build(self) -> None:
        pass

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("communique_meeting")
def create(nlp: Language, name: str) -> MeetingComponent:
    return MeetingComponent()
