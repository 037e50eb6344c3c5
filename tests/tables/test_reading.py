"""Tables in, whatever they are written in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from boussole.errors import TableError
from boussole.limits.table import LimitError
from boussole.tables.columns import refuse_repeated
from boussole.tables.reading import open_table
from support.tables import cells, copied, read, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_very_many_columns_are_refused(tmp_path: Path, ending: str) -> None:
    """Each costs work in each row: a stranger's file of a few hundred kilobytes would keep boussole busy for hours."""
    names = [f"c{number}" for number in range(16_385)]
    text = ";".join(names) if ending == "csv" else json.dumps(dict.fromkeys(names, 1))
    with pytest.raises(LimitError) as refused:
        open_table(written(tmp_path, text, f"a.{ending}"))
    assert "it has more than 16384 columns" in refused.value.in_("en")


def test_names_that_stand_twice_are_given_back_and_read_by_nobody(tmp_path: Path) -> None:
    """Kinds whose columns need names of their own get numbers; to read one is an error that says where both are."""
    text = "nom;nom;nom (2);nom\n1;2;3;4\n"
    source = open_table(written(tmp_path, text))
    assert copied(source, tmp_path / "b.csv").decode() == text
    assert read(tmp_path / "b.csv") == cells(source) == [("1", "2", "3", "4")]
    copied(source, tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == cells(source)
    lines = copied(source, tmp_path / "b.jsonl").decode()
    assert lines == '{"nom":"1","nom (3)":"2","nom (2)":"3","nom (4)":"4"}\n'
    copied(source, tmp_path / "b.parquet")
    assert open_table(tmp_path / "b.parquet").columns == ("nom", "nom (3)", "nom (2)", "nom (4)")
    refuse_repeated(source.columns, {"nom (2)"})
    with pytest.raises(TableError) as refused:
        refuse_repeated(source.columns, {"nom"})
    assert refused.value.in_("en").splitlines()[0] == "the column “nom” stands twice: columns 1 and 2."
