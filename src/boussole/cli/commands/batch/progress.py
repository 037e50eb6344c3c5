"""How far a long work is: a bar on stderr at a terminal, a line now and then elsewhere."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from boussole.cli.echo import echo_stderr
from boussole.cli.language import current_language
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boussole.i18n import Message

_SECONDS = 10
"""How long between two lines, where there is no terminal."""


@contextmanager
def rows_done(about: int | None, *, quiet: bool, through: bool = False) -> Iterator[Callable[[int], None]]:
    """Give what shows how many rows are done; `about` is how many there will be, as far as is known.

    Where the rows themselves go `through` the standard output, to a screen or a pipe that may end on one, a bar would
    stand among them: lines are said.
    """
    if quiet:
        yield lambda _: None
        return
    still = os.environ.get("ACCESSIBLE") == "1" or os.environ.get("TERM") == "dumb"
    if still or not sys.stderr.isatty() or (through and not _into_a_file()):
        yield _Lines().show
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr)
    speed = TextColumn("{task.fields[speed]}")
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        speed,
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as drawn:
        task = drawn.add_task(gettext("Rows").in_(current_language()), total=about, speed="")
        start = time.monotonic()

        def show(done: int) -> None:
            total = None if about is None else max(about, done)
            drawn.update(task, completed=done, total=total, speed=_speed(done, start).in_(current_language()))

        yield show


def _into_a_file() -> bool:
    """Tell whether the standard output is a file, which no screen shows."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:  # it has no number
        return False


def _speed(done: int, start: float) -> Message:
    return gettext("{speed} rows/s", speed=round(done / max(time.monotonic() - start, 0.001)))


class _Lines:
    """Says how many rows are done, once in a while."""

    def __init__(self) -> None:
        self._start = self._said = time.monotonic()

    def show(self, done: int) -> None:
        now = time.monotonic()
        if now - self._said >= _SECONDS:
            self._said = now
            echo_stderr(gettext("{count} rows done, {speed}.", count=done, speed=_speed(done, self._start)))
