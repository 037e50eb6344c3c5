"""Reading by blocks: as fast as can be where all is well, and the same as reading by rows everywhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boussole.errors import TableError
from boussole.tables.delimited import fast_reading
from boussole.tables.delimited.careful_reading import fitted as fitted_

if TYPE_CHECKING:
    from collections.abc import Iterable

ODD = "\";,|\t\r\n a'=é€\u202f0\ufeff"
GOOD = ["1", "é", "", '"a;b"', '"x\ny"', '"q""q"', '""', '"l\r\nm"', '"\n;\n"']
STRANGE = ['12"', '"open', 'a"b', "\0", "\ufeff", "x\ry", '"a" ', ' "b"']
SHAPE = fast_reading.Shape(["a", "b"], ";", 2)


def _rows(pieces: Iterable[bytes], shape: fast_reading.Shape = SHAPE) -> list[tuple[Any, ...]]:
    return [row for frame in fast_reading.frames(iter(pieces), shape, 2) for row in frame.rows()]


def _slow_rows(raw: bytes, shape: fast_reading.Shape = SHAPE) -> list[tuple[Any, ...]]:
    with mock.patch.object(fast_reading, "_quickly", return_value=None):
        return _rows([raw], shape)


def _cut(raw: bytes, size: int) -> list[bytes]:
    """Return pieces of some line ends each."""
    ends = [place + 1 for place, byte in enumerate(raw) if byte == ord("\n")][::size]
    cuts = [0, *(end for end in ends if end < len(raw)), len(raw)]
    return [raw[start:end] for start, end in pairwise(cuts)]


@given(
    st.text(ODD + ";;;\n\n\n\0", max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
    st.integers(1, 3),
    st.integers(1, 9),
)
def test_fast_and_slow_reading_agree(text: str, width: int, size: int) -> None:
    """Whatever the text, however it is cut, reading by blocks gives the rows, lines and codes of reading by rows."""
    shape = fast_reading.Shape([f"c{number}" for number in range(width)], ";", width)
    raw = text.encode()
    assume(raw)
    assert _rows(_cut(raw, size), shape) == _slow_rows(raw, shape)


@given(
    st.lists(st.lists(st.sampled_from(GOOD), min_size=2, max_size=2), min_size=1, max_size=40),
    st.lists(st.lists(st.sampled_from(GOOD + STRANGE), max_size=4), max_size=4),
    st.randoms(use_true_random=False),
    st.integers(1, 40),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_few_odd_rows_among_good_ones_are_told_alike(
    good: list[list[str]], odd: list[list[str]], chance: object, size: int, newline: str
) -> None:
    """Rows that have too much or too little, NULs and quotes astray are read apart, in their places."""
    rows = [*good, *odd]
    chance.shuffle(rows)  # type: ignore[attr-defined] # it is a random.Random
    raw = newline.join(";".join(row) for row in rows).encode()
    assume(raw)
    assert _rows(_cut(raw, size)) == _slow_rows(raw)


def test_good_rows_around_odd_ones_are_not_read_one_by_one() -> None:
    """One row in a thousand that has too much does not make reading thirty times as slow."""
    raw = b"".join(b"1;2;3\n" if number % 1000 == 0 else b'"a";b\n' for number in range(20_000))
    with mock.patch.object(fast_reading, "fitted", wraps=fitted_) as fitted:
        found = _rows([raw])
    assert fitted.call_count == 20
    assert [row[2] for row in found] == list(range(2, 20_002))
    assert [row[2] for row in found if row[3] is not None] == list(range(2, 20_002, 1000))


def test_only_the_rows_near_a_quote_astray_are_read_one_by_one() -> None:
    """What stands before it, and most of what follows, is read in one go."""
    raw = b'"a";b\n' * 20_000 + b'x"y";"z\n' + b'"a";b\n' * 20_000
    with mock.patch.object(fast_reading, "fitted", wraps=fitted_) as fitted:
        found = _rows([raw])
    assert fitted.call_count < 2_000
    assert [(row[2], row[3]["code"]) for row in found if row[3] is not None] == [(20_002, "T103")]
    assert len(found) == 40_001


def test_cells_of_several_lines_in_a_large_block() -> None:
    """Polars cuts a block among threads: rows that look like others within quotes do not mislead it."""
    cell = '"' + "1;2\n" * 50 + '"'
    raw = "".join(f"{number};{cell if number % 7 == 0 else number}\n" for number in range(100_000)).encode()
    found = _rows([raw])
    assert [row[0] for row in found] == [str(number) for number in range(100_000)]
    assert all(row[1] == (cell[1:-1] if number % 7 == 0 else str(number)) for number, row in enumerate(found))
    assert found[-1][2] == 2 + 99_999 + 50 * 14_286


def test_one_frame_for_each_piece() -> None:
    """However many odd rows it has: what follows works on frames, and has a cost for each."""
    piece = b"1;2\n" * 100 + b'x"y;z\n' + b"1;2\n" * 100 + b"\0;1\n"
    assert [frame.height for frame in fast_reading.frames(iter([piece] * 3), SHAPE, 2)] == [202] * 3


def test_a_row_over_many_pieces_is_not_looked_at_for_each() -> None:
    """An open quote makes the work grow with the text, not with its square."""
    pieces = [b'1;"x\n', *[b"y\n" * 100] * 1_000, b'";\n']
    with mock.patch.object(fast_reading, "_scanned", wraps=fast_reading._scanned) as scanned:  # noqa: SLF001 - what costs time
        assert len(_rows(pieces)) == 1
    assert scanned.call_count < 40


def test_a_mark_that_begins_a_cell_stays() -> None:
    """Polars drops a byte order mark at the start of what it reads: here it may be a piece of a file."""
    assert [row[0] for row in _rows(["\ufeff1;2\n3;4\n".encode(), "\ufeff5;6\n".encode()])] == [
        "\ufeff1",
        "3",
        "\ufeff5",
    ]


def test_columns_left_out_hold_nothing() -> None:
    """Empty cells at the end may be there or not, however many; what they hold is a cell too many."""
    shape = fast_reading.Shape(["a"], ";", 3)
    found = _rows([b"1;;\n2\n3;\n4;x;\n5;;;\n"], shape)
    assert [row[0] for row in found] == ["1", "2", "3", "4;x;", "5"]
    assert [row[2] and (row[2]["code"], row[2]["cells"]) for row in found] == [None] * 3 + [("T102", 3), None]


def test_broken_utf_8_is_an_error_with_the_line_wherever_it_stands() -> None:
    """Among good rows, in an odd one, between quotes."""
    for row in (b"1;\xe9\n", b"1;\xe9;3\n", b'1;"\xe9"\n', b'1;"\n\xe9"\n'):
        line = 102 + row.count(b"\n") - 1
        with pytest.raises(TableError, match=rf"\b{line}\b"):
            _rows([b"1;2\n" * 100 + row + b"1;2\n" * 100])
