"""Questions whose answer never changes the list: proved where nothing looks at them, looked for elsewhere."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from boussole.core.check.coverage import NoEffect
from boussole.core.definitions.compass import UNKNOWN, WRITTEN, QuestionType
from boussole.core.definitions.conditions import Subject, SubjectKind
from boussole.core.definitions.dependencies import Dependencies, leaves_by_question
from boussole.core.explore.answer_classes import Observed, answer_classes
from boussole.core.explore.sampling import random_answers
from boussole.core.ranking import rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.core.definitions.conditions import Leaf

_TRIES = 30
_DRAWN = 600
"""How many interviews are drawn; each question is tried in the first that ask it, which some do one time in twenty."""


def questions_without_effect(compass: Compass, catalogue: Catalogue) -> tuple[NoEffect, ...]:
    """Return the questions that no ranking depends on, and those whose answer changed none of those tried."""
    looked_at = {subject for rule in compass.rules for subject in rule.when.subjects()}
    for medoc in catalogue.medoc.values():
        looked_at |= {subject for caution in medoc.avoid for subject in caution.when.subjects()}
    ranked = (compass.weighting.weights.keys() | compass.weighting.require) & catalogue.facets.keys()
    looked_at |= {Subject(SubjectKind.FACET, facet) for facet in ranked}
    followed = Dependencies(compass).followed(looked_at)
    drawn = [(answers, situate(compass, answers).path) for answers in random_answers(compass, _DRAWN)]
    looks = leaves_by_question(compass)
    values = {id_: list(_values(question, looks[id_])) for id_, question in compass.questions.items()}
    # what is written freely is never scored nor compared: it is asked for another reason
    judged = [id_ for id_, question in compass.questions.items() if question.type is not QuestionType.TEXT]
    return tuple(
        NoEffect(id_, proved=id_ not in followed)
        for id_ in judged
        if id_ not in followed
        or not any(
            _matters(compass, catalogue, id_, values[id_], answers)
            for answers in islice((answers for answers, path in drawn if id_ in path), _TRIES)
        )
    )


def _matters(compass: Compass, catalogue: Catalogue, id_: str, values: Sequence[Value], answers: Answers) -> bool:
    """Tell whether one of `values` gives another top than the others, all else being as it was answered."""
    tops = (_top(compass, catalogue, answers.put(id_, value)) for value in values)
    first = next(tops)
    return any(top != first for top in tops)


def _top(compass: Compass, catalogue: Catalogue, answers: Answers) -> list[str]:
    return [one.medoc.id for one in rank(compass, catalogue, situate(compass, answers)).top()]


def _values(question: Question, looks: Sequence[Leaf]) -> Iterator[Value]:
    """Yield some answers: of a `many` as few options at a time as may be, else one of each kind that is looked at."""
    if question.type is QuestionType.MANY:
        together = [id_ for id_, option in question.options.items() if not option.alone]
        least = question.at_least
        size = max(least, 1)
        yield from (tuple(together[start : start + size]) for start in range(len(together) - size + 1))
        yield from ((id_,) for id_, option in question.options.items() if option.alone)
        if least == 0:
            yield ()
    elif question.type in WRITTEN:
        yield from (kind.example for kind in answer_classes(question._replace(required=True), Observed(tuple(looks))))
    elif question.type is QuestionType.SCALE:
        yield from range(len(question.labels))
    else:
        yield from question.options
    if not question.required:
        yield UNKNOWN
