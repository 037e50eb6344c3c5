"""The rose at the terminal: every direction and value, at any width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.escape import FORBIDDEN, plain_text
from boussole.render.recommend.rose import Point, axis_points, draw, in_words, rose_points
from boussole.render.wrapping import text_width
from support.samples import FEW_ANSWERS, FULL_ANSWERS, NAUGHTY, TEXTS, catalogue, compass, ranked, replace

if TYPE_CHECKING:
    from collections.abc import Callable


def _points(*values: int) -> list[Point]:
    return [Point(Text({"en": f"Point {number}"}, "en"), value) for number, value in enumerate(values, start=1)]


@pytest.mark.parametrize("values", [(0, 50, 100), (100, 75, 50, 25), (20, 40, 60, 80, 100), (100, 0) * 4])
def test_a_rose(values: tuple[int, ...], golden: Callable[[str, str], None]) -> None:
    """A rose of three to eight directions, its values readable by length alone."""
    golden(f"rose-{len(values)}.txt", "\n".join(draw(_points(*values), "en", 72)) + "\n")


@pytest.mark.parametrize("count", [0, 1, 2, 9, 17])
def test_too_few_or_too_many_directions_are_not_drawn(count: int) -> None:
    """Under three directions and over eight there is no drawing."""
    assert draw(_points(*[50] * count), "en", 200) == []


def test_a_narrow_screen_has_no_drawing() -> None:
    """Where the labels would not be readable there is no drawing; from 50 characters on there is."""
    assert [width for width in range(80) if draw(_points(0, 50, 100), "en", width)] == list(range(50, 80))


@given(st.lists(st.integers(0, 100), min_size=3, max_size=8), st.integers(50, 120))
def test_a_drawing_holds_every_label_within_the_width(values: list[int], width: int) -> None:
    """Every label is there whole, no line is wider than the screen, the middle is marked."""
    lines = draw(_points(*values), "en", width)
    assert max(map(len, lines)) <= width
    assert lines[0].strip()
    assert lines[-1].strip()
    text = "\n".join(lines)
    assert all(f"Point {number}" in text for number in range(1, len(values) + 1))
    assert text.count("+") == 1
    ends = sum(value > 10 for value in values)
    assert (
        (text.count("●") == ends) if len(values) != 6 else (bool(ends) <= text.count("●") <= ends)
    )  # two may coincide
    assert text.count("○") == sum(value <= 90 for value in values)


@pytest.mark.parametrize("count", range(3, 9))
@pytest.mark.parametrize("width", [60, 61, 80])
def test_both_sides_of_a_drawing_mirror_each_other(count: int, width: int) -> None:
    """The same value everywhere draws the same on the left and on the right."""
    middle = width // 2
    for line in draw([Point(Text({"en": ""}, "en"), 60)] * count, "en", width):
        row = line.ljust(width)
        assert row[middle - 10 : middle] == row[middle + 10 : middle : -1]


def test_a_long_label_is_whole() -> None:
    """A label longer than its side of the drawing takes several lines, none of its words being lost."""
    title = "Co-construire des projets de territoire avec tous les acteurs"
    lines = draw([*_points(1, 2, 3), Point(Text({"en": title}, "en"), 50)], "en", 70)
    assert max(map(len, lines)) <= 70
    said = " ".join(" ".join(lines).split())
    assert [word for word in title.split() if word not in said] == []
    assert "…" not in said


@given(st.lists(TEXTS, min_size=3, max_size=8), st.integers(50, 100))
@example(["", "", "000000000", "", "⺀⺀⺀〰〰ぁ", ""], 50)
def test_no_title_disturbs_a_drawing(titles: list[str], width: int) -> None:
    """Whatever the titles, the lines hold no control character and fit."""
    points = [Point(Text({"en": title}, "en"), 50) for title in titles]
    lines = draw(points, "en", width)
    assert not [line for line in lines if re.search(FORBIDDEN, line) or text_width(line) > width]
    assert in_words(points, "en") == [f"{plain_text(title)}: 50 out of 100" for title in titles]


def test_the_same_in_words() -> None:
    """Each direction has its line: title and value."""
    assert in_words(_points(0, 100), "en") == ["Point 1: 0 out of 100", "Point 2: 100 out of 100"]


def test_axes_are_the_directions_by_default() -> None:
    """Without a facet named for it, the rose shows the axes that have a value, in the order of the file."""
    assert [(str(point.title), point.value) for point in rose_points(ranked(FULL_ANSWERS))] == [
        ("Confiance", 50),
        ("Moyens", 0),
        ("Accord", 0),
    ]
    assert [point.value for point in axis_points(ranked(FEW_ANSWERS))] == [0, 0]


def test_a_facet_named_for_the_rose_shows_its_terms() -> None:
    """With a facet named for it, its terms are the directions, full where the person is."""
    made = replace(compass(), rose="domain")
    ranking = rank(made, catalogue(), situate(made, Answers.of(domain=["eau", "climat"])))
    assert [(str(point.title), point.value) for point in rose_points(ranking)] == [
        ("Eau", 100),
        ("Énergie", 0),
        ("Climat", 100),
    ]


def test_naughty_titles_are_drawn() -> None:
    """Every naughty string can stand beside a direction."""
    for start in range(0, len(NAUGHTY), 8):
        titles = NAUGHTY[start : start + 8]
        lines = draw([Point(Text({"en": title}, "en"), 30) for title in titles], "en", 80)
        assert not [line for line in lines if re.search(FORBIDDEN, line)]
