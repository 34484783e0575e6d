"""How a run goes, for whoever waits: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from communique.archive.processing import Result
from communique.archive.run import Watcher
from communique.archive.sources import Input

_EVERY = 10.0
"""Seconds between two lines."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Watcher | None]:
    """A watcher that shows how the run goes on standard error; none when ``quiet``."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as watcher:
            yield watcher
    else:
        yield _Lines()


class _Lines:
    """A line every few seconds."""

    def __init__(self) -> None:
        self._inputs = self._failures = self._processed = 0
        self._begun = self._said = time.monotonic()

    def begun(self, inputs: Iterator[Input]) -> None:
        """Counting would only delay what nobody watches."""
        self._begun = self._said = time.monotonic()

    def done(self, result: Result, *, again: bool) -> None:
        """Count, and say so when it is time."""
        self._inputs += 1
        self._failures += result.failed
        self._processed += not again
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            rate = self._processed / (now - self._begun)
            print(  # noqa: T201 - this is what it is for
                f"{self._inputs:,} done, {self._failures:,} failed, {rate:,.1f} a second", file=sys.stderr, flush=True
            )


@contextmanager
def _bar() -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[failures]}"),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=4, transient=True) as bar:
        yield _Bar(bar)


class _Bar:
    def __init__(self, bar: object) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None, rate="", failures="")  # type: ignore[attr-defined]
        self._processed = self._failures = 0
        self._begun = time.monotonic()

    def begun(self, inputs: Iterator[Input]) -> None:
        self._bar.update(self._task, total=sum(1 for _ in inputs))  # type: ignore[attr-defined]
        self._begun = time.monotonic()

    def done(self, result: Result, *, again: bool) -> None:
        self._processed += not again
        self._failures += result.failed
        rate = self._processed / max(time.monotonic() - self._begun, 0.001)
        self._bar.update(  # type: ignore[attr-defined]
            self._task,
            advance=1,
            rate=f"{rate:,.1f}/s",
            failures=f"{self._failures:,} failed" if self._failures else "",
        )
