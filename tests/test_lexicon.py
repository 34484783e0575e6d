"""The lexicon: what is read, what is refused, and that every entry is found under each of its forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from communique.errors import ModelError
from communique.lexicon import FILES, Entry, Spellings, read_lexicon, read_sources
from communique.model import resource
from communique.naming.bilateral import BilateralNames
from communique.naming.check import check_model
from communique.naming.finder import NameFinder
from communique.naming.heads import read_form_rules
from communique.naming.matching import FormIndex

MODEL = resource("models") / "en_space"

SMALL = {
    "agencies.toml": """
[[agency]]
id = "no-nsa"
name = "Norwegian Sea Agency"
acronym = "NSEA"
side = "NO"

[[agency]]
id = "no-mfa"
name = "Ministry of Harbors"
shared = ["Ministry of Harbors", "MOH"]
side = "NO"

[[agency]]
id = "se-mfa"
name = "Ministry of Harbors"
shared = ["Ministry of Harbors", "MOH"]
side = "SE"
""",
    "missions.toml": """
[[mission]]
id = "gate"
name = "Harbor Gate"
guarded = [{ form = "Gate", near = ["lunar"], not = ["Gate Street"] }]
operators = ["no-nsa"]
themes = ["exploration"]
examples = ["Gate is a lunar post."]
counterexamples = ["A lunar shop on Gate Street opened.", "The Gate is shut."]
""",
    "instruments.toml": '[[instrument]]\nid = "accord"\nname = "Zephyr Accord"\n',
    "forums.toml": '[[forum]]\nid = "quint"\nname = "Harbor Quint"\n',
    "parties.toml": """
[[party]]
id = "no"
name = "Norway"
iso = "NO"
adjectives = ["Norwegian"]

[[party]]
id = "se"
name = "Sweden"
iso = "SE"
adjectives = ["Swedish"]
""",
}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A small model that has no faults."""
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("forms.toml", "places.toml"):
        shutil.copy(MODEL / name, tmp_path / name)
    return tmp_path


def rewrite(model: Path, file: str, old: str, new: str) -> None:
    text = (model / file).read_text(encoding="utf-8")
    assert old in text
    (model / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def lexicon_faults(model: Path) -> list[str]:
    return [str(fault) for fault in check_model(model) if fault.file in FILES]


def test_a_sound_model_has_no_faults(model: Path) -> None:
    assert lexicon_faults(model) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("missions.toml", 'themes = ["exploration"]', 'theme = "x"', "missions.toml:7: unknown key 'theme'"),
        ("missions.toml", 'themes = ["exploration"]', 'themes = "exploration"', "missions.toml:7: themes must be"),
        ("missions.toml", '["exploration"]', '["gardening"]', "missions.toml:7: 'gardening' is no theme"),
        ("missions.toml", '["no-nsa"]', '["no-such"]', "missions.toml:6: operators 'no-such' is no id"),
        ("missions.toml", '"Gate is a lunar post."', '"Gate is a post."', "missions.toml:8: mission:gate is not found"),
        ("missions.toml", '"The Gate is shut."', '"The lunar Gate is shut."', "missions.toml:9: mission:gate is found"),
        ("missions.toml", "examples = [", "note = [", "missions.toml:8: note must be text"),
        ("missions.toml", ', near = ["lunar"], not = ["Gate Street"]', "", "missions.toml:5: guarded form"),
        ("missions.toml", '["Gate is a lunar post."]', "[]", "missions.toml:5: guarded form 'Gate' has no example"),
        ("agencies.toml", 'id = "no-mfa"', 'id = "no-nsa"', "agencies.toml:9: id 'no-nsa' stands twice"),
        ("agencies.toml", 'id = "no-nsa"', 'id = "NSA!"', "agencies.toml:3: id 'NSA!' must be lower-case"),
        ("agencies.toml", 'side = "NO"', 'side = "Norway"', "agencies.toml:6: side 'Norway' must be two capital"),
        ("forums.toml", '"Harbor Quint"', '"Zephyr Accord"', "forums.toml:1: form 'Zephyr Accord' of forum:quint"),
        ("forums.toml", 'name = "Harbor Quint"\n', "", "forums.toml:1: name is missing"),
        ("forums.toml", "[[forum]]", "[[forums]]", "forums.toml:1: unknown table [[forums]]"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line(model: Path, file: str, old: str, new: str, expected: str) -> None:
    rewrite(model, file, old, new)
    faults = lexicon_faults(model)
    assert any(fault.startswith(expected) for fault in faults), faults


def test_all_faults_are_told(model: Path) -> None:
    rewrite(model, "missions.toml", '["exploration"]', '["gardening"]')
    rewrite(model, "agencies.toml", 'id = "no-mfa"', 'id = "no-nsa"')
    assert len(lexicon_faults(model)) == 2


def test_loading_stops_at_an_entry_that_cannot_be_read(model: Path) -> None:
    rewrite(model, "agencies.toml", 'acronym = "NSEA"', "acronym = 5")
    with pytest.raises(ModelError, match=r"^agencies\.toml:5: acronym must be text"):
        NameFinder(read_sources(model))


def test_a_missing_file_is_named(model: Path) -> None:
    (model / "forums.toml").unlink()
    with pytest.raises(ModelError, match=r"lacks forums\.toml"):
        check_model(model)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Norwegian Sea Agency (NSEA) spoke.", ["agency:no-nsa", "agency:no-nsa"]),
        ("NSEA-led work went on.", ["agency:no-nsa"]),
        ("The Swedish Ministry of Harbors spoke.", ["agency:se-mfa"]),
        ("Norway's Ministry of Harbors spoke.", ["party:no", "agency:no-mfa"]),
        ("The Ministry of Harbors of Sweden spoke.", ["agency:se-mfa", "party:se"]),
        ("Sweden sent its best. The MOH spoke.", ["party:se", "agency:se-mfa"]),
        ("The Ministry of Harbors spoke.", ["agency:ministry-of-harbors"]),
        ("Write to NSEA@example.org or see https://example.org/NSEA for more.", []),
    ],
)
def test_forms_and_countries_decide(model: Path, text: str, expected: list[str]) -> None:
    finder = NameFinder(read_sources(model))
    assert [m.entity.id for m in finder.find(text)] == expected


def test_spellings_hold_for_every_name() -> None:
    words = Spellings({"Centre": "Center"}, {"United States ": ("U.S. ",)})
    sources = read_sources(MODEL)
    forms = {form.text for form in read_lexicon(sources, words).forms}
    assert {"United States Space Force", "U.S. Space Force"} <= forms


def test_the_model_has_no_faults() -> None:
    assert [str(fault) for fault in check_model(MODEL)] == []


def test_every_entry_is_found_under_each_plain_form() -> None:
    sources = read_sources(MODEL)
    lexicon, finder = read_lexicon(sources), NameFinder(sources)
    bilateral = BilateralNames(
        lexicon.entries.values(), FormIndex(lexicon.forms), read_form_rules(sources["forms.toml"])
    )
    guarded = {f.text for f in lexicon.forms if f.guard is not None or f.shared or bilateral.is_bare(f)}
    plain: list[tuple[str, Entry]] = [
        (f.text, f.entry) for f in lexicon.forms if f.kind != "adjective" and f.text not in guarded
    ]
    missed = []
    for text, entry in plain:
        found = {m.entity.id for m in finder.find(f"According to the statement, {text} was mentioned as well.")}
        if entry.id not in found:
            missed.append((text, entry.id, sorted(found)))
    assert missed == []


def test_a_phrase_that_blocks_a_form_ends_with_its_word(model: Path) -> None:
    finder = NameFinder(read_sources(model))
    texts = ["The lunar shop is on Gate Street.", "The lunar shops are on Gate Streets.", "The lunar Gate Streetcar."]
    assert [[t[m.start : m.end] for m in finder.find(t)] for t in texts] == [[], [], ["Gate"]]


def test_every_guarded_form_is_found_in_an_example() -> None:
    sources = read_sources(MODEL)
    finder = NameFinder(sources)
    missed = []
    for file, kind in FILES.items():
        for item in sources[file].data[kind]:
            examples = item.get("examples", [])
            quotes = {
                t[m.start : m.end] for t in examples for m in finder.find(t) if m.entity.id == f"{kind}:{item['id']}"
            }
            missed += [(item["id"], g["form"]) for g in item.get("guarded", ()) if g["form"] not in quotes]
    assert missed == []


def test_every_shared_name_of_an_agency_is_told_by_its_country() -> None:
    sources = read_sources(MODEL)
    lexicon, finder = read_lexicon(sources), NameFinder(sources)
    countries = {e.side: e.name for e in lexicon.entries.values() if e.kind == "party"}
    shared = [f for f in lexicon.forms if f.kind == "agency" and f.shared and f.entry.side]
    assert len(shared) > 1000
    missed = []
    for form in shared:
        country = countries[form.entry.side]
        text = f"The Government of {country} spoke first. {country}'s {form.text} was mentioned as well."
        if form.entry.id not in {m.entity.id for m in finder.find(text)}:
            missed.append((form.text, form.entry.id))
    assert missed == []


def test_every_phrase_that_blocks_a_guarded_form_does_so() -> None:
    sources = read_sources(MODEL)
    finder = NameFinder(sources)
    found = []
    for file, kind in FILES.items():
        for item in sources[file].data[kind]:
            for guard in item.get("guarded", ()):
                for phrase in guard.get("not", ()):
                    text = f"The {' '.join(guard.get('near', []))} came first, then {phrase} was mentioned."
                    start = text.rindex(phrase)
                    own = [m for m in finder.find(text) if m.start >= start and m.entity.id == f"{kind}:{item['id']}"]
                    found += [(item["id"], phrase) for m in own if text[m.start : m.end] == guard["form"]]
    assert found == []
