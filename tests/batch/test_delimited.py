from __future__ import annotations

import json
import threading
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tables import cells, copied, problems, read, whole, written

from boussole.batch import blocks
from boussole.batch.reading import Source, chunks, open_table
from boussole.batch.rows import told
from boussole.errors import TableError

SPECTRUM = Path(__file__).parents[1] / "data" / "csv-spectrum"
ODD = "\";,|\t\r\n a'=é€\u202f0\ufeff"


@pytest.mark.parametrize("path", sorted((SPECTRUM / "csvs").iterdir()), ids=lambda path: path.stem)
def test_the_spectrum_of_csv(path: Path, tmp_path: Path) -> None:
    """Each file of csv-spectrum reads as its JSON says, and is given back byte for byte, a line end at the end."""
    source = open_table(path)
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text("utf-8"))
    assert [dict(zip(source.columns, [cell or "" for cell in row], strict=True)) for row in cells(source)] == expected
    assert copied(source, tmp_path / "out.csv") == path.read_bytes().rstrip(b"\r\n") + source.newline.encode()


def test_what_was_found_is_said(tmp_path: Path) -> None:
    """The encoding, the delimiter and the line of the header are said in words."""
    content = "Liste des communes;;\r\n\r\nNom;Région;Année\r\nLédenon;Occitanie;2024\r\n".encode("cp1252")
    source = open_table(written(tmp_path, content))
    assert (source.encoding, source.delimiter, source.header_row, source.newline) == ("cp1252", ";", 3, "\r\n")
    assert [note.in_("en") for note in source.notes] == ["read as Windows-1252, delimiter semicolon, header on line 3."]
    assert cells(source) == [("Lédenon", "Occitanie", "2024")]
    assert whole(source)["__line"].to_list() == [4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac-roman"])
def test_encodings_are_found_and_given_back(tmp_path: Path, encoding: str) -> None:
    """A French table reads the same in any encoding, and comes back in its own, byte order mark included."""
    text = "Nom;Région\nLédenon;Occitanie\nFort-de-France;Département d’outre-mer\nL’Étang;Île-de-France\n"
    path = written(tmp_path, text.encode(encoding))
    assert read(path)[1] == ("Fort-de-France", "Département d’outre-mer")
    assert copied(open_table(path), tmp_path / "out.csv") == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("a,b\n1;x,2\n", ","),
        ("a\tb\n1, 2\t3\n", "\t"),
        ("a|b|c\n1,2|3|4\n", "|"),
        ("sep=|\na|b;c\n1|2;3\n", "|"),
        ("Nom\nDupont, Jean\nMartin, Paul\n", ","),
        ('a;b\n"x,y,z\n1,2,3";1\n"u,v,w";2\n', ";"),
    ],
)
def test_the_delimiter_is_found(tmp_path: Path, content: str, delimiter: str) -> None:
    """The delimiter is the one that cuts rows and header alike, commas of sentences and numbers not counting."""
    source = open_table(written(tmp_path, content))
    assert source.delimiter == delimiter
    assert source.columns[0] in {"a", "Nom"}
    assert problems(source) == [] or source.columns == ("Nom",)


def test_what_is_given_overrules_what_is_found(tmp_path: Path) -> None:
    """Encoding, delimiter and header line can be given."""
    path = written(tmp_path, "x;y,z\na;é,b\n1;2,3\n".encode("cp850"))
    assert read(path, encoding="cp850", delimiter=",", header_row=2) == [("1;2", "3")]
    assert open_table(path, encoding="cp850", delimiter=",", header_row=2).columns == ("a;é", "b")
    assert read(written(tmp_path, "a\tb\n1\t2\n"), delimiter="tab") == [("1", "2")]


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


def test_empty_columns_at_the_end_are_left_out_unless_they_hold_something(tmp_path: Path) -> None:
    """Columns without a name or value are left out, and said; a value that comes late is a cell too many."""
    source = open_table(written(tmp_path, "a;b;;\n1;2;;\n3;4\n"))
    assert (source.columns, cells(source)) == (("a", "b"), [("1", "2"), ("3", "4")])
    assert source.notes[1].in_("en") == "2 empty columns at the end are left out."
    assert open_table(written(tmp_path, "a;b;;\n1;2;;9\n")).columns == ("a", "b", "__unnamed_3", "__unnamed_4")
    many = "a;b;\n" + "1;2;\n" * 300 + "1;2;x\n"
    assert problems(open_table(written(tmp_path, many))) == [(302, "T102 3")]


def test_columns_without_a_name_stay(tmp_path: Path) -> None:
    """They have a made-up name in frames, and none again in the file."""
    path = written(tmp_path, ",a,b,c,\n0,1,2,3,4\n")
    assert open_table(path).columns == ("__unnamed_1", "a", "b", "c", "__unnamed_5")
    assert copied(open_table(path), tmp_path / "out.csv") == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "given_", "said"),
    [
        (b"", {}, "the table is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", {}, "the table is empty."),
        (b"a;b;a\n1;2;3\n", {}, "the column “a” stands twice: columns 1 and 3."),
        (b"a;__line\n1;2\n", {}, "the name “__line” cannot be used"),
        (b"a;b\n1;2\n\xff;3\n", {"encoding": "utf-8"}, "line 3 is not text in UTF-8."),
        (b"a;b\n1;2\n3;\x81\n", {"encoding": "cp1252"}, "line 3 is not text in Windows-1252."),
        (b"a;b\n", {"encoding": "utf8x"}, "there is no encoding “utf8x”."),
        (b"a;b\n", {"encoding": "base64"}, "there is no encoding “base64”."),
        (b"a;b\n", {"delimiter": ";;"}, "“;;” cannot be the delimiter."),
        (b"a;b\n", {"header_row": 2}, "there is no header on line 2."),
        (b"PK\x03\x04....", {}, "this is not a text file but, it seems, a “.xlsx” file."),
    ],
)
def test_what_cannot_be_a_table_is_refused(tmp_path: Path, content: bytes, given_: dict[str, Any], said: str) -> None:
    """Each is an error that says why and, where it can, at which line."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, content), **given_)
    assert refused.value.in_("en").startswith(said)
    assert refused.value.hint is not None


def test_bytes_that_are_no_text_far_into_the_file_are_an_error_with_the_line(tmp_path: Path) -> None:
    """What the sample could not show is found when its rows are read, also between quotes."""
    with mock.patch("boussole.batch.reading.SAMPLE", 1000):
        for cell in (b"\xe9", b'"\xe9"'):
            source = open_table(written(tmp_path, b"a;b\n" + b"1;2\n" * 50_000 + b"1;" + cell + b"\n1;2\n" * 9))
            assert source.encoding == "utf-8"
            with pytest.raises(TableError, match=r"50\s?002"):
                list(chunks(source, 1000))


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    """It is said, and one frame without rows comes out, so that a header can be written."""
    source = open_table(written(tmp_path, "a;b"))
    assert source.notes[-1].in_("en") == "there is no row below the header."
    assert whole(source).shape == (0, 4)
    assert copied(source, tmp_path / "out.csv") == b"a;b\n"


def test_a_name_that_is_no_table(tmp_path: Path) -> None:
    """An unknown ending names the nearest known one; a missing file is an error in words."""
    with pytest.raises(TableError) as refused:
        open_table(tmp_path / "a.xslx")
    assert refused.value.in_("en").endswith("Did you mean “.xlsx”?")
    with pytest.raises(TableError, match="absent"):
        open_table(tmp_path / "absent.csv")


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    """It is a cell like another, with line feeds in it or without."""
    for cell in ("x" * (10 << 20), "ligne\n" * (10 << 17)):
        path = written(tmp_path, f'a;b\n1;"{cell}"\n2;c\n')
        assert read(path) == [("1", cell), ("2", "c")]


def test_a_quote_left_open_in_a_long_file_holds_little_in_memory(tmp_path: Path) -> None:
    """Beyond what a cell may hold it is taken for a mistake, in its row alone."""
    path = written(tmp_path, 'a;b\n"1;2\n' + "3;4\n" * 100_000)
    with mock.patch.object(blocks, "LONGEST_ROW", 100_000):
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
            mock.patch("boussole.batch.reading.SAMPLE", 100),
        ):
            stdin.buffer = file
            source = open_table("-")
            assert (source.path, source.columns) == (None, ("a", "é"))
            assert cells(source) == [("1", "2")] * 5000


@pytest.mark.parametrize(
    ("problem", "english", "french"),
    [
        ("T101 1", "the row has 1 cell, the header 3.", "la ligne a 1 cellule, l’en-tête 3."),
        ("T102 5", "the row has 5 cells, the header 3: what", "la ligne a 5 cellules, l’en-tête 3\xa0: ce qui"),
        ("T103", "a quotation mark is left open", "un guillemet reste ouvert"),
        ("T104", "the row holds a NUL character.", "la ligne contient un caractère NUL."),
        ("T105", "the line is not a JSON object.", "la ligne n’est pas un objet JSON."),
    ],
)
def test_what_is_wrong_with_a_row_is_said(problem: str, english: str, french: str) -> None:
    """The code and the figure are enough to say it in both languages."""
    assert told(problem, 3).in_("en").startswith(english)
    assert told(problem, 3).in_("fr").startswith(french)


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
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_comes_back(rows: list[list[str | None]], delimiter: str, encoding: str, newline: str) -> None:
    """What is written, in any delimiter, encoding and line end, is read back the same, and written the same."""
    if encoding == "cp1252":
        rows = [[cell and cell.encode("cp1252", "ignore").decode("cp1252") for cell in row] for row in rows]
    name, mark = encoding.removesuffix("-sig"), encoding.endswith("-sig") or "16" in encoding
    columns = tuple(f"c{number}" for number in range(len(rows[0])))
    like = Source(None, "csv", columns, name, mark, delimiter, newline=newline)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        _write(path, like, frame)
        source = open_table(path, encoding=name, delimiter=delimiter, header_row=1)
        assert source.columns == columns
        found = whole(source)
        assert found["__problem"].null_count() == found.height
        assert found.select(columns).rows() == frame.rows()
        copied(source._replace(newline=newline), Path(folder) / "b.csv")
        assert (Path(folder) / "b.csv").read_bytes() == path.read_bytes()


def _write(path: Path, like: Source, frame: pl.DataFrame) -> None:
    from boussole.batch.writing import open_output  # noqa: PLC0415 - read beside its use

    with open_output(path, like=like) as writer:
        writer.write(frame)


@given(
    st.text(ODD + ";;;\n\n\n\0", max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
    st.integers(1, 3),
    st.integers(1, 9),
)
def test_fast_and_slow_reading_agree(text: str, width: int, size: int) -> None:
    """Whatever the text, however it is cut, reading by blocks gives the rows, lines and codes of reading by rows."""
    shape = blocks.Shape([f"c{number}" for number in range(width)], ";", width)
    raw = text.encode()
    assume(raw)
    ends = [place + 1 for place, byte in enumerate(raw) if byte == ord("\n")][::size]
    cuts = [0, *(end for end in ends if end < len(raw)), len(raw)]
    pieces = [raw[start:end] for start, end in pairwise(cuts)]
    fast = [row for frame in blocks.frames(iter(pieces), shape, 2) for row in frame.rows()]
    with mock.patch.object(blocks, "_quickly", return_value=None):
        slow = [row for frame in blocks.frames(iter([raw]), shape, 2) for row in frame.rows()]
    assert fast == slow
