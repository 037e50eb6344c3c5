"""A finished session as an `[[example]]` that its author can paste into the compass."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.toml.answer_values import toml_value
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.situation import Situation
    from boussole.files.toml.answer_values import Written

_INCLUDED = 3
_FIRST = 5
_LONGEST_TITLE = 80


def example_toml(compass: Compass, catalogue: Catalogue, answers: Answers) -> str:
    """Return the example that says what `compass` gives for accepted `answers`, in the language of its file.

    What the engine gives is no proof: the author is to read it, and to change what it should give instead.
    """
    situation = situate(compass, answers)
    ranking = rank(compass, catalogue, situation)
    top = min(compass.weighting.top, _FIRST)
    ids = [item.medoc.id for item in ranking.top(top)]
    expect = [f"first = {_value(ids[0])}"] if ids else []
    expect += [f"top = {top}"]
    expect += [f"includes = {_value(ids[:_INCLUDED])}"] if ids else []
    expect += [
        f"{key} = {_table(values)}"
        for key, values in (("places", _places(compass, situation)), ("axes", situation.axes))
        if values
    ]
    given = {id_: toml_value(compass.questions[id_], value) for id_, value in situation.answers.items()}
    lines = [
        "[[example]]",
        f"title = {_value(_title(compass, catalogue, situation))}",
        f"answers = {_table(given)}",
        f"expect = {{ {', '.join(expect)} }}",
    ]
    return "\n".join(lines) + "\n"


def _title(compass: Compass, catalogue: Catalogue, situation: Situation) -> str:
    """Return who it is about in a few words: the terms chosen where a question is about a facet."""
    language = compass.language
    asked = (question.facet for question in compass.questions.values() if question.facet is not None)
    words = [
        facet.terms[term].title.in_(language)
        for facet in (catalogue.facets[id_] for id_ in dict.fromkeys(asked))
        for term in facet.terms
        if term in situation.terms.get(facet.id, ())
    ]
    title = ""
    for word in words:
        longer = f"{title}, {word}" if title else word
        if len(longer) > _LONGEST_TITLE:
            break
        title = longer
    return title or gettext("To be described").in_(language)


def _places(compass: Compass, situation: Situation) -> dict[str, Written]:
    """Return where somebody stands on the facets that more than a question decides: options, axes, placements."""
    decided = {axis.facet for axis in compass.axes.values()}
    decided |= {facet for placement in compass.placements for facet in placement.at}
    decided |= {
        facet
        for question in compass.questions.values()
        for option in question.options.values()
        for facet in option.place
    }
    return {
        facet: min(terms) if len(terms) == 1 else sorted(terms)
        for facet, terms in situation.terms.items()
        if facet in decided
    }


def _table(values: Mapping[str, Written]) -> str:
    return f"{{ {', '.join(f'{key} = {_value(value)}' for key, value in values.items())} }}" if values else "{}"


def _value(value: Written | Iterable[str]) -> str:
    """Return a value as TOML writes it, which for texts, numbers and lists is as JSON does; DEL is escaped."""
    if isinstance(value, dt.date):
        return value.isoformat()
    said = value.encode(errors="replace").decode() if isinstance(value, str) else value
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")
