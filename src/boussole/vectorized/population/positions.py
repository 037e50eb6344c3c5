"""The places that MEDOC take for many people, found by counting those that come before them, in whole numbers.

`vectorized.population.top_k` finds who comes first; here some MEDOC are looked for, and the others need not be put in
order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL
from boussole.vectorized.encoding import numbered
from boussole.vectorized.scoring.rules import effects_of
from boussole.vectorized.scoring.sort_keys import make_sort_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boussole.arrays import Bool, Int32, Int64, Keys, Masks
    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
    from boussole.core.definitions.compass import Compass
    from boussole.core.definitions.conditions import Condition
    from boussole.vectorized.population.respondents import Respondents
    from boussole.vectorized.scoring.rules import Effect

_BLOCK = 400_000
"""How many scores are computed together: they stay in the cache of the processor."""


class DistinctSituations(NamedTuple):
    """The distinct situations of many people; `of` (people) is the one of each person.

    `masks` are, by facet that counts, the terms of each as bits (situations). `pattern` (situations) is the column of
    `truths` (conditions, patterns) that tells which of the conditions that do something hold for it.
    """

    masks: tuple[Masks, ...]
    pattern: Int64
    truths: Bool
    of: Int64

    @property
    def size(self) -> int:
        """Return how many there are."""
        return len(self.pattern)


class RankPositions:
    """Finds the places of the MEDOC of a catalogue; a column is one of them, in the order of the catalogue."""

    def __init__(self, compass: Compass, catalogue: Catalogue) -> None:
        """Prepare what does not depend on anybody."""
        weighting = compass.weighting
        medoc = tuple(catalogue.medoc.values())
        self.columns = {id_: column for column, id_ in enumerate(catalogue.medoc)}
        counting = sorted((weighting.weights.keys() | weighting.require) & catalogue.facets.keys())
        self._scales = [_Scale(compass, catalogue.facets[id_], medoc) for id_ in counting]
        self._keys = make_sort_keys(
            compass,
            catalogue,
            weighted=FULL * sum(scale.weight for scale in self._scales),
            points=sum(abs(rule.points) for rule in compass.rules),
        )
        self._effects: list[tuple[int, Effect]] = []
        conditions: dict[Condition, int] = {}
        for effect in effects_of(compass, catalogue):
            self._effects.append((conditions.setdefault(effect.condition, len(conditions)), effect))
        self._conditions = tuple(conditions)

    def situations(self, people: Respondents) -> DistinctSituations:
        """Return where people stand."""
        masks = [people.terms(scale.id) for scale in self._scales]
        truths = np.zeros((len(self._conditions), people.size), bool)
        for row, condition in zip(truths, self._conditions, strict=True):
            row[:] = people.holds(condition)
        first, pattern = _together(np.packbits(truths, axis=0), people.size)
        truths = truths[:, first]
        first, of = _together([*masks, pattern], people.size)
        return DistinctSituations(tuple(array[first] for array in masks), pattern[first], truths, of)

    def places(self, situations: DistinctSituations, rows: Int64, wanted: Int64, among: Int64 | None = None) -> Int64:
        """Return the places, from 1, of the MEDOC `wanted` in some situations: (rows, wanted).

        With `among`, the places among these MEDOC only. The place of what is left out is 0.
        """
        found = np.zeros((len(rows), len(wanted)), np.int64)
        for block, keys in self._blocks(situations, rows, among):
            own = self.keys(situations, rows[block], wanted)
            for number in range(len(wanted)):
                ahead = np.count_nonzero(keys > own[:, number, None], axis=1)
                found[block, number] = np.where(own[:, number] == self._keys.absent, 0, ahead + 1)
        return found

    def among_first(self, situations: DistinctSituations, wanted: Int64, top: int) -> Bool:
        """Return whether the MEDOC `wanted` are among the first `top` of each situation: (situations, wanted).

        That is: whether they are ranked, and no later than the last of the top.
        """
        found = np.zeros((situations.size, len(wanted)), bool)
        for block, keys in self._blocks(situations, np.arange(situations.size)):
            own = self.keys(situations, np.arange(situations.size)[block], wanted)
            last = max(keys.shape[1] - top, 0)
            found[block] = (own >= np.partition(keys, last, axis=1)[:, last, None]) & (own != self._keys.absent)
        return found

    def ahead(self, situations: DistinctSituations, rows: Int64, column: int) -> Int64:
        """Return in how many of some situations each MEDOC comes before that of `column`: (medoc)."""
        found = np.zeros(len(self.columns), np.int64)
        for block, keys in self._blocks(situations, rows):
            found += np.count_nonzero(keys > self.keys(situations, rows[block], np.array([column])), axis=0)
        return found

    def scores(self, situations: DistinctSituations) -> Iterator[tuple[Int64, Bool]]:
        """Yield, some situations after the others, the scores of all MEDOC and which are left out: (some, medoc)."""
        for _, keys in self._blocks(situations, np.arange(situations.size)):
            yield keys.astype(np.int64) >> self._keys.shift, keys == self._keys.absent

    def _blocks(
        self, situations: DistinctSituations, rows: Int64, among: Int64 | None = None
    ) -> Iterator[tuple[slice, Keys]]:
        """Yield some of the rows at a time, with the keys there: (rows of the slice, columns)."""
        columns = np.arange(len(self.columns)) if among is None else among
        step = max(1, _BLOCK // max(1, len(columns)))
        for start in range(0, len(rows), step):
            block = slice(start, start + step)
            yield block, self.keys(situations, rows[block], columns)

    def keys(self, situations: DistinctSituations, rows: Int64, columns: Int64) -> Keys:
        """Return the keys (see `SortKeys`) of some MEDOC in some situations: (rows, columns)."""
        keys, kind = self._keys, self._keys.kind
        sums = np.repeat(keys.base[None, columns].astype(kind), len(rows), axis=0)
        weights = np.full(len(rows), keys.base_weight, np.int64)
        out = np.zeros(sums.shape, bool)
        for scale, masks in zip(self._scales, situations.masks, strict=True):
            fits = scale.fits(masks[rows], columns).astype(kind)
            known = np.asarray(masks[rows] != 0, bool)
            if scale.required:
                out |= (fits == 0) & known[:, None]
            if scale.weight:
                sums += np.multiply(fits, scale.weight, dtype=kind)
                weights += np.where(known, scale.weight, 0)
        sums //= np.clip(weights, 1, np.iinfo(kind).max).astype(kind)[:, None]
        used, pattern = numbered(situations.pattern[rows])
        points, leaving = self._effects_on(situations.truths[:, used], columns)
        sums += points.astype(kind)[pattern]
        out |= leaving[pattern]
        sums <<= kind.type(keys.shift)
        sums |= keys.standing[columns].astype(kind)
        sums[out] = keys.absent
        return sums

    def _effects_on(self, truths: Bool, columns: Int64) -> tuple[Int64, Bool]:
        """Return what rules and contraindications do to some MEDOC: points, and whether they are left out.

        `truths` is (conditions, patterns); both that are returned are (patterns, columns).
        """
        points = np.zeros((truths.shape[1], len(columns)), np.int64)
        leaving = np.zeros(points.shape, bool)
        place = np.full(len(self.columns), -1)
        place[columns] = np.arange(len(columns))
        for condition, effect in self._effects:
            here = place[list(effect.medoc)]
            here = here[here >= 0]
            acting = np.flatnonzero(truths[condition] != effect.unless)
            if len(here) and len(acting):
                points[np.ix_(acting, here)] += effect.points
                leaving[np.ix_(acting, here)] |= effect.leaves_out
        return points, leaving


def _together(arrays: Iterable[Masks], size: int) -> tuple[Int64, Int64]:
    """Return the first person of each combination of values, (combinations), and that of each person, (people)."""
    codes: Int64 = np.zeros(size, np.int64)
    for array in arrays:
        values, own = numbered(array)
        _, codes = numbered(codes * len(values) + own)
    _, first, of = np.unique(codes, return_index=True, return_inverse=True)
    return first, of


class _Scale:
    """One facet: what every MEDOC declares there, and its fit for any terms."""

    def __init__(self, compass: Compass, facet: Facet, medoc: Sequence[Medoc]) -> None:
        self.id = facet.id
        self.weight = compass.weighting.weights.get(facet.id, 0)
        self.required = facet.id in compass.weighting.require
        self._generic = compass.weighting.generic
        self._ordered = facet.ordered
        self._at_most = facet.at_most
        self._terms = len(facet.terms)
        places = facet.places()
        sets = dict.fromkeys(one.terms_on(facet.id) for one in medoc)
        number = {made_for: row for row, made_for in enumerate(sets)}
        self._of = np.array([number[one.terms_on(facet.id)] for one in medoc], np.int64)
        self._made = np.zeros((len(sets), self._terms), np.int64)
        for row, made_for in enumerate(sets):
            self._made[row, [places[term] for term in made_for]] = 1

    def fits(self, masks: Masks, columns: Int64) -> Int32:
        """Return the fits, 0 to 1000, of some MEDOC for some sets of terms (0 for none): (masks, columns)."""
        distinct, rows = numbered(masks)
        here = np.array([[mask >> term & 1 for term in range(self._terms)] for mask in distinct.tolist()], np.int64)
        here = here.reshape(len(distinct), self._terms)
        fits = self._ordered_fits(here) if self._ordered else self._unordered_fits(here)
        fits[:, ~self._made.any(axis=1)] = self._generic
        fits[distinct == 0] = 0
        found: Int32 = fits.astype(np.int32)[rows][:, self._of[columns]]
        return found

    def _unordered_fits(self, here: Int64) -> Int64:
        """Return `core.fits.unordered_fit` of each set of terms and each set declared: (here, made).

        `here` is (here, terms) and `self._made` (made, terms), both 1 where the set has the term, else 0.
        """
        common = here @ self._made.T
        share = here.sum(axis=1)[:, None] * (self._terms - common)
        own = common * (self._terms - self._made.sum(axis=1))
        fits = (self._generic * share + (FULL - self._generic) * own) // np.maximum(share, 1)
        fits[common == 0] = 0
        fits[common == self._terms] = FULL
        return np.asarray(fits)

    def _ordered_fits(self, here: Int64) -> Int64:
        """Return `core.fits.ordered_fit` likewise."""
        last = self._terms - 1
        if last == 0:
            return np.full((len(here), len(self._made)), FULL)
        places = np.arange(self._terms)
        away = places[:, None] - places
        distances = np.maximum(away, 0) if self._at_most else np.abs(away)
        near = np.array([last - distances[made > 0].min(axis=0, initial=last) for made in self._made], np.int64)
        near = near.reshape(self._made.shape)
        return np.asarray(FULL * (here @ near.T) // np.maximum(last * here.sum(axis=1), 1)[:, None])
