"""Sentences of statements: a bar marks each boundary, and the tests take the bars out."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from communique.annotations import annotations_of
from communique.components.sentences import FILE, Splitter, split
from communique.errors import ModelError
from communique.knowledge import KnowledgeFile
from communique.model import model_path

SOURCE = KnowledgeFile(FILE, (model_path("en_space") / FILE).read_text(encoding="utf-8"))
DATA = SOURCE.data

PASSAGES = [
    # Abbreviations and seats of government
    "The delegations met in Washington, D.C.| The two sides reviewed their work.",
    "The talks took place in Washington, D.C., on May 2.| Both sides were pleased.",
    "The second meeting will be held in Washington, D.C. in 2027.| Dates will follow.",
    "The next round returns to Washington, D.C.| Director Vale and Minister Oba will chair it.",
    "Delegations left for the U.S.| They will come back in June.",
    "The U.S. Department of Energy and the U.S. Space Force took part.",
    "Trade with the U.S. grew.| The two sides welcomed it.",
    "Canada thanked the U.S.| In turn, the U.S. Ambassador praised Canada.",
    "The U.S.-ROK alliance is strong.| The U.S.-Japan-ROK talks go on.",
    "Experts from the U.K. Space Agency and the U.S. Navy met in the U.K.| We thank them.",
    "The two sides agreed, e.g. on data.| They differ on cost, i.e. on who pays.",
    "Partners include Orbital Co. Ltd. and Skyhook Inc.| The firms will report.",
    "The vehicle by Orbit Corp. Launch Services flew vs. expectations.",
    "The venue is 12 St. James St. in London.",
    "The team landed near Mt. Vale and Ft. Oak.| Crews cheered.",
    "The order cites Art. 5 and No. 12.| Sec. Doe signed it.",
    "The dialogue opens at 9 a.m. on Monday and ends at 5 p.m.| Press may attend.",
    "The session begins at 10 a.m. Eastern time.| It is open.",
    "Members named rovers, landers, etc.| Officials will draw up a list.",
    "Chen et al. describe the method.| See Annex B.| The annex is public.",
    "Work ran from Sept. 3 to Dec. 9.| It resumes in Jan. 2026.",
    "The step is due in Dec.| The sides will then meet.",
    # Titles, initials and names
    "Amb. Rosa T. Vale led the U.S. side.| Lt. Col. J.R. Oba led the other.",
    "Under Secretary Jane W. Orr and Dr. Kim chaired.| H.E. Mr. Omar hosted.",
    "Prime Minister J. A. Brown met Gen. (Ret.) T. Hale.| Rev. Dr. Moss spoke.",
    "President Paul R. Stone, Jr. welcomed Ms. Lee.| Mr. Stone Jr. and Ms. Lee dined.",
    "The prize went to Peter Hale Jr.| The committee was glad.",
    "It was signed by John Q. Public, Ph.D. and Ann Poe, M.D.| Both are scientists.",
    "The signatories were A. Vale, B. Oba, and C. Orr.| All were present.",
    "Rt. Hon. David Moss, M.P., joined by video.| He spoke last.",
    "Minister S. Iyer met Secretary M. J. Hale.| The ministers then left.",
    "Astronauts will train for Phase B.| NASA will lead it.",
    "Only Plan C.| We have no other.",
    # Numbers, versions and addresses
    "The budget grew by 3.5 percent to $1.2 billion.| Spending in 2024 rose by 2.",
    "Version 2.1.3 was released.| Version 3.0 follows.",
    "Write to press.office@agency.example or see https://www.agency.example/a.b?c=D.E for more.| Thank you.",
    "See www.agency.example.| The site is new.",
    "The treaty was signed in 1967.| 110 states have joined.",
    "The goal is 30 by 2030.| We are at 12.",
    "The resolution is A/RES/77.41.| Its text is short.",
    "The launch cost EUR 4.5 m. per unit, about the planned price.",
    # Numbered and lettered items
    "1. The sides met.| 2. They agreed on data.| 3. They will meet again.",
    "1. The sides met.|\n2. They agreed on data.|\n3. They will meet again.",
    "The parties will (a) share data; (b) train crews; and (c) report.",
    "The parties will:|\n(a) share data;|\n(b) train crews; and|\n(c) report.",
    "(a) The first item is data.| (b) The second item is crews.",
    "I. Background|\nThe sides met in Rome.|\nII. Next steps|\nThe sides will meet again.",
    "iv. The fourth point stands alone.",
    "A. Science|\nThe sides share samples.",
    "1.2 Cooperation in science|\nBoth sides share samples.",
    # Bullets and headings
    "- Lunar science: The sides share samples.|\n- Navigation|\n- Data",
    "• Exchange of engineers|\n• Joint training of crews|\n• Shared use of antennas",
    "The sides will launch:| • a fund;| • a prize",
    "The fund opened.| - Envoys: Two envoys were named.",
    "The sides agreed on these:| - Envoys will travel;| - Crews will train.",
    "Envoys travel to the U.S.| - Crews train in Rome.| - Labs open.",
    "The sides opened the U.S. \u2013 Pacific Harbours Forum.| It met in the U.S. - Fiji format.",
    "- Hold the U.S. - Fiji Forum.| It meets in May.",
    "Firms at the U.S.- Fiji border lost stock.",
    "Space Cooperation|\n\nThe two sides share data.",
    "# Outcomes|\n\nThe two sides share data.|\n\n## Follow-up|\n\nThey will meet.",
    "JOINT STATEMENT ON SPACE|\nRome, May 4, 2024|\n\nThe sides met.",
    "Begin Text:|\n\nThe sides met.|\n\nEnd Text.",
    "Begin text|\n\nOn June 2, the sides met.|\n\nEnd text",
    "Deliverables|\n○ A joint antenna|\n○ A joint lab",
    "Part **One** of the text|\n\nThe sides *share* data.| They [met](https://a.example/x.y) twice.",
    # Quotes, brackets and notes
    'The director said, "We are ready."| The crew agreed.',
    'The theme was "Space for All."| It drew crowds.',
    "“We go together.”| That was the motto.",
    "The minister asked, “Are we ready?”| The crew said yes.",
    '"It is time," the envoy said.| "We must act now."',
    'The motto "Onward!" was chosen.| It fits.',
    "The pact holds.| (See Annex A.)| The annex is long.",
    "The list is long (see Annex C.).| It is public.",
    "The sides met (in Rome.)| They will meet again.",
    "The accord is in force.[1]| It binds nobody.[2][3]| Notes follow.",
    "The accord is in force.1| It binds nobody.",
    "The text (the Pact) holds.| “Partners” means all states.",
    "It ended.| [Applause.]| The envoy went on.",
    # Other ends
    "Why now?| Because it matters!| We agree.",
    "They hoped... and waited.| Then it flew…| Everyone cheered.",
    "The pact was signed in 2023.|The sides met again.",
    "The sides met in the region.|They agreed on data.",
    "The sides met vs. expectations.",
    "Is it safe?!| Yes.",
    # Wrapped lines
    (
        "The delegations from the U.S. Department of\nState and the Ministry met in Washington, "
        "D.C.|\nThe talks covered the Moon and\nMars."
    ),
    (
        "The long-standing U.S.-\nROK alliance is a pillar of our\nshared security in the region and "
        "beyond.| It\nwill grow."
    ),
    "- The sides will share the samples of the next\n  mission with each other.|\n- They will publish.",
    "1. The sides will share the samples of the next\n   mission with each other.|\n2. They will publish.",
    (
        "The talks were led by Deputy Assistant Secretary Anna\nB. Orr and by Director Tomas Vale of "
        "the Space\nBureau.| They agreed."
    ),
    (
        "Heading of the First Part|\n\nThe sides agree that the Moon is for all and that the\nsamples "
        "be shared.|\n\nHeading of the Second Part"
    ),
    "Office of the Spokesperson|\n\nThe following is a joint statement.",
    "The sides reaffirm that space is for all;|\nThe sides intend to share data;|\nThe sides will meet.",
]  # fmt: skip


def passage(marked: str) -> tuple[str, list[int]]:
    """The text without its bars, and the offsets after the last character of each sentence."""
    text, ends = "", []
    for piece in marked.split("|"):
        text += piece
        ends.append(len(text.rstrip()))
    return text, ends


@pytest.mark.parametrize("marked", PASSAGES)
def test_passage_splits_at_the_bars(marked: str) -> None:
    text, ends = passage(marked)
    assert [end for _, end in split(text)] == ends


EXAMPLES = [
    (entry.get("id", table), example)
    for table, entries in DATA.items()
    for entry in (entries if isinstance(entries, list) else [entries])
    for example in entry["examples"]
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_examples_of_the_knowledge_split_at_the_bars(rule: str, example: str) -> None:
    text, ends = passage(example.replace(" |", "|"))
    assert [end for _, end in split(text)] == ends, rule


def test_every_entry_has_examples() -> None:
    assert all(entry["examples"] for entry in DATA["abbreviations"])


LINES = [
    ("- Lunar science", "bullet", "Lunar science"),
    ("• Lunar science and more.", "bullet", "Lunar science and more."),
    ("1. The sides met.", "numbered", "The sides met."),
    ("(b) The sides met.", "numbered", "The sides met."),
    ("iv) The sides met.", "numbered", "The sides met."),
    ("## Next steps", "heading", "Next steps"),
    ("NEXT STEPS", "heading", "NEXT STEPS"),
    ("Next Steps on the Moon", "heading", "Next Steps on the Moon"),
    ("Begin Text:", "heading", "Begin Text:"),
    ("The sides met.", "paragraph", "The sides met."),
    ("The sides intend to do the following:", "paragraph", "The sides intend to do the following:"),
    ("2023 was a good year for both.", "paragraph", "2023 was a good year for both."),
    ("J. A. Brown chaired the meeting.", "paragraph", "J. A. Brown chaired the meeting."),
    ("3.5 million people watched.", "paragraph", "3.5 million people watched."),
]


@pytest.mark.parametrize(("text", "kind", "content"), LINES)
def test_line_starts_after_its_marker_and_has_a_kind(text: str, kind: str, content: str) -> None:
    (line,) = Splitter(SOURCE).lines(text)
    assert (line.kind, text[line.start : line.end]) == (kind, content)


BARE = [
    (
        "1 WE, the ministers,\n2 WELCOMING the pier,\n3 Trade\n4 We met.",
        ["numbered", "numbered", "heading", "numbered"],
    ),
    ("1 WE, the ministers,\n2 WELCOMING the pier,", ["paragraph", "paragraph"]),
    ("20 May was a Friday.\n21 May was a Saturday.\n31 Ships came.", ["paragraph", "paragraph", "paragraph"]),
]


UNMARKED = [
    ("The two sides:\n\nAgreed to share data;\n\nWelcomed the pier; and\n\nmet.\n\nThey left.", "pbbbp"),
    ("The two sides:\n\nAgreed to share data;\n\nmet in Lima; or\n\nWelcomed the pier.\n\nThey left.", "pbbbp"),
    ("They will:\n\nshare data;\n\nmeet in Lima.\n\nThey left.", "pbbp"),
    ("The participants:\n\nNASA;\n\nJAXA;\n\nMOFA hosted a dinner.", "pbbp"),
    ("The two sides:\n\nAgreed to share data;", "pb"),
    ("The two sides:\n\nAgreed to share data.\n\nThey left;", "ppp"),
    ("The two sides met;\n\nThey left;", "pp"),
    ("The two sides:\n\n- Agreed to share data;\n\nThey left;", "pbp"),
]


@pytest.mark.parametrize(("text", "kinds"), UNMARKED)
def test_paragraphs_behind_a_colon_that_semicolons_close_are_items(text: str, kinds: str) -> None:
    assert "".join(line.kind[0] for line in Splitter(SOURCE).lines(text)).replace("h", "p") == kinds


@pytest.mark.parametrize(("text", "kinds"), BARE)
def test_bare_numbers_mark_paragraphs_that_count_up(text: str, kinds: list[str]) -> None:
    lines = Splitter(SOURCE).lines(text)
    assert [line.kind for line in lines] == kinds
    assert all(text[line.start].isdigit() == (kinds[0] == "paragraph") for line in lines)


def test_component_annotates_and_sets_sentence_starts() -> None:
    nlp = spacy.load(
        model_path("en_space"), exclude=["mentions", "dates", "parties", "commitments", "themes", "meeting"]
    )
    doc = nlp("Next Steps\n- They met in Washington, D.C. The sides agreed.\n###\nThe end.")
    spans = [doc.text[a:b] for a, b in annotations_of(doc).sentences]
    assert spans == ["Next Steps", "They met in Washington, D.C.", "The sides agreed.", "The end."]
    starts = [sentence[0].idx for sentence in doc.sents]
    assert starts == [0, 11, doc.text.index("The sides"), doc.text.index("The end")]


@pytest.mark.parametrize("text", ["", "\n", "###", "...", " "])
def test_component_takes_texts_without_words(text: str) -> None:
    nlp = spacy.load(
        model_path("en_space"), exclude=["mentions", "dates", "parties", "commitments", "themes", "meeting"]
    )
    assert annotations_of(nlp(text)).sentences == []


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('id = "odd"\nends = "sometimes"\nforms = ["Foo"]', "sentences.toml:1: abbreviations 'odd': `ends`"),
        ('id = "odd"\nends = "never"\nforms = ["Foo."]', "'Foo.' is no single word"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(entry: str, complaint: str) -> None:
    with pytest.raises(ModelError, match=complaint):
        Splitter(KnowledgeFile(FILE, "[[abbreviations]]\n" + entry))


WORDS = st.sampled_from(
    [
        *(
            "The",
            "sides",
            "met",
            "in",
            "Washington,",
            "D.C.",
            "U.S.",
            "Dr.",
            "J.",
            "Orr",
            "agreed.",
            "(a)",
            "data;",
            "-",
        ),
        *("1.", "2023.", "[1]", '"Yes."', "is?", "\u2022", "No.", "5", "...", "wow!", "\n"),
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join)))
def test_sentences_are_trimmed_ordered_and_within_the_text(text: str) -> None:
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end] or not text[start:end].isprintable()
        last = end


@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_a_paragraph_added_changes_nothing_before_it(text: str) -> None:
    assert split(text + "\n\nThe next meeting will be in Rome.")[: len(split(text))] == split(text)


@pytest.mark.parametrize("piece", ["a.B", "a.B ", "U.S. ", "(a) ", ". ", '."', "1. ", "\u2022 ", "The sides met. "])
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        split(piece * times)
        return time.process_time() - began

    # One of three tries, because a machine is shared and Python collects garbage when it likes.
    assert any(seconds(40_000) < 20 * seconds(10_000) + 0.2 for _ in range(3))
