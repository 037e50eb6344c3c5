"""How a score is computed, what is left out, who shares a rank."""

from __future__ import annotations

import pytest

from boussole.core.definitions.catalogue import Caution, Proven
from boussole.core.definitions.conditions import ALWAYS, Not
from boussole.core.fits import ordered_fit, pseudo_fit, unordered_fit
from support.builders import (
    facet,
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    make_text,
    question,
    ranked,
)

TEN = make_facet("profile", *"abcdefghij")
LEVEL = make_facet("level", "v", "w", "x", "y", "z", ordered=True)
PROFILE = make_facet("profile", "etat", "medias", "citoyens")
WHO = make_question("profile", options=PROFILE)


@pytest.mark.parametrize(
    ("terms", "here", "made_for", "generic", "fit"),
    [
        (10, "a", "a", 500, 1000),  # made for me alone
        (10, "a", "abcdefghi", 500, 555),  # 500 + 500 × 1 × 1 / (1 × 9) = 555.5…
        (10, "a", "abcdefghij", 500, 500),  # made for everybody by name: generic
        (10, "a", "bcdefghij", 500, 0),
        (10, "ab", "a", 500, 750),  # 500 + 500 × 1 × 9 / (2 × 9)
        (10, "ab", "ab", 500, 1000),  # 500 + 500 × 2 × 8 / (2 × 8)
        (10, "ab", "abc", 500, 937),  # 500 + 500 × 2 × 7 / (2 × 8) = 937.5
        (10, "abcdefghij", "abcdefghij", 500, 1000),  # k = T
        (1, "a", "a", 0, 1000),  # k = T = 1
        (4, "a", "ab", 0, 666),  # 1000 × 1 × 2 / (1 × 3)
        (4, "a", "ab", 1000, 1000),
        (3, "ab", "bc", 100, 325),  # 100 + 900 × 1 × 1 / (2 × 2)
    ],
)
def test_unordered_fit(terms: int, here: str, made_for: str, generic: int, fit: int) -> None:
    """floor(generic + (1000 − generic) × k × (T − d) / (n × (T − k))); 0 for k = 0 and 1000 for k = T."""
    assert unordered_fit(terms, frozenset(here), frozenset(made_for), generic) == fit


@pytest.mark.parametrize(
    ("terms", "here", "made_for", "fit"),
    [
        ("vwxyz", "v", "v", 1000),
        ("vwxyz", "v", "z", 0),
        ("vwxyz", "v", "wz", 750),  # the nearest counts
        ("vwxyz", "vx", "w", 750),
        ("vwxy", "v", "w", 666),
        ("vwxy", "wx", "v", 500),  # the mean of 666.6… and 333.3… before the floor, not after
        ("vwxy", "vw", "w", 833),
        ("v", "v", "v", 1000),
    ],
)
def test_ordered_fit(terms: str, here: str, made_for: str, fit: int) -> None:
    """The floor of the mean closeness of the situation's terms to the nearest declared one."""
    facet = make_facet("level", *terms, ordered=True)
    assert ordered_fit(facet, frozenset(here), frozenset(made_for)) == fit


def test_proven_fit() -> None:
    """floor(1000 × total / 9)."""
    proven = [make_medoc("m", proven=Proven(*levels)) for levels in ((3, 3, 3), (2, 3, 3), (0, 0, 0))]
    assert [pseudo_fit("proven", one, make_catalogue()) for one in proven] == [1000, 888, 0]


def test_kind_and_stage_count_as_declared_on_their_facets() -> None:
    """A MEDOC without a stage declares nothing there."""
    medoc = make_medoc("m", kind="donnee", stage="agir")
    assert medoc.terms_on("kind") == {"donnee"}
    assert medoc.terms_on("stage") == {"agir"}
    assert make_medoc("m").terms_on("stage") == frozenset()
    assert make_medoc("m", suits={"stage": ["agir"]}).terms_on("stage") == {"agir"}


def test_a_score_is_the_floor_of_the_weighted_mean() -> None:
    """(3 × 1000 + 2 × 750 + 1 × 888) / 6 = 898; for all: (3 × 500 + 2 × 500 + 0) / 6 = 416."""
    compass = make_compass(
        make_question("profile", options=TEN),
        make_question("level", options=LEVEL),
        weights={"profile": 3, "level": 2, "proven": 1},
    )
    catalogue = make_catalogue(
        make_medoc("mine", suits={"profile": "a", "level": "w"}, proven=Proven(2, 3, 3)),
        make_medoc("for-all"),
        facets=[TEN, LEVEL],
    )
    ranking = ranked(compass, catalogue, profile="a", level="v")
    assert [(one.medoc.id, one.score, one.fits) for one in ranking.recommendations] == [
        ("mine", 898, (750, 1000)),
        ("for-all", 416, (500, 500)),
    ]
    assert ranking.context.weight == 6
    assert ranking.situation.terms == {"level": {"v"}, "profile": {"a"}}


def test_only_facets_with_a_weight_and_a_term_count() -> None:
    """A facet not named weighs 0; one where the situation has no term is passed over."""
    compass = make_compass(
        make_question("profile", options=PROFILE),
        make_question("level", options=LEVEL, required=False),
        weights={"level": 5},
    )
    catalogue = make_catalogue(make_medoc("m", suits={"profile": ["etat"], "level": "z"}), facets=[PROFILE, LEVEL])
    assert ranked(compass, catalogue, profile="medias", level="v").recommendations[0].score == 0
    assert ranked(compass, catalogue, profile="medias", level="z").recommendations[0].score == 1000
    nothing = ranked(compass, catalogue, profile="medias", level="?").recommendations[0]
    assert (nothing.score, nothing.fits) == (0, ())


def test_kind_and_stage_weigh_like_any_facet() -> None:
    """Somebody may ask for tools, or to act."""
    kind = make_facet("kind", "outil", "donnee")
    catalogue = make_catalogue(
        make_medoc("tool", kind="outil", stage="agir"), make_medoc("data", kind="donnee"), facets=[kind]
    )
    compass = make_compass(
        make_question("kind", options=kind),
        make_question("stage", options=catalogue.facets["stage"]),
        weights={"kind": 1, "stage": 1},
    )
    ranking = ranked(compass, catalogue, kind="outil", stage="se-former")
    assert {one.medoc.id: one.fits for one in ranking.recommendations} == {"tool": (1000, 500), "data": (0, 500)}


def test_generic_is_the_fit_of_what_is_made_for_all() -> None:
    """On unordered and ordered facets alike, at the value the compass says."""
    compass = make_compass(WHO, make_question("level", options=LEVEL), weights={"profile": 1, "level": 1}, generic=300)
    ranking = ranked(compass, make_catalogue(make_medoc("m"), facets=[PROFILE, LEVEL]), profile="etat", level="v")
    assert ranking.recommendations[0].fits == (300, 300)


def test_a_required_facet_leaves_out_what_does_not_fit_at_all() -> None:
    """Only where the situation has a term; what suits all stays; weights need not name it."""
    compass = make_compass(make_question("profile", options=PROFILE, required=False), require=["profile"])
    catalogue = make_catalogue(
        make_medoc("mine", suits={"profile": ["etat"]}),
        make_medoc("other", suits={"profile": ["medias"]}),
        make_medoc("for-all"),
        facets=[PROFILE],
    )
    ranking = ranked(compass, catalogue, profile="etat")
    assert [one.medoc.id for one in ranking.recommendations] == ["for-all", "mine"]
    assert [(out.medoc.id, [f.id for f in out.facets]) for out in ranking.left_out] == [("other", ["profile"])]
    assert ranked(compass, catalogue, profile="?").left_out == ()


def test_a_required_ordered_facet_leaves_out_its_far_end() -> None:
    """The fit is 0 only from one end to the other."""
    compass = make_compass(make_question("level", options=LEVEL), require=["level"])
    catalogue = make_catalogue(
        make_medoc("far", suits={"level": "z"}), make_medoc("near", suits={"level": "y"}), facets=[LEVEL]
    )
    assert [out.medoc.id for out in ranked(compass, catalogue, level="v").left_out] == ["far"]


def test_a_contraindication_leaves_out_while_it_holds() -> None:
    """Each that holds is kept as a reason."""
    cautions = (
        Caution(is_(facet("profile"), "etat"), make_text("Pas pour l’État")),
        Caution(Not(is_(facet("profile"), "medias"))),
        Caution(is_(facet("profile"), "medias")),
    )
    catalogue = make_catalogue(make_medoc("m", avoid=cautions), facets=[PROFILE])
    out = ranked(make_compass(WHO), catalogue, profile="etat").left_out[0]
    assert out.cautions == cautions[:2]
    assert out.rules == ()


def test_rules_add_points_without_bound() -> None:
    """Every rule that holds, for each MEDOC it names; below 0 and above 1000 too."""
    when, never = is_(question("profile"), "etat"), is_(question("profile"), "medias")
    compass = make_compass(
        WHO,
        rules=(
            make_rule(when, "up", "down", points=-700),
            make_rule(ALWAYS, "up", points=3000),
            make_rule(never, "up", points=5),
            make_rule(when, "up", points=0),
        ),
    )
    ranking = ranked(compass, make_catalogue(make_medoc("up"), make_medoc("down"), facets=[PROFILE]), profile="etat")
    assert [(one.medoc.id, one.score) for one in ranking.recommendations] == [("up", 2300), ("down", -700)]
    assert ranking.recommendations[0].rules == (compass.rules[0], compass.rules[1], compass.rules[3])


def test_a_rule_that_excludes_leaves_out_while_it_holds() -> None:
    """And says nothing otherwise."""
    compass = make_compass(WHO, rules=(make_rule(is_(question("profile"), "etat"), "m", exclude=True),))
    catalogue = make_catalogue(make_medoc("m"), facets=[PROFILE])
    assert [out.rules for out in ranked(compass, catalogue, profile="etat").left_out] == [compass.rules]
    kept = ranked(compass, catalogue, profile="medias")
    assert (kept.left_out, kept.recommendations[0].rules) == ((), ())


def test_what_rules_include_is_left_out_unless_one_of_them_holds() -> None:
    """One is enough, and brings its own points only; with none, every one of them is a reason."""
    compass = make_compass(
        WHO,
        rules=(
            make_rule(is_(question("profile"), "etat"), "m", include=True, points=40),
            make_rule(is_(question("profile"), "medias"), "m", include=True, points=7),
            make_rule(ALWAYS, "m", points=1),
        ),
    )
    catalogue = make_catalogue(make_medoc("m"), make_medoc("free"), facets=[PROFILE])
    assert [(one.medoc.id, one.score) for one in ranked(compass, catalogue, profile="etat").recommendations] == [
        ("m", 41),
        ("free", 0),
    ]
    ranking = ranked(compass, catalogue, profile="citoyens")
    assert [one.medoc.id for one in ranking.recommendations] == ["free"]
    assert ranking.left_out[0].rules == compass.rules[:2]


def test_excluding_wins_over_including() -> None:
    """A MEDOC that one rule lets in and another leaves out is left out, for that reason alone."""
    compass = make_compass(WHO, rules=(make_rule(ALWAYS, "m", include=True), make_rule(ALWAYS, "m", exclude=True)))
    out = ranked(compass, make_catalogue(make_medoc("m"), facets=[PROFILE]), profile="etat").left_out
    assert [one.rules for one in out] == [(compass.rules[1],)]


def test_the_order_is_score_then_proven_then_year_then_id() -> None:
    """The year is descending with none last, the id ascending; the same score and proven share a rank: 1, 2=, 2=, 4."""
    catalogue = make_catalogue(
        make_medoc("z-last", year=2030),
        make_medoc("b-none", proven=Proven(1)),
        make_medoc("a-old", proven=Proven(0, 1), year=1990),
        make_medoc("best", proven=Proven(0, 0, 2), year=1980),
    )
    ranking = ranked(make_compass(), catalogue)
    assert [(one.medoc.id, one.rank, one.tied) for one in ranking.recommendations] == [
        ("best", 1, False),
        ("a-old", 2, True),
        ("b-none", 2, True),
        ("z-last", 4, False),
    ]


def test_ties_at_both_ends() -> None:
    """1=, 1=, 3=, 3=, 3=: newest first, then no year, then by id."""
    catalogue = make_catalogue(
        make_medoc("e"), make_medoc("d"), make_medoc("c", year=0), *(make_medoc(x, proven=Proven(1)) for x in "ba")
    )
    ranking = ranked(make_compass(), catalogue)
    assert [(one.medoc.id, one.rank, one.tied) for one in ranking.recommendations] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 3, True),
        ("d", 3, True),
        ("e", 3, True),
    ]


def test_the_first_of_a_ranking() -> None:
    """As many as asked for, or as the compass says; the ranking itself is whole."""
    ranking = ranked(make_compass(top=2), make_catalogue(*(make_medoc(x) for x in "abcd")))
    assert [one.medoc.id for one in ranking.top()] == ["a", "b"]
    assert [one.medoc.id for one in ranking.top(3)] == ["a", "b", "c"]
    assert len(ranking.recommendations) == 4


def test_an_expired_medoc_stays() -> None:
    """It is only marked by whoever shows it: the ranking knows no date."""
    import datetime as dt

    catalogue = make_catalogue(make_medoc("old", expires=dt.date(1999, 1, 1)))
    assert ranked(make_compass(), catalogue).recommendations[0].medoc.expires is not None
