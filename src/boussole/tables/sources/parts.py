"""The files of a folder, or those that a pattern names, which are one table in the order of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import TableError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_ALONE = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".jsonl", ".ndjson", ".gz", ".zst", ".zip")
"""The endings of tables that are given one by one."""
_DELIMITED = (".csv", ".tsv", ".tab", ".txt")


def is_several(path: Path) -> bool:
    """Tell whether a path is that of a folder, or a pattern that names files."""
    return path.is_dir() or (not path.exists() and any(sign in path.name for sign in "*?["))


def kind_of_parts(path: Path) -> str:
    """Return what the parts of a folder or of a pattern are written in: delimited text where no other is there.

    Raises:
        TableError: when there is none that could be a part.

    """
    delimited = parts_of(path, "csv")
    others = [one for one in parts_of(path, "parquet") if one not in delimited and not one.name.startswith(".")]
    if not delimited and all(one.suffix.lower() in _ALONE for one in others):
        raise TableError(
            gettext("“{path}” names no files that make one table together.", path=path),
            gettext("Parts end in .csv, .tsv or .parquet; give a workbook, JSON Lines or a packed file by itself."),
        )
    return "csv" if delimited and not others else "parquet"


def parts_of(path: Path, kind: str) -> tuple[Path, ...]:
    """Return the parts that are written in `kind`; a pattern of Parquet may name files of any ending."""
    endings = _DELIMITED if kind == "csv" else (".parquet",)
    if path.is_dir():
        return tuple(sorted(one for one in path.iterdir() if is_part(one, endings)))
    named = sorted(path.parent.glob(path.name))
    return tuple(one for one in named if kind == "parquet" or is_part(one, endings))


def beside(path: Path, read: Collection[Path]) -> list[str]:
    """Return the names of the tables of a folder that are not `read`, since they are of another kind."""
    endings = {*_ALONE, *_DELIMITED, ".parquet"}
    found = path.iterdir() if path.is_dir() else ()
    return sorted(
        one.name for one in found if one not in read and one.name[0] not in "._" and one.suffix.lower() in endings
    )


def is_part(path: Path, endings: tuple[str, ...] = (".parquet", *_DELIMITED)) -> bool:
    """Tell whether a file of a folder may be a part, by its name: hidden ones are not."""
    return not path.name.startswith(".") and path.suffix.lower() in endings
