"""Windows at a real terminal, in a folder where nothing of the user's own reaches."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.windows import Window


class Open(Protocol):
    """Opens windows, all closed when the test ends."""

    def __call__(self, *arguments: str, deaf: bool = False) -> Window:
        """Run `boussole` with `arguments` in a window."""
        ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, where a French speaker with an empty home stands."""
    for name in [name for name in os.environ if name.startswith(("BOUSSOLE_", "XDG_", "LC_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "ACCESSIBLE", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "fr")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "workshop"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def opened(home: Path) -> Iterator[Open]:
    """Open windows on the folder."""
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are of POSIX systems")
    from support.windows import Window

    windows: list[Window] = []

    def open_window(*arguments: str, deaf: bool = False) -> Window:
        windows.append(Window(home, os.environ, *arguments, deaf=deaf))
        return windows[-1]

    yield open_window
    for window in windows:
        window.shut()
