from __future__ import annotations

import hashlib
import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import cells, copied, read, whole, written

from boussole.batch import workbooks
from boussole.batch.reading import Source, open_table
from boussole.batch.writing import open_output
from boussole.errors import TableError

LIKE = Source(None, "csv", ("nom", "code"))


def test_what_is_written_is_text_and_looks_like_a_table(tmp_path: Path) -> None:
    """No cell is a formula; the header is fixed and filtered; only addresses of ours are links."""
    frame = pl.DataFrame(
        {
            "nom": ["=1+1", "007"],
            "code": ["http://a.fr", None],
            "boussole_url": ["https://b.fr/é", "=x"],
            "score": [9, 1],
        }
    )
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        writer.write(frame)
    assert read(path) == [("=1+1", "http://a.fr", "https://b.fr/é", "9"), ("007", None, "=x", "1")]
    with zipfile.ZipFile(path) as parts:
        assert parts.namelist()[0] == "[Content_Types].xml"
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
        links = parts.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "<f>" not in sheet
    assert '<autoFilter ref="A1:D3"/>' in sheet
    assert '<c r="C2" s="2" t="inlineStr">' in sheet
    assert sheet.count('s="2"') == 1
    assert re.findall("<cellXfs.*?</cellXfs>", styles)[0].split("<xf ")[3].startswith('numFmtId="0" fontId="2"')
    assert re.findall("<font>.*?</font>", styles)[2].startswith("<font><u/>")
    assert '<ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/>' in sheet
    assert "<dimension" not in sheet
    assert 'state="frozen"' in sheet
    assert "<v>9</v>" in sheet
    assert re.findall('Target="([^"]*)"', links) == ["https://b.fr/%C3%A9"]


def test_strings_that_break_programs_go_through_a_workbook(tmp_path: Path) -> None:
    """Control characters, what looks like them, and the list of naughty strings; what XML cannot hold is left out."""
    naughty = json.loads((Path(__file__).parents[1] / "data" / "blns.json").read_text("utf-8"))
    strings = ["a\x01b", "_x0041_", "_x0041_x0042_", "_x005F_", "a\r\nb", "\r", " x ", "\t", "🧭", "]]>&<\"'", *naughty]
    frame = pl.DataFrame({"nom": [*strings, "\ufffe\uffff!"], "code": ["x"] * (len(strings) + 1)})
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        writer.write(frame)
    expected = [re.sub("[\ufffe\uffff]", "", one) for one in strings]
    assert [row[0] or "" for row in read(path, header_row=1)] == [*expected, "!"]


@given(st.lists(st.lists(st.none() | st.text(), min_size=3, max_size=3), min_size=1, max_size=20))
def test_any_table_comes_back_from_a_workbook(rows: list[list[str | None]]) -> None:
    """Cells are text whatever they hold; empty ones, and empty rows, are as Excel knows them: not there."""
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abc", pl.String), orient="row")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with open_output(path, like=LIKE._replace(columns=("a", "b", "c"))) as writer:
            writer.write(frame)
        expected = [tuple(re.sub("[\ufffe\uffff]", "", cell or "") or None for cell in row) for row in rows]
        found = dict(zip(whole(open_table(path))["__line"].to_list(), read(path), strict=True))
        assert found == {line: row for line, row in enumerate(expected, 2) if any(row)}


def test_rows_in_many_frames_are_one_sheet(tmp_path: Path) -> None:
    """Their numbers go on from frame to frame, and within large ones."""
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        for start in (0, 20_000, 20_003):
            count = 3 if start == 20_000 else 20_000
            names = [str(number) for number in range(start, start + count)]
            writer.write(pl.DataFrame({"nom": names, "code": names, "boussole_n": [9] * count}))
    source = open_table(path)
    assert [row[0] for row in cells(source)] == [str(number) for number in range(40_003)]
    assert whole(source)["__line"].to_list() == list(range(2, 40_005))


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Nothing of the day or the machine goes into the file."""
    table = open_table(written(tmp_path, "nom;code\na;1\n"))
    made = {hashlib.sha256(copied(table, tmp_path / f"{name}.xlsx")).hexdigest() for name in "abc"}
    assert len(made) == 1
    with zipfile.ZipFile(BytesIO((tmp_path / "a.xlsx").read_bytes())) as parts:
        assert {(info.date_time[0], info.create_system) for info in parts.infolist()} == {(1980, 3)}
        assert "2000-01-01T00:00:00Z" in parts.read("docProps/core.xml").decode()


def test_the_limits_of_excel_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is too long is cut and counted; too many rows are refused, and the old file stays."""
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        writer.write(pl.DataFrame({"nom": ["x" * 40_000, "🧭" * 16_384, "🧭" * 16_383], "code": ["1", "2", None]}))
    assert [note.in_("en") for note in writer.notes] == ["2 cells are cut: Excel holds 32767 characters in one."]
    assert [row[0] for row in read(path)] == ["x" * 32_767, "🧭" * 16_383, "🧭" * 16_383]
    before = path.read_bytes()
    for limit in ("MOST_ROWS", "MOST_BYTES"):
        with monkeypatch.context() as patch:
            patch.setattr(workbooks, limit, 3)
            with pytest.raises(TableError, match="Excel"), open_output(path, like=LIKE) as writer:
                writer.write(pl.DataFrame({"nom": ["x"] * 3, "code": [""] * 3}))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_no_more_links_than_excel_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond is text."""
    monkeypatch.setattr(workbooks, "_MOST_LINKS", 2)
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        writer.write(pl.DataFrame({"nom": ["a"] * 3, "url": [f"https://a.fr/{number}" for number in range(3)]}))
    with zipfile.ZipFile(path) as parts:
        assert parts.read("xl/worksheets/sheet1.xml").count(b"<hyperlink ") == 2
    assert read(path)[2] == ("a", "https://a.fr/2")


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("Données", "Données"),
        ("a/b:c", "a b c"),
        ("'x'", "x"),
        ("n" * 40, "n" * 31),
        ("[]", "Sheet1"),
        (None, "Sheet1"),
    ],
)
def test_the_sheet_has_the_name_of_the_input_s(tmp_path: Path, name: str | None, sheet: str) -> None:
    """Where Excel allows it: other programs allow more."""
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE._replace(sheet=name)) as writer:
        writer.write(pl.DataFrame({"nom": ["a"], "code": ["b"]}))
    assert open_table(path).sheet == sheet


def test_a_workbook_without_frames_can_be_opened(tmp_path: Path) -> None:
    """Nothing was written, and nothing is in it."""
    with open_output(tmp_path / "a.xlsx", like=LIKE):
        pass
    with pytest.raises(TableError, match="Sheet1"):
        open_table(tmp_path / "a.xlsx")
