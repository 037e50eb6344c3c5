"""The files to start from pass the check, and hold for whatever catalogue they are about."""

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
from boussole.errors import BoussoleError
from boussole.files.authoring import scaffold
from boussole.files.authoring.check import check_files
from boussole.files.authoring.json_schema import json_schema
from boussole.files.authoring.scaffold import (
    Commands,
    refuse_existing,
    refuse_name,
    scaffold_catalogue,
    scaffold_compass,
    schema_beside,
    write_start,
)
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.library import Found, Library, Origin, shipped_folder
from boussole.files.toml.report import Report
from boussole.files.toml.validation import Id
from boussole.i18n import LANGUAGES
from support.builders import catalogue_toml, make_catalogue, make_facet, make_medoc, make_text
from support.strategies import catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.catalogue import Catalogue

TODAY = dt.date(2026, 11, 22)
SHIPPED = read_catalogue((shipped_folder() / "medoc.toml").read_bytes(), "medoc.toml")
BUILT = read_catalogue(catalogue_toml().encode(), "medoc.toml")
COMMANDS = Commands("boussole check x.toml", "boussole ask x")
SCHEMA = "../schemas/compass.fr.json"
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
    return scaffold_compass("essai", catalogue, language, SCHEMA, COMMANDS)


def a_catalogue(language: str = "fr") -> str:
    """Return a starting catalogue."""
    return scaffold_catalogue("essai", language, "schemas/catalogue.fr.json", COMMANDS, TODAY)


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
    strange = Text({"fr": 'A\n[[x]]\r\x1b[31m\u202e "${id}"\u00a0: b  #? one'}, "fr")
    medoc = make_medoc("a")._replace(title=strange)
    catalogue = make_catalogue(medoc, facets=[make_facet("f", "a", "b")._replace(title=strange)])._replace(
        title=strange
    )
    text = a_compass(catalogue)
    assert problems(text, Reach(catalogue)) == []
    assert text.count('A [[x]] [31m "${id}"\u00a0: b #? one') == 3
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
        yield (Path(scaffold.__file__).parent / "templates" / f"{name}.{language}.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["compass", "catalogue"])
def test_the_templates_say_the_same_in_every_language(name: str) -> None:
    """The same keys in the same order, the same gaps to fill, the same parts, as many comments."""
    shapes = [
        [re.match(r"#\? ?\w*|# |\[*\w+\]* ?|\W*", line) for line in text.splitlines() if not line.startswith("#     ")]
        for text in templates(name)
    ]
    keys = [[found and found[0] for found in shape] for shape in shapes]
    assert keys[0] == keys[1]
    gaps = [re.findall(r"\$\{\w+\}", text) for text in templates(name)]
    assert gaps[0] == gaps[1]


def test_french_in_the_templates_is_typeset() -> None:
    """Also in the comments, which no check reads."""
    for name in ("compass", "catalogue"):
        french = next(templates(name))
        prose = re.sub(r"(#:schema|\$\{\w+\}|\w+ = |#\? ?\w*)", "", french)
        assert re.findall(r".* [:;!?»].*|.*« .*|.*\w[;!?] .*|.*\w'\w.*", prose) == []


# --- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Mon Territoire", "mon-territoire"),
        ("L’Énergie", "l-energie"),
        ("  -mon_œuvre!! ", "mon_oeuvre"),
        ("x" * 90, "x" * 80),
        ("any!", None),
        ("any", None),
        ("!!", None),
        ("", None),
    ],
)
def test_a_name_that_is_no_id_is_refused(name: str, meant: str | None) -> None:
    """With what is allowed, and the nearest that is."""
    with pytest.raises(BoussoleError) as refused:
        refuse_name(name)
    said = refused.value.in_("en")
    assert "Write lower-case letters, digits, - and _, at most 80 characters." in said
    assert said.endswith(f" For instance: {meant}" if meant else "at most 80 characters.")


@given(st.text(max_size=90) | st.text("ab-_0A ", max_size=12) | st.sampled_from(["any", "proven", "all-"]))
def test_a_name_is_accepted_where_an_id_is(name: str) -> None:
    """And what is proposed instead is one."""
    report = Report({}, "")
    Id().refuse(name, (), report)
    if not report:
        refuse_name(name)
        return
    with pytest.raises(BoussoleError) as refused:
        refuse_name(name)
    _, _, proposed = refused.value.in_("en").partition("For instance: ")
    if proposed:
        refuse_name(proposed)


# --- On disk ---------------------------------------------------------------------------------------------------------


def test_the_schema_stands_beside() -> None:
    """Next to a folder of compasses, otherwise next to the file."""
    assert schema_beside(Path("compasses/x.toml"), "compass", "fr") == "../schemas/compass.fr.json"
    assert schema_beside(Path("x.toml"), "compass", "en") == "schemas/compass.en.json"


def test_the_schema_is_written_with_the_file(tmp_path: Path) -> None:
    """Where the file says it is; one that is there stays as it is."""
    file = tmp_path / "compasses" / "x.toml"
    schema = tmp_path / "schemas" / "compass.fr.json"
    assert write_start(file, "one", SCHEMA, "compass", "fr") == [file, schema]
    assert file.read_bytes() == b"one"
    assert schema.read_bytes() == (shipped_folder() / "schemas" / "compass.fr.json").read_bytes()
    schema.write_text("mine")
    other = file.with_name("y.toml")
    assert write_start(other, "two", SCHEMA, "compass", "fr") == [other]
    assert schema.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["compass.fr.json", "x.toml", "y.toml"]


def test_a_schema_that_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    """All that the file needs is there before it."""
    (tmp_path / "schemas").write_text("a file")
    with pytest.raises(BoussoleError, match="schemas"):
        write_start(tmp_path / "medoc.toml", "text", "schemas/catalogue.fr.json", "catalogue", "fr")
    assert [path.name for path in tmp_path.iterdir()] == ["schemas"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A file, a folder, a link that leads nowhere."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, link):
        with pytest.raises(BoussoleError, match="existe déjà"):
            refuse_existing(path)
    refuse_existing(tmp_path / "free.toml")


def test_a_new_compass_without_medoc_has_no_rule() -> None:
    """Nothing is invented: there is nothing to recommend yet."""
    catalogue = make_catalogue(facets=[make_facet("f", "a", "b")])._replace(title=make_text("Rien"))
    assert problems(a_compass(catalogue), Reach(catalogue)) == []
    assert read_compass(a_compass(catalogue).encode(), "f.toml", catalogue).rules == ()
