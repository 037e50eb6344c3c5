"""Reasons share out the score to the point, and say what suits and what does not."""

from __future__ import annotations

from boussole.core.definitions.catalogue import Caution, Proven
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.reasons import in_short, share_out
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

PROFILE = make_facet("profile", "etat", "medias", "citoyens")
LEVEL = make_facet("level", "v", "w", "x", "y", "z", ordered=True)
MANY = make_question("profile", "many", PROFILE)


def test_shares_go_by_the_largest_remainder() -> None:
    """10/4 = 2, shared 2.5 % of the way: 7/4 has the larger remainder and takes the point."""
    assert share_out({"a": 5, "b": 7}, 4) == {"a": 1, "b": 2}
    assert share_out({"a": 7, "b": 5}, 4) == {"a": 2, "b": 1}
    assert share_out({"a": 8, "b": 4}, 4) == {"a": 2, "b": 1}


def test_ties_between_remainders_go_by_facet_id() -> None:
    """3 × 500 / 3 = 500: two of 166 take a point, the first by id, whatever the order they come in."""
    assert share_out({"c": 500, "b": 500, "a": 500}, 3) == {"a": 167, "b": 167, "c": 166}


def test_nothing_to_share() -> None:
    """Without any weight there is no point to give."""
    assert share_out({}, 0) == {}
    assert share_out({"a": 0}, 0) == {"a": 0}


def test_reasons_stand_by_facet_then_proven_then_rules() -> None:
    """Each with its weight and fit, rules with the most points first; together they are the score."""
    compass = make_compass(
        make_question("profile", options=PROFILE),
        make_question("level", options=LEVEL),
        weights={"profile": 1, "level": 1, "proven": 1},
        rules=(
            make_rule(ALWAYS, "m", points=-5, why=make_text("Trop long", "Too long")),
            make_rule(is_(question("profile"), "etat"), "m", points=50),
        ),
    )
    medoc = make_medoc("m", suits={"profile": ["etat"], "level": "x"}, proven=Proven(1, 0, 0))
    item = ranked(compass, make_catalogue(medoc, facets=[PROFILE, LEVEL]), profile="etat", level="v").recommendations[0]
    assert item.score == 537 + 45  # (1000 + 500 + 111) / 3 = 537
    assert [(one.points, one.facet, one.weight, one.fit, one.text.in_("en")) for one in item.reasons] == [
        (167, "level", 1, 500, "Level: made for X, close to you"),  # 166.6… takes the point left
        (333, "profile", 1, 1000, "Profile: made for ETAT"),
        (37, "proven", 1, 111, "Proven by practice: 1 out of 9"),
        (50, None, 0, 0, "Your answers: “Question profile ?”: ETAT"),
        (-5, None, 0, 0, "Too long"),
    ]


def test_a_fit_in_words() -> None:
    """What suits all, what is made for some of mine, for others, and far off on an ordered facet."""
    compass = make_compass(MANY, make_question("level", options=LEVEL), weights={"profile": 1, "level": 1, "proven": 1})
    catalogue = make_catalogue(
        make_medoc("a-generic"),
        make_medoc("b-some", suits={"profile": ["medias"], "level": "v"}),
        make_medoc("c-all", suits={"profile": ["medias", "etat", "citoyens"], "level": "y"}),
        make_medoc("d-none", suits={"profile": ["citoyens"], "level": "xy"}),
        facets=[PROFILE, LEVEL],
    )
    ranking = ranked(compass, catalogue, profile=["etat", "medias"], level="v")
    words = {one.medoc.id: [reason.text.in_("en") for reason in one.reasons] for one in ranking.recommendations}
    none = "Proven by practice: not documented yet"
    assert words == {
        "a-generic": ["Level: suits all", "Profile: suits all", none],
        "b-some": ["Level: made for V", "Profile: made for MEDIAS, not for ETAT", none],
        "c-all": ["Level: made for others (Y)", "Profile: made for ETAT and MEDIAS", none],
        "d-none": ["Level: made for X and Y, close to you", "Profile: made for others (CITOYENS)", none],
    }


def test_reasons_in_short() -> None:
    """The rules in its favour, most points first, then what it is made for that I am; else that it suits all."""
    compass = make_compass(
        MANY,
        make_question("level", options=LEVEL),
        weights={"profile": 1, "level": 9},
        rules=(
            make_rule(ALWAYS, "m", points=5, why=make_text("Un peu")),
            make_rule(ALWAYS, "m", points=50, why=make_text("Beaucoup")),
            make_rule(ALWAYS, "m", points=60),
            make_rule(ALWAYS, "m", points=-5, why=make_text("Trop long")),
        ),
    )
    medoc = make_medoc("m", suits={"profile": ["medias", "etat"], "level": "v"})
    catalogue = make_catalogue(medoc, make_medoc("for-all"), facets=[PROFILE, LEVEL])
    best, other = ranked(compass, catalogue, profile=["etat", "medias"], level="v").recommendations
    assert [text.in_("en") for text in in_short(best)] == ["Beaucoup", "Un peu", "V"]
    assert [text.in_("en") for text in in_short(best, 9)] == ["Beaucoup", "Un peu", "V", "ETAT", "MEDIAS"]
    assert [text.in_("en") for text in in_short(other)] == ["suits all"]


def test_every_reason_to_leave_out_is_kept_in_order() -> None:
    """Required facets, contraindications, then rules that exclude, then those that do not include."""
    compass = make_compass(
        MANY,
        require=["profile"],
        rules=(
            make_rule(is_(question("profile"), "citoyens"), "m", include=True),
            make_rule(ALWAYS, "m", exclude=True, why=make_text("Déjà fait")),
            make_rule(is_(question("profile"), "etat"), "m", exclude=True),
        ),
    )
    cautions = (Caution(ALWAYS, make_text("Attention")), Caution(is_(facet("profile"), "etat")))
    medoc = make_medoc("m", suits={"profile": ["medias"]}, avoid=cautions)
    out = ranked(compass, make_catalogue(medoc, facets=[PROFILE]), profile=["etat"]).left_out[0]
    assert [(one.kind, one.facet, one.text.in_("en")) for one in out.reasons] == [
        ("require", "profile", "Profile: made for others (MEDIAS)"),
        ("avoid", None, "Attention"),
        ("avoid", None, "Profile: ETAT"),
        ("rule", None, "Déjà fait"),
        ("rule", None, "Your answers: “Question profile ?”: ETAT"),
        ("rule", None, "Kept for another case: “Question profile ?”: CITOYENS"),
    ]


def test_the_order_of_rules_in_the_file_changes_no_list_of_reasons() -> None:
    """Neither for what is ranked nor for what is left out."""
    rules = (
        make_rule(ALWAYS, "in", points=5, why=make_text("B")),
        make_rule(ALWAYS, "in", points=5, why=make_text("A")),
        make_rule(ALWAYS, "out", exclude=True, why=make_text("B")),
        make_rule(ALWAYS, "out", exclude=True, why=make_text("A")),
    )
    catalogue = make_catalogue(make_medoc("in"), make_medoc("out"))
    for order in (rules, rules[::-1]):
        ranking = ranked(make_compass(rules=order), catalogue)
        assert [str(one.text) for one in ranking.recommendations[0].reasons] == ["A", "B"]
        assert [str(one.text) for one in ranking.left_out[0].reasons] == ["A", "B"]
