"""Random catalogues, compasses and answers, all valid; and random single mistakes in documents.

`bounded`: small enough for every interview to be listed (`support.interviews`), and with all that conditions can look
at; else larger, with conditions about questions and axes only.
"""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from boussole.core.definitions.catalogue import PSEUDO_FACETS, Caution, Facet, Proven
from boussole.core.definitions.compass import MEASURED, UNKNOWN, Axis, QuestionType
from boussole.core.definitions.conditions import ALWAYS, AllOf, Answered, AnyOf, Between, Every, Not, Some
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
from support.interviews import accepted_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass, Option, Question, Rule, Value
    from boussole.core.definitions.conditions import Condition, Subject

LookedAt: TypeAlias = "Question | Axis | Facet"
Draw = Any
"""What `st.composite` gives: it draws from a strategy of any type and returns a value of it."""

MOST_INTERVIEWS = 1500
"""Sheets of answers of a bounded compass."""
FACETS = ("kind", "level", "profile", "stage")
_LETTERS = "abcdef"
_PLACED = "level"


# --- Definitions -----------------------------------------------------------------------------------------------------


@st.composite
def catalogues(draw: Draw, *, bounded: bool = False) -> Catalogue:
    """Return a catalogue of up to eight MEDOC along `kind`, `stage` (ordered), `profile`, `level` (ordered)."""
    kinds, profiles, levels, most = (2, 3, 3, 7) if bounded else (3, 5, 4, 8)
    facets = [
        make_facet("kind", *_LETTERS[: draw(st.integers(1, kinds))]),
        make_facet("stage", *_LETTERS[: draw(st.integers(1, 3))], ordered=True),
        make_facet("profile", *_LETTERS[: draw(st.integers(1, profiles))]),
        make_facet("level", *_LETTERS[: draw(st.integers(1, levels))], ordered=True, at_most=draw(st.booleans())),
    ]
    medoc: list[Medoc] = []
    for name in draw(st.lists(st.sampled_from("stuvwxyz"), unique=True, max_size=most)):
        medoc.append(_medoc(draw, name, facets, [one.id for one in medoc]))
    return make_catalogue(*medoc, facets=facets, dated=draw(st.none() | st.just(dt.date(2026, 12, 1))))


def _medoc(draw: Draw, name: str, facets: Sequence[Facet], before: Sequence[str]) -> Medoc:
    kind, stage, *others = facets
    terms = {one.id: draw(st.lists(st.sampled_from(list(one.terms)), unique=True)) for one in others}
    avoid = [Caution(_words(draw, facet(one.id), list(one.terms))) for one in others if draw(st.integers(0, 4)) == 0]
    return make_medoc(
        name,
        kind=draw(st.sampled_from(list(kind.terms))),
        suits={id_: some for id_, some in terms.items() if some},
        stage=draw(st.none() | st.sampled_from(list(stage.terms))),
        year=draw(st.none() | st.integers(2018, 2020)),
        proven=Proven(*draw(st.tuples(*[st.integers(0, 3)] * 3))) if draw(st.booleans()) else Proven(),
        after=tuple(draw(st.lists(st.sampled_from(before), unique=True, max_size=2))) if before else (),
        avoid=tuple(avoid),
        reference=draw(st.integers(0, 3)),
        superseded_by=draw(st.sampled_from([None, None, None, "other"])),
    )


@st.composite
def compasses(draw: Draw, catalogue: Catalogue, *, bounded: bool = False) -> Compass:
    """Return a compass about `catalogue`.

    Conditions look only at what stands before, and what a question has looked at is fed by nothing that follows.
    """
    seen = [one for one in catalogue.facets.values() if one.id != "stage"] if bounded else []
    questions: list[Question] = []
    axes: list[Axis] = []
    closed: set[str] = set()
    interviews = 1
    for name in "abcde"[: draw(st.integers(0, 5))] if bounded else "abcdefg"[: draw(st.integers(1, 7))]:
        looked_at: list[LookedAt] = [*questions, *axes, *(seen if questions else [])]
        one = _question(draw, f"q{name}", catalogue, looked_at, closed, bounded=bounded)
        interviews *= len(accepted_by(one)) if bounded else 1
        if interviews > MOST_INTERVIEWS:
            break
        questions.append(one)
        closed |= {subject.id for subject in one.when.subjects()} & set(FACETS)
        counted = [past.id for past in questions if past.highest_points]
        if counted and draw(st.booleans()):
            axes.append(
                _axis(draw, f"x{name}", counted, [] if _PLACED in closed else list(catalogue.facets[_PLACED].terms))
            )
    return make_compass(
        *questions,
        axes=axes,
        placements=tuple(
            make_place(
                conditions_about(draw, [*questions, *axes, *seen]),
                stage=[draw(st.sampled_from(list(catalogue.facets["stage"].terms)))],
            )
            for _ in range(draw(st.integers(0, 2)) if questions or seen else 0)
        ),
        rules=tuple(
            _rule(draw, catalogue, [*questions, *axes, *catalogue.facets.values()], bounded=bounded)
            for _ in range(draw(st.integers(0, 4)))
        ),
        weights=draw(st.dictionaries(st.sampled_from([*FACETS, *PSEUDO_FACETS]), st.integers(1, 5))),
        require=draw(st.lists(st.sampled_from(FACETS), max_size=2)),
        generic=draw(st.sampled_from([0, 333, 500, 1000])),
        pathway_size=draw(st.integers(1, 6)),
        **({"top": draw(st.integers(1, 4))} if bounded else {}),
    )


def _axis(draw: Draw, name: str, counted: Sequence[str], terms: Sequence[str]) -> Axis:
    """Return an axis on some of the questions that count, placing at `terms` where there are any."""
    weights = draw(st.dictionaries(st.sampled_from(counted), st.integers(1, 9), min_size=1, max_size=4))
    starts = sorted(draw(st.lists(st.integers(0, 100), unique=True, max_size=3)))
    steps = dict(zip(terms, starts, strict=False))
    return make_axis(name, weights, _PLACED if steps else None, **steps)


def _question(
    draw: Draw, name: str, catalogue: Catalogue, looked_at: Sequence[LookedAt], closed: set[str], *, bounded: bool
) -> Question:
    when = conditions_about(draw, looked_at) if looked_at and draw(st.booleans()) else ALWAYS
    closed = closed | {subject.id for subject in when.subjects()}
    rest: dict[str, Any] = {"when": when, "required": draw(st.booleans())}
    type_ = draw(st.sampled_from(list(QuestionType)))
    if type_ is QuestionType.MANY:
        least = draw(st.sampled_from([None, 0, 1, 2] if bounded else [None, 0]))
        rest |= {"least": least, "most": draw(st.none() | st.integers(max(least or 1, 1), 3))}
    if type_ is QuestionType.NUMBER and bounded:
        rest |= {"least": draw(st.none() | st.integers(-1, 2)), "most": draw(st.none() | st.integers(2, 4))}
    elif type_ is QuestionType.NUMBER:
        rest |= {"least": 0, "most": 50}
    if type_ is QuestionType.NUMBER:
        rest["decimals"] = draw(st.sampled_from([0, 0, 1, 2]))
    if type_ is QuestionType.DATE:
        rest |= {
            "least": draw(st.none() | st.integers(1, 2)),
            "most": draw(st.integers(3, 4) if bounded else st.just(50)),
        }
    about = [one for one in catalogue.facets.values() if one.id not in closed and one.id != "stage"]
    if about and type_ in {QuestionType.ONE, QuestionType.MANY} and draw(st.booleans()):
        one = draw(st.sampled_from(about))
        rest["least"] = rest.get("least") and min(rest["least"], len(one.terms))
        return make_question(name, type_, one, **rest)
    options = _options(draw, [one for one in about if one.id == "profile"], bounded=bounded)
    if type_ is QuestionType.MANY:
        rest["least"] = rest["least"] and min(rest["least"], len(options))
    else:
        options = [option._replace(alone=False) for option in options]
    return make_question(name, type_, options, **rest)


def _options(draw: Draw, placed_on: Sequence[Facet], *, bounded: bool) -> list[Option]:
    options = []
    for name in _LETTERS[: draw(st.integers(1, 3 if bounded else 4))]:
        place = {one.id: [draw(st.sampled_from(list(one.terms)))] for one in placed_on if draw(st.integers(0, 2)) == 0}
        alone = bounded and draw(st.integers(0, 4)) == 0
        options.append(make_option(name, draw(st.none() | st.integers(0, 5)), alone=alone, **place))
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
    if one.type is QuestionType.SCALE:  # files that look at a position that it has not are refused
        return _number(draw, subject, 0, len(one.labels) - 1)
    if one.type in MEASURED:  # days are counted from 1
        return _number(draw, subject, int(one.type is QuestionType.DATE), 4)
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


def _rule(draw: Draw, catalogue: Catalogue, looked_at: Sequence[LookedAt], *, bounded: bool) -> Rule:
    """Return a rule; one of a larger compass may also name a MEDOC that is not there."""
    medoc = draw(st.lists(st.sampled_from(["none", *catalogue.medoc]), unique=True, min_size=1, max_size=3))
    what = draw(st.sampled_from(["points", "include", "both", "exclude"]))
    return make_rule(
        conditions_about(draw, looked_at),
        *[id_ for id_ in medoc if not bounded or id_ in catalogue.medoc],
        points=draw(st.integers(-200, 200)) if what in {"points", "both"} else 0,
        include=what in {"include", "both"},
        exclude=what == "exclude",
        why=draw(st.none() | st.just(make_text("Parce que"))),
    )


# --- Answers ---------------------------------------------------------------------------------------------------------


def values(one: Question, *, known: bool = False) -> st.SearchStrategy[Value]:
    """Return accepted answers to a question; « ? » too where it may be, unless `known`."""
    said: st.SearchStrategy[Value]
    if one.type is QuestionType.MANY:
        options = st.lists(st.sampled_from(list(one.options)), unique=True, min_size=one.least != 0, max_size=one.most)
        said = options.map(lambda chosen: tuple(option for option in one.options if option in chosen))
    elif one.type is QuestionType.SCALE:
        said = st.integers(0, len(one.labels) - 1)
    elif one.type in MEASURED:
        said = st.integers(max(one.least or 0, 1), 50).map(one.of_measure)
    elif one.type is QuestionType.TEXT:
        said = st.just("Nous")
    else:
        said = st.sampled_from(list(one.options))
    return said if one.required or known else said | st.just(UNKNOWN)


# --- Mistakes in documents -------------------------------------------------------------------------------------------

STRANGE = [
    0,
    -1,
    5,
    10**6000,
    True,
    1.5,
    float("nan"),
    "",
    "x",
    "?",
    "proven",
    [],
    ["x"],
    [1],
    [[]],
    [{}],
    {},
    {"x": 1},
    {"fr": "x"},
    {"min": 1},
    {"all": []},
    {"answered": True},
    dt.date(2026, 11, 22),
    dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
]


@st.composite
def edits(draw: Draw, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return `document` with one value or key deleted, doubled, renamed, retyped or exchanged."""
    edited = copy.deepcopy(dict(document))
    node, key = draw(st.sampled_from(_places(edited)))
    what = draw(st.sampled_from(["delete", "double", "rename", "retype", "retype", "exchange"]))
    if what == "delete":
        del node[key]
    elif what == "retype":
        node[key] = draw(st.sampled_from(STRANGE))
    elif what == "exchange":
        other, name = draw(st.sampled_from(_places(document)))
        node[key] = copy.deepcopy(other[name])
    elif isinstance(node, list):
        node.insert(draw(st.integers(0, len(node))), copy.deepcopy(node[key]))
    else:
        new = draw(st.sampled_from(["x", "id", "when", "title", "min", "é à", 'a"b', f"{key}s"]))
        node[new] = copy.deepcopy(node[key])
        if what == "rename" and new != key:
            del node[key]
    return edited


def _places(node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any part of a document
    """Return every value of a document as what holds it and its key there."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [(node, key) for key in keys] + [place for key in keys for place in _places(node[key])]
