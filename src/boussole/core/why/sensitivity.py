"""What changed answers and weights would do to a result: the facts, which `vectors` finds and `render` says."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.ranking import LeftOut, Recommendation
    from boussole.core.why.explanation import Why


class Counterfactual(NamedTuple):
    """Answers to change, by question: from what (None: not answered) to what; `found` is where the MEDOC then is."""

    answers: Mapping[str, tuple[Value | None, Value]]
    found: Recommendation


class Counterfactuals(NamedTuple):
    """The fewest answers that bring a MEDOC into the first `top` of the ranking, in the best ways first.

    Where there is no change, `against` tells why, if whatever is changed the MEDOC is left out: it holds what does so
    every time by itself (it may be nothing: one thing does here, another there); None where it does come back.
    `tried` counts the sheets of answers looked at, by how many answers they change; `partly` holds the questions of
    which not all answers were tried, and `pairs` is False where no two were changed, because there were too many.
    """

    top: int
    changes: tuple[Counterfactual, ...]
    against: LeftOut | None = None
    tried: tuple[int, int] = (0, 0)
    partly: tuple[str, ...] = ()
    pairs: bool = True


class Stability(NamedTuple):
    """By id of what changes: in how many of its changes a MEDOC stays in the top, of how many (1 or more)."""

    counts: Mapping[str, tuple[int, int]]

    @property
    def kept(self) -> int:
        """Return in how many changes it stays."""
        return sum(kept for kept, _ in self.counts.values())

    @property
    def tried(self) -> int:
        """Return how many changes were tried."""
        return sum(tried for _, tried in self.counts.values())

    @property
    def depends_on(self) -> tuple[str, ...]:
        """Return what may change so that it does not stay."""
        return tuple(id_ for id_, (kept, tried) in self.counts.items() if kept < tried)

    @property
    def holds(self) -> bool:
        """Tell whether it stays in all of them."""
        return self.kept == self.tried


class PlaceSensitivity(NamedTuple):
    """How sure the place of one MEDOC in the top is: when one answer changes, when one weight moves by one."""

    medoc: str
    answers: Stability
    weights: Stability

    @property
    def holds(self) -> bool:
        """Tell whether it stays whatever changes."""
        return self.answers.holds and self.weights.holds

    @property
    def share(self) -> Fraction:
        """Return in which share of the changes it stays, each question and each weight counting as much.

        Otherwise a question of a few hundred possible sets of options would say it all alone.
        """
        counts = [*self.answers.counts.values(), *self.weights.counts.values()]
        return sum((Fraction(*count) for count in counts), Fraction()) / len(counts) if counts else Fraction(1)


class Sensitivity(NamedTuple):
    """How sure each place of the first `top` is, best first.

    `questions` are those of which other answers were tried, and `weights` what was weighed otherwise, with how many
    changes each; `partly` holds the questions of which not all answers were tried.
    """

    top: int
    places: tuple[PlaceSensitivity, ...]
    questions: Mapping[str, int]
    weights: Mapping[str, int]
    partly: tuple[str, ...] = ()

    @property
    def hold(self) -> int:
        """Return how many stay whatever changes."""
        return sum(place.holds for place in self.places)

    @property
    def hold_answers(self) -> int:
        """Return how many stay whatever one answer changes."""
        return sum(place.answers.holds for place in self.places)

    @property
    def hold_weights(self) -> int:
        """Return how many stay whatever one weight moves by one."""
        return sum(place.weights.holds for place in self.places)

    def staying(self, question: str) -> int:
        """Return how many stay whatever is answered to one question."""
        return sum(question not in place.answers.depends_on for place in self.places)

    def steady(self, weight: str) -> int:
        """Return how many stay when one weight moves by one."""
        return sum(weight not in place.weights.depends_on for place in self.places)

    def of(self, medoc: str) -> PlaceSensitivity | None:
        """Return how sure the place of a MEDOC is; None where it is not in the top."""
        return next((place for place in self.places if place.medoc == medoc), None)


class Explanation(NamedTuple):
    """All that is known of one MEDOC in a result: how sure it is where it is in the top, how it would be elsewhere."""

    why: Why
    nearest: Counterfactuals
    sure: PlaceSensitivity | None = None

    @property
    def compass(self) -> Compass:
        """Return the compass that was answered."""
        return self.why.ranking.context.compass

    @property
    def in_top(self) -> bool:
        """Tell whether it is in the top."""
        return self.why.place is not None and self.why.place <= self.nearest.top
