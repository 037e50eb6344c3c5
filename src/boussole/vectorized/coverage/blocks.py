"""Situations scored block by block: the keys of the first of each, in whole numbers."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from boussole.vectorized.coverage.distinct import distinct_rows
from boussole.vectorized.coverage.factors import without_effect
from boussole.vectorized.scoring.sort_keys import greatest

if TYPE_CHECKING:
    import numpy.typing as npt

    from boussole.arrays import Bool, Int64, Keys
    from boussole.vectorized.coverage.factor_product import FactorProduct, Job
    from boussole.vectorized.coverage.factors import Part

_T = TypeVar("_T", bound=np.generic)
_BLOCK = 400_000
"""How many scores are computed together: they stay in the cache of the processor."""


class Block(NamedTuple):
    """What some situations under one outcome that leads get.

    `cellwise` (rows): the outcomes of the cellwise part; `keys` (rows, columns, top + 1): the keys of the first of the
    ranking, best first, one more than the top. `times` (columns): how many situations a column stands for.
    """

    lead: int
    cellwise: Int64
    keys: Keys
    times: Int64


def blocks_of(scene: FactorProduct, job: Job, top: int) -> list[Block]:
    """Return the blocks of one job: situations of the same Σ weight together, in pieces."""
    scoring = _Scoring(scene, job)
    columns, weights = scoring.columns, scene.cellwise.weight[job.cellwise]
    per_piece = max(1, _BLOCK // max(1, len(scoring.candidates)))
    blocks = []
    for beside, weight in product(np.unique(weights).tolist(), np.unique(columns.weight).tolist()):
        cellwise = np.flatnonzero(weights == beside)
        first, last = np.searchsorted(columns.weight, [weight, weight + 1]).tolist()  # columns stand in this order
        step = max(1, per_piece // len(cellwise))
        rows = max(1, per_piece // min(step, last - first))
        for start, column in product(range(0, len(cellwise), rows), range(first, last, step)):
            piece, here = cellwise[start : start + rows], slice(column, min(column + step, last))
            best = greatest(scoring.keys(beside + weight, piece, here), top + 1, scene.keys.absent)
            blocks.append(Block(job.lead, job.cellwise[piece], best, columns.times[here]))
    return blocks


class _Table(NamedTuple):
    """What outcomes do to the candidates: (outcomes, candidates) each, None where it is nothing; Σ weight (outcomes).

    `times` (outcomes): how many outcomes, which do all the same, each stands for.
    """

    weighted: Keys
    points: Keys | None
    out: Bool | None
    weight: Int64
    times: Int64

    def rows(self, rows: Int64) -> _Table:
        """Return some of the outcomes."""
        return _Table(
            self.weighted.take(rows, axis=0),
            None if self.points is None else self.points.take(rows, axis=0),
            None if self.out is None else self.out.take(rows, axis=0),
            self.weight[rows],
            self.times[rows],
        )

    def merged(self) -> _Table:
        """Return the outcomes that do not do the same, each once."""
        tables = [self.weight[:, None], self.weighted, *(one for one in (self.points, self.out) if one is not None)]
        distinct = distinct_rows(*tables)
        times = np.zeros(len(distinct.first), np.int64)
        np.add.at(times, distinct.of, self.times)
        return self.rows(distinct.first)._replace(times=times)

    def then(self, other: _Table) -> _Table:
        """Return what outcomes do together with as many others, side by side. What this one holds is changed."""
        weighted, points, out = self[:3]
        weighted += other.weighted
        return _Table(
            weighted,
            points if other.points is None else other.points if points is None else points + other.points,
            out if other.out is None else other.out if out is None else out | other.out,
            self.weight + other.weight,
            self.times * other.times,
        )

    def every(self, other: _Table) -> _Table:
        """Return what every outcome of this and every outcome of the other do together."""
        rows = np.arange(len(self.weight)), np.arange(len(other.weight))
        return self.rows(np.repeat(rows[0], len(rows[1]))).then(other.rows(np.tile(rows[1], len(rows[0]))))


class _Scoring:
    """Scores the situations of a job: only its `candidates`, places in the catalogue. `columns` are by Σ weight."""

    def __init__(self, scene: FactorProduct, job: Job) -> None:
        keys, leading = scene.keys, scene.leading
        self._keys = keys
        self.candidates = np.flatnonzero(~leading.out[job.lead])
        self._weighted = (leading.weighted[job.lead] + keys.base)[self.candidates].astype(keys.kind)
        self._points = leading.points[job.lead, self.candidates]
        self._weight = int(leading.weight[job.lead]) + keys.base_weight
        self._cellwise = self._table(scene.cellwise, job.cellwise)
        nothing = self._table(without_effect(scene.size).narrowed(keys.kind))
        columns = nothing.rows(np.zeros(job.chosen.shape[1], np.int64))
        for part, rows in zip(scene.outer, job.chosen, strict=True):
            columns = columns.then(self._table(part).rows(rows) if len(rows) > part.rows else self._table(part, rows))
        for part in scene.inner:
            columns = columns.every(self._table(part).merged())
        self.columns = columns.rows(np.argsort(columns.weight, kind="stable"))

    def _table(self, part: Part, rows: Int64 | None = None) -> _Table:
        """Return what a part does to the candidates: all its outcomes, or some of them."""
        rows = np.arange(part.rows) if rows is None else rows

        def of(table: npt.NDArray[_T]) -> npt.NDArray[_T]:
            return table.take(rows, axis=0).take(self.candidates, axis=1)

        points, out = of(part.points), of(part.out)
        return _Table(
            of(part.weighted),
            points if points.any() else None,
            out if out.any() else None,
            part.weight[rows],
            np.ones(len(rows), np.int64),
        )

    def keys(self, weight: int, cellwise: Int64, columns: slice) -> Keys:
        """Return the keys, (cellwise, columns, candidates), in situations that all have the same Σ weight.

        `cellwise` has places among the cellwise outcomes of the job.
        """
        keys, kind = self._keys, self._keys.kind
        beside, here = self._cellwise.rows(cellwise), self.columns
        scores: Keys = (self._weighted + beside.weighted)[:, None] + here.weighted[columns]
        weight += self._weight
        if weight:
            scores //= kind.type(weight)
        else:
            scores[:] = 0
        points = self._points if beside.points is None else self._points + beside.points
        scores += points[:, None] if points.ndim > 1 else points
        if here.points is not None:
            scores += here.points[columns]
        scores <<= kind.type(keys.shift)
        scores |= keys.standing[self.candidates].astype(kind)
        if here.out is not None:
            np.putmask(scores, np.broadcast_to(here.out[columns], scores.shape), keys.absent)
        if beside.out is not None:
            np.putmask(scores, np.broadcast_to(beside.out[:, None], scores.shape), keys.absent)
        return scores
