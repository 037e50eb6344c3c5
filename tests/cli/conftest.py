"""A command line by itself: nothing of the user's own environment reaches it."""

from __future__ import annotations

import gettext
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from boussole.cli.language import use_language
from boussole.cli.main import run
from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FOREIGN = (
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "LANGUAGE",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "ACCESSIBLE",
    "TERM",
)


@dataclass(frozen=True, slots=True)
class Done:
    """What one run of the command line did."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand in an empty folder, with an empty home, no language and a clock that never moves."""
    for name in [*_FOREIGN, *(name for name in os.environ if name.startswith(("BOUSSOLE_", "XDG_")))]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")  # boussole sets it: noted here, so that it is put back
    monkeypatch.setenv("HOME", str(tmp_path / "boussole-home"))
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "boussole-home" / name.lower()))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795356180")  # 2026-11-22
    folder = tmp_path / "boussole-here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    domain = gettext.textdomain()
    yield folder
    gettext.textdomain(domain)
    use_language("fr")


@pytest.fixture
def boussole(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return the command line, run in this process; in English unless it says otherwise."""

    def call(*arguments: str, lang: str | None = "en") -> Done:
        capsys.readouterr()
        code = run([*([] if lang is None else [f"--lang={lang}"]), *arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call


@pytest.fixture
def trial(here: Path) -> Path:
    """Put the sample catalogue and its compass `essai` in the current folder."""
    (here / "medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    (here / "compasses").mkdir()
    (here / "compasses" / "essai.toml").write_text(COMPASS, encoding="utf-8")
    return here


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001 - it replaces stdout first
    """Make stdout say that it is a terminal."""
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _self: True)
    monkeypatch.setenv("TERM", "xterm-256color")
