"""Tables for tests: written in one line, read back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.interface import ReadOptions
from boussole.tables.reading import chunks, open_table
from boussole.tables.writing import open_output

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.tables.interface import Table


def written(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def open_delimited(path: Path, **given: Any) -> DelimitedTable:  # noqa: ANN401 - what open_table takes
    return DelimitedTable.open(path, ReadOptions(**given))


def whole(source: Table, rows: int = 131_072) -> pl.DataFrame:
    return pl.concat(list(chunks(source, rows)))


def cells(source: Table) -> list[tuple[str | None, ...]]:
    return whole(source)[list(source.columns)].rows()


def read(path: Path, **given: Any) -> list[tuple[str | None, ...]]:  # noqa: ANN401 - what open_table takes
    return cells(open_table(path, **given))


def problems(source: Table) -> list[tuple[int, str]]:
    """Return the line of each row that has a problem, its code and, where there is one, its figure."""
    found = whole(source).select("__line", "__problem").drop_nulls().rows()
    return [(line, " ".join(str(one) for one in problem.values() if one is not None)) for line, problem in found]


def copied(source: Table, target: Path, **given: Any) -> bytes:  # noqa: ANN401 - what open_output takes
    """Write a table as it is read, and return the bytes."""
    with open_output(target, like=source, **given) as writer:
        for frame in chunks(source):
            writer.write(frame)
    return target.read_bytes()
