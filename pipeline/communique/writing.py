"""Record → JSON → file."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.schema import as_json

if TYPE_CHECKING:
    from communique.records import Record


def to_json(record: Record, *, pretty: bool = False) -> bytes:
    """The record as JSON in UTF-8 with a line feed at its end; ``pretty`` indents it by two."""
    import orjson

    option = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if pretty else 0)
    return orjson.dumps(as_json(record), option=option)


def write_out(data: bytes) -> None:
    """Write the bytes to standard output as they are, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_whole(path: Path, data: bytes) -> None:
    """Write the file so that a reader finds the old bytes or all of the new ones, never a part.

    Raises InputError when it cannot be written; then nothing is left behind.
    """
    try:
        if path.parts[:2] == ("/", "dev") or (path.exists() and not path.is_file()):
            # Pipes and devices cannot be replaced, and /dev/stdout must not; opening a directory says what is wrong.
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path}: cannot be written: {reason}: give another file with -o") from None


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions that the file has, or that a new one gets: mkstemp's own are the user's alone."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
