"""Unfinished interviews: whole after a power cut, for their owner only, found again."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from boussole.atomic import TEMPORARY
from boussole.errors import BoussoleError
from boussole.files.answers.draft_lock import claimed, clear_locks, lock_of, own_new_draft
from boussole.files.answers.drafts import ENDING, drafts_folder, forget, keep, new_draft, unfinished
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
    assert path == tmp_path / "state" / "boussole" / "interviews" / "essai-20261122-140309.draft.toml"
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
    names = [_draft(1, at=0).name.removesuffix(ENDING) for _ in range(3)]
    assert names == ["essai-20261122-140309", "essai-20261122-140309-2", "essai-20261122-140309-3"]
    drafts_folder().joinpath(f"{names[1]}{ENDING}").unlink()
    assert _draft(1, at=0).name == f"{names[1]}{ENDING}"


def test_the_latest_first() -> None:
    """Unfinished interviews come from the latest to the oldest; a draft is called by its file's name."""
    old, new, middle = _draft(1, at=100), _draft(2, at=300), _draft(3, at=200)
    assert [draft.path for draft in unfinished()] == [new, middle, old]
    assert [draft.name for draft in unfinished()] == [one.name.removesuffix(ENDING) for one in (new, middle, old)]
    assert [len(draft.saved.answers) for draft in unfinished()] == [2, 3, 1]


def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    """A file that is no draft does not stop a workshop, nor a pipe, which would wait for ever, nor a link."""
    good = _draft(1, at=0)
    folder = drafts_folder()
    (folder / f"broken{ENDING}").write_text("[[", encoding="utf-8")
    (folder / f"newer{ENDING}").write_text("format = 2\n", encoding="utf-8")
    (folder / f"binary{ENDING}").write_bytes(b"\xff\xfe")
    (folder / f"folder{ENDING}").mkdir()
    os.mkfifo(folder / f"pipe{ENDING}")
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_bytes(good.read_bytes())
    (folder / f"link{ENDING}").symlink_to(elsewhere)
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert [draft.path for draft in unfinished()] == [good]


def test_no_folder_is_no_draft() -> None:
    """Where nobody was ever interviewed there is nothing, and nothing is made."""
    assert unfinished() == []
    assert forget() == 0
    assert not drafts_folder().exists()


def test_forget_deletes_what_is_its_own() -> None:
    """Forgetting deletes drafts, what a killed run left of one, and the folder; it counts the drafts."""
    _draft(1, at=0)
    _draft(2, at=0)
    (drafts_folder() / f".essai.x{TEMPORARY}").write_text("half", encoding="utf-8")
    (drafts_folder() / f"broken{ENDING}").write_text("[[", encoding="utf-8")
    assert forget() == 3
    assert not drafts_folder().exists()


def test_forget_deletes_nothing_else(tmp_path: Path) -> None:
    """What ends otherwise stays, with folders and links, and so does what links lead to."""
    _draft(1, at=0)
    folder = drafts_folder()
    thesis = tmp_path / "thesis.toml"
    thesis.write_text("years of work", encoding="utf-8")
    link = folder / f"link{ENDING}"
    link.symlink_to(thesis)
    (folder / "notes.toml").write_text("x", encoding="utf-8")
    (folder / f"folder{ENDING}").mkdir()
    assert forget() == 1
    assert sorted(path.name for path in folder.iterdir()) == [f"folder{ENDING}", link.name, "notes.toml"]
    assert thesis.read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("linked", ["interviews", "."])
def test_nothing_is_done_through_a_linked_folder(linked: str, tmp_path: Path) -> None:
    """A folder of drafts that is a link, or stands in one, may be anybody's: nothing is read, kept or deleted there."""
    path = _draft(1, at=0)
    place = tmp_path / "state" / "boussole" / linked
    moved = tmp_path / "theses"
    place.rename(moved)
    place.symlink_to(moved)
    assert unfinished() == []
    for refused in (forget, lambda: new_draft("essai", NOW)):
        with pytest.raises(BoussoleError, match="lien"):
            refused()
    assert [one.name for one in moved.rglob("*.toml")] == [path.name]


def test_a_folder_open_to_others_is_closed() -> None:
    """The folder of drafts is for its owner, whoever made it before."""
    drafts_folder().mkdir(parents=True)
    drafts_folder().chmod(0o777)
    new_draft("essai", NOW)
    assert _mode(drafts_folder()) == 0o700


def test_a_draft_open_to_others_is_closed() -> None:
    """A draft that was restored from elsewhere with the usual permissions is for its owner again, once it is found."""
    path = _draft(1, at=0)
    path.chmod(0o644)
    assert len(unfinished()) == 1
    assert _mode(path) == 0o600


def test_what_killed_interviews_left_is_swept_away() -> None:
    """Half-written answers and locks of drafts that are no more go at the next interview; what runs and drafts stay."""
    path = _draft(1, at=0)
    mine = own_new_draft("essai", NOW)
    gone = lock_of(path.with_name(f"gone{ENDING}"))
    gone.touch()
    code = (
        "import os, sys; from pathlib import Path; from boussole.atomic import replacing\n"
        "with replacing(Path(sys.argv[1]), private=True) as file:\n    file.write(b'half'); file.flush(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert [one for one in path.parent.iterdir() if one.name.endswith(TEMPORARY)]
    assert [draft.path for draft in unfinished()] == [path]
    clear_locks()
    assert not gone.exists()
    assert lock_of(mine.path).exists()
    assert not [one for one in path.parent.iterdir() if one.name.endswith(TEMPORARY)]
    mine.finish()
    assert not lock_of(mine.path).exists()


def test_a_lock_whose_file_was_taken_away_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another lets go of a draft just as it is claimed, the claim is one that others meet."""
    path = _draft(1, at=0)
    there = type(path).exists
    told = iter([False])
    monkeypatch.setattr(type(path), "exists", lambda one: next(told, True) and there(one))
    own = claimed(path)
    assert own is not None
    assert claimed(path) is None
    own.release()


@pytest.mark.skipif(os.getuid() == 0, reason="root may delete anything")
def test_forget_tells_what_it_cannot_delete() -> None:
    """What cannot be deleted is an error in words."""
    path = _draft(1, at=0)
    path.parent.chmod(0o500)
    with pytest.raises(BoussoleError, match="supprimé"):
        forget()
    path.parent.chmod(0o700)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where the state folder cannot be made, the error says where and why."""
    (tmp_path / "state").write_text("a file stands here", encoding="utf-8")
    with pytest.raises(BoussoleError) as refused:
        new_draft("essai", NOW)
    assert "cannot be written: " in refused.value.in_("en")
