"""How sure the top is: what becomes of each place when any one answer changes, or any one weight moves by one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from boussole.core.definitions.catalogue import PROVEN
from boussole.core.definitions.dependencies import placeable
from boussole.core.fits import pseudo_weights
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.core.why.sensitivity import PlaceSensitivity, Sensitivity, Stability
from boussole.vectorized.population.positions import RankPositions
from boussole.vectorized.why.neighbours import Neighbourhood

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Bool
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass


def sensitivity(compass: Compass, catalogue: Catalogue, answers: Answers, top: int) -> Sensitivity:
    """Return, for each of the first `top` of the ranking, in how many of all the changes it stays there.

    Tried are every other answer to every question of the path (see `core.why.alternatives`), and every weight one more
    and one less, but not below 0; what is not weighed and could be weighs 0.
    """
    ranking = rank(compass, catalogue, situate(compass, answers))
    first = [item.medoc.id for item in ranking.top(top)]
    nearby = Neighbourhood(compass, catalogue, answers)
    questions, stays = _answered_otherwise(nearby, RankPositions(compass, catalogue), first, top)
    weights, by_weight = [], []
    for id_, changed in _weighed_otherwise(compass, catalogue):
        weights.append(id_)
        by_weight.append({item.medoc.id for item in rank(changed, catalogue, ranking.situation).top(top)})
    places = [
        PlaceSensitivity(
            medoc, _tally(kept.tolist(), questions), _tally([medoc in there for there in by_weight], weights)
        )
        for medoc, kept in zip(first, stays, strict=True)
    ]
    return Sensitivity(top, tuple(places), Counter(questions), Counter(weights), nearby.partly)


def _answered_otherwise(
    nearby: Neighbourhood, positions: RankPositions, medoc: Sequence[str], top: int
) -> tuple[list[str], Bool]:
    """Return the question of each change of one answer, and whether each MEDOC stays in the top: (medoc, changes)."""
    wanted = np.array([positions.columns[one] for one in medoc], np.int64)
    questions: list[str] = []
    stays = [np.zeros((len(medoc), 0), bool)]
    for sheets in nearby.singles():
        questions += [nearby.changes[number].question for number in sheets.first.tolist()]
        situations = positions.situations(nearby.people(sheets))
        stays.append(positions.among_first(situations, wanted, top)[situations.of].T)
    return questions, np.concatenate(stays, axis=1)


def _weighed_otherwise(compass: Compass, catalogue: Catalogue) -> Iterator[tuple[str, Compass]]:
    """Yield the compass with one weight one less, then one more, for each; a weight of 0 is none.

    Of the pseudo-facets, `proven` is tried always, the others where the compass weighs them.
    """
    weights = compass.weighting.weights
    facets = sorted((weights.keys() & catalogue.facets.keys()) | placeable(compass))
    pseudo = [id_ for id_, _ in pseudo_weights({PROVEN: 1, **weights}, catalogue)]
    for id_ in (*facets, *pseudo):
        present = weights.get(id_, 0)
        for weight in (present - 1, present + 1):
            if weight >= 0:
                changed = {key: value for key, value in {**weights, id_: weight}.items() if value}
                yield id_, compass._replace(weighting=compass.weighting._replace(weights=changed))


def _tally(kept: Sequence[bool], changed: Sequence[str]) -> Stability:
    tried, stays = Counter(changed), Counter(id_ for id_, kept_ in zip(changed, kept, strict=True) if kept_)
    return Stability({id_: (stays[id_], count) for id_, count in tried.items()})
