"""The synthesis of a group as JSON: the contract of the command line, the same bytes for the same people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.escape import json_document
from boussole.i18n import say
from boussole.render.recommend.json import definitions, pathway_entry

if TYPE_CHECKING:
    from boussole.core.group.before import Change
    from boussole.core.group.contrasts import Contrast
    from boussole.core.group.shared import Shared
    from boussole.core.group.synthesis import Parts, Synthesis

_PARTS = (
    "questions", "facets", "axes", "shared", "sure", "pathway", "path_left_out", "divides", "by", "unheard",
    "unanswered", "to_find_out",
)  # fmt: skip
"""The parts in their order, each null where the group is too small."""


def to_json(synthesis: Synthesis, language: str) -> str:
    """Return the synthesis as one JSON object, indented, ending in a line feed; ids are never translated."""
    document: dict[str, Any] = {
        "format": 1,
        **definitions(synthesis.compass, synthesis.catalogue),
        "people": synthesis.people,
        "not_counted": synthesis.not_counted,
        "smallest": synthesis.smallest,
    }
    document |= dict.fromkeys(_PARTS) if synthesis.parts is None else _parts(synthesis.parts, language)
    document["spoken_for"] = synthesis.spoken_for
    if synthesis.compared:
        change = None if synthesis.parts is None else synthesis.parts.before
        document["before"] = None if change is None else _before(change)
    return json_document(document)


def _parts(parts: Parts, language: str) -> dict[str, Any]:
    found = {
        "questions": [one._asdict() for one in parts.questions],
        "facets": {
            id_: {term: {"count": one.people, "percent": one.percent} for term, one in terms.items()}
            for id_, terms in parts.facets.items()
        },
        "axes": {
            id_: {"people": one.people, "median": one.median, "low": one.low, "high": one.high}
            for id_, one in parts.axes.items()
        },
        "shared": [_shared(one, language) for one in parts.shared],
        "sure": parts.sure,
        "pathway": pathway_entry(parts.path.pathway),
        "path_left_out": [one._asdict() for one in parts.path.left_out],
        "divides": [one._asdict() for one in parts.divides],
        "by": None if parts.by is None else {"id": parts.by.id, "groups": [_contrast(one) for one in parts.by.groups]},
        "unheard": {
            "people": parts.unheard.people,
            "list": [{"id": one.id, "count": one.people} for one in parts.unheard.list],
            "left": parts.unheard.left,
        },
        "unanswered": [one._asdict() for one in parts.unanswered],
        "to_find_out": [{"question": one.question, "count": one.people} for one in parts.to_find_out],
    }
    return {key: found[key] for key in _PARTS}


def _shared(one: Shared, language: str) -> dict[str, Any]:
    ranked = one.ranked
    return {
        "rank": ranked.rank,
        "tied": ranked.tied,
        "id": ranked.medoc.id,
        "title": str(say(ranked.medoc.title, language)),
        "count": ranked.people,
        "points": ranked.points,
        "band": one.band.value,
        "everywhere": one.everywhere,
    }


def _contrast(one: Contrast) -> dict[str, Any]:
    return {
        "group": list(one.part.ids),
        "people": one.people,
        "others": one.others,
        "options": None if one.options is None else [line._asdict() for line in one.options],
        "axes": [line._asdict() for line in one.axes],
        "medoc": None if one.medoc is None else [line._asdict() for line in one.medoc],
    }


def _before(change: Change) -> dict[str, Any]:
    return {
        "people": change.people,
        "only_before": change.only_before,
        "only_after": change.only_after,
        "axes": {id_: None if one is None else one._asdict() for id_, one in change.axes.items()},
        "questions": None if change.questions is None else [one._asdict() for one in change.questions],
        "came": list(change.came),
        "left": list(change.left),
    }
