from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from render.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

FIVE_MISTAKES = (
    COMPASS.replace('version = "3"\n', "")
    .replace('type = "many"', 'type = "mani"')
    .replace("weights = { profile", "weights = { profil")
    .replace("points = 4", "pionts = 4")
    .replace("{ moyens = 1 }", "{ moyen = 1 }")
)


def test_what_is_shipped_has_no_problem(boussole: Boussole) -> None:
    """Everywhere, all that is in reach is checked; what is shipped is right."""
    done = boussole("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == "4 files checked.\n"


@pytest.mark.usefixtures("trial")
def test_files_without_problems(boussole: Boussole) -> None:
    """Files named one by one, catalogues and compasses, exit 0 and print nothing."""
    done = boussole("check", "medoc.toml", "compasses/essai.toml")
    assert (done.code, done.out, done.err) == (0, "", "2 files checked.\n")
    assert boussole("check", "medoc.toml").err == "1 file checked.\n"


def test_every_mistake_at_once(boussole: Boussole, trial: Path) -> None:
    """A file with five mistakes has all five told, each at its line, with what is meant; the exit code is 1."""
    (trial / "compasses" / "essai.toml").write_text(FIVE_MISTAKES, encoding="utf-8")
    done = boussole("check", "compasses/essai.toml")
    assert done.code == 1
    codes = [line.split(" ")[1] for line in done.out.splitlines() if line.startswith("compasses/essai.toml:")]
    assert sorted(codes) == ["B101", "B102", "B103", "B201", "B205"], done.out
    for meant in ("profile", "many", "points", "moyens"):
        assert f"Did you mean “{meant}”?" in done.out
    assert "the key “version” is missing" in done.out
    assert done.err == "1 file checked.\n"


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
        (b"", "B103"),
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
    assert "1 file checked." in done.err


def test_no_text_drives_the_terminal(boussole: Boussole, here: Path) -> None:
    """Control characters in a file never reach the terminal through its problems."""
    (here / "x.toml").write_bytes('format = 1\n"k\\u001b[31m" = 1\ntitle = "\x9b\u202e"\nid = "\\u001b[2J"\n'.encode())
    done = boussole("check", "x.toml")
    assert done.code == 1
    assert not set(done.out + done.err) & set("\x1b\x9b\u202e")
