"""What is shipped: the public names, the wheel's contents, and a lock that any registry can serve."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path

import pytest
import yaml

import communique
from communique import gold
from communique.readers import markdown


def test_public_names_are_there_and_nowhere_misspelt():
    assert set(communique.__all__) == {*communique._HOMES, "__version__"}
    for name in communique.__all__:
        assert getattr(communique, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        communique.nothing  # noqa: B018


def test_components_are_registered_with_spacy():
    names = {point.name for point in entry_points(group="spacy_factories") if point.name.startswith("communique_")}
    declared = pyproject()["project"]["entry-points"]["spacy_factories"]
    assert names == set(declared)
    assert all(point.load() for point in entry_points(group="spacy_factories") if point.name in names)


def pyproject() -> dict:
    return tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))


def locked(root) -> dict[str, str]:
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = (re.match(r"([\w.-]+)==([\w.]+)", line) for line in lines if not line.startswith("#"))
    return {pin[1].lower().replace("_", "-"): pin[2] for pin in pins if pin}


def test_lock_pins_every_requirement(root):
    project = pyproject()["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {re.match(r"[\w.-]+", requirement)[0].lower().replace(".", "-") for requirement in wanted}
    assert names - {project["name"]} <= {name.replace(".", "-") for name in locked(root)}


def test_lock_is_a_constraints_file_for_any_registry(root):
    for line in (root / "requirements.lock").read_text(encoding="utf-8").splitlines():
        assert "://" not in line
        assert "--hash" not in line
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line), line


def built(root, folder, target: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    (path,) = folder.iterdir()
    return path


@pytest.mark.slow
def test_wheel_holds_code_models_and_schemas_and_nothing_else(root, tmp_path):
    with zipfile.ZipFile(built(root, tmp_path, "wheel")) as wheel:
        names = set(wheel.namelist())
        scripts = next(wheel.read(name).decode() for name in names if name.endswith("entry_points.txt"))
    tops = {name.split("/")[0] for name in names}
    assert tops == {"communique", f"communique-{communique.__version__}.dist-info"}
    assert "communique = communique.cli:main" in scripts
    for folder in ("models", "schemas"):
        here = {p.relative_to(root).as_posix() for p in (root / folder).rglob("*") if p.is_file()}
        there = {n.removeprefix("communique/") for n in names if n.startswith(f"communique/{folder}/")}
        assert there == here
    code = {p.relative_to(root / "pipeline").as_posix() for p in (root / "pipeline").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == code
    assert "communique/py.typed" in names
    assert f"communique-{communique.__version__}.dist-info/licenses/LICENSE" in names


@pytest.mark.slow
def test_source_distribution_builds_and_tests_itself(root, tmp_path):
    with tarfile.open(built(root, tmp_path, "sdist")) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = ["pyproject.toml", "README.md", "LICENSE", "requirements.lock", "models/en_space/config.cfg"]
    wanted += ["schemas/record-1.0.schema.json", "pipeline/communique/cli.py", "tests/conftest.py"]
    assert names.issuperset(wanted)
    assert not [name for name in names if name.startswith((".git/", ".venv"))]


MODULES = {"pickle", "marshal", "shelve", "dill"}
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "getoutput", "spawnl", "spawnv"}


def test_no_code_runs_what_it_reads(root):
    """No eval, no pickle, no shell; of YAML only loaders that build plain values."""
    found = []
    for path in (root / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [*(alias.name for alias in node.names), getattr(node, "module", None) or ""]
                found += [(path.name, name) for name in names if name.partition(".")[0] in MODULES]
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called.rpartition(".")[2] in CALLS and called != "re.compile":
                    found.append((path.name, called))
                found += [(path.name, "shell") for keyword in node.keywords if keyword.arg == "shell"]
                if called == "yaml.load":
                    (loader,) = (ast.unparse(k.value) for k in node.keywords if k.arg == "Loader")
                    assert issubclass(LOADERS[loader], yaml.SafeLoader)
    assert found == []


LOADERS = {"_Loader": markdown._Loader, "_Texts": gold._Texts}
