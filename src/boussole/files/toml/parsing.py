"""TOML text in: within limits, and refused with a clear error where it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.errors import BoussoleError, Place, Problem, cannot_read
from boussole.files.toml.report import refusal
from boussole.i18n import gettext
from boussole.limits.table import DEFINITION_BYTES, NESTING, LimitError, read_within

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.errors import DefinitionError
    from boussole.i18n import Localised
    from boussole.limits.table import Limit

_BOM = b"\xef\xbb\xbf"
_TOO_LONG = 2**63


def read_bytes(path: Path, limit: Limit = DEFINITION_BYTES) -> bytes:
    """Return the content of a file, without a leading byte order mark.

    Raises:
        DefinitionError: over the limit, in bytes.
        BoussoleError: when it cannot be read.

    """
    try:
        with path.open("rb") as file:
            content = read_within(file, limit, path)
    except LimitError as error:
        what = gettext("the file is larger than {most} MiB.", most=limit.most >> 20)
        raise _refused(str(path), 1, 1, "B002", what, error.limit.remedy) from error
    except OSError as error:
        raise unreadable(path, error) from error
    return content.removeprefix(_BOM)


def unreadable(path: Path, error: OSError) -> BoussoleError:
    """Return the error of a file that the system does not give."""
    if isinstance(error, FileNotFoundError):
        return BoussoleError(gettext("There is no file “{path}”.", path=path))
    return BoussoleError(cannot_read(path, error))


def parse(content: bytes, file: str) -> dict[str, Any]:
    """Return the document written in `content`; `file` is the name shown in errors.

    Raises:
        DefinitionError: not UTF-8, not TOML, or nested over 64 levels.

    """
    import tomli

    try:
        text = content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        raise _refused(
            file,
            line,
            column,
            "B001",
            gettext("this is not UTF-8 text."),
            gettext("Save the file as UTF-8 in your editor."),
        ) from error
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _refused(
            file, error.lineno, error.colno, "B004", gettext("this is not TOML: {reason}.", reason=error.msg)
        ) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    except ValueError as error:  # thousands of digits, which Python does not convert
        raise _too_long(text, file) from error
    _refuse_excess(document, text, file)
    return document


def _refuse_excess(document: dict[str, Any], text: str, file: str) -> None:
    """Refuse tables and lists nested over 64 levels (looking without recursion) and numbers over 64 bits."""
    level: list[Any] = [document]
    for _ in range(NESTING.most):
        values = [value for node in level for value in (node.values() if type(node) is dict else node)]
        if any(type(value) is int and not -_TOO_LONG <= value < _TOO_LONG for value in values):
            raise _too_long(text, file)
        level = [value for value in values if type(value) is dict or type(value) is list]
        if not level:
            return
    raise _too_deep(file)


def _too_long(text: str, file: str) -> DefinitionError:
    """Return the refusal of a number that TOML does not hold, placed at the first one as long as that."""
    import re

    found = re.search(r"(?<![^\s=,\[])[-+]?[0-9][0-9A-Fa-fob_x]{15,}", text)
    start = found.start() if found else 0
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return _refused(file, line, column, "B004", gettext("a whole number is longer than 64 bits."))


def _too_deep(file: str) -> DefinitionError:
    return _refused(file, 1, 1, "B003", gettext("the file is nested over {most} levels.", most=NESTING.most))


def _refused(
    file: str, line: int, column: int, code: str, what: Localised, remedy: Localised | None = None
) -> DefinitionError:
    return refusal(file, [Problem(code, what, place=Place(file, line, column), remedy=remedy)])
