"""Rich renderables and lines on stdout, sized to the screen."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from boussole.cli.language import current_language
from boussole.i18n import gettext
from boussole.render.recommend.table import how_ordered, position_picture, recommendation_table, to_find_out
from boussole.render.wrapping import wrapped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.i18n import Message


def as_text(renderable: RenderableType, width: int, *, on_screen: bool) -> str:
    """Return what a screen would show, with the colours that the terminal has only where it goes `on_screen`."""
    console = Console(
        file=io.StringIO(), width=width, force_terminal=on_screen, highlight=False, markup=False, emoji=False
    )
    with console.capture() as captured:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


_SAVE = gettext("This screen is too small for the QR code. Save your path in a file, .html, .pdf or .docx: it has it.")


def qr_text(code: str, *, on_screen: bool, instead: Message = _SAVE, beside: int = 3) -> str:
    """Return a code as a QR code in half blocks, then as its line, so that no terminal is left without.

    On a terminal it is light on dark whatever the colours are, as readers want it; `instead` is said where it is too
    large for the screen, on which so many lines stand `beside` it.
    """
    from boussole.render.qr import half_blocks, qr_code

    qr = qr_code(code)
    if qr is None:
        too_long = gettext("This line is too long for a QR code.")
        return f"{too_long.in_(current_language())}\n{code}\n"
    lines = half_blocks(qr)
    if on_screen and not _fits(len(lines[0]), len(lines) + beside):
        said = wrapped([instead.in_(current_language())], shutil.get_terminal_size().columns)
        return "\n".join([*said, code, ""])
    picture = Text("\n".join(lines), style="bright_white on black", no_wrap=True)
    return f"{as_text(picture, len(lines[0]), on_screen=on_screen)}\n{code}\n"


def _fits(columns: int, rows: int) -> bool:
    """Tell whether so much can be seen at once."""
    size = shutil.get_terminal_size()
    return columns <= size.columns and rows <= size.lines


def result_screens(
    ranking: Ranking, language: str, today: dt.date, below: Sequence[str]
) -> list[Callable[[int, int], list[str]]]:
    """Return what draws each screen of a result: the position, the list, then what is left to find out.

    `below` are lines of text for the last one.
    """

    def position(width: int, rows: int) -> list[str]:
        return drawn(position_picture(ranking, language, width, rows), width)

    def last(width: int, _rows: int) -> list[str]:
        parts = (*to_find_out(ranking, language, width), how_ordered(language, width))
        return [*(line for part in parts for line in drawn(part, width)), "", *wrapped(below, width), ""]

    return [position, list_screen(ranking, language, today, ranking.top()), last]


def list_screen(
    ranking: Ranking, language: str, today: dt.date, shown: Sequence[Recommendation]
) -> Callable[[int, int], list[str]]:
    """Return what draws a ranked list at a width, each title cut to two lines so that ten fit a screen."""

    def draw(width: int, _rows: int) -> list[str]:
        table = recommendation_table(ranking, language, width=width, shown=shown, lines=2, today=today)
        return [*drawn(table, width), ""]

    return draw


def drawn(renderable: RenderableType, width: int) -> list[str]:
    """Return the lines of a screen `width` columns wide, with the colours of the terminal."""
    return as_text(renderable, width, on_screen=True).rstrip("\n").split("\n")


def show_lines(lines: Sequence[str]) -> None:
    """Print lines, wrapped between words, with a blank line before and after."""
    console = _stdout()
    for row in ["", *wrapped(lines, console.width), ""]:  # Rich breaks at no-break spaces
        console.print(Text(row), soft_wrap=True)


def _stdout() -> Console:
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
