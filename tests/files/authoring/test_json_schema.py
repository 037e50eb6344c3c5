"""The JSON Schema of the files: what boussole accepts is valid by it, and what is plainly wrong is not."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typing_extensions import get_type_hints, is_typeddict

from boussole.cli.main import run
from boussole.core.answers.answers import Answers
from boussole.errors import DefinitionError
from boussole.files.answers.saved import save, to_toml
from boussole.files.authoring.descriptions import COMPARISON, CONDITION
from boussole.files.authoring.json_schema import SHAPES, TABLES, json_schema
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.definitions.table_map import read_map
from boussole.i18n import LANGUAGES
from support.builders import catalogue_document, catalogue_toml, compass_document, toml
from support.paths import ROOT
from support.strategies import edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDERS = {"compasses": "compass", "examples": "map"}
SHIPPED = ["medoc.toml", *sorted(f"{one}/{path.name}" for one in FOLDERS for path in (ROOT / one).glob("*.toml"))]
CATALOGUE = read_catalogue(catalogue_toml().encode(), "medoc.toml")
COMPASS = read_compass(toml(compass_document()).encode(), "f.toml", CATALOGUE)


def plain(value: Any) -> Any:  # noqa: ANN401 - any TOML
    """Return a TOML value as JSON has it: days are texts."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def validator(kind: str, language: str = "en") -> Draft202012Validator:
    """Return the independent validator of one schema."""
    return Draft202012Validator(json_schema(kind, language))


def refusals(kind: str, document: Mapping[str, Any], language: str = "en") -> list[str]:
    """Return what the schema has against a document."""
    return [f"{one.json_path}: {one.message}" for one in validator(kind, language).iter_errors(plain(document))]


def kind_of(name: str) -> str:
    """Return the kind of a shipped file."""
    return FOLDERS.get(name.partition("/")[0], "catalogue")


def accepted(kind: str, text: str) -> bool:
    """Tell whether boussole accepts a file."""
    try:
        if kind == "catalogue":
            read_catalogue(text.encode(), "f.toml")
        elif kind == "map":
            read_map(text.encode(), "f.toml", COMPASS)
        else:
            read_compass(text.encode(), "f.toml", CATALOGUE)
    except DefinitionError:
        return False
    return True


# --- The descriptions ------------------------------------------------------------------------------------------------


def tables_of(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    """Yield every table of a type, itself first."""
    if is_typeddict(hint):
        yield hint
        for one in get_type_hints(hint, include_extras=True).values():
            yield from tables_of(one)
    elif get_origin(hint) is not None:
        for one in get_args(hint):
            yield from tables_of(one)


def test_every_key_is_described_and_nothing_else() -> None:
    """A key without a description is mute in editors; a description without a key is of nothing."""
    keys = {table.__name__: set(get_type_hints(table)) for shape in SHAPES.values() for table in tables_of(shape)}
    assert {name: set(table.keys) for name, table in TABLES.items()} == keys


def described(schema: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401 - any part of a schema
    """Yield the keys and tables of a schema, but for what only adds constraints to them."""
    if isinstance(schema, list):
        for one in schema:
            yield from described(one)
    elif isinstance(schema, dict):
        if "properties" in schema:
            yield "table", schema
            yield from schema["properties"].items()
        for word, part in schema.items():
            if word == "properties":
                for one in part.values():
                    yield from described(one)
            elif word not in {"if", "then", "else", "not", "contains"}:
                yield from described(part)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHAPES)
def test_every_key_and_table_of_a_schema_says_what_it_is_for(kind: str, language: str) -> None:
    """And tables have a name; all in the author's language."""
    schema = json_schema(kind, language)
    Draft202012Validator.check_schema(schema)
    found = list(described(schema))
    assert [name for name, part in found if not part.get("description")] == []
    assert [part for name, part in found if name == "table" and not part.get("title")] == []
    assert {name for name, _ in found} >= set(get_type_hints(SHAPES[kind]))


def test_a_schema_speaks_the_language_of_the_author() -> None:
    """Not a description is the same in both; keys and constraints are."""
    for kind in SHAPES:
        french, english = (list(described(json_schema(kind, language))) for language in ("fr", "en"))
        assert [name for name, _ in french] == [name for name, _ in english]
        same = [one for (_, one), (_, other) in zip(french, english, strict=True) if one == other]
        assert same == []


ALL_TABLES = {**TABLES, "when": CONDITION, "comparison": COMPARISON}
EXAMPLES = [
    (name, key, told.example) for name, table in ALL_TABLES.items() for key, told in table.keys.items() if told.example
]


@pytest.mark.parametrize(("table", "key", "example"), EXAMPLES, ids=[f"{table}.{key}" for table, key, _ in EXAMPLES])
def test_an_example_in_a_description_is_valid(table: str, key: str, example: str) -> None:
    """It is TOML, shows its key, and is a value that the schema accepts there."""
    document = plain(tomli.loads(example))
    assert list(document) == [key]
    title = ALL_TABLES[table].title.in_("en")
    of_key = next(
        {**part["properties"][key], "$defs": schema.get("$defs", {})}
        for schema in (json_schema(kind, "en") for kind in SHAPES)
        for name, part in described(schema)
        if name == "table" and part["title"] == title
    )
    assert [error.message for error in Draft202012Validator(of_key).iter_errors(document[key])] == []


# --- What is valid ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_valid(name: str, language: str) -> None:
    """The catalogue, the compasses and the maps that ship pass an independent validator."""
    document = tomli.loads((ROOT / name).read_text("utf-8"))
    assert refusals(kind_of(name), document, language) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_names_its_schema(name: str) -> None:
    """On the first line, by a relative path, a blank line below: where every editor looks for it."""
    first, second, *_ = (ROOT / name).read_text("utf-8").splitlines()
    directive, path = first.split(" ")
    assert (directive, second) == ("#:schema", "")
    assert ((ROOT / name).parent / path).resolve() == ROOT / "schemas" / f"{kind_of(name)}.fr.json"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHAPES)
def test_the_schemas_that_ship_are_current(kind: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """They are what the command prints, to the letter."""
    assert run(["schema", kind, "--lang", language]) == 0
    path = f"schemas/{kind}.{language}.json"
    renew = f"{path} is not current: run  boussole schema {kind} --lang {language} > {path}"
    assert (ROOT / path).read_bytes() == capsys.readouterr().out.encode(), renew


def test_an_answers_file_is_valid() -> None:
    """As boussole writes it; a moment without its offset is accepted as well."""
    answers = Answers.of(profile="etat", moyens=["argent"], confiance="?", accord="no", habitants=12)
    for zone in (dt.UTC, None):
        saved = dt.datetime(2026, 11, 22, 14, 3, tzinfo=zone)
        text = to_toml(save(COMPASS, CATALOGUE, answers, saved=saved, name="Nous"))
        assert refusals("answers", tomli.loads(text)) == []


def of_question(**parts: object) -> dict[str, Any]:
    """Return a compass of one question."""
    question = {"id": "q", "type": "one", "ask": "?", **parts}
    return _small(question=[question])


def of_rule(**parts: object) -> dict[str, Any]:
    """Return a compass of one rule."""
    return _small(rule=[{"when": {}, "medoc": ["kit"], **parts}])


def _small(**parts: object) -> dict[str, Any]:
    return {"format": 1, "id": "a", "version": "1", "language": "fr", "title": "t", **parts}


OPTIONS = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
ODD = [
    _small(title={"de": ""}, summary="", section=[], question=[], renamed={}),
    _small(place=[{"when": {"any": [], "all": [], "not": {}}, "at": {}}]),
    _small(place=[{"when": {"profile": ["etat", "medias"], "stage": {"all": ["agir"]}}, "at": {"kind": "outil"}}]),
    _small(ranking={}, pathway={}, example=[{"answers": {}, "expect": {}}]),
    of_question(options=OPTIONS, default="b", min=-3, max=-5),
    of_question(facet="profile", default="etat", required=False),
    of_question(type="many", options=OPTIONS, min=0, default=[]),
    of_question(type="many", options=OPTIONS, max=9, default=["b", "a"]),
    of_question(type="scale", labels=["a"], default=0, max=0, min=9),
    of_question(type="yes-no", options=[{"id": "no", "text": "N"}], default="no"),
    of_question(type="number", min=-5, max=-5, default=-5, unit=""),
    of_question(type="text", default="x"),
    of_rule(points=-900, exclude=False),
    of_rule(include=True, exclude=False),
    of_rule(include=False, points=0),
    of_rule(exclude=True, include=False, why=""),
]


@pytest.mark.parametrize("document", ODD, ids=str)
def test_what_is_odd_but_accepted_is_valid(document: dict[str, Any]) -> None:
    """An editor never underlines what boussole accepts."""
    assert accepted("compass", toml(document))
    assert refusals("compass", document) == []


@given(st.data())
def test_a_compass_that_is_accepted_is_valid(data: st.DataObject) -> None:
    """Whatever was changed in it."""
    document = data.draw(edits(data.draw(st.sampled_from([compass_document(), *ODD]))))
    try:
        text = toml(document)
        good = tomli.loads(text) == document and accepted("compass", text)
    except (tomli.TOMLDecodeError, TypeError, AttributeError):  # what no TOML file can hold
        return
    assert not good or refusals("compass", document) == []


@given(st.data())
def test_a_catalogue_that_is_accepted_is_valid(data: st.DataObject) -> None:
    """Whatever was changed in it."""
    document = data.draw(edits(catalogue_document()))
    try:
        text = toml(document)
        good = tomli.loads(text) == document and accepted("catalogue", text)
    except (tomli.TOMLDecodeError, TypeError, AttributeError):
        return
    assert not good or refusals("catalogue", document) == []


def of_column(**parts: object) -> dict[str, Any]:
    """Return a map of one column."""
    return {"format": 1, "compass": "agir", "column": [{"name": "C", **parts}]}


MAPS = [
    {"format": 1, "compass": "agir"},
    {"format": 1, "compass": "agir", "set": {"accord": "no", "moyens": ["argent"], "habitants": 12}, "column": []},
    of_column(question="profile"),
    of_column(question="confiance", values={"Assez": 1, "Divers": ""}, default="?", empty=0, reject=["", "x"]),
    of_column(question="moyens", values={"a": ["argent"], "b": {"moyens": []}, "c": ""}, default="", list=" / "),
    of_column(values={"a": {"profile": "etat", "accord": ""}, "b": "", "c": {}}, default={"nom": "x"}, empty=""),
    of_column(reject=["x"], default={}),
]


@pytest.mark.parametrize("document", MAPS, ids=str)
def test_a_map_in_any_of_its_forms_is_valid(document: dict[str, Any]) -> None:
    """An editor never underlines what boussole accepts."""
    assert accepted("map", toml(document))
    assert refusals("map", document) == []


@given(st.data())
def test_a_map_that_is_accepted_is_valid(data: st.DataObject) -> None:
    """Whatever was changed in it."""
    document = data.draw(edits(data.draw(st.sampled_from(MAPS))))
    try:
        text = toml(document)
        good = tomli.loads(text) == document and accepted("map", text)
    except (tomli.TOMLDecodeError, TypeError, AttributeError):
        return
    assert not good or refusals("map", document) == []


# --- What is not -----------------------------------------------------------------------------------------------------

WRONG = [
    ("$", _small(titel="x")),
    ("$", {**_small(), "version": None}),
    ("$.id", _small(id="Pas Bon")),
    ("$.id", _small(id="proven")),
    ("$.id", _small(id="x" * 81)),
    ("$.format", _small(format="1")),
    ("$.format", _small(format=2)),
    ("$.title", _small(title={})),
    ("$.title", _small(title=["t"])),
    ("$.ranking.generic", _small(ranking={"generic": 2000})),
    ("$.ranking.weights.profile", _small(ranking={"weights": {"profile": 0}})),
    ("$.question[0]", of_question()),
    ("$.question[0]", of_question(facet="profile", options=OPTIONS)),
    ("$.question[0].type", of_question(type="ones", options=OPTIONS)),
    ("$.question[0].options", of_question(options=[])),
    ("$.question[0].options[0]", of_question(options=[{"id": "a"}])),
    ("$.question[0].options[0].points", of_question(options=[{"id": "a", "text": "A", "points": -1}])),
    ("$.question[0].options[0].place.stage", of_question(options=[{"id": "a", "text": "A", "place": {"stage": []}}])),
    ("$.question[0]", of_question(type="scale")),
    ("$.question[0].max", of_question(type="many", options=OPTIONS, max=0)),
    ("$.question[0].options[0].id", of_question(type="yes-no", options=OPTIONS[:1])),
    ("$.question[0].default", of_question(type="number", default="12")),
    ("$.question[0].default", of_question(type="many", options=OPTIONS, default="a")),
    ("$.question[0].default", of_question(options=OPTIONS, required=False, default="?")),
    ("$.question[0].default", of_question(type="yes-no", default=True)),
    ("$.question[0].when.q", of_question(options=OPTIONS, when={"q": True})),
    ("$.question[0].when.q", of_question(options=OPTIONS, when={"q": {"mini": 1}})),
    ("$.question[0].when.not.any[0].q", of_question(options=OPTIONS, when={"not": {"any": [{"q": []}]}})),
    ("$.question[0].when.all", of_question(options=OPTIONS, when={"all": {"q": "a"}})),
    ("$.rule[0]", of_rule()),
    ("$.rule[0]", of_rule(exclude=False)),
    ("$.rule[0]", of_rule(exclude=True, points=3)),
    ("$.rule[0].include", of_rule(exclude=True, include=True)),
    ("$.rule[0].medoc", of_rule(points=3, medoc=[])),
    ("$.axis[0]", _small(axis=[{"id": "x", "title": "X", "questions": {"q": 1}, "steps": []}])),
    ("$.example[0].answers.q", _small(example=[{"answers": {"q": True}, "expect": {}}])),
]


@pytest.mark.parametrize(("path", "document"), WRONG, ids=str)
def test_a_mistake_is_seen_by_an_editor(path: str, document: dict[str, Any]) -> None:
    """Where it stands; and boussole refuses it too."""
    document = {key: value for key, value in document.items() if value is not None}
    assert path in {one.partition(":")[0] for one in refusals("compass", document)}
    assert not accepted("compass", toml(document))


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("$", {"facet": None}),
        ("$.facet", {"facet": [{"id": "profile", "title": "P", "terms": [{"id": "a", "title": "A"}]}]}),
        ("$.facet[0].terms", {"facet": [{"id": "kind", "title": "K", "terms": []}]}),
        ("$.medoc[0]", {"medoc": [{"id": "a", "title": "A", "kind": "outil", "source": "s"}]}),
    ],
    ids=str,
)
def test_a_mistake_in_a_catalogue_is_seen_by_an_editor(path: str, parts: dict[str, Any]) -> None:
    """Where it stands; and boussole refuses it too."""
    document = catalogue_document(**parts)
    assert path in {one.partition(":")[0] for one in refusals("catalogue", document)}
    assert not accepted("catalogue", toml(document))


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("$", {"compass": "agir"}),
        ("$.compass", {"format": 1, "compass": "../agir.toml"}),
        ("$.column[0]", of_column(values={}, labels={})),
        ("$.column[0].name", of_column(name="")),
        ("$.column[0].list", of_column(question="moyens", list="")),
        ("$.column[0].values.a", of_column(values={"a": "etat"})),
        ("$.column[0].default", of_column(values={"a": ""}, default=3)),
        ("$.column[0].values.a", of_column(question="accord", values={"a": True})),
        ("$.column[0].values", of_column(question="accord", values={"": "no"})),
        ("$.set.accord", {"format": 1, "compass": "agir", "set": {"accord": {}}}),
    ],
    ids=str,
)
def test_a_mistake_in_a_map_is_seen_by_an_editor(path: str, document: dict[str, Any]) -> None:
    """Where it stands; and boussole refuses it too."""
    assert path in {one.partition(":")[0] for one in refusals("map", document)}
    assert not accepted("map", toml(document))


def test_an_unknown_kind_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """`boussole schema compas` is told what it meant."""
    assert run(["schema", "compas", "--lang", "en"]) == 2
    assert "compass" in capsys.readouterr().err
