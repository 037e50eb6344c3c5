"""The kinds of table there are, by the endings of their names; each is loaded where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import TableError
from boussole.fuzzy import suggest
from boussole.i18n import gettext
from boussole.tables.json_values import one_a_line

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.tables.interface import Table

KINDS = {
    "csv": "csv", "tsv": "csv", "tab": "csv", "txt": "csv",
    "xlsx": "xlsx", "xlsm": "xlsx",
    "jsonl": "jsonl", "ndjson": "jsonl",
    "parquet": "parquet", "pq": "parquet",
}  # fmt: skip
"""What the ending of a name says."""
SHEETS = ("ods", "xls", "xlsb")
"""The endings of workbooks that are read, and written back in another kind."""
_ARCHIVES = {"7z", "bz2", "gz", "lz4", "rar", "tar", "tbz2", "tgz", "txz", "xz", "zip", "zst"}
"""The endings of what is packed, of which one of a table alone was opened before it comes here."""
READ = {"csv": "csv", "jsonl": "jsonl", "parquet": "parquet", "xlsx": "xlsx"} | dict.fromkeys(SHEETS, "xlsx")
"""The words by which somebody says what a table is written in, each with its kind."""


def kind_of(path: Path) -> str:
    """Return what a file that is read holds, by the ending of its name.

    Raises:
        TableError: when the ending is unknown.

    """
    ending = path.suffix.removeprefix(".").lower()
    kind = "xlsx" if ending in SHEETS else KINDS.get(ending)
    if ending in _ARCHIVES:
        raise TableError(
            gettext("“{path}” is packed in a way that is not opened here, or twice.", path=path.name),
            gettext("Unpack it, and give the table that it holds."),
        )
    if ending == "json":
        raise TableError(gettext("“{path}” is JSON, and no table yet.", path=path.name), one_a_line(path))
    if kind is None:
        raise TableError(
            gettext("“{path}” is not a table that can be read or written, by its name.", path=path.name),
            suggest(f".{ending}", [f".{one}" for one in KINDS])
            or gettext("Tables end in .csv, .xlsx, .jsonl or .parquet."),
        )
    return kind


def table_class(kind: str) -> type[Table]:
    """Return what reads and writes a kind of table."""
    match kind:
        case "csv":
            from boussole.tables.delimited.table import DelimitedTable

            return DelimitedTable
        case "xlsx":
            from boussole.tables.excel.table import SheetTable

            return SheetTable
        case "jsonl":
            from boussole.tables.jsonl import JsonLinesTable

            return JsonLinesTable
        case _:
            from boussole.tables.parquet import ParquetTable

            return ParquetTable
