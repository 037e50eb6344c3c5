"""The options of `boussole batch`, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from boussole.i18n import N_

PATH_FORMS = ("md", "html", "pdf")
READ = ("csv", "jsonl", "parquet", "xlsx", "ods", "xls", "xlsb")
KINDS = ("csv", "xlsx", "jsonl", "parquet")

Compass: TypeAlias = Annotated[
    str, typer.Argument(metavar="COMPASS", help=N_("A compass: its name in boussole list, or its file"))
]
Table: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="TABLE", help=N_("A CSV, Excel, JSON Lines or Parquet file, a folder of parts, or -")),
]
Output: TypeAlias = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form"))
]
Map: TypeAlias = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help=N_("Map: which columns say which answers"))
]
Column: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="QUESTION=COLUMN", help=N_("The column that answers a question; repeat it for several")),
]
Set: TypeAlias = Annotated[
    list[str] | None, typer.Option("--set", metavar="ID=VALUE", help=N_("An answer for all rows"))
]
ListSeparator: TypeAlias = Annotated[
    str | None,
    typer.Option("--list-separator", metavar="SIGN", help=N_("What parts the values of one cell; | or , if not")),
]
SuggestMap: TypeAlias = Annotated[
    bool, typer.Option("--suggest-map", help=N_("Write a map to start from, and nothing else"))
]
Layout: TypeAlias = Annotated[
    str, typer.Option(metavar="wide|long", help=N_("A row per row, or a row per recommendation"))
]
Top: TypeAlias = Annotated[str | None, typer.Option(metavar="N", help=N_("How many MEDOC to show"))]
Titles: TypeAlias = Annotated[bool, typer.Option("--titles", help=N_("Add the titles of the MEDOC"))]
Rejects: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FILE", help=N_("File for the rows that are rejected, ready to be mended"))
]
Strict: TypeAlias = Annotated[bool, typer.Option("--strict", help=N_("Stop at the first row that is rejected"))]
To: TypeAlias = Annotated[str | None, typer.Option(metavar="|".join(KINDS), help=N_("Form of what is written"))]
From: TypeAlias = Annotated[
    str | None, typer.Option("--from", metavar="|".join(READ), help=N_("What the table is written in"))
]
Encoding: TypeAlias = Annotated[str | None, typer.Option(metavar="NAME", help=N_("Encoding of the table"))]
Delimiter: TypeAlias = Annotated[str | None, typer.Option(metavar="SIGN", help=N_("What parts the cells of the table"))]
Sheet: TypeAlias = Annotated[str | None, typer.Option(metavar="NAME", help=N_("Sheet of the workbook to read"))]
HeaderRow: TypeAlias = Annotated[
    str | None, typer.Option("--header-row", metavar="N", help=N_("Line that holds the names of the columns"))
]
SafeCells: TypeAlias = Annotated[
    bool, typer.Option("--safe-cells", help=N_("Write no cell that a spreadsheet would take for a formula"))
]
Scheduler: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help=N_("Dask scheduler that does the parts of a folder")),
]
Paths: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help=N_("Also write a personal path for each row, into this folder"))
]
PathsTo: TypeAlias = Annotated[
    str | None, typer.Option("--paths-to", metavar="md|html|pdf", help=N_("Form of the paths; html if not"))
]
PathName: TypeAlias = Annotated[
    str | None,
    typer.Option("--path-name", metavar="COLUMN", help=N_("Column that names the paths; the number of the row if not")),
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", help=N_("Say nothing but errors"))]
