"""Tables → statements: JSON Lines and CSV, plain and compressed, row by row."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import readers
from communique.errors import InputError
from communique.readers import compressed, read_bytes, read_many

zstd = pytest.importorskip("backports.zstd")

ROWS = [
    {"text": "Japan and the EU\nmet.", "title": "One", "date": "2031-03-04", "url": "https://a.example/1"},
    {"text": 'They "will" share, and learn;', "title": "", "date": "", "url": ""},
]
JSON_LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def as_csv(rows, delimiter=",", end="\r\n") -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def written(folder, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


TABLES = [
    ("table.jsonl", JSON_LINES),
    ("table.ndjson", JSON_LINES.replace("\n", "\r\n\r\n")),
    ("table", JSON_LINES),
    ("table.csv", as_csv(ROWS)),
    ("table.csv", "\ufeff" + as_csv(ROWS, ";", "\n")),
    ("table.tsv", as_csv(ROWS, "\t")),
    ("table.txt", as_csv(ROWS)),
    ("table.csv", as_csv(ROWS).encode("utf-16")),
]


@pytest.mark.parametrize(("name", "table"), TABLES)
@pytest.mark.parametrize("pack", [None, "gz", "zst"])
def test_each_row_is_a_statement(tmp_path, name, table, pack):
    data = table.encode() if isinstance(table, str) else table
    if pack:
        name, data = f"{name}.{pack}", (gzip if pack == "gz" else zstd).compress(data)
    path = written(tmp_path, name, data)
    first, second = read_many(path)
    assert (first.text, first.title, first.published) == (ROWS[0]["text"], "One", "2031-03-04")
    assert first.source.uri == "https://a.example/1"
    assert first.source.sha256 == sha256(ROWS[0]["text"].encode()).hexdigest()
    assert (second.text, second.title, second.published) == (ROWS[1]["text"], None, None)
    assert re.fullmatch(re.escape(path) + r"#[23]", second.source.uri)


def test_other_files_are_one_statement(tmp_path):
    path = written(tmp_path, "statement.txt", "Japan, the EU; and others met.\nThey talked.")
    assert [s.text for s in read_many(path)] == [readers.read(path).text]


def test_table_of_one_is_a_statement_and_of_several_is_not():
    assert read_bytes(JSON_LINES.split("\n")[0].encode(), name="t.jsonl").title == "One"
    with pytest.raises(InputError, match="a table of several statements"):
        read_bytes(JSON_LINES.encode(), name="t.jsonl")
    with pytest.raises(InputError, match="a table without a statement"):
        read_bytes(b"text,title\n", name="t.csv")


@pytest.mark.parametrize("name", ["Text", "STATEMENT", " body", "content"])
def test_column_of_text_goes_by_several_names(name):
    assert read_bytes(json.dumps({"id": 1, name: "Words."}).encode(), name="t").text == "Words."


FAULTY = [
    # rows, what is said of the second
    ('{"text": "a"}\n{"text": \n{"text": "b"}\n', "row 2: no JSON"),
    ('{"text": "a"}\n[1]\n{"text": "b"}\n', "row 2: no JSON object"),
    ('{"text": "a"}\n{"text": 5}\n{"text": "b"}\n', "row 2: its text is no text"),
    ('{"text": "a"}\n{"text": " "}\n{"text": "b"}\n', "row 2: there is no text"),
    ('{"text": "a"}\n{"text": "x", "date": "May"}\n{"text": "b"}\n', "row 2: its day of publication 'May' is no date"),
    ('{"text": "a"}\n{"text": "\\ud800"}\n{"text": "b"}\n', "row 2: its text holds characters that no text has"),
    ("text,date\na,\n,2031-03-04\nb,\n", "row 2: there is no text"),
    ('{"text": "a"}\n' + "[" * 100_000 + '\n{"text": "b"}\n', "row 2: no JSON"),
]


@pytest.mark.parametrize(("table", "message"), FAULTY, ids=[message for _, message in FAULTY])
def test_faulty_row_is_reported_and_the_next_follows(tmp_path, table, message):
    path = written(tmp_path, "table.csv" if table.startswith("text") else "table.jsonl", table)
    errors: list[InputError] = []
    assert [s.text for s in read_many(path, on_error=errors.append)] == ["a", "b"]
    assert [str(error).startswith(f"{path}: {message}") for error in errors] == [True]
    with pytest.raises(InputError, match=re.escape(message)):
        list(read_many(path))


BROKEN = [
    # name, bytes, what is said
    ("t.csv", b"id,title\n1,a\n", "no table of statements"),
    ("t.csv", b"text,title\na,b\n\xff,c\n", "not UTF-8"),
    ("t.jsonl.gz", gzip.compress(JSON_LINES.encode())[:-12], "a damaged compressed file"),
    ("t.jsonl.gz", b"\x1f\x8bxyz", "a damaged compressed file"),
    ("t.txt.gz", gzip.compress(b"Words. " * 99)[:-12], "a damaged compressed file"),
    ("t.txt.zst", zstd.compress(b"Words. " * 99)[:-3], "a damaged compressed file"),
    ("t.txt.gz", gzip.compress(gzip.compress(b"Words.")), "compressed more than once"),
]


@pytest.mark.parametrize(("name", "data", "message"), BROKEN)
def test_broken_tables_end_in_one_line(tmp_path, name, data, message):
    with pytest.raises(InputError, match=message) as caught:
        list(read_many(written(tmp_path, name, data)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("packed", [gzip.compress(b"Words."), zstd.compress(b"Words.")])
def test_compressed_text_is_read_with_the_hash_of_the_file(packed):
    statement = read_bytes(packed, name="statement.txt.gz")
    assert (statement.text, statement.source.media_type) == ("Words.", "text/plain")
    assert statement.source.sha256 == sha256(packed).hexdigest()


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_bombs_are_unpacked_no_further_than_the_bound(pack):
    with pytest.raises(InputError, match="unpacks to over 1,000 bytes"):
        compressed.unpack(pack(bytes(50_000_000)), 1_000)


def test_rows_are_not_gathered(tmp_path):
    path = written(tmp_path, "table.jsonl", JSON_LINES.split("\n")[0] + "\n" + "no json\n")
    rows = read_many(path)
    assert next(rows).title == "One"
    with pytest.raises(InputError):
        next(rows)


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.sampled_from([JSON_LINES.encode(), as_csv(ROWS).encode(), gzip.compress(b"text,a\nb,c\n" * 9),
                                      zstd.compress(b"text,a\nb,c\n" * 9)]).flatmap(lambda data: st.builds(
    lambda at, bit, cut: (data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :])[:cut],
    st.integers(0, len(data) - 1), st.integers(0, 7), st.integers(0, len(data)))),
    st.sampled_from(["t", "t.csv", "t.jsonl", "t.gz", "t.zst"]))  # fmt: skip
def test_any_bytes_are_statements_or_one_line_of_error(tmp_path_factory, data, name):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)
    errors: list[InputError] = []
    try:
        assert all(s.text.strip() for s in read_many(str(path), on_error=errors.append))
    except InputError as caught:
        errors.append(caught)
    assert not [error for error in errors if "\n" in str(error)]


def test_absence_of_zstandard_is_said_with_the_command(monkeypatch):
    for module in ("backports.zstd", "compression.zstd"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(InputError, match=re.escape("pip install 'communique[zst]'")):
        read_bytes(zstd.compress(b"Words."), name="it")
