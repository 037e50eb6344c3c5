"""Tables in, whatever they are written in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from boussole.limits.table import LimitError
from boussole.tables.reading import open_table
from support.tables import written

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
