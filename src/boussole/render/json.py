"""A result as JSON: the contract of the command line, the same bytes for the same input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from boussole.core.pathway import pathway
from boussole.messages import say
from boussole.render.escape import escaped_controls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.pathway import Pathway
    from boussole.core.ranking import LeftOut, Ranking, Recommendation
    from boussole.messages import Localised


def to_json(ranking: Ranking, language: str, *, shown: Sequence[Recommendation], left_out: bool = False) -> str:
    """Return the result as one JSON object, indented, ending in a line feed; ids are never translated."""
    context = ranking.context
    situation = ranking.situation
    document: dict[str, Any] = {
        "format": 1,
        "compass": _definition(context.compass.id, context.compass.version, context.compass.digest),
        "catalogue": _definition(context.catalogue.id, context.catalogue.version, context.catalogue.digest),
        "answers": dict(situation.answers),
        "situation": {facet: sorted(terms) for facet, terms in situation.terms.items()},
        "axes": dict(situation.axes),
        "to_find_out": list(situation.to_find_out),
        "missing": list(situation.missing),
        "recommendations": [_recommendation(item, language) for item in shown],
    }
    if left_out:
        document["left_out"] = [_left_out(out, language) for out in ranking.left_out]
    document["pathway"] = _pathway(pathway(ranking))
    return escaped_controls(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _definition(id_: str, version: str, digest: str) -> dict[str, str]:
    return {"id": id_, "version": version, "digest": digest}


def _recommendation(item: Recommendation, language: str) -> dict[str, Any]:
    medoc = item.medoc
    reasons: list[dict[str, Any]] = []
    for reason in item.reasons:
        text = _text(reason.text, language)
        if reason.facet is None:
            reasons.append({"rule": True, "points": reason.points, "text": text})
        else:
            reasons.append(
                {
                    "facet": reason.facet,
                    "weight": reason.weight,
                    "fit": reason.fit,
                    "points": reason.points,
                    "text": text,
                }
            )
    return {
        "rank": item.rank,
        "tied": item.tied,
        "id": medoc.id,
        "kind": medoc.kind,
        "stage": medoc.stage,
        "title": _text(medoc.title, language),
        "url": medoc.url,
        "score": item.score,
        "reasons": reasons,
    }


def _left_out(out: LeftOut, language: str) -> dict[str, Any]:
    reasons = [
        {"kind": reason.kind}
        | ({} if reason.facet is None else {"facet": reason.facet})
        | {"text": _text(reason.text, language)}
        for reason in out.reasons
    ]
    return {"id": out.medoc.id, "reasons": reasons}


def _pathway(path: Pathway) -> list[dict[str, Any]]:
    return [
        {
            "stage": None if stage.term is None else stage.term.id,
            "steps": [
                {
                    "id": step.recommendation.medoc.id,
                    "rank": step.recommendation.rank,
                    "first": [medoc.id for medoc in step.first],
                }
                for step in stage.steps
            ],
        }
        for stage in path.stages
    ]


def _text(text: Localised, language: str) -> str:
    return str(say(text, language))
