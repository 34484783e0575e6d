"""Records are proved against their sources; each way of not following from them is told apart."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from communique import cli, extract_many, readers
from communique.archive.run import Settings, run
from communique.cli import app
from communique.errors import InputError
from communique.extraction import Statement
from communique.records import Source
from communique.verifying import Finding, verify
from communique.writing import to_json

TEXT = "Japan and Norway met in Oslo on 3 May 2030. The two sides will share data from NASA by 2031.\n"
PAGE = "---\ntitle: Joint Statement\nsource_url: https://example.org/statement\n---\n\n" + TEXT


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two statements, one that was fetched and a table, and the dataset made of them."""
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.txt").write_text(TEXT)
    (archive / "b.md").write_text(PAGE)
    (archive / "d.html").write_bytes(f"<p>{TEXT}<p>Caf\u0439".encode("koi8-r"))
    said = {"address": "https://a.example/d", "media_type": "text/html; charset=koi8-r"}
    (archive / "d.html.source.json").write_text(json.dumps(said))
    rows = [{"text": f"{TEXT}{word}"} for word in ("One.", "Two.", "Three.")]
    rows.append(
        {"text": f"{TEXT}Four.", "title": "Joint Statement", "date": "2030-05-04", "url": "https://a.example/4"}
    )
    (archive / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    run(Settings(sources=(str(archive),), out=tmp_path / "dataset", workers=0))
    return archive


def findings(dataset: Path) -> list[Finding]:
    return [found.finding for found in verify(dataset)]


def test_what_nobody_touched_is_proved(archive: Path) -> None:
    assert set(findings(archive.parent / "dataset")) == {Finding.PROVED}


def test_changed_and_missing_sources_are_told_apart(archive: Path) -> None:
    (archive / "a.txt").write_text(TEXT.replace("NASA", "ESA"))
    (archive / "c.jsonl").unlink()
    found = findings(archive.parent / "dataset")
    assert found.count(Finding.CHANGED) == 1
    assert found.count(Finding.MISSING) == 4
    assert found.count(Finding.PROVED) == len(found) - 5


def test_sources_elsewhere_are_found_below_a_root(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive.parent)
    run(Settings(sources=("archive",), out=Path("relative"), workers=0))
    monkeypatch.chdir("/")
    dataset = archive.parent / "relative"
    assert {found.finding for found in verify(dataset, root=archive.parent)} == {Finding.PROVED}
    assert set(findings(dataset)) == {Finding.MISSING}


def part(archive: Path) -> Path:
    return archive.parent / "dataset" / "records" / "part-00000.jsonl"


def test_a_record_that_was_taken_out_or_put_elsewhere_is_noticed(archive: Path) -> None:
    lines = part(archive).read_bytes().splitlines(keepends=True)
    part(archive).write_bytes(b"".join(lines[:-1]))
    assert findings(archive.parent / "dataset").count(Finding.LOST) == 1
    part(archive).write_bytes(b"".join([lines[1], lines[0], *lines[2:]]))
    assert findings(archive.parent / "dataset").count(Finding.FAULTY) == 2
    part(archive).unlink()
    assert findings(archive.parent / "dataset") == [Finding.LOST]


@pytest.mark.parametrize("field", ["title", "published", "uri"])
def test_in_a_dataset_no_option_explains_another_title_day_or_address(archive: Path, field: str) -> None:
    """The whole record follows from another day, but its source gives this one."""
    records = [orjson.loads(line) for line in part(archive).read_bytes().splitlines()]
    for record in records:
        known = record["statement"]
        told = {key: known[key] for key in ("title", "published")}
        source = Source(**known["source"])
        if field == "uri":
            source = Source(uri="https://b.example/", media_type=source.media_type, sha256=source.sha256)
        else:
            told[field] = "2031-01-01"
        record.clear()
        record |= orjson.loads(to_json(next(iter(extract_many([Statement(known["text"], **told, source=source)])))))
    part(archive).write_bytes(b"".join(orjson.dumps(r, option=orjson.OPT_APPEND_NEWLINE) for r in records))
    found = list(verify(archive.parent / "dataset"))
    assert {f.finding for f in found} == {Finding.DIFFERS}
    assert all("statement." in f.reason for f in found)


def test_what_a_source_does_not_say_may_be_an_option_and_what_it_says_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.md").write_text(f"---\ndate: 2030-05-04\n---\n{TEXT}")
    for name, finding in (("a.txt", Finding.PROVED), ("b.md", Finding.DIFFERS)):
        out = tmp_path / f"{name}.json"
        with pytest.raises(SystemExit):
            cli.run(["extract", str(tmp_path / name), "--published", "2031-01-01", "-o", str(out)])
        assert findings(out) == [finding]


def test_other_bytes_of_the_same_values_are_not_those_that_were_written(tmp_path: Path) -> None:
    """Of a key that comes twice, some readers take the first."""
    (tmp_path / "a.txt").write_text(TEXT)
    (record,) = extract_many([readers.read(str(tmp_path / "a.txt"))])
    for pretty in (False, True):
        (tmp_path / "record.json").write_bytes(to_json(record, pretty=pretty))
        assert findings(tmp_path / "record.json") == [Finding.PROVED]
    (tmp_path / "record.json").write_bytes(to_json(record).replace(b"{", b'{"commitments":[],', 1))
    assert findings(tmp_path / "record.json") == [Finding.DIFFERS]


@pytest.mark.parametrize("uri", ["/#1", "pipe", "pipe#1", "../..", "https://a.example/", "a\0b", "a" * 5000 + "#1"])
def test_a_strangers_record_sends_no_one_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    """A folder would be searched through, a pipe waited for."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    (record,) = extract_many([Statement(TEXT, source=Source(uri=uri, sha256="0" * 64))])
    (tmp_path / "record.json").write_bytes(to_json(record))
    assert findings(tmp_path / "record.json") == [Finding.MISSING]


@pytest.mark.parametrize("damage", [b"[1]\n", b"no json\n", b'{"stored": true}\n'])
def test_a_damaged_list_of_sources_is_one_line(archive: Path, damage: bytes) -> None:
    (archive.parent / "dataset" / "sources" / "part-00000.jsonl").write_bytes(damage)
    result = CliRunner().invoke(app, ["verify", str(archive.parent / "dataset")])
    assert isinstance(result.exception, InputError)
    assert "is no list of sources" in str(result.exception)


def lie(record: dict[str, Any], what: str) -> None:
    if what == "quote":
        record["mentions"][0]["quote"] = "Atlantis"
    elif what == "commitment":
        record["commitments"] = []
    elif what == "version":
        record["provenance"]["communique"] = "0.0.1"
        record["commitments"] = []
    elif what == "hash":
        record["statement"]["source"]["sha256"] = "0" * 64
    elif what == "source":
        record["statement"]["source"]["uri"] = None


@pytest.mark.parametrize(
    ("what", "finding"),
    [
        ("nothing", Finding.PROVED),
        ("quote", Finding.FAULTY),
        ("commitment", Finding.DIFFERS),
        ("version", Finding.OTHER_VERSION),
        ("hash", Finding.CHANGED),
        ("source", Finding.MISSING),
    ],
)
def test_a_record_that_lies_is_found_out(tmp_path: Path, what: str, finding: Finding) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (record,) = extract_many([readers.read(str(tmp_path / "a.txt"))])
    data = json.loads(to_json(record))
    lie(data, what)
    (tmp_path / "record.json").write_bytes(orjson.dumps(data))
    assert findings(tmp_path / "record.json") == [finding]
    result = CliRunner().invoke(app, ["verify", str(tmp_path / "record.json")])
    assert result.exit_code == (finding is not Finding.PROVED)
    assert (f": {finding}: " in result.output) == (finding is not Finding.PROVED)


def test_what_is_no_record_is_faulty(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"a": 1}\nno json\n[1]\nnull\n"a"\n')
    assert findings(tmp_path) == [Finding.FAULTY] * 5
