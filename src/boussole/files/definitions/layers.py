"""One catalogue laid over another: what a territory adds to the shipped resources, without a copy of them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from boussole.core.definitions.catalogue import Layer

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue, Medoc


def lay_over(base: Catalogue, over: Catalogue) -> Catalogue:
    """Return the sum of two catalogues: what `over` has is added, or replaces whole; what it says is gone is not there.

    The sum keeps the id of the base, by which compasses name it; its version names both, its digest covers both.
    """
    gone = frozenset(one.id for one in over.gone)
    medoc = {id_: one for id_, one in {**base.medoc, **over.medoc}.items() if id_ not in gone}
    replaced = frozenset(base.medoc.keys() & over.medoc.keys())
    layer = Layer(over.id, over.version, over.title, tuple(over.medoc), gone & base.medoc.keys(), replaced)
    return base._replace(
        version=f"{base.version} + {over.id} {over.version}",
        medoc={id_: _without(one, gone) for id_, one in medoc.items()},
        digest=f"sha256:{sha256(f'{base.digest} {over.digest}'.encode()).hexdigest()}",
        renamed={**base.renamed, **over.renamed},
        dated=over.dated or base.dated,
        gone=(*(one for one in base.gone if one.id not in over.medoc), *over.gone),
        layers=(*base.layers, layer),
    )


def _without(medoc: Medoc, gone: frozenset[str]) -> Medoc:
    """Return a MEDOC that does not come after what is gone."""
    if gone.isdisjoint(medoc.after):
        return medoc
    return medoc._replace(after=tuple(id_ for id_ in medoc.after if id_ not in gone))
