"""The kinds of answer that a question can get: answers that nothing tells apart are one kind.

A `many` of sixteen options has 65,535 answers; a condition that looks at one of them sees two kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.definitions.conditions import AllOf, AnyOf, Between, Holding
from boussole.empty import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from boussole.core.definitions.compass import Option, Question, Value
    from boussole.core.definitions.conditions import Held, Leaf

Terms: TypeAlias = frozenset[tuple[str, str]]
"""Where an answer places somebody: (facet, term) pairs."""

OTHER = ""
"""Stands for any term that nothing looks at."""


class TooManyError(Exception):
    """There are more cases than may be looked at."""


class AnswerClass(NamedTuple):
    """One kind of answer: what conditions see of it, its points on an axis, its terms, and an `example` of it."""

    held: Held
    points: int | None
    terms: Terms
    example: Value


class Observed(NamedTuple):
    """What is looked at in a question: by the `leaves` of conditions, by axes (`counted`), in its terms by facet.

    A facet whose terms are None is wanted whole. `alone`: of a `many` about a facet, one option at a time.
    """

    leaves: tuple[Leaf, ...] = ()
    counted: bool = False
    facets: Mapping[str, Collection[str] | None] = EMPTY
    alone: bool = False


def _freely(_cases: int) -> None:
    """Look at as many cases as there are."""


def answer_classes(question: Question, interest: Observed, spend: Callable[[int], None] = _freely) -> list[AnswerClass]:
    """Return every kind of answer that `question` accepts, told apart by `interest` only.

    `spend` is told how many cases are looked at, and may raise `TooManyError`.
    """
    found: dict[object, AnswerClass] = {}
    for kind in _all_kinds(question, interest, spend):
        seen = tuple(_sees(leaf, kind.held) for leaf in interest.leaves)
        found.setdefault((seen, kind.points, kind.terms), kind)
    return list(found.values())


def _sees(leaf: Leaf, held: Held) -> bool:
    return leaf.holds(Holding(held))


def _all_kinds(question: Question, interest: Observed, spend: Callable[[int], None]) -> Iterator[AnswerClass]:
    values: Iterable[tuple[Held, Value]]
    match question.type:
        case QuestionType.ONE | QuestionType.YES_NO:
            values = ((frozenset((id_,)), id_) for id_ in question.options)
        case QuestionType.SCALE:
            values = ((position, position) for position in range(len(question.labels)))
        case QuestionType.NUMBER | QuestionType.DATE:
            values = ((measure, question.of_measure(measure)) for measure in _numbers(question, interest.leaves))
        case QuestionType.TEXT:
            values = [(frozenset(("…",)), "…")]
        case QuestionType.MANY:
            yield from _many(question, interest, spend)
            values = []
        case _:
            assert_never(question.type)
    for held, value in values:
        chosen = [question.options[value]] if isinstance(value, str) and value in question.options else []
        points = question.points(value) if interest.counted else None
        yield AnswerClass(held, points, _terms(question, chosen, interest), value)
    if not question.required:
        yield AnswerClass(None, question.points(UNKNOWN) if interest.counted else None, frozenset(), UNKNOWN)


def thresholds(leaf: Leaf) -> set[int]:
    """Return the numbers from which a comparison is judged differently than just below them."""
    if isinstance(leaf, Between):
        return {bound for bound in (leaf.low, None if leaf.high is None else leaf.high + 1) if bound is not None}
    if isinstance(leaf, AnyOf):
        return {number + after for number in leaf.values if isinstance(number, int) for after in (0, 1)}
    return set()


def _numbers(question: Question, leaves: Iterable[Leaf]) -> list[int]:
    """Return a measure on each side of every bound that is looked at, within those of the question."""
    cuts = {cut for leaf in leaves for cut in thresholds(leaf)}
    low, high = question.bounds
    lowest = low if low is not None else min([*cuts, 0 if high is None else high]) - 1
    return sorted({lowest} | {cut for cut in cuts if lowest <= cut and (high is None or cut <= high)})


def _terms(question: Question, chosen: Iterable[Option], interest: Observed) -> Terms:
    terms: set[tuple[str, str]] = set()
    for facet, wanted in interest.facets.items():
        for option in chosen:
            placed = {option.id} if question.facet == facet else set()
            for term in placed | option.place.get(facet, frozenset()):
                terms.add((facet, term if wanted is None or term in wanted else OTHER))
    return frozenset(terms)


def _many(question: Question, interest: Observed, spend: Callable[[int], None]) -> Iterator[AnswerClass]:
    """Yield the kinds of a `many`, adding one option after the other and keeping one example of each kind."""
    looked_at = {value for leaf in interest.leaves if isinstance(leaf, AnyOf | AllOf) for value in leaf.values}
    options = question.options
    together = [option for option in options.values() if not option.alone]
    least = question.at_least
    most = len(together) if question.most is None else question.most
    if interest.alone and question.facet is not None:
        most = max(least, 1)
    # by how many were chosen, which of those looked at, the points so far (None: none has any), the terms
    found: dict[tuple[int, frozenset[str], int | None, Terms], tuple[str, ...]] = {
        (0, frozenset(), None, frozenset()): ()
    }
    for option in together:
        spend(len(found))
        own_terms = _terms(question, [option], interest)
        own_points = option.points if interest.counted else None
        own = frozenset((option.id,)) if option.id in looked_at else frozenset()
        for (count, held, points, terms), chosen in list(found.items()):
            if count < most:
                total = points if own_points is None else (points or 0) + own_points
                found.setdefault((count + 1, held | own, total, terms | own_terms), (*chosen, option.id))
    for (count, held, points, terms), chosen in found.items():
        if count >= least:
            counted = 0 if interest.counted and not chosen else points
            yield AnswerClass(_counting(held, count), counted, terms, chosen)
    for option in options.values():
        if option.alone:
            points = option.points if interest.counted else None
            yield AnswerClass(frozenset((option.id,)), points, _terms(question, [option], interest), (option.id,))


def _counting(held: frozenset[str], count: int) -> frozenset[str]:
    """Return a set of `count` with those that are looked at, and strangers for the others."""
    return held | {f" {number}" for number in range(count - len(held))}
