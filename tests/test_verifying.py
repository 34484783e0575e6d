"""Records are proved against their sources; each way of not following from them is told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from communique import extract_many, readers
from communique.archive.run import Settings, run
from communique.cli import app
from communique.verifying import Finding, verify
from communique.writing import to_json

TEXT = "Japan and Norway met in Oslo on 3 May 2030. The two sides will share data from NASA by 2031.\n"
PAGE = "---\ntitle: Joint Statement\nsource_url: https://example.org/statement\n---\n\n" + TEXT


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two statements and a table, and the dataset made of them."""
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.txt").write_text(TEXT)
    (archive / "b.md").write_text(PAGE)
    rows = [{"text": f"{TEXT}{word}"} for word in ("One.", "Two.", "Three.")]
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
    assert found.count(Finding.MISSING) == 3
    assert found.count(Finding.PROVED) == len(found) - 4


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
    (tmp_path / "record.json").write_text(json.dumps(data))
    assert findings(tmp_path / "record.json") == [finding]
    result = CliRunner().invoke(app, ["verify", str(tmp_path / "record.json")])
    assert result.exit_code == (finding is not Finding.PROVED)
    assert (f": {finding}: " in result.output) == (finding is not Finding.PROVED)


def test_what_is_no_record_is_faulty(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"a": 1}\nno json\n')
    assert findings(tmp_path) == [Finding.FAULTY, Finding.FAULTY]
