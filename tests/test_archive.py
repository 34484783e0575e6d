"""Archives: from files, folders and tables to a dataset that is the same whatever happens on the way."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from communique import cli
from communique.archive import engine_ray, sources, walking
from communique.archive.engine_ray import actors
from communique.archive.processing import Result, Stored, failure
from communique.archive.run import Settings, run
from communique.archive.workers import Task
from communique.errors import InputError
from communique.extraction import extract
from communique.validation import check_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and signals of POSIX")

on_linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's list of children")


def statement(number: int) -> str:
    return (
        f"Joint Statement {number}\n\nOn March {number % 28 + 1}, 2031, the United States and Japan met in Tokyo. "
        f"NASA and JAXA intend to fly probe {number} by {2032 + number % 9}.\n"
    )


@pytest.fixture
def archive(tmp_path) -> Path:
    folder = tmp_path / "archive"
    (folder / "b").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "b/one.txt", "b/two.md", "c.txt")):
        (folder / name).write_text(statement(number), encoding="utf-8")
    return folder


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "table.jsonl"
    rows = [{"text": statement(number), "title": f"No. {number}"} for number in range(60)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(root, tmp_path_factory) -> str:
    """A model that nobody edits while the tests run."""
    folder = tmp_path_factory.mktemp("model") / "en_space"
    shutil.copytree(root / "models" / "en_space", folder)
    return str(folder)


@pytest.fixture(scope="module")
def make(model):
    def make(*names: str | Path, out: Path, workers: int = 0, part_size: int = 10, **more):
        return run(Settings(tuple(map(str, names)), out, model, workers=workers, part_size=part_size, **more))

    return make


@pytest.fixture
def program(model):
    """Start the command with these arguments."""

    def start(*arguments: str | Path, before: str = "") -> subprocess.Popen[str]:
        code = f"{before}from communique.cli import main; main()"
        command = [sys.executable, "-c", code, "batch", *map(str, arguments), "--model", model]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    return start


def whole(folder: Path) -> dict[str, bytes]:
    """Every file of a dataset with its bytes, but for the timing."""
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    description = json.loads(files["run.json"])
    del description["timing"]
    return {**files, "run.json": json.dumps(description).encode()}


def lines(folder: Path, kind: str) -> list[dict]:
    files = sorted((folder / kind).iterdir())
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


# What is read, and in which order ------------------------------------------------------------------------------------


def test_folders_are_read_in_the_order_of_names_without_loops_pipes_and_hidden_files(archive, tmp_path):
    (archive / ".hidden").write_text("x", encoding="utf-8")
    (archive / "b" / "loop").symlink_to(archive, target_is_directory=True)
    (archive / "self").symlink_to(archive / "self")
    (archive / "d.txt").symlink_to(archive / "a.txt")
    os.mkfifo(archive / "pipe")
    found = [os.path.relpath(path, archive) for path in walking.files(str(archive))]
    assert found == ["a.txt", "b/one.txt", "b/two.md", "c.txt", "d.txt"]
    assert list(walking.files(str(archive), without=archive / "b"))[1].endswith("c.txt")


PATTERNS = [
    ("*.txt", ["a.txt", "c.txt"]),
    ("**/*.txt", ["a.txt", "b/one.txt", "c.txt"]),
    ("**", ["a.txt", "b/one.txt", "b/two.md", "c.txt"]),
    ("b/*", ["b/one.txt", "b/two.md"]),
    ("?/t[vw]o.*", ["b/two.md"]),
]


@pytest.mark.parametrize(("pattern", "expected"), PATTERNS)
def test_patterns(archive, pattern, expected):
    assert sorted(os.path.relpath(p, archive) for p in walking.files(f"{archive}/{pattern}")) == expected


@pytest.mark.parametrize("name", ["missing", "*.pdf", "no/**"])
def test_what_is_not_there_is_said_at_once(make, archive, tmp_path, name):
    with pytest.raises(InputError, match=r"no such file|nothing matches"):
        make(archive / name, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_all_sources_are_looked_for_before_any_is_read(make, archive, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        make(archive, archive / "missing", out=tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file in it"):
        make(tmp_path / "empty", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_tables_are_known_by_their_content_too(tmp_path):
    rows = "".join(json.dumps({"text": statement(n)}) + "\n" for n in range(3))
    (tmp_path / "named.jsonl").write_text(rows, encoding="utf-8")
    (tmp_path / "unnamed").write_text(rows, encoding="utf-8")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    (tmp_path / "packed").write_bytes(gzip.compress(rows.encode()))
    (tmp_path / "table.csv").write_text("title,text\nOne,Words of one.\nTwo,Words of two.\n", encoding="utf-8")
    (tmp_path / "plain").write_text(statement(0), encoding="utf-8")
    found = [(item.name.rpartition("/")[2], item.row) for item in sources.inputs([str(tmp_path)])]
    three = [1, 2, 3]
    assert found == [
        *(("named.jsonl", n) for n in three),
        *(("packed", n) for n in three),
        *(("packed.jsonl.gz", n) for n in three),
        ("plain", None),
        ("table.csv", 1),
        ("table.csv", 2),
        *(("unnamed", n) for n in three),
    ]


def test_parquet_tables(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import datetime as dt

    from pyarrow import parquet

    days = [dt.date(2031, 3, 4), None]
    for kind in (pa.date32(), pa.timestamp("ns"), pa.timestamp("ms", "Asia/Tokyo")):
        table = pa.table({"Text": [statement(1), None], "date": pa.array(days).cast(kind), "other": [1, 2]})
        parquet.write_table(table, tmp_path / "t.parquet")
        first, second = sources.inputs([str(tmp_path / "t.parquet")])
        assert json.loads(first.content)["published"] == "2031-03-04"
        assert "row 2: there is no text" in second.error
    texts = pa.array([b"Words \xff", b"Words."]).cast(pa.string(), safe=False)
    parquet.write_table(pa.table({"text": texts}), tmp_path / "t.parquet")
    first, second = sources.inputs([str(tmp_path / "t.parquet")])
    assert "row 1: holds bytes that are no text" in first.error
    assert second.error is None
    (tmp_path / "t.parquet").write_bytes(b"no Parquet")
    (only,) = sources.inputs([str(tmp_path / "t.parquet")])
    assert "cannot be read" in only.error


def test_what_was_fetched_keeps_its_address(make, tmp_path):
    folder = tmp_path / "fetched"
    folder.mkdir()
    (folder / "page").write_text("<p>The United States and Japan met in Tokyo.</p>", encoding="utf-8")
    said = {"address": "https://a.example/old", "final_address": "https://a.example/new", "media_type": "text/html"}
    (folder / "page.source.json").write_text(json.dumps(said), encoding="utf-8")
    make(folder, out=tmp_path / "out")
    (line,) = lines(tmp_path / "out", "sources")
    assert (line["uri"], line["media_type"]) == ("https://a.example/new", "text/html")


def test_what_stands_beside_a_file_is_not_waited_for(make, archive, tmp_path):
    os.mkfifo(archive / "a.txt.source.json")
    (archive / "c.txt.source.json").symlink_to("/dev/zero")
    (archive / "b" / "one.txt.source.json").write_text("[" * 50_000, encoding="utf-8")
    assert make(archive, out=tmp_path / "out").counts.records == 4
    assert [line["uri"][-5:] for line in lines(tmp_path / "out", "sources")] == ["a.txt", "e.txt", "wo.md", "c.txt"]


def test_names_of_files_are_data(make, archive, tmp_path, capfd):
    """A name with a line end is one line everywhere, and one that leads upward writes nothing there."""
    name = "x..\n\x1b[31m\u202e; touch x; $(x) ..txt"
    (archive / "b" / name).write_text(statement(7), encoding="utf-8")
    (archive / "b" / f"bad{name}").write_bytes(b"\0")
    make(archive, out=tmp_path / "out")
    assert len(lines(tmp_path / "out", "sources")) == 6
    (failed,) = (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(failed)["input"] == f"{archive}/b/bad{name}"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive", "out"]
    for command in (["show", str(tmp_path / "out"), "--list"], ["verify", str(tmp_path / "out")]):
        with pytest.raises(SystemExit):
            cli.run(command)
        said = capfd.readouterr()
        assert not {"\x1b", "\u202e"} & set(said.out + said.err)
        assert len(said.out.splitlines()) == (5 if command[0] == "show" else 0)


# What comes out ------------------------------------------------------------------------------------------------------


def test_records_are_those_of_extract_in_the_order_of_the_input(make, archive, tmp_path):
    out = tmp_path / "out"
    make(archive, out=out)
    names = ["a.txt", "b/one.txt", "b/two.md", "c.txt"]
    expected = [
        extract((archive / n).read_text("utf-8")).model_dump(mode="json", exclude={"statement": {"source"}})
        for n in names
    ]
    found = lines(out, "records")
    for record in found:
        del record["statement"]["source"]
    assert found == expected
    assert [line["input"] for line in lines(out, "sources")] == [f"{archive}/{n}" for n in names]
    assert sorted(p.name for p in out.iterdir()) == ["failures.jsonl", "records", "run.json", "sources"]
    for part in (out / "records").iterdir():
        assert not [faults for _, faults in check_file(part) if faults]


def test_workers_do_not_change_a_byte(make, table, tmp_path):
    make(table, out=tmp_path / "one")
    make(table, out=tmp_path / "two", workers=2)
    assert whole(tmp_path / "one") == whole(tmp_path / "two")
    assert len(list((tmp_path / "one" / "records").iterdir())) == 6


def test_a_text_is_stored_once_with_all_its_sources(make, archive, tmp_path):
    (archive / "z.txt").write_text(statement(1), encoding="utf-8")
    (archive / "zz.txt").write_text(statement(1), encoding="utf-8")
    outcome = make(archive, out=tmp_path / "out", part_size=2)
    assert (outcome.counts.records, outcome.counts.duplicates) == (4, 2)
    of_one = [line for line in lines(tmp_path / "out", "sources") if line["statement"] == record_id(statement(1))]
    assert [(line["input"].rpartition("/")[2], line["stored"]) for line in of_one] == [
        ("one.txt", True), ("z.txt", False), ("zz.txt", False)
    ]  # fmt: skip
    place = {(line["part"], line["line"]) for line in of_one}
    assert place == {(0, 1)}


def record_id(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def test_what_cannot_be_read_goes_to_failures_and_the_rest_goes_on(make, archive, tmp_path):
    (archive / "aa.txt").write_bytes(b"words\0\1")
    (archive / "blank.txt").write_text(" \n", encoding="utf-8")
    (archive / "table.jsonl").write_text('{"text": "Words of a row."}\nno JSON\n', encoding="utf-8")
    outcome = make(archive, out=tmp_path / "out")
    failed = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()]
    assert [(f["input"].rpartition("/")[2], f["row"]) for f in failed] == [
        ("aa.txt", None), ("blank.txt", None), ("table.jsonl", 2)
    ]  # fmt: skip
    assert all(f["error"] for f in failed)
    assert (outcome.counts.inputs, outcome.counts.records, outcome.counts.failures) == (8, 5, 3)


def test_run_json_holds_nothing_of_clock_and_machine_outside_its_timing(make, archive, tmp_path):
    make(archive, out=tmp_path / "out")
    description = json.loads((tmp_path / "out" / "run.json").read_text())
    hashes = "".join(
        f"{sha256((archive / n).read_bytes()).hexdigest()}  {archive}/{n}\n"
        for n in ("a.txt", "b/one.txt", "b/two.md", "c.txt")
    )
    assert description["inputs"] == [
        {"source": str(archive), "inputs": 4, "sha256": sha256(hashes.encode()).hexdigest()}
    ]
    assert description["finished"] is True
    assert set(description) == {
        "communique", "model", "model_sha256", "code_sha256", "spacy", "schema_version", "engine", "part_size",
        "finished", "counts", "inputs", "timing",
    }  # fmt: skip


# Again, and on -------------------------------------------------------------------------------------------------------


def test_unchanged_inputs_are_not_processed_again_and_new_ones_stand_where_they_belong(make, archive, tmp_path):
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    make(archive, out=out, part_size=2)
    assert make(archive, out=out, part_size=2).reused == 4
    (archive / "b" / "new.txt").write_text(statement(9), encoding="utf-8")
    (archive / "c.txt").write_text(statement(8), encoding="utf-8")
    (archive / "b" / "two.md").unlink()
    assert make(archive, out=out, part_size=2).reused == 2
    make(archive, out=fresh, part_size=2)
    assert whole(out) == whole(fresh)


def test_failures_are_tried_again(make, archive, tmp_path):
    (archive / "bad.txt").write_bytes(b"\0")
    assert make(archive, out=tmp_path / "out").counts.failures == 1
    (archive / "bad.txt").write_text(statement(7), encoding="utf-8")
    outcome = make(archive, out=tmp_path / "out")
    assert (outcome.counts.failures, outcome.reused) == (0, 4)
    assert (tmp_path / "out" / "failures.jsonl").read_bytes() == b""


def test_other_versions_are_noticed(make, archive, tmp_path):
    out = tmp_path / "out"
    make(archive, out=out)
    description = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps({**description, "model": "en_space-0.9.0"}), encoding="utf-8")
    with pytest.raises(InputError, match=r"model was en_space-0\.9\.0 and is en_space-.*--redo"):
        make(archive, out=out)
    assert make(archive, out=out, redo=True).reused == 0


def test_a_folder_of_something_else_is_left_alone(make, archive, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("notes", encoding="utf-8")
    with pytest.raises(InputError, match="holds no run"):
        make(archive, out=tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_dataset_within_its_own_source_is_not_read(make, archive):
    make(archive, out=archive / "out")
    assert make(archive, out=archive / "out").counts.inputs == 4


def test_damage_to_a_part_is_mended(make, table, tmp_path):
    out = tmp_path / "out"
    make(table, out=out)
    before = whole(out)
    (out / "sources" / "part-00002.jsonl").unlink()
    (out / "records" / "part-00004.jsonl").unlink()
    assert make(table, out=out).reused >= 40
    assert whole(out) == before


def test_a_list_that_says_too_little_is_made_again(make, table, tmp_path):
    out = tmp_path / "out"
    make(table, out=out)
    before = whole(out)
    (out / "sources" / "part-00001.jsonl").write_bytes(b'{"stored": true}\n')
    make(table, out=out)
    assert whole(out) == before


def test_records_that_are_gone_are_told_where_they_are_needed(make, archive, tmp_path):
    out = tmp_path / "out"
    make(archive, out=out, part_size=2)
    (out / "records" / "part-00001.jsonl").write_bytes(b"")
    (archive / "0.txt").write_text(statement(9), encoding="utf-8")
    with pytest.raises(InputError, match="lacks records that its list has: --redo makes everything anew"):
        make(archive, out=out, part_size=2)
    assert make(archive, out=out, part_size=2, redo=True).counts.records == 5


# Whatever happens ----------------------------------------------------------------------------------------------------


def until_begun(out: Path, process: subprocess.Popen) -> None:
    """Wait until the run has written something that it had not before."""
    since = time.time()
    while process.poll() is None and time.time() < since + 60:
        written = [*out.glob(".work/part-*"), *out.glob("sources/*")]
        if any(path.stat().st_mtime > since for path in written if path.exists()):
            return
        time.sleep(0.005)


def children(process: subprocess.Popen) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task")
    if process.poll() is not None:
        return []
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


@pytest.fixture(scope="module")
def long_table(tmp_path_factory) -> Path:
    """Statements that grow longer and longer."""
    path = tmp_path_factory.mktemp("long") / "table.jsonl"
    rows = [{"text": statement(number) * (number // 5) + f"{number}"} for number in range(120)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def undisturbed(make, long_table, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    make(long_table, out=out)
    return out


def killed(process: subprocess.Popen, victim: str) -> None:
    """Kill a worker, or stop the run in one of several ways."""
    if victim == "worker":
        for pid in children(process)[:1]:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
    process.send_signal(signal.SIGTERM if victim == "terminated" else signal.SIGKILL)


@pytest.mark.slow
@on_linux
def test_killed_at_any_moment_it_ends_as_if_undisturbed(make, program, long_table, undisturbed, tmp_path):
    out = tmp_path / "out"
    chance = random.Random(5)  # noqa: S311 - moments, no secrets
    for victim in ("parent", "worker", "terminated"):
        with program(long_table, "--out", out, "--workers", "1", "--part-size", "10") as process:
            until_begun(out, process)
            time.sleep(chance.uniform(0, 0.2))
            killed(process, victim)
            assert process.wait(60) in (0, -9, 143)
    make(long_table, out=out)
    assert whole(out) == whole(undisturbed)


@pytest.mark.slow
@on_linux
def test_a_worker_that_dies_costs_nothing(program, long_table, undisturbed, tmp_path):
    out = tmp_path / "out"
    with program(long_table, "--out", out, "--workers", "2", "--part-size", "10") as process:
        until_begun(out, process)
        for pid in children(process)[:1]:
            os.kill(pid, signal.SIGKILL)
        assert process.wait(120) == 0
    assert whole(out) == whole(undisturbed)


@pytest.mark.slow
def test_a_full_disk_is_said_and_the_run_goes_on_later(make, program, long_table, undisturbed, tmp_path):
    out = tmp_path / "out"
    sizes = sorted(p.stat().st_size for p in (undisturbed / "records").iterdir())
    most = sizes[len(sizes) // 2]
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); "
    with program(long_table, "--out", out, "--part-size", "10", "--workers", "0", before=limit) as process:
        said = process.communicate(timeout=120)[1]
    assert process.returncode == 2, said
    assert "cannot be written: File too large: mend that, and the same command goes on" in said
    assert 2 < len(list((out / "records").iterdir())) < 10
    assert make(long_table, out=out).reused > 50
    assert whole(out) == whole(undisturbed)


@pytest.mark.slow
def test_what_kills_each_worker_is_given_up_and_the_rest_goes_on(make, archive, tmp_path, monkeypatch):
    """A module on the path ends the worker at one text, as a crash in a library would."""
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "communique_deadly.py").write_text(
        "import os\nfrom communique.archive import processing\n_old = processing.Extractor._statement\n"
        "def _new(self, statement, digest):\n"
        "    if 'deadly' in statement.text: os.kill(os.getpid(), 9)\n"
        "    return _old(self, statement, digest)\n"
        "processing.Extractor._statement = _new\n",
        encoding="utf-8",
    )
    (archive / "b" / "deadly.txt").write_text("A deadly text.", encoding="utf-8")
    from communique.archive import workers

    monkeypatch.setattr(
        workers, "_CODE", workers._CODE.replace("from communique", "import communique_deadly; from communique")
    )
    monkeypatch.syspath_prepend(str(tmp_path / "path"))
    outcome = make(archive, out=tmp_path / "out", workers=1)
    assert (outcome.counts.records, outcome.counts.failures) == (4, 1)
    (failed,) = (tmp_path / "out" / "failures.jsonl").read_text().splitlines()
    assert "the worker was killed by signal 9, twice" in json.loads(failed)["error"]


def test_two_runs_do_not_write_at_once(make, archive, tmp_path):
    fcntl = pytest.importorskip("fcntl")
    out = tmp_path / "out"
    make(archive, out=out)
    descriptor = os.open(out, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with pytest.raises(InputError, match="another run is writing here"):
            make(archive, out=out)
    finally:
        os.close(descriptor)


# The command ---------------------------------------------------------------------------------------------------------


def test_exit_codes_and_what_is_said(model, archive, tmp_path, capfd):
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.run(["batch", *map(str, arguments), "--workers", "0", "--model", model])
        return int(left.value.code or 0), *capfd.readouterr()

    code, out, err = call(archive, "--out", tmp_path / "out")
    assert (code, out) == (0, "")
    assert "4 read, 4 records" in err
    (archive / "bad.txt").write_bytes(b"\0")
    assert call(archive, "--out", tmp_path / "out", "--quiet") == (3, "", "")
    assert call("nothing", "--out", tmp_path / "no") == (2, "", "communique: nothing: no such file or folder\n")


# Arrow and Ray -------------------------------------------------------------------------------------------------------


def test_one_arrow_batch_to_another(archive):
    pa = pytest.importorskip("pyarrow")
    from communique.archive.arrow import COLUMNS, extract_batch, extract_batches

    batch = pa.RecordBatch.from_pydict({"text": [statement(0), " ", None], "published": ["2031-03-04", None, None]})
    (made,) = extract_batches([batch])
    assert made.schema.names == list(COLUMNS)
    rows = made.to_pylist()
    assert json.loads(rows[0]["record"])["statement"]["published"] == "2031-03-04"
    assert [bool(row["error"]) for row in rows] == [False, True, True]
    files = extract_batch(pa.table({"path": [str(archive / "a.txt"), str(archive / "none")]}))
    assert files.column("statement")[0].as_py() == record_id(statement(0))
    assert "cannot be read" in files.column("error")[1].as_py()
    with pytest.raises(InputError, match="give text or path"):
        extract_batch(pa.table({"other": [1]}))


@pytest.mark.parametrize(("processors", "workers", "expected"), [(8, None, 7), (2, None, 1), (4, 3, 3), (9, 2, 2)])
def test_actors_leave_a_processor_to_readers(processors, workers, expected):
    assert actors(processors, workers) == expected


@pytest.mark.parametrize(("processors", "workers"), [(2, 2), (1, None), (1, 1), (0, None)])
def test_too_few_processors_for_ray_are_said(processors, workers):
    with pytest.raises(InputError, match="would leave none to its readers"):
        actors(processors, workers)


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore")
def test_ray_makes_the_records_of_the_local_engine(make, archive, table, tmp_path):
    pytest.importorskip("ray")
    from communique.archive import record_files

    (archive / "bad.txt").write_bytes(b"\0")
    make(archive, table, out=tmp_path / "local")
    outcome = make(archive, table, out=tmp_path / "ray", workers=1, engine="ray")
    assert outcome.counts.failures == 1
    for part in (tmp_path / "local" / "records").iterdir():
        same = tmp_path / "ray" / "records" / f"{part.stem}.parquet"
        assert list(record_files.lines(same)) == part.read_bytes().splitlines(keepends=True)
    assert lines(tmp_path / "ray", "sources") == lines(tmp_path / "local", "sources")
    assert make(archive, table, out=tmp_path / "ray", workers=1, engine="ray").reused == 64


def test_what_ray_is_not_given_is_remembered_in_order():
    item = sources.Input("a.jsonl", 1, row=3, content=b'{"text": "Words."}')
    stored = Result({"sha256": "0", "statement": "s"}, Stored(2, 5))
    for result in (None, stored, failure("no JSON")):
        known, back = engine_ray._remembered(engine_ray._memory(Task(item, "0", result)))
        assert (known.name, known.source, known.row, known.content) == ("a.jsonl", 1, 3, None)
        assert back == result
