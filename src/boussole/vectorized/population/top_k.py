"""The first of the ranking for many people: distinct situations are scored once, in whole numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from boussole.core.definitions.catalogue import PROVEN
from boussole.core.fits import FULL
from boussole.vectorized.encoding import MOST_TERMS, numbered
from boussole.vectorized.population.candidates import CandidateSets, Duplicates
from boussole.vectorized.scoring.fits import Fits
from boussole.vectorized.scoring.rules import Effect, RuleEffects, Rules, effects_of
from boussole.vectorized.scoring.sort_keys import SortKeys, greatest, make_sort_keys
from boussole.vectorized.scoring.weighted_fits import WeightedFits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.vectorized.population.candidates import ChosenCandidates
    from boussole.vectorized.population.respondents import Respondents

    Numbers = NDArray[Any]
    Flags = NDArray[Any]

_BLOCK = 150_000
"""How many candidates are scored together: they stay in the cache of the processor."""
_WORKERS = 2


class TopK(NamedTuple):
    """The first of the ranking, by situation: places in the catalogue (-1: none) and scores, best first.

    `of` is the situation of each person: those in one have the same reasons, too.
    """

    medoc: NDArray[np.int32]
    scores: NDArray[np.int64]
    of: Numbers


class Ranker:
    """Ranks the catalogue of a compass for crowds."""

    def __init__(self, compass: Compass, catalogue: Catalogue, number: int) -> None:
        """Prepare what does not depend on anybody: who come first, as many as `number`, will be asked of each crowd."""
        self._number = number
        said = [Effect(rule.when, ()) for rule in compass.rules if not rule.exclude]  # a reason, without points too
        self._rules = Rules([*effects_of(compass, catalogue), *said], len(catalogue.medoc))
        weighting = compass.weighting
        facets = sorted((weighting.weights.keys() | weighting.require) - {PROVEN})
        self._required = [facet for facet in facets if facet in weighting.require]
        self._others = [facet for facet in facets if facet not in weighting.require]
        self._fits = Fits(compass, catalogue)
        self._keys = make_sort_keys(
            compass,
            catalogue,
            weighted=FULL * sum(weight for facet, weight in weighting.weights.items() if facet != PROVEN),
            points=sum(abs(rule.points) for rule in compass.rules),
        )
        alike = Duplicates(catalogue, self._others, self._rules, number)
        self._leads = CandidateSets(self._fits, self._required, self._keys, alike)

    def rank(self, crowd: Respondents) -> TopK:
        """Return the first MEDOC for each person of `crowd`."""
        required, required_masks = _distinct([crowd.terms(facet) for facet in self._required], crowd.size)
        other, other_masks = _distinct([crowd.terms(facet) for facet in self._others], crowd.size)
        packed = _packed([crowd.holds(condition) for condition in self._rules.conditions], crowd.size)
        pattern, words = _distinct(packed, crowd.size)
        led = self._leads.of(required_masks)
        together = (led.place[required] * max(1, len(other_masks)) + other) * max(1, len(words)) + pattern
        distinct, of = np.unique(together, return_inverse=True)
        rest, pattern = np.divmod(distinct, max(1, len(words)))
        lead, other = np.divmod(rest, max(1, len(other_masks)))
        keys = self._keys
        board = _Board(
            keys=keys,
            led=led,
            other=WeightedFits(self._fits, self._others, other_masks, keys.kind),
            ruled=RuleEffects(self._rules, words, keys),
            situations=(lead, other, pattern),
            number=self._number,
        )
        best = np.empty((len(distinct), self._number), keys.kind)
        with ThreadPoolExecutor(_WORKERS) as pool:
            for (start, end), found in zip(board.pieces(), pool.map(board.best, board.pieces()), strict=True):
                best[start:end] = found
        return TopK(*self._read(best), of)

    def _read(self, best: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places in the catalogue and the scores that keys stand for."""
        keys = self._keys
        absent = best < keys.lowest
        if absent.any():
            best[absent] = 0
        standing, scores = best & keys.kind.type((1 << keys.shift) - 1), best >> keys.kind.type(keys.shift)
        medoc = keys.medoc.astype(np.int32).take(standing) if len(keys.medoc) else np.zeros(best.shape, np.int32)
        medoc[absent] = -1
        return medoc, scores.astype(np.int64)


def _distinct(arrays: Sequence[Numbers], size: int) -> tuple[Numbers, list[tuple[int, ...]]]:
    """Return the number of each person's combination of values, and the combination of each number."""
    codes: Numbers = np.zeros(size, np.int64)
    combinations: list[tuple[int, ...]] = [()] if size else []
    for array in arrays:
        values, own = numbered(array)
        found, codes = numbered(codes * len(values) + own)
        combinations = [(*combinations[one // len(values)], int(values[one % len(values)])) for one in found.tolist()]
    return codes, combinations


def _packed(flags: Sequence[Flags], size: int) -> list[Numbers]:
    """Return flags as bits of as few whole numbers as hold them."""
    words = []
    for start in range(0, len(flags), MOST_TERMS):
        word = np.zeros(size, np.int64)
        for bit, flag in enumerate(flags[start : start + MOST_TERMS]):
            word |= flag.astype(np.int64) << bit
        words.append(word)
    return words


class _Board(NamedTuple):
    """One ranking of a crowd: its situations, in the order of their leads."""

    keys: SortKeys
    led: ChosenCandidates
    other: WeightedFits
    ruled: RuleEffects
    situations: tuple[Numbers, Numbers, Numbers]
    number: int

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield where pieces of the situations start and end, each with about as many candidates."""
        counts = np.maximum(1, self.led.counts[self.situations[0]])
        start, size = 0, len(counts)
        while start < size:
            wide = int(np.searchsorted(counts, 2 * counts[start], side="right"))
            end = min(wide, start + max(1, _BLOCK // int(counts[start])))
            end = max(start + 1, min(end, start + _BLOCK // int(counts[end - 1])))
            yield start, end
            start = end

    def best(self, ends: tuple[int, int]) -> Numbers:
        """Return the best keys of the situations from one place to another; what is left out has a lower key."""
        keys = self.keys
        lead, other, pattern = (part[slice(*ends)] for part in self.situations)
        first = int(lead[0])
        candidates, base = self.led.of(first, int(lead[-1]))
        here = candidates.take(lead - first, axis=0)
        # those of the same lead and other terms come one after the other: what they weigh is found once
        new = np.flatnonzero(np.append(True, (lead[1:] != lead[:-1]) | (other[1:] != other[:-1])))
        if 2 * len(new) < len(lead):
            scores = self._weighed(lead[new], other[new], here[new], base)
            scores = np.repeat(scores, np.diff(new, append=len(lead)), axis=0)
        else:
            scores = self._weighed(lead, other, here, base)
        table, own, columns = self.ruled.rows(pattern, candidates)
        scores += _taken(table, own, here if columns is candidates else columns.take(lead - first, axis=0))
        return greatest(scores, self.number, keys.absent)

    def _weighed(self, lead: Numbers, other: Numbers, here: Numbers, base: Numbers) -> NDArray[np.int64]:
        """Return the shifted weighted means of the MEDOC that stand `here`; the rows of `base` begin at the first lead.

        Whatever kind of number they are of, for the type checker it is one.
        """
        table, own = self.other.rows(other)
        scores: NDArray[np.int64] = _taken(table, own, here)
        scores += base.take(lead - lead[0], axis=0)
        kind, weights = self.keys.kind, self.led.weight[lead] + self.other.weight[other]
        if (weights == weights[0]).all() and weights[0]:
            scores //= kind.type(weights[0])
        else:  # nothing weighed: the sum is 0 too
            scores //= np.maximum(weights, 1)[:, None].astype(kind)
        scores <<= kind.type(self.keys.shift)
        return scores


def _taken(table: Numbers, rows: Numbers, columns: Numbers) -> Numbers:
    """Return, by row, some columns of a row of `table`."""
    found: Numbers = table.ravel().take((rows * table.shape[1])[:, None] + columns)
    return found
