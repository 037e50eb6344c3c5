"""Which MEDOC would nearly serve a situation in which few fit, and the one facet that keeps each of them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value

NAMED = 3


class NearFit(NamedTuple):
    """A MEDOC by its id, and the required facet on which its tags alone leave it out."""

    medoc: str
    facet: str


def near_fits(compass: Compass, catalogue: Catalogue, answers: Mapping[str, Value]) -> tuple[NearFit, ...]:
    """Return the MEDOC, best first, that one required facet alone leaves out of the ranking for some answers."""
    situation = situate(compass, Answers.given(answers))
    kept = {one.medoc.id for one in rank(compass, catalogue, situation).recommendations}
    found: list[tuple[int, NearFit]] = []
    for facet in sorted(compass.weighting.require):
        others = compass.weighting._replace(require=compass.weighting.require - {facet})
        relaxed = rank(compass._replace(weighting=others), catalogue, situation)
        found += [(-one.score, NearFit(one.medoc.id, facet)) for one in relaxed.recommendations]
    return tuple(one for _, one in sorted(found) if one.medoc not in kept)[:NAMED]
