"""A result takes its place whole: never over its own table, never half written."""

from __future__ import annotations

import errno
import io
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.errors import TableError
from boussole.escape import FORBIDDEN
from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.reading import open_table
from boussole.tables.writing import Writer, open_output
from support.tables import copied, read, written

ENDINGS = ["csv", "xlsx", "jsonl", "parquet"]
LIKE = DelimitedTable(columns=("a",))


def test_input_and_output_may_not_be_the_same_file(tmp_path: Path) -> None:
    """Under another name too; the table stays as it was."""
    path = written(tmp_path, "a;b\n1;2\n")
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for target in (path, link, tmp_path / "." / "table.csv"):
        with pytest.raises(TableError, match=r"(table|link)\.csv"):
            open_output(target, like=open_table(path))
    with pytest.raises(TableError, match=r"table\.csv"):
        open_output(path, like=open_table(link))
    assert path.read_text("utf-8") == "a;b\n1;2\n"


def test_a_part_that_is_read_may_not_be_written(tmp_path: Path) -> None:
    """Each of the parts of a folder is the table that is read."""
    for name in "ab":
        pl.DataFrame({"n": [1]}).write_parquet(tmp_path / f"{name}.parquet")
    with pytest.raises(TableError, match=r"b\.parquet"):
        open_output(tmp_path / "b.parquet", like=open_table(tmp_path))
    (tmp_path / "link.parquet").symlink_to(tmp_path / "b.parquet")
    with pytest.raises(TableError, match=r"link\.parquet"):
        open_output(tmp_path / "link.parquet", like=open_table(tmp_path / "b.parquet"))


def test_a_new_file_may_not_become_a_part_of_what_is_read(tmp_path: Path) -> None:
    """The next run would read it; beside a single file there is no such danger."""
    for name in ("in-1", "in-2"):
        pl.DataFrame({"n": [1]}).write_parquet(tmp_path / f"{name}.parquet")
    for source, target in ((tmp_path, "out.parquet"), (tmp_path / "in-*.parquet", "in-3.parquet")):
        with pytest.raises(TableError) as refused:
            open_output(tmp_path / target, like=open_table(source))
        assert "would be one of the files that are read" in refused.value.in_("en")
    for source, target in (
        (tmp_path, "out.csv"),
        (tmp_path / "in-*.parquet", "out.parquet"),
        (tmp_path / "in-1.parquet", "o.parquet"),
    ):
        copied(open_table(source), tmp_path / target)
        assert (tmp_path / target).exists()


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
    assert "there is no such file or folder" in refused.value.in_("en")


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
    assert refused.value.in_("en").startswith(f"“{path}” cannot be written: the file would be too large.")
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_device_is_written_to_and_stays_one(tmp_path: Path, ending: str) -> None:
    """What is no file has no old content to keep: no file takes its place; when it is full, this is said."""
    path = tmp_path / f"full.{ending}"
    path.symlink_to("/dev/full")
    with pytest.raises(TableError) as refused, open_output(path, like=LIKE) as writer:
        writer.write(pl.DataFrame({"a": ["x" * 100] * 5000}))
    assert refused.value.in_("en").startswith(f"“{path}” cannot be written: the disk is full.")
    assert path.is_symlink()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", ENDINGS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EPIPE])
def test_a_standard_output_that_takes_nothing_more(kind: str, number: int) -> None:
    """The error has the number of the system, by which the command line knows it; nothing else is said."""
    script = (
        "import sys, polars as pl\n"
        "from boussole.tables.delimited.table import DelimitedTable\n"
        "from boussole.tables.writing import open_output\n"
        "try:\n"
        "    with open_output('-', like=DelimitedTable(columns=('a',)), kind=sys.argv[1]) as writer:\n"
        "        writer.write(pl.DataFrame({'a': [f'{n * 7919 % 100_003:x}' for n in range(100_000)]}))\n"
        "except OSError as error:\n"
        "    import os\n"
        "    os._exit(error.errno)\n"
    )
    reading, writing = os.pipe()
    os.close(reading)
    with open("/dev/full", "wb") if number == errno.ENOSPC else open(writing, "wb") as out:  # noqa: PTH123
        done = subprocess.run([sys.executable, "-c", script, kind], stdout=out, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (number, b"")


def test_a_folder_is_refused_before_anything_is_worked_out(tmp_path: Path) -> None:
    """It is not found out at the end."""
    with pytest.raises(TableError, match="c’est un dossier"):
        open_output(tmp_path, like=LIKE, kind="csv")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("moment", ["between two frames", "at the very end"])
def test_a_kill_leaves_the_old_file(tmp_path: Path, ending: str, moment: str) -> None:
    """Killed at any moment, the old content is whole under its name."""
    path = written(tmp_path, "old", f"out.{ending}")
    script = (
        "import os, sys, polars as pl\n"
        "from boussole.tables.delimited.table import DelimitedTable\n"
        "from boussole.tables.writing import open_output\n"
        "writer = open_output(sys.argv[1], like=DelimitedTable(columns=('a',)))\n"
        "writer.write(pl.DataFrame({'a': ['x'] * 100_000}))\n"
        "os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "sys.argv[2] == 'at the very end' and writer.close()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(path), moment], check=False)
    assert killed.returncode == -signal.SIGKILL
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
            stdout.isatty.return_value = False
            with open_output("-", like=source, kind=kind) as writer:
                writer.write(pl.DataFrame({"a": ["1"], "b": ["2"]}))
        assert out.getvalue().startswith(start)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_terminal_is_not_driven(tmp_path: Path, kind: str, encoding: str) -> None:
    """Cells of strangers are shown as text, in the letters of the terminal, whatever stands in them."""
    hostile = "Nîmes\x1b]0;a\x07\x1b[2J\u202e\x9b31m" if encoding == "utf-8" else "Nîmes\x1b]0;a\x07\x1b[2J"
    path = tmp_path / "a.csv"
    path.write_bytes(f"a;b\n{hostile};2\n".encode(encoding))
    out = io.BytesIO()
    with mock.patch("sys.stdout") as stdout:
        stdout.buffer = out
        stdout.isatty.return_value = True
        with open_output("-", like=open_table(path), kind=kind) as writer:
            writer.write(pl.DataFrame({"a": [hostile], "b": ["é" * 9_000]}))
    shown = out.getvalue().decode()
    assert "Nîmes" in shown
    assert "é" * 9_000 in shown
    assert re.search(FORBIDDEN, shown) is None


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_what_is_no_text_is_not_shown_on_a_terminal(kind: str) -> None:
    """It would be garbage, and might drive it."""
    with mock.patch("sys.stdout") as stdout:
        stdout.isatty.return_value = True
        with pytest.raises(TableError, match="terminal"):
            open_output("-", like=LIKE, kind=kind)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    """The nearest known one is named."""
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / "out.cvs", like=LIKE)
    assert refused.value.in_("en").endswith("Did you mean “.csv”?")


def test_a_workbook_with_macros_is_not_written(tmp_path: Path) -> None:
    """Excel would not open it: what is in it has no macros."""
    with pytest.raises(TableError) as refused:
        open_output(tmp_path / "out.xlsm", like=LIKE)
    assert refused.value.in_("en").endswith("Give it a name that ends in .xlsx.")


@pytest.mark.parametrize("name", ["out.tsv", "out.TAB"])
def test_a_name_of_tabs_gets_tabs(tmp_path: Path, name: str) -> None:
    """All else is as in the input."""
    source = open_table(written(tmp_path, "nom;x;y\r\né;a;b\r\n".encode("cp1252")))
    assert copied(source, tmp_path / name) == "nom\tx\ty\r\né\ta\tb\r\n".encode("cp1252")


def test_an_output_without_rows_written_has_nothing(tmp_path: Path) -> None:
    """Closing at once gives an empty file; a failure to say so would be worse than an empty file."""
    with open_output(tmp_path / "out.csv", like=LIKE):
        pass
    assert (tmp_path / "out.csv").read_bytes() == b""


def test_the_error_of_the_system_is_kept(tmp_path: Path) -> None:
    """A read-only folder says so."""
    with (
        mock.patch("boussole.atomic.os.open", side_effect=PermissionError(errno.EACCES, "Permission denied")),
        pytest.raises(TableError, match="vous n’en avez pas le droit"),
    ):
        open_output(tmp_path / "out.csv", like=LIKE)


def test_a_copy_in_another_kind_and_back(tmp_path: Path) -> None:
    """A table that goes through every kind is the table it was."""
    path = written(tmp_path, "nom;code\nLédenon;007\n a ;=1\n")
    for ending in ENDINGS:
        copied(open_table(path), tmp_path / f"out.{ending}")
        assert read(tmp_path / f"out.{ending}") == [("Lédenon", "007"), (" a ", "=1")]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
@given(rows=st.lists(st.lists(st.none() | st.text(), min_size=2, max_size=2), min_size=1))
def test_any_table_comes_back(ending: str, rows: list[list[str | None]]) -> None:
    """Texts and what is missing stay apart."""
    frame = pl.DataFrame(rows, schema=dict.fromkeys("ab", pl.String), orient="row")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ending}"
        with open_output(path, like=DelimitedTable(columns=("a", "b"))) as writer:
            writer.write(frame)
        assert read(path) == frame.rows()
