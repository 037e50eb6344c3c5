"""How long the texts are that the cells of an old Excel workbook (.xls) share: each is written once, and held for all.

They stand in one record, and in those that continue it; a text may be cut between any two letters.
"""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING

from boussole.limits.table import TEXTS_IN_WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD, _COUNT, _RUNS, _BESIDE = struct.Struct("<HB"), struct.Struct("<I"), struct.Struct("<H"), struct.Struct("<I")
_FIRST, _COUNTED = 8, 4
_WIDE, _HAS_BESIDE, _HAS_RUNS = 1, 4, 8
_RUN = 4  # bytes of one change of letters


def lengths_of_texts(pieces: Iterable[bytes], where: object) -> array[int]:
    """Return how many letters each shared text has, up to one that is not whole: its reader refuses the workbook.

    `pieces` are what the record of the texts holds, and each that continues it.

    Raises:
        LimitError: when it says that there are too many: its reader makes room for as many, whatever there is.

    """
    reader = _Reader(pieces)
    TEXTS_IN_WORKBOOK.check(reader.count, where)
    found: array[int] = array("H")
    try:
        while len(found) < reader.count:
            found.append(reader.text())
    except (EOFError, struct.error):
        pass
    return found


class _Reader:
    """Follows the texts through the pieces."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._rest = iter(pieces)
        self._here = next(self._rest)
        self._at = _FIRST
        self.count: int = _COUNT.unpack_from(self._here, _COUNTED)[0]

    def text(self) -> int:
        """Return the length of the next text."""
        if self._at >= len(self._here):
            self._next(0)
        left, flags = self._take(_HEAD)
        letters: int = left
        beside = 0
        if flags & _HAS_RUNS:
            beside += _RUN * self._take(_RUNS)[0]
        if flags & _HAS_BESIDE:
            beside += self._take(_BESIDE)[0]
        size = 1 + (flags & _WIDE)
        while (fits := min(left, (len(self._here) - self._at) // size)) < left:
            left -= fits
            self._next(1)
            size = 1 + (self._here[0] & _WIDE)
        self._at += fits * size + beside
        while self._at > len(self._here):
            self._next(self._at - len(self._here))
        return letters

    def _take(self, form: struct.Struct) -> tuple[int, ...]:
        self._at += form.size
        return form.unpack_from(self._here, self._at - form.size)

    def _next(self, at: int) -> None:
        """Go on in the next piece that holds something."""
        self._here = next((piece for piece in self._rest if piece), b"")
        if not self._here:
            raise EOFError
        self._at = at
