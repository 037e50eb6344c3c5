"""The JSON Schema of compasses about one catalogue: its words are proposed, others underlined, none that serve."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from boussole.errors import DefinitionError
from boussole.files.authoring.json_schema import json_schema
from boussole.files.definitions.catalogue import load_catalogue, read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.i18n import LANGUAGES
from support.builders import catalogue_document, compass_document, toml
from support.paths import ROOT
from support.strategies import edits

BASE = read_catalogue(toml(catalogue_document()).encode(), "medoc.toml")
LAYER = """\
format = 1
id = "comte"
version = "1"
language = "fr"
title = "Comté"
extends = "le-rameau"
[[medoc]]
id = "ajout"
kind = "outil"
title = "Ajout"
source = "https://example.org"
checked = 2026-11-22
[[gone]]
id = "kit"
on = 2026-11-22
"""
SUM = read_catalogue(LAYER.encode(), "layer.toml", lambda _: BASE)
CATALOGUES = {"alone": BASE, "sum": SUM}


@cache
def validator(name: str, language: str = "en") -> Draft202012Validator:
    """Return the validator of compasses about one of `CATALOGUES`."""
    schema = json_schema("compass", language, CATALOGUES[name])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def refused(document: dict[str, Any], name: str = "alone", language: str = "en") -> list[str]:
    """Return where the schema has something against a document."""
    return [one.json_path for one in validator(name, language).iter_errors(document)]


def taken(document: dict[str, Any], name: str) -> bool:
    """Tell whether boussole takes a compass with a catalogue."""
    try:
        text = toml(document)
        if tomli.loads(text) != document:
            return False
        read_compass(text.encode(), "f.toml", CATALOGUES[name])
    except (tomli.TOMLDecodeError, TypeError, AttributeError, DefinitionError):
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CATALOGUES)
def test_a_compass_that_is_taken_is_valid(name: str, language: str) -> None:
    """With the catalogue alone, and with one laid over it that took away a MEDOC which the compass names."""
    document = compass_document()
    assert "kit" in toml(document)
    assert taken(document, name)
    assert refused(document, name, language) == []


@given(st.data(), st.sampled_from(sorted(CATALOGUES)))
def test_no_compass_that_is_taken_is_refused(data: st.DataObject, name: str) -> None:
    """Whatever was changed in it."""
    document = data.draw(edits(compass_document()))
    assert not taken(document, name) or refused(document, name) == []


@pytest.mark.parametrize("path", sorted((ROOT / "compasses").glob("*.toml")), ids=lambda path: path.name)
def test_the_compasses_that_ship_are_valid(path: Any) -> None:  # noqa: ANN401 - a path
    """With the words of the catalogue that ships."""
    CATALOGUES.setdefault("shipped", load_catalogue(ROOT / "medoc.toml"))
    assert refused(tomli.loads(path.read_text("utf-8")), "shipped") == []


def compass(**parts: object) -> dict[str, Any]:
    """Return a compass of these parts."""
    return {"format": 1, "id": "a", "version": "1", "language": "fr", "title": "t", **parts}


def question(**parts: object) -> dict[str, Any]:
    """Return a compass of one question."""
    return compass(question=[{"id": "q", "type": "one", "ask": "?", **parts}])


def option(**parts: object) -> dict[str, Any]:
    """Return a compass of one option."""
    return question(options=[{"id": "o", "text": "O", **parts}])


def axis(**parts: object) -> dict[str, Any]:
    """Return a compass of one axis."""
    return compass(axis=[{"id": "x", "title": "X", "questions": {"q": 1}, **parts}])


WRONG = [
    ("$.catalogue", compass(catalogue="autre")),
    ("$.question[0].facet", question(facet="profil")),
    ("$.question[0].options[0].place", option(place={"profil": "etat"})),
    ("$.question[0].options[0].place.profile", option(place={"profile": "eta"})),
    ("$.question[0].when.profile", question(facet="profile", when={"profile": "eta"})),
    ("$.question[0].when.any[0].profile", question(facet="profile", when={"any": [{"profile": ["eta"]}]})),
    ("$.axis[0].facet", axis(facet="profil")),
    ("$.axis[0].steps[0].term", axis(facet="stage", steps=[{"from": 0, "term": "etat"}])),
    ("$.place[0].at.profile", compass(place=[{"when": {}, "at": {"profile": ["eta"]}}])),
    ("$.intended[0].at.profile", compass(intended=[{"at": {"profile": "eta"}}])),
    ("$.ranking.weights", compass(ranking={"weights": {"profil": 1}})),
    ("$.ranking.require[0]", compass(ranking={"require": ["profil"]})),
    ("$.rose.facet", compass(rose={"facet": "profil"})),
    ("$.rule[0].medoc[0]", compass(rule=[{"when": {}, "medoc": ["kitt"], "points": 1}])),
    ("$.rule[0].when.stage", compass(rule=[{"when": {"stage": "etat"}, "medoc": ["kit"], "points": 1}])),
    ("$.example[0].expect.first", compass(example=[{"answers": {}, "expect": {"first": "kitt"}}])),
    ("$.example[0].expect.includes[0]", compass(example=[{"answers": {}, "expect": {"includes": ["kitt"]}}])),
    ("$.example[0].expect.places.profile", compass(example=[{"answers": {}, "expect": {"places": {"profile": "e"}}}])),
    ("$.example[0].answers.profile", compass(example=[{"answers": {"profile": "eta"}, "expect": {}}])),
]


@pytest.mark.parametrize(("path", "document"), WRONG, ids=[path for path, _ in WRONG])
def test_a_word_that_is_not_of_the_catalogue_is_underlined(path: str, document: dict[str, Any]) -> None:
    """Where it stands; the schema of any catalogue says nothing of it, and boussole refuses it too."""
    assert refused(document) == [path]
    assert list(Draft202012Validator(json_schema("compass", "en")).iter_errors(document)) == []
    assert not taken(document, "alone")


def test_words_are_told_by_their_titles_in_the_language_of_the_author() -> None:
    """As the editors read them that show one beside each word."""
    french, english = (json_schema("compass", one, BASE)["$defs"]["terms of kind"] for one in ("fr", "en"))
    assert french["enum"] == english["enum"] == list(BASE.facets["kind"].terms)
    titles = [term.title.in_("fr") for term in BASE.facets["kind"].terms.values()]
    assert french["x-taplo"]["docs"]["enumValues"] == titles
