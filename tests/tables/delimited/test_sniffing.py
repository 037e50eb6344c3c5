"""How a delimited table is written (encoding, delimiter, header) is found, said, and can be given."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.errors import TableError
from boussole.tables.reading import open_table
from support.tables import cells, copied, open_delimited, problems, read, whole, written


def test_what_was_found_is_said(tmp_path: Path) -> None:
    """The encoding, the delimiter and the line of the header are said in words."""
    content = "Liste des communes;;\r\n\r\nNom;Région;Année\r\nLédenon;Occitanie;2024\r\n".encode("cp1252")
    source = open_delimited(written(tmp_path, content))
    assert (source.encoding, source.delimiter, source.header_row, source.newline) == ("cp1252", ";", 3, "\r\n")
    assert [note.in_("en") for note in source.notes] == ["read as Windows-1252, delimiter semicolon, header on line 3."]
    assert cells(source) == [("Lédenon", "Occitanie", "2024")]
    assert whole(source)["__line"].to_list() == [4]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("word", ["cœur", "Œuvre", "5 €", "Žilina", "Škoda, š"])
def test_latin_9_is_known_by_its_letters(tmp_path: Path, word: str, *, late: bool) -> None:
    """By one of the eight that it has and others have not, wherever it stands in the first megabytes."""
    rows = ["été;a"] * (5000 if late else 3) + [f"{word};b"]
    path = written(tmp_path, "\n".join(["nom;type", *rows, ""]).encode("iso8859-15"))
    source = open_table(path)
    assert source.notes[0].in_("en").startswith("read as ISO-8859-15 (Latin-9), ")
    assert cells(source)[-1] == (word, "b")
    assert copied(source, tmp_path / "b.csv") == path.read_bytes()


def test_windows_1252_stays_what_it_is_where_nothing_tells(tmp_path: Path) -> None:
    """Letters that both have, and fractions and signs that Latin-9 lacks."""
    for word in ("été", "l’été", "1½ pain", "à 5 €", "½ à ¾", "Œuvre"):
        source = open_table(written(tmp_path, f"nom;type\n{word};é\n".encode("cp1252")))
        assert source.notes[0].in_("en").startswith("read as Windows-1252, ")
        assert cells(source) == [(word, "é")]


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
        ("Nom\nDupont, Jean\nMartin, Paul\n", ";"),
        ('a;b\n"x,y,z\n1,2,3";1\n"u,v,w";2\n', ";"),
    ],
)
def test_the_delimiter_is_found(tmp_path: Path, content: str, delimiter: str) -> None:
    """The delimiter is the one that cuts rows and header alike, commas of sentences and numbers not counting."""
    source = open_delimited(written(tmp_path, content))
    assert source.delimiter == delimiter
    assert source.columns[0] in {"a", "Nom"}
    assert problems(source) == []


def test_what_is_given_overrules_what_is_found(tmp_path: Path) -> None:
    """Encoding, delimiter and header line can be given."""
    path = written(tmp_path, "x;y,z\na;é,b\n1;2,3\n".encode("cp850"))
    assert read(path, encoding="cp850", delimiter=",", header_row=2) == [("1;2", "3")]
    assert open_table(path, encoding="cp850", delimiter=",", header_row=2).columns == ("a;é", "b")
    assert read(written(tmp_path, "a\tb\n1\t2\n"), delimiter="tab") == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "given_", "said"),
    [
        (b"", {}, "the table is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", {}, "the table is empty."),
        (b'"";""\n;\n', {"delimiter": ";"}, "the table is empty."),
        (b":::\n:::\n", {"delimiter": ":"}, "the table is empty."),
        (b"a;__line\n1;2\n", {}, "the name “__line” cannot be used"),
        (b"a;__empty1\n1;2\n", {}, "the name “__empty1” cannot be used"),
        (b"a;^b.*$\n1;2\n", {}, "the name “^b.*$” cannot be used"),
        (b'a;"b;c\n1;2;3\n', {}, "the header, on line 1: a quotation mark is left open"),
        (b"a;b\0;c\n1;2;3\n", {}, "the header, on line 1: the row holds a NUL character."),
        (b"a;b\n1;2\n\xff;3\n", {"encoding": "utf-8"}, "line 3 is not text in UTF-8."),
        (b"a;b\n1;2\n3;\x81\n", {"encoding": "cp1252"}, "line 3 is not text in Windows-1252."),
        (b"a;b\n", {"encoding": "utf8x"}, "there is no encoding “utf8x”."),
        (b"a;b\n", {"encoding": "base64"}, "there is no encoding “base64”."),
        (b"a;b\n", {"encoding": "idna"}, "there is no encoding “idna”."),
        (b"a;b\n", {"encoding": "unicode_escape"}, "there is no encoding “unicode_escape”."),
        (
            "a;é\n".encode("utf-16"),
            {"encoding": "utf-8"},
            "the file begins with the mark of UTF-16: it is not in utf-8.",
        ),
        (b"\xef\xbb\xbfa;b\n", {"encoding": "cp1252"}, "the file begins with the mark of UTF-8: it is not in cp1252."),
        (b"a;b\n", {"delimiter": ";;"}, "“;;” cannot be the delimiter."),
        (b"a;b\n", {"header_row": 2}, "there is no header on line 2."),
        (b"a;b\n", {"header_row": 0}, "there is no header on line 0."),
        (b"a;b\n;\n", {"header_row": 2, "delimiter": ";"}, "there is no header on line 2."),
        (b"PK\x03\x04....", {}, "this is not delimited text but, it seems, a “.xlsx” file."),
        (b"\xd0\xcf\x11\xe0....", {}, "this is not delimited text but, it seems, a “.xls” file."),
        (b'{"a": 1}\n', {}, "this is not delimited text but, it seems, a “.jsonl” file."),
    ],
)
def test_what_cannot_be_a_table_is_refused(tmp_path: Path, content: bytes, given_: dict[str, Any], said: str) -> None:
    """Each is an error that says why and, where it can, at which line."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, content), **given_)
    assert refused.value.in_("en").startswith(said)
    assert refused.value.hint is not None


def test_a_name_that_is_no_table(tmp_path: Path) -> None:
    """An unknown ending names the nearest known one; a missing file is an error in words."""
    with pytest.raises(TableError) as refused:
        open_table(tmp_path / "a.xslx")
    assert refused.value.in_("en").endswith("Did you mean “.xlsx”?")
    with pytest.raises(TableError, match="absent"):
        open_table(tmp_path / "absent.csv")


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


def test_a_single_letter_at_the_end_tells_the_encoding(tmp_path: Path) -> None:
    """An accent in the last bytes of a file of Windows-1252 is no broken UTF-8."""
    for content in ("nom;v\n1;Orlé\n", "nom;v\n1;Orlé"):
        assert read(written(tmp_path, content.encode("cp1252"))) == [("1", "Orlé")]


def test_a_broken_line_does_not_spoil_a_file_of_utf_8(tmp_path: Path) -> None:
    """Where most is UTF-8, the bytes that are not are an error with the line, not another encoding."""
    content = "nom;v\n1;é\n2;à\n".encode() + b"3;\xe9\n" + "4;ù\n".encode()
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, content))
    assert refused.value.in_("en").splitlines() == [
        "line 4 is not text in UTF-8.",
        "Mend the line, or name the encoding of the file: --encoding windows-1252.",
    ]


def test_bytes_that_windows_1252_lacks_are_an_error_with_the_line(tmp_path: Path) -> None:
    """They are not taken for control characters of Latin-1, which can be asked for."""
    path = written(tmp_path, "nom;v\nété;1\n".encode("cp1252") + b"\x81;2\n")
    with pytest.raises(TableError) as refused:
        open_table(path)
    assert refused.value.in_("en").startswith("line 3 is not text in Windows-1252.")
    assert read(path, encoding="latin-1") == [("été", "1"), ("\x81", "2")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_found_in_any_script(tmp_path: Path, encoding: str) -> None:
    """By its line feeds and zeros, also where letters have none."""
    assert read(written(tmp_path, "名;市\n中国;北上\n".encode(encoding))) == [("中国", "北上")]
    assert open_table(written(tmp_path, "名".encode(encoding) + "a;市".encode(encoding))).columns == ("名a", "市")


def test_utf_32_is_not_taken_for_utf_16(tmp_path: Path) -> None:
    """Its mark begins with that of UTF-16; it is given back with one mark."""
    path = written(tmp_path, "nom;é\n1;2\n".encode("utf-32"))
    assert copied(open_table(path), tmp_path / "out.csv") == path.read_bytes()
    assert copied(open_table(path, encoding="utf-32"), tmp_path / "out.csv") == path.read_bytes()


def test_cut_utf_16_is_an_error_with_the_line(tmp_path: Path) -> None:
    """Half a character at the end is not passed over."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, "a;b\n1;2\n".encode("utf-16") + b"x"))
    assert refused.value.in_("en").startswith("line 3 is not text in UTF-16.")


def test_a_single_column_of_sentences_is_not_cut_at_their_commas(tmp_path: Path) -> None:
    """Where no delimiter cuts the rows, one is taken that does not stand in them."""
    source = open_table(written(tmp_path, "Nom\nDupont, Jean\nMartin, Paul\n"))
    assert cells(source) == [("Dupont, Jean",), ("Martin, Paul",)]
    assert problems(source) == []


def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path) -> None:
    """A title may follow it; what cannot be a delimiter is not believed."""
    source = open_delimited(written(tmp_path, "sep=|\r\nLes villes||\r\nnom|n|x\r\na|1|2\r\nb|3|4\r\n"))
    assert (source.delimiter, source.header_row, source.columns) == ("|", 3, ("nom", "n", "x"))
    assert open_delimited(written(tmp_path, "sep=é\naéb\n")).columns == ("sep=é",)


def test_a_header_below_many_empty_lines(tmp_path: Path) -> None:
    """Blank lines and rows of delimiters only are passed over, however many."""
    for blank in ("\n", ";\n", '"";""\n'):
        source = open_delimited(written(tmp_path, blank * 300 + "a;b\n1;2\n"), delimiter=";")
        assert (source.columns, source.header_row, cells(source)) == (("a", "b"), 301, [("1", "2")])
    assert read(written(tmp_path, "x;y\n" * 300 + "a;b\n1;2\n"), header_row=301) == [("1", "2")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", ["a;b", '"a\nx";b', '"a\r\nx";b'])
def test_line_ends_are_those_of_rows(tmp_path: Path, newline: str, header: str) -> None:
    """A line feed within a cell of the header says nothing of them, but where no row has one."""
    content = f"{header}{newline}1;2{newline}"
    source = open_delimited(written(tmp_path, content))
    if newline != "\r" or header == "a;b":
        assert source.newline == newline
        assert copied(source, tmp_path / "out.csv") == content.encode()


@pytest.mark.parametrize("content", ['"a";"b"\r\n"1";""\r\n"x""y";"z"\r\n', '"a"\n""\n', '"a";"b"\n'])
def test_what_stands_between_quotes_everywhere_is_written_so_again(tmp_path: Path, content: str) -> None:
    """As some programs export: the copy has the same bytes."""
    source = open_delimited(written(tmp_path, content))
    assert source.quoted
    assert copied(source, tmp_path / "out.csv") == content.encode()


def test_quotes_here_and_there_are_not_everywhere(tmp_path: Path) -> None:
    """One cell without them is enough."""
    for content in ('"a";b\n"1";"2"\n', '"a";"b"\n"1";\n', '"a";"b"\n1;"2"\n'):
        assert not open_delimited(written(tmp_path, content)).quoted


@pytest.mark.parametrize(
    ("name", "content", "given_", "said"),
    [
        ("a.csv", b"a;b\n1;2\n", {"sheet": "x"}, "--sheet says nothing of “a.csv”."),
        ("a.jsonl", b'{"a":1}\n', {"encoding": "cp1252"}, "--encoding says nothing of “a.jsonl”."),
        ("a.xlsx", b"", {"delimiter": ";"}, "--delimiter says nothing of “a.xlsx”."),
        ("a.parquet", b"", {"header_row": 1}, "--header-row says nothing of “a.parquet”."),
    ],
)
def test_options_for_other_tables_are_not_passed_over(
    tmp_path: Path, name: str, content: bytes, given_: dict[str, Any], said: str
) -> None:
    """They are an error: whoever gives one believes that it helps."""
    with pytest.raises(TableError) as refused:
        open_table(written(tmp_path, content, name), **given_)
    assert refused.value.in_("en").startswith(said)


WORDS = st.text(st.sampled_from("abcéèà '-0123456789"), min_size=1, max_size=8).filter(str.strip)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=2, max_size=8)
    ),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_ordinary_tables_need_nothing_said(rows: list[list[str]], delimiter: str, encoding: str, newline: str) -> None:
    """Delimiter, encoding and line ends are found, whatever the words, and the copy has the same bytes."""
    header = [f"colonne {place}" for place in range(len(rows[0]))]
    content = "".join(f"{delimiter.join(row)}{newline}" for row in [header, *rows])
    with TemporaryDirectory() as folder:
        path = written(Path(folder), content.encode(encoding))
        source = open_delimited(path)
        assert (source.columns, source.delimiter, source.header_row) == (tuple(header), delimiter, 1)
        assert cells(source) == [tuple(row) for row in rows]
        assert copied(source, Path(folder) / "out.csv") == path.read_bytes()
