"""One frame in memory through boussole: the pure function that a notebook, Dask or Spark maps over its batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from boussole.batch.layouts import PREFIX, Wide
from boussole.batch.mapping.plan import make_plan
from boussole.batch.recommending import BatchRecommender
from boussole.i18n import DEFAULT_LANGUAGE
from boussole.tables.columns import named
from boussole.tables.parquet import as_text

if TYPE_CHECKING:
    from boussole.core.answers.table_map import TableMap
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass


def recommend_frame(
    compass: Compass,
    catalogue: Catalogue,
    frame: Any,  # noqa: ANN401 - Polars or Arrow
    *,
    top: int | None = None,
    table_map: TableMap | None = None,
) -> Any:  # noqa: ANN401 - of the kind that was given
    """Return a Polars frame, or an Arrow table or record batch, with boussole's columns after its own.

    Raises:
        TableError: when no column answers a question, or the name of one cannot be used.

    """
    typed = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(pl.from_arrow(frame))
    kept = typed[[name for name in typed.columns if not name.startswith(PREFIX)]]
    columns = named(kept.columns)
    plan = make_plan(compass, columns, table_map=table_map)
    layout = Wide(compass, catalogue, DEFAULT_LANGUAGE, top=top)
    adviser = BatchRecommender(compass, catalogue, plan, language=DEFAULT_LANGUAGE, layout=layout)
    advised = adviser.advise(as_text(kept, columns, 1)).frame
    made = kept.hstack(advised[[name for name in advised.columns if name.startswith(PREFIX)]])
    if isinstance(frame, pl.DataFrame):
        return made
    table = made.to_arrow()
    if type(frame).__name__ != "RecordBatch":
        return table
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else type(frame).from_pylist([], schema=table.schema)
