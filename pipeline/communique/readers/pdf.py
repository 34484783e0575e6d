"""PDF: the text in reading order, with the page that each part of it stands on.

PDFium says in a process of its own where each character stands (`pdf_lines`); `typeset` makes paragraphs of that.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

from communique.errors import InputError
from communique.readers import typeset
from communique.readers.reading import Reading
from communique.readers.typeset import Line

MAX_SECONDS = 120
"""Longest that PDFium may take; a document of five million characters takes some forty."""


def read(data: bytes) -> Reading:
    """The statement in a PDF, with its pages. The title is the document's own; a day of publication it has none.

    Raises InputError when pypdfium2 is not installed, or the PDF is damaged, encrypted, too long or has no text.
    """
    if find_spec("pypdfium2") is None:
        raise InputError("reading PDF needs pypdfium2: pip install 'communique[pdf]'")
    found = _lines(data)
    if "error" in found:
        raise InputError(found["error"])
    pages = [[Line(*line) for line in page] for page in found["pages"]]
    if not any(pages):
        raise InputError("a PDF without text, such as a scan: have its text recognised (OCR) first")
    text, starts = typeset.compose(pages)
    return Reading(text, title=found["title"] or None, pages=starts)


def _lines(data: bytes) -> dict[str, Any]:
    """What `pdf_lines` says of the PDF."""
    path = os.pathsep.join(entry or os.curdir for entry in sys.path)
    command = [sys.executable, "-m", "communique.readers.pdf_lines"]
    try:
        done = subprocess.run(  # noqa: S603 - this program's own
            command,
            input=data,
            capture_output=True,
            check=True,
            timeout=MAX_SECONDS,
            env=os.environ | {"PYTHONPATH": path},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise InputError(f"a PDF that takes over {MAX_SECONDS} seconds to read: print it to a new PDF") from None
    except (subprocess.CalledProcessError, ValueError):
        raise InputError("a damaged PDF: reading it failed") from None
    return answer
