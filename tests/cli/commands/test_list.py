"""`boussole list`: the compasses in reach, and why one cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_those_shipped(boussole: Boussole) -> None:
    """Everywhere, the four compasses shipped are there, with their size and origin."""
    done = boussole("list")
    assert (done.code, done.err) == (0, "")
    assert [line.split("  ")[0] for line in done.out.splitlines() if not line.startswith(" ")] == [
        "agir-ensemble",
        "diversite-des-modeles",
        "odd17-en-pratiques",
        "sept-savoir-faire",
    ]
    assert done.out.count("shipped with boussole") == 4


@pytest.mark.usefixtures("trial")
def test_a_paragraph_for_each(boussole: Boussole) -> None:
    """A compass has its id, title, summary, size and origin, in the language of the run."""
    lines = boussole("list").out.splitlines()
    assert lines[:3] == [
        "essai  Trial compass",
        "    To try.",
        "    7 questions at most, about 3 minutes · from the current folder",
    ]
    assert boussole("list", lang="fr").out.splitlines()[:2] == ["essai  Boussole d’essai", "    Pour essayer."]


def test_a_broken_compass_is_told(boussole: Boussole, trial: Path) -> None:
    """A compass that cannot be used is told on stderr, the others are listed, and the exit code is 1."""
    _write(trial / "compasses" / "casse.toml", "format = 1\n[[")
    done = boussole("list")
    assert done.code == 1
    assert done.out.startswith("essai  ")
    assert done.err.startswith("compasses/casse.toml cannot be used: 1 problem.")
    assert done.err.count("B004") == 1


@pytest.mark.parametrize("catalogue", ["3", '["mini"]', '{ a = "x" }'])
def test_a_catalogue_id_that_is_no_text(boussole: Boussole, trial: Path, catalogue: str) -> None:
    """A compass whose `catalogue` is no text is told as any other mistake, by `list`, `check` and `recommend`."""
    _write(trial / "compasses" / "essai.toml", COMPASS.replace('catalogue = "mini"', f"catalogue = {catalogue}"))
    assert "B102" in boussole("list").err
    assert "B102" in boussole("check", "compasses/essai.toml").out
    assert boussole("recommend", "compasses/essai.toml").code == 2


def test_a_folder_named_twice_is_read_once(boussole: Boussole, trial: Path) -> None:
    """`--compasses` naming the current folder's compasses tells a broken one once."""
    _write(trial / "compasses" / "casse.toml", "format = 1\n[[")
    done = boussole("list", "--compasses", "compasses")
    assert done.err.count("B004") == 1
    assert "from --compasses" in done.out


def test_a_folder_that_does_not_exist(boussole: Boussole) -> None:
    """`--compasses` naming no folder is an error."""
    done = boussole("list", "--compasses", "nulle-part")
    assert (done.code, done.out) == (2, "")
    assert "There is no folder “nulle-part”." in done.err


def test_the_nearest_of_an_id_is_used(boussole: Boussole, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same id is looked up in the option, the current folder, the user's, then those shipped."""
    home = here.parent / "boussole-home" / "data" / "boussole"
    places = [(home / "compasses", "from your own folder"), (here / "compasses", "from the current folder")]
    _write(home / "medoc.toml", CATALOGUE)
    for number, (folder, origin) in enumerate(places):
        _write(folder / "agir-ensemble.toml", _renamed(f"Version {number}"))
        first = boussole("list").out.split("\nagir-ensemble")[0]
        assert f"agir-ensemble  Version {number}" in boussole("list").out
        assert origin in first
        assert boussole("list").out.count("agir-ensemble  ") == 1
    _write(here / "a-part" / "agir-ensemble.toml", _renamed("Version 2"))
    assert "agir-ensemble  Version 2" in boussole("list", "--compasses", "a-part").out
    assert "# My path: Version 2" in boussole("recommend", "agir-ensemble", "--compasses", "a-part").out
    monkeypatch.setenv("BOUSSOLE_COMPASSES", "a-part")
    assert "from --compasses" in boussole("list").out
    assert "# My path: Version 2" in boussole("recommend", "agir-ensemble").out


def _renamed(title: str) -> str:
    return COMPASS.replace('id = "essai"', 'id = "agir-ensemble"').replace("Trial compass", title)


def test_a_compass_by_its_file(boussole: Boussole, here: Path) -> None:
    """A compass named by its file is used with the catalogue beside it, or one folder up."""
    _write(here / "ailleurs" / "medoc.toml", CATALOGUE)
    _write(here / "ailleurs" / "compasses" / "a.toml", COMPASS)
    _write(here / "ailleurs" / "b.toml", COMPASS)
    for name in ("ailleurs/compasses/a.toml", "ailleurs/b.toml", str(here / "ailleurs" / "b.toml")):
        done = boussole("recommend", name, "--set", "profile=commune", "--set", "domain=eau")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("# My path: Trial compass\n")


def test_a_compass_by_its_id_in_another_file_name(boussole: Boussole, trial: Path) -> None:
    """A compass is found by the id it declares where no file has that name."""
    (trial / "compasses" / "essai.toml").rename(trial / "compasses" / "autre-nom.toml")
    assert boussole("recommend", "essai").code == 0
    assert boussole("recommend", "autre-nom").code == 0


def test_the_wrong_catalogue(boussole: Boussole, here: Path) -> None:
    """Where no catalogue has the id a compass names, the ones found are named; one given by option is refused."""
    _write(here / "compasses" / "essai.toml", COMPASS)
    done = boussole("recommend", "essai")
    assert (done.code, done.out) == (2, "")
    assert "compasses/essai.toml:5:13: B210 there is no catalogue “mini” here." in done.err
    assert "Found: le-rameau." in done.err
    _write(here / "autre.toml", CATALOGUE.replace('id = "mini"', 'id = "autre"'))
    done = boussole("recommend", "essai", "--catalogue", "autre.toml")
    assert (done.code, done.out) == (2, "")
    assert "the catalogue here is “autre”, not “mini”" in done.err


def test_no_text_drives_the_terminal(boussole: Boussole, trial: Path) -> None:
    """Control characters in a compass never reach the terminal, whether it can be used or not."""
    hostile = "Trial\\u001b[31m\\u009b32m\\u202e"
    _write(trial / "compasses" / "essai.toml", COMPASS.replace("Trial", hostile).replace("To try", hostile))
    _write(trial / "compasses" / "casse.toml", 'format = 1\n"x\\u001b[31m" = 1\n"y\x9b" = 2\n')
    done = boussole("list")
    assert done.code == 1
    assert not set(done.out + done.err) & set("\x1b\x9b\u202e")


def test_the_questions_of_a_compass(boussole: Boussole, trial: Path) -> None:
    """What a script needs: ids, types, bounds and options, so that `--set` is written without trying."""
    del trial
    done = boussole("list", "essai")
    assert done.code == 0
    assert done.out.startswith("essai  Trial compass\nIn a command: --set ")
    assert "\n\nprofile  Who are you?  (one answer)\n    commune  Town\n" in done.out
    assert "(a number, from 1 to 9,000,000" in done.out
    assert "asked of some only" in done.out


def test_bounds_in_words(boussole: Boussole, trial: Path) -> None:
    """A day is a day, a number has its decimals, several options are counted."""
    questions = """
[[question]]
id = "quand"
type = "date"
ask = "Quand ?"
min = 2026-01-01
max = 2027-12-31
[[question]]
id = "part"
type = "number"
decimals = 1
ask = "Part ?"
max = 9.5
[[question]]
id = "sujets"
type = "many"
facet = "domain"
ask = "Sujets ?"
min = 1
max = 2
"""
    head = COMPASS.split("[[")[0].replace('"essai"', '"bornes"')
    _write(trial / "compasses" / "bornes.toml", head + questions)
    said = boussole("list", "bornes").out
    assert "(a day, from 2026-01-01 to 2027-12-31)" in said
    assert "(a number, 9.5 or less)" in said
    assert "(2 answers at most)" in said


def test_two_files_of_one_id(boussole: Boussole, trial: Path) -> None:
    """The one of that name counts, else the first by name: `list` and `check` say so, and it is used."""
    for name in ("a", "z"):
        _write(trial / "compasses" / f"{name}.toml", COMPASS.replace("Trial compass", f"Compass {name}"))
    for counts, others, title in (("essai", "a.toml and z.toml", "Trial compass"), ("a", "z.toml", "Compass a")):
        lines = boussole("list").out.splitlines()
        assert lines[0] == f"essai  {title}"
        assert lines[3] == f"    {counts}.toml counts; of the same id, and not used: {others}"
        assert boussole("list", "essai").out.splitlines()[0] == lines[0]
        told = [line for line in boussole("check").out.splitlines() if "B536" in line]
        assert told
        assert all(line.endswith(f"compasses/{counts}.toml counts.") for line in told)
        (trial / "compasses" / "essai.toml").unlink(missing_ok=True)
    assert [line for line in boussole("list").out.splitlines() if "counts" in line] == [lines[3]]


def test_a_compass_of_ones_own_over_one_that_ships_is_no_fault(boussole: Boussole, trial: Path) -> None:
    """The nearest counts, without a word."""
    _write(trial / "compasses" / "essai.toml", COMPASS.replace('id = "essai"', 'id = "agir-ensemble"'))
    done = boussole("list")
    assert (done.code, done.err) == (0, "")
    assert "counts" not in done.out
