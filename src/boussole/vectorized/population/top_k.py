"""The first of the ranking for many people: distinct situations are scored once, in whole numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL
from boussole.vectorized.encoding import MOST_TERMS, numbered
from boussole.vectorized.population.candidates import CandidateSets, Duplicates
from boussole.vectorized.scoring.fits import Fits
from boussole.vectorized.scoring.rules import Effect, RuleEffects, Rules, effects_of
from boussole.vectorized.scoring.sort_keys import SortKeys, greatest, make_sort_keys
from boussole.vectorized.scoring.weighted_fits import WeightedFits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Bool, Int32, Int64, Keys, Masks
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.vectorized.population.candidates import ChosenCandidates
    from boussole.vectorized.population.respondents import Respondents

_BLOCK = 150_000
"""How many candidates are scored together: they stay in the cache of the processor."""
_WORKERS = 2


class TopK(NamedTuple):
    """The first of the ranking, by distinct situation.

    `medoc` (situations, number): places in the catalogue, best first, -1 where there is none; `scores` likewise, in
    points. `of` (people): the situation of each person; those in one have the same reasons, too.
    """

    medoc: Int32
    scores: Int64
    of: Int64


class Ranker:
    """Ranks the catalogue of a compass for many people at once."""

    def __init__(self, compass: Compass, catalogue: Catalogue, number: int) -> None:
        """Prepare what does not depend on anybody: who come first, as many as `number`, will be asked of all."""
        self._number = number
        reasons = [Effect(rule.when, ()) for rule in compass.rules if not rule.exclude]  # without points too
        self._rules = Rules([*effects_of(compass, catalogue), *reasons], len(catalogue.medoc))
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
        duplicates = Duplicates(catalogue, self._others, self._rules, number)
        self._candidates = CandidateSets(self._fits, self._required, self._keys, duplicates)

    def rank(self, people: Respondents) -> TopK:
        """Return the first MEDOC for each of `people`."""
        required, required_masks = _distinct([people.terms(facet) for facet in self._required], people.size)
        other, other_masks = _distinct([people.terms(facet) for facet in self._others], people.size)
        packed = _packed([people.holds(condition) for condition in self._rules.conditions], people.size)
        pattern, words = _distinct(packed, people.size)
        chosen = self._candidates.of(required_masks)
        together = (chosen.place[required] * max(1, len(other_masks)) + other) * max(1, len(words)) + pattern
        distinct, of = np.unique(together, return_inverse=True)
        rest, pattern = np.divmod(distinct, max(1, len(words)))
        chosen_by, other = np.divmod(rest, max(1, len(other_masks)))
        keys = self._keys
        scoring = _Scoring(
            keys=keys,
            chosen=chosen,
            other=WeightedFits(self._fits, self._others, other_masks, keys.kind),
            effects=RuleEffects(self._rules, words, keys),
            situations=_Situations(chosen_by, other, pattern),
            number=self._number,
        )
        best = np.empty((len(distinct), self._number), keys.kind)
        with ThreadPoolExecutor(_WORKERS) as pool:
            for (start, end), found in zip(scoring.pieces(), pool.map(scoring.best, scoring.pieces()), strict=True):
                best[start:end] = found
        return TopK(*self._read(best), of)

    def _read(self, best: Keys) -> tuple[Int32, Int64]:
        """Return the places in the catalogue and the scores, in points, that keys stand for, in their shape."""
        keys = self._keys
        absent = best < keys.lowest
        if absent.any():
            best[absent] = 0
        standing, scores = best & keys.kind.type((1 << keys.shift) - 1), best >> keys.kind.type(keys.shift)
        medoc = keys.medoc.astype(np.int32).take(standing) if len(keys.medoc) else np.zeros(best.shape, np.int32)
        medoc[absent] = -1
        return medoc, scores.astype(np.int64)


def _distinct(arrays: Sequence[Masks], size: int) -> tuple[Int64, list[tuple[int, ...]]]:
    """Return the number of the combination of values of each person (people), and the combination of each number."""
    codes: Int64 = np.zeros(size, np.int64)
    combinations: list[tuple[int, ...]] = [()] if size else []
    for array in arrays:
        values, own = numbered(array)
        found, codes = numbered(codes * len(values) + own)
        combinations = [(*combinations[one // len(values)], int(values[one % len(values)])) for one in found.tolist()]
    return codes, combinations


def _packed(flags: Sequence[Bool], size: int) -> list[Int64]:
    """Return flags, each (people), as bits of as few whole numbers as hold them, each (people)."""
    words = []
    for start in range(0, len(flags), MOST_TERMS):
        word = np.zeros(size, np.int64)
        for bit, flag in enumerate(flags[start : start + MOST_TERMS]):
            word |= flag.astype(np.int64) << bit
        words.append(word)
    return words


class _Situations(NamedTuple):
    """The distinct situations of some people, each array (situations), in the order of their candidates.

    `candidates`: the place, in `ChosenCandidates`, of what the required facets leave in; `other`: the row of
    `WeightedFits`, for the other facets; `pattern`: the row of `RuleEffects`, for the conditions that hold.
    """

    candidates: Int64
    other: Int64
    pattern: Int64


class _Scoring(NamedTuple):
    """One ranking of many people: their situations, and what each part of them weighs."""

    keys: SortKeys
    chosen: ChosenCandidates
    other: WeightedFits
    effects: RuleEffects
    situations: _Situations
    number: int

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield where pieces of the situations start and end, each with about as many candidates."""
        counts = np.maximum(1, self.chosen.counts[self.situations.candidates])
        start, size = 0, len(counts)
        while start < size:
            wide = int(np.searchsorted(counts, 2 * counts[start], side="right"))
            end = min(wide, start + max(1, _BLOCK // int(counts[start])))
            end = max(start + 1, min(end, start + _BLOCK // int(counts[end - 1])))
            yield start, end
            start = end

    def best(self, ends: tuple[int, int]) -> Keys:
        """Return the best keys of the situations from one place to another, (situations, number).

        What is left out has a key below the lowest.
        """
        keys = self.keys
        required, other, pattern = (part[slice(*ends)] for part in self.situations)
        first = int(required[0])
        candidates, base = self.chosen.of(first, int(required[-1]))
        here = candidates.take(required - first, axis=0)
        # those of the same required and other terms come one after the other: what they weigh is found once
        new = np.flatnonzero(np.append(True, (required[1:] != required[:-1]) | (other[1:] != other[:-1])))
        if 2 * len(new) < len(required):
            scores = self._weighed(required[new], other[new], here[new], base)
            scores = np.repeat(scores, np.diff(new, append=len(required)), axis=0)
        else:
            scores = self._weighed(required, other, here, base)
        table, own, columns = self.effects.rows(pattern, candidates)
        scores += _taken(table, own, here if columns is candidates else columns.take(required - first, axis=0))
        return greatest(scores, self.number, keys.absent)

    def _weighed(self, required: Int64, other: Int64, here: Int64, base: Keys) -> Keys:
        """Return the shifted weighted means of the MEDOC `here`: (situations, candidates) both.

        `base` is (places, candidates), its rows beginning at the first of `required`.
        """
        table, own = self.other.rows(other)
        scores = _taken(table, own, here)
        scores += base.take(required - required[0], axis=0)
        kind, weights = self.keys.kind, self.chosen.weight[required] + self.other.weight[other]
        if (weights == weights[0]).all() and weights[0]:
            scores //= kind.type(weights[0])
        else:  # nothing weighed: the sum is 0 too
            scores //= np.maximum(weights, 1)[:, None].astype(kind)
        scores <<= kind.type(self.keys.shift)
        return scores


def _taken(table: Keys, rows: Int64, columns: Int64) -> Keys:
    """Return, by row, some columns of a row of `table`: `rows` is (rows) and `columns` (rows, columns)."""
    found: Keys = table.ravel().take((rows * table.shape[1])[:, None] + columns)
    return found
