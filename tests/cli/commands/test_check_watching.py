"""Doing something again when files change, with a clock that only the test moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.cli.commands.check import watching
from boussole.errors import BoussoleError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]


def moments(monkeypatch: pytest.MonkeyPatch, *events: Callable[[], object] | None) -> None:
    """Let an event happen in each pause; after the last one, Ctrl+C is pressed."""

    def next_of(waiting: Iterator[Callable[[], object] | None]) -> None:
        for event in waiting:
            if event is not None:
                event()
            return
        raise KeyboardInterrupt

    waiting = iter(events)
    monkeypatch.setattr("boussole.cli.commands.check.watching.time.sleep", lambda _: next_of(waiting))


def test_once_what_is_saved_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file half written is not looked at; one that appears, goes or comes back is a change, one left alone none."""
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_text("1")
    seen: list[str] = []
    moments(
        monkeypatch,
        None,
        None,
        lambda: file.write_text(""),
        lambda: file.write_text("2 and more"),
        None,  # it rests: checked
        lambda: other.write_text("new"),
        None,  # checked
        file.unlink,
        lambda: file.write_text("3, back at once"),
        None,  # checked
        other.unlink,
        None,  # checked
        None,
    )

    def check() -> int:
        seen.append(f"{file.read_text()}{other.exists()}")
        return len(seen)

    code = watching.watch(lambda: [file, other], check)
    assert seen == ["1False", "2 and moreFalse", "2 and moreTrue", "3, back at onceTrue", "3, back at onceFalse"]
    assert code == 5


def test_what_changes_during_a_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is checked again: nothing that is saved is missed."""
    file = tmp_path / "a"
    file.write_text("1")
    seen: list[str] = []

    def check() -> int:
        seen.append(file.read_text())
        if len(seen) == 1:
            file.write_text("12")
        return 0

    moments(monkeypatch, None, None, None)
    watching.watch(lambda: [file], check)
    assert seen == ["1", "12"]


def test_what_cannot_be_checked_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refusal is said and counts as 2; folders that are not there may come back."""

    def refuse() -> int:
        raise BoussoleError(gettext("There is no catalogue here."))

    def nowhere() -> list[Path]:
        raise BoussoleError(gettext("There is no catalogue here."))

    moments(monkeypatch, None)
    assert watching.watch(nowhere, refuse) == 2
    assert capsys.readouterr().err.startswith("Il n’y a pas de catalogue ici.")


@pytest.mark.usefixtures("trial")
def test_what_it_watches(boussole: Boussole, trial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is in reach where no file is named: a new compass too. Machines are told once."""
    new = trial / "compasses" / "nouvelle.toml"
    moments(monkeypatch, lambda: new.write_text("format = 1\n", "utf-8"), None)
    done = boussole("check", "--watch")
    assert done.code == 1
    first, second = done.err.split("Checked at ")[:2]
    assert "nouvelle" not in first
    assert "nouvelle.toml" in done.out
    assert "Waiting for changes; Ctrl+C ends." in second
    assert "\x1b" not in done.out
    refused = boussole("check", "--watch", "--to", "json")
    assert (refused.code, refused.err) == (2, "--watch does not go with “--to json”.\n")
