"""From answers to the respondent's situation: the path, the axes, the terms by facet, what is not known."""

from collections.abc import Mapping
from math import lcm
from typing import NamedTuple

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import UNKNOWN, WRITTEN, Axis, Compass, Question, QuestionType, Value
from boussole.core.definitions.conditions import Held, Subject, SubjectKind
from boussole.core.definitions.dependencies import placeable, presence
from boussole.empty import EMPTY


class Situation(NamedTuple):
    """Where a respondent stands.

    `path` holds the questions that these answers lead to, in order; `answers` the values given on that path,
    "?" included; `terms` the terms by facet and `axes` the values, 0 to 100, both by id in alphabetical order;
    `to_find_out` the questions answered "?"; `missing` the required ones not answered yet; `seen` what conditions see
    of each answer.
    """

    path: tuple[str, ...]
    answers: Mapping[str, Value]
    terms: Mapping[str, frozenset[str]]
    axes: Mapping[str, int]
    to_find_out: tuple[str, ...]
    missing: tuple[str, ...]
    seen: Mapping[str, Held] = EMPTY

    def held(self, subject: Subject) -> Held:
        """Return what conditions see of it (see `conditions.View`)."""
        if subject.kind is SubjectKind.AXIS:
            return self.axes.get(subject.id)
        if subject.kind is SubjectKind.FACET:
            return self.terms.get(subject.id)
        return self.seen.get(subject.id)


def situate(compass: Compass, answers: Answers) -> Situation:
    """Return the situation that accepted `answers` describe; only those on the path count."""
    walk = _Walk(compass)
    for question in compass.questions.values():
        if presence(compass, question).holds(walk):
            walk.path.append(question.id)
            value = answers.get(question.id)
            if value is not None:
                walk.answers[question.id] = value
    questions = compass.questions
    facets = {facet for facet in sorted(placeable(compass)) if walk.terms(facet)}
    axes = {axis: value for axis in sorted(compass.axes) if (value := walk.axis(axis)) is not None}
    return Situation(
        path=tuple(walk.path),
        answers=walk.answers,
        terms={facet: walk.terms(facet) for facet in sorted(facets)},
        axes=axes,
        to_find_out=tuple(id_ for id_ in walk.path if walk.answers.get(id_) == UNKNOWN),
        missing=tuple(id_ for id_ in walk.path if id_ not in walk.answers and questions[id_].required),
        seen={id_: questions[id_].held(value) for id_, value in walk.answers.items()},
    )


class _Walk:
    """The situation while the path is being walked.

    A question's condition may look only at what earlier questions decide, so an axis or a facet once asked for
    will not change any more and is kept.
    """

    def __init__(self, compass: Compass) -> None:
        self._compass = compass
        self.path: list[str] = []
        self.answers: dict[str, Value] = {}
        self._axes: dict[str, int | None] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def held(self, subject: Subject) -> Held:
        if subject.kind is SubjectKind.QUESTION:
            value = self.answers.get(subject.id)
            return None if value is None else self._compass.questions[subject.id].held(value)
        if subject.kind is SubjectKind.AXIS:
            return self.axis(subject.id)
        return self.terms(subject.id) or None

    def axis(self, id_: str) -> int | None:
        if id_ not in self._axes:
            self._axes[id_] = axis_value(self._compass, self._compass.axes[id_], self.answers)
        return self._axes[id_]

    def terms(self, facet: str) -> frozenset[str]:
        if facet not in self._terms:
            self._terms[facet] = frozenset(
                self._terms_by_questions(facet) | self._terms_by_axes(facet) | self._terms_by_placements(facet)
            )
        return self._terms[facet]

    def _terms_by_questions(self, facet: str) -> set[str]:
        terms: set[str] = set()
        for id_, value in self.answers.items():
            question = self._compass.questions[id_]
            for one in _chosen(question, value):
                if question.facet == facet:
                    terms.add(one)
                terms |= question.options[one].place.get(facet, frozenset())
        return terms

    def _terms_by_axes(self, facet: str) -> set[str]:
        terms: set[str] = set()
        for axis in self._compass.axes.values():
            if axis.facet == facet and (value := self.axis(axis.id)) is not None:
                terms.update(axis.terms_at(value))
        return terms

    def _terms_by_placements(self, facet: str) -> set[str]:
        terms: set[str] = set()
        for placement in self._compass.placements:
            if facet in placement.at and placement.when.holds(self):
                terms |= placement.at[facet]
        return terms


def axis_value(compass: Compass, axis: Axis, answers: Mapping[str, Value]) -> int | None:
    """Return floor(100 × Σ weight·(points/highest) / Σ weight) over the counted answers, exactly, or None."""
    counted: list[tuple[int, int, int]] = []
    for id_, weight in axis.questions.items():
        if id_ not in answers:
            continue
        question = compass.questions[id_]
        points = question.points(answers[id_])
        if points is not None:
            counted.append((weight, points, question.highest_points))
    weights = sum(weight for weight, _, _ in counted)
    if not weights:
        return None
    whole = lcm(*(highest for _, _, highest in counted))
    return 100 * sum(weight * points * (whole // highest) for weight, points, highest in counted) // (whole * weights)


def _chosen(question: Question, value: Value) -> tuple[str, ...]:
    """Return the option ids in an answer; none for "?", a scale or what is written."""
    if value == UNKNOWN or question.type is QuestionType.SCALE or question.type in WRITTEN:
        return ()
    return value if isinstance(value, tuple) else (str(value),)
