"""Conditions said in words."""

from __future__ import annotations

import pytest

from boussole.core.definitions.catalogue import Caution
from boussole.core.definitions.condition_words import Names, describe, describe_caution
from boussole.core.definitions.conditions import ALWAYS, AllOf, Answered, AnyOf, Between, Condition, Every, Not, Some
from support.builders import (
    axis,
    facet,
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_question,
    make_text,
    question,
)

PROFILE = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(facets=[PROFILE])
COMPASS = make_compass(
    make_question("one"),
    make_question("many", "many"),
    make_question("scale", "scale"),
    make_question("people", "number"),
    axes=[make_axis("x", {"scale": 1})],
)
NAMES = Names(CATALOGUE.facets, COMPASS.questions, COMPASS.axes)

WORDS: list[tuple[Condition, str]] = [
    (ALWAYS, "always"),
    (is_(question("one"), "a"), "“Question one ?”: Option a"),
    (is_(question("one"), "b", "a"), "“Question one ?”: Option a or Option b"),
    (AllOf(question("many"), frozenset("ab")), "“Question many ?”: Option a and Option b"),
    (is_(facet("profile"), "etat"), "Profile: ETAT"),
    (AnyOf(question("scale"), frozenset({0, 2})), "“Question scale ?”: Degré 0 or Degré 2"),
    (AnyOf(question("people"), frozenset({2, 10, 100})), "“Question people ?”: 2, 10 or 100"),
    (AnyOf(axis("x"), frozenset({50})), "Axe x: 50"),
    (Between(axis("x"), 10), "Axe x: 10 or more"),
    (Between(axis("x"), None, 10), "Axe x: 10 or less"),
    (Between(question("people"), 1, 2), "“Question people ?”: from 1 to 2"),
    (Answered(question("people")), "“Question people ?”: known"),
    (Answered(facet("profile"), expected=False), "Profile: not known"),
    (Not(is_(facet("profile"), "etat")), "not (Profile: ETAT)"),
    (Some((is_(facet("profile"), "etat"), Between(axis("x"), 1))), "Profile: ETAT or Axe x: 1 or more"),
    (Every((is_(facet("profile"), "etat"), Between(axis("x"), 1))), "Profile: ETAT and Axe x: 1 or more"),
]


@pytest.mark.parametrize(("condition", "words"), WORDS)
def test_conditions_in_words(condition: Condition, words: str) -> None:
    """With the texts of the questions, options and terms, and numbers in their own order."""
    assert describe(condition, NAMES).in_("en") == words


def test_a_contraindication_in_words() -> None:
    """Those of its author, else those of the facets it looks at."""
    when = is_(facet("profile"), "etat")
    assert describe_caution(Caution(when, make_text("Non", "No")), CATALOGUE).in_("en") == "No"
    assert describe_caution(Caution(when), CATALOGUE).in_("en") == "Profile: ETAT"
