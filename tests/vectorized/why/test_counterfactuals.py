"""The nearest changes and how sure the top is, against ranking every changed sheet one by one."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.catalogue import Caution
from boussole.core.definitions.conditions import Answered, Every
from boussole.core.definitions.dependencies import placeable
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.core.why.alternatives import all_alternatives
from boussole.vectorized.population import positions as places_module
from boussole.vectorized.population.positions import RankPositions
from boussole.vectorized.why import counterfactuals as changes_module
from boussole.vectorized.why import neighbours as nearby_module
from boussole.vectorized.why.counterfactuals import SHOWN, counterfactuals
from boussole.vectorized.why.neighbours import Neighbourhood
from boussole.vectorized.why.sensitivity import sensitivity
from support.builders import (
    facet,
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_place,
    make_question,
    make_rule,
    question,
)
from support.interviews import accepted_by
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.ranking import LeftOut

Changed = dict[str, "Value"]


# --- One by one ------------------------------------------------------------------------------------------------------


def sheets(compass: Compass, answers: Answers, values: Mapping[str, Any], number: int) -> Iterator[Changed]:
    """Yield what to change, `number` answers each time, those that end off the path not counting; in order."""
    for ids in combinations(compass.questions, number):
        for chosen in product(*(values[id_] for id_ in ids)):
            changed = dict(zip(ids, chosen, strict=True))
            path = situate(compass, with_(answers, changed)).path
            if all(id_ in path for id_ in ids):
                yield changed


def with_(answers: Answers, changed: Changed) -> Answers:
    """Return changed answers."""
    for id_, value in changed.items():
        answers = answers.put(id_, value)
    return answers


def place_of(compass: Compass, catalogue: Catalogue, answers: Answers, medoc: str) -> int:
    """Return the place of a MEDOC, from 1; 0 where it is left out."""
    ids = [item.medoc.id for item in rank(compass, catalogue, situate(compass, answers)).recommendations]
    return ids.index(medoc) + 1 if medoc in ids else 0


def one_by_one(
    compass: Compass, catalogue: Catalogue, answers: Answers, medoc: str, top: int, values: Mapping[str, Any]
) -> list[tuple[int, Changed]]:
    """Return the fewest changes that bring it into the top, best place first, then as they come; with their places.

    Of those that change the same questions, only the first.
    """
    for number in (1, 2):
        found = []
        for changed in sheets(compass, answers, values, number):
            place = place_of(compass, catalogue, with_(answers, changed), medoc)
            if 1 <= place <= top:
                found.append((place, changed))
        best: dict[tuple[str, ...], tuple[int, Changed]] = {}
        for place, changed in sorted(found, key=lambda entry: entry[0]):
            best.setdefault(tuple(changed), (place, changed))
        if best:
            return list(best.values())
    return []


def all_values(compass: Compass, answers: Answers) -> dict[str, list[Value]]:
    """Return every other answer that each question accepts, numbers and texts of the same kind included."""
    return {
        id_: [value for value in accepted_by(one) if value != answers.get(id_)]
        for id_, one in compass.questions.items()
    }


@st.composite
def cases(draw: Any) -> tuple[Compass, Catalogue, Answers]:  # noqa: ANN401 - Hypothesis's own
    """Return a small compass, its catalogue, and answers to some of its questions, on the path or kept aside."""
    catalogue = draw(catalogues(bounded=True).filter(lambda one: one.medoc))
    compass = draw(compasses(catalogue, bounded=True))
    given_answers = {
        id_: value
        for id_, one in compass.questions.items()
        if (value := draw(st.none() | st.sampled_from(accepted_by(one)))) is not None
    }
    return compass, catalogue, Answers.given(given_answers)


# --- The nearest change ----------------------------------------------------------------------------------------------


@given(cases(), st.integers(1, 3), st.data())
def test_the_nearest_changes_are_those_found_one_by_one(
    case: tuple[Compass, Catalogue, Answers], top: int, data: st.DataObject
) -> None:
    """The same changes, in the stated order; and whatever number or text is answered, no fewer changes do better."""
    compass, catalogue, answers = case
    medoc = data.draw(st.sampled_from(list(catalogue.medoc)))
    nearest = counterfactuals(compass, catalogue, answers, medoc, top)
    if 1 <= place_of(compass, catalogue, answers, medoc) <= top:
        assert nearest.changes == ()
        assert nearest.tried == (0, 0)
        return
    present = {id_: answers.get(id_) for id_ in situate(compass, answers).path}
    values = {id_: others.values for id_, others in all_alternatives(compass, given_values(compass, answers)).items()}
    found = [({id_: to for id_, (_, to) in one.answers.items()}, one) for one in nearest.changes]
    expected = one_by_one(compass, catalogue, answers, medoc, top, values)
    assert [changed for changed, _ in found] == [changed for _, changed in expected[:SHOWN]]
    for changed, one in found:
        assert {id_: from_ for id_, (from_, _) in one.answers.items()} == {id_: present.get(id_) for id_ in changed}
        after = rank(compass, catalogue, situate(compass, with_(answers, changed))).recommendations
        assert one.found == next(item for item in after if item.medoc.id == medoc)
    with_any = one_by_one(compass, catalogue, answers, medoc, top, all_values(compass, answers))
    assert [len(changed) for _, changed in with_any[:1]] == [len(changed) for _, changed in expected[:1]]
    assert [place for place, _ in with_any[:1]] == [place for place, _ in expected[:1]]
    ones = list(sheets(compass, answers, values, 1))
    twos = [] if expected and len(expected[0][1]) == 1 else list(sheets(compass, answers, values, 2))
    assert nearest.tried == (len(ones), len(twos))
    standing = against(compass, catalogue, [answers, *(with_(answers, one) for one in (*ones, *twos))], medoc)
    assert (nearest.against is None) == (standing is None)
    if nearest.against is not None and standing is not None:
        assert nearest.against[:-1] == standing[:-1]  # all but what they share


def given_values(compass: Compass, answers: Answers) -> dict[str, Value]:
    """Return the answers to the questions of a compass."""
    return {id_: value for id_ in compass.questions if (value := answers.get(id_)) is not None}


def against(compass: Compass, catalogue: Catalogue, people: list[Answers], medoc: str) -> LeftOut | None:
    """Return what leaves a MEDOC out for all these people; None where it is ranked for one of them."""
    rankings = [rank(compass, catalogue, situate(compass, one)) for one in people]
    outs = [one for ranking in rankings for one in ranking.left_out if one.medoc.id == medoc]
    if len(outs) < len(people):
        return None
    return outs[0]._replace(
        facets=tuple(one for one in outs[0].facets if all(one in out.facets for out in outs)),
        cautions=tuple(one for one in outs[0].cautions if all(one in out.cautions for out in outs)),
        rules=tuple(one for one in outs[0].rules if all(one in out.rules for out in outs)),
    )


def test_the_sieves_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """In small blocks, with one MEDOC learnt at a time, many rivals and few sheets ranked whole: the same changes."""
    catalogue, compass = _wide()
    answers = Answers.of(domain=("d0",), level="l0", other="a")
    found = counterfactuals(compass, catalogue, answers, "m29", 3)
    assert [one.answers for one in found.changes] == [{"domain": (("d0",), ("d4",)), "level": ("l0", "l5")}]
    for module, name, value in [
        (changes_module, "_FIRST", 1),
        (changes_module, "_MORE", 1),
        (changes_module, "_LEARNT", 1),
        (nearby_module, "_LEAST", 1),
        (nearby_module, "_CELLS", 25),
        (places_module, "_BLOCK", 3),
    ]:
        monkeypatch.setattr(module, name, value)
        assert counterfactuals(compass, catalogue, answers, "m29", 3) == found


def _wide() -> tuple[Catalogue, Compass]:
    """Return a catalogue of 30 MEDOC in five domains and six levels, of which the last ones are the oldest."""
    domain = make_facet("domain", *(f"d{number}" for number in range(5)))
    level = make_facet("level", *(f"l{number}" for number in range(6)), ordered=True)
    medoc = [
        make_medoc(f"m{one}", suits={"domain": [f"d{one % 5}"], "level": [f"l{one // 5}"]}, year=2000 - one)
        for one in range(30)
    ]
    catalogue = make_catalogue(*medoc, facets=[domain, level])
    compass = make_compass(
        make_question("domain", "many", domain, most=2),
        make_question("level", "one", level),
        make_question("other"),
        weights={"domain": 1, "level": 1},
        require=["domain"],
    )
    return catalogue, compass


def test_a_question_opened_by_one_change_is_answered_by_another() -> None:
    """Two changes may be a question and one that it opens; what was kept aside there is no answer that one had."""
    profile = make_facet("profile", "etat", "medias")
    catalogue = make_catalogue(make_medoc("bd"), make_medoc("kit"), facets=[profile])
    compass = make_compass(
        make_question("first"),
        make_question("then", when=is_(question("first"), "b")),
        rules=(
            make_rule(is_(question("then"), "c"), "kit", points=5),
            make_rule(is_(question("first"), "a"), "bd", points=9),
        ),
    )
    for aside in ({}, {"then": "a"}):
        nearest = counterfactuals(compass, catalogue, Answers.of(first="a", **aside), "kit", 1)
        assert [one.answers for one in nearest.changes] == [{"first": ("a", "b"), "then": (None, "c")}]
    kept = counterfactuals(compass, catalogue, Answers.of(first="a", then="c"), "kit", 1)
    assert [one.answers for one in kept.changes] == [{"first": ("a", "b")}]


def test_what_stands_against_it_whatever_changes() -> None:
    """Of all that leaves it out now, only what does so for every change stays; nothing where it does come back."""
    profile, domain = make_facet("profile", "etat", "medias"), make_facet("domain", "eau", "climat")
    never = Caution(Answered(facet("profile")))
    kit = make_medoc("kit", suits={"profile": ["medias"], "domain": ["climat"]}, avoid=(never,))
    catalogue = make_catalogue(make_medoc("bd"), kit, facets=[profile, domain])
    compass = make_compass(
        make_question("domain", "one", domain, required=False),
        make_question("other"),
        placements=(make_place(Every(()), profile=["etat"]),),
        require=["profile", "domain"],
        rules=(make_rule(is_(question("other"), "a"), "kit", exclude=True),),
    )
    now = rank(compass, catalogue, situate(compass, Answers.of(domain="eau", other="a"))).left_out[0]
    assert [one.id for one in now.facets] == ["domain", "profile"]
    nearest = counterfactuals(compass, catalogue, Answers.of(domain="eau", other="a"), "kit", 1)
    assert nearest.against == now._replace(facets=(profile,), rules=())
    free = compass._replace(weighting=compass.weighting._replace(require=frozenset(("domain",))))
    catalogue = catalogue._replace(medoc={**catalogue.medoc, "kit": kit._replace(avoid=())})
    assert counterfactuals(free, catalogue, Answers.of(domain="eau", other="a"), "kit", 1).against is None


def test_more_places_than_there_are() -> None:
    """A top longer than the catalogue holds whatever is not left out."""
    catalogue, compass = _wide()
    answers = Answers.of(domain=("d0",), level="l0", other="a")
    assert counterfactuals(compass, catalogue, answers, "m5", 1000).changes == ()
    first = counterfactuals(compass, catalogue, answers, "m1", 1000).changes[0]
    assert first.answers == {"domain": (("d0",), ("d1",))}


# --- Too many to try -------------------------------------------------------------------------------------------------


def test_too_many_sets_of_options() -> None:
    """Where a question has too many sets of options, those that change one option are tried, and it is said."""
    terms = [f"d{number}" for number in range(16)]
    domain = make_facet("domain", *terms)
    catalogue = make_catalogue(make_medoc("far", suits={"domain": terms[1:]}), make_medoc("bd"), facets=[domain])
    compass = make_compass(make_question("domain", "many", domain), weights={"domain": 1}, generic=999)
    nearest = counterfactuals(compass, catalogue, Answers.of(domain=("d0",)), "far", 1)
    assert (nearest.changes, nearest.partly, nearest.pairs) == ((), ("domain",), True)
    assert nearest.tried == (15 + 15, 0)
    assert sensitivity(compass, catalogue, Answers.of(domain=("d0",)), 1).partly == ("domain",)


def test_too_many_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many pairs of changes, fewer sets of options are tried; where still too many, no pair."""
    catalogue, compass = _wide()
    answers = Answers.of(domain=("d0",), level="l0", other="a")
    monkeypatch.setattr(changes_module, "_FEW", 2)
    monkeypatch.setattr(changes_module, "MOST_PAIRS", 100)
    some = counterfactuals(compass, catalogue, answers, "m29", 3)
    assert (some.partly, some.pairs) == (("domain",), True)
    assert some.changes
    monkeypatch.setattr(changes_module, "MOST_PAIRS", 5)
    none = counterfactuals(compass, catalogue, answers, "m29", 3)
    assert (none.changes, none.pairs) == ((), False)
    assert none.tried[1] == 0


# --- How sure --------------------------------------------------------------------------------------------------------


@given(cases(), st.integers(1, 4))
def test_how_sure_is_what_is_found_one_by_one(case: tuple[Compass, Catalogue, Answers], top: int) -> None:
    """For each place: in how many changes of an answer or of a weight it stays, and what it depends on."""
    compass, catalogue, answers = case
    values = {id_: others.values for id_, others in all_alternatives(compass, given_values(compass, answers)).items()}
    first = [item.medoc.id for item in rank(compass, catalogue, situate(compass, answers)).top(top)]
    changed = list(sheets(compass, answers, values, 1))
    stays: dict[str, list[tuple[str, bool]]] = {medoc: [] for medoc in first}
    weighed: dict[str, list[tuple[str, bool]]] = {medoc: [] for medoc in first}
    for one in changed:
        there = {item.medoc.id for item in rank(compass, catalogue, situate(compass, with_(answers, one))).top(top)}
        for medoc in first:
            stays[medoc].append((next(iter(one)), medoc in there))
    for id_, other in otherwise(compass):
        there = {item.medoc.id for item in rank(other, catalogue, situate(other, answers)).top(top)}
        for medoc in first:
            weighed[medoc].append((id_, medoc in there))
    firmness = sensitivity(compass, catalogue, answers, top)
    assert [place.medoc for place in firmness.places] == first
    assert firmness.top == top
    assert len(firmness.questions) == len({next(iter(one)) for one in changed})
    for place in firmness.places:
        for tally, told in ((place.answers, stays), (place.weights, weighed)):
            assert tally.kept == sum(kept for _, kept in told[place.medoc])
            assert tally.tried == len(told[place.medoc])
            assert set(tally.depends_on) == {id_ for id_, kept in told[place.medoc] if not kept}
    assert firmness.hold == sum(all(kept for _, kept in [*stays[medoc], *weighed[medoc]]) for medoc in first)


def otherwise(compass: Compass) -> Iterator[tuple[str, Compass]]:
    """Yield the compass with each weight one more, and one less where it is not 0."""
    weights = compass.weighting.weights
    for id_ in weights.keys() | placeable(compass) | {"proven"}:
        for step in (1, -1) if id_ in weights else (1,):
            moved = {**weights, id_: weights.get(id_, 0) + step}
            yield id_, compass._replace(weighting=compass.weighting._replace(weights=moved))


# --- Places ----------------------------------------------------------------------------------------------------------


@given(cases(), st.data())
def test_everybody_places_medoc_as_alone(case: tuple[Compass, Catalogue, Answers], data: st.DataObject) -> None:
    """The place of each MEDOC, among all or among some, and whether it is in the top: as in the ranking."""
    compass, catalogue, answers = case
    nearby = Neighbourhood(compass, catalogue, answers)
    positions = RankPositions(compass, catalogue)
    columns = np.arange(len(catalogue.medoc))
    top = data.draw(st.integers(1, 4))
    among = np.array(sorted(data.draw(st.sets(st.sampled_from(columns.tolist()), min_size=1))))
    ids = list(catalogue.medoc)
    for singles in nearby.singles():
        situations = positions.situations(nearby.people(singles))
        rows = np.arange(situations.size)
        places, partial = positions.places(situations, rows, columns), positions.places(situations, rows, among, among)
        first = positions.among_first(situations, columns, top)
        for number, row in zip(singles.first.tolist(), situations.of.tolist(), strict=True):
            id_, value = nearby.changes[number]
            ranking = rank(compass, catalogue, situate(compass, answers.put(id_, value)))
            order = [item.medoc.id for item in ranking.recommendations]
            assert places[row].tolist() == [order.index(one) + 1 if one in order else 0 for one in ids]
            assert first[row].tolist() == [one in order[:top] for one in ids]
            kept = [one for one in order if one in [ids[column] for column in among]]
            assert partial[row].tolist() == [
                kept.index(ids[column]) + 1 if ids[column] in kept else 0 for column in among
            ]
            for column, medoc in enumerate(ids):
                if medoc in order:
                    before = positions.ahead(situations, np.array([row]), column).tolist()
                    assert before == [int(one in order[: order.index(medoc)]) for one in ids]
