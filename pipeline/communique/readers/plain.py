"""Plain text: all of it is the statement."""

from __future__ import annotations

from communique.readers.reading import Reading


def read(text: str) -> Reading:
    """The statement in plain text."""
    return Reading(text)
