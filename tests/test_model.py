"""A model directory may come from a stranger: what in it is taken, and what is refused."""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique import extract
from communique.annotations import Annotations
from communique.archive.run import Settings, run
from communique.cli_models import model_facts
from communique.components.annotator import Annotator
from communique.errors import ModelError
from communique.model import FACTORIES, load, model_path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the model that comes with communique, for a test to damage."""
    return Path(shutil.copytree(model_path("en_space"), tmp_path / "strange"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


TOKENIZER = '@tokenizers = "communique.Tokenizer.v1"'
THEMES = 'factory = "communique_themes"'

REFUSED = [
    # (what stands in config.cfg, what a stranger writes instead, what is said)
    (TOKENIZER, '@tokenizers = "spacy.Tokenizer.v1"', "nlp.tokenizer is not"),
    (TOKENIZER, '@tokenizers = "elsewhere.Tokenizer.v1"', "nlp.tokenizer is not"),
    (TOKENIZER, f'{TOKENIZER}\n[nlp.tokenizer.extra]\n@misc = "evil.v1"', "nlp.tokenizer.extra.@misc"),
    ("spacy.Vectors.v1", "elsewhere.Vectors.v1", "nlp.vectors.@vectors names 'elsewhere.Vectors.v1'"),
    ("before_creation = null", 'before_creation = {"@callbacks":"spacy.copy_from_base_model.v1"}', "@callbacks"),
    ("after_creation = null", 'after_creation = "something"', "nlp.after_creation is set"),
    (THEMES, 'factory = "sentencizer"', "components.themes: give a factory"),
    (THEMES, 'source = "en_core_web_sm"', "components.themes: give a factory"),
    (THEMES, 'source = "/tmp/another"', "components.themes: give a factory"),
    (THEMES, f'{THEMES}\nsource = "another"', "components.themes: give a factory"),
    (THEMES, f'{THEMES}\n[components.themes.model]\n@architectures = "spacy.Tok2Vec.v1"', "@architectures"),
    (
        "[components]\n",
        '[components]\n[components.../../there]\nfactory = "communique_themes"\n',
        "cannot be loaded|give",
    ),
    ("[pretraining]", '[initialize]\n[initialize.before_init]\n@callbacks = "evil.v1"', "@callbacks names 'evil.v1'"),
    ("[pretraining]", '[corpora]\n[corpora.train]\n@readers = "spacy.Corpus.v1"', "corpora.train.@readers"),
    ('lang = "en"', 'lang = "en.examples"', "nlp.lang is 'en.examples'"),
    ("batch_size = 64", "batch_size = 0", "nlp.batch_size is 0"),
    ("batch_size = 64", 'batch_size = "many"', "nlp.batch_size is 'many'"),
    ("[nlp]\n", "[nlp\n", "cannot be loaded"),
    ("disabled = []", "disabled = [", "cannot be loaded"),
    ("disabled = []", "disabled = ${nlp.disabled}", "cannot be loaded"),
    ('lang = "en"', "lang = ${nowhere.at_all}", "cannot be loaded"),
    ('pipeline = ["sentences"', 'pipeline = ["nothing", "sentences"', "cannot be loaded"),
]


@pytest.mark.parametrize(("old", "new", "complaint"), REFUSED)
def test_config_that_names_more_than_a_rule_model_needs_is_refused(
    model: Path, old: str, new: str, complaint: str
) -> None:
    edit(model / "config.cfg", old, new)
    with pytest.raises(ModelError, match=complaint) as raised:
        load(str(model))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "content", [b"", b"\0\xff\xfe", b"[nlp]", b"nlp = 3", b"[" * 100_000, b"[a]\nb = " + b"[" * 100_000]
)
def test_broken_config_is_one_clear_error(model: Path, content: bytes) -> None:
    (model / "config.cfg").write_bytes(content)
    with pytest.raises(ModelError):
        load(str(model))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"text"', b"\xff", b'{"lang": "de"}', b"[" * 100_000])
def test_broken_meta_is_one_clear_error(model: Path, content: bytes) -> None:
    (model / "meta.json").write_bytes(content)
    with pytest.raises(ModelError):
        load(str(model))
    (model.parent / "a.txt").write_text("Words.")
    if content != b'{"lang": "de"}':
        with pytest.raises(ModelError):
            run(Settings((str(model.parent / "a.txt"),), model.parent / "out", str(model), workers=0))


@pytest.mark.parametrize("name", ["config.cfg", "meta.json", "dates.toml", "agencies.toml"])
def test_pipes_and_devices_in_a_model_are_not_waited_for(model: Path, name: str) -> None:
    (model / name).unlink()
    os.mkfifo(model / name)
    for ways in (load, model_facts):
        with pytest.raises(ModelError, match=r"no regular file|no rule model"):
            ways(str(model))
    (model / name).unlink()
    (model / name).symlink_to("/dev/zero")
    for ways in (load, model_facts):
        with pytest.raises(ModelError, match=r"no regular file|no rule model"):
            ways(str(model))


def test_what_spacy_would_unpack_is_left_alone(model: Path) -> None:
    """A vocab folder holds arrays and tables in binary; no rule needs them, so none of them is opened."""
    (model / "vocab").mkdir()
    for name in ("vectors", "key2row", "lookups.bin", "strings.json", "vectors.cfg"):
        (model / "vocab" / name).write_bytes(b"cos\nsystem\n(S'touch executed'\ntR.")
    assert load(str(model)).pipe_names == load().pipe_names


def test_code_beside_the_knowledge_is_not_run(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = model / "ran"
    for name in ("__init__.py", "functions.py", "sitecustomize.py", "themes.py", "spacy.py"):
        (model / name).write_text(f"open({str(ran)!r}, 'w')")
    monkeypatch.chdir(model)
    load(str(model))
    assert not ran.exists()


def test_a_model_that_spacy_wrote_is_taken(model: Path, tmp_path: Path) -> None:
    load().to_disk(tmp_path / "written")
    assert load(str(tmp_path / "written")).pipe_names == load().pipe_names


def test_the_factories_are_those_that_the_package_registers(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert set(project["entry-points"]["spacy_factories"]) == FACTORIES


class HostAsParty(Annotator):
    """A user's own: the host of all that a committee writes is a party to it."""

    def annotate(self, found: Annotations) -> None:
        found.parties = [*found.parties, "PE"]


@Language.factory("test_host_as_party")
def create_host(nlp: Language, name: str) -> HostAsParty:
    return HostAsParty()


@Language.component("test_word_count")
def count_words(doc: Doc) -> Doc:
    doc.user_data["words"] = len(doc)
    return doc


def test_extract_runs_annotators_of_a_users_own_and_passes_over_what_needs_a_doc(model: Path) -> None:
    nlp = load(str(model))
    nlp.add_pipe("test_host_as_party", after="parties")
    nlp.add_pipe("test_word_count", first=True)
    text = "Norway and Chad met. We will build a rover."
    assert extract(text, model=str(model)).commitments[0].actors == ["NO", "TD", "PE"]
    doc = nlp(text)
    assert (doc.user_data["words"], doc._.communique.commitments[0].actors) == (11, ["NO", "TD", "PE"])
