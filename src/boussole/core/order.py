"""The order of a ranking: the only place that knows how ties are broken, and what shares a rank.

Score, then proven, then year (none last), all descending, then id. The same score and proven share a rank. Everything
that orders MEDOC (ranking, why, arrays, batch) asks these functions; the same in words: `render.wording.tie_rule`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Medoc


def order(score: int, medoc: Medoc) -> tuple[int, int, bool, int, str]:
    """Return the key by which MEDOC are sorted, the first first; its last part is the id."""
    return -score, *tie_break(medoc)


def tie_break(medoc: Medoc) -> tuple[int, bool, int, str]:
    """Return the key by which MEDOC of the same score are sorted, the first first; no two MEDOC have the same."""
    return -same_rank(medoc), medoc.year is None, -(medoc.year or 0), medoc.id


def rank_key(score: int, medoc: Medoc) -> tuple[int, int]:
    """Return what decides a rank: MEDOC with the same share it, a greater one stands before."""
    return score, same_rank(medoc)


def same_rank(medoc: Medoc) -> int:
    """Return what MEDOC of the same score must have in common to share a rank; a greater one stands before."""
    return medoc.proven.total
