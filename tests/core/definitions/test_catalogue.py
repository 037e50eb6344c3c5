"""What a MEDOC says of itself."""

from __future__ import annotations

import datetime as dt

from boussole.core.definitions.catalogue import Proven
from support.builders import make_facet, make_medoc


def test_a_medoc_expires_after_its_last_day_not_on_it() -> None:
    """« After that day it is shown as out of date »."""
    medoc = make_medoc("kit", expires=dt.date(2027, 12, 31))
    assert not medoc.expired(dt.date(2027, 12, 31))
    assert medoc.expired(dt.date(2028, 1, 1))


def test_a_medoc_without_a_last_day_never_expires() -> None:
    """`expires` is optional."""
    assert not make_medoc("kit").expired(dt.date.max)


def test_proven_adds_up() -> None:
    """The total of the three, 0 where nothing is documented."""
    assert Proven(2, 3, 3).total == 8
    assert Proven().total == 0


def test_the_places_of_terms_are_those_of_the_file() -> None:
    """Terms are numbered from 0 in their order."""
    assert make_facet("level", "local", "national").places() == {"local": 0, "national": 1}
