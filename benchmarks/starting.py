"""What starting costs: whole processes, each beside the import that nothing of ours can go below."""

from __future__ import annotations

import resource
import subprocess
import sys

from texts import ROOT

PROGRAM = "from communique.cli import run; import sys; run(sys.argv[1:])"
STATEMENT = ROOT / "corpus" / "canada-japan-civil-space-dialogue-2028.md"
COMMANDS = {
    'python -c "import typer"': ("-c", "import typer"),
    "communique --help": ("-c", PROGRAM, "--help"),
    "python -c \"import spacy; spacy.blank('en')\"": ("-c", "import spacy; spacy.blank('en')"),
    "communique extract": ("-c", PROGRAM, "extract", str(STATEMENT)),
}


def start_up(rounds: int) -> dict[str, float]:
    """Least processor seconds of each command, run in turn."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            times[name].append(_process(arguments))
    return {name: min(taken) for name, taken in times.items()}


def _process(arguments: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
