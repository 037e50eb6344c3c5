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


def test_without_a_standard_output(environment: dict[str, str], tmp_path: Path) -> None:
    """Where nothing is to be written to it, it is not missed; otherwise, what is lost is an error."""
    for words, code in ((f"{' '.join(COMMANDS['rows'])} -o out.csv >&- 2>&-", 0), ("list >&-", USAGE)):
        line = f"{sys.executable} -m boussole {words}"
        assert subprocess.run(line, shell=True, cwd=tmp_path, env=environment, check=False).returncode == code  # noqa: S602
    assert (tmp_path / "out.csv").exists()
