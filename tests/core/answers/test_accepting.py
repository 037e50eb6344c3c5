from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.core.answers.accepting import RefusedError, accept, accepted, parse, sift
from boussole.core.answers.answers import Answer, Answers, Origin
from boussole.errors import AnswersError
from support.builders import make_compass, make_option, make_question

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Question

ONE = make_question("one", options=("etat", "medias"))
MANY = make_question("many", "many", ["eau", "climat", "sante", make_option("rien", alone=True)], most=2)
FREE = make_question("free", "many", ["eau", "rien"], least=0, required=False)
SCALE = make_question("scale", "scale", required=False)
NUMBER = make_question("number", "number", least=1, most=10)
TEXT = make_question("text", "text")
YES_NO = make_question("yesno", "yes-no")

GOOD: list[tuple[Question, object, object]] = [
    (ONE, "etat", "etat"),
    (YES_NO, "yes", "yes"),
    (MANY, ["climat", "eau"], ("eau", "climat")),
    (MANY, ("eau", "eau"), ("eau",)),
    (MANY, ["rien"], ("rien",)),
    (FREE, [], ()),
    (FREE, "?", "?"),
    (SCALE, 0, 0),
    (SCALE, 3, 3),
    (SCALE, "?", "?"),
    (NUMBER, 10, 10),
    (make_question("n", "number"), -5, -5),
    (TEXT, " un nom ", " un nom "),
]

BAD: list[tuple[Question, object, str, str | None]] = [
    (ONE, "mediass", "A102", "Did you mean “medias”?"),
    (ONE, 1, "A102", "Write etat or medias."),
    (ONE, ["etat"], "A102", "Write etat or medias."),
    (ONE, "?", "A103", "Write etat or medias."),
    (YES_NO, True, "A102", "Write no or yes."),
    (MANY, "eau", "A102", "Write climat, eau, rien or sante."),
    (MANY, [1], "A102", "Write climat, eau, rien or sante."),
    (MANY, ["o"], "A102", "Write climat, eau, rien or sante."),
    (MANY, [], "A104", None),
    (MANY, ["eau", "climat", "sante"], "A104", "You chose 3."),
    (MANY, ["eau", "rien"], "A105", None),
    (SCALE, 4, "A104", "Write a whole number from 0 to 3."),
    (SCALE, -1, "A104", "Write a whole number from 0 to 3."),
    (SCALE, "2", "A102", "Write a whole number from 0 to 3."),
    (SCALE, True, "A102", "Write a whole number from 0 to 3."),
    (NUMBER, 0, "A104", "Write a whole number from 1 to 10."),
    (NUMBER, 1.0, "A102", "Write a whole number from 1 to 10."),
    (make_question("n", "number", least=1), 0, "A104", "Write a whole number, 1 or more."),
    (make_question("n", "number", most=1), 2, "A104", "Write a whole number, 1 or less."),
    (make_question("n", "number"), "x", "A102", "Write a whole number."),
    (TEXT, 3, "A102", None),
    (TEXT, "?", "A103", None),
]


@pytest.mark.parametrize(("question", "raw", "value"), GOOD)
def test_what_a_question_accepts(question: Question, raw: object, value: object) -> None:
    """A `many` is put in the order of its options, each once; the rest is kept as it is."""
    assert accept(question, raw) == value


@pytest.mark.parametrize(("question", "raw", "code", "remedy"), BAD)
def test_what_a_question_refuses(question: Question, raw: object, code: str, remedy: str | None) -> None:
    """Each refusal has a code, the question as its subject, and says what would do where it can."""
    with pytest.raises(RefusedError) as refused:
        accept(question, raw)
    problem = refused.value.problem
    assert (problem.code, problem.subject) == (code, f'question "{question.id}"')
    assert (problem.remedy and problem.remedy.in_("en")) == remedy
    assert str(refused.value) == code


@pytest.mark.parametrize(
    ("question", "written", "value"),
    [
        (ONE, " etat ", "etat"),
        (YES_NO, "no", "no"),
        (MANY, "climat, eau,", ("eau", "climat")),
        (FREE, "", ()),
        (FREE, " ? ", "?"),
        (SCALE, "2", 2),
        (NUMBER, "+7", 7),
        (make_question("n", "number"), "-7", -7),
        (TEXT, "eau, climat", "eau, climat"),
    ],
)
def test_answers_written_as_text(question: Question, written: str, value: object) -> None:
    """As `--set` and typed answers give them: commas part a `many`, digits make a number."""
    assert parse(question, written) == value


@pytest.mark.parametrize("written", ["", "deux", "2.0", "-+2", "+-2", "--2", "²", "٣", "1" * 5000, "1_000", "0x1"])
def test_text_that_is_no_number(written: str) -> None:
    """Is refused like any other wrong answer, never with a crash."""
    with pytest.raises(RefusedError) as refused:
        parse(make_question("n", "number"), written)
    assert refused.value.problem.code == "A102"


def test_answers_never_change() -> None:
    """`put` and `without` return new answers; lists become tuples; each answer knows where it came from."""
    first = Answers.of(one="etat", many=["eau"])
    second = first.put("one", "medias").without("many").without("unheard-of")
    assert (first.get("one"), first.get("many"), len(first), list(first)) == ("etat", ("eau",), 2, ["one", "many"])
    assert second.by_question == {"one": Answer("medias", Origin.ASKED)}
    assert second.get("many") is None
    assert first.by_question["many"].origin is Origin.LIBRARY
    assert Answers.given({"one": "etat"}, Origin.FILE).by_question["one"].origin is Origin.FILE


def test_answers_are_compared_by_what_they_say() -> None:
    """Whatever the order they were given in; equal ones hash alike, and show what they hold."""
    one, other = Answers.of(one="etat", many=["eau"]), Answers.of(many=["eau"], one="etat")
    assert one == other
    assert hash(one) == hash(other)
    assert one != Answers.of(one="etat")
    assert one != "etat"
    assert "etat" in repr(one)


def test_accepted_answers_stand_in_the_order_of_the_compass() -> None:
    """Whatever the order they were given in; their origin is kept."""
    good = accepted(make_compass(ONE, MANY), Answers.given({"many": ["climat", "eau"], "one": "etat"}, Origin.FILE))
    assert list(good) == ["one", "many"]
    assert good.by_question["many"] == Answer(("eau", "climat"), Origin.FILE)


def test_every_refused_answer_is_told_at_once() -> None:
    """An unknown question with the nearest one, and each value that does not fit."""
    with pytest.raises(AnswersError) as refused:
        accepted(make_compass(ONE, MANY, SCALE), Answers.of(onee="etat", one="x", many=["eau"], scale=9))
    assert [problem.code for problem in refused.value.problems] == ["A101", "A102", "A104"]
    assert refused.value.problems[0].in_("en") == (
        "A101 compass “agir” has no question “onee”.\n    Did you mean “one”?"
    )
    assert refused.value.what.in_("en") == "3 answers do not fit the compass."


def test_sifting_keeps_the_good_answers() -> None:
    """The others each leave a problem."""
    good, problems = sift(make_compass(ONE, SCALE), Answers.of(one="etat", scale=9))
    assert list(good) == ["one"]
    assert [problem.code for problem in problems] == ["A104"]
