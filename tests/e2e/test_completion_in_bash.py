"""What Tab does in an interactive bash, which parts words and adds spaces by itself."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32" or shutil.which("bash") is None:
    pytest.skip("bash is needed", allow_module_level=True)

from boussole.cli.completing import script
from support.windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bash(tmp_path: Path) -> Iterator[Window]:
    """Return a bash that completes `boussole`."""
    run = tmp_path / "boussole"
    run.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m boussole "$@"\n')
    run.chmod(0o755)
    (tmp_path / "completion").write_text(script(["bash"], install=False))
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "xterm"}
    window = Window(tmp_path, {**environment, "PS1": "$ "}, program=["bash", "--norc", "-i"])
    window.sees("$").press("source ./completion; clear; echo ready\r").sees("ready")
    yield window
    window.shut()


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("boussole recommend agi", "boussole recommend agir-ensemble X"),
        ("boussole recommend agir-ensemble --set doma", "boussole recommend agir-ensemble --set domain=X"),
        ("boussole recommend agir-ensemble --set domain=ea", "boussole recommend agir-ensemble --set domain=eau X"),
        ("boussole recommend agir-ensemble --set domain=eau,emp", "--set domain=eau,emploi-economie X"),
        ("boussole recommend agir-ensemble --set domain=eau --str", "--set domain=eau --strict X"),
        ("boussole why agir-ensemble guide-sa", "boussole why agir-ensemble guide-sage X"),
    ],
)
def test_tab_ends_the_word_and_nothing_more(bash: Window, typed: str, line: str) -> None:
    """A space comes after what is whole, none where an answer is still to be typed."""
    bash.press(typed, "\t").press("X").sees(line)


def test_a_whole_word_is_not_completed_again(bash: Window) -> None:
    """After its space, another Tab adds nothing of it."""
    bash.press("boussole recommend agir-ensemble --set domain=ea", "\t", "\t", "X").sees("domain=eau X")
    assert "domain=eau eau" not in bash.screen


def test_a_second_tab_shows_the_answers(bash: Window) -> None:
    """Those that begin so, and no file of the folder."""
    bash.press("boussole recommend agir-ensemble --set profile=e", "\t\t").sees("entreprises").sees("etat")
