"""Searching the catalogue: words, facets, the best first."""

from __future__ import annotations

import pytest

from boussole.core.definitions.search import fitting, search
from support.builders import make_catalogue, make_facet, make_medoc, make_text

PROFILE = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(
    make_medoc("kit-eau", code="1.1", suits={"profile": ["etat"]}),
    make_medoc("guide", summary=make_text("L’eau, bien commun : œuvrer ensemble"), publisher="Réseau", format="étude"),
    make_medoc("atlas"),
    facets=[PROFILE],
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eau", ["kit-eau", "guide"]),  # in the title first
        ("EAU réseau", ["guide"]),
        ("reseau", ["guide"]),
        ("etude", ["guide"]),
        ("oeuvrer", ["guide"]),
        ("1.1", ["kit-eau"]),
        ("ensembel", ["guide"]),  # a typo
        ("ETAT", ["kit-eau"]),  # the title of a term
        ("xyz", []),
        ("xyzxyz", []),
        ("eau xyz", []),
        ("titre", ["atlas", "guide", "kit-eau"]),
        ("", []),
    ],
)
def test_searching_by_words(words: str, found: list[str]) -> None:
    """Every word must stand somewhere; accents, case and a typo do not matter; the best first, then by id."""
    assert [one.id for one in search(CATALOGUE, words)] == found


def test_keeping_what_fits() -> None:
    """What is made for one of the terms of each facet, or for all its terms."""
    everything = CATALOGUE.medoc.values()
    assert [one.id for one in fitting(everything, {"profile": ["medias"]})] == ["guide", "atlas"]
    assert [one.id for one in fitting(everything, {"profile": ["etat"], "kind": ["outil"]})] == [
        "kit-eau",
        "guide",
        "atlas",
    ]
    assert fitting(everything, {"kind": ["donnee"]}) == []
