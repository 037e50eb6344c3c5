"""`boussole impact`: two versions, many answers, and when it fails."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from support.messages import written
from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

WITHOUT_RULE = COMPASS.replace("points = 120", "points = -400")
LINES = [
    {"compass": "essai", "answers": {"profile": "commune", "domain": ["eau"], "accord": "no"}},
    {"profile": "etat"},
    {"compass": "essai", "answers": {"profile": "asso", "accord": "no"}},
    {"profile": "commune"},
]


@pytest.fixture
def both(trial: Path) -> Path:
    """Put a second version of the compass, in which a rule counts for less, beside four sheets of answers."""
    (trial / "new.toml").write_text(WITHOUT_RULE, "utf-8")
    (trial / "sheets.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in LINES), "utf-8")
    return trial


@pytest.mark.usefixtures("both")
def test_two_versions_of_a_compass(boussole: Boussole) -> None:
    """What changes goes to stdout, as Markdown where it is no terminal; nothing is said on stderr, and it exits 0."""
    done = boussole("impact", "essai", "new.toml", "--answers", "sheets.jsonl")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# What changes for those who already answered\n\n- essai 3 · mini 2026.11\n")
    for line in ("4 sheets compared.", "2 results change: 50.0%.", "1 first place changes.", "**Writing a charter**"):
        assert line in done.out
    assert boussole("impact", "new.toml", "new.toml", "--answers", "sheets.jsonl").out.count("0 results change") == 1


@pytest.mark.usefixtures("both", "on_a_terminal")
def test_at_a_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table, as wide as the terminal."""
    monkeypatch.setenv("COLUMNS", "80")
    done = boussole("impact", "essai", "new.toml", "--answers", "sheets.jsonl", lang="fr")
    assert done.code == 0
    assert "2 résultats changent" in done.out
    assert "─" * 80 in done.out


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(("percent", "code"), [("49", 1), ("50", 0), ("0", 1), ("100", 0)])
def test_failing_over_a_share(boussole: Boussole, percent: str, code: int) -> None:
    """Exactly over: half of the results is not over 50 %. The report is given all the same."""
    done = boussole("impact", "essai", "new.toml", "--answers", "sheets.jsonl", "--fail-over", percent, "--to", "json")
    assert done.code == code
    assert json.loads(done.out)["changed"] == 2
    assert done.err == (f"50.0% of the results change: more than {percent}%.\n" if code else "")


@pytest.mark.usefixtures("both")
def test_files_and_numbers(boussole: Boussole, both: Path) -> None:
    """A file has the form of its ending and leaves stdout alone, unless that has its own."""
    common = ["impact", "essai", "new.toml", "--answers", "sheets.jsonl"]
    done = boussole(*common, "-o", "out.json", "--worst", "1")
    assert (done.code, done.out, done.err) == (0, "", written("out.json"))
    report = json.loads((both / "out.json").read_text("utf-8"))
    assert len(report["cases"]) == 1
    done = boussole(*common, "-o", "out.txt", "--to", "md", "--worst", "0")
    assert "The worst cases" not in done.out
    assert "4 sheets compared." in (both / "out.txt").read_text("utf-8")
    report = json.loads(boussole(*common, "--to", "json", "--top", "1").out)
    assert (report["compasses"][0]["old"]["top"], len(report["cases"][0]["before"]), len(report["cases"])) == (1, 1, 1)


def test_folders_and_a_rename(boussole: Boussole, both: Path) -> None:
    """Two folders with their own catalogue; a MEDOC, a question and a term that were renamed are the same."""
    renamed_catalogue = CATALOGUE.replace('id = "charte"', 'id = "charte-2"').replace('id = "commune"', 'id = "ville"')
    renamed_catalogue = renamed_catalogue.replace('["commune"]', '["ville"]')
    renamed_compass = COMPASS.replace('["charte"]', '["charte-2"]').replace('"commune"', '"ville"')
    renamed_compass = renamed_compass.replace("accord", "entente")
    folder = both / "next"
    (folder / "compasses").mkdir(parents=True)
    catalogue_renames = 'renamed = { charte = "charte-2", commune = "ville" }\n'
    (folder / "medoc.toml").write_text(catalogue_renames + renamed_catalogue, "utf-8")
    compass_file = folder / "compasses" / "essai.toml"
    compass_file.write_text('renamed = { accord = "entente" }\n' + renamed_compass, "utf-8")
    report = json.loads(boussole("impact", ".", "next", "--answers", "sheets.jsonl", "--to", "json").out)
    assert (report["sheets"], report["changed"], report["unheld"], report["medoc"]) == (4, 0, [], [])
    compass_file.write_text(renamed_compass, "utf-8")
    report = json.loads(boussole("impact", ".", "next", "--answers", "sheets.jsonl", "--to", "json").out)
    assert [(one["question"], one["code"], one["sheets"], one["asked_again"]) for one in report["unheld"]] == [
        ("accord", "A101", 2, 0)
    ]


def test_a_catalogue_without_a_medoc(boussole: Boussole, both: Path) -> None:
    """Catalogues by themselves are read with the compasses in reach that are about them."""
    fewer = CATALOGUE.replace('[[medoc]]\nid = "guide-etat"', '[[medoc]]\nid = "autre-guide"')
    (both / "next.toml").write_text(fewer.replace(', "guide-etat"]', "]"), "utf-8")
    report = json.loads(boussole("impact", "medoc.toml", "next.toml", "--answers", "sheets.jsonl", "--to", "json").out)
    assert [(one["id"], one["in"], one["came"], one["left"]) for one in report["medoc"]] == [
        ("guide-etat", "old", 0, 1),
        ("autre-guide", "new", 1, 0),
    ]
    assert [one["name"] for one in report["cases"]] == ["sheets.jsonl:2"]


def test_sheets_that_cannot_be_read(boussole: Boussole, both: Path) -> None:
    """Each is named with its reason, and counted; the rest decides. Sheets about other compasses are counted apart."""
    with (both / "sheets.jsonl").open("a", encoding="utf-8") as file:
        file.write('oops\n{"compass": "ailleurs", "answers": {}}\n{"compass": "ailleurs", "answers": {}}\n')
    done = boussole("impact", "essai", "new.toml", "--answers", "sheets.jsonl")
    assert done.code == 0
    assert done.err == "sheets.jsonl:5: this line is not JSON.\n"
    assert "- 1 sheet could not be read: sheets.jsonl:5.\n" in done.out
    assert "- 2 sheets are about “ailleurs”, which is not on both sides: left aside.\n" in done.out


def test_which_compass_is_not_said(boussole: Boussole, both: Path) -> None:
    """With several compasses, a line that names none cannot be read."""
    (both / "compasses" / "deux.toml").write_text(COMPASS.replace('id = "essai"', 'id = "deux"'), "utf-8")
    done = boussole("impact", ".", ".", "--answers", "sheets.jsonl")
    assert done.code == 0
    said = "it does not say which compass it answers.\n"
    assert done.err == f"sheets.jsonl:2: {said}sheets.jsonl:4: {said}"
    assert "- 2 sheets compared.\n" in done.out


def test_a_folder_of_answers(boussole: Boussole, both: Path) -> None:
    """Answers files and exported paths, as boussole writes them."""
    (both / "kept").mkdir()
    for name, profile in (("ann.toml", "commune"), ("bob.md", "etat")):
        given = ["--set", f"profile={profile}", "--set", "accord=no"]
        assert boussole("recommend", "essai", *given, "-o", f"kept/{name}").code == 0
    report = json.loads(boussole("impact", "essai", "new.toml", "--answers", "kept", "--to", "json").out)
    assert (report["sheets"], {one["name"] for one in report["cases"]}) == (2, {"ann.toml", "bob.md"})


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["essai"], "NEW is missing."),
        (["essai", "new.toml"], "--answers FOLDER is missing."),
        (["esai", "new.toml", "--answers", "sheets.jsonl"], "Did you mean “essai”?"),
        (["essai", "absent.toml", "--answers", "sheets.jsonl"], "There is no file “absent.toml”."),
        (["essai", "compasses-vides", "--answers", "sheets.jsonl"], "no definitions in the folder"),
        (["essai", "new.toml", "--answers", "absent.jsonl"], "There is no file “absent.jsonl”."),
        (["essai", "new.toml", "--answers", "compasses-vides"], "There are no answers in the folder"),
        (["essai", "new.toml", "--answers", "new.toml"], "new.toml"),
        (["essai", "broken.toml", "--answers", "sheets.jsonl"], "broken.toml:2:1"),
        (["essai", "new.toml", "--answers", "other.jsonl"], "These answers are about ailleurs"),
        (["essai", "new.toml", "--answers", "empty.jsonl"], "holds no answers that can be compared."),
        (["essai", "new.toml", "--answers", "bad.jsonl"], "bad.jsonl:1: this line is not JSON."),
        (["essai", "new.toml", "--answers", "sheets.jsonl", "--to", "jsn"], "Did you mean “json”?"),
        (["essai", "new.toml", "--answers", "sheets.jsonl", "--to", "csv"], "There is no form “csv”."),
        (
            ["essai", "new.toml", "--answers", "sheets.jsonl", "-o", "x.csv"],
            "ends in .md, .markdown, .json or .txt.",
        ),
        (["essai", "new.toml", "--answers", "sheets.jsonl", "-o", "no/x.md"], "cannot be written"),
        (["essai", "new.toml", "--answers", "sheets.jsonl", "--top", "0"], "--top: “0” is not accepted."),
        (["essai", "new.toml", "--answers", "sheets.jsonl", "--worst", "x"], "--worst: “x” is not accepted."),
        (["essai", "new.toml", "--answers", "sheets.jsonl", "--fail-over", "5%"], "--fail-over: “5%” is not accepted."),
    ],
)
def test_what_cannot_be_used(boussole: Boussole, both: Path, arguments: list[str], told: str) -> None:
    """Is told in words, and exits 2 with nothing on stdout."""
    (both / "compasses-vides").mkdir()
    (both / "broken.toml").write_text("format = 1\n[[\n", "utf-8")
    (both / "other.jsonl").write_text('{"compass": "ailleurs", "answers": {}}\n', "utf-8")
    (both / "bad.jsonl").write_text("{\n", "utf-8")
    (both / "empty.jsonl").write_text("\n\n", "utf-8")
    done = boussole("impact", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "Something unexpected" not in done.err


def test_definitions_that_nobody_answered_need_not_be_good(boussole: Boussole, both: Path) -> None:
    """A broken compass of the folder stops only those who answered it."""
    (both / "compasses" / "casse.toml").write_text("[[", "utf-8")
    assert boussole("impact", ".", ".", "--answers", "sheets.jsonl").code == 0
    (both / "x.jsonl").write_text('{"compass": "casse", "answers": {}}\n', "utf-8")
    done = boussole("impact", ".", ".", "--answers", "x.jsonl")
    assert done.code == 2
    assert "casse.toml:1:1" in done.err


@pytest.mark.parametrize(
    ("many", "variables", "shown"),
    [
        (201, {}, True),
        (200, {}, False),
        (201, {"ACCESSIBLE": "1"}, False),
        (201, {"TERM": "dumb"}, False),
    ],
)
def test_a_bar_where_somebody_waits(
    boussole: Boussole,
    both: Path,
    monkeypatch: pytest.MonkeyPatch,
    many: int,
    variables: dict[str, str],
    shown: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """On stderr, at a terminal that redraws, for more than two hundred sheets; never in what is printed."""
    (both / "sheets.jsonl").write_text('{"profile": "etat"}\n' * many, "utf-8")
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: True)
    for name, value in {"TERM": "xterm-256color", **variables}.items():
        monkeypatch.setenv(name, value)
    done = boussole("impact", "essai", "new.toml", "--answers", "sheets.jsonl", "--to", "json")
    assert json.loads(done.out)["sheets"] == many
    assert ("Comparing…" in done.err) is shown
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: False)
    assert boussole("impact", "essai", "new.toml", "--answers", "sheets.jsonl", "--to", "json").err == ""


@pytest.mark.usefixtures("both")
def test_what_compare_reads(boussole: Boussole) -> None:
    """A code, a path, one line of many: what one takes as answers, the other takes."""
    boussole("recommend", "essai", "--answers", "sheets.jsonl:1", "-o", "one.md", "-o", "one.toml")
    code = boussole("recommend", "essai", "--answers", "one.toml", "--to", "code").out.strip()
    for word in ("one.md", "one.toml", code):
        done = boussole("impact", "essai", "new.toml", "--answers", word)
        assert (done.code, done.err) == (0, "")
        assert "- 1 sheet compared.\n- 1 result changes: 100.0%.\n" in done.out


@pytest.mark.usefixtures("both")
def test_answers_are_no_definitions(boussole: Boussole) -> None:
    """The command that compares results is named."""
    for arguments in ((), ("--answers", "sheets.jsonl")):
        done = boussole("impact", "sheets.jsonl:1", "sheets.jsonl:2", *arguments)
        assert (done.code, done.out) == (2, "")
        assert "boussole compare sheets.jsonl:1 sheets.jsonl:2" in done.err


def test_what_is_missing_is_named_in_the_language(boussole: Boussole) -> None:
    """As the help names it."""
    assert "--answers DOSSIER" in boussole("impact", "agir-ensemble", "agir-ensemble", lang="fr").err
