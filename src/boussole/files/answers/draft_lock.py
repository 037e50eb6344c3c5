"""One interview, one draft, one owner: the lock that a running interview holds on its draft.

The system releases it when the process ends, however it ends. See docs/decisions/0017-locked-drafts.md.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from boussole.atomic import PRIVATE
from boussole.files.answers.drafts import ENDING, LOCK_ENDING, drafts_folder, new_draft
from boussole.files.state import own_files

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from filelock import BaseFileLock


class OwnDraft:
    """A draft that this process holds: nobody else goes on with it, or writes over it."""

    def __init__(self, path: Path, lock: BaseFileLock) -> None:
        """Take the draft and the lock held on it."""
        self.path = path
        self._lock = lock

    def release(self) -> None:
        """Let others have it."""
        file = lock_of(self.path)
        try:
            file.unlink(missing_ok=True)  # while it is held: afterwards it may be another's
        except PermissionError:  # Windows keeps what is open
            self._lock.release()
            file.unlink(missing_ok=True)
        else:
            self._lock.release()

    def finish(self) -> None:
        """Delete it: the interview is over."""
        self.path.unlink(missing_ok=True)
        self.release()


def lock_of(draft: Path) -> Path:
    """Return the file that is locked for a draft: not the draft itself, which is replaced at each answer."""
    return draft.with_name(f"{draft.name}{LOCK_ENDING}")


def claimed(draft: Path) -> OwnDraft | None:
    """Return a draft as one's own; None where another process holds it.

    Raises:
        OSError: when the folder cannot be written.

    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_of(draft), timeout=0, mode=PRIVATE)
    while True:
        try:
            lock.acquire()
        except Timeout:
            return None
        if lock_of(draft).exists():
            return OwnDraft(draft, lock)
        lock.release()  # another let go of it meanwhile, and took its file away: nobody would meet us there


def held_elsewhere(draft: Path) -> bool:
    """Tell whether another process holds a draft."""
    if not lock_of(draft).exists():
        return False
    try:
        own = claimed(draft)
    except OSError:  # a folder that cannot be written: nobody can hold anything there
        return False
    if own is not None:
        own.release()
    return own is None


def clear_locks() -> None:
    """Take away the locks that killed interviews left, of drafts that are gone or never were; never one that is held.

    Raises:
        BoussoleError: when the folder is a link, or somebody else's.

    """
    for lock in own_files(drafts_folder(), f"{ENDING}{LOCK_ENDING}"):
        draft = lock.with_name(lock.name.removesuffix(LOCK_ENDING))
        if not draft.exists():
            held_elsewhere(draft)  # which lets go of it where nobody holds it


def own_new_draft(compass: str, now: dt.datetime) -> OwnDraft:
    """Return a new draft as one's own.

    Raises:
        BoussoleError: when its folder cannot be made.
        OSError: when it cannot be written.

    """
    for first in count(1):
        path = new_draft(compass, now, first=first)
        own = claimed(path)
        if own is not None:
            return own
    raise AssertionError  # pragma: no cover - numbers do not end
