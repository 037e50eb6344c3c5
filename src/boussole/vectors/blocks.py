"""Situations scored block by block: the best of each, in whole numbers."""

from __future__ import annotations

from functools import reduce
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.catalogue import KIND
from boussole.vectors.situations import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from boussole.core.catalogue import Catalogue
    from boussole.vectors.scoring import Keys

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_BLOCK = 400_000
"""How many scores are computed together: they stay in the cache of the processor."""


class Scene:
    """The factors in three: one that leads, those of other cells, and the rest, each combined into one part.

    The lead is the factor that leaves out most: what it leaves out need not be scored.
    """

    def __init__(self, parts: Sequence[Part], catalogue: Catalogue, keys: Keys) -> None:
        """Take the factors, in any order."""
        self.keys = keys
        self.size = len(catalogue.medoc)
        kinds = list(catalogue.facets[KIND].terms)
        self.kinds = kinds
        self.kind = np.array([kinds.index(medoc.kind) for medoc in catalogue.medoc.values()], np.int64)
        ordered = sorted(parts, key=lambda part: (part.out.sum() * part.rows, part.rows), reverse=True)
        self.lead = ordered[0] if ordered else _nothing(self.size)
        others = ordered[1:]
        self.beside = _combined([part for part in others if part.cells], self.size)
        self.rest = _combined([part for part in others if not part.cells], self.size)


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
    """What the situations of one outcome of the lead get, by outcome beside it (rows) and of the rest (columns).

    `keys` are those of the first of the ranking, best first, one more than the top.
    """

    lead: int
    beside: Numbers
    rest: Numbers
    keys: Numbers
    fit: Numbers
    made: Numbers
    by_kind: Numbers

    @property
    def size(self) -> int:
        """Return how many situations there are."""
        return len(self.beside) * len(self.rest)


def blocks_of(scene: Scene, lead: int, top: int) -> list[Block]:
    """Return the blocks of one outcome of the lead: those of the same Σ weight together, in pieces."""
    candidates = np.flatnonzero(~scene.lead.out[lead])
    per_piece = max(1, _BLOCK // max(1, len(candidates)))
    blocks = []
    for beside, rest in product(_by_weight(scene.beside), _by_weight(scene.rest)):
        columns = max(1, per_piece // len(beside))
        rows = max(1, per_piece // min(columns, len(rest)))
        for start, from_ in product(range(0, len(beside), rows), range(0, len(rest), columns)):
            piece = beside[start : start + rows], rest[from_ : from_ + columns]
            blocks.append(block_of(scene, lead, candidates, *piece, top=top))
    return blocks


def _by_weight(part: Part) -> Iterator[Numbers]:
    for weight in np.unique(part.weight):
        yield np.flatnonzero(part.weight == weight)


def block_of(scene: Scene, lead: int, candidates: Numbers, beside: Numbers, rest: Numbers, *, top: int) -> Block:
    """Return what the situations of some outcomes get; those of each of the three places have the same Σ weight."""
    keys, kind = scene.keys, scene.keys.kind
    weight = int(scene.lead.weight[lead] + scene.beside.weight[beside[0]] + scene.rest.weight[rest[0]])
    weight += keys.base_weight
    first, other, third = scene.lead, scene.beside, scene.rest

    def at(table: Numbers, rows: Numbers) -> Numbers:
        return table[np.ix_(rows, candidates)].astype(kind)

    weighted = (first.weighted[lead, candidates] + keys.base[candidates]).astype(kind)
    scores = (weighted + at(other.weighted, beside))[:, None, :] + at(third.weighted, rest)[None, :, :]
    if weight:
        scores //= kind.type(weight)
    else:
        scores[:] = 0
    scores += (first.points[lead, candidates].astype(kind) + at(other.points, beside))[:, None, :]
    scores += at(third.points, rest)[None, :, :]
    scores <<= kind.type(keys.shift)
    scores |= keys.standing[candidates].astype(kind)
    out = other.out[np.ix_(beside, candidates)][:, None, :] | third.out[np.ix_(rest, candidates)][None, :, :]
    any_out = bool(out.any())
    if any_out:
        scores[out] = keys.absent
    made = first.made[lead, candidates] & other.made[np.ix_(beside, candidates)]
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
    return Block(lead, beside, rest, greatest(scores, top + 1, keys.absent), fit, made_count, by_kind)


def greatest(keys: Numbers, number: int, absent: int) -> Numbers:
    """Return the greatest `number` keys along the last axis, greatest first, filled up with `absent`."""
    size = keys.shape[-1]
    if size > number:
        keys = np.partition(keys, size - number, axis=-1)[..., size - number :]
    best = np.sort(keys, axis=-1)[..., ::-1]
    if size < number:
        filling = np.full((*best.shape[:-1], number - size), absent, best.dtype)
        best = np.concatenate([best, filling], axis=-1)
    return best
