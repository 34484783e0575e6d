"""Records for reading in a terminal: one, many, chosen, listed."""

from __future__ import annotations

import json

import pytest

from communique import cli


@pytest.fixture
def dataset(tmp_path, full_record):
    folder = tmp_path / "dataset"
    (folder / "records").mkdir(parents=True)
    records = []
    for number in range(12):
        record = json.loads(json.dumps(full_record))
        record["statement"]["title"] = f"Statement no. {number}"
        records.append(json.dumps(record))
    (folder / "records" / "part-00000.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def show(capsys):
    def show(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.run(["show", *map(str, arguments)])
        return int(left.value.code or 0), *capsys.readouterr()

    return show


def test_one_record(show, tmp_path, full_record):
    (tmp_path / "record.json").write_text(json.dumps(full_record), encoding="utf-8")
    code, out, err = show(tmp_path / "record.json")
    assert (code, err) == (0, "")
    assert "Officials met in Tokyo" in out
    assert "plan to explore" in out


def test_many_are_cut_and_said_to_be(show, dataset):
    code, out, err = show(dataset)
    assert code == 0
    assert [f"Statement no. {n}" in out for n in (0, 9, 10)] == [True, True, False]
    assert err == "more than 10: --limit shows them, --list lists them, --only chooses\n"
    assert show(dataset, "--limit", 12)[2] == ""


def test_a_line_for_each(show, dataset):
    lines = show(dataset, "--list")[1].splitlines()
    assert len(lines) == 12
    assert lines[3].split() == [*lines[3].split()[:1], "2031-03-04", "3", "1", "Statement", "no.", "3"]


@pytest.mark.parametrize(("words", "count"), [("no. 11", 1), ("NO. 1", 3), ("statement.md", 12)])
def test_chosen_by_words(show, dataset, words, count):
    assert len(show(dataset, "--list", "--only", words)[1].splitlines()) == count


def test_nothing_to_choose(show, dataset):
    assert show(dataset, "--only", "Sea") == (1, "", "no statement has 'Sea' as its id or in its title or address\n")


def test_no_title_steers_the_terminal(show, tmp_path, full_record):
    full_record["statement"]["title"] = "A\x1b[2JB"
    (tmp_path / "record.json").write_text(json.dumps(full_record), encoding="utf-8")
    assert "\x1b" not in show(tmp_path / "record.json", "--list")[1]


def test_what_is_no_record(show, tmp_path):
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    code, out, err = show(tmp_path / "other.json")
    assert (code, out) == (2, "")
    assert "no record that can be relied on" in err
