from __future__ import annotations

import errno
import io
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import copied, read, written

from boussole.batch.delimiting import Delimited
from boussole.batch.reading import Source, open_table
from boussole.batch.writing import Writer, open_output
from boussole.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = ["csv", "xlsx", "jsonl", "parquet"]
LIKE = Source(None, "csv", ("a",))
TEXTS = st.none() | st.text(st.sampled_from('ab ,;\t|-"\n\r=é'), max_size=5)


def test_input_and_output_may_not_be_the_same_file(tmp_path: Path) -> None:
    """Under another name too; the table stays as it was."""
    path = written(tmp_path, "a;b\n1;2\n")
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for target in (path, link, tmp_path / "." / "table.csv"):
        with pytest.raises(TableError, match=r"(table|link)\.csv"):
            open_output(target, like=open_table(path))
    assert path.read_text("utf-8") == "a;b\n1;2\n"


def test_a_part_that_is_read_may_not_be_written(tmp_path: Path) -> None:
    """Each of the parts of a folder is the table that is read."""
    for name in "ab":
        pl.DataFrame({"n": [1]}).write_parquet(tmp_path / f"{name}.parquet")
    with pytest.raises(TableError, match=r"b\.parquet"):
        open_output(tmp_path / "b.parquet", like=open_table(tmp_path))


def _interrupted(writer: Writer) -> None:
    writer.write(pl.DataFrame({"a": ["x"]}))
    raise KeyboardInterrupt


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_abandoned_leaves_the_old_file_and_nothing_else(tmp_path: Path, ending: str) -> None:
    """An error in the middle, or giving up, leaves the folder as it was."""
    path = written(tmp_path, "old", f"out.{ending}")
    with pytest.raises(KeyboardInterrupt), open_output(path, like=LIKE) as writer:
        _interrupted(writer)
    writer = open_output(path, like=LIKE)
    writer.abandon()
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_folder_that_is_missing_is_an_error_in_words(tmp_path: Path, ending: str) -> None:
    """It is said before anything is worked out."""
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / "absent" / f"out.{ending}", like=LIKE)
    assert "No such file or directory" in refused.value.in_("en")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_disk_that_is_full_is_an_error_in_words_and_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    """Whether it fills while rows are written or at the end."""
    path = written(tmp_path, "old", f"out.{ending}")
    noise = pl.DataFrame({"a": [f"{number * 7919 % 1_000_003:x}" * 9 for number in range(200_000)]})
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(TableError) as refused, open_output(path, like=LIKE) as writer:
            writer.write(noise)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.name in refused.value.in_("en")
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_kill_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    """Killed between two frames, the old content is whole under its name."""
    path = written(tmp_path, "old", f"out.{ending}")
    script = (
        "import os, sys, polars as pl\n"
        "from boussole.batch.reading import Source\n"
        "from boussole.batch.writing import open_output\n"
        "writer = open_output(sys.argv[1], like=Source(None, 'csv', ('a',)))\n"
        "writer.write(pl.DataFrame({'a': ['x'] * 100_000}))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == -signal.SIGKILL
    assert path.read_text("utf-8") == "old"


def test_the_standard_output(tmp_path: Path) -> None:
    """Delimited text and JSON Lines go out as they are made, the other kinds when whole."""
    source = open_table(written(tmp_path, "a;b\n1;2\n"))
    for kind, start in (
        (None, b"a;b\n1;2\n"),
        ("jsonl", b'{"a":"1","b":"2"}\n'),
        ("xlsx", b"PK"),
        ("parquet", b"PAR1"),
    ):
        out = io.BytesIO()
        with mock.patch("sys.stdout") as stdout:
            stdout.buffer = out
            with open_output("-", like=source, kind=kind) as writer:
                writer.write(pl.DataFrame({"a": ["1"], "b": ["2"]}))
        assert out.getvalue().startswith(start)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    """The nearest known one is named."""
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / "out.cvs", like=LIKE)
    assert refused.value.in_("en").endswith("Did you mean “.csv”?")


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
    source = Source(None, "csv", (cell,))
    path = tmp_path / "out.csv"
    with open_output(path, like=source, safe_cells=True) as writer:
        writer.write(pl.DataFrame({cell: [cell]}))
    assert read(path, encoding="utf-8", delimiter=",", header_row=1) == [(f"'{cell}",)]
    assert open_table(path, encoding="utf-8", delimiter=",", header_row=1).columns == (f"'{cell}",)


@pytest.mark.parametrize(
    "cell", ["-12", "-12,5", "+33 1 23 45 67 89", "- 3 %", "-1\u202f000,50 €", "12=13", "a@b.fr", "", " x", "+.5"]
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


@given(st.text(st.characters(codec="utf-8")))
def test_no_text_makes_safe_cells_start_a_formula(cell: str) -> None:
    """Whatever the text, what is left of it starts no formula, or is a number with a sign."""
    from boussole.batch.delimiting import _without_formulas  # noqa: PLC0415 - the heart of it

    safe = _without_formulas(pl.Series([cell]), numbers=False).item()
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))
    assert safe in {cell, f"'{cell}"}


def test_an_output_without_rows_written_has_nothing(tmp_path: Path) -> None:
    """Closing at once gives an empty file; a failure to say so would be worse than an empty file."""
    with open_output(tmp_path / "out.csv", like=LIKE):
        pass
    assert (tmp_path / "out.csv").read_bytes() == b""


def test_the_error_of_the_system_is_kept(tmp_path: Path) -> None:
    """A read-only folder says so."""
    with (
        mock.patch("tempfile.NamedTemporaryFile", side_effect=PermissionError(errno.EACCES, "Permission denied")),
        pytest.raises(TableError, match="Permission denied"),
    ):
        open_output(tmp_path / "out.csv", like=LIKE)


def test_a_copy_in_another_kind_and_back(tmp_path: Path) -> None:
    """A table that goes through every kind is the table it was."""
    path = written(tmp_path, "nom;code\nLédenon;007\n a ;=1\n")
    for ending in ENDINGS:
        copied(open_table(path), tmp_path / f"out.{ending}")
        assert read(tmp_path / f"out.{ending}") == [("Lédenon", "007"), (" a ", "=1")]


@settings(deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 1)), min_size=1, max_size=12),
    st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=2),
    st.sampled_from(",;\t|-"),
)
def test_what_rows_share_is_written_as_if_each_stood_alone(
    rows: list[tuple[str | None, str | None, int]], told: list[tuple[str | None, str | None]], delimiter: str
) -> None:
    """Quotes, delimiters and line ends in any cell: the same bytes."""
    like = Source(None, "csv", ("a", "b"), delimiter=delimiter)
    frame = pl.DataFrame([row[:2] for row in rows], schema={"a": pl.String, "b": pl.String}, orient="row")
    beside = pl.DataFrame(told, schema={"boussole_error": pl.String, "boussole_1": pl.String}, orient="row")
    case = np.array([row[2] for row in rows], np.int64)
    written_ = []
    for shared in (True, False):
        file = io.BytesIO()
        form = Delimited(file, like, safe_cells=False)
        if shared:
            form.add_shared(frame, beside, case)
        else:
            form.add(frame.hstack(beside[case]))
        written_.append(file.getvalue())
    assert written_[0] == written_[1]
