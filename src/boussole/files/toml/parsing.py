"""TOML text in: within limits, and refused with a clear error where it cannot be read."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import BoussoleError, Place, Problem, cannot_read
from boussole.files.toml.report import left_out, refusal
from boussole.files.toml.slips.mended import Mended
from boussole.i18n import gettext
from boussole.limits.table import DEFINITION_BYTES, NESTING, PROBLEMS_SHOWN, LimitError, read_within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from boussole.errors import DefinitionError
    from boussole.files.toml.slips.mended import Slip
    from boussole.i18n import Localised
    from boussole.limits.table import Limit

_BOM = b"\xef\xbb\xbf"
_TOO_LONG = 2**63


class Readable(NamedTuple):
    """A file as TOML: what was wrong with it as such, and where each line of `content` stands in the file.

    `lines` is empty where nothing moved. `lost` holds the lines of the file where something could not be kept.
    """

    content: bytes
    problems: tuple[Problem, ...] = ()
    lines: tuple[int, ...] = ()
    lost: frozenset[int] = frozenset()

    def line(self, number: int) -> int:
        """Return the line of the file that line `number` of the content comes from; both from 1."""
        return self.lines[number - 1] if number <= len(self.lines) else number


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
    text = _text(content, file)
    document = _read_fast(text)
    if document is not None and dt.datetime not in _kinds_within_limits(document, text, file):
        return document
    document = _read(text, file)
    _kinds_within_limits(document, text, file)
    return document


def _read_fast(text: str) -> dict[str, Any] | None:
    """Return the document, or None where the fast reader refuses it: the other one says why, or reads it.

    It takes less than half the time of the other, and what both read is the same, but for the time zones, which it
    makes objects of its own (docs/decisions/0020).
    """
    import rtoml

    text = text.replace("\r\n", "\n")  # as TOML may, and the other does
    if "\r" in text:
        return None
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError:
        return None


def _read(text: str, file: str) -> dict[str, Any]:
    """Return the document, or raise the DefinitionError of what is wrong with it."""
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        slips = mended(text).slips
        raise refusal(file, _told(slips, file), len(slips)) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    except ValueError as error:  # thousands of digits, which Python does not convert
        raise _too_long(text, file) from error


def readable(content: bytes, file: str) -> Readable:
    """Return `content` as TOML, mended where it is not, so that what is right in it can be read.

    Raises:
        DefinitionError: when it cannot be mended: not UTF-8, nested over 64 levels, numbers over 64 bits.

    """
    text = _text(content, file)
    made = mended(text)
    whole = made.text.encode() if made.slips else content
    parse(whole, file)
    return Readable(whole, tuple(_told(made.slips, file)), made.lines, made.lost)


def mended(text: str) -> Mended:
    """Return a text as TOML, with what had to be mended in it."""
    import tomli

    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        from boussole.files.toml.slips.mending import mend

        return mend(text)
    except (RecursionError, ValueError):  # told by whoever reads it
        pass
    return Mended(text)


def _told(slips: Sequence[Slip], file: str) -> list[Problem]:
    """Return the slips as problems: the first ones, and how many are left."""
    problems = [
        Problem("B004", slip.what, remedy=slip.remedy, place=Place(file, slip.line, slip.column))
        for slip in slips[:PROBLEMS_SHOWN]
    ]
    return problems + left_out(len(slips) - len(problems), problems[-1:])


def _text(content: bytes, file: str) -> str:
    """Return the text of a file, which must be UTF-8 without a byte order mark: `read_bytes` took the first."""
    if content.startswith(_BOM):
        what = gettext("the file starts with two byte order marks.")
        raise _refused(file, 1, 1, "B001", what, gettext("Save it as UTF-8 with one, or with none."))
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
            gettext("this is not UTF-8 text."),
            gettext("Save the file as UTF-8 in your editor."),
        ) from error
    return text


def _kinds_within_limits(document: dict[str, Any], text: str, file: str) -> set[type]:
    """Return the classes of all values, found without recursion.

    Raises:
        DefinitionError: tables and lists nested over 64 levels, numbers over 64 bits.

    """
    found: set[type] = set()
    level: list[Any] = [document]
    for _ in range(NESTING.most):
        values = list(chain.from_iterable([node.values() if type(node) is dict else node for node in level]))
        kinds = set(map(type, values))  # most lists hold texts alone: a catalogue has ten thousand of them
        if int in kinds and any(not -_TOO_LONG <= value < _TOO_LONG for value in values if type(value) is int):
            raise _too_long(text, file)
        found |= kinds
        if dict not in kinds and list not in kinds:
            return found
        level = [value for value in values if type(value) is dict or type(value) is list]
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
