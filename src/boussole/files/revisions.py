"""The two sides of a change of definitions: what somebody means by a file, a folder or the id of a compass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import BoussoleError
from boussole.files.library import CATALOGUE_FILE, COMPASS_FOLDER, Library
from boussole.files.toml.parsing import parse, read_bytes
from boussole.i18n import gettext
from boussole.limits.table import CATALOGUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.files.library import Pair


class Revision(NamedTuple):
    """Compass files by id, with the catalogue they are to be read with: None for the one they find by themselves.

    `single`: one compass was named, which may have another id on the other side.
    """

    files: Mapping[str, Path]
    catalogue: Path | None
    single: bool = False

    def pair(self, compass: str) -> Pair:
        """Return a compass of this side, with its catalogue.

        Raises:
            BoussoleError: when one of them cannot be used.

        """
        return Library(self.catalogue).pair(str(self.files[compass]))


class Revisions(NamedTuple):
    """Definitions as they were and as they are, or may be."""

    old: Revision
    new: Revision

    def compass(self, named: str | None) -> str | None:
        """Return the id, on the old side, of the compass that answers to `named` are about; None where there is none.

        Answers that name no compass are about the only one there is.
        """
        if self.old.single and self.new.single:
            (old,), (new,) = self.old.files, self.new.files
            return old if named in {None, old, new} else None
        common = [id_ for id_ in self.old.files if id_ in self.new.files]
        if named is None:
            return common[0] if len(common) == 1 else None
        return named if named in common else None

    def pairs(self, compass: str) -> tuple[Pair, Pair]:
        """Return the compass of this id on the old side, and what it becomes.

        Raises:
            BoussoleError: when one of them cannot be used.

        """
        other = next(iter(self.new.files)) if self.old.single and self.new.single else compass
        return self.old.pair(compass), self.new.pair(other)


def revision(word: str, catalogue: Path | None, compasses: Path | None) -> Revision:
    """Return the definitions that `word` names: a folder, a catalogue, a compass file, or the id of a compass.

    `catalogue` and `compasses` are the options of the command.

    Raises:
        BoussoleError: when there is nothing of that name, or it cannot be read.

    """
    path = Path(word)
    if _is(path, folder=True):
        return _folder(path, catalogue, compasses)
    if not (word.endswith(".toml") or _is(path, folder=False)):
        pair = Library(catalogue, compasses).pair(word)
        return Revision({pair.compass.id: pair.compass_file.path}, pair.catalogue_file.path, single=True)
    document = parse(read_bytes(path, CATALOGUE_BYTES), word)
    if _is_catalogue(document):
        return _of_catalogue(path, compasses)
    id_ = document.get("id")
    beside = None if catalogue else _beside(path, document.get("catalogue"))
    return Revision({id_ if isinstance(id_, str) else path.stem: path}, catalogue or beside, single=True)


def _is(path: Path, *, folder: bool) -> bool:
    try:
        return path.is_dir() if folder else path.is_file()
    except OSError:  # a word too long for a name
        return False


def _folder(path: Path, catalogue: Path | None, compasses: Path | None) -> Revision:
    """Return the definitions of a folder: its compasses with its own catalogue first, or its catalogue alone."""
    own = path / CATALOGUE_FILE
    inside = path / COMPASS_FOLDER
    files = _by_id(sorted((inside if inside.is_dir() else path).glob("*.toml")))
    if files:
        return Revision(files, own if own.is_file() else catalogue)
    if own.is_file():
        return _of_catalogue(own, compasses)
    raise BoussoleError(
        gettext("There are no definitions in the folder “{path}”.", path=path),
        gettext("It should hold {catalogue}, {compasses}, or both.", catalogue=CATALOGUE_FILE, compasses="compasses/"),
    )


def _of_catalogue(path: Path, compasses: Path | None) -> Revision:
    """Return the compasses in reach that are about the catalogue in `path`, to be read with it."""
    library = Library(path, compasses)
    catalogue, _ = library.catalogue()
    return Revision(_by_id((found.path for found in library.compass_files()), catalogue.id), path)


def _by_id(paths: Iterable[Path], catalogue: str | None = None) -> dict[str, Path]:
    """Return compass files by id, the first of each; with `catalogue`, those about it.

    One that cannot be read goes by its own name, so that whoever answered it learns what is wrong with it.
    """
    files: dict[str, Path] = {}
    for path in paths:
        try:
            document = parse(read_bytes(path, CATALOGUE_BYTES), str(path))
        except BoussoleError:
            files.setdefault(path.stem, path)
            continue
        id_ = document.get("id")
        if not _is_catalogue(document) and (catalogue is None or document.get("catalogue", catalogue) == catalogue):
            files.setdefault(id_ if isinstance(id_, str) else path.stem, path)
    return files


def _is_catalogue(document: Mapping[str, Any]) -> bool:
    return "question" not in document and ("medoc" in document or "facet" in document)


def _beside(path: Path, asked: object) -> Path | None:
    """Return the catalogue that stands with a compass file, where it is the one the compass asks for."""
    folder = path.absolute().parent
    for place in (folder / CATALOGUE_FILE, folder.parent / CATALOGUE_FILE):
        if place.is_file() and (asked is None or Library(place).catalogue()[0].id == asked):
            return place
    return None
