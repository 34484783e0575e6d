"""From what was named on the command line to files, in an order that is the same on every machine.

Folders are read in the order of their entries' names, each folder's own where its name stands. Links to files are
followed, links to folders only where they were named: a loop of links is never entered. What is no regular file
(pipes, sockets, devices) is not opened, since reading one may never end.
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
    says of a file beside it. Raises InputError when there is nothing of that name, or nothing that matches.
    """
    return (path for path in _files(source, without) if not _is_sidecar(path))


def _is_sidecar(path: str) -> bool:
    return path.endswith(SIDECAR) and Path(path.removesuffix(SIDECAR)).exists()


def _files(source: str, without: Path | None) -> Iterator[str]:
    avoided = _identity(without) if without is not None else None
    path = Path(source)
    if path.is_dir():
        yield from _folder(source.rstrip("/") or "/", avoided)
    elif os.path.lexists(source):
        yield source
    elif _MAGIC.search(source):
        found = False
        for found_file in _pattern(source, avoided):
            found = True
            yield found_file
        if not found:
            raise InputError(f"{source}: nothing matches: give files, folders or a pattern such as 'archive/**/*.html'")
    else:
        raise InputError(f"{source}: no such file or folder")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: os.fsencode(e.name))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror}") from None


def _folder(folder: str, avoided: tuple[int, int] | None) -> Iterator[str]:
    if avoided is not None and _identity(Path(folder)) == avoided:
        return
    for entry in _entries(folder):
        path = f"{folder.rstrip('/')}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(path, avoided)
        elif _is_file(entry):
            yield path


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _pattern(pattern: str, avoided: tuple[int, int] | None) -> Iterator[str]:
    fixed, parts = _split(pattern)
    yield from _matches(fixed, parts, avoided)


def _split(pattern: str) -> tuple[str, list[str]]:
    """The folder that a pattern begins with, and its parts from the first that matches more than one name."""
    parts = pattern.split("/")
    first = next(i for i, part in enumerate(parts) if _MAGIC.search(part))
    return "/".join(parts[:first]) or ("/" if pattern.startswith("/") else ""), parts[first:]


def _matches(folder: str, parts: list[str], avoided: tuple[int, int] | None) -> Iterator[str]:
    if not Path(folder or ".").is_dir() or (avoided is not None and _identity(Path(folder or ".")) == avoided):
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _any_depth(folder, parts, avoided)
        return
    expression = re.compile(translate(part))
    for entry in _entries(folder or "."):
        if expression.match(entry.name):
            path = _below(folder, entry.name)
            if rest:
                yield from _matches(path, rest, avoided)
            elif _is_file(entry):
                yield path


def _any_depth(folder: str, parts: list[str], avoided: tuple[int, int] | None) -> Iterator[str]:
    """What ``**`` and the parts after it match in the folder and all below it."""
    rest = parts[1:]
    if rest:
        yield from _matches(folder, rest, avoided)
    for entry in _entries(folder or "."):
        path = _below(folder, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _matches(path, parts, avoided)
        elif not rest and _is_file(entry):
            yield path


def _below(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder else name
