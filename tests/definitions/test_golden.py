"""The lists that the shipped compasses make, judged as a practitioner would; docs/content.md has the figures."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from boussole.files.definitions.catalogue import load_catalogue
from boussole.files.definitions.compass import load_compass
from support.golden import Score, means, score, situations
from support.paths import ROOT, TESTS

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue

GOLDEN = TESTS / "definitions" / "golden"
LEAST = {
    "agir-ensemble": Score(0.54, 0.54, 0.60, 0.77, 0, 0, 0),
    "diversite-des-modeles": Score(0.82, 0.82, 0.81, 0.94, 0, 0, 0),
    "odd17-en-pratiques": Score(0.71, 0.71, 0.73, 0.87, 0, 0, 0),
    "sept-savoir-faire": Score(0.90, 0.90, 0.83, 0.88, 0, 0, 0),
}
"""The figures reached, less a small margin: the first four are floors, the others ceilings."""
COMPASSES = sorted(path.stem for path in GOLDEN.glob("*.jsonl"))


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue."""
    return load_catalogue(ROOT / "medoc.toml")


@pytest.mark.parametrize("name", COMPASSES)
def test_the_lists_are_as_good_as_they_were(name: str) -> None:
    """On average over its situations, no figure is under the one reached; nothing absurd, nothing without a link."""
    compass = load_compass(ROOT / "compasses" / f"{name}.toml", catalogue())
    reached = means([score(one, compass, catalogue()) for one in situations(GOLDEN / f"{name}.jsonl")])
    least = LEAST[name]
    told = dict(zip(Score._fields, zip(reached, least, strict=True), strict=True))
    assert all(figure >= floor for figure, floor in list(told.values())[:4]), told
    assert all(figure <= ceiling for figure, ceiling in list(told.values())[4:]), told


@pytest.mark.parametrize("name", COMPASSES)
def test_each_situation_gets_something_that_is_expected(name: str) -> None:
    """Nobody is sent away with a list without any of the resources that a practitioner would name, path included."""
    compass = load_compass(ROOT / "compasses" / f"{name}.toml", catalogue())
    empty = [
        one["id"]
        for one in situations(GOLDEN / f"{name}.jsonl")
        if not score(one, compass, catalogue()).recall_with_path
    ]
    assert len(empty) <= 1, empty
