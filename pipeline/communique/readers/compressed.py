"""Compressed files: gzip (RFC 1952) and Zstandard (RFC 8878), unpacked no further than a bound."""

from __future__ import annotations

import gzip
import io
import zlib
from importlib import import_module
from typing import IO, Any

from communique.errors import InputError

GZIP, ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
MAX_WINDOW_LOG = 27
"""Largest window that Zstandard may ask memory for, as a power of two; ``zstd`` itself sets this bound."""


def is_compressed(data: bytes) -> bool:
    """Whether bytes begin as those of a compressed file do."""
    return data.startswith((GZIP, ZSTANDARD))


def opened(stream: IO[bytes], head: bytes) -> IO[bytes]:
    """A stream of the unpacked bytes; ``head`` is how ``stream`` begins, which stands at its beginning.

    Reading it raises one of `errors()` where the file is damaged. Raises InputError when Zstandard cannot be read here.
    """
    if head.startswith(GZIP):
        return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]
    zstd = _zstandard()
    bound = {zstd.DecompressionParameter.window_log_max: MAX_WINDOW_LOG}
    return zstd.ZstdFile(stream, "rb", options=bound)  # type: ignore[no-any-return]


def errors() -> tuple[type[Exception], ...]:
    """What reading a damaged compressed file raises."""
    try:
        zstd: tuple[type[Exception], ...] = (_zstandard().ZstdError,)
    except InputError:
        zstd = ()
    return (OSError, EOFError, zlib.error, ValueError, *zstd)


def unpack(data: bytes, most: int) -> bytes:
    """The unpacked bytes. Raises InputError when they are more than ``most``, or the file is damaged."""
    try:
        with opened(io.BytesIO(data), data[:4]) as stream:
            unpacked = stream.read(most + 1)
    except errors() as error:
        raise InputError(f"a damaged compressed file: {error}") from None
    if len(unpacked) > most:
        raise InputError(f"unpacks to over {most:,} bytes, more than any statement that is taken: split it")
    return unpacked


def _zstandard() -> Any:
    for module in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(module)
        except ImportError:
            continue
    raise InputError("reading .zst needs backports.zstd: pip install 'communique[zst]'")
