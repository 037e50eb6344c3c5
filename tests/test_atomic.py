"""Files are written whole or not at all, for whom they are meant, and never over what is no file."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from boussole.atomic import TEMPORARY, replacing, sweep, temporary_folder, write_atomically
from boussole.errors import BoussoleError

if TYPE_CHECKING:
    from pathlib import Path


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """The content is there, byte for byte, and nothing else is left in the folder."""
    path = tmp_path / "a b é.md"
    write_atomically(path, b"\x00\xff\r\n")
    assert path.read_bytes() == b"\x00\xff\r\n"
    write_atomically(path, b"")
    assert path.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_midway_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException
) -> None:
    """Whatever fails, and wherever, the old file is whole and no temporary file stays."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(call, fail)
    with pytest.raises(BoussoleError if isinstance(error, OSError) else KeyboardInterrupt) as refused:
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    if isinstance(refused.value, BoussoleError):
        assert refused.value.in_("en").startswith(f"“{path}” cannot be written: the disk is full.")


def test_permissions_are_those_of_the_file_replaced(tmp_path: Path) -> None:
    """A file that is replaced keeps its permissions; a new one has the usual ones."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert _mode(path) == 0o640
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "b.md", b"new")
    finally:
        os.umask(before)
    assert _mode(tmp_path / "b.md") == 0o640


def test_a_private_file_is_for_its_owner(tmp_path: Path) -> None:
    """A private file can be read by its owner only, even where it replaces one that everybody could."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")
    path.chmod(0o666)
    write_atomically(path, b"new", private=True)
    assert _mode(path) == 0o600


def test_a_missing_folder_is_an_error_in_words(tmp_path: Path) -> None:
    """A folder that does not exist is refused, and not made."""
    path = tmp_path / "absent" / "a.md"
    with pytest.raises(BoussoleError) as refused:
        write_atomically(path, b"x")
    said = refused.value.in_("en")
    assert said == (
        f"“{path}” cannot be written: there is no such file or folder.\nMake this folder first, or choose another one."
    )
    assert not path.parent.exists()


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    """A name that is a folder's is refused, and the folder is whole."""
    (tmp_path / "a.md").mkdir()
    with pytest.raises(BoussoleError):
        write_atomically(tmp_path / "a.md", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """What is no file is not replaced by one."""
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as thread:
        content = thread.submit(path.read_bytes)
        write_atomically(path, b"new")
        assert content.result() == b"new"
    assert path.is_fifo()
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_name(tmp_path: Path) -> None:
    """A name of the greatest length the system takes can be written."""
    path = tmp_path / ("x" * 252 + ".md")
    write_atomically(path, b"x")
    assert path.read_bytes() == b"x"


def test_a_link_is_written_through(tmp_path: Path) -> None:
    """What somebody links to is what is written, whole or not at all; a private file takes the place of the link."""
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    write_atomically(link, b"mine", private=True)
    assert not link.is_symlink()
    assert (link.read_bytes(), target.read_bytes()) == (b"mine", b"new")


def test_a_folder_that_a_killed_process_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited among the system's temporary files goes with the next that needs room there; what runs stays."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = "import os, tempfile, sys; from boussole.atomic import temporary_folder; tempfile.tempdir = sys.argv[1]\n"
    code += "folder = temporary_folder(); open(folder.name + '/rows', 'w').close(); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    with temporary_folder() as folder:
        assert [str(one) for one in tmp_path.iterdir()] == [folder]
        assert not left.exists()
        assert sweep(tmp_path) == 0
    assert not list(tmp_path.iterdir())


def test_links_that_go_round_in_circles(tmp_path: Path) -> None:
    """They are refused in words, and stay; a link to a file that is not there yet makes it."""
    one, other, fresh = tmp_path / "one.md", tmp_path / "other.md", tmp_path / "fresh.md"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(BoussoleError, match="tournent en rond"):
        write_atomically(one, b"x")
    assert one.is_symlink()
    fresh.symlink_to(tmp_path / "target.md")
    write_atomically(fresh, b"x")
    assert fresh.is_symlink()
    assert (tmp_path / "target.md").read_bytes() == b"x"


def test_a_temporary_file_says_whose_it_is(tmp_path: Path) -> None:
    """It is for its owner only, and its name ends as none of other programs does, with the process that made it."""
    with replacing(tmp_path / "a.md") as file:
        file.write(b"x")
        (temporary,) = tmp_path.iterdir()
        assert temporary.name.endswith(f".{os.getpid()}{TEMPORARY}")
        assert _mode(temporary) == 0o600


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    """By the next that writes there: what its process left, and what is a day old; nothing of others, no links."""
    code = (
        "import os, sys; from pathlib import Path; from boussole.atomic import replacing\n"
        "with replacing(Path(sys.argv[1]) / 'a.md') as file:\n"
        "    file.write(b'half'); file.flush(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    machine = left.name.split(".")[-3]
    running = tmp_path / f".b.md.x.{machine}.{os.getpid()}{TEMPORARY}"
    elsewhere = tmp_path / f".b.md.x.00000000.{2**31 - 9}{TEMPORARY}"
    old = tmp_path / f".b.md.y.00000000.1{TEMPORARY}"
    other, folder, link = (tmp_path / f"{name}{TEMPORARY}" for name in ("other", f".x.{machine}.1", f".z.{machine}.2"))
    for path in (running, elsewhere, old, other):
        path.write_bytes(b"x")
    folder.mkdir()
    link.symlink_to(other)
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    os.utime(link, (0, 0), follow_symlinks=False)
    write_atomically(tmp_path / "a.md", b"whole")
    stay = {running, elsewhere, other, folder, link, tmp_path / "a.md"}
    assert set(tmp_path.iterdir()) == stay
    assert sweep(tmp_path) == 0
    assert sweep(tmp_path / "absent") == 0
