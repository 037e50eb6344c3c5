"""A coverage written by hand, that has everything a render can show: holes, gaps, ties, idle questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.check.coverage import Cell, Coverage, NoEffect, Presence
from support.samples import catalogue, compass, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.compass import Value

COMMAND = ("boussole", "recommend", "essai")
_NUMBERS = {
    ("commune", "eau"): (40, 6, 4, 0, 0),
    ("commune", "energie"): (40, 3, 0, 13, 0),
    ("commune", "climat"): (40, 6, 2, 0, 40),
    ("commune", ""): (40, 7, 6, 0, 0),
    ("etat", "eau"): (40, 5, 1, 0, 1),
    ("etat", "energie"): (40, 0, 0, 40, 0),
    ("etat", "climat"): (40, 5, 1, 0, 0),
    ("asso", "eau"): (1000, 4, 0, 1, 3),
    ("asso", ""): (40, 12, 12, 0, 0),
}
"""By profile and domain: situations, fit, made, generic, one_kind. Nothing leads to four of the boxes."""


def cell(terms: tuple[str, ...], numbers: tuple[int, int, int, int, int]) -> Cell:
    """Return a cell; a term "" is not known."""
    situations, fit, made, generic, one_kind = numbers
    example: Mapping[str, Value] = {
        "profile": terms[0],
        "domain": tuple(terms[1:2]) if terms[1:2] != ("",) else (),
        "confiance": "?",
        "nom": "L’eau d'ici",
    }
    kinds = {"outil": fit // 2, "donnee": fit - fit // 2, "methode": 0}
    best = 100 * fit
    return Cell(
        tuple(frozenset({term} if term else ()) for term in terms),
        *(situations, situations, fit, made, kinds, best, best - 50, generic),
        thin=situations // 2 if fit < 5 else 0,
        one_kind=one_kind,
        example=example,
    )


def coverage(**parts: object) -> Coverage:
    """Return the coverage, by profile and domain; `parts` replace some of it."""
    top = {id_: Presence(0, 0) for id_ in catalogue().medoc}
    top |= {"atlas": Presence(1100, 900), "offre-beta": Presence(700, 300), "charte": Presence(2, 0)}
    made = Coverage(
        compass(),
        catalogue(),
        ("profile", "domain"),
        top=5,
        at_least=5,
        situations=1320,
        looked_at=1320,
        cells=tuple(cell(terms, numbers) for terms, numbers in _NUMBERS.items()),
        presence=top,
        idle=(NoEffect("habitants", proved=False), NoEffect("nom", proved=True)),
        tied_at_end=5,
        tied_first=330,
        close_first=1319,
    )
    return replace(made, **parts)


def by_profile() -> Coverage:
    """Return a coverage by one facet, without a hole."""
    cells = [cell((profile,), (10, 8 + place, 7, 0, 0)) for place, profile in enumerate(("commune", "etat", "asso"))]
    presence = {id_: Presence(6 if id_ < "d" else 1, 1) for id_ in catalogue().medoc}
    sure = {"idle": (), "tied_at_end": 0, "tied_first": 0, "close_first": 0}
    return coverage(by=("profile",), cells=tuple(cells), presence=presence, situations=3000, looked_at=30, **sure)


def by_three(*, stages: int = 2) -> Coverage:
    """Return a coverage by profile, domain and a third facet."""
    facets = dict(catalogue().facets)
    stage = facets["stage"]
    terms = {f"s{n}": replace(term, id=f"s{n}") for n in range(stages) for term in [stage.terms["agir"]]}
    facets["stage"] = replace(stage, terms=terms)
    cells = [
        cell((profile, domain, f"s{n}"), (10, fit, min(fit, n), 0, 0))
        for (profile, domain), (_, fit, _, _, _) in _NUMBERS.items()
        for n in range(stages)
    ]
    return coverage(
        catalogue=replace(catalogue(), facets=facets), by=("profile", "domain", "stage"), cells=tuple(cells)
    )
