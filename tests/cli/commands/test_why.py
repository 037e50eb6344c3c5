"""`boussole why`, and `recommend --sure`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.pages import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

TOWN = ("--set", "profile=commune", "--set", "domain=eau")


# --- why -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("trial")
def test_why_this_one(boussole: Boussole) -> None:
    """Markdown where stdout is no terminal: where it stands, each reason, how sure it is."""
    done = boussole("why", "essai", "offre-beta", *TOWN)
    assert (done.code, done.err) == (0, "")
    page = read(done.out)
    assert page.blocks[0].text == "Offer [beta] R&D: why, and why not?"
    assert page.section("Why")[0].text == "Field: made for Water · 333 points · without it, rank 1"
    assert "in the first 5" in page.section("How sure")[0].text


@pytest.mark.usefixtures("trial")
def test_why_not_that_one(boussole: Boussole) -> None:
    """What leaves it out, and the nearest change, in the top of the compass or in that of `--top`."""
    done = boussole("why", "essai", "guide-etat", *TOWN, "--to", "json")
    document = json.loads(done.out)
    assert document["left_out"] == [{"kind": "require", "facet": "profile", "text": "Profile: made for others (State)"}]
    assert document["changes"][0] == {
        "answers": {"profile": ["commune", "etat"]}, "rank": 1, "tied": False, "score": 666,
    }  # fmt: skip
    assert document["top"] == 5
    assert json.loads(boussole("why", "essai", "guide-etat", *TOWN, "--to", "json", "--top", "1").out)["top"] == 1


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["md", "json", "table"])
def test_the_same_bytes_each_time(boussole: Boussole, form: str) -> None:
    """Two runs on the same input give the same bytes."""
    runs = {boussole("why", "essai", "secret", *TOWN, "--to", form).out for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.usefixtures("trial", "on_a_terminal")
def test_a_table_on_a_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal it is a table, no wider than it."""
    monkeypatch.setenv("COLUMNS", "70")
    out = re.sub("\x1b\\[[0-9;]*m", "", boussole("why", "essai", "charte", *TOWN).out)
    assert "Rank without it" in out
    assert max(map(len, out.split("\n"))) <= 70


@pytest.mark.usefixtures("trial")
def test_answers_from_a_file(boussole: Boussole) -> None:
    """`--answers` reads what `recommend -o` wrote; `--set` goes on top."""
    boussole("recommend", "essai", *TOWN, "-o", "path.md")
    document = json.loads(
        boussole("why", "essai", "guide-etat", "--answers", "path.md", "--set", "profile=etat", "--to", "json").out
    )
    assert document["answers"] == {"profile": "etat", "domain": ["eau"]}
    assert (document["rank"], document["in_top"]) == (1, True)


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("essai", "guide-eta"), ["There is no MEDOC “guide-eta”.", "Did you mean “guide-etat”?"]),
        (("esai", "guide-etat"), ["esai", "essai"]),
        (("essai", "charte", "--to", "jsn"), ["There is no form “jsn”.", "Did you mean “json”?"]),
        (("essai", "charte", "--top", "0"), ["--top: “0” is not accepted."]),
        (("essai", "charte", "--set", "profile=x"), ["“x” is not one of its options"]),
        (("essai",), ["MEDOC"]),
    ],
)
def test_what_cannot_be_used(boussole: Boussole, arguments: tuple[str, ...], told: list[str]) -> None:
    """An unknown MEDOC, compass, form or answer exits 2 and names what would be right."""
    done = boussole("why", *arguments)
    assert (done.code, done.out) == (2, "")
    assert [one for one in told if one not in done.err] == []


@pytest.mark.usefixtures("trial")
def test_missing_answers_are_told(boussole: Boussole) -> None:
    """Without an answer to a required question it says what it can, and what is missing; to answer it is a change."""
    done = boussole("why", "essai", "charte", "--to", "json", "--top", "1")
    assert done.code == 0
    assert "Required questions have no answer: profile and domain." in done.err
    changes = json.loads(done.out)["changes"]
    assert changes[0]["answers"] == {"profile": [None, "asso"], "accord": [None, "no"]}
    assert "profile" not in json.loads(done.out)["answers"]


def test_numbers_too_large_to_compute_with(boussole: Boussole, trial: Path) -> None:
    """Points that no machine's number holds are refused in words."""
    compass = trial / "compasses" / "essai.toml"
    compass.write_text(compass.read_text("utf-8").replace("points = 120", "points = 9000000000000000000"), "utf-8")
    done = boussole("why", "essai", "charte", *TOWN)
    assert (done.code, done.out) == (2, "")
    assert "too large to compute with" in done.err


def test_its_help_loads_nothing_heavy() -> None:
    """Help and refusals come without NumPy."""
    code = (
        "import sys; from boussole.cli.main import run; run(['why', '--help']); run(['why', 'agir-ensemble', 'x']);"
        "print(sorted({'numpy', 'rich', 'jinja2'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"


# --- recommend --sure ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("trial")
def test_how_sure(boussole: Boussole) -> None:
    """`--sure` adds to JSON how sure each place is; without it nothing changes."""
    plain = json.loads(boussole("recommend", "essai", *TOWN, "--to", "json").out)
    sure = json.loads(boussole("recommend", "essai", *TOWN, "--to", "json", "--sure").out)
    assert sure.pop("sure")["top"] == 5
    tried = {item["sure"]["answers"]["tried"] for item in sure["recommendations"]}
    assert len(tried) == 1
    assert [item.pop("sure")["holds"] for item in sure["recommendations"]].count(True) <= 5
    assert sure == plain


@pytest.mark.usefixtures("trial")
def test_how_sure_of_how_many(boussole: Boussole) -> None:
    """It is about as many places as `--top` says; with `--all`, about those that the compass says."""
    two = json.loads(boussole("recommend", "essai", *TOWN, "--to", "json", "--sure", "--top", "2").out)
    assert (two["sure"]["top"], two["sure"]["of"]) == (2, 2)
    everything = json.loads(boussole("recommend", "essai", *TOWN, "--to", "json", "--sure", "--all").out)
    assert everything["sure"]["top"] == 5


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["md", "table", "csv", "toml"])
def test_how_sure_in_other_forms(boussole: Boussole, form: str) -> None:
    """Tables and paths say it in words; forms that have no place for it are what they were."""
    plain = boussole("recommend", "essai", *TOWN, "--to", form).out
    sure = boussole("recommend", "essai", *TOWN, "--to", form, "--sure").out
    assert ("How sure: " in sure) == (form in {"md", "table"})
    assert "How sure" not in plain
    assert (plain == sure) == (form in {"csv", "toml"})
