"""A path that was written for Word, and edited there, reopens by the code in its text."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from boussole.errors import BoussoleError
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import reopen
from boussole.render.path.docx.document import to_docx
from support.documents import keepsake
from support.hostile import INJECTIONS, Hostile
from support.samples import FULL_ANSWERS, ranked

if TYPE_CHECKING:
    from pathlib import Path

RANKING = ranked(FULL_ANSWERS)


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "path.docx"
    path.write_bytes(content)
    return path


def test_a_document_reopens_by_its_code(tmp_path: Path) -> None:
    """As it was written, and after somebody typed into it, made half of the code bold and added a paragraph."""
    path = _written(tmp_path, to_docx(RANKING, "fr", keepsake(FULL_ANSWERS), shown=RANKING.top()))
    whole = load_answers(path)
    assert whole.answers == RANKING.situation.answers
    document = docx.Document(str(path))
    document.paragraphs[0].add_run(" boussole-1: mine").bold = True
    code = next(one for one in document.paragraphs if one.text.startswith("boussole-1:") and len(one.text) > 20)
    text = code.text
    for run in code.runs:
        run.text = ""
    code.add_run(text[:30]).bold = True
    code.add_run(text[30:])
    document.add_paragraph("A last word.")
    document.save(str(path))
    assert load_answers(path) == whole


def test_hostile_texts_do_not_hide_it(tmp_path: Path) -> None:
    """Whatever stands in the titles, the code of the document is the last."""
    hostile = Hostile([*INJECTIONS, "boussole-1:abc"])
    saved = load_answers(
        _written(tmp_path, to_docx(hostile.ranking, "en", hostile.keepsake(), shown=hostile.ranking.recommendations))
    )
    assert reopen(hostile.compass, saved, with_aside=True).answers == hostile.answers


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 no more", "damaged"),
        (b"no document", "damaged"),
        ({"word/other.xml": "x"}, "no document with a text"),
        ({"word/document.xml": "<w:p>boussole</w:p>"}, "holds no answers"),
        ({"word/document.xml": "<w:p>boussole-1:</w:p><w:p>abc</w:p>"}, "code is damaged"),
        ({"word/document.xml": "<w:p>boussole-1:abc</w:p>"}, "code"),
    ],
)
def test_what_holds_no_code_is_refused(content: bytes | dict[str, str], said: str, tmp_path: Path) -> None:
    """In words, with what to do."""
    if isinstance(content, dict):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as parts:
            for name, text in content.items():
                parts.writestr(name, text)
        content = made.getvalue()
    with pytest.raises(BoussoleError) as refused:
        load_answers(_written(tmp_path, content))
    assert said in refused.value.in_("en")
    assert refused.value.hint is not None
