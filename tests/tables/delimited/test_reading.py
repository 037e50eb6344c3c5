"""Delimited rows, however odd, come back as they were or with a problem at their line."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.cell_text import seen
from boussole.errors import TableError
from boussole.tables import empty_rows
from boussole.tables.delimited import fast_reading
from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.empty_rows import settled
from boussole.tables.frames import labelled
from boussole.tables.problems import RowCode, RowProblem, told
from boussole.tables.reading import chunks, open_table
from boussole.tables.writing import open_output
from support.paths import DATA
from support.tables import cells, copied, open_delimited, problems, read, whole, written

SPECTRUM = DATA / "csv-spectrum"
ODD = "\";,|\t\r\n a'=é€\u202f0\ufeff"


@pytest.mark.parametrize("path", sorted((SPECTRUM / "csvs").iterdir()), ids=lambda path: path.stem)
def test_the_spectrum_of_csv(path: Path, tmp_path: Path) -> None:
    """Each file of csv-spectrum reads as its JSON says, and is given back byte for byte, a line end at the end."""
    source = open_delimited(path)
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text("utf-8"))
    assert [dict(zip(source.columns, [cell or "" for cell in row], strict=True)) for row in cells(source)] == expected
    assert copied(source, tmp_path / "out.csv") == path.read_bytes().rstrip(b"\r\n") + source.newline.encode()


def test_rows_with_too_few_or_too_many_cells_are_named_and_lose_nothing(tmp_path: Path) -> None:
    """They come out in their place with a code; what is too much stands with the last cell."""
    source = open_table(written(tmp_path, "a;b;c\n1;2;3\n1;2\n1;2;3;4;\n\n5;6;7\n"))
    assert cells(source) == [("1", "2", "3"), ("1", "2", None), ("1", "2", "3;4;"), ("5", "6", "7")]
    assert problems(source) == [(3, "T101 2"), (4, "T102 5")]
    assert whole(source)["__line"].to_list() == [2, 3, 4, 6]


def test_short_and_long_rows_that_make_up_for_each_other_are_seen(tmp_path: Path) -> None:
    """A missing cell in one row and one too many in the next are two problems, although the numbers add up."""
    source = open_table(written(tmp_path, "a;b\n1;2\n1\n1;2;3\n"))
    assert problems(source) == [(3, "T101 1"), (4, "T102 3")]


def test_quotes_left_open_spoil_one_row_only(tmp_path: Path) -> None:
    """The row is named and split at its delimiters; the rows after it are read."""
    source = open_table(written(tmp_path, 'a;b\n"x;1\n"un "deux" trois";2\n12" de tuyau;3\n"fin;4\n'))
    assert cells(source) == [('"x', "1"), ('"un "deux" trois"', "2"), ('12" de tuyau', "3"), ('"fin', "4")]
    assert problems(source) == [(2, "T103"), (3, "T103"), (5, "T103")]


def test_a_nul_spoils_its_row_only(tmp_path: Path) -> None:
    """The row is named, and comes back as it was."""
    path = written(tmp_path, "a;b\n1;2\nx\0y;3\n4;5\n")
    assert problems(open_table(path)) == [(3, "T104")]
    assert copied(open_table(path), tmp_path / "out.csv") == path.read_bytes()


def test_mixed_line_ends_all_end_rows(tmp_path: Path) -> None:
    """Line feeds, carriage returns and both end rows outside quotes, and stay as they are inside."""
    source = open_table(written(tmp_path, b'a;b\n1;2\r\n3;4\r5;"6\r\n\r7"\n'))
    assert cells(source) == [("1", "2"), ("3", "4"), ("5", "6\r\n\r7")]
    assert whole(source)["__line"].to_list() == [2, 3, 4]
    assert read(written(tmp_path, "a;b\r1;2\r3;4\r")) == [("1", "2"), ("3", "4")]


def test_bytes_that_are_no_text_far_into_the_file_are_an_error_with_the_line(tmp_path: Path) -> None:
    """What the sample could not show is found when its rows are read, also between quotes."""
    with mock.patch("boussole.tables.delimited.table.SAMPLE", 1000):
        for cell in (b"\xe9", b'"\xe9"'):
            source = open_delimited(written(tmp_path, b"a;b\n" + b"1;2\n" * 50_000 + b"1;" + cell + b"\n1;2\n" * 9))
            assert source.encoding == "utf-8"
            with pytest.raises(TableError, match=r"50\s?002"):
                list(chunks(source, 1000))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_so_are_those_of_other_encodings(tmp_path: Path, encoding: str) -> None:
    """The line is counted over the pieces in which the file is read."""
    bad = b"\x81" if encoding == "cp1252" else b"\x00\xd8\x00\x00"
    content = "a;é\n".encode(encoding) + "1;2\n".encode(encoding) * 50_000 + bad
    with mock.patch("boussole.tables.delimited.table.SAMPLE", 1000):
        source = open_delimited(written(tmp_path, content))
        assert source.encoding == encoding
        with pytest.raises(TableError, match=r"50\s?002"):
            list(chunks(source, 1000))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_line_without_end_is_refused(tmp_path: Path, encoding: str) -> None:
    """What is held in memory has a limit, in whatever way the file is read."""
    path = written(tmp_path, f"a;é\n1;2\n3;{'x' * 3_000_000}".encode(encoding))
    with (
        mock.patch("boussole.tables.delimited.transcoding.LONGEST_ROW", 200_000),
        mock.patch("boussole.tables.delimited.table.SAMPLE", 1000),
    ):
        source = open_table(path, encoding=encoding)
        with pytest.raises(TableError) as refused:
            list(chunks(source, 1000))
    assert "this is not a table of text" in refused.value.in_("en")


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    """It is said, and one frame without rows comes out, so that a header can be written."""
    source = open_table(written(tmp_path, "a;b"))
    assert source.notes[-1].in_("en") == "there is no row below the header."
    assert whole(source).shape == (0, 4)
    assert copied(source, tmp_path / "out.csv") == b"a;b\n"


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    """It is a cell like another, with line feeds in it or without."""
    for cell in ("x" * (10 << 20), "ligne\n" * (10 << 17)):
        path = written(tmp_path, f'a;b\n1;"{cell}"\n2;c\n')
        assert read(path) == [("1", cell), ("2", "c")]


def test_a_quote_left_open_in_a_long_file_holds_little_in_memory(tmp_path: Path) -> None:
    """Beyond what a cell may hold it is taken for a mistake, in its row alone."""
    path = written(tmp_path, 'a;b\n"1;2\n' + "3;4\n" * 100_000)
    with mock.patch.object(fast_reading, "LONGEST_ROW", 100_000):
        assert problems(open_table(path)) == [(2, "T103")]
        assert whole(open_table(path), 1000).height == 100_001


def test_nasty_strings_are_values_like_others(tmp_path: Path) -> None:
    """Each string of the list of naughty strings comes back as it was."""
    strings = json.loads((SPECTRUM.parent / "blns.json").read_text("utf-8"))
    rows = pl.DataFrame({"n": [str(number) for number in range(len(strings))], "value": strings})
    path = tmp_path / "nasty.csv"
    rows.write_csv(path)
    assert read(path) == rows.rows()
    assert copied(open_table(path), tmp_path / "out.csv") == path.read_bytes()


def test_the_standard_input(tmp_path: Path) -> None:
    """It is read once, what was looked at included."""
    content = "a;é\n" + "1;2\n" * 5000
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        with (
            written(tmp_path, content.encode(encoding)).open("rb") as file,
            mock.patch("sys.stdin") as stdin,
            mock.patch("boussole.tables.delimited.table.SAMPLE", 100),
        ):
            stdin.buffer = file
            source = open_table("-")
            assert (source.path, source.columns) == (None, ("a", "é"))
            assert cells(source) == [("1", "2")] * 5000


def test_a_long_standard_input(tmp_path: Path) -> None:
    """It comes in pieces, of which none is larger than it must be."""
    rows = [(str(number), "x" * (number % 90)) for number in range(100_000)]
    content = "a;b\n" + "".join(f"{a};{b}\n" for a, b in rows)
    with (
        written(tmp_path, content).open("rb") as file,
        mock.patch("sys.stdin") as stdin,
        mock.patch("boussole.tables.delimited.table.SAMPLE", 100_000),
    ):
        stdin.buffer = file
        frames = list(chunks(open_table("-"), 1000))
        assert len(frames) > 20
        assert pl.concat(frames)["__line"].to_list() == list(range(2, 100_002))
        assert [(a, b or "") for frame in frames for a, b in frame.select("a", "b").rows()] == rows


@pytest.mark.parametrize(
    ("problem", "english", "french"),
    [
        (RowProblem(RowCode.TOO_SHORT, 1), "the row has 1 cell, the header 3.", "la ligne a 1 cellule, l’en-tête 3."),
        (
            RowProblem(RowCode.TOO_LONG, 5),
            "the row has 5 cells, the header 3: what",
            "la ligne a 5 cellules, l’en-tête 3\xa0: ce qui",
        ),
        (RowProblem(RowCode.QUOTES), "a quotation mark is left open", "un guillemet reste ouvert"),
        (RowProblem(RowCode.NUL), "the row holds a NUL character.", "la ligne contient un caractère NUL."),
        (RowProblem(RowCode.NOT_AN_OBJECT), "the line is not a JSON object.", "la ligne n’est pas un objet JSON."),
        (
            RowProblem(RowCode.TWICE),
            "a name stands twice in the JSON object.",
            "un nom figure deux fois dans l’objet JSON.",
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_said(problem: RowProblem, english: str, french: str) -> None:
    """The code and the figure are enough to say it in both languages."""
    assert told(problem, 3).in_("en").startswith(english)
    assert told(problem, 3).in_("fr").startswith(french)


def test_a_table_of_broken_quotes_is_refused_at_once(tmp_path: Path) -> None:
    """It would be read row by row, each rejected: the first line is told instead, whatever the length of the file."""
    path = written(tmp_path, "a;b\n1;2\n" + '"x;y\n' * 100_000)
    with (
        mock.patch.object(fast_reading, "frames", side_effect=AssertionError),
        pytest.raises(TableError, match=r"3") as refused,
    ):
        open_table(path)
    assert refused.value.in_("en").startswith("line 3: a quotation mark is left open")
    few = open_table(written(tmp_path, "a;b\n" + "1;2\n" * 60 + '"x;y\n' * 55, "few.csv"))
    assert len(problems(few)) == 55


def test_reading_may_stop_before_the_end(tmp_path: Path) -> None:
    """Who stops after the first rows leaves no file open and no thread behind."""
    source = open_table(written(tmp_path, "a;b\n" + "1;2\n" * 200_000))
    before = threading.active_count()
    frames = chunks(source, 10_000)
    assert next(frames).height
    frames.close()  # type: ignore[attr-defined] # it is a generator
    assert threading.active_count() == before


# the sizes are chosen so that blocks end anywhere: between rows, in quotes, between a carriage return and its feed
_TEXTS = st.text(ODD, max_size=5) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.none() | _TEXTS, min_size=width, max_size=width), min_size=1, max_size=30)
    ),
    st.sampled_from(";,\t|:^~]-\\#"),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "cp850", "utf-8-sig"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["where needed", "everywhere"]),
)
def test_any_table_comes_back(
    rows: list[list[str | None]], delimiter: str, encoding: str, newline: str, quotes: str
) -> None:
    """What is written, in any delimiter, encoding, line end and way of quoting, is read and written back the same."""
    quoted = quotes == "everywhere"
    if encoding.startswith("cp"):
        rows = [[cell and cell.encode(encoding, "ignore").decode(encoding) for cell in row] for row in rows]
    if quoted:
        rows = [[cell or "" for cell in row] for row in rows]
    rows.append(["x"] * len(rows[0]))  # empty rows after the last one are no rows
    name, mark = encoding.removesuffix("-sig"), encoding.endswith("-sig") or encoding.startswith(("utf-16", "utf-32"))
    columns = tuple(f"c{number}" for number in range(len(rows[0])))
    like = DelimitedTable(columns=columns, encoding=name, bom=mark, delimiter=delimiter, quoted=quoted, newline=newline)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        _write(path, like, frame)
        source = open_delimited(path, encoding=name, delimiter=delimiter, header_row=1)
        assert (source.columns, source.quoted) == (columns, quoted)
        found = whole(source)
        empty = [len(columns) > 1 and not any(seen(cell or "").strip() for cell in row) for row in frame.rows()]
        assert [one and one["code"] for one in found["__problem"]] == ["T109" if one else None for one in empty]
        assert found.select(columns).rows() == frame.rows()
        copied(replace(source, newline=newline), Path(folder) / "b.csv")
        assert (Path(folder) / "b.csv").read_bytes() == path.read_bytes()


def _write(path: Path, like: DelimitedTable, frame: pl.DataFrame) -> None:
    with open_output(path, like=like) as writer:
        writer.write(frame)


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("header", ["nom;accord;eau", "nom;accord;eau;"])
def test_a_delimiter_at_the_end_of_every_row_changes_nothing(tmp_path: Path, header: str, quote: str) -> None:
    """Whether the header ends by one too, and however many rows there are."""
    rows = "".join(f"{quote}{n}{quote};{quote}oui, non{quote};;\n" for n in range(3000))
    source = open_table(written(tmp_path, f"{header}\n{rows}"))
    assert source.columns == ("nom", "accord", "eau")
    assert cells(source) == [(str(n), "oui, non", None) for n in range(3000)]
    assert problems(source) == []


def test_rows_of_nothing_but_delimiters_are_said_to_be_empty_but_for_the_last(tmp_path: Path) -> None:
    """Between others they stand in their place, however they are written; after the last row they are none."""
    text = 'a;b\n1;2\n;\n"";""\n \u00a0;\u200b\n\n;;;\n3;\n;\n\n;\n ; \n'
    source = open_table(written(tmp_path, text))
    assert problems(source) == [(line, "T109") for line in (3, 4, 5, 7)]
    assert [row[0] for row in cells(source)] == ["1", None, "", " \u00a0", None, "3"]
    assert told(RowProblem(RowCode.EMPTY), 2).in_("en") == "nothing is written in the row."


@given(st.lists(st.sampled_from([";", "x;", ";y", " ;"]), max_size=40), st.integers(1, 9))
def test_empty_rows_are_told_wherever_frames_end(rows: list[str], size: int) -> None:
    """The last row that holds something is the last, in whatever pieces the file is read."""
    frames = [pl.DataFrame({"a": [row[0].strip(";")], "b": [row[-1].strip(";")]}) for row in rows]
    whole_ = [labelled(frame, pl.Series([line], dtype=pl.Int64)) for line, frame in enumerate(frames)]
    pieces = [pl.concat(whole_[at : at + size]) for at in range(0, len(whole_), size)]
    filled = [line for line, row in enumerate(rows) if row in {"x;", ";y"}]
    found = [
        (line, problem) for frame in settled(iter(pieces)) for line, problem in frame["__line", "__problem"].rows()
    ]
    assert [line for line, _ in found] == list(range(filled[-1] + 1 if filled else 0))
    assert [line for line, problem in found if problem is None] == filled


def test_empty_rows_without_end_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that wait for a last row have a limit: beyond it they are given as they come."""
    monkeypatch.setattr(empty_rows, "_MOST_HELD", 5)
    frame = labelled(pl.DataFrame({"a": [""] * 4}), pl.Series([1] * 4, dtype=pl.Int64))
    assert [one.height for one in settled(iter([frame] * 5))] == [4] * 4


def test_names_that_look_like_patterns_are_names(tmp_path: Path) -> None:
    """Polars takes “*” for all columns: here it is one, in every kind of table."""
    text = '*,^a.*,a,"x\ny"\n1,2,3,4\n'
    source = open_table(written(tmp_path, text))
    assert copied(source, tmp_path / "b.csv").decode() == text
    for ending in ("xlsx", "jsonl", "parquet"):
        path = tmp_path / f"a.{ending}"
        copied(source, path)
        assert (open_table(path).columns, read(path)) == (("*", "^a.*", "a", "x\ny"), [("1", "2", "3", "4")])
        with open_output(tmp_path / f"b.{ending}", like=open_table(path)) as writer:
            for frame in chunks(open_table(path)):
                writer.write(frame.with_columns(boussole_1=pl.lit("x")))
        assert read(tmp_path / f"b.{ending}") == [("1", "2", "3", "4", "x")]
