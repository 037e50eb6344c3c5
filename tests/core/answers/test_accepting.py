"""One function says what a question accepts, whatever way an answer comes in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accept, accepted, parse, read, sift
from boussole.core.answers.answers import Answer, Answers, Origin
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import Option
from boussole.errors import AnswersError
from boussole.i18n import gettext
from boussole.limits.table import PROBLEMS_SHOWN
from support.builders import make_compass, make_option, make_question, make_text

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Question

ONE = make_question("one", options=("etat", "medias"))
MANY = make_question("many", "many", ["eau", "climat", "sante", make_option("rien", alone=True)], most=2)
FREE = make_question("free", "many", ["eau", "rien"], least=0, required=False)
SCALE = make_question("scale", "scale", required=False)
NUMBER = make_question("number", "number", least=1, most=10)
TEXT = make_question("text", "text")
YES_NO = make_question("yesno", "yes-no")
TITLED = make_question(
    "titled",
    options=[
        Option("asso", make_text("Associations et fondations", "Non-profits")),
        Option("medias", make_text("Journaux", "Press")),
        Option("presse", make_text("Médias", "Media")),
        Option("radio", make_text("Ondes", "Media")),
    ],
)
ANSWERED = YES_NO._replace(options={"yes": Option("yes", gettext("Yes")), "no": Option("no", gettext("No"))})
COMMAS = make_question(
    "commas", "many", [Option("innovation", make_text("Innovation, numérique", "Innovation")), make_option("eau")]
)
PEOPLE = make_question("people", "number", unit=make_text("habitants", "inhabitants"))
PERCENT = make_question("percent", "number", unit=make_text("%", "%"))

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
        (ONE, "ETAT", "etat"),
        (TITLED, "associations et fondations", "asso"),
        (TITLED, "Médias", "medias"),
        (ANSWERED, "Oui", "yes"),
        (ANSWERED, "non", "no"),
        (ANSWERED, "NO", "no"),
        (MANY, "Option CLIMAT, eau", ("eau", "climat")),
        (COMMAS, "eau, Innovation, numérique", ("innovation", "eau")),
        (COMMAS, "innovation, NUMERIQUE", ("innovation",)),
        (SCALE, "degré 2", 2),
        (SCALE, "2.0", 2),
        (PEOPLE, "12 000", 12000),
        (PEOPLE, "1\u202f234\u00a0567", 1234567),
        (PEOPLE, "-1 234", -1234),
        (PEOPLE, "\u22127", -7),
        (PEOPLE, "12.0", 12),
        (PEOPLE, "12 000 habitants", 12000),
        (PEOPLE, "0012", 12),
        (PERCENT, "50 %", 50),
        (PERCENT, "50%", 50),
        (PERCENT, "50\u00a0%", 50),
    ],
)
def test_answers_written_as_text(question: Question, written: str, value: object) -> None:
    """As `--set`, typed answers and cells give them: by id or title, commas parting a `many`, numbers as people do."""
    assert parse(question, written) == value


@pytest.mark.parametrize(
    "written", ["", "deux", "2.5", "-+2", "+-2", "--2", "²", "٣", "1_000", "0x1", "12 34", "1 2345", "50 %"]
)
def test_text_that_is_no_number(written: str) -> None:
    """Is refused like any other wrong answer, never with a crash."""
    with pytest.raises(RefusedError) as refused:
        parse(make_question("n", "number"), written)
    assert refused.value.problem.code == "A102"


@pytest.mark.parametrize(
    ("question", "written", "told"),
    [
        (PEOPLE, "2.5", "“2.5” has a point or a comma: only whole numbers are read."),
        (PEOPLE, "1,000", "“1,000” has a point or a comma: only whole numbers are read."),
        (PEOPLE, "12 34", "“12 34” cannot be read: spaces stand only between thousands."),
        (PEOPLE, "50 %", "“50 %” is not a whole number."),
        (PEOPLE, "5" + "x" * 90, f"“5{'x' * 39}…” is not a whole number."),
        (PEOPLE, "deux", "the answer must be a whole number."),
        (PEOPLE, "1" * 19, "this number is too long: 18 digits at most."),
        (TITLED, "media", "“media” may be several of its options."),
        (
            make_question("q", "scale", labels=(make_text("Un"), make_text("un"))),
            "UN",
            "“UN” may be several of its options.",
        ),
        (TEXT, "x" * 10_001, "this text is too long: 10000 characters at most."),
    ],
)
def test_why_a_text_is_not_read(question: Question, written: str, told: str) -> None:
    """What cannot be read says why, never only that it is wrong."""
    with pytest.raises(RefusedError) as refused:
        parse(question, written)
    assert refused.value.problem.what.in_("en") == told


def test_candidates_are_named() -> None:
    """What may be several options names them; what is none, the title or the id that is close, or Yes and No."""
    with pytest.raises(RefusedError) as refused:
        parse(TITLED, "media")
    assert str(refused.value.problem.remedy and refused.value.problem.remedy.in_("en")) == "Write presse or radio."
    with pytest.raises(RefusedError) as near:
        parse(TITLED, "non profit")
    assert str(near.value.problem.remedy and near.value.problem.remedy.in_("en")) == "Did you mean “Non-profits”?"
    with pytest.raises(RefusedError) as neither:
        parse(make_question("q", "yes-no"), "perhaps")
    assert str(neither.value.problem.remedy) == "Écrivez Option yes ou Option no."
    with pytest.raises(RefusedError) as nothing:
        parse(TITLED, "\N{COMBINING ACUTE ACCENT}")
    assert nothing.value.problem.code == "A102"


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_a_number_accepted_is_read_again(number: int) -> None:
    """Whatever its length: in digits, in groups, and in a file."""
    assert parse(PEOPLE, str(number)) == number
    assert parse(PEOPLE, f"{number:,}".replace(",", " ")) == number
    assert read(PEOPLE, number) == number


def test_a_longer_number_is_refused_both_ways() -> None:
    """The same limit where it is typed and where it is read back."""
    for raw in (10**18, -(10**18), str(10**18)):
        with pytest.raises(RefusedError) as refused:
            read(PEOPLE, raw)
        assert refused.value.problem.code == "A104"


def test_what_a_file_gives_is_read_as_what_is_typed() -> None:
    """Titles and numbers as people write them, also in lists; definitions take ids and numbers only."""
    compass = make_compass(TITLED, MANY, PEOPLE)
    good, refused = sift(compass, Answers.of(titled="associations et fondations", many=["Option eau"], people="12 000"))
    assert not refused
    assert {id_: good.get(id_) for id_ in good} == {"titled": "asso", "many": ("eau",), "people": 12000}
    with pytest.raises(RefusedError):
        read(MANY, [1])
    ids_only, dropped = sift(compass, Answers.of(titled="Journaux", many=["eau"]), titles=False)
    assert (list(ids_only), list(dropped)) == (["many"], ["titled"])
    with pytest.raises(RefusedError):
        accept(PEOPLE, "12 000")


_YES: list[object] = ["yes", "oui", "true", "Vrai", "1", "1.0", " OUI ", True, 1, 1.0]
_NO: list[object] = ["no", "non", "false", "FAUX", "0", "0,0", False, 0, 0.0]


@pytest.mark.parametrize(("raw", "said"), [*((one, "yes") for one in _YES), *((one, "no") for one in _NO)])
def test_yes_and_no_are_read_as_people_and_programs_give_them(raw: object, said: str) -> None:
    """The same words as in the cells of a table, typed, in `--set` or in a file; an option's own title goes before."""
    assert read(YES_NO, raw) == said
    turned = YES_NO._replace(options={"yes": Option("yes", gettext("No")), "no": Option("no", gettext("Yes"))})
    assert read(turned, "vrai") == "yes"
    assert read(turned, "oui") == "no"


@pytest.mark.parametrize("raw", ["o", "y", "2", "-1", "01", "vraiment", "", 2, 0.5, float("nan"), [True], None])
def test_nothing_else_says_yes_or_no(raw: object) -> None:
    """A letter is not guessed: the nearest word of « o » would be no. Words get the words that are shown."""
    with pytest.raises(RefusedError) as refused:
        read(YES_NO, raw)
    remedy = refused.value.problem.remedy
    assert remedy is not None
    assert remedy.in_("en") == ("Write Option yes or Option no." if isinstance(raw, str) else "Write no or yes.")


@pytest.mark.parametrize("raw", [True, 1, "true", "1"])
def test_words_of_truth_answer_no_other_question(raw: object) -> None:
    with pytest.raises(RefusedError):
        read(ONE, raw)
    with pytest.raises(RefusedError):
        accept(YES_NO, raw)


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
    """The others each leave a problem, by the question they were given for."""
    good, refused = sift(make_compass(ONE, SCALE), Answers.of(one="etat", scale=9, gone="x"))
    assert list(good) == ["one"]
    assert {id_: [problem.code for problem in some] for id_, some in refused.items()} == {
        "gone": ["A101"],
        "scale": ["A104"],
    }


@pytest.mark.parametrize(
    ("question", "answer", "kept", "told"),
    [
        (MANY, ["eau", "mer", "climat", "lune"], ("eau", "climat"), ["“mer”", "“lune”"]),
        (MANY, ["Option eau", "mer"], ("eau",), ["“mer”"]),
        (MANY, ["mer", "lune"], None, ["“mer”", "“lune”"]),
        (FREE, ["mer"], None, ["“mer”"]),
        (FREE, [], (), []),
        (MANY, ["eau", "climat", "sante"], None, ["choose at most 2."]),
        (MANY, ["eau", "climat", "sante", "mer"], None, ["“mer”", "choose at most 2."]),
        (MANY, ["eau", 7], ("eau",), ["list of options"]),
        (MANY, "eau", ("eau",), []),
        (MANY, 7, None, ["list of options"]),
        (MANY._replace(least=2), ["eau", "mer"], None, ["“mer”", "choose at least 2."]),
    ],
)
def test_each_option_that_exists_is_kept_and_each_other_is_named(
    question: Question, answer: object, kept: tuple[str, ...] | None, told: list[str]
) -> None:
    """Of a `many` with vanished options; none that exists left is no « none », and too few or too many ask again."""
    good, refused = sift(make_compass(question), Answers.given({question.id: answer}))
    assert good.get(question.id) == kept
    said = [problem.what.in_("en") for some in refused.values() for problem in some]
    assert len(said) == len(told)
    assert all(word in one for word, one in zip(told, said, strict=True))


def test_very_many_answers_are_counted() -> None:
    """The first unknown questions are named, the others counted; more options than anybody gives are refused."""
    start = time.process_time()
    _, refused = sift(make_compass(ONE, MANY), Answers.given(dict.fromkeys(map(str, range(100_000)), "x")))
    assert len(refused) == PROBLEMS_SHOWN + 1
    last = list(refused.values())[-1][0]
    assert last.what.in_("en") == "compass “agir” has no 99950 other questions that are answered."
    for many in (("x",) * 100_000, "x," * 100_000, ",".join(["Option eau"] * 100_000)):
        good, refused = sift(make_compass(MANY), Answers.given({"many": many}))
        assert not good
        assert [one.what.in_("en") for one in refused["many"]] == ["more than 200 options are given."]
    _, refused = sift(make_compass(MANY), Answers.given({"many": ("x",) * 100_000}), titles=False)
    assert [one.code for one in refused["many"]] == ["A102"]
    assert time.process_time() - start < 5
