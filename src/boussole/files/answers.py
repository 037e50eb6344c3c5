"""Answers files in and out, also inside an exported path; reopening them against another version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from boussole.core.answers import Answers, Origin, sift
from boussole.core.renames import carried_over
from boussole.core.situation import situate
from boussole.empty import EMPTY
from boussole.errors import BoussoleError, Problem
from boussole.files.reading import refuse_format
from boussole.files.report import Report
from boussole.files.seals import Edited, edited, with_seal
from boussole.files.shape import check
from boussole.files.shapes import AnswersFile
from boussole.files.toml import parse, read_bytes
from boussole.messages import message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass, Value

FENCE = "```toml boussole-answers"
_FENCE_END = "```"
HTML_ID = "boussole-answers"
"""The id of the element of an HTML path that holds the answers."""
PDF = b"%PDF-"
"""How a PDF begins."""


class Saved(NamedTuple):
    """An answers file: which definitions it was made with, when, and what was answered.

    `aside` holds the answers that were off the path: they are found again, and never count. `name` is there only
    where the person gave one. `edited` tells what somebody changed in the file since boussole wrote it.
    """

    compass: str
    answers: Mapping[str, Value]
    aside: Mapping[str, Value] = EMPTY
    compass_version: str = ""
    compass_digest: str = ""
    catalogue: str = ""
    catalogue_version: str = ""
    catalogue_digest: str = ""
    saved: dt.datetime | None = None
    name: str | None = None
    compass_file: str | None = None
    edited: Edited = Edited.NOTHING


class Reopened(NamedTuple):
    """What still holds of a saved file, and a problem for each answer that does not, under another version."""

    answers: Answers
    dropped: tuple[Problem, ...]
    other_version: bool


def save(
    compass: Compass,
    catalogue: Catalogue,
    answers: Answers,
    *,
    saved: dt.datetime | None = None,
    name: str | None = None,
) -> Saved:
    """Return what to keep of `answers`, those off the path being set aside."""
    on_path = situate(compass, answers).answers
    return Saved(
        compass=compass.id,
        compass_version=compass.version,
        compass_digest=compass.digest,
        catalogue=catalogue.id,
        catalogue_version=catalogue.version,
        catalogue_digest=catalogue.digest,
        saved=saved,
        name=name,
        answers=on_path,
        aside={id_: answer.value for id_, answer in answers.by_question.items() if id_ not in on_path},
    )


def to_toml(saved: Saved) -> str:
    """Return the text of an answers file."""
    import tomli_w

    head: dict[str, Any] = {
        "format": 1,
        "compass": saved.compass,
        "compass_version": saved.compass_version,
        "compass_digest": saved.compass_digest,
        "catalogue": saved.catalogue,
        "catalogue_version": saved.catalogue_version,
        "catalogue_digest": saved.catalogue_digest,
        "saved": saved.saved,
        "name": saved.name,
        "compass_file": saved.compass_file,
    }
    document = {key: value for key, value in head.items() if value not in {None, ""}}
    document["answers"] = _lists(saved.answers)
    if saved.aside:
        document["aside"] = _lists(saved.aside)
    return tomli_w.dumps(document).encode(errors="replace").decode()  # what is no character cannot be written


def _lists(values: Mapping[str, Value]) -> dict[str, str | int | list[str]]:
    return {id_: list(value) if isinstance(value, tuple) else value for id_, value in values.items()}


def sealed_file(saved: Saved) -> str:
    """Return the text of an answers file for a path to hold: see `seals`."""
    return with_seal(to_toml(saved))


def answers_block(saved: Saved, *, sealed: bool = False) -> str:
    """Return the fenced block by which an exported Markdown path can be reopened."""
    return f"{FENCE}\n{sealed_file(saved) if sealed else to_toml(saved)}{_FENCE_END}\n"


def load_answers(path: Path) -> Saved:
    """Return the answers in `path`: an answers file, or what boussole exported as Markdown, HTML, PDF, Word or JSON.

    Of a Word document, which is there to be edited, they are those of the code in its text.

    Raises:
        DefinitionError: when what it holds is not an answers file; BoussoleError: when it cannot be read.

    """
    content = read_bytes(path)
    if content.startswith(PDF):
        from boussole.files.attached import attached

        found = attached(content, path)
        return _read(found.answers, str(path), found.sealed)
    if path.suffix.lower() == ".docx":
        from boussole.files.codes import from_code
        from boussole.files.docx import code_in

        return from_code(code_in(content, path))
    if path.suffix.lower() == ".json":
        return _of_json(content, path)
    find = _HOLDERS.get(path.suffix.lower())
    held = content if find is None else find(content, path)
    return _read(held, str(path), content)


def _of_json(content: bytes, path: Path) -> Saved:
    """Return the answers in a result exported as JSON; what they hold is checked by their questions."""
    import json

    try:
        found: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise no_answers(path) from None
    document = found if isinstance(found, dict) else {}
    compass, catalogue, answers = (
        part if isinstance(part := document.get(key), dict) else None for key in ("compass", "catalogue", "answers")
    )
    if compass is None or catalogue is None or answers is None or not isinstance(compass.get("id"), str):
        raise no_answers(path)
    told = {
        f"{name}{ending}": definition[key]
        for name, definition in (("compass", compass), ("catalogue", catalogue))
        for ending, key in (("", "id"), ("_version", "version"), ("_digest", "digest"))
        if isinstance(definition.get(key), str)
    }
    return Saved(answers=_tuples(answers), **told)


def read_answers(content: bytes, file: str) -> Saved:
    """Return the answers written in `content`; `file` is the name shown in problems.

    Raises:
        DefinitionError: with every problem of the file.

    """
    return _read(content, file, content)


def _read(content: bytes, file: str, whole: bytes) -> Saved:
    """Return the answers written in `content`, a part of the text `whole`."""
    raw = parse(content, file)
    report = Report(raw, file)
    if not refuse_format(raw, report):
        check(AnswersFile, raw, report)
    if report:
        raise report.error(content)
    document = cast("AnswersFile", raw)
    return Saved(
        compass=document["compass"],
        answers=_tuples(document["answers"]),
        aside=_tuples(document.get("aside", {})),
        compass_version=document.get("compass_version", ""),
        compass_digest=document.get("compass_digest", ""),
        catalogue=document.get("catalogue", ""),
        catalogue_version=document.get("catalogue_version", ""),
        catalogue_digest=document.get("catalogue_digest", ""),
        saved=document.get("saved"),
        name=document.get("name"),
        compass_file=document.get("compass_file"),
        edited=edited(whole.decode(errors="replace"), content.decode(errors="replace"), raw),
    )


def _tuples(values: Mapping[str, Any]) -> dict[str, Value]:
    return {id_: tuple(value) if isinstance(value, list) else value for id_, value in values.items()}


def _block(content: bytes, path: Path) -> bytes:
    """Return the answers block of an exported Markdown path, kept on the same lines so that problems point at it."""
    lines = content.split(b"\n")
    marks = [index for index, line in enumerate(lines) if line.strip() == FENCE.encode()]
    if not marks:
        raise no_answers(path)
    start = marks[-1] + 1
    ends = (index for index, line in enumerate(lines[start:], start) if line.strip() == _FENCE_END.encode())
    end = next(ends, len(lines))
    return b"\n" * start + b"\n".join(lines[start:end]) + b"\n"


def _element(content: bytes, path: Path) -> bytes:
    """Return the answers that an exported HTML path holds, kept on the same lines so that problems point at them."""
    from html import unescape

    page = content.decode(errors="replace")
    start = max((found.end() for found in re.finditer(_ELEMENT, page)), default=None)
    if start is None:
        raise no_answers(path)
    end = page.find("</pre>", start)
    held = page[start : len(page) if end < 0 else end]
    return ("\n" * page.count("\n", 0, start) + unescape(held)).encode(errors="replace")


_ELEMENT = f"(?i)<pre\\b[^<>]*\\bid=[\"']?{HTML_ID}\\b[^<>]*>"
_HOLDERS = {".md": _block, ".markdown": _block, ".html": _element, ".htm": _element}


def no_answers(path: Path) -> BoussoleError:
    """Return what is said of a file in which no answers are found."""
    return BoussoleError(
        message("“{path}” holds no answers.", path=path),
        message("Give an answers file, or a path exported by boussole, whole to its end."),
    )


def reopen(compass: Compass, saved: Saved, *, with_aside: bool, catalogue: Catalogue | None = None) -> Reopened:
    """Return what `compass` accepts of a saved file; `with_aside`: also what was off the path, to be found again.

    Answers follow the renames of `compass` and of `catalogue`.

    Raises:
        BoussoleError: when it answers another compass.

    """
    if saved.compass != compass.id:
        raise BoussoleError(
            message(
                "These answers are for the compass “{saved}”, not “{asked}”.", saved=saved.compass, asked=compass.id
            )
        )
    given = {**saved.aside, **saved.answers} if with_aside else saved.answers
    answers, problems = sift(compass, Answers.given(carried_over(compass, catalogue, given), Origin.FILE))
    if saved.compass_digest:
        other = saved.compass_digest != compass.digest
    else:
        other = bool(saved.compass_version) and saved.compass_version != compass.version
    if catalogue is not None and saved.catalogue_digest:  # the terms of its facets are options too
        other = other or saved.catalogue_digest != catalogue.digest
    elif catalogue is not None and saved.catalogue_version:
        other = other or saved.catalogue_version != catalogue.version
    return Reopened(answers, tuple(problems), other)
