"""How long `boussole why` and `recommend --sure` take, beyond the start of the program.

    python benchmarks/why.py [--rounds 5]

On the shipped catalogue, then on 10,000 MEDOC with a compass as wide as the shipped ones (some 30,000 pairs of changed
answers): for a MEDOC in the top, for one far down, and for one that is left out. Figures are medians; what is
subtracted is `boussole --version`, measured in the same rounds. Memory is the peak of the whole benchmark.
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
from typing import NamedTuple

_ROOT = Path(__file__).parent.parent
_BOUSSOLE = [sys.executable, "-m", "boussole"]
_SHIPPED = {
    "profile": "collectivites", "domain": "eau", "level": "local", "region": "occitanie", "terrain": "rural",
    "partenaires": "un", "accord": "no", "actions": "rencontres", "need": "financement", "objective": "?",
    "temps": "jours",
}  # fmt: skip
_LARGE = {"who": "w0", "subject": "s0", "scale": "1", **{f"q{number}": "a" for number in range(6)}}
_SIZE = 10_000


class Case(NamedTuple):
    """A compass with its options, answers to it, and the seconds that `why` may take beyond the start."""

    name: str
    compass: list[str]
    answers: dict[str, str]
    reach: float


def main() -> int:
    """Measure, print a table, and exit 0: the figures are for people, a shared machine is too noisy to judge."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        (away / "medoc.toml").write_text(large_catalogue(_SIZE), "utf-8")
        (away / "compass.toml").write_text(_COMPASS, "utf-8")
        large = [str(away / "compass.toml"), "--catalogue", str(away / "medoc.toml")]
        for case in (
            Case("the shipped catalogue", ["agir-ensemble"], _SHIPPED, 0.5),
            Case(f"{_SIZE:,} MEDOC", large, _LARGE, 3),
        ):
            report(case, rounds)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MiB")
    return 0


def report(case: Case, rounds: int) -> None:
    """Print the figures of a case."""
    answers = [word for id_, value in case.answers.items() for word in ("--set", f"{id_}={value}")]
    recommend = ["recommend", *case.compass, *answers, "--to", "json"]
    result = json.loads(run([*recommend, "--all", "--left-out"])[1])
    ranked = [item["id"] for item in result["recommendations"]]
    left_out = [item["id"] for item in result["left_out"]]
    wanted = {"the first": ranked[0], "the 50th": ranked[49], "the last": ranked[-1], "left out": left_out[0]}
    commands = {"--version": ["--version"], "recommend": recommend, "recommend --sure": [*recommend, "--sure"]}
    for name, id_ in wanted.items():
        commands[f"why, {name}"] = ["why", case.compass[0], id_, *case.compass[1:], *answers, "--to", "json"]
    times: dict[str, list[float]] = {name: [] for name in commands}
    for index in range(rounds + 1):
        for name, command in commands.items():
            times[name] += [run(command)[0]] if index else []  # the first round only warms up
    start = statistics.median(times["--version"])
    print(f"\n{case.name} (start: {1000 * start:.0f} ms)")
    for name in list(commands)[1:]:
        beyond = statistics.median(times[name]) - start
        aim = f"(to reach: {1000 * case.reach:.0f})" if name.startswith("why") else ""
        print(f"{1000 * beyond:8.0f} ms  {name} {aim}")


def run(command: list[str]) -> tuple[float, str]:
    """Return how long a command takes, in seconds, and what it prints."""
    start = time.perf_counter()
    done = subprocess.run(
        [*_BOUSSOLE, *command], check=True, capture_output=True, text=True, cwd=_ROOT, env=_environment()
    )
    return time.perf_counter() - start, done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "BOUSSOLE_LANG": "en", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}


def large_catalogue(size: int) -> str:
    """Return a catalogue of `size` MEDOC on three facets, as text."""

    def terms(letter: str, number: int) -> str:
        return ", ".join(f'{{ id = "{letter}{one}", title = "{letter.upper()}{one}" }}' for one in range(number))

    def who(number: int) -> list[str]:
        return [f"w{number % 10}", f"w{(number + 1 + number % 3) % 10}"]

    head = f"""format = 1
id = "large"
version = "1"
language = "en"
title = "Large"
[[facet]]
id = "kind"
title = "Kind"
terms = [ {{ id = "tool", title = "Tool" }} ]
[[facet]]
id = "who"
title = "Who"
terms = [ {terms("w", 10)} ]
[[facet]]
id = "subject"
title = "Subject"
terms = [ {terms("s", 16)} ]
[[facet]]
id = "far"
title = "Far"
ordered = true
terms = [ {terms("f", 5)} ]
"""
    entries = (
        f"""[[medoc]]
id = "m{number}"
kind = "tool"
title = "Resource {number}"
year = {2000 + number % 26}
source = "https://example.org/{number}"
checked = 2026-11-22
for = {{ who = {json.dumps(who(number))}, subject = ["s{number * 7 % 16}"], far = ["f{number % 5}"] }}
proven = {{ efficacy = {number % 4}, feasibility = {number % 3}, safety = 0 }}
"""
        for number in range(size)
    )
    return head + "".join(entries)


_QUESTIONS = "".join(
    f"""[[question]]
id = "q{number}"
type = "one"
ask = "Question {number}?"
required = false
options = [ {{ id = "a", text = "A", points = 0 }}, {{ id = "b", text = "B", points = 1 }}, {{ id = "c", text = "C", points = 2 }}, {{ id = "d", text = "D", points = 3 }} ]
[[rule]]
when = {{ q{number} = "b" }}
medoc = ["m{number}", "m{number + 100}", "m{number + 200}"]
points = 100
"""  # noqa: E501 - an inline table stands on one line
    for number in range(6)
)
_COMPASS = f"""format = 1
id = "wide"
version = "1"
language = "en"
catalogue = "large"
title = "Wide"
[[question]]
id = "who"
type = "one"
ask = "Who?"
facet = "who"
[[question]]
id = "subject"
type = "many"
ask = "What about?"
facet = "subject"
min = 0
max = 3
[[question]]
id = "scale"
type = "scale"
ask = "How far?"
required = false
labels = [ "near", "rather", "far" ]
{_QUESTIONS}
[[axis]]
id = "progress"
title = "Progress"
questions = {{ scale = 2, q0 = 1, q1 = 1, q2 = 1, q3 = 1, q4 = 1, q5 = 1 }}
facet = "far"
steps = [ {{ from = 0, term = "f0" }}, {{ from = 40, term = "f2" }}, {{ from = 75, term = "f4" }} ]
[ranking]
weights = {{ who = 3, subject = 3, far = 2, proven = 1 }}
require = ["who", "subject"]
"""

if __name__ == "__main__":
    sys.exit(main())
