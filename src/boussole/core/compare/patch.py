"""Parts of definitions replaced, added or taken away, and what is left of those that refer to them."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from boussole.core.definitions.catalogue import KIND, STAGE
from boussole.core.definitions.conditions import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boussole.core.compare.differences import Difference, Part
    from boussole.core.definitions.catalogue import Facet, Medoc
    from boussole.core.definitions.compass import Axis, Placement, Question


def circular(placements: Iterable[Placement]) -> bool:
    """Tell whether facets decide each other in a circle."""
    graph: dict[str, set[str]] = {}
    for place in placements:
        looked_at = {subject.id for subject in place.when.subjects() if subject.kind is SubjectKind.FACET}
        for facet in place.at:
            graph.setdefault(facet, set()).update(looked_at)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


def apply_by_id(given: Mapping[str, Any], applied: Iterable[Difference], part: Part) -> dict[str, Any]:
    """Return things by id, with those that differ replaced, added or taken away."""
    changed = {one.id: one.after for one in applied if one.part is part}
    return {id_: one for id_, one in {**given, **changed}.items() if one is not None}


def apply_by_position(given: Sequence[Any], applied: Iterable[Difference], part: Part) -> list[Any]:
    """Return things that have no ids, with those that differ replaced, added or taken away."""
    listed = list(given)
    for one in applied:
        if one.part is part:
            if one.before in listed:  # of one MEDOC, a rule that becomes another may not have been
                listed.remove(one.before)
            listed += [] if one.after is None else [one.after]
    return listed


def apply_tags(medoc: Medoc, tags: Difference) -> Medoc:
    """Return a MEDOC with other tags on one facet."""
    if tags.of == KIND:
        return medoc._replace(kind=next(iter(tags.after)))
    if tags.of == STAGE:
        suits = {id_: terms for id_, terms in medoc.suits.items() if id_ != STAGE}
        return medoc._replace(stage=None, suits={**suits, STAGE: tags.after})
    return medoc._replace(suits={**medoc.suits, tags.of: tags.after})


def drop_dangling_terms(medoc: Medoc, facets: Mapping[str, Facet]) -> Medoc | None:
    """Return a MEDOC without the terms that there are not; None where its kind is one of them."""
    if medoc.kind not in facets[KIND].terms:
        return None
    stage = medoc.stage if STAGE in facets and medoc.stage in facets[STAGE].terms else None
    suits = drop_dangling_places(medoc.suits, facets)
    return medoc if (stage, suits) == (medoc.stage, medoc.suits) else medoc._replace(stage=stage, suits=suits)


def drop_dangling_from_axis(axis: Axis, questions: Mapping[str, Question], facets: Mapping[str, Facet]) -> Axis:
    """Return an axis without the questions that bring it nothing and the terms that there are not."""
    terms = facets[axis.facet].terms if axis.facet is not None and axis.facet in facets else {}
    return axis._replace(
        questions={
            id_: weight for id_, weight in axis.questions.items() if id_ in questions and questions[id_].highest_points
        },
        facet=axis.facet if terms else None,
        steps=tuple(step for step in axis.steps if step.term in terms),
    )


def drop_dangling_places(terms: Mapping[str, frozenset[str]], facets: Mapping[str, Facet]) -> dict[str, frozenset[str]]:
    """Return terms by facet, without those that there are not."""
    kept = {id_: some.intersection(facets[id_].terms) for id_, some in terms.items() if id_ in facets}
    return {id_: some for id_, some in kept.items() if some}
