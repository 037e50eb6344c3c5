"""The process of a run: its output and error fit to write to; ended from outside, it puts all away as at Ctrl-C."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from typing_extensions import Buffer

_IN, _OUT, _ERR = range(3)
_SIGNALS = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def prepare_streams() -> None:
    """Make the streams fit for a run: UTF-8 wherever it can be, and every byte of data written or an error raised.

    A character that a terminal lacks stands as a question mark. Where Python is told not to buffer
    (`PYTHONUNBUFFERED`, `-u`), what is under a stream writes what there is room for and says how much that was, which
    the stream does not ask: bytes would be lost, and no error raised. There, lines are written whole.

    A stream that was closed before boussole started, as under some schedulers, gives nothing; what is written to it is
    an error on stdout and lost on stderr. A message that cannot be written stops nothing either: what was asked can be
    given all the same.
    """
    _take_numbers()
    if sys.stdin is None:
        sys.stdin = open(_IN, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the run
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(_OUT, "wb", closefd=False)), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(_Messages(_ERR, "wb", closefd=False)), line_buffering=True)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if type(stream) is not io.TextIOWrapper:  # there is none, or it is somebody’s own
            continue
        raw = getattr(stream.buffer, "raw", None)
        forgiving = name == "stderr" and type(raw or stream.buffer) is io.FileIO
        if forgiving or raw is None:
            errors = stream.errors
            encoding = stream.encoding
            stream.flush()
            whole = io.BufferedWriter(_Messages(stream.fileno(), "wb", closefd=False) if forgiving else stream.detach())
            stream = io.TextIOWrapper(whole, encoding=encoding, errors=errors, line_buffering=True)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)  # of which the size of the terminal is asked
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _take_numbers() -> None:
    """Open what stands for the standard streams that are closed, and cannot be written to.

    Else a file that is written would take their place, and what the system or a library says on stderr would stand in
    the middle of the data.
    """
    number = os.open(os.devnull, os.O_RDONLY)
    while number <= _ERR:  # the lowest that is free: that of a closed stream
        number = os.open(os.devnull, os.O_RDONLY)
    os.close(number)


def leave_stdout_if_gone() -> None:
    """Let what waits to be written go where it cannot be: Python would try again at its end, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Messages(io.FileIO):
    """What messages are written to: where it is full or gone they are lost, and nothing else is."""

    def write(self, content: Buffer, /) -> int:
        try:
            return super().write(content)
        except OSError:
            return memoryview(content).nbytes


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
        _forget_interruption()


def _forget_interruption() -> None:
    """Let the process end with its own exit code, whatever was interrupted.

    Where an interruption passes through a text that Python evaluates (modules that load make named tuples so), Python
    ends the process by SIGINT, be it caught or not, unless another text is evaluated since.
    """
    eval("None")  # noqa: S307 - a constant
