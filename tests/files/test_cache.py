"""Definitions kept ready between two commands: right, or not there at all."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from boussole.errors import DefinitionError
from boussole.files import cache
from boussole.files.definitions import Library
from builders import catalogue_toml, compass_toml


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    here = tmp_path / "here"
    (here / "compasses").mkdir(parents=True)
    (here / "medoc.toml").write_text(catalogue_toml(), "utf-8")
    (here / "compasses/essai.toml").write_text(compass_toml(id="essai"), "utf-8")
    monkeypatch.chdir(here)
    return here


def test_what_is_kept_is_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second command gets equal definitions without reading the files."""
    first = Library().pair("essai")
    monkeypatch.setattr("boussole.files.toml.read_bytes", lambda _path: pytest.fail("read again"))
    second = Library().pair("essai")
    assert (second.compass.digest, second.catalogue) == (first.compass.digest, first.catalogue)
    assert second.compass == first.compass


def test_an_edit_is_seen(folder: Path) -> None:
    """A changed catalogue or compass is read again, also when the other one has not changed."""
    Library().pair("essai")
    (folder / "compasses/essai.toml").write_text(compass_toml(id="essai", version="2"), "utf-8")
    assert Library().pair("essai").compass.version == "2"
    (folder / "medoc.toml").write_text(catalogue_toml(version="3"), "utf-8")
    assert Library().pair("essai").catalogue.version == "3"


def test_another_file_of_the_same_name_is_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative name means the file of the folder one stands in."""
    Library().catalogue()
    other = tmp_path / "other"
    other.mkdir()
    (other / "medoc.toml").write_text(catalogue_toml(version="9"), "utf-8")
    monkeypatch.chdir(other)
    assert Library().catalogue()[0].version == "9"


@pytest.mark.parametrize("content", [b"", b"nonsense", pickle.dumps((1, 2, 3)), pickle.dumps(("state", os.getcwd))])
def test_a_spoilt_entry_is_a_miss(tmp_path: Path, content: bytes) -> None:
    """An entry that is broken, or that names anything but definitions, is not used, and is written anew."""
    Library().catalogue()
    (entry,) = (tmp_path / "cache").rglob("catalogue-*.pickle")
    entry.write_bytes(content)
    assert cache.recall("catalogue", Library().catalogue()[1].path) is not None


def test_an_entry_of_somebody_else_is_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that belongs to another user is not used."""
    path = Library().catalogue()[1].path
    assert cache.recall("catalogue", path) is not None
    monkeypatch.setattr(os, "getuid", lambda: 1 << 20)
    assert cache.recall("catalogue", path) is None


def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cache, definitions are read each time."""
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert Library().pair("essai").compass.id == "essai"
    assert Library().pair("essai").compass.id == "essai"


def test_only_the_latest_entries_are_kept(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder does not grow for ever."""
    monkeypatch.setattr(cache, "_KEPT", 2)
    for number in range(4):
        path = folder / f"medoc{number}.toml"
        path.write_text(catalogue_toml(), "utf-8")
        cache.keep("catalogue", path, number, cache.state_of(path))
    assert len(list((tmp_path / "cache").rglob("*.pickle"))) == 2


def test_a_file_that_changes_while_it_is_read_is_not_kept(folder: Path) -> None:
    """Nobody knows which of the two was read, so the next command reads again."""
    path = folder / "medoc.toml"
    before = cache.state_of(path)
    path.write_text(catalogue_toml(version="2"), "utf-8")
    cache.keep("catalogue", path, "the old one", before)
    assert cache.recall("catalogue", path) is None


def test_a_compass_is_never_taken_for_a_catalogue() -> None:
    """Naming a compass as the catalogue is refused with its problems, also when it is kept ready as a compass."""
    Library().pair("essai")
    with pytest.raises(DefinitionError, match="B101"):
        Library(catalogue=Path("compasses/essai.toml")).catalogue()


def test_without_a_home_definitions_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows the home folder, the user's own folder and the cache are done without."""
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", _nowhere)
    monkeypatch.setattr("os.path.expanduser", lambda path: path if not str(path).startswith("~") else _nowhere())
    assert Library().pair("essai").compass.id == "essai"


def _nowhere() -> Path:
    raise RuntimeError
