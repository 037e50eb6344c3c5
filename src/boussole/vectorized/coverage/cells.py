"""What each cell needs of all its situations, found factor by factor: exact however many situations there are.

What is left out depends on a few factors only, and in a few ways: situations of the same way are counted together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.vectorized.coverage.distinct import distinct_rows
from boussole.vectorized.coverage.highest import highest_scores
from boussole.vectorized.coverage.packed import PackedSets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.arrays import Bool, Int64, Words
    from boussole.core.definitions.compass import Value
    from boussole.vectorized.coverage.distinct import Distinct
    from boussole.vectorized.coverage.factor_product import FactorProduct
    from boussole.vectorized.coverage.factors import Part

_MANY = 2**62
_LARGEST = 2**61
_NOBODY: frozenset[str] = frozenset()
_WAYS, _LOOKS = 100_000, 4_000_000
"""How many ways of leaving out there may be, and how many times they may be looked at in all."""
_TOGETHER = 200_000
"""How many words of sets are looked at together: they stay in the cache of the processor."""


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
    distinct = distinct_rows(out)
    counts = [0] * len(distinct.first)
    for number, one in zip(distinct.of.tolist(), count, strict=True):
        counts[number] += one
    return Ways(out[distinct.first], tuple(counts), tuple(answers[row] for row in distinct.first.tolist()))


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
        self._packed = PackedSets(kinds)
        self.kinds = self._packed.kinds
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
        self._example = np.zeros((cells, 3), np.int64)
        self.best = highest_scores(scene, self._of_lead * self._beside, self._of_cellwise, cells)
        leads = _alike(scene.leading, self._of_lead)
        rows = _alike(scene.cellwise, self._of_cellwise)
        most = min(_WAYS, max(1, _LOOKS // (len(leads.first) * len(rows.first))))
        self._ways = ways_out(scene.apart, scene.size, most)
        self._counts = np.array(self._ways.counts, self.situations.dtype)
        self._look_at_all(leads, rows)

    def cells(self, lead: int, cellwise: Int64) -> Int64:
        """Return the cells of some cellwise outcomes under one that leads, in their shape."""
        found: Int64 = self._of_lead[lead] * self._beside + self._of_cellwise[cellwise]
        return found

    def example(self, cell: int) -> dict[str, Value]:
        """Return answers that lead to a situation of a cell in which the fewest fit, then the fewest are made."""
        lead, row, way = self._example[cell].tolist()
        return {**self._scene.leading.answers[lead], **self._scene.cellwise.answers[row], **self._ways.answers[way]}

    def _look_at_all(self, leads: Distinct, rows: Distinct) -> None:
        """Take every way under each of the outcomes that lead, and each cellwise one, that do not do the same."""
        leading, cellwise, pack = self._scene.leading, self._scene.cellwise, self._packed.pack
        beside, made_beside = pack(~cellwise.out[rows.first]), pack(cellwise.made[rows.first])
        here, made_here = pack(~leading.out[leads.first]), pack(leading.made[leads.first])
        ways, times = pack(~self._ways.out), rows.counts()
        step = max(1, _TOGETHER // max(1, len(beside) * self._packed.words))
        for place, (lead, like) in enumerate(zip(leads.first.tolist(), leads.counts().tolist(), strict=True)):
            cells = self.cells(lead, rows.first)
            stays, made = beside & here[place], made_beside & made_here[place]
            for start in range(0, len(ways), step):
                seen = slice(start, start + step)
                few = self._look(stays[:, None] & ways[seen], made[:, None], cells, times * like, seen)
                self._note_examples((lead, rows.first, start), cells, few)

    def _look(self, stays: Words, made: Words, cells: Int64, times: Int64, ways: slice) -> Int64:
        """Take some ways, and return how few there are, (cellwise, ways), what fits first, then what is made.

        `stays` are (cellwise, ways, words), `made` (cellwise, 1, words), `cells` and `times` (cellwise).
        """
        by_kind = self._packed.by_kind(stays)
        fit, both = by_kind.sum(axis=2), self._packed.size(stays & made)
        np.minimum.at(self.fit, cells, fit.min(axis=1))
        np.minimum.at(self.made, cells, both.min(axis=1))
        np.minimum.at(self.by_kind, cells, by_kind.min(axis=1))
        counts = self._counts[ways]
        np.add.at(self.situations, cells, times * counts.sum())
        thin = fit < self._at_least
        if thin.any():
            np.add.at(self.thin, cells, times * (thin.astype(counts.dtype) @ counts))
        few: Int64 = fit * (self._scene.size + 1) + both
        return few

    def _note_examples(self, where: tuple[int, Int64, int], cells: Int64, few: Int64) -> None:
        """Keep, of each cell, where there are fewest: `few` is (cellwise, ways), under what is `where`."""
        lead, rows, first_way = where
        way = few.argmin(axis=1)
        fewest = few[np.arange(len(way)), way]
        order = np.lexsort((way, fewest, cells))
        order = order[np.unique(cells[order], return_index=True)[1]]  # the first row of each cell
        better = order[fewest[order] < self._fewest[cells[order]]]
        self._fewest[cells[better]] = fewest[better]
        places = np.full(len(better), lead), rows[better], first_way + way[better]
        self._example[cells[better]] = np.stack(places, axis=1)


def _alike(part: Part, cells: Int64) -> Distinct:
    """Return the outcomes of a part that are not of one cell and do the same to what is left out and made."""
    return distinct_rows(cells[:, None], part.out, part.made)


def _numbered(part: Part, by: Sequence[str]) -> tuple[Int64, list[dict[str, frozenset[str]]]]:
    """Return the number of the cell of each outcome, (outcomes), and the terms of each number, by facet."""
    facets = [facet for facet in by if facet in part.cells]
    numbers: dict[tuple[frozenset[str], ...], int] = {}
    rows = [
        numbers.setdefault(tuple(part.cells[facet][row] for facet in facets), len(numbers)) for row in range(part.rows)
    ]
    return np.array(rows, np.int64), [dict(zip(facets, terms, strict=True)) for terms in numbers]
