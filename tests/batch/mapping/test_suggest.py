"""A map to start from: what columns and cells probably mean, and what is left to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.batch.mapping.similarity import OptionMatcher, normalise
from boussole.batch.mapping.suggest import MOST_LABELS, suggest_map, written
from boussole.core.answers.table_map import CellReader
from boussole.core.definitions.catalogue import Term
from boussole.files.definitions.table_map import read_map
from boussole.files.library import Library
from support.builders import make_catalogue, make_compass, make_facet, make_option, make_question, make_text
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.answers.table_map import TableMap
    from boussole.core.definitions.compass import Value

PROFILE = make_facet("profile", "x")._replace(
    title=make_text("Profil d’acteur", "Who you are"),
    terms={
        "collectivites": Term(
            "collectivites",
            make_text("Collectivité territoriale", "Local authority"),
            make_text("commune, intercommunalité, département…", "town, county"),
        ),
        "associations": Term("associations", make_text("Association", "Non-profit"), make_text("toute la France")),
        "syndicats": Term("syndicats", make_text("Syndicat ou partenaire social")),
    },
)
CATALOGUE = make_catalogue(facets=[PROFILE])
COMPASS = make_compass(
    make_question("profile", options=PROFILE)._replace(
        options={id_: make_option(id_)._replace(text=term.title, hint=None) for id_, term in PROFILE.terms.items()}
    ),
    make_question(
        "domain",
        "many",
        [
            make_option("eau")._replace(text=make_text("Eau et assainissement", "Water")),
            make_option("energie")._replace(text=make_text("Énergie propre", "Clean energy")),
            make_option("local")._replace(text=make_text("Commerce local")),
        ],
    ),
    make_question("confiance", "scale", labels=(make_text("Pas du tout"), make_text("Tout à fait"))),
    make_question("habitants", "number", required=False),
)


def proposed(columns: Mapping[str, Mapping[str, int]], known: Mapping[str, str] | None = None) -> str:
    """Return the map proposed for a table, in English."""
    return suggest_map(COMPASS, CATALOGUE, columns, known=known or {}, language="en")


def as_map(text: str) -> TableMap:
    """Return the map that a proposal is."""
    return read_map(text.encode(), "carte.toml", COMPASS, CATALOGUE)


def decided(label: str, question: str = "domain") -> Value:
    """Return what is proposed for a label of a column that answers `question`: "" where nothing is decided."""
    (column,) = as_map(proposed({"C": {label: 1}}, {"C": question})).columns
    said = CellReader(COMPASS, column).read(label)
    assert said.problem is None
    return said.answers.get(question, "")


@pytest.mark.parametrize(
    ("label", "question", "value"),
    [
        ("EAU", "domain", ("eau",)),
        ("Assainissement", "domain", ("eau",)),
        ("énergies propres", "domain", ("energie",)),
        ("Projet d’eau et d’assainissement", "domain", ("eau",)),
        ("Communes", "profile", "collectivites"),
        ("partenaires sociaux", "profile", ""),
        ("Partenaire social", "profile", "syndicats"),
        ("Pas du tout", "confiance", 0),
    ],
)
def test_an_option_is_proposed_where_the_words_are_the_same(label: str, question: str, value: Value) -> None:
    """Its id, its title, or what its title or hint lists; accents, case and plurals ignored."""
    assert decided(label, question) == value


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ("Local commercial", "domain"),
        ("Hors énergie", "domain"),
        ("Énergétique", "domain"),
        ("France", "profile"),
        ("Eau et assainissement - énergie propre", "domain"),
        ("de la", "domain"),
        ("!", "domain"),
        ("Tout", "confiance"),
    ],
)
def test_what_is_only_near_is_left_undecided(label: str, question: str) -> None:
    """One word among others, a word of the same root, two options at once, or no word at all."""
    text = proposed({"C": {label: 1}}, {"C": question})
    assert f'{written(label)} = ""  # 1' in text


def test_each_label_has_its_count_and_the_nearest_options_most_frequent_first() -> None:
    counts = {"Hors énergie": 3, "HORS ENERGIE": 4, "Sans eau": 12, "Zzz": 1}
    assert proposed({"Thème": counts}, {"Thème": "domain"}).endswith(
        """[[column]]
name = "Thème"
question = "domain"
[column.values]
"Sans eau" = ""  # 12 · eau 99
"HORS ENERGIE" = ""  # 7 · energie 99
"Zzz" = ""  # 1
"""
    )


ALIKE = make_compass(
    make_question("accord", "one", [make_option("oui"), make_option("non")]),
    make_question("engagement", "one", [make_option("oui"), make_option("non")]),
    make_question("domaine", "one", [make_option("eau"), make_option("sol")]),
    make_question("domaines", "many", [make_option("eau"), make_option("climat")]),
)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("Réponse", {"Oui": 4, "Non": 2}),
        ("Domaine", {"eau": 3}),  # by its name, one question or the other
        ("Sujet", {"Eau": 3}),
    ],
)
def test_what_more_than_one_question_matches_is_undecided(name: str, labels: dict[str, int]) -> None:
    """A label is proposed for one question only, or for none: whose column it is, its author knows."""
    text = suggest_map(ALIKE, CATALOGUE, {name: labels}, language="en")
    assert "# Near several questions" in text
    (column,) = read_map(text.encode(), "carte.toml", ALIKE, CATALOGUE).columns
    for label in labels:
        said = CellReader(ALIKE, column).read(label)
        assert said.answers == {}
        assert len(said.undecided) > 1


def test_a_column_whose_labels_are_near_several_questions_answers_each() -> None:
    """In the order of the compass; the author keeps the right ones."""
    both = proposed({"Quoi": {"Association locale": 2, "Communes d’eau": 1}})
    assert "# Near several questions (profile, domain): keep the right ones." in both
    (column,) = as_map(both).columns
    assert column.questions == {"profile", "domain"}


def test_a_column_answers_the_question_it_is_named_after() -> None:
    """By the question's id, or by the facet's title, whatever its values."""
    for name in ("PROFIL", "profile", "Profil d'acteur", "Domaine"):
        text = proposed({name: {"Zzz": 1}})
        assert ('question = "profile"' in text) == name.lower().startswith("profil")


def test_what_is_an_answer_as_it_stands_is_not_listed() -> None:
    text = proposed({"domain": {"eau": 2, "Clean energy": 1, "Autre": 1}})
    assert "# 2 labels are answers as they stand." in text
    (column,) = as_map(text).columns
    assert list(column.labels) == ["Autre"]
    assert "[column.values]" not in proposed({"domain": {"eau": 2}})


def test_lists_in_cells_are_parted() -> None:
    """Where what they hold comes again; a comma in a sentence is no separator."""
    cells = {"eau;énergie": 4, "énergie;rural": 2, "rural": 1, "eau;rural": 1}
    (column,) = as_map(proposed({"C": cells}, {"C": "domain"})).columns
    assert column.separator == ";"
    assert list(column.labels) == ["rural"]
    text = proposed({"C": {"Eau, gaz": 4, "Terre": 2, "Air": 1}}, {"C": "domain"})
    assert "list =" not in text
    assert '"Eau, gaz" = ""  # 4' in text


def test_empty_cells_are_counted_and_need_no_label() -> None:
    text = proposed({"C": {"": 2, " ": 1, "\u0301": 1, "Autre": 1}}, {"C": "domain"})
    assert "# 4 empty cells: no answer." in text
    assert list(as_map(text).columns[0].labels) == ["Autre"]


def test_columns_that_answer_nothing_are_left_aside_with_the_reason() -> None:
    many = {f"eau {number}": 1 for number in range(MOST_LABELS + 1)}
    text = proposed(
        {"Nom": many, "Région": {"Bretagne": 3}, "domain": {"eau": 1}, "DOMAIN": {"eau": 1}, "": {"eau": 1}}
    )
    assert text.endswith(
        """# Columns left aside:
#   "Nom": 201 different values.
#   "Région": no question is near its name or its values.
#   "DOMAIN": it has no name of its own.
#   "": it has no name of its own.
"""
    )
    assert [column.name for column in as_map(text).columns] == ["domain"]


def test_a_column_of_very_many_values_is_left_aside_at_once() -> None:
    columns = {"Nom": {"": 2} | {f"Nom {number}": 1 for number in range(12_000)}}
    assert proposed(columns).endswith('#   "Nom": 12000 different values.\n')
    assert "# 2 empty cells: no answer." in proposed(columns, {"Nom": "domain"})
    assert "# 11800 labels are not listed." in proposed(columns, {"Nom": "domain"})


def test_a_column_that_somebody_asked_for_has_its_first_labels_listed() -> None:
    many = {f"v{number:03}": 1 for number in range(MOST_LABELS + 5)} | {"long " * 1000: 9}
    text = proposed({"Nom": many}, {"Nom": "domain"})
    assert "# 6 labels are not listed." in text
    (column,) = as_map(text).columns
    assert list(column.labels) == [f"v{number:03}" for number in range(MOST_LABELS)]


def test_numbers_need_no_label() -> None:
    """However many they are; what is no number is to be decided."""
    text = proposed({"Habitants": {str(number): 1 for number in range(1000)} | {"n. c.": 2000}})
    (column,) = as_map(text).columns
    assert (column.question, list(column.labels)) == ("habitants", ["n. c."])
    assert "answers as they stand" not in text
    assert "labels are not listed" not in text


def test_the_options_that_may_be_written_are_told() -> None:
    text = proposed({"domain": {"Zzz": 1}, "confiance": {"Zzz": 1}})
    assert '# domain:\n#   "eau"  Water\n#   "energie"  Clean energy\n#   "local"  Commerce local\n' in text
    assert "# confiance:\n#   0  Pas du tout\n#   1  Tout à fait\n" in text


def test_the_comments_are_in_the_language_asked_for() -> None:
    text = suggest_map(COMPASS, CATALOGUE, {"domain": {"Zzz": 2}, "Q": {}})
    assert text.startswith("# Une proposition à relire")
    assert '#   "Q"\u00a0: aucune question n’est proche' in text


def test_a_compass_of_texts_only_has_nothing_near() -> None:
    compass = make_compass(make_question("note", "text"))
    text = suggest_map(compass, CATALOGUE, {"C": {"x": 1}, "Note": {"Bien": 1}})
    assert [column.name for column in read_map(text.encode(), "f", compass).columns] == ["Note"]


def test_what_cannot_be_seen_is_escaped() -> None:
    """A label must neither end its line nor command the terminal that shows the map."""
    assert (
        written('a"\\\n\x1b[31m\x7f\u202e\u2028\U000e0001')
        == '"a\\"\\\\\\n\\u001b[31m\\u007F\\u202E\\u2028\\U000E0001"'
    )
    assert written("\ud800") == '"?"'
    assert written(("a", "b")) == '["a", "b"]'


def test_likeness_goes_from_0_to_100_and_100_is_the_same_words() -> None:
    likeness = OptionMatcher(COMPASS, CATALOGUE, COMPASS.questions["domain"])
    assert likeness.nearest("eau")[0] == ("eau", 100)
    assert likeness.nearest("Hors énergie")[0].score == 99
    assert {near.score for near in likeness.nearest("de la")} == {0}
    assert likeness.header("Domains") == 100
    assert likeness.header("??") == 0
    assert normalise("Les Énergies propres, d’ici") == "energie propre ici"


LABELS = st.text(max_size=12) | st.sampled_from(["eau", "Énergie propre", "a;b", "x|eau", "a, b", "=1+1", "#", '"'])


@given(
    st.dictionaries(
        st.text(max_size=8) | st.sampled_from(["domain", "profile", "habitants"]),
        st.dictionaries(LABELS, st.integers(1, 9), max_size=6),
        max_size=4,
    ),
    st.sampled_from(["", "domain", "profile", "confiance", "habitants"]),
)
def test_whatever_the_table_its_map_can_be_read_and_rejects_none_of_its_cells(
    columns: dict[str, dict[str, int]], question: str
) -> None:
    """Each value is listed, an answer, or empty: nothing is lost on the way."""
    columns = {name.replace("\ud800", ""): counts for name, counts in columns.items()}
    known = dict.fromkeys(columns, question) if question else {}
    for column in as_map(proposed(columns, known)).columns:
        reader = CellReader(COMPASS, column)
        assert [value for value in columns[column.name] if reader.read(value).problem] == []


def test_the_real_lists_of_options_are_suggested_from_what_ships() -> None:
    """« Commune » is both an authority and a place: a person decides. Regions are answers; colours are not."""
    pair = Library(ROOT / "medoc.toml", ROOT / "compasses").pair("agir-ensemble")
    counts = {"Commune": 120, "Communauté de communes": 40, "Département": 20, "Métropole": 20}
    text = suggest_map(
        pair.compass, pair.catalogue, {"Type": counts, "Région": {"Bretagne": 9}, "Couleur": {"mauve": 2}}
    )
    column, region = read_map(text.encode(), "carte.toml", pair.compass, pair.catalogue).columns
    assert column.labels == {
        "Commune": {"profile": "", "level": ""},
        "Communauté de communes": {"profile": "", "level": ""},
        "Département": {"profile": "", "level": ""},
        "Métropole": {"profile": "", "level": "local"},
    }
    assert (region.name, region.question) == ("Région", "region")


def test_a_proposal_names_the_schema_by_which_editors_help() -> None:
    """On its first line, a blank line below, as other files do; without one, nothing."""
    plain = proposed({"domain": {"Zzz": 2}})
    text = suggest_map(COMPASS, CATALOGUE, {"domain": {"Zzz": 2}}, language="en", schema="schemas/map.en.json")
    assert text == f"#:schema schemas/map.en.json\n\n{plain}"
    assert as_map(text) == as_map(plain)
