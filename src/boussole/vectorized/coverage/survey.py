"""What every situation gets: all of them scored, and summed up by cell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from boussole.core.check.coverage import Coverage, Presence
from boussole.core.check.no_effect import questions_without_effect
from boussole.vectorized.coverage.blocks import FactorProduct, blocks_of
from boussole.vectorized.coverage.factors import situations
from boussole.vectorized.coverage.totals import CellTotals
from boussole.vectorized.scoring.sort_keys import make_sort_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

LIMIT = 10_000_000
_WORKERS = 2
_AHEAD = 16
"""How many choices of the lead are scored ahead of what sums them up: the blocks of all would fill the memory."""


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

    `progress` is told how many situations are done, of how many.

    Raises:
        BoussoleError: when there are too many cases to follow, or numbers too large.

    """
    top = compass.weighting.top if top is None else top
    found = situations(compass, catalogue, by, limit=limit)
    keys = make_sort_keys(
        compass,
        catalogue,
        weighted=sum(int(part.weighted.max(initial=0)) for part in found.parts),
        points=sum(int(abs(part.points).max(initial=0)) for part in found.parts),
    )
    scene = FactorProduct(found.parts, catalogue, keys)
    tally = CellTotals(scene, catalogue, by, top, at_least)
    with ThreadPoolExecutor(_WORKERS) as pool:
        done = 0
        for start in range(0, scene.leads, _AHEAD):
            leads = range(start, min(start + _AHEAD, scene.leads))
            for blocks in pool.map(lambda lead: blocks_of(scene, lead, top), leads):
                for block in blocks:
                    tally.add(block)
                    done += block.size
                if progress is not None:
                    progress(done, found.total)
    presence = {
        id_: Presence(*counts) for id_, *counts in zip(catalogue.medoc, tally.in_top(), tally.first(), strict=True)
    }
    return Coverage(
        compass=compass,
        catalogue=catalogue,
        by=by,
        top=top,
        at_least=at_least,
        situations=found.total,
        whole=found.whole,
        cells=tally.cells(),
        presence=presence,
        idle=questions_without_effect(compass, catalogue),
        tied_at_end=tally.tied_at_end,
        tied_first=tally.tied_first,
        close_first=tally.close_first,
    )
