"""What a definition file says of itself, before the whole of it is read: its id, and the catalogue it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.errors import BoussoleError
from boussole.files.reach import is_file
from boussole.fuzzy import nearest
from boussole.i18n import Listing, gettext

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.errors import DefinitionError


def no_catalogue(file: Path, asked: str, others: list[str]) -> DefinitionError:
    """Return the error of a compass that names a catalogue which is not among `others`, those in reach."""
    from boussole.files.toml.parsing import parse, read_bytes, readable
    from boussole.files.toml.report import Report

    content = readable(read_bytes(file), str(file)).content
    report = Report(parse(content, str(file)), str(file))
    near = nearest(asked, others)
    remedy = (
        gettext("Did you mean “{word}”?", word=near)
        if near is not None
        else gettext("Found: {ids}. Name its file with --catalogue FILE.", ids=Listing(others))
        if others
        else gettext("Name its file with --catalogue FILE.")
    )
    report.add(("catalogue",), "B210", gettext("there is no catalogue “{id}” here.", id=asked), remedy)
    return report.error(content)


def may_be_another(path: Path, asked: object) -> bool:
    """Tell whether the file of a catalogue does not say that it is, or extends, the one that is asked for."""
    try:
        said = [declared(path, key) for key in ("id", "extends")]
    except BoussoleError:  # it says nothing that can be read
        return True
    return isinstance(asked, str) and isinstance(said[0], str) and asked not in said


def slip_in(path: Path) -> BoussoleError | None:
    """Return why a file is not TOML, None where it is."""
    from boussole.files.toml.parsing import parse, read_bytes
    from boussole.limits.table import CATALOGUE_BYTES

    try:
        parse(read_bytes(path, CATALOGUE_BYTES), str(path))
    except BoussoleError as error:
        return error
    return None


def declared(path: Path, key: str) -> Any:  # noqa: ANN401 - whatever the file says
    """Return what a file says for `key`, mended where it is not TOML; BoussoleError when it cannot be read at all."""
    from boussole.files.toml.parsing import parse, read_bytes, readable
    from boussole.limits.table import CATALOGUE_BYTES

    content = read_bytes(path, CATALOGUE_BYTES)
    try:
        return parse(content, str(path)).get(key)
    except BoussoleError:
        return parse(readable(content, str(path)).content, str(path)).get(key)


def definitions_in(folder: Path) -> list[Path]:
    """Return the files in a folder that may be definitions, in no order."""
    return [path for path in folder.glob("*.toml") if is_file(path)]
