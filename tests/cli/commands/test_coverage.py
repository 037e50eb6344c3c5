"""`boussole coverage`: its options, forms and exit codes; the lines it gives can be run."""

from __future__ import annotations

import csv
import io
import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.messages import written
from support.samples import COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]


def _json(done: Done) -> dict[str, object]:
    document: dict[str, object] = json.loads(done.out)
    return document


@pytest.mark.usefixtures("trial")
def test_a_map_and_what_it_says(boussole: Boussole) -> None:
    """By default: the map of the required facet and the one that weighs most, then the sentences; nothing on stderr."""
    done = boussole("coverage", "essai")
    assert (done.code, done.err) == (0, "")
    lines = done.out.split("\n")
    assert lines[0] == "What is made for whom"
    assert lines[1].split() == ["Town", "State", "Non-profit"]
    assert [line.split()[0] for line in lines[2:6]] == ["Water", "Energy", "Climate", "not"]
    assert "MEDOC that never come up" in lines
    assert "\x1b" not in done.out


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("require", "weights", "by"),
    [
        ('["profile"]', "{ profile = 3, domain = 2, proven = 1 }", ["profile", "domain"]),
        ("[]", "{ profile = 1, domain = 2, proven = 5 }", ["domain", "profile"]),
        ('["domain", "profile"]', "{ domain = 1 }", ["profile", "domain"]),
        ("[]", "{ domain = 1 }", ["domain"]),
        ('["domain", "profile", "stage"]', "{ domain = 1, stage = 2 }", ["stage", "domain"]),
        ("[]", "{ proven = 1 }", []),
    ],
)
def test_the_usual_cells(boussole: Boussole, trial: Path, require: str, weights: str, by: list[str]) -> None:
    """Without `--by`: what the ranking requires, in the order of the questions, then what weighs most, up to two.

    Of more than two that are required, the two that weigh most.
    """
    changed = COMPASS.replace('["profile"]', require).replace("{ profile = 3, domain = 2, proven = 1 }", weights)
    changed += '\n[[place]]\nwhen = { profile = "commune" }\nat = { stage = "agir" }\n' if "stage" in by else ""
    (trial / "compasses" / "essai.toml").write_text(changed, "utf-8")
    assert _json(boussole("coverage", "essai", "--to", "json"))["by"] == by


@pytest.mark.usefixtures("trial")
def test_cells_as_asked_for(boussole: Boussole) -> None:
    """`--by` chooses the facets, `--at-least` what is enough, `--top` the length of a list."""
    document = _json(
        boussole("coverage", "essai", "--by", "domain, domain", "--at-least", "3", "--top", "2", "--to", "json")
    )
    assert (document["by"], document["at_least"], document["top"]) == (["domain"], 3, 2)
    usual = _json(boussole("coverage", "essai", "--to", "json"))
    assert (usual["at_least"], usual["top"]) == (5, 5)


@pytest.mark.usefixtures("trial")
def test_the_command_of_a_cell_shows_what_the_cell_says(boussole: Boussole) -> None:
    """The line given with a cell, run as it stands, leaves as many MEDOC as the cell has at least."""
    for row in csv.DictReader(io.StringIO(boussole("coverage", "essai", "--to", "csv").out)):
        words = shlex.split(row["command"])
        assert words[0] == "boussole"
        document = json.loads(boussole(*words[1:], "--all", "--to", "json").out)
        assert len(document["recommendations"]) == int(row["fit"])
        assert document["situation"].get("domain", []) == row["domain"].split()


def test_the_command_of_a_cell_names_the_same_definitions(boussole: Boussole, trial: Path) -> None:
    """Where options say which definitions, the command repeats them."""
    for old, new in (("medoc.toml", "autre.toml"), ("compasses", "mes boussoles")):
        (trial / old).rename(trial / new)
    options = ("--catalogue", "autre.toml", "--compasses", "mes boussoles")
    (row, *_) = csv.DictReader(io.StringIO(boussole("coverage", "essai", *options, "--to", "csv").out))
    assert shlex.split(row["command"])[:7] == ["boussole", "recommend", "essai", *options]


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("show", ["made", "fit", "best", "generic"])
def test_the_number_shown(boussole: Boussole, show: str) -> None:
    """`--show` changes the map."""
    shown = {one: boussole("coverage", "essai", "--show", one).out.split("\n\n")[0] for one in ("made", show)}
    assert (shown["made"] == shown[show]) == (show == "made")


def test_files_by_their_ending(boussole: Boussole, trial: Path) -> None:
    """`-o` again and again writes each form, and prints nothing; the text is that of a pipe."""
    names = ("c.html", "c.svg", "c.json", "c.csv", "c.txt")
    done = boussole("coverage", "essai", *(word for name in names for word in ("-o", name)))
    assert (done.code, done.out) == (0, "")
    assert done.err == written(*names)
    for name in names:
        printed = boussole("coverage", "essai", "--to", "text" if name == "c.txt" else name[2:]).out
        assert (trial / name).read_text("utf-8") == printed
    assert (trial / "c.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("trial")
def test_the_same_bytes_each_time(boussole: Boussole) -> None:
    """Two runs give the same, and another language the same numbers."""
    assert boussole("coverage", "essai", "--to", "json").out == boussole("coverage", "essai", "--to", "json").out
    csv_ = [boussole("coverage", "essai", "--to", "csv", lang=lang).out for lang in ("en", "fr")]
    assert csv_[0] == csv_[1]
    assert '<html lang="fr">' in boussole("coverage", "essai", "--to", "html", lang="fr").out


@pytest.mark.usefixtures("trial")
def test_a_floor_that_holds_or_not(boussole: Boussole) -> None:
    """`--fail-under N` exits 1 and names on stderr the cells that fewer MEDOC fit; the data is printed still."""
    document = boussole("coverage", "essai", "--to", "json")
    cells: list[dict[str, int]] = json.loads(document.out)["cells"]
    least = min(cell["fit"] for cell in cells)
    held = boussole("coverage", "essai", "--to", "json", "--fail-under", str(least))
    assert (held.code, held.err) == (0, "")
    failed = boussole("coverage", "essai", "--to", "json", "--fail-under", str(least + 1))
    assert failed.code == 1
    assert failed.out == document.out
    under = sum(cell["fit"] == least for cell in cells)
    assert failed.err.startswith(f"In {under} cell")
    assert len(failed.err.splitlines()) == 1 + under
    all_ = boussole("coverage", "essai", "--to", "json", "--fail-under", "99")
    assert all_.err.splitlines()[0] == f"In {len(cells)} cells out of {len(cells)}, fewer than 99 MEDOC fit:"
    assert all_.err.splitlines()[-1] == f"And {len(cells) - 10} more; --to json lists them."


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--by", "profil"], "--by: there is no facet “profil”.\nDid you mean “profile”?\n"),
        (["--by", "profile,stage"], "--by: this compass places nobody on the facet “stage”.\n"),
        (["--by", " ,"], "--by names no facet.\nWrite profile or domain.\n"),
        (["--show", "mad"], "--show: “mad” is not accepted.\nDid you mean “made”?\n"),
        (["--to", "htm"], "There is no form “htm”.\nDid you mean “html”?\n"),
        (["-o", "c.pdf"], "“c.pdf”: the ending of the name says no known form.\n"),
        (["--at-least", "0"], "--at-least: “0” is not accepted.\n"),
        (["--top", "many"], "--top: “many” is not accepted.\n"),
        (["--limit", "0"], "--limit: “0” is not accepted.\n"),
        (["--fail-under", "-1"], "--fail-under: “-1” is not accepted.\n"),
        (["-o", "no/where.csv"], "“no/where.csv” cannot be written: "),
    ],
)
def test_what_is_not_accepted(boussole: Boussole, arguments: list[str], told: str) -> None:
    """Exit 2, nothing printed, and what to write instead."""
    done = boussole("coverage", "essai", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(told)


@pytest.mark.usefixtures("trial")
def test_a_limit_is_said(boussole: Boussole) -> None:
    """With `--limit`, where not all the situations are looked at, it is said."""
    whole = _json(boussole("coverage", "essai", "--to", "json"))
    assert whole["whole"] is (not whole["one_at_a_time"])
    part = boussole("coverage", "essai", "--limit", "1", "--to", "json")
    assert _json(part)["whole"] is False
    assert "too many to rank each" in boussole("coverage", "essai", "--limit", "1").out


@pytest.mark.usefixtures("trial", "on_a_terminal")
def test_colours_and_a_bar_at_a_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal the map has colours, and a bar grows on stderr; none where it should stay still."""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: True)
    done = boussole("coverage", "essai")
    assert "\x1b[" in done.out
    assert "Situations…" in done.err
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert boussole("coverage", "essai").err == ""
    monkeypatch.delenv("ACCESSIBLE")
    monkeypatch.setenv("TERM", "dumb")
    done = boussole("coverage", "essai")
    assert (done.err, "\x1b" in done.out) == ("", False)


def test_the_shipped_compass_by_profile(boussole: Boussole) -> None:
    """Every situation of agir-ensemble is in a cell; there are too many to rank each of them, which is said."""
    done = boussole("coverage", "agir-ensemble", "--by", "profile", "--limit", "5000", "--to", "json")
    document = json.loads(done.out)
    assert document["by"] == ["profile"]
    assert not document["whole"]
    assert len(document["cells"]) == 10
    assert sum(cell["situations"] for cell in document["cells"]) == document["situations"]


def test_help_is_light() -> None:
    """The command itself loads neither arrays nor templates: only a survey and a page do."""
    code = "import sys, boussole.cli.commands.coverage; print(sorted({'numpy', 'jinja2', 'rich'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_hole_on_purpose_fails_nothing(boussole: Boussole, trial: Path) -> None:
    """`--fail-under` passes it over, and only it."""
    file = trial / "compasses" / "essai.toml"
    strict = ("coverage", "essai", "--by", "profile", "--fail-under", "1000")
    before = boussole(*strict)
    file.write_text(COMPASS + '\n[[intended]]\nat = { profile = "etat" }\nwhy = "Ailleurs."\n', "utf-8")
    after = boussole(*strict)
    assert (before.code, after.code) == (1, 1)
    assert "State: " in before.err
    assert "State: " not in after.err
    file.write_text(COMPASS + '\n[[intended]]\nat = { profile = ["etat", "commune", "asso"] }\n', "utf-8")
    done = boussole(*strict)
    assert "Holes that are there on purpose" in done.out
    assert (done.code, done.err) == (0, "")
