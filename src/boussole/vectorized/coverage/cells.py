"""What each cell needs of all its situations, found factor by factor: exact however many situations there are.

What is left out depends on a few factors only, and in a few ways: situations of the same way are counted together. A
highest score is the sum of the highest of each factor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL
from boussole.errors import BoussoleError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.arrays import Bool, Int64
    from boussole.core.definitions.compass import Value
    from boussole.vectorized.coverage.blocks import FactorProduct
    from boussole.vectorized.coverage.factors import Part

_MANY = 2**62
_LARGEST = 2**61
_NOBODY: frozenset[str] = frozenset()
_WAYS, _LOOKS = 100_000, 4_000_000
"""How many ways of leaving out there may be, and how many times they may be looked at in all."""


class Ways(NamedTuple):
    """The distinct ways in which some factors leave MEDOC out.

    `out` (ways, medoc); by way, `counts` has how many choices of one outcome by factor come to it, in Python's whole
    numbers, and `answers` lead to one of them.
    """

    out: Bool
    counts: tuple[int, ...]
    answers: tuple[Mapping[str, Value], ...]


def ways_out(parts: Sequence[Part], size: int, most: int) -> Ways:
    """Return the ways in which factors together leave MEDOC out.

    Raises:
        BoussoleError: when there are more than `most`.

    """
    ways = Ways(np.zeros((1, size), bool), (1,), ({},))
    for part in parts:
        own = _merged(part.out, (1,) * part.rows, part.answers)
        if len(own.counts) * len(ways.counts) > most:
            raise BoussoleError(
                gettext("This compass leads to too many situations to follow them all."),
                gettext("Rules that look at fewer questions at once make it possible."),
            )
        left, right = np.divmod(np.arange(len(ways.counts) * len(own.counts)), len(own.counts))
        ways = _merged(
            ways.out[left] | own.out[right],
            [ways.counts[one] * own.counts[other] for one, other in zip(left, right, strict=True)],
            [{**ways.answers[one], **own.answers[other]} for one, other in zip(left, right, strict=True)],
        )
    return ways


def _merged(out: Bool, count: Sequence[int], answers: Sequence[Mapping[str, Value]]) -> Ways:
    places: dict[bytes, int] = {}
    packed = np.packbits(out, axis=1)
    way = [places.setdefault(row.tobytes(), len(places)) for row in packed]
    firsts = {number: row for row, number in reversed(tuple(enumerate(way)))}
    first = [firsts[number] for number in range(len(places))]
    counts = [0] * len(places)
    for number, one in zip(way, count, strict=True):
        counts[number] += one
    return Ways(out[first], tuple(counts), tuple(answers[row] for row in first))


class Highest:
    """The highest Σ (weighted + points · w) that factors can bring each MEDOC, for a Σ weight of w in all.

    floor(Σ weighted / w) + Σ points is floor of that over w: for one w it is a sum over factors, so that its highest is
    the sum of the highest of each. `weights` are the Σ weight that these factors can have.
    """

    def __init__(self, parts: Sequence[Part], size: int, kind: type[np.int64 | object]) -> None:
        """Take the factors; `kind` is the kind of number that holds all these sums."""
        self._parts = [
            (part, [(int(weight), np.flatnonzero(part.weight == weight)) for weight in np.unique(part.weight)])
            for part in parts
        ]
        self._size, self._kind = size, kind
        self._known: dict[int, dict[int, tuple[Int64, Bool]]] = {}
        sums = {0}
        for _, groups in self._parts:
            sums = {known + weight for known in sums for weight, _ in groups}
        self.weights = sorted(sums)

    def of(self, whole: int, weight: int) -> tuple[Int64, Bool]:
        """Return it where these factors weigh `weight` of `whole`, (medoc), and where they leave it in, (medoc)."""
        if whole not in self._known:
            self._known[whole] = self._found(whole)
        return self._known[whole][weight]

    def _found(self, whole: int) -> dict[int, tuple[Int64, Bool]]:
        found = {0: (np.zeros(self._size, self._kind), np.ones(self._size, bool))}
        for part, groups in self._parts:
            values = part.weighted + part.points.astype(self._kind) * whole
            values[part.out] = -_MANY
            following: dict[int, tuple[Int64, Bool]] = {}
            for weight, rows in groups:
                own, stays = values[rows].max(axis=0), ~part.out[rows].all(axis=0)
                for known, (highest, kept) in found.items():
                    both = kept & stays
                    value = np.where(both, highest + np.where(stays, own, 0), -_MANY)
                    if known + weight in following:
                        value = np.maximum(value, following[known + weight][0])
                        both = both | following[known + weight][1]
                    following[known + weight] = value, both
            found = following
        return found


class CellFacts:
    """By cell, what is known exactly of all its situations: arrays are (cells), and as in `core.check.coverage.Cell`.

    Cells are numbered by the terms of the part that leads, then by those of the cellwise one; `terms` has those of each
    cell, by facet of `by`. `best` is -2^62 where everything is left out.
    """

    def __init__(self, scene: FactorProduct, kinds: Sequence[str], by: Sequence[str], at_least: int) -> None:
        """Look at every way of leaving out, under every outcome that leads; `kinds` has the kind of each MEDOC.

        Raises:
            BoussoleError: when there are too many.

        """
        self._scene = scene
        self._at_least = at_least
        self.kinds = sorted(set(kinds))
        # what is counted of those that stay: all of them, then each kind
        self._counted = np.array([[1, *(kind == one for one in self.kinds)] for kind in kinds], np.float64)
        self._counted = self._counted.reshape(scene.size, 1 + len(self.kinds))
        self._of_lead, leading = _numbered(scene.leading, by)
        self._of_cellwise, beside = _numbered(scene.cellwise, by)
        self._beside = len(beside)
        self.terms = [
            tuple({**one, **other}.get(facet, _NOBODY) for facet in by) for one in leading for other in beside
        ]
        cells = len(self.terms)
        self.situations, self.thin = np.zeros((2, cells), np.int64 if scene.total < _LARGEST else object)
        self.fit, self.made, self._fewest = np.full((3, cells), _MANY)
        self.by_kind = np.full((cells, len(self.kinds)), _MANY)
        self.best = np.full(cells, -_MANY)
        self._example = np.zeros((cells, 3), np.int64)
        # the cellwise outcomes that are of one cell and leave out the same: one of each, and how many there are
        same = np.concatenate([self._of_cellwise[:, None], scene.cellwise.out, scene.cellwise.made], axis=1)
        _, self._rows, self._times = np.unique(same, axis=0, return_index=True, return_counts=True)
        most = min(_WAYS, max(1, _LOOKS // (scene.leading.rows * len(self._rows))))
        self._ways = ways_out(scene.apart, scene.size, most)
        self._highest = Highest(scene.apart, scene.size, _kind_for(scene))
        for lead in range(scene.leading.rows):
            self._look(lead)

    def cells(self, lead: int, cellwise: Int64) -> Int64:
        """Return the cells of some cellwise outcomes under one that leads, in their shape."""
        found: Int64 = self._of_lead[lead] * self._beside + self._of_cellwise[cellwise]
        return found

    def example(self, cell: int) -> dict[str, Value]:
        """Return answers that lead to a situation of a cell in which the fewest fit, then the fewest are made."""
        lead, row, way = self._example[cell].tolist()
        return {**self._scene.leading.answers[lead], **self._scene.cellwise.answers[row], **self._ways.answers[way]}

    def _look(self, lead: int) -> None:
        """Take all the situations under one outcome that leads."""
        scene, ways = self._scene, self._ways
        here = np.flatnonzero(~scene.leading.out[lead])
        table = np.ix_(self._rows, here)
        beside = ~scene.cellwise.out[table]
        made = scene.cellwise.made[table] & scene.leading.made[lead, here]
        cells = self.cells(lead, self._rows)
        held = self._held(cells, self._times)
        for way, count in enumerate(ways.counts):
            stays = beside & ~ways.out[way, here]
            numbers = (stays.astype(np.float64) @ self._counted[here]).astype(np.int64)
            fit, both = numbers[:, 0], (stays & made).sum(axis=1)
            np.minimum.at(self.fit, cells, fit)
            np.minimum.at(self.made, cells, both)
            np.minimum.at(self.by_kind, cells, numbers[:, 1:])
            self.situations += held * count
            self.thin += self._held(cells, self._times * (fit < self._at_least)) * count
            self._note_examples(lead, way, cells, fit * (scene.size + 1) + both)
        cells = self.cells(lead, np.arange(scene.cellwise.rows))
        np.maximum.at(self.best, cells, self._highest_scores(lead, here))

    def _held(self, cells: Int64, times: Int64) -> Int64:
        """Return, by cell, how many outcomes it holds."""
        return np.bincount(cells, times, len(self.terms)).astype(self.situations.dtype)

    def _note_examples(self, lead: int, way: int, cells: Int64, few: Int64) -> None:
        """Keep, of each cell, where the fewest fit, then the fewest are made for it: `few` is (cellwise)."""
        order = np.lexsort((few, cells))
        order = order[np.unique(cells[order], return_index=True)[1]]  # the first row of each cell
        better = order[few[order] < self._fewest[cells[order]]]
        self._fewest[cells[better]] = few[better]
        lead_and_way = np.full(len(better), lead), self._rows[better], np.full(len(better), way)
        self._example[cells[better]] = np.stack(lead_and_way, axis=1)

    def _highest_scores(self, lead: int, here: Int64) -> Int64:
        """Return the highest score, (cellwise), under one outcome that leads; -2^62 where everything is left out."""
        scene, keys = self._scene, self._scene.keys
        leading, cellwise = scene.leading, scene.cellwise
        best = np.full(cellwise.rows, -_MANY)
        for beside in np.unique(cellwise.weight).tolist():
            rows = np.flatnonzero(cellwise.weight == beside)
            table = np.ix_(rows, here)
            weighted = leading.weighted[lead, here] + cellwise.weighted[table] + keys.base[here]
            points = leading.points[lead, here] + cellwise.points[table]
            for own in self._highest.weights:
                weight = int(leading.weight[lead]) + beside + keys.base_weight + own
                whole = max(weight, 1)  # where nothing weighs, points are all there is
                highest, stays = self._highest.of(whole, own)
                kept = stays[here] & ~cellwise.out[table]
                scores = (weighted + points.astype(highest.dtype) * whole + np.where(stays, highest, 0)[here]) // whole
                scores = np.where(kept, scores, -_MANY).astype(np.int64)
                best[rows] = np.maximum(best[rows], scores.max(axis=1, initial=-_MANY))
        return best


def _kind_for(scene: FactorProduct) -> type[np.int64 | object]:
    """Return the kind of number that holds Σ weighted + Σ points · Σ weight."""
    parts = (scene.leading, scene.cellwise, *scene.apart)
    points = sum(int(np.abs(part.points).max(initial=0)) for part in parts)
    weight = scene.keys.base_weight + sum(int(part.weight.max(initial=0)) for part in parts)
    return np.int64 if (points + FULL) * max(weight, 1) < _LARGEST else object


def _numbered(part: Part, by: Sequence[str]) -> tuple[Int64, list[dict[str, frozenset[str]]]]:
    """Return the number of the cell of each outcome, (outcomes), and the terms of each number, by facet."""
    facets = [facet for facet in by if facet in part.cells]
    numbers: dict[tuple[frozenset[str], ...], int] = {}
    rows = [
        numbers.setdefault(tuple(part.cells[facet][row] for facet in facets), len(numbers)) for row in range(part.rows)
    ]
    return np.array(rows, np.int64), [dict(zip(facets, terms, strict=True)) for terms in numbers]
