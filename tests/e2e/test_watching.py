"""`boussole check --watch` beside an editor, at a real terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from e2e.conftest import Open

CTRL_C = "\x03"
SLIP = COMPASS.replace("points = 4", "pionts = 4")


def over(file: Path, text: str) -> None:
    """Save as nano does, and Visual Studio Code: the file is emptied, then written."""
    with file.open("w", encoding="utf-8") as emptied:
        emptied.flush()
        os.fsync(emptied.fileno())
        emptied.write(text)


def renamed(file: Path, text: str) -> None:
    """Save as vim and gedit may: a new file takes the name of the old one, which is away for a moment."""
    beside = file.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    file.rename(file.with_suffix(".bak"))
    beside.rename(file)


@pytest.mark.parametrize("save", [over, renamed], ids=["over", "renamed"])
def test_each_change_is_checked(opened: Open, home: Path, save: Callable[[Path, str], None]) -> None:
    """However it is saved; the screen holds the last check only, and Ctrl+C ends with its exit code."""
    (home / "medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    compass = home / "essai.toml"
    compass.write_text(COMPASS, encoding="utf-8")
    window = opened("check", "essai.toml", "--watch")
    window.hears("Vérifié à ").hears("Ctrl+C")
    assert "erreur" not in window.screen
    save(compass, SLIP)
    window.hears("B101").hears("Ctrl+C")
    assert "B101" in window.screen
    save(compass, COMPASS)
    window.hears("\x1b[2J").hears("Ctrl+C")
    assert "B101" not in window.screen
    save(home / "medoc.toml", CATALOGUE.replace('kind = "outil"', 'kind = "outill"'))
    window.sees("B209")
    assert window.press(CTRL_C).ends() == 1
    assert "Traceback" not in window.said


def test_what_is_ended_from_outside(opened: Open, home: Path) -> None:
    """It gives the exit code of the signal, as any command does."""
    (home / "medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    window = opened("check", "--watch").sees("Vérifié à ")
    window.process.terminate()
    assert window.ends() == 143
