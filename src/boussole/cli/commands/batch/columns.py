"""Which columns of the table answer what, as the command line says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.cli.answers_option import given_answers
from boussole.errors import BoussoleError, TableError
from boussole.i18n import Joined, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from boussole.batch.mapping.plan import Plan
    from boussole.files.library import Pair
    from boussole.i18n import Localised
    from boussole.tables.interface import Table


class ColumnOptions(NamedTuple):
    """The options that say how to read the columns."""

    map: Path | None
    columns: Sequence[str]
    set: Sequence[str]
    separator: str | None


def planned(pair: Pair, table: Table, options: ColumnOptions) -> Plan:
    """Return how the columns are read."""
    from boussole.batch.mapping.plan import make_plan
    from boussole.batch.run import own_columns

    table_map = None
    if options.map is not None:
        from boussole.files.definitions.table_map import load_map

        table_map = load_map(options.map, pair.compass, pair.catalogue)
    given, _ = given_answers(pair, None, options.set)
    old = own_columns(table)
    try:
        return make_plan(
            pair.compass,
            [name for name in table.columns if name not in old],
            table_map=table_map,
            named=by_question(options.columns),
            fixed={id_: answer.value for id_, answer in given.by_question.items()},
            separator=options.separator,
        )
    except TableError as error:
        if table.elsewhere is None:
            raise
        raise TableError(error.what, Joined([one for one in (error.hint, table.elsewhere) if one], "\n")) from error


def about_columns(table: Table, plan: Plan) -> Iterator[Localised]:
    """Yield what is to be said of the columns: those of an earlier run, and what the others answer."""
    from boussole.batch.run import replaced

    yield from replaced(table)
    yield from plan.told()


def by_question(columns: Sequence[str]) -> dict[str, str]:
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
