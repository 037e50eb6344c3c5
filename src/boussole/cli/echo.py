"""Lines for people: beside the data, on stderr, in the language of the run; broken between words on a terminal."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from boussole.cli.language import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from boussole.i18n import Localised

_COMMAND = re.compile(r"(?:^ *|(?<=:[ \u00a0]))boussole [a-z].*$")
"""A command to type, to the end of its line."""


def echo_stderr(text: Localised, *, through_runner: bool = False) -> None:
    """Print on stderr what is not data, each line harmless to the terminal, and broken between words on one.

    What goes `through_runner` stands beside the annotations of GitHub, and is harmless to its runner too.
    """
    from boussole.errors import lines_of
    from boussole.escape import runner_line

    for line in lines_of(text, current_language()):
        for row in [runner_line(line)] if through_runner else fitted(line, sys.stderr):
            print(row, file=sys.stderr)  # noqa: T201 - this is where boussole prints


def echo_lines(lines: Iterable[str]) -> None:
    """Print lines, plain text, on stdout; on a terminal, broken between words."""
    for line in lines:
        for row in fitted(line, sys.stdout):
            print(row)  # noqa: T201 - likewise


def fitted(line: str, stream: TextIO) -> list[str]:
    """Return a line as it is, or, where the terminal that `stream` is would break it inside a word, between words.

    A command to type stands whole, for the terminal to carry over by itself: so it can be copied.
    """
    width = _columns(stream)
    if width is None or len(line) < width // 2:  # nothing is loaded for a short line
        return [line]
    from boussole.render.wrapping import text_width, wrapped

    if text_width(line) <= width:
        return [line]
    found = _COMMAND.search(line)
    if found is None:
        return wrapped([line], width)
    before = line[: found.start()].rstrip()
    return [*(wrapped([before], width) if before else []), found[0]]


def _columns(stream: TextIO) -> int | None:
    """Return how many columns the terminal that `stream` is has, None where it is none."""
    if not stream.isatty():
        return None
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None
