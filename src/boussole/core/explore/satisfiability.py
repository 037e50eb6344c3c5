"""Whether conditions can hold, and can fail: decided exactly where that is possible, and said where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.explore.answer_classes import TooManyError
from boussole.core.explore.outcomes import Exploration
from boussole.core.explore.sampling import interviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.compass import Compass
    from boussole.core.definitions.conditions import Condition
    from boussole.core.situation import Situation

BUDGET = 400_000
EACH = 100_000
TRIES = 100


class TruthTable(NamedTuple):
    """Which of some conditions hold together at the end of interviews; not `exact`: of those that were tried."""

    together: frozenset[tuple[bool, ...]]
    exact: bool = True

    def can_hold(self, place: int = 0) -> bool:
        """Tell whether the condition at `place` holds in some interview."""
        return any(truths[place] for truths in self.together)

    def can_fail(self, place: int = 0) -> bool:
        """Tell whether it does not hold in some interview."""
        return not all(truths[place] for truths in self.together)


class Satisfiability:
    """Decides about the conditions of one compass, each once."""

    def __init__(self, compass: Compass, budget: int = BUDGET, each: int = EACH) -> None:
        """Take how many cases may be looked at: all in all, and for one condition."""
        self.compass = compass
        self._reach = Exploration(compass, budget, each)
        self._known: dict[tuple[Condition, ...], TruthTable] = {}
        self._tried: list[Situation] | None = None

    def truths(self, *conditions: Condition) -> TruthTable:
        """Return which of the conditions can hold together when an interview is finished."""
        if conditions not in self._known:
            try:
                self._known[conditions] = TruthTable(frozenset(self._reach.truths(*conditions)))
            except TooManyError:
                self._known[conditions] = self._try(conditions)
        return self._known[conditions]

    def _try(self, conditions: tuple[Condition, ...]) -> TruthTable:
        found = frozenset(tuple(one.holds(situation) for one in conditions) for situation in self.tried())
        return TruthTable(
            found, exact=len(conditions) == 1 and len(found) > 1
        )  # seen to hold and to fail: that is exact

    def tried(self) -> list[Situation]:
        """Return the interviews by chance, held once."""
        if self._tried is None:
            self._tried = list(interviews(self.compass, TRIES))
        return self._tried

    def most(self, conditions: Sequence[Condition]) -> int:
        """Return how many of `conditions` can hold together; where there are too many cases, how many there are."""
        try:
            factors = self._reach.factors(conditions)
        except TooManyError:
            return len(conditions)
        return sum(max(sum(outcome.truths) for outcome in factor.outcomes) for factor in factors)
