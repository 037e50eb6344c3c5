"""The bytes of a file, or of the standard input, and what the first of them say of how they are packed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from boussole.errors import TableError, cannot_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path


_PACKED = {b"\x1f\x8b": "gz", b"\x28\xb5\x2f\xfd": "zst", b"PK\x03\x04": "zip"}
_LONGEST = max(map(len, _PACKED))


def is_stream(path: Path | None) -> bool:
    """Tell whether a file can be read once only, and has no ending: a pipe, what a shell makes of `<(…)`, None."""
    return path is None or path.is_relative_to("/dev") or (path.exists() and not path.is_file())


def packing_of(first: bytes) -> str | None:
    """Return how what begins with these bytes is packed: `gz`, `zst` or `zip`, as workbooks are too; None if not."""
    return next((name for start, name in _PACKED.items() if first.startswith(start)), None)


def packing_of_standard() -> str | None:
    """Return how the standard input is packed, without taking anything of it.

    A beginning that is too short to tell is whatever it may still become.
    """
    first = cast("BufferedReader", sys.stdin.buffer).peek(_LONGEST)[:_LONGEST]
    short = len(first) < _LONGEST
    may_be = (name for start, name in _PACKED.items() if short and first and start.startswith(first))
    return packing_of(first) or next(may_be, None)


@contextmanager
def open_source(path: Path | None) -> Iterator[BinaryIO]:
    """Open a file to read, or the standard input.

    Raises:
        TableError: when it cannot be read.

    """
    if path is None:
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise TableError(cannot_read(path, error)) from error
