"""A result as CSV: one row per MEDOC, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate
from boussole.escape import plain_text
from boussole.render.recommend.csv import COLUMNS, to_csv
from support.samples import FEW_ANSWERS, FULL_ANSWERS, NAUGHTY, TEXTS, catalogue, compass, ranked, replace

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Medoc


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_for_each_recommendation() -> None:
    """A header, then rank, tie, ids, title, address, score, why and source, in the order of the ranking."""
    ranking = ranked(FULL_ANSWERS)
    written = to_csv(ranking, "en", shown=ranking.top(4))
    assert written.startswith(",".join(COLUMNS) + "\n")
    assert "\r" not in written
    rows = _rows(written)
    assert [(row["rank"], row["tied"], row["id"]) for row in rows] == [
        ("1", "no", "offre-beta"),
        ("2", "no", "charte"),
        ("3", "yes", "atlas"),
        ("3", "yes", "atlas-bis"),
    ]
    assert rows[0] == {
        "rank": "1",
        "tied": "no",
        "id": "offre-beta",
        "kind": "outil",
        "stage": "agir",
        "title": "Offer [beta] R&D",
        "url": "https://a.example/offre?x=1&y=2",
        "score": "925",
        "why": "Field: made for Water; Profile: made for Town; Proven by practice: 5 out of 9",
        "source": "https://a.example/source",
    }
    assert rows[1]["url"] == ""  # javascript: is no web address
    assert rows[2]["stage"] == ""


def test_what_is_left_out_has_no_rank() -> None:
    """Asked for, the MEDOC left out follow, without rank or score, with why."""
    ranking = ranked(FULL_ANSWERS)
    rows = _rows(to_csv(ranking, "en", shown=ranking.top(1), left_out=True))
    assert [(row["rank"], row["score"], row["id"]) for row in rows[1:]] == [("", "", "guide-etat"), ("", "", "secret")]
    assert rows[1]["why"] == "Profile: made for others (State)"


def test_titles_in_the_language_asked_for() -> None:
    """Titles are said in the language of the run, ids are not."""
    ranking = ranked(FEW_ANSWERS)
    rows = _rows(to_csv(ranking, "fr", shown=ranking.recommendations, left_out=True))
    assert {row["id"]: row["title"] for row in rows}["fiche"] == "'=FICHE()"
    assert {row["id"]: row["title"] for row in rows}["offre-beta"] == "Offre [beta] R&D"


def _with_title(text: str) -> Ranking:
    medoc: Medoc = replace(catalogue().medoc["atlas"], title=Text({"fr": text}, "fr"), url=text)
    return rank(compass(), replace(catalogue(), medoc={"atlas": medoc}), situate(compass(), Answers.of()))


def _check_cell(text: str) -> None:
    written = to_csv(_with_title(text), "fr", shown=_with_title(text).recommendations)
    assert written.count("\n") == 2
    (row,) = _rows(written)
    assert None not in row
    assert row["title"].removeprefix("'") == plain_text(text).removeprefix("'")
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@given(TEXTS)
def test_any_title_is_one_cell_and_no_formula(text: str) -> None:
    """Whatever the title and address: one row, read back whole, that no spreadsheet computes."""
    _check_cell(text)


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_are_cells(text: str) -> None:
    """The same for each naughty string."""
    _check_cell(text)
