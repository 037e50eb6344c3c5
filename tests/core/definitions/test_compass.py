"""What a question can bring in points, and how an axis is computed."""

from __future__ import annotations

import pytest

from boussole.core.definitions.compass import UNKNOWN
from support.builders import make_option, make_question


def test_the_points_of_a_one_are_those_of_its_option() -> None:
    """And an option without points is not counted."""
    question = make_question("q", options={"a": 0, "b": 3, "c": None})
    assert question.points("b") == 3
    assert question.points("a") == 0
    assert question.points("c") is None
    assert question.highest_points == 3


def test_the_points_of_a_many_are_the_sum_of_the_chosen() -> None:
    """Those without points are skipped; nothing but them is not counted; nothing at all is 0."""
    question = make_question("q", "many", {"a": 2, "b": 3, "c": None}, least=0)
    assert question.points(("a", "b", "c")) == 5
    assert question.points(("c",)) is None
    assert question.points(()) == 0


@pytest.mark.parametrize(("most", "highest"), [(None, 6), (1, 3), (2, 5), (9, 6)])
def test_the_highest_points_of_a_many_are_the_sum_of_its_max_highest(most: int | None, highest: int) -> None:
    """All of them without `max`; an option without points adds nothing."""
    assert make_question("q", "many", {"a": 1, "b": 3, "c": 2, "d": None}, most=most).highest_points == highest


def test_the_points_of_a_scale_are_its_position() -> None:
    """The last position is the highest."""
    question = make_question("q", "scale")
    assert question.points(2) == 2
    assert question.highest_points == 3


def test_the_points_of_a_yes_no_are_1_and_0() -> None:
    """Unless its options give others."""
    question = make_question("q", "yes-no")
    assert (question.points("yes"), question.points("no"), question.highest_points) == (1, 0, 1)


@pytest.mark.parametrize("type_", ["number", "text"])
def test_a_number_and_a_text_bring_no_points(type_: str) -> None:
    """So they cannot stand on an axis."""
    assert make_question("q", type_).highest_points == 0


def test_not_knowing_counts_as_the_lowest_points() -> None:
    """Of a `one`, those of its poorest counted option; of a `many` or a `scale`, 0."""
    assert make_question("q", options={"a": 2, "b": 5, "c": None}).points(UNKNOWN) == 2
    assert make_question("q", options=("a", "b")).points(UNKNOWN) == 0
    assert make_question("q", "many", {"a": 2}).points(UNKNOWN) == 0
    assert make_question("q", "scale").points(UNKNOWN) == 0
    assert make_question("q", "yes-no").points(UNKNOWN) == 0


def test_options_built_for_tests_keep_what_they_are_given() -> None:
    """The builders themselves: an option may be given whole."""
    assert make_question("q", options=[make_option("x", 4, level=["local"])]).options["x"].place == {"level": {"local"}}
