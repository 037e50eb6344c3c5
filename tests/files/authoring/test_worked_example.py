"""A finished session as an example to paste: it says what was answered, and holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.check.examples import failed_expectations
from boussole.core.interview import next_question
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.answers.saved import tuples
from boussole.files.authoring.worked_example import example_toml
from boussole.files.definitions.compass import read_compass
from support.builders import (
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_place,
    make_question,
    question,
)
from support.samples import COMPASS, FULL_ANSWERS, NAUGHTY, TEXTS, catalogue, compass
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.ranking import Recommendation

PROFILE = make_facet("profile", "etat", "medias")
LEVEL = make_facet("level", "loin", "pres", "tres-pres", ordered=True)
CATALOGUE = make_catalogue(*(make_medoc(id_) for id_ in "abcdefg"), facets=[PROFILE, LEVEL])


def _ranked(asked: Compass, made: Catalogue, answers: Answers) -> tuple[Recommendation, ...]:
    return rank(asked, made, situate(asked, answers)).recommendations


def printed(answers: Answers) -> str:
    """Return the example of the sample compass."""
    return example_toml(compass(), catalogue(), answers)


def pasted(example: str) -> list[str]:
    """Return what an example says against the sample compass when it is pasted at its end, in English."""
    read = read_compass(f"{COMPASS}\n{example}".encode(), "essai.toml", catalogue())
    assert len(read.examples) == 2
    return [one.in_("en") for one in failed_expectations(read, catalogue(), read.examples[1])]


def test_an_example() -> None:
    """Who it is, what was answered in the order of the questions, what came of it: three lines to paste."""
    answers = accepted(compass(), Answers.given({**FULL_ANSWERS, "nom": "off the path"}))
    assert printed(answers) == (
        "[[example]]\n"
        'title = "Commune, Eau"\n'
        'answers = { profile = "commune", domain = ["eau"], confiance = 1, accord = "no", moyens = "aucun", '
        "habitants = 1500 }\n"
        'expect = { first = "offre-beta", top = 5, includes = ["offre-beta", "charte", "atlas"], '
        "axes = { accord-axe = 0, confiance-axe = 50, moyens-axe = 0 } }\n"
    )
    assert pasted(printed(answers)) == []


def test_no_answers() -> None:
    """An example of somebody who is not described yet."""
    assert '\ntitle = "À compléter"\nanswers = {}\n' in printed(Answers())
    assert pasted(printed(Answers())) == []


def test_places_that_more_than_a_question_decides() -> None:
    """Options, axes and placements; what a question about the facet says alone is in the answers already."""
    options = [make_option("x", 1, stage=["agir"]), make_option("y", 0)]
    asked = make_compass(
        make_question("profile", options=PROFILE),
        make_question("one", options=options),
        axes=[make_axis("avance", {"one": 1}, "level", loin=0, pres=50)],
        placements=(make_place(is_(question("one"), "x"), level=["tres-pres"]),),
        top=2,
    )
    given_ = Answers.of(profile="etat", one="x")
    (example,) = tomli.loads(example_toml(asked, CATALOGUE, given_))["example"]
    assert example["expect"] == {
        "first": "a",
        "top": 2,
        "includes": ["a", "b"],
        "places": {"level": ["pres", "tres-pres"], "stage": "agir"},
        "axes": {"avance": 100},
    }


def test_nothing_fits() -> None:
    """An empty list: there is nothing to expect of it."""
    bare = make_compass(make_question("one"))
    (example,) = tomli.loads(example_toml(bare, make_catalogue(), Answers.of(one="a")))["example"]
    assert example["expect"] == {"top": 5}


def test_a_title_is_short() -> None:
    """It holds as many terms as fit on a line."""
    terms = [f"terme-numero-{number}" for number in range(20)]
    many = make_facet("theme", *terms)
    asked = make_compass(make_question("theme", "many", many))
    text = example_toml(asked, make_catalogue(facets=[many]), Answers.of(theme=tuple(terms)))
    (example,) = tomli.loads(text)["example"]
    assert example["title"] == ", ".join(term.upper() for term in terms[:5])
    assert len(example["title"]) <= 80


@given(st.data())
def test_any_finished_session_passes_as_an_example(data: st.DataObject) -> None:
    """Whatever the compass: what is printed is what it gives, and answers only what is on the path."""
    made = data.draw(catalogues())
    asked = data.draw(compasses(made))
    answers = Answers()
    while (left := next_question(asked, answers)) is not None:
        answers = answers.put(left.id, data.draw(values(left)))
    (table,) = tomli.loads(example_toml(asked, made, answers))["example"]
    expect = table["expect"]
    ranked = [one.medoc.id for one in _ranked(asked, made, answers)]
    assert expect.get("first") == (ranked[0] if ranked else None)
    assert expect.get("includes", []) == ranked[: min(3, expect["top"])]
    kept = Answers.given(tuples(table["answers"]))
    assert accepted(asked, kept) == kept
    assert [one.medoc.id for one in _ranked(asked, made, kept)] == ranked
    assert expect.get("axes", {}) == dict(situate(asked, answers).axes)


@given(TEXTS.filter(str.strip))
def test_any_text_comes_back(text: str) -> None:
    """Letter by letter, but for what is no character."""
    (example,) = tomli.loads(printed(Answers.of(nom=text)))["example"]
    assert example["answers"]["nom"] == text.encode(errors="replace").decode()


def test_naughty_texts_can_be_pasted() -> None:
    """Whatever somebody typed."""
    for text in filter(str.strip, NAUGHTY):
        assert pasted(printed(Answers.of(nom=text))) == []
