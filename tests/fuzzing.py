"""Damaged files for all that reads files: each must be taken, or refused in one line.

``python tests/fuzzing.py --seconds 600`` goes through all targets for about so long and prints how many inputs each had
and what was found; ``python tests/fuzzing.py docx --number 17`` does one input again. An input is made of its target
and number alone. Each target runs in a process of its own, so that what kills one is a finding like any other.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fuzz_targets import TARGETS, Form, one_line

from communique.errors import CommuniqueError

MEMORY = 4 << 30

# Damage --------------------------------------------------------------------------------------------------------------

TOKENS = [
    *(b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\n", b"\xe2\x80\xa8", b"\xc2\xa0"),
    *(b"<", b"</", b"<p ", b"<!--", b"&#x110000;", b"&lt", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;"),
    *(b"{", b"}", b"[", b"]", b'"', b"'", b":", b",", b"null", b"true", b"1e999", b"-1", b"9" * 5000, b"NaN"),
    *(b"---\n", b"*a", b"&a ", b"!!python/object:os.system ", b"? ", b"- ", b"obj", b"endobj", b"stream", b"/Kids"),
    *(b"PK\x03\x04", b"%PDF-1.7", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"w:p", b'w:val="9"', b"4294967295"),
    *(b"2031-13-45", b"0000-00-00", b"will ", b"agreed to ", b"May ", b"the ", b"(", b")", b"[[series]]\n", b"= {"),
    *(b"\\ud800", b"\x1b["),
]  # fmt: skip


def damaged(name: str, number: int) -> bytes:
    """The input of this number: a file of the target that was cut, flipped, repeated, nested, mixed, or all of it."""
    chance = random.Random(f"{name}:{number}")  # noqa: S311 - the same for everyone
    if (made := TARGETS[name].made) is not None and number:
        return made(chance)
    forms = _forms(name)
    data, pack = chance.choice(forms)
    data = bytearray(data)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 8, 30)) if number else 0):
        _damage(data, chance, forms)
    return pack(bytes(data))


@cache
def _forms(name: str) -> list[Form]:
    return TARGETS[name].forms()


def _damage(data: bytearray, chance: random.Random, forms: list[Form]) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 8, 64, 1024)))
    piece = bytes(data[at:end])
    match chance.randrange(9):
        case 0 if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        case 1 if at < len(data):
            data[at] = chance.randrange(256)
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = chance.choice(TOKENS)
        case 4:
            token = chance.choice(TOKENS)
            data[at:end] = token * min(chance.choice((1, 3, 2000)), 20_000 // len(token))
        case 5:
            data[at:at] = piece * chance.choice((1, 2, 50))
        case 6:
            other = chance.choice(forms)[0]
            start = chance.randrange(len(other) + 1)
            data[at:end] = other[start : start + 1024]
        case 7 if chance.random() < 0.4:
            # Cut, to nothing now and then.
            del data[chance.choice((0, at, at)) :]
        case 8 if chance.random() < 0.2:
            other = TARGETS[chance.choice(("plain", "html", "csv", "jsonl", "markdown", "quotes"))].forms()
            data[:] = chance.choice(other)[0]


# Running them --------------------------------------------------------------------------------------------------------


@contextmanager
def _bounded(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError(f"takes over {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(name: str, number: int, folder: Path) -> str:
    """What became of an input: ``taken``, ``refused``, or what is wrong."""
    data = damaged(name, number)
    try:
        with _bounded(TARGETS[name].slowest):
            TARGETS[name].take(data, folder)
    except CommuniqueError as error:
        try:
            one_line(error)
        except AssertionError as wrong:
            return f"{wrong}: {error!r}"
        return "refused"
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return (
            f"{type(error).__name__}: {' '.join(str(error).split())[:150]} ({Path(place.filename).name}:{place.lineno})"
        )
    return "taken"


def _say(words: object, end: str = "\n") -> None:
    sys.stdout.write(f"{words}{end}")
    sys.stdout.flush()


def _child(name: str, first: int, seconds: float) -> None:
    """Say the number of each input before it is tried, and what became of it after."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    until, number = time.monotonic() + seconds, first
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            _say(number, end=" ")
            _say(outcome(name, number, Path(folder)))
            number += 1


def fuzz(name: str, seconds: float, first: int = 0) -> tuple[Counter[str], dict[str, int]]:
    """Run a target for so long: counts of what became of its inputs, and each finding with its first input."""
    counts: Counter[str] = Counter()
    findings: dict[str, int] = {}
    until, number = time.monotonic() + seconds, first
    while (left := until - time.monotonic()) > 0:
        command = [sys.executable, __file__, name, "--child", str(number), "--seconds", str(left)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
            for line in child.stdout or ():
                said, _, became = line.rstrip("\n").partition(" ")
                number = int(said)
                if became:
                    counts[became if became in ("taken", "refused") else "found"] += 1
                    number += 1
                if became not in ("", "taken", "refused"):
                    findings.setdefault(became, number - 1)
        if child.returncode == 0:
            break
        counts["found"] += 1
        findings.setdefault(f"the process ended with code {child.returncode}", number)
        number += 1
    return counts, findings


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=600, help="for all targets together")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--number", type=int, help="try this input alone, and write it to standard output")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    if given.child is not None:
        _child(names[0], given.child, given.seconds)
        return 0
    if given.number is not None:
        sys.stdout.buffer.write(damaged(names[0], given.number))
        with tempfile.TemporaryDirectory() as folder:
            sys.stderr.write(f"\n{outcome(names[0], given.number, Path(folder))}\n")
        return 0
    total: Counter[str] = Counter()
    for name in names:
        counts, findings = fuzz(name, given.seconds / len(names), given.first)
        total += counts
        _say(
            f"{name:10} {sum(counts.values()):>9,} inputs: {counts['taken']:>9,} taken, {counts['refused']:>9,} refused"
        )
        for finding, number in findings.items():
            print(f"{'':10} {finding}: --number {number}")  # noqa: T201
    _say(f"{total.total():,} inputs, {total['found']:,} findings")
    return 1 if total["found"] else 0


if __name__ == "__main__":
    sys.exit(main())
