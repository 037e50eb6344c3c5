"""The names of compass files: which of two with one id counts, and those that no command sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import BoussoleError, Finding, Place, Problem, Severity
from boussole.files.authoring.mended_source import source_of
from boussole.files.declared import declared
from boussole.files.namesakes import that_counts
from boussole.files.toml.parsing import parse, read_bytes
from boussole.files.toml.report import Report
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ENDING = ".toml"


def has_its_name(file: Path) -> bool:
    """Tell whether a file of this name is seen where definitions are looked for."""
    return file.suffix == _ENDING


def of_its_name(file: Path) -> list[Problem]:
    """Return what is wrong with the name of the file of a compass."""
    if has_its_name(file):
        return []
    what = gettext("“{name}” is seen by no command: its name does not end with .toml.", name=file.name)
    name = file.name.partition(_ENDING)[0] + _ENDING
    return [Problem("B537", what, "", gettext("Call it {name}.", name=name), Place(str(file), 1, 1), Severity.WARNING)]


def of_one_id(files: Iterable[Path]) -> dict[Path, list[Problem]]:
    """Return, by file, that an earlier one of the same folder has its id, and which of them counts."""
    of_id: dict[tuple[Path, str], list[Path]] = {}
    for file in sorted(files, key=lambda file: file.name):
        if (id_ := _id(file)) is not None:
            of_id.setdefault((file.absolute().parent, id_), []).append(file)
    return {
        file: _twin(file, same[0], that_counts(same, id_), id_) for (_, id_), same in of_id.items() for file in same[1:]
    }


def _twin(file: Path, other: Path, counts: Path, id_: str) -> list[Problem]:
    what = gettext("the id “{id}” is that of {file} too: {counts} counts.", id=id_, file=other, counts=counts)
    remedy = gettext("Give one of them another id, or put it in another folder.")
    source = source_of(file, read_bytes(file))
    report = Report(parse(source.content, str(file)), str(file))
    report.extend([Finding(("id",), "B536", what, remedy, severity=Severity.WARNING)])
    return report.problems(source.content)


def _id(file: Path) -> str | None:
    try:
        said = declared(file, "id")
    except BoussoleError:  # told when it is checked
        return None
    return said if isinstance(said, str) else None
