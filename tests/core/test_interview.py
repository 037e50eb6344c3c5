"""The next question, derived from the answers alone."""

from __future__ import annotations

from boussole.core.answers.answers import Answers
from boussole.core.interview import (
    Progress,
    longest_path,
    next_question,
    progress,
    question_after,
    question_before,
)
from support.builders import is_, make_compass, make_question, question

COMPASS = make_compass(
    make_question("one", options=("a", "b")),
    make_question("two", when=is_(question("one"), "a")),
    make_question("three", when=is_(question("two"), "a")),
    make_question("four", required=False),
)
Q = COMPASS.questions


def test_the_next_question_is_the_first_on_the_path_without_an_answer() -> None:
    """None once nothing is left; an optional question is asked like the others, « ? » answers it."""
    assert next_question(COMPASS, Answers()) is Q["one"]
    assert next_question(COMPASS, Answers.of(one="a")) is Q["two"]
    assert next_question(COMPASS, Answers.of(one="b")) is Q["four"]
    assert next_question(COMPASS, Answers.of(one="b", four="?")) is None


def test_an_earlier_question_left_out_is_asked_first() -> None:
    """The order of asking is that of the file, whatever was answered already."""
    assert next_question(COMPASS, Answers.of(four="a")) is Q["one"]


def test_going_forward_and_back_along_the_path() -> None:
    """Answered or not, passing over what is off the path."""
    answers = Answers.of(one="b", four="a")
    assert question_after(COMPASS, answers, Q["one"]) is Q["four"]
    assert question_after(COMPASS, answers, Q["four"]) is None
    assert question_before(COMPASS, answers, Q["four"]) is Q["one"]
    assert question_before(COMPASS, answers, Q["one"]) is None


def test_progress_counts_what_may_still_be_asked() -> None:
    """`two` and `three` may come while `one` is open, `three` while `two` is; then they are gone or there."""
    assert progress(COMPASS, Answers(), Q["one"]) == Progress(1, 4)
    assert progress(COMPASS, Answers.of(one="a"), Q["two"]) == Progress(2, 4)
    assert progress(COMPASS, Answers.of(one="a", two="b"), Q["four"]) == Progress(3, 3)
    assert progress(COMPASS, Answers.of(one="b"), Q["four"]) == Progress(2, 2)


def test_progress_of_a_question_asked_again_counts_what_changing_it_may_bring() -> None:
    """Back at `one`, its answer is open again."""
    assert progress(COMPASS, Answers.of(one="b", four="?"), Q["one"]) == Progress(1, 4)


def test_the_longest_path_is_no_longer_than_the_compass() -> None:
    """Every question at most once."""
    assert longest_path(COMPASS) == 4
