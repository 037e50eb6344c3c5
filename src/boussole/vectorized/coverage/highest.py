"""The highest score of each cell, found factor by factor.

floor(Σ weighted / W) + Σ points is floor(Σ (weighted + W · points) / W). For one Σ weight W that is a sum over factors,
so that the highest of a cell is the sum of the highest that each factor has in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL

if TYPE_CHECKING:
    from boussole.arrays import Int64
    from boussole.vectorized.coverage.factor_product import FactorProduct
    from boussole.vectorized.coverage.factors import Part

NOBODY = -(2**62)
"""Stands for the highest score where everything is left out."""
_LARGEST = 2**61


class _Groups(NamedTuple):
    """The outcomes of a part by cell and Σ weight: `cell` and `weight` (groups); rows in that order, where each begins.

    An outcome is of no group but its own.
    """

    part: Part
    cell: Int64
    weight: Int64
    order: Int64
    starts: Int64

    def best(self, whole: int, scale: _Scale) -> Int64:
        """Return the highest weighted + points · whole of each group, (groups, medoc)."""
        values = self.part.weighted + self.part.points.astype(scale.kind) * whole
        values[self.part.out] = scale.out
        found: Int64 = np.maximum.reduceat(values[self.order], self.starts, axis=0)
        return found


class _Scale(NamedTuple):
    """Numbers whose sums are at most `bound` either way, unless `out` is in them: then they are below -bound."""

    kind: type[np.int64 | object]
    bound: int

    @property
    def out(self) -> int:
        """Return what stands for a MEDOC that a part leaves out."""
        return -2 * self.bound

    def sum(self, one: Int64, other: Int64) -> Int64:
        """Return the sums of numbers; what is out stays so, and does not overflow."""
        both: Int64 = np.maximum(one + other, self.out)
        return both


def highest_scores(scene: FactorProduct, of_lead: Int64, of_cellwise: Int64, cells: int) -> Int64:
    """Return the highest score of each cell, (cells); `NOBODY` where everything is left out.

    The cell of a situation is the sum of what `of_lead` (leading outcomes) and `of_cellwise` (cellwise outcomes) say.
    """
    scale = _scale_for(scene)
    leading, cellwise = _grouped(scene.leading, of_lead), _grouped(scene.cellwise, of_cellwise)
    apart = [_grouped(part, np.zeros(part.rows, np.int64)) for part in scene.apart]
    best = np.full(cells, NOBODY)
    sums = {0}
    for groups in (leading, cellwise, *apart):
        sums = {known + weight for known in sums for weight in set(groups.weight.tolist())}
    for weight in sorted(sums):
        whole = max(weight + scene.keys.base_weight, 1)  # where nothing weighs, points are all there is
        others = _others(apart, whole, weight, scale)
        beside = cellwise.best(whole, scale)
        for lead, values in enumerate(leading.best(whole, scale)):
            left = weight - int(leading.weight[lead])
            for own, rest in others.items():
                here = np.flatnonzero(cellwise.weight == left - own)
                if not len(here):
                    continue
                of_all = scale.sum(scale.sum(values, rest)[None], beside[here]) + scene.keys.base
                highest = of_all.max(axis=1, initial=scale.out)
                scores = np.where(highest >= -scale.bound, highest // whole, NOBODY).astype(np.int64)
                np.maximum.at(best, leading.cell[lead] + cellwise.cell[here], scores)
    return best


def _others(apart: list[_Groups], whole: int, most: int, scale: _Scale) -> dict[int, Int64]:
    """Return the highest that the parts of no cell bring together, by their Σ weight up to `most`, (medoc) each."""
    found: dict[int, Int64] = {0: np.zeros(1, scale.kind)}
    for groups in apart:
        following: dict[int, Int64] = {}
        for weight, values in zip(groups.weight.tolist(), groups.best(whole, scale), strict=True):
            for known, highest in found.items():
                both = scale.sum(highest, values)
                total = known + weight
                if total <= most:
                    following[total] = np.maximum(following[total], both) if total in following else both
        found = following
    return found


def _grouped(part: Part, cells: Int64) -> _Groups:
    """Return the outcomes of a part by the cell of each, (outcomes), and by Σ weight."""
    order = np.lexsort((part.weight, cells))
    cell, weight = cells[order], part.weight[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(cell) != 0) | (np.diff(weight) != 0)])
    return _Groups(part, cell[starts], weight[starts], order, starts)


def _scale_for(scene: FactorProduct) -> _Scale:
    """Return what holds Σ weighted + Σ points · Σ weight."""
    parts = (scene.leading, scene.cellwise, *scene.apart)
    points = sum(int(np.abs(part.points).max(initial=0)) for part in parts)
    weight = scene.keys.base_weight + sum(int(part.weight.max(initial=0)) for part in parts)
    bound = (points + FULL) * max(weight, 1) + 1
    return _Scale(np.int64 if bound < _LARGEST else object, bound)
