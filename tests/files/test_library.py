"""Which definitions are in reach, in which order, and what is said where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from boussole.errors import BoussoleError, DefinitionError
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.library import Library, Origin, shipped_folder, user_folder
from support.builders import catalogue_toml, compass_toml

if TYPE_CHECKING:
    from typing import Never

    from boussole.core.definitions.catalogue import Catalogue


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with an empty home."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _definitions(folder: Path, **parts: object) -> None:
    _write(folder / "medoc.toml", catalogue_toml())
    _write(folder / "compasses" / f"{parts.get('id', 'agir')}.toml", compass_toml(**parts))


def test_the_shipped_definitions_are_there() -> None:
    """A catalogue and four compasses come with boussole."""
    assert (shipped_folder() / "medoc.toml").is_file()
    listed = Library().listed()
    assert [one.file.origin for one in listed] == [Origin.SHIPPED] * 4
    assert [one.error for one in listed] == [None] * 4
    catalogue, found = Library().catalogue()
    assert (catalogue.id, found.origin) == ("le-rameau", Origin.SHIPPED)


def test_the_user_folder_follows_the_system(tmp_path: Path) -> None:
    """The user's own folder is where the system says, and need not exist."""
    assert user_folder() == tmp_path / "data" / "boussole"


def test_nearer_folders_come_first(here: Path, tmp_path: Path) -> None:
    """Option, current folder, user's folder, shipped: a compass is taken from the nearest, with its origin."""
    expected: list[tuple[str, Origin]] = []
    for folder, version, origin in (
        (user_folder(), "u", Origin.USER),
        (here, "f", Origin.FOLDER),
        (tmp_path / "option", "o", Origin.OPTION),
    ):
        _definitions(folder, version=version)
        library = Library(compasses=tmp_path / "option" / "compasses" if origin is Origin.OPTION else None)
        pair = library.pair("agir")
        expected.append((version, origin))
        assert (pair.compass.version, pair.compass_file.origin) == expected[-1]
        assert [one.pair.compass.version for one in library.listed() if one.pair and one.pair.compass.id == "agir"] == [
            version
        ]


def test_a_named_compass_is_not_looked_for(here: Path, tmp_path: Path) -> None:
    """A compass named by its file takes the catalogue of the current folder, else the one beside it or above."""
    _write(tmp_path / "other" / "x.toml", compass_toml(version="x"))
    _write(tmp_path / "other" / "medoc.toml", catalogue_toml(version="beside"))
    _write(tmp_path / "above" / "compasses" / "x.toml", compass_toml(version="x"))
    _write(tmp_path / "above" / "medoc.toml", catalogue_toml(version="above"))
    assert Library().pair(str(tmp_path / "other" / "x.toml")).catalogue.version == "beside"
    assert Library().pair(str(tmp_path / "above" / "compasses" / "x.toml")).catalogue.version == "above"
    _write(here / "medoc.toml", catalogue_toml(version="here"))
    assert Library().pair(str(tmp_path / "other" / "x.toml")).catalogue.version == "here"


def test_a_file_without_an_ending(here: Path) -> None:
    """A file is a compass whatever its name; a name that ends in .toml is always a file."""
    _definitions(here)
    (here / "compasses" / "agir.toml").rename(here / "plain")
    assert Library().pair("plain").compass.id == "agir"
    with pytest.raises(BoussoleError) as refused:
        Library().pair("agir.toml")
    assert "There is no file “agir.toml”." in refused.value.in_("en")


def test_a_folder_that_cannot_be_looked_into(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named where it was asked for, and holds nothing where it was not: the others serve."""
    _definitions(here)
    _definitions(user_folder(), id="theirs")

    closed = user_folder()

    def refuse(path: Path) -> Never:
        raise PermissionError(13, "Permission denied", str(path))

    for name in ("is_file", "is_dir"):  # as pathlib does where a folder on the way is closed
        tell = getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda path, tell=tell: refuse(path) if closed in path.parents else tell(path))
    monkeypatch.setattr("os.access", lambda path, _mode: closed not in path.parents)
    origins = [one.file.origin for one in Library().listed()]
    assert origins == [Origin.FOLDER, *[Origin.SHIPPED] * 4]
    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(BoussoleError) as refused:
        Library(compasses=here / "compasses").listed()
    assert refused.value.in_("en") == f"“{here / 'compasses'}” cannot be read: you are not allowed to."


@pytest.mark.parametrize("name", ["x" * 300, "x" * 5000, "é" * 200, "a/b", "..", "", "x\0y"])
def test_any_word_is_a_compass_that_does_not_exist(name: str) -> None:
    """Whatever the word, a compass that is not there is an error in words."""
    with pytest.raises(BoussoleError):
        Library().pair(name)


def test_the_catalogue_a_compass_names(here: Path) -> None:
    """A catalogue with another id is passed over for the next one in reach that has it."""
    _write(here / "medoc.toml", catalogue_toml(id="autre"))
    _write(here / "compasses" / "agir.toml", compass_toml())
    _write(user_folder() / "medoc.toml", catalogue_toml(version="mine"))
    pair = Library().pair("agir")
    assert (pair.catalogue.version, pair.catalogue_file.origin) == ("mine", Origin.USER)


def test_a_compass_that_names_no_catalogue(here: Path) -> None:
    """Without a catalogue named, the nearest is the one."""
    _definitions(here, catalogue=None)
    assert Library().pair("agir").catalogue_file.origin is Origin.FOLDER


def test_no_catalogue_has_the_id(here: Path) -> None:
    """Where none has it, the error names those found."""
    _write(here / "medoc.toml", catalogue_toml(id="premier"))
    _write(here / "compasses" / "agir.toml", compass_toml(catalogue="absent"))
    with pytest.raises(BoussoleError) as refused:
        Library().pair("agir")
    said = refused.value.in_("en")
    assert "B210 there is no catalogue “absent” here." in said
    assert "Found: premier and le-rameau." in said


def test_an_option_is_the_only_catalogue(here: Path) -> None:
    """A catalogue given by option is used, or refused where it is another."""
    _definitions(here)
    right = _write(here / "right.toml", catalogue_toml(version="o"))
    wrong = _write(here / "wrong.toml", catalogue_toml(id="autre"))
    assert Library(catalogue=right).pair("agir").catalogue.version == "o"
    with pytest.raises(DefinitionError) as refused:
        Library(catalogue=wrong).pair("agir")
    assert "the catalogue here is “autre”" in refused.value.in_("en")
    with pytest.raises(BoussoleError) as missing:
        Library(catalogue=here / "absent.toml").catalogue()
    assert "There is no file" in missing.value.in_("en")


def test_nothing_in_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without any definition, the errors say which option names one."""
    monkeypatch.setattr("boussole.files.library.shipped_folder", lambda: tmp_path / "nowhere")
    assert Library().listed() == []
    with pytest.raises(BoussoleError) as refused:
        Library().catalogue()
    assert "--catalogue FILE" in refused.value.in_("en")
    _write(tmp_path / "x.toml", compass_toml())
    with pytest.raises(BoussoleError) as alone:
        Library().pair(str(tmp_path / "x.toml"))
    assert "Name its file with --catalogue FILE." in alone.value.in_("en")


def test_a_compass_and_its_catalogue_both_broken_are_both_told(here: Path) -> None:
    """What is wrong with the one does not hide what is wrong with the other."""
    _write(here / "medoc.toml", 'format = 1\nid = "mien"\n[[medoc]\n')
    _write(here / "compasses" / "broken.toml", 'format = 1\nid = "broken"\ntitle = \n')
    told = [str(one.error) for one in Library().listed() if one.error is not None]
    assert len(told) == 2
    assert ["broken.toml" in told[0], "medoc.toml" in told[1]] == [True, True]
    with pytest.raises(BoussoleError, match=r"broken\.toml"):
        Library().pair("broken")


def test_broken_compasses_are_listed_with_their_error(here: Path) -> None:
    """A compass that cannot be used is listed with why, and hides no other; a folder is no compass."""
    _definitions(here)
    _write(here / "compasses" / "broken.toml", 'format = 1\nid = "agir-ensemble"\n')
    (here / "compasses" / "folder.toml").mkdir()
    listed = [one for one in Library().listed() if one.file.origin is Origin.FOLDER]
    assert [one.file.path.name for one in listed if one.pair is None] == ["broken.toml"]
    assert all(one.error for one in listed if one.pair is None)
    assert {one.pair.compass.id for one in listed if one.pair} == {"agir"}


def test_a_compass_by_the_id_it_declares(here: Path) -> None:
    """A file's name is tried first, then the id in it; a file that cannot be read has none."""
    _definitions(here, id="vrai-nom")
    (here / "compasses" / "vrai-nom.toml").rename(here / "compasses" / "autre.toml")
    _write(here / "compasses" / "aaa.toml", "[[")
    assert Library().pair("vrai-nom").compass_file.path.name == "autre.toml"
    with pytest.raises(BoussoleError) as refused:
        Library().pair("vrai-nomm")
    assert refused.value.in_("en").startswith("There is no compass “vrai-nomm”.")


def test_an_id_in_several_folders_is_offered_once(here: Path) -> None:
    """Here, and shipped: one word to write."""
    _definitions(here, id="agir-ensemble")
    with pytest.raises(BoussoleError) as refused:
        Library().pair("nope")
    assert refused.value.hint is not None
    assert refused.value.hint.in_("en").count("agir-ensemble") == 1


def test_a_file_is_read_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue that several compasses share is loaded once."""
    _definitions(here)
    _definitions(here, id="autre")
    reads: list[str] = []

    def read(content: bytes, file: str, _find_base: object) -> Catalogue:
        reads.append(file)
        return read_catalogue(content, file)

    monkeypatch.setattr("boussole.files.definitions.catalogue.read_catalogue", read)
    Library().listed()
    assert reads.count("medoc.toml") == 1


def test_the_same_folder_twice_is_one(here: Path) -> None:
    """An option that names the current folder's compasses adds nothing."""
    _definitions(here)
    files = [found.path.name for found in Library(compasses=here / "compasses").compass_files()]
    assert files.count("agir.toml") == 1


def test_an_id_is_looked_for_folder_by_folder(here: Path) -> None:
    """The nearest file that declares the id is the one, whatever its name and that of others."""
    _definitions(here)
    text = (here / "compasses" / "agir.toml").read_text("utf-8")
    _write(here / "compasses" / "mine.toml", text.replace('"agir"', '"agir-ensemble"', 1))
    assert Library().pair("agir-ensemble").compass_file.path.name == "mine.toml"
    _write(here / "compasses" / "swapped.toml", text.replace('"agir"', '"mine"', 1))
    assert Library().pair("mine").compass_file.path.name == "swapped.toml"


def test_what_earlier_versions_kept_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first catalogue read removes the definitions kept ready by earlier versions, and nothing else."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "boussole" / "definitions"
    old, other = folder / "catalogue-medoc-0a1b2c3d.pickle", folder / "thesis.pickle"
    for path in (old, other):
        _write(path, "old")
    Library().catalogue()
    assert not old.exists()
    assert other.exists()
    other.unlink()
    Library().catalogue()
    assert not folder.parent.exists()


def test_a_linked_cache_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the old folder is a link, what it leads to is not touched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept = _write(tmp_path / "elsewhere" / "catalogue-medoc-0a1b2c3d.pickle", "mine")
    (tmp_path / "cache" / "boussole").mkdir(parents=True)
    (tmp_path / "cache" / "boussole" / "definitions").symlink_to(kept.parent)
    Library().catalogue()
    assert kept.exists()


def test_a_broken_catalogue_is_read_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many compasses ask for it, each is told the same."""
    _definitions(here)
    _write(here / "medoc.toml", catalogue_toml().replace("format = 1", "format = 1\nunknown = 1", 1))
    file, reader = here / "compasses" / "agir.toml", "boussole.files.definitions.catalogue.read_catalogue"
    reads: list[str] = []

    def reading(content: bytes, name: str, *rest: Any) -> Catalogue:  # noqa: ANN401 - as it is
        reads.append(name)
        return read_catalogue(content, name, *rest)

    monkeypatch.setattr(reader, reading)
    library, told = Library(catalogue=here / "medoc.toml"), []
    for _ in range(3):
        with pytest.raises(DefinitionError) as refused:
            library.catalogue_for(file)
        told.append([str(problem) for problem in refused.value.problems])
    assert len(reads) == 1
    assert told[0] == told[1] == told[2] != []
