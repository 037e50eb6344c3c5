"""Days and numbers with decimals: what is accepted, how it is typed, what conditions compare."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accept, parse, read
from boussole.core.answers.answers import Answers
from boussole.core.answers.remedies import RefusedError
from boussole.core.answers.written import DECIMAL_DIGITS
from boussole.core.definitions.compass import UNKNOWN
from boussole.core.definitions.condition_words import Names, describe, measure_words
from boussole.core.definitions.conditions import Answered, AnyOf, Between, Condition, Subject, SubjectKind
from boussole.core.explore.answer_classes import Observed, answer_classes
from boussole.core.explore.sampling import random_answers
from boussole.core.situation import situate
from boussole.core.why.alternatives import alternatives
from support.builders import make_compass, make_question, make_text

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Question


def day(year: int, month: int = 1, number: int = 1) -> int:
    """Return the measure of a day."""
    return dt.date(year, month, number).toordinal()


DAY = make_question("deadline", "date", required=False)
LATE = make_question("late", "date", least=day(2026), most=day(2027, 12, 31))
AFTER = make_question("after", "date", least=day(2026))
BEFORE = make_question("before", "date", most=day(2026))
TENTHS = make_question("share", "number", decimals=1, least=-5, most=1000, unit=make_text("km", "km"))
LONG = make_question("long", "number", decimals=3)
LOW = make_question("low", "number", decimals=2, least=50)
HIGH = make_question("high", "number", decimals=2, most=50)


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (DAY, dt.date(2027, 1, 31), "2027-01-31"),
        (DAY, "2027-01-31", "2027-01-31"),
        (DAY, "31/01/2027", "2027-01-31"),
        (DAY, " 1/2/2027 ", "2027-02-01"),
        (DAY, "2027-01-31 00:00:00", "2027-01-31"),
        (DAY, "2027-01-31T00:00:00.000", "2027-01-31"),
        (DAY, "2027-01-31T00:00:00Z", "2027-01-31"),
        (DAY, "2027-01-31 00:00:00+02:00", "2027-01-31"),
        (DAY, "?", UNKNOWN),
        (LATE, "31/12/2027", "2027-12-31"),
        (TENTHS, 12.5, 12.5),
        (TENTHS, 12.0, 12),
        (TENTHS, 12, 12),
        (TENTHS, "12,5", 12.5),
        (TENTHS, "12.50 km", 12.5),
        (TENTHS, "-0,5", -0.5),
        (TENTHS, "12,0", 12),
        (LONG, "1 234,567", 1234.567),
        (LONG, 1e-3, 0.001),
    ],
)
def test_what_is_read(question: Question, raw: object, value: object) -> None:
    """A day in three forms, a number with a point or a comma; kept in one form, whole where it is."""
    found = read(question, raw)
    assert (found, type(found)) == (value, type(value))
    assert accept(question, found) == found


@pytest.mark.parametrize(
    ("question", "raw", "code", "remedy"),
    [
        (DAY, "31/02/2027", "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (DAY, "tomorrow", "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (DAY, "2027-01-31T23:00:00Z", "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (DAY, "20270131", "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (DAY, "2027-01-31 08:00", "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (DAY, dt.datetime(2027, 1, 31, tzinfo=dt.UTC), "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (DAY, 20270131, "A102", "Write a day, such as 2027-01-31 or 31/01/2027."),
        (LATE, "2025-12-31", "A104", "Write a day from 2026-01-01 to 2027-12-31."),
        (AFTER, "2025-12-31", "A104", "Write a day, 2026-01-01 or later."),
        (BEFORE, "2026-01-02", "A104", "Write a day, 2026-01-01 or earlier."),
        (TENTHS, 12.55, "A102", "Write a number from -0.5 to 100."),
        (TENTHS, "12,55", "A102", "Write a number from -0.5 to 100."),
        (TENTHS, "lots", "A102", "Write a number from -0.5 to 100."),
        (TENTHS, "12 miles", "A102", "Write a number from -0.5 to 100."),
        (TENTHS, 100.1, "A104", "Write a number from -0.5 to 100."),
        (TENTHS, -0.6, "A104", "Write a number from -0.5 to 100."),
        (TENTHS, True, "A102", "Write a number from -0.5 to 100."),
        (TENTHS, float("nan"), "A102", "Write a number from -0.5 to 100."),
        (TENTHS, "9" * 16, "A104", "Write a number from -0.5 to 100."),
        (TENTHS, "9" * 19, "A104", "Write a number from -0.5 to 100."),
        (LONG, float("inf"), "A102", "Write a number, such as 0.015."),
        (LOW, 0, "A104", "Write a number, 0.5 or more."),
        (HIGH, 1, "A104", "Write a number, 0.5 or less."),
    ],
)
def test_what_is_refused(question: Question, raw: object, code: str, remedy: str) -> None:
    """With what would be accepted."""
    with pytest.raises(RefusedError) as refused:
        read(question, raw)
    problem = refused.value.problem
    assert (problem.code, problem.remedy and problem.remedy.in_("en")) == (code, remedy)


@given(st.integers(1, 3), st.integers(-(10**DECIMAL_DIGITS) + 1, 10**DECIMAL_DIGITS - 1))
def test_a_number_with_decimals_is_kept_exactly(decimals: int, measure: int) -> None:
    """Through JSON and as text, however long; JSON writes it shortest."""
    question = make_question("n", "number", decimals=decimals)
    value = question.of_measure(measure)
    assert question.measure(value) == measure
    assert accept(question, value) == value
    written = json.dumps(value)
    assert accept(question, json.loads(written)) == value
    assert "e" in written or Decimal(written).scaleb(decimals) == measure
    assert not written.endswith(".0")
    assert parse(question, f"{Decimal(measure).scaleb(-decimals):f}") == value


@given(st.dates())
def test_a_day_is_kept(one: dt.date) -> None:
    """In its one form, in whichever it is typed."""
    value = accept(DAY, one)
    assert DAY.of_measure(DAY.measure(value)) == value == one.isoformat()
    assert parse(DAY, f"{one.day}/{one.month}/{one.year:04}") == value


def about(id_: str, low: int | None, high: int | None) -> Condition:
    """Return bounds of a question."""
    return Between(Subject(SubjectKind.QUESTION, id_), low, high)


def test_conditions_compare_measures() -> None:
    """Bounds, equality, and whether there is an answer, of both."""
    compass = make_compass(DAY, TENTHS)
    here = situate(compass, Answers.of(deadline="2027-01-31", share=12.5))
    deadline, share = (Subject(SubjectKind.QUESTION, id_) for id_ in ("deadline", "share"))
    held: list[Condition] = [
        Between(deadline, day(2027), day(2027, 1, 31)),
        Between(share, 125, 125),
        AnyOf(deadline, frozenset({day(2027, 1, 31)})),
        AnyOf(share, frozenset({125})),
        Answered(share),
    ]
    not_held: list[Condition] = [
        Between(deadline, day(2027, 2, 1)),
        Between(share, None, 124),
        AnyOf(share, frozenset({12})),
    ]
    assert [one.holds(here) for one in held] == [True] * 5
    assert [one.holds(here) for one in not_held] == [False] * 3
    assert not Answered(deadline).holds(situate(compass, Answers.of(deadline="?")))


def test_conditions_in_words() -> None:
    """As each language writes days and decimals."""
    names = Names({}, {"deadline": DAY, "share": TENTHS})
    assert describe(about("deadline", day(2027), None), names).in_("en") == "“Question deadline ?”: 2027-01-01 or more"
    assert describe(about("share", 5, 125), names).in_("fr") == "«\u00a0Question share ?\u00a0»\u00a0: de 0,5 à 12,5"
    assert describe(AnyOf(Subject(SubjectKind.QUESTION, "share"), frozenset({5})), names).in_("en").endswith("0.5")
    assert measure_words(DAY, day(2027, 1, 31)).in_("fr") == "31/01/2027"
    assert measure_words(TENTHS, 120).in_("fr") == "12"


@pytest.mark.parametrize("question", [DAY, LATE, AFTER, BEFORE, TENTHS, LONG, LOW, HIGH])
def test_what_is_tried_is_accepted(question: Question) -> None:
    """Alternatives, one of each kind, and answers by chance."""
    leaf = Between(Subject(SubjectKind.QUESTION, question.id), day(2026, 6), day(2027, 6))
    tried = [*alternatives(question, None, Observed((leaf,))).values]
    tried += [kind.example for kind in answer_classes(question, Observed((leaf,)))]
    tried += [
        one.get(question.id) or UNKNOWN for one in random_answers(make_compass(question._replace(required=True)), 9)
    ]
    known = [value for value in tried if value != UNKNOWN]
    assert [accept(question, value) for value in known] == known
    assert len(known) >= 10


def test_another_day_is_near_the_one_there_is() -> None:
    """Else near the first that is looked at, not at the end of the calendar."""
    leaf = Between(Subject(SubjectKind.QUESTION, "deadline"), day(2027), None)
    assert alternatives(DAY, "2026-05-01", Observed((leaf,))).values == ("2027-01-01", UNKNOWN)
    assert alternatives(DAY, None, Observed((leaf,))).values == ("2027-01-01", UNKNOWN)
