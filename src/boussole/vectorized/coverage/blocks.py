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
_MANY_COLUMNS = 4
"""From how many on it is worth while to leave out first what can be in no top."""


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
        step = min(per_piece, last - first)
        rows = max(1, per_piece // step)
        for start, column in product(range(0, len(cellwise), rows), range(first, last, step)):
            piece, here = cellwise[start : start + rows], slice(column, min(column + step, last))
            found = scoring.keys(beside + weight, piece, here, top + 1)
            best = greatest(found, top + 1, scene.keys.absent)
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

    def cut(self, rows: slice) -> _Table:
        """Return outcomes that follow one another."""
        points = None if self.points is None else self.points[rows]
        out = None if self.out is None else self.out[rows]
        return _Table(self.weighted[rows], points, out, self.weight[rows], self.times[rows])

    def only(self, candidates: Int64) -> _Table:
        """Return what it does to some of the candidates."""
        return self._replace(
            weighted=self.weighted.take(candidates, axis=1),
            points=None if self.points is None else self.points.take(candidates, axis=1),
            out=None if self.out is None else self.out.take(candidates, axis=1),
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
        self._standing = keys.standing[self.candidates].astype(keys.kind)
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

    def keys(self, weight: int, cellwise: Int64, columns: slice, number: int) -> Keys:
        """Return keys, (cellwise, columns, some candidates), in situations that all have the same Σ weight.

        `cellwise` has places among the cellwise outcomes of the job. The first `number` of each situation are there.
        """
        beside, here = self._cellwise.rows(cellwise), self.columns.cut(columns)
        own = _Sums(beside.weighted + self._weighted, _sum(self._points[None], beside.points), beside.out)
        standing, weight = self._standing, weight + self._weight
        if len(here.weight) >= _MANY_COLUMNS:
            kept = self._contenders(weight, own, here, number)
            own, here, standing = own.only(kept), here.only(kept), standing[kept]
        both = _Sums(
            own.weighted[:, None] + here.weighted,
            _sum(own.points[:, None], here.points),
            _either(None if own.out is None else own.out[:, None], here.out),
        )
        return self._made(both, weight, standing)

    def _made(self, sums: _Sums, weight: int, standing: Keys) -> Keys:
        """Return keys, in the place of Σ weight·fit."""
        kind, scores = self._keys.kind, sums.weighted
        if weight:
            scores //= kind.type(weight)
        else:
            scores[:] = 0
        scores += sums.points
        scores <<= kind.type(self._keys.shift)
        scores |= standing
        if sums.out is not None:
            np.putmask(scores, np.broadcast_to(sums.out, scores.shape), self._keys.absent)
        return scores

    def _contenders(self, weight: int, own: _Sums, here: _Table, number: int) -> Int64:
        """Return the places of the candidates that can be among the first `number` of some situation.

        One whose highest key is below the lowest of as many others, in every cellwise outcome, cannot.
        """
        out, points = here.out, here.points
        lowest = _Sums(
            own.weighted + here.weighted.min(axis=0),
            _sum(own.points, None if points is None else points.min(axis=0)),
            _either(own.out, None if out is None else np.logical_or.reduce(out)),
        )
        highest = _Sums(
            own.weighted + here.weighted.max(axis=0),
            _sum(own.points, None if points is None else points.max(axis=0)),
            _either(own.out, None if out is None else np.logical_and.reduce(out)),
        )
        least, most = (self._made(sums, weight, self._standing) for sums in (lowest, highest))
        size = least.shape[1]
        if size <= number:
            return np.arange(size)
        bar = np.partition(least, size - number, axis=1)[:, size - number]
        return np.flatnonzero((most >= bar[:, None]).any(axis=0))


class _Sums(NamedTuple):
    """What is summed up for candidates, the last axis of each: Σ weight·fit, points, whether they are left out."""

    weighted: Keys
    points: Keys
    out: Bool | None

    def only(self, candidates: Int64) -> _Sums:
        """Return those of some of the candidates."""
        out = None if self.out is None else self.out.take(candidates, axis=-1)
        return _Sums(self.weighted.take(candidates, axis=-1), self.points.take(candidates, axis=-1), out)


def _sum(one: Keys, other: Keys | None) -> Keys:
    return one if other is None else one + other


def _either(one: Bool | None, other: Bool | None) -> Bool | None:
    return other if one is None else one if other is None else one | other
