"""The answers that a PDF carries open whatever was done to its pages, and say what was."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

from boussole.errors import BoussoleError
from boussole.files.answers.checksums import Edited
from boussole.files.answers.in_pdf import NAME, sealed_over
from boussole.files.answers.loading import load_answers
from boussole.render.path.pdf import to_pdf
from support.documents import keepsake
from support.samples import FULL_ANSWERS, ranked

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.files.answers.saved import Saved


@cache
def _path(answers_file: str = "") -> bytes:
    ranking, kept = ranked(FULL_ANSWERS), keepsake(FULL_ANSWERS, "Ann")
    if answers_file:
        return to_pdf(ranking, "en", kept._replace(answers_file=answers_file), shown=ranking.top())
    return to_pdf(ranking, "en", kept, shown=ranking.top(), seal=sealed_over)


def _written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _copy() -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(_path())))


def _loaded(document: bytes, folder: Path) -> Saved:
    (folder / "path.pdf").write_bytes(document)
    return load_answers(folder / "path.pdf")


@pytest.mark.parametrize("name", ["path.pdf", "PATH.PDF", "path", "path.md"])
def test_a_document_is_known_by_how_it_begins(name: str, tmp_path: Path) -> None:
    """A PDF reopens whatever it is called."""
    (tmp_path / name).write_bytes(_path())
    saved = load_answers(tmp_path / name)
    assert (saved.name, saved.edited) == ("Ann", Edited.NOTHING)


def test_a_document_written_again_is_not_edited(tmp_path: Path) -> None:
    """Another program may pack the same pages its own way, and a reader may write notes on them."""
    writer = _copy()
    assert _loaded(_written(writer), tmp_path).edited is Edited.NOTHING
    writer.compress_identical_objects()
    writer.add_annotation(0, FreeText(text="To discuss", rect=(50, 50, 200, 100)))
    again = _written(writer)
    assert again != _path()
    assert _loaded(again, tmp_path).edited is Edited.NOTHING


def test_edited_pages_are_told(tmp_path: Path) -> None:
    """Other words on a page, another page, a link that leads elsewhere: the answers still open."""
    words, pages, links = _copy(), _copy(), _copy()
    drawn = DecodedStreamObject()
    drawn.set_data(b"BT ET")
    words.pages[0][NameObject("/Contents")] = words._add_object(drawn)  # noqa: SLF001 - pypdf has no other way
    pages.add_blank_page()
    for note in links.pages[0].annotations or ():
        action = note.get_object()["/A"]
        action[NameObject("/URI")] = TextStringObject("https://elsewhere.example/")
    for edited in (words, pages, links):
        saved = _loaded(_written(edited), tmp_path)
        assert saved.edited is Edited.SOMETHING
        assert saved.answers == ranked(FULL_ANSWERS).situation.answers


def test_edited_answers_are_told(tmp_path: Path) -> None:
    """Other answers attached are said to be so, and still open."""
    saved = _loaded(_path(keepsake(FULL_ANSWERS).answers_file.replace("1500", "1501")), tmp_path)
    assert (saved.edited, saved.answers["habitants"]) == (Edited.ANSWERS, 1501)


def test_mistakes_in_attached_answers_are_placed(tmp_path: Path) -> None:
    """A problem in the attached file names the document, and the line of the file."""
    with pytest.raises(BoussoleError) as caught:
        _loaded(_path("format = 1\ncompass = 3\n"), tmp_path)
    assert f"{tmp_path / 'path.pdf'}:2:11" in caught.value.in_("en")


def test_a_document_without_answers(tmp_path: Path) -> None:
    """Any other PDF is said to hold no answers."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    with pytest.raises(BoussoleError) as caught:
        _loaded(_written(writer), tmp_path)
    assert caught.value.in_("en") == (
        f"“{tmp_path / 'path.pdf'}” holds no answers.\n"
        "Give an answers file, or a path exported by boussole, whole to its end."
    )


def test_a_locked_document(tmp_path: Path) -> None:
    """A PDF with a password cannot be read, and is said to be so."""
    writer = _copy()
    writer.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(BoussoleError) as caught:
        _loaded(_written(writer), tmp_path)
    assert "cannot be read: the PDF is damaged or locked." in caught.value.in_("en")


@given(st.integers(0, 10_000), st.binary(max_size=40))
def test_a_damaged_document_opens_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, put: bytes
) -> None:
    """Whatever happened to the bytes, the answers open or one error says why they do not."""
    whole = _path()
    start = len(whole) * place // 10_000
    for broken in (whole[:start], whole[:start] + put, whole[:start] + put + whole[start + len(put) :]):
        if broken.startswith(b"%PDF-"):
            with suppress(BoussoleError):
                assert _loaded(broken, tmp_path_factory.getbasetemp()).answers


def test_the_attachment_is_called_what_is_looked_for() -> None:
    """The template and the reader agree on the name."""
    assert list(PdfReader(io.BytesIO(_path())).attachments) == [NAME]
