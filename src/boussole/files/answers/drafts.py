"""Unfinished interviews: every answer is on disk before the next question, and nothing stays once it is finished.

A draft is an answers file in the user's state folder, which only its owner can read.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from boussole.atomic import TEMPORARY, sweep, write_atomically
from boussole.errors import BoussoleError, reason_of
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import Saved, to_toml
from boussole.files.state import make_private, own_files, state_folder
from boussole.i18n import gettext

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

ENDING = ".draft.toml"
"""How the file of a draft ends: what ends otherwise is none of ours, and is neither read nor deleted."""

LOCK_ENDING = ".lock"
"""What the file locked for a draft is called, after the draft's own name."""


class Draft(NamedTuple):
    """An unfinished interview found on this machine."""

    path: Path
    saved: Saved

    @property
    def name(self) -> str:
        """Return what `--resume` calls it."""
        return self.path.name.removesuffix(ENDING)


def drafts_folder() -> Path:
    """Return the folder of unfinished interviews, which may not exist."""
    return state_folder("interviews")


def new_draft(compass: str, now: dt.datetime, *, first: int = 1) -> Path:
    """Return where to keep a new interview, no draft before the number `first`; the folder is made, nothing else.

    Raises:
        BoussoleError: when the folder cannot be made, is a link, or is somebody else's.

    """
    folder = _made_folder()
    stem = f"{compass}-{now:%Y%m%d-%H%M%S}"
    taken = {path.name for path in folder.glob(f"{stem}*{ENDING}")}
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{ENDING}" for number in range(first, first + len(taken) + 1))
    return folder / next(name for name in names if name not in taken)


def _made_folder() -> Path:
    folder = drafts_folder()
    make_private(folder)
    return folder


def keep(path: Path, saved: Saved) -> None:
    """Write an unfinished interview, all or nothing, for its owner only; a folder that went away is made again.

    Raises:
        BoussoleError: when it cannot be written.

    """
    _made_folder()
    write_atomically(path, to_toml(saved).encode(), private=True)


def unfinished() -> list[Draft]:
    """Return the unfinished interviews that can be read, the latest first; none where the folder is not one's own.

    What a killed process was writing there is swept away first.
    """
    found = []
    paths: list[Path] = []
    with suppress(BoussoleError):  # told when an answer is kept, and by `forget`; it must not stop a workshop
        folder = drafts_folder()
        paths = own_files(folder, ENDING)
        sweep(folder)
    for path in paths:
        try:
            found.append((path.stat().st_mtime_ns, Draft(path, load_answers(path))))
        except (BoussoleError, OSError):  # a file that cannot be read must not stop a workshop
            continue
    return [draft for _, draft in sorted(found, key=lambda one: (one[0], one[1].name), reverse=True)]


def forget() -> int:
    """Delete all that unfinished interviews left on this machine, and nothing else; return how many there were.

    Raises:
        BoussoleError: when something cannot be deleted, the rest being so; or when the folder is a link or somebody
            else's, nothing being deleted.

    """
    count = 0
    refusal: BoussoleError | None = None
    for path in own_files(drafts_folder(), ENDING, TEMPORARY, f"{ENDING}{LOCK_ENDING}"):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            what = gettext("“{path}” cannot be deleted: {reason}.", path=path, reason=reason_of(error))
            refusal = BoussoleError(what)
        else:
            count += path.name.endswith(ENDING)
    if refusal is not None:
        raise refusal
    with suppress(OSError):  # somebody put something else there
        drafts_folder().rmdir()
    return count
