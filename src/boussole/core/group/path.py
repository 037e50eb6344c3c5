"""The collective path: drawn from the group order as a person's is from their ranking."""

from collections.abc import Sequence
from typing import NamedTuple

from boussole.core.definitions.catalogue import Medoc
from boussole.core.fits import Context
from boussole.core.group.gathering import EMPTY_SITUATION, Gathering
from boussole.core.group.order import GroupRanked
from boussole.core.pathway import Pathway, pathway
from boussole.core.ranking import EXCLUSIONS, LeftOut, Ranking, Recommendation, rank
from boussole.empty import EMPTY


class PathLeftOut(NamedTuple):
    """A MEDOC that more than half of the people, `out` of them, have left out, most often for a reason of `kind`."""

    id: str
    out: int
    kind: str


class CollectivePath(NamedTuple):
    """The path, whose recommendations have their counts as scores, and what is left out of it, in the group order."""

    pathway: Pathway
    left_out: tuple[PathLeftOut, ...]


def collective_path(gathering: Gathering, order: Sequence[GroupRanked]) -> CollectivePath:
    """Return the path through the group order, without what more than half of the people have left out."""
    people = len(gathering.people)
    out = {id_: some for id_, some in gathering.out.items() if 2 * some.bit_count() > people}
    context = Context(gathering.compass, gathering.catalogue, EMPTY_SITUATION, (), ())
    candidates = tuple(
        Recommendation(one.medoc, one.people, one.rank, one.tied, (), (), context)
        for one in order
        if one.medoc.id not in out
    )
    gone = [one.medoc for one in order if one.medoc.id in out]
    left_out = tuple(LeftOut(medoc, (), (), (), context) for medoc in sorted(gone, key=lambda medoc: medoc.id))
    kinds = _kinds(gathering, gone)
    told = tuple(PathLeftOut(medoc.id, out[medoc.id].bit_count(), kinds[medoc.id]) for medoc in gone)
    return CollectivePath(pathway(Ranking(candidates, left_out, context)), told)


def _kinds(gathering: Gathering, gone: Sequence[Medoc]) -> dict[str, str]:
    """Return why most people have each MEDOC left out; of equally common reasons the first as the format has them.

    A MEDOC that no rule, contraindication or successor leaves out can only miss a required facet: it needs no counting.
    """
    leaving = [rule for rule in gathering.compass.rules if rule.exclude or rule.include]
    ruled = {id_ for rule in leaving for id_ in rule.medoc}
    counts = {medoc.id: dict.fromkeys(EXCLUSIONS, 0) for medoc in gone}
    among = {medoc.id: medoc for medoc in gone if medoc.avoid or medoc.superseded_by or medoc.id in ruled}
    weighting = gathering.compass.weighting._replace(weights=EMPTY)  # no score is needed
    rules = tuple(rule for rule in leaving if not among.keys().isdisjoint(rule.medoc))
    compass = gathering.compass._replace(rules=rules, weighting=weighting)
    catalogue = gathering.catalogue._replace(medoc=among)
    for person in gathering.people if among else ():
        for out in rank(compass, catalogue, person.situation).left_out:
            for kind in out.kinds:
                counts[out.medoc.id][kind] += 1
    return {id_: max(of, key=of.__getitem__) for id_, of in counts.items()}
