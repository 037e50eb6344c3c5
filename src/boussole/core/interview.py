"""Which question comes next, which came before, and how far along we are.

Nothing is stored: everything is derived from the answers, so going back and changing one is not a special case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.dependencies import Dependencies, presence
from boussole.core.situation import situate

if TYPE_CHECKING:
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.compass import Compass, Question


def next_question(compass: Compass, answers: Answers) -> Question | None:
    """Return the first question on the path without an answer, or None when nothing is left."""
    situation = situate(compass, answers)
    return next((compass.questions[id_] for id_ in situation.path if id_ not in situation.answers), None)


def question_after(compass: Compass, answers: Answers, question: Question) -> Question | None:
    """Return the question that follows `question` on the path, answered or not, or None at the end."""
    path = situate(compass, answers).path
    place = path.index(question.id) + 1
    return compass.questions[path[place]] if place < len(path) else None


def question_before(compass: Compass, answers: Answers, question: Question) -> Question | None:
    """Return the question that stands before `question` on the path, or None at the start."""
    path = situate(compass, answers).path
    place = path.index(question.id)
    return compass.questions[path[place - 1]] if place > 0 else None


class Progress(NamedTuple):
    """« Question 3 sur 9 »: `number` of `total`, which counts what may still be asked and so never grows."""

    number: int
    total: int


def progress(compass: Compass, answers: Answers, question: Question) -> Progress:
    """Return how far along `question`, which is on the path, stands."""
    situation = situate(compass, answers)
    number = situation.path.index(question.id) + 1
    dependencies = Dependencies(compass)
    on_path = set(situation.path)
    unsettled = on_path - set(situation.answers) | {question.id}
    total = 0
    for id_, candidate in compass.questions.items():
        if not dependencies.questions(presence(compass, candidate).subjects()).isdisjoint(unsettled):
            unsettled.add(id_)  # it may be asked or not, so what looks at it is not settled either
            total += 1
        elif id_ in on_path:
            total += 1
    return Progress(number, total)


def longest_path(compass: Compass) -> int:
    """Return the most questions an interview can ask (an upper bound: exclusive branches are all counted)."""
    return len(compass.questions)
