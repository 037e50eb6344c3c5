"""Names of files made of what cells hold."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.batch.file_names import FileNames, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pays de l’Élan", "Pays de l’Élan"),
        ("../../etc/passwd", "etc-passwd"),
        ("/root", "root"),
        ("C:\\temp\\x", "C--temp-x"),
        ("a\tb\nc  d", "a b c d"),
        ("x\u202ey\x00", "xy"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("fin. ", "fin"),
        ("é" * 300, "é" * 90),
        ("..", ""),
        (" \u00a0\ufeff", ""),
    ],
)
def test_a_text_becomes_a_name_that_every_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_each_file_has_its_own_name_on_every_system() -> None:
    """Capitals, accents coded in two ways, and numbers that are given or made."""
    names = FileNames(".md")
    wanted = ["Eau", "EAU", None, "3", "eau-2", "e\u0301", "é"]
    found = [names.name(text, number) for number, text in enumerate(wanted, 1)]
    assert found == ["Eau.md", "EAU-2.md", "3.md", "3-2.md", "eau-2-2.md", "é.md", "é-2.md"]


@given(st.lists(st.text() | st.sampled_from(["a", "A", "a-2", "..", "/", "con", "a/../b"]), max_size=30))
def test_whatever_cells_hold_names_are_safe_and_their_own(texts: list[str]) -> None:
    names = FileNames(".html")
    found = [names.name(text, number) for number, text in enumerate(texts, 1)]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in found}) == len(texts)
    for name in found:
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert len(name.encode()) < 200
        assert not name.startswith((".", "-"))
