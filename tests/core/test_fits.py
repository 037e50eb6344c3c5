"""The fits of facets where less is as good, and of the pseudo-facets, against figures computed by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from boussole.core.definitions.catalogue import Proven
from boussole.core.fits import ordered_fit, pseudo_fit
from support.builders import make_catalogue, make_compass, make_facet, make_medoc, make_question, ranked

DURATION = make_facet("duration", "heure", "demi-journee", "jours", ordered=True, at_most=True)
CATALOGUE = make_catalogue(dated=dt.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("here", "made_for", "fit"),
    [
        (["demi-journee"], "heure", 1000),
        (["demi-journee"], "demi-journee", 1000),
        (["demi-journee"], "jours", 500),
        (["heure"], "jours", 0),
        (["heure", "jours"], "demi-journee", 750),
    ],
)
def test_less_is_as_good(here: list[str], made_for: str, fit: int) -> None:
    """Only what is beyond the person's term is away from it; the mean over their terms."""
    assert ordered_fit(DURATION, frozenset(here), frozenset((made_for,))) == fit


def test_the_nearest_of_several_terms_counts() -> None:
    """A MEDOC with two terms is as far as the lower one."""
    assert ordered_fit(DURATION, frozenset(("heure",)), frozenset(("demi-journee", "jours"))) == 500


@pytest.mark.parametrize(("year", "fit"), [(None, 1000), (2027, 1000), (2026, 1000), (2024, 800), (2016, 0), (1990, 0)])
def test_recent(year: int | None, fit: int) -> None:
    """A year of age takes a tenth; without a year nothing is known against it."""
    assert pseudo_fit("recent", make_medoc("a", year=year), CATALOGUE) == fit


@pytest.mark.parametrize(("reference", "fit"), [(0, 0), (1, 333), (2, 666), (3, 1000)])
def test_reference(reference: int, fit: int) -> None:
    """A third for each step, rounded down."""
    assert pseudo_fit("reference", make_medoc("a", reference=reference), CATALOGUE) == fit


def test_pseudo_facets_count_whatever_the_situation() -> None:
    """The score is the floor of the mean over the facets placed and all pseudo-facets weighed; the reasons add up."""
    profile = make_facet("profile", "etat", "medias")
    old = make_medoc("old", year=2020, reference=1, proven=Proven(1, 1, 1), suits={"profile": ["etat"]})
    catalogue = make_catalogue(old, facets=[profile], dated=dt.date(2026, 12, 1))
    weights = {"profile": 3, "recent": 2, "reference": 1, "proven": 1}
    compass = make_compass(make_question("profile", "one", profile), weights=weights)
    (item,) = ranked(compass, catalogue, profile="etat").recommendations
    assert item.score == (3 * 1000 + 2 * 400 + 333 + 333) // 7
    assert [reason.facet for reason in item.reasons] == ["profile", "proven", "recent", "reference"]
    assert sum(reason.points for reason in item.reasons) == item.score
    assert [reason.text.in_("fr") for reason in item.reasons][2:] == ["De 2020", "Une référence utile"]
    (item,) = ranked(compass, catalogue).recommendations
    assert item.score == (2 * 400 + 333 + 333) // 4


def test_a_facet_with_the_id_of_a_pseudo_facet_wins() -> None:
    """A catalogue that has a facet “recent” is ranked by it."""
    recent = make_facet("recent", "yes", "no")
    medoc = make_medoc("a", year=1990, suits={"recent": ["yes"]})
    catalogue = make_catalogue(medoc, facets=[recent], dated=dt.date(2026, 12, 1))
    compass = make_compass(make_question("q", "one", recent), weights={"recent": 1})
    assert [one.score for one in ranked(compass, catalogue, q="yes").recommendations] == [1000]
    assert [one.score for one in ranked(compass, catalogue).recommendations] == [0]


def test_what_is_superseded_is_left_out_and_says_by_what() -> None:
    """It is in no ranking, after every other reason; the one that replaces it is named."""
    old, lost = make_medoc("old", superseded_by="new"), make_medoc("lost", superseded_by="x")
    catalogue = make_catalogue(old, make_medoc("new"), lost)
    ranking = ranked(make_compass(weights={"proven": 1}), catalogue)
    assert [one.medoc.id for one in ranking.recommendations] == ["new"]
    told = [(one.medoc.id, reason.kind, reason.medoc) for one in ranking.left_out for reason in one.reasons]
    assert told == [("lost", "superseded", "x"), ("old", "superseded", "new")]
    assert ranking.left_out[0].reasons[0].text.in_("fr") == "Remplacé par «\u00a0x\u00a0»"


@pytest.mark.parametrize(
    ("here", "made_for", "text"),
    [
        ("heure", "heure", "Duration: HEURE, like you"),
        ("jours", "heure", "Duration: HEURE, within what you have"),
        ("heure", "jours", "Duration: JOURS, more than you have"),
    ],
)
def test_amounts_in_words(here: str, made_for: str, text: str) -> None:
    """Where less is as good, a reason compares what it takes with what the person has."""
    catalogue = make_catalogue(make_medoc("a", suits={"duration": [made_for]}), facets=[DURATION])
    compass = make_compass(make_question("time", "one", DURATION), weights={"duration": 1})
    (item,) = ranked(compass, catalogue, time=here).recommendations
    assert [reason.text.in_("en") for reason in item.reasons] == [text]
