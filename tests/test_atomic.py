"""Files are written whole or not at all, for whom they are meant, and never over what is no file."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from boussole.atomic import write_atomically
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
        assert refused.value.in_("en").startswith(f"“{path}” cannot be written: No space left on device.")


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
    assert said == f"“{path}” cannot be written: No such file or directory.\nChoose another folder, or free some space."
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
