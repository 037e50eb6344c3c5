"""What a definition may say, and probably does not mean."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from boussole.core.check.oddities import MOST_POINTS, review_catalogue, review_compass, review_superseded
from boussole.core.definitions.conditions import ALWAYS, AnyOf
from support.builders import (
    CHECKED,
    facet,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_place,
    make_question,
    make_rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.errors import Finding, Keys


def told(findings: Iterable[Finding]) -> list[tuple[str, Keys]]:
    """Return the codes found, and where."""
    return [(one.code, one.keys) for one in findings]


def test_a_compass_and_a_catalogue_that_are_empty() -> None:
    """Each is told so."""
    assert told(review_compass(make_compass())) == [("B532", ())]
    assert told(review_catalogue(make_catalogue(), [], CHECKED)) == [("B532", ())]


@pytest.mark.parametrize(
    ("type_", "alone", "expected"),
    [
        ("many", (False, True), []),
        ("many", (True, True), ["B540"]),
        ("many", (True,), ["B540"]),
        ("one", (False, False), []),
        ("one", (False, True), ["B540"]),
        ("text", (), []),
    ],
)
def test_options_alone_where_that_says_nothing(type_: str, alone: tuple[bool, ...], expected: list[str]) -> None:
    """Among options that exclude each other anyhow; one of a `many` that leaves others together is what it is for."""
    options = [make_option(f"o{number}", alone=one) for number, one in enumerate(alone)]
    compass = make_compass(make_question("q", type_, options))
    assert [code for code, _ in told(review_compass(compass))] == expected


def test_points_without_measure() -> None:
    """Over a billion, either way, of an option or of a rule."""
    options = {"a": MOST_POINTS, "b": MOST_POINTS + 1}
    rules = (make_rule(ALWAYS, "kit", points=-MOST_POINTS - 1), make_rule(ALWAYS, "kit", points=MOST_POINTS))
    compass = make_compass(make_question("q", "one", options), rules=rules)
    assert told(review_compass(compass)) == [
        ("B541", ("question", 0, "options", 1, "points")),
        ("B541", ("rule", 0, "points")),
    ]


def test_a_rule_about_what_is_superseded() -> None:
    """It is left out of every ranking: told at its place in the list, with what serves now."""
    catalogue = make_catalogue(make_medoc("old", superseded_by="new"), make_medoc("new"))
    compass = make_compass(rules=(make_rule(ALWAYS, "new", "old", points=1), make_rule(ALWAYS, "new", points=1)))
    (one,) = review_superseded(compass, catalogue)
    assert (one.code, one.keys) == ("B544", ("rule", 0, "medoc", 1))
    assert one.remedy is not None
    assert str(one.remedy.in_("en")) == "Write “new” in its place, or take it out."


def test_weights_without_measure() -> None:
    """Over a billion; those of an axis too are only compared, and are exact whatever their size."""
    compass = make_compass(make_question("q"), weights={"a": MOST_POINTS, "b": MOST_POINTS + 1})
    assert told(review_compass(compass)) == [("B541", ("ranking", "weights", "b"))]


def test_a_source_checked_on_a_day_to_come() -> None:
    """Tomorrow is today already, elsewhere; and a catalogue may speak for a later day."""
    late = make_medoc("kit")._replace(checked=CHECKED + dt.timedelta(days=9))
    assert told(review_catalogue(make_catalogue(late, dated=late.checked), [], CHECKED)) == []
    for days, expected in ((0, 0), (1, 0), (2, 1)):
        medoc = make_medoc("kit")._replace(checked=CHECKED + dt.timedelta(days=days))
        found = told(review_catalogue(make_catalogue(medoc), [], CHECKED))
        assert found == [("B534", ("medoc", 0, "checked"))] * expected


@pytest.mark.parametrize(
    ("address", "severity", "remedy"),
    [
        ("https://example.org", None, None),
        ("http://example.org/a?b=c#d", None, None),
        ("http://localhost:8000/", None, None),
        ("source:002", "note", "Give its public page, if it has one."),
        ("www.example.org", "warning", "Write: https://www.example.org"),
        ("example.org/page", "warning", "Write: https://example.org/page"),
        ("htp://example.org", "warning", "“htp” is not of the web: write http:// or https://."),
        ("ftp://example.org", "warning", "“ftp” is not of the web: write http:// or https://."),
        ("https:/example.org", "warning", "Write it whole, without spaces: https://www.example.org/page"),
        ("https://example.org/a page", "warning", "Write it whole, without spaces: https://www.example.org/page"),
        ("une brochure", "warning", "Write it whole, without spaces: https://www.example.org/page"),
    ],
)
def test_addresses(address: str, severity: str | None, remedy: str | None) -> None:
    """What nobody can open is told, in `source` and in `url`; a reference of the author's own is worth a note."""
    medoc = make_medoc("kit", url=address)._replace(source=address)
    found = list(review_catalogue(make_catalogue(medoc), [], CHECKED))
    assert told(found) == ([] if severity is None else [("B535", ("medoc", 0, key)) for key in ("source", "url")])
    for one in found:
        assert (one.severity.value, one.remedy and one.remedy.in_("en")) == (severity, remedy)


@pytest.mark.parametrize(
    ("rest", "medoc", "used"),
    [
        ({}, {}, False),
        ({"weights": {"season": 1}}, {}, True),
        ({"require": ["season"]}, {}, True),
        ({"placements": (make_place(ALWAYS, season=["a"]),)}, {}, True),
        ({"rules": (make_rule(AnyOf(facet("season"), frozenset({"a"})), "kit", points=1),)}, {}, True),
        ({}, {"season": ["a"]}, True),
    ],
)
def test_a_facet_that_nothing_is_about(rest: dict[str, Any], medoc: dict[str, list[str]], used: bool) -> None:  # noqa: FBT001 - of a table
    """Neither a MEDOC nor a compass; nothing is said where no compass was looked at."""
    catalogue = make_catalogue(make_medoc("kit", suits=medoc), facets=[make_facet("season", "a", "b")])
    compass = make_compass(make_question("q"), **rest)
    assert told(review_catalogue(catalogue, [compass], CHECKED)) == ([] if used else [("B542", ("facet", 2))])
    assert told(review_catalogue(catalogue, [], CHECKED)) == []
