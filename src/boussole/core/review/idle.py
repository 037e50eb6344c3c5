"""Questions whose answer never changes the list: proved where nothing looks at them, looked for elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.catalogue import PROVEN
from boussole.core.compass import UNKNOWN, QuestionType
from boussole.core.conditions import Subject, SubjectKind
from boussole.core.dependencies import Dependencies
from boussole.core.ranking import rank
from boussole.core.review.chance import sheets
from boussole.core.review.coverage import Idle
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.answers import Answers
    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass, Question, Value

_TRIES = 30


def idle_questions(compass: Compass, catalogue: Catalogue) -> tuple[Idle, ...]:
    """Return the questions that no ranking depends on, and those whose answer changed none of those tried."""
    looked_at = {subject for rule in compass.rules for subject in rule.when.subjects()}
    for medoc in catalogue.medoc.values():
        looked_at |= {subject for caution in medoc.avoid for subject in caution.when.subjects()}
    ranked = (compass.weighting.weights.keys() | compass.weighting.require) - {PROVEN}
    looked_at |= {Subject(SubjectKind.FACET, facet) for facet in ranked}
    followed = Dependencies(compass).followed(looked_at)
    tried = list(sheets(compass, _TRIES))
    return tuple(
        Idle(id_, proved=id_ not in followed)
        for id_, question in compass.questions.items()
        if id_ not in followed or not any(_matters(compass, catalogue, question, answers) for answers in tried)
    )


def _matters(compass: Compass, catalogue: Catalogue, question: Question, answers: Answers) -> bool:
    """Tell whether another answer to `question` gives another top, all else being as it was answered."""
    if question.id not in situate(compass, answers).path:
        return False
    tops = (_top(compass, catalogue, answers.put(question.id, value)) for value in _values(question))
    first = next(tops)
    return any(top != first for top in tops)


def _top(compass: Compass, catalogue: Catalogue, answers: Answers) -> list[str]:
    return [one.medoc.id for one in rank(compass, catalogue, situate(compass, answers)).top()]


def _values(question: Question) -> Iterator[Value]:
    """Yield some answers: all of them but for a `many` (an option at a time), a number (its ends) and a text."""
    if question.type is QuestionType.SCALE:
        yield from range(len(question.labels))
    elif question.type is QuestionType.NUMBER:
        low = question.least if question.least is not None else min(0, question.most or 0)
        yield from (low, question.most if question.most is not None else low + 1_000_000)
    elif question.type is QuestionType.TEXT:
        yield "…"
    elif question.type is QuestionType.MANY:
        yield from ((id_,) for id_ in question.options)
    else:
        yield from question.options
    if not question.required:
        yield UNKNOWN
