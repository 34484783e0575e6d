"""The tables: their rows, how they join, and that each format holds the same."""

from __future__ import annotations

import csv
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from communique import cli
from communique.errors import InputError
from communique.export.exporting import export
from communique.export.tables import TABLES
from communique.validation import check_record

NAMES = [table.name for table in TABLES]


@pytest.fixture
def dataset(tmp_path, full_record) -> Path:
    folder = tmp_path / "dataset"
    (folder / "records").mkdir(parents=True)
    other = json.loads(json.dumps(full_record))
    other["statement"] |= {"title": '=HYPERLINK("http://a.example")', "published": None, "pages": None}
    other["statement"]["text"] += " "
    other["statement"]["id"] = sha256(other["statement"]["text"].encode()).hexdigest()[:16]
    other["meeting"] = None
    assert not check_record(full_record)
    assert not check_record(other)
    for number, record in enumerate((full_record, other)):
        path = folder / "records" / f"part-{number:05}.jsonl"
        path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return folder


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def json_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_rows_of_each_table(dataset, tmp_path):
    counts = export(dataset, "jsonl", tmp_path / "out")
    assert counts == {
        "statements": 2, "mentions": 6, "dates": 6, "commitments": 2, "positions": 2, "delegations": 1
    }  # fmt: skip
    rows = {name: json_rows(tmp_path / "out" / f"{name}.jsonl") for name in NAMES}
    first = rows["statements"][0]
    expected = {"published": "2031-03-04", "ordinal": 2, "virtual": False, "parties": ["JP", "US"], "city": "Tokyo"}
    assert expected.items() <= first.items()
    assert rows["statements"][1]["parties"] == []
    commitment = rows["commitments"][0]
    expected = {"commitment": "c1", "trigger": "plan to explore", "operators": ["plan to", "explore"]}
    assert expected.items() <= commitment.items()
    assert (commitment["deadline"], commitment["deadline_latest"]) == ("2033", "2033-12-31")
    assert rows["mentions"][0]["name"] == "National Aeronautics and Space Administration"
    assert rows["delegations"][0]["agency"] == "agency:us-nasa"


def test_keys_tell_rows_apart_and_join(dataset, tmp_path):
    export(dataset, "csv", tmp_path / "out")
    rows = {name: csv_rows(tmp_path / "out" / f"{name}.csv") for name in NAMES}
    statements = {row["statement"] for row in rows["statements"]}
    for table in TABLES:
        keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
        assert len(keys) == len(set(keys))
        assert {row["statement"] for row in rows[table.name]} <= statements


def test_csv_opens_in_a_spreadsheet_and_computes_nothing(dataset, tmp_path):
    export(dataset, "csv", tmp_path / "out")
    data = (tmp_path / "out" / "statements.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfstatement,title,")
    assert b"\r\n" in data
    first, second = csv_rows(tmp_path / "out" / "statements.csv")
    assert second["title"] == """'=HYPERLINK("http://a.example")"""
    assert (first["virtual"], first["parties"], second["published"]) == ("false", "JP;US", "")


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_like_a_formula(dataset, tmp_path, full_record, text):
    full_record["statement"]["title"] = text
    (tmp_path / "one.json").write_text(json.dumps(full_record), encoding="utf-8")
    export(tmp_path / "one.json", "csv", tmp_path / "out")
    assert csv_rows(tmp_path / "out" / "statements.csv")[0]["title"] == f"'{text}"


def as_json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_parquet_holds_the_same_with_types(dataset, tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    export(dataset, "jsonl", tmp_path / "lines")
    export(dataset, "parquet", tmp_path / "out")
    for name in NAMES:
        lines = json_rows(tmp_path / "lines" / f"{name}.jsonl")
        rows = parquet.read_table(tmp_path / "out" / f"{name}.parquet").to_pylist()
        assert [{k: as_json(v) for k, v in row.items()} for row in rows] == lines
    schema = parquet.read_schema(tmp_path / "out" / "commitments.parquet")
    assert schema.field("deadline_latest").type == pa.date32()
    assert schema.field("themes").type == pa.list_(pa.string())


def test_duckdb_holds_the_same_with_types_and_keys(dataset, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    export(dataset, "jsonl", tmp_path / "lines")
    export(dataset, "duckdb", tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["communique.duckdb", "datapackage.json"]
    with duckdb.connect(str(tmp_path / "out" / "communique.duckdb"), read_only=True) as database:
        for name in NAMES:
            lines = [
                json.loads(line) for line in (tmp_path / "lines" / f"{name}.jsonl").read_text("utf-8").splitlines()
            ]
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            assert [[as_json(value) for value in row] for row in rows] == [list(line.values()) for line in lines]
        types = dict(database.execute("SELECT column_name, data_type FROM information_schema.columns").fetchall())
        assert (types["deadline_latest"], types["themes"], types["virtual"]) == ("DATE", "VARCHAR[]", "BOOLEAN")


@pytest.mark.parametrize("to", ["csv", "jsonl"])
def test_the_description_fits_the_files(dataset, tmp_path, to):
    export(dataset, to, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == NAMES
    for resource in package["resources"]:
        data = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
        fields = [field["name"] for field in resource["schema"]["fields"]]
        names = (
            list(csv_rows(tmp_path / "out" / resource["path"])[0])
            if to == "csv"
            else list(json.loads(data.split(b"\n")[0]))
        )
        assert fields == names
        assert set(resource["schema"]["primaryKey"]) <= set(fields)


def test_the_same_records_give_the_same_bytes(dataset, tmp_path):
    for name in ("one", "two"):
        export(dataset, "csv", tmp_path / name)
    files = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]


@pytest.mark.parametrize(("content", "message"), [("", "holds no records"), ("{", "no JSON"), ("{}", "no record that")])
def test_what_is_no_dataset(tmp_path, content, message):
    (tmp_path / "records.jsonl").write_text(f"{content}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        export(tmp_path / "records.jsonl", "csv", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_says_where_the_tables_are(dataset, capsys):
    with pytest.raises(SystemExit) as left:
        cli.run(["export", str(dataset), "--to", "csv"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"{dataset}/export/csv: 2 statements, 6 mentions, ")
    assert (dataset / "export" / "csv" / "datapackage.json").is_file()


def test_what_is_not_installed_is_named(dataset, tmp_path, monkeypatch):
    import sys

    for module, to in (("pyarrow", "parquet"), ("duckdb", "duckdb")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(InputError, match=rf"pip install 'communique\[{to}\]'"):
            export(dataset, to, tmp_path / "out")


def test_the_questions_of_the_documentation_have_answers(dataset, tmp_path, root):
    duckdb = pytest.importorskip("duckdb")
    export(dataset, "duckdb", tmp_path / "out")
    questions = re.findall(r"```sql\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    with duckdb.connect(str(tmp_path / "out" / "communique.duckdb"), read_only=True) as database:
        agencies, overdue, vanished = (database.execute(question).fetchall() for question in questions)
    assert agencies == [(2031, "National Aeronautics and Space Administration", 1)]
    assert all(row[0].isoformat() == "2033-12-31" for row in overdue)
    assert vanished == []
