"""Crowds ranked at once, against ranking people one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.conditions import AllOf, AnyOf
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError
from boussole.vectorized import encoding
from boussole.vectorized.encoding import Column
from boussole.vectorized.population import top_k
from boussole.vectorized.population.respondents import Respondents
from boussole.vectorized.population.top_k import Ranker
from boussole.vectorized.scoring import fits, weighted_fits
from boussole.vectorized.scoring import rules as ruling
from boussole.vectorized.scoring.sort_keys import greatest
from support.builders import (
    axis,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
)
from support.interviews import accepted_by
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from types import ModuleType

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value


def crowd_of(compass: Compass, catalogue: Catalogue, sheets: list[dict[str, Value]]) -> Respondents:
    """Return the people who gave these answers."""
    columns = {}
    for id_ in compass.questions:
        given_values = [sheet.get(id_) for sheet in sheets]
        values = tuple(dict.fromkeys(given_values))
        codes = np.array([values.index(value) for value in given_values], np.int32)
        columns[id_] = Column(values, codes)
    return Respondents(compass, catalogue, columns, len(sheets))


def check(compass: Compass, catalogue: Catalogue, sheets: list[dict[str, Value]], number: int) -> None:
    """Assert that the crowd stands, misses and is ranked as each of its people is."""
    crowd = crowd_of(compass, catalogue, sheets)
    ranker = Ranker(compass, catalogue, number)
    ranker.rank(crowd_of(compass, catalogue, sheets[::2]))  # what is kept of an earlier crowd changes nothing
    tops = ranker.rank(crowd)
    missing = crowd.missing()
    ids = list(catalogue.medoc)
    for person, sheet in enumerate(sheets):
        situation = situate(compass, Answers.given(sheet))
        assert tuple(id_ for id_ in compass.questions if crowd.asked[id_][person]) == situation.path
        assert tuple(id_ for id_, lacking in missing.items() if lacking[person]) == situation.missing
        expected = [(one.medoc.id, one.score) for one in rank(compass, catalogue, situation).top(number)]
        row = tops.of[person]
        found = zip(tops.medoc[row].tolist(), tops.scores[row].tolist(), strict=True)
        assert [(ids[medoc], score) for medoc, score in found if medoc >= 0] == expected


@settings(deadline=None)
@given(st.data())
def test_everybody_gets_what_they_would_get_alone(data: st.DataObject) -> None:
    """The path, what is missing, the MEDOC and their scores: for any small compass, with answers left out at random."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    answers: dict[str, Any] = {
        id_: st.none() | st.sampled_from(accepted_by(one)) for id_, one in compass.questions.items()
    }
    sheets = data.draw(st.lists(st.fixed_dictionaries(answers), min_size=1, max_size=12))
    given_sheets = [{id_: value for id_, value in sheet.items() if value is not None} for sheet in sheets]
    check(compass, catalogue, given_sheets, data.draw(st.integers(1, 4)))


_LARGE = st.sampled_from([1, 2**20, 2**31 - 1, 10**9 + 1, 10**12, 2**40])
_LARGER = _LARGE | st.sampled_from([2**53 + 1, 2**62])


def enlarged(compass: Compass, *, points: int, shares: int, weights: int, rules: int) -> Compass:
    """Return a compass whose points, weights on axes, weights of facets and points of rules are so many times more."""
    questions = {
        id_: one._replace(
            options={
                key: option._replace(points=option.points and option.points * points + 1)
                for key, option in one.options.items()
            }
        )
        for id_, one in compass.questions.items()
    }
    axes = {
        id_: axis._replace(questions={key: share * shares for key, share in axis.questions.items()})
        for id_, axis in compass.axes.items()
    }
    facets = {id_: weight * weights for id_, weight in compass.weighting.weights.items()}
    return compass._replace(
        questions=questions,
        axes=axes,
        weighting=compass.weighting._replace(weights=facets),
        rules=tuple(rule._replace(points=rule.points and rule.points * rules + 1) for rule in compass.rules),
    )


@settings(deadline=None)
@given(st.data())
def test_points_and_weights_of_any_size_are_exact_or_refused(data: st.DataObject) -> None:
    """On axes, exact whatever their size; in scores, up to what a number of the machine holds."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    sizes = {"points": data.draw(_LARGER), "shares": data.draw(_LARGER)}
    sizes |= {"weights": data.draw(_LARGER), "rules": data.draw(_LARGER)}
    answers = {one.id: st.sampled_from(accepted_by(one)) for one in compass.questions.values()}
    sheets = data.draw(st.lists(st.fixed_dictionaries({}, optional=answers), max_size=8))
    exact = max(sizes["weights"], sizes["rules"]) <= 2**40
    large = enlarged(compass, **sizes)
    try:
        Ranker(large, catalogue, 3)
    except BoussoleError:
        assert not exact
        return
    check(large, catalogue, sheets, 3)


def test_the_weight_of_one_question_on_an_axis_may_be_larger_than_a_number_of_the_machine() -> None:
    compass = make_compass(
        make_question("q", "scale"),
        axes=[make_axis("x", {"q": 2**70})],
        rules=[make_rule(AnyOf(axis("x"), frozenset({100})), "a", points=5)],
    )
    check(compass, make_catalogue(make_medoc("a"), make_medoc("b")), [{"q": 3}, {"q": 0}, {}], 2)


def test_what_is_too_large_says_what_names_it() -> None:
    compass = make_compass(make_question("q"), weights={"profile": 2**62})
    with pytest.raises(BoussoleError, match="B541"):
        Ranker(compass, make_catalogue(), 3)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_medoc_that_nothing_tells_apart(data: st.DataObject) -> None:
    """Of those that declare the same, as many are ranked as are looked for: the first of them by the tie rule."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    copies = {f"{id_}-{n}": one._replace(id=f"{id_}-{n}") for id_, one in catalogue.medoc.items() for n in range(4)}
    years = data.draw(st.lists(st.integers(2001, 2003), min_size=len(copies), max_size=len(copies)))
    dated = {id_: one._replace(year=year, after=()) for (id_, one), year in zip(copies.items(), years, strict=True)}
    answers: dict[str, Any] = {id_: st.sampled_from(accepted_by(one)) for id_, one in compass.questions.items()}
    sheets = data.draw(st.lists(st.fixed_dictionaries(answers), min_size=1, max_size=4))
    check(compass, catalogue._replace(medoc={**catalogue.medoc, **dated}), sheets, data.draw(st.integers(1, 3)))


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        (fits, "_MOST", 0),
        (weighted_fits, "_MOST", 0),
        (ruling, "KEPT", 0),
        (encoding, "_WHOLE", 1),
        (top_k, "_BLOCK", 3),
        (top_k, "_WORKERS", 1),
    ],
)
def test_tables_too_large_to_keep(monkeypatch: pytest.MonkeyPatch, where: ModuleType, name: str, value: int) -> None:
    """Rows made on demand, numbers too large for one, blocks of three scores, one worker: the same."""
    monkeypatch.setattr(where, name, value)
    catalogue, compass = _wide(5)
    options = list(compass.questions["domain"].options)
    sheets: list[dict[str, Value]] = [{"domain": (one,)} for one in options]
    check(compass, catalogue, [*sheets, {}], 3)


def test_a_facet_of_many_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets of more terms than a machine's number has bits, and numbers sorted rather than tabled: the same."""
    catalogue, compass = _wide(70)
    options = list(compass.questions["domain"].options)
    sheets: list[dict[str, Value]] = [{"domain": tuple(options[start::7])} for start in range(7)]
    check(compass, catalogue, sheets, 3)
    monkeypatch.setattr(encoding, "_DENSE", 1)
    check(compass, catalogue, sheets, 3)


def _wide(terms: int) -> tuple[Catalogue, Compass]:
    domain = make_facet("domain", *(f"d{number}" for number in range(terms)))
    medoc = [make_medoc(f"m{number}", suits={"domain": [f"d{number}"]}) for number in range(terms)]
    catalogue = make_catalogue(*medoc, make_medoc("general"), facets=[domain])
    return catalogue, make_compass(make_question("domain", "many", domain), weights={"domain": 2}, require=["domain"])


def test_nobody_and_nothing() -> None:
    """A crowd of nobody, and a catalogue of nothing, give no row and no MEDOC."""
    catalogue, compass = _wide(3)
    assert Ranker(compass, catalogue, 3).rank(crowd_of(compass, catalogue, [])).medoc.shape == (0, 3)
    empty = catalogue._replace(medoc={})
    assert (Ranker(compass, empty, 3).rank(crowd_of(compass, empty, [{}])).medoc == -1).all()


def test_rules_that_hold_for_one_of_the_answers_and_for_all_of_them() -> None:
    """They look at the same question for the same options, and are two."""
    domain = make_facet("domain", "eau", "climat")
    catalogue = make_catalogue(make_medoc("un"), make_medoc("tous"), facets=[domain])
    asked, both = question("domain"), frozenset({"eau", "climat"})
    compass = make_compass(
        make_question("domain", "many", domain),
        rules=[make_rule(AnyOf(asked, both), "un", points=5), make_rule(AllOf(asked, both), "tous", points=9)],
    )
    check(compass, catalogue, [{"domain": ("eau",)}, {"domain": ("climat", "eau")}, {}], 2)


@given(st.data())
def test_the_greatest_of_many(data: st.DataObject) -> None:
    """However many there are, those that sorting them all gives, in its order; what lacks is absent."""
    number, rows = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    width = data.draw(st.integers(0, 700))
    chance = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    keys = chance.permuted(np.tile(np.arange(width, dtype=np.int32), (rows, 1)), axis=1)
    keys = np.where(chance.random(keys.shape) < data.draw(st.floats(0, 1)), np.int32(-9), keys)
    expected = np.sort(np.pad(keys, ((0, 0), (0, number)), constant_values=-9), axis=1)[:, ::-1][:, :number]
    assert (greatest(keys, number, -9) == expected).all()
    assert (greatest(keys[:, None, :], number, -9)[:, 0] == expected).all()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 2)), max_size=30), st.booleans())
def test_distinct_combinations_in_order(rows: list[tuple[int, int, int]], narrow: bool) -> None:  # noqa: FBT001
    """As sorting the rows gives them, whether or not one number holds them all."""
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    with pytest.MonkeyPatch.context() as patch:
        if narrow:
            patch.setattr(encoding, "_WHOLE", 11)
            patch.setattr(encoding, "_DENSE", 1)
        found = encoding.distinct(zip(columns, (4, 10, 3), strict=True), len(rows))
    different = sorted(set(rows))
    assert [rows[one] for one in found.one.tolist()] == different
    assert [different[of] for of in found.of.tolist()] == rows
