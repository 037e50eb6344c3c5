"""The names of a table's columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boussole.errors import TableError
from boussole.i18n import gettext, ngettext
from boussole.limits.table import COLUMNS_IN_TABLE
from boussole.tables.frames import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.i18n import Localised

UNNAMED = "__unnamed_"
"""What the name of a column without a name begins with, in frames; it is written without a name again."""
_RESERVED = rf"(?s){UNNAMED}|__empty|\^.*\$\Z"  # the last is a pattern to Polars, wherever it stands


def named(header: Sequence[str | None], where: object = "-") -> tuple[str, ...]:
    """Return the names of the columns in frames: as they are written, or made up where there is none.

    `where` names the table to people.

    Raises:
        LimitError: when they are too many.
        TableError: when two columns have the same name, or one has a name that means something else here.

    """
    COLUMNS_IN_TABLE.check(len(header), where)
    names: dict[str, int] = {}
    for position, written in enumerate(header, 1):
        name = written or f"{UNNAMED}{position}"
        if name in names:
            raise TableError(
                gettext(
                    "the column “{name}” stands twice: columns {first} and {second}.",
                    name=name,
                    first=names[name],
                    second=position,
                ),
                gettext("Give each column a name of its own."),
            )
        if name in INTERNAL or (written and re.match(_RESERVED, written)):
            raise TableError(
                gettext("the name “{name}” cannot be used: boussole keeps it for itself.", name=name),
                gettext("Give the column another name."),
            )
        names[name] = position
    return tuple(names)


def unmade(columns: Sequence[str], *, nameless: bool) -> dict[str, str]:
    """Return what columns without a name are called where each must have one: the empty name, or a number."""
    made = (name for name in columns if name.startswith(UNNAMED))
    return {name: "" if nameless else name.removeprefix("__") for name in made}


def about_columns(dropped: int, *, rows: bool) -> Iterator[Localised]:
    """Yield what is to be said of columns left out, and of a table that has a header only."""
    if dropped:
        yield ngettext(
            "{count} empty column at the end is left out.", "{count} empty columns at the end are left out.", dropped
        )
    if not rows:
        yield gettext("there is no row below the header.")
