"""`boussole batch`: a recommendation for every row of a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from boussole.cli.answers_option import given_answers
from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.cli.parameters import parse_int
from boussole.errors import BoussoleError, need
from boussole.files.library import Library
from boussole.fuzzy import suggest
from boussole.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.batch.mapping.plan import Plan
    from boussole.batch.partitions import Job
    from boussole.batch.recommending import RowCounts
    from boussole.batch.run import Target
    from boussole.files.library import Pair
    from boussole.i18n import Localised
    from boussole.tables.interface import Table

_KINDS = ("csv", "xlsx", "jsonl", "parquet")
_LAYOUTS = ("wide", "long")
_SAID = 10
_EXTRA = ("polars", "fastexcel", "xlsxwriter", "rapidfuzz")


class _Reading(NamedTuple):
    """The options that say how to read the columns."""

    map: Path | None
    columns: Sequence[str]
    set: Sequence[str]
    separator: str | None


def run(
    ctx: typer.Context,
    compass: Annotated[str, typer.Argument(metavar="COMPASS", help=N_("A compass: its id, or its file"))],
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help=N_("A CSV, Excel, JSON Lines or Parquet file, a folder of Parquet parts, or -")
        ),
    ],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form"))
    ] = None,
    map_: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help=N_("Map: which columns say which answers"))
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION=COLUMN", help=N_("The column that answers a question; repeat it for several")),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="ID=VALUE", help=N_("An answer for all rows"))
    ] = None,
    list_separator: Annotated[
        str | None,
        typer.Option("--list-separator", metavar="SIGN", help=N_("What parts the values of one cell; | or , if not")),
    ] = None,
    suggest_map: Annotated[
        bool, typer.Option("--suggest-map", help=N_("Write a map to start from, and nothing else"))
    ] = False,
    layout: Annotated[
        str, typer.Option(metavar="wide|long", help=N_("A row per row, or a row per recommendation"))
    ] = "wide",
    top: Annotated[str | None, typer.Option(metavar="N", help=N_("How many MEDOC to show"))] = None,
    titles: Annotated[bool, typer.Option("--titles", help=N_("Add the titles of the MEDOC"))] = False,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE", help=N_("File for the rows that are rejected, ready to be mended"))
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Stop at the first row that is rejected"))] = False,
    to: Annotated[str | None, typer.Option(metavar="|".join(_KINDS), help=N_("Form of what is written"))] = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help=N_("Encoding of the table"))] = None,
    delimiter: Annotated[str | None, typer.Option(metavar="SIGN", help=N_("What parts the cells of the table"))] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help=N_("Sheet of the workbook to read"))] = None,
    header_row: Annotated[
        str | None, typer.Option("--header-row", metavar="N", help=N_("Line that holds the names of the columns"))
    ] = None,
    safe_cells: Annotated[
        bool, typer.Option("--safe-cells", help=N_("Write no cell that a spreadsheet would take for a formula"))
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=N_("Dask scheduler that does the parts of a folder")),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=N_("Say nothing but errors"))] = False,
) -> None:
    """Rank the catalogue for every row of a table."""
    settings: Settings = ctx.find_root().obj
    number, line = parse_int("--top", top, least=1), parse_int("--header-row", header_row, least=1)
    _one_of("--layout", layout, _LAYOUTS)
    if to is not None:
        _one_of("--to", to, _KINDS)
    need("batch", "boussole batch", *_EXTRA)
    from boussole.tables.reading import open_table

    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    source = open_table(table, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=line)
    if not quiet:
        _tell_all(source.notes, table)
    reading = _Reading(map_, column or (), set_ or (), list_separator)
    if suggest_map:
        _suggest(pair, source, reading, output, settings.language)
        return
    plan = _plan(pair, source, reading)
    if not quiet:
        from boussole.batch.run import replaced

        _tell_all([*replaced(source), *plan.told()], table)
    from boussole.batch.partitions import Job
    from boussole.batch.run import Target

    order = Job(pair.compass, pair.catalogue, plan, settings.language, layout == "long", number, titles)
    if scheduler is not None or (source.kind == "parquet" and output is not None and _is_folder(output)):
        tally = _part_by_part(order, source, output, scheduler, rejects, strict=strict, quiet=quiet)
    else:
        tally = _work(order, source, Target(output or "-", to, safe_cells, rejects), strict=strict, quiet=quiet)
    if tally.rows["rejected"]:
        raise typer.Exit(1)


def _one_of(option: str, word: str, known: Sequence[str]) -> None:
    if word not in known:
        raise BoussoleError(
            gettext("{option}: “{value}” is not accepted.", option=option, value=word), suggest(word, known)
        )


def _tell_all(notes: Sequence[Localised], table: str) -> None:
    for note in notes:
        echo_stderr(gettext("{name}: {reason}", name=Path(table).name if table != "-" else "-", reason=note))


def _named(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns by question, as `--column` gives them."""
    found = {}
    for written in columns:
        question, sign, name = written.partition("=")
        if not sign:
            raise BoussoleError(
                gettext("--column {setting}: there is no “=”.", setting=written),
                gettext("Write --column QUESTION=COLUMN."),
            )
        found[question.strip()] = name.strip()
    return found


def _plan(pair: Pair, source: Table, reading: _Reading) -> Plan:
    from boussole.batch.mapping.plan import make_plan
    from boussole.batch.run import own_columns

    table_map = None
    if reading.map is not None:
        from boussole.files.definitions.table_map import load_map

        table_map = load_map(reading.map, pair.compass, pair.catalogue)
    given, _ = given_answers(pair, None, reading.set)
    old = own_columns(source)
    return make_plan(
        pair.compass,
        [name for name in source.columns if name not in old],
        table_map=table_map,
        named=_named(reading.columns),
        fixed={id_: answer.value for id_, answer in given.by_question.items()},
        separator=reading.separator,
    )


def _is_folder(output: str) -> bool:
    return output != "-" and (Path(output).is_dir() or not Path(output).suffix)


def _part_by_part(
    order: Job,
    source: Table,
    output: str | None,
    scheduler: str | None,
    rejects: Path | None,
    *,
    strict: bool,
    quiet: bool,
) -> RowCounts:
    """Do the parts of a folder that are not done yet, here or on a cluster."""
    from boussole.batch.partitions import remaining, run_locally, run_on_cluster, sum_counts
    from boussole.cli.progress import rows_done

    if source.kind != "parquet" or output is None or not _is_folder(output):
        raise BoussoleError(
            gettext("--scheduler does the Parquet parts of a folder, into another folder."),
            gettext("Write the folder of the parts as TABLE, and -o FOLDER."),
        )
    if rejects is not None:
        raise BoussoleError(
            gettext("--rejects is for results in one file."), gettext("Write the result to a file: -o result.parquet.")
        )
    if scheduler is not None:
        need("cluster", "boussole batch --scheduler", "distributed")
    folder = Path(output)
    parts = remaining(order, source.files, folder)
    if not quiet and len(parts) < len(source.files):
        done = len(source.files) - len(parts)
        echo_stderr(ngettext("{count} part is there already.", "{count} parts are there already.", done))
    tallies = (
        run_locally(order, parts, folder, strict=strict)
        if scheduler is None
        else run_on_cluster(order, parts, folder, scheduler)
    )
    with rows_done(None, quiet=quiet) as progress:
        tally = sum_counts(tallies, progress)
    if not quiet:
        echo_stderr(gettext("Written: {path}", path=output))
    _sum_up(tally, quiet=quiet)
    return tally


def _suggest(pair: Pair, source: Table, reading: _Reading, output: str | None, language: str) -> None:
    """Write a map to start from; one that is there already is never overwritten."""
    from boussole.batch.mapping.suggest import suggest_map
    from boussole.batch.run import label_counts
    from boussole.files.authoring.scaffold import schema_beside, write_start

    if output is not None and Path(output).exists():
        raise BoussoleError(
            gettext("“{path}” is already there.", path=output), gettext("Choose another name, or delete it.")
        )
    known = {name: question for question, name in _named(reading.columns).items()}
    beside = None if output is None else schema_beside(Path(output), "map", language)
    counts = label_counts(source)
    text = suggest_map(pair.compass, pair.catalogue, counts, known=known, language=language, schema=beside)
    if output is None or beside is None:
        sys.stdout.write(text)
        return
    write_start(Path(output), text, beside, "map", language)
    echo_stderr(gettext("Written: {path}", path=output))


def _work(order: Job, source: Table, target: Target, *, strict: bool, quiet: bool) -> RowCounts:
    from boussole.batch.run import run
    from boussole.cli.progress import rows_done

    with rows_done(source.about, quiet=quiet, through=target.path == "-") as progress:
        tally, notes = run(source, order.adviser(), target, strict=strict, progress=progress)
    if not quiet:
        for note in notes:
            echo_stderr(note)
        if target.path != "-":
            echo_stderr(gettext("Written: {path}", path=target.path))
        if target.rejects is not None:
            echo_stderr(gettext("Written: {path}", path=target.rejects))
    _sum_up(tally, quiet=quiet)
    return tally


def _sum_up(tally: RowCounts, *, quiet: bool) -> None:
    """Say how many rows came out how, and the most frequent errors."""
    if quiet and not tally.rows["rejected"]:
        return
    echo_stderr(
        ngettext(
            "{count} row: {ok} ok, {partial} partial, {rejected} rejected.",
            "{count} rows: {ok} ok, {partial} partial, {rejected} rejected.",
            tally.rows.total(),
            ok=tally.rows["ok"],
            partial=tally.rows["partial"],
            rejected=tally.rows["rejected"],
        )
    )
    ordered = sorted(tally.errors.items(), key=lambda item: (-item[1], item[0]))
    for text, count in ordered[:_SAID]:
        echo_stderr(gettext("{count} × {error}", count=count, error=text))
    if len(ordered) > _SAID:
        left = len(ordered) - _SAID
        echo_stderr(ngettext("And {count} other error.", "And {count} other errors.", left))
