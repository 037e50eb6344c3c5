"""What the situations of each cell get, summed up block after block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.core.check.coverage import CLOSE, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Bool, Int64
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Value
    from boussole.vectorized.coverage.blocks import Block, FactorProduct
    from boussole.vectorized.coverage.factors import Part

_MANY = 2**62
_NOBODY: frozenset[str] = frozenset()


class CellTotals:
    """Sums blocks up; in whatever order they come, the numbers are the same.

    Cells are numbered by the terms of the lead, then by those of what stands beside it.
    """

    def __init__(self, scene: FactorProduct, catalogue: Catalogue, by: Sequence[str], top: int, at_least: int) -> None:
        """Start with nothing summed up."""
        self._scene = scene
        self._catalogue = catalogue
        self._by = by
        self._top = top
        self._at_least = at_least
        self._lead_cells, self._lead_terms = _numbered(scene.first, by)
        self._beside_cells, self._beside_terms = _numbered(scene.beside, by)
        self._beside_shares = np.pad(scene.beside.shared, ((0, 0), (0, 1)))  # one more: nobody shares anything
        cells = len(self._lead_terms) * len(self._beside_terms)
        self._situations, self._generic, self._thin, self._one_kind = np.zeros((4, cells), np.int64)
        self._fit, self._made, self._worst = np.full((3, cells), _MANY)
        self._best = np.full(cells, -_MANY)
        self._kinds = np.full((cells, len(scene.kinds)), _MANY)
        self._example = np.zeros((cells, 3), np.int64)
        self._fewest = np.full(cells, _MANY)
        self._in_top, self._first = np.zeros((2, scene.size + 1), np.int64)
        self.tied_at_end = self.tied_first = self.close_first = 0

    def add(self, block: Block) -> None:
        """Add the situations of a block."""
        scene, keys, top = self._scene, self._scene.keys, self._top
        present = block.keys != keys.absent
        standing = block.keys & ((1 << keys.shift) - 1)
        standing[~present] = scene.size  # nobody
        scores = block.keys >> keys.shift
        self._in_top += np.bincount(standing[:, :, :top].ravel(), minlength=scene.size + 1)
        self._first += np.bincount(standing[:, :, 0].ravel(), minlength=scene.size + 1)
        ties = np.append(keys.same_rank, -1)[standing]
        second, ahead = present[:, :, 1], scores[:, :, 0] - scores[:, :, 1]
        self.tied_first += int((second & (ahead == 0) & (ties[:, :, 0] == ties[:, :, 1])).sum())
        self.close_first += int((second & (ahead < CLOSE)).sum())
        same = (scores[:, :, top - 1] == scores[:, :, top]) & (ties[:, :, top - 1] == ties[:, :, top])
        self.tied_at_end += int((present[:, :, top] & same).sum())
        self._sum_up(block, present[:, :, :top], standing[:, :, :top], scores[:, :, 0])

    def _sum_up(self, block: Block, present: Bool, standing: Int64, best: Int64) -> None:
        """Add a block to its cells: a row at a time, since the rest is of no cell."""
        scene = self._scene
        medoc = np.append(scene.keys.medoc, scene.size)[standing]
        shared = np.append(block.shared, False)[medoc] | self._beside_shares[block.beside[:, None, None], medoc]
        generic = ~(shared & present).any(axis=2)
        kinds = np.append(scene.kind, 0)[medoc]
        one_kind = present[:, :, 0] & ((kinds == kinds[:, :, :1]) | ~present).all(axis=2)
        first = np.where(present[:, :, 0], best, 0)
        cells = (
            self._lead_cells[scene.first_of(block.lead)] * len(self._beside_terms) + self._beside_cells[block.beside]
        )
        np.add.at(self._situations, cells, len(block.rest))
        np.add.at(self._generic, cells, generic.sum(axis=1))
        np.add.at(self._one_kind, cells, one_kind.sum(axis=1))
        np.add.at(self._thin, cells, (block.fit < self._at_least).sum(axis=1))
        np.minimum.at(self._fit, cells, block.fit.min(axis=1))
        np.minimum.at(self._made, cells, block.made.min(axis=1))
        np.minimum.at(self._kinds, cells, block.by_kind.min(axis=1))
        np.maximum.at(self._best, cells, first.max(axis=1))
        np.minimum.at(self._worst, cells, first.min(axis=1))
        self._note_examples(block, cells)

    def _note_examples(self, block: Block, cells: Int64) -> None:
        """Keep, of each cell, a situation in which the fewest fit, then the fewest are made for it."""
        few = block.fit * (self._scene.size + 1) + block.made
        places = few.argmin(axis=1)
        fewest = few[np.arange(len(places)), places]
        order = np.lexsort((fewest, cells))
        order = order[np.unique(cells[order], return_index=True)[1]]  # the first row of each cell
        better = order[fewest[order] < self._fewest[cells[order]]]
        self._fewest[cells[better]] = fewest[better]
        lead = np.full(len(better), block.lead)
        self._example[cells[better]] = np.stack([lead, block.beside[better], block.rest[places[better]]], axis=1)

    def in_top(self) -> list[int]:
        """Return, by MEDOC, in how many situations it is in the top."""
        found: list[int] = self._in_top[self._scene.keys.standing].tolist()
        return found

    def first(self) -> list[int]:
        """Return, by MEDOC, in how many situations it comes first."""
        found: list[int] = self._first[self._scene.keys.standing].tolist()
        return found

    def cells(self) -> tuple[Cell, ...]:
        """Return the cells, in the order of the terms of their facets; where nothing is known comes last."""
        orders = [self._catalogue.facets[facet].places() for facet in self._by]
        found = [self._cell(number) for number in range(len(self._situations))]

        def place(cell: Cell) -> list[list[int]]:
            return [
                sorted(order[term] for term in terms) or [len(order)]
                for terms, order in zip(cell.terms, orders, strict=True)
            ]

        return tuple(sorted(found, key=place))

    def _cell(self, number: int) -> Cell:
        of_lead, of_beside = divmod(number, len(self._beside_terms))
        terms = {**self._lead_terms[of_lead], **self._beside_terms[of_beside]}
        return Cell(
            terms=tuple(terms.get(facet, _NOBODY) for facet in self._by),
            situations=int(self._situations[number]),
            fit=int(self._fit[number]),
            made=int(self._made[number]),
            kinds=dict(zip(self._scene.kinds, self._kinds[number].tolist(), strict=True)),
            best=int(self._best[number]),
            worst=int(self._worst[number]),
            generic=int(self._generic[number]),
            thin=int(self._thin[number]),
            one_kind=int(self._one_kind[number]),
            example=self._answers(number),
        )

    def _answers(self, number: int) -> dict[str, Value]:
        scene = self._scene
        lead, beside, rest = self._example[number].tolist()
        return {**scene.lead(lead).answers[0], **scene.beside.answers[beside], **scene.rest.answers[rest]}


def _numbered(part: Part, by: Sequence[str]) -> tuple[Int64, list[dict[str, frozenset[str]]]]:
    """Return the number of the cell of each outcome, and the terms of each number, by facet."""
    facets = [facet for facet in by if facet in part.cells]
    numbers: dict[tuple[frozenset[str], ...], int] = {}
    rows = [
        numbers.setdefault(tuple(part.cells[facet][row] for facet in facets), len(numbers)) for row in range(part.rows)
    ]
    return np.array(rows, np.int64), [dict(zip(facets, terms, strict=True)) for terms in numbers]
