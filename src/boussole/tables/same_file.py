"""That nothing is written where something is read, or written too: files by what they are, not by their names."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boussole.errors import TableError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD = "-"
"""What stands for the standard input among what is read, and for the standard output among what is written."""


def refuse_same(read: Iterable[str | Path], written: Iterable[str | Path]) -> None:
    """Refuse to go on where a file to write is one that is read, or two to write are one.

    Links of both kinds lead to one file; so does the standard input or output, where it is a file.

    Raises:
        TableError: when it is so, before anything is written.

    """
    inputs = {_identity(path, sys.stdin): path for path in read}
    outputs: dict[object, str | Path] = {}
    for path in written:
        identity = _identity(path, sys.stdout)
        if identity in inputs:
            shown = inputs[identity] if str(path) == STANDARD else path
            raise TableError(
                gettext("“{path}” is a file that is read: it would be lost.", path=shown),
                gettext("Choose another name for the result."),
            )
        if identity in outputs:
            raise TableError(
                gettext("“{path}” and “{other}” are the same file.", path=outputs[identity], other=path),
                gettext("Choose another name for one of them."),
            )
        outputs[identity] = path


def _identity(path: str | Path, standard: object) -> object:
    """Return what a file is: where it stands on which disk, or its place where there is none yet.

    A terminal, a pipe or a device holds nothing that could be lost: each is unlike any other.
    """
    try:
        found = os.fstat(standard.fileno()) if str(path) == STANDARD else Path(path).stat()  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):  # there is no file yet, or no number of an open one
        place = Path(path)
        return standard if str(path) == STANDARD else Path(os.path.realpath(place.parent)) / place.name
    if not stat.S_ISREG(found.st_mode):
        return standard if str(path) == STANDARD else object()
    return found.st_dev, found.st_ino
