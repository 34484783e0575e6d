"""Faults of the machine: a full disk, output that may not be written, folders that do not open, other clocks."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

import communique
from communique import cli
from communique.archive import run as running
from communique.archive import sources, walking
from communique.archive.run import Settings, run
from communique.errors import InputError
from communique.readers import finding

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files and limits of POSIX")

TEXT = "Japan and Norway held the third Japan-Norway Space Dialogue in Oslo on {day}. Both will share data by 2035.\n"


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    folder = tmp_path / "editions"
    folder.mkdir()
    for day in ("3 May 2030", "4 May 2032"):
        (folder / f"{day[-4:]}.txt").write_text(TEXT.format(day=day), encoding="utf-8")
    return folder


@pytest.fixture
def record(editions: Path, tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    assert left("extract", editions / "2030.txt", "-o", path) == 0
    return path


def left(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as done:
        cli.run([str(argument) for argument in arguments])
    return int(done.value.code or 0)


def program(*arguments: str | Path, before: str = "", **options) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", f"{before}from communique.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, stderr=subprocess.PIPE, check=False, timeout=120, **options)


# A full disk ---------------------------------------------------------------------------------------------------------

COMMANDS = [("--help",), ("extract", "{editions}/2030.txt"), ("compare", "{editions}")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(command) for command in COMMANDS])
def test_standard_output_without_room_is_one_line(record: Path, editions: Path, command: tuple[str, ...]) -> None:
    arguments = [part.replace("{record}", str(record)).replace("{editions}", str(editions)) for part in command]
    with Path("/dev/full").open("wb") as full:
        done = program(*arguments, stdout=full)
    said = done.stderr.decode()
    assert (done.returncode, said) == (
        2,
        "communique: standard output: cannot be written: No space left on device: make room\n",
    )


LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
WRITERS = [
    ("extract", "{editions}/2030.txt", "-o", "{out}"),
    ("report", "{record}", "-o", "{out}"),
    ("compare", "{editions}", "-o", "{out}", "--format", "json"),
]


@pytest.mark.parametrize("command", WRITERS, ids=[command[0] for command in WRITERS])
def test_a_file_that_cannot_be_written_whole_stays_the_old_one(
    record: Path, editions: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "old"
    out.write_text("old", encoding="utf-8")
    names = {"{record}": record, "{editions}": editions, "{out}": out}
    arguments = list(command)
    for name, path in names.items():
        arguments = [part.replace(name, str(path)) for part in arguments]
    done = program(*arguments, before=LIMIT, stdout=subprocess.DEVNULL)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert said.startswith(f"communique: {out}: cannot be written: File too large")
    assert said.count("\n") == 1
    assert [path.read_text(encoding="utf-8") for path in out.parent.iterdir()] == ["old"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "duckdb"])
def test_an_export_without_room_is_one_line_and_leaves_no_half(editions: Path, tmp_path: Path, kind: str) -> None:
    dataset = tmp_path / "dataset"
    run(Settings(sources=(str(editions),), out=dataset, workers=0))
    done = program("export", dataset, "--to", kind, before=LIMIT, stdout=subprocess.DEVNULL)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert said.count("\n") == 1
    assert list((dataset / "export" / kind).iterdir()) == []


# Output that may not be written --------------------------------------------------------------------------------------


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder in which this process may not write; one that runs as root is nobody for as long."""
    for module in pkgutil.walk_packages(communique.__path__, "communique."):
        # Nobody may not read where they are installed.
        if "ray" not in module.name:
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "locked"
        folder.mkdir()
        (folder / "statement.txt").write_text(TEXT.format(day="3 May 2030"), encoding="utf-8")
        (folder / "closed").mkdir(mode=0o000)
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)
        (folder / "closed").chmod(0o755)


def test_read_only_output_is_one_line(
    record: Path, editions: Path, locked: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    statement = locked / "statement.txt"
    for command in (
        ("extract", statement, "-o", locked / "record.json"),
        ("batch", statement, "--out", locked / "dataset", "--workers", "0"),
        ("schema", "--write", locked),
    ):
        assert left(*command) == 2, command
        said = capfd.readouterr().err
        assert "cannot be written: Permission denied" in said
        assert said.startswith("communique: ")
        assert said.count("\n") == 1
    assert sorted(path.name for path in locked.iterdir()) == ["closed", "statement.txt"]


def test_a_folder_that_does_not_open_is_told_and_the_rest_is_read(
    record: Path, locked: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read, closed = sources.inputs([str(locked)], without=None), str(locked / "closed")
    found = [(item.name, item.error) for item in read]
    assert found == [(closed, f"{closed}: is a folder that cannot be opened"), (str(locked / "statement.txt"), None)]
    assert [item.name for item in sources.inputs([f"{locked}/**/*.txt"])] == [str(locked / "statement.txt"), closed]
    assert left("compare", locked) == 2
    assert "is a folder that cannot be opened" in capfd.readouterr().err
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        list(walking.files(closed))


def test_folders_may_be_nested_deeper_than_python_calls(tmp_path: Path) -> None:
    depth, here = 1200, Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.txt").write_text("Words.", encoding="utf-8")
        names = [found[-7:] for found in walking.files(str(tmp_path))]
        assert names == [found[-7:] for found in walking.files(f"{tmp_path}/**/*.txt")] == ["d/a.txt"]
        Path("a.txt").unlink()
        for _ in range(depth):
            # What clears the folders of tests away cannot go so deep.
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(here)


# What changes during the run -----------------------------------------------------------------------------------------


def test_what_vanishes_during_the_run_is_a_failure_and_the_rest_goes_on(editions: Path, tmp_path: Path) -> None:
    (editions / "z").mkdir()
    (editions / "z" / "z.txt").write_text("Japan and Norway met.", encoding="utf-8")

    class Thief:
        def begun(self, inputs: Iterator[sources.Input]) -> None:
            assert len(list(inputs)) == 3

        def done(self, result: object, *, again: bool) -> None:
            (editions / "2032.txt").unlink(missing_ok=True)
            (editions / "z" / "z.txt").unlink(missing_ok=True)
            (editions / "z").rmdir() if (editions / "z").exists() else None

    outcome = run(Settings(sources=(str(editions),), out=tmp_path / "out", workers=0), Thief())
    assert (outcome.counts.records, outcome.counts.failures) == (1, 1)
    (failed,) = (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert "2032.txt: cannot be read: No such file or directory" in json.loads(failed)["error"]


def test_what_changes_after_it_was_looked_at_is_known_by_the_bytes_that_were_read(
    editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(sources=(str(editions),), out=tmp_path / "out", workers=0)
    run(settings)
    (editions / "2030.txt").write_text("Japan and Norway met.", encoding="utf-8")
    find = finding.find

    def late(file: str) -> finding.Found:
        Path(file).write_text("Japan and Chile met.", encoding="utf-8")
        return find(file)

    monkeypatch.setattr(finding, "find", late)
    assert run(settings).reused == 1
    monkeypatch.undo()
    assert run(settings).reused == 2
    records = (tmp_path / "out" / "records" / "part-00000.jsonl").read_bytes().splitlines()
    assert [orjson.loads(line)["statement"]["text"][:20] for line in records] == [
        "Japan and Chile met.",
        "Japan and Norway hel",
    ]


def test_a_model_that_is_edited_during_the_run_does_not_finish(
    editions: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = running._facts
    answers = iter(["first", "second"])
    monkeypatch.setattr(running, "_facts", lambda settings: {**facts(settings), "model_sha256": next(answers)})
    with pytest.raises(InputError, match="changed during the run: --redo makes everything anew"):
        run(Settings(sources=(str(editions),), out=tmp_path / "out", workers=0))


# Clocks --------------------------------------------------------------------------------------------------------------


def test_a_clock_that_is_set_back_changes_nothing(
    editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither between two runs nor within one; files may be younger than the clock says it is."""

    class Backwards(datetime):
        left = datetime(2030, 1, 1, tzinfo=UTC)

        @classmethod
        def now(cls, tz=None):
            cls.left -= timedelta(days=400)
            return cls.left

    def records() -> bytes:
        return (tmp_path / "out" / "records" / "part-00000.jsonl").read_bytes()

    settings = Settings(sources=(str(editions),), out=tmp_path / "out", workers=0)
    run(settings)
    before = records()
    monkeypatch.setattr(running, "datetime", Backwards)
    for day in (4_102_444_800, 0):
        os.utime(editions / "2030.txt", (day, day))
        assert run(settings).reused == 2
        assert records() == before
    (editions / "2032.txt").write_text("Japan and Chile met.", encoding="utf-8")
    os.utime(editions / "2032.txt", (0, 0))
    assert run(settings).reused == 1
