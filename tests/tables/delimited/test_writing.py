"""What boussole adds to a delimited table is harmless in a spreadsheet, and fits the table's encoding."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.delimited.writing import DelimitedWriter
from boussole.tables.reading import open_table
from boussole.tables.writing import open_output
from support.tables import read, written

if TYPE_CHECKING:
    from pathlib import Path

LIKE = DelimitedTable(columns=("a",))
TEXTS = st.none() | st.text(st.sampled_from('ab ,;\t|-"\n\r=é'), max_size=5)


def test_the_inputs_cells_pass_and_ours_never_start_a_formula(tmp_path: Path) -> None:
    """Without the option the input's own formulas stay; in what boussole adds there are none."""
    source = open_table(written(tmp_path, "a;b\n=1+1;@x\n"))
    path = tmp_path / "out.csv"
    with open_output(path, like=source) as writer:
        writer.write(pl.DataFrame({"a": ["=1+1"], "b": ["@x"], "boussole_1_title": ["=HYPERLINK()"], "why": ["-12"]}))
    assert path.read_text("utf-8") == "a;b;boussole_1_title;why\n=1+1;@x;'=HYPERLINK();'-12\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", " =x", "+cmd|x", "-1+1", "@a", "\tx", "\rx", "＝1", "+33=x", "\ufeff=1", "-a", "+"]
)
def test_safe_cells_start_no_formula(tmp_path: Path, cell: str) -> None:
    """An apostrophe stands before them, in the header too."""
    source = DelimitedTable(columns=(cell,))
    path = tmp_path / "out.csv"
    with open_output(path, like=source, safe_cells=True) as writer:
        writer.write(pl.DataFrame({cell: [cell]}))
    assert read(path, encoding="utf-8", delimiter=",", header_row=1) == [(f"'{cell}",)]
    assert open_table(path, encoding="utf-8", delimiter=",", header_row=1).columns == (f"'{cell}",)


@pytest.mark.parametrize(
    "cell",
    [
        "-12",
        "-12,5",
        "+33 1 23 45 67 89",
        "+33.1.23.45.67.89",
        "- 3 %",
        "-1\u202f000,50 €",
        "-1.5E-3",
        "12=13",
        "a@b.fr",
        "",
        " x",
        "+.5",
    ],
)
def test_safe_cells_leave_numbers_alone(tmp_path: Path, cell: str) -> None:
    """Numbers with a sign, telephone numbers and plain texts stay as they are."""
    path = tmp_path / "out.csv"
    with open_output(path, like=LIKE, safe_cells=True) as writer:
        writer.write(pl.DataFrame({"a": [cell]}))
    assert read(path, delimiter=",", header_row=1) == [(cell,)]


def test_characters_that_the_encoding_lacks(tmp_path: Path) -> None:
    """The input's are all there; in what boussole adds the nearest ones stand, which is said once."""
    source = open_table(written(tmp_path, "nom;n\nÉtang’s œuvre;1\n".encode("cp1252")))
    path = tmp_path / "out.csv"
    with open_output(path, like=source) as writer:
        for _ in range(2):
            writer.write(pl.DataFrame({"nom": ["Étang’s œuvre"], "n": ["1"], "titre": ["Qui\u202f? ğ 🧭 ＂"]}))
    assert path.read_bytes().decode("cp1252").splitlines()[1] == "Étang’s œuvre;1;Qui\xa0? g ? ?"
    assert len(writer.notes) == 1
    assert "Windows-1252" in writer.notes[0].in_("en")


def test_a_dash_that_becomes_a_hyphen_starts_no_formula(tmp_path: Path) -> None:
    """What stands for a character that the encoding lacks is as harmless as the character was."""
    path = tmp_path / "out.csv"
    with open_output(path, like=replace(LIKE, encoding="iso8859-1")) as writer:
        writer.write(pl.DataFrame({"a": ["x"] * 3, "titre": ["–cmd", " —1", "＝1"]}))
    assert path.read_text("latin-1").splitlines()[1:] == ["x,'-cmd", "x,' -1", "x,'?1"]


@given(st.text(st.characters(codec="utf-8")))
def test_no_text_makes_safe_cells_start_a_formula(cell: str) -> None:
    """Whatever the text, what is left of it starts no formula, or is a number with a sign."""
    from boussole.tables.delimited.writing import _without_formulas

    safe = _without_formulas(pl.Series([cell]), numbers=False).item()
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))
    assert safe in {cell, f"'{cell}"}


@settings(deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 1)), min_size=1, max_size=12),
    st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=2),
    st.sampled_from(
        [DelimitedTable(columns=("a", "b"), delimiter=one, quoted=all_) for one in ",;\t|-" for all_ in (True, False)]
    ),
)
def test_what_rows_share_is_written_as_if_each_stood_alone(
    rows: list[tuple[str | None, str | None, int]], told: list[tuple[str | None, str | None]], like: DelimitedTable
) -> None:
    """Quotes, delimiters and line ends in any cell: the same bytes."""
    frame = pl.DataFrame([row[:2] for row in rows], schema={"a": pl.String, "b": pl.String}, orient="row")
    beside = pl.DataFrame(told, schema={"boussole_error": pl.String, "boussole_1": pl.String}, orient="row")
    case = np.array([row[2] for row in rows], np.int64)
    written_ = []
    for shared in (True, False):
        file = io.BytesIO()
        form = DelimitedWriter(file, like, safe_cells=False)
        if shared:
            form.add_shared(frame, beside, case)
        else:
            form.add(frame.hstack(beside[case]))
        written_.append(file.getvalue())
    assert written_[0] == written_[1]


@settings(deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["a-b", "c_d", "e"]) | st.none(), st.none() | st.integers())),
    st.sampled_from(
        [DelimitedTable(columns=("a", "b"), delimiter=one, quoted=all_) for one in ",;\t|-" for all_ in (True, False)]
    ),
)
def test_cells_stand_between_quotes_where_polars_puts_them(
    rows: list[tuple[str | None, str | None, str | None, int | None]], like: DelimitedTable
) -> None:
    """Texts, ids and numbers: what must stand between quotes is found another way, and the bytes are the same."""
    kinds = pl.Schema({"a": pl.String(), "b": pl.String(), "boussole_1": pl.Enum(["a-b", "c_d", "e"]), "n": pl.Int64()})
    small = [(*row[:3], None if row[3] is None else row[3] % 1000) for row in rows]
    frame = pl.DataFrame(small, schema=kinds, orient="row")
    file = io.BytesIO()
    DelimitedWriter(file, like, safe_cells=False).add(frame)
    expected = frame.write_csv(separator=like.delimiter, quote_style="always" if like.quoted else "necessary")
    assert file.getvalue() == expected.encode()
