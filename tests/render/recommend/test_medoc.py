"""One MEDOC shown whole, and lists of them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from boussole.core.definitions.text import Text
from boussole.escape import FORBIDDEN, plain_text
from boussole.render.recommend.medoc import medoc_lines
from support.samples import NAUGHTY, TEXTS, TODAY, catalogue, replace

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("id_", ["offre-beta", "atlas", "atlas-bis", "charte", "fiche"])
def test_a_sheet(id_: str, golden: Callable[[str, str], None]) -> None:
    """What it is, for whom, when not, what comes before, what is proven, where it was checked."""
    golden(f"sheet-{id_}.txt", "\n".join(medoc_lines(catalogue().medoc[id_], catalogue(), "en", TODAY)) + "\n")


def test_the_title_comes_first_with_its_code() -> None:
    """The first line is the title, after the number people know it by."""
    atlas = catalogue().medoc["atlas"]
    assert medoc_lines(atlas, catalogue(), "fr", TODAY)[0] == "1.1 · Atlas de l’eau"


def test_out_of_date_from_the_day_after() -> None:
    """A MEDOC is marked out of date after its day, not on it."""
    atlas = catalogue().medoc["atlas-bis"]
    facts = [medoc_lines(atlas, catalogue(), "en", dt.date(2026, 1, day))[2] for day in (30, 31)]
    assert not [line for line in facts if "out of date" in line]
    assert "out of date since 2026-01-31" in medoc_lines(atlas, catalogue(), "en", dt.date(2026, 2, 1))[2]


def _lines(text: str) -> list[str]:
    made = Text({"en": text}, "en")
    medoc = replace(
        catalogue().medoc["offre-beta"],
        title=made,
        summary=made,
        code=text,
        publisher=text,
        url=text,
        format=text,
        source=text,
        language=text,
    )
    return medoc_lines(medoc, catalogue(), "en", TODAY)


@given(TEXTS)
def test_no_text_drives_the_terminal(text: str) -> None:
    """Whatever the texts, every line is one line without control characters."""
    lines = _lines(text)
    assert plain_text(text) in lines[0]
    assert not [line for line in lines if "\n" in line or re.search(FORBIDDEN, line)]


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_naughty_string_drives_the_terminal(text: str) -> None:
    """The same with each naughty string."""
    assert not [line for line in _lines(text) if "\n" in line or re.search(FORBIDDEN, line)]


def test_what_replaces_it_stands_under_its_title() -> None:
    """By its title and its id; by its id alone where the catalogue has it no longer."""
    replaced = replace(catalogue().medoc["atlas"], superseded_by="atlas-bis")
    assert "Replaced by “Second atlas”: atlas-bis" in medoc_lines(replaced, catalogue(), "en", TODAY)[:4]
    gone = replace(replaced, superseded_by="gone")
    assert "Replaced by “gone”: gone" in medoc_lines(gone, catalogue(), "en", TODAY)
