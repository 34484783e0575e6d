"""What the README and the package's own documentation show in Python is so."""

from __future__ import annotations

import doctest
from pathlib import Path

import communique

README = Path(__file__).parent.parent / "README.md"


def test_the_examples_of_the_readme_give_what_they_show() -> None:
    results = doctest.testfile(str(README), module_relative=False)
    assert results.attempted > 0
    assert results.failed == 0


def test_the_example_of_the_package_gives_what_it_shows() -> None:
    results = doctest.testmod(communique)
    assert results.attempted > 0
    assert results.failed == 0
