"""Bytes → statement: what is kept, what is dropped, and what is said of bytes that are no statement."""

from __future__ import annotations

import codecs
import io
from hashlib import sha256
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import readers
from communique.errors import InputError
from communique.readers import decode, read_bytes

TEXT = "Japan and the EU intend to share data."


def written(folder, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


@pytest.mark.parametrize(
    "text",
    [
        "Line one.\r\nLine two.\r\n",
        "Old line ends.\rStill.\r",
        "A\u00a0non-breaking space, a\u2009thin one and a zero\u200bwidth one.",
        "\u201cCurly\u201d quotes, an em\u2014dash and Japan\u2019s own.",
        "Emoji \U0001f680 and a family \U0001f468\u200d\U0001f469\u200d\U0001f467.",
        "Cafe\u0301 with a combining accent, and S\u00e3o Jos\u00e9 dos Campos.",
        "  Space before.\n\n\nAnd after. \n",
        "Two  spaces\tand a tab.",
        "A mark \ufeff in the middle is a character like any other.",
        "한미 민간우주대화 and 日米.",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ""])
def test_text_is_kept_character_for_character(tmp_path, text, suffix):
    assert readers.read(written(tmp_path, f"statement{suffix}", text)).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_tells_the_encoding_and_is_dropped(mark, encoding):
    assert decode(mark + "Übersee\n".encode(encoding), "it") == "Übersee\n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_round_trip(text):
    if not text.startswith("%PDF-"):
        assert decode(text.encode(), "it") == text


def test_source_says_where_the_text_came_from(tmp_path):
    name = written(tmp_path, "statement.txt", TEXT)
    source = readers.read(name).source
    assert (source.uri, source.media_type) == (name, "text/plain")
    assert source.sha256 == sha256(TEXT.encode()).hexdigest()


def test_hash_is_of_the_bytes_with_front_matter_and_mark(tmp_path):
    data = codecs.BOM_UTF8 + f"---\ntitle: T\n---\n{TEXT}".encode()
    statement = readers.read(written(tmp_path, "statement.md", data))
    assert (statement.text, statement.title) == (TEXT, "T")
    assert statement.source.sha256 == sha256(data).hexdigest()


FRONT_MATTER = [
    # front matter, then (title, published, uri)
    ("title: Joint Statement\n", ("Joint Statement", None, None)),
    ("title: 'Quoted: with a colon'\ndate: '2024-10-15'\n", ("Quoted: with a colon", "2024-10-15", None)),
    ("date: 2024-10-15\n", (None, "2024-10-15", None)),
    ("published: 2024-10-15\ndate: 2024-10-16\n", (None, "2024-10-15", None)),
    ("published_time: 2024-10-15 23:30:00-04:00\ndate: 2024-10-16\n", (None, "2024-10-15", None)),
    ("published_time: 2024-10-15T23:30:00Z\n", (None, "2024-10-15", None)),
    ("source_url: https://example.org/a?b=c#d\n", (None, None, "https://example.org/a?b=c#d")),
    ("title: Folded over\n  two lines\ntags: [a, b]\nmodified_time: 1\n", ("Folded over two lines", None, None)),
    ("title: 2024\n", ("2024", None, None)),
    ("title: No\n", ("No", None, None)),
    ("title:\ndate: null\nsource_url: ~\n", (None, None, None)),
    ("title: ''\n", (None, None, None)),
    ("# only a comment\n", (None, None, None)),
    ("", (None, None, None)),
    ("other: thing\n", (None, None, None)),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("front_matter", "expected"), FRONT_MATTER)
def test_front_matter_gives_title_day_and_address(front_matter, expected, end):
    data = f"---\n{front_matter}---\n{TEXT}\n".replace("\n", end).encode()
    statement = read_bytes(data, name="it", media_type="text/markdown")
    assert (statement.title, statement.published, statement.source.uri) == expected
    assert statement.text == TEXT + end


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule, and then words.\n",
        "---\nA rule, and then words.\n---\nMore: with a colon.\n",
        "----\ntitle: four hyphens\n----\n",
        " ---\ntitle: indented\n---\n",
        "# Heading\n---\ntitle: not at the top\n---\n",
    ],
)
def test_rule_at_the_top_is_no_front_matter(text):
    assert read_bytes(text.encode(), name="it", media_type="text/markdown").text == text


def test_front_matter_in_a_text_file_is_text(tmp_path):
    text = f"---\ntitle: T\n---\n{TEXT}"
    assert readers.read(written(tmp_path, "statement.txt", text)).text == text


@pytest.mark.parametrize(
    ("data", "media_type"), [(TEXT, "text/plain"), (f"---\ntitle: T\n---\n{TEXT}", "text/markdown")]
)
def test_standard_input_is_markdown_when_it_opens_with_front_matter(monkeypatch, data, media_type):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    statement = readers.read("-")
    assert (statement.text, statement.source.media_type, statement.source.uri) == (TEXT, media_type, None)


UNUSABLE = [
    # file name, bytes, what the message says
    ("empty.txt", b"", "no text in it"),
    ("blank.txt", b" \n\t\r\n", "no text in it"),
    ("blank.md", b"---\ntitle: T\n---\n \n", "no text in it"),
    ("mark.txt", codecs.BOM_UTF8, "no text in it"),
    ("latin.txt", b"caf\xe9 au lait", "byte 3 (0xe9) is not UTF-8"),
    ("cut.txt", "né".encode()[:-1], "byte 1 (0xc3) is not UTF-8"),
    ("marked.txt", codecs.BOM_UTF8 + b"ab\xff", "byte 5 (0xff) is not UTF-8"),
    ("odd.txt", codecs.BOM_UTF16_LE + b"a\0b", "byte 4 (0x62) is not UTF-16-LE"),
    ("nul.txt", b"text\0text", "binary data, not text (byte 4)"),
    ("image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data, not text (byte 8)"),
    ("unmarked-utf16.txt", "text".encode("utf-16-le"), "binary data"),
    ("renamed.txt", b"%PDF-1.7\nwords", "a damaged PDF"),
    ("statement.pdf", b"%PDF-1.7", "a damaged PDF"),
    ("words.pdf", b"Words.", "named as PDF, which it is not"),
    ("statement.DOCX", b"PK", "named as Word, which it is not"),
    ("statement.docx", b"PK\x03\x04", "a damaged Word document"),
    ("statement.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX"),
    ("statement.rtf", b"{\\rtf1 Words}", "RTF is not read"),
    ("blank.html", b"<p> </p>", "no text in the page"),
    ("open.md", b"---\ntitle: T\nWords.", "does not close"),
    ("brackets.md", b"---\ntitle: [a\n---\nWords.", "front matter is no YAML at line"),
    ("list.md", b"---\n# a list\n- a\n---\nWords.", "no YAML mapping"),
    ("tag.md", b"---\ntitle: !!python/object/apply:os.system [ls]\n---\nWords.", "front matter is no YAML"),
    ("alias.md", b"---\na: &x [1]\nb: *x\n---\nWords.", "aliases are not taken"),
    ("stamp.md", b"---\ndate: !!timestamp 2024-13-45\n---\nWords.", "front matter is no YAML"),
    ("deep.md", b"---\na: " + b"[" * 5000 + b"\n---\nWords.", "front matter is no YAML"),
    ("key.md", b"---\n? [a, b]\n: c\nk: v\n---\nWords.", ""),
    ("day.md", b"---\ndate: April 14, 2025\n---\nWords.", "date 'April 14, 2025' is no date: give it as YYYY-MM-DD"),
    ("noday.md", b"---\ndate: 2025-02-30\n---\nWords.", "date '2025-02-30' is no date"),
    ("mapping.md", b"---\ntitle: {a: b}\n---\nWords.", "title is no text"),
    ("control.md", b"---\ntitle: \x07\n---\nWords.", "front matter is no YAML"),
]


@pytest.mark.parametrize(("name", "data", "message"), UNUSABLE, ids=[name for name, _, _ in UNUSABLE])
def test_unusable_bytes_are_named_in_one_line(tmp_path, name, data, message):
    file = written(tmp_path, name, data)
    if not message:
        assert readers.read(file).text
        return
    with pytest.raises(InputError) as caught:
        readers.read(file)
    said = str(caught.value)
    assert said.startswith(f"{file}: ")
    assert message in said
    assert "\n" not in said


def test_missing_file_and_directory(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        readers.read(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="is a directory"):
        readers.read(str(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        readers.read("a\0b")
    with pytest.raises(InputError, match="cannot be read"):
        readers.read("x" * 5000)


def test_what_has_no_end_is_not_read_to_its_end():
    with pytest.raises(InputError, match="over 200,000,000 bytes"):
        readers.read("/dev/zero")


def test_front_matter_of_any_length_is_answered_at_once():
    data = b"---\n" + b"a: b\n" * 500_000 + b"---\nWords."
    with pytest.raises(InputError, match="does not close within 65,536 characters"):
        read_bytes(data, name="it", media_type="text/markdown")
