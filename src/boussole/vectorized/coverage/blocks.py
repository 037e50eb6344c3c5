"""Situations scored block by block: the keys of the first of each, in whole numbers."""

from __future__ import annotations

from itertools import product
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.vectorized.coverage.factors import combined, total_of, without_effect
from boussole.vectorized.scoring.sort_keys import greatest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Bool, Int64, Keys
    from boussole.vectorized.coverage.factors import Part
    from boussole.vectorized.scoring.sort_keys import SortKeys

_BLOCK = 400_000
"""How many scores are computed together: they stay in the cache of the processor."""
_COMBINED = 8_000_000
"""How many numbers a table of combined factors may hold: about 100 MiB for each of those that are used at once."""
_CELLS = 16_000_000
"""How many numbers the table of the cellwise factors may hold: about 300 MiB."""
_JOB = 4_000_000
"""How many MEDOC of situations of an even choice one thread scores before it gives back what it found."""


class Job(NamedTuple):
    """Situations that are scored together: those of one outcome that leads (its row).

    `chosen` (outer factors, choices): an outcome of each outer factor, by choice; inner factors are taken whole.
    """

    lead: int
    chosen: Int64


class FactorProduct:
    """The factors of a compass in three places, so that their product never has to be written out.

    - `leading`, the factor that leaves out most MEDOC: what an outcome of it leaves out need not be scored;
    - `cellwise`, the other factors that place people on facets of the cells, combined into one part;
    - `apart`, the factors of no cell: a *column* is one outcome of each.

    A situation is one outcome that leads, one cellwise, and a column:

                                 columns (outcomes of those apart)
                                 0   1   2   …
        leading 0   cellwise 0   ·   ·   ·            a block: some cellwise outcomes × some columns,
                    cellwise 1   ·   ·   ·            under one leading outcome, of one Σ weight
        leading 1   cellwise 0   ·   ·   ·
                    cellwise 1   ·   ·   ·

    For example, with cells by profile and level: profile and domain share rules, so that their 170 outcomes are one
    factor, which leads; the 5 levels are cellwise; objective, stage, maturity and time make 4,140 columns.

    Where there are more than `limit` situations, `number` of the columns are looked at, others for each outcome that
    leads, spread evenly over the outcomes of every factor.
    """

    def __init__(self, parts: Sequence[Part], keys: SortKeys, limit: int, sample: int) -> None:
        """Take the factors, in any order; of over `limit` situations, as many are looked at as make `sample` scores.

        Raises:
            BoussoleError: when the cells are too many.

        """
        self.keys = keys
        self.size = len(keys.medoc)
        parts = _fixed_together(parts, self.size)
        ordered = sorted(parts, key=lambda part: (part.out.sum() * part.rows, part.rows), reverse=True)
        self.leading = ordered[0] if ordered else without_effect(self.size)
        of_cells = [part for part in ordered[1:] if part.cells]
        if of_cells and total_of(of_cells) * self.size > _CELLS:
            raise BoussoleError(
                gettext("These facets make too many cells to sum up."), gettext("Name fewer of them with --by.")
            )
        self.cellwise = combined(of_cells, self.size)
        self.apart = tuple(sorted((part for part in ordered[1:] if not part.cells), key=lambda part: part.rows))
        columns = total_of(self.apart)
        self.total = self.leading.rows * self.cellwise.rows * columns
        staying = max(1, int((~self.leading.out).sum()) * self.cellwise.rows)
        few = max(1, min(sample // staying, limit // (self.leading.rows * self.cellwise.rows)))
        self.number = columns if self.total <= limit else min(columns, few)
        most = _COMBINED // max(1, self.size)
        inner = _fitting(self.apart, most) if self.number == columns else 0
        self.inner, self.outer = self.apart[:inner], self.apart[inner:]
        if self.number < columns:
            self.outer = _grouped(self.outer, most // 4, self.size)

    @property
    def looked_at(self) -> int:
        """Return how many situations are looked at, about."""
        return self.leading.rows * self.cellwise.rows * self.number

    def jobs(self) -> Iterator[Job]:
        """Yield what can be scored by itself."""
        sizes = [part.rows for part in self.outer]
        if self.number == total_of(self.apart):
            for lead, choice in product(range(self.leading.rows), product(*map(range, sizes))):
                yield Job(lead, np.array(choice, np.int64)[:, None])
            return
        step = max(1, _JOB // max(1, self.cellwise.rows * self.size))
        for lead in range(self.leading.rows):
            chosen = _spread(sizes, lead * self.number, self.number)
            for start in range(0, chosen.shape[1], step):
                yield Job(lead, chosen[:, start : start + step])


def _fixed_together(parts: Sequence[Part], size: int) -> list[Part]:
    """Return the parts, those of one outcome combined: each would be added again in every job."""
    fixed = [part for part in parts if part.rows == 1]
    return [*([combined(fixed, size)] if fixed else []), *(part for part in parts if part.rows > 1)]


def _fitting(parts: Sequence[Part], most: int) -> int:
    """Return how many of the parts, the first ones, can be combined into at most `most` outcomes."""
    return sum(total_of(parts[: place + 1]) <= most for place in range(len(parts)))


def _grouped(parts: Sequence[Part], most: int, size: int) -> tuple[Part, ...]:
    """Return the parts in their order, neighbours combined as long as they have at most `most` outcomes."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and total_of([*groups[-1], part]) <= most:
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(combined(group, size) for group in groups)


def _spread(sizes: Sequence[int], start: int, number: int) -> Int64:
    """Return about so many choices of one outcome by factor, (factors, choices), each once, spread evenly.

    They are a Richtmyer sequence: multiples of the roots of primes, of which only what follows the point counts.
    """
    places = np.arange(start, start + number, dtype=np.uint64)
    half = np.uint64(32)
    found = [
        (places * np.uint64(root) >> half) * np.uint64(size) >> half
        for root, size in zip(_roots(len(sizes)), sizes, strict=True)
    ]
    return np.unique(np.stack(found).astype(np.int64), axis=1)


def _roots(number: int) -> list[int]:
    """Return the roots of the first primes, what follows the point, in 64 bits."""
    primes: list[int] = []
    candidate = 2
    while len(primes) < number:
        if all(candidate % prime for prime in primes):
            primes.append(candidate)
        candidate += 1
    return [isqrt(prime << 128) % 2**64 for prime in primes]


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
    columns, weights = scoring.columns, scene.cellwise.weight
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
            blocks.append(Block(job.lead, piece, best, columns.times[here]))
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
        parts = [self.weight[:, None], self.weighted, *(part for part in (self.points, self.out) if part is not None)]
        _, first, of = np.unique(np.concatenate(parts, axis=1), axis=0, return_index=True, return_inverse=True)
        times = np.zeros(len(first), np.int64)
        np.add.at(times, of, self.times)
        return self.rows(first)._replace(times=times)

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
        self._points = leading.points[job.lead, self.candidates].astype(keys.kind)
        self._weight = int(leading.weight[job.lead]) + keys.base_weight
        self._cellwise = self._table(scene.cellwise)
        columns = self._table(without_effect(scene.size)).rows(np.zeros(job.chosen.shape[1], np.int64))
        for part, rows in zip(scene.outer, job.chosen, strict=True):
            columns = columns.then(self._table(part).rows(rows) if len(rows) > part.rows else self._table(part, rows))
        for part in scene.inner:
            columns = columns.every(self._table(part).merged())
        self.columns = columns.rows(np.argsort(columns.weight, kind="stable"))

    def _table(self, part: Part, rows: Int64 | None = None) -> _Table:
        """Return what a part does to the candidates: all its outcomes, or some of them."""
        kind, rows = self._keys.kind, np.arange(part.rows) if rows is None else rows
        table = np.ix_(rows, self.candidates)
        points, out = part.points[table], part.out[table]
        return _Table(
            part.weighted[table].astype(kind),
            points.astype(kind) if points.any() else None,
            out if out.any() else None,
            part.weight[rows],
            np.ones(len(rows), np.int64),
        )

    def keys(self, weight: int, cellwise: Int64, columns: slice) -> Keys:
        """Return the keys, (cellwise, columns, candidates), in situations that all have the same Σ weight."""
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
