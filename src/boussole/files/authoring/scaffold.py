"""Starting files: a commented compass about a catalogue, or a commented catalogue, that pass `check` as they are."""

from __future__ import annotations

import os
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from boussole.atomic import write_atomically
from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.check.readability import LONGEST_LIST
from boussole.core.definitions.catalogue import KIND, PROVEN, STAGE
from boussole.errors import BoussoleError, cannot_write
from boussole.files.library import COMPASS_FOLDER
from boussole.files.toml.validation import LONGEST_ID, RESERVED
from boussole.fuzzy import fold
from boussole.i18n import gettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
    from boussole.core.definitions.compass import Value

_TEMPLATES = Path(__file__).parent / "templates"
_BLOCK = "#?"
"""What a line of a template starts with where a part begins that is not always wanted; alone, it ends the part."""

_OWN = {
    "fr": {"means": "moyens", "trust": "confiance", "agreed": "accord", "progress": "avancement"},
    "en": {"means": "means", "trust": "confidence", "agreed": "agreement", "progress": "progress"},
}
"""The ids of the questions and of the axis that are not about a facet, as long as no facet has them."""
_OWN_MEANS = {"fr": "temps", "en": "time"}

_STARTS = {2: (0, 50), 3: (0, 40, 75)}
"""From which values the axis of a starting compass reaches its two or three terms: some answers lead to each."""

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


class Commands(NamedTuple):
    """What the comments of a file say to type: to check it, and to try it."""

    check: str
    ask: str = ""


def refuse_name(name: str) -> None:
    """Refuse a name that is no id, with the nearest one that is.

    Raises:
        BoussoleError: when it is not one.

    """
    near = _near_id(name)
    if name and name == near and name not in RESERVED:
        return
    what = (
        gettext("“{id}” is a reserved word.", id=name)
        if name in RESERVED
        else gettext("“{id}” is not a valid id.", id=name)
    )
    rule = gettext("Write lower-case letters, digits, - and _, at most {most} characters.", most=LONGEST_ID)
    example = near.rstrip("-_")
    if not example or example in RESERVED:
        raise BoussoleError(what, rule)
    raise BoussoleError(what, gettext("{rule} For instance: {word}", rule=rule, word=example))


def _near_id(name: str) -> str:
    """Return the id closest to `name`: itself where it is one, and nothing where there is none."""
    return re.sub("[^a-z0-9_-]+", "-", fold(name)).lstrip("-_")[:LONGEST_ID]


def refuse_existing(file: Path) -> None:
    """Refuse to write over anything.

    Raises:
        BoussoleError: when there is something of that name.

    """
    if os.path.lexists(file):
        raise BoussoleError(
            gettext("“{path}” exists already: nothing was written.", path=file),
            gettext("Name another file with -o FILE."),
        )


def scaffold_catalogue(id_: str, language: str, schema: str, commands: Commands, today: dt.date) -> str:
    """Return the text of a new catalogue, which names its JSON Schema by the relative path `schema`."""
    values = {"id": f'"{id_}"', "today": today.isoformat(), "year": str(today.year)}
    return _filled("catalogue", language, {**values, **_around(schema, commands)}, ())


def scaffold_compass(id_: str, catalogue: Catalogue, language: str, schema: str, commands: Commands) -> str:
    """Return the text of a new compass about `catalogue`, with a worked example of what it really gives."""
    from boussole.files.authoring.worked_example import example_toml
    from boussole.files.definitions.compass import read_compass

    chosen = _Chosen.of(catalogue)
    names = {role: _free(name, catalogue.facets) for role, name in _OWN[language].items()}
    values = {
        "id": f'"{id_}"',
        "catalogue": f'"{catalogue.id}"',
        "catalogue_title": _comment(catalogue.title.in_(language)),
        **{role: f'"{name}"' for role, name in names.items()},
        **{f"{role}_key": name for role, name in names.items()},
        **chosen.values(language),
        **_around(schema, commands),
    }
    text = _filled("compass", language, {**values, "example": ""}, chosen.parts())
    compass = read_compass(text.encode(), "", catalogue)
    answers: dict[str, Value] = {names["means"]: (_OWN_MEANS[language],), names["trust"]: 2, names["agreed"]: "yes"}
    if chosen.one is not None:
        answers[chosen.one.id] = next(iter(chosen.one.terms))
    if chosen.several is not None:
        answers[chosen.several.id] = (next(iter(chosen.several.terms)),)
    example = example_toml(compass, catalogue, accepted(compass, Answers.given(answers)))
    return _filled("compass", language, {**values, "example": example.rstrip("\n")}, chosen.parts())


class _Chosen(NamedTuple):
    """What of a catalogue a starting compass is about: facets to ask about, one to place on, a MEDOC for a rule."""

    one: Facet | None
    several: Facet | None
    placed: Facet | None
    rule: Medoc | None

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Chosen:
        """Choose the first that serve; an axis places on `stage` where it can, since it tells how far somebody is."""
        facets = [facet for facet in catalogue.facets.values() if facet.id != KIND and len(facet.terms) > 1]
        asked = [facet for facet in facets if facet.id != STAGE and not facet.ordered and _readable(facet)]
        ordered = sorted((facet for facet in facets if facet.ordered), key=lambda facet: facet.id != STAGE)
        one, several, *_ = [*asked, None, None]
        return cls(one, several, next(iter(ordered), None), next(iter(catalogue.medoc.values()), None))

    def parts(self) -> set[str]:
        """Return the names of the parts of the template that are wanted."""
        return {part for part, thing in self._asdict().items() if thing is not None}

    def values(self, language: str) -> dict[str, str]:
        """Return what goes into those parts."""
        weights = {facet.id: weight for facet, weight in self._weighed() if facet is not None} | {PROVEN: 1}
        found = {"weights": f"{{ {', '.join(f'{facet} = {weight}' for facet, weight in weights.items())} }}"}
        for part, facet in (("one", self.one), ("several", self.several), ("placed", self.placed)):
            if facet is not None:
                found |= {part: f'"{facet.id}"', f"{part}_title": _comment(facet.title.in_(language))}
        if self.several is not None:
            found["several_most"] = str(min(3, len(self.several.terms)))
        if self.placed is not None:
            found["steps"] = _steps(list(self.placed.terms))
        if self.rule is not None:
            found |= {"medoc": f'"{self.rule.id}"', "medoc_title": _comment(self.rule.title.in_(language))}
        return found

    def _weighed(self) -> Iterator[tuple[Facet | None, int]]:
        yield from ((self.one, 3), (self.several, 3), (self.placed, 2))


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


def _around(schema: str, commands: Commands) -> dict[str, str]:
    return {"schema": schema, "check": _comment(commands.check), "ask": _comment(commands.ask)}


def _comment(text: str) -> str:
    """Return a text as it may stand in a comment: on one line, without what drives a terminal or hides text."""
    shown = "".join(character if character.isprintable() or character in _SPACES else " " for character in text)
    return re.sub(" +", " ", shown).strip()


def _filled(name: str, language: str, values: Mapping[str, str], parts: Collection[str]) -> str:
    """Return a template with its values, and of the parts that are not always wanted only `parts`."""
    kept: list[str] = []
    wanted = True
    for line in (_TEMPLATES / f"{name}.{language}.toml").read_text("utf-8").splitlines():
        if line.startswith(_BLOCK):
            part = line.removeprefix(_BLOCK).strip()
            wanted = not part or part in parts
        elif wanted:
            kept.append(line)
    return Template("\n".join(kept) + "\n").substitute(values)


# --- On disk ---------------------------------------------------------------------------------------------------------


def schema_beside(file: Path, kind: str, language: str) -> str:
    """Return the path of the JSON Schema of a new file, from the file: `schemas` beside it or beside `compasses`."""
    up = "../" if file.absolute().parent.name == COMPASS_FOLDER else ""
    return f"{up}schemas/{kind}.{language}.json"


def write_start(file: Path, text: str, schema: str, kind: str, language: str) -> list[Path]:
    """Write a new file, after the JSON Schema it names where that is not there; return what was written.

    Raises:
        BoussoleError: when one of the two cannot be written.

    """
    written = []
    beside = Path(os.path.normpath(file.parent / schema))
    if not os.path.lexists(beside):
        from boussole.files.authoring.json_schema import schema_text

        _write(beside, schema_text(kind, language))
        written.append(beside)
    _write(file, text)
    return [file, *written]


def _write(file: Path, text: str) -> None:
    """Write a file; its folder is made where only it is missing."""
    try:
        file.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise BoussoleError(cannot_write(file, error), gettext("Choose another folder, or free some space.")) from error
    write_atomically(file, text.encode())
