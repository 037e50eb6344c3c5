"""Interviews by chance, always the same ones: what is tried where there are too many to follow."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, assert_never

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boussole.core.definitions.compass import Compass, Option, Question, Value
    from boussole.core.situation import Situation

_LARGEST = 10_000
_CENTURY = (date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal())


def interviews(
    compass: Compass, count: int, prefers: Callable[[Question, Option], bool] | None = None
) -> Iterator[Situation]:
    """Yield the situations at the end of `count` interviews; where `prefers` likes an option, it is chosen."""
    for answers in random_answers(compass, count, prefers):
        yield situate(compass, answers)


def random_answers(
    compass: Compass, count: int, prefers: Callable[[Question, Option], bool] | None = None
) -> Iterator[Answers]:
    """Yield `count` answers to all questions, those off the path included."""
    for number in range(count):
        chance = Random(number)  # noqa: S311 - no secret
        answers = {id_: _answer(question, chance, prefers) for id_, question in compass.questions.items()}
        yield Answers.given(answers)


def _answer(question: Question, chance: Random, prefers: Callable[[Question, Option], bool] | None) -> Value:
    """Return an answer that `question` accepts."""
    liked = [id_ for id_, option in question.options.items() if prefers is not None and prefers(question, option)]
    if not question.required and not liked and chance.random() < 1 / 4:
        return UNKNOWN
    match question.type:
        case QuestionType.SCALE:
            return chance.randrange(len(question.labels))
        case QuestionType.NUMBER:
            low = question.least if question.least is not None else min(0, question.most or 0)
            high = question.most if question.most is not None else low + _LARGEST
            return question.of_measure(chance.randint(low, high))
        case QuestionType.DATE:
            return question.of_measure(_day(question, chance))
        case QuestionType.TEXT:
            return "…"
        case QuestionType.MANY:
            return _several(question, chance, liked)
        case QuestionType.ONE | QuestionType.YES_NO:
            return chance.choice(liked or list(question.options))
        case _:
            assert_never(question.type)


def _day(question: Question, chance: Random) -> int:
    """Return a day within the bounds, of this century where they do not say."""
    least = question.least if question.least is not None else min(_CENTURY[0], question.bounds[1] or 0)
    most = question.most if question.most is not None else max(_CENTURY[1], least)
    return chance.randint(least, most)


def _several(question: Question, chance: Random, liked: list[str]) -> tuple[str, ...]:
    together = [id_ for id_, option in question.options.items() if not option.alone]
    alone = [id_ for id_, option in question.options.items() if option.alone]
    least = question.at_least
    most = min(len(together), len(together) if question.most is None else question.most)
    if alone and (least > most or (not liked and chance.random() < 1 / 8)):
        return (chance.choice(alone),)
    wanted = [id_ for id_ in liked if id_ in together]
    if liked and not wanted:
        return (chance.choice(liked),)  # those that are liked exclude the others
    chance.shuffle(wanted)
    size = chance.randint(max(least, 1 if wanted else 0), most) if most else 0
    others = [id_ for id_ in together if id_ not in wanted]
    chosen = wanted[:size] if len(wanted) >= least else wanted + chance.sample(others, least - len(wanted))
    chosen = chosen or chance.sample(together, size)
    return tuple(id_ for id_ in together if id_ in chosen)
