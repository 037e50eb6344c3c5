"""The standard output and error of the run: UTF-8 wherever it can be, and every byte written or an error raised."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

    from typing_extensions import Buffer


def prepare() -> None:
    """Make both streams fit to write to.

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
