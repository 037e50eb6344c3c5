"""The catalogue and the compasses that ship are sound, well written and complete."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.authoring.check import Checked, check_files
from boussole.files.definitions.catalogue import load_catalogue
from boussole.files.definitions.compass import load_compass
from boussole.files.library import Library
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Example

COMPASSES = sorted(path.name for path in (ROOT / "compasses").glob("*.toml"))
FILES = ["medoc.toml", *(f"compasses/{name}" for name in COMPASSES)]
TEXTS = {"title", "ask", "help", "text", "hint", "why", "summary", "unit", "labels"}
each_compass = pytest.mark.parametrize("name", COMPASSES)
each_file = pytest.mark.parametrize("path", FILES)


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue."""
    return load_catalogue(ROOT / "medoc.toml")


@cache
def compass_named(name: str) -> Compass:
    """Return a shipped compass."""
    return load_compass(ROOT / "compasses" / name, catalogue())


@cache
def document_of(path: str) -> dict[str, Any]:
    """Return a shipped file as it is written."""
    return tomli.loads((ROOT / path).read_text(encoding="utf-8"))


def texts(node: object, key: str = "", where: str = "") -> Iterator[tuple[str, object]]:
    """Yield every text of a document, as it is written, with the keys that lead to it."""
    if key in TEXTS and not isinstance(node, list):
        yield where, node
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from texts(value, name, f"{where}.{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts(value, key, f"{where}[{index}]")


def broken(compass: Compass, example: Example) -> list[str]:
    """Return what an example expects and does not get, worked out apart from the engine's own checker."""
    answers = accepted(compass, Answers.given(example.answers))
    situation = situate(compass, answers)
    ranking = rank(compass, catalogue(), situation)
    expect = example.expect
    order = [item.medoc.id for item in ranking.recommendations]
    first = order[: expect.top or compass.weighting.top]
    wrong = [f"not first: {expect.first}"] if expect.first and order[:1] != [expect.first] else []
    wrong += [f"not in the first {len(first)}: {id_}" for id_ in expect.includes if id_ not in first]
    wrong += [f"in the first {len(first)}: {id_}" for id_ in expect.excludes if id_ in first]
    wrong += [
        f"{id_}: {situation.terms.get(id_)}" for id_, at in expect.places.items() if situation.terms.get(id_) != at
    ]
    wrong += [f"{id_}: {situation.axes.get(id_)}" for id_, at in expect.axes.items() if situation.axes.get(id_) != at]
    return (
        wrong
        + [f"missing: {id_}" for id_ in situation.missing]
        + [f"off path: {id_}" for id_ in set(answers) - set(situation.path)]
    )


def test_there_are_three_compasses() -> None:
    """The three that Le RAMEAU names."""
    assert COMPASSES == ["agir-ensemble.toml", "diversite-des-modeles.toml", "odd17-en-pratiques.toml"]


@each_compass
def test_every_worked_example_holds(name: str) -> None:
    """And there are at least six, each with a title, complete answers on the path, and something expected."""
    compass = compass_named(name)
    assert f"{compass.id}.toml" == name
    assert len(compass.examples) >= 6
    for example in compass.examples:
        assert example.title is not None
        assert example.expect.first or example.expect.includes
        assert broken(compass, example) == [], str(example.title)


@each_compass
def test_a_compass_is_short_and_explains_itself(name: str) -> None:
    """Twelve questions at most, and each of them says why it is asked."""
    questions = compass_named(name).questions.values()
    assert all(question.help is not None for question in questions)
    assert len(questions) <= 12


@each_file
def test_every_text_is_in_french_and_in_english(path: str) -> None:
    """Titles, questions, reasons for asking, options, hints, labels, whys: all but the titles of examples."""
    document = {key: value for key, value in document_of(path).items() if key != "example"}
    lacking = [
        where
        for where, text in texts(document)
        if not (isinstance(text, dict) and text.keys() >= {"fr", "en"} and all(text.values()))
    ]
    assert lacking == []


def french(path: str) -> Iterator[tuple[str, str]]:
    """Yield the French texts of a file, examples included."""
    for where, text in texts(document_of(path)):
        yield where, str(text["fr"]) if isinstance(text, dict) else str(text)


@each_file
def test_french_is_typeset_as_french(path: str) -> None:
    """Curly apostrophes, French quotes, no doubled or stray space, no-break spaces where they belong."""
    wrong = re.compile(
        r"['\"]"  # a straight apostrophe or quote
        r"|  |^\s|\s$"  # two spaces, or one at an end
        r"|(?<![\u00a0\u202f\d])[:](?!//)"  # a colon after anything but a no-break space (or in a time)
        r"|(?<![\u00a0\u202f?!])[;!?]"
        r"|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"
        r"|\.\.\."
    )
    found = [(where, text) for where, text in french(path) if wrong.search(text)]
    assert found == []


def test_the_catalogue_has_358_medoc() -> None:
    """At least, with unique ids, and the facets that were announced."""
    ids = [table["id"] for table in document_of("medoc.toml")["medoc"]]
    assert len(ids) >= 358
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    assert len(catalogue().medoc) == len(ids)
    assert [len(facet.terms) for facet in catalogue().facets.values()] == [10, 16, 5, 3, 4, 3, 5, 3]


def test_every_medoc_says_where_it_can_be_checked() -> None:
    """An address, or the number of a text gathered for this work."""
    for medoc in catalogue().medoc.values():
        assert medoc.source.startswith(("https://", "http://", "source:")), medoc.id


@pytest.mark.parametrize(("name", "rules"), [("agir-ensemble.toml", 2), ("odd17-en-pratiques.toml", 2)])
def test_the_rules_on_time_list_what_their_comments_say(name: str, rules: int) -> None:
    """All the MEDOC with at least the minutes written above each rule, and no other, in order."""
    text = (ROOT / "compasses" / name).read_text(encoding="utf-8")
    written = r"Liste = tous les MEDOC de (\d+) minutes et plus[^\n]*\n\[\[rule\]\]\n(.*?)\n(?=\n|\Z)"
    found = re.findall(written, text, re.DOTALL)
    assert len(found) == rules
    for minutes, rule in found:
        (listed,) = [one["medoc"] for one in tomli.loads(f"[[rule]]\n{rule}")["rule"]]
        long = sorted(one.id for one in catalogue().medoc.values() if (one.minutes or 0) >= int(minutes))
        assert listed == long


@each_compass
def test_the_rule_for_a_project_without_subject_lists_what_is_made_for_all(name: str) -> None:
    """All the MEDOC without a declared domain, but for those that are always left out, and no other."""
    text = (ROOT / "compasses" / name).read_text(encoding="utf-8")
    written = r"Liste = tous les MEDOC sans domaine déclaré[^\n]*\n\[\[rule\]\]\n(.*?)\n(?=\n|\Z)"
    (rule,) = re.findall(written, text, re.DOTALL)
    (listed,) = [one["medoc"] for one in tomli.loads(f"[[rule]]\n{rule}")["rule"]]
    rules = tomli.loads(text)["rule"]
    excluded = {one for rule in rules if rule.get("exclude") and not rule["when"] for one in rule["medoc"]}
    without = {one.id for one in catalogue().medoc.values() if not one.suits.get("domain")}
    assert listed == sorted(without - excluded)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda path: path.name)
def test_the_maps_that_ship_have_no_problem(path: Path) -> None:
    """Neither error, warning nor note, against the compass that ships."""
    library = Library(ROOT / "medoc.toml", ROOT / "compasses")
    assert check_files(library, [path], dt.date(2026, 11, 22)) == [Checked(path)]
