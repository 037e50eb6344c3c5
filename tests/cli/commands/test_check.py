"""`boussole check`: every problem at once, its forms and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boussole.escape import FORBIDDEN
from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Done

    Boussole = Callable[..., Done]

FIVE_MISTAKES = (
    COMPASS.replace('version = "3"\n', "")
    .replace('type = "many"', 'type = "mani"')
    .replace("weights = { profile", "weights = { profil")
    .replace("points = 4", "pionts = 4")
    .replace("{ moyens = 1 }", "{ moyen = 1 }")
)


def codes(done: Done) -> list[str]:
    """Return the codes told on stdout, each after its place and its severity."""
    return [line.split(" ")[2] for line in done.out.splitlines() if not line.startswith(" ")]


def test_what_is_shipped_has_no_problem(boussole: Boussole) -> None:
    """Everywhere, all that is in reach is checked; what is shipped has no error and no warning, even strictly."""
    done = boussole("check", "--strict")
    assert done.code == 0
    assert " error B" not in done.out
    assert " warning B" not in done.out
    assert done.err.startswith("5 files checked")


@pytest.mark.usefixtures("trial")
def test_files_without_problems(boussole: Boussole) -> None:
    """Files named one by one, catalogues and compasses, exit 0 and print nothing."""
    done = boussole("check", "medoc.toml", "compasses/essai.toml")
    assert (done.code, " error " in done.out) == (0, False)
    assert done.err.startswith("2 files checked")
    assert boussole("check", "medoc.toml").err.startswith("1 file checked")


def test_every_mistake_at_once(boussole: Boussole, trial: Path) -> None:
    """A file with five mistakes has all five told, each at its line, with what is meant; the exit code is 1."""
    (trial / "compasses" / "essai.toml").write_text(FIVE_MISTAKES, encoding="utf-8")
    done = boussole("check", "compasses/essai.toml")
    assert done.code == 1
    errors = {code for code in codes(done) if code < "B5"}
    assert errors == {"B101", "B102", "B103", "B201", "B205"}, done.out
    for meant in ("profile", "many", "points", "moyens"):
        assert f"Did you mean “{meant}”?" in done.out
    assert "the key “version” is missing" in done.out
    assert done.err.startswith("1 file checked, 5 errors")


def test_a_failed_example(boussole: Boussole, trial: Path) -> None:
    """A worked example that does not give what its author expected is a problem, told by its title."""
    (trial / "compasses" / "essai.toml").write_text(
        COMPASS.replace('first = "offre-beta"', 'first = "charte"'), "utf-8"
    )
    done = boussole("check")
    assert done.code == 1
    assert "B401" in done.out
    assert 'example "Une commune"' in done.out
    assert "charte" in done.out
    assert "Traceback" not in done.err


def test_a_catalogue_with_mistakes(boussole: Boussole, trial: Path) -> None:
    """The problems of a catalogue are told, of one file and of all that is in reach."""
    (trial / "medoc.toml").write_text(CATALOGUE.replace('kind = "outil"', 'kind = "outils"'), encoding="utf-8")
    for arguments in (["check"], ["check", "medoc.toml"]):
        done = boussole(*arguments)
        assert done.code == 1
        assert "medoc.toml:" in done.out
        assert "Did you mean “outil”?" in done.out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "B107"),
        (b"format = 1\n[[", "B004"),
        (b"format = 2\n", "B006"),
        (b"\xff\xfe", "B001"),
        (b"format = 1\nmedoc = 3\n", "B102"),
    ],
)
def test_files_of_any_content(boussole: Boussole, here: Path, content: bytes, told: str) -> None:
    """Whatever a file holds, its problems are told in words."""
    (here / "x.toml").write_bytes(content)
    done = boussole("check", "x.toml")
    assert done.code == 1
    assert told in done.out
    assert "Something unexpected" not in done.err


@pytest.mark.usefixtures("trial")
def test_a_file_that_is_not_there(boussole: Boussole) -> None:
    """A missing file is told and the others are still checked."""
    done = boussole("check", "absent.toml", "medoc.toml")
    assert done.code == 2
    assert "absent.toml" in done.err
    assert "1 file checked" in done.err


def test_no_text_drives_the_terminal(boussole: Boussole, here: Path) -> None:
    """Control characters in a file never reach the terminal through its problems."""
    (here / "x.toml").write_bytes('format = 1\n"k\\u001b[31m" = 1\ntitle = "\x9b\u202e"\nid = "\\u001b[2J"\n'.encode())
    done = boussole("check", "x.toml")
    assert done.code == 1
    assert not set(done.out + done.err) & set("\x1b\x9b\u202e")


@pytest.fixture
def doubtful(trial: Path) -> Path:
    """Return a compass with one warning: its first question is always asked, under a condition."""
    path = trial / "compasses" / "essai.toml"
    head, question, tail = COMPASS.partition('[[question]]\nid = "')
    path.write_text(
        head
        + '[[question]]\nid = "avant"\ntype = "yes-no"\nask = { fr = "Avant\u202f?", en = "Before?" }\n\n'
        + '[[question]]\nid = "apres"\ntype = "text"\nask = { fr = "Après\u202f?", en = "After?" }\nrequired = false\n'
        + 'when = { avant = ["yes", "no"] }\n\n'
        + question
        + tail,
        encoding="utf-8",
    )
    return path


@pytest.mark.usefixtures("doubtful")
def test_the_same_mistake_is_told_once(boussole: Boussole) -> None:
    """With how many places and their lines; --all tells each at its own place, as JSON always does."""
    file = "compasses/essai.toml"
    (told,) = [line for line in boussole("check", file).out.splitlines() if line.startswith("    Also at")]
    assert re.fullmatch(r"    Also at 6 more places: lines \d+(, \d+){4}…", told)
    done = boussole("check", "--all", file)
    assert codes(done).count("B526") == 7
    assert "Also at" not in done.out
    assert done.err.startswith("1 file checked, 8 warnings")
    listed = json.loads(boussole("check", "--to", "json", file).out)["problems"]
    assert [one["code"] for one in listed].count("B526") == 7


@pytest.mark.usefixtures("doubtful")
def test_a_warning_fails_only_strictly(boussole: Boussole) -> None:
    """Exit 0 with a warning, 1 with --strict; the summary counts it, and says how to know more."""
    done = boussole("check", "compasses/essai.toml")
    assert (done.code, "B502" in codes(done)) == (0, True)
    assert "2 warnings" in done.err  # the other, at seven places, is of the typography of the sample
    assert "boussole check --explain B502" in done.err
    assert boussole("check", "--strict", "compasses/essai.toml").code == 1


@pytest.mark.usefixtures("doubtful", "on_a_terminal")
def test_severities_have_colours_on_a_terminal_only(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them (NO_COLOR, a dumb terminal) the text is the same; in JSON there are none."""
    shown = boussole("check", "compasses/essai.toml").out
    assert "\x1b[1;33mwarning B502\x1b[0m" in shown
    assert "\x1b" not in boussole("check", "--to", "json", "compasses/essai.toml").out
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            plain = boussole("check", "compasses/essai.toml").out
        assert plain == re.sub("\x1b\\[[0-9;]*m", "", shown)


@pytest.mark.usefixtures("on_a_terminal")
@pytest.mark.parametrize("columns", [30, 40, 80])
def test_words_are_whole_on_a_terminal(
    boussole: Boussole, trial: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """A problem is broken between words there, and its remedy keeps its indent."""
    (trial / "compasses" / "essai.toml").write_text(FIVE_MISTAKES, "utf-8")
    monkeypatch.setenv("COLUMNS", "2000")
    whole = re.sub("\x1b[^m]*m", "", boussole("check", "compasses/essai.toml").out)
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = re.sub("\x1b[^m]*m", "", boussole("check", "compasses/essai.toml").out).split("\n")
    assert " ".join(rows).split() == whole.split()
    assert [row for row in rows if len(row) > columns and " " in row.strip()] == []


@pytest.mark.usefixtures("doubtful")
def test_problems_as_json(boussole: Boussole) -> None:
    """Every problem with its code, severity, place, subject, cause and remedy, whatever the language."""
    document = json.loads(boussole("check", "--to", "json", "compasses/essai.toml").out)
    assert list(document) == ["format", "files", "counts", "problems"]
    assert document["files"] == ["compasses/essai.toml"]
    assert document["counts"] == {"error": 0, "warning": 8, "note": 0}
    (problem,) = [one for one in document["problems"] if one["code"] == "B502"]
    assert problem["severity"] == "warning"
    assert problem["subject"] == 'question "apres"'
    lines = (Path("compasses") / "essai.toml").read_text("utf-8").splitlines()
    assert lines[problem["line"] - 1][problem["column"] - 1 :] == '{ avant = ["yes", "no"] }'
    assert problem["remedy"]


def test_problems_as_annotations_of_github(boussole: Boussole, here: Path) -> None:
    """One command a line; what would end it or split it is escaped, in the message and in the name of the file."""
    (here / "a,b:100%.toml").write_text('format = 1\n"50%\\n::x" = 1\nquestion = []\n', "utf-8")
    said = boussole("check", "--to", "github", "a,b:100%.toml").out
    lines = [line for line in said.splitlines() if line.startswith("::error ")]
    assert all(line.startswith("::error file=a%2Cb%3A100%25.toml,line=") for line in lines), lines
    assert any("50%25 ::x" in line for line in lines)


@pytest.mark.usefixtures("doubtful")
def test_an_unknown_form(boussole: Boussole) -> None:
    """It is refused with the nearest one."""
    done = boussole("check", "--to", "jsn")
    assert (done.code, done.out) == (2, "")
    assert "json" in done.err


def test_errors_stand_first(boussole: Boussole, trial: Path) -> None:
    """Then warnings, then notes, whatever the order of the files; the last line explains the worst."""
    (trial / "medoc.toml").write_text(CATALOGUE.replace('kind = "outil"', 'kind = "outils"'), encoding="utf-8")
    done = boussole("check", "--lang", "en")
    severities = [line.split(": ", 1)[1].split()[0] for line in done.out.splitlines() if not line.startswith(" ")]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert done.err.rstrip().endswith(f"--explain {codes(done)[0]}")


def test_a_code_explained(boussole: Boussole) -> None:
    """The page of a code is printed; an unknown code names the nearest."""
    assert boussole("check", "--explain", "b101", "--lang", "en").out.startswith("# B101 · ")
    done = boussole("check", "--explain", "B1011")
    assert (done.code, done.out) == (2, "")
    assert "B101" in done.err


def test_a_compass_whose_catalogue_is_broken(boussole: Boussole, trial: Path) -> None:
    """It is told at the line that names the catalogue, with the command that shows what is wrong there."""
    (trial / "medoc.toml").write_text(CATALOGUE.replace('kind = "outil"', 'kind = "outils"'), encoding="utf-8")
    done = boussole("check", "compasses/essai.toml")
    assert (done.code, codes(done)) == (1, ["B209"])
    assert "boussole check medoc.toml" in done.out


def test_what_is_badly_written_is_told_with_what_is_wrong(boussole: Boussole, doubtful: Path) -> None:
    """An error does not hide a missing translation, nor a look ahead an unknown word."""
    text = (
        doubtful.read_text("utf-8").replace(', en = "After?"', "").replace("weights = { profile", "weights = { profil")
    )
    doubtful.write_text(text, "utf-8")
    assert {"B201", "B523"} <= set(codes(boussole("check", "compasses/essai.toml")))


def test_a_folder_or_a_file_too_large(boussole: Boussole, here: Path) -> None:
    """What is no definition file is told in words."""
    (here / "folder.toml").mkdir()
    assert boussole("check", "folder.toml").code == 2
    (here / "large.toml").write_bytes(b"#" * (8 * 1024 * 1024 + 1))
    done = boussole("check", "large.toml")
    assert (done.code, codes(done)) == (1, ["B002"])


HOSTILE = "a\x1b]8;;x\x07b\x9b31m\u202ec\n::set-output name=x::y\u2028##[error]z"


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_nothing_that_stands_in_a_file_or_its_name_escapes(boussole: Boussole, form: str) -> None:
    """Ids, keys, values and names of files drive no terminal, make no line of their own, command no runner."""
    written = json.dumps(HOSTILE)
    files = []
    for place, (text, by) in enumerate(
        {
            'id = "essai"': f"id = {written}",
            "[result]": f"[{written}]\n{written} = 1\n[result]",
            "min = ": f"{written} = 1\nmin = ",
            "[[question]]": f"= {HOSTILE}",
        }.items()
    ):
        files.append(f"{HOSTILE.replace('/', '')}{place}.toml")
        Path(files[-1]).write_text(COMPASS.replace(text, by, 1), encoding="utf-8")
    done = boussole("check", *files, f"{HOSTILE}absent.toml", "--to", form)
    assert done.code == 2
    assert not re.search(FORBIDDEN, done.out + done.err)
    for line in (done.out + done.err).split("\n"):
        assert not line.lstrip().startswith(("::set-output", "##["))
        assert form != "github" or "##[" not in line
    if form == "github":
        assert all(
            re.match(r"::(error|warning|notice) (file=[^:,]+,line=\d+,col=\d+,)?title=[A-Z]\d+::", line)
            for line in done.out.splitlines()
        )
        assert not [line for line in done.err.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    "words",
    [
        (HOSTILE,),
        (f"--{HOSTILE}",),
        ("recommend", HOSTILE),
        ("recommend", "essai", "--set", HOSTILE),
        ("recommend", "essai", "--set", f"profile={HOSTILE}"),
        ("recommend", "essai", "--answers", HOSTILE),
        ("recommend", "essai", "-o", f"{HOSTILE}/a.md"),
        ("why", "essai", HOSTILE),
        ("medoc", HOSTILE),
        ("new", "compass", HOSTILE),
        ("--compasses", HOSTILE, "list"),
        ("--lang", HOSTILE, "list"),
        ("check", "--explain", HOSTILE),
    ],
)
def test_nothing_that_is_typed_escapes(boussole: Boussole, words: tuple[str, ...]) -> None:
    """A word of the command line that is refused stays within its own line."""
    done = boussole(*words)
    assert done.code == 2
    assert not re.search(FORBIDDEN, done.err)
    assert not [line for line in done.err.splitlines() if line.lstrip().startswith("::")]
