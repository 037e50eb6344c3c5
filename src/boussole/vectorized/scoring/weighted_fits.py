"""The weighted fits of every MEDOC for combinations of terms."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from boussole.core.fits import FULL
from boussole.vectorized.encoding import terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Bool, Int64, KeyKind, Keys
    from boussole.vectorized.scoring.fits import Fits

KEPT = 20_000_000
"""How many numbers of a table are kept ready; over that, its rows are made as they are needed."""


class WeightedFits:
    """Σ weight·fit over some facets: (combinations, medoc + 1), made as they are needed where they are many.

    A combination is a set of terms by facet. The one more column, of nobody, holds 0. `weight` (combinations) is
    Σ weight over the facets where a combination has a term.
    """

    def __init__(
        self,
        fits: Fits,
        facets: Sequence[str],
        combinations: Sequence[tuple[int, ...]],
        kind: KeyKind,
        order: Int64 | None = None,
    ) -> None:
        """Find the fits of each set of terms of each of `facets` that a combination has, as bits.

        The columns are in the order of the catalogue, or in `order`.
        """
        columns = slice(None) if order is None else order
        self._kind = kind
        self.size = fits.size
        self.count = len(combinations)
        weights, required = fits.weighting.weights, fits.weighting.require
        self.weight = np.zeros(len(combinations), np.int64)
        self._tables: list[tuple[Keys, Int64, Int64, bool]] = []
        for slot, facet in enumerate(facets):
            masks = [combination[slot] for combination in combinations]
            place = {mask: row for row, mask in enumerate(sorted(set(masks)))}
            table = np.zeros((len(place), self.size + 1), kind)
            for mask, row in place.items():
                if mask:
                    table[row, :-1] = fits.of(facet, terms_of(mask, fits.facets[facet]))[columns]
                elif facet in required:
                    table[row, :-1] = FULL  # nothing is known there: it counts for nothing, and leaves nothing out
            choice = np.array([place[mask] for mask in masks], np.int64)
            weighs = np.where(np.array([mask != 0 for mask in masks], bool), weights.get(facet, 0), 0)
            self.weight += weighs
            self._tables.append((table, choice, weighs, facet in required))

    @cached_property
    def _anybody(self) -> Bool:
        return np.arange(self.size + 1) < self.size

    @cached_property
    def _fitting(self) -> list[tuple[Bool, Int64]]:
        return [(table > 0, choice) for table, choice, _, required in self._tables if required]

    @cached_property
    def _whole(self) -> Keys:
        return self.made(np.arange(self.count))

    def rows(self, places: Int64) -> tuple[Keys, Int64]:
        """Return rows (rows, medoc + 1), and which of them each of the combinations `places` has, in their shape."""
        if self.count * self.size <= KEPT:
            return self._whole, places
        distinct, own = np.unique(places, return_inverse=True)
        return self.made(distinct), own

    def made(self, places: Int64) -> Keys:
        """Return the rows of some combinations: (places, medoc + 1)."""
        found = np.zeros((len(places), self.size + 1), self._kind)
        for table, choice, weighs, _ in self._tables:
            if weighs.any():
                found += np.multiply(weighs[places, None], table[choice[places]], dtype=self._kind)
        return found

    def fitting(self, place: int) -> Int64:
        """Return the columns, ascending, of those that fit at all on each required facet, for one combination."""
        found = self._anybody.copy()
        for flags, choice in self._fitting:
            found &= flags[choice[place]]
        return np.flatnonzero(found)

    def of(self, place: int, columns: Int64) -> Keys:
        """Return what stands in some columns of the row of one combination, in their shape."""
        found = np.zeros(len(columns), self._kind)
        for table, choice, weighs, _ in self._tables:
            if weighs[place]:
                found += self._kind.type(weighs[place]) * table[choice[place]].take(columns)
        return found
