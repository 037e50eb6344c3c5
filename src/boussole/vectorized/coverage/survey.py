"""What every situation gets: each cell exactly, and the rankings of all of them, or of an even choice, summed up."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from boussole.core.check.coverage import Cell, Coverage, Presence
from boussole.core.check.no_effect import questions_without_effect
from boussole.core.definitions.catalogue import KIND
from boussole.vectorized.coverage.blocks import blocks_of
from boussole.vectorized.coverage.cells import CellFacts
from boussole.vectorized.coverage.factor_product import FactorProduct
from boussole.vectorized.coverage.factors import situations
from boussole.vectorized.coverage.reach import Scene, reach_of
from boussole.vectorized.coverage.totals import LookedAt
from boussole.vectorized.scoring.sort_keys import make_sort_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.vectorized.coverage.blocks import Block

LIMIT = 10_000_000
SAMPLE = 300_000_000
"""How many scores are computed, about, where there are more situations than the limit."""
_WORKERS = 2
_AHEAD = 16
"""How many jobs are scored ahead of what sums them up: the blocks of all would fill the memory."""


def survey(  # noqa: PLR0913 - what the command can ask
    compass: Compass,
    catalogue: Catalogue,
    by: tuple[str, ...],
    *,
    at_least: int,
    top: int | None = None,
    limit: int = LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> Coverage:
    """Return what every situation of `compass` gets, summed up by the terms of the facets `by`.

    `progress` is told how many situations are ranked, of how many.

    Raises:
        BoussoleError: when there are too many cases to follow, too many cells, or numbers too large.

    """
    top = compass.weighting.top if top is None else top
    parts = situations(compass, catalogue, by)
    keys = make_sort_keys(
        compass,
        catalogue,
        weighted=sum(int(part.weighted.max(initial=0)) for part in parts),
        points=sum(int(abs(part.points).max(initial=0)) for part in parts),
    )
    scene = FactorProduct([part.narrowed(keys.kind) for part in parts], keys, limit, SAMPLE)
    kinds = [medoc.kind for medoc in catalogue.medoc.values()]
    facts = CellFacts(scene, kinds, by, at_least)
    seen = LookedAt(scene, kinds, facts, top)
    done = _look(scene, top, seen, progress)
    presence = {
        id_: Presence(*counts) for id_, *counts in zip(catalogue.medoc, seen.in_top(), seen.first(), strict=True)
    }
    coverage = Coverage(
        compass=compass,
        catalogue=catalogue,
        by=by,
        top=top,
        at_least=at_least,
        situations=scene.total,
        looked_at=done,
        cells=_cells(facts, seen, catalogue, by),
        presence=presence,
        idle=questions_without_effect(compass, catalogue),
        tied_at_end=seen.tied_at_end,
        tied_first=seen.tied_first,
        close_first=seen.close_first,
    )
    return _with_reach(coverage, Scene(compass, catalogue, parts, keys))


def _with_reach(coverage: Coverage, scene: Scene) -> Coverage:
    """Return a coverage with what is found out of the MEDOC that were not seen."""
    tops = {id_: one.top for id_, one in coverage.presence.items()}
    reach = reach_of(scene, coverage.not_seen(), tops, coverage.top)
    return coverage._replace(proved_never=frozenset(reach.never), reached=reach.answers)


def _look(scene: FactorProduct, top: int, seen: LookedAt, progress: Callable[[int, int], None] | None) -> int:
    """Rank what is to be ranked, and return how many situations that were."""
    done = 0
    for blocks in _scored(scene, top):
        for block in blocks:
            seen.add(block)
            done += len(block.cellwise) * int(block.times.sum())
        if progress is not None:
            progress(done, scene.looked_at)
    return done


def _scored(scene: FactorProduct, top: int) -> Iterator[list[Block]]:
    """Yield the blocks of each job, in order, a few of them scored ahead."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[Future[list[Block]]] = deque()
        for job in scene.jobs():
            waiting.append(pool.submit(blocks_of, scene, job, top))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _cells(facts: CellFacts, seen: LookedAt, catalogue: Catalogue, by: tuple[str, ...]) -> tuple[Cell, ...]:
    """Return the cells, in the order of the terms of their facets; where nothing is known comes last."""
    orders = [catalogue.facets[facet].places() for facet in by]

    def place(cell: Cell) -> list[list[int]]:
        return [
            sorted(order[term] for term in terms) or [len(order)]
            for terms, order in zip(cell.terms, orders, strict=True)
        ]

    kinds = dict.fromkeys(catalogue.facets[KIND].terms, 0)
    found = [
        Cell(
            terms=terms,
            situations=int(facts.situations[cell]),
            looked_at=int(seen.situations[cell]),
            fit=fit,
            made=int(facts.made[cell]),
            kinds=kinds | dict(zip(facts.kinds, facts.by_kind[cell].tolist(), strict=True)),
            best=max(int(facts.best[cell]), 0) if fit == 0 else int(facts.best[cell]),
            worst=int(seen.worst[cell]),
            generic=int(seen.generic[cell]),
            thin=int(facts.thin[cell]),
            one_kind=int(seen.one_kind[cell]),
            example=facts.example(cell),
        )
        for cell, (terms, fit) in enumerate(zip(facts.terms, facts.fit.tolist(), strict=True))
    ]
    return tuple(sorted(found, key=place))
