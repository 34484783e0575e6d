"""Which statements belong together: names, parties and leaders; gaps; and a user's own grouping."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import _full_record
from typer.testing import CliRunner

from communique.cli import app
from communique.comparison.rules import rules
from communique.errors import InputError
from communique.overrides import Override, read_overrides
from communique.records import Record
from communique.series import find, group, series_key, slug

ROOT = Path(__file__).parents[1]
SERIES = ROOT / "corpus" / "series"
RULES = tomllib.loads((ROOT / "models/en_space/comparison.toml").read_text(encoding="utf-8"))


def record(day: str = "2030-01-01", *, title: str = "Joint Statement", text: str = "", **meeting: Any) -> Record:
    """A record of which only the title, the meeting and the publication date matter."""
    data = _full_record()
    data["statement"] |= {
        "title": title,
        "published": day,
        "id": sha256(f"{day} {title} {text}".encode()).hexdigest()[:16],
    }
    data["statement"]["text"] = text or data["statement"]["text"]
    blank = {"series": None, "ordinal": None, "start": None, "end": None, "parties": [], "heads": [], "delegations": {}}
    data["meeting"] |= blank | {"next": None} | meeting
    data["commitments"], data["positions"] = [], []
    return Record.model_validate(data)


def key(name: str, parties: list[str]) -> str:
    """The series of a meeting of that name, or of a statement of that title where it is one."""
    titled = "Statement" in name
    told = {"series": None if titled else name, "parties": parties}
    return series_key(record(title=name if titled else "Joint Statement", **told), rules()).id


@pytest.mark.parametrize("item", RULES["same_series"], ids=lambda item: item["names"][0])
def test_names_by_the_examples_of_the_model(item):
    assert len({key(name, item["parties"]) for name in item["names"]}) == 1
    assert all(key(name, item["parties"]) != key(item["names"][0], item["parties"]) for name in item["apart"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.-ROK Civil Space Dialogue", "ROK-U.S. Civil Space Dialogue"),
        ("United States-Republic of Korea Civil Space Dialogue", "Fourth US-ROK Civil Space Dialogue"),
        ("U.S.-EU Energy Council", "Joint Statement of the 9th EU-US Energy Council"),
    ],
)
def test_order_and_form_of_the_parties_and_ordinals_do_not_matter(one, other):
    assert key(one, ["KR", "US"]) == key(other, ["US", "KR"])


LEADERS = [
    record("2030-01-01", title="Freedonia-Japan Joint Leaders' Statement", parties=["JP", "US"]),
    record("2031-01-01", title="Joint Statement of Japan and Freedonia", parties=["US", "JP"],
           heads=[{"name": "A", "title": "President", "agency": None, "side": "US"}]),
    record("2032-01-01", title="Joint Statement by President A and Prime Minister B", parties=["JP", "US"]),
    record("2033-01-01", parties=["JP", "US"], text="President A received Prime Minister B today. They spoke."),
    record("2034-01-01", title="Joint Statement of the United States and Japan", parties=["JP", "US"],
           text="President A of the United States and Prime Minister B of Japan met today."),
]  # fmt: skip
OTHERS = [
    record("2034-01-01", title="Joint Statement of the Foreign Ministers", parties=["JP", "US"]),
    record("2035-01-01", title="Joint Statement of the National Security Advisors", parties=["JP", "US"]),
    record("2036-01-01", series="Space Dialogue", parties=["JP", "US"],
           heads=[{"name": "C", "title": "Director", "agency": None, "side": "US"}]),
    record("2037-01-01", title="Joint Leaders' Statement", parties=["JP", "KR", "US"]),
    record("2038-01-01", title="Joint Statement on the Launch of the Harbour Programme", parties=["JP", "US"],
           text="President A and Prime Minister B named the programme last year. Experts now began it."),
]  # fmt: skip


def test_statements_of_leaders_of_the_same_parties_are_a_series():
    (found,) = [s for s in group([*LEADERS, *OTHERS]) if s.id == "jp-us-leaders"]
    assert [meeting.start.year for meeting in found.editions] == [2030, 2031, 2032, 2033, 2034]
    assert found.name == "Leaders: Japan, United States"


def test_members_of_a_large_group_may_change():
    parties = ["AU", "BR", "CA", "DE", "EE", "FI", "GB", "IN", "JP"]
    first = record("2030-01-01", series="Counter Piracy Initiative", parties=parties)
    second = record("2031-01-01", series="International Counter Piracy Initiative Meeting", parties=[*parties, "KE"])
    assert [len(series.editions) for series in group([first, second])] == [2]


@pytest.mark.parametrize(
    ("meetings", "gaps"),
    [
        ([("2020", 1), ("2021", 2), ("2022", 3)], []),
        ([("2020", 1), ("2023", 4)], [(0, 1, (2, 3))]),
        ([("2020", 1), ("2021", None), ("2023", 4)], [(0, 2, ())]),
        ([("2020", None), ("2021", None), ("2022", None), ("2026", None)], [(2, 3, ())]),
        ([("2020", None), ("2026", None)], []),
    ],
)
def test_gaps(meetings, gaps):
    made = [record(f"{year}-05-01", series="Space Dialogue", ordinal=n, parties=["JP", "US"]) for year, n in meetings]
    (found,) = group(made)
    assert [(gap.after, gap.before, gap.numbers) for gap in found.gaps] == gaps


def test_user_moves_statements_by_id_title_or_file_name(tmp_path):
    made = [*LEADERS[:2], *OTHERS[:2]]
    own = Override("My Own Talks", (made[0].statement.id, "Joint Statement of the\u00a0foreign ministers"))
    found = {series.name: len(series.editions) for series in group(made, [own])}
    assert found["My Own Talks"] == 2
    with pytest.raises(InputError, match="no statement 'nothing'"):
        group(made, [Override("X", ("nothing",))])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("series.toml", '[[series]]\nname = "A"\nstatements = ["b"]\n', None),
        ("series.json", '{"series": [{"name": "A", "statements": ["b"]}]}', None),
        ("series.toml", "[[series]\n", "is no TOML"),
        ("series.json", "{", "is no JSON"),
        ("series.toml", 'name = "A"\n', r"give tables \[\[series\]\]"),
        ("series.toml", '[[series]]\nname = "A"\nstatements = "b"\n', "series 1: give name"),
        ("series.toml", '[[series]]\nname = ""\nstatements = ["b"]\n', "series 1: give name"),
    ],
)
def test_file_of_the_users_own_series(tmp_path, name, text, message):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    if message is None:
        assert read_overrides(path) == [Override("A", ("b",))]
    else:
        with pytest.raises(InputError, match=message):
            read_overrides(path)


@pytest.mark.parametrize("name", ["jp-us-leaders", "Leaders: Japan, United States", "leaders: japan, united states"])
def test_series_is_found_by_id_name_or_words(name):
    assert find(name, group([*LEADERS, *OTHERS])).id == "jp-us-leaders"


@pytest.mark.parametrize(("name", "message"), [("whales", "not there"), ("japan leaders", "several")])
def test_series_that_is_not_found_or_not_one_is_told(name, message):
    with pytest.raises(InputError, match=message):
        find(name, group([*LEADERS, *OTHERS]))


def test_slug():
    assert slug("The U.S.-ROK Leaders’ Meeting") == "the-us-rok-leaders-meeting"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "200"})


def test_list_of_series():
    result = run("series", SERIES)
    assert result.exit_code == 0
    assert "Canada-Norway Space Dialogue\n  ca-no-dialogue-space · CA, NO · 4 editions\n" in result.output
    assert "gap of 48 months: no. 4 not here" in result.output


@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("md", "# Canada-Norway"), ("csv", "kind,chain")])
def test_compare_writes_each_format_the_same_each_time(tmp_path, form, start):
    first = run("compare", SERIES, "--series", "Canada-Norway", "--format", form)
    assert first.output.startswith(start)
    assert run("compare", SERIES, "--format", form, "-o", tmp_path / "x").exit_code == 0
    assert (tmp_path / "x").read_bytes().decode() == first.output.replace(
        "\n", "\r\n" if form == "csv" else "\n"
    ) or form == "csv"


def test_compare_shows_tables_and_takes_years():
    whole, part = run("compare", SERIES), run("compare", SERIES, "--from", 2026, "--to", 2028)
    assert "Canada-Norway Space Dialogue, 2024 to 2032" in whole.output
    assert "carried out as reported" in whole.output
    assert "Canada-Norway Space Dialogue, 2026 to 2028" in part.output


def test_compare_takes_files_as_they_are(tmp_path):
    files = sorted(SERIES.glob("*.md"))[:2]
    kept = tmp_path / "kept.json"
    assert run("extract", files[0], "-o", kept).exit_code == 0
    assert run("compare", kept, files[1], "--format", "csv").output == run("compare", *files, "--format", "csv").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", SERIES, "--series", "whales"], "series 'whales' is not there"),
        (["compare", SERIES, "--from", "2032"], "two meetings or more"),
        (["compare", "nowhere"], "nowhere: no such file or folder"),
        (["series", ROOT / "schemas"], "holds no records and no statements"),
    ],
)
def test_what_cannot_be_used_is_told(arguments, message):
    result = run(*arguments)
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)
