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


def test_a_question_with_an_id_that_is_none_is_what_others_mean() -> None:
    """The id proposed is the one that they have; where they have the same one, they mean it too."""
    (one,) = told(changed(COMPASS, 'id = "moyens"', 'id = "Moyens"'))
    assert one.endswith("Write “moyens”: lower-case letters, digits, - and _, at most 80 characters.")
    (one,) = told(COMPASS.replace("moyens", "Moyens").replace("Moyens = ", '"Moyens" = '))
    assert "B104" in one
    (one,) = told(catalogue=changed(CATALOGUE, 'id = "kit"', 'id = "Kit"'))
    assert "Write “kit”" in one


def test_of_two_questions_with_one_id_nothing_else_is_judged() -> None:
    """Nobody knows which of them an example answers, or a condition looks at."""
    twin = '[[question]]\nid = "moyens"\ntype = "number"\nask = "Combien ?"\n\n'
    (one,) = told(changed(COMPASS, "[[axis]]", f"{twin}[[axis]]"))
    assert "B105" in one


def test_how_many_decimals_is_one_problem() -> None:
    """Neither the bounds of the question, nor conditions, nor examples are judged by it."""
    compass = COMPASS.replace("min = 1\nmax = 9000000", "decimals = 9\nmin = 1.5\nmax = 9000000.25")
    (one,) = told(compass.replace("max = 1999", "max = 1999.5").replace("habitants = 100", "habitants = 100.5"))
    assert "B106" in one
    (one,) = told(compass.replace("decimals = 9", 'decimals = "deux"'))
    assert "B102" in one


def test_the_question_of_the_time_that_cannot_be_read_is_one_problem() -> None:
    """It is there all the same."""
    moyens = COMPASS.replace("pathway = { size = 4 }", 'pathway = { minutes = { question = "temps", peu = 30 } }')
    temps = '[[question]]\nid = "temps"\ntype = "truc"\nask = "Quand ?"\noptions = [{ id = "peu", text = "Peu" }]\n\n'
    (one,) = told(changed(moyens, "[[axis]]", f"{temps}[[axis]]"))
    assert "is not a valid word here" in one


def test_what_a_facet_is_computed_from_is_one_problem() -> None:
    """Its bounds are not said to be of no use."""
    terms = 'terms = [{ id = "a", title = "A", upto = 3 }]\n\n'
    facet = f'[[facet]]\nid = "t"\ntitle = "T"\nordered = true\nfrom = "hours"\n{terms}'
    (one,) = told(catalogue=changed(CATALOGUE, "[[medoc]]", f"{facet}[[medoc]]"))
    assert "“hours” is not a valid word here" in one


def test_facets_in_a_file_that_extends_a_catalogue_are_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """The MEDOC are not judged by the facets of the other one."""
    Path("far").mkdir()
    Path("far/medoc.toml").write_text(CATALOGUE.replace('"outil"', '"tool"').replace('"etat"', '"state"'), "utf-8")
    monkeypatch.setattr("boussole.files.library.user_folder", lambda: Path("far"))
    layer = CATALOGUE.replace('id = "le-rameau"', 'id = "mien"\nextends = "le-rameau"')
    Path("medoc.toml").write_text(layer, "utf-8")
    (checked,) = check_files(Library(), [Path("medoc.toml")], dt.date(2026, 11, 23))
    (one,) = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert one.code == "B319"


def test_an_intended_hole_is_not_judged_by_half_a_compass() -> None:
    """What cannot be read may place people there."""
    hole = '[[intended]]\nat = { profile = "etat" }\n\n'
    compass = changed(COMPASS, 'facet = "profile"', 'facet = "profil"')
    Path("medoc.toml").write_text(CATALOGUE, "utf-8")
    Path("agir.toml").write_text(changed(compass, "[[example]]", f"{hole}[[example]]"), "utf-8")
    (checked,) = check_files(Library(), [Path("agir.toml")], dt.date(2026, 11, 23))
    assert "B543" not in {one.code for one in checked.problems}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("max = 2", 'max = "2"', "max = 2"),
        ("required = false", 'required = "non"', "required = false"),
        ("alone = true", 'alone = "oui"', "alone = true"),
        ('medoc = ["kit"]', 'medoc = "kit"', 'medoc = ["kit"]'),
        ('version = "1"', "version = 1.5", 'version = "1.5"'),
        ("max = 1999", 'max = "1999"', "max = 1999"),
        ("confiance = 0 }", 'confiance = "0" }', "0"),
        ("points = 50", 'points = "50 points"', "points = 50"),
        ("ranking = { top = 5,", "ranking = { top = 5.0,", "top = 5"),
    ],
)
def test_a_value_of_another_kind_is_written_as_it_is_meant(old: str, new: str, line: str) -> None:
    """Where that is plain; put in its place, it mends the file."""
    (one,) = told(changed(COMPASS, old, new))
    assert one.endswith(f"Write: {line}")


def test_a_header_with_brackets_too_many() -> None:
    """The header is written out."""
    (one,) = told(changed(COMPASS, "pathway = { size = 4 }", "") + "\n[[pathway]]\nsize = 4\n")
    assert one.endswith("Write: [pathway]")


@pytest.mark.parametrize("empty", ["", "\n\n", "# rien\n"])
def test_a_file_with_nothing_in_it_is_one_problem(empty: str) -> None:
    """None of its keys is missing, no question, no example."""
    assert told(compass=empty) == ["agir.toml:1:1: B107 it is empty.\n    boussole new writes a file to begin with."]
    assert told(catalogue=empty)[0] == told(compass=empty)[0].replace("agir", "medoc")
    (checked,) = check_files(Library(), [Path("agir.toml")], dt.date(2026, 11, 23))
    assert len(checked.problems) == 1


def test_what_lacks_a_line_that_is_no_toml_is_not_told() -> None:
    """The options that could not be kept."""
    (one,) = told(changed(COMPASS, "options = [", "options = [ ?? !! "))
    assert "B004" in one


def test_a_catalogue_without_facets_is_one_problem() -> None:
    """The terms of every MEDOC are not; most often, `extends` is what it lacks."""
    (one,) = told(catalogue=CATALOGUE[: CATALOGUE.index("[[facet]]")] + CATALOGUE[CATALOGUE.index("[[medoc]]") :])
    assert "the facet “kind” is missing" in one


def test_what_is_extended_under_no_id_is_one_problem() -> None:
    """It is not looked for."""
    tables = CATALOGUE[CATALOGUE.index("[[medoc]]") :]
    head = CATALOGUE[: CATALOGUE.index("[[facet]]")]
    (one,) = told(catalogue=f'{head}extends = "Autre Catalogue"\n\n{tables}')
    assert "Write “autre-catalogue”" in one


def test_a_link_is_where_a_medoc_comes_from_if_that_is_what_it_lacks() -> None:
    """Else it is its address."""
    (one,) = told(catalogue=changed(CATALOGUE, 'source = "https://a', 'lien = "https://a'))
    assert one.endswith("Did you mean “source”?")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("max = 2", "max = “2”", "max = 2"), ("points = 50", "points = 50,5", None), ("max = 2", "max = 2,", "max = 2")],
)
def test_a_slip_in_a_value_of_another_kind_is_one_problem(old: str, new: str, line: str | None) -> None:
    """What is told mends it."""
    (one,) = told(changed(COMPASS, old, new))
    assert one.endswith(f"Write: {line}" if line else "expected a whole number.")
