"""The folder of a dataset: where each part lies, and how one comes to lie there whole.

``records/part-00000.jsonl`` holds records, ``sources/part-00000.jsonl`` a line for each input of the same stretch. A
part is there when its list of sources is, which is renamed into its place last; until then it is under ``.work``. What
an interrupted run leaves there, and parts that no longer stand where they should, serve the next run as a store.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

RUN, FAILURES, WORK = "run.json", "failures.jsonl", ".work"
_PART = re.compile(r"part-(\d{5,})\.(jsonl|parquet)")


class Kept(NamedTuple):
    """Files of an earlier run that may be torn at their end: the records, and the list of sources."""

    records: Path
    sources: Path


class Folder:
    """A dataset's folder; ``suffix`` is that of the files with records."""

    def __init__(self, path: Path, suffix: str = ".jsonl") -> None:
        self.path, self.suffix = path, suffix
        self.work = path / WORK

    def records(self, part: int) -> Path:
        """The file with a part's records."""
        return self.path / "records" / f"part-{part:05}{self.suffix}"

    def sources(self, part: int) -> Path:
        """The file with what became of each input of a part."""
        return self.path / "sources" / f"part-{part:05}.jsonl"

    def part(self, part: int) -> Kept:
        """Both files of a part that is there."""
        return Kept(self.records(part), self.sources(part))

    def unfinished(self, part: int) -> Kept:
        """Where a part is written before it is whole."""
        return Kept(self.work / f"part-{part:05}.records{self.suffix}", self.work / f"part-{part:05}.sources.jsonl")

    def parts(self) -> int:
        """How many parts are there, from the first without a gap."""
        part = 0
        while self.sources(part).is_file() and self.records(part).is_file():
            part += 1
        return part

    def prepare(self) -> list[Kept]:
        """Make the folders, finish or put aside what an interrupted run left, and say what there is to use."""
        for folder in ("records", "sources", f"{WORK}/kept"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        for sources in sorted(self.work.glob("part-*.sources.jsonl")):
            part = int(sources.name[5:].split(".")[0])
            if self.unfinished(part).records.exists():
                self._keep(self.unfinished(part))
            elif self.records(part).exists():
                # The records were in their place already: both files had been written whole.
                _move(sources, self.sources(part))
            else:
                sources.unlink()
        self.put_aside(self.parts())
        return self.kept()

    def kept(self) -> list[Kept]:
        """What lies aside, the newest first."""
        found = sorted((self.work / "kept").glob("*.sources.jsonl"), reverse=True)
        return [Kept(p.with_name(p.name.replace(".sources.jsonl", f".records{self.suffix}")), p) for p in found]

    def put_aside(self, first: int) -> dict[int, Kept]:
        """Take the parts from the first on out of the dataset, and keep them; where each lies now."""
        moved: dict[int, Kept] = {}
        for part in sorted(self._numbers("records") | self._numbers("sources")):
            if part < first:
                continue
            if self.records(part).exists() and self.sources(part).exists():
                moved[part] = self._keep(Kept(self.records(part), self.sources(part)))
            else:
                self.records(part).unlink(missing_ok=True)
                self.sources(part).unlink(missing_ok=True)
        _flush_names(self.path / "records", self.path / "sources")
        return moved

    def _numbers(self, folder: str) -> set[int]:
        matches = (_PART.fullmatch(path.name) for path in (self.path / folder).iterdir())
        return {int(match[1]) for match in matches if match}

    def _keep(self, files: Kept) -> Kept:
        folder = self.work / "kept"
        number = 1 + max((int(p.name.split(".")[0]) for p in folder.glob("*.jsonl")), default=0)
        kept = Kept(folder / f"{number:07}.records{self.suffix}", folder / f"{number:07}.sources.jsonl")
        # The list goes first: a part whose list is gone is no part.
        files.sources.replace(kept.sources)
        files.records.replace(kept.records)
        return kept

    def commit(self, part: int) -> None:
        """Put a part that has been written whole into its place."""
        unfinished = self.unfinished(part)
        _move(unfinished.records, self.records(part))
        _move(unfinished.sources, self.sources(part))

    def clear_work(self) -> None:
        """Take away what only an unfinished run needs."""
        shutil.rmtree(self.work, ignore_errors=True)

    def clear(self) -> None:
        """Take away all parts."""
        for folder in ("records", "sources"):
            for part in self._numbers(folder) if (self.path / folder).is_dir() else ():
                for path in (self.path / folder).glob(f"part-{part:05}.*"):
                    path.unlink()
        (self.path / FAILURES).unlink(missing_ok=True)
        self.clear_work()


def _move(source: Path, target: Path) -> None:
    source.replace(target)
    _flush_names(target.parent)


def _flush_names(*folders: Path) -> None:
    """Have the names in the folders outlive a loss of power, where the system can be asked to."""
    for folder in folders:
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(descriptor)
        except OSError:
            pass
        finally:
            os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Write a small file so that it is whole or the old one: aside, flushed, renamed."""
    aside = path.with_name(f".{path.name}.new")
    with aside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    _move(aside, path)
