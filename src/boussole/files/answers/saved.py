"""Answers files in and out, also inside an exported path; reopening them against another version."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers, Origin
from boussole.core.definitions.renames import carried_over
from boussole.core.situation import situate
from boussole.empty import EMPTY
from boussole.errors import BoussoleError, Problem
from boussole.files.answers.checksums import Edited, add_checksum, edited
from boussole.files.toml.answer_values import toml_value
from boussole.files.toml.parsing import parse
from boussole.files.toml.report import Report
from boussole.files.toml.tables import AnswersFile
from boussole.files.toml.validation import refuse_format, validate
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value

FENCE = "```toml boussole-answers"
FENCE_END = "```"
HTML_ID = "boussole-answers"
"""The id of the element of an HTML path that holds the answers."""


class Saved(NamedTuple):
    """An answers file: which definitions it was made with, when, and what was answered.

    `aside` holds the answers that were off the path: they are found again, and never count. `name` is there only
    where the person gave one. `edited` tells what somebody changed in the file since boussole wrote it. `sheet` is the
    same each time one interview is saved; `share` is False where it is to be counted nowhere; `people` is for how many
    it speaks (a table). `days` are the questions whose answers are days, which TOML has.
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
    sheet: str | None = None
    share: bool = True
    people: int = 1
    days: frozenset[str] = frozenset()


class Reopened(NamedTuple):
    """What still holds of a saved file, and, by question, a problem for each answer or option that does not."""

    answers: Answers
    refused: Mapping[str, tuple[Problem, ...]]
    other_version: bool

    @property
    def dropped(self) -> tuple[Problem, ...]:
        """Return all the problems."""
        return tuple(chain.from_iterable(self.refused.values()))


def save(
    compass: Compass,
    catalogue: Catalogue,
    answers: Answers,
    *,
    saved: dt.datetime | None = None,
    name: str | None = None,
    people: int = 1,
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
        people=people,
        answers=on_path,
        aside={id_: answer.value for id_, answer in answers.by_question.items() if id_ not in on_path},
        days=frozenset(
            id_
            for id_, answer in answers.by_question.items()
            if isinstance(toml_value(compass.questions[id_], answer.value), dt.date)
        ),
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
        "sheet": saved.sheet,
        "share": None if saved.share else False,
        "people": None if saved.people == 1 else saved.people,
    }
    document = {key: value for key, value in head.items() if value is not None and value != ""}
    document["answers"] = _written(saved.answers, saved.days)
    if saved.aside:
        document["aside"] = _written(saved.aside, saved.days)
    return tomli_w.dumps(document).encode(errors="replace").decode()  # what is no character cannot be written


def _written(values: Mapping[str, Value], days: frozenset[str]) -> dict[str, Any]:
    """Return values as TOML has them: lists, and days as days."""
    return {
        id_: list(value) if isinstance(value, tuple) else dt.date.fromisoformat(str(value)) if id_ in days else value
        for id_, value in values.items()
    }


def checksummed_file(saved: Saved) -> str:
    """Return the text of an answers file for a path to hold: see `seals`."""
    return add_checksum(to_toml(saved))


def answers_block(saved: Saved, *, sealed: bool = False) -> str:
    """Return the fenced block by which an exported Markdown path can be reopened."""
    return f"{FENCE}\n{checksummed_file(saved) if sealed else to_toml(saved)}{FENCE_END}\n"


def read_answers(content: bytes, file: str, whole: str | None = None) -> Saved:
    """Return the answers written in `content`, a part of the text `whole`; `file` is the name shown in problems.

    Raises:
        DefinitionError: with every problem of the file.

    """
    raw = parse(content, file)
    text = content.decode()
    report = Report(raw, file)
    if not refuse_format(raw, report):
        validate(AnswersFile, raw, report)
    if report:
        raise report.error(content)
    document = cast("AnswersFile", raw)
    return Saved(
        compass=document["compass"],
        answers=tuples(document["answers"]),
        aside=tuples(document.get("aside", {})),
        compass_version=document.get("compass_version", ""),
        compass_digest=document.get("compass_digest", ""),
        catalogue=document.get("catalogue", ""),
        catalogue_version=document.get("catalogue_version", ""),
        catalogue_digest=document.get("catalogue_digest", ""),
        saved=document.get("saved"),
        name=document.get("name"),
        compass_file=document.get("compass_file"),
        sheet=document.get("sheet"),
        share=document.get("share", True),
        people=document.get("people", 1),
        days=frozenset(
            id_
            for part in (document["answers"], document.get("aside", {}))
            for id_ in part
            if type(part[id_]) is dt.date
        ),
        edited=edited(text if whole is None else whole, text, raw),
    )


def tuples(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return values as answers hold them: lists, which TOML and JSON have, become tuples, and days are written out."""
    return {
        id_: tuple(value) if isinstance(value, list) else value.isoformat() if type(value) is dt.date else value
        for id_, value in values.items()
    }


def no_answers(path: Path) -> BoussoleError:
    """Return what is said of a file in which no answers are found."""
    return BoussoleError(
        gettext("“{path}” holds no answers.", path=path),
        gettext("Give an answers file, or a path exported by boussole, whole to its end."),
    )


def reopen(compass: Compass, saved: Saved, *, with_aside: bool, catalogue: Catalogue | None = None) -> Reopened:
    """Return what `compass` accepts of a saved file; `with_aside`: also what was off the path, to be found again.

    Answers follow the renames of `compass` and of `catalogue`.

    Raises:
        BoussoleError: when it answers another compass.

    """
    if saved.compass != compass.id:
        raise BoussoleError(
            gettext(
                "These answers are for the compass “{saved}”, not “{asked}”.", saved=saved.compass, asked=compass.id
            )
        )
    if saved.compass_digest:
        other = saved.compass_digest != compass.digest
    else:
        other = bool(saved.compass_version) and saved.compass_version != compass.version
    if catalogue is not None and saved.catalogue_digest:  # the terms of its facets are options too
        other = other or saved.catalogue_digest != catalogue.digest
    elif catalogue is not None and saved.catalogue_version:
        other = other or saved.catalogue_version != catalogue.version
    given = {**saved.aside, **saved.answers} if with_aside else saved.answers
    # An id of another version may be the title of something else in this one.
    given_answers = Answers.given(carried_over(compass, catalogue, given), Origin.FILE)
    answers, refused = sift(compass, given_answers, titles=not other)
    return Reopened(answers, refused, other)
