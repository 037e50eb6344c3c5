"""The fit of every MEDOC at once, for some terms of a facet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.core.ranking import fit_function

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass


class Fits:
    """The fits of the MEDOC of a catalogue, in its order, found once for each set of terms."""

    def __init__(self, compass: Compass, catalogue: Catalogue) -> None:
        """Find nothing yet."""
        self._generic = compass.weighting.generic
        self._facets = catalogue.facets
        self._medoc = tuple(catalogue.medoc.values())
        self._known: dict[tuple[str, frozenset[str]], NDArray[np.int64]] = {}

    def of(self, facet: str, terms: frozenset[str]) -> NDArray[np.int64]:
        """Return the fits, 0 to 1000, for somebody at `terms`, at least one."""
        found = self._known.get((facet, terms))
        if found is None:
            fit = fit_function(self._facets[facet], terms, self._generic)
            found = self._known[facet, terms] = np.array([fit(medoc) for medoc in self._medoc], np.int64)
        return found
