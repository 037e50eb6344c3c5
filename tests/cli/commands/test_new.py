"""`boussole new`: what it writes passes, and so does what it says to type next."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from boussole.i18n import LANGUAGES
from support.samples import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_compass_from_nothing(boussole: Boussole, here: Path, lang: str) -> None:
    """The file, its schema, what to type next; and what it says to type finds nothing wrong and asks."""
    done = boussole("new", "compass", "mon-territoire", lang=lang)
    assert (done.code, done.out) == (0, "")
    said = done.err.splitlines()
    schema = f"schemas/compass.le-rameau.{lang}.json"
    assert [line.split()[-1] for line in said[:2]] == ["compasses/mon-territoire.toml", schema]
    assert len(said) == 4
    assert said[2].endswith(f"medoc.toml --lang {lang} -o {schema}")
    assert said[3].endswith("boussole check compasses/mon-territoire.toml")
    first, blank, *_ = (here / "compasses/mon-territoire.toml").read_text("utf-8").splitlines()
    assert (first, blank) == (f"#:schema ../{schema}", "")
    checked = boussole("check", "compasses/mon-territoire.toml")
    assert (checked.code, checked.out) == (0, "")
    assert boussole("recommend", "mon-territoire", "--set", "profile=etat", "--to", "json").code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_then_a_compass_about_it(boussole: Boussole, here: Path, lang: str) -> None:
    """The compass is about the catalogue in reach, which is the new one; nothing is wrong with either."""
    done = boussole("new", "catalogue", "mes-medoc", lang=lang)
    assert (done.code, done.out) == (0, "")
    assert "medoc.toml" in done.err
    assert "checked = 2026-11-22" in (here / "medoc.toml").read_text("utf-8")
    assert boussole("check", "medoc.toml").out == ""
    assert boussole("new", "compass", "essai", lang=lang).code == 0
    assert 'catalogue = "mes-medoc"' in (here / "compasses/essai.toml").read_text("utf-8")
    checked = boussole("check", "medoc.toml", "compasses/essai.toml")
    assert (checked.code, checked.out) == (0, "")


def test_a_catalogue_that_is_named(boussole: Boussole, here: Path) -> None:
    """It goes into what to type next, quoted as a shell needs it."""
    (here / "mes medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    done = boussole("new", "compass", "essai", "--catalogue", "mes medoc.toml")
    assert done.code == 0
    command = "boussole check compasses/essai.toml --catalogue 'mes medoc.toml'"
    assert done.err.splitlines()[-1].endswith(command)
    text = (here / "compasses/essai.toml").read_text("utf-8")
    assert f"#     {command}\n#     boussole ask essai --catalogue 'mes medoc.toml'\n" in text
    assert boussole("check", "compasses/essai.toml", "--catalogue", "mes medoc.toml").code == 0


def test_a_file_of_ones_own(boussole: Boussole, here: Path) -> None:
    """`-o` says where; the schema stands beside, once for all."""
    assert boussole("new", "compass", "essai", "-o", "un.toml").code == 0
    done = boussole("new", "compass", "essai", "-o", "deux.toml")
    assert done.err.splitlines()[0].endswith("deux.toml")
    assert len(done.err.splitlines()) == 2
    assert "#     boussole ask deux.toml\n" in (here / "deux.toml").read_text("utf-8")
    assert sorted(path.name for path in here.iterdir()) == ["deux.toml", "schemas", "un.toml"]


def test_a_file_that_exists_is_left_alone(boussole: Boussole, here: Path) -> None:
    """Exit 2, and `-o` is named."""
    for arguments, file in (
        (("compass", "essai"), here / "compasses" / "essai.toml"),
        (("catalogue", "essai"), here / "medoc.toml"),
        (("compass", "essai", "-o", "x.toml"), here / "x.toml"),
    ):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"mine")
        done = boussole("new", *arguments)
        assert done.code == 2
        assert "exists already" in done.err
        assert "-o FILE" in done.err
        assert file.read_bytes() == b"mine"
    assert not (here / "schemas").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compass", "Mon Territoire"), "For instance: mon-territoire"),
        (("compass", "proven"), "reserved"),
        (("compas", "essai"), "Did you mean “compass”?"),
        (("compass",), "NAME is missing."),
        (("catalogue", "essai", "-o", "no/where/x.toml"), "There is no folder “no/where”."),
    ],
)
def test_what_cannot_be_made(boussole: Boussole, here: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, in words, and nothing is left behind."""
    done = boussole("new", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert list(here.iterdir()) == []


def test_no_name_drives_the_terminal(boussole: Boussole) -> None:
    """What was typed is shown harmless."""
    done = boussole("new", "compass", "a\x1b[31m\u202e")
    assert done.code == 2
    assert not set(done.err) & set("\x1b\u202e")


def test_a_catalogue_that_cannot_be_used(boussole: Boussole, here: Path) -> None:
    """Its problems are told, and no compass is written."""
    (here / "medoc.toml").write_text("format = 1\n", encoding="utf-8")
    done = boussole("new", "compass", "essai")
    assert done.code == 2
    assert "B103" in done.err
    assert os.listdir(here) == ["medoc.toml"]  # noqa: PTH208 - the names are what matters
