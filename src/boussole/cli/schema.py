"""`boussole schema`: the JSON Schema of definition and answers files, for editors."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from boussole.errors import BoussoleError
from boussole.messages import mark, message
from boussole.nearest import suggest


def run(
    kind: Annotated[str, typer.Argument(metavar="compass|catalogue|answers", help=mark("Kind of file"))],
) -> None:
    """Print the schema of one kind of file."""
    from boussole.files.schema import SHAPES, json_schema  # noqa: PLC0415 - pydantic, for this command only

    if kind not in SHAPES:
        raise BoussoleError(message("There is no schema “{kind}”.", kind=kind), suggest(kind, SHAPES))
    typer.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
