"""How long commands take to start, as ratios to a bare typer application measured in the same run.

    python benchmarks/startup.py [--rounds 15] [--copier]

Each command runs in turn, round after round, so that a busy moment of the machine touches all alike; the figures are
medians, and the ratios are medians of the ratios within a round. Modules are compiled first, as installing a wheel
does: where PYTHONDONTWRITEBYTECODE is set, a checkout would compile them at each command. `--copier` also measures
`copier --version`, from an environment of its own that the benchmark makes.
"""

from __future__ import annotations

import argparse
import compileall
import os
import pty
import re
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parent.parent
_DATA = _ROOT / "benchmarks" / "data"
_KEPT = ["--catalogue", str(_DATA / "medoc.toml"), "--compasses", str(_DATA / "compasses")]
_ANSWERS = ["--set", "profile=collectivites", "--set", "domain=eau", "--set", "level=local"]
_BARE = """
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def show(value: bool) -> None:
    if value:
        print("bare 1")
        raise typer.Exit


@app.callback()
def main(version: bool = typer.Option(False, "--version", is_eager=True, callback=show)) -> None: ...


@app.command()
def nothing(word: str = "a") -> None: ...


@app.command()
def select() -> None:
    import questionary

    questionary.select("Which?", choices=["one", "two", "three"]).unsafe_ask()


app()
"""


class Case(NamedTuple):
    """A command, the bare one it is compared with, and the ratio to reach."""

    name: str
    command: list[str]
    floor: str
    reach: float
    prompt: str = ""


def main() -> int:
    """Measure, print a table, and exit 0: the figures are for people, a shared machine is too noisy to judge."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--copier", action="store_true")
    asked = arguments.parse_args()
    compileall.compile_dir(_ROOT / "src", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        (away / "bare.py").write_text(_BARE)
        catalogue = away / "large.toml"
        catalogue.write_text(large_catalogue(10_000))
        floors, cases = commands(away, catalogue)
        if asked.copier:
            floors["copier --version"] = [str(install_copier(away)), "--version"]
        times = measure(floors, cases, asked.rounds)
        report(floors, cases, times)
        megabytes = peak_megabytes(next(case for case in cases if "10,000" in case.name).command)
        print(f"\n10,000 MEDOC: peak memory {megabytes:.0f} MiB (to reach: 150)")
    return 0


def commands(away: Path, catalogue: Path) -> tuple[dict[str, list[str]], list[Case]]:
    """Return the bare commands, by name, and the cases to compare with them."""
    bare = [sys.executable, str(away / "bare.py")]
    boussole = [str(Path(sys.executable).with_name("boussole"))]
    recommend = [*boussole, "recommend", "agir-ensemble", *_ANSWERS, "--to", "json"]
    floors = {
        "bare --version": [*bare, "--version"],
        "bare --help": [*bare, "--help"],
        "bare command": [*bare, "nothing"],
        "bare select": [*bare, "select"],
    }
    large = away / "compass.toml"
    large.write_text(_LARGE_COMPASS)
    thousand = away / "thousand.toml"
    shipped, compass = (_ROOT / "medoc.toml").read_text("utf-8"), _ROOT / "compasses" / "agir-ensemble.toml"
    thousand.write_text(fewer_medoc(shipped, compass.read_text("utf-8"), 1000), "utf-8")
    cases = [
        Case("--version", [*boussole, "--version"], "bare --version", 1.25),
        Case("--help", [*boussole, "--help"], "bare --help", 1.25),
        Case("recommend --to json, the 358 MEDOC of an earlier day", [*recommend, *_KEPT], "bare command", 3.2),
        Case(
            "recommend --to json, 1,000 of the MEDOC shipped",
            [*recommend, "--catalogue", str(thousand), "--compasses", str(_ROOT / "compasses")],
            "bare command",
            3.2,
        ),
        Case("recommend --to json, all that is shipped", recommend, "bare command", 0),
        Case("first prompt", [*boussole, "ask", "agir-ensemble"], "bare select", 2, prompt="?"),
        Case(
            "recommend, 10,000 MEDOC",
            [*boussole, "recommend", str(large), "--catalogue", str(catalogue), "--set", "who=a", "--to", "json"],
            "bare command",
            0,
        ),
    ]
    return floors, cases


def measure(floors: dict[str, list[str]], cases: list[Case], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each command, a value a round; the first round only warms up."""
    times: dict[str, list[float]] = {name: [] for name in [*floors, *(case.name for case in cases)]}
    for index in range(rounds + 1):
        for name, command in floors.items():
            seconds = to_prompt(command, "?") if "select" in name else to_end(command)
            times[name] += [seconds] if index else []
        for case in cases:
            seconds = to_prompt(case.command, case.prompt) if case.prompt else to_end(case.command)
            times[case.name] += [seconds] if index else []
    return times


def to_end(command: list[str]) -> float:
    """Return how long a command takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=_ROOT, env=_environment())
    return time.perf_counter() - start


def to_prompt(command: list[str], mark: str) -> float:
    """Return how long a command takes to show `mark` at a pseudo-terminal, in seconds."""
    start = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        os.chdir(_ROOT)
        os.execvpe(command[0], command, {**_environment(), "TERM": "xterm-256color"})
    shown = b""
    while mark.encode() not in shown and select.select([screen], [], [], 20)[0]:
        try:
            shown += os.read(screen, 4096)
        except OSError:
            break
        if b"\x1b[6n" in shown:  # prompt_toolkit asks where the cursor is
            os.write(screen, b"\x1b[1;1R")
            shown = shown.replace(b"\x1b[6n", b"")
    seconds = time.perf_counter() - start
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(screen)
    return seconds


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "BOUSSOLE_LANG": "fr", "COLUMNS": "80", "LINES": "24"}


def report(floors: dict[str, list[str]], cases: list[Case], times: dict[str, list[float]]) -> None:
    """Print the medians and the ratios."""
    for name in floors:
        print(f"{1000 * statistics.median(times[name]):8.0f} ms           {name}")
    for case in cases:
        ratio = statistics.median(ours / bare for ours, bare in zip(times[case.name], times[case.floor], strict=True))
        aim = f"(to reach: {case.reach})" if case.reach else ""
        print(f"{1000 * statistics.median(times[case.name]):8.0f} ms  x {ratio:4.2f}  {case.name} {aim}")
    if "copier --version" in times:
        ratio = statistics.median(times["--version"]) / statistics.median(times["copier --version"])
        print(f"                x {ratio:4.2f}  --version, of copier --version (to reach: 0.5)")


def peak_megabytes(command: list[str]) -> float:
    """Return the most memory any command of this benchmark took, which is that of `command`."""
    subprocess.run(command, check=True, capture_output=True, cwd=_ROOT, env=_environment())
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def install_copier(away: Path) -> Path:
    """Return copier's command, installed in an environment of its own."""
    subprocess.run([sys.executable, "-m", "venv", str(away / "copier")], check=True)
    subprocess.run([str(away / "copier/bin/pip"), "install", "--quiet", "copier"], check=True)
    return away / "copier/bin/copier"


def fewer_medoc(catalogue: str, compass: str, size: int) -> str:
    """Return a catalogue with `size` of its MEDOC: those that a compass names and the first others, after none."""
    head, *entries = catalogue.split("\n[[medoc]]\n")
    entries.sort(key=lambda entry: entry.split('"', 2)[1] not in compass)
    kept = [re.sub(r"(?m)^(after|superseded_by) = .*\n", "", entry) for entry in entries[:size]]
    return "\n[[medoc]]\n".join([head, *kept])


def large_catalogue(size: int) -> str:
    """Return a catalogue of `size` MEDOC on two facets, as text."""
    head = """format = 1
id = "large"
version = "1"
language = "fr"
title = "Large"
[[facet]]
id = "kind"
title = "Kind"
terms = [ { id = "tool", title = "Tool" }, { id = "method", title = "Method" } ]
[[facet]]
id = "who"
title = "Who"
terms = [ { id = "a", title = "A" }, { id = "b", title = "B" }, { id = "c", title = "C" } ]
[[facet]]
id = "far"
title = "Far"
ordered = true
terms = [ { id = "x", title = "X" }, { id = "y", title = "Y" }, { id = "z", title = "Z" } ]
"""
    entries = (
        f"""[[medoc]]
id = "medoc-{number}"
kind = "{("tool", "method")[number % 2]}"
title = {{ fr = "Ressource numéro {number}", en = "Resource number {number}" }}
summary = {{ fr = "Ce que l’on en tire, en une phrase.", en = "What one gets out of it, in a sentence." }}
publisher = "Somebody"
year = {2000 + number % 26}
url = "https://example.org/{number}"
source = "https://example.org/{number}/source"
checked = 2026-11-22
minutes = {number % 240}
for = {{ who = ["{"abc"[number % 3]}"], far = ["{"xyz"[number % 3]}"] }}
proven = {{ efficacy = {number % 4}, feasibility = {number % 3}, safety = 0 }}
"""
        for number in range(size)
    )
    return head + "".join(entries)


_LARGE_COMPASS = """format = 1
id = "compass"
version = "1"
language = "fr"
catalogue = "large"
title = "Compass"
[[question]]
id = "who"
type = "one"
ask = "Who?"
facet = "who"
[ranking]
weights = { who = 3, far = 2, proven = 1 }
"""

if __name__ == "__main__":
    sys.exit(main())
