"""A definition file as `check` reads it: mended where it is not TOML, so that what is right in it is checked too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.files.toml.parsing import readable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from boussole.errors import Problem
    from boussole.files.toml.parsing import Readable

_FOLLOWS_FROM_LOSS = ("B103", "B2", "B401", "A")
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
        return tuple(sorted([*self.read.problems, *placed], key=place_of))

    def _moved(self, problem: Problem) -> Problem | None:
        """Return a problem of the content where it stands in the file; None where it follows from a slip."""
        if problem.place is None or problem.place.file != str(self.file) or not self.read.problems:
            return problem
        line = self.read.line(problem.place.line)
        if line in self.read.lost or (self.read.lost and problem.code.startswith(_FOLLOWS_FROM_LOSS)):
            return None
        return problem._replace(place=problem.place._replace(line=line))


def source_of(file: Path, content: bytes) -> Source:
    """Return a file as TOML.

    Raises:
        DefinitionError: when it cannot be mended.

    """
    return Source(file, readable(content, str(file)))


def place_of(problem: Problem) -> tuple[int, int]:
    """Return the line and the column of a problem, by which those of a file are put in order."""
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)
