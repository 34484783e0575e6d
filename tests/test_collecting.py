"""Whatever holds statements or their records is taken, each text once."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique import extract
from communique.cli import app
from communique.collecting import collect
from communique.errors import InputError
from communique.writing import to_json

TEXT = "Japan and Norway held the Fjord Dialogue in Oslo on May {day}, 2031. They intend to map the coast.\n"
PAGE = "<html><head><title>{title}</title></head><body><main><p>{text}</p></main></body></html>"


def said(day: int) -> str:
    return TEXT.format(day=day)


@pytest.fixture
def archive(tmp_path) -> Path:
    """A folder with a statement of every kind, and what must be passed over."""
    folder = tmp_path / "archive"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text(f"---\ntitle: A\n---\n{said(1)}")
    (folder / "b.html").write_text(PAGE.format(title="B", text=said(2)))
    (folder / "c.csv").write_text(f'title,text\nC,"{said(3).strip()}"\nD,"{said(4).strip()}"\n')
    (folder / "deep" / "e.txt.record.json").write_bytes(to_json(extract(said(5), title="E")))
    (folder / "README.md").write_text("An archive.")
    (folder / "a.gold.md").write_text("Gold.")
    (folder / "series.toml").write_text("")
    (folder / "other.json").write_text("[1]")
    (folder / ".hidden.md").write_text(said(6))
    return folder


def titles(*sources: str | Path) -> list[str | None]:
    return sorted(str(record.statement.title) for record in collect(sources))


def test_a_folder_gives_its_statements_rows_and_records(archive):
    assert titles(archive) == ["A", "B", "C", "D", "E"]


def test_files_and_patterns_are_taken_as_a_folder_is(archive):
    assert titles(archive / "b.html", f"{archive}/**/*.json", archive / "b.html") == ["B", "E"]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_a_dataset_gives_its_records(archive, tmp_path, monkeypatch, suffix):
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    out = tmp_path / "dataset"
    monkeypatch.chdir(archive.parent)
    batch = ["batch", "archive/a.md", "archive/b.html", "archive/c.csv", "--out", str(out), "--workers", "0", "-q"]
    assert CliRunner().invoke(app, batch).exit_code == 0
    if suffix == "parquet":
        from communique.archive import record_files

        lines = out / "records" / "part-00000.jsonl"
        table = record_files.record_file(lines.with_suffix(".parquet"))
        for line in lines.read_bytes().splitlines():
            table.add(line)
        table.finish()
        lines.unlink()
    assert titles(out) == ["A", "B", "C", "D"]
    # One dataset among statements: its records, and nothing else of it.
    assert titles(tmp_path) == ["A", "B", "C", "D", "E"]


def test_what_cannot_be_read_in_a_folder_is_told_and_left_out(archive):
    (archive / "broken.pdf").write_bytes(b"no PDF")
    (archive / "empty.txt").write_text(" ")
    told: list[InputError] = []
    assert len(collect([archive], on_error=told.append)) == 5
    assert [str(error).split(": ")[0].rpartition("/")[2] for error in told] == ["broken.pdf", "empty.txt"]
    with pytest.raises(InputError, match=r"broken\.pdf"):
        collect([archive])
    with pytest.raises(InputError, match=r"broken\.pdf"):
        collect([archive / "broken.pdf"], on_error=told.append)


def test_a_statement_without_a_date_is_told_and_left_out_of_the_series(archive):
    (archive / "series.toml").unlink()
    (archive / "undated.txt").write_text("Japan and Norway intend to map the coast.")
    result = CliRunner().invoke(app, ["series", str(archive)])
    assert (result.exit_code, "undated.txt: neither the meeting" in result.stderr) == (0, True)
    assert "Fjord Dialogue" in result.stdout
