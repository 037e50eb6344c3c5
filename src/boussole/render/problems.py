"""Problems of definition files, for people, for scripts, and for the annotations of GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import Severity
from boussole.escape import annotation, json_document
from boussole.i18n import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from boussole.errors import Problem

FORMAT = 1
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def to_text(
    problems: Sequence[Problem],
    language: str,
    *,
    coloured: bool = False,
    fitted: Callable[[str], Sequence[str]] = lambda line: (line,),
) -> str:
    """Return a paragraph per problem, each line as the rows that `fitted` makes of it.

    `coloured`: the severity stands out on a terminal.
    """
    rows: list[str] = []
    for problem in problems:
        head = f"{problem.severity.in_(language)} {problem.code}"
        first, *others = problem.headed(head, language).split("\n")
        shown = f"\x1b[1;{_COLOURS[problem.severity]}m{head}\x1b[0m" if coloured else head
        rows += (row.replace(head, shown, 1) for row in fitted(first))
        rows += (row for line in others for row in fitted(line))
    return "".join(f"{row}\n" for row in rows)


def to_json(problems: Sequence[Problem], files: Sequence[Path], language: str) -> str:
    """Return all the problems as JSON: keys in a fixed order, `severity` and `code` never translated."""
    counts = {severity.value: sum(one.severity is severity for one in problems) for severity in Severity}
    document = {
        "format": FORMAT,
        "files": [str(file) for file in files],
        "counts": counts,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity.value,
                "file": problem.place.file if problem.place else None,
                "line": problem.place.line if problem.place else None,
                "column": problem.place.column if problem.place else None,
                "subject": problem.subject,
                "what": problem.what.in_(language),
                "remedy": None if problem.remedy is None else problem.remedy.in_(language),
            }
            for problem in problems
        ],
    }
    return json_document(document)


def to_github(problems: Sequence[Problem], language: str) -> str:
    """Return workflow commands: GitHub shows each problem beside its line in a pull request."""
    lines = []
    for problem in problems:
        place = problem.place
        where = {"file": place.file, "line": place.line, "col": place.column} if place else {}
        message = " ".join(str(say(part, language)) for part in (problem.what, problem.remedy) if part is not None)
        text = f"{problem.subject} · {message}" if problem.subject else message
        lines.append(f"{annotation(_GITHUB[problem.severity], text, **where, title=problem.code)}\n")
    return "".join(lines)
