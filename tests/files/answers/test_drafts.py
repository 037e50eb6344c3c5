"""Unfinished interviews: whole after a power cut, for their owner only, found again."""

from __future__ import annotations

import datetime as dt
import os
import stat
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.files.answers.drafts import drafts_folder, forget, keep, new_draft, unfinished
from boussole.files.answers.saved import Saved

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 11, 22, 14, 3, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _draft(answers: int, *, at: int) -> Path:
    path = new_draft("essai", NOW)
    keep(path, Saved("essai", {f"q{number}": "x" for number in range(answers)}))
    os.utime(path, (at, at))
    return path


def test_a_draft_is_for_its_owner(tmp_path: Path) -> None:
    """A draft stands in the user's state folder, which only its owner enters, in a file only its owner reads."""
    path = _draft(1, at=0)
    assert path == tmp_path / "state" / "boussole" / "interviews" / "essai-20261122-140309.toml"
    assert _mode(path) == 0o600
    assert _mode(path.parent) == 0o700


def test_every_answer_replaces_the_draft() -> None:
    """Keeping again replaces the whole file, still for its owner only."""
    path = _draft(1, at=0)
    keep(path, Saved("essai", {"a": "?", "b": (), "c": 3}, {"d": "x"}))
    (found,) = unfinished()
    assert found.saved == Saved("essai", {"a": "?", "b": (), "c": 3}, {"d": "x"})
    assert _mode(path) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_written_before_the_first_answer() -> None:
    """A new draft is only a name."""
    path = new_draft("essai", NOW)
    assert not path.exists()
    assert unfinished() == []


def test_drafts_of_the_same_second_have_their_own_names() -> None:
    """Two interviews begun in the same second do not overwrite each other."""
    names = [_draft(1, at=0).stem for _ in range(3)]
    assert names == ["essai-20261122-140309", "essai-20261122-140309-2", "essai-20261122-140309-3"]
    drafts_folder().joinpath(f"{names[1]}.toml").unlink()
    assert _draft(1, at=0).stem == names[1]


def test_the_latest_first() -> None:
    """Unfinished interviews come from the latest to the oldest; a draft is called by its file's name."""
    old, new, middle = _draft(1, at=100), _draft(2, at=300), _draft(3, at=200)
    assert [draft.path for draft in unfinished()] == [new, middle, old]
    assert [draft.name for draft in unfinished()] == [new.stem, middle.stem, old.stem]
    assert [len(draft.saved.answers) for draft in unfinished()] == [2, 3, 1]


def test_what_cannot_be_read_is_passed_over() -> None:
    """A file that is no draft does not stop a workshop."""
    good = _draft(1, at=0)
    folder = drafts_folder()
    (folder / "broken.toml").write_text("[[", encoding="utf-8")
    (folder / "newer.toml").write_text("format = 2\n", encoding="utf-8")
    (folder / "binary.toml").write_bytes(b"\xff\xfe")
    (folder / "folder.toml").mkdir()
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert [draft.path for draft in unfinished()] == [good]


def test_no_folder_is_no_draft() -> None:
    """Where nobody was ever interviewed there is nothing, and nothing is made."""
    assert unfinished() == []
    assert forget() == 0
    assert not drafts_folder().exists()


def test_forget_deletes_all() -> None:
    """Forgetting deletes drafts, what a killed run left of one, and the folder; it counts the drafts."""
    _draft(1, at=0)
    _draft(2, at=0)
    (drafts_folder() / ".essai.toml.abcd1234").write_text("half", encoding="utf-8")
    (drafts_folder() / "broken.toml").write_text("[[", encoding="utf-8")
    assert forget() == 3
    assert not drafts_folder().exists()


def test_forget_tells_what_it_cannot_delete() -> None:
    """What cannot be deleted is an error in words, and what can be is deleted."""
    _draft(1, at=0)
    (drafts_folder() / "folder").mkdir()
    with pytest.raises(BoussoleError) as refused:
        forget()
    assert "folder" in refused.value.in_("en")
    assert unfinished() == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where the state folder cannot be made, the error says where and why."""
    (tmp_path / "state").write_text("a file stands here", encoding="utf-8")
    with pytest.raises(BoussoleError) as refused:
        new_draft("essai", NOW)
    assert "cannot be written: " in refused.value.in_("en")
