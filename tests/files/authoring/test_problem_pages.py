"""The page of a problem's code is found however it is typed, also once installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.files import library
from boussole.files.authoring.problem_pages import explanation, known_codes
from boussole.i18n import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_explained_in_every_language(language: str) -> None:
    """Each page is the one of its code; none is another's, or the other language's."""
    pages = {code: explanation(code, language) for code in known_codes()}
    assert {code: page.split(" ")[1] for code, page in pages.items()} == {code: code for code in pages}
    severity = {"fr": "Erreur|Avertissement|Remarque", "en": "Error|Warning|Note"}[language]
    assert [code for code, page in pages.items() if not re.search(rf"^({severity})$", page, re.MULTILINE)] == []


def test_codes_come_in_order() -> None:
    """Those of answers, of files, of maps and of tables; the indexes of the folder are no codes."""
    codes = known_codes()
    assert list(codes) == sorted(codes)
    assert codes[0] == "A101"
    assert all(re.fullmatch(r"[ABMT]\d{3}", code) for code in codes)
    assert {code[0] for code in codes} == set("ABMT")


@pytest.mark.parametrize("written", ["b101", "B101", " b101 "])
def test_a_code_may_be_typed_in_any_way(written: str) -> None:
    """In capitals or not, with spaces around."""
    assert explanation(written, "fr").startswith("# B101 · une clé inconnue\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_printed_as_it_is(language: str) -> None:
    """It ends its last line, and only once."""
    page = explanation("B101", language)
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("B1011", "Did you mean “B101”?"),
        ("101", "Write A101, B101, M101 or T101."),
        ("513", "Write B513."),
        ("hello", "Write a code such as B101."),
        ("", "Write a code such as B101."),
        ("../README", "Write a code such as B101."),
    ],
)
def test_a_code_that_does_not_exist_is_refused(code: str, hint: str) -> None:
    """With the nearest one, where there is one; what is typed never leads to another file."""
    with pytest.raises(BoussoleError) as refused:
        explanation(code, "fr")
    assert refused.value.in_("en") == f"There is no problem code “{code}”.\n{hint}"


def test_the_pages_inside_a_wheel_are_read_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed boussole has them beside the definitions it ships."""
    folder = tmp_path / "shipped" / "problems"
    folder.mkdir(parents=True)
    (folder / "B999.md").write_text("# B999 · à part\n", "utf-8")
    (folder / "B999.en.md").write_text("# B999 · apart\n", "utf-8")
    monkeypatch.setattr(library, "_PACKAGE", tmp_path)
    assert known_codes() == ("B999",)
    assert explanation("b999", "fr") == "# B999 · à part\n"
    assert explanation("b999", "en") == "# B999 · apart\n"
