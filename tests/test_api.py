"""The library: the public names, and what importing them costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import boussole
from support.builders import make_catalogue, make_compass, make_facet, make_medoc, make_question


def _definitions() -> tuple[boussole.Compass, boussole.Catalogue]:
    facet = make_facet("profile", "commune", "etat")
    kit, guide = make_medoc("kit", suits={"profile": ["commune"]}), make_medoc("guide")
    catalogue = make_catalogue(kit, guide, facets=[facet])
    compass = make_compass(make_question("profile", options=facet), weights={"profile": 1})
    return compass, catalogue


def test_every_public_name_can_be_had() -> None:
    """`__all__` names what exists, and `dir` shows it."""
    assert [name for name in boussole.__all__ if getattr(boussole, name) is None] == []
    assert set(boussole.__all__) <= set(dir(boussole))


def test_a_name_that_does_not_exist() -> None:
    """A wrong name is an AttributeError, as of any module."""
    with pytest.raises(AttributeError, match="nonsense"):
        _ = boussole.nonsense


def test_importing_boussole_loads_nothing_else() -> None:
    """The package alone loads none of its modules."""
    code = "import sys, boussole; print([m for m in sys.modules if m.startswith('boussole.')])"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "[]\n"


def test_from_answers_to_a_page() -> None:
    """Answers, the next question, the ranking, the path and its Markdown, in five calls."""
    compass, catalogue = _definitions()
    question = boussole.next_question(compass, boussole.Answers.of())
    assert question is not None
    assert question.id == "profile"
    answers = boussole.Answers.of(profile="commune")
    assert boussole.next_question(compass, answers) is None
    ranking = boussole.recommend(compass, catalogue, answers)
    assert [item.medoc.id for item in ranking.top(1)] == ["kit"]
    page = boussole.to_markdown(boussole.pathway(ranking), "en", name="Zoé")
    assert "Zoé" in page
    assert 'profile = "commune"' in page


def test_answers_are_checked_on_the_way_in() -> None:
    """An answer that does not fit is refused with the nearest word."""
    compass, catalogue = _definitions()
    with pytest.raises(boussole.AnswersError, match="commune"):
        boussole.recommend(compass, catalogue, boussole.Answers.of(profile="comune"))


def test_texts_read_well_in_a_list() -> None:
    """Titles and reasons printed in a list show as the sentence between quotes."""
    compass, catalogue = _definitions()
    item = boussole.recommend(compass, catalogue, boussole.Answers.of(profile="commune")).top(1)[0]
    assert repr(item.medoc.title) == repr(str(item.medoc.title))
    assert [repr(reason.text) for reason in item.reasons] == [repr(str(reason.text)) for reason in item.reasons]
