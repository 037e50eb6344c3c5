"""PDF and Word from the command line: written, reopened, refused, and without their extras."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import docx
import polars as pl
import pytest
from pypdf import PdfReader, PdfWriter

from boussole.cli.main import run
from boussole.installation import extra_command
from support.messages import written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cli.conftest import Done

pytestmark = pytest.mark.usefixtures("trial")

_ANSWERS = ("--set", "profile=commune", "--set", "domain=eau", "--set", "accord=no")


def test_documents_are_written(boussole: Callable[..., Done], trial: Path) -> None:
    """The ending of the name says the form, in any case; the file says who and in which language."""
    names = ("path.pdf", "PATH.DOCX")
    outputs = [part for name in names for part in ("-o", name)]
    done = boussole("recommend", "essai", *_ANSWERS, "--name", "Ann", *outputs)
    assert (done.code, done.out, done.err) == (0, "", written("path.pdf", "PATH.DOCX"))
    assert "Ann, 2026-11-22" in PdfReader(trial / "path.pdf").pages[0].extract_text()
    assert docx.Document(str(trial / "PATH.DOCX")).paragraphs[1].text == "Ann, 2026-11-22"


def test_a_pdf_reopens_to_the_same_result(boussole: Callable[..., Done]) -> None:
    """The answers that a PDF holds give the same JSON, to the byte; its name comes back too."""
    boussole("recommend", "essai", *_ANSWERS, "--name", "Ann", "-o", "path.pdf")
    once = boussole("recommend", "essai", *_ANSWERS, "--to", "json")
    again = boussole("recommend", "essai", "--answers", "path.pdf", "--to", "json")
    assert (again.code, again.out, again.err) == (0, once.out, "")
    assert "Ann" in boussole("recommend", "essai", "--answers", "path.pdf", "--to", "md").out


def test_an_edited_pdf_is_told(boussole: Callable[..., Done], trial: Path) -> None:
    """A PDF whose pages are no longer those that boussole wrote is said to be so, and still opens."""
    boussole("recommend", "essai", *_ANSWERS, "-o", "path.pdf")
    writer = PdfWriter(clone_from=trial / "path.pdf")
    writer.add_blank_page()
    writer.write(trial / "path.pdf")
    done = boussole("recommend", "essai", "--answers", "path.pdf", "--to", "json")
    assert (done.code, done.err) == (0, "“path.pdf” was edited after boussole wrote it; its answers were not.\n")


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-1.7"), ("docx", b"PK\x03\x04")])
def test_documents_go_to_stdout_as_they_are(
    form: str, start: bytes, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Where stdout is no terminal, the bytes go there and nothing else does."""
    assert run(["--lang=en", "recommend", "essai", *_ANSWERS, "--to", form]) == 0
    said = capsysbinary.readouterr()
    assert said.out.startswith(start)
    assert said.err == b""


@pytest.mark.usefixtures("on_a_terminal")
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_documents_are_not_shown_on_a_terminal(form: str, boussole: Callable[..., Done]) -> None:
    """A terminal gets no bytes that it cannot show."""
    done = boussole("recommend", "essai", *_ANSWERS, "--to", form)
    assert (done.code, done.out) == (2, "")
    assert "This form cannot be shown on a terminal.\nWrite it with -o FILE." in done.err


@pytest.mark.parametrize(
    ("module", "file", "said"),
    [
        ("typst", "path.pdf", "PDF needs “typst”, which is not installed.\nRun {pdf}."),
        ("fontpkg_source_sans_3", "path.pdf", "PDF needs “fontpkg_source_sans_3”, which is not installed.\n"),
        ("pypdf", "path.pdf", "PDF needs “pypdf”, which is not installed.\nRun {pdf}."),
        ("docx", "path.docx", "DOCX needs “docx”, which is not installed.\nRun {docx}."),
        ("typst", "path.docx", "DOCX needs “typst”, which is not installed.\nRun {docx}."),
    ],
)
def test_missing_extras(
    module: str, file: str, said: str, boussole: Callable[..., Done], trial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra, the line that installs it is said, and no file is written."""
    monkeypatch.setitem(sys.modules, module, None)
    done = boussole("recommend", "essai", *_ANSWERS, "-o", "path.md", "-o", file)
    assert (done.code, done.out) == (2, "")
    assert said.format(pdf=extra_command("pdf"), docx=extra_command("docx")) in done.err
    assert not list(trial.glob("path.*"))


@pytest.mark.parametrize(
    ("module", "options", "said"),
    [
        ("polars", (), "boussole batch needs “polars”, which is not installed.\n"),
        ("distributed", ("--scheduler", "tcp://a:1"), "boussole batch --scheduler needs “distributed”, which is not"),
    ],
)
def test_batch_needs_its_extras(
    module: str,
    options: Sequence[str],
    said: str,
    boussole: Callable[..., Done],
    trial: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So is it said where rows are to be recommended for, here or on a cluster."""
    folder = trial / "rows"
    folder.mkdir()
    pl.DataFrame({"profile": ["commune"]}).write_parquet(folder / "1.parquet")
    monkeypatch.setitem(sys.modules, module, None)
    done = boussole("batch", "essai", "rows", "-o", "done", *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_reading_a_pdf_needs_its_extra(
    boussole: Callable[..., Done], trial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is it said where a PDF is to be reopened."""
    made = io.BytesIO()
    PdfWriter().write(made)
    (trial / "path.pdf").write_bytes(made.getvalue())
    monkeypatch.setitem(sys.modules, "pypdf", None)
    done = boussole("recommend", "essai", "--answers", "path.pdf")
    assert (done.code, done.out) == (2, "")
    assert f"Run {extra_command('pdf')}." in done.err


def test_a_pdf_of_others_holds_no_answers(boussole: Callable[..., Done], trial: Path) -> None:
    """Any other PDF is refused with what to give instead."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(trial / "other.pdf")
    done = boussole("recommend", "essai", "--answers", "other.pdf")
    assert (done.code, done.out) == (2, "")
    assert "“other.pdf” holds no answers." in done.err
