"""A worker process: one JSON line in for each input, one or two JSON lines out.

It is started anew (not forked), reads its settings from the first line, says that it is ready, and ends when its
standard input does, so that none outlives the program that started it. An answer is one line of facts, and a second
one with the record where there is one.
"""

from __future__ import annotations

import os
import sys
from typing import IO

import orjson

from communique.archive.processing import Extractor, Result


def main() -> None:
    """Work until there is no more."""
    tasks, answers = sys.stdin.buffer, _own_output()
    settings = orjson.loads(tasks.readline())
    try:
        extractor = Extractor(settings["model"])
    except Exception as error:
        _say(answers, {"fatal": str(error), "known": isinstance(error, _known_errors())})
        return
    _say(answers, {"ready": True})
    for line in tasks:
        result = _work(extractor, line)
        record = result.record if isinstance(result.record, bytes) else None
        _say(answers, {**result.facts, "record": record is not None}, record)


def _own_output() -> IO[bytes]:
    """The pipe for answers, which no library that prints can write to."""
    pipe = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)
    return pipe


def _known_errors() -> type[Exception]:
    from communique.errors import CommuniqueError

    return CommuniqueError


def _work(extractor: Extractor, line: bytes) -> Result:
    task = orjson.loads(line)
    if "path" in task:
        return extractor.file(os.fsdecode(bytes.fromhex(task["path"])), task["name"])
    return extractor.row(task["row"], task["sha256"])


def _say(answers: IO[bytes], facts: dict[str, object], record: bytes | None = None) -> None:
    answers.write(orjson.dumps(facts, option=orjson.OPT_APPEND_NEWLINE))
    if record is not None:
        answers.write(record)
    answers.flush()
