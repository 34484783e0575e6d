"""``communique batch``: an archive to a dataset."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from communique.model import DEFAULT_MODEL

if TYPE_CHECKING:
    from communique.archive.run import Outcome


class Engine(StrEnum):
    """Who does the work."""

    local = "local"
    ray = "ray"


def batch(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, patterns such as 'a/**/*.pdf', tables.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The dataset's folder.")],
    workers: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Worker processes; one for each processor if not given."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    redo: Annotated[bool, typer.Option("--redo", help="Make everything anew.")] = False,
    part_size: Annotated[int, typer.Option(min=1, metavar="N", help="Inputs in one part of the dataset.")] = 500,
    engine: Annotated[
        Engine, typer.Option(help="Who does the work: processes of this machine, or Ray.")
    ] = Engine.local,
    address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Ray's cluster; one on this machine if not given.")
    ] = None,
    model: Annotated[str, typer.Option(metavar="NAME", help="Rule model: a name or a directory.")] = DEFAULT_MODEL,
    timeout: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="Give one statement up after this time.")
    ] = 600.0,
) -> None:
    """Extract the records of an archive, one worker per processor.

    DIR gets `records/` and `sources/` in parts of JSON Lines, `failures.jsonl` and
    `run.json`. A text is stored once, however many sources it has. Stopped by whatever it may be, the same
    command goes on where it was; run again later, it reads what is new.

    \b
    Examples:
      communique batch archive --out dataset
      communique batch archive --out dataset --engine ray --address auto
      communique batch 'web/**/*.html' table.jsonl.gz --out dataset --workers 8

    Exit codes: 0 all done, 3 some could not be read (see failures.jsonl), 2 the input cannot be used,
    130 and 143 stopped by Ctrl-C and SIGTERM.
    """
    from communique.archive.progress import progress
    from communique.archive.run import Settings, run

    settings = Settings(
        sources=tuple(sources),
        out=out,
        model=model,
        workers=workers,
        redo=redo,
        part_size=part_size,
        timeout=timeout,
        engine=engine.value,
        address=address,
    )
    with _stoppable(), progress(quiet=quiet) as watcher:
        outcome = run(settings, watcher)
    if not quiet:
        _tell(outcome, out)
    if outcome.counts.failures:
        raise typer.Exit(3)


class _Stopped(BaseException):
    """A signal asked the program to stop."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the run in good order, with the exit code that shells expect.

    SIGPIPE does not end it: it tells of a worker that died, whose work another one takes up.
    """

    def stop(number: int, _: FrameType | None) -> None:
        raise _Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    if hasattr(signal, "SIGPIPE"):
        before[signal.SIGPIPE] = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        yield
    except _Stopped as stopped:
        typer.echo("stopped: the same command goes on from here", err=True)
        sys.exit(128 + stopped.number)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(outcome: Outcome, out: Path) -> None:
    counts = outcome.counts
    parts = [f"{counts.inputs:,} read", f"{counts.records:,} records"]
    parts += [f"{counts.duplicates:,} with a text stored before"] if counts.duplicates else []
    parts += [f"{outcome.reused:,} unchanged"] if outcome.reused else []
    parts += [f"{counts.failures:,} failed, see {out / 'failures.jsonl'}"] if counts.failures else []
    typer.echo(f"{out}: {', '.join(parts)} ({outcome.seconds:.1f} s)", err=True)
