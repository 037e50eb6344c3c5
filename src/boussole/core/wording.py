"""Conditions in words, for the reasons whose author gave none."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from boussole.core.compass import QuestionType
from boussole.core.conditions import AllOf, Answered, AnyOf, Between, Every, Not, Some, SubjectKind
from boussole.messages import Listing, either, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass
    from boussole.core.conditions import Condition, Subject
    from boussole.messages import Localised


def describe(condition: Condition, compass: Compass, catalogue: Catalogue) -> Localised:
    """Return what a condition says, in the words of the questions, options and terms it looks at."""
    if isinstance(condition, Every):
        if not condition.conditions:
            return message("always")
        return Listing([describe(one, compass, catalogue) for one in condition.conditions])
    if isinstance(condition, Some):
        return either([describe(one, compass, catalogue) for one in condition.conditions])
    if isinstance(condition, Not):
        return message("not ({condition})", condition=describe(condition.condition, compass, catalogue))
    name = _name(condition.subject, compass, catalogue)
    if isinstance(condition, AnyOf):
        return message("{name}: {values}", name=name, values=either(_values(condition, compass, catalogue)))
    if isinstance(condition, AllOf):
        return message("{name}: {values}", name=name, values=Listing(_values(condition, compass, catalogue)))
    if isinstance(condition, Between):
        return _bounds(condition, name)
    if isinstance(condition, Answered):
        return message("{name}: known", name=name) if condition.expected else message("{name}: not known", name=name)
    assert_never(condition)


def _name(subject: Subject, compass: Compass, catalogue: Catalogue) -> Localised:
    if subject.kind is SubjectKind.QUESTION:
        return message("“{question}”", question=compass.questions[subject.id].ask)
    if subject.kind is SubjectKind.AXIS:
        return compass.axes[subject.id].title
    return catalogue.facets[subject.id].title


def _values(condition: AnyOf | AllOf, compass: Compass, catalogue: Catalogue) -> list[object]:
    subject = condition.subject
    values: Iterable[str | int] = sorted(condition.values, key=str)
    if subject.kind is SubjectKind.FACET:
        return [catalogue.facets[subject.id].terms[str(value)].title for value in values]
    if subject.kind is SubjectKind.QUESTION:
        question = compass.questions[subject.id]
        if question.type is QuestionType.SCALE:
            return [question.labels[int(value)] for value in values]
        if question.options:
            return [question.options[str(value)].text for value in values]
    return list(values)


def _bounds(condition: Between, name: Localised) -> Localised:
    low, high = condition.low, condition.high
    if low is None:
        return message("{name}: {high} or less", name=name, high=high)
    if high is None:
        return message("{name}: {low} or more", name=name, low=low)
    return message("{name}: from {low} to {high}", name=name, low=low, high=high)
