"""`boussole.recommend_many`: Polars or Arrow in, the same out."""

from __future__ import annotations

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it has no types
import pytest

import boussole
from boussole.files.definitions import Library

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
