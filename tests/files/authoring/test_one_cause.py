"""One cause, one problem: keys in other words or in the wrong table, ids that are none, and what follows of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from boussole.errors import Severity, grouped
from boussole.files.authoring.check import check_files
from boussole.files.library import Library
from support.builders import catalogue_toml, compass_toml

COMPASS, CATALOGUE = compass_toml().replace('first = "kit"', 'first = "atlas"'), catalogue_toml()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with nothing of the user's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def told(compass: str = COMPASS, catalogue: str = CATALOGUE) -> list[str]:
    """Return the errors of both files as they are told: place, code, what is wrong; then what to do."""
    Path("medoc.toml").write_text(catalogue, encoding="utf-8")
    Path("agir.toml").write_text(compass, encoding="utf-8")
    checked = check_files(Library(), [Path("medoc.toml"), Path("agir.toml")], dt.date(2026, 11, 23))
    problems = [one for file in checked for one in file.problems if one.severity is Severity.ERROR]
    return [one.in_("en") for one in grouped(problems) if one.code != "B209"]  # which says that the catalogue is wrong


def changed(text: str, old: str, new: str) -> str:
    """Return a text with its first `old` made `new`."""
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ('id = "moyens"', 'identifiant = "moyens"', "id"),
        ('id = "moyens"', 'nom = "moyens"', "id"),
        ('ask = "Quels moyens ?"', 'texte = "Quels moyens ?"', "ask"),
        ('ask = "Quels moyens ?"', 'question = "Quels moyens ?"', "ask"),
        ('type = "many"', 'sorte = "many"', "type"),
        ("options = [", "choix = [", "options"),
        ('text = "De l’argent"', 'libellé = "De l’argent"', "text"),
        ("alone = true", "seul = true", "alone"),
        ("labels = [", "étiquettes = [", "labels"),
        ('unit = "habitants"', 'unité = "habitants"', "unit"),
        ('when = { not = { moyens = "rien" } }', 'si = { not = { moyens = "rien" } }', "when"),
        ("required = false", "obligatoire = false", "required"),
        ('title = "Avancement"', 'nom = "Avancement"', "title"),
        ("steps = [", "paliers = [", "steps"),
        ("questions = {", "poids = {", "questions"),
        ('at = { stage = ["s', 'ou = { stage = ["s', "at"),
        ('why = "Pour', 'pourquoi = "Pour', "why"),
        ("answers = {", "réponses = {", "answers"),
        ("expect = {", "attendu = {", "expect"),
        ("pathway = {", "parcours = {", "pathway"),
        ("summary = ", "résumé = ", "summary"),
    ],
)
def test_a_key_in_other_words_counts_as_what_it_means(old: str, new: str, meant: str) -> None:
    """It is told once, whatever accents it has, and nothing follows from it: the example is played all the same."""
    written = new.partition(" ")[0]
    compass = changed(changed(COMPASS, old, new), "avancement = 33 }", "avancement = 99 }")
    unknown, example = told(compass)
    assert unknown.endswith(f"unknown key “{written}”.\n    Did you mean “{meant}”?")
    assert "B401" in example


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ('source = "https://a', 'sourse = "https://a', "Did you mean “source”?"),
        ('url = "https://b', 'lien = "https://b', "Did you mean “url”?"),
        ('kind = "outil"', 'type = "outil"', "Did you mean “kind”?"),
        ('title = "Kit"', 'nom = "Kit"', "Did you mean “title”?"),
        ("checked = ", "date = ", "Did you mean “checked”?"),
        ("year = 2020", "date = 2020", "Write added or changed."),
        ("for = {", "pour = {", "Did you mean “for”?"),
        ("terms = [", "termes = [", "Did you mean “terms”?"),
        ('[[facet]]\nid = "kind"', '[[facette]]\nid = "kind"', "Write: [[facet]]"),
    ],
)
def test_a_key_of_a_catalogue_in_other_words(old: str, new: str, remedy: str) -> None:
    """Where several are as likely, they are named, and none is taken for it."""
    catalogue = CATALOGUE.replace("year = 2020\n", "") if "added" in remedy else CATALOGUE
    if "added" in remedy:
        old, new = "minutes = 90", "year = 2020\ndate = 2020-01-01"
    (one,) = told(catalogue=changed(catalogue, old, new))
    assert one.endswith(remedy)


@pytest.mark.parametrize(
    ("after", "key", "remedy"),
    [
        ('id = "vous"\n', 'renamed = { a = "profile" }', "Put it at the head of the file, before the tables."),
        ('type = "scale"\n', "minutes = { x = 1 }", "It belongs in [pathway]."),
        ('id = "nom"\n', "points = 3", "It belongs in options or [[rule]]."),
        ('title = "Un cas"\n', 'first = "kit"', "It belongs in expect."),
        ("format = 1\n", "weights = { stage = 1 }", "It belongs in [ranking]."),
        ('id = "nom"\n', 'medoc = ["kit"]', "It belongs in [[rule]]."),
        ("format = 1\n", "medoc = []", "It belongs in the catalogue, which is another file."),
        ("format = 1\n", "facet = []", "It belongs in the catalogue, which is another file."),
        ('ask = "Combien ?"\n', 'question = "Combien ?"', "“ask” is there already: take this one out."),
        ('ask = "Combien ?"\n', 'aks = "Combien ?"', "“ask” is there already: take this one out."),
    ],
)
def test_a_key_in_the_wrong_table_is_told_where_it_goes(after: str, key: str, remedy: str) -> None:
    """By the tables of the file, or the other file."""
    (one,) = told(changed(COMPASS, after, f"{after}{key}\n"))
    assert one.endswith(remedy)


def test_a_head_that_stands_after_a_table_is_one_problem() -> None:
    """None of its keys is missing as well."""
    tables, example = COMPASS.index("[[section]]"), COMPASS.index("[[example]]")
    (one,) = told(COMPASS[tables:example] + COMPASS[:tables] + COMPASS[example:])
    assert one.startswith("agir.toml:")
    assert "unknown key “format”." in one
    assert "Put it at the head of the file, before the tables." in one


def test_a_compass_under_the_name_of_the_catalogue_is_told_as_what_it_is() -> None:
    """And stops nothing else: its `[[place]]` are no facets without id."""
    assert "B206" in told(catalogue=COMPASS)[0]
