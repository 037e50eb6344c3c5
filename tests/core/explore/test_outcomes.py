"""All that answers can lead to is found exactly, as listing every interview finds it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.definitions.conditions import ALWAYS, AllOf, Answered, AnyOf, Between, Every, Not, Some, leaves
from boussole.core.explore.answer_classes import OTHER, Observed, TooManyError, answer_classes
from boussole.core.explore.outcomes import Exploration, witness_of
from boussole.core.explore.satisfiability import Satisfiability
from boussole.core.situation import situate
from support.builders import (
    axis,
    facet,
    is_,
    make_axis,
    make_compass,
    make_facet,
    make_option,
    make_place,
    make_question,
    question,
)
from support.interviews import accepted_by, every_situation
from support.strategies import catalogues, compasses, conditions_about

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.core.definitions.conditions import Condition, Held, Subject
    from boussole.core.situation import Situation
    from support.strategies import LookedAt

PLENTY = 10**9


def drawn(data: st.DataObject, most: int = 3) -> tuple[Compass, list[Condition]]:
    """Draw a compass and some conditions about anything in it."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    looked_at: list[LookedAt] = [*compass.questions.values(), *compass.axes.values(), *catalogue.facets.values()]
    about = st.composite(lambda draw: conditions_about(draw, looked_at))()
    conditions = data.draw(st.lists(about, max_size=most))
    return compass, conditions + data.draw(st.just([]) | st.just([ALWAYS]))


def truths_in(situation: Situation, conditions: list[Condition]) -> tuple[bool, ...]:
    """Return which of the conditions hold."""
    return tuple(condition.holds(situation) for condition in conditions)


def reached(compass: Compass, answers: dict[str, Value]) -> Situation:
    """Return the situation of answers that the compass accepts."""
    return situate(compass, accepted(compass, Answers.given(answers)))


# --- What interviews lead to -----------------------------------------------------------------------------------------


@given(st.data())
def test_the_truths_that_can_hold_together_are_those_of_all_interviews(data: st.DataObject) -> None:
    """Exactly these, and the answers given with each of them are accepted and lead there."""
    compass, conditions = drawn(data)
    found = Exploration(compass, PLENTY).truths(*conditions)
    assert set(found) == {truths_in(one, conditions) for one in every_situation(compass)}
    for truths, trail in found.items():
        assert truths_in(reached(compass, witness_of(trail)), conditions) == truths


@given(st.data())
def test_one_reach_asked_again_and_again_says_the_same(data: st.DataObject) -> None:
    """What it remembers of one condition does not disturb the next."""
    compass, conditions = drawn(data, most=5)
    reach = Exploration(compass, PLENTY)
    for condition in [*conditions, *conditions]:
        assert reach.truths(condition).keys() == Exploration(compass, PLENTY).truths(condition).keys()


@pytest.mark.parametrize("alone", [False, True])
@given(data=st.data())
def test_every_choice_of_one_outcome_by_factor_is_an_interview_and_no_other(
    data: st.DataObject,
    alone: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Truths and terms together; `alone`: as if of a `many` about a facet one option only could be chosen."""
    compass, conditions = drawn(data)
    facets = data.draw(st.lists(st.sampled_from(["kind", "level", "profile", "stage", "nowhere"]), unique=True))
    factors = Exploration(compass, PLENTY).factors(conditions, facets, alone=alone)
    assert sorted(place for factor in factors for place in factor.conditions) == list(range(len(conditions)))
    assert sorted(place for factor in factors for place in factor.facets) == list(range(len(facets)))
    found = set()
    for chosen in product(*(factor.outcomes.items() for factor in factors)):
        truths: dict[int, bool] = {}
        terms: dict[int, frozenset[str]] = {}
        answers: dict[str, Value] = {}
        for factor, (outcome, trail) in zip(factors, chosen, strict=True):
            truths |= dict(zip(factor.conditions, outcome.truths, strict=True))
            terms |= dict(zip(factor.facets, outcome.terms, strict=True))
            answers |= witness_of(trail)
        end = tuple(truths[place] for place in range(len(conditions))), tuple(terms[at] for at in range(len(facets)))
        found.add(end)
        assert ending(reached(compass, answers), conditions, facets) == end
    assert found == {ending(one, conditions, facets) for one in every_situation(compass, alone=alone)}


def ending(
    situation: Situation, conditions: list[Condition], facets: list[str]
) -> tuple[tuple[bool, ...], tuple[frozenset[str], ...]]:
    """Return which conditions hold, and where somebody stands on the facets."""
    return truths_in(situation, conditions), tuple(situation.terms.get(one, frozenset()) for one in facets)


def test_one_option_at_a_time_holds_for_a_condition_by_itself_too() -> None:
    """It looks only at how many were chosen, and at no facet; a question of one's own options is free."""
    profile = make_facet("profile", "a", "b", "c")
    compass = make_compass(
        make_question("about", "many", profile),
        make_question("own", "many"),
        make_question("then", "yes-no", when=Between(question("about"), 2)),
    )
    reach = Exploration(compass, PLENTY)
    for id_, together in (("about", 1), ("own", 2)):
        (factor,) = reach.factors([Between(question(id_), 2)], alone=True)
        assert len(factor.outcomes) == together
    (factor,) = reach.factors([Answered(question("then"))], alone=True)
    assert [outcome.truths for outcome in factor.outcomes] == [(False,)]


def test_a_facet_asked_about_whole_is_looked_at_on_the_way_too() -> None:
    """A question that looks at one of its terms does not hide the others."""
    profile = make_facet("profile", "a", "b", "c")
    compass = make_compass(
        make_question("who", "one", profile), make_question("more", "yes-no", when=is_(facet("profile"), "a"))
    )
    (factor,) = Exploration(compass, PLENTY).factors([Answered(question("more"))], ["profile"])
    assert {(outcome.truths, *outcome.terms) for outcome in factor.outcomes} == {
        ((True,), frozenset("a")),
        ((False,), frozenset("b")),
        ((False,), frozenset("c")),
    }


def test_two_axes_are_summed_apart() -> None:
    """A question that feeds one of them leaves the other as it is."""
    compass = make_compass(
        make_question("one", "yes-no"),
        make_question("other", "yes-no"),
        axes=[make_axis("x", {"one": 1}), make_axis("y", {"one": 1, "other": 1})],
    )
    both = Between(axis("x"), 100), Between(axis("y"), 100)
    half = Between(axis("x"), 0, 0), Between(axis("y"), 50, 50)
    assert Exploration(compass, PLENTY).truths(*both).keys() == {(True, True), (True, False), (False, False)}
    assert (True, True) in Exploration(compass, PLENTY).truths(*half)


# --- Budgets ---------------------------------------------------------------------------------------------------------


@given(st.data())
def test_a_small_budget_gives_the_same_or_refuses(data: st.DataObject) -> None:
    """Never something else; without any, nothing that depends on a question is decided."""
    compass, conditions = drawn(data)
    expected = Exploration(compass, PLENTY).truths(*conditions).keys()
    budget = data.draw(st.integers(0, 60))
    for reach in (Exploration(compass, budget), Exploration(compass, PLENTY, budget)):
        try:
            assert reach.truths(*conditions).keys() == expected
        except TooManyError:
            assert conditions
    if any(subject.kind == "question" for condition in conditions for subject in condition.subjects()):
        with pytest.raises(TooManyError):
            Exploration(compass, 0).truths(*conditions)


def test_too_many_for_one_thing_leaves_the_rest_for_the_others() -> None:
    """`each` bounds one request, `budget` all of them."""
    compass = make_compass(make_question("many", "number", least=0, most=10_000), make_question("few", "yes-no"))
    wide = Some(tuple(AnyOf(question("many"), frozenset({number})) for number in range(0, 1000, 2)))
    few = is_(question("few"), "yes")
    reach = Exploration(compass, PLENTY, each=50)
    with pytest.raises(TooManyError):
        reach.truths(wide)
    assert reach.truths(few).keys() == {(True,), (False,)}
    spent = Exploration(compass, 50)
    with pytest.raises(TooManyError):
        spent.truths(wide)
    with pytest.raises(TooManyError):
        spent.truths(few)


def test_what_decides_whether_a_question_is_asked_is_looked_into_once() -> None:
    """Where that was too much, whatever depends on it is too."""
    numbers = [make_question(f"n{place}", "number", least=0, most=99) for place in range(2)]
    late = Some(tuple(AnyOf(question(one.id), frozenset({value})) for one in numbers for value in range(0, 99, 2)))
    compass = make_compass(*numbers, make_question("late", "yes-no", when=late))
    reach = Exploration(compass, PLENTY, each=40)
    for _ in range(2):
        with pytest.raises(TooManyError):
            reach.truths(is_(question("late"), "yes"))


def test_a_question_with_too_many_kinds_of_answer_is_refused_at_once() -> None:
    """Thirty options that are all looked at have a thousand million of them: nobody waits for their list."""
    options = [f"o{place}" for place in range(30)]
    compass = make_compass(make_question("q", "many", options))
    looks = [is_(question("q"), option) for option in options]
    with pytest.raises(TooManyError):
        Exploration(compass, 20_000).factors(looks)
    with pytest.raises(TooManyError):
        Exploration(compass, 20_000).truths(Every(tuple(looks)))


def test_conditions_that_share_no_question_are_not_multiplied() -> None:
    """Forty questions of their own are forty factors of two outcomes."""
    compass = make_compass(*[make_question(f"q{place}", "yes-no") for place in range(40)])
    conditions = [is_(question(id_), "yes") for id_ in compass.questions]
    reach = Exploration(compass, 1000)
    assert [len(factor.outcomes) for factor in reach.factors(conditions)] == [2] * 40
    with pytest.raises(TooManyError):
        reach.truths(*conditions)


def test_a_long_chain_of_questions_is_followed() -> None:
    """Each asked because of the one before: neither the depth of the recursion nor the budget is in the way."""
    questions = [make_question("q0", "yes-no")]
    for place in range(1, 3000):
        before = question(f"q{place - 1}")
        questions.append(make_question(f"q{place}", "yes-no", when=is_(before, "yes")))
    compass = make_compass(*questions)
    found = Exploration(compass, 100_000).truths(is_(question("q2999"), "yes"))
    assert found.keys() == {(True,), (False,)}
    assert len(witness_of(found[True,])) == 3000


# --- Deciding --------------------------------------------------------------------------------------------------------


@given(st.data())
def test_the_most_conditions_that_hold_together(data: st.DataObject) -> None:
    """In any interview; where there are too many cases, as many as there are conditions."""
    compass, conditions = drawn(data, most=5)
    found = Satisfiability(compass, PLENTY, PLENTY).most(conditions)
    assert found == max(sum(truths_in(one, conditions)) for one in every_situation(compass))
    assert found <= Satisfiability(compass, 0).most(conditions) <= len(conditions)


@given(st.data())
def test_what_is_decided_is_exact_or_seen(data: st.DataObject) -> None:
    """With any budget: what is said to be exact is, the rest was really seen, and asking twice changes nothing."""
    compass, conditions = drawn(data)
    expected = frozenset(truths_in(one, conditions) for one in every_situation(compass))
    decider = Satisfiability(compass, data.draw(st.integers(0, 80)))
    truths = decider.truths(*conditions)
    assert truths == decider.truths(*conditions)
    assert truths.together <= expected
    assert truths.together == expected or not truths.exact
    assert Satisfiability(compass).truths(*conditions) == (expected, True)
    for place in range(len(conditions)):
        assert Satisfiability(compass).truths(*conditions).can_hold(place) == any(one[place] for one in expected)
        assert Satisfiability(compass).truths(*conditions).can_fail(place) == any(not one[place] for one in expected)


# --- Kinds of answer -------------------------------------------------------------------------------------------------


@given(st.data())
def test_kinds_of_answer_are_those_that_something_tells_apart(data: st.DataObject) -> None:
    """One kind for each way in which comparisons, points and terms come out together, with an answer of that kind."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True).filter(lambda one: one.questions))
    one = data.draw(st.sampled_from(list(compass.questions.values())))
    about = st.composite(lambda draw: conditions_about(draw, [one], deep=False))()
    looked_at = tuple(leaf for condition in data.draw(st.lists(about, max_size=3)) for leaf in leaves(condition))
    terms = st.none() | st.lists(st.sampled_from(["a", "b"]))
    facets = data.draw(st.dictionaries(st.sampled_from(["profile", "level", "kind"]), terms))
    alone = data.draw(st.booleans())
    interest = Observed(looked_at, one.highest_points > 0 and data.draw(st.booleans()), facets, alone)
    found = [signature(one, kind.example, interest) for kind in answer_classes(one, interest)]
    assert len(set(found)) == len(found)
    assert set(found) == {signature(one, value, interest) for value in accepted_by(one, alone=alone)}
    for kind, (seen, points, placed) in zip(answer_classes(one, interest), found, strict=True):
        assert kind.points == points
        assert kind.terms == placed
        assert tuple(leaf.holds(Holding(kind.held)) for leaf in looked_at) == seen


class Holding(NamedTuple):
    """A view in which every subject holds the same."""

    value: Held

    def held(self, _subject: Subject) -> Held:
        """Return it."""
        return self.value


def signature(one: Question, value: Value, interest: Observed) -> tuple[Any, int | None, frozenset[tuple[str, str]]]:
    """Return all that `interest` tells of an answer."""
    compass = make_compass(one._replace(when=ALWAYS))
    situation = reached(compass, {one.id: value})
    placed = frozenset(
        (where, term if interest.facets[where] is None or term in (interest.facets[where] or ()) else OTHER)
        for where, terms in situation.terms.items()
        if where in interest.facets
        for term in terms
    )
    points = one.points(value) if interest.counted else None
    return tuple(leaf.holds(situation) for leaf in interest.leaves), points, placed


def test_the_answers_of_a_large_many_are_few_kinds() -> None:
    """Sixteen options of which one is looked at: with it, without it, and nothing where that is allowed."""
    one = make_question("q", "many", [f"o{place}" for place in range(16)], required=False)
    held = Observed((is_(question("q"), "o3"),))
    assert {kind.example for kind in answer_classes(one, held)} == {("o0",), ("o3",)}
    answered = Observed((Answered(question("q")),))
    assert [kind.example for kind in answer_classes(one, answered)] == [("o0",), UNKNOWN]


def test_numbers_stand_on_each_side_of_the_bounds_that_are_looked_at() -> None:
    """Within those of the question, which may have none."""
    bounds = Observed((Between(question("q"), 10, 20), AnyOf(question("q"), frozenset({30}))))

    def examples(least: int | None = None, most: int | None = None) -> list[object]:
        return [kind.example for kind in answer_classes(make_question("q", "number", least=least, most=most), bounds)]

    assert examples() == [-1, 10, 30]
    assert examples(least=12) == [12, 21, 30]
    assert examples(least=12, most=15) == [12]
    assert examples(most=5) == [4]


# --- Details ---------------------------------------------------------------------------------------------------------


def test_conditions_of_two_sorts_with_the_same_content_are_two() -> None:
    """« One of » and « all of » the same words are not the same."""
    words = frozenset({"a", "b"})
    one, other = AnyOf(question("q"), words), AllOf(question("q"), words)
    compass = make_compass(make_question("q", "many"))
    decider = Satisfiability(compass)
    decider.truths(Every((one, Not(other))))
    assert decider.truths(Every((one, Not(other)))).can_hold()
    assert not decider.truths(Every((other, Not(other)))).can_hold()


def test_an_axis_is_followed_exactly() -> None:
    """Its value is compared, places through its steps, and is none where no question of it is on the path."""
    level = make_facet("level", "low", "high", ordered=True)
    compass = make_compass(
        make_question("first", "yes-no"),
        make_question("more", "scale", when=is_(question("first"), "yes")),
        make_question("options", options={"rich": 3, "poor": 0, "none": None}, when=is_(question("first"), "yes")),
        make_question("late", "yes-no", when=Between(axis("x"), 60)),
        axes=[make_axis("x", {"more": 2, "options": 1}, level.id, low=0, high=50)],
        placements=(make_place(is_(facet("level"), "high"), stage=["agir"]),),
    )
    reach = Exploration(compass, PLENTY)
    values = [value for value in range(-1, 102) if (True,) in reach.truths(Between(axis("x"), value, value))]
    assert values == sorted({one.axes["x"] for one in every_situation(compass) if "x" in one.axes})
    assert reach.truths(Answered(question("late")), is_(facet("stage"), "agir")).keys() == {
        (True, True),
        (False, True),
        (False, False),
    }
    assert not reach.truths(Every((is_(facet("level"), "high"), is_(question("first"), "no")))).get((True,))


def test_a_text_is_only_answered_or_not() -> None:
    """There is one kind of it, and « ? » where it is optional."""
    for required, kinds in ((True, 1), (False, 2)):
        one = make_question("q", QuestionType.TEXT, required=required)
        assert len(answer_classes(one, Observed((Answered(question("q")),)))) == kinds


def test_an_option_chosen_alone_is_a_kind_of_its_own() -> None:
    """It is never chosen with the others, whatever the least number asked for."""
    options = [make_option("a"), make_option("b"), make_option("none", alone=True)]
    one = make_question("q", "many", options, least=2)
    interest = Observed(tuple(is_(question("q"), option) for option in ("a", "b", "none")))
    assert [kind.example for kind in answer_classes(one, interest)] == [("a", "b"), ("none",)]
