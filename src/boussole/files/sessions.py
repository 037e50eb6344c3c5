"""Where the sessions of workshops are kept: a file each in the state folder, which only its owner can read."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from boussole.atomic import PRIVATE
from boussole.errors import BoussoleError, cannot_write, reason_of
from boussole.files.state import make_private, own_files, state_folder
from boussole.fuzzy import suggest
from boussole.i18n import gettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

ENDING = ".session"
_LOCK = ".lock"
_BESIDE = ("-wal", "-shm", "-journal", _LOCK)
"""What SQLite, and the lock of a running session, put beside its file."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def sessions_folder() -> Path:
    """Return the folder of sessions, which may not exist."""
    return state_folder("sessions")


def session_names() -> list[str]:
    """Return the names of the sessions kept, the latest used first."""
    files = own_files(sessions_folder(), ENDING)
    return [path.name.removesuffix(ENDING) for path in sorted(files, key=lambda one: -one.stat().st_mtime_ns)]


def session_file(name: str) -> Path:
    """Return the file of the session `name`.

    Raises:
        BoussoleError: when there is none.

    """
    names = session_names()
    if name not in names:
        raise BoussoleError(gettext("There is no session “{name}”.", name=name), suggest(name, names))
    return sessions_folder() / f"{name}{ENDING}"


def new_session(name: str | None, compass: str, now: dt.datetime) -> Path:
    """Make an empty file, for its owner only, for a new session; without `name`, one of the compass and the moment.

    Raises:
        BoussoleError: when the name cannot be one, or is taken, or the file cannot be made.

    """
    if name is not None and not _NAME.fullmatch(name):
        raise BoussoleError(
            gettext("“{name}” cannot be the name of a session.", name=name),
            gettext("Use letters without accents, digits, - and _: 64 at most."),
        )
    folder = sessions_folder()
    make_private(folder)
    path = folder / f"{name or f'{compass}-{now:%Y%m%d-%H%M%S}'}{ENDING}"
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except FileExistsError:
        raise BoussoleError(
            gettext("There is a session “{name}” already.", name=path.name.removesuffix(ENDING)),
            gettext("Go on with it by --resume, or give another --name."),
        ) from None
    except OSError as error:
        raise BoussoleError(cannot_write(path, error)) from error
    return path


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold a session, so that nobody else serves it; the system lets go of it however the process ends.

    Raises:
        BoussoleError: when somebody serves it.

    """
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(path.with_name(f"{path.name}{_LOCK}"), timeout=0, mode=PRIVATE).acquire()
    except Timeout:
        raise BoussoleError(
            gettext("This session is being served already."),
            gettext("Stop the other one with Ctrl-C, or give another --name."),
        ) from None
    with lock:
        yield


def forget_session(path: Path) -> None:
    """Delete a session and all that was beside it.

    Raises:
        BoussoleError: when it cannot be deleted.

    """
    try:
        for ending in _BESIDE:
            path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    except OSError as error:
        what = gettext("“{path}” cannot be deleted: {reason}.", path=path, reason=reason_of(error))
        raise BoussoleError(what) from error
    with suppress(OSError):  # others are kept there
        path.parent.rmdir()
