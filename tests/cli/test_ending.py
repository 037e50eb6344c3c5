"""Ended from outside, a command puts everything away as after Ctrl-C, and its exit code says what ended it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from boussole.atomic import TEMPORARY
from boussole.cli import main
from boussole.files.answers.drafts import drafts_folder, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("there is no SIGHUP", allow_module_level=True)


@pytest.fixture(autouse=True)
def _signals_as_at_a_terminal() -> Iterator[None]:
    """Let no signal be ignored, nor by the commands started here: under `nohup` or in the background some are."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT)}
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_a_command(number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the code that shells give for it; and what stood for the signal before does again."""
    before = signal.getsignal(number)

    def wait(_arguments: list[str]) -> int:
        os.kill(os.getpid(), number)
        time.sleep(5)
        return 0

    monkeypatch.setattr(main, "_run", wait)
    assert main.run([]) == code
    assert signal.getsignal(number) == before


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under `nohup`, a closed terminal ends nothing."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def go_on(_arguments: list[str]) -> int:
        os.kill(os.getpid(), signal.SIGHUP)
        return 0

    monkeypatch.setattr(main, "_run", go_on)
    try:
        assert main.run([]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("boussole")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_an_interview_that_is_ended_is_kept(number: signal.Signals, code: int, trial: Path) -> None:
    """What was answered is on disk, nothing else is, and the line that resumes it is said."""
    command = [sys.executable, "-m", "boussole", "ask", "essai", "--plain", "--lang", "en"]
    with subprocess.Popen(command, cwd=trial, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdin
        assert running.stderr
        running.stdin.write("1\n")
        running.stdin.flush()
        deadline = time.monotonic() + 30
        while not unfinished() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        running.send_signal(number)
        said = running.stderr.read()
        assert running.wait(30) == code
    assert "ask --resume" in said
    (draft,) = unfinished()
    assert draft.saved.answers
    assert not [path for path in drafts_folder().iterdir() if path.name.endswith(TEMPORARY)]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_while_modules_load_has_its_code_too(number: signal.Signals, code: int, here: Path) -> None:
    """Python would end by SIGINT a process interrupted inside a text that it evaluates, as named tuples are made of."""
    (here / "script.py").write_text(
        "from boussole.cli import main\n"
        f"text = 'import os, time; os.kill(os.getpid(), {number:d}); time.sleep(5)'\n"
        "def interrupted(arguments):\n"
        "    try:\n"
        "        exec(text)\n"
        "    except KeyboardInterrupt:\n"
        "        return main.INTERRUPTED\n"
        "main._run = interrupted\n"
        "main.main([])\n",
        "utf-8",
    )
    assert subprocess.run([sys.executable, "-m", "script"], check=False).returncode == code
