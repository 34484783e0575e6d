"""Worker processes of our own: work goes out to whichever is free, results come back in the order of the input.

A worker that dies is replaced and its statement tried once more; only what kills two workers is given up. How much is
read ahead is bounded by count and by bytes, so that memory does not grow with the archive.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import IO, Any, NamedTuple, cast

import orjson

from communique.archive.processing import Extractor, Result, failure
from communique.archive.sources import Input
from communique.errors import CommuniqueError, ModelError

_AHEAD = 16
"""Inputs that wait or are worked on, for each worker."""
_MOST_BYTES = 64 << 20
"""Bytes of results that wait for an earlier one, beyond which nothing more is given out."""
_TRIES = 2
_STARTS = 3
_CODE = "import sys, json; sys.path[:] = json.loads({path!r}); from communique.archive.worker import main; main()"


class Task(NamedTuple):
    """An input, its hash where that is known, and its result where that is known already."""

    item: Input
    digest: str | None = None
    result: Result | None = None


class _Died(Exception):
    """The worker process ended in the middle of its work."""


class _Process:
    """One worker process, and the pipes to it. It works once it has begun."""

    def __init__(self) -> None:
        self.since: float | None = None
        """When it began what it does now."""
        self.late = False
        # A group of its own: Ctrl-C at the terminal is for the program, which then ends its workers.
        own_group: dict[str, Any] = (
            {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
            if sys.platform == "win32"
            else {"process_group": 0}
        )
        self._popen = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", _CODE.format(path=json.dumps(sys.path))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **own_group,
        )
        self._requests = cast(IO[bytes], self._popen.stdin)
        self._answers = cast(IO[bytes], self._popen.stdout)

    def begin(self, model: str) -> None:
        """Have it load the model. Raises _Died, and what the pool's `results` raises."""
        answer = self._exchange(orjson.dumps({"model": model}))
        if "fatal" in answer:
            raise (ModelError if answer["known"] else CommuniqueError)(answer["fatal"])

    @property
    def pid(self) -> int:
        return self._popen.pid

    def work(self, task: Task) -> Result:
        """The task's result. Raises _Died."""
        self.since = time.monotonic()
        try:
            answer = self._exchange(_request(task))
            record = self._line() if answer.pop("record") else None
        finally:
            self.since = None
        return Result(answer, record)

    def _exchange(self, request: bytes) -> dict[str, Any]:
        try:
            self._requests.write(request + b"\n")
            self._requests.flush()
        except (OSError, ValueError):
            raise self._death() from None
        answer: dict[str, Any] = orjson.loads(self._line())
        return answer

    def _line(self) -> bytes:
        try:
            line = self._answers.readline()
        except (OSError, ValueError):
            line = b""
        if not line.endswith(b"\n"):
            raise self._death()
        return line

    def _death(self) -> _Died:
        try:
            code = self._popen.wait(5)
        except subprocess.TimeoutExpired:
            code = None
        if self.late:
            return _Died("took too long")
        return _Died(f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with code {code}")

    def kill(self) -> None:
        self._popen.kill()

    def end(self) -> None:
        """End the process, whatever it does."""
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()


def _request(task: Task) -> bytes:
    if task.item.content is not None:
        return b'{"sha256":"%s","row":%s}' % ((task.digest or "").encode(), task.item.content)
    return orjson.dumps({"path": os.fsencode(task.item.path or "").hex(), "name": task.item.name})


def perform(extractor: Extractor, task: Task) -> Result:
    """Do a task in this process."""
    if task.item.content is not None:
        return extractor.row(orjson.loads(task.item.content), task.digest)
    return extractor.file(task.item.path or "", task.item.name)


class Pool:
    """Workers that do tasks at the same time, and give the results in the tasks' order.

    ``timeout`` is the seconds after which a worker is taken for dead. Used as a context; leaving it ends the workers.
    """

    def __init__(self, model: str, workers: int, *, timeout: float = 600.0) -> None:
        self.workers = workers
        self._model, self._timeout = model, timeout
        self._tasks: queue.SimpleQueue[tuple[Task, Future[Result]] | None] = queue.SimpleQueue()
        self._processes: list[_Process] = []
        self._threads: list[threading.Thread] = []
        self._waiting_bytes = 0
        self._lock = threading.Lock()
        self._closing = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for _thread in self._threads:
            self._tasks.put(None)
        with self._lock:
            self._closing = True
            for process in self._processes:
                process.kill()
        for thread in self._threads:
            thread.join()

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Input, Result]]:
        """Each task's input and result, in their order.

        Raises ModelError when the model cannot be loaded, CommuniqueError when no worker can be started.
        """
        window: deque[tuple[Input, Future[Result]]] = deque()
        for task in tasks:
            future: Future[Result] = Future()
            if task.result is not None:
                future.set_result(task.result)
            else:
                self._start()
                self._tasks.put((task, future))
            window.append((task.item, future))
            while window and (window[0][1].done() or self._is_full(window)):
                yield self._take(window)
        while window:
            yield self._take(window)

    def _is_full(self, window: deque[tuple[Input, Future[Result]]]) -> bool:
        return len(window) >= _AHEAD * self.workers or self._waiting_bytes > _MOST_BYTES

    def _take(self, window: deque[tuple[Input, Future[Result]]]) -> tuple[Input, Result]:
        item, future = window.popleft()
        while True:
            try:
                result = future.result(1.0)
                break
            except NotYet:
                self._end_late_ones()
        if isinstance(result.record, bytes):
            with self._lock:
                self._waiting_bytes -= len(result.record)
        return item, result

    def _start(self) -> None:
        if len(self._threads) < self.workers:
            thread = threading.Thread(target=self._serve, name=f"worker-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _end_late_ones(self) -> None:
        with self._lock:
            for process in self._processes:
                if process.since is not None and time.monotonic() - process.since > self._timeout:
                    process.late = True
                    process.kill()

    # In the threads, one for each worker -----------------------------------------------------------------------------

    def _serve(self) -> None:
        process: _Process | None = None
        try:
            while (job := self._tasks.get()) is not None and not self._closing:
                task, future = job
                try:
                    process, result = self._do(process, task)
                except Exception as error:
                    process = None
                    future.set_exception(error)
                    continue
                if isinstance(result.record, bytes):
                    with self._lock:
                        self._waiting_bytes += len(result.record)
                future.set_result(result)
        finally:
            if process is not None:
                self._drop(process)

    def _do(self, process: _Process | None, task: Task) -> tuple[_Process | None, Result]:
        reason = ""
        for _ in range(_TRIES):
            process = process or self._new()
            try:
                return process, process.work(task)
            except _Died as death:
                reason = str(death)
                self._drop(process)
                process = None
        return None, failure(f"{task.item.name}: the worker {reason}, twice", task.digest)

    def _new(self) -> _Process:
        reason = "was stopped"
        for _ in range(_STARTS):
            with self._lock:
                if self._closing:
                    break
                process = _Process()
                self._processes.append(process)
            try:
                process.begin(self._model)
            except BaseException as error:
                self._drop(process)
                if not isinstance(error, _Died):
                    raise
                reason = str(error)
            else:
                return process
        raise CommuniqueError(f"a worker cannot be started: it {reason}")

    def _drop(self, process: _Process) -> None:
        with self._lock:
            if process in self._processes:
                self._processes.remove(process)
        process.end()
