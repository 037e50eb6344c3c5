"""A code to share as a QR code (ISO 18004: bytes, level L), then as an SVG path or as half blocks for a terminal.

Why it is made here: docs/decisions/0012-codes-to-share.md. The tests compare it with the library qrcode, square by
square.
"""

from __future__ import annotations

from functools import cache, reduce
from itertools import groupby
from typing import TypeAlias

Squares: TypeAlias = tuple[tuple[bool, ...], ...]

QUIET = 4
"""Squares of white around it, which readers need."""
_BLOCKS = (1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6)
_SPARE = (7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30)
"""By size, from 1: how many blocks there are, and how many bytes of each mend it. No phone reads larger ones."""
_LONG_COUNT = 10
_VERSION_SHOWN = 7
_FORMAT = 0b01_000
"""Level L, and the mask (x + y) even. What is masked is deflated, so no mask is much better than another."""
_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


def squares(code: str) -> Squares | None:
    """Return the rows of a QR code, without white around, True where dark; None where `code` is too long for one."""
    data = code.encode()
    for version in range(1, len(_BLOCKS) + 1):
        room = _codewords(version) - _BLOCKS[version - 1] * _SPARE[version - 1]
        count = 8 if version < _LONG_COUNT else 16
        bits = 4 + count + 8 * len(data)
        if data and bits <= 8 * room:
            header = (0b0100 << count | len(data)) << 8 * len(data) | int.from_bytes(data)
            return _drawn(version, _interleaved(version, _filled(header, bits, room)))
    return None


def path_data(rows: Squares) -> str:
    """Return the dark squares as the data of an SVG path whose strokes are one wide, the white around counted in."""
    data = []
    for y, row in enumerate(rows, start=QUIET):
        runs = [(dark, len(list(run))) for dark, run in groupby(row)]
        lead = runs.pop(0)[1] if not runs[0][0] else 0
        moves = "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs)
        data.append(f"M{lead + QUIET} {y}.5{moves}")
    return "".join(data)


def half_blocks(rows: Squares) -> list[str]:
    """Return lines of half blocks, light on a dark terminal: two rows of squares a line, a margin around."""
    width = len(rows) + 2 * QUIET
    white = (False,) * width
    framed = [white] * QUIET + [(False,) * QUIET + row + (False,) * QUIET for row in rows] + [white] * (QUIET + 1)
    pairs = zip(framed[::2], framed[1::2], strict=False)  # rows are odd in number: one more white one makes pairs
    return ["".join(_HALVES[both] for both in zip(above, below, strict=True)) for above, below in pairs]


def _size(version: int) -> int:
    return 17 + 4 * version


def _codewords(version: int) -> int:
    """Return how many whole bytes stand between what is drawn in every code of this size."""
    free = (16 * version + 128) * version + 64
    if version > 1:
        lines = version // 7 + 2
        free -= (25 * lines - 10) * lines - 55
    return (free - 36 if version >= _VERSION_SHOWN else free) // 8


def _filled(header: int, bits: int, room: int) -> bytes:
    """Return the bytes of a message, ended and padded as the standard says."""
    end = min(4, 8 * room - bits)
    gap = -(bits + end) % 8
    message = (header << end + gap).to_bytes((bits + end + gap) // 8)
    return message + (b"\xec\x11" * room)[: room - len(message)]


def _interleaved(version: int, data: bytes) -> bytes:
    """Return the bytes of all the blocks, first bytes first, then those that mend them."""
    blocks, spare = _BLOCKS[version - 1], _SPARE[version - 1]
    short, longer = divmod(len(data), blocks)
    sizes = [short] * (blocks - longer) + [short + 1] * longer
    starts = [sum(sizes[:index]) for index in range(blocks)]
    parts = [data[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    checks = [_remainder(part, spare) for part in parts]
    mixed = [part[index] for index in range(short + 1) for part in parts if index < len(part)]
    return bytes(mixed) + bytes(check[index] for index in range(spare) for check in checks)


@cache
def _powers() -> tuple[list[int], dict[int, int]]:
    """Return the powers of 2 in the field of 256 that QR codes compute in, and their logarithms."""
    powers = [1]
    for _ in range(254):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0x11D if doubled > 255 else doubled)  # noqa: PLR2004 - a byte
    return powers * 2, {power: exponent for exponent, power in enumerate(powers)}


def _times(one: int, other: int) -> int:
    powers, logs = _powers()
    return powers[logs[one] + logs[other]] if one and other else 0


def _remainder(data: bytes, spare: int) -> list[int]:
    """Return the Reed-Solomon bytes of a block."""
    divisor = [1]
    for exponent in range(spare):
        root = _powers()[0][exponent]
        divisor = [_times(left, root) ^ right for left, right in zip([0, *divisor], [*divisor, 0], strict=True)]
    factors = divisor[1:]
    rest = [0] * spare
    for byte in data:
        lead = byte ^ rest[0]
        rest = [one ^ _times(lead, factor) for one, factor in zip([*rest[1:], 0], factors, strict=True)]
    return rest


class _Sheet:
    """A QR code being drawn; what is drawn in every code of its size is there first."""

    def __init__(self, version: int) -> None:
        self.size = _size(version)
        self.rows: list[list[bool | None]] = [[None] * self.size for _ in range(self.size)]
        for at in range(self.size):
            self.rows[6][at] = self.rows[at][6] = at % 2 == 0
        for x, y in ((3, 3), (self.size - 4, 3), (3, self.size - 4)):
            self._finder(x, y)
        places = self._alignment(version)
        for x in places:
            for y in places:
                if (x, y) not in {(6, 6), (6, places[-1]), (places[-1], 6)}:  # the finders stand there
                    self._square(x, y)
        self._format()
        if version >= _VERSION_SHOWN:
            self._version(version)

    def _alignment(self, version: int) -> list[int]:
        if version == 1:
            return []
        lines = version // 7 + 2
        step = (version * 4 + lines * 2 + 1) // (lines * 2 - 2) * 2
        return [6, *reversed([self.size - 7 - index * step for index in range(lines - 1)])]

    def _finder(self, middle_x: int, middle_y: int) -> None:
        for y in range(middle_y - 4, middle_y + 5):
            for x in range(middle_x - 4, middle_x + 5):
                if 0 <= x < self.size and 0 <= y < self.size:
                    self.rows[y][x] = max(abs(x - middle_x), abs(y - middle_y)) not in {2, 4}

    def _square(self, middle_x: int, middle_y: int) -> None:
        for y in range(middle_y - 2, middle_y + 3):
            for x in range(middle_x - 2, middle_x + 3):
                self.rows[y][x] = max(abs(x - middle_x), abs(y - middle_y)) != 1

    def _format(self) -> None:
        bits = (_FORMAT << 10 | _check(_FORMAT, 10, 0x537)) ^ 0x5412
        around = [(8, at) for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [(at, 8) for at in (7, 5, 4, 3, 2, 1, 0)]
        apart = [(self.size - 1 - at, 8) for at in range(8)] + [(8, self.size - 7 + at) for at in range(7)]
        for places in (around, apart):
            for bit, (x, y) in enumerate(places):
                self.rows[y][x] = bool(bits >> bit & 1)
        self.rows[self.size - 8][8] = True

    def _version(self, version: int) -> None:
        bits = version << 12 | _check(version, 12, 0x1F25)
        for bit in range(18):
            across, down = self.size - 11 + bit % 3, bit // 3
            self.rows[down][across] = self.rows[across][down] = bool(bits >> bit & 1)


def _check(value: int, bits: int, divisor: int) -> int:
    return reduce(lambda rest, _: rest << 1 ^ (rest >> bits - 1) * divisor, range(bits), value)


def _drawn(version: int, codewords: bytes) -> Squares:
    """Return the code with its bytes laid in pairs of columns, from the lower right, up and down, and masked."""
    sheet = _Sheet(version)
    rows, size = sheet.rows, sheet.size
    bits = (byte >> bit & 1 for byte in codewords for bit in range(7, -1, -1))
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in range(size - 1, -1, -1) if upwards else range(size):
            row = rows[y]
            for x in (right, right - 1):
                if row[x] is None:
                    row[x] = bool(next(bits, 0)) ^ ((x + y) % 2 == 0)
        upwards = not upwards
    return tuple(tuple(map(bool, row)) for row in rows)
