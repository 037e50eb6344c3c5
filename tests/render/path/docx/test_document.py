"""The Word document of a path: real headings, lists and links, and nothing of whoever made it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.escape import FORBIDDEN, web_address
from boussole.i18n import LANGUAGES
from boussole.render.path.content import path_content
from boussole.render.path.docx.document import to_docx
from boussole.render.path.docx.rose import rose_png
from support.documents import keepsake, letters, shown_texts
from support.hostile import INJECTIONS, Hostile
from support.samples import FEW_ANSWERS, FULL_ANSWERS, NAUGHTY, TEXTS, TODAY, ranked, replace

if TYPE_CHECKING:
    from docx.document import Document

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def _docx(answers: dict[str, object], language: str = "en", name: str | None = None) -> bytes:
    ranking = ranked(answers)
    return to_docx(ranking, language, keepsake(answers, name), shown=ranking.top(), left_out=True)


def _opened(document: bytes) -> Document:
    return docx.Document(io.BytesIO(document))


def _text(document: bytes) -> str:
    """Return all the text of the body, of tables and drawings too."""
    found: Any = _opened(document).element.body.iter(qn("w:t"), qn("w:br"), qn("w:p"))
    return "".join(node.text or "" if node.tag == qn("w:t") else "\n" for node in found)


def _styled(document: bytes, style: str) -> list[str]:
    return [one.text for one in _opened(document).paragraphs if one.style is not None and one.style.name == style]


def _addresses(document: bytes) -> set[str]:
    part = _opened(document).part
    return {one.target_ref for one in part.rels.values() if one.is_external}


# --- What it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [FULL_ANSWERS, FEW_ANSWERS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_document(answers: dict[str, object], language: str) -> None:
    """Every text of the path stands in it, in both languages; the code to share too."""
    ranking, kept = ranked(answers), keepsake(answers, "Ann-Lou *K*")
    content = path_content(ranking, language, kept, shown=ranking.top(), left_out=True)
    found = _text(_docx(answers, language, "Ann-Lou *K*"))
    joined = letters(found).lower()
    assert not [text for text in shown_texts(content) if letters(text).lower() not in joined]
    assert kept.code in found


def test_a_document_of_nothing() -> None:
    """Where nothing fits, the document says so and is still whole."""
    nothing = replace(ranked({}), recommendations=(), left_out=())
    said = _text(to_docx(nothing, "en", keepsake({}), shown=()))
    assert "No MEDOC fits these answers." in said
    assert "How this list is made" in said


def test_headings_are_headings() -> None:
    """The title, sections, stages and steps have the styles that word processors make contents of."""
    document = _docx(FULL_ANSWERS)
    assert _styled(document, "Title") == ["My path: Trial compass"]
    assert _styled(document, "Heading 1") == [
        "Where I stand", "My path", "My list", "Left out", "My answers", "How this list is made",
        "To share or reopen this path",
    ]  # fmt: skip
    assert _styled(document, "Heading 2") == ["2. Act", "At any time"]
    assert _styled(document, "Heading 3") == ["Offer [beta] R&D", "Writing a charter", "Water atlas"]


def test_lists_are_lists() -> None:
    """What is left out and what is to find out are lists."""
    left_out = [
        "State guide: Profile: made for others (State)",
        "Reserved tool · seen at d.example: Kept for another case: “What means?”: Solid",
    ]
    assert _styled(_docx(FULL_ANSWERS), "List Bullet") == left_out
    assert "Who are you?" in _styled(_docx(FEW_ANSWERS), "List Bullet")


def test_tables_have_our_style() -> None:
    """Tables share one style; the list repeats its headings on each page, the others have none."""
    tables = _opened(_docx(FULL_ANSWERS)).tables
    assert [table.style.name for table in tables if table.style is not None] == ["Boussole Table"] * 3
    heads: list[bool] = [bool(table._tbl.xpath("w:tr/w:trPr/w:tblHeader")) for table in tables]  # noqa: SLF001
    looks = [table._tbl.xpath("string(w:tblPr/w:tblLook/@w:firstRow)") for table in tables]  # noqa: SLF001
    assert heads == [False, True, False]
    assert looks == ["0", "1", "0"]
    assert [cell.text for cell in tables[1].rows[0].cells] == ["Rank", "MEDOC", "Kind", "Score"]
    assert tables[1].rows[1].cells[2].text == "●\u00a0O Tool"


def test_links_lead_where_the_catalogue_says() -> None:
    """Titles with a web address are links in the style of links; where there is none, the source is one."""
    document = _docx(FULL_ANSWERS)
    own = {"https://a.example/offre?x=1&y=2", "https://b.example/", "https://d.example/"}
    assert _addresses(document) == own | {"https://b.example/bis", "https://c.example/"}
    links: Any = _opened(document).element.body.iter(qn("w:hyperlink"))
    for link in links:
        assert link.xpath("string(w:r/w:rPr/w:rStyle/@w:val)") == "Hyperlink"
        assert link.xpath("string(w:r/w:t)")


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_title_and_language(language: str, locale: str) -> None:
    """Title, subject and language are set; nobody is its author; it was made on the day of the path."""
    document = _opened(_docx(FULL_ANSWERS, language))
    properties = document.core_properties
    assert properties.title.endswith({"fr": "Boussole d’essai", "en": "Trial compass"}[language])
    assert properties.subject == {"fr": "Pour essayer.", "en": "To try."}[language]
    assert properties.language == language
    assert (properties.author, properties.last_modified_by, properties.comments, properties.keywords) == ("",) * 4
    assert properties.created == properties.modified == dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    assert document.styles.element.xpath("string(w:docDefaults//w:lang/@w:val)") == locale


def test_the_same_bytes() -> None:
    """The same content gives the same bytes, and no part says when it was packed or by which program."""
    document = _docx(FULL_ANSWERS, name="Ann")
    assert document == _docx(FULL_ANSWERS, name="Ann")
    assert document != _docx(FULL_ANSWERS, name="Bob")
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        assert {part.date_time for part in parts.infolist()} == {_ZIP_EPOCH}
        assert not [name for name in parts.namelist() if re.search("app.xml|thumbnail|customXml|WithEffects", name)]
        assert parts.testzip() is None


def test_pages_are_numbered() -> None:
    """The foot of each page holds the title, the page and how many there are, as fields."""
    foot = _opened(_docx(FULL_ANSWERS)).sections[0].footer.paragraphs[0]
    fields = [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))]  # noqa: SLF001
    assert fields == ["PAGE", "NUMPAGES"]
    assert foot.text.startswith("My path: Trial compass\t")


def test_pictures_say_themselves_in_words() -> None:
    """The rose is drawn with its labels, and said in words; so is the QR code."""
    document = _docx(FULL_ANSWERS)
    body: Any = _opened(document).element.body
    told = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert told == [
        "My position on each axis: Trust: 50 out of 100; Means: 0 out of 100; Agreement: 0 out of 100",
        "QR code of the line to share",
    ]


def test_the_rose_is_a_picture() -> None:
    """It stands first, 8.4 cm wide; where there are too few directions for a rose, there is none."""
    rose, qr = _opened(_docx(FULL_ANSWERS)).inline_shapes
    assert (round(rose.width.cm, 1), round(qr.width.cm, 1)) == (8.4, 3.6)
    assert len(_opened(_docx(FEW_ANSWERS)).inline_shapes) == 1


def test_letters_without_a_drawing_are_said_in_the_rose() -> None:
    """Letters of a label that the fonts cannot draw stand as their numbers, not as empty boxes."""
    content = path_content(ranked(FULL_ANSWERS), "en", keepsake(FULL_ANSWERS), shown=())
    assert content.position.rose is not None
    first, *others = content.position.rose.directions
    drawn = {
        title: rose_png(
            content._replace(
                position=content.position._replace(
                    rose=content.position.rose._replace(directions=(first._replace(title=title), *others))
                )
            ),
            TODAY,
        )
        for title in ("日本", "[U+65E5][U+672C]")
    }
    assert drawn["日本"] == drawn["[U+65E5][U+672C]"]


def test_a_code_too_long_for_squares() -> None:
    """Where a code is too long for a QR code, the document has the code only, and says so."""
    long = keepsake(FULL_ANSWERS)._replace(code="boussole-1:" + "x" * 5000)
    document = to_docx(ranked(FULL_ANSWERS), "en", long, shown=())
    assert "This line is too long for a QR code." in _text(document)
    assert [len(_opened(one).inline_shapes) for one in (document, _docx(FULL_ANSWERS))] == [1, 2]


# --- Whatever the strings are -----------------------------------------------------------------------------------------


def _check(hostile: Hostile) -> None:
    ranking, kept = hostile.ranking, hostile.keepsake()
    document = to_docx(ranking, "en", kept, shown=ranking.top(), left_out=True)
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                parse_xml(parts.read(name))
    for address in _addresses(document):
        assert web_address(address) == address
    found = _text(document)
    assert not re.search(FORBIDDEN, found.replace("\n", ""))
    content = path_content(ranking, "en", kept, shown=ranking.top(), left_out=True)
    joined = letters(found)
    assert not [text for text in shown_texts(content) if letters(text) not in joined]


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 80))
def test_naughty_strings_everywhere(start: int) -> None:
    """With a naughty string as every text, the document opens, says every one, and links to the web only."""
    _check(Hostile(NAUGHTY[start : start + 80]))


def test_injections_everywhere() -> None:
    """The same with what somebody writes who wants a document to do something."""
    for start in range(0, len(INJECTIONS), 10):
        _check(Hostile(INJECTIONS[start : start + 10]))


@settings(max_examples=20)  # a document takes a while
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_strings_everywhere(texts: list[str]) -> None:
    """The same with any strings."""
    _check(Hostile(texts))
