"""A code to share as a QR code, in what each form shows: an SVG path, half blocks for a terminal, a PNG."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from segno import QRCode

QUIET = 4
"""Squares of white around it, which readers need; counted in wherever one is shown."""
_MOST = 718
"""How many letters the largest holds that phones read on paper: version 18, 89 squares wide."""


def qr_code(code: str) -> QRCode | None:
    """Return the QR code of `code`, letters of ASCII, as bytes; None where there is nothing in it, or too much."""
    return segno.make_qr(code, error="l", mode="byte") if has_qr(code) else None


def has_qr(code: str) -> bool:
    """Tell, without making it, whether `code` has a QR code."""
    return 0 < len(code) <= _MOST


def width(qr: QRCode) -> int:
    """Return how many squares wide and high it is."""
    return len(qr.matrix) + 2 * QUIET


def svg(qr: QRCode) -> str:
    """Return it as a picture of its own, black on white."""
    written = io.BytesIO()
    qr.save(written, kind="svg", border=QUIET, light="white", omitsize=True, xmldecl=False)
    return written.getvalue().decode()


def path_data(qr: QRCode) -> str:
    """Return the dark squares as the data of an SVG path whose strokes are one wide."""
    _, dark = re.findall(' d="([^"]*)"', svg(qr))
    return str(dark)


def half_blocks(qr: QRCode) -> list[str]:
    """Return lines of half blocks, light on a dark terminal: two rows of squares a line."""
    written = io.StringIO()
    qr.terminal(written, border=QUIET, compact=True)
    return written.getvalue().splitlines()


def png(qr: QRCode) -> bytes:
    """Return it as a PNG of one bit a square."""
    written = io.BytesIO()
    qr.save(written, kind="png", border=QUIET)
    return written.getvalue()
