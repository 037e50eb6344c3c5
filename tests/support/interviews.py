"""Every interview of a compass, one by one: what searches and reviews are held against."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from boussole.core.answers.accepting import accept
from boussole.core.answers.answers import Answers
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.situation import situate

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.core.situation import Situation

_NUMBERS = range(-3, 9)
"""Beyond every bound that a bounded compass of `support.strategies` has."""


def accepted_by(one: Question, *, alone: bool = False) -> list[Value]:
    """Return every answer that a question accepts; `alone`: of a `many` about a facet, one option at a time."""
    candidates: list[Any] = [UNKNOWN, "…", *_NUMBERS, *one.options]
    if one.type is QuestionType.DATE or one.decimals:
        candidates = [UNKNOWN, *(one.of_measure(number) for number in _NUMBERS if number > 0 or one.decimals)]
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
