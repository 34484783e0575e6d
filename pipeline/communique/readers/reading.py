"""What every format gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """The statement's text, and the metadata that stands with it (``published`` an ISO day).

    ``pages`` are the number and the first offset of each page, in a format that has pages.
    """

    text: str
    title: str | None = None
    published: str | None = None
    uri: str | None = None
    pages: list[tuple[int, int]] | None = None
