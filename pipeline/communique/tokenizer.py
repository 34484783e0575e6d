"""The tokenizer of the rule models: registered with spaCy as ``communique.Tokenizer.v1``.

It splits at every hyphen, slash and bracket, so that ``U.S.-ROK``, ``NASA-led`` and ``CAS500-4`` give the same tokens
in a name and in running text; it has no exceptions, because spaCy's special cases are what costs most of its time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry

# A long run of marks is one token: spaCy peels affixes off one by one, each time copying what is left.
_OPENING = r"""[(\[{"'<*#•·…—–\-$]"""
_CLOSING = r"""(?:'[sS]|[)\]}"'>,;:!?…—–\-]|(?<=[a-z0-9%)\]"'])\.|(?<=[A-Z]{2})\.|(?<=[^\W_A-Za-z])\.)"""
_RUN = 8
_PREFIX = re.compile(rf"""[^\w\s]{{{_RUN},}}|{_OPENING}""")
_SUFFIX = re.compile(rf"""(?:[^\w\s]|'[sS]){{{_RUN},}}$|{_CLOSING}$""")
_INFIX = re.compile(
    r"""[\-–—/()\[\]{}"…<>=~]|(?<=[^\W\d_]),(?=[^\W\d_])|(?<=[a-z0-9)])[.;:!?](?=[A-Z])|(?<=[a-z)])\.(?=\[)"""
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)


class StatementTokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's tokenizer with the affixes above. They are code, so there is nothing to write to disk."""

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to write."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> StatementTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> StatementTokenizer:
        """Nothing to read."""
        return self


@registry.tokenizers("communique.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], StatementTokenizer]:
    """The factory that a model's config.cfg names."""

    def tokenizer(nlp: Language) -> StatementTokenizer:
        # spaCy's limit is for statistical components, whose memory grows with the text; rules have no such need.
        nlp.max_length = sys.maxsize
        return StatementTokenizer(
            nlp.vocab,
            rules={},
            prefix_search=_PREFIX.match,
            suffix_search=_SUFFIX.search,
            infix_finditer=_INFIX.finditer,
            url_match=_ADDRESS.fullmatch,
            max_cache_size=1_000_000,
        )

    return tokenizer
