"""Inputs made to break the program, each given to it in a process of its own.

``python tests/hostile_inputs.py`` prints the table of SECURITY.md: what each takes and how it ends. The tests do the
same with inputs a tenth as large.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEGABYTES = 150, 5_000
"""What no input may take of processor time and memory, as SECURITY.md says."""

PROSE = "The two sides agreed to share lunar data by 2030. Japan and the United States welcomed the work of NASA.\n\n"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True)
class Hostile:
    """An input: what it is, the file that is made for it (of a size), and how the program is to end."""

    name: str
    file: str
    make: Callable[[int], bytes]
    size: int
    code: int = 0
    said: str = ""
    suite: bool = True
    """Whether the tests try it, with a tenth of its size."""


@dataclass(frozen=True)
class Ended:
    """What an input took, and how the program ended."""

    bytes: int
    seconds: float
    megabytes: float
    code: int
    said: str


def _many(unit: str) -> Callable[[int], bytes]:
    return lambda size: (unit * (size // len(unit))).encode()


def _zeros(pack: Callable[[], object]) -> Callable[[int], bytes]:
    def made(size: int) -> bytes:
        packer, stream = pack(), io.BytesIO()
        for _ in range(size // 1_000_000):
            stream.write(packer.compress(bytes(1_000_000)))  # type: ignore[attr-defined]
        return stream.getvalue() + packer.flush()  # type: ignore[attr-defined, no-any-return]

    return made


def _zstandard() -> object:
    from communique.readers.compressed import _zstandard as module

    return module().ZstdCompressor()


def docx(**parts: bytes) -> bytes:
    """A Word document some of whose parts are others (``document`` is ``word/document.xml``)."""
    import docx as word

    stream, made = io.BytesIO(), io.BytesIO()
    document = word.Document()
    document.add_paragraph("Words.", style="List Number")
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(Path(name).stem, source.read(name)))
    return made.getvalue()


def body(inner: str, doctype: str = "") -> bytes:
    """``word/document.xml`` with this in its body."""
    return f"<?xml version='1.0'?>{doctype}<w:document {WORD}><w:body>{inner}</w:body></w:document>".encode()


def _laughs(size: int) -> bytes:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(size))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'
    return docx(document=body(f"<w:p><w:r><w:t>Words &l{size};</w:t></w:r></w:p>", doctype))


def _levels(size: int) -> bytes:
    """Lists and levels of lists by the thousand, each of which could go with each."""
    levels = "".join(f'<w:lvl w:ilvl="{n:06}"><w:numFmt w:val="decimal"/></w:lvl>' for n in range(size))
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(size))
    items = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{n:06}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>x</w:t></w:r></w:p>"
        for n in range(size)
    )
    lists = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{numbers}'
    return docx(document=body(items), numbering=f"<w:numbering {WORD}>{lists}</w:numbering>".encode())


def pdf(page: bytes, *objects: bytes, pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>") -> bytes:
    """A PDF with a page of which this is said, and with these objects, from the fourth on."""
    every = (b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%b>>" % page)
    numbered = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate((*every, *objects), 1))
    return b"%PDF-1.7\n" + numbered + b"trailer<</Root 1 0 R>>\n%%EOF"


def _stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (said, len(data), data)


def _circle(_: int) -> bytes:
    return pdf(b"", pages=b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3/Parent 2 0 R>>")


def _unfolding(size: int) -> bytes:
    """A page whose drawing unpacks to so many bytes, packed three times."""
    inner = _zeros(zlib.compressobj)(size)
    packed = zlib.compress(zlib.compress(inner, 9), 9)
    return pdf(b"/Contents 4 0 R", _stream(packed, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def _forms(depth: int) -> bytes:
    """A page that draws a form ten times, which draws a form ten times, and so on."""
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
    forms = (_stream(b"/X Do " * 10, kind % number) for number in range(6, 6 + depth))
    page = b"/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"
    return pdf(page, _stream(b"/X Do"), *forms)


def _aliases(size: int) -> bytes:
    lines = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(size))
    return f"---\n{lines}---\nWords.\n".encode()


def _unclosed(size: int) -> bytes:
    return b'text,title\n"' + b"a line\n" * (size // 7)


TOO_LARGE = "more than any statement that is taken"
INPUTS = [
    Hostile("a text of one word", "a.txt", _many("a"), 10_000_000),
    Hostile("a text of commas", "a.txt", _many(","), 1_000_000, suite=False),
    Hostile("a text of open brackets", "a.txt", _many("("), 100_000, suite=False),
    Hostile("a text of short sentences", "a.txt", _many(PROSE), 10_000_000),
    Hostile("a page of paragraphs without words", "a.html", _many("<p>"), 9_900_000, 2, "no text in the page"),
    Hostile("a page of list items", "a.html", _many("<ul><li>a</ul>"), 2_000_000, suite=False),
    Hostile("a page of nested elements", "a.html", _many("<div>"), 500_000, 2, "nested too deep", suite=False),
    Hostile("Word: paragraphs without words", "a.docx", lambda size: docx(document=body("<w:p/>" * (size // 6))),
            49_000_000, 2, "without text"),
    Hostile("Word: unpacks to more than the bound", "a.docx", lambda size: docx(document=bytes(size)),
            60_000_000, 2, "when unpacked", suite=False),
    Hostile("Word: entities of entities", "a.docx", _laughs, 12, 2, "a damaged Word document"),
    Hostile("Word: lists by levels", "a.docx", _levels, 30_000),
    Hostile("gzip: a gigabyte of zeros", "a.gz", _zeros(lambda: zlib.compressobj(9, wbits=31)), 1_000_000_000, 2,
            TOO_LARGE, suite=False),
    Hostile("Zstandard: a gigabyte of zeros", "a.zst", _zeros(_zstandard), 1_000_000_000, 2, TOO_LARGE, suite=False),
    Hostile("PDF: pages in a circle", "a.pdf", _circle, 0, 2, "a damaged PDF"),
    Hostile("PDF: a page that unpacks to 4 GB", "a.pdf", _unfolding, 4_000_000_000, 2, "a damaged PDF", suite=False),
    Hostile("PDF: forms within forms", "a.pdf", _forms, 12, 2, "a damaged PDF", suite=False),
    Hostile("front matter with a tag", "a.md", lambda _: b"---\na: !!python/name:os.system\n---\nWords.", 0, 2,
            "front matter is no YAML", suite=False),
    Hostile("front matter of aliases", "a.md", _aliases, 40, 2, "aliases are not taken"),
    Hostile("a table whose quote does not close", "a.csv", _unclosed, 100_000_000, 2, "over 20,000,000 characters",
            suite=False),
    Hostile("a row of JSON of brackets", "a.jsonl", lambda size: b'{"text": ' + b"[" * size, 15_000_000, 2, "no JSON",
            suite=False),
]  # fmt: skip


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def ended(arguments: list[str]) -> Ended:
    """Run the program; its processor time and peak memory are those of its children too."""
    with tempfile.TemporaryFile() as errors:
        command = [sys.executable, "-c", "from communique.cli import main; main()", *arguments]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    return Ended(0, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode, said)


def tried(hostile: Hostile, size: int) -> Ended:
    """Make the input of this size and give it to ``communique extract``."""
    with _folder() as folder:
        path = folder / hostile.file
        path.write_bytes(hostile.make(size))
        found = ended(["extract", str(path), "-o", str(folder / "record.json")])
        return Ended(path.stat().st_size, found.seconds, found.megabytes, found.code, found.said)


def faults(hostile: Hostile, found: Ended) -> list[str]:
    """What is not as it must be."""
    wrong = []
    if found.code != hostile.code or hostile.said not in found.said or found.said.count("\n") != bool(hostile.code):
        wrong.append(f"ends with {found.code} and says {found.said!r}")
    if found.seconds > SECONDS or found.megabytes > MEGABYTES:
        wrong.append(f"takes {found.seconds:.0f} s and {found.megabytes:,.0f} MB")
    return wrong


def main() -> int:
    """Print a row for each input."""
    code = 0
    for hostile in INPUTS:
        found = tried(hostile, hostile.size)
        end = f"refused: {found.said.partition(': ')[2].partition(': ')[2].strip()[:60]}" if found.code else "a record"
        sys.stdout.write(
            f"| {hostile.name} | {found.bytes:,} | {found.seconds:.1f} | {found.megabytes:,.0f} | {end} |\n"
        )
        sys.stdout.flush()
        for fault in faults(hostile, found):
            code = 1
            sys.stdout.write(f"{hostile.name}: {fault}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
