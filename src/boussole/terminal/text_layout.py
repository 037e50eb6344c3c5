"""Lines of a screen: wrapping, cutting, and sharing out too few rows. Knows no key and no question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prompt_toolkit.utils import get_cwidth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Line = list[tuple[str, str]]
"""One row of the screen, as (style, text) pieces: texts are never read as markup."""

GAP = 2
"""Columns between two texts that share a row."""


class Marks(NamedTuple):
    """The signs drawn around texts."""

    pointer: str = "❯"
    done: str = "✔"
    dash: str = "—"
    more: str = "…"
    up: str = "↑"
    down: str = "↓"
    back: str = "←"


ASCII_MARKS = Marks(pointer=">", done="*", dash="-", more="...", up="^", down="v", back="<-")


def marks_for(encoding: str) -> Marks:
    """Return the signs that `encoding` can write."""
    try:
        "❯✔—…↑↓←".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII_MARKS
    return Marks()


def line_width(line: Line) -> int:
    """Return how many columns `line` takes."""
    return sum(get_cwidth(text) for _, text in line)


def wrap(text: str, width: int) -> list[str]:
    r"""Return `text` on lines of at most `width` columns, broken at spaces and at each `\n`.

    No-break spaces do not break; a word wider than a line is broken where it must. Empty text has no line.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_words(paragraph.split(" "), max(width, 1))]


def _wrap_words(words: Iterable[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in filter(None, words):
        if lines and get_cwidth(lines[-1]) + 1 + get_cwidth(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.extend(_break_word(word, width))
    return lines


def _break_word(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and get_cwidth(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def styled(style: str, text: str, width: int) -> list[Line]:
    """Return `text` wrapped, in one style."""
    return [[(style, line)] for line in wrap(text, width)]


def shorten(lines: Sequence[Line], room: int, mark: str, width: int) -> list[Line]:
    """Return the first `room` lines, the last one ending with `mark` when some had to be left out."""
    if len(lines) <= room:
        return list(lines)
    kept = [list(line) for line in lines[: max(room, 0)]]
    if kept:
        style, text = kept[-1].pop()
        others = line_width(kept[-1])
        while text and others + get_cwidth(text) + 1 + get_cwidth(mark) > width:
            text = text[:-1]
        kept[-1].append((style, f"{text} {mark}"))
    return kept


def share_rows(
    blocks: Mapping[str, list[Line]], priority: Sequence[str], room: int, mark: str, width: int
) -> dict[str, list[Line]]:
    """Return the blocks, the last ones in `priority` shortened or emptied so that all fit in `room` rows."""
    kept = {}
    for name in priority:
        kept[name] = shorten(blocks[name], room, mark, width)
        room -= len(kept[name])
    return kept


def key_lines(keys: Sequence[tuple[str, str]], width: int, rows: int) -> list[Line]:
    """Return the keys available, each with what it does, on at most `rows` rows.

    `keys` come most useful first; the last ones are left out where there is no room.
    """
    lines: list[Line] = [[]]
    used = 0
    for key, does in keys:
        needed = get_cwidth(key) + 1 + get_cwidth(does)
        if used and used + GAP + needed > width:
            if len(lines) == rows:
                break
            lines.append([])
            used = 0
        if used:
            lines[-1].append(("", " " * GAP))
            used += GAP
        lines[-1] += [("class:key", key), ("class:keys", f" {does}")]
        used += needed
    return lines
