"""The component `communique_dates`: dates, durations and sets, and their values (see `communique.temporal`)."""

from __future__ import annotations

from spacy.language import Language

from communique.annotations import Annotations
from communique.components.annotator import Annotator
from communique.temporal.finding import DateFinder


class DatesComponent(Annotator):
    """Finds dates; needs the mentions, because a year inside a name is no date."""

    files = ("dates.toml",)

    def build(self) -> None:
        """Read ``dates.toml``. Raises ModelError when an entry is wrong."""
        self.finder = DateFinder(self.sources["dates.toml"])

    def annotate(self, found: Annotations) -> None:
        """Set the dates of the text and of its title."""
        found.dates = self.finder.find(
            found.words,
            published=found.published,
            mentions=[(m.start, m.end) for m in found.mentions],
            dated=[m.end for m in found.mentions if m.kind == "forum"],
        )
        if found.title and any(map(str.isdigit, found.title)):
            found.title_dates = self.finder.find(found.title, published=found.published)


@Language.factory("communique_dates")
def create(nlp: Language, name: str) -> DatesComponent:
    """The factory that a model's config.cfg names."""
    return DatesComponent()
