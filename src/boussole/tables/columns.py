"""The names of a table's columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boussole.errors import TableError
from boussole.i18n import gettext, ngettext
from boussole.limits.table import COLUMNS_IN_TABLE
from boussole.tables.frames import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from boussole.i18n import Localised

UNNAMED = "__unnamed_"
"""What the name of a column without a name begins with, in frames; it is written without a name again."""
_TWICE = "__twice_"
"""What the name of a column begins with in frames where one before it is the same: its place follows, and a colon."""
_RESERVED = rf"(?s){UNNAMED}|{_TWICE}|__empty|\^.*\$\Z"  # the last is a pattern to Polars, wherever it stands


def named(header: Sequence[str | None], where: object = "-") -> tuple[str, ...]:
    """Return the names of the columns in frames: as they are written, or made up for want of one, or of one of its own.

    `where` names the table to people.

    Raises:
        LimitError: when they are too many.
        TableError: when one has a name that means something else here.

    """
    COLUMNS_IN_TABLE.check(len(header), where)
    names: dict[str, None] = {}
    for position, written in enumerate(header, 1):
        name = written or f"{UNNAMED}{position}"
        if name in INTERNAL or (written and re.match(_RESERVED, written)):
            raise TableError(
                gettext("the name “{name}” cannot be used: boussole keeps it for itself.", name=name),
                gettext("Give the column another name."),
            )
        names[f"{_TWICE}{position}:{name}" if name in names else name] = None
    return tuple(names)


def written_name(name: str) -> str:
    """Return the name of a column of frames as it is written in its table, where two may have the same, or none."""
    if name.startswith(UNNAMED):
        return ""
    return name.partition(":")[2] if name.startswith(_TWICE) else name


def repeated(columns: Sequence[str]) -> dict[str, int]:
    """Return the names that stand twice among the columns of frames, and the place of the second, from 1."""
    places: dict[str, int] = {}
    for name in columns:
        if name.startswith(_TWICE):
            place, _, written = name.removeprefix(_TWICE).partition(":")
            places.setdefault(written, int(place))
    return places


def refuse_repeated(columns: Sequence[str], read: Collection[str]) -> None:
    """Refuse to read a column that may be one of two.

    Raises:
        TableError: when a name of those `read` stands twice.

    """
    for name, second in repeated(columns).items():
        if name in read:
            first = columns.index(name) + 1
            raise TableError(
                gettext(
                    "the column “{name}” stands twice: columns {first} and {second}.",
                    name=name,
                    first=first,
                    second=second,
                ),
                gettext("Give each column that answers a question a name of its own."),
            )


def unmade(columns: Sequence[str], *, nameless: bool) -> dict[str, str]:
    """Return what columns with a made-up name are called where each must have its own: the empty name, or a number."""
    found: dict[str, str] = {}
    taken = set(columns)
    for name in columns:
        if name.startswith(UNNAMED):
            found[name] = "" if nameless else name.removeprefix("__")
        elif name.startswith(_TWICE):
            bare = made = written_name(name)
            number = 2
            while made in taken:
                made, number = f"{bare} ({number})", number + 1
            taken.add(made)
            found[name] = made
    return found


def about_columns(dropped: int, *, rows: bool) -> Iterator[Localised]:
    """Yield what is to be said of columns left out, and of a table that has a header only."""
    if dropped:
        yield ngettext(
            "{count} empty column at the end is left out.", "{count} empty columns at the end are left out.", dropped
        )
    if not rows:
        yield gettext("there is no row below the header.")
