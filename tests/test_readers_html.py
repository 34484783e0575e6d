"""HTML → statement: what of a page is the statement, what the page says of itself, and pages that cannot be taken."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import readers
from communique.errors import InputError
from communique.readers import html, read_bytes

PROSE = "The two governments met in Capital City and reviewed their work on the Harmony mission in some detail. "


def text(markup: str | bytes) -> str:
    return html.read(markup if isinstance(markup, bytes) else markup.encode()).text


BLOCKS = [
    # markup, text
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    ("<h1>Joint Statement</h1><p>One.</p><h2>Next</h2>Two.", "Joint Statement\n\nOne.\n\nNext\n\nTwo."),
    ("<p>One\n  and\ttwo   words.</p>", "One and two words."),
    ("<p>An\u00a0unbroken space  and &mdash; signs &amp; such.</p>", "An\u00a0unbroken space and \u2014 signs & such."),
    ("<p>In <b>bold</b>, <i>slanted</i> and <a href=x>linked</a>.</p>", "In bold, slanted and linked."),
    ("<p>CO<sub>2</sub> by the 5<sup>th</sup></p>", "CO2 by the 5th"),
    ("<p>A claim.<sup><a href='#n1'>1</a></sup> More.</p>", "A claim. More."),
    ("<p>To:<br>share<br/>learn</p>", "To:\nshare\nlearn"),
    (
        "<p>They will</p><ul><li>share;</li><li><p>learn.</p></li></ul><p>End.</p>",
        "They will\n\n- share;\n- learn.\n\nEnd.",
    ),
    ("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two"),
    ("<ol start=4 type=a><li>One</li><li value=7>Two</li></ol>", "d. One\ng. Two"),
    ("<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>", "- One\n  - Inner\n- Two"),
    ("<ul><li>One<p>of the same item</p></li></ul>", "- One\n\nof the same item"),
    ("<table><tr><td>Left</td><td>Right</td></tr></table>", "Left\n\nRight"),
    ("<pre>kept\n  as is</pre>", "kept\n  as is"),
    ("<div>One.<div>Two.</div>Three.</div>", "One.\n\nTwo.\n\nThree."),
    ("<p>Unclosed<p>paragraphs", "Unclosed\n\nparagraphs"),
    ("<p>Words<!-- not these --> stay.</p>", "Words stay."),
    ("No marks at all", "No marks at all"),
]


@pytest.mark.parametrize(("markup", "expected"), BLOCKS)
def test_blocks_stand_on_lines_of_their_own(markup, expected):
    assert text(markup) == expected


PAGE = """<!doctype html><html><head><title>Statement - Office of Words</title><style>p { color: red }</style>
<script>if (1 < 2) document.write("<p>no words of the page</p>")</script></head><body>
<header><a href=/>Home</a> <a href=/about>About</a></header><nav><ul><li><a href=/a>Topics</a></li></ul></nav>
%s
<aside>Related: other things</aside><footer><p>Contact us</p></footer>
<script>window.dataLayer = [];</script><noscript>Switch scripts on</noscript></body></html>"""
STATEMENT = f"<h1>Statement</h1><p>{PROSE}</p><ul><li>One</li><li>Two</li></ul><p>{PROSE}</p>"
EXPECTED = f"Statement\n\n{PROSE.strip()}\n\n- One\n- Two\n\n{PROSE.strip()}"

AROUND = [
    STATEMENT,
    f"<main>{STATEMENT}</main>",
    f"<article>{STATEMENT}</article><article><p>{PROSE}</p></article>",
    f"<div role=main><div class='share-buttons'>Tweet this</div>{STATEMENT}</div>",
    f"<div class=breadcrumb>You are here</div><div id=content>{STATEMENT}</div><div class='site-footer'>Imprint</div>",
    f"<main><div hidden>Draft</div>{STATEMENT}<p style='display: none'>Unseen</p><p aria-hidden=true>x</p></main>",
    f"<form action=/><input type=hidden value=v><div>{STATEMENT}<button>Print</button></div></form>",
    f"<main>{STATEMENT}<ul><li><a href=/1>Another statement</a></li><li><a href=/2>And one</a></li></ul></main>",
    f"<main>{STATEMENT}<figure><img src=x><figcaption>Two people</figcaption></figure></main>",
]


@pytest.mark.parametrize("around", AROUND)
def test_only_the_statement_of_a_page_is_text(around):
    assert text(PAGE % around) == EXPECTED


def test_names_that_guess_do_not_hide_many_paragraphs():
    assert text(f"<div class='social'>{f'<p>{PROSE}</p>' * 3}</div>").count("Harmony") == 3


FACTS = [
    # what stands in the head (and an <h1>), then title, day and address
    ("<title>A Title</title>", ("A Title", None, None)),
    ("<title>A Title | Office</title><meta property=og:site_name content=Office>", ("A Title", None, None)),
    ("<title>A Title - Office</title></head><h1>A  Title</h1>", ("A Title", None, None)),
    ("<title>A - B - C</title>", ("A - B - C", None, None)),
    ("<meta property='og:title' content='Shared Title'><title>x</title>", ("Shared Title", None, None)),
    ("<meta property=article:published_time content=2031-03-04T21:18:51+00:00>", (None, "2031-03-04", None)),
    ("<meta name=DC.date.issued content=20310304>", (None, "2031-03-04", None)),
    ("<meta name=date content='2031-02-30'>", (None, None, None)),
    ("<meta name=date content='4 March'>", (None, None, None)),
    ("<body><time datetime=2031-03-04>4 March</time>", (None, "2031-03-04", None)),
    ("<body><time datetime=2031-03-04>a</time><time datetime=2031-03-05>b</time>", (None, None, None)),
    ("<body><time pubdate datetime=2031-03-04>a</time><time datetime=2031-03-05>b</time>", (None, "2031-03-04", None)),
    (
        '<script type="application/ld+json">{"@graph": [{"headline": "H", "datePublished": "2031-03-04"}]}</script>',
        ("H", "2031-03-04", None),
    ),
    ('<script type="application/ld+json">{"headline": </script>', (None, None, None)),
    ("<link rel=canonical href=https://a.example/x>", (None, None, "https://a.example/x")),
    ("<link rel=canonical href=/y>", (None, None, "https://b.example/y")),
    ("<meta property=og:url content=https://a.example/z>", (None, None, "https://a.example/z")),
    ("<link rel=canonical href=javascript:0>", (None, None, None)),
    ("<link rel=canonical href='https://[bad'>", (None, None, None)),
]


@pytest.mark.parametrize(("head", "expected"), FACTS)
def test_page_says_its_title_day_and_address(head, expected):
    reading = html.read(f"<html><head>{head}<p>{PROSE}</p>".encode(), address="https://b.example/a/b")
    assert (reading.title, reading.published, reading.uri) == expected


ENCODINGS = [
    ("caf\u00e9 \u201cquoted\u201d".encode(), None),
    (b"\xef\xbb\xbf" + "<p>caf\u00e9 \u201cquoted\u201d".encode(), None),
    (b"\xff\xfe" + "<p>caf\u00e9 \u201cquoted\u201d".encode("utf-16-le"), None),
    (b"<meta charset=windows-1252><p>caf\xe9 \x93quoted\x94", None),
    (b"<meta http-equiv=x content='text/html; charset=iso-8859-1'><p>caf\xe9 \x93quoted\x94", None),
    (b"<p>caf\xe9 \x93quoted\x94", None),
    (b"<meta charset=utf-8><p>caf\xe9 \x93quoted\x94", "windows-1252"),
    (b"<meta charset=no-such-thing><p>caf\xe9 \x93quoted\x94", "rot13"),
    ("<?xml version='1.0' encoding='latin-1'?><html><body><p>caf\u00e9 \u201cquoted\u201d".encode(), None),
]


@pytest.mark.parametrize(("data", "charset"), ENCODINGS)
def test_encoding_is_found_as_browsers_find_it(data, charset):
    assert html.read(data, charset=charset).text == "caf\u00e9 \u201cquoted\u201d"


@pytest.mark.parametrize("name", ["page.html", "page", "page.txt", "page.htm"])
def test_page_is_known_by_its_content(tmp_path, name):
    path = tmp_path / name
    path.write_text(PAGE % f"<main>{STATEMENT}</main>", encoding="utf-8")
    statement = readers.read(str(path))
    assert (statement.text, statement.title, statement.source.media_type) == (EXPECTED, "Statement", "text/html")
    assert (statement.source.uri, statement.pages) == (str(path), None)


HOSTILE = [
    ("<div>" * 100_000 + "x", "nested too deep"),
    ("".join(f"<b a={i}>" for i in range(3000)) + "<p>x" * 3000, "nested too deep"),
    ("<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x", "over 1,000 attributes"),
    ("<p x='>' " + " ".join(f"a{i}='>'" for i in range(100_000)) + ">x", "over 1,000 attributes"),
    ("<!--" * 100_000, "nothing in the page"),
    ("<script>" * 100_000, "no text in the page"),
    ("x" * (html.MAX_BYTES + 1), "over the limit"),
    ("<p>\0</p>", "binary data"),
    ("", "nothing in the page"),
]


@pytest.mark.parametrize(("markup", "message"), HOSTILE, ids=[message for _, message in HOSTILE])
def test_pages_that_cannot_be_taken_are_answered_at_once(markup, message):
    began = time.process_time()
    with pytest.raises(InputError, match=message) as caught:
        read_bytes(markup.encode(), name="page.html")
    assert "\n" not in str(caught.value)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "part", ["<p>a", "<i>a</i>", "<table><tr>a</table>", "&amp;", "<", "<a x>", "</p>", "<b><p>x</b>"]
)
def test_time_is_linear(part):
    def seconds(count: int) -> float:
        began = time.process_time()
        text(f"<p>x{part * count}")
        return time.process_time() - began

    # Other work on the machine may slow one try; what is not linear fails in each.
    assert any(seconds(40_000) < 0.5 + 16 * seconds(5_000) for _ in range(3))


TOKENS = [
    "<p>", "</p>", "<ul>", "<li>", "</ul>", "<ol start=3>", "<br>", "<pre>", "</pre>", "<sup>", "<a href=#x>",
    "<table>", "<td>", "<main>", "<h1>", "</h1>", "<div hidden>", "</div>", "<script>", "</script>", "<!--", "-->",
    "&#x0;", "&lt;", "<title>", "word ", " ", "\n", "<meta charset=x>", "<body>", "</html>", "\u00e9",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join) | st.text() | st.binary())
def test_any_bytes_are_text_or_one_line_of_error(markup):
    data = markup if isinstance(markup, bytes) else markup.encode("utf-8", "replace")
    found, error = "", ""
    try:
        found = html.read(data).text
    except InputError as caught:
        error = str(caught)
    assert "\n" not in error
    assert bool(found) != bool(error)
    assert found == found.strip()
    assert not re.search(r"\n{3}| \n", found) or b"<pre>" in data or b"<br>" in data


def test_archive_of_real_pages(shared):
    """Every paragraph of the archive's pages is a line of its own, word for word, with its day and address."""
    pages = sorted((shared / "archive" / "state-department").glob("*.html"))
    assert pages
    for path in pages:
        statement = readers.read(str(path))
        assert statement.title
        assert statement.published == path.name[:10]
        assert statement.source.uri.startswith("https://www.state.gov/")
        body = path.read_text(encoding="utf-8").partition("<body>")[2]
        words = re.sub(r"<[^>]*>", " ", body)
        assert len(statement.text.split()) >= 0.98 * len(words.split())
        assert not re.search(r"<\w|window\.|\{", statement.text)
