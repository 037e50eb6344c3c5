"""How long a path takes in each form, the page also as a ratio to Markdown in the same run, and how large it is.

    python benchmarks/path.py [--rounds 15]

The commands run in turn, round after round; the figures are medians, and the ratio is the median of those within a
round. The contract: at most 2, and under 150 kB for the whole list; a PDF under 2 s.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_COMMAND = (
    *(sys.executable, "-m", "boussole", "recommend", "agir-ensemble", "--set", "profile=collectivites"),
    *("--set", "domain=eau", "--set", "level=local", "--set", "partenaires=divers", "--set", "temps=heure"),
)
_KILOBYTE = 1000


def run(*options: str) -> tuple[float, int]:
    """Return how long a path takes in some form, in milliseconds, and how many bytes it has."""
    start = time.perf_counter()
    done = subprocess.run([*_COMMAND, *options], cwd=_ROOT, capture_output=True, check=True)
    return (time.perf_counter() - start) * 1000, len(done.stdout)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    for whole in ((), ("--all",)):
        times: dict[str, list[float]] = {"md": [], "html": [], "pdf": [], "docx": []}
        sizes = {form: run("--to", form, *whole)[1] for form in times}  # and definitions are kept ready
        for _ in range(rounds):
            for form, taken in times.items():
                taken.append(run("--to", form, *whole)[0])
        ratio = statistics.median(html / md for md, html in zip(times["md"], times["html"], strict=True))
        for form, taken in times.items():
            told = " ".join(("--to", form, *whole))
            print(f"{told:<18} {statistics.median(taken):6.0f} ms {sizes[form] / _KILOBYTE:6.0f} kB")
        print(f"  html / md: {ratio:.2f}")


if __name__ == "__main__":
    main()
