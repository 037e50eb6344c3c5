"""The user's state folder: what boussole keeps by itself, in folders which only their owner can read."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from boussole.atomic import PRIVATE, is_mine
from boussole.errors import BoussoleError, cannot_write, remedy_of
from boussole.files.reach import is_folder
from boussole.i18n import gettext

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE_FOLDER = 0o700
_OTHERS = 0o077


def state_folder(name: str) -> Path:
    """Return the folder `name` of what boussole keeps, which may not exist.

    Raises:
        BoussoleError: when nobody knows where the home folder is.

    """
    from platformdirs import user_state_path

    try:
        return user_state_path("boussole", appauthor=False) / name
    except RuntimeError as error:
        raise BoussoleError(gettext("Nobody knows where your home folder is: set HOME.")) from error


def make_private(folder: Path) -> None:
    """Make `folder`, for its owner only.

    Raises:
        BoussoleError: when it cannot be made, is a link, or is somebody else's.

    """
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        refuse_foreign(folder)
        folder.chmod(_PRIVATE_FOLDER)
    except OSError as error:
        raise BoussoleError(cannot_write(folder, error), remedy_of(error)) from error


def own_files(folder: Path, *endings: str) -> list[Path]:
    """Return the files of ours in `folder`, in the order of their names: no links, pipes, folders.

    One that others may read or write, restored from elsewhere, is closed to them.

    Raises:
        BoussoleError: when the folder is a link, or somebody else's.

    """
    if not is_folder(folder):
        return []
    refuse_foreign(folder)
    found = []
    for path in sorted(folder.iterdir()):
        about = path.lstat()
        if path.name.endswith(endings) and stat.S_ISREG(about.st_mode) and is_mine(about):
            if about.st_mode & _OTHERS:
                with suppress(OSError):
                    path.chmod(PRIVATE)
            found.append(path)
    return found


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that leads elsewhere or is not the user's: what is deleted or read there may be anybody's."""
    for one in (folder, folder.parent):
        if one.is_symlink() or not is_mine(one.stat()):
            raise BoussoleError(
                gettext("“{path}” is a link, or is not yours: nothing in it is read or deleted.", path=one),
                gettext("Put a folder of yours in its place."),
            )
