"""The JSON Schema of the files, for editors: the types that the files are read by, and what each key is for.

Pydantic turns the types into a schema; here come the descriptions, and what the types cannot say. The schema may
accept what boussole refuses, never the opposite. Each table stands where it is used rather than behind a `$ref`:
some editors show nothing of what stands beside one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import TypeAdapter

from boussole.core.definitions.compass import UNKNOWN
from boussole.escape import json_document
from boussole.files.authoring.catalogue_words import with_words
from boussole.files.authoring.compass_descriptions import COMPASS
from boussole.files.authoring.descriptions import ANSWERS, CATALOGUE, COMPARISON, CONDITION
from boussole.files.authoring.map_descriptions import MAP
from boussole.files.definitions.questions import NO, YES
from boussole.files.toml.constraints import RESERVED
from boussole.files.toml.map_tables import MapFile
from boussole.files.toml.tables import AnswersFile, CatalogueFile, CompassFile
from boussole.files.toml.validation import FORMAT

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.files.authoring.descriptions import Table

Schema: TypeAlias = dict[str, Any]

SHAPES: dict[str, Any] = {
    "compass": CompassFile,
    "catalogue": CatalogueFile,
    "answers": AnswersFile,
    "map": MapFile,
}
TABLES = {**CATALOGUE, **COMPASS, **ANSWERS, **MAP}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WHEN = "condition"
_WITH_CONDITIONS = {"compass", "catalogue"}


def json_schema(kind: str, language: str, catalogue: Catalogue | None = None) -> Schema:
    """Return the JSON Schema 2020-12 of one kind of file, a key of `SHAPES`, told in `language`.

    With a `catalogue`, that of a compass about it: its facets, terms and MEDOC are proposed, and no others.
    """
    schema = _of_any_catalogue(kind, language)
    return schema if catalogue is None else with_words(schema, catalogue, language)


def _of_any_catalogue(kind: str, language: str) -> Schema:
    made = TypeAdapter(SHAPES[kind]).json_schema()
    schema = _Describer(made.pop("$defs", {}), language).table(made)
    # TOML has no null, and editors read "$schema" = "…" or a "#:schema" comment: neither is a key of ours
    schema = {"$schema": _DIALECT, **schema}
    return {**schema, "$defs": {_WHEN: _condition(language)}} if kind in _WITH_CONDITIONS else schema


def schema_text(kind: str, language: str, catalogue: Catalogue | None = None) -> str:
    """Return the schema as the text of a file."""
    return json_document(json_schema(kind, language, catalogue))


class _Describer:
    """Describes the tables of one schema, whose types are in `types`, in one language."""

    def __init__(self, types: Schema, language: str) -> None:
        self._types = types
        self._language = language

    def table(self, made: Schema) -> Schema:
        """Return the schema of a table; pydantic gives it the name of its type for a title."""
        name = made["title"]
        properties = {key: self._key(name, key, value) for key, value in made["properties"].items()}
        return {
            **_told(TABLES[name], self._language),
            "properties": properties,
            **({"required": made["required"]} if "required" in made else {}),
            "additionalProperties": False,
            **{word: _open(part) for word, part in _MORE.get(name, {}).items()},
        }

    def _key(self, table: str, key: str, made: Schema) -> Schema:
        said = TABLES[table].keys[key].in_(self._language)
        if key == "when":
            condition = _condition(self._language)
            return {**condition, "description": f"{said}\n\n{condition['description']}"}
        more = _KEYS.get((table, key), _KEYS.get(("", key), {}))
        return {**self._value(made), "description": said, **more}

    def _value(self, made: Schema) -> Schema:
        if "$ref" in made:
            return self.table(self._types[made["$ref"].removeprefix("#/$defs/")])
        if made.get("format") == "date-time":
            return _MOMENT
        found = {word: part for word, part in made.items() if word != "title"}  # the name of the key, capitalised
        return {**found, "items": self._value(made["items"])} if "items" in made else found


def _told(table: Table, language: str) -> Schema:
    return {"title": table.title.in_(language), "description": table.text.in_(language), "type": "object"}


def _condition(language: str) -> Schema:
    """Return the schema of a condition, wherever it stands."""
    own = {key: {"description": text.in_(language)} for key, text in CONDITION.keys.items()}
    inner = {"$ref": f"#/$defs/{_WHEN}"}
    return {
        **_told(CONDITION, language),
        "properties": {
            "any": {**own["any"], "type": "array", "items": inner},
            "all": {**own["all"], "type": "array", "items": inner},
            "not": {**own["not"], **inner},
        },
        "additionalProperties": {
            "anyOf": [
                _COMPARED,
                {"type": "array", "items": _COMPARED, "minItems": 1},
                _comparison(language),
            ]
        },
    }


def _comparison(language: str) -> Schema:
    own = {key: {"description": text.in_(language)} for key, text in COMPARISON.keys.items()}
    return {
        **_told(COMPARISON, language),
        "properties": {
            "min": {**own["min"], **_BOUND},
            "max": {**own["max"], **_BOUND},
            "all": {**own["all"], "type": "array", "items": {"type": "string"}, "minItems": 1},
            "answered": {**own["answered"], "type": "boolean"},
        },
        "additionalProperties": False,
        "minProperties": 1,
    }


def _open(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return a part that says something of a table, and leaves its other keys alone: some editors want that written."""
    if not isinstance(schema, dict):
        return [_open(one) for one in schema] if isinstance(schema, list) else schema
    opened = {key: _open(value) for key, value in schema.items()}
    return {"additionalProperties": True, **opened} if _OF_TABLES & schema.keys() else opened


_OF_TABLES = {"required", "properties", "if"}


def _cases(key: str, cases: list[tuple[list[str], Schema]]) -> Schema:
    """Return the conditions of a table, by the value of its `key`: one within the other, as editors read them best."""
    chain: Schema = {}
    for words, then in reversed(cases):
        first = {"if": {"properties": {key: {"enum": words}}, "required": [key]}, "then": then}
        chain = {**first, "else": chain} if chain else first
    return chain


def _default(type_: str, **rest: Any) -> Schema:  # noqa: ANN401 - any keyword of JSON Schema
    return {"default": {"type": type_, **rest}}


_MOMENT = {"anyOf": [{"type": "string", "format": one} for one in ("date-time", "date-time-local")]}
"""A day and time, with or without the offset from UTC: TOML has both, and pydantic says the first only."""

_EFFECT = {
    "anyOf": [{"required": ["points"]}, {"properties": {"include": {"const": True}}, "required": ["include"]}],
}
"""What a rule does, unless it excludes."""

_CHOICE = {"oneOf": [{"required": ["facet"]}, {"required": ["options"]}]}
_BY_QUESTION = {"anyOf": [{"type": "object"}, {"const": ""}]}
"""What a label says in a column that does not name the one question it answers."""

_YES_OR_NO = {"enum": [YES, NO]}
_TERMS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_ANSWER = {"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": "string"}}]}
_DAY = {"type": "string", "format": "date"}
_BOUND = {"anyOf": [{"type": "number"}, _DAY]}
_COMPARED = {"type": ["string", "number"]}
_MANY_BOUNDS = {"min": {"type": "integer", "minimum": 0}, "max": {"type": "integer", "minimum": 1}}
_NUMBER = {key: {"type": "number"} for key in ("min", "max", "default")}
_INTEGER = {key: {"type": "integer"} for key in ("min", "max", "default")}

_MORE: dict[str, Schema] = {
    "CatalogueFile": {"oneOf": [{"required": ["facet"]}, {"required": ["extends"]}]},
    "QuestionTable": _cases(
        "type",
        [
            (["one"], {**_CHOICE, "properties": _default("string")}),
            (["many"], {**_CHOICE, "properties": {**_MANY_BOUNDS, **_default("array")}}),
            (["scale"], {"required": ["labels"], "properties": _default("integer", minimum=0)}),
            (
                ["yes-no"],
                {"properties": {"options": {"items": {"properties": {"id": _YES_OR_NO}}}, "default": _YES_OR_NO}},
            ),
            (["number"], {"properties": _NUMBER, "if": {"required": ["decimals"]}, "else": {"properties": _INTEGER}}),
            (["date"], {"properties": dict.fromkeys(("min", "max", "default"), _DAY)}),
            (["text"], {"properties": _default("string", minLength=1)}),
        ],
    ),
    "AxisTable": {"dependentRequired": {"steps": ["facet"]}},
    "FacetTable": {"dependentRequired": {"at_most": ["ordered"]}},
    "RoseTable": {"oneOf": [{"required": ["facet"]}, {"required": ["axes"]}]},
    "RuleTable": {
        "if": {"properties": {"exclude": {"const": True}}, "required": ["exclude"]},
        "then": {"properties": {"include": {"const": False}}, "not": {"required": ["points"]}},
        "else": _EFFECT,
    },
    "MapColumnTable": {
        "if": {"required": ["question"]},
        "else": {
            "properties": {
                "values": {"additionalProperties": _BY_QUESTION},
                "default": _BY_QUESTION,
                "empty": _BY_QUESTION,
            }
        },
    },
}
"""What the types cannot say of a table."""

_KEYS: dict[tuple[str, str], Schema] = {
    ("", "id"): {"not": {"enum": sorted(RESERVED)}},
    ("CompassFile", "format"): {"const": FORMAT},
    ("CatalogueFile", "format"): {"const": FORMAT},
    ("AnswersFile", "format"): {"const": FORMAT},
    ("MapFile", "format"): {"const": FORMAT},
    ("CatalogueFile", "facet"): {"contains": {"properties": {"id": {"const": "kind"}}, "required": ["id"]}},
    ("MedocTable", "for"): {"additionalProperties": _TERMS},
    ("OptionTable", "place"): {"additionalProperties": _TERMS},
    ("PlaceTable", "at"): {"additionalProperties": _TERMS},
    ("IntendedTable", "at"): {"additionalProperties": _TERMS},
    ("ExpectTable", "places"): {"additionalProperties": _TERMS},
    ("ExampleTable", "answers"): {"additionalProperties": _ANSWER},
    ("QuestionTable", "default"): {"not": {"const": UNKNOWN}},
    ("PathwayTable", "minutes"): {"required": ["question"]},
    ("MapColumnTable", "values"): {"propertyNames": {"minLength": 1}},
}
"""What the types cannot say of a key, in a table or ("") in all of them."""
