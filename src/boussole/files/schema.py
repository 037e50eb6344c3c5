"""The JSON Schema of the files, for editors: made by pydantic from the very types that the files are read by."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from boussole.files.shapes import AnswersFile, CatalogueFile, CompassFile

SHAPES: dict[str, Any] = {"compass": CompassFile, "catalogue": CatalogueFile, "answers": AnswersFile}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of one kind of file: `compass`, `catalogue` or `answers`."""
    schema = TypeAdapter(SHAPES[kind]).json_schema()
    for table in (schema, *schema.get("$defs", {}).values()):
        table["additionalProperties"] = False
    # TOML has no null, and editors read "$schema" = "…" or a "#:schema" comment: neither is a key of ours
    return {"$schema": _DIALECT, **schema}
