"""Record ↔ JSON Schema: generation, and the validation that every record passes before anyone sees it."""

from __future__ import annotations

from communique.records import Record


def require_valid(record: Record) -> None:
    """Raise InvalidRecordError with the path to the field when the record fails its schema."""
