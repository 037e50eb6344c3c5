"""The bytes of a file, or of the standard input."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from boussole.errors import TableError, cannot_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
