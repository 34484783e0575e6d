"""PDF → statement: paragraphs in reading order with their pages, and PDFs that cannot be taken."""

from __future__ import annotations

import random
import re
import time
from datetime import UTC, datetime

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import extract, readers
from communique.errors import InputError
from communique.readers import pdf, pdf_lines, read_bytes
from communique.readers.typeset import Line, compose, reading_order

LONG = (
    "The two governments met in Capital City and reviewed their work on the Harmony mission, and they intend to share "
    "what its instruments observe with the scientists of both countries and of all others that take part in it. "
)


class Paper(FPDF):
    """A document with a running head and a running foot on each page."""

    running = True

    def header(self) -> None:
        if self.running:
            self.set_font("Helvetica", size=8)
            self.cell(0, 10, "Bulletin of Treaties, Volume 7", align="C")
            self.ln(14)

    def footer(self) -> None:
        if self.running:
            self.set_y(-15)
            self.set_font("Helvetica", size=8)
            self.cell(0, 10, f"Page {self.page_no()} of 9", align="C")

    def paragraph(self, text: str, *, size: int = 11, align: str = "L", after: float = 4) -> None:
        self.set_font("Times", size=size)
        self.multi_cell(0, size * 0.45, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.ln(after)


def paper(*, running: bool = True) -> Paper:
    document = Paper(format="A4")
    document.running = running
    document.set_creation_date(datetime(2031, 3, 4, tzinfo=UTC))
    document.add_page()
    return document


def text(document: FPDF) -> str:
    return pdf.read(bytes(document.output())).text


def test_paragraphs_are_whole_and_apart():
    document = paper(running=False)
    document.paragraph("Joint Statement", size=16, align="C")
    document.paragraph(LONG)
    document.paragraph(LONG + LONG)
    assert text(document).split("\n\n") == ["Joint Statement", LONG.strip(), (LONG + LONG).strip()]


def test_list_items_stand_on_lines_of_their_own():
    document = paper(running=False)
    document.paragraph("They will:", after=0)
    for item in (f"1. {LONG}", "2. learn;", "3. teach."):
        document.paragraph(item, after=0)
    assert text(document) == f"They will:\n1. {LONG.strip()}\n2. learn;\n3. teach."


def test_running_heads_feet_and_page_numbers_are_left_out_and_pages_counted():
    document = paper()
    for number in range(45):
        document.paragraph(f"Point {number} of all. {LONG}")
    assert document.pages_count == 3
    reading = pdf.read(bytes(document.output()))
    assert "Bulletin" not in reading.text
    assert "Page" not in reading.text
    assert len(re.findall("Point", reading.text)) == 45
    assert [number for number, _ in reading.pages] == [1, 2, 3]
    assert [start for _, start in reading.pages] == sorted(start for _, start in reading.pages)


def test_paragraph_goes_on_over_the_end_of_a_page():
    document = paper()
    document.paragraph(LONG * 40)
    reading = pdf.read(bytes(document.output()))
    assert reading.text == (LONG * 40).strip()
    assert len(reading.pages) == document.pages_count == 2
    assert reading.text[reading.pages[1][1] - 1] == " "


def test_pages_are_in_the_record():
    document = paper()
    document.paragraph(LONG)
    document.add_page()
    document.paragraph("Japan and the United States intend to share data.")
    statement = read_bytes(bytes(document.output()), name="it.pdf")
    record = extract(statement.text, source=statement.source)
    assert record.statement.pages is None
    from communique import extract_many

    (record,) = extract_many([statement])
    assert [page.number for page in record.statement.pages] == [1, 2]
    assert record.statement.text[record.statement.pages[1].start :].startswith("Japan and")
    assert record.statement.source.media_type == "application/pdf"


HYPHENS = [
    # the document's other words, the two lines, what they become
    ("We go on with cooperation.", "coop-", "eration", "cooperation"),
    ("A long-term plan.", "long-", "term", "long-term"),
    ("It is long, in each term.", "long-", "term", "long-term"),
    ("It is far.", "coop-", "eration", "cooperation"),
    ("It is far.", "Indo-", "Pacific", "Indo-Pacific"),
    ("It is far.", "Artemis-", "2", "Artemis-2"),
    ("It is far.", "2025 -", "today", "2025 - today"),
]


@pytest.mark.parametrize(("words", "first", "second", "expected"), HYPHENS)
def test_hyphens_of_typesetting_are_undone(words, first, second, expected):
    lines = [Line(words, 50, 300, 700, 10), Line(f"They saw the {first}", 50, 300, 688, 10)]
    lines.append(Line(f"{second} and went", 50, 250, 676, 10))
    assert f"the {expected} and" in compose([lines])[0]


def test_columns_are_read_one_after_the_other():
    document = paper(running=False)
    document.paragraph("A Title Across The Whole Page That Is Long Enough For Both Columns", size=16)
    top = document.get_y()
    document.set_font("Times", size=10)
    for column, left in (("left", 10), ("right", 110)):
        for row in range(12):
            # Row by row over both columns, as some programs write.
            document.set_xy(left, top + 5 * row)
            document.cell(85, 5, f"Words of row {row} that stand in the {column} column here")
    rows = re.findall(r"row (\d+) that stand in the (\w+)", text(document))
    assert rows == [(str(row), side) for side in ("left", "right") for row in range(12)]


def test_order_is_that_of_the_page_not_of_the_file():
    lines = [Line(f"line {n}", 50, 300, 700 - 12 * n, 10) for n in range(9)]
    shuffled = lines.copy()
    random.Random(7).shuffle(shuffled)  # noqa: S311
    assert reading_order(shuffled) == [lines]


def test_title_is_the_documents_own():
    document = paper()
    document.set_title("Joint  Statement")
    document.paragraph(LONG)
    reading = pdf.read(bytes(document.output()))
    assert (reading.title, reading.published) == ("Joint Statement", None)


def encrypted() -> bytes:
    document = paper()
    document.paragraph(LONG)
    document.set_encryption(owner_password="owner", user_password="user")  # noqa: S106
    return bytes(document.output())


def scanned() -> bytes:
    document = paper(running=False)
    document.rect(20, 20, 100, 100, style="F")
    return bytes(document.output())


def sample() -> bytes:
    document = paper()
    for _ in range(3):
        document.paragraph(LONG)
    return bytes(document.output())


SAMPLE = sample()
UNUSABLE = [
    (encrypted(), "an encrypted PDF"),
    (scanned(), "a PDF without text, such as a scan"),
    (SAMPLE[:300], "a damaged PDF"),
    (b"%PDF-1.7\n%%EOF", "a damaged PDF"),
]


@pytest.mark.parametrize(("data", "message"), UNUSABLE, ids=[message for _, message in UNUSABLE])
def test_pdfs_that_cannot_be_taken(tmp_path, data, message):
    path = tmp_path / "statement.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        readers.read(str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_too_many_pages():
    document = paper(running=False)
    for _ in range(pdf_lines.MAX_PAGES):
        document.add_page()
    with pytest.raises(InputError, match="2,001 pages, over the limit of 2,000"):
        pdf_lines.pages_and_title(bytes(document.output()))


def nested(depth: int, times: int) -> bytes:
    """A page that draws a form so many times, which draws a form so many times, and so on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    objects.append(b"<</Length 5>>stream\n/X Do\nendstream")
    for number in range(6, 6 + depth):
        kind = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>" % number
        objects.append(b"<<%b/Length %d>>stream\n%b\nendstream" % (kind, 6 * times, b"/X Do " * times))
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_pages_that_would_not_end_are_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 2)
    with pytest.raises(InputError, match="takes over 2 seconds"):
        pdf.read(nested(12, 10))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_pdfs_are_text_or_one_line_of_error(data):
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(8, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(8, len(damaged)))
    error = ""
    try:
        pages, _ = pdf_lines.pages_and_title(bytes(damaged[:cut]))
        compose(pages)
    except InputError as caught:
        error = str(caught)
    assert "\n" not in error


SIDES = st.floats(-20_000, 20_000)


LINES = st.builds(
    Line, st.sampled_from(["a", "b a", "ab-", "1. b", "12", "- a."]), SIDES, SIDES, SIDES, st.floats(1, 99)
)


@given(st.lists(st.lists(LINES, max_size=30), max_size=3))
def test_lines_at_any_place_keep_their_characters_and_order_of_pages(pages):
    made, starts = compose(pages)
    letters = [c for lines in pages for line in lines for c in line.text if c in "ab"]
    assert sum(made.count(c) for c in "ab") <= len(letters)
    assert starts == sorted(starts)
    assert all(0 <= start <= len(made) for _, start in starts)


def test_time_is_linear_in_the_lines():
    def seconds(count: int) -> float:
        lines = [Line(f"some words {n}", 50 + n % 7, 300, -0.01 * n, 10) for n in range(count)]
        began = time.process_time()
        compose([lines])
        return time.process_time() - began

    # Other work on the machine may slow one try; what is not linear fails in each.
    assert any(seconds(16_000) < 0.5 + 16 * seconds(2_000) for _ in range(3))


def test_absence_of_the_library_is_said_with_the_command(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(InputError, match=re.escape("pip install 'communique[pdf]'")):
        pdf.read(SAMPLE)
