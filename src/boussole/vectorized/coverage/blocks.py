"""Situations scored block by block: the best of each, in whole numbers."""

from __future__ import annotations

from functools import reduce
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.definitions.catalogue import KIND
from boussole.vectorized.coverage.factors import Part
from boussole.vectorized.scoring.sort_keys import greatest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Bool, Int64
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.vectorized.scoring.sort_keys import SortKeys

_BLOCK = 400_000
"""How many scores are computed together: they stay in the cache of the processor."""
_COMBINED = 8_000_000
"""How many numbers each table of the rest may hold: about 200 MiB in all."""


class FactorProduct:
    """The factors in three: those that lead, those of other cells, and the rest, each combined into one part.

    First among those that lead is the factor that leaves out most: what it leaves out need not be scored. With it go
    those of no cell that would make the rest too large to be combined: their choices are taken one after the other.
    """

    def __init__(self, parts: Sequence[Part], catalogue: Catalogue, keys: SortKeys) -> None:
        """Take the factors, in any order."""
        self.keys = keys
        self.size = len(catalogue.medoc)
        kinds = list(catalogue.facets[KIND].terms)
        self.kinds = kinds
        self.kind = np.array([kinds.index(medoc.kind) for medoc in catalogue.medoc.values()], np.int64)
        ordered = sorted(parts, key=lambda part: (part.out.sum() * part.rows, part.rows), reverse=True)
        self.first = ordered[0] if ordered else _nothing(self.size)
        others = ordered[1:]
        self.beside = _combined([part for part in others if part.cells], self.size)
        rest, self._along = _fitting([part for part in others if not part.cells], _COMBINED // max(1, self.size))
        self.rest = _combined(rest, self.size)
        self._choices = prod(part.rows for part in self._along)

    @property
    def leads(self) -> int:
        """Return how many choices there are of one outcome by factor that leads."""
        return self.first.rows * self._choices

    def first_of(self, lead: int) -> int:
        """Return the outcome of the first factor in one of these choices."""
        return lead // self._choices

    def lead(self, number: int) -> Part:
        """Return one of these choices, as a part of one outcome."""
        row, choice = divmod(number, self._choices)
        chosen = [_one(self.first, row)]
        for part in self._along:
            choice, row = divmod(choice, part.rows)
            chosen.append(_one(part, row))
        return reduce(_both, chosen)


def _fitting(parts: Sequence[Part], most: int) -> tuple[list[Part], list[Part]]:
    """Return as many parts as can be combined into at most `most` outcomes, the smallest, and the others."""
    inside: list[Part] = []
    outside: list[Part] = []
    rows = 1
    for part in sorted(parts, key=lambda part: part.rows):
        rows *= part.rows
        (inside if rows <= most else outside).append(part)
    return inside, outside


def _one(part: Part, row: int) -> Part:
    """Return one outcome of a part."""
    here = slice(row, row + 1)
    return Part(
        part.weighted[here],
        part.weight[here],
        part.points[here],
        part.out[here],
        part.shared[here],
        part.made[here],
        {facet: terms[here] for facet, terms in part.cells.items()},
        part.answers[here],
    )


def _nothing(size: int) -> Part:
    """Return the part of a compass that decides nothing: one outcome, without effect."""
    zeros, none = np.zeros((1, size), np.int64), np.zeros((1, size), bool)
    return Part(zeros, np.zeros(1, np.int64), zeros, none, none, ~none, {}, ({},))


def _combined(parts: Sequence[Part], size: int) -> Part:
    """Return every choice of one outcome by part, as one part."""
    return reduce(_both, parts, _nothing(size))


def _both(one: Part, other: Part) -> Part:
    rows = one.rows * other.rows
    left, right = np.repeat(np.arange(one.rows), other.rows), np.tile(np.arange(other.rows), one.rows)
    cells = {facet: tuple(terms[row] for row in left) for facet, terms in one.cells.items()}
    cells |= {facet: tuple(terms[row] for row in right) for facet, terms in other.cells.items()}
    answers = tuple({**one.answers[left[row]], **other.answers[right[row]]} for row in range(rows))
    return Part(
        one.weighted[left] + other.weighted[right],
        one.weight[left] + other.weight[right],
        one.points[left] + other.points[right],
        one.out[left] | other.out[right],
        one.shared[left] | other.shared[right],
        one.made[left] & other.made[right],
        cells,
        answers,
    )


class Block(NamedTuple):
    """What the situations of one choice of the lead get, by outcome beside it (rows) and of the rest (columns).

    `keys` are those of the first of the ranking, best first, one more than the top; `shared` are the lead's own.
    """

    lead: int
    shared: Bool
    beside: Int64
    rest: Int64
    keys: Int64
    fit: Int64
    made: Int64
    by_kind: Int64

    @property
    def size(self) -> int:
        """Return how many situations there are."""
        return len(self.beside) * len(self.rest)


def blocks_of(scene: FactorProduct, lead: int, top: int) -> list[Block]:
    """Return the blocks of one choice of the lead: those of the same Σ weight together, in pieces."""
    leading = scene.lead(lead)
    candidates = np.flatnonzero(~leading.out[0])
    per_piece = max(1, _BLOCK // max(1, len(candidates)))
    blocks = []
    for beside, rest in product(_by_weight(scene.beside), _by_weight(scene.rest)):
        columns = max(1, per_piece // len(beside))
        rows = max(1, per_piece // min(columns, len(rest)))
        for start, from_ in product(range(0, len(beside), rows), range(0, len(rest), columns)):
            piece = beside[start : start + rows], rest[from_ : from_ + columns]
            found = _scored(scene, leading, candidates, *piece, top=top)
            blocks.append(Block(lead, leading.shared[0], *piece, *found))
    return blocks


def _by_weight(part: Part) -> Iterator[Int64]:
    for weight in np.unique(part.weight):
        yield np.flatnonzero(part.weight == weight)


def _scored(
    scene: FactorProduct, first: Part, candidates: Int64, beside: Int64, rest: Int64, *, top: int
) -> tuple[Int64, Int64, Int64, Int64]:
    """Return what a block holds; the outcomes of each of the three places have the same Σ weight."""
    keys, kind = scene.keys, scene.keys.kind
    weight = int(first.weight[0] + scene.beside.weight[beside[0]] + scene.rest.weight[rest[0]]) + keys.base_weight
    other, third = scene.beside, scene.rest

    def at(table: Int64, rows: Int64) -> Int64:
        return table[np.ix_(rows, candidates)].astype(kind)

    weighted = (first.weighted[0, candidates] + keys.base[candidates]).astype(kind)
    scores = (weighted + at(other.weighted, beside))[:, None, :] + at(third.weighted, rest)[None, :, :]
    if weight:
        scores //= kind.type(weight)
    else:
        scores[:] = 0
    scores += (first.points[0, candidates].astype(kind) + at(other.points, beside))[:, None, :]
    scores += at(third.points, rest)[None, :, :]
    scores <<= kind.type(keys.shift)
    scores |= keys.standing[candidates].astype(kind)
    out = other.out[np.ix_(beside, candidates)][:, None, :] | third.out[np.ix_(rest, candidates)][None, :, :]
    any_out = bool(out.any())
    if any_out:
        scores[out] = keys.absent
    made = first.made[0, candidates] & other.made[np.ix_(beside, candidates)]
    kinds = scene.kind[candidates]
    shape = (len(beside), len(rest))
    if any_out:
        stays = ~out
        fit, made_count = stays.sum(axis=2), (made[:, None, :] & stays).sum(axis=2)
        by_kind = np.stack([stays[:, :, kinds == one].sum(axis=2) for one in range(len(scene.kinds))], axis=2)
    else:
        fit = np.full(shape, len(candidates))
        made_count = np.broadcast_to(made.sum(axis=1)[:, None], shape)
        by_kind = np.broadcast_to(np.bincount(kinds, minlength=len(scene.kinds)), (*shape, len(scene.kinds)))
    return greatest(scores, top + 1, keys.absent), fit, made_count, by_kind
