"""Searching the catalogue: words, the best first, and facets."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.definitions.search import fitting, search, search_most
from support.builders import make_catalogue, make_facet, make_medoc, make_text

PROFILE = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(
    make_medoc("kit-eau", title=make_text("Kit"), code="1.1", suits={"profile": ["etat"]}),
    make_medoc(
        "guide",
        title=make_text("Guide"),
        summary=make_text("L’eau, bien commun : œuvrer ensemble"),
        publisher="Réseau",
        format="étude",
        words=(make_text("rivière"),),
    ),
    make_medoc("atlas", title=make_text("Atlas")),
    facets=[PROFILE],
)
FIELD = make_catalogue(
    make_medoc("a", title=make_text("Aquaculture et pêche")),
    make_medoc("b", title=make_text("Lieux culturels"), summary=make_text("Une carte des lieux")),
    make_medoc("c", title=make_text("Parler de culture"), reference=1),
    make_medoc("d", title=make_text("Culture, rural et CRTE"), reference=1),
    make_medoc("e", title=make_text("Mémento"), summary=make_text("La culture en milieu rural")),
    make_medoc("f", title=make_text("Memento"), words=(make_text("culture"),), code="2.1"),
    make_medoc("g", title=make_text("Nos écoles rurales"), reference=3),
    make_medoc("h", title=make_text("École rurale")),
)


def found(words: str) -> list[str]:
    """Return the ids that these words find in the second catalogue."""
    return [one.id for one in search(FIELD, words).medoc]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("eau", ["kit-eau", "guide"]),  # an id before a summary
        ("EAU réseau", ["guide"]),
        ("reseau", ["guide"]),
        ("etude", ["guide"]),
        ("oeuvrer", ["guide"]),
        ("riviere", ["guide"]),
        ("1.1", ["kit-eau"]),
        ("atlas", ["atlas"]),
        ("ensembel", ["guide"]),  # a typo
        ("ETAT", ["kit-eau"]),  # the title of a term
        ("guide de l'eau", ["guide"]),
        ("xyz", []),
        ("xyzxyz", []),
        ("eau xyz", []),
        ("l", ["guide"]),
        ("k", []),  # a letter is no start of a word
        ("?!", []),
        ("", []),
    ],
)
def test_searching_by_words(words: str, ids: list[str]) -> None:
    """Every word must stand somewhere, small ones aside; accents and case do not matter."""
    assert [one.id for one in search(CATALOGUE, words).medoc] == ids


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("culture", ["d", "c", "b", "f", "e"]),  # at the start of a title, in one, then a start of a word
        ("cultu", ["c", "d", "b", "f", "e"]),
        ("quacul", ["a"]),  # inside a word, where no word starts so
        ("culture rural", ["d", "e"]),
        ("CRTE", ["d"]),
        ("CRTX", []),  # an acronym is not « carte »
        ("crtx", []),
        ("AQUACULTR", ["a"]),  # too long for one
        ("école", ["h", "g"]),  # the plural is the same word, and stands at the start of the one
        ("ecoles rurales", ["h", "g"]),
        ("memento", ["e", "f"]),
        ("f", ["f"]),
        ("2.1", ["f"]),
    ],
)
def test_the_best_come_first(words: str, ids: list[str]) -> None:
    """Whole words and starts of words before fragments, titles before words never shown, these before summaries."""
    assert found(words) == ids


def test_typos_are_said() -> None:
    """Only where nothing else is found: what was typed, and the forms of what was read instead."""
    assert dict(search(FIELD, "Ecoel rurale").read_as) == {"Ecoel": ("ecole", "ecoles")}
    assert search(FIELD, "cultur").read_as == {}
    assert search(FIELD, "xyzxyz").read_as == {}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("culture rural thermique", ["d", "e"]),  # a word that stands nowhere
        ("école culture rural", ["d", "h", "g", "e"]),  # that never stand together
        ("Ecoel thermique", ["h", "g"]),  # a typo
        ("culture thermique solaire", []),  # less than half of them
        ("quacul thermique", []),  # inside a word
        ("xyz", []),
        ("", []),
    ],
)
def test_the_most_of_the_words(words: str, ids: list[str]) -> None:
    """Where no MEDOC has them all; best first as ever."""
    assert search(FIELD, words).medoc == ()
    assert [one.id for one in search_most(FIELD, words).medoc] == ids


def test_where_the_words_stand() -> None:
    """Each as it is written in a text, whatever its accents and however they are written."""
    findings = search(FIELD, "ecole rur")
    text = "L’E\u0301cole rurale, les \u00c9COLES et l’écolier"
    assert [text[start:end] for start, end in findings.places_in(text)] == ["E\u0301cole", "rurale", "\u00c9COLES"]


@given(st.text(ascii_lowercase + " '-éÉœ.1", max_size=12))
def test_any_words_find_each_once(words: str) -> None:
    """Whatever is typed, each MEDOC is found once at most, and the same whatever the order of the file."""
    ids = found(words)
    assert len(set(ids)) == len(ids)
    turned = make_catalogue(*reversed(list(FIELD.medoc.values())))
    assert [one.id for one in search(turned, words).medoc] == ids


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
