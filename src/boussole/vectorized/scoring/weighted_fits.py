"""The weighted fits of every MEDOC on the facets that count, in as few tables as stay in the processor's cache."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.vectorized.encoding import terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.arrays import Int64, Keys, Masks
    from boussole.vectorized.scoring.fits import Fits
    from boussole.vectorized.scoring.sort_keys import SortKeys

_MOST = 2**19
"""How many numbers a table of several facets has at most."""


class Placed(NamedTuple):
    """Where people stand on a facet: its distinct sets of terms, `masks` (sets), and which each has, `of` (people)."""

    facet: str
    masks: Masks
    of: Int64


class WeightedTable(NamedTuple):
    """Σ weight·fit over some facets, (combinations, width), and Σ weight of the terms that are known, (combinations).

    The combinations are those of the sets of terms of `facets`, counted with the last the fastest: with 3 and 4 sets,
    that of the third and the second is row 2 · 4 + 1. The columns after the last MEDOC, of nobody, hold 0.
    """

    facets: tuple[str, ...]
    sums: Keys
    weight: Int64


class WeightedFits:
    """Σ weight·fit over all facets that weigh, as tables whose rows are added: one of many facets would not be kept.

    For example, 255 sets of domains, 10 profiles and 5 levels: a table of 255 rows and one of 50 are added for each
    person, rather than three; one of 12,750 rows would be slower to look up, and take longer to make than to use.
    """

    def __init__(self, fits: Fits, placed: Sequence[Placed], keys: SortKeys, width: int) -> None:
        """Make the tables, `width` columns wide; the first has what weighs the same for everybody."""
        self._counts = {one.facet: len(one.masks) for one in placed}
        weights = fits.weighting.weights
        of_facet = {}
        for one in placed:
            weight = weights.get(one.facet, 0)
            if weight:
                sums = np.zeros((len(one.masks), width), keys.kind)
                for row, mask in enumerate(one.masks.tolist()):
                    if mask:
                        sums[row, : fits.size] = fits.of(one.facet, terms_of(mask, fits.facets[one.facet]))
                sums *= keys.kind.type(weight)
                of_facet[one.facet] = WeightedTable((one.facet,), sums, np.where(one.masks != 0, weight, 0))
        base = np.zeros((1, width), keys.kind)
        base[0, : fits.size] = keys.base
        self.tables = [_together([of_facet[facet] for facet in group], width) for group in self._groups(of_facet)]
        first = self.tables[0] if self.tables else WeightedTable((), np.zeros_like(base), np.zeros(1, np.int64))
        self.tables[:1] = [WeightedTable(first.facets, first.sums + base, first.weight + keys.base_weight)]

    def _groups(self, tables: Mapping[str, WeightedTable]) -> list[list[str]]:
        """Return the facets that share a table: the first one where each finds room, those of many sets first."""
        groups: list[list[str]] = []
        for facet in sorted(tables, key=lambda one: -self._counts[one]):
            for group in groups:
                if tables[facet].sums.size * prod(self._counts[one] for one in group) <= _MOST:
                    group.append(facet)
                    break
            else:
                groups.append([facet])
        return groups

    def rows(self, sets: Mapping[str, Int64], size: int) -> list[Int64]:
        """Return, by table, the row of each of `size` situations; `sets` are, by facet, the places of their masks."""
        found = []
        for table in self.tables:
            row = np.zeros(size, np.int64)
            for facet in table.facets:
                row = row * self._counts[facet] + sets[facet]
            found.append(row)
        return found


def _together(tables: Sequence[WeightedTable], width: int) -> WeightedTable:
    """Return one table for the combinations of the rows of all."""
    sums, weight = tables[0].sums, tables[0].weight
    for one in tables[1:]:
        sums = (sums[:, None] + one.sums).reshape(-1, width)
        weight = (weight[:, None] + one.weight).ravel()
    return WeightedTable(tuple(facet for one in tables for facet in one.facets), sums, weight)
