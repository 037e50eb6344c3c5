"""Random compasses small enough for every interview to be listed, and that list: what reviews are held against."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from boussole.core.answers.accepting import RefusedError, accept
from boussole.core.answers.answers import Answers
from boussole.core.definitions.catalogue import PSEUDO_FACETS, Caution, Facet, Proven
from boussole.core.definitions.compass import UNKNOWN, Axis, QuestionType
from boussole.core.definitions.conditions import ALWAYS, AllOf, Answered, AnyOf, Between, Every, Not, Some
from boussole.core.situation import situate
from support.builders import (
    axis,
    facet,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_place,
    make_question,
    make_rule,
    make_text,
    question,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass, Option, Question, Rule, Value
    from boussole.core.definitions.conditions import Condition, Subject
    from boussole.core.situation import Situation

LookedAt: TypeAlias = "Question | Axis | Facet"
Draw = Any
"""What `st.composite` gives: it draws from a strategy of any type and returns a value of it."""

MOST_INTERVIEWS = 1500
_NUMBERS = range(-3, 9)
"""Beyond every bound that a condition drawn here has."""
FACETS = ("kind", "level", "profile", "stage")
_LETTERS = "abcd"


# --- All the interviews ----------------------------------------------------------------------------------------------


def accepted_by(one: Question, *, alone: bool = False) -> list[Value]:
    """Return every answer that a question accepts; `alone`: of a `many` about a facet, one option at a time."""
    candidates: list[Any] = [UNKNOWN, "…", *_NUMBERS, *one.options]
    for size in range(len(one.options) + 1):
        if not (alone and one.facet is not None and size > max(one.least or 0, 1)):
            candidates += combinations(one.options, size)
    return [candidate for candidate in candidates if _accepts(one, candidate)]


def _accepts(one: Question, candidate: object) -> bool:
    try:
        accept(one, candidate)
    except RefusedError:
        return False
    return True


def every_situation(compass: Compass, *, alone: bool = False) -> list[Situation]:
    """Return the situation at the end of each interview, some of them several times."""
    ids = list(compass.questions)
    answers = product(*(accepted_by(one, alone=alone) for one in compass.questions.values()))
    return [situate(compass, Answers.given(dict(zip(ids, values, strict=True)))) for values in answers]


# --- Small definitions -----------------------------------------------------------------------------------------------


@st.composite
def small_catalogues(draw: Draw) -> Catalogue:
    """Return a catalogue of up to seven MEDOC along `kind`, `stage` (ordered), `profile`, `level` (ordered)."""
    facets = [
        make_facet("kind", *_LETTERS[: draw(st.integers(1, 2))]),
        make_facet("stage", *_LETTERS[: draw(st.integers(1, 3))], ordered=True),
        make_facet("profile", *_LETTERS[: draw(st.integers(1, 3))]),
        make_facet("level", *_LETTERS[: draw(st.integers(1, 3))], ordered=True, at_most=draw(st.booleans())),
    ]
    names = draw(st.lists(st.sampled_from("stuvwxyz"), unique=True, max_size=7))
    dated = draw(st.none() | st.just(dt.date(2026, 12, 1)))
    return make_catalogue(*[_medoc(draw, name, facets) for name in names], facets=facets, dated=dated)


def _medoc(draw: Draw, name: str, facets: Sequence[Facet]) -> Medoc:
    kind, stage, *others = facets
    suits = {one.id: terms for one in others if (terms := draw(st.lists(st.sampled_from(list(one.terms)))))}
    avoid = [Caution(_words(draw, facet(one.id), list(one.terms))) for one in others if draw(st.integers(0, 4)) == 0]
    return make_medoc(
        name,
        kind=draw(st.sampled_from(list(kind.terms))),
        suits=suits,
        stage=draw(st.none() | st.sampled_from(list(stage.terms))),
        year=draw(st.none() | st.integers(2019, 2020)),
        proven=Proven(*draw(st.tuples(*[st.integers(0, 3)] * 3))) if draw(st.booleans()) else Proven(),
        avoid=tuple(avoid),
        reference=draw(st.integers(0, 3)),
        superseded_by=draw(st.sampled_from([None, None, None, "other"])),
    )


@st.composite
def small_compasses(draw: Draw, catalogue: Catalogue) -> Compass:
    """Return a compass with at most `MOST_INTERVIEWS` sheets of answers.

    Conditions look at questions, axes and facets; what a question has looked at is fed by nothing that follows.
    """
    questions: list[Question] = []
    axes: list[Axis] = []
    closed: set[str] = set()
    interviews = 1
    for name in "abcde"[: draw(st.integers(0, 5))]:
        one = _question(draw, f"q{name}", catalogue, questions, axes, closed)
        interviews *= len(accepted_by(one))
        if interviews > MOST_INTERVIEWS:
            break
        questions.append(one)
        closed |= {subject.id for subject in one.when.subjects()} & set(FACETS)
        counted = [past.id for past in questions if past.highest_points]
        if counted and draw(st.booleans()):
            weights = draw(st.dictionaries(st.sampled_from(counted), st.integers(1, 3), min_size=1, max_size=3))
            starts = sorted(draw(st.lists(st.integers(0, 100), unique=True, max_size=3)))
            steps = dict(zip(catalogue.facets["level"].terms, starts, strict=False)) if "level" not in closed else {}
            axes.append(make_axis(f"x{name}", weights, "level" if steps else None, **steps))
    looked_at: list[LookedAt] = [*questions, *axes, *(one for one in catalogue.facets.values() if one.id != "stage")]
    placements = [
        make_place(
            conditions_about(draw, looked_at), stage=[draw(st.sampled_from(list(catalogue.facets["stage"].terms)))]
        )
        for _ in range(draw(st.integers(0, 2)) if "stage" not in closed else 0)
    ]
    return make_compass(
        *questions,
        axes=axes,
        placements=tuple(placements),
        rules=tuple(
            _rule(draw, catalogue, [*looked_at, catalogue.facets["stage"]]) for _ in range(draw(st.integers(0, 4)))
        ),
        weights=draw(st.dictionaries(st.sampled_from([*FACETS, *PSEUDO_FACETS]), st.integers(1, 4))),
        require=draw(st.lists(st.sampled_from(FACETS), max_size=2)),
        generic=draw(st.sampled_from([0, 333, 500, 1000])),
        top=draw(st.integers(1, 4)),
    )


def _question(
    draw: Draw,
    name: str,
    catalogue: Catalogue,
    before: Sequence[Question],
    axes: Sequence[Axis],
    closed: set[str],
) -> Question:
    looked_at: list[LookedAt] = [*before, *axes, *(one for one in catalogue.facets.values() if one.id != "stage")]
    when = conditions_about(draw, looked_at) if before and draw(st.booleans()) else ALWAYS
    closed = closed | {subject.id for subject in when.subjects()}
    rest: dict[str, Any] = {"when": when, "required": draw(st.booleans())}
    type_ = draw(st.sampled_from(list(QuestionType)))
    if type_ is QuestionType.MANY:
        least = draw(st.sampled_from([None, 0, 1, 2]))
        rest |= {"least": least, "most": draw(st.none() | st.integers(max(least or 1, 1), 3))}
    if type_ is QuestionType.NUMBER:
        rest |= {"least": draw(st.none() | st.integers(-1, 2)), "most": draw(st.none() | st.integers(2, 4))}
    about = [one for one in catalogue.facets.values() if one.id not in closed and one.id != "stage"]
    if about and type_ in {QuestionType.ONE, QuestionType.MANY} and draw(st.booleans()):
        one = draw(st.sampled_from(about))
        rest["least"] = rest.get("least") and min(rest["least"], len(one.terms))
        return make_question(name, type_, one, **rest)
    options = _options(draw, [one for one in about if one.id == "profile"])
    if type_ is QuestionType.MANY:
        rest["least"] = rest["least"] and min(rest["least"], len(options))
    else:
        options = [option._replace(alone=False) for option in options]
    return make_question(name, type_, options, **rest)


def _options(draw: Draw, placed_on: Sequence[Facet]) -> list[Option]:
    options = []
    for name in _LETTERS[: draw(st.integers(1, 3))]:
        place = {one.id: [draw(st.sampled_from(list(one.terms)))] for one in placed_on if draw(st.integers(0, 2)) == 0}
        options.append(
            make_option(name, draw(st.none() | st.integers(0, 3)), alone=draw(st.integers(0, 4)) == 0, **place)
        )
    if all(option.alone for option in options):
        options[0] = options[0]._replace(alone=False)
    return options


def conditions_about(draw: Draw, looked_at: Sequence[LookedAt], *, deep: bool = True) -> Condition:
    """Return a condition about some of `looked_at`."""
    tests: list[Condition] = []
    for one in draw(st.lists(st.sampled_from(looked_at), min_size=1, max_size=2)):
        if deep and draw(st.integers(0, 5)) == 0:
            tests.append(conditions_about(draw, looked_at, deep=False))
        else:
            tests.append(_test(draw, one))
    shape = draw(st.integers(0, 3))
    if shape == 0:
        return Not(tests[0])
    if shape == 1:
        return Some(tuple(tests))
    return Every(tuple(tests)) if len(tests) > 1 else tests[0]


def _test(draw: Draw, one: LookedAt) -> Condition:
    if isinstance(one, Axis):
        return _number(draw, axis(one.id), 0, 100)
    if isinstance(one, Facet):
        subject = facet(one.id)
        known = draw(st.sampled_from([True, False, None, None, None]))
        return _words(draw, subject, list(one.terms)) if known is None else Answered(subject, known)
    subject = question(one.id)
    if draw(st.integers(0, 4)) == 0 or one.type is QuestionType.TEXT:
        return Answered(subject, draw(st.booleans()))
    if one.type in {QuestionType.SCALE, QuestionType.NUMBER}:
        return _number(draw, subject, 0, 4)
    if one.type is QuestionType.MANY and draw(st.booleans()):
        return _between(draw, subject, 0, 3)
    return _words(draw, subject, list(one.options))


def _number(draw: Draw, subject: Subject, low: int, high: int) -> Condition:
    if draw(st.booleans()):
        return _between(draw, subject, low, high)
    return AnyOf(subject, frozenset(draw(st.lists(st.integers(low, high), min_size=1, max_size=2))))


def _between(draw: Draw, subject: Subject, low: int, high: int) -> Condition:
    first, second = sorted(draw(st.tuples(*[st.integers(low, high)] * 2)))
    return Between(subject, *draw(st.sampled_from([(first, None), (None, second), (first, second)])))


def _words(draw: Draw, subject: Subject, words: Sequence[str]) -> Condition:
    chosen = frozenset(draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)))
    return AllOf(subject, chosen) if draw(st.booleans()) else AnyOf(subject, chosen)


def _rule(draw: Draw, catalogue: Catalogue, looked_at: Sequence[LookedAt]) -> Rule:
    medoc = draw(st.lists(st.sampled_from(["none", *catalogue.medoc]), unique=True, min_size=1, max_size=3))
    what = draw(st.sampled_from(["points", "include", "both", "exclude"]))
    return make_rule(
        conditions_about(draw, looked_at),
        *[id_ for id_ in medoc if id_ in catalogue.medoc],
        points=draw(st.integers(-200, 200)) if what in {"points", "both"} else 0,
        include=what in {"include", "both"},
        exclude=what == "exclude",
        why=make_text("Parce que"),
    )
