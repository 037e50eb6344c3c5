"""Unfinished interviews: every answer is on disk before the next question, and nothing stays once it is finished.

A draft is an answers file in the user's state folder, which only its owner can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.atomic import write_atomically
from boussole.errors import BoussoleError, cannot_write, reason_of
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import Saved, to_toml
from boussole.i18n import gettext

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_PRIVATE_FOLDER = 0o700


class Draft(NamedTuple):
    """An unfinished interview found on this machine."""

    path: Path
    saved: Saved

    @property
    def name(self) -> str:
        """Return what `--resume` calls it."""
        return self.path.stem


def drafts_folder() -> Path:
    """Return the folder of unfinished interviews, which may not exist."""
    from platformdirs import user_state_path

    try:
        return user_state_path("boussole", appauthor=False) / "interviews"
    except RuntimeError as error:
        raise BoussoleError(gettext("Nobody knows where your home folder is: set HOME.")) from error


def new_draft(compass: str, now: dt.datetime) -> Path:
    """Return where to keep a new interview; the folder is made, nothing is written yet.

    Raises:
        BoussoleError: when the folder cannot be made.

    """
    folder = drafts_folder()
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise BoussoleError(cannot_write(folder, error)) from error
    stem = f"{compass}-{now:%Y%m%d-%H%M%S}"
    taken = {path.stem for path in folder.glob(f"{stem}*.toml")}
    number = next(number for number in range(1, len(taken) + 2) if _numbered(stem, number) not in taken)
    return folder / f"{_numbered(stem, number)}.toml"


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def keep(path: Path, saved: Saved) -> None:
    """Write an unfinished interview, all or nothing, for its owner only."""
    write_atomically(path, to_toml(saved).encode(), private=True)


def unfinished() -> list[Draft]:
    """Return the unfinished interviews that can be read, the latest first."""
    found = []
    for path in drafts_folder().glob("*.toml"):
        try:
            found.append(Draft(path, load_answers(path)))
        except BoussoleError:  # a file that is none of ours must not stop a workshop; `forget` deletes it
            continue
    return sorted(found, key=lambda draft: (draft.path.stat().st_mtime_ns, draft.name), reverse=True)


def forget() -> int:
    """Delete all that unfinished interviews left on this machine; return how many there were.

    Raises:
        BoussoleError: when something cannot be deleted; the rest is.

    """
    folder = drafts_folder()
    if not folder.is_dir():
        return 0
    count = 0
    refusal: BoussoleError | None = None
    for path in sorted(folder.iterdir()):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            what = gettext("“{path}” cannot be deleted: {reason}.", path=path, reason=reason_of(error))
            refusal = BoussoleError(what)
        else:
            count += path.suffix == ".toml"
    if refusal is not None:
        raise refusal
    folder.rmdir()
    return count
