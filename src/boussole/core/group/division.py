"""What divides a group: the questions to which most pairs of people answer differently."""

from fractions import Fraction
from typing import NamedTuple, assert_never

from boussole.core.definitions.compass import Question, QuestionType
from boussole.core.group.counts import percent
from boussole.core.group.gathering import Gathering

_MOST = 3
_LEAST_PERCENT = 30


class Division(NamedTuple):
    """A question that divides: of `pairs`, `differing` differ.

    Of a `many`, both are sums over its options; of a `scale`, distances, of which (labels - 1) a pair are possible.
    """

    question: str
    differing: int
    pairs: int
    percent: int | None


def divide(gathering: Gathering, without: frozenset[str], smallest: int) -> tuple[Division, ...]:
    """Return the three questions that divide most, at least 30 %, asked of `smallest` people, none of `without`."""
    found = []
    for id_, question in gathering.compass.questions.items():
        if id_ in without or gathering.answered[id_].bit_count() < smallest:
            continue
        differing, pairs = _differing(gathering, question)
        if pairs and 100 * differing >= _LEAST_PERCENT * pairs:
            found.append(Division(id_, differing, pairs, percent(differing, pairs, len(gathering.people))))
    found.sort(key=lambda one: Fraction(-one.differing, one.pairs))  # equal ones stay in the order of the file
    return tuple(found[:_MOST])


def _differing(gathering: Gathering, question: Question) -> tuple[int, int]:
    """Return how much of the pairs differ, and of how much; (0, 0) where no pair can be compared."""
    counts = [people.bit_count() for people in gathering.options[question.id].values()]
    unknown = gathering.unknown[question.id].bit_count()
    people = gathering.answered[question.id].bit_count()
    match question.type:
        case QuestionType.ONE | QuestionType.YES_NO:
            return _pairs(people) - sum(map(_pairs, [*counts, unknown])), _pairs(people)
        case QuestionType.MANY:
            people -= unknown
            return sum(count * (people - count) for count in counts), len(counts) * _pairs(people)
        case QuestionType.SCALE:
            people -= unknown
            below = [sum(counts[:place]) for place in range(1, len(counts))]
            return sum(count * (people - count) for count in below), len(below) * _pairs(people)
        case QuestionType.NUMBER | QuestionType.DATE | QuestionType.TEXT:
            return 0, 0
        case _:
            assert_never(question.type)


def _pairs(people: int) -> int:
    return people * (people - 1) // 2
