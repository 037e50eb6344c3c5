"""A definition file as `check` reads it: mended where it is not TOML, so that what is right in it is checked too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import Place, Problem, Severity
from boussole.files.toml.parsing import parse, readable
from boussole.files.toml.slips.dialect import newer
from boussole.files.toml.slips.misnamed import misnamed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from boussole.files.toml.parsing import Readable

_FOLLOWS_FROM_LOSS = ("B007", "B103", "B2", "B401", "A")
"""What is told of a key or an id that is missing: not where some could not be kept."""


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
        unknown = {problem.place for problem in placed if problem.code == "B101"}  # whatever signs it is written with
        slips = [slip for slip in self.read.problems if slip.place not in unknown]
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
