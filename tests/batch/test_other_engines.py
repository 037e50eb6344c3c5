"""The same function inside other engines: Polars lazily, record batches of DuckDB, Spark where it is installed."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it has no types
import pytest

import boussole
from boussole.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIR = Library().pair("agir-ensemble")
ROWS = pl.DataFrame(
    {
        "profile": ["collectivites", "associations", "inconnu", "entreprises"] * 5,
        "domain": ["eau", "climat,energie", "eau", ""] * 5,
        "n": range(20),
    }
)
EXPECTED = boussole.recommend_many(PAIR.compass, PAIR.catalogue, ROWS, top=3)


def test_polars_map_batches() -> None:
    """A lazy frame, streamed in batches."""

    def advise(batch: pl.DataFrame) -> pl.DataFrame:
        found: pl.DataFrame = boussole.recommend_many(PAIR.compass, PAIR.catalogue, batch, top=3)
        return found

    made = ROWS.lazy().map_batches(advise, schema=EXPECTED.schema, streamable=True).collect()
    assert made.equals(EXPECTED)


def test_duckdb_batches() -> None:
    """Record batches out of DuckDB, and back into it."""
    reader = duckdb.from_arrow(ROWS.to_arrow()).order("n").to_arrow_reader(7)
    batches = [boussole.recommend_many(PAIR.compass, PAIR.catalogue, batch, top=3) for batch in reader]
    assert duckdb.from_arrow(pa.Table.from_batches(batches)).order("n").pl().equals(EXPECTED)


def test_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """`mapInArrow` on two threads: the rows of one machine. It runs where `pip install pyspark` and Java are."""
    sql = pytest.importorskip("pyspark.sql", reason="needs pyspark")
    if shutil.which("java") is None:
        pytest.skip("needs Java")

    def advise(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        pair = Library().pair("agir-ensemble")
        for batch in batches:
            yield boussole.recommend_many(pair.compass, pair.catalogue, batch, top=3)

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # else the first python3 of the path, without boussole
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        rows = session.createDataFrame(ROWS.to_pandas()).repartition(3)
        added = [name for name in EXPECTED.columns if name not in ROWS.columns]
        schema = "profile string, domain string, n bigint, " + ", ".join(f"{name} string" for name in added)
        made = rows.mapInArrow(advise, schema).orderBy("n").toPandas()
    finally:
        session.stop()
    assert pl.from_pandas(made).equals(EXPECTED)
