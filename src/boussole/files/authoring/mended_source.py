"""A definition file as `check` reads it: mended where it is not TOML, so that what is right in it is checked too."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from typing_extensions import get_type_hints

from boussole.errors import BoussoleError, Place, Problem, Severity
from boussole.files.library import CATALOGUE_FILE
from boussole.files.toml.parsing import parse, read_bytes, readable
from boussole.files.toml.slips.dialect import newer
from boussole.files.toml.slips.misnamed import misnamed
from boussole.files.toml.tables import CatalogueFile, CompassFile
from boussole.limits.table import CATALOGUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from boussole.files.toml.parsing import Readable

_FOLLOWS_FROM_LOSS = ("B007", "B103", "B107", "B2", "B305", "B306", "B309", "B401", "A")
"""What is told of a key or an id that is missing: not where some could not be kept."""

_DEEPER = {"B101", "B102"}
"""What is told of a key or a value in the place of a slip in it: it stays wrong once that is mended."""


class Source(NamedTuple):
    """A file, and its content as TOML."""

    file: Path
    read: Readable

    @property
    def content(self) -> bytes:
        """Return what is read of the file."""
        return self.read.content

    def told(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return what is wrong in the file, in its order: its slips, and `problems` of its content at their places."""
        placed = [moved for problem in problems if (moved := self._moved(problem)) is not None]
        deeper = {problem.place for problem in placed if problem.code in _DEEPER}
        slips = [slip for slip in self.read.problems if slip.place not in deeper]
        return tuple(sorted([*slips, *placed], key=place_of))

    def _moved(self, problem: Problem) -> Problem | None:
        """Return a problem of the content where it stands in the file; None where it follows from a slip."""
        if problem.place is None or problem.place.file != str(self.file) or not self.read.problems:
            return problem
        line = self.read.line(problem.place.line)
        if line in self.read.lost or (self.read.lost and problem.code.startswith(_FOLLOWS_FROM_LOSS)):
            return None
        return problem._replace(place=problem.place._replace(line=line))


def source_of(file: Path, content: bytes, shape: Any = None) -> Source:  # noqa: ANN401 - a TypedDict
    """Return a file as TOML; with the `shape` that it should have, what its headers should be called is told too.

    Raises:
        DefinitionError: when it cannot be mended.

    """
    read = readable(content, str(file))
    if shape is None:
        return Source(file, read)
    text = read.content.decode()
    problems = list(read.problems)
    for one in misnamed(text, parse(read.content, str(file)), shape):
        lines = [read.line(line) for line in one.lines]
        problems = [slip for slip in problems if slip.place is None or slip.place.line not in lines]
        place = Place(str(file), lines[0], one.column)
        problems.append(Problem(one.code, one.what, remedy=one.remedy, place=place))
        text = one.text
    for new in newer(text):
        line = text.count("\n", 0, new.at) + 1
        place = Place(str(file), read.line(line), new.at - text.rfind("\n", 0, new.at))
        problems.append(Problem("B530", new.what, remedy=new.remedy, place=place, severity=Severity.WARNING))
    return Source(file, read._replace(content=text.encode(), problems=tuple(problems)))


def place_of(problem: Problem) -> tuple[int, int]:
    """Return the line and the column of a problem, by which those of a file are put in order."""
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)


class FileKind(StrEnum):
    """What a file is, by its keys."""

    CATALOGUE = "catalogue"
    COMPASS = "compass"
    MAP = "map"


def kind_of(file: Path) -> FileKind:
    """Return what a file is; one that cannot be read is what its name says, and that is told when it is checked."""
    try:
        document = parse(source_of(file, read_bytes(file, CATALOGUE_BYTES)).content, str(file))
    except BoussoleError:
        return FileKind.CATALOGUE if file.name == CATALOGUE_FILE else FileKind.COMPASS
    if "answers" in document:
        return FileKind.COMPASS
    compass, catalogue = (_count(document, shape, other) for shape, other in (_ONLY, _ONLY[::-1]))
    if compass or catalogue:
        return FileKind.COMPASS if compass >= catalogue else FileKind.CATALOGUE
    if "compass" in document:
        return FileKind.MAP
    return FileKind.CATALOGUE if file.name == CATALOGUE_FILE else FileKind.COMPASS


_ONLY = (get_type_hints(CompassFile).keys(), get_type_hints(CatalogueFile).keys())


def _count(document: dict[str, Any], keys: AbstractSet[str], others: AbstractSet[str]) -> int:
    """Return how many tables and keys of a document are of files that have `keys`, and not of those with `others`."""
    return sum(len(document[key]) if isinstance(document[key], list) else 1 for key in document.keys() & keys - others)
