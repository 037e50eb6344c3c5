"""How long every situation of a compass takes, against the least that any way of doing it must do.

    .venv/bin/python benchmarks/coverage.py [COMPASS] [--wide]

The floor, measured in the same run, adds and partitions as many whole numbers as are scored, without any decision.
`--wide` asks for region, terrain and need, places the time on a facet, and makes the catalogue 1,000 MEDOC long.
To reach, on two quiet cores: agir-ensemble within 5 s, wide within 15 s and 1 GiB.
"""

from __future__ import annotations

import argparse
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from boussole.core.definitions.catalogue import Facet, Term
from boussole.core.definitions.compass import Option, Question, QuestionType
from boussole.core.definitions.text import Text
from boussole.files.library import Library
from boussole.vectorized.coverage.survey import survey

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

MIB = 1024
_BLOCK, _WIDTH = 4_000, 100


def floor(numbers: int) -> float:
    """Return the seconds that two threads take to add and partition so many whole numbers."""
    one = np.random.default_rng(1).integers(0, 1_000_000, (_BLOCK, _WIDTH), dtype=np.int32)

    def work(_: int) -> None:
        np.partition(one + one, _WIDTH - 11, axis=1)

    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(numbers // one.size)))
    return time.perf_counter() - start


_ADDED = {"region": 18, "terrain": 5, "need": 8, "duration": 3}
"""How many terms the facets have that `--wide` adds."""
_DECLARING = {"region": 0.18, "terrain": 0.23, "need": 0.9}
"""Which share of MEDOC declare something there, as in what was gathered for the catalogue."""
_WEIGHTS = {"region": 2, "terrain": 2, "need": 3, "duration": 2}
_HOUR, _HALF_DAY = 60, 240


def _text(words: str) -> Text:
    return Text({"fr": words}, "fr")


def wide(compass: Compass, catalogue: Catalogue, size: int) -> tuple[Compass, Catalogue]:
    """Return agir-ensemble with four more facets and three more questions, and its catalogue made `size` long."""
    chance = Random(1)  # noqa: S311 - no secret
    added = {
        id_: Facet(
            id_, _text(id_), {f"{id_}-{n}": Term(f"{id_}-{n}", _text(id_)) for n in range(count)}, id_ == "duration"
        )
        for id_, count in _ADDED.items()
    }
    shipped = list(catalogue.medoc.values())
    medoc = {}
    for number in range(size):
        again, place = divmod(number, len(shipped))
        one = shipped[place]
        suits = dict(one.suits)
        for facet, share in _DECLARING.items():
            if chance.random() < share:
                suits[facet] = frozenset(chance.sample(list(added[facet].terms), chance.choice([1, 1, 2])))
        if one.minutes is not None:
            suits["duration"] = frozenset((f"duration-{(one.minutes > _HOUR) + (one.minutes > _HALF_DAY)}",))
        id_ = f"{one.id}-{again}" if again else one.id
        medoc[id_] = one._replace(id=id_, suits=suits)
    questions = dict(compass.questions)
    for facet in _DECLARING:
        kind = QuestionType.MANY if facet == "need" else QuestionType.ONE
        options = {term.id: Option(term.id, term.title) for term in added[facet].terms.values()}
        most = 3 if facet == "need" else None
        questions[facet] = Question(
            facet, kind, _text(facet), facet=facet, required=facet == "need", most=most, options=options
        )
    time_ = questions["temps"]
    placed = {
        id_: option._replace(place={"duration": frozenset((f"duration-{place}",))})
        for place, (id_, option) in enumerate(time_.options.items())
    }
    questions["temps"] = time_._replace(options=placed)
    weighting = compass.weighting._replace(weights={**compass.weighting.weights, **_WEIGHTS})
    rules = tuple(rule for rule in compass.rules if "temps" not in {subject.id for subject in rule.when.subjects()})
    return (
        compass._replace(questions=questions, weighting=weighting, rules=rules),
        catalogue._replace(facets={**catalogue.facets, **added}, medoc=medoc),
    )


def main() -> None:
    """Survey a compass by what it requires, and print seconds, memory and the ratio to the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("compass", nargs="?", default="agir-ensemble")
    parser.add_argument("--wide", action="store_true")
    given = parser.parse_args()
    name = given.compass
    compass, catalogue, _, _ = Library().pair(name)
    if given.wide:
        compass, catalogue = wide(compass, catalogue, 1000)
    by = ("profile", "domain") if given.wide else tuple(sorted(compass.weighting.require))
    start, used = time.perf_counter(), time.process_time()
    found = survey(compass, catalogue, by, at_least=10)
    took, used = time.perf_counter() - start, time.process_time() - used
    scored = sum(cell.looked_at * cell.fit for cell in found.cells)
    least = floor(scored)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
    print(
        f"{name} by {', '.join(by)}: {found.situations} situations, {found.looked_at} ranked, {scored} scores or more"
    )
    print(f"{took:.1f} s, {used:.1f} of CPU · {took / least:.1f} × floor · {memory} MiB")


if __name__ == "__main__":
    main()
