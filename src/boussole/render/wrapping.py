"""Texts fitted to a width in columns of a terminal: measured, wrapped, shortened. Knows no form and no language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import wcwidth

if TYPE_CHECKING:
    from collections.abc import Iterable

_MORE = "…"
_ENDS = " \u00a0\u202f,;:-–—'’()/·"
_STOPS = " \u00a0\u202f,;:·-–—"
_MARGIN = re.compile(r" *(?:- )?")
_SMALL_WORD = 3


def text_width(text: str) -> int:
    """Return how many columns `text`, a line of plain text, takes: two for a wide letter, none for a joined mark."""
    return wcwidth.width(text, control_codes="ignore")


def in_columns(text: str) -> list[str]:
    """Return what stands in each column that `text` takes: after a wide letter comes an empty one."""
    columns: list[str] = []
    for letter in wcwidth.iter_graphemes(text):
        taken = text_width(letter)
        if taken:
            columns += [letter, *[""] * (taken - 1)]
        elif columns:
            columns[-1] += letter
    return columns


def wrap(text: str, width: int, *, at_hyphens: bool = False, whole: bool = False) -> list[str]:
    r"""Return `text` on lines of at most `width` columns, broken at plain spaces and at each `\n`.

    No-break spaces do not break; `at_hyphens` also breaks after hyphens. A word wider than a line is cut between two
    letters, never inside an emoji; a line holds one letter at least, be `width` less than it takes. With `whole` it is
    not cut, for a terminal to carry over by itself: so an address can be followed and copied. Empty text is one empty
    line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += wcwidth.wrap(
            paragraph.strip(" "),
            max(width, 1),
            control_codes="ignore",
            break_on_hyphens=at_hyphens,
            break_long_words=not whole,
            propagate_sgr=False,
        ) or [""]
    return lines


def hung(start: str, text: str, width: int, *, whole: bool = False) -> list[str]:
    """Return `text` wrapped, `start` before its first line and as many spaces before the others."""
    first, *others = wrap(text, width - text_width(start), whole=whole)
    return [f"{start}{first}", *(f"{' ' * text_width(start)}{line}" for line in others)]


def wrapped(lines: Iterable[str], width: int) -> list[str]:
    """Return lines of text wrapped between words, what follows a line keeping its indent (and its mark's).

    A word wider than the screen stands whole on its line: an address.
    """
    rows: list[str] = []
    for line in lines:
        start = _MARGIN.match(line)
        margin = start[0] if start else ""
        rows += hung(margin, line[len(margin) :], width, whole=True)
    return rows


def clip(text: str, width: int) -> str:
    """Return the start of `text` that takes at most `width` columns, without spaces at its end where it is cut."""
    if text_width(text) <= width:
        return text
    return wcwidth.clip(text, 0, max(width, 0), control_codes="ignore", propagate_sgr=False).rstrip()


def cut(lines: list[str], most: int | None, width: int) -> list[str]:
    """Return the first `most` lines (None: all), « … » after a word ending the last where some are left out."""
    if most is None or len(lines) <= most:
        return lines
    last = f"{lines[most - 1].rstrip(_STOPS)}{_MORE}"
    if text_width(last) > width:
        last = shorten(" ".join(lines[most - 1 : most + 1]), width)
    return [*lines[: most - 1], last]


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
