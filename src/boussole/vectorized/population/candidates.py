"""What the required facets leave in: the candidates of each combination of their terms, found as bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.vectorized.encoding import terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.arrays import Bool, Int64, Words
    from boussole.vectorized.scoring.fits import Fits
    from boussole.vectorized.scoring.weighted_fits import Placed

_WORD = 64
_STEP = 16
"""Candidates are filled up with nobody to a multiple of this: rows of as many stand together, without gaps."""
_TOGETHER = 1_000_000
"""How many words are looked at together: they stay in the cache of the processor."""


def width_of(size: int) -> int:
    """Return how many columns a table of `size` MEDOC has: whole words of bits, with room for nobody after the last."""
    return -(-(size + _STEP - 1) // _WORD) * _WORD


class Candidates:
    """Tells which MEDOC fit at all on every required facet: a bit each, so that facets are brought together by `&`.

    Where nothing is known of a facet, it leaves nothing out. The columns after the last MEDOC are of nobody.
    """

    def __init__(self, fits: Fits, required: Sequence[Placed]) -> None:
        """Find those of each set of terms of each facet."""
        self._size, width = fits.size, width_of(fits.size)
        self.facets: dict[str, Words] = {}
        for one in required:
            flags = np.zeros((len(one.masks), width), bool)
            for row, mask in enumerate(one.masks.tolist()):
                terms = terms_of(mask, fits.facets[one.facet])
                flags[row, : fits.size] = fits.of(one.facet, terms) > 0 if terms else True
            self.facets[one.facet] = _packed(flags)
        columns = np.arange(width)
        self._anybody = _packed(columns[None] < fits.size)
        filling = (columns >= fits.size) & (columns < fits.size + np.arange(_STEP)[:, None])
        self._filling = _packed(filling)  # (number, words): as many columns of nobody

    def counts(self, sets: Mapping[str, Int64], size: int) -> Int64:
        """Return how many candidates each of `size` combinations has, (combinations), filled up with nobody.

        `sets` are, by facet, the place of its set of terms in each combination.
        """
        found, step = np.zeros(size, np.int64), max(1, _TOGETHER // self._anybody.shape[1])
        for start in range(0, size, step):
            some = slice(start, start + step)
            words = self._words({facet: places[some] for facet, places in sets.items()}, len(found[some]))
            found[some] = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
        return -(-found // _STEP) * _STEP

    def columns(self, sets: Mapping[str, Int64], size: int, count: int) -> Int64:
        """Return the columns of the candidates of `size` combinations that all have as many: (combinations, count)."""
        words = self._words(sets, size)
        lacking = count - np.bitwise_count(words).sum(axis=1, dtype=np.int64)
        words |= self._filling[lacking]
        flags = np.unpackbits(words.view(np.uint8), axis=1).view(bool)
        found: Int64 = np.flatnonzero(flags).reshape(len(words), count)
        found -= (np.arange(len(words)) * flags.shape[1])[:, None]
        return found

    def _words(self, sets: Mapping[str, Int64], size: int) -> Words:
        words: Words = np.repeat(self._anybody, size, axis=0)
        for facet, places in sets.items():
            words &= self.facets[facet][places]
        return words


def _packed(flags: Bool) -> Words:
    """Return flags, (rows, columns), as bits of words: (rows, words)."""
    return np.packbits(flags, axis=1).view(np.uint64)
