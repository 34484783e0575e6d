"""What all components are: readers of one statement's annotations, which spaCy can run on a Doc."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import Annotations, annotations_of
from communique.knowledge import KnowledgeComponent


class Annotator(KnowledgeComponent):
    """A component that reads a statement's text, and what was found in it before, and adds what it finds.

    The rules need no tokens: `communique.extract` calls ``annotate`` alone. In a pipeline of spaCy's the component is
    called with a Doc, and shows there what it found.
    """

    def annotate(self, found: Annotations) -> None:
        """Add to the annotations; offsets count code points of ``found.text``."""
        raise NotImplementedError

    def show(self, doc: Doc, found: Annotations) -> None:
        """Set what spaCy's own tools look at; nothing, where a component says no more."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc whose text is a view."""
        found = annotations_of(doc)
        self.annotate(found)
        self.show(doc, found)
        return doc


def annotate(nlp: Language, found: Annotations) -> Annotations:
    """Let a model's components read a statement, in their order; what else its pipeline holds reads Docs only."""
    for _, component in nlp.pipeline:
        if isinstance(component, Annotator):
            component.annotate(found)
    return found
