"""Files out, all or nothing: a kill at any moment leaves the old content or the new one."""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
import stat
import tempfile
import time
import zlib
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from boussole.errors import BoussoleError, cannot_write, remedy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = 0o600
TEMPORARY = ".boussole-tmp"
"""How each temporary file or folder of boussole ends. Before stand the machine and the process that made it."""
_RECOGNISABLE = 40  # what a temporary file left by a power cut shows of its name, which the system limits
_OLD = 24 * 3600
"""Seconds after which a temporary file is nobody's, wherever it was made."""
_OWN = re.compile(rf"\.([0-9a-f]{{8}})\.([0-9]{{1,10}}){re.escape(TEMPORARY)}$")
_swept: set[Path] = set()


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
        raise BoussoleError(cannot_write(path, error), remedy_of(error)) from error


@contextmanager
def _straight(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        yield file


@contextmanager
def _beside(path: Path, *, private: bool) -> Iterator[IO[bytes]]:
    """Give a new file beside `path`: made with O_EXCL, never through a link, for its owner only until it is whole."""
    if not private and path.is_symlink():
        with suppress(FileNotFoundError):  # a link that leads to no file yet
            path.stat()  # one that leads round in circles is refused
        path = path.resolve()  # what somebody chose to write to; what boussole keeps by itself takes the link's place
    _sweep_once(path.parent)
    # named before it is made: whenever the run is interrupted, its name is known
    temporary = path.parent / f".{path.name[:_RECOGNISABLE]}.{os.urandom(8).hex()}{_mark()}"
    try:
        with open(temporary, "xb", opener=_for_me) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(PRIVATE if private else _usual_mode(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _for_me(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder among the system's temporary files, for what waits; its name says whose it is.

    Raises:
        OSError: when it cannot be made.

    """
    _sweep_once(Path(tempfile.gettempdir()))
    return tempfile.TemporaryDirectory(prefix="boussole.", suffix=_mark())


def _mark() -> str:
    """Return how what this process makes for a while ends."""
    return f".{_machine()}.{os.getpid()}{TEMPORARY}"


def _sweep_once(folder: Path) -> None:
    if folder not in _swept:
        sweep(folder)
        _swept.add(folder)


def sweep(folder: Path) -> int:
    """Delete the temporary files and folders of boussole in `folder` that nobody uses any more; return how many.

    They are a day old, or their process is gone from this machine. Links and what is others' stay.
    """
    count = 0
    try:
        with os.scandir(folder) as entries:
            left = [entry for entry in entries if entry.name.endswith(TEMPORARY) and _is_left(entry)]
    except OSError:  # whoever writes there will be told
        return 0
    for entry in left:
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry)
            else:
                Path(entry).unlink()
            count += 1
    return count


def _is_left(entry: os.DirEntry[str]) -> bool:
    found = _OWN.search(entry.name)
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    if found is None or not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)) or not is_mine(about):
        return False
    return time.time() - about.st_mtime > _OLD or (found[1] == _machine() and not _runs(int(found[2])))


def is_mine(about: os.stat_result) -> bool:
    """Tell whether a file belongs to the user (always, where the system has no owners)."""
    return os.name != "posix" or about.st_uid == os.getuid()


def _runs(process: int) -> bool:
    """Tell whether a process of this machine runs; where it cannot be asked, say that it does."""
    if os.name != "posix":  # elsewhere, to ask is to end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@cache
def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


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
