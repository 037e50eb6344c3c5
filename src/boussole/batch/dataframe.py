"""One frame in memory through boussole: the pure function that a notebook, Dask or Spark maps over its batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from boussole.batch.layouts import PREFIX, Wide
from boussole.batch.mapping.plan import make_plan
from boussole.batch.recommending import BatchRecommender
from boussole.errors import BoussoleError, TableError
from boussole.i18n import DEFAULT_LANGUAGE, gettext
from boussole.tables.columns import named
from boussole.tables.frames import LINE
from boussole.tables.parquet import as_text

if TYPE_CHECKING:
    from boussole.core.answers.table_map import TableMap
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass


def recommend_frame(
    compass: Compass,
    catalogue: Catalogue,
    frame: Any,  # noqa: ANN401 - Polars, pandas, Arrow, or whatever has the Arrow C stream
    *,
    top: int | None = None,
    table_map: TableMap | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> Any:  # noqa: ANN401 - of the kind that was given
    """Return a frame with boussole's columns after its own: see `boussole.recommend_many`.

    Raises:
        TableError: when this is no frame, no column answers a question, or the name of one cannot be used.
        BoussoleError: when `top` is no whole number from 1 on.

    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise BoussoleError(
            gettext("{option}: “{value}” is not accepted.", option="top", value=repr(top)),
            gettext("Write a whole number, {low} or more.", low=1),
        )
    typed = _as_polars(frame)
    kept = typed[[name for name in typed.columns if not name.startswith(PREFIX)]]
    columns = named(kept.columns)
    plan = make_plan(compass, columns, table_map=table_map)
    read = {column.name for group in plan.groups for column in group}
    places = [place for place, name in enumerate(columns) if name in read]  # the others may be of any type
    text = (
        as_text(kept[:, places], tuple(columns[place] for place in places), 1)
        if places
        else pl.DataFrame({LINE: pl.int_range(kept.height, eager=True)})
    )
    layout = Wide(compass, catalogue, language, top=top)
    adviser = BatchRecommender(compass, catalogue, plan, language=language, layout=layout)
    advised = adviser.advise(text).frame
    return _like(frame, kept, advised[[name for name in advised.columns if name.startswith(PREFIX)]])


def _as_polars(frame: Any) -> pl.DataFrame:  # noqa: ANN401 - what somebody gave
    """Return a frame as Polars has it, read by columns.

    Raises:
        TableError: when it is none.

    """
    if isinstance(frame, pl.DataFrame):
        return frame
    try:
        if isinstance(frame, pl.LazyFrame):
            return frame.collect()
        if hasattr(frame, "__arrow_c_stream__"):
            return pl.DataFrame(frame)
        if hasattr(frame, "__arrow_c_array__"):  # a record batch
            return pl.DataFrame(pl.from_arrow(frame))
    except (pl.exceptions.PolarsError, ValueError, TypeError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise TableError(gettext("the frame cannot be read: {reason}.", reason=reason)) from error
    raise TableError(
        gettext("“{word}” is no frame.", word=type(frame).__name__),
        gettext("Give a Polars, pandas or DuckDB frame, or an Arrow table or record batch."),
    )


def _like(frame: Any, kept: pl.DataFrame, added: pl.DataFrame) -> Any:  # noqa: ANN401 - of the kind that was given
    """Return what was `kept` of a frame, and what is `added`, as a frame of the same kind, or else of Polars."""
    kind = type(frame)
    match kind.__module__.partition(".")[0], kind.__name__:
        case "pandas", _:  # whose own columns and index stay as they are
            own = frame.loc[:, [not str(name).startswith(PREFIX) for name in frame.columns]]
            return own.assign(**added.to_dict(as_series=False))
        case "pyarrow", "Table" | "RecordBatch":  # likewise
            own = frame.select([name for name in frame.schema.names if not name.startswith(PREFIX)])
            for name, column in zip(added.columns, _arrow_columns(added), strict=True):
                own = own.append_column(name, column.combine_chunks() if kind.__name__ == "RecordBatch" else column)
            return own
        case _:
            return kept.hstack(added)


def _arrow_columns(added: pl.DataFrame) -> list[Any]:
    """Return columns of text as Arrow has had them from the start: Spark knows no others."""
    import pyarrow as pa  # type: ignore[import-untyped] # it has no types; whoever gives an Arrow table has it

    return [column.cast(pa.string()) for column in added.to_arrow().columns]
