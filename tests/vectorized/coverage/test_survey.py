"""What coverage says, against ranking every situation one by one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.check.coverage import CLOSE, Cell
from boussole.core.definitions.catalogue import PROVEN, Proven
from boussole.core.definitions.compass import Rule
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.definitions.dependencies import placeable
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError
from boussole.files.library import Library
from boussole.vectorized.coverage import survey as module
from boussole.vectorized.coverage.factors import situations
from boussole.vectorized.coverage.survey import survey
from boussole.vectorized.scoring.rules import effects_of
from support import samples
from support.builders import (
    facet,
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
)
from support.interviews import every_situation
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.ranking import Ranking
    from boussole.core.situation import Situation

AT_LEAST = 3
PRODUCT = "boussole.vectorized.coverage.factor_product"


def distinct(compass: Compass, catalogue: Catalogue, by: Sequence[str]) -> list[Situation]:
    """Return one situation for each way the terms that count and the effects can come out."""
    effects = effects_of(compass, catalogue)
    counted = ((compass.weighting.weights.keys() | compass.weighting.require | set(by)) - {PROVEN}) & placeable(compass)
    found: dict[object, Situation] = {}
    for situation in every_situation(compass, alone=True):
        terms = tuple(situation.terms.get(one) for one in sorted(counted))
        truths = tuple(effect.condition.holds(situation) for effect in effects)
        found.setdefault((terms, truths), situation)
    return list(found.values())


def told(ranking: Ranking, by: Sequence[str], top: int) -> dict[str, Any]:
    """Return what one situation adds to its cell."""
    situation, shown = ranking.situation, ranking.top(top)
    here = [(one, terms) for one in by if (terms := situation.terms.get(one))]
    shares = [[not terms.isdisjoint(r.medoc.terms_on(one)) for one, terms in here] for r in ranking.recommendations]
    kinds = [r.medoc.kind for r in ranking.recommendations]
    return {
        "fit": len(ranking.recommendations),
        "made": sum(all(one) for one in shares),
        "kinds": {kind: kinds.count(kind) for kind in ranking.context.catalogue.facets["kind"].terms},
        "best": shown[0].score if shown else 0,
        "generic": not any(any(one) for one in shares[:top]),
        "one_kind": len(set(kinds[:top])) == 1,
    }


def one_by_one(compass: Compass, catalogue: Catalogue, by: Sequence[str], top: int) -> dict[object, Cell]:
    """Return the cells, from rankings made one by one."""
    cells: dict[object, list[dict[str, Any]]] = {}
    for situation in distinct(compass, catalogue, by):
        terms = tuple(situation.terms.get(one, frozenset()) for one in by)
        cells.setdefault(terms, []).append(told(rank(compass, catalogue, situation), by, top))
    return {
        terms: Cell(
            terms=terms,  # type: ignore[arg-type]
            situations=len(found),
            looked_at=len(found),
            fit=min(one["fit"] for one in found),
            made=min(one["made"] for one in found),
            kinds={kind: min(one["kinds"][kind] for one in found) for kind in found[0]["kinds"]},
            best=max(one["best"] for one in found),
            worst=min(one["best"] for one in found),
            generic=sum(one["generic"] for one in found),
            thin=sum(one["fit"] < AT_LEAST for one in found),
            one_kind=sum(one["one_kind"] for one in found),
        )
        for terms, found in cells.items()
    }


@settings(deadline=None)
@given(st.data())
def test_every_number_is_that_of_ranking_one_by_one(data: st.DataObject) -> None:
    """Cells, MEDOC in the top, ties: for any small compass and catalogue, whatever the facets of the cells.

    In numbers of either size, and however the work is cut into pieces.
    """
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    by = tuple(data.draw(st.lists(st.sampled_from(sorted(catalogue.facets)), unique=True, max_size=3)))
    top = data.draw(st.integers(1, 4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("boussole.vectorized.scoring.sort_keys._INT32", data.draw(st.sampled_from([0, 2**31 - 1])))
        patch.setattr("boussole.vectorized.coverage.blocks._BLOCK", data.draw(st.sampled_from([1, 9, 400_000])))
        patch.setattr("boussole.vectorized.coverage.blocks._MANY_COLUMNS", data.draw(st.sampled_from([1, 4])))
        patch.setattr(f"{PRODUCT}._COMBINED", data.draw(st.sampled_from([0, 20, 8_000_000])))
        patch.setattr(module, "_AHEAD", data.draw(st.sampled_from([1, 16])))
        found = survey(compass, catalogue, by, at_least=AT_LEAST, top=top)
    expected = one_by_one(compass, catalogue, by, top)
    assert found.all_ranked
    assert {cell.terms: cell._replace(example={}) for cell in found.cells} == expected
    rankings = [rank(compass, catalogue, situation) for situation in distinct(compass, catalogue, by)]
    assert found.situations == len(rankings)
    for id_, presence in found.presence.items():
        assert presence.top == sum(id_ in {one.medoc.id for one in ranking.top(top)} for ranking in rankings)
        assert presence.first == sum([one.medoc.id for one in ranking.top(1)] == [id_] for ranking in rankings)
    pairs = [list(pairwise(ranking.recommendations)) for ranking in rankings]
    standing = [[(a.score, a.medoc.proven.total) == (b.score, b.medoc.proven.total) for a, b in of] for of in pairs]
    assert found.tied_first == sum(of[:1] == [True] for of in standing)
    assert found.tied_at_end == sum(of[top - 1 : top] == [True] for of in standing)
    assert found.close_first == sum(of[0][0].score - of[0][1].score < CLOSE for of in pairs if of)
    for cell in found.cells:
        ranking = rank(compass, catalogue, situate(compass, Answers.given(cell.example)))
        assert tuple(ranking.situation.terms.get(one, frozenset()) for one in by) == cell.terms
        assert len(ranking.recommendations) == cell.fit


def test_cells_of_what_is_shipped() -> None:
    """Of agir-ensemble by who and what, every fourth example gives the fewest that fit in its cell, ranked alone."""
    compass, catalogue, _, _ = Library().pair("agir-ensemble")
    by = ("profile", "domain")
    found = survey(compass, catalogue, by, at_least=AT_LEAST, limit=5_000)
    assert sum(cell.situations for cell in found.cells) == found.situations
    for cell in found.cells[::4]:
        numbers = told(rank(compass, catalogue, situate(compass, Answers.given(cell.example))), by, found.top)
        assert numbers["fit"] == cell.fit
        assert numbers["made"] >= cell.made
        assert numbers["best"] <= cell.best
        assert all(numbers["kinds"][kind] >= least for kind, least in cell.kinds.items())


@settings(deadline=None)
@given(st.data())
def test_what_cells_need_is_exact_over_the_limit_too(data: st.DataObject) -> None:
    """However few situations are ranked: fit, made, kinds, best, thin. The rest is of those, no more than of all."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    by = tuple(data.draw(st.lists(st.sampled_from(sorted(catalogue.facets)), unique=True, max_size=2)))
    limit = data.draw(st.integers(1, 9))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{PRODUCT}._COMBINED", data.draw(st.sampled_from([0, 8_000_000])))
        patch.setattr(f"{PRODUCT}._JOB", data.draw(st.sampled_from([1, 40_000])))
        large = data.draw(st.sampled_from([0, 2**61]))
        patch.setattr("boussole.vectorized.coverage.cells._LARGEST", large)
        patch.setattr("boussole.vectorized.coverage.highest._LARGEST", large)
        patch.setattr("boussole.vectorized.coverage.cells._TOGETHER", data.draw(st.sampled_from([1, 200_000])))
        found = survey(compass, catalogue, by, at_least=AT_LEAST, top=2, limit=limit)
    expected = one_by_one(compass, catalogue, by, 2)
    assert found.situations == sum(cell.situations for cell in expected.values())
    assert found.all_ranked is (found.looked_at == found.situations)
    assert found.looked_at == sum(cell.looked_at for cell in found.cells) <= found.situations
    assert found.all_ranked or found.situations > limit
    for cell in found.cells:
        alone = expected[cell.terms]
        looked_at, generic, one_kind, worst = cell.looked_at, cell.generic, cell.one_kind, cell.worst
        assert 1 <= looked_at <= alone.situations
        assert generic <= min(looked_at, alone.generic)
        assert one_kind <= min(looked_at, alone.one_kind)
        assert alone.worst <= worst <= cell.best
        assert cell._replace(example={}) == alone._replace(
            looked_at=looked_at, generic=generic, one_kind=one_kind, worst=worst
        )


def test_what_is_looked_at_is_spread_evenly() -> None:
    """Of 4,096 situations, 64: half of them say yes to each question, and none is looked at twice."""
    ids = [f"q{place}" for place in range(12)]
    catalogue = make_catalogue(*[make_medoc(id_) for id_ in ids], make_medoc("always"))
    rules = tuple(make_rule(is_(question(id_), "yes"), id_, points=100) for id_ in ids)
    compass = make_compass(*[make_question(id_, "yes-no") for id_ in ids], rules=rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{PRODUCT}._COMBINED", 0)
        found = survey(compass, catalogue, (), at_least=1, top=12, limit=64)
    assert (found.situations, found.whole) == (2**12, False)
    assert 60 <= found.looked_at <= 64
    assert [cell.looked_at for cell in found.cells] == [found.looked_at]


def test_too_many_cells_are_refused() -> None:
    """Before any table of them is made; the error says what to do."""
    facets = [make_facet(f"f{place}", *"abcdefgh") for place in range(4)]
    compass = make_compass(*[make_question(one.id, "one", one) for one in facets])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{PRODUCT}._CELLS", 200)
        with pytest.raises(BoussoleError, match="trop de cases"):
            survey(compass, make_catalogue(make_medoc("x"), facets=facets), ("f0", "f1", "f2", "f3"), at_least=1)


def test_too_many_ways_of_leaving_out_are_refused() -> None:
    """Where every answer leaves out something else, nothing can be counted together."""
    ids = [f"q{place}" for place in range(40)]
    catalogue = make_catalogue(*[make_medoc(id_) for id_ in ids])
    rules = tuple(make_rule(is_(question(id_), "yes"), id_, exclude=True) for id_ in ids)
    compass = make_compass(*[make_question(id_, "yes-no") for id_ in ids], rules=rules)
    with pytest.raises(BoussoleError, match="trop de situations"):
        survey(compass, catalogue, (), at_least=1)


def test_many_questions_of_their_own_are_surveyed_in_little_memory() -> None:
    """Sixteen that nothing brings together: every combination, and no table of them all."""
    ids = [f"q{place}" for place in range(16)]
    catalogue = make_catalogue(*[make_medoc(id_) for id_ in ids])
    rules = tuple(make_rule(is_(question(id_), "yes"), id_, points=place) for place, id_ in enumerate(ids, 1))
    compass = make_compass(*[make_question(id_, "yes-no") for id_ in ids], rules=rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{PRODUCT}._COMBINED", 2**12)
        found = survey(compass, catalogue, (), at_least=1, top=1)
    assert (found.situations, found.whole) == (2**16, True)
    assert [found.presence[id_].first for id_ in ids[1:]] == [2**place for place in range(1, 16)]
    assert found.presence["q0"].first == 2  # it is first of all where nothing holds, too


def test_very_many_questions_are_surveyed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty that nothing brings together: 2^60 situations, each number of a cell exact."""
    monkeypatch.setattr(module, "SAMPLE", 10_000)
    ids = [f"q{place}" for place in range(60)]
    rules = tuple(make_rule(is_(question(id_), "yes"), "x", points=1) for id_ in ids)
    compass = make_compass(*[make_question(id_, "yes-no") for id_ in ids], rules=rules)
    found = survey(compass, make_catalogue(make_medoc("x")), (), at_least=2, limit=1000)
    (cell,) = found.cells
    assert (found.situations, found.whole, cell.situations, cell.thin, cell.best) == (2**60, False, 2**60, 2**60, 60)


def test_the_result_does_not_depend_on_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker or two, small blocks or large: the same numbers, where all are ranked and where some are."""
    compass, catalogue, _, _ = Library().pair("sept-savoir-faire")
    monkeypatch.setattr(module, "SAMPLE", 4_000_000)
    small = (samples.compass(), samples.catalogue())
    for pair, by, limit in (((compass, catalogue), ("profile",), 1000), (small, ("profile", "domain"), 10**6)):
        with pytest.MonkeyPatch.context() as patch:
            expected = survey(*pair, by, at_least=10, limit=limit)
            patch.setattr(module, "_WORKERS", 1)
            patch.setattr("boussole.vectorized.coverage.blocks._BLOCK", 40)
            assert survey(*pair, by, at_least=10, limit=limit) == expected


def test_large_points_take_larger_numbers() -> None:
    """Points over thirty-two bits count exactly; over sixty-four, they are refused in words."""
    catalogue = make_catalogue(make_medoc("x"), make_medoc("y", proven=Proven(1, 1, 1)))
    compass = make_compass(make_question("q"), weights={"proven": 1}, rules=(make_rule(ALWAYS, "x", points=2**40),))
    (cell,) = survey(compass, catalogue, (), at_least=1).cells
    assert (cell.best, cell.worst) == (2**40, 2**40)
    with pytest.raises(BoussoleError, match="trop grands"):
        survey(compass._replace(rules=(Rule(ALWAYS, ("x",), 2**61),)), catalogue, (), at_least=1)
    with pytest.raises(BoussoleError, match="trop grands"):  # together only
        survey(compass._replace(rules=(Rule(ALWAYS, ("x",), 2**62),) * 2), catalogue, (), at_least=1)
    with pytest.raises(BoussoleError, match="trop grands"):
        survey(make_compass(make_question("q"), weights={"proven": 2**60}), catalogue, (), at_least=1)


def test_a_compass_without_questions_and_an_empty_catalogue() -> None:
    """There is one situation, and nothing for it."""
    found = survey(make_compass(), make_catalogue(), (), at_least=1)
    (cell,) = found.cells
    assert (found.situations, cell.fit, cell.best, cell.thin) == (1, 0, 0, 1)
    assert (found.never(), found.everywhere()) == ((), ())


def test_rules_that_all_hang_together_cannot_be_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what would make it possible."""
    monkeypatch.setattr("boussole.vectorized.coverage.factors._BUDGET", 3)
    with pytest.raises(BoussoleError, match="trop de situations"):
        situations(make_compass(make_question("q"), rules=(make_rule(is_(question("q"), "a"), "x", points=1),)),
                   make_catalogue(make_medoc("x")), ())  # fmt: skip


def test_what_is_in_no_top_and_what_is_everywhere() -> None:
    """By number of situations; where nothing is known of a facet, its cell comes last."""
    profile = make_facet("profile", "a", "b")
    catalogue = make_catalogue(
        make_medoc("x", suits={"profile": ["a"]}), make_medoc("y"), make_medoc("z"), facets=[profile]
    )
    compass = make_compass(
        make_question("profile", "one", profile, required=False),
        weights={"profile": 1},
        rules=(make_rule(is_(facet("profile"), "a", "b"), "z", exclude=True),),
    )
    found = survey(compass, catalogue, ("profile",), at_least=1, top=1)
    assert [cell.terms for cell in found.cells] == [(frozenset("a"),), (frozenset("b"),), (frozenset(),)]
    assert (found.never(), found.everywhere()) == (("z",), ("x",))
