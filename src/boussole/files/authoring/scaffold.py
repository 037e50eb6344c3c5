"""Starting files on disk: what they may be called, the schema beside them, never over another; a worked example."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from boussole.atomic import write_atomically
from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.errors import BoussoleError, cannot_write, remedy_of
from boussole.files.library import COMPASS_FOLDER
from boussole.files.toml.constraints import LONGEST_ID, RESERVED
from boussole.fuzzy import fold
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Value


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


def worked_example(text: str, catalogue: Catalogue, answers: Mapping[str, Value]) -> str:
    """Return as TOML what the compass written in `text` gives for `answers`.

    Raises:
        DefinitionError: when that is no compass about `catalogue`.

    """
    from boussole.files.authoring.worked_example import example_toml
    from boussole.files.definitions.compass import read_compass

    compass = read_compass(text.encode(), "", catalogue)
    return example_toml(compass, catalogue, accepted(compass, Answers.given(answers)))


class SchemaBeside(NamedTuple):
    """The JSON Schema of a new file: its path from the file, and where that is; `content` is what it is to hold."""

    named: str
    path: Path
    content: str

    @classmethod
    def of(cls, file: Path, kind: str, language: str, catalogue: Catalogue | None = None) -> SchemaBeside:
        """Return that of a `kind` of file, in `schemas` beside it or beside `compasses`; each catalogue has its own."""
        from boussole.files.authoring.json_schema import schema_text

        up = "../" if file.absolute().parent.name == COMPASS_FOLDER else ""
        name = f"{kind}.{language}" if catalogue is None else f"{kind}.{catalogue.id}.{language}"
        named = f"{up}schemas/{name}.json"
        return cls(named, Path(os.path.normpath(file.parent / named)), schema_text(kind, language, catalogue))

    def stale(self) -> bool:
        """Tell whether there is something else in its place: what is there is never written over."""
        try:
            return self.path.read_bytes() != self.content.encode()
        except OSError:
            return True


def write_start(file: Path, text: str, schema: SchemaBeside) -> list[Path]:
    """Write a new file, after the JSON Schema it names where that is not there; return what was written.

    Raises:
        BoussoleError: when one of the two cannot be written.

    """
    written = []
    if not os.path.lexists(schema.path):
        _write(schema.path, schema.content)
        written.append(schema.path)
    _write(file, text)
    return [file, *written]


def _write(file: Path, text: str) -> None:
    """Write a file; its folder is made where only it is missing."""
    try:
        file.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise BoussoleError(cannot_write(file, error), remedy_of(error)) from error
    write_atomically(file, text.encode())
