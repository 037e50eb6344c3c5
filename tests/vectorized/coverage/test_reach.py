"""Who can be in a top, whatever set of options is chosen: against every answer sheet, ranked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.vectorized.coverage.survey import survey
from support.builders import make_catalogue, make_compass, make_facet, make_medoc, make_question, make_rule
from support.interviews import every_situation
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

REACH, FACTORS = "boussole.vectorized.coverage.reach", "boussole.vectorized.coverage.factors"
PROFILE = make_facet("profile", "a", "b", "c", "d")


def in_some_top(compass: Compass, catalogue: Catalogue, top: int) -> set[str]:
    """Return the MEDOC that are in the top of some answer sheet, every set of options being one."""
    rankings = (rank(compass, catalogue, situation) for situation in every_situation(compass))
    return {one.medoc.id for ranking in rankings for one in ranking.top(top)}


@settings(deadline=None)
@given(st.data())
def test_never_is_never_and_what_is_reached_is_there(data: st.DataObject) -> None:
    """However little work is allowed, in numbers of either size, and whether all situations are ranked or a few."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    top = data.draw(st.integers(1, 3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{REACH}._SMALL", data.draw(st.sampled_from([0, 2**27])))
        patch.setattr(f"{REACH}._WORK_EACH", data.draw(st.sampled_from([10, 200, 10**6])))
        patch.setattr(f"{REACH}._RIVALS", data.draw(st.sampled_from([1, 3, 160])))
        patch.setattr(f"{FACTORS}._OUTCOMES", data.draw(st.sampled_from([0, 4000])))
        found = survey(compass, catalogue, (), at_least=1, top=top, limit=data.draw(st.sampled_from([1, 10**7])))
    there = in_some_top(compass, catalogue, top)
    assert there.isdisjoint(found.never())
    assert found.reached.keys() <= there
    assert set(found.not_seen()) | set(found.never()) | set(found.reached) == {
        id_ for id_, presence in found.presence.items() if presence.top == 0
    }
    for id_, answers in found.reached.items():
        ranking = rank(compass, catalogue, situate(compass, Answers.given(answers)))
        assert id_ in {one.medoc.id for one in ranking.top(top)}


@settings(deadline=None)
@given(st.data())
def test_with_enough_work_all_is_known(data: st.DataObject) -> None:
    """Of a small compass, each MEDOC is seen, reached or proved never to be."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    found = survey(compass, catalogue, (), at_least=1, top=1)
    assert found.not_seen() == ()
    assert set(found.never()) == catalogue.medoc.keys() - in_some_top(compass, catalogue, 1)


def two_at_once() -> tuple[Compass, Catalogue]:
    """Return a compass where one MEDOC comes first for those who choose a and b, and another for nobody."""
    both = make_medoc("both", suits={"profile": ["a", "b"]})
    one = [make_medoc(f"only-{term}", suits={"profile": [term]}) for term in "abcd"]
    catalogue = make_catalogue(both, *one, make_medoc("nobody"), facets=[PROFILE])
    asked = make_question("profile", "many", PROFILE, most=2)
    rules = (make_rule(ALWAYS, "both", points=1),)
    return make_compass(asked, weights={"profile": 1}, rules=rules, generic=100), catalogue


def test_what_several_options_at_once_bring() -> None:
    """It is not seen one option at a time: it is neither said never to come, nor left unknown."""
    compass, catalogue = two_at_once()
    found = survey(compass, catalogue, (), at_least=1, top=1)
    assert found.presence["both"].top == found.presence["nobody"].top == 0
    assert (found.never(), found.not_seen()) == (("nobody",), ())
    assert found.reached == {"both": {"profile": ("a", "b")}}


@pytest.mark.parametrize("constant", ["_ALL_SETS", "_EXPECTED", "_OUTCOMES"])
def test_too_many_sets_leave_it_unknown(monkeypatch: pytest.MonkeyPatch, constant: str) -> None:
    """What facets and conditions say one by one may prove something all the same; nobody is said to be reached."""
    monkeypatch.setattr(f"{FACTORS}.{constant}", 0)
    compass, catalogue = two_at_once()
    found = survey(compass, catalogue, (), at_least=1, top=1)
    assert found.reached == {}
    assert "both" in found.not_seen()
    assert set(found.never()) <= {"nobody"}


def test_points_too_large_to_compare_leave_it_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums that would not hold prove nothing."""
    monkeypatch.setattr(f"{REACH}._SMALL", 0)
    monkeypatch.setattr(f"{REACH}._LARGE", 0)
    found = survey(*two_at_once(), (), at_least=1, top=1)
    assert (found.never(), found.not_seen(), found.reached) == ((), ("both", "nobody"), {})
