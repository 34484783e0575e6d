"""Communiqué: from the text of a joint statement to a record that can be trusted.

>>> from communique import extract
>>> record = extract("Japan and the United States intend to fly an astronaut on Artemis IV.")
>>> record.commitments[0].trigger.quote
'intend to'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.comparison.comparing import compare as compare
    from communique.comparison.records import Comparison as Comparison
    from communique.errors import CommuniqueError as CommuniqueError
    from communique.extraction import Statement as Statement
    from communique.extraction import extract as extract
    from communique.extraction import extract_many as extract_many
    from communique.model import load as load
    from communique.records import Record as Record

__version__ = "0.1.0"

_HOMES = {
    "CommuniqueError": "communique.errors",
    "Comparison": "communique.comparison.records",
    "Record": "communique.records",
    "Statement": "communique.extraction",
    "compare": "communique.comparison.comparing",
    "extract": "communique.extraction",
    "extract_many": "communique.extraction",
    "load": "communique.model",
}
__all__ = [
    "CommuniqueError",
    "Comparison",
    "Record",
    "Statement",
    "__version__",
    "compare",
    "extract",
    "extract_many",
    "load",
]


def __getattr__(name: str) -> Any:
    # spaCy takes most of a second to import; `communique --help` must not wait for it.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
