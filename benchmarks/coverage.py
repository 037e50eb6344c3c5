"""How long every situation of a compass takes, against the least that any way of doing it must do.

    .venv/bin/python benchmarks/coverage.py [COMPASS]

The floor, measured in the same run, adds and partitions as many whole numbers as are scored, without any decision.
To reach: agir-ensemble within 20 s and 1 GiB on two cores.
"""

from __future__ import annotations

import argparse
import resource
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from boussole.files.library import Library
from boussole.vectorized.coverage.survey import survey

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


def main() -> None:
    """Survey a compass by what it requires, and print seconds, memory and the ratio to the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("compass", nargs="?", default="agir-ensemble")
    name = parser.parse_args().compass
    pair = Library().pair(name)
    by = tuple(sorted(pair.compass.weighting.require))
    start = time.perf_counter()
    found = survey(pair.compass, pair.catalogue, by, at_least=10)
    took = time.perf_counter() - start
    scored = sum(cell.situations * cell.fit for cell in found.cells)
    least = floor(scored)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
    print(f"{name} by {', '.join(by)}: {found.situations} situations, {scored} scores; all of them: {found.whole}")
    print(
        f"{took:.1f} s ({found.situations / took / 1e6:.2f} M situations/s) · {took / least:.1f} × floor · {memory} MiB"
    )


if __name__ == "__main__":
    main()
