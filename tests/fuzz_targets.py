"""What `fuzzing` damages: files of every kind to begin with, and what is to take or refuse each."""

from __future__ import annotations

import gzip
import io
import json
import random
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
import word_salad

from communique import extract, readers
from communique.errors import CommuniqueError, InputError
from communique.writing import to_json

TEXT = (
    "# Joint Statement\n\nOn 3 May 2031, Japan and the United States held the third Japan-U.S. Space Dialogue in "
    "Tokyo.\n\n- NASA and the Japan Aerospace Exploration Agency (JAXA) plan to fly a probe by 2033;\n- they welcomed "
    "the Artemis Accords.\n\nThe next dialogue will be held in Washington, D.C. in 2032.\n"
)
Form = tuple[bytes, Callable[[bytes], bytes]]
"""Bytes to damage, and what makes a file of them."""


def _plain(data: bytes) -> bytes:
    return data


@dataclass(frozen=True)
class Target:
    """What is fuzzed: files to begin with, and the function that is to take or refuse one."""

    forms: Callable[[], list[Form]]
    take: Callable[[bytes, Path], object]
    suite: int = 60
    """How many inputs are tried with every run of the tests."""
    made: Callable[[random.Random], bytes] | None = None
    """What makes an input by chance alone, where no file is damaged."""
    slowest: int = 20
    """Seconds that an input may take."""


# Files to begin with -------------------------------------------------------------------------------------------------


def _texts(*texts: str) -> Callable[[], list[Form]]:
    return lambda: [(text.encode(), _plain) for text in texts]


ROWS = "".join(
    json.dumps({"text": f"{TEXT}{n}", "title": "T", "date": "2031-05-04", "url": "https://a.example"}) + "\n"
    for n in range(3)
)
CSV = 'text,title,date,url\r\n"Japan, and\nNASA will ""meet"".",T,2031-05-04,https://a.example/1\r\nWords.,,,\r\n'
FRONT = (
    "---\ntitle: 'A: b'\npublished_time: 2031-05-04T01:02:03Z\ntags: [a, {b: c}]\nsource_url: https://a.example\n---\n"
)
HTML = (
    '<!doctype html><html><head><meta charset="utf-8"><title>T</title><link rel=canonical href="https://a.example/">'
    '<script type="application/ld+json">{"@graph": [{"datePublished": "2031-05-04"}]}</script></head><body><nav>Home'
    "</nav><main><h1>T</h1><p>Japan &amp; NASA<br>will meet.</p><ol start=3><li>One<ul><li>Two</ul></ol><pre>a  b</pre>"
    "<table><tr><td>a<td>b</table></main></body></html>"
)
OVERRIDES = '[[series]]\nname = "Japan-U.S. Space Dialogue"\nstatements = ["0123456789abcdef", "a.md"]\n'
GOLD = (
    "---\ntitle: T\nmeeting:\n  series: Dialogue\n  ordinal: 4\n  start: 2031-05-03\n  end: null\n  city: Tokyo\n"
    "  country: JP\n  virtual: false\n  parties: [JP, US]\n  heads: []\n  delegations: {}\n  next: null\n---\n"
    'On <date value="2031-05-03">3 May 2031</date> <party side="JP">Japan</party> and <agency name="NASA" side="US">'
    'NASA</agency> <commitment strength="pledge" actors="JP" themes="exploration">will</commitment> meet.\n'
)


def _docx() -> list[Form]:
    import docx

    document = docx.Document()
    document.add_heading("Joint Statement", 0)
    for style in ("List Number", "List Bullet", "Normal"):
        document.add_paragraph("Japan and NASA will meet.", style=style)
    document.add_table(1, 2).rows[0].cells[0].text = "For Japan"
    stream = io.BytesIO()
    document.save(stream)
    whole = stream.getvalue()
    parts = zipfile.ZipFile(io.BytesIO(whole))
    inner = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml", "docProps/core.xml")
    return [(whole, _plain), *((parts.read(name), _with_part(whole, name)) for name in inner)]


def _with_part(whole: bytes, name: str) -> Callable[[bytes], bytes]:
    def made(data: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(stream, "w") as target:
            for part in source.namelist():
                target.writestr(part, data if part == name else source.read(part))
        return stream.getvalue()

    return made


def _pdf() -> list[Form]:
    from fpdf import FPDF

    found = []
    for compressed in (True, False):
        document = FPDF()
        document.set_compression(compressed)
        document.set_title("Joint Statement")
        for _ in range(2):
            document.add_page()
            document.set_font("Times", size=11)
            document.multi_cell(0, 5, TEXT)
        found.append((bytes(document.output()), _plain))
    return found


def _parquet() -> list[Form]:
    import pyarrow as pa
    from pyarrow import parquet

    found = []
    for compression in ("zstd", "none"):
        stream = io.BytesIO()
        columns = {"text": [TEXT, "Words.", "More."], "date": pa.array([0, 1, None], pa.timestamp("ns"))}
        parquet.write_table(pa.table(columns), stream, compression=compression)
        found.append((stream.getvalue(), _plain))
    return found


def _packed() -> list[Form]:
    from communique.readers.compressed import _zstandard

    pack: list[Callable[[bytes], bytes]] = [gzip.compress, _zstandard().compress]
    inner = [text.encode() for text in (TEXT, ROWS, CSV, HTML)]
    return [(made(inner[0]), _plain) for made in pack] + [(data, made) for data in inner for made in pack]


@cache
def _record() -> bytes:
    return to_json(extract(TEXT, title="Joint Statement", published="2031-05-04"))


def _records() -> list[Form]:
    return [(_record(), _plain), (_record() * 2, _plain)]


@cache
def _dataset() -> dict[str, bytes]:
    from communique.archive.run import Settings, run

    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "a.txt").write_text(TEXT)
        (Path(name) / "b.jsonl").write_text(ROWS)
        out = Path(name) / "out"
        run(Settings((f"{name}/a.txt", f"{name}/b.jsonl"), out, workers=0))
        return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def _of_dataset() -> list[Form]:
    return [(data, lambda damaged, name=name: orjson.dumps([name, damaged.hex()])) for name, data in _dataset().items()]  # type: ignore[misc]


MODEL = ("config.cfg", "meta.json", "dates.toml", "sentences.toml", "themes.toml", "forms.toml", "comparison.toml")


def _of_model() -> list[Form]:
    from communique.model import model_path

    folder = model_path("en_space")
    return [
        ((folder / name).read_bytes(), lambda damaged, name=name: orjson.dumps([name, damaged.hex()]))  # type: ignore[misc]
        for name in MODEL
    ]


# Taking them ---------------------------------------------------------------------------------------------------------


def one_line(error: BaseException) -> None:
    assert str(error).strip(), "an error without words"
    assert "\n" not in str(error), "an error of several lines"


def _statement(name: str) -> Callable[[bytes, Path], object]:
    def take(data: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(data)
        errors: list[InputError] = []
        statements = list(readers.read_many(str(path), on_error=errors.append))
        for statement in statements:
            assert statement.text.strip()
            statement.text.encode()
        if errors:
            raise errors[0]
        return statements

    return take


def _pages(data: bytes, _: Path) -> object:
    from communique.readers import pdf_lines, typeset

    # In this process, where PDFium is let loose on ten times as many.
    return typeset.compose(pdf_lines.pages_and_title(data)[0])


def _rows_of_parquet(data: bytes, folder: Path) -> object:
    from communique.archive import arrow

    path = folder / "a.parquet"
    path.write_bytes(data)
    found = list(arrow.rows(str(path)))
    errors = [item for item in found if isinstance(item, InputError)]
    if errors:
        raise errors[0]
    return found


def _whole(data: bytes, _: Path) -> object:
    """Any text gives a record that can be relied on."""
    from communique.validation import check_record

    text = data.decode("utf-8", "surrogateescape" if len(data) % 5 == 0 else "replace")
    record = extract(text)
    assert check_record(orjson.loads(to_json(record))) == []
    return record


def _kept_records(data: bytes, folder: Path) -> object:
    """What passes the checks is a record; what does not is told."""
    from communique import collecting, evaluate, validation
    from communique.export import exporting
    from communique.records import Record

    def check(record: dict[str, object] | Record) -> list[validation.Fault]:
        return validation.check_record(record if isinstance(record, dict) else orjson.loads(to_json(record)))

    path = folder / ("records.jsonl" if data.count(b"\n") > 1 else "record.json")
    path.write_bytes(data)
    sound = all(not checked.faults for checked in validation.check_file(path))
    for reads in (exporting.records, evaluate.read_records, lambda file: collecting.collect([file])):
        try:
            found = list(reads(path))
        except CommuniqueError as error:
            one_line(error)
            if sound:
                raise ValueError(f"{reads} refuses what passes the checks") from error
        else:
            wrong = [] if reads is evaluate.read_records else [record for record in found if check(record)]
            assert not wrong, f"{reads} takes what does not pass the checks"
    return [Record.model_validate_json(line) for line in data.splitlines() if line.strip()] if sound else None


def _resumed(data: bytes, folder: Path) -> object:
    """A dataset one of whose files is damaged: it is mended or refused, and proved or told what does not hold."""
    from communique.archive.run import Settings, run
    from communique.verifying import verify

    damaged, content = orjson.loads(data)
    for name, original in _dataset().items():
        path = folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(content) if name == damaged else original)
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.jsonl").write_text(ROWS)
    try:
        list(verify(folder / "out"))
    except CommuniqueError as error:
        one_line(error)
    return run(Settings((f"{folder}/a.txt", f"{folder}/b.jsonl"), folder / "out", workers=0))


def _loaded(data: bytes, folder: Path) -> object:
    import shutil

    from communique import checking
    from communique.cli_models import model_facts
    from communique.model import load, model_path

    damaged, content = orjson.loads(data)
    model = folder / f"model-{random.random()}"  # noqa: S311 - a name that no other input has
    shutil.copytree(model_path("en_space"), model)
    (model / damaged).write_bytes(bytes.fromhex(content))
    try:
        for ways in (model_facts, lambda name: load(name)("Japan will meet NASA in May.")):
            try:
                ways(str(model))
            except CommuniqueError as error:
                one_line(error)
        return checking.check_model(model) if damaged in ("meta.json", "sentences.toml") else None
    finally:
        shutil.rmtree(model)


def _of_path(name: str, reads: Callable[[Path], object]) -> Callable[[bytes, Path], object]:
    def take(data: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(data)
        return reads(path)

    return take


def _overrides(path: Path) -> object:
    from communique.overrides import read_overrides

    return read_overrides(path)


def _gold(path: Path) -> object:
    from communique.gold import read_markup

    return read_markup(path)


def _gold_quotes(path: Path) -> object:
    from communique.gold_quotes import read_quotes

    return read_quotes(path, TEXT)


def _catalogue(path: Path) -> object:
    from communique.downloads import catalogue_addresses

    return catalogue_addresses(path)


QUOTES = json.dumps({
    "mentions": [{"kind": "agency", "quote": "NASA", "name": "NASA"}], "dates": [], "positions": [], "meeting": None,
    "commitments": [{"trigger": "plan to fly", "strength": "intent", "actors": ["JP"], "themes": ["exploration"]}],
})  # fmt: skip

TARGETS = {
    "text": Target(_texts(TEXT, TEXT.replace(" ", "\u00a0"), TEXT.upper()), _whole),
    "words": Target(_texts(TEXT), _whole, suite=200, made=word_salad.text),
    "repeats": Target(_texts(TEXT), _whole, suite=8, made=word_salad.again, slowest=10),
    "plain": Target(_texts(TEXT), _statement("a.txt")),
    "markdown": Target(_texts(FRONT + TEXT, TEXT), _statement("a.md")),
    "html": Target(_texts(HTML), _statement("a.html")),
    "csv": Target(_texts(CSV, CSV.replace(",", "\t")), _statement("a.csv")),
    "jsonl": Target(_texts(ROWS), _statement("a.jsonl")),
    "unnamed": Target(lambda: [*_texts(TEXT, FRONT, HTML, CSV, ROWS)(), *_packed()], _statement("a")),
    "packed": Target(_packed, _statement("a.gz")),
    "docx": Target(_docx, _statement("a.docx"), 40),
    "pdf": Target(_pdf, _pages),
    "parquet": Target(_parquet, _rows_of_parquet, 40),
    "record": Target(_records, _kept_records, 40),
    "dataset": Target(_of_dataset, _resumed, 12),
    "model": Target(_of_model, _loaded, 4),
    "overrides": Target(_texts(OVERRIDES), _of_path("series.toml", _overrides)),
    "gold": Target(_texts(GOLD), _of_path("a.gold.md", _gold)),
    "quotes": Target(_texts(QUOTES), _of_path("a.json", _gold_quotes)),
    "catalogue": Target(_texts('{"address": "https://a.example"}\n{"url": null}\n'), _of_path("a.jsonl", _catalogue)),
}
