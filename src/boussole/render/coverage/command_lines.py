"""A command quoted for a shell, on lines of a width that are pasted together as one."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from boussole.render.coverage.wording import SET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTINUED = " \\"
_NARROW = 12


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
