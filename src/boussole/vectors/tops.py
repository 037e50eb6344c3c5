"""The first of the ranking for many people: distinct situations are scored once, in whole numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from boussole.core.catalogue import PROVEN
from boussole.core.ranking import FULL
from boussole.vectors.answers import MOST_TERMS, numbered, terms_of
from boussole.vectors.blocks import greatest
from boussole.vectors.fits import Fits
from boussole.vectors.scoring import Keys, make_keys
from boussole.vectors.situations import effects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass
    from boussole.vectors.crowd import Crowd
    from boussole.vectors.situations import Effect

    Numbers = NDArray[Any]
    Flags = NDArray[Any]

_BLOCK = 400_000
_WORKERS = 2
_KEPT = 20_000_000
"""How many numbers of a table are kept ready; over that, its rows are made as they are needed."""


class Tops(NamedTuple):
    """The first of the ranking, by situation: places in the catalogue (-1: none) and scores, best first.

    `of` is the situation of each person.
    """

    medoc: NDArray[np.int32]
    scores: NDArray[np.int64]
    of: Numbers


class Ranker:
    """Ranks the catalogue of a compass for crowds."""

    def __init__(self, compass: Compass, catalogue: Catalogue) -> None:
        """Prepare what does not depend on anybody."""
        self._compass = compass
        self._catalogue = catalogue
        self._medoc = tuple(catalogue.medoc.values())
        self._effects = effects_of(compass, catalogue)
        weights = compass.weighting.weights
        self._fits = Fits(compass, catalogue)
        self._facets = sorted((weights.keys() | compass.weighting.require) - {PROVEN})
        self._keys = make_keys(
            compass,
            catalogue,
            weighted=FULL * sum(weight for facet, weight in weights.items() if facet != PROVEN),
            points=sum(abs(rule.points) for rule in compass.rules),
        )

    def tops(self, crowd: Crowd, number: int) -> Tops:
        """Return the first `number` MEDOC for each person of `crowd`."""
        weighting = self._compass.weighting
        leading = [facet for facet in self._facets if facet in weighting.require]
        others = [facet for facet in self._facets if facet not in weighting.require]
        lead, lead_masks = _distinct([crowd.terms(facet) for facet in leading], crowd.size)
        other, other_masks = _distinct([crowd.terms(facet) for facet in others], crowd.size)
        packed = _packed([crowd.holds(effect.condition) for effect in self._effects], crowd.size)
        pattern, words = _distinct(packed, crowd.size)
        together = (lead * max(1, len(other_masks)) + other) * max(1, len(words)) + pattern
        distinct, of = np.unique(together, return_inverse=True)
        rest, pattern = np.divmod(distinct, max(1, len(words)))
        lead, other = np.divmod(rest, max(1, len(other_masks)))
        board = _Board(
            keys=self._keys,
            lead=_Weighed(self._compass, self._catalogue, self._fits, leading, lead_masks, self._keys.kind),
            other=_Weighed(self._compass, self._catalogue, self._fits, others, other_masks, self._keys.kind),
            ruled=_Ruled(self._effects, words, len(self._medoc), self._keys.kind),
            situations=(lead, other, pattern),
            number=number,
        )
        medoc = np.empty((len(distinct), number), np.int32)
        scores = np.empty((len(distinct), number), np.int64)
        starts = np.flatnonzero(np.r_[True, lead[1:] != lead[:-1]]) if len(lead) else np.zeros(0, np.int64)
        groups = list(zip(starts.tolist(), [*starts[1:].tolist(), len(lead)], strict=False))
        with ThreadPoolExecutor(_WORKERS) as pool:
            for (start, end), best in zip(groups, pool.map(board.group, groups), strict=True):
                medoc[start:end], scores[start:end] = self._read(best)
        return Tops(medoc, scores, of)

    def _read(self, best: Numbers) -> tuple[Numbers, Numbers]:
        keys = self._keys
        present = best != keys.absent
        standing = np.where(present, best & ((1 << keys.shift) - 1), 0)
        medoc = keys.medoc[standing] if len(keys.medoc) else np.zeros_like(standing)
        return np.where(present, medoc, -1), np.where(present, best >> keys.shift, 0)


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


class _Weighed:
    """The weighted fits of every MEDOC for combinations of terms: rows on demand, all of them kept where they fit."""

    def __init__(
        self,
        compass: Compass,
        catalogue: Catalogue,
        fits: Fits,
        facets: Sequence[str],
        combinations: Sequence[tuple[int, ...]],
        kind: Any,  # noqa: ANN401 - a NumPy kind of number
    ) -> None:
        self._size = len(catalogue.medoc)
        weights = compass.weighting.weights
        self.weight = np.zeros(len(combinations), np.int64)
        self._tables: list[tuple[Numbers, Numbers, int, bool]] = []
        for slot, facet in enumerate(facets):
            masks = [combination[slot] for combination in combinations]
            distinct = sorted(set(masks))
            table = np.zeros((len(distinct), self._size), np.int32)
            for row, mask in enumerate(distinct):
                if mask:
                    table[row] = fits.of(facet, terms_of(mask, catalogue.facets[facet]))
                elif facet in compass.weighting.require:
                    table[row] = FULL  # nothing is known there: it counts for nothing, and leaves nothing out
            place = {mask: row for row, mask in enumerate(distinct)}
            choice = np.array([place[mask] for mask in masks], np.int64)
            weight = weights.get(facet, 0)
            known = np.array([mask != 0 for mask in masks], bool)
            self.weight += np.where(known, weight, 0)
            self._tables.append((table, choice, weight, facet in compass.weighting.require))
        self._known = [
            np.array([combination[slot] != 0 for combination in combinations], bool) for slot in range(len(facets))
        ]
        small = len(combinations) * self._size <= _KEPT
        self._whole = self._rows(np.arange(len(combinations))).astype(kind) if small else None

    def rows(self, places: Numbers, candidates: Numbers) -> Numbers:
        """Return Σ weight·fit of the candidates for each combination at `places`."""
        if self._whole is None:
            return self._rows(places)[:, candidates]
        found: Numbers = self._whole[places[:, None], candidates]
        return found

    def _rows(self, places: Numbers) -> Numbers:
        found = np.zeros((len(places), self._size), np.int64)
        for (table, choice, weight, _), known in zip(self._tables, self._known, strict=True):
            if weight:
                found += np.where(known[places], weight, 0)[:, None] * table[choice[places]].astype(np.int64)
        return found

    def fitting(self, place: int) -> Flags:
        """Return which MEDOC fit at all on each required facet."""
        found = np.ones(self._size, bool)
        for table, choice, _, required in self._tables:
            if required:
                found &= table[choice[place]] > 0
        return found


class _Ruled:
    """What rules and contraindications do to every MEDOC, for combinations of those that hold."""

    def __init__(self, effects: Sequence[Effect], words: Sequence[tuple[int, ...]], size: int, kind: Any) -> None:  # noqa: ANN401
        self._size = size
        self._points = np.zeros((len(effects), size), np.int64)
        self._out = np.zeros((len(effects), size), np.int64)
        for row, effect in enumerate(effects):
            self._points[row, list(effect.medoc)] = effect.points
            self._out[row, list(effect.medoc)] = effect.leaves_out
        self._unless = np.array([effect.unless for effect in effects], bool)
        self._flags = np.array(
            [[word[bit // MOST_TERMS] >> bit % MOST_TERMS & 1 for bit in range(len(effects))] for word in words], bool
        ).reshape(len(words), len(effects))
        whole = len(words) * size <= _KEPT
        self._leaving: Flags = np.asarray(self._out.any(axis=0))
        self._whole: tuple[Numbers, Flags] | None = None
        if whole:
            points, out = self._rows(np.arange(len(words)))
            self._whole = points.astype(kind), out

    def apply(self, scores: Numbers, places: Numbers, candidates: Numbers) -> tuple[Numbers, Flags]:
        """Add the points of each combination to the scores of the candidates; return where one of them is left out.

        What is returned is a few columns, by place among the candidates, and the flags of these.
        """
        points, out = self._rows(places) if self._whole is None else self._whole
        if self._whole is not None:
            scores += points[places[:, None], candidates]
        else:
            scores += points[:, candidates].astype(scores.dtype)
            places = np.arange(len(places))
        columns = np.flatnonzero(self._leaving[candidates])
        return columns, out[places[:, None], candidates[columns]]

    def _rows(self, places: Numbers) -> tuple[Numbers, Flags]:
        acting = (self._flags[places] ^ self._unless).astype(np.int64)
        leaving: Flags = np.greater(acting @ self._out, 0)
        return acting @ self._points, leaving


class _Board(NamedTuple):
    """One ranking of a crowd: its situations, those of the same lead together."""

    keys: Keys
    lead: _Weighed
    other: _Weighed
    ruled: _Ruled
    situations: tuple[Numbers, Numbers, Numbers]
    number: int

    def group(self, ends: tuple[int, int]) -> Numbers:
        """Return the best keys of the situations from one place to another, which share their lead."""
        start, end = ends
        lead, other, pattern = (part[start:end] for part in self.situations)
        candidates = np.flatnonzero(self.lead.fitting(int(lead[0])))
        base = self.lead.rows(lead[:1], candidates)[0] + self.keys.base[candidates]
        weights: NDArray[np.int64] = int(self.lead.weight[lead[0]]) + self.keys.base_weight + self.other.weight[other]
        best = np.full((end - start, self.number), self.keys.absent, self.keys.kind)
        rows = max(1, _BLOCK // max(1, len(candidates)))
        for first in range(0, end - start, rows):
            piece = slice(first, first + rows)
            best[piece] = self._best(base, other[piece], pattern[piece], candidates, weights[piece])
        return best

    def _best(
        self, base: Numbers, other: Numbers, pattern: Numbers, candidates: Numbers, weights: NDArray[np.int64]
    ) -> Numbers:
        keys, kind = self.keys, self.keys.kind
        # whatever kind it is of, for the type checker it is one
        scores: NDArray[np.int64] = self.other.rows(other, candidates).astype(kind, copy=False)
        scores += base.astype(kind)
        if (weights == weights[0]).all() and weights[0]:
            scores //= kind.type(weights[0])
        else:  # nothing weighed: the sum is 0 too
            scores //= np.maximum(weights, 1)[:, None].astype(np.int32 if kind == np.int32 else np.int64)
        columns, out = self.ruled.apply(scores, pattern, candidates)
        scores <<= kind.type(keys.shift)
        scores |= keys.standing[candidates].astype(kind)
        if len(columns):
            scores[:, columns] = np.where(out, kind.type(keys.absent), scores[:, columns])
        return greatest(scores, self.number, keys.absent)
