"""What is sound of a file with errors: reviewed as if it stood alone, told at its place in the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boussole.errors import grouped
from boussole.files.authoring.check import check_files
from boussole.files.library import Library
from support.builders import catalogue_toml

if TYPE_CHECKING:
    from boussole.errors import Problem

HEAD = 'format = 1\nid = "essai"\nversion = "1"\nlanguage = "fr"\ncatalogue = "le-rameau"\ntitle = "Essai"\n'
FIRST = '[[question]]\nid = "first"\ntype = "yes-no"\nask = "Un"\n'
PROFILE = '[[question]]\nid = "profile"\ntype = "one"\nfacet = "profile"\nask = "Qui"\n'
ALWAYS = '[[question]]\nid = "always"\ntype = "yes-no"\nask = "Trois"\nwhen = { first = ["yes", "no"] }\n'
BROKEN = '[[question]]\nid = "broken"\ntype = "yes-non"\nask = "Deux"\n'
RULE = '[[rule]]\nmedoc = ["kit"]\npoints = 1\nwhen = '
BAD_RULE = '[[rule]]\nwhen = { first = "yes" }\nmedoc = ["kitt"]\npoints = 1\n'
EXAMPLE = '[[example]]\nanswers = { first = "yes" }\nexpect = { first = "kit" }\n'
WEIGHTS = "[ranking]\nweights = { profile = 1 }\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with a catalogue, and nothing of the user's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    Path("medoc.toml").write_text(catalogue_toml(), encoding="utf-8")


def problems(text: str, name: str = "essai.toml") -> tuple[Problem, ...]:
    """Return what is found in a file of this content."""
    Path(name).write_text(text, encoding="utf-8")
    (checked,) = check_files(Library(), [Path(name)], dt.date(2026, 11, 23))
    return checked.problems


def told(*tables: str) -> list[tuple[str, int]]:
    """Return the codes found in a compass of these tables, each with the number of its table: 0 is the header."""
    text = HEAD + "".join(tables)
    starts = [len(HEAD) + sum(map(len, tables[:number])) for number in range(len(tables))]
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    return [
        (one.code, sum(one.place.line >= line for line in lines)) for one in problems(text) if one.place is not None
    ]


def test_an_error_does_not_hide_what_is_always_asked() -> None:
    """Each doubt stands in its own table, although one before it was taken out."""
    assert told(FIRST, BROKEN, ALWAYS) == [("B529", 0), ("B102", 2), ("B502", 3)]


def test_what_looks_at_something_broken_is_not_judged() -> None:
    """Nor what looks at that."""
    looks = '[[question]]\nid = "looks"\ntype = "yes-no"\nask = "Quatre"\nwhen = { broken = ["yes", "no"] }\n'
    rule = RULE + '{ looks = ["yes", "no"] }\n'
    assert told(FIRST, BROKEN, looks, rule) == [("B529", 0), ("B102", 2)]


def test_a_facet_that_something_broken_may_place_on_is_not_judged() -> None:
    """Nobody knows that nobody is placed there; where a table cannot be read, that is so of every facet."""
    place = '[[place]]\nwhen = { first = "oui" }\nat = { stage = "agir" }\n'
    never = RULE + '{ stage = "agir" }\n'
    assert told(FIRST, RULE + '{ stage = "agir" }\n') == [("B529", 0), ("B503", 2)]
    assert told(FIRST, place, never, WEIGHTS) == [("B529", 0), ("B204", 2)]
    unread = '[[question]]\nid = "x"\ntype = "one"\nzzz = "stage"\nask = "Quoi"\n'
    assert [code for code, _ in told(FIRST, unread, never, WEIGHTS)] == ["B529", "B306", "B101"]


def test_examples_are_played_where_what_is_broken_changes_no_ranking() -> None:
    """Another example, a title; not a rule, which might be what the example expects."""
    other = '[[example]]\nanswers = { second = "yes" }\nexpect = { }\n'
    assert told(FIRST, EXAMPLE, other) == [("B401", 2), ("B205", 3)]
    assert told(FIRST, BAD_RULE, EXAMPLE) == [("B206", 2)]
    assert told('titre = "x"\n', FIRST, EXAMPLE) == [("B101", 1)]


def test_a_medoc_with_an_error_does_not_hide_the_age_of_another() -> None:
    """At its own place."""
    text = catalogue_toml().replace("checked = 2026-11-22", "checked = 2020-11-22").replace('"donnee"\n', '"données"\n')
    assert [(one.code, one.subject) for one in problems(text, "medoc.toml")] == [
        ("B524", 'medoc "kit"'),
        ("B202", 'medoc "atlas"'),
    ]


def test_one_cause_is_one_problem() -> None:
    """However many places refer to what is not there, by whatever road."""
    condition = RULE + '{ prefil = "etat" }\n'
    weights = "[ranking]\nweights = { prefil = 1 }\n"
    asks = PROFILE.replace('facet = "profile"', 'facet = "prefil"')
    (one,) = grouped(one for one in problems(HEAD + FIRST + asks + condition + weights) if one.code < "B5")
    assert (one.code, len(one.others)) == ("B201", 2)
    assert one.in_("en").endswith("Also at 2 more places: lines 19 and 21.")
    assert one.in_("fr").endswith("Et à 2 autres endroits\u00a0: lignes 19 et 21.")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((3,), "Also at 1 more place: line 3."),
        ((3, 3), "Also at 2 more places: line 3."),
        (tuple(range(1, 9)), "Also at 8 more places: lines 1, 2, 3, 4, 5…"),
    ],
)
def test_how_other_places_are_said(lines: tuple[int, ...], said: str) -> None:
    """Each line once, and no more than a few."""
    (problem,) = [one for one in problems(HEAD + BROKEN) if one.code == "B102"]
    assert problem._replace(others=lines).in_("en").endswith(said)


def test_a_rename_is_the_first_remedy() -> None:
    """A word of a former version leads to what it is called now, whatever else resembles it."""
    renamed = catalogue_toml().replace("licence =", 'renamed = { kitt = "atlas" }\nlicence =')
    Path("medoc.toml").write_text(renamed, encoding="utf-8")
    (problem,) = [one for one in problems(HEAD + FIRST + BAD_RULE) if one.code == "B206"]
    assert problem.remedy is not None
    assert problem.remedy.in_("en") == "It was renamed: write “atlas”."


def test_a_catalogue_that_is_not_there_hides_nothing_else() -> None:
    """It has a code, a place and the nearest one; what needs no catalogue is checked."""
    found = problems(HEAD.replace("le-rameau", "le-ramo") + FIRST.replace("yes-no", "yes-non"))
    assert [(one.code, one.place.line if one.place else 0) for one in found] == [("B210", 5), ("B102", 9)]
    assert found[0].remedy is not None
    assert found[0].remedy.in_("en") == "Did you mean “le-rameau”?"
