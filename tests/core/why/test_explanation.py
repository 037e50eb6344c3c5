"""Why a MEDOC stands where it stands, and the facts of what would change it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.core.why.explanation import why
from boussole.core.why.sensitivity import PlaceSensitivity, Sensitivity, Stability
from support.builders import (
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
    ranked,
)
from support.interviews import accepted_by
from support.strategies import catalogues, compasses

PROFILES = make_facet("profile", "etat", "medias", "citoyens")
CATALOGUE = make_catalogue(
    make_medoc("atlas", suits={"profile": ["etat"]}),
    make_medoc("bd", suits={"profile": ["medias"]}),
    make_medoc("charte"),
    make_medoc("dico"),
    make_medoc("essai"),
    facets=[PROFILES],
)
COMPASS = make_compass(
    make_question("profile", "one", PROFILES),
    weights={"profile": 1},
    require=["profile"],
    rules=(
        make_rule(is_(question("profile"), "etat"), "charte", points=100),
        make_rule(is_(question("profile"), "etat"), "essai", points=-50),
    ),
)


def test_where_it_stands_and_what_each_reason_is_worth() -> None:
    """Its place and its rank, and the rank without each reason: the points of that one gone, all else the same."""
    ranking = ranked(COMPASS, CATALOGUE, profile="etat")
    first = why(ranking, CATALOGUE.medoc["atlas"])
    assert first.recommendation == ranking.recommendations[0]
    assert (first.place, first.left_out, first.exclusion_reasons) == (1, None, ())
    assert [(one.reason.points, one.rank_without) for one in first.contributions] == [(1000, 4)]
    second = why(ranking, CATALOGUE.medoc["charte"])
    assert [(one.reason.points, one.rank_without) for one in second.contributions] == [(500, 4), (100, 2)]
    assert [one.rank_without for one in why(ranking, CATALOGUE.medoc["essai"]).contributions] == [4, 3]


def test_tied_medoc_share_a_rank_not_a_place() -> None:
    """Those with the same score and the same proof have the same rank, and one place after the other."""
    ranking = ranked(COMPASS._replace(rules=()), CATALOGUE, profile="etat")
    found = [why(ranking, CATALOGUE.medoc[id_]) for id_ in ("charte", "dico", "essai")]
    assert [one.place for one in found] == [2, 3, 4]
    assert [one.recommendation.rank for one in found if one.recommendation] == [2, 2, 2]


def test_what_leaves_it_out() -> None:
    """A MEDOC that is left out has no place and no reason: it has what leaves it out."""
    ranking = ranked(COMPASS, CATALOGUE, profile="etat")
    out = why(ranking, CATALOGUE.medoc["bd"])
    assert (out.recommendation, out.place, out.contributions) == (None, None, ())
    assert out.left_out == ranking.left_out[0]
    assert [one.kind for one in out.exclusion_reasons] == ["require"]


@given(st.data())
def test_the_rank_without_a_reason_is_that_of_the_score_it_leaves(data: st.DataObject) -> None:
    """For any small compass: put back among the others with these points gone, it has that rank."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    answers = {id_: data.draw(st.sampled_from(accepted_by(one))) for id_, one in compass.questions.items()}
    ranking = rank(compass._replace(rules=()), catalogue, situate(compass, Answers.given(answers)))
    standings = {item.medoc.id: (item.score, item.medoc.proven.total) for item in ranking.recommendations}
    for item in ranking.recommendations:
        found = why(ranking, item.medoc)
        assert found.place == ranking.recommendations.index(item) + 1
        for reason, rank_without in found.contributions:
            score, proven = standings[item.medoc.id]
            others = sorted([standing for id_, standing in standings.items() if id_ != item.medoc.id], reverse=True)
            mine = (score - reason.points, proven)
            assert rank_without == sorted([*others, mine], reverse=True).index(mine) + 1
            assert reason.points or rank_without == item.rank


def test_how_sure_in_numbers() -> None:
    """A place holds when it stays in every change of an answer and of a weight."""
    whole, steady = Stability({"q": (3, 3), "r": (1, 1)}), Stability({"w": (2, 2)})
    sure = PlaceSensitivity("a", whole, steady)
    shaky = PlaceSensitivity("b", Stability({"q": (2, 3), "r": (1, 1)}), steady)
    moved = PlaceSensitivity("c", whole, Stability({"w": (1, 2)}))
    assert [(one.answers.kept, one.answers.tried, one.weights.kept, one.holds) for one in (sure, shaky, moved)] == [
        (4, 4, 2, True),
        (3, 4, 2, False),
        (4, 4, 1, False),
    ]
    assert shaky.answers.depends_on == ("q",)
    firmness = Sensitivity(10, (sure, shaky, moved), {"q": 3, "r": 1}, {"w": 2})
    assert firmness.hold == 1
    assert [firmness.staying(one) for one in firmness.questions] == [2, 3]
    assert [firmness.steady(one) for one in firmness.weights] == [2]
    assert firmness.of("b") == shaky
    assert firmness.of("z") is None


def test_each_question_counts_as_much_in_the_share() -> None:
    """A question of a thousand other answers does not hide one of two; where nothing can change, all of it holds."""
    firm = PlaceSensitivity("a", Stability({"many": (0, 1000), "two": (1, 1)}), Stability({"w": (1, 2)}))
    assert firm.share == Fraction(1, 2)
    assert PlaceSensitivity("a", Stability({}), Stability({})).share == 1
