"""The order of MEDOC for a group: by how many have it among their first, then how high, then as in a ranking."""

from typing import NamedTuple

from boussole.core.definitions.catalogue import Medoc
from boussole.core.group.gathering import Gathering
from boussole.core.order import tie_break


class GroupRanked(NamedTuple):
    """A MEDOC in the order of a group: it is among the first of `people`, for `points` altogether."""

    medoc: Medoc
    people: int
    points: int
    rank: int
    tied: bool


def group_order(gathering: Gathering) -> tuple[GroupRanked, ...]:
    """Return every MEDOC of the catalogue; the same count and points share a rank (1, 2=, 2=, 4)."""
    medoc = gathering.catalogue.medoc
    found = {id_: (people.bit_count(), gathering.points[id_]) for id_, people in gathering.served.items()}
    ids = sorted(medoc, key=lambda id_: (-found[id_][0], -found[id_][1], tie_break(medoc[id_])))
    ranked = []
    rank = 1
    for index, id_ in enumerate(ids):
        before = index > 0 and found[ids[index - 1]] == found[id_]
        after = index + 1 < len(ids) and found[ids[index + 1]] == found[id_]
        rank = rank if before else index + 1
        ranked.append(GroupRanked(medoc[id_], *found[id_], rank, before or after))
    return tuple(ranked)
