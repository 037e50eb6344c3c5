"""A code to share as a QR code: its squares, then a picture in SVG paths or in half blocks for a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TypeAlias

Squares: TypeAlias = tuple[tuple[bool, ...], ...]

_MOST = 1200
"""Characters of a code that is still read from a screen; beyond, the squares are too small for a phone."""
QUIET = 4
"""Squares of white around it, which readers need."""
_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


def squares(code: str) -> Squares | None:
    """Return the rows of a QR code, without white around, True where dark; None where `code` is too long for one."""
    if not code or len(code) > _MOST:
        return None
    import segno  # noqa: PLC0415 - only where there is a QR code

    made = segno.make_qr(code, error="l", boost_error=False)
    return tuple(tuple(bool(square) for square in row) for row in made.matrix)


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
    framed = [white] * QUIET + [(False,) * QUIET + row + (False,) * QUIET for row in rows] + [white] * QUIET
    if len(framed) % 2:
        framed.append(white)
    pairs = zip(framed[::2], framed[1::2], strict=True)
    return ["".join(_HALVES[both] for both in zip(above, below, strict=True)) for above, below in pairs]
