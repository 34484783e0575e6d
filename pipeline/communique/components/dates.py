"""The component `communique_dates`: dates, durations and sets, and their values (see `communique.temporal`)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.annotations import annotations_of
from communique.knowledge import KnowledgeComponent
from communique.temporal.finding import DateFinder


class DatesComponent(KnowledgeComponent):
    """Writes ``annotations_of(doc).dates``; needs the mentions, because a year inside a name is no date."""

    files = ("dates.toml",)

    def build(self) -> None:
        """Read ``dates.toml``. Raises ModelError when an entry is wrong."""
        self.finder = DateFinder(self.sources["dates.toml"])

    def __call__(self, doc: Doc) -> Doc:
        """Find the dates of a Doc."""
        found = annotations_of(doc)
        found.dates = self.finder.find(
            found.text,
            published=found.published,
            mentions=[(m.start, m.end) for m in found.mentions],
            dated=[m.end for m in found.mentions if m.kind == "forum"],
        )
        return doc


@Language.factory("communique_dates")
def create(nlp: Language, name: str) -> DatesComponent:
    """The factory that a model's config.cfg names."""
    return DatesComponent()
