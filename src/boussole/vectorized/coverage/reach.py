"""Which MEDOC can be in the top of somebody: answers that bring one there, or a proof that none do.

One MEDOC stands before another in all the situations of some outcomes where even the least that each factor brings it,
more than to the other, leaves it before: factors are independent, so that the least of a sum is the sum of the least.
Where as many as the top holds stand before it, it is not in it. Where they do not, the outcomes of one factor more are
taken apart, one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL
from boussole.vectorized.coverage.factors import at_least_all, every_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from boussole.arrays import Int64, KeyKind, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.vectorized.coverage.factors import Part
    from boussole.vectorized.scoring.sort_keys import SortKeys

    Chosen: TypeAlias = tuple[tuple[Part, int], ...]
    """Parts, each with the place of one of its outcomes."""

_RIVALS = 160
"""How many MEDOC are compared with one: those that are in the most tops."""
_WORK, _WORK_EACH = 600_000_000, 12_000_000
"""How many comparisons are made, in all and for one MEDOC."""
_SMALL, _LARGE = 2**27, 2**55
"""Below which sums are narrow numbers, and below which they are wide ones."""


class Reach(NamedTuple):
    """The MEDOC that are proved to be in no top, and answers that bring others into one; both by id."""

    never: set[str]
    answers: dict[str, Mapping[str, Value]]


class _UndecidedError(Exception):
    """It was not found out within the work that may be done."""


def reach_of(scene: Scene, sought: Sequence[str], seen: Mapping[str, int], top: int) -> Reach:
    """Find out of the MEDOC `sought` which can be in the top, whatever set of options is chosen in a `many`.

    `seen` has in how many tops each was seen. What facets and conditions allow one by one proves most; then what they
    allow together, where that is not too much.
    """
    places = {id_: place for place, id_ in enumerate(scene.catalogue.medoc)}
    rivals = [places[id_] for id_ in sorted(seen, key=lambda id_: (-seen[id_], id_))[:_RIVALS]]
    reach = Reach(set(), {})
    for exact in (False, True):
        left = [id_ for id_ in sought if id_ not in reach.never]
        parts = scene.parts(exact=exact) if left else None
        search = None if parts is None else _Search(parts, scene.keys, rivals, top, exact=exact)
        if search is None or search.too_large:
            continue
        for id_ in left:
            try:
                found = search.situation_of(places[id_])
            except _UndecidedError:
                continue
            if found is None:
                reach.never.add(id_)
            else:
                reach.answers[id_] = found
    return reach


class Scene(NamedTuple):
    """A compass and its catalogue, the factors of one option at a time, and how MEDOC are ordered."""

    compass: Compass
    catalogue: Catalogue
    alone: Sequence[Part]
    keys: SortKeys

    def parts(self, *, exact: bool) -> Sequence[Part] | None:
        """Return factors for every set of options: of all situations and no others, or of more; None: too many."""
        if exact:
            return every_set(self.compass, self.catalogue, self.alone)
        return at_least_all(self.compass, self.catalogue)


class _Level(NamedTuple):
    """What the outcomes of one part bring the rivals more than the MEDOC, (outcomes, rivals), where it is not left out.

    `rows` are the places of these outcomes in the part; `rest` (rivals) is the least that all later levels bring.
    """

    part: Part
    rows: Int64
    ahead: Keys
    rest: Keys


class _Search:
    """Looks for a situation in which a MEDOC is in the top."""

    def __init__(self, parts: Sequence[Part], keys: SortKeys, rivals: Sequence[int], top: int, *, exact: bool) -> None:
        """Take the factors; `exact`: every product of them is a situation."""
        self._parts, self._keys, self._top, self._exact = parts, keys, top, exact
        self._rivals = np.array(rivals, np.int64)
        self._least = max(1, keys.base_weight + sum(int(part.weight.min()) for part in parts))
        self._most = max(1, keys.base_weight + sum(int(part.weight.max()) for part in parts))
        points = sum(int(np.abs(part.points).max(initial=0)) for part in parts)
        bound = 2 * (points + FULL) * self._most
        self.too_large = bound > _LARGE
        self._kind: KeyKind = np.dtype(np.int32 if bound < _SMALL else np.int64)
        self._out = -4 * (_SMALL if bound < _SMALL else _LARGE)
        self._of_rivals = [
            (
                part.weighted[:, self._rivals].astype(self._kind),
                part.points[:, self._rivals].astype(self._kind),
                part.out[:, self._rivals],
            )
            for part in ([] if self.too_large else parts)
        ]
        self._left = _WORK
        self._left_for_this = _WORK_EACH

    def situation_of(self, medoc: int) -> Mapping[str, Value] | None:
        """Return answers that bring a MEDOC into the top; None where none do.

        Raises:
            _UndecidedError: when that would be too much work, or when nobody knows whether answers lead there.

        """
        self._left_for_this = _WORK_EACH
        levels, start = self._levels(medoc)
        if levels is None:
            return None
        standing = self._keys.standing
        # of equal scores, the one whose standing is greater comes first
        margin = np.where(standing[self._rivals] > standing[medoc], 0, self._most).astype(self._kind)
        margin[self._rivals == medoc] = -self._out
        found = self._descend(medoc, levels, start - margin, ())
        return (
            None if found is None else {id_: value for part, row in found for id_, value in part.answers[row].items()}
        )

    def _levels(self, medoc: int) -> tuple[list[_Level] | None, Keys]:
        """Return the levels, what differs most first, and what is the same in all situations; None: always left out."""
        keys = self._keys
        start: Keys = (keys.base[self._rivals] - keys.base[medoc]).astype(self._kind)
        levels = []
        for part, (weighted, points, out) in zip(self._parts, self._of_rivals, strict=True):
            rows = np.flatnonzero(~part.out[:, medoc])
            if not len(rows):
                return None, start
            self._spend(len(rows) * len(self._rivals))
            more = points[rows] - part.points[rows, medoc][:, None].astype(self._kind)
            ahead = weighted[rows] - part.weighted[rows, medoc][:, None].astype(self._kind)
            if more.any():
                ahead += np.where(more < 0, self._most, self._least).astype(self._kind) * more  # Σ weight is between
            ahead[out[rows]] = self._out
            levels.append(_Level(part, rows, ahead, start))
        levels.sort(key=lambda level: (len(level.rows) == 1, -self._spread(level)))
        rest: Keys = np.zeros(len(self._rivals), self._kind)
        for place in reversed(range(len(levels))):
            levels[place] = levels[place]._replace(rest=rest)
            rest = np.maximum(rest + levels[place].ahead.min(axis=0), self._out)
        return levels, start

    def _spread(self, level: _Level) -> int:
        """Return by how much the outcomes of a level differ, from one rival to the next."""
        ahead = np.maximum(level.ahead, self._out // 4)
        return int((ahead.max(axis=0) - ahead.min(axis=0)).sum(dtype=np.int64))

    def _descend(self, medoc: int, levels: Sequence[_Level], ahead: Keys, chosen: Chosen) -> Chosen | None:
        """Return outcomes, those chosen before among them, that bring a MEDOC into the top; None where none do.

        `ahead` (rivals) is by how much each is before it so far, less what it must be to stand before it.
        """
        if not levels:
            return chosen if self._in_top(medoc, chosen) else None
        level, *later = levels
        self._spend(level.ahead.size)
        before = np.maximum(ahead + level.ahead, self._out)
        count = (before + level.rest >= 0).sum(axis=1)
        for place in np.argsort(count, kind="stable").tolist():
            if count[place] >= self._top:
                break
            found = self._descend(medoc, later, before[place], (*chosen, (level.part, int(level.rows[place]))))
            if found is not None:
                return found
        return None

    def _in_top(self, medoc: int, chosen: Chosen) -> bool:
        """Tell whether a MEDOC is in the top of one outcome of each factor."""
        if not self._exact:
            raise _UndecidedError
        keys = self._keys
        self._spend(len(keys.standing) * len(chosen))
        weight = keys.base_weight + sum(int(part.weight[row]) for part, row in chosen)
        weighted = keys.base + sum(part.weighted[row] for part, row in chosen)
        scores = weighted // max(weight, 1) + sum(part.points[row] for part, row in chosen)
        out = np.logical_or.reduce([part.out[row] for part, row in chosen])
        ahead = (scores > scores[medoc]) | ((scores == scores[medoc]) & (keys.standing > keys.standing[medoc]))
        return int((ahead & ~out).sum()) < self._top

    def _spend(self, comparisons: int) -> None:
        self._left -= comparisons
        self._left_for_this -= comparisons
        if self._left < 0 or self._left_for_this < 0:
            raise _UndecidedError
