"""Pages for people: what stands in them, and that a stranger's text stays text."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from communique import cli, extract, writing
from communique.comparison.comparing import compare
from communique.comparison.records import Comparison
from communique.records import Record
from communique.report import marking
from communique.report.dates import day_words, days_words
from communique.report.series import series_page
from communique.report.statement import statement_page
from communique.report.timeline import last_day, promises

TEXT = (
    "# Third Space Dialogue of Japan and the United States\n\n"
    "On March 3, 2031, Japan and the United States held the third Japan-U.S. Space Dialogue in Tokyo. "
    "Japan and NASA plan to continue discussing joint flights to Gateway by 2033, and intend to study the Moon. "
    "Both sides welcomed the Artemis Accords.\n\n"
    "They decided to:\n\n- share **weather** data from Himawari;\n- hold the next dialogue in Houston in 2032.\n"
)

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page as a browser would read it: its elements with their attributes, and the words in each."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, str] = {}
        self._open: list[str | None] = []
        self.feed(data.decode())
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), f"an attribute twice: {tag} {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(dict(attrs).get("id") or f"<{tag}>")

    def handle_endtag(self, tag):
        self._open.pop()

    def handle_data(self, data):
        for place in self._open:
            self.words[place] = self.words.get(place, "") + data

    def all(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(attribute)) is not None]


def page_of(text: str, **metadata) -> Page:
    return Page(statement_page(extract(text, **metadata)))


def test_one_file_without_anything_to_load():
    page = page_of(TEXT, title="Third Space Dialogue")
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.elements}
    assert not page.all("src")
    assert all(href.startswith("#") for href in page.all("href"))


def test_policy_names_the_style_and_the_script_and_nothing_else():
    page = page_of(TEXT)
    (policy,) = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]

    def hashed(element: str) -> str:
        return b64encode(sha256(page.words[element].encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashed('<style>')}'; script-src 'sha256-{hashed('<script>')}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not page.all("style")
    assert page.elements.index(("meta", {"http-equiv": "Content-Security-Policy", "content": policy})) < 4


def test_every_span_leads_to_its_place_in_the_brief_and_back():
    record = extract(TEXT)
    assert record.commitments
    assert record.positions
    page = Page(statement_page(record))
    ids, links = page.all("id"), page.all("href")
    assert len(ids) == len(set(ids))
    keys = [c.id for c in (*record.commitments, *record.positions)]
    keys += [f"m{i}" for i in range(len(record.mentions))] + [f"d{i}" for i in range(len(record.dates))]
    for key in keys:
        assert {f"t-{key}", f"b-{key}"} <= set(ids)
        assert {f"#t-{key}", f"#b-{key}"} <= set(links)
    assert {link[1:] for link in links} <= set(ids)


def test_chapters_stand_in_their_order_with_the_strongest_first():
    record = extract(TEXT)
    page = Page(statement_page(record))
    assert "chapter-meeting" in page.all("id")
    places = {key: page.all("id").index(f"b-{key}") for key in (c.id for c in record.commitments)}
    strengths = ["decision", "pledge", "intent", "explore"]
    by_chapter: dict[str, list[str]] = {}
    for c in sorted(record.commitments, key=lambda c: places[c.id]):
        by_chapter.setdefault(c.themes[0], []).append(c.strength)
    for found in by_chapter.values():
        assert found == sorted(found, key=strengths.index)


def test_text_keeps_its_words_and_loses_its_markup():
    paragraphs = [
        (block.kind, "".join(segment.text for segment in block.segments)) for block in marking.blocks(extract(TEXT))
    ]
    assert paragraphs[0] == ("heading", "Third Space Dialogue of Japan and the United States")
    assert paragraphs[-2] == ("item", "share weather data from Himawari;")
    assert [kind for kind, _ in paragraphs] == ["heading", "p", "p", "item", "item"]


def test_segments_know_all_spans_and_lead_to_the_innermost():
    text = "Japan and NASA intend to study the Moon with Gateway."
    segments = [s for block in marking.blocks(extract(text)) for s in block.segments]
    told = {s.text: [mark.kind for mark in s.marks] for s in segments}
    assert told["Japan"] == ["commitment", "party"]
    assert told["NASA"] == ["commitment", "agency"]
    assert told["intend to study"] == ["commitment", "trigger"]
    assert told["Gateway"] == ["commitment", "mission"]
    assert told["."] == []


@pytest.fixture(scope="module")
def one_name() -> Record:
    return extract("Japan will act.")


@settings(deadline=None)  # time is the machine's, not the text's
@given(
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n #*<>-&[]()"), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=8),
)
@example("000\x03", [(3, 1), (3, 1)])
@example("0000*:", [(4, 1)])  # all of the span is a mark of bold type, which the page leaves out
def test_any_overlapping_spans_keep_their_words(one_name, text, spans):
    mentions = [
        one_name.mentions[0].model_copy(update={"start": a, "end": min(a + n, len(text)), "quote": text[a : a + n]})
        for a, n in spans
        if a < len(text)
    ]
    record = one_name.model_copy(
        update={
            "statement": one_name.statement.model_copy(update={"text": text}),
            "mentions": mentions,
            "commitments": [],
            "positions": [],
            "dates": [],
        }
    )
    segments = [s for block in marking.blocks(record) for s in block.segments]
    begun = [mark.key for s in segments for mark in s.begins]
    assert sorted(begun) == sorted(f"m{i}" for i in range(len(mentions)))
    left = iter(text)
    assert all(character in left for s in segments for character in s.text), "the text's characters in their order"


FOREIGN = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</p></section></main><iframe src=//a.example></iframe>",
    '"><svg onload=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'http://a.example/" onclick="alert(1)',
    "{{ 7 * 7 }}{% for x in y %}{{ config }}",
    "{# comment #}{{ self.__init__ }}",
    "<!-- --><![CDATA[ ]]>",
    "&lt;script&gt;&#60;b&#62;",
    "\u202eevil\u2066\x00\x0b\x1b[31m",
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
]


def skeleton(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """The elements with the names of their attributes: what a text must never change."""
    return [(tag, tuple(attributes)) for tag, attributes in page.elements]


def with_words(data: dict, words: str) -> dict:
    """The record with foreign words in every field that a page shows."""
    statement = data["statement"]
    statement["title"] = words
    statement["source"]["uri"] = words
    for entity in data["entities"]:
        entity["name"] = words
        entity["acronym"] = words
    meeting = data["meeting"]
    meeting["series"] = meeting["city"] = words
    meeting["heads"][0] |= {"name": words, "title": words}
    meeting["next"] |= {"city": words, "date": words}
    data["provenance"] |= {"communique": words, "model": words}
    data["dates"][1]["value"] = data["commitments"][0]["deadline"] = words
    for span in (*data["mentions"], *data["dates"], *data["commitments"], *data["positions"]):
        span["quote"] = words
    return data


@pytest.mark.parametrize("words", FOREIGN)
def test_foreign_words_in_any_field_stay_words(full_record, words):
    plain = Page(statement_page(Record.model_validate(with_words(full_record, "plain words"))))
    page = Page(statement_page(Record.model_validate(with_words(full_record, words))))
    assert skeleton(page) == skeleton(plain)
    assert page.words["<script>"] == plain.words["<script>"]
    assert page.words["<style>"] == plain.words["<style>"]
    assert all(href.startswith("#") for href in page.all("href"))
    assert " ".join(words.split()) in page.words["<title>"].replace("\ufffd", "\0")


@pytest.mark.parametrize("words", FOREIGN)
def test_foreign_words_in_the_text_stay_words(words):
    tags = {tag for tag, _ in page_of(TEXT).elements}
    page = page_of(TEXT.replace("Both sides", f"{words} Both sides {words}") + words)
    assert {tag for tag, _ in page.elements} <= tags
    assert page.words["<script>"] == page_of(TEXT).words["<script>"]
    assert all(href.startswith("#") for href in page.all("href"))
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    ("uri", "linked"),
    [
        ("https://a.example/statement?x=1&y=2", True),
        ("http://a.example/", True),
        ("javascript:alert(1)", False),
        (" https://a.example/", False),
        ("https://a.example/\nx", False),
        ("file:///etc/passwd", False),
        ("statement.md", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(full_record, uri, linked):
    full_record["statement"]["source"]["uri"] = uri
    page = Page(statement_page(Record.model_validate(full_record)))
    assert [href for href in page.all("href") if not href.startswith("#")] == ([uri] if linked else [])


def test_same_record_same_bytes(full_record):
    record = Record.model_validate(full_record)
    assert statement_page(record) == statement_page(Record.model_validate_json(record.model_dump_json()))


def test_a_text_in_which_nothing_was_found_has_a_page_too():
    page = page_of("Nothing here.")
    assert page.words["title-text"] == "Full text"
    assert "Untitled statement" in page.words["<title>"]


@pytest.mark.parametrize(
    ("value", "words"),
    [("2031-03-04", "4 March 2031"), ("2031-12", "December 2031"), ("2031", "2031"), ("203X", "203X"), ("P2Y", "P2Y")],
)
def test_days_in_words(value, words):
    assert day_words(value) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2031-03-03", "2031-03-03", "3 March 2031"),
        ("2031-03-03", "2031-03-05", "3–5 March 2031"),
        ("2031-03-30", "2031-04-02", "30 March – 2 April 2031"),
        ("2031-12-30", "2032-01-02", "30 December 2031 – 2 January 2032"),
        ("2031-03-03", None, "3 March 2031"),
        (None, None, ""),
    ],
)
def test_days_of_a_meeting_in_words(start, end, words):
    assert days_words(start, end) == words


FIRST = (
    "On March 3, 2031, Japan and the United States held the first Japan-U.S. Space Dialogue in Tokyo. "
    "Japan and NASA plan to fly a joint radar to Gateway by 2033. "
    "The two sides intend to study the weather of the Moon. Both sides welcomed the Artemis Accords."
)
SECOND = (
    "On May 4, 2034, Japan and the United States held the second Japan-U.S. Space Dialogue in Houston. "
    "Japan and NASA will fly a joint radar to Gateway by 2036. JAXA intends to train astronauts with ESA by 2035."
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    records = [extract(FIRST, title="First Dialogue"), extract(SECOND, title="Second Dialogue")]
    return compare(records, series="Japan-U.S. Space Dialogue")


def test_series_page_is_one_file_under_a_policy(comparison):
    page = Page(series_page(comparison))
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.elements}
    assert not page.all("src")
    assert not page.all("style")
    (policy,) = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert {href[1:] for href in page.all("href")} <= set(page.all("id"))


def test_series_page_has_a_row_for_each_chain_and_a_cell_for_each_edition(comparison):
    page = Page(series_page(comparison, {"JP": "Japan", "US": "United States"}))
    for chain in (*comparison.commitments, *comparison.positions):
        words = page.words[f"chain-{chain.id}"]
        for entry in chain.entries:
            assert comparison.editions[entry.edition].label in words
            assert entry.evidence is None or entry.evidence.quote in words
    facets = page.all("data-facets")
    assert len(facets) == len(comparison.commitments) + len(comparison.positions)
    assert "Japan, United States" in page.words["<header>"]


def test_dated_promises_and_what_became_of_them(comparison):
    told = [(p.start, p.due, p.outcome) for p in promises(comparison)]
    assert told == [
        ("2031-03-03", "2033-12-31", "postponed"),
        ("2034-05-04", "2035-12-31", "open"),
        ("2034-05-04", "2036-12-31", "open"),
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2033", "2033-12-31"),
        ("2032-02", "2032-02-29"),
        ("2032-02-10", "2032-02-10"),
        ("2032-Q3", "2032-09-30"),
        ("2031/2034-06", "2034-06-30"),
        ("203X", "2039-12-31"),
        ("P5Y", "2036-03-03"),
        ("2032-24", None),
        ("FY2033", None),
        ("20XX", None),
    ],
)
def test_last_day_of_a_promised_date(value, day):
    assert last_day(value, "2031-03-03") == day


@pytest.mark.parametrize("words", FOREIGN)
def test_foreign_words_in_a_comparison_stay_words(comparison, words):
    pages = [Page(series_page(altered(comparison, w), {"JP": w})) for w in (words, "plain words")]
    assert skeleton(pages[0]) == skeleton(pages[1])
    assert pages[0].words["<script>"] == pages[1].words["<script>"]
    assert all(href.startswith("#") for href in pages[0].all("href"))


def altered(comparison: Comparison, words: str) -> Comparison:
    """The comparison with foreign words in every field that a page shows."""
    data = comparison.model_dump(mode="json")
    data["series"] = data["provenance"]["model"] = words
    for edition in data["editions"]:
        edition["label"] = f"{words}{edition['label']}"
        edition["city"] = words
        edition["statements"] = [s | {"title": words, "uri": words} for s in edition["statements"]]
    for name in data["names"]:
        name["name"] = name["acronym"] = words
    for chain in (*data["commitments"], *data["positions"]):
        for entry in chain["entries"]:
            if entry["evidence"]:
                entry["evidence"]["quote"] = words
            if entry["deadline"]:
                entry["deadline"] = f"2040-{words}"
    return Comparison.model_validate(data)


def test_same_comparison_same_bytes(comparison):
    assert series_page(comparison) == series_page(Comparison.model_validate_json(comparison.model_dump_json()))


def test_scripts_of_others_are_as_their_authors_published_them(root):
    folder = root / "pipeline/communique/report/assets/vendor"
    listed = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.min.js")}
    assert found == listed


@pytest.fixture
def run(capfdbinary):
    def run(*arguments: object) -> tuple[int, bytes, str]:
        with pytest.raises(SystemExit) as left:
            cli.run([str(a) for a in arguments])
        out, err = capfdbinary.readouterr()
        return int(left.value.code or 0), out, err.decode()

    return run


@pytest.fixture
def folder(tmp_path):
    """Two statements of a series, one of them kept as a record."""
    (tmp_path / "first.md").write_text(FIRST, "utf-8")
    (tmp_path / "second.json").write_bytes(writing.to_json(extract(SECOND, title="Second Dialogue")))
    return tmp_path


def test_report_of_a_record_and_of_a_statement(run, folder):
    code, page, _ = run("report", folder / "second.json")
    assert code == 0
    assert Page(page).words["<title>"] == "Second Dialogue"
    assert run("report", folder / "first.md", "-o", folder / "page.html") == (0, b"", "")
    assert "joint radar" in Page((folder / "page.html").read_bytes()).words["brief"]
    (folder / "third.html").write_text(f"<html><body><h1>Third</h1><p>{FIRST}</p></body></html>", "utf-8")
    assert "joint radar" in Page(run("report", folder / "third.html")[1]).words["brief"]


def test_report_of_a_folder_is_the_page_that_compare_gives(run, folder):
    code, page, _ = run("report", folder)
    assert code == 0
    assert "joint radar" in Page(page).words["ledger"]
    assert run("compare", folder, "--format", "html") == (0, page, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.json"], "no such file or folder"),
        (["missing.md"], "no such file"),
        (["."], "none has two editions"),
        ([".", "--series", "Nothing"], "is not there"),
        (["two.jsonl"], "holds 2 records"),
    ],
)
def test_report_says_in_one_line_what_it_cannot_use(run, folder, monkeypatch, arguments, message):
    records = [writing.to_json(extract(text)) for text in (FIRST, SECOND)]
    (folder / "two.jsonl").write_bytes(b"".join(records))
    if message.startswith("none"):
        for name in ("second.json", "two.jsonl"):
            (folder / name).unlink()
    monkeypatch.chdir(folder)
    code, out, err = run("report", *arguments)
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert message in err
