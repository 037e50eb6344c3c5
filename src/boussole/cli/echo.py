"""What is said beside the data: on stderr, in the language of the run, harmless to the terminal."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from boussole.cli.language import current_language

if TYPE_CHECKING:
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
        for row in [runner_line(line)] if through_runner else _rows(line):
            print(row, file=sys.stderr)  # noqa: T201 - this is where boussole prints


def _rows(line: str) -> list[str]:
    """Return a line as it is, or where a terminal would break it inside a word, broken between words.

    A command to type stands whole, for the terminal to carry over by itself: so it can be copied.
    """
    width = _columns()
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


def _columns() -> int | None:
    """Return how many columns the terminal on stderr has, None where stderr is no terminal."""
    if not sys.stderr.isatty():
        return None
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or None
    except (OSError, ValueError):
        return None
