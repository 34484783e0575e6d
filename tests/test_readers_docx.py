"""Word → statement: paragraphs, list items and cells; what Word draws or hides; documents that cannot be taken."""

from __future__ import annotations

import io
import re
import zipfile

import docx as word
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import readers
from communique.errors import InputError
from communique.readers import docx


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def text(document) -> str:
    return docx.read(saved(document)).text


def sample():
    document = word.Document()
    document.add_heading("Joint Statement", 0)
    document.add_paragraph("The two sides met in Capital City.")
    document.add_paragraph("They will:")
    for item in ("share data;", "exchange students."):
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Next steps", 1)
    for item in ("One", "Two"):
        document.add_paragraph(item, style="List Number")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "For Freedonia", "For Sylvania"
    document.add_paragraph("End.")
    return document


EXPECTED = (
    "Joint Statement\n\nThe two sides met in Capital City.\n\nThey will:\n\n- share data;\n- exchange students.\n\n"
    "Next steps\n\n1. One\n2. Two\n\nFor Freedonia\n\nFor Sylvania\n\nEnd."
)
SAMPLE = saved(sample())


def test_blocks_stand_on_lines_of_their_own():
    assert text(sample()) == EXPECTED


@pytest.mark.parametrize("name", ["statement.docx", "statement", "statement.txt"])
def test_document_is_known_by_its_content(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(SAMPLE)
    statement = readers.read(str(path))
    assert statement.text == EXPECTED
    assert statement.source.media_type.endswith("wordprocessingml.document")


def test_title_is_the_documents_own():
    document = sample()
    document.core_properties.title = "A  Title"
    reading = docx.read(saved(document))
    assert (reading.title, reading.published) == ("A Title", None)


def test_heads_and_feet_are_no_text():
    document = sample()
    document.sections[0].header.paragraphs[0].text = "Office of Words"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    assert text(document) == EXPECTED


def test_breaks_tabs_and_runs_are_joined():
    document = word.Document()
    paragraph = document.add_paragraph("To be ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run("\tthen\na line")
    assert text(document) == "To be bold\tthen\na line"


def tracked(tag: str, words: str):
    change, run = OxmlElement(tag), OxmlElement("w:r")
    piece = OxmlElement("w:delText" if tag == "w:del" else "w:t")
    piece.text = words
    run.append(piece)
    change.append(run)
    return change


def test_tracked_changes_are_taken_as_accepted():
    document = word.Document()
    paragraph = document.add_paragraph("They ")._p
    paragraph.append(tracked("w:del", "may"))
    paragraph.append(tracked("w:moveFrom", "could"))
    paragraph.append(tracked("w:ins", "will"))
    assert text(document) == "They will"


def test_inner_lists_begin_anew():
    document = word.Document()
    for level in (0, 1, 1, 0, 1):
        paragraph = document.add_paragraph(f"level {level}", style="List Number")
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().set(qn("w:val"), str(level))
        numbering.get_or_add_numId().set(qn("w:val"), "1")
    marks = [line.partition("level")[0] for line in text(document).split("\n")]
    assert len(marks) == 5
    assert marks[1] == marks[4]


def changed(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, data if part == name else source.read(part))
    return stream.getvalue()


def test_entities_are_not_followed():
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        body = archive.read("word/document.xml")
    head, _, rest = body.partition(b"?>")
    spoilt = changed("word/document.xml", head + b"?>" + evil + rest.replace(b"End.", b"End&e;"))
    assert "root:" not in docx.read(spoilt).text


UNUSABLE = [
    (saved(word.Document()), "without text"),
    (SAMPLE[:2000], "damaged"),
    (changed("word/document.xml", b"<no xml"), "a damaged Word document"),
    (changed("[Content_Types].xml", b""), "a damaged Word document"),
    (changed("word/document.xml", b"<a>" * 100_000), "a damaged Word document"),
    (changed("word/media/bomb", b""), None),
]


@pytest.mark.parametrize(("data", "message"), UNUSABLE)
def test_documents_that_cannot_be_taken(tmp_path, data, message):
    path = tmp_path / "statement.docx"
    path.write_bytes(data)
    if message is None:
        assert readers.read(str(path)).text
        return
    with pytest.raises(InputError, match=message) as caught:
        readers.read(str(path))
    assert "\n" not in str(caught.value)


def test_bombs_are_refused_before_they_are_unpacked():
    bomb = changed("word/document.xml", b" " * (docx.MAX_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(InputError, match="when unpacked"):
        docx.read(bomb)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "ppt/slides.xml", "notes.txt"])
def test_other_zipped_files_are_named(tmp_path, name):
    path = tmp_path / "thing.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
        if "/" in name:
            archive.writestr("[Content_Types].xml", "x")
    with pytest.raises(InputError, match="only Word" if "/" in name else "an archive is not read"):
        readers.read(str(path))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damaged_documents_are_text_or_one_line_of_error(data):
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    error = ""
    try:
        docx.read(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    except InputError as caught:
        error = str(caught)
    assert "\n" not in error


def test_absence_of_the_library_is_said_with_the_command(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(InputError, match=re.escape("pip install 'communique[docx]'")):
        docx.read(SAMPLE)
