"""A folder of statements from the web: each as it was served, beside a sidecar that says where it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from communique.errors import InputError
from communique.fetching import Fetched, Fetcher
from communique.writing import write_whole

SIDECAR = ".source.json"
"""What the sidecar's name has at its end, after the whole name of the statement's file."""

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
}
_LONGEST_NAME = 100


class Download(NamedTuple):
    """What became of one address: the file it is in, or the error; ``fresh`` where it was fetched this time."""

    address: str
    path: Path | None = None
    error: InputError | None = None
    fresh: bool = False


def download(addresses: Iterable[str], folder: Path, fetcher: Fetcher, *, again: bool = False) -> Iterator[Download]:
    """Fetch each address into the folder, one after another; what is there already is not fetched unless ``again``.

    A file and its sidecar are written whole or not at all, the sidecar last: where it stands, the file is complete.
    An address that cannot be had is reported, and the next follows. Raises InputError when the folder cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}: give another folder with --out") from None
    for address in dict.fromkeys(addresses):
        stem = file_stem(address)
        there = _earlier(folder, stem)
        if there is not None and not again:
            yield Download(address, there)
            continue
        try:
            fetched = fetcher.fetch(address)
        except InputError as error:
            yield Download(address, error=error)
            continue
        path = folder / f"{stem}{_suffix(fetched)}"
        write_whole(path, fetched.data)
        write_whole(folder / f"{path.name}{SIDECAR}", _sidecar(address, fetched))
        yield Download(address, path, fresh=True)


def file_stem(address: str) -> str:
    """The name, without its ending, of the file that an address is kept in: readable, and of no other address."""
    parts = urlsplit(address)
    words = re.sub(r"[^a-z0-9.]+", "-", f"{parts.hostname or ''}{parts.path}".lower())
    words = re.sub(r"\.(?:html?|pdf|docx?|txt|php|aspx?)$", "", words.strip("-.")).replace("..", ".")
    return f"{words[:_LONGEST_NAME].strip('-.')}-{sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _earlier(folder: Path, stem: str) -> Path | None:
    for suffix in sorted({*_SUFFIXES.values(), ""}):
        path = folder / f"{stem}{suffix}"
        if (folder / f"{path.name}{SIDECAR}").is_file() and path.is_file():
            return path
    return None


def _suffix(fetched: Fetched) -> str:
    media_type = (fetched.media_type or "").partition(";")[0].strip().lower()
    return ".pdf" if fetched.data.startswith(b"%PDF-") else _SUFFIXES.get(media_type, "")


def _sidecar(address: str, fetched: Fetched) -> bytes:
    facts = {
        "address": address,
        "final_address": fetched.address,
        "time": fetched.time,
        "media_type": fetched.media_type,
        "sha256": sha256(fetched.data).hexdigest(),
    }
    return (json.dumps(facts, indent=2, ensure_ascii=True) + "\n").encode()


def catalogue_addresses(path: Path) -> list[str]:
    """The addresses in a catalogue: JSON Lines whose objects have an ``address`` (or ``url``), in their order.

    Raises InputError with the line when the catalogue cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise InputError(f"{path}: cannot be read: {reason}: give a catalogue in JSON Lines") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            raise InputError(f"{path}:{number}: no JSON") from None
        address = (entry.get("address") or entry.get("url")) if isinstance(entry, dict) else None
        if address is not None and not isinstance(address, str):
            raise InputError(f"{path}:{number}: its address is no text")
        if address:
            found.append(address)
    return found
