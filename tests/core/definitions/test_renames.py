"""Old ids of questions, options and terms are followed to today's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.definitions.renames import carried_over, current
from support.builders import make_catalogue, make_compass, make_facet, make_question
from support.strategies import catalogues, compasses, values

PROFILE = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(facets=[PROFILE])._replace(renamed={"presse": "medias", "a": "etat"})
COMPASS = make_compass(
    make_question("profile", options=PROFILE, required=False),
    make_question("moyens", "many", ("a", "b", "c")),
    make_question("accord", "yes-no"),
    make_question("confiance", "scale"),
    make_question("nom", "text"),
    renamed={"budget": "moyens", "sous": "budget", "z": "a", "oui": "yes", "presse": "a", "?": "a", "Z": "a"},
)


def carried(**answers: Any) -> dict[str, Any]:  # noqa: ANN401 - any answers
    """Return answers under the names of the compass."""
    return carried_over(COMPASS, CATALOGUE, answers)


@pytest.mark.parametrize(
    ("word", "now"),
    [
        ("a", "a"),
        ("b", "a"),
        ("c", "a"),
        ("d", "d"),
        ("lost", "lost"),
        ("round", "round"),
        ("about", "about"),
    ],
)
def test_a_word_is_followed_to_the_end(word: str, now: str) -> None:
    """A known word stays, a chain is followed to the first known one, what leads nowhere or in a circle stays."""
    renamed = {"a": "d", "b": "a", "c": "b", "lost": "nowhere", "round": "about", "about": "round"}
    assert current(word, renamed, {"a", "d"}) == now


def test_questions_follow() -> None:
    """Also through several renames; a question that is still there, or was never renamed, stays."""
    assert carried(budget=("b",)) == {"moyens": ("b",)}
    assert carried(sous=("b",)) == {"moyens": ("b",)}
    assert carried(moyens=("b",), autre="x") == {"moyens": ("b",), "autre": "x"}


def test_options_follow() -> None:
    """One by one in a list, also of a question that was itself renamed; a yes-no has options too."""
    assert carried(budget=("z", "b")) == {"moyens": ("a", "b")}
    assert carried(accord="oui") == {"accord": "yes"}


def test_terms_follow_by_the_catalogue() -> None:
    """And options by the compass: each word by the file that declares it, and only words that are gone."""
    assert carried(profile="presse") == {"profile": "medias"}
    assert carried(profile="z") == {"profile": "z"}
    assert carried(profile="a", moyens=("a", "presse")) == {"profile": "etat", "moyens": ("a", "a")}
    assert carried_over(COMPASS, None, {"profile": "presse"}) == {"profile": "presse"}


def test_ignorance_is_no_word() -> None:
    """« ? » stays, whatever the renames say; so does what is no word at all, for the question to refuse."""
    strange: Any = ("z", 3, None, ["z"])
    assert carried(moyens="?", confiance=2, nom="Z") == {"moyens": "?", "confiance": 2, "nom": "Z"}
    assert carried(moyens=strange) == {"moyens": ("a", 3, None, ["z"])}


def test_the_answer_that_is_there_already_wins() -> None:
    """An old answer to a question that is answered stays under its old name, in any order of the two."""
    assert carried(budget=("b",), moyens=("c",)) == {"budget": ("b",), "moyens": ("c",)}
    assert carried(moyens=("c",), budget=("b",)) == {"budget": ("b",), "moyens": ("c",)}


def test_of_two_old_answers_none_is_guessed() -> None:
    """Nobody knows which of them the new question asks for."""
    assert carried(budget=("b",), sous=("c",)) == {"budget": ("b",), "sous": ("c",)}


@given(st.data())
def test_what_is_accepted_is_never_replaced(data: st.DataObject) -> None:
    """Whatever the renames, answers in the words of today stay as they are."""
    catalogue = data.draw(catalogues())
    compass = data.draw(compasses(catalogue))
    words = st.sampled_from(["a", "b", "c", "qa", "qb", "x", "yes", "no", "?"])
    renamed = data.draw(st.dictionaries(words, words))
    answers = {id_: data.draw(values(one)) for id_, one in compass.questions.items()}
    turned = compass._replace(renamed=renamed), catalogue._replace(renamed=renamed)
    assert carried_over(*turned, answers) == answers
