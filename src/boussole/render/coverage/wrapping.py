"""Texts made to fit a width in columns: shortened at the end of a word, wrapped, commands broken so that they paste."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from boussole.render.coverage.wording import SET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MORE = "…"
_CONTINUED = " \\"
_NARROW = 12
_ENDS = " ,;:-–—'’()/"
_SMALL_WORD = 3


def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` columns, cut after a word where one fits, ending in « … » when it is cut."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for end in (place for place, letter in enumerate(text) if letter in _ENDS):
        cut = text[:end].rstrip(_ENDS)
        if cell_len(cut) >= width:
            break
        last = cut[max(map(cut.rfind, _ENDS)) + 1 :]
        if len(last) > _SMALL_WORD or not last.islower():  # « de » and "of" call for more
            kept = cut
    if kept:
        return f"{kept}{_MORE}"
    return f"{set_cell_size(text, max(width - 1, 0)).rstrip()}{_MORE}" if width > 0 else ""


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` on lines of at most `width` columns, broken at plain spaces only; a longer word is cut."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, max(width, 1))
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and cell_len(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def in_rows(items: Iterable[str], width: int, gap: str) -> list[str]:
    """Return items one after the other, with `gap` between, on as few lines as it takes; an item is not broken."""
    rows: list[str] = []
    for item in items:
        if rows and cell_len(rows[-1]) + len(gap) + cell_len(item) <= width:
            rows[-1] += gap + item
        else:
            rows.append(shorten(item, width))
    return rows


def command_lines(words: Sequence[str], width: int, indent: str = "") -> list[str]:
    """Return a command quoted for a shell, on lines of at most `width` that are pasted together as one.

    A word longer than a line is broken where a shell joins it again; inside quotes it would not, so it stays whole.
    """
    lines: list[str] = []
    room = max(width, _NARROW) - len(_CONTINUED)
    for piece in _options_together(words):
        if lines and len(lines[-1]) + 1 + len(piece) <= room:
            lines[-1] += f" {piece}"
            continue
        if lines:
            lines[-1] += _CONTINUED
        lines.append(f"{indent}  {piece}" if lines else f"{indent}{piece}")
        while len(lines[-1]) > room and "'" not in piece:
            whole = lines.pop()
            lines += [f"{whole[:room]}\\", whole[room:]]
    return lines


def _options_together(words: Sequence[str]) -> Iterator[str]:
    """Yield the words quoted, an option with its value."""
    rest = iter(words)
    for word in rest:
        yield f"{word} {shlex.quote(next(rest))}" if word == SET else shlex.quote(word)
