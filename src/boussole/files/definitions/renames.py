"""The key `renamed` of a definition file: `{ old = "new" }`, and what can be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.empty import EMPTY
from boussole.files.definitions.questions import NO, YES
from boussole.files.definitions.reader import ids_of
from boussole.fuzzy import suggest
from boussole.i18n import Listing, gettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.files.toml.report import Report

_KEY = "renamed"


def names_of_compass(document: Mapping[str, Any]) -> list[set[str]]:
    """Return the ids that a rename may lead to, list by list: the questions, then the options of each."""
    questions = _tables(document.get("question"))
    options = [
        ids_of(table.get("options")) | ({YES, NO} if table.get("type") == "yes-no" else set()) for table in questions
    ]
    return [ids_of(questions), *options]


def names_of_catalogue(document: Mapping[str, Any]) -> list[set[str]]:
    """Return the ids that a rename may lead to, list by list: the MEDOC, then the terms of each facet."""
    return [
        ids_of(document.get("medoc")),
        *(ids_of(table.get("terms")) for table in _tables(document.get("facet"))),
    ]


def _tables(raw: object) -> list[dict[str, Any]]:
    return [table for table in raw if isinstance(table, dict)] if isinstance(raw, list) else []


def read_renamed(document: Mapping[str, Any], names: Sequence[set[str]], report: Report) -> Mapping[str, str]:
    """Return the renames of a file, reporting those that lead nowhere, serve nothing, or go in a circle.

    `names` are the ids of the file, list by list: a word may be gone from one list and still stand in another.
    """
    renamed: Mapping[str, str] = document.get(_KEY, EMPTY)
    everything = set().union(*names)
    in_circle: set[str] = set()
    for old, new in renamed.items():
        trail = _trail(old, renamed)
        if trail[-1] in trail[:-1]:
            if trail[-1] == old and old not in in_circle:  # what leads into a circle is not what is wrong with it
                report.add((_KEY, old), "B313", gettext("renames go in a circle: {circle}.", circle=Listing(trail)))
                in_circle.update(trail)
        elif new not in renamed and new not in everything:
            report.add(
                (_KEY, old), "B313", gettext("there is nothing called “{id}”.", id=new), suggest(new, everything)
            )
        elif trail[-1] in everything and not _serves(old, trail[1:], names):
            report.add(
                (_KEY, old),
                "B313",
                gettext("“{id}” still exists, so nothing is renamed.", id=old),
                gettext("Take this line out, or remove what is called “{id}”.", id=old),
                at_key=True,
            )
    return renamed


def _trail(old: str, renamed: Mapping[str, str]) -> list[str]:
    """Return `old` and what it was renamed to, one after the other; in a circle, up to the first word met twice."""
    trail = [old]
    while trail[-1] in renamed and trail[-1] not in trail[:-1]:
        trail.append(renamed[trail[-1]])
    return trail


def _serves(old: str, later: Sequence[str], names: Sequence[set[str]]) -> bool:
    """Tell whether some list lacks the old name and has a later one."""
    return any(old not in known and not known.isdisjoint(later) for known in names)
