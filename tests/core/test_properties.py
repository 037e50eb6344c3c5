"""What holds of every compass, catalogue and answers: ends, orders, sums, and no chance."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import UNKNOWN
from boussole.core.interview import next_question, progress, question_after, question_before
from boussole.core.pathway import pathway
from boussole.core.ranking import rank
from boussole.core.situation import axis_value, situate
from support.builders import summary
from support.paths import TESTS
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.pathway import Pathway
    from boussole.core.ranking import Ranking

T = TypeVar("T")


def drawn(data: st.DataObject) -> tuple[Catalogue, Compass]:
    """Draw a catalogue and a compass about it."""
    catalogue = data.draw(catalogues())
    return catalogue, data.draw(compasses(catalogue))


def interviewed(data: st.DataObject, compass: Compass, answers: Answers | None = None) -> Answers:
    """Answer every question until none is left."""
    given_so_far = answers or Answers()
    while (question := next_question(compass, given_so_far)) is not None:
        given_so_far = given_so_far.put(question.id, data.draw(values(question)))
    return given_so_far


def ranking_of(compass: Compass, catalogue: Catalogue, answers: Answers) -> Ranking:
    """Return the ranking for accepted answers."""
    return rank(compass, catalogue, situate(compass, accepted(compass, answers)))


def steps(path: Pathway) -> list[object]:
    """Return a path in plain values."""
    return [[step.recommendation.medoc.id, [one.id for one in step.first]] for step in path.steps]


@given(st.data())
def test_every_interview_ends(data: st.DataObject) -> None:
    """After at most as many questions as the compass has, none is left; the total announced never grows."""
    _, compass = drawn(data)
    answers, asked, totals = Answers(), [], []
    while (question := next_question(compass, answers)) is not None:
        assert question.id not in asked
        asked.append(question.id)
        told = progress(compass, answers, question)
        assert told.number == len(asked) <= told.total <= len(compass.questions)
        totals.append(told.total)
        answers = answers.put(question.id, data.draw(values(question)))
    assert tuple(asked) == situate(compass, answers).path
    assert totals == sorted(totals, reverse=True)
    assert not situate(compass, answers).missing


@given(st.data())
def test_any_walk_ends_where_a_fresh_run_with_the_final_answers_ends(data: st.DataObject) -> None:
    """Answer, go back, go forward and change at will: what was taken off the path leaves no trace."""
    catalogue, compass = drawn(data)
    answers, cursor = Answers(), next_question(compass, Answers())
    for move in data.draw(st.lists(st.sampled_from(["answer", "answer", "back", "forward"]), max_size=20)):
        if cursor is None:
            cursor = compass.questions[situate(compass, answers).path[-1]]
        elif move == "answer":
            answers = answers.put(cursor.id, data.draw(values(cursor)))
            cursor = next_question(compass, answers)
        elif move == "back":
            cursor = question_before(compass, answers, cursor) or cursor
        elif cursor.id in situate(compass, answers).answers:
            cursor = question_after(compass, answers, cursor)
    walked = interviewed(data, compass, answers)
    fresh, asked = Answers(), []
    while (question := next_question(compass, fresh)) is not None:
        asked.append(question.id)
        value = walked.get(question.id)
        assert value is not None
        fresh = fresh.put(question.id, value)
    assert situate(compass, fresh) == situate(compass, walked)
    assert tuple(asked) == situate(compass, walked).path
    assert summary(ranking_of(compass, catalogue, fresh)) == summary(ranking_of(compass, catalogue, walked))


@given(st.data())
def test_reasons_add_up_to_scores_and_nothing_is_lost(data: st.DataObject) -> None:
    """Exactly; every MEDOC is either ranked or left out with a reason; ranks follow the scores."""
    catalogue, compass = drawn(data)
    ranking = ranking_of(compass, catalogue, interviewed(data, compass))
    for item in ranking.recommendations:
        assert sum(reason.points for reason in item.reasons) == item.score
        assert all(0 <= fit <= 1000 for fit in item.fits)
    assert all(out.reasons for out in ranking.left_out)
    shown = [one.medoc.id for one in ranking.recommendations] + [one.medoc.id for one in ranking.left_out]
    assert sorted(shown) == sorted(catalogue.medoc)
    for place, item in enumerate(ranking.recommendations, 1):
        same = [
            other
            for other in ranking.recommendations
            if (other.score, other.medoc.proven.total) == (item.score, item.medoc.proven.total)
        ]
        assert item.tied == (len(same) > 1)
        assert item.rank == min(place, *(other.rank for other in same))


@given(st.data())
def test_a_path_is_drawn_as_its_rule_says(data: st.DataObject) -> None:
    """As many steps as places and candidates allow, each kind among them present, stages in order, `after` kept."""
    catalogue, compass = drawn(data)
    ranking = ranking_of(compass, catalogue, interviewed(data, compass))
    path = pathway(ranking)
    candidates = ranking.recommendations[: path.candidates]
    chosen = [step.recommendation for step in path.steps]
    assert len(chosen) == min(path.size, len(candidates))
    kinds = {item.medoc.kind for item in candidates}
    taken = [item.medoc.kind for item in chosen]
    assert len(set(taken)) == min(len(kinds), path.size)
    crowded = [kind for kind in kinds if taken.count(kind) > path.most_of_a_kind]
    assert all(item.medoc.kind in crowded for item in candidates if item not in chosen) or not crowded
    ids = {item.medoc.id for item in chosen}
    for stage in path.stages:
        here = [step.recommendation.medoc for step in stage.steps]
        assert {one.stage for one in here} == {stage.term and stage.term.id}
        for place, one in enumerate(here):
            assert not {later.id for later in here[place:]} & set(one.after)
    for step in path.steps:
        assert not {one.id for one in step.first} & (ids | {out.medoc.id for out in ranking.left_out})


@given(st.data())
def test_not_knowing_never_raises_an_axis(data: st.DataObject) -> None:
    """With « ? » instead of any answer that counts, the axis is at most as high."""
    _, compass = drawn(data)
    answers = dict(situate(compass, interviewed(data, compass)).answers)
    for one in compass.axes.values():
        for id_ in one.questions:
            if id_ not in answers or compass.questions[id_].points(answers[id_]) is None:
                continue
            known, unknown = axis_value(compass, one, answers), axis_value(compass, one, {**answers, id_: UNKNOWN})
            assert known is not None
            assert unknown is not None
            assert 0 <= unknown <= known <= 100


@given(st.data(), st.randoms())
def test_the_order_of_the_file_changes_nothing(data: st.DataObject, chance: random.Random) -> None:
    """Of facets, of an unordered facet's terms, of MEDOC, axes, places and rules: same ranks, scores, reasons, path."""
    catalogue, compass = drawn(data)
    answers = interviewed(data, compass)

    def shuffled(items: Iterable[T]) -> list[T]:
        mixed = list(items)
        chance.shuffle(mixed)
        return mixed

    facets = {
        facet.id: facet if facet.ordered else facet._replace(terms=dict(shuffled(facet.terms.items())))
        for facet in catalogue.facets.values()
    }
    other_catalogue = catalogue._replace(
        facets=dict(shuffled(facets.items())),
        medoc=dict(shuffled(catalogue.medoc.items())),
    )
    other_compass = compass._replace(
        axes=dict(shuffled(compass.axes.items())),
        rules=tuple(shuffled(compass.rules)),
        placements=tuple(shuffled(compass.placements)),
    )
    one = ranking_of(compass, catalogue, answers)
    other = ranking_of(other_compass, other_catalogue, answers)
    assert summary(one) == summary(other)
    assert steps(pathway(one)) == steps(pathway(other))
    assert one.situation == other.situation
    assert list(one.situation.terms) == list(other.situation.terms)


_RUN = """
import json
from boussole.core.definitions.conditions import AllOf, AnyOf
from support.builders import facet, make_catalogue, make_compass, make_facet
from support.builders import make_medoc, make_question, make_rule, ranked, summary
from boussole.core.definitions.catalogue import Caution
who = make_facet("profile", *"abcdefgh")
medoc = [make_medoc(x + y, suits={"profile": [x, y]}, avoid=(Caution(AllOf(facet("profile"), frozenset({x, "h"}))),))
         for x in "abcdefgh" for y in "bdfh"]
rules = tuple(make_rule(is_any, *[m.id for m in medoc[i::5]], points=i)
              for i, is_any in enumerate(AnyOf(facet("profile"), frozenset("abch"[: i + 1])) for i in range(4)))
compass = make_compass(make_question("profile", "many", who), weights={"profile": 3, "kind": 2}, rules=rules)
print(json.dumps(summary(ranked(compass, make_catalogue(*medoc, facets=[who]), profile=list("hgca")))))
"""


def test_hash_seed_and_locale_change_nothing() -> None:
    """The same words and numbers from four interpreters that hash differently and speak differently."""
    said = set()
    tests = str(TESTS)
    for seed, locale in (("0", "C"), ("1", "tr_TR.UTF-8"), ("2", "fr_FR.ISO-8859-1"), ("3", "xx")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": tests, "PYTHONUTF8": "1"}
        run = subprocess.run([sys.executable, "-c", _RUN], env=env, capture_output=True, check=True, timeout=60)
        said.add(run.stdout)
    assert len(said) == 1
    ranked, left_out = json.loads(said.pop())
    assert len(ranked) + len(left_out) == 32
    assert left_out
