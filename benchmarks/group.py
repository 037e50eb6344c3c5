"""How long `boussole group` takes, beyond the start of the program, for 20, 200 and 2,000 people.

    python benchmarks/group.py [--rounds 5]

People drawn at random who answered the shipped compass `agir-ensemble`, in one JSON Lines file; figures are medians of
the whole command, less `boussole --version` in the same rounds, to JSON: by the clock, and of CPU, which other work on
the machine touches less. The aims are for the whole of it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from boussole.core.explore.sampling import random_answers
from boussole.core.situation import situate
from boussole.files.library import Library

_ROOT = Path(__file__).parent.parent
_BOUSSOLE = [sys.executable, "-m", "boussole"]
_AIMS = {20: 0.5, 200: 0.5, 2000: 5.0}


def main() -> int:
    """Measure, print a table, and exit 0: the figures are for people, a shared machine is too noisy to judge."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    compass = Library(_ROOT / "medoc.toml", _ROOT / "compasses").pair("agir-ensemble").compass
    with tempfile.TemporaryDirectory() as folder:
        commands = {"--version": ["--version"]}
        for number in _AIMS:
            path = Path(folder) / f"{number}.jsonl"
            sheets = (dict(situate(compass, answers).answers) for answers in random_answers(compass, number))
            path.write_text("".join(f"{json.dumps(sheet)}\n" for sheet in sheets), "utf-8")
            commands[str(number)] = ["group", "agir-ensemble", str(path), "--to", "json"]
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for index in range(rounds + 1):
            for name, command in commands.items():
                times[name] += [_run(command)] if index else []  # the first round only warms up
    medians = {name: [1000 * statistics.median(column) for column in zip(*times[name], strict=True)] for name in times}
    start, start_cpu = medians["--version"]
    print(f"start: {start:.0f} ms, {start_cpu:.0f} of CPU; load {os.getloadavg()[0]:.1f}")
    for number, aim in _AIMS.items():
        clock, cpu = medians[str(number)]
        beyond = f"{clock - start:8.0f} ms, {cpu - start_cpu:.0f} of CPU"
        print(f"{number:6,} people: {beyond} beyond the start (aim: {1000 * aim:.0f})")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
    return 0


def _run(command: list[str]) -> tuple[float, float]:
    """Return how long a command takes, in seconds by the clock and of CPU."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*_BOUSSOLE, *command], check=True, capture_output=True, cwd=_ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu


if __name__ == "__main__":
    sys.exit(main())
