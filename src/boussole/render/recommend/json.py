"""A result as JSON: the contract of the command line, the same bytes for the same input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.core.pathway import pathway
from boussole.escape import json_document
from boussole.i18n import say
from boussole.render.recommend.sensitivity_wording import sure_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.pathway import Pathway
    from boussole.core.ranking import LeftOut, Ranking, Recommendation
    from boussole.core.reasons import ExclusionReason, Reason
    from boussole.core.why.sensitivity import PlaceSensitivity, Sensitivity, Stability
    from boussole.i18n import Localised


def to_json(
    ranking: Ranking,
    language: str,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
    sure: Sensitivity | None = None,
) -> str:
    """Return the result as one JSON object, indented, ending in a line feed; ids are never translated.

    With `sure`, each place of the top says how sure it is, and the whole does.
    """
    situation = ranking.situation
    document: dict[str, Any] = {
        **heading(ranking),
        "situation": {facet: sorted(terms) for facet, terms in situation.terms.items()},
        "axes": dict(situation.axes),
        "to_find_out": list(situation.to_find_out),
        "missing": list(situation.missing),
        "recommendations": [_recommendation(item, language) | _sure_of(item, sure) for item in shown],
    }
    if sure is not None:
        document["sure"] = _sure(sure, ranking, language)
    if left_out:
        document["left_out"] = [_left_out(out, language) for out in ranking.left_out]
    path = pathway(ranking)
    document["pathway"] = pathway_entry(path)
    document["pathway_time"] = {"minutes": path.minutes, "within": path.within, "over": path.over}
    return json_document(document)


def heading(ranking: Ranking) -> dict[str, Any]:
    """Return how every document about a ranking begins: the definitions, and the answers on the path."""
    compass, catalogue = ranking.context.compass, ranking.context.catalogue
    return {
        "format": 1,
        **definitions(compass, catalogue),
        "answers": dict(ranking.situation.answers),
    }


def definitions(compass: Compass, catalogue: Catalogue) -> dict[str, Any]:
    """Return which definitions a document is about."""
    return {
        "compass": {"id": compass.id, "version": compass.version, "digest": compass.digest},
        "catalogue": {"id": catalogue.id, "version": catalogue.version, "digest": catalogue.digest},
    }


def reason_entry(reason: Reason, language: str) -> dict[str, Any]:
    """Return one reason of a score."""
    text = _text(reason.text, language)
    if reason.facet is None:
        return {"rule": True, "points": reason.points, "text": text}
    return {
        "facet": reason.facet,
        "weight": reason.weight,
        "fit": reason.fit,
        "points": reason.points,
        "text": text,
    }


def obstacle_entry(obstacle: ExclusionReason, language: str) -> dict[str, Any]:
    """Return one reason to leave a MEDOC out."""
    names = {"facet": obstacle.facet, "medoc": obstacle.medoc}
    named = {key: name for key, name in names.items() if name is not None}
    return {"kind": obstacle.kind, **named, "text": _text(obstacle.text, language)}


def _recommendation(item: Recommendation, language: str) -> dict[str, Any]:
    medoc = item.medoc
    return {
        "rank": item.rank,
        "tied": item.tied,
        "id": medoc.id,
        "kind": medoc.kind,
        "stage": medoc.stage,
        "title": _text(medoc.title, language),
        "url": medoc.url,
        "score": item.score,
        "reasons": [reason_entry(reason, language) for reason in item.reasons],
    }


def _sure_of(item: Recommendation, sure: Sensitivity | None) -> dict[str, Any]:
    firm = None if sure is None else sure.of(item.medoc.id)
    return {} if firm is None else {"sure": firm_entry(firm)}


def firm_entry(firm: PlaceSensitivity) -> dict[str, Any]:
    """Return how sure one place is."""
    return {
        "holds": firm.holds,
        "share": round(float(firm.share), 4),
        "answers": _tally(firm.answers),
        "weights": _tally(firm.weights),
    }


def _tally(tally: Stability) -> dict[str, Any]:
    return {"kept": tally.kept, "tried": tally.tried, "depends_on": list(tally.depends_on)}


def _sure(sure: Sensitivity, ranking: Ranking, language: str) -> dict[str, Any]:
    return {
        "top": sure.top,
        "of": len(sure.places),
        "hold": sure.hold,
        "hold_answers": sure.hold_answers,
        "hold_weights": sure.hold_weights,
        "tried": {"answers": sum(sure.questions.values()), "weights": sum(sure.weights.values())},
        "answers": {id_: {"tried": tried, "hold": sure.staying(id_)} for id_, tried in sure.questions.items()},
        "weights": {id_: {"tried": tried, "hold": sure.steady(id_)} for id_, tried in sure.weights.items()},
        "partly": list(sure.partly),
        "text": " ".join(_text(line, language) for line in sure_lines(sure, ranking.context.compass)),
    }


def _left_out(out: LeftOut, language: str) -> dict[str, Any]:
    return {"id": out.medoc.id, "reasons": [obstacle_entry(reason, language) for reason in out.reasons]}


def pathway_entry(path: Pathway) -> list[dict[str, Any]]:
    """Return a path, stage by stage."""
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
