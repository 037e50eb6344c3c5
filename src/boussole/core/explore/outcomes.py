"""What finished interviews can lead to: decided exactly, by following every kind of answer through the questions.

Only the questions that decide what is asked about are followed, and after each one the interviews that nothing later
tells apart are merged: the sum of an axis stands for the answers that made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from boussole.core.definitions.compass import UNKNOWN
from boussole.core.definitions.conditions import ALWAYS, Holding, Subject, SubjectKind, leaves
from boussole.core.definitions.dependencies import Dependencies, presence
from boussole.core.explore.answer_classes import AnswerClass, Observed, TooManyError, answer_classes
from boussole.core.explore.states import InterviewState, StateSpace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.core.definitions.conditions import Condition

Trail: TypeAlias = "tuple[Trail, str, Value] | None"
"""The answers that led somewhere, last one first."""

_REMEMBERED = 8
"""How many questions are remembered for the price of one case."""


class Outcome(NamedTuple):
    """One way an interview can end: which of the conditions hold, and the terms by facet for the facets asked about."""

    truths: tuple[bool, ...]
    terms: tuple[frozenset[str], ...] = ()


class Factor(NamedTuple):
    """Conditions and facets (by their places in what was asked about) that end independently of all the others."""

    conditions: tuple[int, ...]
    facets: tuple[int, ...]
    outcomes: Mapping[Outcome, Trail]


class Exploration:
    """What the interviews of one compass can lead to.

    `budget` is how many cases may be looked at, all in all, and `each` (by default as many) for one thing asked.
    """

    def __init__(self, compass: Compass, budget: int, each: int | None = None) -> None:
        """Read the compass once."""
        self.compass = compass
        self._left = budget
        self._each = budget if each is None else each
        self._left_for_this = self._each
        self._dependencies = Dependencies(compass)
        self._order = {id_: place for place, id_ in enumerate(compass.questions)}
        self._asked: dict[str, Mapping[bool, Trail] | None] = {}

    def truths(self, *conditions: Condition) -> dict[tuple[bool, ...], Trail]:
        """Return which of the conditions can hold together at the end of an interview, with answers that lead there.

        Raises:
            TooManyError: when the budget is spent.

        """
        ends: dict[tuple[bool, ...], Trail] = {(False,) * len(conditions): None}
        for factor in self.factors(conditions):  # which may raise, and starts counting anew
            self._spend(len(ends) * len(factor.outcomes))
            ends = {
                _with(truths, factor.conditions, outcome.truths): _joined(trail, other)
                for truths, trail in ends.items()
                for outcome, other in factor.outcomes.items()
            }
        return ends

    def factors(
        self, conditions: Sequence[Condition], facets: Sequence[str] = (), *, alone: bool = False
    ) -> list[Factor]:
        """Return how `conditions` and `facets` can end, those that share no question apart from one another.

        Every way to end is one outcome of each factor, and every choice of one outcome by factor can be reached.
        `alone`: of a `many` about a facet, only one option at a time is followed.

        Raises:
            TooManyError: when the budget is spent.

        """
        self._left_for_this = self._each
        factors = []
        for places, of_facets in self._apart(conditions, facets):
            own = [conditions[place] for place in places]
            outcomes = self._outcomes(own, [facets[place] for place in of_facets], alone=alone)
            factors.append(Factor(places, of_facets, outcomes))
        return factors

    def _apart(
        self, conditions: Sequence[Condition], facets: Sequence[str]
    ) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Return the places of the conditions and facets of each factor."""
        if len(conditions) == 1 and not facets:
            return [((0,), ())]  # what it depends on may be long to follow, and need not be
        subjects = [set(condition.subjects()) for condition in conditions]
        subjects += [{Subject(SubjectKind.FACET, facet)} for facet in facets]
        groups: list[tuple[set[str], list[int]]] = []
        for place, looked_at in enumerate(subjects):
            followed = self._dependencies.followed(looked_at)
            self._spend(len(followed))
            together = [place]
            for group in [group for group in groups if not group[0].isdisjoint(followed)]:
                followed |= group[0]
                together += group[1]
                groups.remove(group)
            groups.append((followed, together))
        first = len(conditions)
        places = sorted(sorted(together) for _, together in groups)
        return [
            (tuple(one for one in group if one < first), tuple(one - first for one in group if one >= first))
            for group in places
        ]

    def _outcomes(self, conditions: Sequence[Condition], facets: Sequence[str], *, alone: bool) -> dict[Outcome, Trail]:
        if len(conditions) == 1 and not facets and not alone and (id_ := _only_question(conditions[0])) is not None:
            return {Outcome((truth,)): trail for truth, trail in self._of_one(id_, conditions[0]).items()}
        closure = StateSpace(self.compass, self._dependencies, self._order, conditions, facets)
        states: dict[InterviewState, Trail] = {closure.start(): None}
        for question in closure.questions:
            kinds = answer_classes(question, closure.interest(question, alone=alone), self._spend)
            asked = presence(self.compass, question)
            following: dict[InterviewState, Trail] = {}
            for state, trail in states.items():
                if asked is not ALWAYS and not asked.holds(closure.view(state)):
                    following.setdefault(closure.passed(state, question), trail)
                    continue
                self._spend(len(kinds) * (1 + len(state.held) // _REMEMBERED))
                for kind in kinds:
                    after = closure.answered(state, question, kind)
                    if after not in following:
                        following[after] = (trail, question.id, kind.example)
            states = following
        ends: dict[Outcome, Trail] = {}
        for state, trail in states.items():
            self._spend(len(conditions) + 1)
            view = closure.view(state)
            outcome = Outcome(
                tuple([condition.holds(view) for condition in conditions]), tuple([view.terms(one) for one in facets])
            )
            ends.setdefault(outcome, trail)
        return ends

    def _spend(self, cases: int) -> None:
        self._left -= cases
        self._left_for_this -= cases
        if self._left < 0 or self._left_for_this < 0:
            raise TooManyError

    def _of_one(self, id_: str, condition: Condition) -> dict[bool, Trail]:
        """Return how a condition on one question can end: by its kinds of answer where it can be asked, or unasked."""
        found: dict[bool, Trail] = {}
        question = self.compass.questions[id_]
        for asked, trail in self.asked(id_).items():
            kinds = [_UNASKED]
            if asked:
                kinds = answer_classes(question, Observed(tuple(leaves(condition))), self._spend)
            self._spend(len(kinds))
            for kind in kinds:
                truth = condition.holds(Holding(kind.held))
                found.setdefault(truth, (trail, id_, kind.example) if asked else trail)
        return found

    def asked(self, id_: str) -> Mapping[bool, Trail]:
        """Return whether a question can be asked (True) and passed over (False), with answers that lead there.

        Raises:
            TooManyError: when the budget is spent, or was when it was first asked about.

        """
        for question in self.compass.questions.values():  # in their order, so that each finds the earlier ones known
            if id_ in self._asked:
                break
            if question.id not in self._asked:
                self._asked[question.id] = self._presence(question)
        known = self._asked[id_]
        if known is None:
            raise TooManyError
        return known

    def _presence(self, question: Question) -> Mapping[bool, Trail] | None:
        when = presence(self.compass, question)
        if when is ALWAYS:
            return {True: None}
        try:
            return {truths[0]: trail for truths, trail in self.truths(when).items()}
        except TooManyError:
            return None


_UNASKED = AnswerClass(None, None, frozenset(), UNKNOWN)


def _only_question(condition: Condition) -> str | None:
    """Return the question that alone is looked at, or None."""
    subjects = set(condition.subjects())
    one = next(iter(subjects)) if len(subjects) == 1 else None
    return one.id if one is not None and one.kind is SubjectKind.QUESTION else None


def _with(truths: tuple[bool, ...], places: Sequence[int], own: Sequence[bool]) -> tuple[bool, ...]:
    changed = list(truths)
    for place, truth in zip(places, own, strict=True):
        changed[place] = truth
    return tuple(changed)


def _joined(one: Trail, other: Trail) -> Trail:
    """Return both trails in one."""
    if one is None:
        return other
    for question, value in witness_of(other).items():
        one = (one, question, value)
    return one


def witness_of(trail: Trail) -> dict[str, Value]:
    """Return the answers of a trail, in the order they were given."""
    answers: list[tuple[str, Value]] = []
    while trail is not None:
        trail, question, value = trail
        answers.append((question, value))
    return dict(reversed(answers))
