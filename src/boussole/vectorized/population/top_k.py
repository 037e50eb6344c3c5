"""The first of the ranking for many people: distinct situations are scored once, in whole numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL
from boussole.vectorized.encoding import distinct, numbered
from boussole.vectorized.population.candidates import Candidates, width_of
from boussole.vectorized.scoring.fits import Fits
from boussole.vectorized.scoring.rules import Effect, RuleEffects, effects_of
from boussole.vectorized.scoring.sort_keys import SortKeys, greatest, make_sort_keys
from boussole.vectorized.scoring.weighted_fits import Placed, WeightedFits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from boussole.arrays import Bool, Int32, Int64, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.vectorized.population.respondents import Respondents
    from boussole.vectorized.scoring.rules import PatternEffects
    from boussole.vectorized.scoring.weighted_fits import WeightedTable

_BLOCK = 150_000
"""How many candidates are scored together: they stay in the cache of the processor."""
_WORKERS = 2
_RUN = 8
"""Over so many situations of one Σ weight, dividing all by one number is faster than each by its own."""


class TopK(NamedTuple):
    """The first of the ranking, by distinct situation.

    `medoc` (situations, number): places in the catalogue, best first, -1 where there is none; `scores` likewise, in
    points. `of` (people): the situation of each person; those in one have the same reasons, too.
    """

    medoc: Int32
    scores: Keys
    of: Int64


class Ranker:
    """Ranks the catalogue of a compass for many people at once."""

    def __init__(self, compass: Compass, catalogue: Catalogue, number: int) -> None:
        """Prepare what does not depend on anybody: who come first, as many as `number`, will be asked of all."""
        self._number = number
        weighting = compass.weighting
        facets = sorted((weighting.weights.keys() | weighting.require) & catalogue.facets.keys())
        self._required = [facet for facet in facets if facet in weighting.require]
        self._others = [facet for facet in facets if facet not in weighting.require]
        self._fits = Fits(compass, catalogue)
        self._keys = make_sort_keys(
            compass,
            catalogue,
            weighted=FULL * sum(weighting.weights.get(facet, 0) for facet in facets),
            points=sum(abs(rule.points) for rule in compass.rules),
        )
        self._width = width_of(len(catalogue.medoc))
        reasons = [Effect(rule.when, ()) for rule in compass.rules if not rule.exclude]  # without points too
        self._effects = RuleEffects([*effects_of(compass, catalogue), *reasons], self._keys, self._width)

    def rank(self, people: Respondents) -> TopK:
        """Return the first MEDOC for each of `people`."""
        required, others = (
            [Placed(facet, *numbered(people.terms(facet))) for facet in facets]
            for facets in (self._required, self._others)
        )
        flags = np.array([people.holds(condition) for condition in self._effects.conditions], bool)
        patterns = np.packbits(flags.reshape(len(flags), people.size), axis=0, bitorder="little")  # (bytes, people)
        pattern = distinct(((one, 256) for one in patterns), people.size)
        placed = [*required, *others]
        parts = [(one.of, len(one.masks)) for one in placed]
        found = distinct([*parts, (pattern.of, max(1, len(pattern.one)))], people.size)
        sets = {one.facet: one.of.take(found.one) for one in placed}
        scoring = _Scoring.of(
            self._keys,
            Candidates(self._fits, required),
            WeightedFits(self._fits, placed, self._keys, self._width),
            self._effects.of(np.ascontiguousarray(patterns[:, pattern.one].T)),
            _Situations(sets, pattern.of.take(found.one), len(found.one)),
            self._number,
        )
        medoc = np.empty((len(found.one), self._number), np.int32)
        scores = np.empty(medoc.shape, self._keys.kind)
        with ThreadPoolExecutor(_WORKERS) as pool:
            for (start, end), first in zip(scoring.pieces(), pool.map(scoring.first, scoring.pieces()), strict=True):
                medoc[start:end], scores[start:end] = first
        return TopK(medoc, scores, scoring.place.take(found.of))


class _Situations(NamedTuple):
    """The distinct situations of some people: `sets`, by facet, are the places of its set of terms, (situations).

    `pattern` (situations) is the place of the conditions that hold.
    """

    sets: Mapping[str, Int64]
    pattern: Int64
    size: int

    def at(self, order: Int64) -> _Situations:
        """Return those at some places."""
        return _Situations(
            {facet: one.take(order) for facet, one in self.sets.items()}, self.pattern.take(order), len(order)
        )


class _Scoring(NamedTuple):
    """One ranking of many people: their situations, those with as many candidates together, and what each part weighs.

    `rows` are, by table, its row for each situation, (situations); `counts` (situations) how many candidates it has,
    `weight` (situations) its Σ weight. `place` is, by situation as it was given, its place here.
    """

    keys: SortKeys
    candidates: Candidates
    tables: list[WeightedTable]
    rows: list[Int64]
    effects: PatternEffects
    situations: _Situations
    counts: Int64
    weight: Int64
    place: Int64
    number: int

    @classmethod
    def of(
        cls,
        keys: SortKeys,
        candidates: Candidates,
        fits: WeightedFits,
        effects: PatternEffects,
        situations: _Situations,
        number: int,
    ) -> _Scoring:
        """Put situations in order: by the number of their candidates, then by Σ weight, then as they are given."""
        size = situations.size
        required = {facet: situations.sets[facet] for facet in candidates.facets}
        new = _starts(required, size)
        counts = candidates.counts({facet: places[new] for facet, places in required.items()}, int(new.sum()))
        counts = counts[np.cumsum(new) - 1]
        rows = fits.rows(situations.sets, size)
        weight: Int64 = np.zeros(size, np.int64)
        for table, own in zip(fits.tables, rows, strict=True):
            weight += table.weight[own]
        weights, of = numbered(weight)
        order = np.argsort(numbered(counts)[1] * max(1, len(weights)) + of, kind="stable")
        place = np.empty(size, np.int64)
        place[order] = np.arange(size)
        return cls(
            keys,
            candidates,
            fits.tables,
            [one[order] for one in rows],
            effects,
            situations.at(order),
            counts[order],
            weight[order],
            place,
            number,
        )

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield where pieces of the situations start and end, each of situations that have as many candidates."""
        ends = [*(np.flatnonzero(np.diff(self.counts)) + 1).tolist(), len(self.counts)]
        start = 0
        for end in ends:
            while start < end:
                stop = min(end, start + max(1, _BLOCK // max(1, int(self.counts[start]))))
                yield start, stop
                start = stop

    def first(self, ends: tuple[int, int]) -> tuple[Int32, Keys]:
        """Return the first MEDOC of the situations from one place to another, and their scores, as `TopK` has them."""
        keys, best = self.keys, self._best(ends)
        absent = best < keys.lowest
        any_absent = bool(absent.any())
        if any_absent:
            best[absent] = 0
        standing = best & keys.kind.type((1 << keys.shift) - 1)
        medoc = keys.medoc.astype(np.int32).take(standing) if len(keys.medoc) else np.zeros(best.shape, np.int32)
        if any_absent:
            medoc[absent] = -1
        best >>= keys.kind.type(keys.shift)
        return medoc, best

    def _best(self, ends: tuple[int, int]) -> Keys:
        """Return the best keys of the situations from one place to another, (situations, number).

        What is left out has a key below the lowest.
        """
        some = slice(*ends)
        sets = {facet: places[some] for facet, places in self.situations.sets.items()}
        required = {facet: sets[facet] for facet in self.candidates.facets}
        size = ends[1] - ends[0]
        new = _starts(required, size)
        first = {facet: places[new] for facet, places in required.items()}
        here = self.candidates.columns(first, int(new.sum()), int(self.counts[ends[0]]))
        if len(here) < size:
            here = here.take(np.cumsum(new) - 1, axis=0)
        # those that differ by what holds alone come one after the other: what they weigh is found once
        other = np.flatnonzero(_starts(sets, size))
        if 2 * len(other) < size:
            scores = self._weighed(other + ends[0], here[other])
            scores = np.repeat(scores, np.diff(other, append=size), axis=0)
        else:
            scores = self._weighed(np.arange(*ends), here)
        scores += _taken(*self.effects.rows(self.situations.pattern[some]), here)
        return greatest(scores, self.number, self.keys.absent)

    def _weighed(self, places: Int64, here: Int64) -> Keys:
        """Return the shifted weighted means of the MEDOC `here` in some situations: (places, candidates) both."""
        scores = _taken(self.tables[0].sums, self.rows[0][places], here)
        for table, rows in zip(self.tables[1:], self.rows[1:], strict=True):
            scores += _taken(table.sums, rows[places], here)
        self._divide(scores, self.weight[places])
        scores <<= self.keys.kind.type(self.keys.shift)
        return scores

    def _divide(self, scores: Keys, weights: Int64) -> None:
        """Make weighted means of sums, (situations, candidates); where nothing is weighed, the sum is 0 too."""
        kind, divisors = self.keys.kind, np.maximum(weights, 1)
        starts = np.flatnonzero(np.diff(divisors, prepend=0)).tolist()
        if len(starts) * _RUN > len(divisors):
            scores //= divisors.astype(kind)[:, None]
            return
        for start, end in pairwise([*starts, len(divisors)]):
            scores[start:end] //= kind.type(divisors[start])


def _starts(sets: Mapping[str, Int64], size: int) -> Bool:
    """Return (size) which situations have other sets of terms than the one before them."""
    found: Bool = np.arange(size) == 0
    for places in sets.values():
        found[1:] |= places[1:] != places[:-1]
    return found


def _taken(table: Keys, rows: Int64, columns: Int64) -> Keys:
    """Return, by row, some columns of a row of `table`: `rows` is (rows) and `columns` (rows, columns)."""
    found: Keys = table.ravel().take((rows * table.shape[1])[:, None] + columns)
    return found
