"""What goes to the standard output goes there whole, or the run fails: buffered or not, to a file or a pipe."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from boussole.cli.main import HUNG_UP, USAGE

if TYPE_CHECKING:
    from pathlib import Path

_ROOM = 8_000  # bytes
COMMANDS = {
    "text": ("recommend", "agir-ensemble", "--set", "profile=collectivites", "--to", "html"),
    "bytes": ("recommend", "agir-ensemble", "--set", "profile=collectivites", "--to", "docx"),
    "rows": ("batch", "agir-ensemble", "table.csv", "--set", "profile=collectivites"),
}


def _limited() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, _ROOM))


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "table.csv").write_text("nom,domain\n" + "Nîmes,eau\n" * 4_000, "utf-8")
    return {**os.environ, "PYTHONUNBUFFERED": request.param, "BOUSSOLE_LANG": "en"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_fills_is_an_error(environment: dict[str, str], tmp_path: Path, command: str) -> None:
    """The system writes what there is room for; that the rest is missing is said, and the exit code tells it."""
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "boussole", *COMMANDS[command]],
            stdout=out,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment,
            preexec_fn=_limited,
            check=False,
        )
    told = done.stderr.decode()
    assert (done.returncode, "The result cannot be written: the file would be too large." in told) == (USAGE, True)
    assert "4000 rows" not in told


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_leaves_is_told_by_the_exit_code(
    environment: dict[str, str], tmp_path: Path, command: str
) -> None:
    """It has had a part of what waits to be written: silence, and the code that shells give."""
    process = subprocess.Popen(
        [sys.executable, "-m", "boussole", *COMMANDS[command]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    assert process.stdout is not None
    fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 4096)
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == HUNG_UP
    assert "rror" not in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("{rows} -o out.csv >&-", 0),
        ("{rows} -o out.csv 2>&-", 0),
        ("{rows} -o out.csv 2>/dev/full", 0),
        ("{rows} -o out.csv <&- >&- 2>&-", 0),
        ("{rows} 2>/dev/full >out.csv", 0),
        ("{rows} 2>&- >out.csv", 0),
        ("list >&-", USAGE),
        ("list >/dev/full", USAGE),
        ("list >/dev/full 2>/dev/full", USAGE),
        ("--version >/dev/full", USAGE),
        ("--version <&- >&- 2>&-", USAGE),
        ("ask --plain <&-", USAGE),
        ("ask <&- >&- 2>&-", USAGE),
        ("recommend absent 2>/dev/full", USAGE),
    ],
)
def test_closed_or_full_streams(environment: dict[str, str], tmp_path: Path, words: str, code: int) -> None:
    """As under cron: where all that was asked could be given it is, and messages are lost, never among the data."""
    rows = "batch agir-ensemble small.csv --set profile=collectivites --quiet"
    (tmp_path / "small.csv").write_text("nom,domain\nNîmes,eau\n", "utf-8")
    line = f"{sys.executable} -m boussole {words.format(rows=rows)}"
    done = subprocess.run(line, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=False)  # noqa: S602
    assert done.returncode == code
    assert b"Exception" not in done.stderr
    if "out.csv" in words:
        assert (tmp_path / "out.csv").read_text("utf-8").count("\n") == 2


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """What the system or a library says on the number of stderr is lost: it is not that of a file opened since."""
    code = (
        "import os, sys; from boussole.cli.process import prepare_streams\n"
        "prepare_streams()\n"
        "opened = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)\n"
        "sys.exit(opened if all(os.path.samestat(os.fstat(n), os.stat(os.devnull)) for n in range(3)) else 1)"
    )
    line = f"{sys.executable} -c '{code}' file <&- >&- 2>&-"
    assert subprocess.run(line, shell=True, check=False, cwd=tmp_path).returncode > 2  # noqa: S602
