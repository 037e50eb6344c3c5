"""Doing something again each time that files change, until Ctrl+C.

The files are looked at several times a second. There are few of them, it works where systems tell nothing (shared
folders, containers), and however an editor saves: over the file, or by another one that takes its name.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TypeAlias

from boussole.cli.clock import now
from boussole.cli.echo import echo_stderr
from boussole.errors import BoussoleError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    State: TypeAlias = dict[Path, tuple[int, int, int] | None]

PAUSE = 0.2
"""Seconds between two looks; what is saved counts once two looks in a row see the same."""
UNUSABLE = 2
_CLEARED = "\x1b[H\x1b[2J"
"""The screen of the terminal, not what was on it before."""


def watch(files: Callable[[], Iterable[Path]], action: Callable[[], int]) -> int:
    """Do `action` now and after each change of `files`, asked for at each look; return what it gave last.

    What `action` refuses is said, and counts as 2.
    """
    code = 0
    try:
        while True:
            before = _seen(files)
            _clear()
            code = _done(action)
            echo_stderr(gettext("Checked at {time}. Waiting for changes; Ctrl+C ends.", time=f"{now():%H:%M:%S}"))
            sys.stdout.flush()
            _wait(files, before)
    except KeyboardInterrupt:
        return code


def _done(action: Callable[[], int]) -> int:
    try:
        return action()
    except BoussoleError as error:
        echo_stderr(error)
        return UNUSABLE


def _clear() -> None:
    """Begin a new screen, where there is one that can be cleared."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write(_CLEARED)


def _wait(files: Callable[[], Iterable[Path]], before: State) -> None:
    """Wait until files are no longer as they were `before`, and no longer change."""
    last = before
    while True:
        time.sleep(PAUSE)
        seen = _seen(files)
        if seen == last != before:
            return
        last = seen


def _seen(files: Callable[[], Iterable[Path]]) -> State:
    """Return what tells one content of each file from another: which file it is, when it changed, how long it is."""
    try:
        return {file: _state(file) for file in files()}
    except BoussoleError:  # a folder is not there, for now
        return {}


def _state(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:  # it is not there, for now
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
