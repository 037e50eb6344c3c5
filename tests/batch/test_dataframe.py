"""`boussole.recommend_many`: a frame of any library in, the same rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd  # type: ignore[import-untyped] # it has no types
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
from support.tables import whole, written

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


PLAIN = pl.DataFrame({"profile": ["collectivites", "associations", None], "domain": ["eau", "climat", "mer-littoral"]})


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "duckdb", "arrow", "batch", "reader"])
def test_the_same_rows_whatever_holds_them(kind: str) -> None:
    """Frames are read by column: pandas, DuckDB, Arrow and Polars give the same bytes."""
    held = {
        "polars": lambda: PLAIN,
        "lazy": PLAIN.lazy,
        "pandas": lambda: pd.DataFrame(PLAIN.to_dict(as_series=False)),
        "duckdb": lambda: duckdb.from_arrow(PLAIN.to_arrow()),  # type: ignore[no-untyped-call] # it has no types
        "arrow": PLAIN.to_arrow,
        "batch": lambda: PLAIN.to_arrow().to_batches()[0],
        "reader": lambda: PLAIN.to_arrow().to_reader(),
    }[kind]()
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, held, top=3, language="en")
    expected = boussole.recommend_many(PAIR.compass, PAIR.catalogue, PLAIN, top=3, language="en")
    assert expected["boussole_1"].null_count() == 0
    assert pl.DataFrame(made).write_csv() == expected.write_csv()


def test_a_pandas_frame_stays_as_it_is() -> None:
    """Its index, its types, columns that no question reads; a second run makes its columns anew."""
    frame = pd.DataFrame(
        {
            "profile": ["collectivites"] * 2,
            "when": pd.to_datetime(["2026-01-01", None]),
            "kind": pd.Categorical(["a", "b"]),
        },
        index=pd.Index(["x", "y"], name="place"),
    )
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, frame, top=1)
    assert isinstance(made, pd.DataFrame)
    pd.testing.assert_frame_equal(made[list(frame.columns)], frame)
    pd.testing.assert_frame_equal(boussole.recommend_many(PAIR.compass, PAIR.catalogue, made, top=1), made)


def test_columns_that_no_question_reads_are_of_any_type() -> None:
    """They are given back, not looked at."""
    frame = PLAIN.with_columns(pl.Series("odd", [object(), None, b"\xff"], dtype=pl.Object))
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, frame, top=1)
    assert made["odd"].to_list() == frame["odd"].to_list()


@pytest.mark.parametrize("top", [0, -1, True, "3", 2.5])
def test_a_top_that_cannot_be(top: object) -> None:
    """It is refused in words, in the caller's language."""
    with pytest.raises(boussole.BoussoleError, match="Write a whole number, 1 or more"):
        boussole.recommend_many(PAIR.compass, PAIR.catalogue, PLAIN, top=top, language="en")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ([{"profile": "collectivites"}], "“list” is no frame"),
        (pa.table([[1], [2]], names=["profile", "profile"]), "the frame cannot be read"),
        (pl.DataFrame({"n": [1]}), "no column of the table answers a question"),
        (pl.DataFrame({"n;profile": ["a;etat"]}), "if “;” parts its cells, say so"),
        (pl.DataFrame({"n": [1]}).lazy().select("m"), "the frame cannot be read"),
    ],
)
def test_what_is_no_frame_of_answers(frame: object, said: str) -> None:
    """It is refused in words, in the caller's language."""
    with pytest.raises(TableError, match=said):
        boussole.recommend_many(PAIR.compass, PAIR.catalogue, frame, language="en")


def test_errors_of_rows_are_in_the_language_of_the_caller() -> None:
    """As all that is said."""
    for language, said in (("en", "Did you mean"), ("fr", "Vouliez-vous dire")):
        made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, FRAME, language=language)
        assert said in made["boussole_error"][1]


def test_a_map_is_read_from_its_file(tmp_path: Path) -> None:
    """`boussole.load_map` gives what `table_map` takes."""
    path = written(
        tmp_path,
        'format = 1\ncompass = "agir-ensemble"\n[[column]]\nname = "n"\n[column.values]\n"7" = { domain = ["eau"] }\n',
        "map.toml",
    )
    maps = boussole.load_map(str(path), PAIR.compass, PAIR.catalogue)
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, pl.DataFrame({"n": [7, 8]}), table_map=maps)
    assert made["boussole_status"].to_list() == ["partial", "rejected"]


def test_no_column_is_read_where_the_map_answers_for_all() -> None:
    """Each row is there all the same."""
    maps = TableMap(PAIR.compass.id, set={"profile": "collectivites"})
    made = boussole.recommend_many(PAIR.compass, PAIR.catalogue, pl.DataFrame({"n": [7, 8]}), table_map=maps, top=1)
    assert made["boussole_1"].null_count() == 0
