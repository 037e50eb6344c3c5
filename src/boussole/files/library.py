"""Finding definitions: the option, the current folder, the user's data folder, the ones shipped, in that order."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from boussole.errors import BoussoleError
from boussole.files.declared import declared, definitions_in, may_be_another, no_catalogue, slip_in
from boussole.files.namesakes import nearest
from boussole.files.old_cache import remove_old_cache
from boussole.files.reach import is_file, is_readable, must_be_readable
from boussole.fuzzy import suggest
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

CATALOGUE_FILE = "medoc.toml"
COMPASS_FOLDER = "compasses"
_HIDING = {".txt", ".text"}
"""Endings that some systems add without showing them."""
_PACKAGE = Path(__file__).parent.parent


class Origin(StrEnum):
    """Where a definition was found."""

    OPTION = "option"
    FOLDER = "folder"
    USER = "user"
    SHIPPED = "shipped"


class Found(NamedTuple):
    """A definition file, and where it comes from."""

    path: Path
    origin: Origin


class Pair(NamedTuple):
    """A compass and the catalogue it is about, with the file of each."""

    compass: Compass
    catalogue: Catalogue
    compass_file: Found
    catalogue_file: Found


class Listed(NamedTuple):
    """A compass in reach: the pair, or why it cannot be used; `twins` have its id in its folder, and do not count."""

    file: Found
    pair: Pair | None
    error: BoussoleError | None = None
    twins: tuple[Path, ...] = ()


def shipped_folder() -> Path:
    """Return the folder of the definitions shipped: inside a wheel, or at the root of a source checkout."""
    inside = _PACKAGE / "shipped"
    return inside if inside.is_dir() else _PACKAGE.parent.parent


def user_folder() -> Path:
    """Return the user's own folder of definitions, which may not exist."""
    from platformdirs import user_data_path

    try:
        return user_data_path("boussole", appauthor=False)
    except RuntimeError:  # nobody knows where home is: there is no such folder
        return Path(os.devnull)


class Library:
    """The definitions in reach of one command: `catalogue` and `compasses` are its options."""

    def __init__(self, catalogue: Path | None = None, compasses: Path | None = None) -> None:
        """Note the options; nothing is read yet."""
        self._catalogue_option = catalogue
        self._compasses_option = compasses
        self._catalogues: dict[Path, Catalogue | BoussoleError] = {}
        self.broken: dict[Path, BoussoleError] = {}

    def catalogue(self) -> tuple[Catalogue, Found]:
        """Return the first catalogue in reach.

        Raises:
            BoussoleError: when there is none, or it cannot be used.

        """
        found = self.catalogue_file()
        if found is None:
            raise BoussoleError(gettext("There is no catalogue here."), gettext("Name one with --catalogue FILE."))
        return self._load(found), found

    def catalogue_file(self) -> Found | None:
        """Return the file of the first catalogue in reach, which may not be readable; None where there is none."""
        return next(self._catalogue_files(), None)

    def catalogue_in(self, file: Path, content: bytes | None = None) -> Catalogue:
        """Return the catalogue in `file`, or in `content` that stands for it, read once however many ask for it.

        Raises:
            BoussoleError: when it cannot be used.

        """
        return self._load(Found(file, Origin.OPTION), content)

    def base_of(self, file: Path) -> Callable[[str], Catalogue]:
        """Return what finds the catalogue that the one in `file` extends, by its id."""
        return lambda asked: self._further_on(asked, file)

    def catalogue_for(self, compass: Path) -> tuple[Catalogue, Found]:
        """Return the first catalogue in reach that has the id which the file of a compass names.

        Raises:
            BoussoleError: when there is none, or it (or the compass) cannot be read.

        """
        return self._catalogue_named(declared(compass, "catalogue"), Found(compass, Origin.OPTION))

    def pair(self, name: str) -> Pair:
        """Return the compass `name`, an id or a file, with its catalogue.

        Raises:
            BoussoleError: when there is none, or one of the two cannot be used.

        """
        if name.endswith(".toml") or is_file(name):
            return self._pair(Found(Path(name), Origin.OPTION))
        ids: list[str] = []
        namesake: Found | None = None
        for folder, origin in self._folders():
            # the file of that name first: most often it is the one, and the others need not be read
            paths = sorted(definitions_in(folder), key=lambda path: (path.stem != name, path.name))
            for path in paths:
                said = _declared_id(path, must=path.stem == name)
                if said == name:
                    return self._pair(Found(path, origin))
                ids.append(said or path.stem)
                if path.stem == name and namesake is None:
                    namesake = Found(path, origin)
        if namesake is not None:  # no compass has this id, but a file has this name
            return self._pair(namesake)
        raise BoussoleError(gettext("There is no compass “{name}”.", name=name), suggest(name, dict.fromkeys(ids)))

    def listed(self) -> list[Listed]:
        """Return every compass in reach, those that cannot be used with the reason; the nearest of an id only.

        A catalogue that cannot be read, which others need not, stands there too.
        """
        listed: list[Listed] = []
        for file in self.compass_files():
            try:
                listed.append(Listed(file, self._pair(file)))
            except BoussoleError as error:
                listed.append(Listed(file, None, error))
        listed = nearest(listed)
        listed += [Listed(Found(path, Origin.FOLDER), None, error) for path, error in self.broken.items()]
        told = {str(one.error): one for one in reversed(listed) if one.error is not None}  # each reason once
        return [one for one in listed if one.error is None or told[str(one.error)] is one]

    def compass_files(self) -> Iterator[Found]:
        """Yield the compass files in reach, nearest folder first, by name within a folder."""
        for folder, origin in self._folders():
            for path in sorted(definitions_in(folder)):
                yield Found(path, origin)

    def hidden_files(self) -> Iterator[Found]:
        """Yield the files of the folders of compasses that look like one, and are not seen: `x.toml.txt`."""
        for folder, origin in self._folders():
            for path in sorted(folder.glob("*.toml.*")):
                if path.is_file() and path.suffix in _HIDING:
                    yield Found(path, origin)

    def watched(self, files: Iterable[Path] | None) -> Iterator[Path]:
        """Yield the files by which a check of `files`, or of all that is in reach, may change, there or not."""
        if files is None:
            files = [found.path for found in (*self.compass_files(), *self.hidden_files())]
        for file in files:
            yield file
            yield from (file.parent / CATALOGUE_FILE, file.parent.parent / CATALOGUE_FILE)
        if self._catalogue_option is not None:
            yield self._catalogue_option
        yield from (place / CATALOGUE_FILE for place in (Path(), user_folder(), shipped_folder()))

    def _folders(self) -> Iterator[tuple[Path, Origin]]:
        seen: set[Path] = set()
        if self._compasses_option is not None:
            must_be_readable(self._compasses_option)
            seen.add(self._compasses_option.resolve())
            yield self._compasses_option, Origin.OPTION
        places = ((Path(), Origin.FOLDER), (user_folder(), Origin.USER), (shipped_folder(), Origin.SHIPPED))
        for place, origin in places:
            folder = place / COMPASS_FOLDER
            if is_readable(folder) and folder.resolve() not in seen:
                seen.add(folder.resolve())
                yield folder, origin

    def _catalogue_files(self, compass: Path | None = None) -> Iterator[Found]:
        """Yield the catalogues in reach; those beside a `compass` named by its file come after the current folder."""
        if self._catalogue_option is not None:
            yield Found(self._catalogue_option, Origin.OPTION)
            return
        places = [(Path(), Origin.FOLDER)]
        if compass is not None:
            folder = compass.absolute().parent
            places += [(folder, Origin.FOLDER), (folder.parent, Origin.FOLDER)]
        for place, origin in [*places, (user_folder(), Origin.USER), (shipped_folder(), Origin.SHIPPED)]:
            path = place / CATALOGUE_FILE
            if is_file(path):
                yield Found(path, origin)

    def _load(self, found: Found, content: bytes | None = None) -> Catalogue:
        known = self._catalogues.get(found.path)
        if known is not None and not isinstance(known, BoussoleError):
            return known
        if known is not None and content is None:  # each of its compasses asks for it
            raise known.with_traceback(None)
        from boussole.files.definitions.catalogue import load_catalogue, read_catalogue

        remove_old_cache()
        if content is not None:  # it is of no use to others
            return read_catalogue(content, str(found.path), self.base_of(found.path))
        try:
            self._catalogues[found.path] = loaded = load_catalogue(found.path, self.base_of(found.path))
        except BoussoleError as error:
            self._catalogues[found.path] = error
            raise
        return loaded

    def _further_on(self, asked: str, path: Path) -> Catalogue:
        """Return the catalogue `asked`, from the places that come after that of the file `path`.

        Raises:
            LookupError: when it is in none of them, with the ids of the catalogues there.
            BoussoleError: when it cannot be used.

        """
        places = (Path(), user_folder(), shipped_folder())
        files = [file for place in places if is_file(file := place / CATALOGUE_FILE)]
        after = next((place for place, file in enumerate(files, 1) if file.resolve() == path.resolve()), 0)
        others: list[str] = []
        for file in files[after:]:
            said = declared(file, "id")
            if said == asked:
                return self._load(Found(file, Origin.OPTION))
            others += [said] if isinstance(said, str) else []
        raise LookupError(*others)

    def _pair(self, file: Found) -> Pair:
        """Return the compass in `file` with the first catalogue in reach that has the id it names."""
        try:
            catalogue, found = self._catalogue_named(declared(file.path, "catalogue"), file)
        except BoussoleError as error:  # a compass that is broken itself is told so, whatever its catalogue is
            raise slip_in(file.path) or error from None
        from boussole.files.definitions.compass import load_compass

        return Pair(load_compass(file.path, catalogue), catalogue, file, found)

    def _catalogue_named(self, asked: object, file: Found) -> tuple[Catalogue, Found]:
        """Return the first catalogue in reach with the id that the compass `file` asks for (any, where it says none).

        The option comes before what the compass says: the reader then tells that they differ.
        """
        others: list[str] = []
        for found in self._catalogue_files(file.path if file.origin is Origin.OPTION else None):
            try:
                catalogue = self._load(found)
            except BoussoleError as error:
                if self._catalogue_option is None and may_be_another(found.path, asked):
                    self.broken[found.path] = error  # it stops only what needs it
                    continue
                raise
            if not isinstance(asked, str) or asked in catalogue.ids or self._catalogue_option is not None:
                return catalogue, found
            others.append(catalogue.id)
        if not others and self.broken:
            raise next(iter(self.broken.values()))
        raise no_catalogue(file.path, str(asked), others)


def _declared_id(path: Path, *, must: bool) -> str | None:
    """Return the id a compass file declares; None where it has none, or cannot be read and need not (`must`)."""
    try:
        said = declared(path, "id")
    except BoussoleError:  # another compass, broken, must not stop this one
        if must:
            raise
        return None
    return said if isinstance(said, str) else None
