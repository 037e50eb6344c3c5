"""Random catalogues, compasses and answers, all valid; and random single mistakes in documents."""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from boussole.core.definitions.catalogue import PSEUDO_FACETS, Caution, Proven
from boussole.core.definitions.compass import UNKNOWN, QuestionType
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

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
    from boussole.core.definitions.compass import Axis, Compass, Option, Question, Rule, Value
    from boussole.core.definitions.conditions import Condition, Subject

Draw = Any
"""What `st.composite` gives: it draws from a strategy of any type and returns a value of it."""

_LETTERS = "abcdef"
_PLACED = "level"


@st.composite
def catalogues(draw: Draw) -> Catalogue:
    """Return a catalogue of up to eight MEDOC along four facets: `kind`, `stage`, `profile`, `level` (ordered)."""
    facets = [
        make_facet("kind", *_LETTERS[: draw(st.integers(1, 3))]),
        make_facet("stage", *_LETTERS[: draw(st.integers(1, 3))], ordered=True),
        make_facet("profile", *_LETTERS[: draw(st.integers(1, 5))]),
        make_facet("level", *_LETTERS[: draw(st.integers(1, 4))], ordered=True, at_most=draw(st.booleans())),
    ]
    medoc: list[Medoc] = []
    for name in draw(st.lists(st.sampled_from("stuvwxyz"), unique=True, max_size=8)):
        medoc.append(_medoc(draw, name, facets, [one.id for one in medoc]))
    return make_catalogue(*medoc, facets=facets, dated=draw(st.none() | st.just(dt.date(2026, 12, 1))))


def _medoc(draw: Draw, name: str, facets: Sequence[Facet], before: Sequence[str]) -> Medoc:
    kind, stage, profile, level = facets
    suits = {one.id: terms for one in (profile, level) if (terms := draw(_terms(one)))}
    cautions = [
        Caution(_words(draw, facet(one.id), list(one.terms), several=True))
        for one in draw(st.lists(st.sampled_from([profile, level]), max_size=1))
    ]
    return make_medoc(
        name,
        kind=draw(st.sampled_from(list(kind.terms))),
        suits=suits,
        stage=draw(st.none() | st.sampled_from(list(stage.terms))),
        year=draw(st.none() | st.integers(2018, 2020)),
        proven=Proven(*draw(st.tuples(*[st.integers(0, 3)] * 3))),
        after=tuple(draw(st.lists(st.sampled_from(before), unique=True, max_size=2))) if before else (),
        avoid=tuple(cautions),
        reference=draw(st.integers(0, 3)),
        superseded_by=draw(st.sampled_from([None, None, None, "other"])),
    )


def _terms(one: Facet) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(one.terms)), unique=True)


@st.composite
def compasses(draw: Draw, catalogue: Catalogue) -> Compass:
    """Return a compass about `catalogue`: conditions look only at what stands before, places never in a circle."""
    questions: list[Question] = []
    axes: list[Axis] = []
    for name in "abcdefg"[: draw(st.integers(1, 7))]:
        one = _question(draw, f"q{name}", catalogue, questions, axes)
        questions.append(one)
        if one.highest_points and draw(st.booleans()):
            counted = [past.id for past in questions if past.highest_points]
            weights = draw(st.dictionaries(st.sampled_from(counted), st.integers(1, 9), min_size=1, max_size=4))
            starts = sorted(draw(st.lists(st.integers(0, 100), unique=True, max_size=3)))
            steps = dict(zip(catalogue.facets[_PLACED].terms, starts, strict=False))
            axes.append(make_axis(f"x{name}", weights, _PLACED if steps else None, **steps))
    subjects = [_of_question(one) for one in questions] + [_of_axis(one.id) for one in axes]
    facets = [_of_facet(one) for one in catalogue.facets.values()]
    places = [
        make_place(_condition(draw, subjects), stage=[draw(st.sampled_from(list(catalogue.facets["stage"].terms)))])
        for _ in range(draw(st.integers(0, 2)))
    ]
    rules = tuple(_rule(draw, catalogue, subjects + facets) for _ in range(draw(st.integers(0, 4))))
    names = ["kind", "stage", "profile", "level"]
    return make_compass(
        *questions,
        axes=axes,
        placements=tuple(places),
        rules=rules,
        weights=draw(st.dictionaries(st.sampled_from([*names, *PSEUDO_FACETS]), st.integers(1, 5))),
        require=draw(st.lists(st.sampled_from(names), max_size=2)),
        generic=draw(st.sampled_from([0, 333, 500, 1000])),
        pathway_size=draw(st.integers(1, 6)),
    )


def _question(
    draw: Draw,
    name: str,
    catalogue: Catalogue,
    before: Sequence[Question],
    axes: Sequence[Axis],
) -> Question:
    looked_at = [_of_question(one) for one in before] + [_of_axis(one.id) for one in axes]
    rest = {
        "when": _condition(draw, looked_at) if looked_at and draw(st.booleans()) else ALWAYS,
        "required": draw(st.booleans()),
    }
    type_ = draw(st.sampled_from(list(QuestionType)))
    if type_ is QuestionType.MANY:
        rest |= {"least": draw(st.sampled_from([None, 0])), "most": draw(st.sampled_from([None, 1, 2]))}
    if type_ is QuestionType.NUMBER:
        rest |= {"least": 0, "most": 50}
    about = draw(st.none() | st.sampled_from(["profile", "level", "kind"]))
    if about and type_ in {QuestionType.ONE, QuestionType.MANY}:
        return make_question(name, type_, catalogue.facets[about], **rest)
    return make_question(name, type_, _options(draw, catalogue.facets["profile"]), **rest)


def _options(draw: Draw, placed_on: Facet) -> list[Option]:
    options = []
    for name in _LETTERS[: draw(st.integers(1, 4))]:
        place = {"profile": [draw(st.sampled_from(list(placed_on.terms)))]} if draw(st.integers(0, 3)) == 0 else {}
        options.append(make_option(name, draw(st.none() | st.integers(0, 5)), alone=False, **place))
    return options


Tested = tuple["Subject", "Callable[[Draw], Condition]"]


def _of_question(one: Question) -> Tested:
    subject = question(one.id)

    def test(draw: Draw) -> Condition:
        if draw(st.integers(0, 4)) == 0 or one.type is QuestionType.TEXT:
            return Answered(subject, draw(st.booleans()))
        if one.type in {QuestionType.SCALE, QuestionType.NUMBER}:
            return Between(subject, draw(st.integers(0, 3)))
        if one.type is QuestionType.MANY and draw(st.booleans()):
            return Between(subject, None, draw(st.integers(0, 2)))
        return _words(draw, subject, list(one.options), several=one.type is QuestionType.MANY)

    return subject, test


def _of_axis(id_: str) -> Tested:
    subject = axis(id_)

    def test(draw: Draw) -> Condition:
        if draw(st.booleans()):
            return Between(subject, draw(st.integers(0, 100)))
        return AnyOf(subject, frozenset({0, draw(st.integers(0, 100))}))

    return subject, test


def _of_facet(one: Facet) -> Tested:
    subject = facet(one.id)
    return subject, lambda draw: _words(draw, subject, list(one.terms), several=True)


def _words(draw: Draw, subject: Subject, words: Sequence[str], *, several: bool) -> Condition:
    chosen = frozenset(draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)))
    return AllOf(subject, chosen) if several and draw(st.booleans()) else AnyOf(subject, chosen)


def _condition(draw: Draw, subjects: Sequence[Tested]) -> Condition:
    tests = [test(draw) for _, test in draw(st.lists(st.sampled_from(subjects), min_size=1, max_size=2))]
    shape = draw(st.integers(0, 3))
    if shape == 0:
        return Not(tests[0])
    if shape == 1:
        return Some(tuple(tests))
    return Every(tuple(tests)) if len(tests) > 1 else tests[0]


def _rule(draw: Draw, catalogue: Catalogue, subjects: Sequence[Tested]) -> Rule:
    medoc = draw(st.lists(st.sampled_from(["none", *catalogue.medoc]), unique=True, min_size=1, max_size=3))
    what = draw(st.sampled_from(["points", "include", "both", "exclude"]))
    return make_rule(
        _condition(draw, subjects),
        *medoc,
        points=draw(st.integers(-200, 200)) if what in {"points", "both"} else 0,
        include=what in {"include", "both"},
        exclude=what == "exclude",
        why=draw(st.none() | st.just(make_text("Parce que"))),
    )


def values(one: Question, *, known: bool = False) -> st.SearchStrategy[Value]:
    """Return accepted answers to a question; « ? » too where it may be, unless `known`."""
    said: st.SearchStrategy[Value]
    if one.type is QuestionType.MANY:
        options = st.lists(st.sampled_from(list(one.options)), unique=True, min_size=one.least != 0, max_size=one.most)
        said = options.map(lambda chosen: tuple(option for option in one.options if option in chosen))
    elif one.type is QuestionType.SCALE:
        said = st.integers(0, len(one.labels) - 1)
    elif one.type is QuestionType.NUMBER:
        said = st.integers(0, 50)
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
