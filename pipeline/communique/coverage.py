"""What was not understood: silent sentences, and names that no rule knows."""

from __future__ import annotations

from communique.annotations import Annotations


def gaps(text: str, found: Annotations) -> tuple[list[int], list[tuple[int, int]]]:
    """Indices of sentences in which nothing was found, and spans of capitalised names and acronyms left over."""
    return [], []
