"""The JSON Schema of the files: what ships is valid by it, and what is wrong is not."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from boussole.cli.border import run
from boussole.files.definitions import shipped_folder
from boussole.files.schema import SHAPES, json_schema


def plain(value: Any) -> Any:  # noqa: ANN401 - any TOML
    """Return a TOML value as JSON has it: days are texts."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("kind", SHAPES)
def test_a_schema_is_a_schema(kind: str) -> None:
    """Each schema is valid JSON Schema 2020-12."""
    Draft202012Validator.check_schema(json_schema(kind))


def test_what_ships_is_valid() -> None:
    """The catalogue and the compasses that ship pass an independent validator."""
    folder = shipped_folder()
    files = [
        ("catalogue", folder / "medoc.toml"),
        *(("compass", path) for path in (folder / "compasses").glob("*.toml")),
    ]
    for kind, path in files:
        document = plain(tomli.loads(path.read_text("utf-8")))
        assert [error.message for error in Draft202012Validator(json_schema(kind)).iter_errors(document)] == []


@pytest.mark.parametrize(
    ("key", "value"), [("titel", "x"), ("id", "Pas Bon"), ("format", "1"), ("ranking", {"generic": 2000})]
)
def test_a_mistake_is_seen_by_an_editor(key: str, value: object) -> None:
    """An unknown key, a bad id, a wrong type and a number out of bounds are errors in the schema too."""
    document = {"format": 1, "id": "a", "version": "1", "language": "fr", "title": "t"} | {key: value}
    assert list(Draft202012Validator(json_schema("compass")).iter_errors(document))


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """`boussole schema` prints the schema; an unknown kind names the nearest."""
    assert run(["schema", "answers"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema("answers")
    assert run(["schema", "compas", "--lang", "en"]) == 2
    assert "compass" in capsys.readouterr().err
