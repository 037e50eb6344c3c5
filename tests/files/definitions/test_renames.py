"""Renames in definition files, and old answers that follow them; answers files that must be read for ever."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.definitions.renames import current
from boussole.errors import DefinitionError
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import Saved, reopen
from boussole.files.definitions.catalogue import load_catalogue, read_catalogue
from boussole.files.definitions.compass import load_compass, read_compass
from support.builders import catalogue_toml, compass_toml
from support.paths import DATA

KEPT = DATA / "answers"
CATALOGUE = read_catalogue(catalogue_toml().encode(), "medoc.toml")


def told(text: str, *, compass: bool = True) -> list[str]:
    """Return what is wrong with the renames of a file, without the remedies."""
    with pytest.raises(DefinitionError) as refused:
        read_compass(text.encode(), "f.toml", CATALOGUE) if compass else read_catalogue(text.encode(), "f.toml")
    assert {one.code for one in refused.value.problems} == {"B313"}
    return [one.what.in_("en") for one in refused.value.problems]


@pytest.mark.parametrize(
    "renamed",
    [
        {"somme": "moyens"},
        {"sous": "argent", "or": "sous", "pepites": "or"},
        {"oui": "yes"},
        {"etat": "argent"},
        {"profile": "argent"},
        {},
    ],
)
def test_what_may_be_renamed_in_a_compass(renamed: dict[str, str]) -> None:
    """Questions and options, through several renames; a word may be gone from one list and stand in another."""
    text = compass_toml(renamed=renamed)
    assert read_compass(text.encode(), "f.toml", CATALOGUE).renamed == renamed


def test_what_may_be_renamed_in_a_catalogue() -> None:
    """MEDOC and terms."""
    renamed = {"boite": "kit", "presse": "medias"}
    assert read_catalogue(catalogue_toml(renamed=renamed).encode(), "f.toml").renamed == renamed


def test_renames_change_the_digest_of_a_file_and_are_none_by_default() -> None:
    """So that answers saved before are known to be of another version."""
    assert CATALOGUE.renamed == {}
    assert read_catalogue(catalogue_toml(renamed={"boite": "kit"}).encode(), "f.toml").digest != CATALOGUE.digest


@pytest.mark.parametrize(
    ("renamed", "problems"),
    [
        ({"a": "moyen"}, ["there is nothing called “moyen”."]),
        ({"a": "etat"}, ["there is nothing called “etat”."]),
        ({"moyens": "accord"}, ["“moyens” still exists, so nothing is renamed."]),
        ({"argent": "temps"}, ["“argent” still exists, so nothing is renamed."]),
        ({"moyens": "moyens"}, ["renames go in a circle: moyens and moyens."]),
        ({"a": "b", "b": "c", "c": "b"}, ["renames go in a circle: b, c and b."]),
        (
            {"a": "b", "b": "a", "c": "d", "d": "c"},
            [f"renames go in a circle: {one}." for one in ("a, b and a", "c, d and c")],
        ),
        ({"a": "b", "b": "zut"}, ["there is nothing called “zut”."]),
    ],
)
def test_renames_that_are_wrong(renamed: dict[str, str], problems: list[str]) -> None:
    """Each mistake is told once, whatever leads to it; a term is nothing to a compass."""
    assert told(compass_toml(renamed=renamed)) == problems


def test_wrong_renames_of_a_catalogue() -> None:
    """The same; a question is nothing to it."""
    renamed = {"boite": "kits", "presse": "moyens", "kit": "atlas", "medias": "etat"}
    assert told(catalogue_toml(renamed=renamed), compass=False) == [
        "there is nothing called “kits”.",
        "there is nothing called “moyens”.",
        "“kit” still exists, so nothing is renamed.",
        "“medias” still exists, so nothing is renamed.",
    ]


def test_what_is_wrong_elsewhere_is_still_something() -> None:
    """A rename to a question or an option that has a mistake is not told as leading nowhere."""
    text = compass_toml(renamed={"a": "argent", "b": "moyens", "c": "yes"})
    for old, new in (("De l’argent", ""), ('ask = "Quels moyens ?"', "ask = 3"), ('text = "Rien", ', "")):
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(DefinitionError) as refused:
        read_compass(text.encode(), "f.toml", CATALOGUE)
    codes = {one.code for one in refused.value.problems}
    assert "B102" in codes
    assert "B313" not in codes


WORDS = st.sampled_from(["moyens", "accord", "argent", "rien", "yes", "a", "b", "c", "proven", "é à", ""])


@given(st.dictionaries(WORDS, WORDS, max_size=5))
def test_renames_that_are_accepted_all_serve(renamed: dict[str, str]) -> None:
    """Any others are told, never with a crash; of those accepted, each replaces its old word somewhere."""
    try:
        compass = read_compass(compass_toml(renamed=renamed).encode(), "f.toml", CATALOGUE)
    except DefinitionError as refused:
        told = {one.code for one in refused.problems}
    else:
        lists = [set(compass.questions), *(set(one.options) for one in compass.questions.values())]
        assert all(any(current(old, renamed, known) != old for known in lists) for old in renamed)
        return
    assert told == {"B313"}


# --- Old answers -----------------------------------------------------------------------------------------------------


def test_old_answers_follow() -> None:
    """Questions, options and terms: the answers of before hold, and nothing is told."""
    catalogue = read_catalogue(catalogue_toml(renamed={"republique": "etat"}).encode(), "medoc.toml")
    text = compass_toml(renamed={"qui": "profile", "budget": "moyens", "sous": "argent"})
    compass = read_compass(text.encode(), "agir.toml", catalogue)
    saved = Saved("agir", {"qui": "republique", "budget": ("sous",)}, {"habitants": 12}, compass_version="0")
    reopened = reopen(compass, saved, with_aside=True, catalogue=catalogue)
    assert [(id_, reopened.answers.get(id_)) for id_ in reopened.answers] == [
        ("profile", "etat"),
        ("moyens", ("argent",)),
        ("habitants", 12),
    ]
    assert reopened.dropped == ()
    assert reopened.other_version


def test_an_old_answer_beside_the_new_one_is_dropped() -> None:
    """The new question keeps its answer, the old one is told as any answer that no longer holds."""
    compass = read_compass(compass_toml(renamed={"budget": "moyens"}).encode(), "agir.toml", CATALOGUE)
    saved = Saved("agir", {"budget": ("temps",), "moyens": ("argent",)})
    reopened = reopen(compass, saved, with_aside=True)
    assert reopened.answers.get("moyens") == ("argent",)
    assert [one.what.in_("en") for one in reopened.dropped] == ["compass “agir” has no question “budget”."]


# --- For ever --------------------------------------------------------------------------------------------------------

FORMAT_1: dict[str, Any] = {
    "profile": "commune",
    "domain": ("eau", "climat"),
    "moyens": (),
    "confiance": 2,
    "accord": "no",
    "habitants": 1500,
    "bilan": "?",
    "nom": "Les amis « de l’eau »",
    "annee": 2019,
}


@pytest.mark.parametrize("name", ["format-1.toml", "format-1.md"])
def test_answers_of_format_1_are_read_for_ever(name: str) -> None:
    """A file that boussole wrote then opens with exactly these answers.

    Its catalogue is said to be of another version: what the digest stands for changed once, in December 2026.
    """
    catalogue = load_catalogue(KEPT / "medoc-1.toml")
    compass = load_compass(KEPT / "compass-1.toml", catalogue)
    saved = load_answers(KEPT / name)
    assert (saved.name, str(saved.saved), dict(saved.aside)) == ("Zoé", "2026-11-22 14:03:00+00:00", {"annee": 2019})
    reopened = reopen(compass, saved, with_aside=True, catalogue=catalogue)
    assert {id_: reopened.answers.get(id_) for id_ in reopened.answers} == FORMAT_1
    assert (reopened.dropped, reopened.other_version) == ((), True)
