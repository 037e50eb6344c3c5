"""What the situations that are looked at get, summed up block after block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.core.check.coverage import CLOSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Bool, Int64
    from boussole.vectorized.coverage.blocks import Block
    from boussole.vectorized.coverage.cells import CellFacts
    from boussole.vectorized.coverage.factor_product import FactorProduct

_MANY = 2**62


class LookedAt:
    """Sums blocks up; in whatever order they come, the numbers are the same.

    `situations`, `generic`, `one_kind` and `worst` are (cells), and as in `core.check.coverage.Cell`.
    """

    def __init__(self, scene: FactorProduct, kinds: Sequence[str], facts: CellFacts, top: int) -> None:
        """Start with nothing summed up; `kinds` has the kind of each MEDOC."""
        self._scene = scene
        self._facts = facts
        self._top = top
        self._kind = np.array([*(facts.kinds.index(kind) for kind in kinds), -1], np.int64)
        self._beside_shares = np.pad(scene.cellwise.shared, ((0, 0), (0, 1)))  # one more: nobody shares anything
        self.situations, self.generic, self.one_kind = np.zeros((3, len(facts.terms)), np.int64)
        self.worst = np.full(len(facts.terms), _MANY)
        self._in_top, self._first = np.zeros((2, scene.size + 1), np.int64)
        self.tied_at_end = self.tied_first = self.close_first = 0

    def add(self, block: Block) -> None:
        """Add the situations of a block."""
        keys, top, nobody = self._scene.keys, self._top, self._scene.size
        present = block.keys != keys.absent
        standing = block.keys & ((1 << keys.shift) - 1)
        standing[~present] = nobody
        scores = block.keys >> keys.shift
        each = np.broadcast_to(block.times[:, None], present[:, :, :top].shape)
        self._in_top += _counted(standing[:, :, :top], each, nobody)
        self._first += _counted(standing[:, :, 0], each[:, :, 0], nobody)
        ties = np.append(keys.same_rank, -1)[standing]
        second, ahead = present[:, :, 1], scores[:, :, 0] - scores[:, :, 1]
        self.tied_first += int(((second & (ahead == 0) & (ties[:, :, 0] == ties[:, :, 1])) @ block.times).sum())
        self.close_first += int(((second & (ahead < CLOSE)) @ block.times).sum())
        same = (scores[:, :, top - 1] == scores[:, :, top]) & (ties[:, :, top - 1] == ties[:, :, top])
        self.tied_at_end += int(((present[:, :, top] & same) @ block.times).sum())
        first = np.where(present[:, :, 0], scores[:, :, 0], 0)
        self._sum_up(block, present[:, :, :top], standing[:, :, :top], first)

    def _sum_up(self, block: Block, present: Bool, standing: Int64, first: Int64) -> None:
        """Add a block to its cells: a row at a time, since columns are of no cell.

        `present` and `standing` are (cellwise, columns, top), `first` (cellwise, columns) the score that comes first.
        """
        scene = self._scene
        medoc = np.append(scene.keys.medoc, scene.size)[standing]
        shared = np.append(scene.leading.shared[block.lead], False)[medoc]
        shared |= self._beside_shares[block.cellwise[:, None, None], medoc]
        kinds = self._kind[medoc]
        one_kind = present[:, :, 0] & ((kinds == kinds[:, :, :1]) | ~present).all(axis=2)
        cells = self._facts.cells(block.lead, block.cellwise)
        np.add.at(self.situations, cells, block.times.sum())
        np.add.at(self.generic, cells, ~(shared & present).any(axis=2) @ block.times)
        np.add.at(self.one_kind, cells, one_kind @ block.times)
        np.minimum.at(self.worst, cells, first.min(axis=1))

    def in_top(self) -> list[int]:
        """Return, by MEDOC, in how many situations it is in the top."""
        found: list[int] = self._in_top[self._scene.keys.standing].tolist()
        return found

    def first(self) -> list[int]:
        """Return, by MEDOC, in how many situations it comes first."""
        found: list[int] = self._first[self._scene.keys.standing].tolist()
        return found


def _counted(standing: Int64, each: Int64, nobody: int) -> Int64:
    """Return how many situations have each standing, (medoc + 1); both arrays are of one shape, and exact in floats."""
    return np.bincount(standing.ravel(), each.ravel(), nobody + 1).astype(np.int64)
