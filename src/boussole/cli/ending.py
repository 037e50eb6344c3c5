"""A command that is ended from outside: SIGTERM and SIGHUP do what Ctrl-C does, so that all is put away and kept."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


@contextmanager
def ended_as_interrupted() -> Iterator[list[int]]:
    """Raise KeyboardInterrupt where the system ends the process; give the list that then holds the signal's number.

    A signal that is ignored stays so (`nohup`). A second one ends the process at once.
    """
    ended: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # where Python takes no signals
        yield ended
        return

    def end(number: int, _frame: FrameType | None) -> None:
        ended.append(number)
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    before = {}
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, end)
    try:
        yield ended
    except KeyboardInterrupt:
        if not ended:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
