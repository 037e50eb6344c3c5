"""Rich renderables and lines on stdout, sized to the screen."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from boussole.cli.language import current_language
from boussole.i18n import gettext
from boussole.render.recommend.table import how_ordered, position_picture, recommendation_table, to_find_out
from boussole.render.wrapping import wrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType

    from boussole.core.ranking import Ranking, Recommendation


def as_text(renderable: RenderableType, width: int, *, on_screen: bool) -> str:
    """Return what a screen would show, with the colours that the terminal has only where it goes `on_screen`."""
    console = Console(
        file=io.StringIO(), width=width, force_terminal=on_screen, highlight=False, markup=False, emoji=False
    )
    with console.capture() as captured:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def qr_text(code: str, *, on_screen: bool) -> str:
    """Return a code as a QR code in half blocks, then as its line, so that no terminal is left without.

    On a terminal it is light on dark whatever the colours are, as readers want it.
    """
    from boussole.render.qr import half_blocks, qr_code

    qr = qr_code(code)
    if qr is None:
        too_long = gettext("This line is too long for a QR code.")
        return f"{too_long.in_(current_language())}\n{code}\n"
    lines = half_blocks(qr)
    picture = Text("\n".join(lines), style="bright_white on black", no_wrap=True)
    return f"{as_text(picture, len(lines[0]), on_screen=on_screen)}\n{code}\n"


def show_result(ranking: Ranking, language: str, today: dt.date, pause: Callable[[], None]) -> None:
    """Print a result a screen at a time, with a `pause` between: the position, the list, what is left to find out."""
    console = _stdout()
    console.print(position_picture(ranking, language, console.width))
    console.print()
    pause()
    show_list(ranking, language, today, ranking.top())
    pause()
    for part in (*to_find_out(ranking, language, console.width), how_ordered(language, console.width), ""):
        console.print(part)


def show_list(ranking: Ranking, language: str, today: dt.date, shown: Sequence[Recommendation]) -> None:
    """Print a ranked list, each title cut to two lines so that ten fit a screen."""
    console = _stdout()
    console.print(recommendation_table(ranking, language, width=console.width, shown=shown, lines=2, today=today))
    console.print()


def show_lines(lines: Sequence[str]) -> None:
    """Print lines, wrapped between words, with a blank line before and after."""
    console = _stdout()
    console.print()
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        for part in wrap(line.strip(), console.width - len(indent)):  # Rich breaks at no-break spaces
            console.print(Text(f"{indent}{part}"), soft_wrap=True)
    console.print()


def _stdout() -> Console:
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
