"""The process of a run: its output and error fit to write to; ended from outside, it puts all away as at Ctrl-C."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import NoReturn

    from typing_extensions import Buffer

_SIGNALS = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def prepare_streams() -> None:
    """Make both streams fit to write to: UTF-8 wherever it can be, and every byte written or an error raised.

    A character that a terminal lacks stands as a question mark. Where Python is told not to buffer
    (`PYTHONUNBUFFERED`, `-u`), what is under a stream writes what there is room for and says how much that was, which
    the stream does not ask: bytes would be lost, and no error raised. There, lines are written whole.
    """
    if sys.stdout is None:  # it was closed before boussole started
        sys.stdout = io.TextIOWrapper(_Closed(), write_through=True)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the run
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if type(stream) is not io.TextIOWrapper:  # there is none, or it is somebody’s own
            continue
        if isinstance(stream.buffer, io.RawIOBase):
            errors = stream.errors
            encoding = stream.encoding
            whole = io.BufferedWriter(stream.detach())
            stream = io.TextIOWrapper(whole, encoding=encoding, errors=errors, line_buffering=True)
            setattr(sys, name, stream)
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


class _Closed(io.BufferedIOBase):
    """What stands for a stream that was closed: what is written to it is lost, and that is an error."""

    def writable(self) -> bool:
        return True

    def write(self, _content: Buffer, /) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


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
