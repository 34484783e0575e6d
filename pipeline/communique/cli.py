"""The command line: parses, calls, prints.

What the program needs (spaCy, pydantic, rich) is imported inside the commands, so that help and errors come at once.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from communique import __version__
from communique.cli_batch import batch
from communique.cli_compare import compare, series
from communique.cli_evaluate import evaluate
from communique.cli_export import export
from communique.cli_fetch import fetch
from communique.cli_models import model_facts
from communique.cli_report import report
from communique.cli_show import show
from communique.cli_verify import verify
from communique.errors import CommuniqueError
from communique.model import DEFAULT_MODEL, installed_models

app = typer.Typer(
    name="communique",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes twice as long to import as all else that a word of help needs
    context_settings={"help_option_names": ["-h", "--help"]},
)
models = typer.Typer(no_args_is_help=True, help="Look at the rule models, and check one that you have edited.")
app.add_typer(models, name="model")


def main() -> NoReturn:
    """The console script."""
    if hasattr(signal, "SIGPIPE"):
        # `communique … | head` ends as other programs do: at once and without a word.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    run(sys.argv[1:])


def run(arguments: list[str]) -> NoReturn:
    """Run the command line and leave with its exit code: 0, 1 for faults found, 2 for what cannot be used."""
    try:
        app(args=arguments, prog_name="communique")
    except CommuniqueError as error:
        typer.echo(f"communique: {_one_line(str(error))}", err=True)
        sys.exit(2)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _give_up_output()
        place = error.filename or "standard output"
        typer.echo(f"communique: {_one_line(str(place))}: cannot be written: {error.strerror}: make room", err=True)
        sys.exit(2)
    sys.exit(0)


_NO_ROOM = frozenset(getattr(errno, name, errno.ENOSPC) for name in ("ENOSPC", "EFBIG", "EDQUOT"))
"""What a full disk says, a limit of the system, and a quota (which Windows does not know by that name)."""


def _give_up_output() -> None:
    """Have what is still to be written to standard output go nowhere: Python would try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _one_line(message: str) -> str:
    """The message without line ends or characters that would steer a terminal: it may quote the user's file."""
    return "".join(c if c.isprintable() else " " for c in message)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def communique(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """From the text of a joint statement to a record of who met, what was named and what was promised.

    Offline and by rules: the same text gives the same record, and every value quotes the words that it comes from.

    \b
    Examples:
      communique extract statement.md --show  # read it here
      communique extract statement.md -o record.json  # keep the record
      cat statement.txt | communique extract - --published 2025-04-14 | jq .commitments  # pass it on
      communique validate record.json  # check what someone sent you
      communique compare archive --series "Civil Space Dialogue"  # see what changed
      communique report record.json -o page.html  # show it to others

    Exit codes: 0 done, 1 faults found, 2 the input cannot be used.
    """


@app.command()
def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Text, Markdown, HTML, PDF or Word; an address; - for standard input.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the record here.")
    ] = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Indent the JSON.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the statement for reading, not as JSON.")] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="Publication day (YYYY-MM-DD): places dates without a year.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The statement's title.")] = None,
    model: Annotated[str, typer.Option(metavar="NAME", help="Rule model: a name or a directory.")] = DEFAULT_MODEL,
) -> None:
    """Extract the record of one statement, as JSON on standard output.

    Markdown may open with YAML front matter: `title`, `published` (or
    `published_time`, `date`) and `source_url` are taken from it; the options go
    before it. Offsets in the record count the characters of the text without the front matter.

    \b
    Examples:
      communique extract statement.md --show
      communique extract statement.txt --published 2025-04-14 --title "Joint Statement" -o record.json
    """
    from dataclasses import replace

    from communique import readers, writing

    statement = readers.read(file)
    if published is not None:
        statement = replace(statement, published=published)
    if title is not None:
        statement = replace(statement, title=readers.as_unicode(title))
    # The model goes with the process. Python would look for cycles in all of it at the end, for half a second.
    atexit.register(gc.freeze)
    # spaCy takes longest to import: what is wrong with the file has been said by now.
    from communique.extraction import extract_many

    (record,) = extract_many([statement], model=model)
    if output is not None:
        writing.write_whole(output, writing.to_json(record, pretty=pretty))
    elif not show:
        writing.write_out(writing.to_json(record, pretty=pretty))
    if show:
        from communique import terminal

        terminal.show(record)


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="JSON or JSON Lines; - for standard input.")],
) -> None:
    """Check records: their schema, every quote, every reference.

    Each fault is one line with the file, the line of a JSON Lines file, the field and what is wrong.

    \b
    Example:
      communique validate record.json archive.jsonl
    """
    from communique.validation import check_file

    records = faulty = 0
    for path in files:
        for line, faults in check_file(path):
            records += 1
            faulty += bool(faults)
            place = f"{path}:{line}" if line else str(path)
            for fault in faults:
                typer.echo(_one_line(f"{place}: {fault.path}: {fault.message}"))
    if faulty:
        typer.echo(f"{faulty} of {_count(records, 'record')} cannot be relied on", err=True)
        raise typer.Exit(1)
    typer.echo(f"{_count(records, 'record')} in {_count(len(files), 'file')}: no fault")


@app.command()
def schema(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Which schema.")] = "record",
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Generate all schemas anew into DIR instead.")
    ] = None,
) -> None:
    """Print the JSON Schema that every record is validated against.

    \b
    Examples:
      communique schema > record.schema.json
      communique schema --write schemas  # after a change of the records
    """
    from communique import schema as schemas

    if write is None:
        typer.echo(schemas.schema_text(name), nl=False)
        return
    for path in schemas.write(write):
        typer.echo(path)


@models.command("list")
def list_models() -> None:
    """List the rule models that come with communique."""
    for name in installed_models():
        facts = model_facts(name)
        typer.echo(f"{name} {facts.version}  {facts.description}")


@models.command("show")
def show_model(name: Annotated[str, typer.Argument(metavar="NAME", help="A model's name or directory.")]) -> None:
    """Show where a rule model lies and what it holds.

    Its version, and how many entries each file of its knowledge has.
    """
    facts = model_facts(name)
    typer.echo(f"{facts.name} {facts.version}  {facts.description}\n{facts.path}")
    for file, count in facts.entries.items():
        typer.echo(f"  {file:<20} {count:>6,}")


@models.command("check")
def check_model(
    model: Annotated[str, typer.Argument(metavar="PATH", help="A model's directory, or its name.")] = DEFAULT_MODEL,
) -> None:
    """Check a rule model.

    Each wrong entry is one line with its file and line.

    \b
    Example:
      communique model check models/en_space
    """
    from communique import checking
    from communique.model import model_path

    path = model_path(model)
    faults = [f"{path / fault.file}:{fault.line}: {fault.message}" for fault in checking.check_model(path)]
    for fault in faults:
        typer.echo(_one_line(fault))
    if faults:
        typer.echo(f"{path}: {_count(len(faults), 'fault')}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{path}: no fault")


app.command()(evaluate)
app.command()(batch)
app.command()(export)
app.command()(show)
app.command()(verify)
app.command()(fetch)
app.command()(series)
app.command()(compare)
app.command()(report)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
