"""The recipes of CONTRIBUTING.md are whole: followed for something that nobody needs, they make all of it work.

A copy of the sources is changed, judged by mypy, then used: about half a minute, so only where BOUSSOLE_RECIPES=1, as
in `.ci/run`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

import pytest

from boussole.core.definitions.compass import QuestionType
from boussole.files.authoring.json_schema import json_schema
from boussole.files.toml.tables import QuestionTable
from support import throwaway
from support.paths import ROOT
from support.samples import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from support.throwaway import Edit

on_demand = pytest.mark.skipif(os.environ.get("BOUSSOLE_RECIPES") != "1", reason="needs BOUSSOLE_RECIPES=1")


def named_in(recipe: str) -> set[str]:
    """Return the files of `src/boussole` that a recipe names."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split(f"### {recipe}\n")[1].split("\n### ")[0]
    found = re.findall(r"`([a-z_/]+\.(?:py|html))`", section)
    return {name for name in found if "/" in name and not name.startswith("tests/")}


def files_of(edits: Iterable[Edit]) -> set[str]:
    """Return the files that are edited."""
    return {edit.file for edit in edits}


def errors(copied: Copy) -> dict[str, int]:
    """Return how many places mypy finds that do not know all there is, by file of the package."""
    folder = copied.package.parent.parent
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(folder / "cache"), "src"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^src/boussole/(\S+?):[0-9]+: error: (.*)$", said, re.MULTILINE)
    assert found or said.startswith("Success"), said
    assert all("assert_never" in what for _, what in found), said
    return {file: sum(one == file for one, _ in found) for file, _ in found}


class Copy(NamedTuple):
    """A copy of the sources, and a folder of definitions to use it in."""

    package: Path
    here: Path

    def run(self, *arguments: str, code: int = 0, typed: str | None = None) -> str:
        """Run a command of the copy, which must end with `code`; return what it prints."""
        # what runs here is no part of what is measured: it would stand beside the sources themselves, half covered
        others = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        own = {"PYTHONPATH": str(self.package.parent), "SOURCE_DATE_EPOCH": "1795356180", "HOME": str(self.here)}
        done = subprocess.run(
            [sys.executable, "-m", "boussole", *arguments, "--lang", "en"],
            cwd=self.here, env={**others, **own}, input=typed, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout

    def ranking(self, *arguments: str) -> Any:  # noqa: ANN401 - JSON
        """Return the result of `recommend`."""
        return json.loads(self.run("recommend", "heures", *arguments, "--to", "json"))


@pytest.fixture
def copied(tmp_path: Path) -> Copy:
    """Return a copy of the sources, and a folder with a catalogue."""
    here = tmp_path / "here"
    (here / "compasses").mkdir(parents=True)
    (here / "medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    return Copy(throwaway.copy_of_sources(tmp_path), here)


HEAD = """\
format = 1
id = "heures"
version = "1"
language = "en"
catalogue = "mini"
title = "Hours"
"""

# --- A question type -------------------------------------------------------------------------------------------------

HOURS = """
[[question]]
id = "hour"
type = "time"
required = false
ask = "At what time?"
min = "08:00"
max = "22:00"
default = "09:00"

[[question]]
id = "evening"
type = "yes-no"
ask = "In the evening?"
when = { hour = { min = "18:00" } }

[ranking]
top = 1
weights = { proven = 1 }

[[rule]]
when = { hour = { min = "12:00", max = "13:59" } }
medoc = ["atlas"]
points = 900

[[rule]]
when = { evening = "yes" }
medoc = ["charte"]
points = 900

[[example]]
title = "Noon"
answers = { hour = "12:30" }
expect = { first = "atlas", top = 1 }
"""


def test_every_type_is_in_the_files() -> None:
    """The types of the files and the schema know every question type: mypy cannot ask for these."""
    types = [one.value for one in QuestionType]
    assert list(get_args(get_type_hints(QuestionTable)["type"])) == types
    chain = json_schema("compass", "en")["properties"]["question"]["items"]
    told: list[str] = []
    while "if" in chain:
        told += chain["if"]["properties"]["type"]["enum"]
        chain = chain.get("else", {})
    assert sorted(told) == sorted(types)


def test_the_recipe_of_a_type_names_what_is_edited() -> None:
    """Every file, and none that need not be."""
    edited = files_of([*throwaway.DECLARED, *throwaway.LED, *throwaway.ASKED_FOR_BY_TESTS, *throwaway.OWN])
    assert named_in("Add a question type") == edited | {"templates/workshop/question.html"}


@on_demand
def test_a_question_type_is_found_whole(copied: Copy) -> None:
    """Mypy leads to each place; then the type is checked, asked, ranked, kept, explained, covered, compared, tabled."""
    throwaway.apply(copied.package, throwaway.DECLARED)
    led = throwaway.LED
    assert errors(copied) == {file: sum(one.file == file for one in led) for file in files_of(led)}
    throwaway.apply(copied.package, [*led, *throwaway.ASKED_FOR_BY_TESTS, *throwaway.OWN])
    assert errors(copied) == {}

    (copied.here / "compasses" / "heures.toml").write_text(HEAD + HOURS, encoding="utf-8")
    assert copied.run("check", "compasses/heures.toml", "--strict") == ""
    (line,) = (line for line in copied.run("list", "heures").splitlines() if line.startswith("hour  "))
    assert all(word in line for word in ("a time", "08:00", "22:00"))
    assert '"time"' in copied.run("schema", "compass")
    _is_answered(copied)
    _is_explained(copied)
    _is_read_in_tables(copied)


def _is_answered(copied: Copy) -> None:
    """Give the same answer typed in any way and kept in any form; what is no time is refused."""
    noon = copied.ranking("--set", "hour=12h30")
    assert noon["answers"] == {"hour": "12:30"}
    assert noon["recommendations"][0]["id"] == "atlas"
    for wrong in ("25:00", "07:59"):
        copied.run("recommend", "heures", "--set", f"hour={wrong}", code=2)
    kept = ("noon.toml", "noon.md", "noon.html")
    copied.run("recommend", "heures", "--set", "hour=12:30", *(word for file in kept for word in ("-o", file)))
    code = copied.run("recommend", "heures", "--answers", "noon.toml", "--to", "code").strip()
    for source in (*kept, code):
        assert copied.ranking("--answers", source) == noon
    example = copied.run("ask", "heures", "--plain", "--example", typed="noon\n12h30\n0\n11\n")
    assert 'hour = "12:30"' in example


def _is_explained(copied: Copy) -> None:
    """Say what would change a result, what moved, what every situation gets, what a group has in common."""
    copied.run("recommend", "heures", "--set", "hour=19:00", "--set", "evening=no", "-o", "late.toml")
    assert "13:59" in copied.run("why", "heures", "atlas", "--answers", "late.toml", "--to", "json")
    assert "12:30" in copied.run("compare", "noon.toml", "late.toml", "--to", "md")
    assert not {"atlas", "charte"} & {*json.loads(copied.run("coverage", "heures", "--to", "json"))["never"]}
    (copied.here / "sheets").mkdir()
    for file in ("noon.toml", "late.toml"):
        (copied.here / file).rename(copied.here / "sheets" / file)
    assert json.loads(copied.run("group", "heures", "sheets", "--to", "json"))["people"] == 2


def _is_read_in_tables(copied: Copy) -> None:
    """Read a row each: as programs and as people write it, rejected, or unknown."""
    (copied.here / "in.csv").write_text("hour\n12:30\n9h05\n25:00\n?\n", encoding="utf-8")
    copied.run("batch", "heures", "in.csv", "-o", "out.csv", code=1)
    rows = list(csv.DictReader(io.StringIO((copied.here / "out.csv").read_text("utf-8-sig"))))
    assert [row["boussole_status"] for row in rows] == ["ok", "ok", "rejected", "ok"]
    assert rows[0]["boussole_1"] == "atlas"


# --- An output format ------------------------------------------------------------------------------------------------


def test_the_recipe_of_a_format_names_what_is_edited() -> None:
    """Every file."""
    assert files_of([*throwaway.FORMAT_DECLARED, *throwaway.FORMAT_LED]) <= named_in("Add an output format")


@on_demand
def test_an_output_format_is_found_whole(copied: Copy) -> None:
    """Mypy leads to each place; then it is printed, written by its ending, and told by the help."""
    throwaway.apply(copied.package, throwaway.FORMAT_DECLARED)
    assert errors(copied) == {"cli/result.py": len(throwaway.FORMAT_LED)}
    throwaway.apply(copied.package, throwaway.FORMAT_LED)
    name, text = throwaway.FORMAT_MODULE
    (copied.package / name).write_text(text, encoding="utf-8")
    assert errors(copied) == {}

    (copied.here / "compasses" / "heures.toml").write_text(HEAD, encoding="utf-8")
    printed = copied.run("recommend", "heures", "--to", "adoc")
    assert printed.startswith("= Hours\n\n. ")
    copied.run("recommend", "heures", "-o", "list.adoc")
    assert (copied.here / "list.adoc").read_text("utf-8") == printed
    assert "|adoc|" in copied.run("recommend", "--help")
