"""Where bytes come from: a file, standard input, or an address on the web; never more of them than a bound."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from communique.errors import InputError

MAX_BYTES = 200_000_000
"""The most bytes that the longest text can have: what comes without end (a pipe, a device) must not fill the memory."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Found(NamedTuple):
    """Bytes, with the address they were found under in the end and the server's ``Content-Type``."""

    data: bytes
    address: str | None = None
    media_type: str | None = None


def is_address(file: str) -> bool:
    """Whether what was given is an address on the web and no path."""
    return _ADDRESS.match(file) is not None


def find(file: str) -> Found:
    """The bytes of a file, of standard input for ``-``, or of an address.

    Raises InputError when they cannot be had.
    """
    if file == "-":
        return Found(_bounded(sys.stdin.buffer.read, "standard input"))
    if is_address(file):
        from communique import fetching

        got = fetching.fetch(file)
        return Found(got.data, got.address, got.media_type)
    with opened(file) as stream:
        try:
            return Found(_bounded(stream.read, file))
        except OSError as error:
            raise _unreadable(file, error) from None


def opened(file: str) -> IO[bytes]:
    """The file, open for reading. Raises InputError when there is none, or it cannot be read."""
    try:
        return Path(file).open("rb")
    except FileNotFoundError:
        raise InputError(f"{file}: no such file: give a file's path, an address, or - for standard input") from None
    except IsADirectoryError:
        raise InputError(f"{file}: is a directory: name one file in it") from None
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def _unreadable(file: str, error: Exception) -> InputError:
    # ValueError: a path with a NUL in it.
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return InputError(f"{file!r}: cannot be read: {reason}")


def _bounded(read: Callable[[int], bytes], name: str) -> bytes:
    data = read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: over {MAX_BYTES:,} bytes, more than any statement that is taken: split it")
    return data
