"""The command line as people use it: what it prints, where it writes, and what it says of what it cannot use."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from communique import __version__, cli, terminal
from communique.records import Record

TEXT = (
    "Joint Statement on Space\n\n"
    "On March 3, 2031, the United States and Japan met in Tokyo. The United States and Japan intend to explore "
    "joint work by NASA and JAXA on the Moon. The next dialogue will be held in Seoul in 2032.\n"
)


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capfdbinary):
    def run(*arguments: str | os.PathLike[str]) -> Result:
        with pytest.raises(SystemExit) as left:
            cli.run([os.fspath(a) for a in arguments])
        out, err = capfdbinary.readouterr()
        return Result(int(left.value.code or 0), out.decode(), err.decode())

    return run


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "statement.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def program(*arguments: str | bytes, **options) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from communique.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, **options)


def test_extract_prints_one_record_as_json(run, statement):
    result = run("extract", statement)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("}\n")
    assert result.out.count("\n") == 1
    data = json.loads(result.out)
    assert data["statement"]["text"] == TEXT
    assert data["statement"]["source"]["uri"] == str(statement)
    Record.model_validate(data)


def test_pretty_is_the_same_record_indented(run, statement):
    plain, pretty = run("extract", statement), run("extract", statement, "--pretty")
    assert json.loads(plain.out) == json.loads(pretty.out)
    assert pretty.out.startswith('{\n  "schema_version": "1.0",\n')
    assert pretty.out.endswith("}\n")


def test_same_input_same_bytes(statement):
    first, second = (program("extract", str(statement), env=os.environ | {"PYTHONHASHSEED": s}) for s in ("1", "2"))
    assert first.stdout == second.stdout != b""


def test_options_go_before_front_matter(run, tmp_path):
    path = tmp_path / "statement.md"
    path.write_text(f"---\ntitle: In the file\ndate: 2031-03-04\nsource_url: https://a.example/\n---\n{TEXT}", "utf-8")
    taken = json.loads(run("extract", path).out)["statement"]
    assert (taken["title"], taken["published"], taken["source"]["uri"], taken["text"]) == (
        *("In the file", "2031-03-04", "https://a.example/"),
        TEXT,
    )
    given = json.loads(run("extract", path, "--title", "Given", "--published", "2031-03-05").out)["statement"]
    assert (given["title"], given["published"]) == ("Given", "2031-03-05")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_names_and_titles_that_are_no_text(statement, tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    os.link(statement, name)
    result = program("extract", name, "--title", b"caf\xe9")
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)["statement"]
    assert data["title"] == "caf\ufffd"
    assert data["source"]["uri"].endswith("/caf\ufffd.txt")
    assert program("extract", b"none-\xe9.txt").stderr.startswith(b"communique: none- .txt: no such file")


def test_standard_input(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert json.loads(run("extract", "-").out)["statement"]["source"]["uri"] is None


def test_output_goes_whole_to_the_file(run, statement, tmp_path):
    target = tmp_path / "record.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    result = run("extract", statement, "-o", target, "--pretty")
    assert result == (0, "", "")
    assert json.loads(target.read_bytes())["statement"]["text"] == TEXT
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["record.json", "statement.txt"]


def test_output_through_a_link_keeps_the_link(run, statement, tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "record.json")
    assert run("extract", statement, "-o", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "record.json").read_bytes())


def test_output_to_a_device(run, statement):
    assert json.loads(run("extract", statement, "-o", "/dev/stdout").out)


GOOD = ("good.txt", TEXT.encode())
BAD = [
    # a file and its bytes (None: there is none), more arguments, what the message says; {} is the test's own folder
    ("empty.txt", b"", [], "there is no text in it: give the statement's words"),
    ("blank.txt", b" \n\n", [], "there is no text in it: give the statement's words"),
    ("none.txt", b"", ["-o", "{}/out.json"], "there is no text in it"),
    ("missing.txt", None, [], "no such file: give"),
    ("a\nb\x1b[31m.txt", None, [], "no such file"),
    (".", None, [], "is a directory: name one file in it"),
    ("image.txt", b"words\0\1\2", [], "binary data, not text (byte 5)"),
    ("latin.txt", b"Caf\xe9 ", [], "byte 3 (0xe9) is not UTF-8: save the file as UTF-8"),
    ("bad.md", b"---\ntitle: [\n---\nWords.", [], "front matter is no YAML at line 3"),
    ("day.md", b"---\ndate: soon\n---\nWords.", [], "date 'soon' is no date: give it as YYYY-MM-DD"),
    (*GOOD, ["--published", "14 April 2025"], "published '14 April 2025' is no date: give it as YYYY-MM-DD"),
    (*GOOD, ["--published", "2025-02-30"], "YYYY-MM-DD"),
    (*GOOD, ["--published", ""], "YYYY-MM-DD"),
    (*GOOD, ["--model", "en_sea"], "no rule model 'en_sea': give a model directory or one of these names: en_space"),
    (*GOOD, ["--model", "{}"], "no rule model"),
    (*GOOD, ["-o", "{}/no/out.json"], "cannot be written: No such file or directory: give another file with -o"),
    (*GOOD, ["-o", "{}"], "cannot be written: Is a directory: give another file with -o"),
]


@pytest.mark.parametrize(("name", "data", "more", "message"), BAD)
def test_bad_input_is_one_line_and_exit_code_2(run, tmp_path, name, data, more, message):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    before = sorted(tmp_path.iterdir())
    result = run("extract", tmp_path / name, *(argument.replace("{}", str(tmp_path)) for argument in more))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("communique: ")
    assert message in result.err
    assert result.err.strip("\n").isprintable()
    assert sorted(tmp_path.iterdir()) == before


def test_text_over_the_limit(run, statement, monkeypatch):
    monkeypatch.setattr("communique.extraction.MAX_CHARACTERS", 100)
    result = run("extract", statement)
    assert result.code == 2
    assert "over the limit of 100: split it" in result.err


def test_defect_of_ours_is_not_hidden(statement, monkeypatch):
    def broken(record: Record) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("communique.extraction.require_valid", broken)
    with pytest.raises(RuntimeError, match="a defect"):
        cli.run(["extract", str(statement)])


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes of this kind")
def test_broken_pipe_is_silent(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 400, encoding="utf-8")
    for option in ("--pretty", "--show"):
        command = [sys.executable, "-c", "from communique.cli import main; main()", "extract", str(path), option]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(60) != 0


def test_show_prints_the_statement_and_no_json(run, statement):
    result = run("extract", statement, "--show", "--title", "A [bold]title[/bold]")
    assert result.code == 0
    assert "\x1b" not in result.out
    assert "A [bold]title[/bold]" in result.out
    assert "Joint Statement on Space" in result.out
    assert "Commitments (" in result.out
    assert "Meeting" in result.out
    assert '"schema_version"' not in result.out


def test_show_with_output_does_both(run, statement, tmp_path):
    result = run("extract", statement, "--show", "-o", tmp_path / "record.json")
    assert "Commitments (" in result.out
    assert json.loads((tmp_path / "record.json").read_bytes())


def test_show_where_the_terminal_knows_only_ascii(tmp_path):
    path = tmp_path / "statement.txt"
    path.write_text(TEXT + "Caf\u00e9 \U0001f680", encoding="utf-8")
    shown = program("extract", str(path), "--show", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (shown.returncode, shown.stderr) == (0, b"")
    written = program("extract", str(path), env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert json.loads(written.stdout)["statement"]["text"].endswith("\U0001f680")


def shown(record: Record, **options) -> str:
    stream = io.StringIO()
    terminal.show(record, terminal.console(file=stream, **options))
    return stream.getvalue()


def test_show_marks_kinds_and_lists_what_was_promised(full_record):
    text = shown(Record.model_validate(full_record), width=160)
    for part in (
        "explore",
        "NASA, JP",
        "plan to explore",
        "human_spaceflight",
        "2033",
        "Tokyo, JP",
        "no. 3, 2032, Seoul",
    ):
        assert part in text
    coloured = shown(Record.model_validate(full_record), force_terminal=True, color_system="standard", width=160)
    assert "\x1b[36mNASA\x1b[0m" in coloured
    assert "\x1b[33mJapan\x1b[0m" in coloured


def test_show_lets_no_text_steer_the_terminal(full_record):
    full_record["statement"]["title"] = "\x1b]0;owned\x07 \u202etitle"
    full_record["meeting"]["heads"][0]["name"] = "A\x1b[2JB"
    full_record["entities"][0]["acronym"] = "N\x9b31mA"
    text = shown(Record.model_validate(full_record), width=200)
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)
    assert "A␛[2JB" in text


def test_safe_text_keeps_every_offset():
    every = "".join(map(chr, range(0x3000)))
    assert len(terminal.safe(every)) == len(every)
    assert terminal.safe("Größe — 한국 🚀\n\t") == "Größe — 한국 🚀\n\t"


def test_validate_counts_records_without_fault(run, statement, tmp_path):
    lines = run("extract", statement).out * 3
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "one.json").write_text(run("extract", statement, "--pretty").out, encoding="utf-8")
    result = run("validate", tmp_path / "many.jsonl", tmp_path / "one.json")
    assert result == (0, "4 records in 2 files: no fault\n", "")


def test_validate_names_file_line_and_field(run, tmp_path, full_record):
    good = json.dumps(full_record)
    full_record["mentions"][1]["quote"] = "Jap\nan"
    path = tmp_path / "many.jsonl"
    path.write_text(f"{good}\n{json.dumps(full_record)}\n{{\n", encoding="utf-8")
    result = run("validate", path)
    assert result.code == 1
    first, second = result.out.splitlines()
    assert first == f"{path}:2: mentions[1]: quotes 'Jap\\nan', but the text there is 'Japan'"
    assert second.startswith(f"{path}:3: record: is no JSON: ")
    assert result.err == "2 of 3 records cannot be relied on\n"


def test_validate_of_what_cannot_be_read(run, tmp_path):
    for path in (tmp_path, tmp_path / "missing.json"):
        result = run("validate", path)
        assert (result.code, result.out) == (2, "")
        assert "cannot be read" in result.err


def test_schema_prints_the_file(run, root):
    file = root / "schemas" / "record-1.0.schema.json"
    assert run("schema").out == run("schema", "record").out == file.read_text(encoding="utf-8")


def test_schema_unknown_lists_the_names(run):
    expected = "communique: no schema 'nope': give one of these names: comparison, record\n"
    assert run("schema", "nope") == (2, "", expected)


def test_schema_is_generated_anew(run, root, tmp_path):
    assert run("schema", "--write", tmp_path / "new").code == 0
    written = tmp_path / "new" / "record-1.0.schema.json"
    assert written.read_bytes() == (root / "schemas" / written.name).read_bytes()


def test_models_are_listed_and_shown(run, root):
    assert run("model", "list").out.startswith("en_space 1.0.0  ")
    shown = run("model", "show", "en_space").out
    assert shown.startswith("en_space 1.0.0  ")
    assert shown.splitlines()[1] == str(root / "models" / "en_space")
    assert run("model", "show", "nope").code == 2


def edited_model(root, tmp_path, file: str, addition: str):
    folder = tmp_path / "model"
    shutil.copytree(root / "models" / "en_space", folder)
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(addition)
    return folder


def test_model_check_of_our_own_model(run, root):
    assert run("model", "check", root / "models" / "en_space").out.endswith("en_space: no fault\n")


@pytest.mark.parametrize("file", ["agencies.toml", "commitments.toml"])
def test_model_check_names_the_file(run, root, tmp_path, file):
    folder = edited_model(root, tmp_path, file, "\nthis is no TOML\n")
    result = run("model", "check", folder)
    assert result.code in (1, 2)
    assert file in result.out + result.err


def test_model_check_names_the_line_of_a_wrong_entry(run, root, tmp_path):
    folder = edited_model(root, tmp_path, "agencies.toml", '\n[[agency]]\nid = "xx-no-name"\n')
    lines = (folder / "agencies.toml").read_text(encoding="utf-8").splitlines()
    result = run("model", "check", folder)
    assert result.code == 1
    assert result.out.startswith(f"{folder / 'agencies.toml'}:{len(lines) - 1}: ")


def test_model_check_of_what_is_no_model(run, tmp_path):
    assert run("model", "check", tmp_path).code == 2


def test_version_and_help(run):
    assert run("--version").out == f"communique {__version__}\n"
    for arguments in ([], ["extract"], ["validate"], ["schema"], ["model"], ["model", "check"]):
        result = run(*arguments, "--help")
        assert result.code == 0
        assert "Usage: communique" in result.out
        assert "[/" not in result.out


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["extract", "--help"], ["extract", "/missing.txt"]])
def test_help_and_errors_do_not_wait_for_what_they_do_not_need(arguments):
    code = (
        "import sys; from communique.cli import run\n"
        "try: run(sys.argv[1:])\n"
        "finally: print(sorted({'spacy', 'numpy', 'rich', 'communique.records'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert result.stderr.splitlines()[-1] == "[]"
