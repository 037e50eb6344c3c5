"""`boussole batch`: a recommendation for every row of a table."""

from __future__ import annotations

from functools import partial

import typer

from boussole.cli.app import Settings
from boussole.cli.commands.batch import options
from boussole.cli.commands.batch.columns import ColumnOptions, planned
from boussole.cli.commands.batch.parts import is_folder, rank_parts
from boussole.cli.commands.batch.rank import rank
from boussole.cli.commands.batch.suggest import suggest
from boussole.cli.commands.batch.summary import tell_all
from boussole.cli.parameters import one_of, parse_int
from boussole.errors import need
from boussole.files.library import Library

_LAYOUTS = ("wide", "long")
_EXTRA = ("polars", "fastexcel", "xlsxwriter", "rapidfuzz")


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
    number, line = parse_int("--top", top, least=1), parse_int("--header-row", header_row, least=1)
    for option, word, known in (("--layout", layout, _LAYOUTS), ("--to", to, options.KINDS)):
        one_of(option, word, known)
    need("batch", "boussole batch", *_EXTRA)
    from boussole.batch.partitions import Job
    from boussole.batch.run import Target, replaced
    from boussole.cli.commands.batch.paths import path_options
    from boussole.tables.reading import open_table

    where = path_options(paths, paths_to, path_name)
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    found = open_table(table, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=line)
    columns = ColumnOptions(map_, column or (), set_ or (), list_separator)
    tell_all(found.notes, table, quiet=quiet)
    if suggest_map:
        suggest(pair, found, columns.columns, output, settings.language)
        return
    plan = planned(pair, found, columns)
    tell_all([*replaced(found), *plan.told()], table, quiet=quiet)
    job = Job(pair.compass, pair.catalogue, plan, settings.language, layout == "long", number, titles)
    read = [one for one in (table, map_, compass, settings.catalogue) if one is not None]
    target = Target(output or "-", to, safe_cells, rejects, tuple(read))
    in_parts = scheduler is not None or (found.kind == "parquet" and is_folder(target.path))
    work = partial(rank_parts, scheduler=scheduler) if in_parts else rank
    if work(job, found, target, paths=where, strict=strict, quiet=quiet).rows["rejected"]:
        raise typer.Exit(1)
