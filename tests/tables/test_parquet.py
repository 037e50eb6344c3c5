"""Parquet in and out: types go back as they came, folders of parts are one table."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it has no types
import pyarrow.parquet as pq  # type: ignore[import-untyped] # likewise
import pytest

from boussole.errors import TableError
from boussole.tables.reading import chunks, open_table
from boussole.tables.writing import open_output
from support.tables import cells, copied, whole, written

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


MANY = {
    "entiers": (pl.Series([12345678901234.0, 1e16, 1e21, -0.0]), ["12345678901234", "10000000000000000", "1e+21", "0"]),
    "réels": (pl.Series([0.1, 1.5e-10, float("nan"), None]), ["0.1", "1.5e-10", None, None]),
    "courts": (pl.Series([0.1, 16777216.0, None, 2.0], dtype=pl.Float32), ["0.1", "16777216", None, "2"]),
    "grands": (pl.Series([2**64 - 1, 0, None, 1], dtype=pl.UInt64), ["18446744073709551615", "0", None, "1"]),
    "prix": (pl.Series(["1.50", None, "2", "0"]).str.to_decimal(scale=2), ["1.50", None, "2.00", "0.00"]),
    "mesures": (pl.Series(["1.5", None, "2000", "0"]).str.to_decimal(scale=3), ["1.500", None, "2000", "0"]),
    "mots": (pl.Series(["x", "y", None, "x"], dtype=pl.Categorical), ["x", "y", None, "x"]),
    "instants": (
        pl.Series([dt.datetime(2024, 3, 1), dt.datetime(2024, 3, 1, 8, 5, 0, 1200), None, None]),  # noqa: DTZ001
        ["2024-03-01 00:00:00", "2024-03-01 08:05:00.001200", None, None],
    ),
    "heures": (pl.Series([dt.time(8, 5), None, None, None]), ["08:05:00", None, None, None]),
    "durées": (pl.Series([dt.timedelta(1), dt.timedelta(hours=1.5), None, None]), ["P1D", "PT1H30M", None, None]),
    "octets": (pl.Series([b"\xc3\xa9", b"\xff", None, b""]), ["é", "\ufffd", None, ""]),
    "rien": (pl.Series([None] * 4), [None] * 4),
    "nombres": (pl.Series([[1.0, 2.5], [], None, [None]]), ["1|2.5", "", None, ""]),
    "listes": (pl.Series([[[1, 2], [3]], [], None, [[]]]), ["[[1,2],[3]]", "[]", None, "[[]]"]),
    "objets": (pl.Series([[{"x": 1}], [], None, None]), ['[{"x":1}]', "[]", None, None]),
    "paires": (pl.Series([[1, 2], [3, 4], None, [5, 6]], dtype=pl.Array(pl.Int8, 2)), ["1|2", "3|4", None, "5|6"]),
    "morceaux": (pl.Series([[b"x", b"\xff"], [], None, [None]]), ["x|\ufffd", "", None, ""]),
    "enveloppes": (
        pl.Series([{"a": b"\xff", "b": [b"x"]}, None, {"a": None, "b": None}, None]),
        ['{"a":"\ufffd","b":["x"]}', None, '{"a":null,"b":null}', None],
    ),
    "boîtes": (pl.Series([[[b"x"]], [], None, [[]]]), ['[["x"]]', "[]", None, "[[]]"]),
    "": (pl.Series([1, 2, 3, 4]), ["1", "2", "3", "4"]),
    "*": (pl.Series([1, 2, 3, 4]), ["1", "2", "3", "4"]),
}


def test_every_type_has_a_text_and_comes_back(tmp_path: Path) -> None:
    """Whole numbers are written in full, lists joined, lists of lists JSON; nothing is unreadable."""
    table = pl.DataFrame({name: values for name, (values, _) in MANY.items()})
    table.write_parquet(tmp_path / "a.parquet")
    source = open_table(tmp_path / "a.parquet")
    found = whole(source)
    assert {name: found[column].to_list() for name, column in zip(MANY, source.columns, strict=True)} == {
        name: texts for name, (_, texts) in MANY.items()
    }
    copied(source, tmp_path / "b.parquet")
    back = pl.read_parquet(tmp_path / "b.parquet")
    assert back.columns == table.columns
    assert all(back[name].equals(table[name]) for name in table.columns)


OTHERS: dict[str, tuple[pa.Array, list[str | None]]] = {
    "cartes": (pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int32())), ['{"a":1}', None, "{}"]),
    "octets": (
        pa.array([[(b"a", b"\xff")], None, []], pa.map_(pa.binary(), pa.binary())),
        ['{"a":"\ufffd"}', None, "{}"],
    ),
    "json": (pa.array(['{"a":1}', None, "2"], pa.json_()), ['{"a":1}', None, "2"]),
    "identités": (pa.array([b"1234567890123456", None, None], pa.uuid()), ["1234567890123456", None, None]),
    "listes": (
        pa.array([[[("a", 1)]], None, []], pa.list_(pa.map_(pa.string(), pa.int32()))),
        ['[{"a":1}]', None, "[]"],
    ),
    "codes": (pa.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
    "demis": (pa.array([1.0, None, 2.5], pa.float16()), ["1", None, "2.5"]),
}


@pytest.mark.parametrize("name", OTHERS)
def test_types_of_other_programs_stop_nothing(tmp_path: Path, name: str) -> None:
    """Columns of types that Polars itself never writes are text like others, and come back."""
    values, texts = OTHERS[name]
    pq.write_table(pa.table({"a": [1, 2, 3], name: values}), tmp_path / "a.parquet")
    source = open_table(tmp_path / "a.parquet")
    assert whole(source)[name].to_list() == texts
    copied(source, tmp_path / "b.parquet")
    back = pl.read_parquet(tmp_path / "b.parquet")
    assert back[name].equals(pl.read_parquet(tmp_path / "a.parquet")[name])


def test_a_column_that_cannot_be_read_is_left_out_and_said(tmp_path: Path) -> None:
    """The others are read as ever, whatever their place and their name."""
    longs = pa.array([Decimal("1.5"), None, Decimal(2)], pa.decimal256(60, 2))
    pq.write_table(pa.table({"a": [1, 2, 3], "b": longs, "*": ["x", "y", "z"]}), tmp_path / "a.parquet")
    source = open_table(tmp_path / "a.parquet")
    assert cells(source) == [("1", "x"), ("2", "y"), ("3", "z")]
    assert source.notes[1].in_("en") == "column “b”: its type cannot be read, it is left out."
    copied(source, tmp_path / "b.parquet")
    assert pl.read_parquet(tmp_path / "b.parquet").rows() == [(1, "x"), (2, "y"), (3, "z")]


def test_parts_that_differ_in_types_are_text(tmp_path: Path) -> None:
    """A column that is empty in one part has no type there: it is said, and what is written is text."""
    pl.DataFrame({"n": [1], "m": [None]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"n": ["x"], "m": [2.0]}).write_parquet(tmp_path / "b.parquet")
    source = open_table(tmp_path)
    assert source.notes[1].in_("en") == "the files differ in the types of their columns: all is taken as text."
    assert cells(source) == [("1", None), ("x", "2")]
    (tmp_path / "out").mkdir()
    copied(source, tmp_path / "out" / "c.parquet")
    assert pl.read_parquet(tmp_path / "out" / "c.parquet").rows() == [("1", None), ("x", "2")]


def test_hidden_files_are_no_parts(tmp_path: Path) -> None:
    """Some systems leave them beside others, and so does a run that was killed."""
    pl.DataFrame({"n": [1]}).write_parquet(tmp_path / "a.parquet")
    written(tmp_path, "no Parquet", "._a.parquet")
    assert open_table(tmp_path).files == (tmp_path / "a.parquet",)


def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    """Also where only its rows are, and its columns can be read."""
    path = tmp_path / "a.parquet"
    pl.DataFrame({"n": [f"{number * 7919 % 100_003}" for number in range(50_000)]}).write_parquet(path)
    content = bytearray(path.read_bytes())
    content[1000:3000] = b"\xff" * 2000
    source = open_table(written(tmp_path, bytes(content), "b.parquet"))
    with pytest.raises(TableError, match=r"b\.parquet"):
        list(chunks(source))
    with pytest.raises(TableError, match=r"c\.parquet"):
        open_table(written(tmp_path, path.read_bytes()[:-100], "c.parquet"))


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
    with pytest.raises(TableError, match="ensemble"):
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
