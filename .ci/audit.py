"""Asks pip-audit for known faults in what a lock pins; says in one line where its advisories cannot be had.

``python .ci/audit.py PIP-AUDIT LOCK``. The exit code is 1 where a fault is known.
"""

from __future__ import annotations

import json
import subprocess
import sys


def main(program: str, lock: str) -> int:
    """Ask, and tell."""
    command = [program, "-r", lock, "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - words of our own
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        packages = []
    audited = [package for package in packages if "skip_reason" not in package]
    faults = [(package, fault) for package in audited for fault in package["vulns"]]
    for package, fault in faults:
        mended = ", ".join(fault["fix_versions"]) or "no version yet"
        sys.stdout.write(f"{package['name']} {package['version']}: {fault['id']}: mended in {mended}\n")
    if not audited:
        sys.stdout.write("PyPI's advisories cannot be had here: nothing was audited\n")
    else:
        sys.stdout.write(f"{len(audited)} of {len(packages)} packages audited, {len(faults)} known faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
