"""What moved between two cases, and the exact cause of each move: the fewest differences that do it by themselves."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.compare.partial import NONE, PartialChanges
from boussole.core.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boussole.core.compare.differences import Case, Difference
    from boussole.core.ranking import Ranking

MOST_CAUSES = 5
"""How many equally small causes of one move are kept."""
_MOST_RANKED = 1_000_000
"""How many MEDOC may be ranked to try two wide differences together."""


class Cause(NamedTuple):
    """What makes a MEDOC move: each of `sets` does it by itself, none smaller does; `number` counts them all.

    A set holds positions in `Comparison.differences`. Where neither one nor two differences do, the set is that of all
    of them, and `nearest` holds the one that alone brings the MEDOC closest to where it goes, with the place (None
    where none brings it closer).
    """

    sets: tuple[tuple[int, ...], ...]
    number: int
    nearest: tuple[int, int] | None = None

    @property
    def size(self) -> int:
        """Return how many differences it takes."""
        return len(self.sets[0])

    @property
    def together(self) -> bool:
        """Tell whether neither one nor two differences do it."""
        return self.size > 2  # noqa: PLR2004 - one, then two


class ExplainedMove(NamedTuple):
    """A MEDOC that moved into, in or out of the top: its places before and after, as `Hybrids.place` gives them."""

    medoc: str
    before: int
    after: int
    cause: Cause

    def came(self, top: int) -> bool:
        """Tell whether it came into the top."""
        return not 0 < self.before <= top

    def left(self, top: int) -> bool:
        """Tell whether it left the top."""
        return not 0 < self.after <= top


class Comparison(NamedTuple):
    """Two cases, all that differs, and what it moves in the first `top`.

    `moves` come with the shortest explanations first, then by place after; `stays` are the MEDOC that keep their
    places, with these; `idle` the differences that alone change nothing in the top and are no part of a cause. `pairs`
    is False where no two wide differences were tried together, because there were too many.
    """

    before: Ranking
    after: Ranking
    top: int
    differences: Sequence[Difference]
    moves: tuple[ExplainedMove, ...]
    stays: tuple[tuple[str, int], ...]
    idle: tuple[int, ...]
    pairs: bool


def compare(before: Case, after: Case, top: int) -> Comparison:
    """Return what moved in the first `top` of the list between two cases, and why.

    The cause of a move is the smallest set of differences, one or two, such that the case before with only these
    applied puts the MEDOC where the case after does.
    """
    was, is_ = (rank(case.compass, case.catalogue, case.situation()) for case in (before, after))
    search = _Search(PartialChanges(before, after))
    shown = dict.fromkeys(item.medoc.id for ranking in (is_, was) for item in ranking.top(top))
    moves: list[ExplainedMove] = []
    stays: list[tuple[str, int]] = []
    for medoc in shown:
        start, goal = search.start(medoc), search.goal(medoc)
        if start == goal:
            stays.append((medoc, goal))
        else:
            moves.append(ExplainedMove(medoc, start, goal, search.cause(medoc)))
    moves.sort(key=lambda move: (move.cause.size, move.after < 1, move.after, move.before, move.medoc))
    return Comparison(
        was, is_, top, search.partial.differences, tuple(moves), tuple(stays), search.idle(moves, top), search.pairs
    )


class _Search:
    """Looks for the causes of moves between two cases."""

    def __init__(self, partial: PartialChanges) -> None:
        self.partial = partial
        self._all = range(len(partial.differences))
        wide = len(partial.wide)
        medoc = len(partial.before.catalogue.medoc)
        self.pairs = wide * (wide - 1) // 2 * medoc <= _MOST_RANKED

    def start(self, medoc: str) -> int:
        return self.partial.place(medoc, NONE)

    def goal(self, medoc: str) -> int:
        return self.partial.place(medoc, frozenset(self._all))

    def cause(self, medoc: str) -> Cause:
        """Return why a MEDOC that moved did."""
        goal = self.goal(medoc)
        alone = [self.partial.place(medoc, frozenset({at})) for at in self._all]
        found: list[tuple[int, ...]] = [(at,) for at in self._all if alone[at] == goal] or sorted(
            self._twos(medoc, alone, goal)
        )
        if found:
            return Cause(tuple(found[:MOST_CAUSES]), len(found))
        return Cause((tuple(self._all),), 1, self._nearest(medoc, alone, goal))

    def _nearest(self, medoc: str, alone: Sequence[int], goal: int) -> tuple[int, int] | None:
        """Return the difference that alone brings a MEDOC closest to where it goes, closer than it was."""
        start = self.start(medoc)
        ranked = [(abs(goal - place), at) for at, place in enumerate(alone) if place > 0]
        if goal < 1 or not ranked:
            return None
        far, at = min(ranked)
        return (at, alone[at]) if start < 1 or far < abs(goal - start) else None

    def _twos(self, medoc: str, alone: Sequence[int], goal: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs that bring a MEDOC where it goes, none of which does so alone.

        Only those that can are tried, and none that can is missed. A difference that is not wide changes the places
        of all but the MEDOC it touches by at most as many as these are, and each of them crosses or does not whatever
        another difference does to others.
        """
        partial, start = self.partial, self.start(medoc)
        own = [at for at in self._all if at in partial.wide or medoc in partial.touches(at)]
        others = [at for at in self._all if at not in own]
        tried = set(self._pairs_of(own))
        for at in own:
            if alone[at] > 0 and goal > 0:  # what is left out stays so whatever becomes of others
                tried |= {
                    (min(at, other), max(at, other))
                    for other in others
                    if abs(goal - alone[at]) <= len(partial.touches(other))
                }
        crossing = [at for at in others if alone[at] != start]
        tried |= set(combinations(crossing, 2)) | self._meeting(others)
        return (pair for pair in tried if partial.place(medoc, frozenset(pair)) == goal)

    def _pairs_of(self, own: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of what may change the place of a MEDOC by more than others crossing it."""
        wide = self.partial.wide
        return (pair for pair in combinations(own, 2) if self.pairs or not wide.issuperset(pair))

    def _meeting(self, others: Iterable[int]) -> set[tuple[int, int]]:
        """Return the pairs of differences that touch one MEDOC."""
        by_medoc: dict[str, list[int]] = {}
        for at in others:
            for id_ in self.partial.touches(at):
                by_medoc.setdefault(id_, []).append(at)
        return {pair for some in by_medoc.values() for pair in combinations(some, 2)}

    def idle(self, moves: Iterable[ExplainedMove], top: int) -> tuple[int, ...]:
        """Return the differences that alone change nothing in the top, and are no part of a cause of one or two."""
        named = {at for move in moves if not move.cause.together for one in move.cause.sets for at in one}
        was = self.partial.first(top, NONE)
        return tuple(at for at in self._all if at not in named and self.partial.first(top, frozenset({at})) == was)
