"""One way of mending a statement, and what the ways of mending share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from boussole.i18n import Message

LISTS = frozenset(
    {"question", "section", "axis", "place", "rule", "intended", "example", "facet", "medoc", "gone", "column"}
)
"""The tables that stand between two brackets on each side, in all files."""
TABLES = frozenset({"ranking", "pathway", "rose"})
"""Those that stand between one."""


class Attempt(NamedTuple):
    """A statement as it may have been meant: its text, what was wrong, and where (an offset in the text as it was).

    `lost` says that something was taken out: what lacks it is not to be told. `group` names a slip that is
    made all over a file and told once. `remedy` stands where no line can be given.
    """

    text: str
    what: Message
    at: int
    lost: bool = False
    group: str = ""
    remedy: Message | None = None


class Slip(NamedTuple):
    """One slip: what is wrong, what to do, and where, line and column from 1."""

    what: Message
    remedy: Message | None
    line: int
    column: int


class Mended(NamedTuple):
    """A text that is TOML: what was wrong, and the line of the first text that each of its lines comes from.

    `lost` holds the lines of the first text where something could not be kept.
    """

    text: str
    slips: tuple[Slip, ...] = ()
    lines: tuple[int, ...] = ()
    lost: frozenset[int] = frozenset()


class Line(NamedTuple):
    """The line of a text on which something stands, and where it starts and ends in the text."""

    text: str
    start: int
    end: int


def line_at(text: str, at: int) -> Line:
    """Return the line of `text` where `at` is; of what ends it, the last that has something on it."""
    at = min(at, len(text.rstrip()))
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return Line(text[start:end], start, end)


def with_line(text: str, line: Line, new: str) -> str:
    """Return `text` with another line in the place of `line`."""
    return text[: line.start] + new + text[line.end :]


def basic(value: str) -> str:
    """Return a text between the quotes of TOML."""
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
