"""The statement's view: the text as the components see it, and the way back to the text as it was given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A text in one layout: one line per paragraph, heading or list item, single spaces, plain quotes and hyphens.

    ``offsets[i]`` is where character ``i`` of ``text`` stands in the text as given; None stands for the identity.
    All offsets count Unicode code points.
    """

    text: str
    offsets: list[int] | None = None

    def start(self, offset: int) -> int:
        """Offset in the text as given of the character at ``offset``."""
        return offset if self.offsets is None else self.offsets[offset]

    def end(self, offset: int) -> int:
        """Offset in the text as given after the character before ``offset``."""
        return offset if self.offsets is None else self.offsets[offset - 1] + 1


def view(text: str) -> View:
    """The view of a statement's text."""
    return View(text)
