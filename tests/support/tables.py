"""Tables for tests: written in one line, read back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from boussole.tables.reading import chunks, open_table
from boussole.tables.writing import open_output

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.tables.reading import Source


def written(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def whole(source: Source, rows: int = 131_072) -> pl.DataFrame:
    return pl.concat(list(chunks(source, rows)))


def cells(source: Source) -> list[tuple[str | None, ...]]:
    return whole(source)[list(source.columns)].rows()


def read(path: Path, **given: Any) -> list[tuple[str | None, ...]]:  # noqa: ANN401 - what open_table takes
    return cells(open_table(path, **given))


def problems(source: Source) -> list[tuple[int, str]]:
    """Return the line and the code of each row that has a problem."""
    return whole(source).select("__line", "__problem").drop_nulls().rows()


def copied(source: Source, target: Path, **given: Any) -> bytes:  # noqa: ANN401 - what open_output takes
    """Write a table as it is read, and return the bytes."""
    with open_output(target, like=source, **given) as writer:
        for frame in chunks(source):
            writer.write(frame)
    return target.read_bytes()
