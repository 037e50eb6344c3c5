"""TOML text in: within limits, and refused with a clear error where it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.errors import BoussoleError, Place, Problem
from boussole.files.report import refusal
from boussole.messages import message

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.errors import DefinitionError
    from boussole.messages import Localised

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
_BOM = b"\xef\xbb\xbf"


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, without a leading byte order mark.

    Raises:
        DefinitionError: over 8 MiB.
        BoussoleError: when it cannot be read.

    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > MAX_BYTES:
        raise _refused(str(path), 1, 1, "B002", message("the file is larger than {most} MiB.", most=MAX_BYTES >> 20))
    return content.removeprefix(_BOM)


def unreadable(path: Path, error: OSError) -> BoussoleError:
    """Return the error of a file that the system does not give."""
    if isinstance(error, FileNotFoundError):
        return BoussoleError(message("There is no file “{path}”.", path=path))
    return BoussoleError(
        message("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror or type(error).__name__)
    )


def parse(content: bytes, file: str) -> dict[str, Any]:
    """Return the document written in `content`; `file` is the name shown in errors.

    Raises:
        DefinitionError: not UTF-8, not TOML, or nested over 64 levels.

    """
    import tomli  # noqa: PLC0415 - a command that reads no file does not pay for it

    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        raise _refused(
            file,
            line,
            column,
            "B001",
            message("this is not UTF-8 text."),
            message("Save the file as UTF-8 in your editor."),
        ) from error
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _refused(
            file, error.lineno, error.colno, "B004", message("this is not TOML: {reason}.", reason=error.msg)
        ) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    if _depth_exceeds(document, MAX_DEPTH):
        raise _too_deep(file)
    return document


def _depth_exceeds(document: dict[str, Any], most: int) -> bool:
    """Tell whether tables and lists are nested over `most` levels, without recursion."""
    level: list[Any] = [document]
    for _ in range(most):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _too_deep(file: str) -> DefinitionError:
    return _refused(file, 1, 1, "B003", message("the file is nested over {most} levels.", most=MAX_DEPTH))


def _refused(
    file: str, line: int, column: int, code: str, what: Localised, remedy: Localised | None = None
) -> DefinitionError:
    return refusal(file, [Problem(code, what, place=Place(file, line, column), remedy=remedy)])
