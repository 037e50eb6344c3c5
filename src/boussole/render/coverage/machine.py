"""A coverage for scripts: everything as JSON, a row for each cell as CSV; the same bytes for the same definitions."""

from __future__ import annotations

import csv
import io
import shlex
from typing import TYPE_CHECKING, Any

from boussole.core.check.coverage import covers
from boussole.core.definitions.catalogue import KIND
from boussole.escape import json_document, spreadsheet_text
from boussole.render.coverage.wording import nearly, recommend_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.core.definitions.compass import IntendedHole, Value

COLUMNS = ("situations", "fit", "made")
"""The numbers of a cell that stand between its terms and its kinds."""
LAST_COLUMNS = ("best", "worst", "generic", "thin", "one_kind", "looked_at", "one_at_a_time", "intended", "command")


def to_json(coverage: Coverage, language: str) -> str:
    """Return the whole coverage as one JSON object, indented, ending in a line feed; ids are never translated."""
    compass, catalogue = coverage.compass, coverage.catalogue
    document: dict[str, Any] = {
        "format": 1,
        "compass": {"id": compass.id, "version": compass.version, "digest": compass.digest},
        "catalogue": {"id": catalogue.id, "version": catalogue.version, "digest": catalogue.digest},
        "by": list(coverage.by),
        "top": coverage.top,
        "at_least": coverage.at_least,
        "situations": coverage.situations,
        "whole": coverage.whole,
        "looked_at": coverage.looked_at,
        "one_at_a_time": list(coverage.one_at_a_time),
        "cells": [_cell(coverage, cell) for cell in coverage.cells],
        "intended": [_intended(coverage, one, language) for one in compass.intended],
        "medoc": [
            {
                "id": id_,
                "title": catalogue.medoc[id_].title.in_(language),
                "top": presence.top,
                "first": presence.first,
            }
            for id_, presence in sorted(coverage.presence.items())
        ],
        "never": list(coverage.never()),
        "not_seen": list(coverage.not_seen()),
        "reached": [
            {"id": id_, "answers": _answers(coverage, answers)} for id_, answers in sorted(coverage.reached.items())
        ],
        "everywhere": list(coverage.everywhere()),
        "idle": [{"question": idle.question, "proved": idle.proved} for idle in coverage.idle],
        "tied_at_end": coverage.tied_at_end,
        "tied_first": coverage.tied_first,
        "close_first": coverage.close_first,
    }
    return json_document(document)


def _cell(coverage: Coverage, cell: Cell) -> dict[str, Any]:
    return {
        "terms": {
            facet: _in_order(coverage, facet, terms) for facet, terms in zip(coverage.by, cell.terms, strict=True)
        },
        "situations": cell.situations,
        "fit": cell.fit,
        "made": cell.made,
        "kinds": dict(cell.kinds),
        "best": cell.best,
        "worst": cell.worst,
        "generic": cell.generic,
        "thin": cell.thin,
        "one_kind": cell.one_kind,
        "looked_at": cell.looked_at,
        "intended": coverage.declared(cell) is not None,
        "nearly": [near._asdict() for near in nearly(coverage, cell)],
        "answers": _answers(coverage, cell.example),
    }


def _answers(coverage: Coverage, answers: Mapping[str, Value]) -> dict[str, Value]:
    return {id_: answers[id_] for id_ in coverage.compass.questions if id_ in answers}


def _intended(coverage: Coverage, intended: IntendedHole, language: str) -> dict[str, Any]:
    """Return a declared hole, with whether it is one: null where the facets of the cells do not tell."""
    seen = intended.at.keys() <= set(coverage.by)
    holes = [coverage.is_hole(cell) for cell in coverage.cells if covers(intended, coverage.by, cell.terms)]
    return {
        "at": {facet: _in_order(coverage, facet, terms) for facet, terms in intended.at.items()},
        "why": None if intended.why is None else intended.why.in_(language),
        "hole": any(holes) if seen else None,
        "cells": len(holes),
    }


def _in_order(coverage: Coverage, facet: str, terms: frozenset[str]) -> list[str]:
    return [term for term in coverage.catalogue.facets[facet].terms if term in terms]


def to_csv(coverage: Coverage, command: Sequence[str]) -> str:
    """Return a row for each cell: its terms by facet, its numbers, how many of each kind, the line that shows it.

    Terms and kinds are ids; where several terms stand together, a space is between.
    """
    kinds = list(coverage.catalogue.facets[KIND].terms)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*coverage.by, *COLUMNS, *(f"{KIND}:{kind}" for kind in kinds), *LAST_COLUMNS])
    for cell in coverage.cells:
        terms = (
            " ".join(_in_order(coverage, facet, terms)) for facet, terms in zip(coverage.by, cell.terms, strict=True)
        )
        line = spreadsheet_text(shlex.join(recommend_command(coverage, cell.example, command)))
        writer.writerow(
            [
                *terms,
                *(cell.situations, cell.fit, cell.made),
                *(cell.kinds.get(kind, 0) for kind in kinds),
                *(cell.best, cell.worst, cell.generic, cell.thin, cell.one_kind, cell.looked_at),
                " ".join(coverage.one_at_a_time),
                int(coverage.declared(cell) is not None),
                line,
            ]
        )
    return out.getvalue()
