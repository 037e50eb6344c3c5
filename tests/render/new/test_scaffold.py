"""The texts of starting files: whatever the catalogue, they pass `check` as they are, in each language."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from boussole.core.definitions.text import Text
from boussole.files.authoring.check import check_files
from boussole.files.authoring.json_schema import json_schema
from boussole.files.authoring.scaffold import worked_example
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.library import Found, Library, Origin, shipped_folder
from boussole.i18n import LANGUAGES
from boussole.render.new.scaffold import StartingCompass, Surroundings, starting_catalogue
from boussole.render.templating import TEMPLATES
from support.builders import catalogue_toml, make_catalogue, make_facet, make_medoc, make_text
from support.strategies import catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.catalogue import Catalogue

TODAY = dt.date(2026, 11, 22)
SHIPPED = read_catalogue((shipped_folder() / "medoc.toml").read_bytes(), "medoc.toml")
BUILT = read_catalogue(catalogue_toml().encode(), "medoc.toml")
AROUND = Surroundings("../schemas/compass.fr.json", "boussole check x.toml", "boussole ask x")
ALONE = make_catalogue(make_medoc("a"))._replace(facets={"kind": make_facet("kind", "outil")})
"""A catalogue with the one facet that it must have, of one term."""


class Reach(Library):
    """A library in which one catalogue is in reach of every compass."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue."""
        super().__init__()
        self._given = catalogue

    def catalogue_for(self, compass: Path) -> tuple[Catalogue, Found]:
        """Return it, whatever the compass."""
        assert compass.is_file()
        return self._given, Found(Path("medoc.toml"), Origin.FOLDER)


def problems(text: str, library: Library) -> list[str]:
    """Return all that `check` tells of a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.toml"
        file.write_text(text, encoding="utf-8")
        (checked,) = check_files(library, [file], TODAY)
        assert checked.unusable is None
        return [problem.in_("en") for problem in checked.problems]


def a_compass(catalogue: Catalogue, language: str = "fr") -> str:
    """Return a starting compass about `catalogue`."""
    start = StartingCompass.about(catalogue, "essai", language, AROUND)
    return start.text(worked_example(start.text(), catalogue, start.answers()))


def a_catalogue(language: str = "fr") -> str:
    """Return a starting catalogue."""
    return starting_catalogue("essai", language, AROUND, TODAY)


# --- The files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("catalogue", [SHIPPED, BUILT, ALONE], ids=["shipped", "built", "alone"])
def test_a_new_compass_has_no_problem(catalogue: Catalogue, language: str) -> None:
    """Not even a note; its example holds, and it is valid for editors."""
    text = a_compass(catalogue, language)
    assert problems(text, Reach(catalogue)) == []
    compass = read_compass(text.encode(), "f.toml", catalogue)
    assert (compass.id, compass.catalogue, compass.language) == ("essai", catalogue.id, language)
    assert {question.type.value for question in compass.questions.values()} >= {"many", "scale", "yes-no"}
    assert len(compass.axes) == len(compass.examples) == 1
    assert [rule.medoc for rule in compass.rules] == [(next(iter(catalogue.medoc)),)]
    assert compass.examples[0].expect.first in catalogue.medoc
    assert compass.examples[0].expect.axes == {next(iter(compass.axes)): 66}
    document = tomli.loads(text)
    assert [
        error.message for error in Draft202012Validator(json_schema("compass", language)).iter_errors(document)
    ] == []


@given(catalogues(), st.sampled_from(LANGUAGES))
def test_a_new_compass_is_made_for_its_catalogue(catalogue: Catalogue, language: str) -> None:
    """Whatever facets and MEDOC that has."""
    assert problems(a_compass(catalogue, language), Reach(catalogue)) == []


def test_a_new_compass_asks_about_the_facets_there_are() -> None:
    """The first without order by one answer, the next by several; an axis places on the stage, which also counts."""
    compass = read_compass(a_compass(SHIPPED).encode(), "f.toml", SHIPPED)
    assert [(one.id, one.type.value) for one in compass.questions.values() if one.facet] == [
        ("profile", "one"),
        ("domain", "many"),
    ]
    assert compass.axes["avancement"].facet == "stage"
    assert compass.weighting.weights == {"profile": 3, "domain": 3, "stage": 2, "proven": 1}


def test_a_facet_too_long_to_read_is_not_asked_about() -> None:
    """Thirteen terms without a hint; one term is no question either."""
    facets = [make_facet("long", *(f"t{number}" for number in range(13))), make_facet("single", "one")]
    short = make_facet("short", "a", "b")
    catalogue = make_catalogue(make_medoc("a"), facets=[*facets, short])
    compass = read_compass(a_compass(catalogue).encode(), "f.toml", catalogue)
    assert [one.facet for one in compass.questions.values() if one.facet] == ["short"]


def test_a_new_compass_takes_no_id_of_a_facet() -> None:
    """Only a question about a facet may share its id."""
    names = ("moyens", "moyens-2", "confiance", "accord", "avancement")
    catalogue = make_catalogue(make_medoc("a"), facets=[make_facet(name, "a", "b", ordered=True) for name in names])
    assert problems(a_compass(catalogue), Reach(catalogue)) == []
    compass = read_compass(a_compass(catalogue).encode(), "f.toml", catalogue)
    assert list(compass.questions) == ["moyens-3", "confiance-2", "accord-2"]


def test_no_title_breaks_out_of_its_comment() -> None:
    """Line breaks, controls and what turns the text around are spaces; no-break spaces stay."""
    strange = Text({"fr": 'A\n[[x]]\r\x1b[31m\u202e "{{ id }}"\u00a0: b  {% if one %}'}, "fr")
    medoc = make_medoc("a")._replace(title=strange)
    catalogue = make_catalogue(medoc, facets=[make_facet("f", "a", "b")._replace(title=strange)])._replace(
        title=strange
    )
    text = a_compass(catalogue)
    assert problems(text, Reach(catalogue)) == []
    assert text.count('A [[x]] [31m "{{ id }}"\u00a0: b {% if one %}') == 3
    assert not set(text) & set("\r\x1b\u202e")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_catalogue_has_no_problem(language: str) -> None:
    """By itself, with a compass started from it, and for editors; its sources were checked today."""
    text = a_catalogue(language)
    assert problems(text, Library()) == []
    catalogue = read_catalogue(text.encode(), "f.toml")
    assert (catalogue.id, catalogue.language) == ("essai", language)
    assert list(catalogue.facets["kind"].terms) == ["methode", "exemple", "donnee", "outil", "competence"]
    assert len(catalogue.facets) == 4
    assert [one.checked for one in catalogue.medoc.values()] == [TODAY, TODAY]
    for one in catalogue.medoc.values():
        assert "À REMPLACER" in one.title.in_("fr")
        assert "TO REPLACE" in one.title.in_("en")
    assert problems(a_compass(catalogue, language), Reach(catalogue)) == []
    document = tomli.loads(re.sub(r"(?<== )\d{4}-\d\d-\d\d", '"day"', text))
    assert [e.message for e in Draft202012Validator(json_schema("catalogue", language)).iter_errors(document)] == []


def templates(name: str) -> Iterator[str]:
    """Yield a template in each language."""
    for language in LANGUAGES:
        yield (TEMPLATES / "new" / f"{name}.{language}.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["compass", "catalogue"])
def test_the_templates_say_the_same_in_every_language(name: str) -> None:
    """The same keys in the same order, the same gaps to fill, the same parts, as many comments."""
    shapes = [
        [re.match(r"{% .* %}|# |\[*\w+\]* ?|\W*", line) for line in text.splitlines() if not line.startswith("#     ")]
        for text in templates(name)
    ]
    keys = [[found and found[0] for found in shape] for shape in shapes]
    assert keys[0] == keys[1]
    gaps = [re.findall(r"{{.*?}}", text) for text in templates(name)]
    assert gaps[0] == gaps[1]


def test_french_in_the_templates_is_typeset() -> None:
    """Also in the comments, which no check reads."""
    for name in ("compass", "catalogue"):
        french = next(templates(name))
        prose = re.sub(r"(#:schema|{{ \w+ }}|{% .* %}|\w+ = )", "", french)
        assert re.findall(r".* [:;!?»].*|.*« .*|.*\w[;!?] .*|.*\w'\w.*", prose) == []


def test_a_new_compass_without_medoc_has_no_rule() -> None:
    """Nothing is invented: there is nothing to recommend yet."""
    catalogue = make_catalogue(facets=[make_facet("f", "a", "b")])._replace(title=make_text("Rien"))
    assert problems(a_compass(catalogue), Reach(catalogue)) == []
    assert read_compass(a_compass(catalogue).encode(), "f.toml", catalogue).rules == ()
