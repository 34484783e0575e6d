"""Damaged files of every kind are taken or refused in one line; `fuzzing.py` does the same for as long as is wanted."""

from __future__ import annotations

import sys

import fuzzing
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="alarms of POSIX")


@pytest.mark.parametrize("name", fuzzing.TARGETS)
def test_damaged_files_are_taken_or_refused_in_one_line(name: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    outcomes = {n: fuzzing.outcome(name, n, tmp_path) for n in range(fuzzing.TARGETS[name].suite)}
    assert outcomes[0] == "taken", "the undamaged file"
    assert {n: found for n, found in outcomes.items() if found not in ("taken", "refused")} == {}
