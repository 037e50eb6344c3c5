"""Which files and folders can be looked into: a folder of somebody else's is no error where nobody asked for it.

`pathlib` raises an error where a folder on the way is closed to the user, or a word is too long for a name.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from boussole.errors import BoussoleError, cannot_read
from boussole.i18n import gettext

if TYPE_CHECKING:
    from pathlib import Path


def is_file(path: str | Path) -> bool:
    """Tell whether a file is there, as far as the user may know."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def exists(path: Path) -> bool:
    """Tell whether something is there, as far as the user may know."""
    return os.path.exists(path)  # noqa: PTH110 - see above


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there, as far as the user may know."""
    return os.path.isdir(path)  # noqa: PTH112 - see above


def is_readable(folder: Path) -> bool:
    """Tell whether a folder is there, and can be looked into."""
    return is_folder(folder) and os.access(folder, os.R_OK | os.X_OK)


def must_be_readable(folder: Path) -> None:
    """Refuse a folder that was asked for where it is not there, or cannot be looked into.

    Raises:
        BoussoleError: which names it.

    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                entry.is_file()  # which cannot be told where names can be read and nothing else
                break
    except FileNotFoundError:
        raise BoussoleError(gettext("There is no folder “{path}”.", path=folder)) from None
    except OSError as error:
        raise BoussoleError(cannot_read(folder, error)) from error
