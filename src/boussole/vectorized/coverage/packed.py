"""Sets of MEDOC as bits, those of a kind side by side: what two sets share is counted a word at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Bool, Int64, Words

_BITS = 64


class PackedSets:
    """How sets of the MEDOC of a catalogue are packed. Each kind starts a word of its own; `kinds` are in order."""

    def __init__(self, kinds: Sequence[str]) -> None:
        """Take the kind of each MEDOC."""
        self.kinds = sorted(set(kinds))
        numbers = [kinds.count(kind) for kind in self.kinds]
        words = [-(-number // _BITS) for number in numbers]
        self.words = sum(words)
        self._starts = np.cumsum([0, *words])[:-1] if words else np.zeros(0, np.int64)
        by_kind = np.argsort(np.array([self.kinds.index(kind) for kind in kinds], np.int64), kind="stable")
        self._bits = np.empty(len(kinds), np.int64)
        self._bits[by_kind] = [
            start * _BITS + bit
            for start, number in zip(self._starts.tolist(), numbers, strict=True)
            for bit in range(number)
        ]

    def pack(self, table: Bool) -> Words:
        """Return sets, (rows, medoc) → (rows, words)."""
        bits = np.zeros((len(table), self.words * _BITS), bool)
        bits[:, self._bits] = table
        return np.packbits(bits, axis=1).view(np.uint64)

    def by_kind(self, sets: Words) -> Int64:
        """Return how many of each kind are in sets, (…, words) → (…, kinds)."""
        if not self.kinds:
            return np.zeros((*sets.shape[:-1], 0), np.int64)
        return np.add.reduceat(np.bitwise_count(sets), self._starts, axis=-1, dtype=np.int64)

    @staticmethod
    def size(sets: Words) -> Int64:
        """Return how many MEDOC are in sets, (…, words) → (…)."""
        found: Int64 = np.bitwise_count(sets).sum(axis=-1, dtype=np.int64)
        return found
