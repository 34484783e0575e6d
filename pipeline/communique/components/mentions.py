"""Names in the text: agencies, missions, instruments, forums and parties."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import Annotations
from communique.components.annotator import Annotator
from communique.lexicon import FILES
from communique.naming.finder import NameFinder


class MentionsComponent(Annotator):
    """Finds names by the lexicon and by their form; spaCy's own tools see them as ``doc.spans["mentions"]``."""

    files = (*FILES, "forms.toml", "places.toml")

    def build(self) -> None:
        """Read the lexicon and the forms. Raises ModelError with file and line when an entry is wrong."""
        self._finder = NameFinder(self.sources)

    def annotate(self, found: Annotations) -> None:
        """Set the mentions; needs the lines."""
        lines = [(line.start, line.end) for line in found.lines]
        found.mentions = self._finder.find(found.text, lines, found.title, found.words)

    def show(self, doc: Doc, found: Annotations) -> None:
        """Fill ``doc.spans["mentions"]``."""
        spans = (
            doc.char_span(m.start, m.end, m.kind, kb_id=m.entity.id, span_id=m.rule, alignment_mode="expand")
            for m in found.mentions
        )
        doc.spans["mentions"] = [span for span in spans if span is not None]


@Language.factory("communique_mentions")
def create(nlp: Language, name: str) -> MentionsComponent:
    """The factory that a model's config.cfg names."""
    return MentionsComponent()
