"""What was found in one file, placed in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.files.authoring.mended_source import place_of
from boussole.files.authoring.review.typography import review_texts
from boussole.files.toml.parsing import parse
from boussole.files.toml.report import Report
from boussole.files.toml.validation import validate as check_shape

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.errors import BoussoleError, DefinitionError, Finding, Problem
    from boussole.files.authoring.mended_source import Source


class Checked(NamedTuple):
    """A file, and all that was found in it; `unusable` is why it could not be looked at, where it could not.

    `catalogue` is what was read of a catalogue that can be used. `unfit`: the file ships, and cannot be used here.
    """

    file: Path
    problems: tuple[Problem, ...] = ()
    unusable: BoussoleError | None = None
    catalogue: Catalogue | None = None
    unfit: bool = False


def reviewed(source: Source, shape: Any, findings: Iterable[Finding]) -> Checked:  # noqa: ANN401 - a TypedDict
    """Return what was found in a file without errors, with what can be said of its texts."""
    document = parse(source.content, str(source.file))
    return told(source, [*findings, *review_texts(shape, document)], document)


def refused(
    source: Source,
    shape: Any,  # noqa: ANN401 - a TypedDict
    error: DefinitionError,
    findings: Iterable[Finding] = (),
) -> Checked:
    """Return the errors of a file, with what can be said of its texts, and of what is sound in it, all the same."""
    document = parse(source.content, str(source.file))
    shaped = Report(document, str(source.file))
    check_shape(shape, document, shaped)
    others = reported(source, [*findings, *review_texts(shape, document)], shaped).problems
    return Checked(source.file, source.told(sorted([*error.problems, *others], key=place_of)))


def told(source: Source, findings: Iterable[Finding], document: dict[str, Any] | None = None) -> Checked:
    """Return what was found in a file, with the slips of it."""
    report = None if document is None else Report(document, str(source.file))
    return Checked(source.file, source.told(reported(source, findings, report).problems))


def reported(source: Source, findings: Iterable[Finding], shaped: Report | None = None) -> Checked:
    """Return what was found, placed in the content of the file; `shaped` says how its keys are written."""
    report = Report(parse(source.content, str(source.file)) if shaped is None else shaped.root, str(source.file))
    report.written = {} if shaped is None else shaped.written
    report.extend(findings)
    return Checked(source.file, tuple(report.problems(source.content)))
