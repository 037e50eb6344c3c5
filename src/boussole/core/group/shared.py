"""What gathers a group: the MEDOC that most of its people have among their first, and how sure that list is."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from boussole.core.group.gathering import Gathering
from boussole.core.group.groups import Groups
from boussole.core.group.order import GroupRanked
from boussole.core.order import tie_break

_LEAST = 2
"""What one person alone has is shared with nobody."""
_HALF, _THIRD = 2, 3
_FEWEST_GROUPS = 2


class Band(StrEnum):
    """How widely a MEDOC is shared: by half of the people, by a third, or by fewer though more than others."""

    HALF = "half"
    THIRD = "third"
    MOST = "most"


class Shared(NamedTuple):
    """A line of what gathers. `everywhere`: a third of each group shown has it (None: fewer than two are shown)."""

    ranked: GroupRanked
    band: Band
    everywhere: bool | None


def first_of(order: Sequence[GroupRanked], top: int) -> tuple[GroupRanked, ...]:
    """Return the first `top` of the group order, each with at least two people."""
    return tuple(one for one in order[:top] if one.people >= _LEAST)


def share(gathering: Gathering, order: Sequence[GroupRanked], groups: Groups | None) -> tuple[Shared, ...]:
    """Return what gathers, the most widely shared first."""
    people = len(gathering.people)
    shown = () if groups is None or len(groups.shown) < _FEWEST_GROUPS else groups.shown

    def band(count: int) -> Band:
        if _HALF * count >= people:
            return Band.HALF
        return Band.THIRD if _THIRD * count >= people else Band.MOST

    def everywhere(id_: str) -> bool | None:
        if not shown:
            return None
        served = gathering.served[id_]
        return all(_THIRD * (served & one.people).bit_count() >= one.people.bit_count() for one in shown)

    first = first_of(order, gathering.compass.weighting.top)
    return tuple(Shared(one, band(one.people), everywhere(one.medoc.id)) for one in first)


def stay(gathering: Gathering, order: Sequence[GroupRanked]) -> int:
    """Return how many of the lines stay whichever one person is taken away.

    Without somebody, only the MEDOC that serve them go down, so those that can be first then are among the first so
    many more as there are of these.
    """
    top = gathering.compass.weighting.top
    kept = {one.medoc.id for one in first_of(order, top)}
    for person in gathering.people:
        without = []
        for one in order[: top + len(person.served)]:
            rank = person.served.get(one.medoc.id)
            count, points = (one.people, one.points) if rank is None else (one.people - 1, one.points - top - 1 + rank)
            without.append((-count, -points, tie_break(one.medoc), one.medoc.id))
        without.sort()
        kept &= {id_ for count, _, _, id_ in without[:top] if -count >= _LEAST}
    return len(kept)
