"""`boussole group` at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.messages import written
from support.samples import COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

PEOPLE = [{"profile": "commune", "domain": []}] * 4 + [{"profile": "etat", "domain": [], "accord": "no"}] * 4


@pytest.fixture
def group(trial: Path) -> Path:
    """Put the answers of eight people beside the trial compass."""
    (trial / "people.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in PEOPLE), "utf-8")
    return trial


@pytest.mark.usefixtures("group")
def test_a_report(boussole: Boussole) -> None:
    """Markdown where stdout is no terminal, nothing on stderr, exit 0."""
    done = boussole("group", "essai", "people.jsonl")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# What the group says: Trial compass\n\n8 people")
    for line in ("## What gathers you", "## What divides you", "### Town (4 of 8)", "4 of 8"):
        assert line in done.out


@pytest.mark.usefixtures("group", "on_a_terminal")
def test_at_a_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table as wide as the screen."""
    monkeypatch.setenv("COLUMNS", "70")
    done = boussole("group", "essai", "people.jsonl")
    assert done.code == 0
    assert "WHO IS HERE" in done.out


def test_every_form(group: Path, boussole: Boussole) -> None:
    """The ending says it; several files at once."""
    names = ("a.md", "a.html", "a.pdf", "a.xlsx", "a.json", "a.txt")
    done = boussole("group", "essai", "people.jsonl", *(f"-o{name}" for name in names))
    assert (done.code, done.out) == (0, "")
    assert done.err == written(*names)
    assert (group / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (group / "a.xlsx").read_bytes().startswith(b"PK")
    assert json.loads((group / "a.json").read_text("utf-8"))["people"] == 8


@pytest.mark.usefixtures("group")
def test_the_options(boussole: Boussole) -> None:
    """`--smallest`, `--by` and `--before`; the same file may hold both rounds."""
    told = json.loads(boussole("group", "essai", "people.jsonl", "--to=json", "--smallest=5", "--by=accord").out)
    assert (told["smallest"], told["by"]) == (5, {"id": "accord", "groups": []})
    assert "before" not in told


def test_the_same_people_before(trial: Path, boussole: Boussole) -> None:
    """Matched by person: the last round against the first."""
    lines = [
        {"sheet": f"{person}-{turn}", "person": person, "round": turn, "answers": {"profile": profile, "domain": []}}
        for person in "abcdef"
        for turn, profile in ((1, "commune"), (2, "etat"))
    ]
    (trial / "both.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
    told = json.loads(boussole("group", "essai", "both.jsonl", "--before", "both.jsonl", "--to=json").out)
    assert told["people"] == 6
    assert told["before"]["questions"][0]["moves"] == {"commune": {"etat": 6}}
    assert "Before and after" in boussole("group", "essai", "both.jsonl", "--before", "both.jsonl").out


def test_what_cannot_be_used_is_named(group: Path, boussole: Boussole) -> None:
    """The others are served, and it exits 1."""
    (group / "bad.toml").write_text("format = 3\n", "utf-8")
    (group / "more.jsonl").write_text('{"compass": "other", "answers": {}}\n{"profile": "ville"}\n', "utf-8")
    done = boussole("group", "essai", "people.jsonl", "bad.toml", "more.jsonl", "nowhere", "--to=json")
    assert done.code == 1
    assert (json.loads(done.out)["people"], json.loads(done.out)["not_counted"]) == (8, 1)
    for words in ("bad.toml: ", "more.jsonl:1: These answers are for the compass “other”", "more.jsonl:2: what does"):
        assert words in done.err
    assert boussole("group", "essai", "people.jsonl", "--before", "bad.toml").code == 1


def test_what_is_there_twice_or_asks_not_to_be(group: Path, boussole: Boussole) -> None:
    """Both are said, and are no errors; so are answers of another version."""
    saved = (
        'format = 1\ncompass = "essai"\ncompass_version = "1"\n[answers]\nprofile = "asso"\ndomain = []\nold = "x"\n'
    )
    folder = group / "tables"
    folder.mkdir()
    (folder / "a.toml").write_text(saved, "utf-8")
    (folder / "b.toml").write_text(saved, "utf-8")
    (folder / "c.toml").write_text(saved.replace("[a", "share = false\n[a").replace("asso", "etat"), "utf-8")
    done = boussole("group", "essai", "tables", "people.jsonl", "--to=json")
    assert done.code == 0
    assert json.loads(done.out)["people"] == 9
    assert "1 sheet was there already, and is counted once." in done.err
    assert "1 sheet is not counted: it says so itself." in done.err
    assert "a.toml, b.toml, c.toml: answers of another version; what no longer holds is left out:" in done.err
    assert done.err.count("“old”") == 1


def test_tables_that_answered_together(trial: Path, boussole: Boussole) -> None:
    """Four tables of eight are a group; four people are not."""
    for number in range(4):
        head = f'format = 1\ncompass = "essai"\nsaved = 2026-12-0{number + 1}T10:00:00Z\npeople = 8\n'
        answers = '[answers]\nprofile = "asso"\ndomain = []\n'
        (trial / f"table-{number}.toml").write_text(head + answers, "utf-8")
    done = boussole("group", "essai", *(f"table-{number}.toml" for number in range(4)))
    assert "4 sheets, 32 people" in done.out
    for number in range(4):
        path = trial / f"table-{number}.toml"
        path.write_text(path.read_text("utf-8").replace("people = 8\n", ""), "utf-8")
    done = boussole("group", "essai", *(f"table-{number}.toml" for number in range(4)))
    assert done.code == 0
    assert "4 people are not yet a group" in done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["people.jsonl", "--smallest=2"], "--smallest: “2” is not accepted."),
        (["people.jsonl", "--smallest=21"], "21 is out of bounds."),
        (["people.jsonl", "--by=profil"], "“profil” makes no groups"),
        (["people.jsonl", "--by=confiance"], "“confiance” makes no groups"),
        (["people.jsonl", "--to=csv"], "There is no form “csv”."),
        (["people.jsonl", "-o", "a.csv"], "the ending of the name says no known form."),
        (["empty"], "There are no answers to the compass “essai” in “empty”."),
        ([], "SOURCE… is missing."),
    ],
)
def test_what_is_refused(group: Path, boussole: Boussole, arguments: list[str], words: str) -> None:
    """It exits 2 and says what to write."""
    (group / "empty").mkdir()
    done = boussole("group", "essai", *arguments)
    assert done.code == 2
    assert words in done.err


def test_the_order_of_sources_changes_no_byte(group: Path, boussole: Boussole) -> None:
    """Nor does a folder in place of its files."""
    (group / "more.jsonl").write_text(
        '{"profile": "asso", "domain": []}\n{"profile": "etat", "domain": ["eau"]}\n', "utf-8"
    )
    first = boussole("group", "essai", "people.jsonl", "more.jsonl", "--to=json").out
    assert boussole("group", "essai", "more.jsonl", "people.jsonl", "--to=json").out == first
    folder = group / "both"
    folder.mkdir()
    for name in ("people.jsonl", "more.jsonl"):
        (group / name).rename(folder / name)
    assert boussole("group", "essai", "both", "--to=json").out == first


@pytest.mark.usefixtures("group")
def test_a_compass_whose_names_are_long(trial: Path, boussole: Boussole) -> None:
    """A compass may be a file."""
    (trial / "mine.toml").write_text(COMPASS, "utf-8")
    assert boussole("group", "mine.toml", "people.jsonl").code == 0
