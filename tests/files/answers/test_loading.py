"""Answers open whatever mail clients, editors and people did to their file; a stranger's is refused in a moment."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from boussole.errors import BoussoleError
from boussole.files.answers.checksums import Edited
from boussole.files.answers.loading import load_answers
from boussole.files.answers.many import AnswerSet, read_many
from boussole.files.answers.saved import FENCE, Saved
from boussole.files.answers.share_code import from_code, is_code, to_code
from boussole.limits.table import ANSWERS_BYTES, PDF_PAGES, LimitError
from boussole.render.path.docx.document import to_docx
from boussole.render.path.html import to_html
from boussole.render.path.markdown import to_markdown
from boussole.render.path.pdf import to_pdf
from support.containers import archive, overlapping, pdf
from support.documents import keepsake
from support.samples import FULL_ANSWERS, ranked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWERS = {**FULL_ANSWERS, "nom": "Élan d’Évry", "accord": "yes"}
RANKING = ranked(ANSWERS)
KEPT = keepsake(ANSWERS)
HELD = RANKING.situation.answers
MARKDOWN = to_markdown(RANKING, "fr", KEPT, shown=RANKING.top())
HTML = to_html(RANKING, "fr", KEPT, shown=RANKING.top())
CODE = KEPT.code


def loaded(folder: Path, name: str, content: bytes | str) -> Saved:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_answers(path)


def wrapped(code: str, joint: str, width: int = 40) -> str:
    return joint.join(code[place : place + width] for place in range(0, len(code), width))


TREATED: dict[str, Callable[[str], str]] = {
    "as it was": lambda code: code,
    "a full stop after": lambda code: f"{code}.",
    "French quotes": lambda code: f"«\u00a0{code}\u00a0»",
    "quotes": lambda code: f'"{code}"',
    "quoted by mail": lambda code: "> " + wrapped(code, "\r\n> "),
    "quoted twice": lambda code: ">> " + wrapped(code, "\n>> "),
    "quoted-printable": lambda code: wrapped(code, "=\r\n", 74),
    "characters that show nothing": lambda code: wrapped(code, "\u200b", 9),
    "soft hyphens": lambda code: wrapped(code, "\u00ad", 9),
    "a mark before": lambda code: f"\ufeff{code}",
    "a capital": lambda code: code.replace("boussole", "Boussole"),
    "French typography": lambda code: code.replace(":", "\u00a0:", 1),
    "hyphens that do not break": lambda code: code.replace("-", "\u2011"),
    "long dashes": lambda code: code.replace("--", "\u2013"),
    "a space after the colon": lambda code: code.replace(":", ": ", 1),
    "words after": lambda code: f"{code} voilà le code - bonne lecture",
    "letters of a code after": lambda code: f"{code}\nBonjour",
    "Markdown": lambda code: f"**`{code}`**",
}


@pytest.mark.parametrize("treated", TREATED.values(), ids=TREATED)
def test_a_code_survives(treated: Callable[[str], str], tmp_path: Path) -> None:
    """What mail clients, editors and people do to a code changes nothing, given as a word or in a file of any kind."""
    text = treated(CODE)
    assert from_code(text).answers == HELD
    assert is_code(text)
    for name in ("mail.txt", "mail.md", "mail.eml", "mail"):
        assert loaded(tmp_path, name, f"Bonjour,\n\nvoici :\n{text}\n\n-- \nAnn\n").answers == HELD


@pytest.mark.parametrize("treated", TREATED.values(), ids=TREATED)
def test_each_of_the_codes_of_a_group_survives(treated: Callable[[str], str], tmp_path: Path) -> None:
    """In a text in which several stand, one under the other, each by itself, named by the line it begins on."""
    other = to_code(Saved("essai", {"profile": "etat"}))
    text = f"Table 1 :\n{treated(CODE)}\n\nTable 2 :\n{treated(other)}\n"
    for name in ("codes.txt", "codes.md", "mail.eml", "codes"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        found = {one.name: one.values for one in read_many(path) if isinstance(one, AnswerSet)}
        second = text.count("\n", 0, text.index("Table 2")) + 2
        assert found == {f"{name}:2": from_code(CODE).answers, f"{name}:{second}": {"profile": "etat"}}


def test_a_path_in_a_text_is_one_sheet(tmp_path: Path) -> None:
    """A path that a mail client saved as a text is opened by its answers, which know more than its code."""
    for name in ("path.txt", "path.eml", "path.md"):
        path = tmp_path / name
        path.write_text(MARKDOWN, "utf-8")
        assert [one.name for one in read_many(path)] == [name]


def test_the_last_whole_code_counts() -> None:
    """Where a text holds several, the last that is whole."""
    other = to_code(Saved("essai", {"profile": "etat"}))
    assert from_code(f"{other} puis {CODE} puis boussole-1:cassé").answers == HELD
    assert from_code(f"{CODE} puis {other}").answers == {"profile": "etat"}


def _fence(old: str) -> str:
    head, _, block = old.partition(FENCE)
    return f"{head}~~~~ TOML Boussole-Answers{block.partition('```')[0]}~~~~\n"


MARKDOWNS: dict[str, Callable[[str], str]] = {
    "as it was": lambda text: text,
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "quoted by mail": lambda text: "".join(f"> {line}\n" for line in text.split("\n")),
    "indented": lambda text: "".join(f"    {line}\n" for line in text.split("\n")),
    "no-break indents": lambda text: "".join(f"\u00a0\u00a0{line}\u200b\n" for line in text.split("\n")),
    "another fence": _fence,
    "a fence that lost its word": lambda text: text.replace(FENCE, "```toml"),
    "no fence": lambda text: text.replace(FENCE, "").replace("```\n", ""),
    "text after": lambda text: f"{text}\n\nMerci !\n```\nautre\n```\n",
}


@pytest.mark.parametrize("treated", MARKDOWNS.values(), ids=MARKDOWNS)
def test_a_markdown_path_survives(treated: Callable[[str], str], tmp_path: Path) -> None:
    """Quoted, indented, in another fence or in none, its answers are found."""
    for name in ("path.md", "path.txt"):
        saved = loaded(tmp_path, name, treated(MARKDOWN))
        assert saved.answers == HELD
        assert saved.edited is not Edited.ANSWERS


HTMLS: dict[str, Callable[[str], str]] = {
    "as it was": lambda page: page,
    "capitals": lambda page: page.replace("<pre", "<PRE").replace("</pre>", "</PRE >"),
    "other attributes": lambda page: page.replace('id="boussole-answers"', "class=x\n ID = 'boussole-answers' dir=ltr"),
    "line breaks as tags": lambda page: page.replace("\nprofile =", "<br>profile ="),
    "parts marked": lambda page: page.replace("profile =", "<span style='x'>profile</span> ="),
    "the element is gone": lambda page: page.replace('id="boussole-answers"', ""),
    "the code in parts": lambda page: page.replace('id="boussole-answers"', "").replace(
        CODE, f"{CODE[:9]}<wbr>{CODE[9:30]}<b>{CODE[30:]}</b>"
    ),
}


@pytest.mark.parametrize("treated", HTMLS.values(), ids=HTMLS)
def test_an_html_path_survives(treated: Callable[[str], str], tmp_path: Path) -> None:
    """Written again by an editor, or without its element: then it is the code that opens."""
    for name in ("path.html", "path.txt"):
        assert loaded(tmp_path, name, treated(HTML)).answers == HELD


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_another_encoding(encoding: str, tmp_path: Path) -> None:
    """Read in the encoding that it declares or shows: every letter comes back, nothing is replaced."""
    text = MARKDOWN.replace("\u202f", " ")
    assert loaded(tmp_path, "path.md", text.encode(encoding, "xmlcharrefreplace")).answers == HELD
    page = HTML.replace('charset="utf-8"', f'charset="{encoding}"').replace("charset=utf-8", f"charset={encoding}")
    assert loaded(tmp_path, "path.html", page.encode(encoding, "xmlcharrefreplace")).answers == HELD


@pytest.mark.parametrize(
    "content",
    [
        MARKDOWN.encode("cp850", "replace"),
        MARKDOWN.encode() + b"\xff",
        b"\xff\xfe\x00",
        b'<meta charset="utf-8">' + "é".encode("cp1252"),
        b'<meta charset="rot13">\xe9',
        b'<meta charset="punycode">\xe9',
        b"\x81\x8d",
    ],
)
def test_text_in_no_encoding_is_refused(content: bytes, tmp_path: Path) -> None:
    """Never read with letters replaced."""
    for name in ("path.md", "path.html"):
        with pytest.raises(BoussoleError, match=r"encodage|réponses"):
            loaded(tmp_path, name, content)


def test_a_pdf_that_lost_its_attachment(tmp_path: Path) -> None:
    """Printed again, or saved by a program that keeps no attachments, it opens by the code in its text."""
    whole = PdfReader(io.BytesIO(to_pdf(RANKING, "fr", KEPT, shown=RANKING.top())))
    writer = PdfWriter()
    for page in whole.pages:
        writer.add_page(page)
    made = io.BytesIO()
    writer.write(made)
    assert not PdfReader(io.BytesIO(made.getvalue())).attachments
    assert loaded(tmp_path, "path.pdf", made.getvalue()).answers == HELD


def test_a_word_path_survives(tmp_path: Path) -> None:
    """With hyphens that do not break, tracked deletions after the code, or as LibreOffice saves it."""
    path = tmp_path / "path.docx"
    path.write_bytes(to_docx(RANKING, "fr", KEPT, shown=RANKING.top()))
    document = docx.Document(str(path))
    document.add_paragraph("Un dernier mot.")
    document.save(str(path))
    with zipfile.ZipFile(path) as parts:
        text = parts.read("word/document.xml").decode()
    hyphens = text.replace(CODE, CODE.replace("-", "</w:t><w:noBreakHyphen/><w:t>"))
    deleted = text.replace("Un dernier mot.", "x</w:t><w:delText>boussole-1:abc</w:delText><w:t>y")
    for one in (text, hyphens, deleted):
        assert loaded(tmp_path, "again.docx", archive({"word/document.xml": one})).answers == HELD
    odt = f"<office:text><text:p>{CODE[:50]}<text:span>{CODE[50:]}</text:span></text:p></office:text>"
    assert loaded(tmp_path, "path.odt", archive({"content.xml": odt})).answers == HELD


# --- From strangers --------------------------------------------------------------------------------------------------


def test_a_document_that_swells_is_refused(tmp_path: Path) -> None:
    """937 bytes of bzip2 took 2.1 GB; entries that share their bytes, and one that is all spaces, are refused too."""
    packed = archive({"word/document.xml": b" " * (64 << 20)}, zipfile.ZIP_BZIP2)
    assert len(packed) < 1000
    for content in (packed, overlapping(100, 1 << 20), archive({"word/document.xml": b" " * (64 << 20)})):
        with pytest.raises(BoussoleError, match="ne peut pas être lu"):
            loaded(tmp_path, "path.docx", content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(pdf([bytes(12 << 20)], "/DecodeParms<</Predictor 15/Columns 4>>"), id="undone row by row"),
        pytest.param(pdf([bytes(7 << 20)] * 3), id="many streams"),
        pytest.param(pdf([b""] * (PDF_PAGES.most + 1)), id="many pages"),
        pytest.param(pdf([b"q\n" * 4_000_000], attachment=None), id="a long text"),
    ],
)
def test_a_pdf_that_works_a_reader_is_refused(content: bytes, tmp_path: Path) -> None:
    """43 kB took 6 s: whatever a few bytes ask for, the answer comes in a moment."""
    start = time.process_time()
    with pytest.raises(BoussoleError):
        loaded(tmp_path, "path.pdf", content)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.html", "<pre id=boussole-answers "),
        ("a.html", "<pre id=boussole-answers>"),
        ("a.html", "<!"),
        ("a.html", "<br <br"),
        ("a.html", "&#9"),
        ("a.html", "boussole-1:"),
        ("a.md", f"{FENCE}\n"),
        ("a.md", "> > "),
        ("a.md", "format = 1\n"),
        ("a.txt", "boussole-1:"),
        ("a.txt", "boussole-1:A\n>"),
        ("a.txt", "boussole-"),
    ],
)
def test_nothing_is_quadratic(name: str, piece: str, tmp_path: Path) -> None:
    """A megabyte of whatever begins something is read or refused in a moment."""
    head = "<pre " if "id=" in piece and ">" not in piece else ""
    start = time.process_time()
    with pytest.raises(BoussoleError):
        loaded(tmp_path, name, head + piece * ((1 << 20) // len(piece)))
    assert time.process_time() - start < 3


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """Before it is read whole."""
    with pytest.raises(BoussoleError, match=r"8.Mio"):
        loaded(tmp_path, "a.md", bytes(ANSWERS_BYTES.most + 1))
    assert issubclass(LimitError, BoussoleError)
