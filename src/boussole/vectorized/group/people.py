"""The people of a group with what their rankings give, all at once: what `core.group.gathering.person_of` finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.core.group.gathering import Person
from boussole.core.order import same_rank
from boussole.vectorized.encoding import Column
from boussole.vectorized.population.positions import RankPositions
from boussole.vectorized.population.respondents import Respondents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Bool, Int64
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.situation import Situation


def rank_people(compass: Compass, catalogue: Catalogue, situations: Sequence[Situation]) -> list[Person]:
    """Return a person for each of `situations`, which are of `compass`, in their order."""
    if not catalogue.medoc:
        return [Person(situation, {}, frozenset()) for situation in situations]
    positions = RankPositions(compass, catalogue)
    stood = positions.situations(_respondents(compass, catalogue, situations))
    top = compass.weighting.top
    ids = list(catalogue.medoc)
    ties = np.array([same_rank(medoc) for medoc in catalogue.medoc.values()], np.int64)
    found: list[tuple[dict[str, int], frozenset[str]]] = []
    for scores, out in positions.scores(stood):
        standings = scores * (int(ties.max()) + 1) + ties  # what decides a rank: score, then proven
        standings[out] = np.iinfo(np.int64).min
        for row, gone in zip(standings, out, strict=True):
            found.append((_served(ids, row, gone, top), frozenset(ids[place] for place in np.flatnonzero(gone))))
    return [Person(situation, *found[of]) for situation, of in zip(situations, stood.of.tolist(), strict=True)]


def _served(ids: Sequence[str], standings: Int64, out: Bool, top: int) -> dict[str, int]:
    """Return the ranks of the MEDOC whose rank is at most `top`; the same standing (medoc) shares its rank."""
    last = max(len(standings) - top, 0)
    places = np.flatnonzero((standings >= np.partition(standings, last)[last]) & ~out)
    here = standings[places]
    ranks = 1 + (here > here[:, None]).sum(axis=1)
    return {ids[place]: rank for place, rank in zip(places.tolist(), ranks.tolist(), strict=True)}


def _respondents(compass: Compass, catalogue: Catalogue, situations: Sequence[Situation]) -> Respondents:
    """Return the situations as their answers, a question at a time."""
    columns = {}
    for id_ in compass.questions:
        codes: dict[Value | None, int] = {}
        numbers = [codes.setdefault(situation.answers.get(id_), len(codes)) for situation in situations]
        columns[id_] = Column(tuple(codes), np.array(numbers, np.int32))
    return Respondents(compass, catalogue, columns, len(situations))
