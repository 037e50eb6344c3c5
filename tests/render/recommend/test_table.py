"""A result as a table for the terminal, at any width."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from boussole.cli.console import as_text
from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate
from boussole.escape import FORBIDDEN
from boussole.render.recommend.rose import axis_points, in_words
from boussole.render.recommend.table import position_picture, to_table
from support.samples import FEW_ANSWERS, FULL_ANSWERS, NAUGHTY, TEXTS, catalogue, compass, ranked, replace

if TYPE_CHECKING:
    from collections.abc import Callable


def _shown(ranking: Ranking, width: int, language: str = "en", *, left_out: bool = False) -> str:
    table = to_table(ranking, language, width=width, shown=ranking.recommendations, left_out=left_out)
    return as_text(table, width, on_screen=False)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(("name", "answers"), [("full", FULL_ANSWERS), ("few", FEW_ANSWERS)])
def test_a_whole_result(name: str, answers: dict[str, object], width: int, golden: Callable[[str, str], None]) -> None:
    """The position, the list, what is left out, what to find out and the rule, sized to the screen."""
    golden(f"{name}-{width}.txt", _shown(ranked(answers), width, left_out=True))


def _position(answers: dict[str, object], width: int, rows: int | None = None) -> list[str]:
    """Return the lines of a position, without the blank ones around it."""
    return as_text(position_picture(ranked(answers), "en", width, rows), width, on_screen=False).strip("\n").split("\n")


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
@pytest.mark.parametrize("rows", [*range(1, 30), 60])
def test_a_position_takes_no_more_rows_than_it_has_to(width: int, rows: int) -> None:
    """Within so many rows the rose gets smaller, then goes, and nothing that is said goes with it."""
    whole, least = _position(FULL_ANSWERS, width), _position(FULL_ANSWERS, width, 1)
    within = _position(FULL_ANSWERS, width, rows)
    assert len(within) <= max(rows, len(least))
    assert within == whole or len(whole) > rows
    said = Counter(" ".join(within).split())
    told = ["Where I stand", "Profile: Town", "Field: Water", *in_words(axis_points(ranked(FULL_ANSWERS)), "en")]
    assert Counter(" ".join(told).split()) <= said


@pytest.mark.parametrize("width", [1, 2, 5, 10, 20, 39, 40, 69, 70, 80, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    """At any width the result is there, within the width."""
    lines = _shown(ranked(FULL_ANSWERS), width, left_out=True).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("width", [30, 40, 60, 70, 80, 120])
def test_ranks_ties_and_scores_are_whole(width: int) -> None:
    """A shared rank is written with =, and no score is cut."""
    words = _shown(ranked(FULL_ANSWERS), width).split()
    assert words.count("3=") == 2
    assert {"1", "2", "5", "925", "536", "500", "376"} <= set(words)


def test_text_is_never_markup() -> None:
    """A title in square brackets shows whole: Rich reads no markup, emoji code or link in it."""
    titles = ["Offre [beta] R&D", "[bold red]x[/]", ":warning:", "[link=https://a.example]y[/link]", "[/]"]
    medoc = {
        f"m{number}": replace(catalogue().medoc["atlas"], id=f"m{number}", title=Text({"en": title}, "en"))
        for number, title in enumerate(titles)
    }
    made = replace(catalogue(), medoc=medoc)
    ranking = rank(compass(), made, situate(compass(), Answers.of(domain=["eau"])))
    shown = _shown(ranking, 200)
    assert [title for title in titles if title not in shown] == []


def _hostile(texts: list[str]) -> Ranking:
    strings = iter(texts * 50)
    medoc = {
        id_: replace(one, title=Text({"en": next(strings)}, "en")) for id_, one in list(catalogue().medoc.items())[:4]
    }
    facets = {
        id_: replace(
            facet,
            title=Text({"en": next(strings)}, "en"),
            terms={key: replace(term, title=Text({"en": next(strings)}, "en")) for key, term in facet.terms.items()},
        )
        for id_, facet in catalogue().facets.items()
    }
    questions = {id_: replace(one, ask=Text({"en": next(strings)}, "en")) for id_, one in compass().questions.items()}
    axes = {id_: replace(axis, title=Text({"en": next(strings)}, "en")) for id_, axis in compass().axes.items()}
    asked = replace(compass(), questions=questions, axes=axes)
    answers = Answers.given({"domain": ("energie",), "confiance": "?", "moyens": "aucun", "accord": "no"})
    return rank(asked, replace(catalogue(), medoc=medoc, facets=facets), situate(asked, answers))


@given(st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from([40, 80]))
def test_no_text_drives_the_terminal(texts: list[str], width: int) -> None:
    """Whatever the texts, the result holds no control character but its line breaks."""
    assert not re.search(FORBIDDEN, _shown(_hostile(texts), width, left_out=True))


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 40))
def test_no_naughty_string_drives_the_terminal(start: int) -> None:
    """The same with the naughty strings."""
    assert not re.search(FORBIDDEN, _shown(_hostile(NAUGHTY[start : start + 40]), 80, left_out=True))


def test_wide_letters_fit() -> None:
    """A title in letters two columns wide shows whole and within the width."""
    title = "社會科學院語學研究所" * 6
    medoc = {"atlas": replace(catalogue().medoc["atlas"], title=Text({"en": title}, "en"))}
    ranking = rank(compass(), replace(catalogue(), medoc=medoc), situate(compass(), Answers.of()))
    for width in (40, 80):
        shown = _shown(ranking, width)
        assert max(map(cell_len, shown.split("\n"))) <= width
        assert sum(shown.count(letter) for letter in set(title)) == len(title)


def test_a_rose_of_a_facet_stands_above_the_axes() -> None:
    """Where the rose shows a facet, the axes are still there, as bars."""
    asked = replace(compass(), rose="profile")
    ranking = rank(asked, catalogue(), situate(asked, Answers.of(profile="etat", confiance=2)))
    shown = _shown(ranking, 80)
    assert "●" in shown
    assert f"{'█' * 20} Trust: 100 out of 100" in shown


def test_nothing_to_show_is_said() -> None:
    """Where nothing fits, a sentence stands in place of the table."""
    table = to_table(ranked(FULL_ANSWERS), "en", width=80, shown=())
    assert "No MEDOC fits these answers." in as_text(table, 80, on_screen=False)


def test_titles_in_the_language_asked_for() -> None:
    """The definitions' texts are said in the language of the run."""
    shown = _shown(ranked(FULL_ANSWERS), 120, "fr")
    assert "Offre [beta] R&D" in shown
    assert "Il vous manque un accord" in shown


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    ranking = ranked(FULL_ANSWERS)
    return as_text(to_table(ranking, "en", width=80, shown=ranking.top()), 80, on_screen=True)


def test_colours_only_where_the_screen_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal there are styles; a dumb one has none; NO_COLOR leaves no colour."""
    assert "\x1b[" in _on_a_terminal(monkeypatch)
    assert "\x1b" not in _on_a_terminal(monkeypatch, TERM="dumb")
    without = _on_a_terminal(monkeypatch, NO_COLOR="1")
    codes = {code for part in without.split("\x1b[")[1:] for code in part.split("m")[0].split(";")}
    assert codes <= {"0", "1", "2"}  # bold and dim are no colours


def test_only_styles_are_added_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the text is the same, styles apart."""
    styled = _on_a_terminal(monkeypatch)
    out = io.StringIO()
    Console(file=out, width=80).print(styled.replace("\x1b", ""), markup=False, highlight=False)
    plain = as_text(
        to_table(ranked(FULL_ANSWERS), "en", width=80, shown=ranked(FULL_ANSWERS).top()), 80, on_screen=False
    )
    for word in plain.split():
        assert word in styled
