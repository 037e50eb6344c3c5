"""Files out, all or nothing: a kill at any moment leaves the old content or the new one."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from boussole.errors import BoussoleError, cannot_write
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = 0o600
_RECOGNISABLE = 40  # what a temporary file left by a power cut shows of its name, which the system limits


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Give a file to write beside `path`, flushed to the disk and renamed over `path` in the end, if nothing failed.

    A `private` file can be read by its owner only. Any other gets the usual permissions, or those of the file it
    replaces.

    A device or a pipe is written to as it is: there is nothing to keep, and nothing that may take its place.

    Raises:
        BoussoleError: when the folder is missing, full or cannot be written.

    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with _straight(path) if path.exists() and not path.is_file() else _beside(path, private=private) as file:
            yield file
    except OSError as error:
        raise BoussoleError(cannot_write(path, error), gettext("Choose another folder, or free some space.")) from error


@contextmanager
def _straight(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        yield file


@contextmanager
def _beside(path: Path, *, private: bool) -> Iterator[IO[bytes]]:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:_RECOGNISABLE]}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            yield file.file
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(PRIVATE if private else _usual_mode(path))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def write_atomically(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write `content` as the whole of `path`: see `replacing`."""
    with replacing(path, private=private) as file:
        file.write(content)


def _usual_mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
