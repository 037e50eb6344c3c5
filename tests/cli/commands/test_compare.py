"""`boussole compare`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.messages import written
from support.pages import read
from support.samples import COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

TOWN = ("--set", "profile=commune", "--set", "domain=eau", "--set", "accord=no")


@pytest.fixture
def sheets(boussole: Boussole, trial: Path) -> Path:
    """Put two results in every form that can be reopened: of one who lacks an agreement, and then has one."""
    forms = [word for ending in ("md", "html", "json", "toml") for word in ("-o", f"before.{ending}")]
    boussole("recommend", "essai", *TOWN, *forms)
    boussole("recommend", "essai", *TOWN, "--set", "accord=yes", *(word.replace("before", "after") for word in forms))
    (trial / "new.toml").write_text(COMPASS.replace("points = 120", "points = -400"), "utf-8")
    return trial


@pytest.mark.usefixtures("sheets")
@pytest.mark.parametrize("ending", ["md", "html", "json", "toml"])
def test_before_and_after_one_answer(boussole: Boussole, ending: str) -> None:
    """Whatever form the two results have: what moved and why, as Markdown where stdout is no terminal; it exits 0."""
    done = boussole("compare", f"before.{ending}", "after.md")
    assert (done.code, done.err) == (0, "")
    page = read(done.out)
    assert page.blocks[0].text == "Before and after"
    because = page.section("Because “An agreement?” goes from “No” to “Yes”")
    assert "Writing a charter · ↓ 2 · 2 → 4" in [block.text for block in because]


@pytest.mark.usefixtures("sheets")
def test_codes(boussole: Boussole) -> None:
    """A code stands for its answers."""
    code = boussole("recommend", "essai", "--answers", "after.md", "--to", "code").out.strip()
    assert boussole("compare", "before.md", code).out == boussole("compare", "before.md", "after.md").out
    assert "Nothing differs." in boussole("compare", code, "after.md").out


@pytest.mark.usefixtures("sheets")
def test_the_other_way_round_and_twice_the_same(boussole: Boussole) -> None:
    """What went out comes in; the same twice moves nothing."""
    found = json.loads(boussole("compare", "after.md", "before.md", "--to", "json").out)
    assert [(move["id"], move["before"], move["after"], move["causes"]) for move in found["moves"]][:1] == [
        ("charte", 4, 2, [["answer/accord"]])
    ]
    same = boussole("compare", "after.md", "after.md", "--to", "json")
    assert (same.code, json.loads(same.out)["moves"], json.loads(same.out)["differences"]) == (0, [], [])


@pytest.mark.usefixtures("sheets")
def test_two_versions_of_definitions(boussole: Boussole) -> None:
    """With the answers of one person, also as a code: which rule moves what."""
    done = boussole("compare", "essai", "new.toml", "--answers", "before.md")
    assert (done.code, done.err) == (0, "")
    because = read(done.out).section("Because the rule “You lack an agreement” goes from 120 points to -400 points")
    assert because[0].text.startswith("Water atlas · ")
    found = json.loads(boussole("compare", ".", "new.toml", "--answers", "before.md", "--to", "json", "--top", "2").out)
    assert found["top"] == 2
    assert [one["id"] for one in found["differences"]] == ["rule/1"]
    assert [move["left"] for move in found["moves"] if move["id"] == "charte"] == [True]


def test_answers_that_do_not_hold(boussole: Boussole, sheets: Path) -> None:
    """What one version does not accept is named on stderr, and does not count there."""
    other = COMPASS.replace('id = "accord"', 'id = "entente"').replace("accord =", "entente =")
    (sheets / "other.toml").write_text(other.replace("accord = 1", "entente = 1"), "utf-8")
    done = boussole("compare", "essai", "other.toml", "--answers", "before.md")
    assert done.code == 0
    assert done.err.startswith("After, these answers do not hold:\n")
    assert "has no question “accord”" in done.err


def test_another_version_of_the_compass(boussole: Boussole, sheets: Path) -> None:
    """Two sheets are read with the definitions in reach, and it is said where these are others."""
    compass = sheets / "compasses" / "essai.toml"
    compass.write_text(compass.read_text("utf-8").replace('version = "3"', 'version = "4"'), "utf-8")
    done = boussole("compare", "before.md", "after.md")
    assert (done.code, done.err) == (0, "Both are read with version 4 of the compass.\n")


@pytest.mark.usefixtures("sheets", "on_a_terminal")
def test_a_table_on_a_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal it is a table, no wider than it."""
    monkeypatch.setenv("COLUMNS", "70")
    done = boussole("compare", "before.md", "after.md")
    assert "2 → 4  Writing a charter" in done.out
    assert "# " not in done.out


@pytest.mark.usefixtures("sheets")
def test_files(boussole: Boussole, sheets: Path) -> None:
    """A file has the form of its ending and leaves stdout alone; two runs give the same bytes."""
    for name in ("out.json", "out.md", "out.txt"):
        done = boussole("compare", "before.md", "after.md", "-o", name)
        assert (done.code, done.out, done.err) == (0, "", written(name))
        first = (sheets / name).read_bytes()
        boussole("compare", "before.md", "after.md", "-o", name)
        assert (sheets / name).read_bytes() == first
    assert json.loads((sheets / "out.json").read_text("utf-8"))["format"] == 1


@pytest.mark.usefixtures("sheets")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("before.md",), ["B is missing"]),
        (("before.md", "afer.md"), ["“afer.md” is no file, no code and no compass.", "“after.md”"]),
        (("esai", "new.toml", "--answers", "before.md"), ["“esai” is no file", "“essai”"]),
        (("x" * 5000, "after.md"), ["is no file"]),
        (("before.md", "essai"), ["“before.md” holds answers, and “essai” is definitions."]),
        ((".", "after.md"), ["“after.md” holds answers, and “.” is definitions."]),
        (("essai", "new.toml"), ["--answers FILE", "boussole impact essai new.toml --answers FOLDER"]),
        (("essai", "new.toml", "--answers", "."), ["“.” is a folder", "boussole impact essai new.toml --answers ."]),
        (("before.md", "after.md", "--answers", "after.md"), ["A and B are answers already"]),
        (("boussole-1:abc", "after.md"), ["This code is damaged"]),
        (("before.md", "after.md", "--to", "jsn"), ["There is no form “jsn”.", "“json”"]),
        (("before.md", "after.md", "-o", "x.html"), ["the ending of the name says no known form", ".txt"]),
        (("before.md", "after.md", "--top", "0"), ["--top: “0” is not accepted."]),
        (("other.json", "after.md"), ["“other.json” holds no answers."]),
        (("wrong.json", "after.md"), ["“x” is not one of its options"]),
        (("elsewhere.json", "after.md"), ["two compasses: “ailleurs” and “essai”"]),
        (("elsewhere.json", "elsewhere.json"), ["There is no compass “ailleurs”."]),
        (("essai", "new.toml", "--answers", "elsewhere.json"), ["about “ailleurs”, which is not on both sides"]),
    ],
)
def test_what_cannot_be_used(boussole: Boussole, sheets: Path, arguments: tuple[str, ...], told: list[str]) -> None:
    """Anything else exits 2, names what would be right, and prints nothing on stdout."""
    (sheets / "other.json").write_text('{"compass": "essai"}', "utf-8")
    document = {"compass": {"id": "essai", "version": "3"}, "catalogue": {"id": "mini"}, "answers": {"profile": "x"}}
    (sheets / "wrong.json").write_text(json.dumps(document), "utf-8")
    (sheets / "elsewhere.json").write_text(json.dumps({**document, "compass": {"id": "ailleurs"}}), "utf-8")
    done = boussole("compare", *arguments)
    assert (done.code, done.out) == (2, "")
    assert [one for one in told if one not in done.err] == []


@pytest.mark.parametrize("content", ["", "[", "[]", "\udcff", '{"compass": {"id": 1}, "catalogue": {}, "answers": {}}'])
def test_json_that_holds_no_answers(boussole: Boussole, sheets: Path, content: str) -> None:
    """It is refused in words."""
    (sheets / "other.json").write_bytes(content.encode(errors="surrogateescape"))
    assert "“other.json” holds no answers." in boussole("compare", "other.json", "after.md").err


def test_its_help_loads_nothing_heavy() -> None:
    """Help comes without NumPy or Rich, and so does JSON."""
    code = (
        "import sys; from boussole.cli.main import run; run(['compare', '--help']);"
        "print(sorted({'numpy', 'rich', 'jinja2'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.usefixtures("sheets")
def test_what_impact_reads(boussole: Boussole, trial: Path) -> None:
    """Lines of many people, by the names that `impact` gives them; one may leave the compass to the other."""
    lines = [
        {"answers": {"profile": "commune", "domain": ["eau"], "accord": "no"}},
        {"compass": "essai", "answers": {"profile": "commune", "domain": ["eau"], "accord": "yes"}},
    ]
    (trial / "all.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
    usual = boussole("compare", "before.toml", "after.toml").out
    assert boussole("compare", "all.jsonl:1", "all.jsonl:2").out == usual
    assert boussole("compare", "before.toml", "all.jsonl:2").out == usual
    by_definitions = boussole("compare", "compasses/essai.toml", "new.toml", "--answers", "all.jsonl:1").out
    assert by_definitions == boussole("compare", "compasses/essai.toml", "new.toml", "--answers", "before.toml").out
    (trial / "all.jsonl").write_text(json.dumps(lines[0]), "utf-8")
    done = boussole("compare", "all.jsonl", "all.jsonl")
    assert (done.code, done.err) == (2, "all.jsonl: it does not say which compass it answers.\n")
    assert boussole("recommend", "essai", "--answers", "all.jsonl").code == 0
