"""Why a MEDOC stands where it stands, and what each reason is worth in places."""

from typing import NamedTuple

from boussole.core.definitions.catalogue import Medoc
from boussole.core.order import rank_key
from boussole.core.ranking import LeftOut, Ranking, Recommendation
from boussole.core.reasons import ExclusionReason, Reason


class Contribution(NamedTuple):
    """A reason, and the rank that the MEDOC would have without it.

    Only its points go: those of its other reasons, the scores of all other MEDOC, and what ties are decided by, stay.
    """

    reason: Reason
    rank_without: int


class Why(NamedTuple):
    """Where a MEDOC stands: its recommendation, or why there is none.

    `place` counts from 1 in the order of the ranking, where tied MEDOC have one after the other: the first `number`
    of the ranking are the places up to `number`.
    """

    medoc: Medoc
    ranking: Ranking
    recommendation: Recommendation | None
    place: int | None
    left_out: LeftOut | None

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """Return the reasons of its score, each with the rank it would have without; none where it is left out."""
        return () if self.recommendation is None else _contributions(self.recommendation, self.ranking)

    @property
    def exclusion_reasons(self) -> tuple[ExclusionReason, ...]:
        """Return what leaves it out; nothing where it is ranked."""
        return () if self.left_out is None else self.left_out.reasons


def why(ranking: Ranking, medoc: Medoc) -> Why:
    """Return why `medoc`, one of the catalogue that was ranked, stands where it stands."""
    for place, item in enumerate(ranking.recommendations, start=1):
        if item.medoc.id == medoc.id:
            return Why(medoc, ranking, item, place, None)
    out = next(out for out in ranking.left_out if out.medoc.id == medoc.id)
    return Why(medoc, ranking, None, None, out)


def _contributions(item: Recommendation, ranking: Ranking) -> tuple[Contribution, ...]:
    others = [
        rank_key(other.score, other.medoc) for other in ranking.recommendations if other.medoc.id != item.medoc.id
    ]
    return tuple(
        Contribution(reason, 1 + sum(other > rank_key(item.score - reason.points, item.medoc) for other in others))
        for reason in item.reasons
    )
