"""The words of one catalogue in the schema of a compass: editors propose its facets, its terms and its MEDOC.

Such a schema refuses no compass that boussole takes with this catalogue, no more than the one of any catalogue does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from boussole.core.definitions.catalogue import PSEUDO_FACETS
from boussole.core.definitions.compass import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc, Term

Schema: TypeAlias = dict[str, Any]


def with_words(schema: Schema, catalogue: Catalogue, language: str) -> Schema:
    """Return the schema of a compass in which what refers to a catalogue is one of the words of `catalogue`.

    Each list of words stands once, under `$defs`, with their titles in `language`. `schema` is changed.
    """
    words = _Words(catalogue, language)
    schema["$defs"] |= words.definitions()
    tables = schema["properties"]
    section, question, axis, place, rule, intended, example = (
        tables[name]["items"]["properties"]
        for name in ("section", "question", "axis", "place", "rule", "intended", "example")
    )
    expect = example["expect"]["properties"]
    ranking = tables["ranking"]["properties"]
    tables["catalogue"]["enum"] = list(catalogue.ids)
    for table in (question, axis, tables["rose"]["properties"]):
        table["facet"] |= _FACET
    ranking["require"]["items"] = _FACET
    weight = ranking["weights"]["additionalProperties"]
    others = dict.fromkeys(PSEUDO_FACETS, weight)
    ranking["weights"] |= {"properties": others | words.by_facet(lambda _: weight), "additionalProperties": False}
    option = question["options"]["items"]["properties"]
    for table, key in ((option, "place"), (place, "at"), (intended, "at"), (expect, "places")):
        table[key] |= {"properties": words.by_facet(_one_or_several), "additionalProperties": False}
    axis["steps"]["items"]["properties"]["term"] |= _ref(_ANY_TERM)
    tables["axis"]["items"] |= words.steps()
    example["answers"]["properties"] = words.by_facet(_answered)
    for table, key in ((rule, "medoc"), (expect, "includes"), (expect, "excludes")):
        table[key]["items"] = _MEDOC
    expect["first"] |= _MEDOC
    schema["$defs"][_COMPARISON] = schema["$defs"]["condition"]["additionalProperties"]["anyOf"][-1]
    compared = words.by_facet(_compared)
    for condition in (schema["$defs"]["condition"], *(table["when"] for table in (section, question, place, rule))):
        condition["properties"] |= compared
    return schema


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_MEDOC, _FACET = _ref("medoc"), _ref("facet")
_ANY_TERM, _COMPARISON = "term", "comparison"


class _Words:
    """The words of a catalogue, as parts of a schema."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language

    def definitions(self) -> Schema:
        """Return the lists of words by name; a compass of the base may name a MEDOC that a layer took away as well."""
        facets = self._catalogue.facets
        medoc, gone = self._one_of(self._catalogue.medoc.values()), sorted(self._catalogue.taken_away)
        return {
            "medoc": {"anyOf": [medoc, {"enum": gone}]} if gone else medoc,
            "facet": self._one_of(facets.values()),
            _ANY_TERM: self._one_of(term for facet in facets.values() for term in facet.terms.values()),
            **{_of(id_): self._one_of(facet.terms.values()) for id_, facet in facets.items()},
        }

    def by_facet(self, made: Callable[[Schema], Schema]) -> Schema:
        """Return a key for each facet, with what is `made` of any of its terms."""
        return {
            facet.id: {"description": facet.title.in_(self._language), **made(_ref(_of(facet.id)))}
            for facet in self._catalogue.facets.values()
        }

    def steps(self) -> Schema:
        """Return that the steps of an axis are terms of its facet: one condition within the other, by facet.

        Some editors underline by these, and complete by the list of any term.
        """
        chain: Schema = {}
        for facet in self._catalogue.facets:
            item = {**_OPEN, "properties": {"term": _ref(_of(facet))}}
            chain = {
                **_OPEN,
                "if": {**_OPEN, "properties": {"facet": {"const": facet}}, "required": ["facet"]},
                "then": {**_OPEN, "properties": {"steps": {"items": item}}},
                **({"else": chain} if chain else {}),
            }
        return {word: part for word, part in chain.items() if word not in _OPEN}

    def _one_of(self, words: Iterable[Medoc | Facet | Term]) -> Schema:
        titles = {word.id: word.title.in_(self._language) for word in words}
        return {"enum": list(titles), "x-taplo": {"docs": {"enumValues": list(titles.values())}}}


_OPEN = {"additionalProperties": True}
"""Some editors want it written where a part of a schema says nothing of other keys."""


def _of(facet: str) -> str:
    return f"terms of {facet}"


def _one_or_several(term: Schema) -> Schema:
    return {"anyOf": [term, {"type": "array", "items": term, "minItems": 1}]}


def _answered(term: Schema) -> Schema:
    """Return what answers a question that has the name of a facet, and is about it."""
    return {"anyOf": [term, {"const": UNKNOWN}, {"type": "array", "items": term}]}


def _compared(term: Schema) -> Schema:
    """Return what a facet, or the question that has its name, is compared with."""
    return {"anyOf": [*_one_or_several(term)["anyOf"], _ref(_COMPARISON)]}
