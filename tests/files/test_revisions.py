"""Two versions of definitions to compare, from a folder, a file or what is in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError, DefinitionError
from boussole.files import library
from boussole.files.revisions import Revision, Revisions, revision
from support.builders import catalogue_toml, compass_toml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with nothing shipped, nothing of one's own and no cache."""
    for name in ("shipped_folder", "user_folder"):
        monkeypatch.setattr(library, name, lambda: tmp_path / "nothing")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    """Write a file, its folder made."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, "utf-8")
    return path


def settle(folder: Path, version: str = "1", **ids: str) -> Path:
    """Put a catalogue and compasses in a folder: ids by the names of their files."""
    write(folder / "medoc.toml", catalogue_toml(version=version))
    for name, id_ in (ids or {"agir": "agir"}).items():
        write(folder / "compasses" / f"{name}.toml", compass_toml(id=id_, version=version))
    return folder


def versions(found: Revision, compass: str = "agir") -> tuple[str, str]:
    """Return the versions of a compass and of its catalogue."""
    pair = found.pair(compass)
    return pair.compass.version, pair.catalogue.version


def test_a_folder(here: Path, tmp_path: Path) -> None:
    """Its own compasses with its own catalogue, whatever stands in the current folder and in the options."""
    settle(here, "current")
    other = settle(tmp_path / "other", "2", one="agir", two="autre")
    for catalogue in (None, here / "medoc.toml"):
        found = revision(str(other), catalogue, here / "compasses")
        assert sorted(found.files) == ["agir", "autre"]
        assert versions(found) == ("2", "2")
        assert not found.single


def test_a_folder_of_compasses_only(here: Path, tmp_path: Path) -> None:
    """Compass files directly; the catalogue is looked for as usual, or is the one of the option."""
    settle(here, "current")
    folder = write(tmp_path / "only" / "x.toml", compass_toml(version="2")).parent
    assert versions(revision(str(folder), None, None)) == ("2", "current")
    other = write(tmp_path / "cat.toml", catalogue_toml(version="3"))
    assert versions(revision(str(folder), other, None)) == ("2", "3")


def test_a_folder_with_everything_side_by_side(tmp_path: Path) -> None:
    """The catalogue among the compasses is not one of them."""
    folder = write(tmp_path / "flat" / "agir.toml", compass_toml(version="2")).parent
    write(folder / "medoc.toml", catalogue_toml(version="2"))
    found = revision(str(folder), None, None)
    assert (list(found.files), versions(found)) == (["agir"], ("2", "2"))


def test_a_catalogue(here: Path, tmp_path: Path) -> None:
    """By its file or its folder: the compasses in reach that are about it, nearest first, read with it."""
    settle(here, "current")
    write(here / "compasses" / "other.toml", compass_toml(id="other", catalogue="elsewhere"))
    write(tmp_path / "nothing" / "compasses" / "agir.toml", compass_toml(version="shipped"))
    file = write(tmp_path / "cat" / "medoc.toml", catalogue_toml(version="2"))
    for word in (file, file.parent):
        found = revision(str(word), None, None)
        assert list(found.files) == ["agir"]
        assert versions(found) == ("current", "2")


def test_a_compass_file(here: Path, tmp_path: Path) -> None:
    """With the catalogue that stands beside it, or above it, before that of the current folder; an option wins."""
    settle(here, "current")
    other = settle(tmp_path / "other", "2")
    file = other / "compasses" / "agir.toml"
    found = revision(str(file), None, None)
    assert found.single
    assert versions(found) == ("2", "2")
    assert versions(revision(str(file), here / "medoc.toml", None)) == ("2", "current")
    write(other / "medoc.toml", catalogue_toml(id="elsewhere"))
    assert versions(revision(str(file), None, None)) == ("2", "current")
    bare = write(tmp_path / "bare" / "agir", compass_toml(version="3"))
    assert versions(revision(str(bare), None, None)) == ("3", "current")


def test_the_id_of_a_compass(here: Path) -> None:
    """Looked up as everywhere, with its catalogue."""
    settle(here, "current", agir="autre")
    found = revision("autre", None, None)
    assert (found.single, versions(found, "autre")) == (True, ("current", "current"))


def test_a_compass_that_cannot_be_read_goes_by_its_name(here: Path, tmp_path: Path) -> None:
    """Another of the folder can be used; whoever answered this one learns what is wrong with it."""
    folder = settle(tmp_path / "other")
    write(folder / "compasses" / "casse.toml", "[[")
    write(folder / "compasses" / "sans.toml", compass_toml(id=None))
    found = revision(str(folder), None, None)
    assert sorted(found.files) == ["agir", "casse", "sans"]
    for broken in ("casse", "sans"):
        with pytest.raises(DefinitionError):
            found.pair(broken)
    write(here / "sans.toml", compass_toml(id=None))
    assert list(revision("sans.toml", None, None).files) == ["sans"]


@pytest.mark.parametrize("word", ["absent", "absent.toml", "x" * 5000, "empty", "broken.toml"])
def test_what_is_no_definition(here: Path, word: str) -> None:
    """Is refused in words."""
    settle(here)
    (here / "empty").mkdir()
    write(here / "broken.toml", "[[")
    with pytest.raises(BoussoleError) as refused:
        revision(word, None, None)
    assert word in refused.value.in_("en")


def sides(old: list[str], new: list[str], *, single: bool = False) -> Revisions:
    """Return two sides with compasses of these ids."""
    one, other = (Revision(dict.fromkeys(ids, None), None, single) for ids in (old, new))  # type: ignore[arg-type]
    return Revisions(one, other)


def test_which_compass_answers_are_about() -> None:
    """The one they name, where both sides have it; where they name none, the only one that both have."""
    many = sides(["a", "b", "c"], ["b", "c"])
    assert [many.compass(named) for named in ("a", "b", None, "z")] == [None, "b", None, None]
    one = sides(["a", "b"], ["b", "c"])
    assert [one.compass(named) for named in ("a", "b", None)] == [None, "b", "b"]


def test_a_compass_may_change_its_id(here: Path) -> None:
    """Two compasses named one by one are compared whatever their ids, and with answers to either."""
    both = sides(["old"], ["new"], single=True)
    assert [both.compass(named) for named in ("old", "new", None, "z")] == ["old", "old", "old", None]
    settle(here, old="old", new="new")
    found = Revisions(revision("old", None, None), revision("new", None, None))
    assert [pair.compass.id for pair in found.pairs("old")] == ["old", "new"]
    same = Revisions(revision(".", None, None), revision(".", None, None))
    assert [pair.compass.id for pair in same.pairs("new")] == ["new", "new"]
