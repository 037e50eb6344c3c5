"""QR codes in each of their pictures, read by a reader of others, and compared with what another library makes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import qrcode
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from qrcode.util import QRData

from boussole.render.qr import QUIET, half_blocks, path_data, png, qr_code, svg, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from segno import QRCode

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:"
LONGEST = 718
FULL = [17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, LONGEST]
"""How many letters fill each size, at the level that mends least."""
CODES = st.text(LETTERS, min_size=1, max_size=LONGEST)


def _made(code: str) -> QRCode:
    made = qr_code(code)
    assert made is not None
    return made


def _inside(made: QRCode) -> list[list[bool]]:
    return [[bool(square) for square in row] for row in made.matrix]


def _read(rows: Iterable[Iterable[bool]]) -> str:
    """Return what a reader sees in dark and light squares, each of four by four pixels."""
    pixels = np.array([[0 if dark else 255 for dark in row] for row in rows], dtype=np.uint8)
    (found,) = zxingcpp.read_barcodes(np.kron(pixels, np.ones((4, 4), dtype=np.uint8)))
    return found.text


@pytest.mark.parametrize("length", FULL)
def test_the_same_squares_as_others(length: int) -> None:
    """A code that fills a size has the squares that the library qrcode makes of it, with the same mask."""
    code = (LETTERS * 12)[:length]
    made = _made(code)
    other = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, mask_pattern=made.mask, border=0)
    other.add_data(QRData(code.encode(), mode=4))
    other.make(fit=True)
    assert _inside(made) == [[bool(square) for square in row] for row in other.modules]


@given(CODES)
def test_a_reader_reads_the_code(code: str) -> None:
    """Whatever the code, a reader finds it in the PNG."""
    with Image.open(io.BytesIO(png(_made(code)))) as picture:
        assert picture.mode == "1"
        assert picture.size == (width(_made(code)),) * 2
        assert _read(np.asarray(picture) == 0) == code


@pytest.mark.parametrize("code", ["", "x" * (LONGEST + 1), "x" * 100_000])
def test_what_is_no_qr_code(code: str) -> None:
    """Nothing, and what is too long for a phone to read, have none."""
    assert qr_code(code) is None


def test_the_picture_has_the_same_squares() -> None:
    """The strokes of the picture cover the dark squares, and only these, inside a white border."""
    made = _made("boussole-1:abc")
    drawn = set()
    x, y = 0.0, 0.0
    for move, across, down in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path_data(made)):
        if move == "h":
            drawn |= {(one - QUIET, int(y) - QUIET) for one in range(int(x), int(x) + int(across))}
        x = float(across) + (0 if move == "M" else x)
        y = y if move == "h" else float(down) + (0 if move == "M" else y)
    assert drawn == {(x, y) for y, row in enumerate(_inside(made)) for x, dark in enumerate(row) if dark}
    assert width(made) == len(made.matrix) + 2 * QUIET
    assert svg(made).startswith(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width(made)} {width(made)}"')


@given(CODES)
def test_a_reader_reads_the_lines(code: str) -> None:
    """Two rows a line, light where a block is drawn, with the white border that readers need."""
    lines = half_blocks(_made(code))
    dark = {" ": (True, True), "▀": (False, True), "▄": (True, False), "█": (False, False)}
    rows = [[dark[letter][half] for letter in line] for line in lines for half in (0, 1)]
    assert {len(line) for line in lines} == {width(_made(code))}
    assert not any(any(row) for row in rows[:QUIET])
    assert _read(rows[: width(_made(code))]) == code
