"""Files out, all or nothing: a kill at any moment leaves the old content or the new one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from boussole.errors import BoussoleError
from boussole.messages import message

PRIVATE = 0o600
_RECOGNISABLE = 40  # what a temporary file left by a power cut shows of its name, which the system limits


def write_atomically(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write `content` beside `path`, flush it to the disk, then rename it over `path`.

    A `private` file can be read by its owner only. Any other gets the usual permissions, or those of the file it
    replaces.

    Raises:
        BoussoleError: when the folder is missing, full or cannot be written.

    """
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name[:_RECOGNISABLE]}.", delete=False
        ) as file:
            temporary = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                temporary.chmod(PRIVATE if private else _usual_mode(path))
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BoussoleError(
            message("“{path}” cannot be written: {reason}.", path=path, reason=error.strerror or type(error).__name__),
            message("Choose another folder, or free some space."),
        ) from error


def _usual_mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
