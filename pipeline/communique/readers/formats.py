"""Which format bytes are in: decided by what they hold; the name or the server's word counts where that is open."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from communique.errors import InputError
from communique.readers import markdown, table


class Format(StrEnum):
    """The formats that are read, each by its media type."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    JSON_LINES = "application/jsonl"
    CSV = "text/csv"


TABLES = frozenset((Format.JSON_LINES, Format.CSV))

_NAMES = {
    ".txt": Format.PLAIN,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".htm": Format.HTML,
    ".html": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
}
_MEDIA_TYPES = {
    "application/xhtml+xml": Format.HTML,
    "application/x-ndjson": Format.JSON_LINES,
    "text/tab-separated-values": Format.CSV,
} | {str(format_): format_ for format_ in Format}
_UNREAD = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file: save it as DOCX without a password"),
    (b"{\\rtf", "RTF is not read: save it as DOCX or plain text"),
    (b"Rar!\x1a\x07", "an archive is not read: unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "an archive is not read: unpack it"),
    (b"BZh", "bzip2 is not read: unpack it, or use .gz or .zst"),
    (b"\xfd7zXZ\x00", "xz is not read: unpack it, or use .gz or .zst"),
]
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I
)
_HEAD = 4096
_MAX_ENTRIES = 50_000
"""Most files of a zip archive whose names are looked at: a megabyte can hold twenty thousand."""


def named(name: str) -> Format | None:
    """The format that a file's name or address claims, past ``.gz`` and ``.zst``."""
    name = name.lower().removesuffix(".gz").removesuffix(".zst")
    return next((format_ for suffix, format_ in _NAMES.items() if name.endswith(suffix)), None)


def of_media_type(media_type: str | None) -> Format | None:
    """The format that a server's ``Content-Type`` claims."""
    return _MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower())


def binary_format(data: bytes, claimed: Format | None = None) -> Format | None:
    """PDF or DOCX; None for what may be text. Raises InputError for other known formats, saying what to do."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    for signature, message in _UNREAD:
        if data.startswith(signature):
            raise InputError(message)
    if claimed in (Format.PDF, Format.DOCX) and data.strip():
        raise InputError(f"named as {'PDF' if claimed is Format.PDF else 'Word'}, which it is not: mend its name")
    return None


def _zipped(data: bytes) -> Format:
    if data.count(b"PK\x01\x02") > _MAX_ENTRIES:
        raise InputError(f"an archive of over {_MAX_ENTRIES:,} files is not read: unpack it")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, OverflowError):
        raise InputError("a damaged Word document or archive: it cannot be unpacked") from None
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return Format.DOCX
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise InputError("of Office files only Word (DOCX) is read: save it as DOCX, PDF or plain text")
    raise InputError("an archive is not read: unpack it")


def text_format(text: str, claimed: Format | None) -> Format:
    """The format of text, of which ``text`` may be only the beginning; ``claimed`` is what name or server say."""
    if claimed is Format.MARKDOWN:
        return claimed
    if claimed is Format.HTML or _PAGE.match(text[:_HEAD]):
        return Format.HTML
    if claimed in (Format.JSON_LINES, Format.CSV):
        # A table that its own first line denies is still the one of the two that it claims to be.
        return Format.JSON_LINES if table.looks_like_json_lines(text) else claimed
    if table.looks_like_json_lines(text):
        return Format.JSON_LINES
    if claimed is None and markdown.has_front_matter(text):
        return Format.MARKDOWN
    header = text.split("\n", 1)[0]
    if any(mark in header for mark in ",;\t") and "\n" in text and table.delimiter(header):
        return Format.CSV
    return Format.PLAIN
