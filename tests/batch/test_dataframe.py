"""`boussole.recommend_many`: Polars or Arrow in, the same out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it has no types
import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types

import boussole
from boussole.batch.mapping.plan import make_plan
from boussole.batch.recommending import BatchRecommender
from boussole.batch.run import Target, run
from boussole.core.answers.table_map import ColumnMap, TableMap
from boussole.errors import TableError
from boussole.files.library import Library
from boussole.tables.reading import open_table
from support.tables import whole

if TYPE_CHECKING:
    from pathlib import Path

PAIR = Library().pair("agir-ensemble")
FRAME = pl.DataFrame(
    {"profile": ["collectivites", "colectivites"], "domain": [["eau"], ["eau", "climat"]], "n": [7, 8]}
)


def test_a_polars_frame() -> None:
    """Its columns keep their types, and each row has what `recommend` gives."""
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, FRAME, top=3)
    assert made.select(FRAME.columns).equals(FRAME)
    answers = boussole.Answers.of(profile="collectivites", domain=["eau"])
    expected = [one.medoc.id for one in boussole.recommend(PAIR.compass, PAIR.catalogue, answers).top(3)]
    assert list(made.row(0)[-3:]) == expected
    assert made["boussole_status"].to_list() == ["partial", "rejected"]
    assert boussole.recommend_many(PAIR.compass, PAIR.catalogue, made, top=3).equals(made)


@pytest.mark.parametrize("height", [2, 0])
def test_arrow_tables_and_record_batches(height: int) -> None:
    """A batch gives a batch, as mapInArrow wants it."""
    table = FRAME[:height].to_arrow()
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, table)
    assert isinstance(made, pa.Table)
    batch = pa.RecordBatch.from_pylist(table.to_pylist(), schema=table.schema)
    one = boussole.recommend_many(PAIR.compass, PAIR.catalogue, batch)
    assert isinstance(one, pa.RecordBatch)
    assert one.to_pylist() == made.to_pylist()


ODD = ("*", "^a.*", "a", "")
LABELS = {"007": {"domain": ("eau",)}}


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_names_that_look_like_patterns(ending: str, tmp_path: Path) -> None:
    """A column named “*” is one like another, in any file, also where several answer one question."""
    table = pl.DataFrame([["007"], ["collectivites"], ["eau"], ["x"]], schema=list(ODD))
    path = tmp_path / f"table.{ending}"
    if ending == "xlsx":
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        for place, (name, values) in enumerate(zip(ODD, table, strict=True)):
            sheet.write_column(0, place, [name, *values])
        book.close()
    else:
        getattr(table, f"write_{ending.replace('jsonl', 'ndjson')}")(path)
    source = open_table(path)
    maps = TableMap(
        PAIR.compass.id,
        (ColumnMap("^a.*", question="profile"), ColumnMap("a", question="domain"), ColumnMap("*", LABELS)),
    )
    plan = make_plan(PAIR.compass, source.columns, table_map=maps)
    made = tmp_path / f"made.{ending}"
    tally, _ = run(source, BatchRecommender(PAIR.compass, PAIR.catalogue, plan, language="fr"), Target(str(made)))
    assert tally.rows == {"partial": 1}
    back = open_table(made)
    assert back.columns[:3] == ODD[:3]
    assert whole(back).row(0)[:4] == ("007", "collectivites", "eau", "x")
    assert whole(back)["boussole_1"].item() is not None


def test_a_name_that_polars_always_takes_for_a_pattern() -> None:
    """It is refused in words."""
    with pytest.raises(TableError, match="servir"):
        boussole.recommend_many(PAIR.compass, PAIR.catalogue, FRAME.rename({"n": "^n.*$"}))


def test_a_column_without_a_name() -> None:
    """It stays as it is, also beside those that answer."""
    frame = FRAME.rename({"n": ""})
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, frame, top=1)
    assert made.select(frame.columns).equals(frame)
