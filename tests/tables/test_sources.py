"""Tables that are packed, come through a pipe, or are the files of a folder."""

from __future__ import annotations

import gzip
import os
import struct
import subprocess
import sys
import threading
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl
import pytest
from backports import zstd

from boussole.errors import BoussoleError, TableError
from boussole.limits import archives
from boussole.limits.table import LimitError
from boussole.tables.reading import open_table
from boussole.tables.writing import open_output
from support.containers import Bad, binary_row, binary_workbook, record
from support.paths import DATA, ROOT
from support.tables import cells, copied, read, whole, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

YES = True
HIDDEN = binary_row(0, "x") + binary_row(1, "y")
TEXT = "nom;code\nÉlan;007\nŒuvre;12\n"
ROWS = [("Élan", "007"), ("Œuvre", "12")]


def packed_zip(content: bytes, *more: str, name: str = "dossier/a.csv") -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier/", b"")
        archive.writestr("__MACOSX/._a.csv", b"x")
        archive.writestr(name, content)
        for one in more:
            archive.writestr(one, content)
    return held.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": zstd.compress, "zip": packed_zip}


def as_kind(folder: Path, kind: str) -> bytes:
    """Return the table in a kind of file."""
    copied(open_table(written(folder, TEXT, "plain.csv")), folder / f"plain.{kind}")
    return (folder / f"plain.{kind}").read_bytes()


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_table_is_read_as_what_it_holds(tmp_path: Path, ending: str) -> None:
    """The name says what is inside; it is given back unpacked, and nothing is left behind."""
    name = "a.zip" if ending == "zip" else f"a.csv.{ending}"
    source = open_table(written(tmp_path, PACKERS[ending](TEXT.encode()), name))
    assert (source.kind, cells(source)) == ("csv", ROWS)
    assert copied(source, tmp_path / "out.csv") == TEXT.encode()
    laid = source.path
    assert laid is not None
    del source
    assert not laid.exists()


@pytest.mark.parametrize("kind", ["xlsx", "jsonl", "parquet"])
def test_any_kind_may_be_packed(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, gzip.compress(as_kind(tmp_path, kind)), f"a.{kind}.gz")
    assert read(path) == ROWS


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv.gz", b"\x1f\x8b no", "it is damaged"),
        ("a.csv.gz", gzip.compress(TEXT.encode())[:-9], "it is damaged"),
        ("a.csv.zst", b"no", "it is damaged"),
        ("a.csv.zst", zstd.compress(TEXT.encode())[:-3], "it is damaged"),
        ("a.zip", b"no", "it is damaged"),
        ("a.zip", packed_zip(b"x", "b.csv"), "holds several files: dossier/a.csv and b.csv"),
        ("a.zip", packed_zip(b"x", name="Thumbs.db"), "holds no file."),
        (
            "a.zip.gz",
            gzip.compress(packed_zip(TEXT.encode())),
            "“a.zip” is packed in a way that is not opened here, or twice.",
        ),
        ("a.tar.gz", gzip.compress(b"x"), "Unpack it, and give the table that it holds."),
        ("a.7z", b"x", "“a.7z” is packed in a way that is not opened here, or twice."),
        ("été 1.json", b"[]", "jq -c '.[]' 'été 1.json' > 'été 1_.jsonl'"),
        ("a.zip", packed_zip(b"x", name="a.doc"), "is not a table that can be read"),
        ("a.jsonl.gz", gzip.compress(b"\n"), "a.jsonl.gz” holds no JSON object."),
        ("a.parquet.gz", gzip.compress(b"no"), "a.parquet.gz” cannot be read"),
        ("a.xlsx.gz", gzip.compress(b"no"), "a.xlsx.gz” cannot be read"),
    ],
)
def test_what_cannot_be_unpacked_is_refused_by_the_name_it_was_given(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(BoussoleError) as refused:
        open_table(written(tmp_path, content, name))
    assert said in refused.value.in_("en")


def test_what_is_unpacked_has_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A little that becomes very much, and what would take much memory, are refused."""
    monkeypatch.setattr(archives, "STREAM_RATIO_FROM", 1 << 20)
    bomb = written(tmp_path, gzip.compress(bytes(8 << 20)), "a.csv.gz")
    with pytest.raises(LimitError):
        open_table(bomb)
    frame = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 30})
    wide = frame.compress(b"x") + frame.flush()
    with pytest.raises(LimitError) as refused:
        open_table(written(tmp_path, wide, "a.csv.zst"))
    assert "128 MiB" in refused.value.in_("en")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "parquet"])
def test_a_pipe_is_read_once_and_whole(tmp_path: Path, kind: str) -> None:
    """As `<(…)` gives one, which has no ending: without a word for it, it is delimited text."""
    content = as_kind(tmp_path, kind) if kind != "csv" else TEXT.encode()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(content,))
    writing.start()
    source = open_table(pipe, kind=None if kind == "csv" else kind)
    writing.join()
    assert (source.kind, cells(source)) == (kind, ROWS)


@pytest.mark.parametrize("kind", ["xlsx", "jsonl", "parquet"])
@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_the_standard_input_is_what_is_said(tmp_path: Path, name: str, kind: str) -> None:
    code = (
        "import sys; from support.tables import cells; from boussole.tables.reading import open_table\n"
        f"source = open_table({name!r}, kind={kind!r}); print(ascii(cells(source)))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", code], input=as_kind(tmp_path, kind), env=env, check=True, capture_output=True
    )
    assert done.stdout.decode().strip() == ascii(ROWS)


def test_a_file_is_what_is_said_whatever_its_name(tmp_path: Path) -> None:
    assert read(written(tmp_path, as_kind(tmp_path, "jsonl"), "a.dat"), kind="jsonl") == ROWS


@pytest.mark.parametrize("pattern", ["", "*.csv"])
def test_files_of_delimited_text_are_one_table(tmp_path: Path, pattern: str) -> None:
    """Each in its own encoding and delimiter, in the order of names; written back as the first."""
    folder = tmp_path / "parts"
    folder.mkdir()
    written(folder, "nom,code\nŒuvre,12\n".encode("cp1252"), "b.csv")
    written(folder, TEXT.replace("Œuvre;12\n", ""), "a.csv")
    written(folder, "x", ".c.csv")
    source = open_table(folder / pattern if pattern else folder)
    assert (cells(source), whole(source)["__line"].to_list()) == (ROWS, [1, 2])
    assert source.notes[0].in_("en") == "2 files of delimited text."
    assert copied(source, tmp_path / "out.csv") == TEXT.encode()
    with pytest.raises(TableError, match=r"c\.csv"):
        open_output(folder / "c.csv", like=source)
    written(folder, "nom;autre\nx;y\n", "c.csv")
    with pytest.raises(TableError) as refused:
        open_table(folder / pattern if pattern else folder)
    assert "has other columns than" in refused.value.in_("en")


def test_tables_of_a_folder_that_are_not_read_are_said(tmp_path: Path) -> None:
    """Those of another kind; what is no table, hidden or of a program is passed over."""
    for name in ("b.csv", "c.XLSX", "_d.csv", ".e.csv", "f.toml"):
        written(tmp_path, "x", name)
    pl.DataFrame({"nom": ["a"]}).write_parquet(tmp_path / "a.parquet")
    source = open_table(tmp_path)
    assert source.notes[-1].in_("en") == "2 tables of another kind in the folder are not read: b.csv and c.XLSX."
    assert "not read" not in open_table(tmp_path / "*.parquet").notes[-1].in_("en")


def test_parquet_goes_before_delimited_text_in_a_folder_unless_said(tmp_path: Path) -> None:
    pl.DataFrame({"n": [1]}).write_parquet(tmp_path / "a.parquet")
    written(tmp_path, TEXT, "a.csv")
    assert open_table(tmp_path).kind == "parquet"
    assert read(tmp_path, kind="csv") == ROWS
    (tmp_path / "empty").mkdir()
    with pytest.raises(TableError) as refused:
        open_table(tmp_path / "empty", kind="csv")
    assert "there is no delimited text in" in refused.value.in_("en")


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Données">
<table:table-row><table:table-cell office:value-type="string"><text:p>nom</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>vrai</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VRAI</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_sheet_of_libreoffice_is_read_and_written_back_as_excel(tmp_path: Path) -> None:
    """It is said; a name that asks for its own kind is refused, with the one to give."""
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.replace("\n", " ").replace("> <", "><"))
    source = open_table(path)
    assert cells(source) == [("12", "true")]
    assert (
        source.notes[1].in_("en") == "a workbook of this kind is written back as .xlsx, its numbers and days as text."
    )
    copied(source, tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == [("12", "true")]
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / "b.ods", like=source)
    assert refused.value.in_("en").endswith("Give it a name that ends in .xlsx.")


def test_an_old_workbook_is_read_and_written_back_as_excel(tmp_path: Path) -> None:
    """Its numbers, truths and texts as a newer one's; what is too large for its reader is refused before."""
    path = written(tmp_path, (DATA / "workbooks" / "old.xls").read_bytes(), "a.xls")
    source = open_table(path)
    rows = [("a", "true", "12000"), ("b", "false", "1"), (None, None, None), ("c", "oui", "12 000")]
    assert cells(source) == rows
    assert [note.in_("en") for note in source.notes][1:] == [
        "a workbook of this kind is written back as .xlsx, its numbers and days as text.",
        "other sheets: Autre.",
    ]
    copied(source, tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == rows
    with pytest.raises(BoussoleError, match=r"a\.xls"):
        open_table(written(tmp_path, path.read_bytes()[:700], "a.xls"))


def test_a_binary_workbook_is_read_and_written_back_as_excel(tmp_path: Path) -> None:
    """Its first sheet that people see and that has cells; an error is told with its place, and is no empty answer."""
    rows = binary_row(0, "nom", "vrai", "n") + binary_row(1, "Élan", YES, 12000.0)
    rows += binary_row(3, "b", Bad(0x2A), Bad(0x07, formula=True)) + binary_row(4, "c", None, 1.5)
    sheets = {"Caché": HIDDEN, "Graphe": b"", "Données": rows, "Autre": HIDDEN}
    source = open_table(written(tmp_path, binary_workbook(sheets, states={"Caché": 1}), "a.xlsb"))
    found = [("Élan", "true", "12000"), (None, None, None), ("b", "#N/A", "#DIV/0!"), ("c", None, "1.5")]
    assert cells(source) == found
    assert [note.in_("en") for note in source.notes] == [
        "sheet “Données”, header on line 1.",
        "a workbook of this kind is written back as .xlsx, its numbers and days as text.",
        "other sheets: Autre.",
    ]
    assert [one and one["code"] for one in whole(source)["__problem"]] == [None, "T109", "T107", None]
    copied(source, tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == found
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / "b.xlsb", like=source)
    assert refused.value.in_("en").endswith("Give it a name that ends in .xlsx.")


def test_a_reader_that_panics_is_a_damaged_workbook(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A cell that names a text that is not there; nothing of the reader's own words is seen."""
    rows = binary_row(0, "nom") + record(7, struct.pack("<III", 1, 0, 99))
    with pytest.raises(BoussoleError) as refused:
        open_table(written(tmp_path, binary_workbook({"S": rows}), "a.xlsb"))
    assert "a.xlsb” cannot be read: it is damaged." in refused.value.in_("en")
    assert capfd.readouterr().err == ""


def piped(content: bytes, kind: str | None = None) -> subprocess.CompletedProcess[bytes]:
    """Read a table from the standard input, and print its kind and cells, or what is wrong with it."""
    code = (
        "from support.tables import cells; from boussole.tables.reading import open_table\n"
        "from boussole.errors import BoussoleError\n"
        f"try: source = open_table('-', kind={kind!r}); print(ascii((source.kind, cells(source))))\n"
        "except BoussoleError as error: print(error.in_('en'))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), *sys.path])}
    return subprocess.run([sys.executable, "-c", code], input=content, env=env, check=True, capture_output=True)


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("kind", [None, "csv", "jsonl"])
def test_what_comes_packed_through_the_standard_input_is_unpacked(tmp_path: Path, ending: str, kind: str) -> None:
    """By its first bytes; delimited text where nothing says otherwise."""
    content = as_kind(tmp_path, "jsonl") if kind == "jsonl" else TEXT.encode()
    done = piped(PACKERS[ending](content), kind)
    assert done.stdout.decode().strip() == ascii((kind or "csv", ROWS))


def test_a_zip_from_the_standard_input_is_a_workbook_or_what_its_file_is_called(tmp_path: Path) -> None:
    book = as_kind(tmp_path, "xlsx")
    assert piped(book, "xlsx").stdout.decode().strip() == ascii(("xlsx", ROWS))
    assert piped(packed_zip(book, name="a.xlsx")).stdout.decode().strip() == ascii(("xlsx", ROWS))
    assert piped(gzip.compress(book), "xlsx").stdout.decode().strip() == ascii(("xlsx", ROWS))
    assert b"--from xlsx" in piped(book).stdout
    assert b"--from xlsx" in piped(gzip.compress(book)).stdout
    assert b"holds several files" in piped(packed_zip(b"x", "b.csv")).stdout


def test_what_comes_packed_through_a_pipe_has_the_limits_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "STREAM_RATIO_FROM", 1 << 20)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for content, said in (
        (gzip.compress(bytes(8 << 20)), "times as large"),
        (gzip.compress(TEXT.encode())[:-9], "it is damaged"),
    ):
        writing = threading.Thread(target=pipe.write_bytes, args=(content,))
        writing.start()
        with pytest.raises(BoussoleError) as refused:
            open_table(pipe)
        writing.join()
        assert said in refused.value.in_("en")


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_file_that_is_packed_though_its_name_does_not_say_so_is_unpacked(tmp_path: Path, ending: str) -> None:
    source = open_table(written(tmp_path, PACKERS[ending](TEXT.encode()), "a.csv"))
    assert (source.kind, cells(source)) == ("csv", ROWS)


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv.zst", "a.tsv.gz", "a.jsonl.gz"])
def test_a_result_is_packed_where_its_name_says_so(tmp_path: Path, name: str) -> None:
    """The same rows give the same bytes."""
    source = open_table(written(tmp_path, TEXT, "in.csv"))
    first = copied(source, tmp_path / name)
    assert read(tmp_path / name) == ROWS
    assert copied(source, tmp_path / f"b{name}") == first
    if name == "a.tsv.gz":
        assert gzip.decompress(first).startswith(b"nom\tcode")


@pytest.mark.parametrize("name", ["a.xlsx.gz", "a.parquet.zst", "a.csv.zip"])
def test_what_is_packed_in_itself_is_not_packed_again(tmp_path: Path, name: str) -> None:
    source = open_table(written(tmp_path, TEXT, "in.csv"))
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / name, like=source)
    assert "packs only" in refused.value.in_("en")


@pytest.mark.parametrize("pattern", ["", "*", "*.xlsx", "*.gz"])
def test_what_makes_no_table_together_is_told_as_that(tmp_path: Path, pattern: str) -> None:
    """Workbooks and packed files are given one by one; nothing is said of Parquet that nobody gave."""
    folder = tmp_path / "parts"
    folder.mkdir()
    written(folder, as_kind(tmp_path, "xlsx"), "a.xlsx")
    written(folder, gzip.compress(TEXT.encode()), "a.csv.gz")
    with pytest.raises(TableError) as refused:
        open_table(folder / pattern if pattern else folder)
    assert "names no files that make one table together" in refused.value.in_("en")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.parquet", "a.csv.gz"])
def test_a_file_that_is_not_there_is_told_as_that(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError) as refused:
        open_table(tmp_path / name)
    assert "there is no such file" in refused.value.in_("en")
