"""What holds for every text: a valid record or one clear error, and the same bytes wherever and whenever it is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from communique import extract, extract_many, readers
from communique.annotations import Annotations, annotations_of
from communique.components.annotator import annotate
from communique.errors import InputError
from communique.layout import view
from communique.model import load
from communique.records import Record
from communique.validation import check_record
from communique.writing import to_json

PIECES = [
    "The two sides", "Japan and the United States", "we", "NASA", "the Japan Aerospace Exploration Agency (JAXA)",
    "will", "agreed to", "intend to", "welcomed", "explore", "and", "or", "to", "of", "the", "Artemis Accords",
    "by 2030", "in May", "on 3 May 2024", "next year", "Tokyo", "Minister Ann Lee", "(", ")", '"', "'", ",", ";", ":",
    "-", "- ", "* ", "1. ", "The next meeting will be held in Oslo.", "U.S.", "\n", "\n\n", "\r\n", "\t", " ",
    "\u00a0", "\u200b", "\u2019", "\u2014", "# ", "lunar", "data", "the First Dialogue was held",
]  # fmt: skip

likely = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join)
anything = st.text(st.characters(), max_size=200)
texts = st.one_of(likely, anything, st.lists(st.one_of(st.sampled_from(PIECES), anything), max_size=12).map(" ".join))

PARAGRAPHS = [
    "Japan and the United States held the Third Space Dialogue in Tokyo on 3 May 2024.",
    "The two sides intend to share lunar data by 2030.",
    "They welcomed the work of NASA and the Japan Aerospace Exploration Agency (JAXA).",
    "- NASA will publish the data next year.\n- JAXA plans to train two pilots.",
    "The next dialogue will be held in Washington in 2026.",
]
CORPUS = Path(__file__).parents[1] / "corpus"


def paragraphs_of(path: Path) -> list[str]:
    """The paragraphs of a statement of the corpus; one that is wrapped in its file is one line here."""
    blocks = re.split(r"\n\s*\n", readers.read(str(path)).text.strip())
    return [block if re.search(r"^[-*#|]", block, re.MULTILINE) else block.replace("\n", " ") for block in blocks]


STATEMENTS = [paragraphs_of(p) for p in sorted(CORPUS.rglob("*.md")) if p.stem[-5:] != ".gold" and p.stem != "README"]
TITLE = "Joint Statement of Japan and the United States"
paragraphs = st.lists(st.sampled_from([*PARAGRAPHS, *chain(*STATEMENTS)]), min_size=1, max_size=6)
often = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def visible(text: str) -> str:
    """The text without halves of surrogate pairs, which no record is made of."""
    return text.encode("utf-8", "ignore").decode()


def as_data(record: Record) -> dict[str, object]:
    data: dict[str, object] = orjson.loads(to_json(record))
    return data


@given(texts)
@often
@example("\ud800")
@example("The two sides will \udfff meet NASA.")
@example("\0")
@example("\ufeff")
@example("\u2028")
@example("hOLDING")
@example("accede recalling surpass which Would")
def test_any_text_gives_a_record_without_fault_or_one_error(text: str) -> None:
    try:
        record = extract(text)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert check_record(as_data(record)) == []
    for kind in {m.kind for m in record.mentions}:
        same = [m for m in record.mentions if m.kind == kind]
        assert all(a.end <= b.start for a, b in pairwise(same))
    for quoted in (*record.mentions, *record.dates, *record.commitments, *record.positions):
        assert text[quoted.start : quoted.end] == quoted.quote


def found(record: Record) -> list[tuple[object, ...]]:
    """What is found, in the words of the text with its blanks made alike."""

    def words(quote: str) -> str:
        return re.sub(r"\s+", " ", quote)

    return [
        *((m.kind, m.entity, words(m.quote)) for m in record.mentions),
        *((d.type, d.value, words(d.quote)) for d in record.dates),
        *((tuple(c.operators), c.strength, tuple(c.actors), words(c.quote)) for c in record.commitments),
        *((tuple(p.actors), words(p.quote)) for p in record.positions),
        ("meeting", record.meeting),
    ]


@pytest.mark.parametrize("field", ["text", "title", "source"])
def test_half_of_a_surrogate_pair_is_one_clear_error(field: str) -> None:
    given = {"text": "The two sides met.", field: "Words \ud800 and more"}
    with pytest.raises(InputError, match=rf"the {field} holds half of a surrogate pair at character 6"):
        extract(**given)


def wrapped(width: int, text: str) -> str:
    """The text as mail and old editors wrap it: lines end between words, and those of an item are indented.

    None ends with a semicolon, as lines of a list without marks do.
    """
    lines = text.replace("; ", ";\a").split("\n")
    made = (
        textwrap.wrap(
            line, width, break_long_words=False, break_on_hyphens=False,
            subsequent_indent="  " if line.startswith(("- ", "* ")) else "",
        )
        or [""]
        for line in lines
    )  # fmt: skip
    return "\n".join(chain(*made)).replace("\a", " ")


LAYOUTS = [
    ("double spaces", lambda text: text.replace(" ", "  ")),
    ("non-breaking spaces", lambda text: text.replace(" ", "\u00a0")),
    ("carriage returns", lambda text: text.replace("\n", "\r\n")),
    ("three line ends", lambda text: text.replace("\n\n", "\n\n\n")),
    *((f"lines of {width}", partial(wrapped, width)) for width in (60, 72, 80, 100)),
]


@pytest.mark.parametrize("change", [c for _, c in LAYOUTS], ids=[name for name, _ in LAYOUTS])
@given(paragraphs)
@settings(max_examples=25, deadline=None)
def test_layout_changes_where_things_are_but_not_what(change, parts: list[str]) -> None:  # type: ignore[no-untyped-def]
    # Two spaces at the start of a line would be another list.
    text = "\n\n".join(parts)
    assert found(extract(change(text))) == found(extract(text))


@given(paragraphs, st.sampled_from([*PARAGRAPHS, *chain(*STATEMENTS)]) | likely | anything.map(visible))
@settings(max_examples=60, deadline=None)
@example([PARAGRAPHS[1], "They spoke of the U.S.-"], PARAGRAPHS[4])
def test_a_paragraph_at_the_end_changes_no_span_before_it(parts: list[str], more: str) -> None:
    """Spans stand. Who `we` is, the opening says; only of a text that names no parties there may actors change."""
    text = "\n\n".join([PARAGRAPHS[0], *parts])
    one, two = extract(text, title=TITLE), extract(f"{text}\n\n{more}", title=TITLE)

    def spans(record: Record) -> list[tuple[object, ...]]:
        quoted = [*record.mentions, *record.dates, *record.commitments, *record.positions]
        return [(type(q).__name__, q.start, q.end, q.rule) for q in quoted if q.end <= len(text)]

    assert spans(one) == spans(two)


@given(
    st.lists(
        st.sampled_from(["\n\n".join(parts) for parts in STATEMENTS]) | likely.filter(str.strip), min_size=2, max_size=5
    ),
    st.data(),
)
@settings(max_examples=25, deadline=None)
def test_neither_order_nor_neighbours_change_a_byte(many: list[str], data: st.DataObject) -> None:
    """What was read before, in whatever order, leaves nothing behind."""
    alone = {text: to_json(extract(text)) for text in reversed(many)}
    mixed = data.draw(st.permutations(many))
    assert [to_json(record) for record in extract_many(mixed)] == [alone[text] for text in mixed]


@pytest.mark.parametrize("text", ["\n\n".join(parts) for parts in STATEMENTS])
def test_spacys_pipeline_finds_what_extract_finds(text: str) -> None:
    nlp, text = load(), view(text).text
    doc, alone = nlp(text), Annotations(text=text)
    assert annotations_of(doc) == annotate(nlp, alone)
    assert {str(span) for span in doc.spans["mentions"]} >= {text[m.start : m.end] for m in alone.mentions}


PROGRAM = f"""
import sys
from communique import extract
from communique.comparison import formats
from communique.comparison.comparing import compare
from communique.report.series import series_page
from communique.report.statement import statement_page
from communique.writing import to_json
paragraphs = {PARAGRAPHS!r}
records = [
    extract("\\n\\n".join(parts), title={TITLE!r}, published=day)
    for parts, day in ((paragraphs, "2024-05-04"), (paragraphs[:3], "2026-05-04"))
]
compared = compare(records)
made = [*map(to_json, records), *map(statement_page, records), series_page(compared)]
made += [write(compared) for write in (formats.to_json, formats.to_markdown, formats.to_csv)]
sys.stdout.buffer.write(b"".join(made))
"""

WORLDS: list[tuple[list[str], dict[str, str]]] = [
    ([], {"PYTHONHASHSEED": "0"}),
    ([], {"PYTHONHASHSEED": "random", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0", "LC_ALL": "POSIX"}),
    (["-O"], {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C"}),
    (["-OO"], {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": ":/nowhere"}),
]


@pytest.mark.slow
def test_seed_optimisation_zone_and_locale_do_not_change_a_byte() -> None:
    """Of records, comparisons and pages."""
    written = {
        subprocess.run(
            [sys.executable, *options, "-c", PROGRAM], env=os.environ | world, capture_output=True, check=True
        ).stdout
        for options, world in WORLDS
    }
    assert len(written) == 1
    assert len(written.pop()) > 50_000
