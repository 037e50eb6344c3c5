"""The files of a folder, or those that a pattern names, which are one table in the order of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DELIMITED = (".csv", ".tsv", ".tab", ".txt")


def kind_of_parts(path: Path) -> str:
    """Return what the parts of a folder or of a pattern are written in: delimited text where no other is there."""
    delimited = parts_of(path, "csv")
    others = [one for one in parts_of(path, "parquet") if one not in delimited and not one.name.startswith(".")]
    return "csv" if delimited and not others else "parquet"


def parts_of(path: Path, kind: str) -> tuple[Path, ...]:
    """Return the parts that are written in `kind`; a pattern of Parquet may name files of any ending."""
    endings = _DELIMITED if kind == "csv" else (".parquet",)
    if path.is_dir():
        return tuple(sorted(one for one in path.iterdir() if is_part(one, endings)))
    named = sorted(path.parent.glob(path.name))
    return tuple(one for one in named if kind == "parquet" or is_part(one, endings))


def is_part(path: Path, endings: tuple[str, ...] = (".parquet", *_DELIMITED)) -> bool:
    """Tell whether a file of a folder may be a part, by its name: hidden ones are not."""
    return not path.name.startswith(".") and path.suffix.lower() in endings
