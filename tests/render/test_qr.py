from __future__ import annotations

import re

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.util import QRData

from boussole.render.qr import QUIET, half_blocks, path_data, squares

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:"
LONGEST = 718
FULL = [1, 17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, LONGEST]


def _by_others(code: str) -> tuple[tuple[bool, ...], ...]:
    """Return the QR code that the library qrcode makes, of bytes (mode 4), with the same level and mask."""
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, mask_pattern=0, border=0)
    made.add_data(QRData(code.encode(), mode=4))
    made.make(fit=True)
    return tuple(tuple(bool(square) for square in row) for row in made.modules)


@pytest.mark.parametrize(
    "length", [1, 17, 18, 53, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718]
)
def test_the_same_squares_as_others(length: int) -> None:
    """For a code that fills each size, and one letter less, the squares are those of the library qrcode."""
    code = (LETTERS * 12)[:length]
    assert squares(code) == _by_others(code)
    if length > 1:
        assert squares(code[1:]) == _by_others(code[1:])


@given(st.text(LETTERS, min_size=1, max_size=LONGEST))
def test_any_code(code: str) -> None:
    """The same for any code."""
    assert squares(code) == _by_others(code)


@pytest.mark.parametrize("code", ["", "x" * (LONGEST + 1), "x" * 100_000])
def test_what_is_no_qr_code(code: str) -> None:
    """Nothing, and what is too long for a phone to read, have no squares."""
    assert squares(code) is None


def test_the_picture_has_the_same_squares() -> None:
    """The strokes of the picture cover the dark squares, and only these, inside a white border."""
    rows = squares("boussole-1:abc")
    assert rows is not None
    drawn = set()
    for start, y, moves in re.findall(r"M(\d+) (\d+)\.5([^M]*)", path_data(rows)):
        x = int(start)
        for move, length in re.findall(r"([hm])(\d+)", moves):
            if move == "h":
                drawn |= {(one - QUIET, int(y) - QUIET) for one in range(x, x + int(length))}
            x += int(length)
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def test_the_lines_have_the_same_squares() -> None:
    """Two rows a line, light where a block is drawn, with the white border that readers need."""
    rows = squares("boussole-1:abc")
    assert rows is not None
    lines = half_blocks(rows)
    light = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
    pairs = [[light[letter] for letter in line] for line in lines]
    read = [[not pair[side] for pair in line] for line in pairs for side in (0, 1)]
    inside = [row[QUIET:-QUIET] for row in read[QUIET : QUIET + len(rows)]]
    assert tuple(map(tuple, inside)) == rows
    assert not any(any(row) for row in (*read[:QUIET], *read[QUIET + len(rows) :]))
    assert {len(line) for line in lines} == {len(rows) + 2 * QUIET}
