"""The catalogue and the compasses that ship are sound, well written and complete."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from boussole.cli.console import drawn
from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.interview import longest_path
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.authoring.check import check_files
from boussole.files.authoring.checked import Checked
from boussole.files.definitions.catalogue import load_catalogue
from boussole.files.definitions.compass import load_compass
from boussole.files.library import Library
from boussole.render.recommend.table import position_picture
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


def test_there_are_four_compasses() -> None:
    """The three that Le RAMEAU names, and one on the know-hows of one of its platforms."""
    assert COMPASSES == [
        "agir-ensemble.toml",
        "diversite-des-modeles.toml",
        "odd17-en-pratiques.toml",
        "sept-savoir-faire.toml",
    ]


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
    """Twelve questions at most on any path, and each of them says why it is asked."""
    compass = compass_named(name)
    assert all(question.help is not None for question in compass.questions.values())
    assert longest_path(compass) <= 12


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
        r"|(?<![\u00a0\u202f\d])[:](?!//|[A-Z])"  # a colon after no no-break space, not in a time or compar:IA
        r"|(?<![\u00a0\u202f?!])[;!?]"
        r"|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"
        r"|\.\.\."
    )
    found = [(where, text) for where, text in french(path) if wrong.search(text)]
    assert found == []


def test_the_catalogue_is_whole() -> None:
    """Unique ids, the facets that were announced, and an address of its own for nineteen MEDOC in twenty."""
    ids = [table["id"] for table in document_of("medoc.toml")["medoc"]]
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    assert len(catalogue().medoc) == len(ids)
    sizes = {facet.id: len(facet.terms) for facet in catalogue().facets.values()}
    announced = {
        "profile": 10,
        "domain": 16,
        "level": 5,
        "objective": 4,
        "kind": 5,
        "stage": 3,
        "need": 8,
        "region": 18,
    }
    assert {id_: sizes[id_] for id_ in announced} == announced
    assert sum(medoc.url is not None for medoc in catalogue().medoc.values()) >= 0.95 * len(ids)


def test_each_profile_finds_what_is_made_for_it_on_each_subject() -> None:
    """At least three MEDOC declare both."""
    made = Counter(
        (profile, domain)
        for medoc in catalogue().medoc.values()
        for profile in medoc.terms_on("profile")
        for domain in medoc.terms_on("domain")
    )
    facets = catalogue().facets
    thin = [
        (profile, domain, made[profile, domain])
        for profile in facets["profile"].terms
        for domain in facets["domain"].terms
        if made[profile, domain] < 3
    ]
    assert thin == []


def test_what_serves_every_subject_says_so() -> None:
    """The facet `scope` follows the domain: every subject where none is declared, one or a few elsewhere."""
    wrong = [
        medoc.id
        for medoc in catalogue().medoc.values()
        if medoc.terms_on("scope") != {"un-sujet" if medoc.terms_on("domain") else "tous-les-sujets"}
    ]
    assert wrong == []


def test_what_serves_in_one_region_only_is_not_shown_to_whoever_does_not_say_theirs() -> None:
    """Each MEDOC that declares a region has the contraindication."""
    for medoc in catalogue().medoc.values():
        subjects = [subject for caution in medoc.avoid for subject in caution.when.subjects()]
        assert not medoc.terms_on("region") or "region" in {subject.id for subject in subjects}, medoc.id


def test_every_medoc_says_where_it_can_be_checked() -> None:
    """An address, or the number of a text gathered for this work."""
    for medoc in catalogue().medoc.values():
        assert medoc.source.startswith(("https://", "http://", "source:")), medoc.id


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda path: path.name)
def test_the_maps_that_ship_have_no_problem(path: Path) -> None:
    """Neither error, warning nor note, against the compass that ships."""
    library = Library(ROOT / "medoc.toml", ROOT / "compasses")
    assert check_files(library, [path], dt.date(2026, 11, 22)) == [Checked(path)]


@pytest.mark.parametrize("language", ["fr", "en"])
@each_compass
def test_a_position_is_seen_at_once_on_a_usual_terminal(name: str, language: str) -> None:
    """In 80 columns and 24 rows, the last of which holds the keys, the whole position is on the screen."""
    compass = compass_named(name)
    for example in compass.examples:
        ranking = rank(compass, catalogue(), situate(compass, accepted(compass, Answers.given(example.answers))))
        lines = drawn(position_picture(ranking, language, 80, 23), 80)
        assert len(lines) <= 23, "\n".join(lines)
