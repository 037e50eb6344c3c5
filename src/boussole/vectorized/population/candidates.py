"""What the required facets leave in: the candidates of each combination of their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from boussole.vectorized.scoring.weighted_fits import KEPT, WeightedFits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Int64, KeyKind, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.vectorized.scoring.fits import Fits
    from boussole.vectorized.scoring.rules import Rules
    from boussole.vectorized.scoring.sort_keys import SortKeys


_EXACT = 2**62
"""Whole numbers up to this are computed with as they are; a catalogue has far fewer MEDOC than its cube root."""


class CandidateSet(NamedTuple):
    """One combination of required terms: the MEDOC it leaves in, what each weighs so far, and Σ weight so far.

    `candidates` (candidates): places in the catalogue; `base` (candidates): Σ weight·fit over the required facets.
    """

    candidates: Int64
    base: Keys
    weight: int


class CandidateSets:
    """Finds the candidates of combinations, and keeps them: people who come one after the other have the same."""

    def __init__(self, fits: Fits, required: Sequence[str], keys: SortKeys, duplicates: Duplicates) -> None:
        """Take the facets that are required."""
        self._fits, self._facets = fits, required
        self._first_come = keys.medoc[::-1]
        self._base = keys.base[self._first_come].astype(keys.kind)
        self._keys, self._duplicates = keys, duplicates
        self._known: dict[tuple[int, ...], CandidateSet] = {}
        self._numbers = 0

    def of(self, combinations: Sequence[tuple[int, ...]]) -> ChosenCandidates:
        """Return the candidates of combinations of required terms, as bits."""
        keys = self._keys
        missing = [one for one in combinations if one not in self._known]
        if self._numbers > KEPT:
            self._known, self._numbers, missing = {}, 0, list(combinations)
        weighed = WeightedFits(self._fits, self._facets, missing, keys.kind, self._first_come)
        for place, combination in enumerate(missing):
            fitting = weighed.fitting(place)
            candidates, base = self._first_come[fitting], weighed.of(place, fitting) + self._base[fitting]
            kept = self._duplicates.first(candidates, base)
            weight = int(weighed.weight[place]) + keys.base_weight
            self._known[combination] = CandidateSet(candidates[kept], base[kept], weight)
            self._numbers += len(kept)
        return ChosenCandidates([self._known[one] for one in combinations], weighed.size, keys.kind)


class Duplicates:
    """Tells MEDOC apart by all that a ranking looks at beside the required facets.

    MEDOC that are alike there come in the order of their standing wherever their base is the same: only as many of
    them as are looked for can be among the first. For example, of fifty tools declared alike, thirty of which fit the
    required facets as well, the first ten are looked at, in every situation.
    """

    def __init__(self, catalogue: Catalogue, others: Sequence[str], rules: Rules, number: int) -> None:
        """Take the other facets that count, the rules, and how many of the first are looked for."""
        self._number = number
        classes: dict[tuple[Any, ...], int] = {}
        ruled = np.concatenate([rules.points, rules.out]).T
        self._class = np.array(
            [
                classes.setdefault((row.tobytes(), *(medoc.terms_on(facet) for facet in others)), len(classes))
                for medoc, row in zip(catalogue.medoc.values(), np.ascontiguousarray(ruled), strict=True)
            ],
            np.int64,
        )
        self._count = len(classes)
        self._many = (np.bincount(self._class, minlength=1) > number)[self._class]

    def first(self, candidates: Int64, base: Keys) -> Int64:
        """Return the places, among `candidates` (in the order of standing), of those that can be among the first."""
        many = self._many[candidates]
        among = np.flatnonzero(many)
        classes = self._class[candidates[among]]
        if np.bincount(classes, minlength=1).max() <= self._number:
            return np.arange(len(candidates))
        kept = among[self._among(classes, base[among])]
        return np.concatenate([np.flatnonzero(~many), kept])

    def _among(self, classes: Int64, base: Keys) -> Int64:
        """Return the places of the first of each class and base; both are by candidate."""
        size, place = len(base), np.arange(len(base))
        above, span = base - base.min(), int(base.max()) - int(base.min()) + 1
        if self._count * span * size > _EXACT:
            _, above = np.unique(base, return_inverse=True)
            span = size
        # class, base and place in one number: sorting these is much faster than sorting by three
        ordered = np.sort((classes * span + above) * size + place)
        group = ordered // size
        start = np.maximum.accumulate(np.where(np.append(True, group[1:] != group[:-1]), place, 0))
        kept: Int64 = (ordered - group * size)[place - start < self._number]
        return kept


class ChosenCandidates:
    """The candidates of some combinations, fewest first, so that those with as many stand together.

    By place in this order: `counts`, how many candidates; `weight`, Σ weight so far. `place` (combinations) is the
    place of each combination as it was given.
    """

    def __init__(self, sets: Sequence[CandidateSet], size: int, kind: KeyKind) -> None:
        """Put them in order; `size` is the place of nobody, after the last MEDOC."""
        order = sorted(range(len(sets)), key=lambda place: len(sets[place].candidates))
        self.place = np.empty(len(sets), np.int64)
        self.place[order] = np.arange(len(sets))
        self._sets = [sets[place] for place in order]
        self.counts = np.array([len(one.candidates) for one in self._sets], np.int64)
        self.weight = np.array([one.weight for one in self._sets], np.int64)
        self._size, self._kind = size, kind

    def of(self, first: int, last: int) -> tuple[Int64, Keys]:
        """Return the candidates from place `first` to `last`, and what they weigh so far: (places, candidates) both.

        Rows are filled up with nobody.
        """
        width = max(1, int(self.counts[last]))
        candidates = np.full((last - first + 1, width), self._size, np.int64)
        base = np.zeros((last - first + 1, width), self._kind)
        for row, one in enumerate(self._sets[first : last + 1]):
            candidates[row, : len(one.candidates)] = one.candidates
            base[row, : len(one.candidates)] = one.base
        return candidates, base
