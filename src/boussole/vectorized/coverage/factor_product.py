"""All situations as a product of factors in three places, that never has to be written out; what is looked at of it."""

from __future__ import annotations

from functools import reduce
from itertools import product
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.vectorized.coverage.factors import both, total_of, without_effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Int64
    from boussole.vectorized.coverage.factors import Part
    from boussole.vectorized.scoring.sort_keys import SortKeys

_COMBINED = 8_000_000
"""How many numbers a table of combined factors may hold: about 100 MiB for each of those that are used at once."""
_CELLS = 16_000_000
"""How many numbers the table of the cellwise factors may hold: about 300 MiB."""
_JOB = 4_000_000
"""How many MEDOC of situations of an even choice one thread scores before it gives back what it found."""


class Job(NamedTuple):
    """Situations that are scored together: those of one outcome that leads (its row).

    `chosen` (outer factors, choices): an outcome of each outer factor, by choice; inner factors are taken whole.
    `cellwise` (rows): the outcomes of the cellwise part.
    """

    lead: int
    chosen: Int64
    cellwise: Int64


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
    leads, spread evenly over the outcomes of every factor. Where even one column would be too many, so are the cellwise
    outcomes, as large a share of each cell.
    """

    def __init__(self, parts: Sequence[Part], keys: SortKeys, limit: int, sample: int) -> None:
        """Take the factors, in any order; of over `limit` situations, as many are looked at as make `sample` scores.

        Raises:
            BoussoleError: when the cells are too many.

        """
        self.keys = keys
        self.size = len(keys.medoc)
        nothing = without_effect(self.size).narrowed(keys.kind)
        parts = _fixed_together(parts)
        ordered = sorted(parts, key=lambda part: (part.out.sum() * part.rows, part.rows), reverse=True)
        self.leading = ordered[0] if ordered else nothing
        of_cells = [part for part in ordered[1:] if part.cells]
        if of_cells and total_of(of_cells) * self.size > _CELLS:
            raise BoussoleError(
                gettext("These facets make too many cells to sum up."), gettext("Name fewer of them with --by.")
            )
        self.cellwise = reduce(both, of_cells, nothing)
        self.apart = tuple(sorted((part for part in ordered[1:] if not part.cells), key=lambda part: part.rows))
        columns = total_of(self.apart)
        self.total = self.leading.rows * self.cellwise.rows * columns
        # how many situations may be ranked under each outcome that leads, where not all are
        each = min(sample // max(1, int((~self.leading.out).sum())), limit // self.leading.rows)
        self.number = columns if self.total <= limit else min(columns, max(1, each // self.cellwise.rows))
        self._rows = [np.arange(self.cellwise.rows)]
        if self.total > limit and each < self.cellwise.rows:
            self._rows = _by_cell(self.cellwise)
        self._each = [max(1, min(each, self.cellwise.rows) * len(rows) // self.cellwise.rows) for rows in self._rows]
        most = _COMBINED // max(1, self.size)
        inner = _fitting(self.apart, most) if self.number == columns else 0
        self.inner, self.outer = self.apart[:inner], self.apart[inner:]
        if self.number < columns:
            self.outer = _grouped(self.outer, most // 4)

    @property
    def looked_at(self) -> int:
        """Return how many situations are looked at, about."""
        return self.leading.rows * sum(self._each) * self.number

    def jobs(self) -> Iterator[Job]:
        """Yield what can be scored by itself."""
        sizes = [part.rows for part in self.outer]
        if self.number == total_of(self.apart):
            for lead, choice in product(range(self.leading.rows), product(*map(range, sizes))):
                yield Job(lead, np.array(choice, np.int64)[:, None], self._cellwise(lead))
            return
        step = max(1, _JOB // max(1, sum(self._each) * self.size))
        for lead in range(self.leading.rows):
            chosen = _spread(sizes, lead * self.number, self.number)
            for start in range(0, chosen.shape[1], step):
                yield Job(lead, chosen[:, start : start + step], self._cellwise(lead))

    def _cellwise(self, lead: int) -> Int64:
        """Return the cellwise outcomes that are looked at under one that leads: others for each, of every cell some."""
        return np.concatenate(
            [
                rows[(lead + np.arange(number) * len(rows) // number) % len(rows)]
                for rows, number in zip(self._rows, self._each, strict=True)
            ]
        )


def _fixed_together(parts: Sequence[Part]) -> list[Part]:
    """Return the parts, those of one outcome combined: each would be added again in every job."""
    fixed = [part for part in parts if part.rows == 1]
    return [*([reduce(both, fixed)] if fixed else []), *(part for part in parts if part.rows > 1)]


def _by_cell(part: Part) -> list[Int64]:
    """Return the outcomes of a part cell by cell."""
    cells: dict[tuple[frozenset[str], ...], list[int]] = {}
    for row in range(part.rows):
        cells.setdefault(tuple(terms[row] for terms in part.cells.values()), []).append(row)
    return [np.array(rows, np.int64) for rows in cells.values()]


def _fitting(parts: Sequence[Part], most: int) -> int:
    """Return how many of the parts, the first ones, can be combined into at most `most` outcomes."""
    return sum(total_of(parts[: place + 1]) <= most for place in range(len(parts)))


def _grouped(parts: Sequence[Part], most: int) -> tuple[Part, ...]:
    """Return the parts in their order, neighbours combined as long as they have at most `most` outcomes."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and total_of([*groups[-1], part]) <= most:
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(reduce(both, group) for group in groups)


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
