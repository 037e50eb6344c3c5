from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tables import cells, copied, whole, written

from boussole.batch.reading import chunks, open_table
from boussole.batch.writing import open_output
from boussole.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

TYPED = pl.DataFrame(
    {
        "code": ["007", None],
        "n": [1, None],
        "réel": [12.0, 0.5],
        "vrai": [True, False],
        "jour": [dt.date(2024, 3, 1), None],
        "liste": [["x", "y"], []],
        "objet": [{"a": 1}, None],
        "octets": [b"x", None],
    }
)


def test_values_become_text_and_keep_their_types_in_parquet(tmp_path: Path) -> None:
    """What is asked of the columns is text; what goes back into Parquet is what it was, ours after it."""
    path = tmp_path / "a.parquet"
    TYPED.write_parquet(path)
    source = open_table(path)
    assert cells(source) == [
        ("007", "1", "12", "true", "2024-03-01", "x|y", '{"a":1}', "x"),
        (None, None, "0.5", "false", None, "", None, None),
    ]
    out = tmp_path / "b.parquet"
    with open_output(out, like=source) as writer:
        for frame in chunks(source):
            writer.write(frame.with_columns(boussole_1=pl.lit("x")))
    assert pl.read_parquet(out).equals(TYPED.with_columns(boussole_1=pl.lit("x")))
    assert copied(source, tmp_path / "c.csv").decode().startswith("code,n,réel,vrai,jour,liste,objet,octets\n007,1,12,")


def test_a_folder_and_a_pattern_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    """Parts are one table, its rows numbered through."""
    for name, start in (("b", 3), ("a", 1), ("c", 5)):
        pl.DataFrame({"n": [start, start + 1]}).write_parquet(tmp_path / f"{name}.parquet")
    source = open_table(tmp_path)
    assert cells(source) == [(str(number),) for number in range(1, 7)]
    assert whole(source, 1)["__line"].to_list() == [1, 2, 3, 4, 5, 6]
    assert source.notes[0].in_("en") == "read as Parquet, 3 files."
    assert cells(open_table(tmp_path / "[ab].parquet")) == [("1",), ("2",), ("3",), ("4",)]


def test_parts_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    """Other columns, no part at all, and what is no Parquet file are errors that name the file."""
    with pytest.raises(TableError, match="Parquet"):
        open_table(tmp_path)
    pl.DataFrame({"n": [1]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"m": [1]}).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(TableError, match=r"b\.parquet"):
        open_table(tmp_path)
    for path in (written(tmp_path, "a;b\n", "c.parquet"), tmp_path / "absent.parquet"):
        with pytest.raises(TableError, match=path.name):
            open_table(path)


def test_a_table_without_rows(tmp_path: Path) -> None:
    """It is said, and its header is written."""
    TYPED.clear().write_parquet(tmp_path / "a.parquet")
    source = open_table(tmp_path / "a.parquet")
    assert source.notes[-1].in_("en") == "there is no row below the header."
    copied(source, tmp_path / "b.parquet")
    assert pl.read_parquet(tmp_path / "b.parquet").columns == TYPED.columns


def test_the_same_bytes_each_time_however_the_rows_come(tmp_path: Path) -> None:
    """The bytes depend on the rows alone, not on the frames they came in; nothing that waited stays behind."""
    source = open_table(written(tmp_path, "a;b\n" + "".join(f"{n};{n % 7}\n" for n in range(5000))))
    made = set()
    for rows in (100, 5000):
        path = tmp_path / f"{rows}.parquet"
        with open_output(path, like=source) as writer:
            for frame in chunks(source, rows):
                writer.write(frame)
        made.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(made) == 1
