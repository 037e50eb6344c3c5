"""Texts fitted to a width in columns of a terminal: measured, wrapped, shortened. Knows no form and no language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wcwidth

if TYPE_CHECKING:
    from collections.abc import Iterable

_MORE = "…"
_ENDS = " ,;:-–—'’()/"
_SMALL_WORD = 3


def text_width(text: str) -> int:
    """Return how many columns `text`, a line of plain text, takes: two for a wide letter, none for a joined mark."""
    return wcwidth.width(text, control_codes="ignore")


def wrap(text: str, width: int, *, at_hyphens: bool = False) -> list[str]:
    r"""Return `text` on lines of at most `width` columns, broken at plain spaces and at each `\n`.

    No-break spaces do not break; `at_hyphens` also breaks after hyphens. A word wider than a line is cut between two
    letters, never inside an emoji; a line holds one letter at least, be `width` less than it takes. Empty text is one
    empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += wcwidth.wrap(
            paragraph.strip(" "),
            max(width, 1),
            control_codes="ignore",
            break_on_hyphens=at_hyphens,
            propagate_sgr=False,
        ) or [""]
    return lines


def hung(start: str, text: str, width: int) -> list[str]:
    """Return `text` wrapped, `start` before its first line and as many spaces before the others."""
    first, *others = wrap(text, width - text_width(start))
    return [f"{start}{first}", *(f"{' ' * text_width(start)}{line}" for line in others)]


def clip(text: str, width: int) -> str:
    """Return the start of `text` that takes at most `width` columns, without spaces at its end where it is cut."""
    if text_width(text) <= width:
        return text
    return wcwidth.clip(text, 0, max(width, 0), control_codes="ignore", propagate_sgr=False).rstrip()


def cut(lines: list[str], most: int | None, width: int) -> list[str]:
    """Return the first `most` lines (None: all), the last one ending in « … » where some are left out."""
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{clip(lines[most - 1], width - text_width(_MORE))}{_MORE}"]


def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` columns, cut after a word where one fits, ending in « … » when it is cut."""
    if text_width(text) <= width:
        return text
    kept = ""
    for end in (place for place, letter in enumerate(text) if letter in _ENDS):
        start = text[:end].rstrip(_ENDS)
        if text_width(start) >= width:
            break
        last = start[max(map(start.rfind, _ENDS)) + 1 :]
        if len(last) > _SMALL_WORD or not last.islower():  # « de » and "of" call for more
            kept = start
    if kept:
        return f"{kept}{_MORE}"
    return f"{clip(text, width - text_width(_MORE))}{_MORE}" if width > 0 else ""


def in_rows(items: Iterable[str], width: int, gap: str) -> list[str]:
    """Return items one after the other, with `gap` between, on as few lines as it takes; an item is not broken."""
    rows: list[str] = []
    for item in items:
        if rows and text_width(rows[-1]) + text_width(gap) + text_width(item) <= width:
            rows[-1] += gap + item
        else:
            rows.append(shorten(item, width))
    return rows
