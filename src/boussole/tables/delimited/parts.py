"""Files of delimited text that are one table: each in its own encoding and delimiter, all with the same columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Self

import polars as pl

from boussole.errors import TableError
from boussole.i18n import gettext, ngettext
from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.frames import LINE
from boussole.tables.sources.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from boussole.i18n import Localised
    from boussole.tables.interface import ReadOptions

_SHOWN = 5
"""How many ways of reading parts are told."""


@dataclass(frozen=True, kw_only=True)
class DelimitedParts(DelimitedTable):
    """The `parts` of a folder or pattern, written back as the first of them is."""

    parts: tuple[DelimitedTable, ...] = ()

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Find out how each part is written.

        Raises:
            TableError: when there is none, one cannot be read, or they differ in their columns.

        """
        found = () if path is None else parts_of(path, "csv")
        parts = tuple(_opened(part, options) for part in found)
        if not parts:
            raise TableError(
                gettext("there is no delimited text in “{path}”.", path=path), gettext("Names end in .csv or .tsv.")
            )
        for part in parts:
            if part.columns != parts[0].columns:
                raise TableError(
                    gettext("“{path}” has other columns than “{other}”.", path=part.path, other=parts[0].path),
                    gettext("Keep together what was made together."),
                )
        own = {field.name: getattr(parts[0], field.name) for field in fields(DelimitedTable)}
        said = ngettext("{count} file of delimited text.", "{count} files of delimited text.", len(parts))
        return cls(**{**own, "path": path, "notes": (said, *_told(parts)), "parts": parts})

    def frames(self, rows: int, used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the rows of all parts, numbered through."""
        done = 0
        for part in self.parts:
            for frame in part.frames(rows, used):
                lines = pl.int_range(done + 1, done + frame.height + 1, dtype=pl.Int64, eager=True)
                done += frame.height
                yield frame.with_columns(lines.alias(LINE))

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the parts."""
        return tuple(part.path for part in self.parts if part.path is not None)

    @property
    def about(self) -> int | None:
        """Return about how many rows there are, by the lengths of the files."""
        return sum(part.about or 0 for part in self.parts)


def _opened(part: Path, options: ReadOptions) -> DelimitedTable:
    """Find out how a part is written; what is wrong with it is told with its name."""
    try:
        return DelimitedTable.open(part, options)
    except TableError as error:
        raise TableError(gettext("{name}: {reason}", name=part.name, reason=error.what), error.hint) from error


def _told(parts: Sequence[DelimitedTable]) -> Iterator[Localised]:
    """Yield what is to be said of how the parts are read: once where it is the same of all, else with their names."""
    alike: dict[str, list[DelimitedTable]] = {}
    for part in parts:
        alike.setdefault("\n".join(note.in_("en") for note in part.notes), []).append(part)
    for found in islice(alike.values(), _SHOWN):
        first = found[0]
        if len(alike) == 1 or first.path is None:
            yield from first.notes
            return
        others = len(found) - 1
        name = (
            gettext("“{word}”", word=first.path.name)
            if not others
            else ngettext(
                "“{name}” and {count} other file", "“{name}” and {count} other files", others, name=first.path.name
            )
        )
        for note in first.notes:
            yield gettext("{name}: {reason}", name=name, reason=note)
