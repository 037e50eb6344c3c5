"""The weighted fits of every MEDOC for combinations of terms."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from boussole.core.fits import FULL
from boussole.vectorized.encoding import terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boussole.vectorized.scoring.fits import Fits

    Numbers = NDArray[Any]
    Flags = NDArray[np.bool_]

KEPT = 20_000_000
"""How many numbers of a table are kept ready; over that, its rows are made as they are needed."""


class WeightedFits:
    """Σ weight·fit over some facets, by combination of terms (a row each) and MEDOC (a column each).

    There is one more column, of nobody, which holds 0. `weight` is Σ weight, by combination.
    """

    def __init__(
        self,
        fits: Fits,
        facets: Sequence[str],
        combinations: Sequence[tuple[int, ...]],
        kind: Any,  # noqa: ANN401 - a NumPy kind of number
        order: Numbers | None = None,
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
        self._tables: list[tuple[Numbers, Numbers, Numbers, bool]] = []
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
    def _anybody(self) -> Flags:
        return np.arange(self.size + 1) < self.size

    @cached_property
    def _fitting(self) -> list[tuple[Flags, Numbers]]:
        return [(table > 0, choice) for table, choice, _, required in self._tables if required]

    @cached_property
    def _whole(self) -> Numbers:
        return self.made(np.arange(self.count))

    def rows(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """Return rows, and which of them each of `places` has."""
        if self.count * self.size <= KEPT:
            return self._whole, places
        distinct, own = np.unique(places, return_inverse=True)
        return self.made(distinct), own

    def made(self, places: Numbers) -> Numbers:
        """Return the rows of some combinations."""
        found = np.zeros((len(places), self.size + 1), self._kind)
        for table, choice, weighs, _ in self._tables:
            if weighs.any():
                found += weighs[places, None].astype(self._kind) * table[choice[places]]
        return found

    def fitting(self, place: int) -> Numbers:
        """Return the columns of those who fit at all on each facet that is required, for one combination."""
        found = self._anybody.copy()
        for flags, choice in self._fitting:
            found &= flags[choice[place]]
        return np.flatnonzero(found)

    def of(self, place: int, columns: Numbers) -> Numbers:
        """Return what stands in some columns of the row of one combination."""
        found = np.zeros(len(columns), self._kind)
        for table, choice, weighs, _ in self._tables:
            if weighs[place]:
                found += self._kind.type(weighs[place]) * table[choice[place]].take(columns)
        return found
