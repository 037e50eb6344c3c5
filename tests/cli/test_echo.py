"""What is said beside the data: whole lines for programs, lines broken between words on a terminal."""

from __future__ import annotations

import os
import sys

import pytest

from boussole.cli.echo import echo_lines, echo_stderr
from boussole.errors import BoussoleError, Problem
from boussole.i18n import gettext
from boussole.render.wrapping import text_width

LONG = gettext("“{path}” cannot be read: {reason}.", path="un fichier de réponses", reason="une raison " * 9)
COMMAND = "boussole ask --resume --lang en --compasses '/home/ann/Mes boussoles à moi'"


@pytest.fixture
def columns(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],  # noqa: ARG001 - it replaces stderr first
) -> int:
    """Make stderr a terminal of so many columns."""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: True)
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


every_width = pytest.mark.parametrize("columns", [20, 30, 40, 80, 120], indirect=True)


@every_width
def test_words_are_not_broken(columns: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, an error with its remedy and a problem keep their words and their indents, within the screen."""
    problem = Problem("A104", gettext("{value} is out of bounds.", value="douze " * 9), remedy=LONG)
    for said in (LONG, BoussoleError(LONG, LONG), problem):
        capsys.readouterr()
        echo_stderr(said)
        rows = capsys.readouterr().err.splitlines()
        assert " ".join(" ".join(rows).split()) == " ".join(said.in_("fr").split())
        assert max(map(text_width, rows)) <= columns
    assert rows[-1].startswith("    ")


@every_width
def test_a_command_can_be_copied(columns: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The line to type stands whole on a line of its own where it does not fit beside what announces it."""
    echo_stderr(gettext("What you answered is kept. To go on, type: {command}", command=COMMAND))
    *before, last = capsys.readouterr().err.splitlines()
    assert last == COMMAND or (not before and last.endswith(COMMAND) and len(last) <= columns)
    assert all(len(row) <= columns for row in before)


def test_programs_get_whole_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stderr is no terminal, or one that does not say how wide it is, a line is a line."""
    monkeypatch.setenv("COLUMNS", "20")
    echo_stderr(LONG)
    echo_lines(["a b c " * 9])
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("a b c " * 9 + "\n", 1)
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: True)
    monkeypatch.setenv("COLUMNS", "wide")
    monkeypatch.setattr(os, "get_terminal_size", lambda _fd: os.terminal_size((0, 0)))
    echo_stderr(LONG)
    assert len(capsys.readouterr().err.splitlines()) == 1


@every_width
def test_what_is_looked_up_is_not_broken_either(columns: int, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines of `list` and `medoc`, on stdout, keep their words and their indents on a terminal."""
    whole = [
        "agir-ensemble  Agir ensemble",
        "    Situez votre projet en cinq minutes et repartez avec",
        "  - un : deux",
        "",
    ]
    echo_lines(whole)
    rows = capsys.readouterr().out.splitlines()
    assert " ".join(" ".join(rows).split()) == " ".join(" ".join(whole).split())
    assert max(map(len, rows)) <= columns
    assert len([row for row in rows if row.startswith("    ")]) >= 1
