"""`boussole batch`: a recommendation for every row of a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from boussole.cli.app import Settings
from boussole.cli.commands.batch import options
from boussole.cli.commands.batch.columns import ColumnOptions, about_columns, planned
from boussole.cli.commands.batch.options import KINDS, READ
from boussole.cli.commands.batch.parts import in_parts, rank_parts
from boussole.cli.commands.batch.rank import rank
from boussole.cli.commands.batch.suggest import suggest
from boussole.cli.commands.batch.summary import tell_all
from boussole.cli.parameters import one_of, parse_int
from boussole.errors import need
from boussole.files.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.tables.interface import Table

_LAYOUTS = ("wide", "long")
_EXTRA = ("polars", "fastexcel", "xlsxwriter", "rapidfuzz", "olefile")


def run(
    ctx: typer.Context,
    compass: options.Compass,
    table: options.Table,
    output: options.Output = None,
    map_: options.Map = None,
    column: options.Column = None,
    set_: options.Set = None,
    list_separator: options.ListSeparator = None,
    suggest_map: options.SuggestMap = False,
    layout: options.Layout = "wide",
    top: options.Top = None,
    titles: options.Titles = False,
    rejects: options.Rejects = None,
    strict: options.Strict = False,
    to: options.To = None,
    from_: options.From = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    sheet: options.Sheet = None,
    header_row: options.HeaderRow = None,
    safe_cells: options.SafeCells = False,
    paths: options.Paths = None,
    paths_to: options.PathsTo = None,
    path_name: options.PathName = None,
    scheduler: options.Scheduler = None,
    quiet: options.Quiet = False,
) -> None:
    """Rank the catalogue for every row of a table."""
    settings: Settings = ctx.find_root().obj
    number, line = _checked(layout, to, from_, top, header_row)
    need("batch", "boussole batch", *_EXTRA)
    from boussole.batch.partitions import Job, PartForm
    from boussole.batch.run import Target
    from boussole.cli.commands.batch.paths import path_options

    where = path_options(paths, paths_to, path_name)
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    found = _opened(table, quiet=quiet, kind=from_, given=(encoding, delimiter, sheet, line))
    if suggest_map:
        suggest(pair, found, column or (), output, settings.language)
        return
    plan = planned(pair, found, ColumnOptions(map_, column or (), set_ or (), list_separator))
    tell_all(about_columns(found, plan), table, quiet=quiet)
    alike = PartForm(found.kind, encoding, delimiter, line, safe_cells)
    job = Job(pair.compass, pair.catalogue, plan, settings.language, layout == "long", number, titles, alike)
    target = Target(output or "-", to, safe_cells, rejects, _given(table, map_, compass, settings.catalogue))
    work = partial(rank_parts, scheduler=scheduler) if in_parts(found, target, scheduler) else rank
    if work(job, found, target, paths=where, strict=strict, quiet=quiet).rows["rejected"]:
        raise typer.Exit(1)


def _opened(
    table: str, *, quiet: bool, kind: str | None, given: tuple[str | None, str | None, str | None, int | None]
) -> Table:
    """Find out how the table is written, and say it; `given` are encoding, delimiter, sheet and line of the header."""
    from boussole.tables.reading import open_table

    encoding, delimiter, sheet, line = given
    found = open_table(table, kind=kind, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=line)
    tell_all(found.notes, table, quiet=quiet)
    return found


def _given(*read: str | Path | None) -> tuple[str | Path, ...]:
    """Return the files that are read, without those that are not given."""
    return tuple(one for one in read if one is not None)


def _checked(
    layout: str, to: str | None, from_: str | None, top: str | None, line: str | None
) -> tuple[int | None, int | None]:
    """Return how many MEDOC to show and the line of the header, once every word that is given is known to be one."""
    one_of("--layout", layout, _LAYOUTS)
    one_of("--to", to, KINDS)
    one_of("--from", from_, READ)
    return parse_int("--top", top, least=1), parse_int("--header-row", line, least=1)
