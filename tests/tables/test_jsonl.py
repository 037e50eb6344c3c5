"""JSON Lines in and out: each value in its place, each fault named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.errors import TableError
from boussole.tables import jsonl
from boussole.tables.json_values import one_a_line
from boussole.tables.reading import chunks, open_table
from boussole.tables.writing import open_output
from support.tables import cells, copied, problems, read, whole, written


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
        (b"1\n", "holds no JSON object."),
        (b'[{"a": 1}, {"a": 2}]\n', "jq -c '.[]' a.jsonl > a_.jsonl"),
        (b'[\n {\n  "a": 1\n }\n]\n', "is one list, and no object a line."),
        (b'[{"a": 1},\n{"a": 2}]\n', "is one list, and no object a line."),
        (b'[\n{"a": 1},\n{"a": 2}\n]\n', "is one list, and no object a line."),
        (b'{"a": 1}\n{"a": "\xff"}\n', "line 2 is not text in UTF-8."),
        (b'{"__raw": 1}', "the name “__raw” cannot be used"),
    ],
)
def test_what_cannot_be_json_lines_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """Each is an error that says why."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, content, "a.jsonl"))
    assert said in refused.value.in_("en")


def test_a_list_on_the_standard_input_names_a_file_of_its_own() -> None:
    assert one_a_line(Path("-")).in_("en").endswith("jq -c '.[]' table.json > table.jsonl")


def test_a_line_that_is_a_list_spoils_itself_only(tmp_path: Path) -> None:
    """The first as well as any other: there are objects beside it."""
    source = open_table(written(tmp_path, '[1]\n{"a": 1}\n[2]\n', "a.jsonl"))
    assert problems(source) == [(1, "T105"), (3, "T105")]


def test_the_hint_for_another_encoding_can_be_followed(tmp_path: Path) -> None:
    """JSON Lines have one encoding: naming another would not help."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, '{"a": "é"}\n'.encode("cp1252"), "a.jsonl"))
    assert refused.value.hint is not None
    assert "--encoding" not in refused.value.hint.in_("en")


def test_what_no_table_can_hold_spoils_its_line_only(tmp_path: Path) -> None:
    """A name that stands twice, half a character in one, lists in lists without end."""
    deep = "[" * 900 + "]" * 900
    lines = ['{"a":1,"a":2}', '{"\\ud800":1}', f'{{"a":{deep}}}', f'{{"a":{deep * 99}}}', '{"a":3,"b":{"c":1,"c":2}}']
    path = written(tmp_path, "\n".join([*lines, '{"a":4}']), "a.jsonl")
    source = open_table(path)
    assert source.columns == ("a", "b")
    assert problems(source) == [(1, "T106"), (2, "T105"), (3, "T105"), (4, "T105"), (5, "T106")]
    assert cells(source)[5] == ("4", None)
    saved = copied(source, tmp_path / "b.jsonl").decode().splitlines()
    assert [json.loads(one)["boussole_line"] for one in saved[:5]] == lines
    assert saved[5] == '{"a":4}'


def test_rows_come_some_at_a_time(tmp_path: Path) -> None:
    """As many as are asked for, their lines numbered through."""
    source = open_table(written(tmp_path, "".join(f'{{"a":{number}}}\n' for number in range(10)), "a.jsonl"))
    assert [frame["__line"].to_list() for frame in chunks(source, 4)] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]


def test_a_name_may_be_empty(tmp_path: Path) -> None:
    """Its values are read, and it has no name again."""
    path = written(tmp_path, '{"":1,"b":2}\n', "a.jsonl")
    source = open_table(path)
    assert cells(source) == [("1", "2")]
    frame = whole(source).drop("__raw")
    with open_output(tmp_path / "b.jsonl", like=source) as writer:
        writer.write(frame)
    assert (tmp_path / "b.jsonl").read_text("utf-8") == '{"":"1","b":"2"}\n'


def test_numbers_beyond_python(tmp_path: Path) -> None:
    """Digits are not counted, and what is no JSON but common is taken: NaN is nothing, the rest as it is written."""
    digits = "9" * 5000
    path = written(tmp_path, f'{{"a":{digits},"b":NaN}}\n{{"c":-1E400}}\n', "a.jsonl")
    assert read(path) == [(digits, None, None), (None, None, "-1E400")]


def test_whole_numbers_are_read_as_such_however_a_program_wrote_them(tmp_path: Path) -> None:
    """Three zeros after a point could be thousands in a text, never in JSON; other numbers keep their digits."""
    numbers = ["1.0", "1.000", "1e3", "1.5E1", "-0.0", "12.50", "12.500", "1e-3", "1e18", "0e9", "Infinity"]
    path = written(tmp_path, "".join(f'{{"a": {number}}}\n' for number in numbers), "a.jsonl")
    texts = ["1.0", "1", "1000", "15", "-0.0", "12.50", "12.500", "1e-3", "1e18", "0", "Infinity"]
    assert [cell for (cell,) in read(path)] == texts
    copied(open_table(path), tmp_path / "b.jsonl")
    assert (tmp_path / "b.jsonl").read_text("utf-8") == path.read_text("utf-8")


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held in memory has a limit."""
    monkeypatch.setattr(jsonl, "LONGEST_ROW", 2 << 20)
    path = written(tmp_path, '{"a":1}\n{"a":"' + "x" * (2 << 20) + '"}\n', "a.jsonl")
    with pytest.raises(TableError) as refused:
        open_table(path)
    assert refused.value.in_("en").startswith("line 2 is longer than 2 MiB.")


def test_lists_of_truths_and_texts_are_joined(tmp_path: Path) -> None:
    """Others are JSON, numbers as they are written."""
    path = written(tmp_path, '{"a":["x",true,""],"b":[1.50,null],"c":{"d":[false]},"e":[]}\n', "a.jsonl")
    assert read(path) == [("x|true|", "[1.50, null]", '{"d": [false]}', "")]


_NAMES = st.text(max_size=4).filter(lambda name: not name.startswith(("__", "^")))
_VALUES = st.none() | st.text() | st.integers()


@given(st.lists(st.dictionaries(_NAMES, _VALUES), min_size=1).filter(any))
def test_any_objects_come_back(rows: list[dict[str, Any]]) -> None:
    """Objects are given back line for line, and read as text in as many rows."""
    lines = "".join(f"{json.dumps(row, ensure_ascii=True)}\n" for row in rows)
    with TemporaryDirectory() as folder:
        path = written(Path(folder), lines, "a.jsonl")
        source = open_table(path)
        names = ["" if name.startswith("__unnamed_") else name for name in source.columns]
        assert copied(source, Path(folder) / "b.jsonl").decode() == lines
        expected = [[None if row.get(name) is None else str(row[name]) for name in names] for row in rows]
        assert [list(row) for row in read(path)] == expected


def test_objects_that_have_no_names_in_common_are_no_table(tmp_path: Path) -> None:
    """A name of its own in each line would make a table of as many columns as rows: the square of what was sent."""
    own = "".join(f'{{"k{number}": 1}}\n' for number in range(600))
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, own, "a.jsonl"))
    assert "the objects have 600 different names, and hardly any in common." in refused.value.in_("en")
    wide = json.dumps({f"k{number}": number for number in range(600)}) + "\n"
    assert len(open_table(written(tmp_path, wide * 3, "b.jsonl")).columns) == 600
