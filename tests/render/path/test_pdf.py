"""The PDF of a path: its standards, its words, its links, the answers it carries."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from boussole.escape import web_address
from boussole.files.answers.checksums import Edited
from boussole.files.answers.in_pdf import NAME, sealed_over
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import reopen
from boussole.i18n import LANGUAGES
from boussole.render.path.content import path_content
from boussole.render.path.missing_glyphs import stand_ins, undrawn
from boussole.render.path.pdf import to_pdf
from support.documents import keepsake, left_to_right, letters, shown_texts
from support.hostile import INJECTIONS, Hostile
from support.samples import FEW_ANSWERS, FULL_ANSWERS, MOMENT, NAUGHTY, TEXTS, ranked, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKUP = [
    "#panic(1)", '#read("/etc/passwd")', "*bold* _slanted_ `raw` $x^2$", "= Heading", "- item", "/ term: it", "@label",
    "<label>", "\\u{41} \\ \\# ~ -- --- ...", "// gone", "/* gone */", "https://b.example/ in a text", "#[", "]",
]  # fmt: skip
"""What typst would read as markup or code."""
_ORDERS = [*MARKUP, *INJECTIONS]


def _pdf(answers: dict[str, object], language: str = "en", name: str | None = None) -> bytes:
    ranking, kept = ranked(answers), keepsake(answers, name)
    return to_pdf(ranking, language, kept, shown=ranking.top(), left_out=True, seal=sealed_over)


def _read(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document), strict=True)


def _text(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in _read(document).pages)


def _addresses(document: bytes) -> set[str]:
    notes = (note.get_object() for page in _read(document).pages for note in page.annotations or ())
    return {str(note["/A"]["/URI"]) for note in notes if "/A" in note}


def _titles(outline: list[Any]) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield one.title


# --- What it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [FULL_ANSWERS, FEW_ANSWERS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_document(answers: dict[str, object], language: str) -> None:
    """Every text of the path stands in it, as text, in both languages."""
    ranking = ranked(answers)
    content = path_content(ranking, language, keepsake(answers, "Ann-Lou *K*"), shown=ranking.top(), left_out=True)
    found = letters(_text(_pdf(answers, language, "Ann-Lou *K*"))).lower()
    assert not [text for text in shown_texts(content) if letters(text).lower() not in found]
    assert "My path: Trial compass" in _text(_pdf(answers)) or language == "fr"


def test_a_document_of_nothing() -> None:
    """Where nothing fits, the document says so and is still whole."""
    nothing = replace(ranked({}), recommendations=(), left_out=())
    said = _text(to_pdf(nothing, "en", keepsake({}), shown=()))
    assert "No MEDOC fits these answers." in said
    assert "How this list is made" in said


def test_bookmarks() -> None:
    """Sections, stages and steps are bookmarks."""
    titles = list(_titles(_read(_pdf(FULL_ANSWERS)).outline))
    assert titles == [
        "Where I stand", "My path", "Act", "Offer [beta] R&D", "Writing a charter", "At any time", "Water atlas",
        "My list", "Left out", "My answers", "How this list is made", "To share or reopen this path",
    ]  # fmt: skip


def test_links_lead_where_the_catalogue_says() -> None:
    """Titles with a web address are links; any other address leads nowhere."""
    assert _addresses(_pdf(FULL_ANSWERS)) == {
        "https://a.example/offre?x=1&y=2",
        "https://b.example/",
        "https://b.example/bis",
        "https://c.example/",
        "https://d.example/",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_language_and_standards(language: str) -> None:
    """The title and the language are set; it is tagged, to be read aloud (PDF/UA-1) and to be kept (PDF/A-3)."""
    document = _pdf(FULL_ANSWERS, language)
    reader = _read(document)
    catalogue: Any = reader.root_object
    assert catalogue["/Lang"].split("-")[0] == language
    assert catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert letters(str(reader.metadata.title)) == letters("My path: Trial compass") or language == "fr"
    assert reader.metadata.author is None
    described = reader.xmp_metadata
    assert described is not None
    assert (described.pdfaid_part, described.pdfaid_conformance) == ("3", "A")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


def test_fonts_are_in_it() -> None:
    """Every font is embedded, with the letters that its glyphs stand for."""
    fonts: list[Any] = []
    for page in _read(_pdf(FULL_ANSWERS)).pages:
        resources: Any = page["/Resources"]
        fonts += [font.get_object() for font in resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "/ToUnicode" in font


def test_pages_are_a4_and_numbered() -> None:
    """A4 pages, each with its number and how many there are."""
    pages = _read(_pdf(FULL_ANSWERS)).pages
    for number, page in enumerate(pages, start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_the_same_bytes() -> None:
    """The same content gives the same bytes, dated the day of the path; nothing of the machine is in them."""
    document = _pdf(FULL_ANSWERS, name="Ann")
    assert document == _pdf(FULL_ANSWERS, name="Ann")
    assert document != _pdf(FULL_ANSWERS, name="Bob")
    metadata = _read(document).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == MOMENT.date()
    assert str(Path.home()).encode() not in document
    assert b"path.typ" not in document


def test_a_code_too_long_for_squares() -> None:
    """Where a code is too long for a QR code, the document has the code only, and says so."""
    long = keepsake(FULL_ANSWERS)._replace(code="boussole-1:" + "x" * 5000)
    said = _text(to_pdf(ranked(FULL_ANSWERS), "en", long, shown=()))
    assert "This line is too long for a QR code." in said
    assert said.replace("\n", "").count("x" * 5000) == 1
    assert "This line is too long" not in _text(_pdf(FULL_ANSWERS))


# --- Reopening --------------------------------------------------------------------------------------------------------


def test_a_document_reopens(tmp_path: Path) -> None:
    """The answers attached come back, and nothing was edited."""
    file = tmp_path / "path.pdf"
    file.write_bytes(_pdf(FULL_ANSWERS, name="A & <b>"))
    saved = load_answers(file)
    assert (saved.name, saved.saved, saved.edited) == ("A & <b>", MOMENT, Edited.NOTHING)
    assert ranked(dict(saved.answers)) == ranked(FULL_ANSWERS)


def test_the_attached_file_is_an_answers_file(tmp_path: Path) -> None:
    """What is attached can be saved from any reader of PDF, and reopens by itself."""
    (held,) = _read(_pdf(FULL_ANSWERS)).attachments[NAME]
    (tmp_path / NAME).write_bytes(held)
    assert load_answers(tmp_path / NAME).answers == ranked(FULL_ANSWERS).situation.answers


# --- Whatever the strings are -----------------------------------------------------------------------------------------


def _check(hostile: Hostile, folder: Path) -> None:
    ranking, kept = hostile.ranking, hostile.keepsake()
    document = to_pdf(ranking, "en", kept, shown=ranking.top(), left_out=True, seal=sealed_over)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    for address in _addresses(document):
        assert web_address(address) == address
    found = letters(_text(document)).lower()
    content = path_content(ranking, "en", kept, shown=ranking.top(), left_out=True)
    for medoc in (step.medoc for stage in content.pathway.stages for step in stage.steps):
        if left_to_right(medoc.title):
            assert all(part in found for part in _drawn(medoc.title))
    (folder / "path.pdf").write_bytes(document)
    saved = load_answers(folder / "path.pdf")
    assert saved.edited is Edited.NOTHING
    assert saved.answers == ranking.situation.answers
    assert reopen(hostile.compass, saved, with_aside=True).answers.by_question.keys() == set(hostile.answers)
    assert saved.name == (hostile.name or None)


def _drawn(text: str) -> list[str]:
    """Return the parts of a text that the fonts surely draw."""
    return [letters(part).lower() for part in re.findall("[!-~À-ÿ]+", text)]


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 80))
def test_naughty_strings_everywhere(start: int, tmp_path: Path) -> None:
    """With a naughty string as every text, the document keeps to the standards, to its links and to its answers."""
    _check(Hostile(NAUGHTY[start : start + 80]), tmp_path)


@pytest.mark.parametrize("start", range(0, len(_ORDERS), 8))
def test_markup_everywhere(start: int, tmp_path: Path) -> None:
    """What typst or a browser would obey stands there as it was written."""
    _check(Hostile(_ORDERS[start : start + 8]), tmp_path)


@settings(max_examples=8)  # a document takes a while
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_strings_everywhere(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """The same with any strings."""
    _check(Hostile(texts), tmp_path_factory.getbasetemp())


def test_words_longer_than_a_line_stay_on_the_page() -> None:
    """A word of any length is broken; what a reader copies has nothing in its breaks."""
    word = "Donaudampfschifffahrt" * 40
    document = to_pdf(ranked(FULL_ANSWERS), "en", keepsake(FULL_ANSWERS, word), shown=())
    assert word in _text(document).replace("\n", "")
    ends: list[float] = []
    for page in _read(document).pages:
        page.extract_text(visitor_text=lambda text, _c, matrix, *_: ends.append(matrix[4]) if text.strip() else None)
    assert max(ends) < 595


# --- Letters that no font draws ---------------------------------------------------------------------------------------


def test_letters_without_a_drawing_are_said_by_others() -> None:
    """Wide letters become plain ones, others their number; the document keeps to the standards."""
    document = _pdf(FULL_ANSWERS, name="田中 Ａ １ ﬁ e\u0301 Ω Ж ع 😀 a\u034f")
    assert "[U+7530][U+4E2D] A 1" in _text(document)
    assert "[U+1F600]" in _text(document)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


def test_what_typst_says_of_letters() -> None:
    """Letters are read from its words, escapes too; of a letter with marks the marks; never a Latin letter."""
    said = """error: the text `"田"` could not be displayed with font `"x"`
        error: the text `"\\u{fffe}"` could not be displayed
        error: the text `"o\\u{34f}\\u{301}"` could not be displayed
        error: the text `"\\"a"` could not be displayed
        error: heading title is empty"""
    assert undrawn(said) == {"田", "\ufffe", "\u034f", "\u0301"}
    assert stand_ins({"田", "Ａ", "\u034f", "\u00ad"}) == {0x7530: "[U+7530]", 0xFF21: "A", 0x34F: "", 0xAD: ""}


def test_a_document_outside_the_standards() -> None:
    """Where the standards cannot be kept (a title of nothing visible), the document is made without them."""
    hostile = Hostile(["\u2060"])
    document = to_pdf(hostile.ranking, "en", hostile.keepsake(), shown=hostile.ranking.top())
    assert _read(document).pages
