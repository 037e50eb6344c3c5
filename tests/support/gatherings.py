"""Groups made to show everything that a report can say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from boussole.core.explore.sampling import random_answers
from boussole.core.group.synthesis import synthesise
from boussole.core.situation import situate
from boussole.files.library import Library
from boussole.vectorized.group.people import rank_people
from support.paths import ROOT
from support.samples import catalogue, compass

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.group.gathering import Person
    from boussole.core.group.synthesis import Synthesis


@cache
def shipped() -> tuple[Compass, Catalogue]:
    """Return the shipped compass `agir-ensemble` with its catalogue."""
    pair = Library(ROOT / "medoc.toml", ROOT / "compasses").pair("agir-ensemble")
    return pair.compass, pair.catalogue


def drawn(definitions: tuple[Compass, Catalogue], number: int, start: int = 0) -> list[Person]:
    """Return people drawn by chance, the same ones each time, each with an id."""
    about, medoc = definitions
    answers = list(random_answers(about, start + number))[start:]
    people = rank_people(about, medoc, [situate(about, one) for one in answers])
    return [person._replace(id=f"p{index}") for index, person in enumerate(people)]


def trial_group(number: int = 24, *, by: str | None = None, before: bool = False) -> Synthesis:
    """Return what people say who answered the trial compass; `before`: most of them answered otherwise before."""
    definitions = compass(), catalogue()
    people = drawn(definitions, number)
    earlier = drawn(definitions, number - 3, start=100) if before else None
    unfinished = people[0]._replace(situation=people[0].situation._replace(missing=("profile",)))
    return synthesise(*definitions, [*people, unfinished], by=by, earlier=earlier)


@cache
def shipped_group(number: int = 20) -> Synthesis:
    """Return what people say who answered the shipped compass, and answered it before."""
    return synthesise(*shipped(), drawn(shipped(), number), earlier=drawn(shipped(), number, start=300))
