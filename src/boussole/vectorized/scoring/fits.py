"""The fit of every MEDOC at once, for some terms of a facet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.core.fits import fit_function

if TYPE_CHECKING:
    from boussole.arrays import Int64
    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass


_MOST = 20_000_000
"""How many fits are remembered; of a question with many options, each row may have a set of its own."""


class Fits:
    """The fits of the MEDOC of a catalogue, in its order, found once for each set of terms."""

    def __init__(self, compass: Compass, catalogue: Catalogue) -> None:
        """Find nothing yet."""
        self.weighting = compass.weighting
        self.facets = catalogue.facets
        self.size = len(catalogue.medoc)
        self._medoc = tuple(catalogue.medoc.values())
        self._known: dict[tuple[str, frozenset[str]], Int64] = {}
        self._alike: dict[str, tuple[list[Medoc], Int64]] = {}

    def of(self, facet: str, terms: frozenset[str]) -> Int64:
        """Return the fits (medoc), 0 to 1000, for somebody at `terms`, at least one."""
        found = self._known.get((facet, terms))
        if found is None:
            if len(self._known) * self.size > _MOST:
                self._known = {}
            fit = fit_function(self.facets[facet], terms, self.weighting.generic)
            few, of = self._declaring(facet)
            found = self._known[facet, terms] = np.array([fit(medoc) for medoc in few], np.int64)[of]
        return found

    def _declaring(self, facet: str) -> tuple[list[Medoc], Int64]:
        """Return one MEDOC for each set of terms that some declare, and which of them each is like (medoc)."""
        if facet not in self._alike:
            places: dict[frozenset[str], int] = {}
            of = [places.setdefault(medoc.terms_on(facet), len(places)) for medoc in self._medoc]
            few = [self._medoc[of.index(place)] for place in range(len(places))]
            self._alike[facet] = few, np.array(of, np.int64)
        return self._alike[facet]
