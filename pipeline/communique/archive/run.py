"""One run over an archive: what was asked for, what earlier runs hold of it, and the dataset that comes out.

The dataset is a function of the inputs, their order, the model and the versions alone. What interrupts a run (a
signal, a full disk, the loss of power) leaves whole parts and a store of finished work; the same run again goes on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, Self, cast

import orjson

import communique
from communique.archive import sources
from communique.archive.earlier import Earlier
from communique.archive.folder import FAILURES, RUN, Folder, replace_file
from communique.archive.parts import PART_SIZE, Counts, Writer
from communique.archive.processing import Extractor, Result, failure
from communique.archive.record_files import PARQUET
from communique.archive.sources import Input
from communique.archive.workers import Pool, Task, perform
from communique.errors import InputError
from communique.model import DEFAULT_MODEL, model_files, model_meta, model_path
from communique.records import SCHEMA_VERSION

_DIGESTS = {"model_sha256": "model", "code_sha256": "program"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of a run. ``workers`` None is one for each processor, 0 none but this process."""

    sources: tuple[str, ...]
    out: Path
    model: str = DEFAULT_MODEL
    workers: int | None = None
    redo: bool = False
    part_size: int = PART_SIZE
    timeout: float = 600.0
    engine: str = "local"
    address: str | None = None


class Watcher(Protocol):
    """Whoever wants to know how the run goes."""

    def begun(self, inputs: Iterator[Input]) -> None:
        """The run begins; ``inputs`` are what it will go through, to be counted if wanted."""

    def done(self, result: Result, *, again: bool) -> None:
        """One more input is done; ``again`` when an earlier run had done it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished run has to say: its counts, and how many inputs an earlier run had done."""

    counts: Counts
    reused: int
    seconds: float


def run(settings: Settings, watcher: Watcher | None = None) -> Outcome:
    """Make or continue the dataset.

    Raises InputError when a source is not there, the folder holds something else, was made by other versions, is in
    use, or cannot be written; ModelError when the model cannot be loaded.
    """
    begun, clock = datetime.now(UTC), time.monotonic()
    facts = _facts(settings)
    sources.require(settings.sources, without=settings.out)
    folder = Folder(settings.out, PARQUET if settings.engine == "ray" else ".jsonl")
    try:
        with ExitStack() as stack:
            _claim(folder, facts, stack, redo=settings.redo)
            earlier = stack.enter_context(closing(Earlier()))
            numbers = _take_in(folder, earlier)
            writer = stack.enter_context(closing(Writer(folder, earlier, numbers, size=settings.part_size)))
            if watcher is not None:
                watcher.begun(_inputs(settings))
            tally = _Tally(watcher)
            engine = stack.enter_context(_engine(settings, folder))
            tally.workers = engine.workers
            for item, result in engine.results(tally.passing(_tasks(_inputs(settings), earlier))):
                writer.add(item, result)
                tally.done(result)
            writer.finish()
            if _facts(settings) != facts:
                raise InputError("model or program were changed during the run: --redo makes everything anew")
            _conclude(folder, facts, settings, writer.counts, tally, begun, time.monotonic() - clock)
    except OSError as error:
        raise InputError(
            f"{error.filename or settings.out}: cannot be written: {error.strerror}: "
            "mend that, and the same command goes on where it was"
        ) from None
    return Outcome(writer.counts, tally.reused, time.monotonic() - clock)


class _Engine(Protocol):
    """Does tasks, ``workers`` of them at the same time, and gives the results in their order."""

    workers: int

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Input, Result]]: ...


def _engine(settings: Settings, folder: Folder) -> _Engine:
    if settings.engine == "ray":
        from communique.archive.engine_ray import RayEngine

        return RayEngine(settings.model, settings.workers, address=settings.address, work=folder.work)
    if settings.workers == 0:
        return _Here(settings.model)
    return Pool(settings.model, settings.workers or _processors(), timeout=settings.timeout)


class _Here:
    """Does one task after another in this process: for few inputs, and for debuggers."""

    workers = 0

    def __init__(self, model: str) -> None:
        self._model = model

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Input, Result]]:
        extractor: Extractor | None = None
        try:
            for task in tasks:
                if task.result is None and extractor is None:
                    extractor = Extractor(self._model)
                yield task.item, task.result or perform(cast(Extractor, extractor), task)
        finally:
            if extractor is not None:
                extractor.close()


def _processors() -> int:
    """How many processors this process may use."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()) or 1


def _inputs(settings: Settings) -> Iterator[Input]:
    return sources.inputs(settings.sources, without=settings.out)


class _Tally:
    """Counts what is done anew and what was done before, and tells the watcher."""

    def __init__(self, watcher: Watcher | None) -> None:
        self.reused = self.workers = 0
        self._watcher = watcher

    def passing(self, tasks: Iterable[Task]) -> Iterator[Task]:
        for task in tasks:
            if task.result is not None and not task.result.failed:
                self.reused += 1
            yield task

    def done(self, result: Result) -> None:
        if self._watcher is not None:
            self._watcher.done(result, again=not isinstance(result.record, bytes) and not result.failed)


def _tasks(items: Iterable[Input], earlier: Earlier) -> Iterator[Task]:
    for item in items:
        if item.error is not None:
            yield Task(item, None, failure(item.error))
            continue
        # A file's bytes are read here only where an earlier run may have read the same.
        wanted = item.content is not None or not earlier.knows_nothing()
        digest = sources.digest(item) if wanted else None
        yield Task(item, digest, earlier.result(item, digest))


def _take_in(folder: Folder, earlier: Earlier) -> dict[int, int]:
    """Take in what earlier runs made; the number that each part in its place has there."""
    kept = folder.prepare()
    numbers = {part: earlier.add(folder.part(part), whole=True) for part in range(folder.parts())}
    for files in kept:
        earlier.add(files, whole=False)
    return numbers


# What made the dataset -----------------------------------------------------------------------------------------------


def _facts(settings: Settings) -> dict[str, Any]:
    """Everything that decides what the records are, besides the inputs."""
    path, code = model_path(settings.model), Path(communique.__file__).parent
    meta = model_meta(path)
    return {
        "communique": communique.__version__,
        "model": f"{meta['lang']}_{meta['name']}-{meta['version']}",
        "model_sha256": _digest(path, model_files(path)),
        "code_sha256": _digest(code, code.rglob("*.py")),
        "spacy": version("spacy"),
        "schema_version": SCHEMA_VERSION,
        "engine": settings.engine,
        "part_size": settings.part_size,
    }


def _digest(folder: Path, files: Iterable[Path]) -> str:
    """The hash of these files of the folder, and of their names."""
    found = sha256()
    for file in sorted(files):
        found.update(f"{sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n".encode())
    return found.hexdigest()


def _claim(folder: Folder, facts: dict[str, Any], stack: ExitStack, *, redo: bool) -> None:
    """Take the folder for this run alone, and write what makes it. Raises InputError when it is another's."""
    description = folder.path / RUN
    if not description.exists() and folder.path.exists() and any(p.name[0] != "." for p in folder.path.iterdir()):
        raise InputError(f"{folder.path}: is not empty and holds no run: give a new folder with --out")
    folder.path.mkdir(parents=True, exist_ok=True)
    _lock(folder, stack)
    if description.exists() and not redo:
        _compare(description, facts)
    elif redo:
        folder.clear()
    if not description.exists() or redo:
        replace_file(description, orjson.dumps({**facts, "finished": False}, option=orjson.OPT_INDENT_2))


def _compare(description: Path, facts: dict[str, Any]) -> None:
    try:
        before = orjson.loads(description.read_bytes())
    except orjson.JSONDecodeError:
        raise InputError(f"{description}: is no description of a run: --redo makes everything anew") from None
    changed = [_change(name, before.get(name), now) for name, now in facts.items() if before.get(name) != now]
    if changed:
        raise InputError(
            f"{description.parent}: made in another way: {', '.join(changed)}: "
            "--redo makes everything anew, or give another folder with --out"
        )


def _change(name: str, before: object, now: object) -> str:
    if name in _DIGESTS:
        return f"the {_DIGESTS[name]} has other files"
    return f"{name} was {before} and is {now}"


def _lock(folder: Folder, stack: ExitStack) -> None:
    """Hold the folder while the run lasts. Raises InputError when another run does."""
    try:
        import fcntl
    except ImportError:  # a system without: two runs at once are the user's to avoid
        return
    # The folder itself is what is held: a file in it would have to be left behind.
    descriptor = os.open(folder.path, os.O_RDONLY)
    stack.callback(os.close, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(f"{folder.path}: another run is writing here: wait for it, or give another folder") from None
    except OSError:  # some network file systems know no locks
        return


def _conclude(
    folder: Folder,
    facts: dict[str, Any],
    settings: Settings,
    counts: Counts,
    tally: _Tally,
    begun: datetime,
    seconds: float,
) -> None:
    """Gather the failures, describe the run, and take away what only an unfinished one needs."""
    _gather_failures(folder, counts.parts)
    processed = counts.inputs - tally.reused
    description = {
        **facts,
        "finished": True,
        "counts": {
            "inputs": counts.inputs,
            "records": counts.records,
            "duplicates": counts.duplicates,
            "failures": counts.failures,
            "parts": counts.parts,
        },
        "inputs": [
            {"source": sources.as_name(source), "inputs": number, "sha256": found.hexdigest()}
            for source, (number, found) in zip(settings.sources, counts.sources, strict=False)
        ],
        "timing": {
            "begun": begun.isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            "processed": processed,
            "reused": tally.reused,
            "per_second": round(processed / seconds, 1) if seconds else None,
            "workers": tally.workers,
        },
    }
    replace_file(folder.path / RUN, orjson.dumps(description, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    folder.clear_work()


def _gather_failures(folder: Folder, parts: int) -> None:
    aside = folder.work / FAILURES
    with aside.open("wb") as stream:
        for part in range(parts):
            with folder.sources(part).open("rb") as lines:
                stream.writelines(line for line in lines if b'"error":' in line and "error" in orjson.loads(line))
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(folder.path / FAILURES)
