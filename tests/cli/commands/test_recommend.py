"""`boussole recommend`: answers from every way in, every form out, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from boussole.files.answers.loading import load_answers
from boussole.files.answers.many import read_many
from support.messages import written
from support.pages import read
from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

TOWN = ("--set", "profile=commune", "--set", "domain=eau")


def _ids(done: Done) -> list[str]:
    return [item["id"] for item in json.loads(done.out)["recommendations"]]


@pytest.mark.usefixtures("trial")
def test_answers_by_option(boussole: Boussole) -> None:
    """`--set` gives each kind of answer as text: an option, several, a scale, a number, a text, « ? »."""
    done = boussole(
        "recommend", "essai", "--to", "json", *TOWN, "--set", "confiance=2", "--set", "habitants = 1500",
        "--set", "nom=Eau = vie", "--set", "moyens=?", "--set", "domain=climat, eau",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert document["answers"] == {
        "profile": "commune",
        "domain": ["eau", "climat"],
        "confiance": 2,
        "moyens": "?",
        "habitants": 1500,
        "nom": "Eau = vie",
    }
    assert document["to_find_out"] == ["moyens"]


@pytest.mark.usefixtures("trial")
def test_an_empty_choice_is_an_answer(boussole: Boussole) -> None:
    """`--set domain=` chooses nothing, where that is allowed."""
    done = boussole("recommend", "essai", "--to", "json", "--set", "profile=commune", "--set", "domain=")
    assert json.loads(done.out)["answers"]["domain"] == []
    assert done.err == ""


def test_answers_from_a_file_then_options_on_top(boussole: Boussole, trial: Path) -> None:
    """`--answers` reads an answers file; `--set` replaces one of them."""
    (trial / "moi.toml").write_text(
        'format = 1\ncompass = "essai"\nname = "Ann"\n[answers]\nprofile = "etat"\ndomain = ["eau"]\n', encoding="utf-8"
    )
    done = boussole("recommend", "essai", "--answers", "moi.toml", "--set", "profile=commune", "--to", "json")
    assert json.loads(done.out)["answers"] == {"profile": "commune", "domain": ["eau"]}
    page = boussole("recommend", "essai", "--answers", "moi.toml").out
    assert read(page).blocks[1].text == "Ann, 2026-11-22"
    other = boussole("recommend", "essai", "--answers", "moi.toml", "--name", "Lou").out
    assert read(other).blocks[1].text == "Lou, 2026-11-22"


def test_a_markdown_path_reopens(boussole: Boussole, trial: Path) -> None:
    """A path exported as Markdown gives the same page again."""
    first = boussole("recommend", "essai", *TOWN, "--set", "nom=```\n# x", "--name", "Ann", "-o", "path.md")
    assert (first.code, first.out) == (0, "")
    again = boussole("recommend", "essai", "--answers", "path.md")
    assert again.out == (trial / "path.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (["profil=commune"], ["compass “essai” has no question “profil”", "Did you mean “profile”?"]),
        (["profile=comune"], ["“comune” is not one of its options", "Did you mean “commune”?"]),
        (["domain=eau,energi"], ["“energi” is not one of its options", "Did you mean “energie”?"]),
        (["domain=eau,energie,climat"], ["choose at most 2", "You chose 3."]),
        (["profile=?"], ["this question is required", "commune"]),
        (["habitants=0"], ["0 is out of bounds", "from 1 to 9000000"]),
        (["confiance=3"], ["3 is out of bounds", "from 0 to 2"]),
        (["confiance=souvent"], ["the answer must be a whole number", "from 0 to 2"]),
        (["accord=o"], ["“o” is not one of its options", "Yes or No"]),
        (["nom="], ["not empty"]),
        (["profile"], ["there is no “=”", "--set ID=VALUE"]),
        (["x=1", "profile=x", "confiance=9"], ["3 answers do not fit", "“x”", "9 is out of bounds"]),
    ],
)
def test_answers_that_do_not_fit(boussole: Boussole, settings: list[str], told: list[str]) -> None:
    """An unknown question or option, or a value out of bounds, exits 2 and names what would be right."""
    done = boussole("recommend", "essai", *(word for one in settings for word in ("--set", one)))
    assert (done.code, done.out) == (2, "")
    assert [one for one in told if one not in done.err] == []


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ('profile = "comune"', "“comune” is not one of its options"),
        ("habitants = 0", "0 is out of bounds"),
        ('inconnue = "x"', "has no question “inconnue”"),
        ('confiance = "deux"', "must be a whole number"),
        ("domain = 3", "must be a list of options"),
    ],
)
def test_the_same_validation_for_a_file(boussole: Boussole, trial: Path, answers: str, told: str) -> None:
    """An answers file for this very version is held to the same rules."""
    (trial / "moi.toml").write_text(f'format = 1\ncompass = "essai"\n[answers]\n{answers}\n', encoding="utf-8")
    done = boussole("recommend", "essai", "--answers", "moi.toml")
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_another_version_names_what_no_longer_holds(boussole: Boussole, trial: Path) -> None:
    """Saved with another version, what still holds is kept, and what does not is named on stderr."""
    boussole("recommend", "essai", *TOWN, "--set", "moyens=solides", "--set", "accord=yes", "-o", "path.md")
    changed = COMPASS.replace('id = "accord"\n', 'id = "entente"\n').replace("accord =", "entente =")
    changed = changed.replace('id = "solides"', 'id = "larges"').replace('"solides"', '"larges"')
    (trial / "compasses" / "essai.toml").write_text(changed, encoding="utf-8")
    done = boussole("recommend", "essai", "--answers", "path.md", "--to", "json")
    assert done.code == 0
    assert json.loads(done.out)["answers"] == {"profile": "commune", "domain": ["eau"]}
    assert "saved with version 3" in done.err
    assert "has no question “accord”" in done.err
    assert "“solides” is not one of its options" in done.err


def test_each_option_that_exists_is_kept(boussole: Boussole, trial: Path) -> None:
    """Where the catalogue lost one term of three, the two others count; what went and what is kept are said."""
    (trial / "compasses" / "essai.toml").write_text(COMPASS.split("[[example]]")[0], encoding="utf-8")
    boussole("recommend", "essai", "--set", "profile=commune", "--set", "domain=eau,climat", "-o", "path.md")
    (trial / "medoc.toml").write_text(CATALOGUE.replace('"eau"', '"eaux"'), encoding="utf-8")
    done = boussole("recommend", "essai", "--answers", "path.md", "--to", "json")
    assert done.code == 0
    assert json.loads(done.out)["answers"]["domain"] == ["climat"]
    assert "“eau” is not one of its options" in done.err
    assert "    Kept of this answer: “Climate”." in done.err
    assert "2 answers are kept." in done.err


def test_what_does_not_hold_off_the_path_stops_nothing(boussole: Boussole, trial: Path) -> None:
    """An answer set aside that is out of bounds, or to no question, is told and left out; on the path it is fatal."""
    head = 'format = 1\ncompass = "essai"\n'
    given = '[answers]\naccord = "no"\n[aside]\n{aside}\n'
    for aside, told in (('inconnue = "x"', "has no question “inconnue”"), ('nom = ""', "text that is not empty")):
        (trial / "moi.toml").write_text(head + given.format(aside=aside), encoding="utf-8")
        done = boussole("recommend", "essai", "--answers", "moi.toml", "--to", "json")
        assert (done.code, json.loads(done.out)["answers"]) == (0, {"accord": "no"})
        assert told in done.err
        assert "do not fit the compass, and are left out" in done.err


def test_another_catalogue_names_what_no_longer_holds(boussole: Boussole, trial: Path) -> None:
    """Where the catalogue lost a term, the answer that named it is told on stderr and the others are kept."""
    (trial / "compasses" / "essai.toml").write_text(COMPASS.split("[[example]]")[0], encoding="utf-8")
    boussole("recommend", "essai", *TOWN, "--set", "accord=yes", "-o", "path.md")
    (trial / "medoc.toml").write_text(CATALOGUE.replace('"eau"', '"eaux"'), encoding="utf-8")
    done = boussole("recommend", "essai", "--answers", "path.md", "--to", "json")
    assert done.code == 0
    assert json.loads(done.out)["answers"] == {"profile": "commune", "accord": "yes"}
    assert "“eau” is not one of its options" in done.err


def test_answers_to_another_compass_are_refused(boussole: Boussole, trial: Path) -> None:
    """Answers to one compass do not count for another."""
    (trial / "moi.toml").write_text('format = 1\ncompass = "autre"\n[answers]\n', encoding="utf-8")
    done = boussole("recommend", "essai", "--answers", "moi.toml")
    assert (done.code, done.out) == (2, "")
    assert "for the compass “autre”, not “essai”" in done.err


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("name", ["absent.toml", "absent.md", "."])
def test_an_answers_file_that_cannot_be_read(boussole: Boussole, name: str) -> None:
    """A missing file or a folder is an error that names it."""
    done = boussole("recommend", "essai", "--answers", name)
    assert (done.code, done.out) == (2, "")
    assert f"“{name}”" in done.err


def test_one_run_writes_every_form(boussole: Boussole, trial: Path) -> None:
    """`-o` is repeatable, the form follows the ending, and stdout stays silent."""
    names = ["a.md", "b.json", "c.csv", "d.txt", "e.markdown", "F.JSON", "g.toml"]
    done = boussole("recommend", "essai", *TOWN, *(word for name in names for word in ("-o", name)))
    assert (done.code, done.out) == (0, "")
    assert done.err == written(*names)
    assert (trial / "a.md").read_bytes() == (trial / "e.markdown").read_bytes()
    assert (trial / "b.json").read_bytes() == (trial / "F.JSON").read_bytes()
    assert read((trial / "a.md").read_text(encoding="utf-8")).fences
    assert len(list(csv.DictReader(io.StringIO((trial / "c.csv").read_text(encoding="utf-8"))))) == 5
    assert "MEDOC" in (trial / "d.txt").read_text(encoding="utf-8")
    assert load_answers(trial / "g.toml").answers == {"profile": "commune", "domain": ("eau",)}


@pytest.mark.usefixtures("trial")
def test_a_form_asked_for_goes_to_stdout_too(boussole: Boussole) -> None:
    """With both `-o` and `--to`, the file is written and stdout has its form."""
    done = boussole("recommend", "essai", *TOWN, "-o", "a.md", "--to", "json")
    assert json.loads(done.out)["format"] == 1
    assert done.err == written("a.md")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "x.odt"], ["“x.odt”", ".md", ".json"]),
        (["-o", "sans-fin"], ["“sans-fin”", ".md"]),
        (["--to", "jason"], ["There is no form “jason”", "Did you mean “json”?"]),
        (["--to", "zzz"], ["There is no form “zzz”", "table"]),
        (["--top", "0"], ["--top", "“0”", "1 or more"]),
        (["--top", "-1"], ["--top", "“-1”"]),
        (["--top", "dix"], ["“dix”"]),
        (["--top", "1.5"], ["“1.5”"]),
        (["--top", "٣"], ["“٣”"]),
        (["--top", "9" * 5000], ["1 or more"]),
    ],
)
def test_options_that_mean_nothing(boussole: Boussole, trial: Path, options: list[str], told: list[str]) -> None:
    """An unknown ending, form or number exits 2, says what would be right, and writes nothing."""
    done = boussole("recommend", "essai", *TOWN, "-o", "a.md", *options)
    assert (done.code, done.out) == (2, "")
    assert [one for one in told if one not in done.err] == []
    assert not (trial / "a.md").exists()


@pytest.mark.usefixtures("trial")
def test_a_missing_folder_is_said(boussole: Boussole) -> None:
    """A file in a folder that does not exist is refused with the reason."""
    done = boussole("recommend", "essai", *TOWN, "-o", "nulle-part/a.md")
    assert (done.code, done.out) == (2, "")
    assert "“nulle-part/a.md” cannot be written" in done.err


@pytest.mark.usefixtures("trial")
def test_how_many_are_shown(boussole: Boussole) -> None:
    """By default as many as the compass says, `--top N` for another number, `--all` for the whole list."""
    command = ("recommend", "essai", "--to", "json", "--set", "profile=commune", "--set", "moyens=solides")
    assert len(_ids(boussole(*command))) == 5
    assert len(_ids(boussole(*command, "--top", "2"))) == 2
    assert len(_ids(boussole(*command, "--top", "1000"))) == 6
    assert len(_ids(boussole(*command, "--all"))) == 6


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["table", "md", "json", "csv"])
def test_left_out_in_every_form(boussole: Boussole, form: str) -> None:
    """`--left-out` adds what is left out, with why, in every form; without it there is none."""
    command = ("recommend", "essai", *TOWN, "--to", form)
    assert "Reserved tool" in boussole(*command, "--left-out").out.replace("\n", " ") or form == "json"
    assert "Kept for another case" in boussole(*command, "--left-out").out.replace("\n", " ")
    assert "Kept for another case" not in boussole(*command).out


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["table", "md", "json", "csv", "toml"])
def test_what_is_missing_is_told_on_stderr_alone(boussole: Boussole, form: str) -> None:
    """Without a required answer, the result is given and stderr names the questions; stdout is data alone."""
    done = boussole("recommend", "essai", "--to", form)
    assert done.code == 0
    assert done.err == "Required questions have no answer: profile and domain.\n"
    assert "no answer" not in done.out
    assert done.out


def test_strict_refuses_what_is_missing(boussole: Boussole, trial: Path) -> None:
    """With `--strict`, a missing required answer exits 2 and nothing is written anywhere."""
    done = boussole("recommend", "essai", "--strict", "--set", "profile=commune", "-o", "a.md", "--to", "json")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Required questions have no answer: domain.")
    assert not (trial / "a.md").exists()
    assert boussole("recommend", "essai", "--strict", *TOWN).code == 0


@pytest.mark.usefixtures("trial", "on_a_terminal")
def test_a_table_on_a_terminal(boussole: Boussole) -> None:
    """Where stdout is a terminal, the result is a table, with styles."""
    done = boussole("recommend", "essai", *TOWN)
    assert "Rank" in done.out
    assert "\x1b[1m" in done.out
    assert "# " not in done.out


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.json", "a.txt", "a.toml"])
def test_what_is_saved_can_be_opened_again(boussole: Boussole, trial: Path, name: str) -> None:
    """Every form but a table for spreadsheets holds the answers: none that a table saves is lost for its group."""
    boussole("recommend", "essai", *TOWN, "-o", name)
    assert load_answers(trial / name).answers == {"profile": "commune", "domain": ("eau",)}
    (sheet,) = read_many(trial / name)
    assert sheet.name.startswith(name)


@pytest.mark.usefixtures("trial", "on_a_terminal")
def test_no_styles_in_a_file(boussole: Boussole, trial: Path) -> None:
    """A table written to a file has no styles, though stdout is a terminal that has them."""
    done = boussole("recommend", "essai", *TOWN, "-o", "a.txt", "--to", "table")
    assert "\x1b" not in (trial / "a.txt").read_text(encoding="utf-8")
    assert "\x1b" in done.out


@pytest.mark.usefixtures("trial", "on_a_terminal")
def test_terminals_without_colour(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """`NO_COLOR`, `TERM=dumb` and `COLUMNS` are obeyed."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in boussole("recommend", "essai", *TOWN).out
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "40")
    out = boussole("recommend", "essai", *TOWN).out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 40


@pytest.mark.usefixtures("trial")
def test_markdown_elsewhere(boussole: Boussole) -> None:
    """Where stdout is no terminal, the result is Markdown."""
    assert sys.stdout.isatty() is False
    assert boussole("recommend", "essai", *TOWN).out.startswith("# My path: Trial compass\n")
    assert boussole("recommend", "essai", *TOWN, lang="fr").out.startswith("# ")


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["json", "csv", "md", "table", "toml"])
def test_two_runs_give_the_same_bytes(boussole: Boussole, form: str) -> None:
    """The same input gives the same bytes, the day being the same."""
    command = ("recommend", "essai", *TOWN, "--set", "nom=é\x1b", "--all", "--left-out", "--to", form)
    assert boussole(*command).out == boussole(*command).out != ""


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["json", "csv", "md", "table", "toml"])
def test_no_answer_drives_the_terminal(boussole: Boussole, form: str) -> None:
    """Control characters in an answer or a name never reach stdout or stderr, in any form."""
    hostile = "a\x1b[31mb\x9b32mc\x7fd\x85e\u202ef\x07"
    done = boussole("recommend", "essai", *TOWN, "--set", f"nom={hostile}", "--name", hostile, "--to", form)
    assert done.code == 0
    assert not set(done.out + done.err) & set("\x1b\x9b\x7f\x85\u202e\x07")
    refused = boussole("recommend", "essai", "--set", f"{hostile}=1", "--set", f"profile={hostile}")
    assert not set(refused.out + refused.err) & set("\x1b\x9b\x7f\x85\u202e\x07")


@pytest.mark.parametrize("ending", ["md", "json", "csv", "txt", "toml"])
def test_bytes_that_are_no_text_are_written(boussole: Boussole, trial: Path, ending: str) -> None:
    """A name or an answer typed in another encoding does not stop the file from being written."""
    done = boussole("recommend", "essai", *TOWN, "--set", "nom=\udce9t\udce9", "--name", "\udcff", "-o", f"a.{ending}")
    assert (done.code, done.err) == (0, written(f"a.{ending}"))
    (trial / f"a.{ending}").read_text(encoding="utf-8")


@pytest.mark.usefixtures("trial")
def test_a_compass_that_does_not_exist(boussole: Boussole) -> None:
    """An unknown compass names the nearest one; a word too long for a file name is one too."""
    done = boussole("recommend", "esai")
    assert (done.code, done.out) == (2, "")
    assert "There is no compass “esai”." in done.err
    assert "Did you mean “essai”?" in done.err
    assert "There is no compass" in boussole("recommend", "x" * 5000).err
    assert "There is no file “x.toml”" in boussole("recommend", "x.toml").err


def test_a_definition_that_cannot_be_used(boussole: Boussole, trial: Path) -> None:
    """A compass with mistakes exits 2 with each of them, placed."""
    (trial / "compasses" / "essai.toml").write_text(COMPASS.replace('"many"', '"mani"'), encoding="utf-8")
    done = boussole("recommend", "essai")
    assert (done.code, done.out) == (2, "")
    assert "compasses/essai.toml:17:8: B102" in done.err
    assert "Did you mean “many”?" in done.err


def test_an_answer_near_nothing_is_told_where_all_are_listed(boussole: Boussole) -> None:
    """Sixteen domains are too many to say: the command that lists them is named."""
    done = boussole("recommend", "agir-ensemble", "--set", "domain=o")
    assert done.code == 2
    assert "boussole list agir-ensemble shows what it takes." in done.err
