"""`communique fetch`: statements from the web into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.errors import InputError
from communique.model import resource


def fetch(
    addresses: Annotated[
        list[str] | None, typer.Argument(metavar="URL...", help="Addresses; with --catalogue, catalogue files.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to keep them in.")] = Path("fetched"),
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="Fetch what catalogues list: the files given, else the project's own.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Fetch also what is in the folder already.")] = False,
    delay: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.0, max=3600.0, help="Least time between requests to one host.")
    ] = 1.0,
    max_size: Annotated[
        int, typer.Option(metavar="BYTES", min=1, max=200_000_000, help="Longest statement that is taken.")
    ] = 50_000_000,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, max=3600.0, help="Longest time that one request may take.")
    ] = 60.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Permit addresses of this machine and of private networks.")
    ] = False,
) -> None:
    """Download statements into a folder.

    Each stands beside a sidecar with its address, time, media type and SHA-256.

    What the folder holds already is not fetched again. Sites are asked politely: their robots.txt is kept, requests to
    a host are apart, and `Retry-After` is heeded.

    \b
    Examples:
      communique fetch https://www.example.org/joint-statement -o archive
      communique fetch --catalogue -o archive  # all that the project's catalogue lists

    Exit codes: 0 all there, 2 what was given cannot be used, 3 some could not be had.
    """
    from communique.downloads import download
    from communique.fetching import Fetcher, Limits

    limits = Limits(size=max_size, seconds=timeout, delay=delay, allow_private=allow_private)
    counts = {"fetched": 0, "there already": 0, "failed": 0}
    for got in download(_wanted(addresses or [], catalogue=catalogue), out, Fetcher(limits), again=again):
        if got.error is not None:
            typer.echo(_one_line(f"communique: {got.error}"), err=True)
        elif got.fresh:
            typer.echo(_one_line(str(got.path)))
        counts["failed" if got.error else "fetched" if got.fresh else "there already"] += 1
    typer.echo(", ".join(f"{count:,} {what}" for what, count in counts.items()), err=True)
    if counts["failed"]:
        raise typer.Exit(3)


def _wanted(given: list[str], *, catalogue: bool) -> list[str]:
    from communique.downloads import catalogue_addresses

    if not catalogue:
        if not given:
            raise InputError("nothing to fetch: give an address, or --catalogue")
        return given
    files = [Path(name) for name in given] or [resource("corpus") / "catalogue.jsonl"]
    if not given and not files[0].is_file():
        raise InputError("the project's catalogue is not part of the installed package: give a catalogue file")
    return [address for file in files for address in catalogue_addresses(file)]


def _one_line(message: str) -> str:
    """The message without what would steer a terminal: it may quote what a server sent."""
    return "".join(c if c.isprintable() else " " for c in message)
