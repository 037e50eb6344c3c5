"""The keys by which MEDOC are ordered, in whole numbers: score, then the tie rule, in one number each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.fits import FULL, pseudo_fit, pseudo_weights
from boussole.core.order import same_rank, tie_break
from boussole.errors import BoussoleError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from boussole.arrays import Int64, KeyKind, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

_INT32, _INT64 = 2**31 - 1, 2**63 - 1


class SortKeys(NamedTuple):
    """How a score and a MEDOC make a key: score · 2^shift + standing, a greater key coming before a smaller.

    `standing` (medoc): how late each comes among equal scores, from 0, the first having the greatest.
    `medoc` (standing): the place in the catalogue of the MEDOC at each standing; `same_rank` (standing): what it must
    have in common with one of the same score to share its rank.
    `base` (medoc): weight · fit of what weighs the same for everybody, and `base_weight` its Σ weight.
    `kind` is the dtype of keys. `lowest` is not above any key; what is left out is below it: it is `absent`, or has
    `out` added to its score.

    For example, with shift 2, a score of 873 for the first of three MEDOC has the key 873 · 4 + 2 = 3494.
    """

    shift: int
    standing: Int64
    medoc: Int64
    same_rank: Int64
    base: Int64
    base_weight: int
    lowest: int
    kind: KeyKind

    @property
    def out(self) -> int:
        """Return what brings any score below the lowest key."""
        return 2 * self.lowest

    @property
    def absent(self) -> int:
        """Return the key of a MEDOC that is left out."""
        return int(np.iinfo(self.kind).min)


def make_sort_keys(compass: Compass, catalogue: Catalogue, *, weighted: int, points: int) -> SortKeys:
    """Return how keys are made, in the smallest kind of number that holds them all.

    `weighted` is the most that Σ weight·fit can be (pseudo-facets apart), `points` the most that rules can add or take
    away.

    Raises:
        BoussoleError: when none does.

    """
    weights = compass.weighting.weights
    if max(FULL * sum(weights.values()), sum(abs(rule.points) for rule in compass.rules)) >= _INT64:
        raise _too_large()
    medoc = tuple(catalogue.medoc.values())
    last_first = sorted(range(len(medoc)), key=lambda place: tie_break(medoc[place]), reverse=True)
    standing = np.empty(len(medoc), np.int64)
    standing[last_first] = np.arange(len(medoc))
    shift = max(len(medoc), 1).bit_length()
    pseudo = pseudo_weights(weights, catalogue)
    base = np.array([sum(by * pseudo_fit(id_, one, catalogue) for id_, by in pseudo) for one in medoc], np.int64)
    weight = sum(by for _, by in pseudo)
    largest = (FULL + points + 1) << shift
    sums = int(base.max(initial=0)) + weighted
    if max(2 * largest, sums) >= _INT64:
        raise _too_large()
    kind = np.dtype(np.int32) if max(2 * largest, sums) < _INT32 else np.dtype(np.int64)
    ties = np.array([same_rank(medoc[place]) for place in last_first], np.int64)
    return SortKeys(shift, standing, np.array(last_first, np.int64), ties, base, weight, -largest, kind)


def _too_large() -> BoussoleError:
    return BoussoleError(
        gettext("The points or weights of this compass are too large to compute with."),
        gettext("Write smaller ones: boussole check names those over a billion (B541)."),
    )


_BUCKET, _FEW = 16, 64
"""How many keys are looked at as one where there are many: over so many for each that is sought, it is faster."""


def _promising(keys: Keys, number: int) -> Keys:
    """Return some of the keys along the last axis, the greatest `number` among them.

    Keys are parted into buckets: the greatest `number` are in as many buckets, those whose best is greatest.
    """
    buckets = keys.shape[-1] // _BUCKET
    parted = keys[..., : buckets * _BUCKET].reshape(*keys.shape[:-1], _BUCKET, buckets)
    best = np.argpartition(parted.max(axis=-2), buckets - number, axis=-1)[..., None, buckets - number :]
    kept = np.take_along_axis(parted, best, axis=-1).reshape(*keys.shape[:-1], _BUCKET * number)
    return np.concatenate([kept, keys[..., buckets * _BUCKET :]], axis=-1)


def greatest(keys: Keys, number: int, absent: int) -> Keys:
    """Return the greatest `number` keys, (…, medoc) → (…, number), greatest first, filled up with `absent`."""
    if keys.shape[-1] > _FEW * number:
        keys = _promising(keys, number)
    size = keys.shape[-1]
    if size > number:
        keys = np.partition(keys, size - number, axis=-1)[..., size - number :]
    best = np.sort(keys, axis=-1)[..., ::-1]
    if size < number:
        filling = np.full((*best.shape[:-1], number - size), absent, best.dtype)
        best = np.concatenate([best, filling], axis=-1)
    return best
