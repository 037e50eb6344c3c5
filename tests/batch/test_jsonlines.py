from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import cells, copied, problems, read, whole, written

from boussole.batch.reading import chunks, open_table
from boussole.batch.writing import open_output
from boussole.errors import TableError

if TYPE_CHECKING:
    from boussole.batch.reading import Source


def test_values_become_text_as_they_are_written(tmp_path: Path) -> None:
    """Numbers keep their digits, lists are joined, what is missing is null; the columns are those of all lines."""
    path = written(
        tmp_path,
        '\ufeff{"a": 1.50, "b": ["x", "y"], "c": null}\n\n{"b": true, "d": {"n": 1e3, "l": [1]}, "a": "é"}\r\n',
        "a.jsonl",
    )
    source = open_table(path)
    assert source.columns == ("a", "b", "c", "d")
    assert cells(source) == [("1.50", "x|y", None, None), ("é", "true", None, '{"n": 1e3, "l": [1]}')]
    assert whole(source)["__line"].to_list() == [1, 3]


def test_a_line_that_is_no_object_is_a_row_with_a_problem(tmp_path: Path) -> None:
    """It stands in its place, and is not lost when written."""
    path = written(tmp_path, '{"a": 1}\n[1]\n{"a": \n{"a": 2}\n', "a.jsonl")
    source = open_table(path)
    assert problems(source) == [(2, "T105"), (3, "T105")]
    assert cells(source) == [("1",), (None,), (None,), ("2",)]
    lines = copied(source, tmp_path / "b.jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"a": 1}, {"boussole_line": "[1]"}, {"boussole_line": '{"a":'}, {"a": 2},
    ]  # fmt: skip


def test_what_was_typed_comes_back_and_ours_after_it(tmp_path: Path) -> None:
    """Types and spaces of the input stay; the columns of boussole are added at the end."""
    source = open_table(written(tmp_path, '{ "a" : 1.50, "b": [1] }\n{}\n', "a.jsonl"))
    path = tmp_path / "b.jsonl"
    with open_output(path, like=source) as writer:
        for frame in chunks(source):
            writer.write(frame.with_columns(pl.Series("boussole_1", ["x", None])))
    assert path.read_text("utf-8") == '{ "a" : 1.50, "b": [1], "boussole_1":"x"}\n{"boussole_1":null}\n'


def test_another_table_is_written_as_text(tmp_path: Path) -> None:
    """A delimited table becomes objects of texts."""
    source = open_table(written(tmp_path, 'a;b\n007;\n"";x\n'))
    assert copied(source, tmp_path / "b.jsonl").decode() == '{"a":"007","b":null}\n{"a":"","b":"x"}\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no JSON object."),
        (b"[1]\n", "holds no JSON object."),
        (b'{"a": 1}\n{"a": "\xff"}\n', "line 2 is not text in UTF-8."),
        (b'{"__raw": 1}', "the name “__raw” cannot be used"),
    ],
)
def test_what_cannot_be_json_lines_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """Each is an error that says why."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, content, "a.jsonl"))
    assert said in refused.value.in_("en")


@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=4), st.none() | st.text() | st.integers()), min_size=1))
def test_any_objects_come_back(rows: list[dict[str, Any]]) -> None:
    """Objects are given back line for line, and read as text in as many rows."""
    lines = "".join(f"{json.dumps(row, ensure_ascii=True)}\n" for row in rows)
    with TemporaryDirectory() as folder:
        path = written(Path(folder), lines, "a.jsonl")
        if not any(rows):
            return
        source = _opened(path)
        if source is None:
            return
        assert copied(source, Path(folder) / "b.jsonl").decode() == lines
        expected = [[None if row.get(name) is None else str(row[name]) for name in source.columns] for row in rows]
        assert [list(row) for row in read(path)] == expected


def _opened(path: Path) -> Source | None:
    try:
        return open_table(path)
    except TableError:
        return None
