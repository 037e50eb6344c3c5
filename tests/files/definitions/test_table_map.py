"""Maps of tables: which columns and labels say which answers, and what may not stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.core.answers.table_map import CellReader, merge
from boussole.errors import BoussoleError, DefinitionError
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.definitions.table_map import load_map, read_map
from boussole.files.library import Library
from support.builders import catalogue_toml, compass_toml
from support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.core.answers.table_map import TableMap

CATALOGUE = read_catalogue(catalogue_toml(renamed={"presse": "medias"}).encode(), "medoc.toml")
COMPASS = read_compass(compass_toml(renamed={"qui": "profile"}).encode(), "agir.toml", CATALOGUE)
HEAD = 'format = 1\ncompass = "agir"\n'
HERE = "¤"


def read(text: str) -> TableMap:
    """Return the map of a text that lacks its first lines."""
    return read_map(f"{HEAD}{text}".encode(), "carte.toml", COMPASS, CATALOGUE)


def told(text: str, head: str = HEAD) -> list[tuple[str, str, str | None]]:
    """Return the code, the cause and the remedy of each problem of a text, in which each ¤ is where one is told."""
    marked = head + text
    before = marked.split(HERE)[:-1]
    starts = ["".join(before[: index + 1]) for index in range(len(before))]
    places = [(start.count("\n") + 1, len(start) - start.rfind("\n")) for start in starts]
    with pytest.raises(DefinitionError) as refused:
        read_map(marked.replace(HERE, "").encode(), "carte.toml", COMPASS, CATALOGUE)
    problems = refused.value.problems
    assert [(one.place.line, one.place.column) for one in problems if one.place] == places
    return [(one.code, one.what.in_("en"), one.remedy.in_("en") if one.remedy else None) for one in problems]


def test_a_map_says_what_each_column_answers() -> None:
    """Options as a text or a list, labels as they are written, in the order of the file."""
    table = read(
        """
[set]
moyens = ["temps", "argent"]
[[column]]
name = "Type"
list = "|"
default = { accord = "no" }
empty = {}
reject = ["Autre", ""]
[column.values]
"Région" = { profile = "etat", habitants = 3000 }
"Vague" = { profile = "" }
"Rien" = {}
[[column]]
name = "Confiance"
question = "confiance"
default = ""
empty = "?"
[column.values]
"Assez" = 1
"""
    )
    assert table.compass == "agir"
    assert table.set == {"moyens": ("argent", "temps")}
    kind, trust = table.columns
    assert (kind.name, kind.question, kind.separator, kind.reject) == ("Type", None, "|", ("Autre", ""))
    assert kind.labels == {"Région": {"profile": "etat", "habitants": 3000}, "Vague": {"profile": ""}, "Rien": {}}
    assert (kind.default, kind.empty) == ({"accord": "no"}, {})
    assert (trust.name, trust.question, trust.separator, trust.reject) == ("Confiance", "confiance", None, ())
    assert (trust.labels, trust.default, trust.empty) == (
        {"Assez": {"confiance": 1}},
        {"confiance": ""},
        {"confiance": "?"},
    )


def test_without_default_a_label_that_is_not_listed_rejects_its_row() -> None:
    (column,) = read('[[column]]\nname = "C"\nquestion = "profile"').columns
    assert (column.default, column.empty, column.labels) == (None, {}, {})


def test_a_label_undecided_whole_is_so_for_each_question_of_its_column() -> None:
    (column,) = read(
        '[[column]]\nname = "C"\nempty = { accord = "no" }\n[column.values]\na = ""\nb = { profile = "etat" }'
    ).columns
    assert column.labels["a"] == {"profile": "", "accord": ""}


def test_a_column_may_do_nothing_but_reject_rows() -> None:
    (column,) = read('[[column]]\nname = "C"\ndefault = {}\nreject = ["X"]').columns
    assert (column.questions, column.reject, column.default) == (frozenset(), ("X",), {})


def test_a_map_follows_what_was_renamed() -> None:
    """In the compass and in the catalogue, as old answers do."""
    one, two = read(
        '[[column]]\nname = "A"\nquestion = "qui"\n[column.values]\nx = "presse"\n'
        '[[column]]\nname = "B"\n[column.values]\nx = { qui = "presse", accord = "yes" }'
    ).columns
    assert (one.question, one.labels) == ("profile", {"x": {"profile": "medias"}})
    assert two.labels == {"x": {"profile": "medias", "accord": "yes"}}


def test_a_map_for_another_compass_is_refused() -> None:
    head = 'format = 1\ncompass = ¤"autre"\n'
    assert told('[set]\nnothing = "x"\n', head) == [
        ("M101", "this map is for the compass “autre”, not “agir”.", None),
    ]


def test_a_format_that_is_not_known_is_refused() -> None:
    assert [code for code, *_ in told("", 'format = ¤2\ncompass = "agir"\n')] == ["B006"]


def test_what_has_not_the_shape_of_a_map_is_told_at_its_place() -> None:
    found = told('¤colum = 1\n[[column]]\nname = ¤""\nlist = ¤""\nreject = [¤1]\n[column.values]\na = ¤true\n')
    assert [code for code, *_ in found] == ["B101", "B107", "B107", "B102", "B102"]
    assert found[0][2] == "“column” is there already: take this one out."


def test_a_question_that_does_not_exist_names_the_nearest() -> None:
    """Each where it is written: the key, or the value of `question`."""
    found = told(
        '[set]\n¤accor = "no"\n[[column]]\nname = "A"\nquestion = ¤"profil"\n[column.values]\nx = "no matter"\n'
        '[[column]]\nname = "B"\nreject = ["y"]\n[column.values]\nx = { ¤habitant = 1 }\n'
    )
    assert [code for code, *_ in found] == ["A101", "A101", "A101"]
    assert [remedy for *_, remedy in found] == [f"Did you mean “{id_}”?" for id_ in ("accord", "profile", "habitants")]


def test_what_a_question_does_not_accept_is_told_as_everywhere() -> None:
    found = told(
        '[set]\nmoyens = ¤["tant"]\nnom = ¤""\n[[column]]\nname = "A"\nquestion = "profile"\ndefault = ¤"eta"\n'
        '[column.values]\nx = ¤"media"\n[[column]]\nname = "B"\n[column.values]\n'
        'x = { habitants = ¤0 }\ny = { accord = ¤"?" }\n'
    )
    assert [(code, remedy) for code, _, remedy in found] == [
        ("A102", "Did you mean “argent”?"),
        ("A102", None),
        ("A102", "Did you mean “etat”?"),
        ("A102", "Did you mean “medias”?"),
        ("A104", "Write a whole number from 1 to 9000000."),
        ("A103", "Write no or yes."),
    ]


def test_names_and_labels_that_are_the_same_to_a_reader_are_refused() -> None:
    """Accents and case are ignored: nobody could tell which one counts."""
    found = told(
        '[[column]]\nname = "Été"\nquestion = "profile"\nreject = ["Non", ¤"NON", ¤"presse"]\n'
        '[column.values]\nPresse = "medias"\n¤"PRESSÉ" = "etat"\n[[column]]\nname = ¤"ete"\nquestion = "accord"\n'
    )
    assert [code for code, *_ in found] == ["M103", "M103", "M103", "M102"]
    assert found[-1][1] == "“ete” is already there."


def test_an_empty_cell_is_no_label() -> None:
    assert told('[[column]]\nname = "A"\nquestion = "profile"\n[column.values]\n¤" " = "etat"\n') == [
        ("B107", "it is empty.", "What an empty cell says is written under empty.")
    ]


def test_an_answer_without_its_question_is_refused() -> None:
    found = told('[[column]]\nname = "A"\nempty = { accord = "no" }\n[column.values]\nx = ¤"etat"\ny = ¤1\n')
    assert found == [("B102", "expected a table { … }.", None)] * 2


@pytest.mark.parametrize("rest", ["", 'list = "|"', "default = {}", '[column.values]\nx = ""'])
def test_a_column_that_answers_nothing_is_refused(rest: str) -> None:
    found = told(f'[[¤column]]\nname = "A"\n{rest}\n')
    assert [code for code, *_ in found] == ["M104"]


def test_a_question_answered_for_all_rows_is_answered_by_no_column() -> None:
    found = told(
        '[set]\naccord = "no"\nprofile = "etat"\n[[¤column]]\nname = "A"\nquestion = "accord"\n'
        '[[¤column]]\nname = "B"\ndefault = { profile = "etat" }\n'
    )
    assert [(code, what) for code, what, _ in found] == [
        ("M105", "[set] already answers “accord” for all rows."),
        ("M105", "[set] already answers “profile” for all rows."),
    ]


def test_a_file_that_is_not_there_is_an_error_like_another(tmp_path: Path) -> None:
    with pytest.raises(BoussoleError, match=r"carte\.toml"):
        load_map(tmp_path / "carte.toml", COMPASS)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda path: path.stem)
def test_the_example_maps_can_be_used_with_what_ships(path: Path) -> None:
    """Each label of theirs says answers that can stand together in a row."""
    library = Library(ROOT / "medoc.toml", ROOT / "compasses")
    pair = library.pair("agir-ensemble")
    table = load_map(path, pair.compass, pair.catalogue)
    assert table.columns
    for column in table.columns:
        assert column.labels
        reader = CellReader(pair.compass, column)
        for label in column.labels:
            assert merge(pair.compass, [reader.read(label.upper())]).problem is None


def test_the_example_maps_say_what_their_authors_decided() -> None:
    """A town is micro-local; what a label does not say is left undecided and not guessed."""
    pair = Library(ROOT / "medoc.toml", ROOT / "compasses").pair("agir-ensemble")
    (kind,) = load_map(ROOT / "examples/carte-collectivites.toml", pair.compass, pair.catalogue).columns
    read_kind = CellReader(pair.compass, kind).read
    assert read_kind("commune").answers == {"profile": "collectivites", "level": "micro-local"}
    assert read_kind("collectivite d’outre-mer").undecided == {"level"}
    subject, body = load_map(ROOT / "examples/carte-organisations.toml", pair.compass, pair.catalogue).columns
    assert CellReader(pair.compass, subject).read("Ingénierie").undecided == {"domain"}
    assert CellReader(pair.compass, body).read("DANJOUTIN").answers == {"profile": "collectivites"}
    assert CellReader(pair.compass, body).read("SDIS AIN").undecided == {"profile"}
