"""From what was named on the command line to files, in an order that is the same on every machine.

Folders are read in the order of their entries' names, each folder's own where its name stands. Links to files are
followed, links to folders only where they were named: a loop of links is never entered. What is no regular file
(pipes, sockets, devices) is not opened, since reading one may never end. A folder that cannot be opened stands in the
place of its files, so that what is missing is told and the rest is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

from communique.errors import InputError

SIDECAR = ".source.json"
"""Ending of the name of what says where the file beside it was fetched from."""
_MAGIC = re.compile(r"[*?\[]")


def files(source: str, *, without: Path | None = None) -> Iterator[str]:
    """The regular files of a source (a file, a folder or a pattern with ``*``, ``?``, ``[]`` and ``**``), in order.

    Hidden entries and the folder ``without`` are left out, unless they were named, and so is what `communique fetch`
    says of a file beside it. A folder below that cannot be opened is given too. Raises InputError when there is nothing
    of that name, or nothing that matches.
    """
    return (path for path in _files(source, without) if not _is_sidecar(path))


def _is_sidecar(path: str) -> bool:
    return path.endswith(SIDECAR) and Path(path.removesuffix(SIDECAR)).exists()


def _files(source: str, without: Path | None) -> Iterator[str]:
    avoided = _identity(without) if without is not None else None
    kind = _kind(source)
    if kind == "folder":
        yield from _folder(source.rstrip("/") or "/", avoided)
    elif kind == "file":
        yield source
    elif _MAGIC.search(source):
        found = False
        for found_file in _matches(*_split(source), avoided):
            found = True
            yield found_file
        if not found:
            raise InputError(f"{source}: nothing matches: give files, folders or a pattern such as 'archive/**/*.html'")
    else:
        raise InputError(f"{source}: no such file or folder")


def _kind(source: str) -> str | None:
    """Whether there is a folder or something else of this name. Raises InputError when it cannot be asked for."""
    try:
        if Path(source).is_dir():
            _entries(source)
            return "folder"
        return "file" if os.path.lexists(source) else None
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: os.fsencode(e.name))


def _folder(folder: str, avoided: tuple[int, int] | None) -> Iterator[str]:
    """The files in a folder and all below it, which may be nested deeper than Python calls."""
    entries = _opened(folder, avoided)
    waiting = [(folder, iter(entries or []))]
    if entries is None:
        yield folder
    while waiting:
        here, left = waiting[-1]
        entry = next(left, None)
        if entry is None:
            waiting.pop()
        elif entry.is_dir(follow_symlinks=False):
            path = _below(here, entry.name)
            entries = _opened(path, avoided)
            waiting.append((path, iter(entries or [])))
            if entries is None:
                yield path
        elif _is_file(entry):
            yield _below(here, entry.name)


def _opened(folder: str, avoided: tuple[int, int] | None) -> list[os.DirEntry[str]] | None:
    """The entries of a folder in order, none of the one that is to be left out; None where it cannot be opened."""
    if avoided is not None and _identity(Path(folder or ".")) == avoided:
        return []
    try:
        return _entries(folder or ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return None


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _split(pattern: str) -> tuple[str, list[str]]:
    """The folder that a pattern begins with, and its parts from the first that matches more than one name."""
    parts = pattern.split("/")
    first = next(i for i, part in enumerate(parts) if _MAGIC.search(part))
    return "/".join(parts[:first]) or ("/" if pattern.startswith("/") else ""), parts[first:]


def _matches(folder: str, parts: list[str], avoided: tuple[int, int] | None) -> Iterator[str]:
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _any_depth(folder, rest, avoided)
        return
    entries = _opened(folder, avoided)
    if entries is None:
        yield folder
        return
    expression = re.compile(translate(part))
    for entry in entries:
        if expression.match(entry.name):
            path = _below(folder, entry.name)
            if rest:
                yield from _matches(path, rest, avoided)
            elif _is_file(entry):
                yield path


def _any_depth(folder: str, rest: list[str], avoided: tuple[int, int] | None) -> Iterator[str]:
    """What the parts after ``**`` match in the folder and all below it."""
    if not rest:
        yield from _folder(folder, avoided)
        return
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        yield from _matches(here, rest, avoided)
        entries = _opened(here, avoided) or []
        waiting += [_below(here, e.name) for e in reversed(entries) if e.is_dir(follow_symlinks=False)]


def _below(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder else name
