"""The texts of starting files: a commented compass about a catalogue, a commented catalogue; both pass `check`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.check.readability import LONGEST_LIST
from boussole.core.definitions.catalogue import KIND, PROVEN, STAGE
from boussole.render.templating import environment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
    from boussole.core.definitions.compass import Value

_OWN = {
    "fr": {"means": "moyens", "trust": "confiance", "agreed": "accord", "progress": "avancement"},
    "en": {"means": "means", "trust": "confidence", "agreed": "agreement", "progress": "progress"},
}
"""The ids of the questions and of the axis that are not about a facet, as long as no facet has them."""
_OWN_MEANS = {"fr": "temps", "en": "time"}

_STARTS = {2: (0, 50), 3: (0, 40, 75)}
"""From which values the axis of a starting compass reaches its two or three terms: some answers lead to each."""

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


class Surroundings(NamedTuple):
    """What stands around a file: the relative path of its JSON Schema, the commands that check it and try it."""

    schema: str
    check: str
    ask: str = ""


def starting_catalogue(id_: str, language: str, around: Surroundings, today: dt.date) -> str:
    """Return the text of a new catalogue whose sources were checked `today`."""
    return _filled("catalogue", language, {"id": id_, "today": today.isoformat(), "year": today.year}, around)


class StartingCompass(NamedTuple):
    """A new compass about a catalogue: facets to ask about by `one` or `several` answers, one to place on, a rule.

    `names` are the ids of what is not about a facet, by their role.
    """

    id: str
    catalogue: Catalogue
    language: str
    around: Surroundings
    names: dict[str, str]
    one: Facet | None
    several: Facet | None
    placed: Facet | None
    rule: Medoc | None

    @classmethod
    def about(cls, catalogue: Catalogue, id_: str, language: str, around: Surroundings) -> StartingCompass:
        """Choose the first that serve; an axis places on `stage` where it can, since it tells how far somebody is."""
        facets = [facet for facet in catalogue.facets.values() if facet.id != KIND and len(facet.terms) > 1]
        asked = [facet for facet in facets if facet.id != STAGE and not facet.ordered and _readable(facet)]
        ordered = sorted((facet for facet in facets if facet.ordered), key=lambda facet: facet.id != STAGE)
        names = {role: _free(name, catalogue.facets) for role, name in _OWN[language].items()}
        one, several, *_ = [*asked, None, None]
        recommended = (one for one in catalogue.medoc.values() if one.superseded_by is None)
        placed, medoc = next(iter(ordered), None), next(recommended, None)
        return cls(id_, catalogue, language, around, names, one, several, placed, medoc)

    def text(self, example: str = "") -> str:
        """Return the text of its file, with a worked example of what it really gives, in TOML."""
        values: dict[str, object] = {
            **self.names,
            "id": self.id,
            "catalogue": self.catalogue.id,
            "catalogue_title": _comment(self.catalogue.title.in_(self.language)),
            "weights": self._weights(),
            "example": example.rstrip("\n"),
        }
        for part, facet in (("one", self.one), ("several", self.several), ("placed", self.placed)):
            values[part] = facet and facet.id
            values[f"{part}_title"] = facet and _comment(facet.title.in_(self.language))
        values["one_term"] = self.one and next(iter(self.one.terms))
        values["several_most"] = self.several and min(3, len(self.several.terms))
        values["steps"] = self.placed and _steps(list(self.placed.terms))
        values["rule"] = self.rule and self.rule.id
        values["rule_title"] = self.rule and _comment(self.rule.title.in_(self.language))
        return _filled("compass", self.language, values, self.around)

    def answers(self) -> dict[str, Value]:
        """Return answers to it, by question, for its worked example."""
        names = self.names
        answers: dict[str, Value] = {names["means"]: (_OWN_MEANS[self.language],)}
        answers |= {names["trust"]: 2, names["agreed"]: "yes"}
        if self.one is not None:
            answers[self.one.id] = next(iter(self.one.terms))
        if self.several is not None:
            answers[self.several.id] = (next(iter(self.several.terms)),)
        return answers

    def _weights(self) -> str:
        weighed = ((self.one, 3), (self.several, 3), (self.placed, 2))
        weights = {facet.id: weight for facet, weight in weighed if facet is not None} | {PROVEN: 1}
        return f"{{ {', '.join(f'{facet} = {weight}' for facet, weight in weights.items())} }}"


def _readable(facet: Facet) -> bool:
    """Tell whether the terms of a facet make a list of options that people can read."""
    return len(facet.terms) <= LONGEST_LIST or all(term.hint is not None for term in facet.terms.values())


def _steps(terms: Sequence[str]) -> str:
    """Return the steps of an axis, to the first, the middle and the last of `terms`."""
    reached = [terms[0], terms[len(terms) // 2], terms[-1]] if len(terms) > 2 else terms  # noqa: PLR2004 - no middle
    steps = [
        f'{{ from = {start}, term = "{term}" }}' for start, term in zip(_STARTS[len(reached)], reached, strict=True)
    ]
    return f"[ {', '.join(steps)} ]"


def _free(name: str, taken: Collection[str]) -> str:
    """Return `name`, with a number where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _comment(text: str) -> str:
    """Return a text as it may stand in a comment: on one line, without what drives a terminal or hides text."""
    shown = "".join(character if character.isprintable() or character in _SPACES else " " for character in text)
    return re.sub(" +", " ", shown).strip()


def _filled(kind: str, language: str, values: dict[str, object], around: Surroundings) -> str:
    commands = {"check": _comment(around.check), "ask": _comment(around.ask)}
    template = environment().get_template(f"new/{kind}.{language}.toml")
    return template.render(values, schema=around.schema, **commands)
