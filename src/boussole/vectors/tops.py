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
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass
    from boussole.core.conditions import Condition
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
        self._rules = _Rules(effects_of(compass, catalogue), len(catalogue.medoc))
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
        packed = _packed([crowd.holds(condition) for condition in self._rules.conditions], crowd.size)
        pattern, words = _distinct(packed, crowd.size)
        leads = _Leads(
            _Weighed(self._compass, self._catalogue, self._fits, leading, lead_masks, self._keys.kind), self._keys
        )
        together = (leads.place[lead] * max(1, len(other_masks)) + other) * max(1, len(words)) + pattern
        distinct, of = np.unique(together, return_inverse=True)
        rest, pattern = np.divmod(distinct, max(1, len(words)))
        lead, other = np.divmod(rest, max(1, len(other_masks)))
        board = _Board(
            keys=self._keys,
            leads=leads,
            other=_Weighed(self._compass, self._catalogue, self._fits, others, other_masks, self._keys.kind),
            ruled=_Ruled(self._rules, words, self._keys.kind),
            situations=(lead, other, pattern),
            number=number,
        )
        best = np.empty((len(distinct), number), self._keys.kind)
        with ThreadPoolExecutor(_WORKERS) as pool:
            for (start, end), found in zip(board.pieces(), pool.map(board.best, board.pieces()), strict=True):
                best[start:end] = found
        return Tops(*self._read(best), of)

    def _read(self, best: Numbers) -> tuple[Numbers, Numbers]:
        keys = self._keys
        standing, scores = best & keys.kind.type((1 << keys.shift) - 1), best >> keys.kind.type(keys.shift)
        absent = best == keys.absent
        if not absent.any():
            return keys.medoc.astype(np.int32).take(standing), scores.astype(np.int64)
        standing[absent], scores[absent] = 0, 0
        medoc = keys.medoc.astype(np.int32).take(standing) if len(keys.medoc) else np.zeros_like(standing)
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
        self._kind = kind
        self.size = len(catalogue.medoc)
        self.count = len(combinations)
        weights = compass.weighting.weights
        self.weight = np.zeros(len(combinations), np.int64)
        self._tables: list[tuple[Numbers, Numbers, Numbers, bool]] = []
        for slot, facet in enumerate(facets):
            masks = [combination[slot] for combination in combinations]
            distinct = sorted(set(masks))
            table = np.zeros((len(distinct), self.size), kind)
            for row, mask in enumerate(distinct):
                if mask:
                    table[row] = fits.of(facet, terms_of(mask, catalogue.facets[facet]))
                elif facet in compass.weighting.require:
                    table[row] = FULL  # nothing is known there: it counts for nothing, and leaves nothing out
            place = {mask: row for row, mask in enumerate(distinct)}
            choice = np.array([place[mask] for mask in masks], np.int64)
            weighs = np.where(np.array([mask != 0 for mask in masks], bool), weights.get(facet, 0), 0)
            self.weight += weighs
            self._tables.append((table, choice, weighs, facet in compass.weighting.require))
        self._whole = self._rows(np.arange(self.count)) if self.count * self.size <= _KEPT else None

    def rows(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """Return rows of Σ weight·fit by MEDOC, and which of them each of `places` has."""
        if self._whole is not None:
            return self._whole, places
        distinct, own = np.unique(places, return_inverse=True)
        return self._rows(distinct), own

    def _rows(self, places: Numbers) -> Numbers:
        found = np.zeros((len(places), self.size), self._kind)
        for table, choice, weighs, _ in self._tables:
            if weighs.any():
                found += weighs[places, None].astype(self._kind) * table[choice[places]]
        return found

    def fitting(self, place: int) -> Flags:
        """Return which MEDOC fit at all on each required facet."""
        found = np.ones(self.size, bool)
        for table, choice, _, required in self._tables:
            if required:
                found &= table[choice[place]] > 0
        return found


class _Leads:
    """What each combination of required terms leaves in: those that leave as much stand together.

    `place` is the place of each combination here. In `candidates`, places of MEDOC, rows are filled up with the one
    after the last.
    """

    def __init__(self, weighed: _Weighed, keys: Keys) -> None:
        found = [np.flatnonzero(weighed.fitting(place)) for place in range(weighed.count)]
        order = sorted(range(weighed.count), key=lambda place: len(found[place]))
        self.place = np.empty(weighed.count, np.int64)
        self.place[order] = np.arange(weighed.count)
        self.counts = np.array([len(found[place]) for place in order], np.int64)
        self.weight = weighed.weight[order] + keys.base_weight
        self._candidates = [found[place] for place in order]
        self._weighed = weighed
        self._order = order
        self._keys = keys

    def of(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return the candidates of the leads from `first` to `last`, a row each, and what they weigh so far."""
        keys, size = self._keys, self._weighed.size
        width = max(1, int(self.counts[last]))
        candidates = np.full((last - first + 1, width), size, np.int64)
        base = np.zeros((last - first + 1, width), keys.kind)
        table, own = self._weighed.rows(np.array(self._order[first : last + 1], np.int64))
        for row, mine in enumerate(self._candidates[first : last + 1]):
            candidates[row, : len(mine)] = mine
            base[row, : len(mine)] = table[own[row], mine] + keys.base[mine]
        return candidates, base


class _Rules:
    """What rules and contraindications do, brought together by the condition that they look at."""

    def __init__(self, effects: Sequence[Effect], size: int) -> None:
        self.size = size
        places: dict[Condition, int] = {}
        for effect in effects:
            places.setdefault(effect.condition, len(places))
        self.conditions = tuple(places)
        count = len(places)
        # what each does while it holds, then what each does while it does not
        self.points = np.zeros((2 * count, size), np.int64)
        self.out = np.zeros((2 * count, size), np.int64)
        for effect in effects:
            row = places[effect.condition] + (count if effect.unless else 0)
            self.points[row, list(effect.medoc)] += effect.points
            self.out[row, list(effect.medoc)] += effect.leaves_out


class _Ruled:
    """The points that every MEDOC has by rules, for combinations of those that hold; `out` where it is left out.

    There is one more column, of what is left out always.
    """

    def __init__(self, rules: _Rules, words: Sequence[tuple[int, ...]], kind: Any) -> None:  # noqa: ANN401
        self._kind = kind
        self.out = np.iinfo(kind).min
        count = len(rules.conditions)
        self._rules = rules
        self._flags = np.array(
            [[word[bit // MOST_TERMS] >> bit % MOST_TERMS & 1 for bit in range(count)] for word in words], bool
        ).reshape(len(words), count)
        small = len(words) * rules.size <= _KEPT
        self._whole = self._rows(np.arange(len(words)), np.arange(rules.size + 1)) if small else None

    def rows(self, places: Numbers, candidates: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return rows of points, which of them each of `places` has, and in which columns the candidates stand."""
        if self._whole is not None:
            return self._whole, places, candidates
        distinct, own = np.unique(places, return_inverse=True)
        columns, inside = np.unique(candidates, return_inverse=True)
        return self._rows(distinct, columns), own, inside.reshape(candidates.shape)

    def _rows(self, places: Numbers, columns: Numbers) -> Numbers:
        flags = self._flags[places]
        acting = np.concatenate([flags, ~flags], axis=1)
        inside = columns[columns < self._rules.size]  # the column after the last is that of nobody
        found = np.full((len(places), len(columns)), self.out, self._kind)
        found[:, : len(inside)] = _product(acting, self._rules.points[:, inside])
        found[:, : len(inside)][_product(acting, self._rules.out[:, inside]) > 0] = self.out
        return found


def _product(flags: Flags, numbers: Numbers) -> Numbers:
    """Return the sums of the rows of `numbers` that `flags` choose; exact, and fast where they are small."""
    if np.abs(numbers).sum(axis=0, dtype=object).max(initial=0) < _EXACT:
        exact: Numbers = (flags.astype(np.float64) @ numbers.astype(np.float64)).astype(np.int64)
        return exact
    whole: Numbers = flags.astype(np.int64) @ numbers
    return whole


_EXACT = 2**53
"""Whole numbers below this are exact as floating ones."""


class _Board(NamedTuple):
    """One ranking of a crowd: its situations, in the order of their leads."""

    keys: Keys
    leads: _Leads
    other: _Weighed
    ruled: _Ruled
    situations: tuple[Numbers, Numbers, Numbers]
    number: int

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield where pieces of the situations start and end, each with about as many candidates."""
        counts = np.maximum(1, self.leads.counts[self.situations[0]])
        start, size = 0, len(counts)
        while start < size:
            wide = int(np.searchsorted(counts, 2 * counts[start], side="right"))
            end = min(wide, start + max(1, _BLOCK // int(counts[start])))
            end = max(start + 1, min(end, start + _BLOCK // int(counts[end - 1])))
            yield start, end
            start = end

    def best(self, ends: tuple[int, int]) -> Numbers:
        """Return the best keys of the situations from one place to another."""
        keys, kind = self.keys, self.keys.kind
        lead, other, pattern = (part[slice(*ends)] for part in self.situations)
        first = int(lead[0])
        candidates, base = self.leads.of(first, int(lead[-1]))
        here = candidates[lead - first]
        table, own = self.other.rows(other)
        inside = np.minimum(here, self.other.size - 1) if self.other.size else np.zeros_like(here)
        # whatever kind it is of, for the type checker it is one
        scores: NDArray[np.int64] = _taken(table, own, inside)
        scores += base[lead - first]
        weights = self.leads.weight[lead] + self.other.weight[other]
        if (weights == weights[0]).all() and weights[0]:
            scores //= kind.type(weights[0])
        else:  # nothing weighed: the sum is 0 too
            scores //= np.maximum(weights, 1)[:, None].astype(kind)
        table, own, columns = self.ruled.rows(pattern, candidates)
        points = _taken(table, own, columns[lead - first])
        out = points == self.ruled.out
        points[out] = 0
        scores += points
        scores <<= kind.type(keys.shift)
        scores |= np.append(keys.standing, 0)[here].astype(kind)
        scores[out] = keys.absent
        return greatest(scores, self.number, keys.absent)


def _taken(table: Numbers, rows: Numbers, columns: Numbers) -> Numbers:
    """Return, by row, some columns of a row of `table`."""
    if not table.size:
        return np.zeros(columns.shape, table.dtype)
    found: Numbers = table.ravel().take(rows[:, None] * table.shape[1] + columns)
    return found
