"""Conditions in words, for the reasons whose author gave none."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, assert_never

from boussole.core.definitions.catalogue import Catalogue, Caution, Facet
from boussole.core.definitions.compass import MEASURED, Axis, Question, QuestionType, measured
from boussole.core.definitions.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Every,
    Not,
    Some,
    Subject,
    SubjectKind,
)
from boussole.empty import EMPTY
from boussole.i18n import Figure, Listing, Localised, either, gettext


class Names(NamedTuple):
    """What conditions may look at, by id; those of a catalogue look at facets only."""

    facets: Mapping[str, Facet]
    questions: Mapping[str, Question] = EMPTY
    axes: Mapping[str, Axis] = EMPTY


def describe(condition: Condition, names: Names) -> Localised:
    """Return what a condition says, in the words of the questions, options and terms it looks at."""
    if isinstance(condition, Every):
        if not condition.conditions:
            return gettext("always")
        return Listing([describe(one, names) for one in condition.conditions])
    if isinstance(condition, Some):
        return either([describe(one, names) for one in condition.conditions])
    if isinstance(condition, Not):
        return gettext("not ({condition})", condition=describe(condition.condition, names))
    name = _name(condition.subject, names)
    if isinstance(condition, AnyOf):
        return gettext("{name}: {values}", name=name, values=either(_values(condition, names)))
    if isinstance(condition, AllOf):
        return gettext("{name}: {values}", name=name, values=Listing(_values(condition, names)))
    if isinstance(condition, Between):
        return _bounds(condition, name, names.questions.get(condition.subject.id))
    if isinstance(condition, Answered):
        return gettext("{name}: known", name=name) if condition.expected else gettext("{name}: not known", name=name)
    assert_never(condition)


def describe_caution(caution: Caution, catalogue: Catalogue) -> Localised:
    """Return a contraindication in its author's words, else in those of the facets it looks at."""
    return caution.why or describe(caution.when, Names(catalogue.facets))


def _name(subject: Subject, names: Names) -> Localised:
    if subject.kind is SubjectKind.QUESTION:
        return gettext("“{question}”", question=names.questions[subject.id].ask)
    if subject.kind is SubjectKind.AXIS:
        return names.axes[subject.id].title
    return names.facets[subject.id].title


def _values(condition: AnyOf | AllOf, names: Names) -> list[object]:
    subject = condition.subject
    values: Iterable[str | int] = sorted(
        condition.values, key=lambda value: (value, "") if isinstance(value, int) else (0, value)
    )
    if subject.kind is SubjectKind.FACET:
        return [names.facets[subject.id].terms[str(value)].title for value in values]
    if subject.kind is SubjectKind.QUESTION:
        question = names.questions[subject.id]
        if question.type is QuestionType.SCALE:
            return [question.labels[int(value)] for value in values]
        if question.options:
            return [question.options[str(value)].text for value in values]
        return [measure_words(question, int(value)) for value in values]  # texts are compared with nothing
    return list(values)


def _bounds(condition: Between, name: Localised, question: Question | None) -> Localised:
    low: object = condition.low
    high: object = condition.high
    if condition.subject.kind is SubjectKind.QUESTION and question is not None and question.type in MEASURED:
        low, high = (
            None if bound is None else measure_words(question, bound) for bound in (condition.low, condition.high)
        )
    if low is None:
        return gettext("{name}: {high} or less", name=name, high=high)
    if high is None:
        return gettext("{name}: {low} or more", name=name, low=low)
    return gettext("{name}: from {low} to {high}", name=name, low=low, high=high)


def measure_words(question: Question, measure: int) -> Localised:
    """Return the number or the day of a measure, as people write it."""
    value = question.of_measure(measure)
    match measured(question.type):
        case QuestionType.DATE:
            year, month, day = str(value).split("-")
            return gettext("{year}-{month:02}-{day:02}", year=int(year), month=int(month), day=int(day))
        case QuestionType.NUMBER | None:
            return Figure(float(str(value))) if isinstance(value, float) else Figure(int(str(value)))
        case never:
            assert_never(never)
