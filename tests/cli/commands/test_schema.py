"""`boussole schema`: what is typed is done, or refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]


def test_the_schema_of_compasses_about_a_catalogue(boussole: Boussole, trial: Path) -> None:
    """Its MEDOC are the ones that a rule may name; the one of any catalogue lists none."""
    done = boussole("schema", "compass", "--catalogue", "medoc.toml", "-o", "schema.json")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Written: {trial / 'schema.json'}\n"
    schema = json.loads((trial / "schema.json").read_text("utf-8"))
    assert "atlas" in schema["$defs"]["medoc"]["enum"]
    assert boussole("schema", "compass", "--catalogue", "medoc.toml").out == (trial / "schema.json").read_text("utf-8")
    assert "medoc" not in json.loads(boussole("schema", "compass").out)["$defs"]


@pytest.mark.parametrize("kind", ["catalogue", "answers", "map"])
def test_what_would_say_nothing_is_refused(
    boussole: Boussole, trial: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A catalogue says nothing of other files, nor compasses of any; the environment is for every command."""
    for option, value in (("--catalogue", "medoc.toml"), ("--compasses", "compasses")):
        for arguments in (("schema", kind, option, value), (option, value, "schema", kind)):
            done = boussole(*arguments)
            assert (done.code, done.out) == (2, "")
            assert done.err == f"{option} does not go with “schema {kind}”.\n"
    monkeypatch.setenv("BOUSSOLE_CATALOGUE", str(trial / "medoc.toml"))
    monkeypatch.setenv("BOUSSOLE_COMPASSES", str(trial / "compasses"))
    assert boussole("schema", kind).code == 0


@pytest.mark.parametrize("option", ["--catalogue", "--compasses"])
def test_forget_knows_no_definitions(boussole: Boussole, option: str) -> None:
    """It deletes all that was kept, whatever it was about: nobody should believe otherwise."""
    done = boussole("forget", option, "x")
    assert (done.code, done.err) == (2, f"{option} does not go with “forget”.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--catalogue", "rien.toml"), "There is no file “rien.toml”."),
        (("-o", "schema.toml"), "Write a name that ends in .json."),
        (("-o", "schema.json"), "it is a folder"),
    ],
)
def test_what_cannot_be_made(boussole: Boussole, here: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, in words, and nothing is printed."""
    (here / "schema.json").mkdir()
    done = boussole("schema", "compass", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
