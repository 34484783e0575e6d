"""The same work on Ray: a pipeline of Ray Data with a loaded model in each actor.

What is to be done is laid out as Parquet in the dataset's own folder, which all machines of the cluster must see, as
they must the files; Ray reads it, its actors make the records, and these come back in the order of the input to the one
place that writes parts. Actors hold their processors for good, so one more is always left to what reads.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import orjson

from communique.archive.arrow import COLUMNS, extract_batch, pyarrow
from communique.archive.processing import Result, Stored
from communique.archive.sources import Input
from communique.archive.workers import Task
from communique.errors import CommuniqueError, InputError

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 16
"""Statements that an actor is given at a time."""
_SHARD = 256
"""Statements in one file of what is to be done."""


class RayEngine:
    """Actors of a Ray cluster (one on this machine when there is no ``address``), used like `workers.Pool`.

    Raises InputError when Ray is not installed or cannot be reached, or has too few processors for ``workers`` actors
    and its own readers; without ``workers``, all processors but one are taken.
    """

    def __init__(self, model: str, workers: int | None, *, address: str | None, work: Path) -> None:
        self._ray = _ray()
        self._model, self._work = model, work / "tasks"
        self._own = not self._ray.is_initialized()
        try:
            self.workers = self._begin(workers, address)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> RayEngine:
        return self

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._ray.shutdown()

    def _begin(self, workers: int | None, address: str | None) -> int:
        if self._own:
            options: dict[str, Any] = {"address": address} if address else {"include_dashboard": False}
            if not address and workers is not None:
                options["num_cpus"] = workers + 1
            try:
                self._ray.init(log_to_driver=False, logging_level="ERROR", **options)
            except (ConnectionError, OSError, RuntimeError, ValueError) as error:
                raise InputError(f"Ray cannot be reached: {' '.join(str(error).split())[:200]}") from None
        processors = int(self._ray.cluster_resources().get("CPU", 0))
        return actors(processors, workers)

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Input, Result]]:
        """Each task's input and result, in their order."""
        with tempfile.TemporaryFile() as order:
            todo = self._lay_out(tasks, order)
            made = self._made() if todo else iter(())
            order.seek(0)
            for line in order:
                item, result = _remembered(line)
                yield item, result or next(made)

    def _lay_out(self, tasks: Iterable[Task], order: IO[bytes]) -> int:
        """Write what is to be done in files for Ray, and the order of all; how many are to be done."""
        # What a run that was interrupted laid out is not what is to be done now.
        shutil.rmtree(self._work, ignore_errors=True)
        shard: list[dict[str, Any]] = []
        todo = 0
        for task in tasks:
            order.write(_memory(task))
            if task.result is None:
                path = task.item.path
                shard.append({
                    "number": todo, "name": task.item.name, "path": path if path is None else _bytes(path),
                    "content": task.item.content, "sha256": task.digest,
                })  # fmt: skip
                todo += 1
            if len(shard) == _SHARD:
                self._write(shard, todo)
                shard = []
        if shard:
            self._write(shard, todo)
        return todo

    def _write(self, shard: list[dict[str, Any]], number: int) -> None:
        pa = pyarrow()
        from pyarrow import parquet

        self._work.mkdir(exist_ok=True)
        types = {
            "number": pa.int64(),
            "name": pa.string(),
            "path": pa.binary(),
            "content": pa.binary(),
            "sha256": pa.string(),
        }
        table = pa.Table.from_pylist(shard, schema=pa.schema(list(types.items())))
        parquet.write_table(table, self._work / f"{number:09}.parquet")

    def _made(self) -> Iterator[Result]:
        data = self._ray.data
        context = data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        files = sorted(str(path.resolve()) for path in self._work.glob("*.parquet"))
        made = data.read_parquet(files).map_batches(
            _Actor,
            fn_constructor_kwargs={"model": self._model},
            batch_format="pyarrow",
            batch_size=_BATCH,
            compute=data.ActorPoolStrategy(size=self.workers),
            num_cpus=1,
        )
        for number, row in enumerate(_rows(made)):
            if row.pop("number") != number:
                raise CommuniqueError("Ray gave the results in another order: this version of Ray cannot be used")
            yield _result(row)


def _memory(task: Task) -> bytes:
    """A line of JSON with what is to be known of an input when its result is there: all but the row itself."""
    item, result = task.item, task.result
    known: dict[str, Any] = {"name": item.name, "source": item.source, "row": item.row, "result": None}
    if result is not None:
        # What an earlier run made is in one of its files, and what cannot be read has no record.
        stored = cast("Stored | None", result.record)
        known["result"] = [result.facts, stored and [stored.file, stored.line]]
    return orjson.dumps(known, option=orjson.OPT_APPEND_NEWLINE)


def _remembered(line: bytes) -> tuple[Input, Result | None]:
    known = orjson.loads(line)
    item = Input(known["name"], known["source"], row=known["row"])
    if known["result"] is None:
        return item, None
    facts, stored = known["result"]
    return item, Result(facts, stored and Stored(*stored))


def actors(processors: int, workers: int | None) -> int:
    """How many actors to have on so many processors. Raises InputError when none is left to Ray's readers."""
    wanted = workers or processors - 1
    if wanted < 1 or wanted > processors - 1:
        most = f"give --workers 1 to {processors - 1}" if processors > 1 else "give Ray more processors"
        raise InputError(
            f"Ray has {processors} processors, and {max(wanted, 1)} actors would leave none to its readers, "
            f"which would wait for ever: {most}"
        )
    return wanted


class _Actor:
    """What each actor is: the model, loaded, and the one function."""

    def __init__(self, model: str) -> None:
        self._model = model

    def __call__(self, batch: pa.Table) -> pa.Table:
        made = extract_batch(batch, model=self._model)
        return made.append_column("number", batch.column("number"))


def _rows(made: Any) -> Iterator[dict[str, Any]]:
    for batch in made.iter_batches(batch_format="pyarrow", batch_size=_BATCH, prefetch_batches=1):
        yield from batch.to_pylist()


def _result(row: dict[str, Any]) -> Result:
    record = row.pop("record")
    if record is None:
        return Result({"sha256": row["sha256"], "error": row["error"]})
    return Result({name: row[name] for name in COLUMNS if name in row and name != "error"}, record.encode())


def _bytes(path: str) -> bytes:
    # Ray's workers have a working folder of their own.
    return os.fsencode(Path(path).resolve())


def _ray() -> Any:
    pyarrow()
    try:
        import ray
        import ray.data
    except ImportError:
        raise InputError("--engine ray needs Ray: pip install 'communique[ray]'") from None
    return ray
