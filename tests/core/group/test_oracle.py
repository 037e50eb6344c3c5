"""The synthesis against one written apart, on random definitions and on the shipped ones."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boussole
from boussole.core.explore.sampling import random_answers
from boussole.core.group.gathering import person_of
from boussole.core.group.groups import groupings
from boussole.core.group.synthesis import synthesise
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.render.group.json import to_json
from boussole.vectorized.group.people import rank_people
from support.group_oracle import Oracle
from support.paths import ROOT
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

HEAD = ("format", "compass", "catalogue", "people", "not_counted", "smallest")


def document(
    compass: Compass, catalogue: Catalogue, people: list[Answers], *, smallest: int = 3, by: str | None = None
) -> dict[str, Any]:
    """Return the JSON of a group."""
    found = boussole.group(compass, catalogue, people, smallest=smallest, by=by)
    return dict(json.loads(to_json(found, "fr")))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_contract_on_random_definitions(data: st.DataObject) -> None:
    """Every part is what the text says, whatever the definitions, the people, K, and what makes the groups."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    people = list(random_answers(compass, data.draw(st.integers(0, 26))))
    random.Random(data.draw(st.integers(0, 9))).shuffle(people)
    incomplete = [one.without(id_) for one in people[:1] for id_ in list(one)[:1]]
    people = [*incomplete, *people[1:]]
    by = data.draw(st.sampled_from([None, *groupings(compass)]))
    k = data.draw(st.sampled_from([3, 3, 4, 6]))
    told = document(compass, catalogue, people, smallest=k, by=by)
    oracle = Oracle(compass, catalogue, people, k=k, by=by)
    assert (told["people"], told["not_counted"]) == (oracle.n, oracle.not_counted)
    expected = oracle.document()
    _without_guarded(oracle, expected)
    assert {key: told[key] for key in expected} == expected
    assert list(told)[len(HEAD) :] == [*expected, "spoken_for"]


def _without_guarded(oracle: Oracle, expected: dict[str, Any]) -> None:
    """Leave out, where people may be in several groups, the options that bound those of a small one (see below)."""
    if not expected["by"] or not oracle.several(expected["by"]["id"]):
        return
    small = [people for _, people in oracle.groups() if len(people) < oracle.k]
    sizes = {tuple(ids): people for ids, people in oracle.groups()}
    lines: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for group in expected["by"]["groups"]:
        for line in group["options"] or ():
            lines.setdefault((line["question"], line["option"]), set()).add(tuple(group["group"]))
    bad = set()
    for (question, option), shown in lines.items():
        chosen = {p for p in oracle.placed() if oracle.chose(p, question, option)}
        for side in (chosen, oracle.placed() - chosen):
            covered = sum(len(sizes[ids] & side) for ids in shown)
            silent = sum(len(people) for ids, people in sizes.items() if ids not in shown)
            bad |= {(question, option) for hidden in small if len(side) > covered + silent - len(hidden)}
    for group in expected["by"]["groups"]:
        if group["options"] is not None:
            kept = [line for line in group["options"] if (line["question"], line["option"]) not in bad]
            group["options"] = kept


@pytest.fixture(scope="module")
def shipped() -> tuple[Compass, Catalogue]:
    """Return the shipped compass `agir-ensemble` with its catalogue."""
    catalogue = boussole.load_catalogue(ROOT / "medoc.toml")
    return boussole.load_compass(ROOT / "compasses/agir-ensemble.toml", catalogue), catalogue


@pytest.mark.parametrize("by", [None, "objective", "maturity", "domain"])
def test_the_contract_on_two_hundred_sheets(shipped: tuple[Compass, Catalogue], by: str | None) -> None:
    """The shipped compass and its MEDOC, by its profiles, an optional question, a facet of an axis, a list."""
    people = list(random_answers(shipped[0], 60 if by else 200))
    told = document(*shipped, people, by=by)
    expected = Oracle(*shipped, people, by=by).document()
    assert {key: told[key] for key in expected} == expected


def test_ranked_one_by_one_or_all_at_once(shipped: tuple[Compass, Catalogue]) -> None:
    """The same people, whichever way they are ranked for."""
    compass, catalogue = shipped
    situations = [situate(compass, one) for one in random_answers(compass, 30)]
    assert rank_people(compass, catalogue, situations) == [
        person_of(rank(compass, catalogue, one)) for one in situations
    ]


def test_the_order_of_people_changes_no_byte(shipped: tuple[Compass, Catalogue]) -> None:
    """A hundred shuffles give the same bytes."""
    compass, catalogue = shipped
    people = rank_people(compass, catalogue, [situate(compass, one) for one in random_answers(compass, 40)])
    first = to_json(synthesise(compass, catalogue, people), "fr")
    for seed in range(100):
        random.Random(seed).shuffle(people)
        assert to_json(synthesise(compass, catalogue, people), "fr") == first


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_people_of_random_definitions(data: st.DataObject) -> None:
    """Ranked one by one or all at once, whatever the definitions."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    situations = [situate(compass, one) for one in random_answers(compass, 12)]
    assert rank_people(compass, catalogue, situations) == [
        person_of(rank(compass, catalogue, one)) for one in situations
    ]
