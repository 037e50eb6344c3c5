"""What moved between two rankings of the same catalogue: the places before and after."""

from typing import NamedTuple

from boussole.core.definitions.catalogue import Medoc
from boussole.core.ranking import Ranking


class RankChange(NamedTuple):
    """A MEDOC and its places, from 1, in both rankings; None where it is left out of one."""

    medoc: Medoc
    before: int | None
    after: int | None


class RankChanges(NamedTuple):
    """The top after, in its order, and what was in the top before and is not any more, in its order then."""

    top: int
    now: tuple[RankChange, ...]
    gone: tuple[RankChange, ...]

    def new(self, moved: RankChange) -> bool:
        """Tell whether a MEDOC was not in the top before."""
        return moved.before is None or moved.before > self.top

    @property
    def same(self) -> bool:
        """Tell whether the top is what it was, in the same order."""
        return not self.gone and all(moved.before == moved.after for moved in self.now)


def rank_changes(before: Ranking, after: Ranking, top: int) -> RankChanges:
    """Return what moved into, in and out of the first `top`."""
    was, is_ = _places(before), _places(after)

    def moved(medoc: Medoc) -> RankChange:
        return RankChange(medoc, was.get(medoc.id), is_.get(medoc.id))

    now = tuple(moved(item.medoc) for item in after.top(top))
    here = {one.medoc.id for one in now}
    gone = tuple(moved(item.medoc) for item in before.top(top) if item.medoc.id not in here)
    return RankChanges(top, now, gone)


def _places(ranking: Ranking) -> dict[str, int]:
    return {item.medoc.id: place for place, item in enumerate(ranking.recommendations, start=1)}
